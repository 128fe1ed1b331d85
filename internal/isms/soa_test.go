package isms_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

func TestWhatKeepsAStatementFromApproval(t *testing.T) {
	reasons := []isms.Reason{{Basis: "legal"}, {Basis: "risk"}}
	risks := []kind.Ref[isms.Risk]{"RISK-0007", "RISK-0008"}
	for _, test := range []struct {
		name string
		row  isms.Row
		want []string
	}{
		{"undecided", isms.Row{Applicability: "undecided"}, []string{"is undecided"}},
		{"nothing said", isms.Row{}, []string{"is undecided"}},
		{"excluded", isms.Row{Applicability: "excluded"}, []string{"is excluded without a justification"}},
		{"excluded with a justification", isms.Row{Applicability: "excluded", Justification: "x"}, nil},
		{"excluded with blanks", isms.Row{Applicability: "excluded", Justification: " \n"}, []string{"is excluded without a justification"}},
		{"selected and excluded", isms.Row{Applicability: "excluded", Justification: "x", Reasons: reasons}, []string{"was selected (legal) and is excluded"}},
		{"excluded and treating", isms.Row{Applicability: "excluded", Justification: "x", Risks: risks}, []string{"is excluded but treats RISK-0007"}},
		{
			"excluded against everything",
			isms.Row{Applicability: "excluded", Reasons: reasons, Risks: risks},
			[]string{"is excluded without a justification", "was selected (legal) and is excluded", "is excluded but treats RISK-0007"},
		},
		{"applicable for nothing", isms.Row{Applicability: "applicable"}, []string{"is applicable without a reason", "has no implementation status"}},
		{"applicable for a reason", isms.Row{Applicability: "applicable", Reasons: reasons}, []string{"has no implementation status"}},
		{"applicable for blanks", isms.Row{Applicability: "applicable", Justification: " ", Status: "planned"}, []string{"is applicable without a reason"}},
		{"applicable in words", isms.Row{Applicability: "applicable", Justification: "x", Status: "planned"}, nil},
		{"applicable for a risk", isms.Row{Applicability: "applicable", Risks: risks, Status: "not implemented"}, nil},
		{
			"applicable and not applicable",
			isms.Row{Applicability: "applicable", Justification: "x", Status: "not applicable"},
			[]string{`is applicable, but its implementation status is "not applicable"`},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.row.Number = "A.5.1"
			var got []string
			for _, p := range isms.Problems([]isms.Row{{Number: "A.1", Applicability: "excluded", Justification: "x"}, test.row}) {
				if p.Number != "A.5.1" {
					t.Errorf("a problem of %s", p.Number)
				}
				got = append(got, p.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// rows gives the rows of a Statement of Applicability as it would be approved now.
func (in installation) rows() (list []isms.Row) {
	in.Helper()
	in.view(func(r kind.Reader) (err error) {
		list, err = isms.Rows(in.Context(), r)
		return err
	})
	return list
}

func TestARowShowsItsControlAndTheRisksItTreats(t *testing.T) {
	in := found(t, "2022")
	in.apply(`
kind: control
key: A.8.13
applicability: applicable
reasons: [{basis: legal, note: The tax law}]
justification: Copies save us.
owner: ROLE-0002
status: partly
implementation: Every night.
evidence: The log.
---
kind: risk
key: RISK-0001
title: By the risk itself
controls: [A.8.13]
---
kind: risk
key: RISK-0002
title: By an action
---
kind: risk
key: RISK-0003
title: By both
controls: [A.8.13]
---
kind: risk
key: RISK-0004
title: Closed
state: closed
controls: [A.8.13]
---
kind: risk
key: RISK-0005
title: By a cancelled action
---
kind: risk
key: RISK-0006
title: Accepted
state: accepted
controls: [A.8.13]
---
kind: treatment
title: Copy
risks: [RISK-0002, RISK-0003]
controls: [A.8.13]
---
kind: treatment
title: Not copy
state: cancelled
risks: [RISK-0005]
controls: [A.8.13]
---
kind: control
key: C-0001
title: Copies at the notary's
`)
	rows := in.rows()
	want := isms.Row{
		Number: "A.8.13", Title: "Information backup", Source: "annex a", Applicability: "applicable",
		Reasons: []isms.Reason{{Basis: "legal", Note: "The tax law"}}, Justification: "Copies save us.", Status: "partly",
		Owner: "Administration", Implementation: "Every night.", Evidence: "The log.",
		Risks: []kind.Ref[isms.Risk]{"RISK-0001", "RISK-0002", "RISK-0003", "RISK-0006"},
	}
	if diff := cmp.Diff(want, rows[71]); diff != "" {
		t.Error(diff)
	}
	for i, c := range standard.Controls(standard.Edition2022) {
		if rows[i].Number != c.Ref() {
			t.Errorf("row %d is %s, want %s", i, rows[i].Number, c.Ref())
		}
	}
	if len(rows) != 94 || rows[93].Number != "C-0001" || rows[93].Source != "additional" || len(rows[93].Risks) > 0 {
		t.Errorf("the last of %d rows is %+v", len(rows), rows[len(rows)-1])
	}
}

func TestAControlOfAnnexANeverLeavesTheStatement(t *testing.T) {
	in := found(t, "2022")
	err := in.try("kind: control\nkey: A.5.7\narchived: true\n")
	if rows := in.rows(); err == nil && len(rows) != 93 {
		t.Errorf("the statement has %d rows without it", len(rows))
	}
}

// drafted makes an installation in which every control is decided and a statement drafted.
func drafted(t *testing.T, edition isms.Edition) installation {
	in := found(t, edition)
	in.decideAll(edition)
	in.apply("kind: soa\nkey: SOA-0001\ntitle: Statement\nversion: 1\n")
	return in
}

func TestAStatementWithOpenQuestionsIsNotApproved(t *testing.T) {
	in := drafted(t, "2022")
	in.apply(`
kind: control
key: A.5.7
applicability: undecided
---
kind: control
key: A.8.30
applicability: excluded
justification: Nobody develops for us.
---
kind: control
key: A.8.34
reasons: null
status: null
`)
	err := in.attempt("PER-0001", "SOA-0001", "approve", "")
	refused(t, err, fault.Invalid, "SOA-0001 cannot be approved")
	if got, want := places(err), []string{"A.5.7", "A.8.30", "A.8.34", "A.8.34"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want problems of %q", err, want)
	}
	if s := get[isms.Statement](in, "SOA-0001"); s.State != "draft" || len(s.Data.Rows) > 0 || s.Data.Approver != "" {
		t.Errorf("it is %s by %q with %d rows", s.State, s.Data.Approver, len(s.Data.Rows))
	}
}

func TestAnApprovedStatementIsFrozen(t *testing.T) {
	for edition, controls := range map[isms.Edition]int{"2022": 93, "2013": 114} {
		t.Run(string(edition), func(t *testing.T) {
			in := drafted(t, edition)
			refused(t, in.attempt("", "SOA-0001", "approve", ""), fault.Forbidden, "an approval names a person")
			before := in.rows()
			in.do("PER-0001", "SOA-0001", "approve", "")

			s := get[isms.Statement](in, "SOA-0001")
			if s.State != "approved" || s.Data.Approver != "PER-0001" || s.Data.Approved != today || s.Data.Method != isms.Unauthenticated || s.Data.Edition != edition {
				t.Errorf("it is %s by %s on %s, %s, for %s", s.State, s.Data.Approver, s.Data.Approved, s.Data.Method, s.Data.Edition)
			}
			if diff := cmp.Diff(before, s.Data.Rows); diff != "" || len(before) != controls {
				t.Errorf("of %d rows differ: %s", len(before), diff)
			}
			if got := isms.Digest(s.Data.Rows); got != s.Data.Digest || len(got) != 64 {
				t.Errorf("the digest is %s, its rows give %s", s.Data.Digest, got)
			}

			refused(t, in.try("kind: soa\nkey: SOA-0001\nnote: Later.\n"), fault.Invalid, "SOA-0001 is approved and stays as it is; apply a new one with the next version")
			refused(t, in.try("kind: soa\nkey: SOA-0001\narchived: true\n"), fault.Invalid, "SOA-0001 is approved and stays as it is")
			refused(t, in.attempt("PER-0001", "SOA-0001", "approve", ""), fault.Forbidden, "approve is for one that is draft")

			first := s.Data.Rows[0].Number
			in.apply("kind: control\nkey: %s\nstatus: planned\n", first)
			if row := get[isms.Statement](in, "SOA-0001").Data.Rows[0]; row.Status != "implemented" {
				t.Errorf("%s became %s in the approved statement", first, row.Status)
			}
		})
	}
}

func TestANewStatementSupersedesTheLast(t *testing.T) {
	in := drafted(t, "2022")
	in.do("PER-0001", "SOA-0001", "approve", "")
	in.apply("kind: control\nkey: A.5.1\nstatus: partly\n---\nkind: soa\nkey: SOA-0002\ntitle: Statement\nversion: 2\n---\nkind: soa\nkey: SOA-0003\ntitle: Statement\nversion: 3\n")
	if s := get[isms.Statement](in, "SOA-0001"); s.State != "approved" {
		t.Errorf("before the next one is approved it is %s", s.State)
	}
	in.do("PER-0002", "SOA-0002", "approve", "")
	for key, want := range map[string]string{"SOA-0001": "superseded PER-0001 implemented", "SOA-0002": "approved PER-0002 partly", "SOA-0003": "draft  "} {
		s := get[isms.Statement](in, key)
		status := ""
		if len(s.Data.Rows) > 0 {
			status = string(s.Data.Rows[0].Status)
		}
		if got := fmt.Sprintf("%s %s %s", s.State, s.Data.Approver, status); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	refused(t, in.try("kind: soa\nkey: SOA-0001\nnote: Later.\n"), fault.Invalid, "SOA-0001 is superseded and stays as it is")
}

func TestAStatementIsOfTheOrganisationsEdition(t *testing.T) {
	in := found(t, "2022")
	err := in.try("kind: soa\nkey: SOA-0001\ntitle: Statement\nversion: 1\nedition: '2013'\n")
	if err == nil && get[isms.Statement](in, "SOA-0001").Data.Edition != "2022" {
		t.Error("a statement of 2013 is taken for controls of 2022")
	}
}

func TestADigestTellsRowsApart(t *testing.T) {
	rows := []isms.Row{{Number: "A.5.1", Risks: []kind.Ref[isms.Risk]{"RISK-0001"}}, {Number: "A.5.2"}}
	digest := isms.Digest(rows)
	if isms.Digest(slices.Clone(rows)) != digest {
		t.Error("the same rows have two digests")
	}
	for _, other := range [][]isms.Row{nil, rows[:1], {rows[1], rows[0]}, {rows[0], {Number: "A.5.2", Evidence: "x"}}, {{Number: "A.5.1"}, rows[1]}} {
		if isms.Digest(other) == digest {
			t.Errorf("%+v has the digest of %+v", other, rows)
		}
	}
}
