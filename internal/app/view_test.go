package app_test

import (
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

func TestTheRecordsAreSeenAsTheyWere(t *testing.T) {
	h := founded(t)
	h.apply(servers)
	h.now = newYear.AddDate(0, 1, 0)
	h.apply("kind: asset\nkey: AST-0001\ntitle: Market\n---\nkind: asset\nkey: AST-0003\narchived: true\n")
	for _, test := range []struct {
		name  string
		at    time.Time
		title string
		count int
	}{
		{"now", time.Time{}, "Market", 2},
		{"at the change", h.now, "Market", 2},
		{"a moment before the change", h.now.Add(-time.Microsecond), "Shop", 3},
		{"on the first day", newYear, "Shop", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := h.View(t.Context(), test.at, func(r kind.Reader) error {
				a, err := kind.Get[isms.Asset](t.Context(), r, "AST-0001")
				if err != nil {
					return err
				}
				all, err := kind.All[isms.Asset](t.Context(), r)
				if a.Data.Title != test.title || len(all) != test.count {
					t.Errorf("the first of %d assets is %s, want %s of %d", len(all), a.Data.Title, test.title, test.count)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	err := h.View(t.Context(), newYear.Add(-time.Second), func(kind.Reader) error { return nil })
	refused(t, err, fault.NotFound, "had no records yet")
}

func TestAnOrganisationWithoutATimeZoneLivesInUTC(t *testing.T) {
	h := founded(t)
	zone := func() (name string) {
		h.view(func(r kind.Reader) error {
			location, err := app.Location(t.Context(), r)
			name = location.String()
			return err
		})
		return name
	}
	if got := zone(); got != "UTC" {
		t.Errorf("it lives in %s", got)
	}
	h.apply("kind: organisation\nkey: ORG-0001\ntime_zone: Europe/Athens\n")
	if got := zone(); got != "Europe/Athens" {
		t.Errorf("it lives in %s", got)
	}
}

func TestSearchFindsWhatWasApplied(t *testing.T) {
	h := founded(t)
	h.apply(servers)
	h.apply("kind: asset\nkey: AST-0002\nalso: {Rack: Λευκός πύργος}\n")
	for text, want := range map[string]string{"shop": "AST-0001", "λευκ πύργος": "AST-0002", "sho zebra": ""} {
		hits, err := h.Search(t.Context(), text, 5)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, hit := range hits {
			got += hit.Key
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}
