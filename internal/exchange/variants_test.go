package exchange_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"github.com/stele-isms/stele/internal/exchange"
)

// variant is a table in another form; alter gives it with the original names of its headings.
type variant struct {
	name  string
	alter func(*testing.T, *exchange.Table) (*exchange.Table, map[string]string)
}

var variants = []variant{
	{"renamed", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return retitled(t, table, 0)
	}},
	{"german", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return retitled(t, table, 1)
	}},
	{"reordered", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return rewritten(t, table, "register.csv", func(rows [][]string) []byte {
			for _, r := range rows {
				slices.Reverse(r)
			}
			return separated(t, rows, ',')
		})
	}},
	{"semicolons", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return rewritten(t, table, "register.csv", func(rows [][]string) []byte {
			return bytes.ReplaceAll(separated(t, rows, ';'), []byte("\n"), []byte("\r\n"))
		})
	}},
	{"tabs in UTF-16", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return rewritten(t, table, "register.txt", func(rows [][]string) []byte {
			text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(separated(t, rows, '\t'))
			if err != nil {
				t.Fatal(err)
			}
			return text
		})
	}},
	{"byte order mark", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return rewritten(t, table, "register.csv", func(rows [][]string) []byte {
			return append([]byte("\ufeff"), separated(t, rows, ',')...)
		})
	}},
	{"workbook", func(t *testing.T, table *exchange.Table) (*exchange.Table, map[string]string) {
		return rewritten(t, table, "register.xlsx", func(rows [][]string) []byte { return workbook(t, rows) })
	}},
}

// rewritten gives the table that is read from its rows in another file.
func rewritten(t *testing.T, table *exchange.Table, name string, write func([][]string) []byte) (*exchange.Table, map[string]string) {
	t.Helper()
	rows := [][]string{slices.Clone(table.Header)}
	for _, r := range table.Rows {
		rows = append(rows, slices.Clone(r.Cells))
	}
	return read(t, name, write(rows)), nil
}

// retitled gives the table under other headings.
func retitled(t *testing.T, table *exchange.Table, column int) (*exchange.Table, map[string]string) {
	t.Helper()
	altered, original := *table, map[string]string{}
	altered.File, altered.Header = "register.csv", slices.Clone(table.Header)
	for i, h := range altered.Header {
		other, ok := headings[strings.TrimSuffix(table.File, ".csv")][h]
		if !ok {
			t.Fatalf("%s: there is no other heading for %s", table.File, h)
		}
		altered.Header[i] = other[column]
		original[other[column]] = h
	}
	return &altered, original
}

func separated(t *testing.T, rows [][]string, separator rune) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = separator
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workbook gives rows as people keep them in Excel: a cover first, a title above, days as days, numbers as
// numbers, amounts with their format.
func workbook(t *testing.T, rows [][]string) []byte {
	t.Helper()
	return newBook(t, func(b book) {
		b.must(b.SetSheetName("Sheet1", "Cover"))
		b.rows("Cover", []any{"Register of our firm"}, []any{"Owner", "ISO"})
		b.rows("Register")
		b.must(b.SetCellValue("Register", "B2", "Our register, confidential"))
		b.must(b.MergeCell("Register", "B2", "F2"))
		german := "dd.mm.yyyy"
		day, err := b.NewStyle(&excelize.Style{CustomNumFmt: &german})
		b.must(err)
		for r, row := range rows {
			for c, text := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+4)
				b.must(err)
				if d, err := time.Parse(time.DateOnly, text); err == nil {
					b.must(b.SetCellValue("Register", cell, d))
					b.must(b.SetCellStyle("Register", cell, cell, day))
				} else {
					b.must(b.SetCellValue("Register", cell, text))
				}
			}
		}
	})
}
