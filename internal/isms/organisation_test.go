package isms_test

import (
	"slices"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

func TestTheEditionIsFixedWhenTheOrganisationIsMade(t *testing.T) {
	in := found(t, "2022")
	refused(t, in.try("kind: organisation\nkey: ORG-0001\nedition: '2013'\n"), fault.Invalid, "edition: the edition is fixed when the organisation is made")
	in.apply("kind: organisation\nkey: ORG-0001\nedition: '2022'\nsector: Shipping\n")
	if o := get[isms.Organisation](in, isms.OrganisationKey); o.Data.Edition != "2022" || o.Data.Sector != "Shipping" {
		t.Errorf("it is %+v", *o.Data)
	}
}

func TestAnEditionIsOneOfTheStandards(t *testing.T) {
	for _, v := range isms.Edition("").Values() {
		if known, err := standard.ParseEdition(v.Title); err != nil || known != isms.Edition(v.Name).Standard() {
			t.Errorf("%s is %s, %v", v.Title, known, err)
		}
	}
}

func TestATimeZoneIsOneThatEveryMachineKnows(t *testing.T) {
	for zone, want := range map[string][]string{
		"": nil, "Europe/Berlin": nil, "UTC": nil, "Europe/Atlantis": {"time_zone"}, "CEST+1": {"time_zone"}, "../etc/passwd": {"time_zone"},
		"Local": {"time_zone"},
	} {
		rec := isms.Organisations.New()
		rec.Key, rec.Data = isms.OrganisationKey, &isms.Organisation{Name: "Test", Edition: "2022", TimeZone: zone}
		if got := places(rec.Validate()); !slices.Equal(got, want) {
			t.Errorf("%q has findings at %q", zone, got)
		}
	}
}

func TestARoleIsHeldByItsHoldersAndDeputies(t *testing.T) {
	role := isms.Role{Holders: []kind.Ref[isms.Person]{"PER-0001", "PER-0002"}, Deputies: []kind.Ref[isms.Person]{"PER-0003"}}
	for person, want := range map[string]bool{"PER-0001": true, "PER-0002": true, "PER-0003": true, "PER-0004": false, "": false} {
		if got := role.Holds(person); got != want {
			t.Errorf("%q holds it: %t", person, got)
		}
	}
}

func TestAClimateIssueSaysWhatItMeans(t *testing.T) {
	for _, test := range []struct {
		issue isms.Issue
		want  []string
	}{
		{isms.Issue{Climate: true}, []string{"effect"}},
		{isms.Issue{Climate: true, Effect: "Not relevant: we work from a barge."}, nil},
		{isms.Issue{}, nil},
	} {
		rec := isms.Issues.New()
		test.issue.Title, test.issue.Origin = "Floods", "external"
		rec.Key, rec.Data = "ISS-0001", &test.issue
		if got := places(rec.Validate()); !slices.Equal(got, test.want) {
			t.Errorf("%+v has findings at %q", test.issue, got)
		}
	}
}
