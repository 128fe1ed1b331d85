package isms_test

import (
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
)

// version writes the small method as a version of the organisation's own.
func version(key, fields string) string {
	const rest = `
title: Small
likelihood: [{label: Rare}, {label: Often}]
impact: [{label: Small}, {label: Large}]
criteria: [{name: Money, levels: []}]
levels: [{label: Low, colour: "#00ff00"}, {label: High, colour: "#ff0000"}]
matrix: [{levels: [1, 2]}, {levels: [2, 2]}]
`
	return "kind: method\nkey: " + key + "\n" + fields + rest
}

func TestOneVersionOfAMethodIsApprovedUnderANumber(t *testing.T) {
	in := found(t, "2022")
	in.do("PER-0001", "RM-0001", "approve", "")
	in.do("", "RM-0001", "revise", "")
	in.do("", "RM-0001", "revise", "")
	in.do("PER-0001", "RM-0002", "approve", "")
	refused(t, in.attempt("PER-0001", "RM-0003", "approve", ""), fault.Invalid, "version: version 2 is RM-0002 already; give this one the next number")

	in.apply("kind: method\nkey: RM-0003\nversion: 3\nsupersedes: RM-0002\n")
	in.do("PER-0001", "RM-0003", "approve", "")
	for key, want := range map[string]string{"RM-0001": "superseded", "RM-0002": "superseded", "RM-0003": "approved"} {
		if state := get[isms.Method](in, key).State; state != want {
			t.Errorf("%s is %s, want %s", key, state, want)
		}
	}
}

func TestOneRiskMethodIsInForce(t *testing.T) {
	const way = "RM-0001 is in force, and only one version can be: apply RM-0002 as a draft with supersedes: RM-0001, then run: stele do RM-0002 approve"
	in := found(t, "2022")
	in.do("PER-0001", "RM-0001", "approve", "")
	refused(t, in.try(version("RM-0002", "version: 2\nstate: approved")), fault.Invalid, way)
	in.apply("%s", version("RM-0002", "version: 2"))
	refused(t, in.attempt("PER-0001", "RM-0002", "approve", ""), fault.Invalid, way)
	if m := get[isms.Method](in, "RM-0002"); m.State != "draft" || m.Data.Approver != "" {
		t.Errorf("RM-0002 is %s by %q", m.State, m.Data.Approver)
	}

	in.apply("kind: method\nkey: RM-0002\nsupersedes: RM-0001\n")
	in.do("PER-0001", "RM-0002", "approve", "")
	if before, next := get[isms.Method](in, "RM-0001").State, get[isms.Method](in, "RM-0002").State; before != "superseded" || next != "approved" {
		t.Errorf("the version before is %s, the next one %s", before, next)
	}
}

func TestAMethodThatWasNeverInForceIsNotSuperseded(t *testing.T) {
	in := found(t, "2022")
	in.apply("%s", version("RM-0002", "version: 2\nsupersedes: RM-0001"))
	refused(t, in.attempt("PER-0001", "RM-0002", "approve", ""), fault.Invalid, "supersedes: RM-0001 is a draft and was never in force")
	in.apply("kind: method\nkey: RM-0002\nsupersedes: null\n")
	in.do("PER-0001", "RM-0002", "approve", "")
	if state := get[isms.Method](in, "RM-0001").State; state != "draft" {
		t.Errorf("the draft is %s", state)
	}
}

func TestOneStatementOfApplicabilityIsInForce(t *testing.T) {
	in := drafted(t, "2022")
	in.do("PER-0001", "SOA-0001", "approve", "")
	refused(t, in.try("kind: soa\nkey: SOA-0002\ntitle: Statement\nversion: 2\nstate: approved\n"), fault.Invalid,
		"SOA-0001 is in force, and only one version can be: apply SOA-0002 as a draft, then run: stele do SOA-0002 approve")
	refused(t, in.try("kind: soa\nkey: SOA-0002\ntitle: Statement\nversion: 1\nstate: superseded\n"), fault.Invalid,
		"test.yaml:4:10: soa SOA-0002: version: version 1 is SOA-0001 already; give this one the next number")
	in.apply("kind: soa\nkey: SOA-0002\ntitle: Statement\nversion: 1\n")
	refused(t, in.attempt("PER-0001", "SOA-0002", "approve", ""), fault.Invalid, "version: version 1 is SOA-0001 already; give this one the next number")
}

func TestAnArchivedVersionIsAVersionStill(t *testing.T) {
	in := drafted(t, "2022")
	in.apply("kind: soa\nkey: SOA-0007\ntitle: Statement\nversion: 1\nstate: approved\narchived: true\n")
	refused(t, in.attempt("PER-0001", "SOA-0001", "approve", ""), fault.Invalid, "version: version 1 is SOA-0007 already")
	in.apply("kind: soa\nkey: SOA-0001\nversion: 2\n")
	in.do("PER-0001", "SOA-0001", "approve", "")
	if state := get[isms.Statement](in, "SOA-0007").State; state != "superseded" {
		t.Errorf("the version before is %s", state)
	}
}
