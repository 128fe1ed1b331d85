package isms_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// smallMethod is a method of two by two.
const smallMethod = `
kind: method
key: RM-0007
title: Small
version: 1
likelihood: [{label: Rare}, {label: Often}]
impact: [{label: Small}, {label: Large}]
criteria: [{name: Money, levels: []}]
levels: [{label: Low, colour: "#00ff00"}, {label: High, colour: "#ff0000"}]
matrix: [{levels: [1, 2]}, {levels: [2, 2]}]
acceptable: 1
`

// assessedRisk is a risk of the organisation's method, and so of RM-0001 where a test names no other.
const assessedRisk = `
kind: risk
key: RISK-0001
title: Fire
owner: ROLE-0001
current: {likelihood: 3, impacts: [{criterion: Financial, level: 2}, {criterion: Legal, level: 4}]}
option: retain
`

func TestTheDefaultMethodIsValid(t *testing.T) {
	rec := isms.Methods.New()
	rec.Key, rec.Data = "RM-0001", isms.DefaultMethod()
	if err := rec.Validate(); err != nil {
		t.Error(err)
	}
	m := isms.DefaultMethod().Scale()
	for _, test := range []struct {
		likelihood, impact int
		want               string
	}{{1, 1, "Low"}, {2, 2, "Low"}, {1, 5, "Medium"}, {3, 3, "Medium"}, {2, 5, "High"}, {3, 5, "High"}, {4, 4, "Critical"}, {5, 5, "Critical"}} {
		if got := m.Label(m.Cell(test.likelihood, test.impact)); got != test.want {
			t.Errorf("likelihood %d and impact %d are %s, want %s", test.likelihood, test.impact, got, test.want)
		}
	}
	if got := m.Label(m.Acceptable); got != "Medium" {
		t.Errorf("up to %s is acceptable", got)
	}
	for _, c := range m.Criteria {
		if len(c.Levels) != len(m.Impact) {
			t.Errorf("%s describes %d levels", c.Name, len(c.Levels))
		}
	}
}

func TestAMethodWithABrokenMatrixIsRefused(t *testing.T) {
	err := found(t, "2022").try(smallMethod + "---\nkind: method\ntitle: Broken\nversion: 1\nlikelihood: [{label: a}]\nimpact: [{label: a}, {label: ''}]\ncriteria: [{name: c}]\nlevels: [{label: a}, {label: b}]\nmatrix: [{levels: [1, 1]}]\n")
	if got := places(err); !slices.Equal(got, []string{"impact[1].label", "levels"}) {
		t.Errorf("got %v", err)
	}
}

func TestAnApprovedMethodIsFrozen(t *testing.T) {
	in := found(t, "2022")
	refused(t, in.attempt("", "RM-0001", "approve", ""), fault.Forbidden, "an approval names a person")
	in.do("PER-0001", "RM-0001", "approve", "")
	m := get[isms.Method](in, "RM-0001")
	if m.State != "approved" || m.Data.Approver != "PER-0001" || m.Data.Approved != today {
		t.Errorf("approved as %s by %s on %s", m.State, m.Data.Approver, m.Data.Approved)
	}
	refused(t, in.try("kind: method\nkey: RM-0001\nacceptable: 3\n"), fault.Invalid, "RM-0001 is approved: past assessments rest on it. For a new version run: stele do RM-0001 revise")
	refused(t, in.attempt("PER-0001", "RM-0001", "approve", ""), fault.Forbidden, "RM-0001 is approved; approve is for one that is draft")
}

func TestADraftWithoutAssessmentsMayChange(t *testing.T) {
	in := found(t, "2022")
	in.apply("kind: method\nkey: RM-0001\nacceptable: 3\n")
	if m := get[isms.Method](in, "RM-0001"); m.Data.Acceptable != 3 {
		t.Errorf("up to %d is acceptable", m.Data.Acceptable)
	}
}

func TestTheScalesOfADraftStayWhenRisksAreAssessedWithIt(t *testing.T) {
	in := found(t, "2022")
	in.apply(assessedRisk)
	for _, change := range []string{
		"acceptable: 3", "criteria: [{name: Financial}, {name: Legal}]", "levels: [{label: a, colour: '#000000'}, {label: b, colour: '#000000'}, {label: c, colour: '#000000'}, {label: d, colour: '#000000'}]",
	} {
		refused(t, in.try("kind: method\nkey: RM-0001\n"+change), fault.Invalid, "the scales, criteria, matrix and acceptable level of RM-0001 can no longer be changed: RISK-0001 is assessed with them, "+
			"and its level would no longer be the one that was judged. Once RM-0001 is approved, draft its next version with: stele do RM-0001 revise")
	}
	in.apply("kind: method\nkey: RM-0001\ntitle: Another title\napproach: In other words.\n")
	in.apply("kind: risk\nkey: RISK-0001\narchived: true\n")
	refused(t, in.try("kind: method\nkey: RM-0001\nacceptable: 3"), fault.Invalid, "can no longer be changed: RISK-0001 is assessed with them")
}

func TestAMethodThatIsAppliedAgainIsUnchanged(t *testing.T) {
	in := found(t, "2022")
	in.apply(smallMethod + "---\nkind: risk\nkey: RISK-0001\ntitle: Fire\nmethod: RM-0007\ncurrent: {likelihood: 2, impacts: [{criterion: Money, level: 1}]}\n")
	if err := in.try(smallMethod); err != nil {
		t.Error(err)
	}
}

func TestANewVersionRewritesNoPastLevel(t *testing.T) {
	in := found(t, "2022")
	in.apply(assessedRisk)
	in.do("PER-0001", "RM-0001", "approve", "")
	in.do("", "RM-0001", "revise", "")
	before, next := get[isms.Method](in, "RM-0001"), get[isms.Method](in, "RM-0002")
	want := *before.Data
	want.Version, want.Supersedes, want.Approver, want.Approved = 2, "RM-0001", "", ""
	if diff := cmp.Diff(&want, next.Data); diff != "" || next.State != "draft" || before.State != "approved" {
		t.Errorf("the next version is %s, the last %s: %s", next.State, before.State, diff)
	}

	in.apply("kind: method\nkey: RM-0002\nmatrix: [{levels: [4, 4, 4, 4, 4]}, {levels: [4, 4, 4, 4, 4]}, {levels: [4, 4, 4, 4, 4]}, {levels: [4, 4, 4, 4, 4]}, {levels: [4, 4, 4, 4, 4]}]\n")
	in.do("PER-0002", "RM-0002", "approve", "")
	if state := get[isms.Method](in, "RM-0001").State; state != "superseded" {
		t.Errorf("the version before is %s", state)
	}
	if org := get[isms.Organisation](in, isms.OrganisationKey); org.Data.Method != "RM-0002" {
		t.Errorf("new assessments use %s", org.Data.Method)
	}

	in.apply("kind: risk\nkey: RISK-0001\nrationale: Looked at again.\n---\n" + "kind: risk\nkey: RISK-0002\ntitle: Flood\ncurrent: {likelihood: 1, impacts: [{criterion: Legal, level: 1}]}\n")
	for key, want := range map[string]struct {
		method kind.Ref[isms.Method]
		level  int
	}{"RISK-0001": {"RM-0001", 3}, "RISK-0002": {"RM-0002", 4}} {
		if r := get[isms.Risk](in, key); r.Data.Method != want.method || *r.Data.CurrentLevel != want.level {
			t.Errorf("%s is at level %d by %s, want %v", key, *r.Data.CurrentLevel, r.Data.Method, want)
		}
	}
	refused(t, in.try("kind: method\nkey: RM-0001\ntitle: Old\n"), fault.Invalid, "RM-0001 is superseded")
	refused(t, in.attempt("", "RM-0001", "revise", ""), fault.Forbidden, "revise is for one that is approved")
}
