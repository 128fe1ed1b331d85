package report_test

import (
	"strings"
	"testing"
)

// says tells whether a report, as Markdown, has each of the texts.
func (p *press) says(name string, texts ...string) {
	p.t.Helper()
	got := p.report(name)
	for _, want := range texts {
		if !strings.Contains(got, want) {
			p.t.Errorf("%s does not say %q:\n%s", name, want, got)
		}
	}
}

func TestContextNamesScopeIssuesAndWhoExpectsWhat(t *testing.T) {
	p := founded(t)
	p.change(`
kind: scope
key: SCO-0001
title: The press
statement: Setting, printing and binding on the island.
interfaces: [{with: The ferry, exchange: Parcels in sealed boxes.}]
exclusions: [{what: The bookshop, why: It is a company of its own.}]
---
kind: issue
key: ISS-0001
title: The cellar floods
origin: external
climate: true
effect: Type cases stand 40 cm above the floor.
review: 2026-02-01
---
kind: party
key: PTY-0001
title: Museums
interest: Proofs stay unseen until the opening.
---
kind: party
key: PTY-0002
title: Neighbours
---
kind: requirement
key: REQ-0001
title: Nothing leaks
party: PTY-0001
source: Contract, section 4
controls: [A.5.14]
`)
	p.says("context", "### The press", "Draft, not approved yet.", "- **The ferry.** Parcels in sealed boxes.", "- **The bookshop.** It is a company of its own.",
		"| **ISS-0001** | The cellar floods | External | Yes |", "| **PTY-0001  Museums**", "| **REQ-0001** | **Nothing leaks**", "| A.5.14 |",
		"No requirement is on record.")
	p.do("2026-03-01", "PER-0001", "SCO-0001", "approve")
	p.says("context", "Approved by ", " on 2026-03-01.")
}

func TestRegistersShowWhatAsksForSomethingToBeDone(t *testing.T) {
	p := founded(t)
	p.change(`
kind: role
key: ROLE-0900
title: Keeper of the lead type
---
kind: supplier
key: SUP-0900
title: Paper mill
location: Gmund
agreement: Confidentiality
certifications: none
contract_end: 2026-01-31
review: 2030-01-31
---
kind: obligation
key: OBL-0900
title: Keep ledgers
source: Fiscal Code
section: Section 147
review: 2026-01-31
---
kind: objective
key: OBJ-0900
title: No proof lost
measure: Proofs that cannot be found
frequency: monthly
target: "0"
`)
	p.day("2026-03-10")
	p.says("roles", "| **ROLE-0900** | Keeper of the lead type | nobody |")
	p.says("suppliers", "| **SUP-0900** | **Paper mill**<br>Gmund |", "| Confidentiality<br>none | 2026-01-31 |")
	p.says("obligations", "| **OBL-0900** | Keep ledgers | Fiscal Code, Section 147 |")
	p.says("objectives", "| **OBJ-0900** | No proof lost | Proofs that cannot be found<br>monthly |")
	for name, alarms := range map[string]int{"roles": 1, "suppliers": 1, "obligations": 1, "objectives": 0} {
		if got := strings.Count(p.in("html", name), "background: #f8dcda"); got != alarms {
			t.Errorf("%s marks %d cells, not %d", name, got, alarms)
		}
	}
}
