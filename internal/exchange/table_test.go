package exchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		{"a line that names the separator", "sep=;\r\nID;Name\r\n1;a,b,c\r\n", [][]string{{"ID", "Name"}, {"3:", "1", "a,b,c"}}, ""},
		{"a line that names the separator of one column", "sep=;\nRole\nHead, of IT\n", [][]string{{"Role"}, {"3:", "Head, of IT"}}, ""},
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
		{"each formula of a row is told", "ID,Name,Text\n1,=1+1,=2+2\n", [][]string{{"ID", "Name", "Text"}, {
			`2:Name: the cell holds the formula "=1+1"; put its value in its place; Text: the cell holds the formula "=2+2"; put its value in its place`, "1", "=1+1", "=2+2",
		}}, ""},
		{"what only begins like a formula stays text", "ID,Name\n1,- x\n2,-cmd\n3,@x\n4,+49 (30) 1\n", [][]string{{"ID", "Name"}, {"2:", "1", "- x"}, {"3:", "2", "-cmd"}, {"4:", "3", "@x"}, {"5:", "4", "+49 (30) 1"}}, ""},
		{"rows that end early", "ID,Name,Text\n1,a\n2\n", [][]string{{"ID", "Name", "Text"}, {"2:", "1", "a", ""}, {"3:", "2", "", ""}}, ""},
		{"separators at the end", "ID,Name,,\n1,a,,\n", [][]string{{"ID", "Name"}, {"2:", "1", "a"}}, ""},
		{"headings twice and none", "ID,Größe,,groesse\n1,a,b,c\n", [][]string{{"ID", "Größe", "Column 3", "groesse (2)"}, {"2:", "1", "a", "b", "c"}}, ""},
		{"a comma that nobody quoted", "ID,Name,Text\n 1,a,x, y\n2,b,z\n", simple, "the line has 4 cells, the header 3"},
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

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"ID,Name\n1,a\n", "\ufeffID;Name\r\n1;\"a\nb\"\r\n", "sep=;\nID;Name\n1;2\n", "\xff\xfeI\x00D\x00\n\x001\x00", "a\tb\n1, 2\t3\n", "a,b\n1, 2, 3\n", "a|b\r1|2\r"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(checkTable)
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
