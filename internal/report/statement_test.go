package report_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/report"
)

// change applies records of a text, which must be accepted.
func (p *press) change(text string) {
	p.t.Helper()
	if err := p.try(text); err != nil {
		p.t.Fatal(err)
	}
}

// try applies records of a text.
func (p *press) try(text string) error {
	p.t.Helper()
	nodes, err := exchange.ReadYAML("change.yaml", strings.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	var inputs []app.Input
	for _, n := range nodes {
		inputs = append(inputs, app.Input{Node: n, File: "change.yaml"})
	}
	_, err = p.Apply(p.t.Context(), inputs)
	return err
}

// current gives the statement as of a day.
func (p *press) current(day string) (st *report.Statement) {
	p.t.Helper()
	p.source(day, func(src *report.Source) (err error) {
		st, err = src.Current()
		return err
	})
	return st
}

func (p *press) version(n int) (st *report.Statement) {
	p.t.Helper()
	p.source("", func(src *report.Source) (err error) {
		st, err = src.Version(n)
		return err
	})
	return st
}

func TestTheStatementIsTheApprovedVersionUntilSomethingChanges(t *testing.T) {
	p := approved(t)
	expect := func(want string) {
		t.Helper()
		if got := p.current("").Version; got != want {
			t.Errorf("the statement is %q, want %q", got, want)
		}
	}
	expect("1")
	p.change("kind: asset\nkey: AST-0004\nlocation: Attic\n") // which no control shows
	expect("1")
	p.change("kind: control\nkey: A.5.1\nowner: ROLE-0002\n")
	expect("draft after 1")
	p.change("kind: control\nkey: A.5.1\nowner: null\n")
	expect("1")
	p.change("kind: treatment\nkey: TRT-0006\ntitle: Lock the door\nrisks: [RISK-0003]\ncontrols: [A.7.2]\n")
	expect("draft after 1")
}

func TestTheStatementOfAPastDayIsWhatItWasThen(t *testing.T) {
	p := twice(t)
	for day, want := range map[string]string{"2026-02-01": "draft", "2026-02-10": "1", "2026-03-03": "draft after 1", "2026-03-06": "2"} {
		if got := p.current(day).Version; got != want {
			t.Errorf("on %s the statement is %q, want %q", day, got, want)
		}
	}
}

func TestAnApprovedVersionStaysAsItWasFrozen(t *testing.T) {
	p := approved(t)
	before := p.version(1)
	p.day("2026-03-02")
	p.apply(register(t, "changes.yaml"))
	p.change("kind: role\nkey: ROLE-0002\ntitle: Renamed\n")
	p.do("2026-03-05", "PER-0001", "SOA-0002", "approve")
	after := p.version(1)
	if diff := cmp.Diff(before.Rows, after.Rows); diff != "" {
		t.Errorf("version 1 changed:\n%s", diff)
	}
	if after.Entry.Data.Digest != isms.Digest(after.Rows) || after.Entry.State != "superseded" {
		t.Errorf("version 1 is %s, its digest %s", after.Entry.State, after.Entry.Data.Digest)
	}
	if p.version(2).Entry.State != "approved" {
		t.Error("version 2 is not the approved one")
	}
}

func TestAVersionNumberIsApprovedOnce(t *testing.T) {
	p := approved(t)
	p.change("kind: soa\nkey: SOA-0003\ntitle: Statement of Applicability\nversion: 1\n")
	_, err := p.As("PER-0001").Do(t.Context(), "SOA-0003", "approve", kind.Node{})
	if err == nil {
		t.Errorf("version 1 was approved twice; asked for it, one gets %s", p.version(1).Entry.Key)
	}
}

func TestNoControlOfAnnexALeavesTheStatement(t *testing.T) {
	p := founded(t)
	err := p.try("kind: control\nkey: A.5.1\narchived: true\n")
	if got := len(p.current("").JSON().Controls); got != 93 {
		t.Errorf("the statement has %d controls of Annex A after one was archived: %v", got, err)
	}
}

func TestADigestIsOfTheRowsThatItStandsWith(t *testing.T) {
	p := approved(t)
	err := p.try("kind: soa\nkey: SOA-0009\nstate: approved\ntitle: Statement of Applicability\nversion: 9\ndigest: 0000\n" +
		"rows: [{number: A.5.1, title: Policies, applicability: applicable}]\n")
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "digest") {
		t.Errorf("rows that were never approved pass under a digest: %v", err)
	}
}

func TestAnApprovalThatCameByFileIsMarkedSo(t *testing.T) {
	p := founded(t)
	digest := isms.Digest([]isms.Row{{Number: "A.5.1", Title: "Policies", Applicability: "applicable"}})
	p.change("kind: soa\nkey: SOA-0009\nstate: approved\ntitle: Statement of Applicability\nversion: 9\napprover: PER-0001\napproved: 2026-01-01\n" +
		"rows: [{number: A.5.1, title: Policies, applicability: applicable}]\ndigest: " + digest + "\n")
	p.source("", func(src *report.Source) error {
		st, err := src.Version(9)
		if err != nil {
			return err
		}
		if text := string(written(t, "md", src.SoA(st))); !regexp.MustCompile("(?i)by file|imported").MatchString(text) {
			t.Errorf("the document does not tell that its approval came by file:\n%.900s", text)
		}
		return nil
	})
}

func TestADraftIsNoVersion(t *testing.T) {
	p := founded(t)
	p.source("", func(src *report.Source) error {
		if _, err := src.Version(1); !fault.Is(err, fault.NotFound) {
			t.Errorf("a draft is found as a version: %v", err)
		}
		return nil
	})
}

func TestCompareTellsEveryFieldThatDiffers(t *testing.T) {
	p := twice(t)
	var got []string
	for _, d := range report.Compare(p.version(1), p.version(2)) {
		got = append(got, d.Number+" "+d.Field+": "+d.Before+" > "+d.After)
	}
	want := []string{
		"A.5.14 status: partly > implemented",
		"A.5.14 evidence: List of links > List of links, checked monthly",
		"A.8.30 applicable: excluded > applicable",
		"A.8.30 reasons:  > Business",
		"A.8.30 justification: Nobody develops software for the press. > The web shop is rebuilt by an agency.\nBusiness: The shop is to be rebuilt by an agency.",
		"A.8.30 status: not applicable > planned",
		"C-0002 applicable:  > applicable",
		"C-0002 justification:  > Foils keep what was pressed last.",
		"C-0002 status:  > planned",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the differences differ:\n%s", diff)
	}
	back := report.Compare(p.version(2), p.version(1))
	if last := back[len(back)-1]; last.Number != "C-0002" || last.Field != "control" || last.After != "" {
		t.Errorf("a control that is gone is told as %+v", last)
	}
	if same := report.Compare(p.version(2), p.current("")); len(same) > 0 {
		t.Errorf("an approved version differs from itself: %v", same)
	}
}

// TestTheJSONOfAStatementKeepsItsShape holds the names that other programs rely on.
func TestTheJSONOfAStatementKeepsItsShape(t *testing.T) {
	p := twice(t)
	p.change("kind: control\nkey: A.5.2\napplicability: undecided\nstatus: null\njustification: null\n")
	text, err := json.Marshal(p.current("").JSON())
	if err != nil {
		t.Fatal(err)
	}
	var st map[string]any
	if err := json.Unmarshal(text, &st); err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(st)); !slices.Equal(got, []string{"additional", "controls", "edition", "version"}) {
		t.Errorf("the statement has the members %v", got)
	}
	if st["edition"] != "2022" || st["version"] != "draft after 2" {
		t.Errorf("edition %v, version %v", st["edition"], st["version"])
	}
	controls, additional := st["controls"].([]any), st["additional"].([]any)
	if len(controls) != 93 || len(additional) != 2 {
		t.Fatalf("%d controls and %d additional ones", len(controls), len(additional))
	}
	for _, entry := range slices.Concat(controls, additional) {
		c := entry.(map[string]any)
		if got := slices.Sorted(maps.Keys(c)); !slices.Equal(got, []string{
			"applicable", "evidence", "implementation", "justification", "number", "owner", "reasons", "risks", "status", "title",
		}) {
			t.Fatalf("%v has the members %v", c["number"], got)
		}
		for _, name := range []string{"implementation", "justification", "number", "owner", "status", "title"} {
			if _, ok := c[name].(string); !ok {
				t.Errorf("%s of %v is %v, want text", name, c["number"], c[name])
			}
		}
		for _, name := range []string{"evidence", "reasons", "risks"} {
			if _, ok := c[name].([]any); !ok {
				t.Errorf("%s of %v is %v, want a list", name, c["number"], c[name])
			}
		}
	}
	byNumber := func(number string) map[string]any {
		for _, entry := range slices.Concat(controls, additional) {
			if c := entry.(map[string]any); c["number"] == number {
				return c
			}
		}
		t.Fatalf("there is no control %s", number)
		return nil
	}
	transfer := byNumber("5.14")
	if diff := cmp.Diff(map[string]any{
		"number": "5.14", "title": "Information transfer", "applicable": true, "justification": "Proofs belong to the customers.", "status": "implemented",
		"owner": "Pre-press lead", "implementation": "Links that end after a week.", "evidence": []any{"List of links, checked monthly"}, "risks": []any{"RISK-0001"},
		"reasons": []any{
			map[string]any{"basis": "risk", "risk": "RISK-0001", "obligation": "", "note": ""},
			map[string]any{"basis": "contractual", "risk": "", "obligation": "OBL-0001", "note": ""},
		},
	}, transfer); diff != "" {
		t.Errorf("A.5.14 differs:\n%s", diff)
	}
	if got := byNumber("5.2")["applicable"]; got != nil {
		t.Errorf("an undecided control is applicable: %v", got)
	}
	if got := byNumber("C-0001")["applicable"]; got != true {
		t.Errorf("an additional control is applicable: %v", got)
	}
	p.change("kind: control\nkey: A.5.3\napplicability: excluded\njustification: One person runs the press.\n")
	for _, c := range p.current("").JSON().Controls {
		if c.Number == "5.3" && (c.Applicable == nil || *c.Applicable) {
			t.Error("an excluded control is not false")
		}
	}
}
