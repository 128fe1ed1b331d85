package isms_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
)

func TestADraftCarriesNoApproval(t *testing.T) {
	in := found(t, "2022")
	for _, test := range []struct {
		draft string
		marks []string // what only an approval sets, as files write it
	}{
		{"kind: method\nkey: RM-0001\n", []string{"approver: PER-0001", "approved: 2026-01-01"}},
		{"kind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All we do.\n", []string{"approver: PER-0001", "approved: 2026-01-01"}},
		{accepting, []string{"approver: PER-0001", "approved: 2026-01-01", "decided: [{risk: RISK-0001, option: retain, residual: None}]"}},
		{
			"kind: soa\nkey: SOA-0001\ntitle: Statement\nversion: 1\n",
			[]string{"approver: PER-0001", "approved: 2026-01-01", "method: by heart", "digest: '0'", fmt.Sprintf("rows: [{number: A.5.1}]\ndigest: %s", isms.Digest([]isms.Row{{Number: "A.5.1"}}))},
		},
	} {
		in.apply("%s", test.draft+"---"+acceptable)
		for _, mark := range test.marks {
			refused(t, in.try(test.draft+mark), fault.Invalid, "a draft is not approved yet; leave it out, the approval sets it: stele do ")
		}
	}
}

func TestWhatIsApprovedCarriesItsApprovalInAFile(t *testing.T) {
	in := found(t, "2022")
	in.apply("kind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All we do.\nstate: approved\napprover: PER-0001\napproved: 2020-01-01\n")
	if s := get[isms.Scope](in, "SCO-0001"); s.Data.Approver != "PER-0001" || s.Data.Approved != "2020-01-01" || !s.Imported {
		t.Errorf("it is %+v", *s.Data)
	}
}

func TestWhatIsArchivedIsNotApproved(t *testing.T) {
	in := accepts(t)
	in.do("", "RM-0001", "revise", "")
	for name, key := range map[string]string{"method": "RM-0002", "acceptance": "ACC-0001", "scope": "SCO-0001", "soa": "SOA-0001"} {
		in.apply("kind: %s\nkey: %s\narchived: true\n%s", name, key, map[string]string{
			"scope": "title: Scope\nstatement: All we do.\n", "soa": "title: Statement\nversion: 1\n",
		}[name])
		refused(t, in.attempt("PER-0001", key, "approve", ""), fault.Forbidden, key+" is archived; to approve it apply it with archived: false")
	}
}

func TestAnArchivedRiskIsNotAccepted(t *testing.T) {
	in := accepts(t)
	in.apply("kind: risk\nkey: RISK-0001\narchived: true\n")
	refused(t, in.attempt("PER-0001", "ACC-0001", "approve", ""), fault.Invalid, "risks[0]: RISK-0001 is archived")
}

func TestAnOpenRiskHasNoAcceptance(t *testing.T) {
	in := accepts(t)
	refused(t, in.try("kind: risk\nkey: RISK-0001\nacceptance: ACC-0001\n"), fault.Invalid,
		"test.yaml:3:13: risk RISK-0001: acceptance: the risk is open; it is accepted by the approval of an acceptance that lists the risk")
	in.do("PER-0001", "ACC-0001", "approve", "")
	in.do("", "RISK-0001", "reopen", "")
	refused(t, in.try("kind: risk\nkey: RISK-0001\nacceptance: ACC-0001\n"), fault.Invalid, "acceptance: the risk is open")
}

func TestARiskNamesAnApprovedAcceptanceThatListsIt(t *testing.T) {
	const risks = "kind: risk\nkey: RISK-0001\ntitle: Fire\nacceptance: ACC-0001\nstate: %s\n---\nkind: risk\nkey: RISK-0002\ntitle: Flood\n"
	const approved = "state: approved\napprover: PER-0001\napproved: 2026-01-01\n"
	for _, test := range []struct{ name, acceptance, want string }{
		{"it is a draft", accepting, "risk RISK-0001: acceptance: ACC-0001 is not approved"},
		{"it lists another", strings.Replace(accepting, "RISK-0001", "RISK-0002", 1) + approved, "risk RISK-0001: acceptance: ACC-0001 does not list RISK-0001"},
		{"it is not there", "kind: role\ntitle: Nobody\n", "risk RISK-0001: acceptance: there is no acceptance ACC-0001"},
		{"it accepts the risk", accepting + approved, ""},
	} {
		for _, state := range []string{"accepted", "closed"} {
			t.Run(test.name+", "+state, func(t *testing.T) {
				risks := fmt.Sprintf(risks, state)
				for _, file := range []string{risks + "---\n" + test.acceptance, test.acceptance + "---\n" + risks} {
					err := found(t, "2022").try(file)
					if test.want == "" {
						if err != nil {
							t.Error(err)
						}
						continue
					}
					refused(t, err, fault.Invalid, test.want)
					if got := places(err); len(got) != 1 {
						t.Errorf("one mistake is told at %q", got)
					}
				}
			})
		}
	}
}
