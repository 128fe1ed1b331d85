package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/exchange"
)

// grid gives a table as its headings and rows, each with its line.
func grid(t *exchange.Table) [][]string {
	rows := [][]string{t.Header}
	for _, r := range t.Rows {
		rows = append(rows, append([]string{fmt.Sprint(r.Line, ":", r.Fault)}, r.Cells...))
	}
	return rows
}

func TestCSVAsPeopleWriteIt(t *testing.T) {
	simple := [][]string{{"ID", "Name", "Text"}, {"2:", "1", "a", "x, y"}, {"3:", "2", "b", "z"}}
	for _, test := range []struct {
		name, text string
		want       [][]string
		notes      string
	}{
		{"commas", "ID,Name,Text\n1,a,\"x, y\"\n2,b,z\n", simple, ""},
		{"semicolons", "ID;Name;Text\r\n1;a;x, y\r\n2;b;z\r\n", simple, ""},
		{"tabs", "ID\tName\tText\n1\ta\tx, y\n2\tb\tz\n", simple, ""},
		{"bars", "ID|Name|Text\n1|a|x, y\n2|b|z", simple, ""},
		{"byte order mark", "\ufeffID,Name,Text\n1,a,\"x, y\"\n2,b,z\n", simple, ""},
		{"UTF-16, little", "\xff\xfeI\x00D\x00,\x00N\x00\n\x001\x00,\x00\xe9\x00\n\x00", [][]string{{"ID", "N"}, {"2:", "1", "é"}}, ""},
		{"UTF-16, big", "\xfe\xff\x00I\x00D\x00,\x00N\x00\n\x001\x00,\x00\xe9\x00\n", [][]string{{"ID", "N"}, {"2:", "1", "é"}}, ""},
		{"Macintosh of old", "ID,Name,Text\r1,a,\"x, y\"\r2,b,z\r", simple, ""},
		{"a line that names the separator", "sep=;\nID;Name\n1;a,b,c\n", [][]string{{"ID", "Name"}, {"3:", "1", "a,b,c"}}, ""},
		{"line breaks in cells", "ID,Name\n1,\"a\nb\"\n2,c\n", [][]string{{"ID", "Name"}, {"2:", "1", "a\nb"}, {"4:", "2", "c"}}, ""},
		{"quotation marks in cells", "ID,Name\n1,\"27\"\" screen\"\n", [][]string{{"ID", "Name"}, {"2:", "1", `27" screen`}}, ""},
		{"empty lines and rows", "ID,Name\n\n1,a\n,\n\n2,b\n,,\n", [][]string{{"ID", "Name"}, {"3:", "1", "a"}, {"6:", "2", "b"}}, ""},
		{"a title above", "Register of assets,,\n\nID,Name,Text\n1,a,x\n2,b,y\n", [][]string{{"ID", "Name", "Text"}, {"4:", "1", "a", "x"}, {"5:", "2", "b", "y"}}, ""},
		{"no formula is taken over", "ID,Name\n1,=1+1\n2,@SUM(1)\n3,-2+cmd|' /C calc'!A0\n", [][]string{
			{"ID", "Name"},
			{`2:Name: the cell holds the formula "=1+1"; put its value in its place`, "1", "=1+1"},
			{`3:Name: the cell holds the formula "@SUM(1)"; put its value in its place`, "2", "@SUM(1)"},
			{`4:Name: the cell holds the formula "-2+cmd|' /C calc'!A0"; put its value in its place`, "3", "-2+cmd|' /C calc'!A0"},
		}, ""},
		{"what only begins like a formula stays text", "ID,Name\n1,- x\n2,-cmd\n3,@x\n4,+49 (30) 1\n", [][]string{{"ID", "Name"}, {"2:", "1", "- x"}, {"3:", "2", "-cmd"}, {"4:", "3", "@x"}, {"5:", "4", "+49 (30) 1"}}, ""},
		{"rows that end early", "ID,Name,Text\n1,a\n2\n", [][]string{{"ID", "Name", "Text"}, {"2:", "1", "a", ""}, {"3:", "2", "", ""}}, ""},
		{"separators at the end", "ID,Name,,\n1,a,,\n", [][]string{{"ID", "Name"}, {"2:", "1", "a"}}, ""},
		{"headings twice and none", "ID,Name,,name\n1,a,b,c\n", [][]string{{"ID", "Name", "Column 3", "name (2)"}, {"2:", "1", "a", "b", "c"}}, ""},
		{"a comma that nobody quoted", "ID,Name,Text\n1,a,x, y\n2,b,z\n", simple, "the line has 4 cells, the header 3"},
		{"more cells than headings", "ID,Name\n1,a,b\n2,c\n", [][]string{{"ID", "Name"}, {"2:line 2 has 3 cells, the header 2", "1", "a", "b"}, {"3:", "2", "c"}}, ""},
		{"amounts with commas", "ID;Cost;Due\n1;8.000,00;1.2.2026\n2;9,5;3.4.2026\n", [][]string{{"ID", "Cost", "Due"}, {"2:", "1", "8.000,00", "1.2.2026"}, {"3:", "2", "9,5", "3.4.2026"}}, ""},
		{"one column", "Role\nHead of IT\nCFO\n", [][]string{{"Role"}, {"2:", "Head of IT"}, {"3:", "CFO"}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, err := exchange.ReadTable("f.csv", strings.NewReader(test.text), "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, grid(table)); diff != "" {
				t.Error(diff)
			}
			if got := fmt.Sprint(table.Notes); !strings.Contains(got, test.notes) || (test.notes == "") != (len(table.Notes) == 0) {
				t.Errorf("notes: %s", got)
			}
		})
	}
}

func TestBadTablesSayWhere(t *testing.T) {
	for _, test := range []struct{ name, text, sheet, want string }{
		{"empty", "", "", "holds no table"},
		{"headings only", "ID,Name\n", "", "holds no table"},
		{"figures only", "1,2\n3,4\n", "", "holds no table"},
		{"another encoding", "ID,Name\n1,Eigent\xfcmer\n", "", "f.csv:2: the byte 0xfc"},
		{"half a character", "\xff\xfeI\x00D", "", "UTF-16"},
		{"a quotation mark in the middle", "ID,Name\n1,27\" screen\n", "", "f.csv:2:5: a quotation mark"},
		{"a quotation mark left open", "ID,Name\n1,\"a\n2,b\n", "", "on line 2 is not closed"},
		{"a sheet of a text", "ID,Name\n1,a\n", "Risks", `has no sheet "Risks"`},
		{"no workbook", "PK\x03\x04 and so on", "", "cannot be read as a workbook"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := exchange.ReadTable("f.csv", strings.NewReader(test.text), test.sheet)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// book gives a workbook that fill has filled.
func book(t testing.TB, fill func(*excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetRows writes rows from the cell A1 on.
func sheetRows(f *excelize.File, sheet string, rows ...[]any) error {
	for i, r := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &r); err != nil {
			return err
		}
	}
	return nil
}

func styled(f *excelize.File, cell string, style *excelize.Style) error {
	id, err := f.NewStyle(style)
	if err != nil {
		return err
	}
	return f.SetCellStyle("Sheet1", cell, cell, id)
}

func TestWorkbooksAsPeopleKeepThem(t *testing.T) {
	day := time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)
	german, american, money := `dd.mm.yyyy`, `[$-409]mmm d, yy "day"`, `#,##0.00 "€"`
	for _, test := range []struct {
		name  string
		fill  func(*excelize.File) error
		want  [][]string
		notes string
	}{
		{"days in any format are ISO days", func(f *excelize.File) error {
			if err := sheetRows(f, "Sheet1", []any{"ID", "A", "B", "C", "Cost", "N"}, []any{"1", day, day, day.Add(14 * time.Hour), 8000, 3}); err != nil {
				return err
			}
			for cell, style := range map[string]*excelize.Style{"B2": {CustomNumFmt: &german}, "C2": {CustomNumFmt: &american}, "D2": {NumFmt: 22}, "E2": {CustomNumFmt: &money}} {
				if err := styled(f, cell, style); err != nil {
					return err
				}
			}
			return nil
		}, [][]string{{"ID", "A", "B", "C", "Cost", "N"}, {"2:", "1", "2026-04-03", "2026-04-03", "2026-04-03 14:00", "8,000.00 €", "3"}}, ""},
		{"a merged cell counts for all its rows", func(f *excelize.File) error {
			if err := sheetRows(f, "Sheet1", []any{"Asset", "Risk", "Owner"}, []any{"ERP", "a", "x"}, []any{nil, "b"}, []any{"CRM", "c", "x"}); err != nil {
				return err
			}
			return f.MergeCell("Sheet1", "A2", "A3")
		}, [][]string{{"Asset", "Risk", "Owner"}, {"2:", "ERP", "a", "x"}, {"3:", "ERP", "b", ""}, {"4:", "CRM", "c", "x"}}, ""},
		{"headings in two rows", func(f *excelize.File) error {
			if err := sheetRows(f, "Sheet1", []any{"Our risks"}, []any{"ID", "Risk", "Inherent", nil, "Residual", nil, "Owner"},
				[]any{nil, nil, "Likelihood", "Impact", "Likelihood", "Impact"}, []any{"R1", "Fire", 3, 4, 2, 3, "CFO"}); err != nil {
				return err
			}
			for _, m := range [][2]string{{"A1", "G1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"E2", "F2"}, {"G2", "G3"}} {
				if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
					return err
				}
			}
			return nil
		}, [][]string{
			{"ID", "Risk", "Inherent Likelihood", "Inherent Impact", "Residual Likelihood", "Residual Impact", "Owner"},
			{"4:", "R1", "Fire", "3", "4", "2", "3", "CFO"},
		}, ""},
		{"formulas count by their values", func(f *excelize.File) error {
			if err := sheetRows(f, "Sheet1", []any{"ID", "Score", "Level", "Sum"}, []any{"1", 12, "High", nil}, []any{"2", nil, "Low", "x"}); err != nil {
				return err
			}
			if err := f.SetCellFormula("Sheet1", "B2", "3*4"); err != nil { // keeps the value 12
				return err
			}
			return f.SetCellFormula("Sheet1", "B3", "2*2")
		}, [][]string{{"ID", "Score", "Level", "Sum"}, {"2:", "1", "12", "High", ""}, {"3:", "2", "", "Low", "x"}}, "[{3 Score the formula =2*2 has no value; open the workbook"},
		{"a cover and a legend come before", func(f *excelize.File) error {
			if err := sheetRows(f, "Sheet1", []any{"Document", "ISMS-07"}, []any{"Owner", "ISO"}); err != nil {
				return err
			}
			if _, err := f.NewSheet("Old"); err != nil {
				return err
			}
			if err := sheetRows(f, "Old", []any{"ID", "Name", "Text"}, []any{"0", "old", "old"}); err != nil {
				return err
			}
			if _, err := f.NewSheet("Assets"); err != nil {
				return err
			}
			if err := f.SetSheetVisible("Old", false); err != nil {
				return err
			}
			return sheetRows(f, "Assets", nil, []any{"Assets of 2026"}, nil, []any{"ID", "Name", "Text"}, []any{"1", "a", "#1"})
		}, [][]string{{"ID", "Name", "Text"}, {"5:", "1", "a", "#1"}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, err := exchange.ReadTable("f.xlsx", bytes.NewReader(book(t, test.fill)), "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, grid(table)); diff != "" {
				t.Error(diff)
			}
			if got := fmt.Sprint(table.Notes); !strings.HasPrefix(got, test.notes) || (test.notes == "") != (len(table.Notes) == 0) {
				t.Errorf("notes: %s", got)
			}
		})
	}
}

func TestASheetIsFoundByItsName(t *testing.T) {
	content := book(t, func(f *excelize.File) error {
		if _, err := f.NewSheet("Legend"); err != nil {
			return err
		}
		if err := sheetRows(f, "Legend", []any{"Word", "Meaning"}, []any{"a", "b"}); err != nil {
			return err
		}
		return sheetRows(f, "Sheet1", []any{"ID", "Name", "Text"}, []any{"1", "a", "x"})
	})
	table, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), "Legend")
	if err != nil || table.Sheet != "Legend" || table.Header[0] != "Word" {
		t.Errorf("%+v, %v", table, err)
	}
	if _, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), "Risks"); err == nil || !strings.Contains(err.Error(), "it has Sheet1, Legend") {
		t.Errorf("%v", err)
	}
}

// TestAWorkbookOfLibreOfficeIsRead reads a file that LibreOffice has made of the asset register.
func TestAWorkbookOfLibreOfficeIsRead(t *testing.T) {
	table, want := readFile(t, "testdata/libreoffice.xlsx"), readFile(t, filepath.Join(own, "supplier-register.csv"))
	for i, r := range want.Rows {
		if !slices.Equal(table.Rows[i].Cells, r.Cells) {
			t.Errorf("line %d: %q, want %q", r.Line, table.Rows[i].Cells, r.Cells)
		}
	}
	if !slices.Equal(table.Header, want.Header) || len(table.Rows) != len(want.Rows) {
		t.Errorf("%q, %d rows", table.Header, len(table.Rows))
	}
}

// TestABombOfCellsIsRefused reads a workbook of a few kilobytes whose rows reach to the last column.
func TestABombOfCellsIsRefused(t *testing.T) {
	content := book(t, func(f *excelize.File) error {
		if err := sheetRows(f, "Sheet1", []any{"ID", "Name"}, []any{"1", "a"}); err != nil {
			return err
		}
		return f.SetCellValue("Sheet1", "XFD3", "x")
	})
	if _, err := exchange.ReadTable("f.xlsx", bytes.NewReader(content), ""); err == nil || !strings.Contains(err.Error(), "more than 1000 columns") {
		t.Errorf("%v", err)
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"ID,Name\n1,a\n", "\ufeffID;Name\r\n1;\"a\nb\"\r\n", "sep=;\nID;Name\n1;2\n", "\xff\xfeI\x00D\x00\n\x001\x00", "a\tb\n1, 2\t3\n", "a,b\n1, 2, 3\n", "a|b\r1|2\r"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(checkTable)
}

// FuzzReadXLSX reads workbooks whose sheet is any XML: of a damaged archive there would be little to read.
func FuzzReadXLSX(f *testing.F) {
	content := book(f, func(x *excelize.File) error {
		if err := sheetRows(x, "Sheet1", []any{"Our risks"}, []any{"ID", "Inherent", nil, "Due"}, []any{nil, "L", "I", nil}, []any{"R1", 3, 4, time.Now()}); err != nil {
			return err
		}
		return errors.Join(x.MergeCell("Sheet1", "B2", "C2"), x.MergeCell("Sheet1", "A2", "A3"), x.SetCellFormula("Sheet1", "B4", "1+2"))
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

// checkTable reads any bytes: what comes out is a table whose rows fit its headings.
func checkTable(t *testing.T, content []byte) {
	table, err := exchange.ReadTable("f", bytes.NewReader(content), "")
	if err != nil {
		return
	}
	if len(table.Header) == 0 || len(table.Rows) == 0 {
		t.Fatalf("a table without headings or rows: %+v", table)
	}
	for _, r := range table.Rows {
		if r.Fault == "" && len(r.Cells) != len(table.Header) {
			t.Fatalf("line %d has %d cells below %d headings", r.Line, len(r.Cells), len(table.Header))
		}
	}
}
