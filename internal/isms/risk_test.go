package isms_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

func TestLevelsFollowFromTheAssessments(t *testing.T) {
	in := found(t, "2022")
	in.apply(`
kind: risk
key: RISK-0001
title: Fire
inherent: {likelihood: 5, impacts: [{criterion: Safety, level: 5}]}
current: {likelihood: 3, impacts: [{criterion: Financial, level: 1}, {criterion: Legal, level: 4}]}
planned: {likelihood: 1, impacts: [{criterion: Legal, level: 4}]}
---
kind: risk
key: RISK-0002
title: Flood
current: {likelihood: 2, impacts: [{criterion: Legal, level: 3}]}
---
kind: risk
key: RISK-0003
title: Frost
`)
	for key, want := range map[string]isms.Risk{
		"RISK-0001": {Method: "RM-0001", InherentLevel: new(4), CurrentLevel: new(3), PlannedLevel: new(1)},
		"RISK-0002": {Method: "RM-0001", CurrentLevel: new(2)},
		"RISK-0003": {},
	} {
		d := get[isms.Risk](in, key).Data
		got := isms.Risk{Method: d.Method, InherentLevel: d.InherentLevel, CurrentLevel: d.CurrentLevel, PlannedLevel: d.PlannedLevel}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
	in.apply("kind: risk\nkey: RISK-0001\nplanned: null\n")
	if d := get[isms.Risk](in, "RISK-0001").Data; d.PlannedLevel != nil {
		t.Errorf("without a plan the planned level is %d", *d.PlannedLevel)
	}
}

func TestWhatRemainsIsPlannedOrElseCurrent(t *testing.T) {
	for _, test := range []struct {
		risk isms.Risk
		want *int
	}{
		{isms.Risk{}, nil},
		{isms.Risk{InherentLevel: new(4)}, nil},
		{isms.Risk{InherentLevel: new(4), CurrentLevel: new(3)}, new(3)},
		{isms.Risk{CurrentLevel: new(3), PlannedLevel: new(1)}, new(1)},
	} {
		if diff := cmp.Diff(test.want, test.risk.Residual()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAnAssessmentOutsideOfTheMethodIsRefusedAtItsPlace(t *testing.T) {
	in := found(t, "2022")
	for assessment, want := range map[string]string{
		"current: {likelihood: 6, impacts: [{criterion: Legal, level: 1}]}":                                "test.yaml:3:23: risk RISK-0001: current.likelihood: level 6 is outside",
		"planned: {likelihood: 1, impacts: [{criterion: Legal, level: 9}]}":                                "planned.impacts[0].level: level 9",
		"inherent: {likelihood: 1, impacts: [{criterion: Mood, level: 1}]}":                                `inherent.impacts[0].criterion: "Mood" is no impact criterion`,
		"current: {likelihood: 1, impacts: []}":                                                            "current.impacts: an assessment needs an impact",
		"method: RM-0009\ncurrent: {likelihood: 1, impacts: [{criterion: Legal, level: 1}]}":               "method: there is no risk method RM-0009",
		"current_level: 1\ncurrent: {likelihood: 1, impacts: [{criterion: Legal, level: 1}]}":              "current_level: the field is computed and cannot be set",
		"current: {likelihood: 1, impacts: [{criterion: Legal, level: 1}]}\ninherent: {likelihood: three}": "inherent.likelihood: expected a whole number",
	} {
		t.Run(assessment, func(t *testing.T) {
			refused(t, in.try("kind: risk\nkey: RISK-0001\n"+assessment+"\ntitle: Fire\n"), fault.Invalid, want)
		})
	}
}

func TestWithoutAMethodNothingIsAssessed(t *testing.T) {
	in := foundWith(t, app.Founding{Name: "Test", Edition: "2022"})
	refused(t, in.try(assessedRisk), fault.Invalid, "method: the organisation names no risk method")
	in.apply(smallMethod + "---\nkind: risk\nkey: RISK-0001\ntitle: Fire\nmethod: RM-0007\ncurrent: {likelihood: 2, impacts: [{criterion: Money, level: 1}]}\n")
	if d := get[isms.Risk](in, "RISK-0001").Data; *d.CurrentLevel != 2 {
		t.Errorf("the level is %d", *d.CurrentLevel)
	}
}

func TestARiskThatIsNoMoreIsClosedWithAReason(t *testing.T) {
	in := found(t, "2022")
	in.apply(assessedRisk)
	refused(t, in.attempt("", "RISK-0001", "close", ""), fault.Invalid, "reason: a value is required")
	refused(t, in.attempt("", "RISK-0001", "reopen", ""), fault.Forbidden, "RISK-0001 is open; reopen is for one that is accepted or closed")
	in.do("", "RISK-0001", "close", "reason: The building is sold.")
	if r := get[isms.Risk](in, "RISK-0001"); r.State != "closed" || r.Data.Rationale != "The building is sold." {
		t.Errorf("it is %s: %s", r.State, r.Data.Rationale)
	}
	refused(t, in.try("kind: risk\nkey: RISK-0001\ntitle: Other\n"), fault.Invalid, "RISK-0001 is closed: its owner decided on what stands there. To change it run: stele do RISK-0001 reopen")
	refused(t, in.attempt("", "RISK-0001", "select", "{control: A.8.13, why: x}"), fault.Forbidden, "select is for one that is open")
	in.do("", "RISK-0001", "reopen", "")
	in.apply("kind: risk\nkey: RISK-0001\ntitle: Other\n")
}

func TestAStateIsNotWrittenIntoARecord(t *testing.T) {
	in := found(t, "2022")
	in.apply(assessedRisk)
	refused(t, in.try("kind: risk\nkey: RISK-0001\nstate: closed\n"), fault.Invalid, "RISK-0001 is open; a state changes by an action: stele do RISK-0001 close")
}

func TestAStateWithoutAnActionOfItsOwnSaysWhatLeadsThere(t *testing.T) {
	in := drafted(t, "2022")
	in.apply("%s", assessedRisk+"---\nkind: treatment\nkey: TRT-0001\ntitle: Buy\nstate: done\n")
	in.do("PER-0001", "RM-0001", "approve", "")
	in.do("PER-0001", "SOA-0001", "approve", "")
	for _, test := range []struct{ kind, key, state, want string }{
		{"risk", "RISK-0001", "accepted", "RISK-0001 is open; a state changes by an action: the approval of an acceptance that lists the risk, as in stele do ACC-0001 approve"},
		{"method", "RM-0001", "superseded", "RM-0001 is approved; a state changes by an action: the approval of the version that supersedes it"},
		{"soa", "SOA-0001", "superseded", "SOA-0001 is approved; a state changes by an action: the approval of the next version"},
		{"treatment", "TRT-0001", "planned", "TRT-0001 is done; a state changes by an action, and none leads from there to planned; a treatment has begin, complete, cancel"},
	} {
		refused(t, in.try(fmt.Sprintf("kind: %s\nkey: %s\nstate: %s\n", test.kind, test.key, test.state)), fault.Invalid, test.want)
	}
	in.do("", "RISK-0001", "close", "reason: Sold.")
	refused(t, in.try("kind: risk\nkey: RISK-0001\nstate: accepted\n"), fault.Invalid, "none leads from there to accepted; a risk has select, reopen, close")
}

func TestATreatmentRunsFromPlannedToDone(t *testing.T) {
	in := found(t, "2022")
	in.apply("kind: treatment\nkey: TRT-0001\ntitle: Buy\n---\nkind: treatment\nkey: TRT-0002\ntitle: Build\nstart: 2026-01-05\n---\nkind: treatment\nkey: TRT-0003\ntitle: Beg\n")
	for key, want := range map[string]string{"TRT-0001": today, "TRT-0002": "2026-01-05"} {
		in.do("", key, "begin", "")
		if tr := get[isms.Treatment](in, key); tr.State != "in progress" || string(tr.Data.Start) != want {
			t.Errorf("%s is %s since %s", key, tr.State, tr.Data.Start)
		}
	}
	refused(t, in.attempt("", "TRT-0001", "begin", ""), fault.Forbidden, "begin is for one that is planned")
	refused(t, in.attempt("", "TRT-0001", "complete", ""), fault.Invalid, "result: a value is required")
	in.do("", "TRT-0001", "complete", "result: It hums.")
	if tr := get[isms.Treatment](in, "TRT-0001"); tr.State != "done" || tr.Data.Completed != today || tr.Data.Result != "It hums." {
		t.Errorf("TRT-0001 is %s on %s: %s", tr.State, tr.Data.Completed, tr.Data.Result)
	}
	refused(t, in.attempt("", "TRT-0003", "cancel", ""), fault.Invalid, "reason: a value is required")
	in.do("", "TRT-0003", "cancel", "reason: Nobody gives.")
	if tr := get[isms.Treatment](in, "TRT-0003"); tr.State != "cancelled" || tr.Data.Result != "Nobody gives." || tr.Data.Completed != "" {
		t.Errorf("TRT-0003 is %s on %s: %s", tr.State, tr.Data.Completed, tr.Data.Result)
	}
	refused(t, in.attempt("", "TRT-0003", "complete", "result: x"), fault.Forbidden, "complete is for one that is planned or in progress")
}

func TestATreatmentIsNotDueBeforeItStarts(t *testing.T) {
	for dates, want := range map[[2]string]bool{
		{"2026-01-02", "2026-01-01"}: true, {"2026-01-02", "2026-01-02"}: false, {"2026-01-02", "2026-02-01"}: false, {"", "2026-01-01"}: false, {"2026-01-01", ""}: false,
	} {
		rec := isms.Treatments.New()
		rec.Key = "TRT-0001"
		d := isms.Treatments.As(rec).Data
		d.Title = "Buy"
		d.Start, d.Due = kind.Date(dates[0]), kind.Date(dates[1])
		if got := places(rec.Validate()); (len(got) == 1 && got[0] == "due") != want {
			t.Errorf("from %s to %s: %q", dates[0], dates[1], got)
		}
	}
}
