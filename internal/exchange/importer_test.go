package exchange_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/app/apptest"
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

// organisation is a fresh one with the library and the default method.
func organisation(t *testing.T, edition isms.Edition) *app.Door {
	t.Helper()
	library, err := exchange.Library(edition.Standard())
	if err != nil {
		t.Fatal(err)
	}
	f := app.Founding{Name: "Trial", Edition: edition, Method: isms.DefaultMethod()}
	for _, n := range library {
		f.Library = append(f.Library, app.Input{Node: n})
	}
	_, d := apptest.Found(t, app.Config{Data: t.TempDir()}, f)
	return d
}

// viewed reads the records as they are now.
func viewed(t *testing.T, d *app.Door, fn func(kind.Reader) error) error {
	t.Helper()
	return d.View(t.Context(), time.Time{}, fn)
}

// importer gives what the door's organisation has at this moment.
func importer(t *testing.T, d *app.Door) (im *exchange.Importer) {
	t.Helper()
	err := viewed(t, d, func(r kind.Reader) (err error) {
		im, err = exchange.NewImporter(t.Context(), r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return im
}

func read(t *testing.T, name string, content []byte) *exchange.Table {
	t.Helper()
	table, err := exchange.ReadTable(name, bytes.NewReader(content), "")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func readFile(t *testing.T, name string) *exchange.Table {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Base(name), content)
}

func plan(t *testing.T, im *exchange.Importer, table *exchange.Table) *exchange.Plan {
	t.Helper()
	m, err := im.Propose(table, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := im.Plan(table, m)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func apply(t *testing.T, d *app.Door, p *exchange.Plan) []app.Outcome {
	t.Helper()
	var inputs []app.Input
	for _, n := range slices.Concat(p.New, p.Nodes) {
		inputs = append(inputs, app.Input{Node: n.Node, File: n.File})
	}
	outcomes, err := d.Apply(t.Context(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
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
	folders := map[string]func(*testing.T) string{"invented": func(*testing.T) string { return own }, "existing": existing}
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			folder := folder(t)
			d := organisation(t, "2022")
			for _, r := range registers {
				im := importer(t, d)
				table := readFile(t, filepath.Join(folder, r.file+".csv"))
				p := plan(t, im, table)
				if p.Mapping.Kind != r.kind || len(p.Unplaced) > 0 {
					t.Fatalf("%s: kind %s, unplaced %v", r.file, p.Mapping.Kind, p.Unplaced)
				}
				t.Logf("%s: %d placed, %d unplaced, %d made, %d notes", r.file, len(p.Nodes), len(p.Unplaced), len(p.New), len(p.Notes))
				want := records(p, nil)
				for _, v := range variants {
					t.Run(r.file+"/"+v.name, func(t *testing.T) {
						altered, original := v.alter(t, table)
						if diff := cmp.Diff(want, records(plan(t, im, altered), original)); diff != "" {
							t.Error(diff)
						}
					})
				}
				apply(t, d, p)
			}
		})
	}
}

// TestPlansOfTheInventedOrganisation holds the plans of all its registers against golden files.
func TestPlansOfTheInventedOrganisation(t *testing.T) {
	d := organisation(t, "2022")
	for _, r := range registers {
		p := plan(t, importer(t, d), readFile(t, filepath.Join(own, r.file+".csv")))
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
	folders := map[string]func(*testing.T) string{"invented": func(*testing.T) string { return own }, "existing": existing}
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			folder := folder(t)
			d := organisation(t, "2022")
			for _, r := range registers {
				im, table := importer(t, d), readFile(t, filepath.Join(folder, r.file+".csv"))
				p := plan(t, im, table)
				counted(t, table, p)
				for _, row := range table.Rows[:min(12, len(table.Rows))] {
					for i := range row.Cells {
						without(t, im, table, p, row.Line, i)
					}
				}
				apply(t, d, p)
			}
		})
	}
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
func without(t *testing.T, im *exchange.Importer, table *exchange.Table, p *exchange.Plan, line, column int) {
	t.Helper()
	at := slices.IndexFunc(table.Rows, func(r exchange.Row) bool { return r.Line == line })
	if table.Rows[at].Cells[column] == "" || p.Mapping.Kind == "control" && p.Mapping.Columns[column].Target == "key" {
		return // a control is found by its title too
	}
	less := *table
	less.Rows = slices.Clone(table.Rows)
	less.Rows[at].Cells = slices.Clone(less.Rows[at].Cells)
	less.Rows[at].Cells[column] = ""
	q, err := im.Plan(&less, p.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	told := cmp.Equal(p.Notes, q.Notes) && cmp.Equal(p.Unplaced, q.Unplaced) && cmp.Equal(records(p, nil), records(q, nil))
	agreed := q.Columns[column].Compared == p.Columns[column].Compared-1
	if told && !agreed {
		t.Errorf("%s:%d: %s %q makes no difference", table.File, line, table.Header[column], table.Rows[at].Cells[column])
	}
}

// TestImportedTwiceNothingChanges imports the registers again: every record is found, by its key, its reference or its
// name.
func TestImportedTwiceNothingChanges(t *testing.T) {
	d := organisation(t, "2022")
	for range 2 {
		for _, r := range registers {
			apply(t, d, plan(t, importer(t, d), readFile(t, filepath.Join(own, r.file+".csv"))))
		}
	}
	for _, r := range registers {
		for _, o := range apply(t, d, plan(t, importer(t, d), readFile(t, filepath.Join(own, r.file+".csv")))) {
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
		apply(t, d, plan(t, importer(t, d), readFile(t, filepath.Join(folder, r.file+".csv"))))
	}
	var rows []isms.Row
	err := d.View(t.Context(), time.Time{}, func(r kind.Reader) (err error) {
		rows, err = isms.Rows(t.Context(), r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	theirs := readFile(t, filepath.Join(folder, "statement-of-applicability.csv"))
	words := map[string]string{"Yes": "applicable", "No": "excluded", "N/A": "not applicable", "Implemented": "implemented", "Partially implemented": "partly"}
	var want, got [][]string
	for _, r := range theirs.Rows {
		want = append(want, []string{r.Cells[0], words[r.Cells[3]], r.Cells[4], words[r.Cells[5]], r.Cells[6], r.Cells[7]})
	}
	for _, r := range rows {
		got = append(got, []string{r.Number, string(r.Applicability), r.Justification, string(r.Status), r.Implementation, r.Evidence})
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 93 {
		t.Errorf("%d controls:\n%s", len(got), diff)
	}
}

// TestControlsOfTheOtherEditionAreNotPlaced imports a statement of 2022 into an organisation of 2013.
func TestControlsOfTheOtherEditionAreNotPlaced(t *testing.T) {
	p := plan(t, importer(t, organisation(t, "2013")), readFile(t, filepath.Join(own, "statement-of-applicability.csv")))
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

// TestMappingSurvivesItsFile writes a mapping and reads it.
func TestMappingSurvivesItsFile(t *testing.T) {
	im, table := importer(t, organisation(t, "2022")), readFile(t, filepath.Join(own, "risk-register.csv"))
	m, err := im.Propose(table, "")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := exchange.ReadMapping("map.yaml", &b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Error(diff)
	}
}

func TestBadMappingsSayWhatIsWrong(t *testing.T) {
	im, table := importer(t, organisation(t, "2022")), readFile(t, filepath.Join(own, "risk-register.csv"))
	for _, test := range []struct{ kind, header, target, want string }{
		{"riks", "ID", "key", `no kind "riks"`},
		{"risk", "Identity", "key", "no such column"},
		{"risk", "ID", "colour", `"colour" is no field of the kind risk`},
		{"risk", "ID", "inherent", `"inherent" is no field`},
		{"risk", "ID", "inherent_level", "is no field"},
		{"risk", "ID", "inherent.impact.Beauty", `"Beauty" is no impact criterion`},
		{"risk", "ID", "current.score", "no score"},
		{"asset", "ID", "state", `"state" is no field of the kind asset`},
		{"risk", "ID", "title", "the column Risk Title goes to title already"},
	} {
		columns := []exchange.Column{{Header: test.header, Target: test.target}}
		if test.target == "title" {
			columns = append([]exchange.Column{{Header: "Risk Title", Target: "title"}}, columns...)
		}
		_, err := im.Plan(table, exchange.Mapping{Kind: test.kind, Columns: columns})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s -> %s: got %v, want %q", test.header, test.target, err, test.want)
		}
	}
}

// TestTablesOfNoKindAskForIt proposes tables that could be anything.
func TestTablesOfNoKindAskForIt(t *testing.T) {
	im := importer(t, organisation(t, "2022"))
	for _, header := range []string{"a,b,c", "ID,Title,Owner,Status", "Name,Notes"} {
		table := read(t, "list.csv", []byte(header+"\n1,2,3\n"))
		if m, err := im.Propose(table, ""); err == nil || !strings.Contains(err.Error(), "--kind") {
			t.Errorf("%s: %v, %v", header, m, err)
		}
	}
	table := read(t, "list.csv", []byte("ID,Title,Owner,Status\n1,Spare key lost,ISO,open\n"))
	m, err := im.Propose(table, "risks")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"reference", "title", "owner", "state"}
	for i, c := range m.Columns {
		if c.Target != want[i] {
			t.Errorf("%s goes to %s, not to %s", c.Header, c.Target, want[i])
		}
	}
}
