package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (run with -update if this is meant):\n%s", path, diff)
	}
}

func written(t *testing.T, format string, doc layout.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, format, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheDocumentsOfASmallOrganisation(t *testing.T) {
	p := twice(t)
	p.source("", func(src *report.Source) error {
		for _, r := range report.Reports {
			doc, err := r.Build(src)
			if err != nil {
				return err
			}
			compareGolden(t, r.Name+".md", written(t, "md", doc))
		}
		for _, n := range []int{1, 2} {
			st, err := src.Version(n)
			if err != nil {
				return err
			}
			compareGolden(t, "statement-of-applicability-"+st.Version+".md", written(t, "md", src.SoA(st)))
		}
		return nil
	})
}

func TestTheStatementForMachines(t *testing.T) {
	p := twice(t)
	text, err := json.MarshalIndent(p.current("").JSON(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	compareGolden(t, "statement-of-applicability.json", append(text, '\n'))
}

// TestThePlanListsTheActionsThatItCounts holds the summary of the treatment plan against its table: an
// action of a risk that was closed is in both or in neither.
func TestThePlanListsTheActionsThatItCounts(t *testing.T) {
	p := founded(t)
	p.change("kind: risk\nkey: RISK-0006\ntitle: The gas stove\nstate: closed\n---\nkind: treatment\nkey: TRT-0006\ntitle: Sell the stove\nrisks: [RISK-0006]\nstate: done\n")
	p.source("", func(src *report.Source) error {
		plan, err := report.Named("risk-treatment-plan")
		if err != nil {
			return err
		}
		doc, err := plan.Build(src)
		if err != nil {
			return err
		}
		summary, table, _ := strings.Cut(string(written(t, "md", doc)), "## Plan")
		listed := map[string]bool{}
		for _, key := range regexp.MustCompile(`\*\*TRT-\d+\*\*`).FindAllString(table, -1) {
			listed[key] = true
		}
		if want := fmt.Sprintf("The plan has %d actions", len(listed)); len(listed) == 0 || !strings.Contains(summary, want) {
			t.Errorf("the table lists %d actions, the summary says otherwise:\n%s", len(listed), summary)
		}
		return nil
	})
}

func TestTheDocumentsOfAnOrganisationThatHasOnlyBegun(t *testing.T) {
	p := founded(t)
	if err := p.try("kind: method\nkey: RM-0001\napprover: PER-0001\napproved: 2026-01-01\n"); err != nil {
		t.Log("an approver is not set by a file:", err)
	}
	p.source("", func(src *report.Source) error {
		for _, r := range report.Reports {
			doc, err := r.Build(src)
			if err != nil {
				return err
			}
			if text := string(written(t, "md", doc)); !strings.Contains(text, "Ostrov Letterpress") || strings.Contains(text, "\n| Approved by |") {
				t.Errorf("%s says nothing, or looks approved:\n%s", r.Name, text)
			}
		}
		st, err := src.Current()
		if err != nil {
			return err
		}
		if text := string(written(t, "md", src.SoA(st))); st.Version != "draft" || strings.Contains(text, "Approved by") {
			t.Errorf("version %s looks approved", st.Version)
		}
		return nil
	})
}

func TestEveryReportIsWrittenInEveryFormat(t *testing.T) {
	p := founded(t)
	begins := map[string]string{"html": "<!doctype html>", "docx": "PK\x03\x04", "pdf": "%PDF-", "xlsx": "PK\x03\x04", "md": "# "}
	p.source("", func(src *report.Source) error {
		for _, r := range report.Reports {
			doc, err := r.Build(src)
			if err != nil {
				return err
			}
			for _, format := range report.Formats {
				if got := written(t, format, doc); !bytes.HasPrefix(bytes.ToLower(got), []byte(strings.ToLower(begins[format]))) {
					t.Errorf("%s as %s begins with %q", r.Name, format, got[:min(len(got), 20)])
				}
			}
		}
		return nil
	})
}

func TestWhatCannotBeWrittenIsNamed(t *testing.T) {
	if err := report.Write(&bytes.Buffer{}, "odt", layout.Document{}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "html, docx, pdf, xlsx, md") {
		t.Errorf("an unknown format gives %v", err)
	}
	if _, err := report.Named("budget"); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "risk-treatment-plan") {
		t.Errorf("an unknown report gives %v", err)
	}
}
