package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// TestWhereCellsEnd says of single rows what becomes of their cells.
func TestWhereCellsEnd(t *testing.T) {
	d := organisation(t, "2022")
	applyText(t, d, `{kind: asset, key: AST-0001, title: ERP system, type: software}
---
{kind: asset, key: AST-0002, title: Hall, type: site}
---
{kind: risk, key: RISK-0001, title: Fire, reference: R-1}
---
{kind: role, key: ROLE-0001, title: CFO}
`)
	im := importer(t, d)
	for _, test := range []struct {
		name, kind, text, want string
	}{
		{
			"a new record takes the next key", "asset", "Asset Name,Type\nCRM,Application",
			`{"kind":"asset","key":"AST-0003","title":"CRM","type":"software"}`,
		},
		{
			"a record is known by its name", "asset", "Asset Name,Type,Location\nerp SYSTEM,,Brno",
			`{"kind":"asset","key":"AST-0001","title":"erp SYSTEM","location":"Brno"}`,
		},
		{
			"a record is known by its reference, and its state stays", "risk", "ID,Risk,Status\nr-1,Fire in hall 2,closed",
			`{"kind":"risk","key":"RISK-0001","title":"Fire in hall 2","reference":"r-1"}
2 Status: RISK-0001 is open; a state changes by an action, not by an import of "closed"`,
		},
		{
			"a required field", "asset", "Asset Name,Type\nCRM,Machine\n,Hardware\nWeb,",
			`2 unplaced: Type: "Machine" is none of process, information, software, hardware, network, service, people, site
3 unplaced: Asset Name: a value is required
4 unplaced: Type: a value is required: process, information, software, hardware, network, service, people, site`,
		},
		{
			"keys of the kind are kept", "asset", "ID,Asset Name,Type\nAST-9,CRM,software\n,Web,software\nast-0001,ERP,software",
			`{"kind":"asset","key":"AST-9","title":"CRM","type":"software"}
{"kind":"asset","key":"AST-0010","title":"Web","type":"software"}
{"kind":"asset","key":"AST-0001","title":"ERP","type":"software"}`,
		},
		{
			"a reference twice", "risk", "ID,Risk\nR-7,Flood\nR-7,Storm",
			`{"kind":"risk","key":"RISK-0002","title":"Flood","reference":"R-7"}
3 unplaced: R-7 stands on line 2 already`,
		},
		{
			"keys that occur twice are references", "asset", "ID,Asset Name,Type\nAST-9,CRM,software\nAST-9,Mail,software",
			`{"kind":"asset","key":"AST-0003","title":"CRM","reference":"AST-9","type":"software"}
3 unplaced: AST-9 stands on line 2 already`,
		},
		{
			"rows refer to rows below", "asset", "Asset Name,Type,Depends on\nShop,software,Cluster\nCluster,hardware,Hall",
			`{"kind":"asset","key":"AST-0003","title":"Shop","type":"software","depends_on":["AST-0004"]}
{"kind":"asset","key":"AST-0004","title":"Cluster","type":"hardware","depends_on":["AST-0002"]}`,
		},
		{
			"but not to rows that cannot be placed", "asset", "Asset Name,Type,Depends on\nShop,software,Cluster\nCluster,,Hall",
			`{"kind":"asset","key":"AST-0003","title":"Shop","type":"software","also":{"Depends on":"Cluster"}}
2 Depends on: "Cluster" names no asset
3 unplaced: Type: a value is required: process, information, software, hardware, network, service, people, site`,
		},
		{
			"roles are made once, for rows that are placed", "asset", "Asset Name,Type,Owner,Custodian\nShop,software,cfo,IT\nWeb,software,IT,n/a\nMail,,CISO,IT",
			`{"kind":"role","key":"ROLE-0002","title":"IT"}
{"kind":"asset","key":"AST-0003","title":"Shop","type":"software","owner":"ROLE-0001","custodian":"ROLE-0002"}
{"kind":"asset","key":"AST-0004","title":"Web","type":"software","owner":"ROLE-0002","also":{"Custodian":"n/a"}}
3 Custodian: "n/a" names no role
4 unplaced: Type: a value is required: process, information, software, hardware, network, service, people, site`,
		},
		{
			"a date that is none, and one before its time", "treatment", "Action,Start,Due,Frequency\nA,2026-01-01,Recurring,\nB,soon,Recurring,monthly\nC,2026-05-01,2026-04-01,",
			`{"kind":"treatment","key":"TRT-0001","title":"A","start":"2026-01-01","frequency":"Recurring"}
{"kind":"treatment","key":"TRT-0002","title":"B","frequency":"monthly","also":{"Due":"Recurring","Start":"soon"}}
2 Due: "Recurring" is taken as frequency
3 Start: "soon" is no date
3 Due: "Recurring" is no date
4 unplaced: Due: the action is due on 2026-04-01, before it starts on 2026-05-01`,
		},
		{
			"controls by their numbers", "treatment", "Action,Controls\nA,\"A 5.17 A8.5, Annex A 8.9\"\nB,8.13 and the paper archive\nC,A.9.2.3\nD,Information backup",
			`{"kind":"treatment","key":"TRT-0001","title":"A","controls":["A.5.17","A.8.5","A.8.9"]}
{"kind":"treatment","key":"TRT-0002","title":"B","controls":["A.8.13"],"also":{"Controls":"8.13 and the paper archive"}}
{"kind":"treatment","key":"TRT-0003","title":"D","controls":["A.8.13"]}
3 Controls: "the paper archive" names no control
4 unplaced: Controls: A.9.2.3 is a control of the 2013 edition; in 2022 see A.8.2`,
		},
		{
			"an exclusion needs a justification", "control", "Control ID,Applicable,Justification,Status\nA.8.30,No,,N/A\nA.8.29,No,We develop nothing,N/A\nA.9.1,Yes,,\nA.5.1 to A.5.3,Yes,,\nfive,Yes,,\n,Yes,,",
			`{"kind":"control","key":"A.8.29","applicability":"excluded","justification":"We develop nothing","status":"not applicable"}
2 unplaced: Justification: an exclusion needs a justification (6.1.3 d)
4 unplaced: A.9.1 is a control objective of the 2013 edition; in 2022 see A.5.15
5 unplaced: "A.5.1 to A.5.3" is more than the number of one control
6 unplaced: "five" is not the number of a control; write it as in A.5.1
7 unplaced: the row names no control`,
		},
		{
			"assessments", "risk", "ID,Risk,Likelihood,Impact Legal,Impact,Risk Level\n1,A,4,3,3,High\n2,B,4,,2,Low\n3,C,4,3,5,12\n4,D,,3,,High\n5,E,9,3,3,\n6,F,,,,High\n7,G,Likely,Moderate (3),moderate,hoch",
			`{"kind":"risk","key":"RISK-0002","title":"A","reference":"1","current":{"likelihood":4,"impacts":[{"criterion":"Legal","level":3}]}}
{"kind":"risk","key":"RISK-0003","title":"B","reference":"2","current":{"likelihood":4,"impacts":[{"criterion":"Financial","level":2}]}}
{"kind":"risk","key":"RISK-0004","title":"C","reference":"3","current":{"likelihood":4,"impacts":[{"criterion":"Legal","level":3}]}}
{"kind":"risk","key":"RISK-0005","title":"D","reference":"4","also":{"Impact Legal":"3","Risk Level":"High"}}
{"kind":"risk","key":"RISK-0006","title":"E","reference":"5","also":{"Impact":"3","Impact Legal":"3","Likelihood":"9"}}
{"kind":"risk","key":"RISK-0007","title":"F","reference":"6","also":{"Risk Level":"High"}}
{"kind":"risk","key":"RISK-0008","title":"G","reference":"7","current":{"likelihood":4,"impacts":[{"criterion":"Legal","level":3}]}}
3 Risk Level: the register says "Low"; by the risk method it is Medium
4 Impact: the highest impact is 3, not 5
4 Risk Level: the register says "12"; by the risk method it is High
5 Impact Legal: the assessment has no likelihood; its columns are kept beside the fields
6 Likelihood: Likelihood "9" is no level from 1 to 5, and none of Rare, Unlikely, Possible, Likely, Almost certain; its columns are kept beside the fields
7 Risk Level: a level alone is no assessment; its columns are kept beside the fields`,
		},
		{
			"numbers of controls in any spelling", "control", "No.,Applicable,Justification\n5.1,Yes,Law\nA 8.2,Yes,Contract",
			`{"kind":"control","key":"A.5.1","applicability":"applicable","justification":"Law"}
{"kind":"control","key":"A.8.2","applicability":"applicable","justification":"Contract"}`,
		},
		{
			"what a level of risk says beside", "risk", "ID,Risk,Likelihood,Impact Legal,Risk Level\n1,A,4,3,3 (as of March)\n2,B,4,3,\"to be agreed with the board in the meeting of the second quarter, or later\"",
			`{"kind":"risk","key":"RISK-0002","title":"A","reference":"1","current":{"likelihood":4,"impacts":[{"criterion":"Legal","level":3}]},"also":{"Risk Level":"3 (as of March)"}}
{"kind":"risk","key":"RISK-0003","title":"B","reference":"2","current":{"likelihood":4,"impacts":[{"criterion":"Legal","level":3}]}}
3 Risk Level: the register says "to be agreed with the board in the meeting of the second quarter, or later"; by the risk method it is High`,
		},
		{
			"yes and no", "requirement", "Derived Requirement,Stakeholder,Climate\nReport losses,Bank,Ja\nSend figures,Bank,perhaps",
			`{"kind":"party","key":"PTY-0001","title":"Bank"}
{"kind":"requirement","key":"REQ-0001","title":"Report losses","party":"PTY-0001","climate":true}
{"kind":"requirement","key":"REQ-0002","title":"Send figures","party":"PTY-0001","also":{"Climate":"perhaps"}}
3 Climate: "perhaps" is none of true, false`,
		},
		{
			"one party of several", "requirement", "Derived Requirement,Stakeholder\nReport losses,Insurer + Bank\nNothing,-",
			`{"kind":"party","key":"PTY-0001","title":"Insurer"}
{"kind":"party","key":"PTY-0002","title":"Bank"}
{"kind":"requirement","key":"REQ-0001","title":"Report losses","party":"PTY-0001","also":{"Stakeholder":"Insurer + Bank"}}
2 Stakeholder: the field holds one interested party, and takes the first
3 unplaced: Stakeholder: "-" names no interested party`,
		},
		{
			"a control character", "role", "Role\nHead of \x01IT",
			`2 unplaced: Role: the text holds a control character`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, told(planned(t, im, test.kind, test.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestColumnsOfAMappingGoWhereItSays leaves a column out and keeps another beside the fields.
func TestColumnsOfAMappingGoWhereItSays(t *testing.T) {
	p := planned(t, importer(t, organisation(t, "2022")), "asset", "Asset Name,Type,Location,Colour\nShop,software,Brno,red\nWeb,software,,\n",
		exchange.Column{Header: "Location", Target: "also"}, exchange.Column{Header: "Colour", Target: "-"})
	if got, want := string(p.Nodes[0].JSON()), `{"kind":"asset","key":"AST-0001","title":"Shop","type":"software","also":{"Location":"Brno"}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if p.Columns[2].Also != 1 || p.Columns[3].LeftOut != 1 {
		t.Errorf("%+v", p.Columns)
	}
}

func TestKeysThatAreNoneAreNotPlaced(t *testing.T) {
	p := planned(t, importer(t, organisation(t, "2022")), "asset", "ID,Asset Name,Type\nAST-9,CRM,software\nX-1,Web,software\nAST-9,Mail,software\n",
		exchange.Column{Header: "ID", Target: "key"})
	want := `{"kind":"asset","key":"AST-9","title":"CRM","type":"software"}
3 unplaced: "X-1" is no key of the kind asset; they look like AST-0001
4 unplaced: AST-9 stands on line 2 already`
	if diff := cmp.Diff(want, told(p)); diff != "" {
		t.Error(diff)
	}
}

// TestOtherRegistersKeepWhatStandsBesideTheFields imports two registers of the same assets.
func TestOtherRegistersKeepWhatStandsBesideTheFields(t *testing.T) {
	d := organisation(t, "2022")
	for _, text := range []string{
		"ID,Asset Name,Type,Colour,Depends on\nAST-1,Shop,software,red,Moon\n", "ID,Asset Name,Weight\nAST-1,Shop,7\n", "ID,Asset Name,Type,Colour,Depends on\nAST-1,Shop,software,blue,\n",
	} {
		apply(t, d, planned(t, importer(t, d), "asset", text))
	}
	viewed(t, d, func(r kind.Reader) error {
		e, err := kind.Get[isms.Asset](t.Context(), r, "AST-1")
		if diff := cmp.Diff(map[string]string{"Colour": "blue", "Weight": "7"}, e.Also); diff != "" {
			t.Error(diff)
		}
		return err
	})
}

// TestADecidedRiskIsNotChangedByAnImport imports other words for a risk whose state lets nobody edit it.
func TestADecidedRiskIsNotChangedByAnImport(t *testing.T) {
	d := organisation(t, "2022")
	text := "ID,Risk,Status\nR-1,Fire,Accepted\n"
	apply(t, d, planned(t, importer(t, d), "risk", text))
	if got := told(planned(t, importer(t, d), "risk", text)); strings.Contains(got, "unplaced") {
		t.Error(got)
	}
	got := told(planned(t, importer(t, d), "risk", strings.Replace(text, "Fire", "Flood", 1)))
	if !strings.Contains(got, "2 unplaced: RISK-0001 is accepted") || !strings.Contains(got, "reopen") {
		t.Error(got)
	}
}

// TestWithoutAMethodAssessmentsStayBeside imports a risk into an organisation that names no risk method.
func TestWithoutAMethodAssessmentsStayBeside(t *testing.T) {
	im := importer(t, bare(t))
	text := "ID,Risk,Likelihood,Impact\nR-1,Fire,3,4\n"
	want := `{"kind":"risk","key":"RISK-0001","title":"Fire","reference":"R-1","also":{"Impact":"4","Likelihood":"3"}}`
	if got := told(planned(t, im, "risk", text)); got != want {
		t.Error(got)
	}
	want += "\n2 Likelihood: the organisation names no risk method; its columns are kept beside the fields"
	for _, impact := range []string{"current.impact", "current.impact.Financial"} {
		got := told(planned(t, im, "risk", text, exchange.Column{Header: "Likelihood", Target: "current.likelihood"}, exchange.Column{Header: "Impact", Target: impact}))
		if got != want {
			t.Errorf("%s: %s", impact, got)
		}
	}
}

// TestARiskIsAssessedByItsOwnMethod imports an impact by a criterion that only the organisation's method has.
func TestARiskIsAssessedByItsOwnMethod(t *testing.T) {
	d := organisation(t, "2022")
	other, data := isms.Methods.New(), isms.DefaultMethod()
	data.Title, data.Criteria = "Another", data.Criteria[:1]
	other.Key, other.Data = "RM-0002", data
	applyNodes(t, d, []exchange.FileNode{{Node: other.Export()}})
	applyText(t, d, "{kind: risk, key: RISK-0001, title: Fire, method: RM-0002}")
	p := planned(t, importer(t, d), "risk", "Risk,Method,Likelihood,Impact Financial,Impact Legal\nFire,,3,4,2\nFlood,,3,4,2\nStorm,RM-0002,3,4,2\n",
		exchange.Column{Header: "Method", Target: "method"})
	want := `{"kind":"risk","key":"RISK-0001","title":"Fire","also":{"Impact Financial":"4","Impact Legal":"2","Likelihood":"3"}}
{"kind":"risk","key":"RISK-0002","title":"Flood","current":{"likelihood":3,"impacts":[{"criterion":"Financial","level":4},{"criterion":"Legal","level":2}]}}
{"kind":"risk","key":"RISK-0003","title":"Storm","method":"RM-0002","also":{"Impact Financial":"4","Impact Legal":"2","Likelihood":"3"}}
2 Likelihood: the risk's method has no impact criterion Legal; its columns are kept beside the fields
4 Likelihood: the risk's method has no impact criterion Legal; its columns are kept beside the fields`
	if diff := cmp.Diff(want, told(p)); diff != "" {
		t.Error(diff)
	}
}

// TestAReferenceOfTwoRecordsNamesNeither imports a row whose reference two records have.
func TestAReferenceOfTwoRecordsNamesNeither(t *testing.T) {
	d := organisation(t, "2022")
	applyText(t, d, "{kind: risk, key: RISK-0001, title: Fire, reference: R-1}\n---\n{kind: risk, key: RISK-0002, title: Flood, reference: r-1}\n")
	want := "2 unplaced: R-1 is the reference of RISK-0001 and RISK-0002"
	if diff := cmp.Diff(want, told(planned(t, importer(t, d), "risk", "ID,Risk\nR-1,Fire\n"))); diff != "" {
		t.Error(diff)
	}
}

// TestControlsOfTheOtherEditionAreNotPlaced imports a statement of 2022 into an organisation of 2013.
func TestControlsOfTheOtherEditionAreNotPlaced(t *testing.T) {
	p := plan(t, importer(t, organisation(t, "2013")), register(t, own, "statement-of-applicability"), "")
	if len(p.Nodes) != 0 || len(p.Unplaced) != 7 {
		t.Fatalf("%d placed, unplaced: %v", len(p.Nodes), p.Unplaced)
	}
	for _, u := range p.Unplaced {
		if !strings.Contains(u.Reason, "in 2013") && !strings.Contains(u.Reason, "of the 2022 edition") && !strings.Contains(u.Reason, "control objective") {
			t.Errorf("line %d: %s", u.Line, u.Reason)
		}
	}
	if err := p.Err("soa.csv"); err == nil || !strings.Contains(err.Error(), "soa.csv:2: ") {
		t.Errorf("%v", err)
	}
}
