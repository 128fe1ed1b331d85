package isms_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

func TestAnOrganisationStartsWithEveryControlUndecided(t *testing.T) {
	for edition, want := range map[isms.Edition]struct {
		count       int
		first, last string
	}{"2022": {93, "A.5.1", "A.8.34"}, "2013": {114, "A.5.1.1", "A.18.2.3"}} {
		t.Run(string(edition), func(t *testing.T) {
			var controls []kind.Entry[isms.Control]
			in := found(t, edition)
			in.view(func(r kind.Reader) (err error) {
				controls, err = kind.All[isms.Control](t.Context(), r)
				return err
			})
			if len(controls) != want.count || controls[0].Key != want.first || controls[len(controls)-1].Key != want.last {
				t.Fatalf("there are %d controls, from %s to %s", len(controls), controls[0].Key, controls[len(controls)-1].Key)
			}
			for _, c := range controls {
				if c.Data.Applicability != "undecided" || c.Data.Source != "annex a" || c.Data.Title == "" {
					t.Errorf("%s starts as %+v", c.Key, *c.Data)
				}
			}
			if records := isms.AnnexA(edition); len(records) != want.count || records[0].Key != want.first {
				t.Errorf("Annex A has %d records", len(records))
			}
		})
	}
}

func TestAControlOfTheOtherEditionIsNamedAsSuch(t *testing.T) {
	for edition, wants := range map[isms.Edition]map[string]string{
		"2022": {
			"kind: control\nkey: A.9.2.1\n":                         "A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16",
			"kind: control\nkey: A.5.38\n":                          "A.5.38",
			"kind: risk\ntitle: Fire\ncontrols: [A.5.1, A.9.2.1]\n": "controls[1]: A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16",
			"kind: risk\ntitle: Fire\nowner: ROLE-0009\n":           "owner: there is no role ROLE-0009",
		},
		"2013": {
			"kind: control\nkey: A.8.13\n":                    "A.8.13 is a control of the 2022 edition; in 2013 see A.12.3.1",
			"kind: threat\ntitle: Fire\ncontrols: [A.8.13]\n": "controls[0]: A.8.13 is a control of the 2022 edition; in 2013 see A.12.3.1",
		},
	} {
		t.Run(string(edition), func(t *testing.T) {
			in := found(t, edition)
			for yaml, want := range wants {
				refused(t, in.try(yaml), fault.Invalid, want)
			}
		})
	}
}

func TestAControlOfAnnexAKeepsItsTitle(t *testing.T) {
	in := found(t, "2022")
	in.apply(`
kind: control
key: A.8.13
title: Copies
source: additional
---
kind: control
title: Copies at the notary's
source: annex a
serves: [A.8.13]
`)
	if c := get[isms.Control](in, "A.8.13"); c.Data.Title != "Information backup" || c.Data.Source != "annex a" {
		t.Errorf("A.8.13 became %q, %s", c.Data.Title, c.Data.Source)
	}
	if c := get[isms.Control](in, "C-0001"); c.Data.Title != "Copies at the notary's" || c.Data.Source != "additional" || c.Data.Applicability != "undecided" {
		t.Errorf("the organisation's own control became %q, %s, %s", c.Data.Title, c.Data.Source, c.Data.Applicability)
	}
}

func TestADecisionOnAControlIsGrounded(t *testing.T) {
	in := found(t, "2022")
	for _, test := range []struct {
		name, decision string
		want           []string
	}{
		{"excluded", "applicability: excluded", []string{"justification"}},
		{"excluded with blanks", "applicability: excluded\njustification: '  '", []string{"justification"}},
		{"excluded with a justification", "applicability: excluded\njustification: Nobody develops for us.", nil},
		{"for no risk", "reasons: [{basis: business}, {basis: risk}]", []string{"reasons[1].risk"}},
		{"for risks in words", "reasons: [{basis: risk, note: All of the data centre.}]", nil},
		{"for no basis", "reasons: [{note: Because.}]", []string{"reasons[0].basis"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := in.try("kind: control\nkey: A.8.30\n" + test.decision)
			if got := places(err); !slices.Equal(got, test.want) || len(got) == 0 && err != nil {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSelectingAControlRecordsWhy(t *testing.T) {
	in := found(t, "2022")
	in.apply(facts + "---\nkind: risk\nkey: RISK-0001\ntitle: Fire\nthreats: [THR-9001]\nvulnerabilities: [VUL-9001]\n")
	in.do("", "RISK-0001", "select", "control: A.8.13")

	if r := get[isms.Risk](in, "RISK-0001"); !slices.Equal(r.Data.Controls, []kind.Ref[isms.Control]{"A.8.13"}) {
		t.Errorf("the risk is treated with %v", r.Data.Controls)
	}
	want := []isms.Reason{{Basis: "risk", Risk: "RISK-0001", Note: "threat THR-9001 Fire; vulnerability VUL-9001 No copies"}}
	c := get[isms.Control](in, "A.8.13")
	if c.Data.Applicability != "applicable" || !slices.Equal(c.Data.Reasons, want) {
		t.Errorf("the control is %s for %v", c.Data.Applicability, c.Data.Reasons)
	}

	in.do("", "RISK-0001", "select", "{control: C-0001, why: The notary offered.}")
	if c := get[isms.Control](in, "C-0001"); c.Data.Applicability != "applicable" || c.Data.Reasons[0].Note != "The notary offered." {
		t.Errorf("the control is %s for %v", c.Data.Applicability, c.Data.Reasons)
	}
	if r := get[isms.Risk](in, "RISK-0001"); !slices.Equal(r.Data.Controls, []kind.Ref[isms.Control]{"A.8.13", "C-0001"}) {
		t.Errorf("the risk is treated with %v", r.Data.Controls)
	}
}

func TestAControlThatIsSelectedAgainIsNamedOnce(t *testing.T) {
	in := found(t, "2022")
	in.apply(facts + "---\nkind: risk\nkey: RISK-0001\ntitle: Fire\nthreats: [THR-9001]\ncontrols: [A.8.13]\n")
	in.do("", "RISK-0001", "select", "control: A.8.13")
	in.do("", "RISK-0001", "select", "control: A.8.13")
	if r := get[isms.Risk](in, "RISK-0001"); len(r.Data.Controls) != 1 {
		t.Errorf("the risk is treated with %v", r.Data.Controls)
	}
	if c := get[isms.Control](in, "A.8.13"); len(c.Data.Reasons) != 1 {
		t.Errorf("the control is applicable for %v", c.Data.Reasons)
	}
}

func TestAControlIsNotSelectedWithoutAGround(t *testing.T) {
	in := found(t, "2022")
	in.apply(facts + `---
kind: risk
key: RISK-0001
title: Fire
threats: [THR-9001]
---
kind: control
key: A.7.5
applicability: excluded
justification: There is no building.
`)
	for _, test := range []struct{ input, code, want string }{
		{"control: A.8.14", "invalid", "why: no fact of RISK-0001 proposes A.8.14: say why it is chosen"},
		{"control: A.7.5", "forbidden", "A.7.5 is excluded (There is no building.)"},
		{"{control: A.7.5, why: I want it.}", "forbidden", "A.7.5 is excluded"},
		{"{control: A.9.2.1, why: I want it.}", "not_found", "A.9.2.1"},
		{"", "invalid", "control: a value is required"},
	} {
		refused(t, in.attempt("", "RISK-0001", "select", test.input), fault.Code(test.code), test.want)
	}
	if r := get[isms.Risk](in, "RISK-0001"); len(r.Data.Controls) > 0 {
		t.Errorf("the risk is treated with %v", r.Data.Controls)
	}
	if c := get[isms.Control](in, "A.8.14"); c.Data.Applicability != "undecided" || len(c.Data.Reasons) > 0 {
		t.Errorf("A.8.14 became %s for %v", c.Data.Applicability, c.Data.Reasons)
	}
}

func TestAMissingRecordOfAnyKindIsNamed(t *testing.T) {
	for _, test := range []struct {
		edition   isms.Edition
		schema    *kind.Schema
		key, want string
	}{
		{"2022", isms.Risks.Schema, "RISK-0009", "there is no risk RISK-0009"},
		{"2022", isms.Controls.Schema, "A.5.1", "there is no control A.5.1"},
		{"2013", isms.Controls.Schema, "A.5.7", "A.5.7"},
		{"2022", isms.Controls.Schema, "A.12.3.1", "in 2022 see A.8.13"},
	} {
		if got := isms.Missing(test.edition, test.schema, test.key); !strings.Contains(got, test.want) {
			t.Errorf("%s of %s: %q", test.key, test.edition, got)
		}
	}
}
