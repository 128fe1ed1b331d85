package standard

import (
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
)

func TestParseEditionTakesWhatPeopleWrite(t *testing.T) {
	for text, want := range map[string]Edition{
		"2022": Edition2022, "27001:2022": Edition2022, "ISO/IEC 27001:2022": Edition2022, " iso 27002-2013 ": Edition2013,
		"ISO/IEC 27002:2013": Edition2013, "ISO27001:2013": Edition2013,
	} {
		if got, err := ParseEdition(text); err != nil || got != want {
			t.Errorf("ParseEdition(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "2005", "27001", "ISO 9001:2013", "20222"} {
		if got, err := ParseEdition(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("ParseEdition(%q) = %q, %v; want an Invalid fault", text, got, err)
		}
	}
}

func TestEditionsHaveTheControlsOfTheStandard(t *testing.T) {
	for _, test := range []struct {
		edition                           Edition
		controls, groups, objectives, new int
		first, last                       string
	}{
		{Edition2022, 93, 4, 0, 11, "A.5.1", "A.8.34"},
		{Edition2013, 114, 14, 35, 0, "A.5.1.1", "A.18.2.3"},
	} {
		controls := Controls(test.edition)
		if len(controls) != test.controls || controls[0].Ref() != test.first || controls[len(controls)-1].Ref() != test.last {
			t.Errorf("%s: %d controls, %s to %s", test.edition, len(controls), controls[0].Ref(), controls[len(controls)-1].Ref())
		}
		if !slices.IsSortedFunc(controls, func(a, b Control) int { return compareRefs(a.Ref(), b.Ref()) }) {
			t.Errorf("%s: the controls are not in the order of the standard", test.edition)
		}
		added := 0
		for _, control := range controls {
			if control.New {
				added++
			}
		}
		if added != test.new {
			t.Errorf("%s: %d new controls, want %d", test.edition, added, test.new)
		}
		groups, objectives := Groups(test.edition), 0
		for _, group := range groups {
			objectives += len(group.Objectives)
		}
		if len(groups) != test.groups || objectives != test.objectives {
			t.Errorf("%s: %d groups and %d objectives, want %d and %d", test.edition, len(groups), objectives, test.groups, test.objectives)
		}
	}
	if controls := Controls("2005"); controls != nil {
		t.Errorf("an edition there is not has %d controls", len(controls))
	}
}

func TestGroupsHoldEveryControlOnce(t *testing.T) {
	for _, edition := range Editions() {
		var inGroups, inObjectives, all []string
		for _, group := range Groups(edition) {
			inGroups = append(inGroups, group.Controls...)
			for _, objective := range group.Objectives {
				inObjectives = append(inObjectives, objective.Controls...)
			}
		}
		for _, control := range Controls(edition) {
			all = append(all, control.Ref())
		}
		if !slices.Equal(inGroups, all) {
			t.Errorf("%s: the groups hold %v", edition, inGroups)
		}
		if edition == Edition2013 && !slices.Equal(inObjectives, all) {
			t.Errorf("the objectives hold %v", inObjectives)
		}
	}
}

func TestEveryControlOf2022HasAllFiveAttributes(t *testing.T) {
	for _, control := range Controls(Edition2022) {
		for _, name := range AttributeNames() {
			values := control.Attributes.Values(name)
			if len(values) == 0 {
				t.Errorf("%s has no %s", control.Ref(), name)
			}
			for _, value := range values {
				if !slices.Contains(AttributeValues(name), value) {
					t.Errorf("%s: %q is not a value of %s", control.Ref(), value, name)
				}
			}
		}
	}
	if values := AttributeValues("colour"); values != nil {
		t.Errorf("an unknown attribute has the values %v", values)
	}
}

func TestLookupTakesANumberAsPeopleWriteIt(t *testing.T) {
	for _, ref := range []string{"A.5.1", "5.1", "a5.1", "A 5.1", "Annex A 5.1", " annex a.5.1 "} {
		control, err := Lookup(Edition2022, ref)
		if err != nil || control.Number != "5.1" || control.Title != "Policies for information security" || control.Group != "5" {
			t.Errorf("Lookup(%q) = %+v, %v", ref, control, err)
		}
	}
	control, err := Lookup(Edition2013, "A.9.2.1")
	if err != nil || control.Objective != "9.2" || control.Group != "9" {
		t.Errorf("Lookup(2013, A.9.2.1) = %+v, %v", control, err)
	}
}

func TestLookupSaysWhereANumberBelongs(t *testing.T) {
	for _, test := range []struct {
		edition Edition
		ref     string
		code    fault.Code
		want    string
	}{
		{Edition2022, "A.9.2.1", fault.NotFound, "A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16"},
		{Edition2022, "18.2.3", fault.NotFound, "A.18.2.3 is a control of the 2013 edition; in 2022 see A.5.36 and A.8.8"},
		{Edition2013, "A.5.17", fault.NotFound, "A.5.17 is a control of the 2022 edition; in 2013 see A.9.2.4, A.9.3.1 and A.9.4.3"},
		{Edition2013, "A.5.7", fault.NotFound, "A.5.7 is a control of the 2022 edition, with no counterpart in 2013"},
		{Edition2013, "A.8.2", fault.NotFound, "A.8.2 is a control of the 2022 edition; in 2013 see A.9.2.3; in 2013 itself, A.8.2 is a control objective with A.8.2.1, A.8.2.2 and A.8.2.3"},
		{Edition2013, "A.9.3", fault.NotFound, "A.9.3 is a control objective, not a control; its controls are A.9.3.1"},
		{Edition2022, "A.15.2", fault.NotFound, "A.15.2 is a control objective of the 2013 edition; in 2022 see A.5.22"},
		{Edition2022, "A.6.9", fault.NotFound, "the 2022 edition has no control A.6.9; it has A.6.1 to A.6.8"},
		{Edition2022, "A.99.1", fault.NotFound, "the 2022 edition has no control A.99.1; it has A.5.1 to A.8.34"},
		{"2005", "A.5.1", fault.NotFound, `there is no edition "2005"; write 2022 or 2013`},
		{Edition2022, "access", fault.Invalid, `"access" is not the number of a control; write it as in A.5.1`},
		{Edition2022, "A.5", fault.Invalid, `"A.5" is not the number of a control; write it as in A.5.1`},
	} {
		_, err := Lookup(test.edition, test.ref)
		if !fault.Is(err, test.code) || err.Error() != test.want {
			t.Errorf("Lookup(%s, %q) = %v\nwant %s: %s", test.edition, test.ref, err, test.code, test.want)
		}
	}
}

func TestMappingIsTheSameBothWays(t *testing.T) {
	for _, edition := range Editions() {
		for _, control := range Controls(edition) {
			for _, counterpart := range Map(edition, control.Number) {
				if _, err := Lookup(edition.Other(), counterpart); err != nil {
					t.Errorf("%s of %s: %v", control.Ref(), edition, err)
				}
				if !slices.Contains(Map(edition.Other(), counterpart), control.Ref()) {
					t.Errorf("%s of %s maps to %s, but not back", control.Ref(), edition, counterpart)
				}
			}
		}
	}
}

func TestOnlyNewControlsHaveNoCounterpart(t *testing.T) {
	for _, control := range Controls(Edition2013) {
		if len(Map(Edition2013, control.Ref())) == 0 {
			t.Errorf("%s of 2013 has no successor", control.Ref())
		}
	}
	for _, control := range Controls(Edition2022) {
		alone := len(Map(Edition2022, control.Ref())) == 0
		if alone != control.New || control.New != slices.Contains(Mapping().New, control.Number) {
			t.Errorf("%s: new is %v, without counterpart is %v", control.Ref(), control.New, alone)
		}
	}
	if refs := Map(Edition2022, "A.99.9"); refs != nil {
		t.Errorf("an unknown control maps to %v", refs)
	}
}

func TestCallersCannotSpoilTheLists(t *testing.T) {
	controls := Controls(Edition2022)
	slices.Reverse(controls)
	Map(Edition2022, "5.1")[0] = "spoilt"
	Groups(Edition2022)[0].Title = "spoilt"
	if Controls(Edition2022)[0].Number != "5.1" || Map(Edition2022, "5.1")[0] != "A.5.1.1" || strings.Contains(Groups(Edition2022)[0].Title, "spoilt") {
		t.Error("a change of a returned slice reached other callers")
	}
}
