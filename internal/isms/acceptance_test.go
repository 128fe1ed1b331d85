package isms_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// acceptable is a risk that PER-0001 can accept, and the acceptance that would do it.
const (
	acceptable = `
kind: risk
key: RISK-0001
title: Fire
owner: ROLE-0001
current: {likelihood: 3, impacts: [{criterion: Legal, level: 4}]}
planned: {likelihood: 1, impacts: [{criterion: Legal, level: 4}]}
option: modify
controls: [A.8.13]
`
	accepting = `
kind: acceptance
key: ACC-0001
title: Acceptance
risks: [RISK-0001]
review: 2027-01-01
`
)

// accepts makes an installation in which the method is approved and the acceptance is drafted.
func accepts(t *testing.T) installation {
	in := found(t, "2022")
	in.do("PER-0001", "RM-0001", "approve", "")
	in.apply("%s", acceptable+"---"+accepting)
	return in
}

// numbered gives the text of a test with keys of its own, so that many share an installation.
func numbered(i int, text string) string {
	return strings.NewReplacer("RISK-0001", fmt.Sprintf("RISK-1%03d", i), "RISK-0002", fmt.Sprintf("RISK-2%03d", i), "ACC-0001", fmt.Sprintf("ACC-1%03d", i)).Replace(text)
}

func TestAnOwnerAcceptsWhatRemainsOfARisk(t *testing.T) {
	in := accepts(t)
	in.apply("kind: treatment\nkey: TRT-0001\ntitle: Copy\nrisks: [RISK-0001]\n---\nkind: treatment\nkey: TRT-0002\ntitle: Other\n")
	in.do("PER-0001", "ACC-0001", "approve", "")

	a := get[isms.Acceptance](in, "ACC-0001")
	want := &isms.Acceptance{
		Title: "Acceptance", Risks: []kind.Ref[isms.Risk]{"RISK-0001"}, Review: "2027-01-01", Approver: "PER-0001", Approved: today,
		Decided: []isms.Decision{{
			Risk: "RISK-0001", Option: "modify", Current: "High", Residual: "Low",
			Controls: []kind.Ref[isms.Control]{"A.8.13"}, Treatments: []kind.Ref[isms.Treatment]{"TRT-0001"},
		}},
	}
	if diff := cmp.Diff(want, a.Data); diff != "" || a.State != "approved" {
		t.Errorf("the acceptance is %s: %s", a.State, diff)
	}
	if r := get[isms.Risk](in, "RISK-0001"); r.State != "accepted" || r.Data.Acceptance != "ACC-0001" {
		t.Errorf("the risk is %s by %s", r.State, r.Data.Acceptance)
	}

	refused(t, in.try("kind: risk\nkey: RISK-0001\ntitle: Smoke\n"), fault.Invalid, "RISK-0001 is accepted: its owner decided on what stands there")
	refused(t, in.try("kind: acceptance\nkey: ACC-0001\nreason: Later.\n"), fault.Invalid, "ACC-0001 is approved and stays as it is; reopen a risk to decide anew")
	in.do("", "RISK-0001", "reopen", "")
	if r := get[isms.Risk](in, "RISK-0001"); r.State != "open" || r.Data.Acceptance != "" {
		t.Errorf("reopened, the risk is %s by %s", r.State, r.Data.Acceptance)
	}
}

func TestARiskIsAcceptedOnlyAsTheRulesSay(t *testing.T) {
	in := accepts(t)
	for i, test := range []struct {
		name, change, want string
		person             string
	}{
		{"nobody", "", "an approval names a person", ""},
		{"not its owner", "", "risks[0]: RISK-0001 belongs to Management (ROLE-0001), a role that PER-0002 does not hold", "PER-0002"},
		{"no owner", "kind: risk\nkey: RISK-0001\nowner: null\n", "has no owner, and only the owner can accept it", "PER-0001"},
		{"not assessed", "kind: risk\nkey: RISK-0001\ncurrent: null\nplanned: null\n", "is not assessed", "PER-0001"},
		{"planned only", "kind: risk\nkey: RISK-0001\ncurrent: null\n", "is not assessed", "PER-0001"},
		{"a draft of a method", smallMethod + "---\nkind: risk\nkey: RISK-0001\nmethod: RM-0007\ncurrent: {likelihood: 1, impacts: [{criterion: Money, level: 1}]}\nplanned: null\n", "was assessed with RM-0007, a risk method that is not approved", "PER-0001"},
		{"no option", "kind: risk\nkey: RISK-0001\noption: null\n", "has no treatment option", "PER-0001"},
		{"nothing modifies it", "kind: risk\nkey: RISK-0001\ncontrols: null\n", "is to be modified, but no control or action treats it", "PER-0001"},
		{"too high", "kind: risk\nkey: RISK-0001\nplanned: null\n", "remains High, above the acceptance criteria: give a reason", "PER-0001"},
		{"too high by plan", "kind: risk\nkey: RISK-0001\nplanned: {likelihood: 4, impacts: [{criterion: Legal, level: 4}]}\n", "remains Critical, above the acceptance criteria: give a reason", "PER-0001"},
		{"too high, with blanks for a reason", "kind: risk\nkey: RISK-0001\nplanned: null\n---\nkind: acceptance\nkey: ACC-0001\nreason: '  '\n", "remains High, above the acceptance criteria: give a reason", "PER-0001"},
		{"closed", "kind: risk\nkey: RISK-0002\ntitle: Flood\nowner: ROLE-0001\nstate: closed\n---\nkind: acceptance\nkey: ACC-0001\nrisks: [RISK-0002]\n", "RISK-0002 is closed already", "PER-0001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			in.apply("%s", numbered(i, acceptable+"---"+accepting))
			if test.change != "" {
				in.apply("%s", numbered(i, test.change))
			}
			err := in.attempt(test.person, numbered(i, "ACC-0001"), "approve", "")
			if want := numbered(i, test.want); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q", err, want)
			}
			if a, r := get[isms.Acceptance](in, numbered(i, "ACC-0001")), get[isms.Risk](in, numbered(i, "RISK-0001")); a.State != "draft" || a.Data.Approver != "" || r.State != "open" {
				t.Errorf("the acceptance is %s by %q, the risk %s", a.State, a.Data.Approver, r.State)
			}
		})
	}
}

func TestARiskIsAcceptedWhereTheRulesAllowIt(t *testing.T) {
	in := accepts(t)
	for i, test := range []struct{ name, change string }{
		{"a deputy of the role", "kind: risk\nkey: RISK-0001\nowner: ROLE-0002\n"},
		{"an action instead of a control", "kind: risk\nkey: RISK-0001\ncontrols: null\n---\nkind: treatment\nkey: TRT-0001\ntitle: Copy\nrisks: [RISK-0001]\n"},
		{"retained without a control", "kind: risk\nkey: RISK-0001\noption: retain\ncontrols: null\n"},
		{"at the acceptance criteria", "kind: risk\nkey: RISK-0001\nplanned: {likelihood: 3, impacts: [{criterion: Legal, level: 3}]}\n"},
		{"above them, with a reason", "kind: risk\nkey: RISK-0001\nplanned: null\n---\nkind: acceptance\nkey: ACC-0001\nreason: The lease ends in spring.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			in.apply("%s", numbered(i, acceptable+"---"+accepting))
			in.apply("%s", numbered(i, test.change))
			in.do("PER-0001", numbered(i, "ACC-0001"), "approve", "")
			if r := get[isms.Risk](in, numbered(i, "RISK-0001")); r.State != "accepted" {
				t.Errorf("the risk is %s", r.State)
			}
		})
	}
}

func TestOneRiskThatCannotBeAcceptedStopsAll(t *testing.T) {
	in := accepts(t)
	in.apply("kind: risk\nkey: RISK-0002\ntitle: Flood\n---\nkind: risk\nkey: RISK-0003\ntitle: Frost\nowner: ROLE-0001\n---\nkind: acceptance\nkey: ACC-0001\nrisks: [RISK-0001, RISK-0002, RISK-0003]\n")
	err := in.attempt("PER-0001", "ACC-0001", "approve", "")
	refused(t, err, fault.Invalid, "ACC-0001 cannot be approved")
	if diff := cmp.Diff([]string{"risks[1]", "risks[2]"}, places(err)); diff != "" {
		t.Error(diff)
	}
	if r := get[isms.Risk](in, "RISK-0001"); r.State != "open" || r.Data.Acceptance != "" {
		t.Errorf("RISK-0001 is %s by %s", r.State, r.Data.Acceptance)
	}
}

func TestACancelledActionTreatsNothing(t *testing.T) {
	in := accepts(t)
	in.apply("kind: risk\nkey: RISK-0001\ncontrols: null\n---\nkind: treatment\nkey: TRT-0001\ntitle: Copy\nrisks: [RISK-0001]\n")
	in.do("", "TRT-0001", "cancel", "reason: No money.")
	refused(t, in.attempt("PER-0001", "ACC-0001", "approve", ""), fault.Invalid, "is to be modified, but no control or action treats it")
}

func TestAnAcceptanceSaysWhenItIsLookedAtAgain(t *testing.T) {
	err := found(t, "2022").try("kind: acceptance\ntitle: Acceptance\n")
	if diff := cmp.Diff([]string{"risks", "review"}, places(err)); diff != "" {
		t.Errorf("%v: %s", err, diff)
	}
}
