package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/exchange"
)

// book is a workbook in the making.
type book struct {
	*excelize.File
	t testing.TB
}

// newBook gives a workbook that fill has filled; it has an empty sheet, Sheet1.
func newBook(t testing.TB, fill func(book)) []byte {
	t.Helper()
	b := book{excelize.NewFile(), t}
	defer b.Close()
	fill(b)
	var content bytes.Buffer
	b.must(b.Write(&content))
	return content.Bytes()
}

func (b book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// rows writes rows from the cell A1 of a sheet on, and makes the sheet where there is none.
func (b book) rows(sheet string, rows ...[]any) {
	b.t.Helper()
	_, err := b.NewSheet(sheet)
	b.must(err)
	for i, r := range rows {
		b.must(b.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &r))
	}
}

func (b book) style(sheet, cell string, style excelize.Style) {
	b.t.Helper()
	id, err := b.NewStyle(&style)
	b.must(err)
	b.must(b.SetCellStyle(sheet, cell, cell, id))
}

func TestWorkbooksAsPeopleKeepThem(t *testing.T) {
	day := time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)
	german, american, money := `dd.mm.yyyy`, `[$-409]mmm d, yy "day"`, `#,##0.00 "€"`
	for _, test := range []struct {
		name string
		fill func(book)
		want [][]string
	}{
		{"days in any format are ISO days", func(b book) {
			b.rows("Sheet1", []any{"ID", "A", "B", "C", "Cost", "N"}, []any{"1", day, day, day.Add(14 * time.Hour), 8000, 3})
			b.style("Sheet1", "B2", excelize.Style{CustomNumFmt: &german})
			b.style("Sheet1", "C2", excelize.Style{CustomNumFmt: &american})
			b.style("Sheet1", "D2", excelize.Style{NumFmt: 22})
			b.style("Sheet1", "E2", excelize.Style{CustomNumFmt: &money})
			b.style("Sheet1", "F2", excelize.Style{NumFmt: 4})
		}, [][]string{{"ID", "A", "B", "C", "Cost", "N"}, {"2:", "1", "2026-04-03", "2026-04-03", "2026-04-03 14:00", "8,000.00 €", "3.00"}}},
		{"a merged cell counts for all its rows", func(b book) {
			b.rows("Sheet1", []any{"Asset", "Risk", "Owner"}, []any{"ERP", "a", "x"}, []any{nil, "b"}, []any{"CRM", "c", "x"})
			for _, m := range [][2]string{{"A2", "A3"}, {"H2", "H3"}, {"A8", "A9"}} { // of which two hold nothing
				b.must(b.MergeCell("Sheet1", m[0], m[1]))
			}
		}, [][]string{{"Asset", "Risk", "Owner"}, {"2:", "ERP", "a", "x"}, {"3:", "ERP", "b", ""}, {"4:", "CRM", "c", "x"}}},
		{"headings in two rows", func(b book) {
			b.rows("Sheet1", []any{"Our risks"}, []any{"ID", "Risk", "Inherent", nil, "Residual", nil, "Owner"},
				[]any{nil, nil, "Likelihood", "Impact", "Likelihood", "Impact"}, []any{"R1", "Fire", 3, 4, 2, 3, "CFO"})
			for _, m := range [][2]string{{"A1", "G1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}, {"G2", "G3"}} {
				b.must(b.MergeCell("Sheet1", m[0], m[1]))
			}
		}, [][]string{
			{"ID", "Risk", "Inherent Likelihood", "Inherent Impact", "Residual Likelihood", "Residual Impact", "Owner"},
			{"4:", "R1", "Fire", "3", "4", "2", "3", "CFO"},
		}},
		{"headings in two rows that are merged in part", func(b book) {
			b.rows("Sheet1", []any{"ID", "Net risk", nil, "Owner"}, []any{nil, "Likelihood", "Impact", "Owner", "Due"}, []any{"R1", 3, 4, "CFO", "June"})
			b.must(b.MergeCell("Sheet1", "B1", "C1"))
		}, [][]string{{"ID", "Net risk Likelihood", "Net risk Impact", "Owner", "Due"}, {"3:", "R1", "3", "4", "CFO", "June"}}},
		{"a cover, a chart and a legend come before", func(b book) {
			b.rows("Sheet1", []any{"Document", "ISMS-07"}, []any{"Owner", "ISO"})
			b.rows("Old", []any{"ID", "Name", "Text"}, []any{"0", "old", "old"})
			b.must(b.SetSheetVisible("Old", false))
			b.must(b.AddChartSheet("Map", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$B$1:$B$2"}}}))
			b.rows("Assets", nil, []any{"Assets of 2026"}, nil, []any{"ID", "Name", "Text"}, []any{"1", "a", "#1"})
		}, [][]string{{"ID", "Name", "Text"}, {"5:", "1", "a", "#1"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := read(t, "f.xlsx", newBook(t, test.fill))
			if diff := cmp.Diff(test.want, grid(table)); diff != "" || len(table.Notes) > 0 {
				t.Errorf("%s\n%v", diff, table.Notes)
			}
		})
	}
}

// TestFormulasCountByTheirValues reads formulas that came to a number, to no text, to an error and to nothing, one
// of them right of the table and one in a row that has no other cell.
func TestFormulasCountByTheirValues(t *testing.T) {
	text := func(cell, text string) string {
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cell, text)
	}
	sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
		`<row r="1">` + text("A1", "ID") + text("B1", "Score") + text("C1", "Level") + `</row>` +
		`<row r="2">` + text("A2", "1") + `<c r="B2"><f>3*4</f><v>12</v></c><c r="C2" t="str"><f>IF(A2=1,"","x")</f><v></v></c></row>` +
		`<row r="3">` + text("A3", "2") + `<c r="B3"><f>2*2</f></c><c r="C3" t="e"><f>A9/0</f><v>#DIV/0!</v></c><c r="D3"><f>SUM(B2:B3)</f></c></row>` +
		`<row r="4"><c r="C4" t="str"><f>IF(A4=1,"","x")</f><v></v></c></row></sheetData></worksheet>`
	table := read(t, "f.xlsx", withSheet(t, newBook(t, func(book) {}), []byte(sheet)))
	if diff := cmp.Diff([][]string{{"ID", "Score", "Level"}, {"2:", "1", "12", ""}, {"3:", "2", "", ""}}, grid(table)); diff != "" {
		t.Error(diff)
	}
	want := []exchange.Note{
		{Line: 3, Column: "Score", Text: "the formula =2*2 has no value; open the workbook in a spreadsheet program and save it"},
		{Line: 3, Column: "Level", Text: "the cell shows the error #DIV/0!"},
		{Line: 3, Column: "Column 4", Text: "the formula =SUM(B2:B3) has no value; open the workbook in a spreadsheet program and save it"},
	}
	if diff := cmp.Diff(want, table.Notes); diff != "" {
		t.Error(diff)
	}
}

func TestASheetIsFoundByItsName(t *testing.T) {
	content := newBook(t, func(b book) {
		b.rows("Sheet1", []any{"ID", "Name", "Text"}, []any{"1", "a", "x"})
		b.rows("Legend", []any{"Word", "Meaning"}, []any{"a", "b"})
		b.rows("Empty")
	})
	table, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), "Legend")
	if err != nil || table.Sheet != "Legend" || table.Header[0] != "Word" {
		t.Errorf("%+v, %v", table, err)
	}
	for sheet, want := range map[string]string{"Risks": `no sheet "Risks"; it has Sheet1, Legend, Empty`, "Empty": "the sheet Empty of f.xlsx holds no table"} {
		if _, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), sheet); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", sheet, err)
		}
	}
}

// TestAWorkbookOfLibreOfficeIsRead reads a file that LibreOffice has made of the supplier register.
func TestAWorkbookOfLibreOfficeIsRead(t *testing.T) {
	table, want := readFile(t, filepath.Join("testdata", "libreoffice.xlsx")), register(t, own, "supplier-register")
	table.File, table.Sheet = want.File, want.Sheet
	if diff := cmp.Diff(want, table); diff != "" {
		t.Error(diff)
	}
}

// TestABombOfCellsIsRefused reads a workbook of a few kilobytes whose rows reach to the last column.
func TestABombOfCellsIsRefused(t *testing.T) {
	content := newBook(t, func(b book) {
		b.rows("Sheet1", []any{"ID", "Name"}, []any{"1", "a"})
		b.must(b.SetCellValue("Sheet1", "XFD3", "x"))
	})
	if _, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), ""); err == nil || !strings.Contains(err.Error(), "more than 1000 columns") {
		t.Errorf("%v", err)
	}
}

// FuzzReadXLSX reads workbooks whose sheet is any XML: of a damaged archive there would be little to read.
func FuzzReadXLSX(f *testing.F) {
	content := newBook(f, func(b book) {
		b.rows("Sheet1", []any{"Our risks"}, []any{"ID", "Inherent", nil, "Due"}, []any{nil, "L", "I", nil}, []any{"R1", 3, 4, time.Now()})
		b.must(b.MergeCell("Sheet1", "B2", "C2"))
		b.must(b.MergeCell("Sheet1", "A2", "A3"))
		b.must(b.SetCellFormula("Sheet1", "B4", "1+2"))
	})
	f.Add(sheetOf(f, content))
	libreoffice, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sheetOf(f, libreoffice))
	f.Fuzz(func(t *testing.T, sheet []byte) { checkTable(t, withSheet(t, content, sheet)) })
}

// fuzzed is the part of a workbook that is fuzzed.
const fuzzed = "xl/worksheets/sheet1.xml"

func sheetOf(t testing.TB, workbook []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := fs.ReadFile(archive, fuzzed)
	if err != nil {
		t.Fatal(err)
	}
	return part
}

// withSheet gives the workbook with another sheet.
func withSheet(t testing.TB, workbook, sheet []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range archive.File {
		if part.Name == fuzzed {
			continue
		}
		if err := w.Copy(part); err != nil {
			t.Fatal(err)
		}
	}
	out, err := w.Create(fuzzed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Write(sheet); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
