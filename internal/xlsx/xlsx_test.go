package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
	"github.com/stele-isms/stele/internal/xlsx"
)

func written(t testing.TB, doc layout.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t testing.TB, doc layout.Document) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, doc)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// shown gives what the cells of a sheet show, row by row, empty ones aside.
func shown(t testing.TB, f *excelize.File, sheet string) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, cell := range slices.Concat(rows...) {
		if text := layouttest.Words(cell); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// tablesOf gives the tables of a document, each as a document of its own without a caption.
func tablesOf(doc layout.Document) []layout.Document {
	var all []layout.Document
	for _, s := range doc.Sections {
		for _, b := range s.Blocks {
			if table, ok := b.(*layout.Table); ok {
				bare := *table
				bare.Caption = ""
				all = append(all, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{&bare}}}})
			}
		}
	}
	return all
}

// proseOf gives a document without its tables, but with their captions.
func proseOf(doc layout.Document) layout.Document {
	doc.Sections = slices.Clone(doc.Sections)
	for i, s := range doc.Sections {
		doc.Sections[i].Blocks = slices.Clone(s.Blocks)
		for j, b := range s.Blocks {
			if table, ok := b.(*layout.Table); ok {
				doc.Sections[i].Blocks[j] = layout.P(table.Caption)
			}
		}
	}
	return doc
}

func words(texts []string) []string { return strings.Fields(strings.Join(texts, " ")) }

func TestEveryTextOfATableStandsOnItsSheet(t *testing.T) {
	for name, doc := range map[string]layout.Document{"specimen": layouttest.Specimen(), "hostile": layouttest.Hostile()} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, doc)
			sheets := f.GetSheetList()[1:]
			tables := tablesOf(doc)
			if len(sheets) != len(tables) {
				t.Fatalf("sheets %q for %d tables", sheets, len(tables))
			}
			for i, table := range tables {
				if diff := cmp.Diff(words(layouttest.Texts(table)), words(shown(t, f, sheets[i]))); diff != "" {
					t.Errorf("texts of sheet %q differ:\n%s", sheets[i], diff)
				}
			}
		})
	}
}

func TestEveryTextOfTheProseStandsOnTheFirstSheet(t *testing.T) {
	for name, doc := range map[string]layout.Document{"specimen": layouttest.Specimen(), "hostile": layouttest.Hostile(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, doc)
			rest := shown(t, f, "Document")
			for _, text := range layouttest.Texts(proseOf(doc)) {
				at := slices.Index(rest, text)
				if at < 0 {
					t.Fatalf("%q is not there, or not in its place", text)
				}
				rest = rest[at+1:]
			}
		})
	}
}

func TestTextThatLooksLikeAFormulaStaysText(t *testing.T) {
	doc := layouttest.Specimen()
	f := opened(t, doc)
	for cell, want := range map[string]string{"A43": "=1+1", "B43": "@SUM(A1)", "D43": "-1", "E43": "+49 40 1234"} {
		got, _ := f.GetCellValue("Controls", cell)
		kind, _ := f.GetCellType("Controls", cell)
		if got != want || kind != excelize.CellTypeInlineString {
			t.Errorf("%s is %q of type %d", cell, got, kind)
		}
	}
	for name, part := range parts(t, written(t, layouttest.Hostile())) {
		if strings.Contains(part, "<f>") {
			t.Errorf("%s has a formula", name)
		}
	}
}

// Excel reads "_xD800_" in a text as half a character, and excelize drops it as none: it stands in two runs.
func TestTextThatLooksLikeHalfACharacterIsKept(t *testing.T) {
	table := &layout.Table{Rows: layout.Slice([]layout.Row{{Cells: []layout.Cell{layout.C("a_xD800_b_xdfff_"), layout.C("_xD7FF_")}}})}
	sheet := parts(t, written(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{table}}}}))["xl/worksheets/sheet2.xml"]
	var runs []string
	for _, m := range regexp.MustCompile(`<t>([^<]*)</t>`).FindAllStringSubmatch(sheet, -1) {
		runs = append(runs, m[1])
	}
	if diff := cmp.Diff([]string{"a_x", "D800_b_x", "dfff_", "_x005F_xD7FF_"}, runs); diff != "" {
		t.Errorf("runs differ:\n%s", diff)
	}
}

// parts gives the parts of a workbook by name.
func parts(t testing.TB, workbook []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[part.Name] = string(content)
	}
	return all
}

func TestTextTooLongForACellGoesOnBelow(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Žluťoučký kůň 😀 ", 5_000))
	solid := strings.Repeat("Ω", 70_000)
	f := opened(t, layout.Document{Sections: []layout.Section{{Title: "S", Blocks: []layout.Block{
		layout.P(long),
		&layout.Table{Name: "T", Columns: []layout.Column{{Title: "A"}, {Title: "B"}, {Title: "C"}}, Rows: layout.Slice([]layout.Row{
			{Cells: []layout.Cell{layout.C("before"), layout.C(long), layout.C(solid)}}, {Cells: []layout.Cell{layout.C("after")}},
		})},
	}}}})
	for column, want := range map[string]string{"Document!B": long, "T!B": long, "T!C": solid} {
		sheet, name, _ := strings.Cut(column, "!")
		var got strings.Builder
		cells := columnOf(t, f, sheet, name)
		for _, cell := range cells {
			if n := len(utf16.Encode([]rune(cell))); n > 32_767 {
				t.Errorf("%s has a cell of %d characters", column, n)
			}
			got.WriteString(strings.TrimSuffix(strings.TrimPrefix(cell, "[continued] … "), " … [continued in the next row]"))
		}
		if got.String() != want {
			t.Errorf("the text of %s is not whole", column)
		}
		if len(cells) < 3 {
			t.Errorf("%s has %d cells", column, len(cells))
		}
	}
	if diff := cmp.Diff([]string{"before", "after"}, columnOf(t, f, "T", "A")); diff != "" {
		t.Errorf("records differ:\n%s", diff)
	}
}

// columnOf gives the cells of a column that are not empty, without the header.
func columnOf(t testing.TB, f *excelize.File, sheet, column string) []string {
	t.Helper()
	columns, err := f.GetCols(sheet)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := excelize.ColumnNameToNumber(column)
	return slices.DeleteFunc(columns[n-1], func(s string) bool { return len([]rune(s)) < 2 })
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for name, doc := range map[string]layout.Document{"specimen": layouttest.Specimen(), "hostile": layouttest.Hostile()} {
		first := written(t, doc)
		for range 8 {
			if !bytes.Equal(first, written(t, doc)) {
				t.Fatalf("the bytes of %s differ", name)
			}
		}
	}
}

func TestAnErrorOfTheWriterIsReturned(t *testing.T) {
	full := errors.New("the disk is full")
	if err := xlsx.Write(failing{full}, layouttest.Specimen()); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestATableWiderThanASheetIsAnError(t *testing.T) {
	table := &layout.Table{Columns: make([]layout.Column, 16_385)}
	doc := layout.Document{Sections: []layout.Section{{Title: "Wide", Blocks: []layout.Block{table}}}}
	if err := xlsx.Write(io.Discard, doc); err == nil || !strings.Contains(err.Error(), "Wide") {
		t.Errorf("got %v", err)
	}
}
