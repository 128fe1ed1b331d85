package exchange_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

var update = flag.Bool("update", false, "write the golden files anew")

// registers are the files of an organisation in the order in which they refer to each other, with the kinds
// of their rows.
var registers = []struct{ file, kind string }{
	{"asset-register", "asset"},
	{"risk-register", "risk"},
	{"risk-treatment-plan", "treatment"},
	{"statement-of-applicability", "control"},
	{"legal-compliance-register", "obligation"},
	{"stakeholder-requirements", "requirement"},
	{"security-objectives-register", "objective"},
	{"supplier-register", "supplier"},
}

// own is the folder of an invented organisation's registers; existing gives that of a real one's, which are
// not part of the repository.
const own = "testdata/registers"

func existing(t *testing.T) string {
	folder := os.Getenv("STELE_REGISTERS")
	if folder == "" {
		folder = "../../../shared/organisation"
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the registers of an existing organisation are not here (%v); name their folder in STELE_REGISTERS", err)
	}
	return folder
}

func register(t *testing.T, folder, file string) *exchange.Table {
	t.Helper()
	return readFile(t, filepath.Join(folder, file+".csv"))
}

// inBothOrganisations plans the registers of the invented and of the existing organisation one after the other,
// and applies each when fn has looked at its plan.
func inBothOrganisations(t *testing.T, fn func(t *testing.T, im *exchange.Importer, table *exchange.Table, p *exchange.Plan)) {
	folders := map[string]func(*testing.T) string{"invented": func(*testing.T) string { return own }, "existing": existing}
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			folder := folder(t)
			d := organisation(t, "2022")
			for _, r := range registers {
				im, table := importer(t, d), register(t, folder, r.file)
				p := plan(t, im, table, "")
				if p.Mapping.Kind != r.kind || len(p.Unplaced) > 0 {
					t.Fatalf("%s: kind %s, unplaced %v", r.file, p.Mapping.Kind, p.Unplaced)
				}
				fn(t, im, table, p)
				apply(t, d, p)
			}
		})
	}
}

// records gives the records of a plan as JSON, with the headings of what stands beside their fields turned
// back into those of the original.
func records(p *exchange.Plan, original map[string]string) []string {
	var list []string
	for _, n := range slices.Concat(p.New, p.Nodes) {
		members := slices.Clone(n.Value.([]kind.Member))
		for i, m := range members {
			if beside, ok := m.Value.([]kind.Member); ok && m.Name == "also" {
				members[i].Node = kind.Node{Value: renamed(beside, original)}
			}
		}
		list = append(list, string(kind.Node{Value: members}.CanonicalJSON()))
	}
	return list
}

func renamed(members []kind.Member, original map[string]string) []kind.Member {
	members = slices.Clone(members)
	for i, m := range members {
		if name, ok := original[m.Name]; ok {
			members[i].Name = name
		}
	}
	return members
}

// TestRegistersInAnyFormGiveTheSameRecords imports each register as it is, and holds against it what comes of
// the same rows under other headings, in another order, and in other files.
func TestRegistersInAnyFormGiveTheSameRecords(t *testing.T) {
	inBothOrganisations(t, func(t *testing.T, im *exchange.Importer, table *exchange.Table, p *exchange.Plan) {
		t.Logf("%s: %d placed, %d made, %d notes", table.File, len(p.Nodes), len(p.New), len(p.Notes))
		want := records(p, nil)
		for _, v := range variants {
			t.Run(table.File+"/"+v.name, func(t *testing.T) {
				altered, original := v.alter(t, table)
				if diff := cmp.Diff(want, records(plan(t, im, altered, ""), original)); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

// TestPlansOfTheInventedOrganisation holds the plans of all its registers against golden files.
func TestPlansOfTheInventedOrganisation(t *testing.T) {
	d := organisation(t, "2022")
	for _, r := range registers {
		p := plan(t, importer(t, d), register(t, own, r.file), "")
		golden := filepath.Join(own, r.file+".golden")
		got := shown(t, p)
		if *update {
			if err := os.WriteFile(golden, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-update writes it anew):\n%s", r.file, diff)
		}
		apply(t, d, p)
	}
}

// shown gives a plan for people to read.
func shown(t *testing.T, p *exchange.Plan) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, c := range p.Columns {
		fmt.Fprintf(&b, "column %s -> %s: %d fields, %d also, %d compared, %d noted\n", c.Header, c.Target, c.Fields, c.Also, c.Compared, c.Noted)
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "note %d %s: %s\n", n.Line, n.Column, n.Text)
	}
	for _, u := range p.Unplaced {
		fmt.Fprintf(&b, "unplaced %d: %s\n", u.Line, u.Reason)
	}
	var nodes []kind.Node
	for _, n := range slices.Concat(p.New, p.Nodes) {
		nodes = append(nodes, n.Node)
	}
	if err := exchange.WriteYAML(&b, nodes); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNothingInACellIsLost takes the text of one cell away at a time. Either something of the plan is
// different then, or the cell had agreed with what Stele computes. And all cells are counted once.
func TestNothingInACellIsLost(t *testing.T) {
	inBothOrganisations(t, func(t *testing.T, im *exchange.Importer, table *exchange.Table, p *exchange.Plan) {
		counted(t, table, p)
		for row := range table.Rows[:min(12, len(table.Rows))] {
			for column := range table.Header {
				without(t, im, table, p, row, column)
			}
		}
	})
}

// counted checks that every cell with a text is counted once, in its column.
func counted(t *testing.T, table *exchange.Table, p *exchange.Plan) {
	t.Helper()
	for i, c := range p.Columns {
		cells := 0
		for _, r := range table.Rows {
			if i < len(r.Cells) && r.Cells[i] != "" {
				cells++
			}
		}
		if sum := c.Fields + c.Also + c.Compared + c.Noted + c.LeftOut + c.Unplaced; sum != cells {
			t.Errorf("%s, column %s: %d cells, %d counted: %+v", table.File, c.Header, cells, sum, c)
		}
	}
}

// without plans the table without one cell.
func without(t *testing.T, im *exchange.Importer, table *exchange.Table, p *exchange.Plan, row, column int) {
	t.Helper()
	text := table.Rows[row].Cells[column]
	if text == "" || p.Mapping.Kind == "control" && p.Mapping.Columns[column].Target == "key" {
		return // a control is found by its title too
	}
	less := *table
	less.Rows = slices.Clone(table.Rows)
	less.Rows[row].Cells = slices.Clone(less.Rows[row].Cells)
	less.Rows[row].Cells[column] = ""
	q, err := im.Plan(&less, p.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	same := cmp.Equal(p.Notes, q.Notes) && cmp.Equal(p.Unplaced, q.Unplaced) && cmp.Equal(records(p, nil), records(q, nil))
	agreed := q.Columns[column].Compared == p.Columns[column].Compared-1
	if same && !agreed {
		t.Errorf("%s:%d: %s %q makes no difference", table.File, table.Rows[row].Line, table.Header[column], text)
	}
}

// TestImportedTwiceNothingChanges imports the registers again: every record is found, by its key, its reference or its
// name.
func TestImportedTwiceNothingChanges(t *testing.T) {
	d := organisation(t, "2022")
	imported := func(file string) []app.Outcome {
		return apply(t, d, plan(t, importer(t, d), register(t, own, file), ""))
	}
	for _, r := range registers {
		imported(r.file)
	}
	for _, r := range registers {
		for _, o := range imported(r.file) {
			if o.Op != app.Unchanged {
				t.Errorf("%s: %s %s %s: %v", r.file, o.Op, o.Kind, o.Key, o.Changes)
			}
		}
	}
}

// TestStatementOfApplicabilityIsTheirs imports all registers of an existing organisation and reads its statement.
func TestStatementOfApplicabilityIsTheirs(t *testing.T) {
	folder := existing(t)
	d := organisation(t, "2022")
	for _, r := range registers {
		apply(t, d, plan(t, importer(t, d), register(t, folder, r.file), ""))
	}
	var rows []isms.Row
	viewed(t, d, func(r kind.Reader) (err error) {
		rows, err = isms.Rows(t.Context(), r)
		return err
	})
	words := map[string]string{"Yes": "applicable", "No": "excluded", "N/A": "not applicable", "Implemented": "implemented", "Partially implemented": "partly"}
	var want, got [][]string
	for _, r := range register(t, folder, "statement-of-applicability").Rows {
		want = append(want, []string{r.Cells[0], words[r.Cells[3]], r.Cells[4], words[r.Cells[5]], r.Cells[6], r.Cells[7]})
	}
	for _, r := range rows {
		got = append(got, []string{r.Number, string(r.Applicability), r.Justification, string(r.Status), r.Implementation, r.Evidence})
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 93 {
		t.Errorf("%d controls:\n%s", len(got), diff)
	}
}
