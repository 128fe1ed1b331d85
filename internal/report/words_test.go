package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/report"
)

// report gives a report as Markdown, by its name.
func (p *press) report(name string) string { return p.in("md", name) }

// in gives a report in a format.
func (p *press) in(format, name string) (text string) {
	p.t.Helper()
	p.source("", func(src *report.Source) error {
		r, err := report.Named(name)
		if err != nil {
			return err
		}
		doc, err := r.Build(src)
		if err != nil {
			return err
		}
		text = string(written(p.t, format, doc))
		return nil
	})
	return text
}

// row gives the cells of the line that begins with a key.
func row(t *testing.T, markdown, key string) []string {
	t.Helper()
	for line := range strings.Lines(markdown) {
		if strings.HasPrefix(line, "| **"+key) {
			return strings.Split(strings.Trim(line, "| \n"), " | ")
		}
	}
	t.Fatalf("there is no row of %s in\n%s", key, markdown)
	return nil
}

func TestANoteThatIsTheOnlyGroundStandsWithTheJustification(t *testing.T) {
	p := founded(t)
	for _, test := range []struct{ name, control, want string }{
		{"beside a text", "justification: Asked for.\nreasons: [{basis: business, note: Two tenders.}, {basis: good practice, note: Everybody does.}]", "Asked for.<br>Business: Two tenders.<br>Good practice: Everybody does."},
		{"alone", "justification: null\nreasons: [{basis: risk, note: Those of the cellar.}]", "Risk: Those of the cellar."},
		{"of a ground that rests on a record", "justification: Asked for.\nreasons: [{basis: risk, risk: RISK-0001, note: Not here.}, {basis: legal, obligation: OBL-0001, note: Nor here.}]", "Asked for."},
		{"of what is not applied", "applicability: excluded\njustification: Not ours.\nreasons: [{basis: business, note: Not any more.}]", "Not ours."},
	} {
		p.change("kind: control\nkey: A.5.2\n" + test.control + "\n")
		p.source("", func(src *report.Source) error {
			doc := src.SoA(p.current(""))
			if got := row(t, string(written(t, "md", doc)), "A.5.2")[4]; got != test.want {
				t.Errorf("%s: the justification is %q, want %q", test.name, got, test.want)
			}
			if html := string(written(t, "html", doc)); strings.Contains(html, "Two tenders.") != strings.Contains(test.want, "Two tenders.") {
				t.Errorf("%s: HTML differs from Markdown", test.name)
			}
			return nil
		})
	}
}

func TestAChangedNoteIsADifferenceBetweenStatements(t *testing.T) {
	p := approved(t)
	p.change("kind: control\nkey: C-0001\nreasons: [{basis: business, note: Two museums wish it.}]\n")
	got := report.Compare(p.version(1), p.current(""))
	want := report.Difference{Number: "C-0001", Title: "Proofs are shown under a cloth", Field: "justification", Before: "Business: The museum's wish.", After: "Business: Two museums wish it."}
	if len(got) != 1 || got[0] != want {
		t.Errorf("the differences are %+v, want %+v", got, want)
	}
}

func TestThePlanSaysWhenAnActionWasCompleted(t *testing.T) {
	plan := founded(t).report("risk-treatment-plan")
	if got := row(t, plan, "TRT-0003")[6]; got != "2026-01-20" {
		t.Errorf("it was completed on %q", got)
	}
	if got := row(t, plan, "TRT-0001")[6]; got != "" {
		t.Errorf("what is in progress was completed on %q", got)
	}
}

func TestThePlanTellsNoActionFromNoDecision(t *testing.T) {
	p := founded(t)
	p.change("kind: risk\nkey: RISK-0006\ntitle: A control and no option\ncontrols: [A.7.2]\n")
	_, plan, _ := strings.Cut(p.report("risk-treatment-plan"), "## Plan")
	for risk, want := range map[string]string{
		"RISK-0003": "No action beyond the controls in place.", // an option and no control
		"RISK-0004": "No treatment has been decided.",
		"RISK-0005": "No action beyond the controls in place.",
		"RISK-0006": "No action beyond the controls in place.",
	} {
		_, under, _ := strings.Cut(plan, "| **"+risk)
		_, under, _ = strings.Cut(under, "\n")
		if got, _, _ := strings.Cut(under, "\n"); !strings.Contains(got, "| "+want+" |") {
			t.Errorf("under %s stands %s, want %s", risk, got, want)
		}
	}
	if got := row(t, plan, "RISK-0004")[0]; !strings.HasSuffix(got, ", without an owner**") {
		t.Errorf("a risk without an owner is headed %s", got)
	}
}

func TestAnActionStaysInThePlanWhenItsRisksAreArchived(t *testing.T) {
	p := founded(t)
	p.change("kind: treatment\nkey: TRT-0006\ntitle: Both\nrisks: [RISK-0001, RISK-0003]\n---\nkind: risk\nkey: RISK-0001\narchived: true\n")
	p.day("2026-03-10")
	summary, plan, _ := strings.Cut(p.report("risk-treatment-plan"), "## Plan")
	if !strings.Contains(summary, "The plan has 6 actions") || !strings.Contains(summary, "- TRT-0001 ") {
		t.Errorf("the summary leaves it out:\n%s", summary)
	}
	live, archived, found := strings.Cut(plan, "\n| **Actions whose risks are closed or archived** |")
	if !found {
		t.Fatalf("there is no such heading:\n%s", plan)
	}
	for key, want := range map[string]bool{"TRT-0001": true, "TRT-0002": true, "TRT-0003": false, "TRT-0005": false, "TRT-0006": false} {
		row := fmt.Sprintf("\n| **%s** |", key)
		if strings.Contains(archived, row) != want || strings.Contains(live, row) == want {
			t.Errorf("%s stands at the wrong place:\n%s", key, plan)
		}
	}
}

func TestCountGivesOneInTheSingular(t *testing.T) {
	for n, want := range map[int]string{0: "0 risks", 1: "1 risk", 2: "2 risks", 21: "21 risks"} {
		if got := report.Count(n, "risk", "risks"); got != want {
			t.Errorf("%d gives %q, want %q", n, got, want)
		}
	}
}

func TestOneThingIsToldInTheSingular(t *testing.T) {
	p := founded(t)
	p.day("2026-03-10")
	tells := func(name, want string) {
		t.Helper()
		if got := p.report(name); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q:\n%.900s", name, want, got)
		}
	}
	tells("risk-treatment-plan", "The plan has 5 actions: 1 done, 1 in progress, 2 planned, 1 cancelled. 1 is overdue on 2026-03-10.")
	tells("risk-assessment", "Of 5 risks, 4 are assessed. 3 lie above the acceptance criteria today, of which 1 will lie within them")
	tells("asset-inventory", "4 assets and groups of assets. ")

	for _, record := range []string{
		"risk RISK-0002", "risk RISK-0003", "risk RISK-0004", "risk RISK-0005", "treatment TRT-0002", "treatment TRT-0003",
		"treatment TRT-0004", "treatment TRT-0005", "asset AST-0001", "asset AST-0002", "asset AST-0003",
	} {
		kind, key, _ := strings.Cut(record, " ")
		p.change(fmt.Sprintf("kind: %s\nkey: %s\narchived: true\n", kind, key))
	}
	tells("risk-treatment-plan", "The plan has 1 action: 0 done, 1 in progress, 0 planned, 0 cancelled. 1 is overdue on 2026-03-10.")
	tells("risk-assessment", "Of 1 risk, 1 is assessed. 1 lies above the acceptance criteria today, of which 1 will lie within them")
	tells("asset-inventory", "1 asset or group of assets. ")

	p.day("2026-02-10")
	tells("risk-treatment-plan", "0 are overdue on 2026-02-10.")
}
