package exchange

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

// Table is a register as a spreadsheet holds it: a row of headings and the rows below.
type Table struct {
	File   string
	Sheet  string   // empty for CSV
	Header []string // no two are equal, none is empty
	Rows   []Row    // without the empty ones
	Notes  []Note   // of reading: cells that were joined, formulas without a value
}

// Row is one row of a table.
type Row struct {
	Line  int      // as the spreadsheet counts, from 1
	Cells []string // without the space around; one for each heading, or more where Fault is set
	Fault string   // why the row cannot be placed; empty for all that can
}

// Note is something that a person should know of how a cell was read.
type Note struct {
	Line   int    `json:"line"`
	Column string `json:"column,omitempty"` // the heading
	Text   string `json:"text"`
}

// line is one row as a file gives it, of any length.
type line struct {
	number int
	cells  []string
	faults map[int]string // what is wrong with a cell, by its position
}

// ReadTable reads the table of a CSV or XLSX file; its content tells which. Sheet names the sheet of a
// workbook; empty takes the first one that holds a table. An error is a *fault.Error.
func ReadTable(name string, r io.Reader, sheet string) (*Table, error) {
	content, err := readAll(name, r)
	switch {
	case err != nil:
		return nil, err
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return readXLSX(name, content, sheet)
	case sheet != "":
		return nil, fault.New(fault.Invalid, "%s is no workbook and has no sheet %q", name, sheet)
	}
	return readCSV(name, content)
}

// tabulate makes a table of the lines of a file; joint is what parted its cells, empty where they cannot
// have been parted by mistake. It gives nil where there is no heading with a row below.
func tabulate(t Table, lines []line, joint string) *Table {
	lines = slices.DeleteFunc(lines, func(l line) bool { return filled(l.cells) == 0 && len(l.faults) == 0 })
	top := headerAt(lines)
	if top < 0 || top == len(lines)-1 {
		return nil
	}
	t.Header = headings(lines[top].cells)
	for _, l := range lines[top+1:] {
		t.add(l, joint)
	}
	return &t
}

// headerAt gives the first line that looks like headings: nearly as wide as the lines usually are, and
// mostly words. What stands above is the title of the sheet. It is -1 where there is none.
func headerAt(lines []line) int {
	usual := usualWidth(lines)
	return slices.IndexFunc(lines, func(l line) bool {
		n := filled(l.cells)
		return n > 0 && n*10 >= usual*6 && figures(l.cells)*3 < n
	})
}

// usualWidth gives the median of how many cells are filled, of the lines that are not empty.
func usualWidth(lines []line) int {
	const sample = 100
	var widths []int
	for _, l := range lines {
		if n := filled(l.cells); n > 0 {
			widths = append(widths, n)
		}
		if len(widths) == sample {
			break
		}
	}
	if len(widths) == 0 {
		return 0
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

var figure = regexp.MustCompile(`^[\d.,:/ -]+$`)

// figures counts the cells that hold a number or a date.
func figures(cells []string) int {
	n := 0
	for _, c := range cells {
		if figure.MatchString(strings.TrimSpace(c)) {
			n++
		}
	}
	return n
}

// headings gives the cells of a line as headings: those without a text are named for their place, and those
// that occur twice, in any spelling, are numbered.
func headings(cells []string) []string {
	header := tidy(cells)
	seen := map[string]bool{}
	for i, text := range header {
		if text == "" {
			text = nameOfPlace(i)
		}
		unique := text
		for n := 2; seen[fold(unique)]; n++ {
			unique = fmt.Sprintf("%s (%d)", text, n)
		}
		seen[fold(unique)] = true
		header[i] = unique
	}
	return header
}

func nameOfPlace(column int) string { return fmt.Sprintf("Column %d", column+1) }

// tidy gives cells without the space around them, and without the empty ones at the end.
func tidy(cells []string) []string {
	list := make([]string, len(cells))
	last := 0
	for i, c := range cells {
		if list[i] = strings.TrimSpace(c); list[i] != "" {
			last = i + 1
		}
	}
	return list[:last]
}

// add puts a line below the headings.
func (t *Table) add(l line, joint string) {
	for _, i := range slices.Sorted(maps.Keys(l.faults)) {
		t.Notes = append(t.Notes, Note{Line: l.number, Column: t.heading(i), Text: l.faults[i]})
	}
	row := Row{Line: l.number, Cells: tidy(l.cells)}
	if have, want := len(row.Cells), len(t.Header); have > want {
		joined := join(l.cells, joint)
		if len(joined) != want {
			row.Fault = fmt.Sprintf("line %d has %d cells, the header %d", l.number, have, want)
			t.Rows = append(t.Rows, row)
			return
		}
		row.Cells = joined
		t.Notes = append(t.Notes, Note{Line: l.number, Text: fmt.Sprintf(
			"the line has %d cells, the header %d; those that begin with a space were joined to the cell before", have, want)})
	}
	row.Cells = append(row.Cells, make([]string, len(t.Header)-len(row.Cells))...)
	row.Fault = t.formulas(row.Cells)
	t.Rows = append(t.Rows, row)
}

func (t *Table) heading(column int) string {
	if column < len(t.Header) {
		return t.Header[column]
	}
	return nameOfPlace(column)
}

// formula is text that a spreadsheet would run and not show. A dash before words, a signed number and a
// telephone number are none.
var formula = regexp.MustCompile(`^(?:=|[+@-].*(?:[A-Za-z]\(|\||![A-Z$]))`)

// formulas says which cells of a row hold formulas; empty where none does.
func (t *Table) formulas(cells []string) string {
	var found []string
	for i, text := range cells {
		if formula.MatchString(text) {
			found = append(found, fmt.Sprintf("%s: the cell holds the formula %.60q; put its value in its place", t.Header[i], text))
		}
	}
	return strings.Join(found, "; ")
}

// join puts each cell that begins with a space back to the one before: the comma between them was part of
// a text that nobody put in quotation marks.
func join(cells []string, joint string) []string {
	var joined []string
	for i, c := range cells {
		if joint != "" && i > 0 && strings.HasPrefix(c, " ") {
			joined[len(joined)-1] += joint + c
			continue
		}
		joined = append(joined, c)
	}
	return tidy(joined)
}
