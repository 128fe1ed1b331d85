package isms_test

import (
	"slices"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
)

// excluding checks a scope that leaves something out.
func excluding(what string) []string {
	rec := isms.Scopes.New()
	rec.Key, rec.Data = "SCO-0001", &isms.Scope{
		Title: "Scope", Statement: "All we do.",
		Exclusions: []isms.Exclusion{{What: "The canteen", Why: "Run by another company."}, {What: what, Why: "We would rather not."}},
	}
	return places(rec.Validate())
}

func TestARequirementIsNeverExcludedFromTheScope(t *testing.T) {
	for _, what := range []string{
		"Clause 9.2", "clause 7", "Clause 10", "6.1.3", " 4.3", "9.2 Internal audit", "10.1", "27001 9.3", "27001:2022 clause 9.3", "ISO 27001 clause 8", "ISO/IEC 27001:2022 6.1.3 d",
		"requirement 9.2", "Requirement 7", "Clauses 4 to 6", "Clause 9.", "9.2. Internal audit", "ISO/IEC 27001:2022, 9.2",
	} {
		t.Run(what, func(t *testing.T) {
			if got := excluding(what); !slices.Equal(got, []string{"exclusions[1].what"}) {
				t.Errorf("the finding is at %q", got)
			}
		})
	}
}

func TestWhatIsNoRequirementMayBeExcludedFromTheScope(t *testing.T) {
	for _, what := range []string{
		"Building 7", "7 delivery vans", "10 Downing Street", "The canteen", "Clause 3", "Clause 11.2", "3.1", "11.2.5", "192.168.4.0/24", "Version 4.2 of the shop", "A.8.30",
		"10.0.0.0/8, the guest network", "10.0.0.1 is the printer",
	} {
		t.Run(what, func(t *testing.T) {
			if got := excluding(what); len(got) > 0 {
				t.Errorf("there is a finding at %q", got)
			}
		})
	}
}

func TestAScopeIsApprovedByAPersonAndThenFrozen(t *testing.T) {
	in := found(t, "2022")
	in.apply("kind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All we do.\n")
	refused(t, in.attempt("", "SCO-0001", "approve", ""), fault.Forbidden, "an approval names a person")

	in.do("PER-0001", "SCO-0001", "approve", "")
	if s := get[isms.Scope](in, "SCO-0001"); s.State != "approved" || s.Data.Approver != "PER-0001" || s.Data.Approved != today {
		t.Errorf("approved as %s by %s on %s", s.State, s.Data.Approver, s.Data.Approved)
	}
	edit := "kind: scope\nkey: SCO-0001\nstatement: Less.\n"
	refused(t, in.try(edit), fault.Invalid, "SCO-0001 is approved and no longer edited; run: stele do SCO-0001 revise")

	in.do("PER-0001", "SCO-0001", "revise", "")
	if s := get[isms.Scope](in, "SCO-0001"); s.State != "draft" || s.Data.Approver != "" || s.Data.Approved != "" {
		t.Errorf("it is %s, by %s on %s", s.State, s.Data.Approver, s.Data.Approved)
	}
	in.apply("%s", edit)
}
