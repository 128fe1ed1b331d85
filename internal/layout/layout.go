// Package layout holds the document tree: what a report says, free of any file format.
//
// Reports build a Document; one writer per format turns it into a file (HTML and Markdown here, PDF,
// DOCX and XLSX in rooms of their own). A writer may be given any tree and must lose no text of it.
package layout

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Document is one report: its title, its control block and its sections.
type Document struct {
	Title    string
	Subtitle string
	Language string // BCP 47; empty means en-GB
	Control  Control
	Sections []Section
	// Err tells why rows ended before their time, where they are read while they are written; nil is never.
	Err func() error
}

// Whole fails where a document that was written is not whole.
func (d Document) Whole() error {
	if d.Err == nil {
		return nil
	}
	return d.Err()
}

// Control is the document control block (ISO/IEC 27001:2022, 7.5.2 and 7.5.3).
type Control struct {
	Organisation   string
	ID             string // as in "SOA-0002"
	Version        string // as in "2" or "draft"
	Status         string // as in "approved" or "draft"
	Owner          string
	Approver       string // as in "Jana Nováková (ROLE-0001), recorded without authentication"
	Date           time.Time
	Classification string // as in "Internal"
	Notes          []string
}

// Rows gives the block as label and value, in the order in which it is printed, without empty ones.
func (c Control) Rows() [][2]string {
	date := ""
	if !c.Date.IsZero() {
		date = c.Date.Format(time.DateOnly)
	}
	rows := [][2]string{
		{"Organisation", c.Organisation},
		{"Document", c.ID},
		{"Version", c.Version},
		{"Status", c.Status},
		{"Owner", c.Owner},
		{"Approved by", c.Approver},
		{"Date", date},
		{"Classification", c.Classification},
	}
	for _, n := range c.Notes {
		rows = append(rows, [2]string{"Note", n})
	}
	return slices.DeleteFunc(rows, func(r [2]string) bool { return r[1] == "" })
}

// Section is a run of blocks on pages of one orientation; it begins on a new page.
type Section struct {
	Title     string // heading of level 1, bookmark and sheet name
	Landscape bool
	Blocks    []Block
}

// Block is one of Heading, Paragraph, List or *Table.
type Block interface{ block() }

// Heading is a heading inside a section, of level 2 or 3.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is running text.
type Paragraph struct{ Text Text }

// List is a bulleted or numbered list.
type List struct {
	Ordered bool
	Items   []Text
}

// Table is a table whose header row repeats on every page.
type Table struct {
	Name    string // short, for a sheet name; empty takes the section's title
	Caption string
	Columns []Column
	// Rows yields the rows, the same ones each time it is called: some writers pass twice.
	Rows iter.Seq[Row]
	// Grid asks for lines around every cell, as a heat map needs; otherwise rules between rows do.
	Grid bool
}

// Column is a column's header, its share of the width and how its cells align.
type Column struct {
	Title string
	Width float64 // relative to the other columns; 0 counts as 1
	Align Align
}

// Row is the cells of one row. A Group row has one cell that spans all columns and heads what follows.
type Row struct {
	Cells []Cell
	Group bool
}

// Cell is the text of a cell and how it looks.
type Cell struct {
	Text  Text
	Fill  Colour // the zero Colour is no fill
	Value any    // nil, or int, float64 or time.Time: the typed value for a spreadsheet
}

// Align says where text stands in its cell.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Colour is a colour as "#rrggbb"; empty is none.
type Colour string

// RGB gives the parts from 0 to 255, and whether the colour is set and well formed.
func (c Colour) RGB() (r, g, b int, ok bool) {
	if len(c) != 7 || c[0] != '#' {
		return 0, 0, 0, false
	}
	n, err := strconv.ParseUint(string(c[1:]), 16, 32)
	return int(n >> 16), int(n >> 8 & 255), int(n & 255), err == nil
}

// Ink gives black or white, whichever reads better on the colour (WCAG 2.2 relative luminance).
func (c Colour) Ink() Colour {
	r, g, b, ok := c.RGB()
	if ok && 0.2126*linear(r)+0.7152*linear(g)+0.0722*linear(b) < 0.179 {
		return "#ffffff"
	}
	return "#000000"
}

func linear(v int) float64 {
	f := float64(v) / 255
	return f * f // a square is near enough to the sRGB curve to choose between black and white
}

// Text is a run of spans. A "\n" in a span breaks the line.
type Text []Span

// Span is text of one look.
type Span struct {
	Text   string
	Strong bool
	Emph   bool
	Muted  bool   // secondary text, as a key beside a name
	Link   string // an absolute URL, or "#anchor" within the document
}

// String gives the text without its looks.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (*Table) block()    {}

// Plain gives text of one span.
func Plain(s string) Text {
	if s == "" {
		return nil
	}
	return Text{{Text: s}}
}

// Bold gives strong text of one span.
func Bold(s string) Text { return Text{{Text: s, Strong: true}} }

// C gives a cell of plain text.
func C(s string) Cell { return Cell{Text: Plain(s)} }

// Int gives a cell that holds a number.
func Int(n int, text string) Cell { return Cell{Text: Plain(text), Value: n} }

// Group gives a row that heads the rows after it.
func Group(s string) Row { return Row{Group: true, Cells: []Cell{{Text: Bold(s)}}} }

// P gives a paragraph of plain text.
func P(s string) Paragraph { return Paragraph{Text: Plain(s)} }

// Slice gives rows that stand in a slice.
func Slice(rows []Row) iter.Seq[Row] { return slices.Values(rows) }
