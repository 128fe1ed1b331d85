package layout

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strings"
	"unicode"
)

// WriteHTML writes a document as one HTML file that needs nothing else: styles are inside, there is no
// script, and links lead only where Span.Href allows. Rows are written as they are yielded. The file is
// for screens (light and dark, from 360 pixels) and for A4 paper. Errors are those of w.
func WriteHTML(w io.Writer, doc Document) error {
	out := bufio.NewWriter(w)
	if err := htmlPage.Execute(out, newHTMLDocument(doc)); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return out.Flush()
}

//go:embed html.tmpl
var htmlSource string

//go:embed html.css
var htmlStyle string

// The style sheet is a template too: it holds the running header and footer of printed pages.
var htmlPage = template.Must(template.Must(
	template.New("page").Funcs(template.FuncMap{"lines": lines, "plain": plain, "printable": Printable, "quote": quoteCSS}).Parse(htmlSource)).
	New("style").Parse(htmlStyle)).Lookup("page")

// htmlDocument is a document with what the template needs beside it.
type htmlDocument struct {
	Document
	ID       string
	Sections []htmlSection
}

type htmlSection struct {
	Section
	ID     string
	Blocks []htmlBlock
}

// htmlBlock has one of its parts set.
type htmlBlock struct {
	Heading   *htmlHeading
	Paragraph Text
	List      *List
	Table     *htmlTable
}

type htmlHeading struct {
	Heading
	ID string
}

type htmlTable struct {
	*Table
	ID      string
	Kind    string // class of its region
	Columns []htmlColumn
	Rows    iter.Seq[htmlRow]
}

type htmlColumn struct {
	Column
	Percent string // of the table's width, as in "12.50"
	Class   string
}

type htmlRow struct {
	Row
	Opens bool // the row begins a group of rows
	Span  int  // columns of the table
	Cells []htmlCell
}

type htmlCell struct {
	Cell
	Class string
	Heads bool // the cell heads its row
}

// htmlIDs gives out the ids of one file. Those of tables have a dot, as no heading's anchor has.
type htmlIDs struct {
	headings Anchors
	tables   int
}

// heading gives "" for a heading without text, which is not shown.
func (ids *htmlIDs) heading(text string) string {
	if text == "" {
		return ""
	}
	return ids.headings.Name(text)
}

func (ids *htmlIDs) table() string {
	ids.tables++
	return fmt.Sprintf("table.%d", ids.tables)
}

func newHTMLDocument(doc Document) htmlDocument {
	if doc.Language == "" {
		doc.Language = "en-GB"
	}
	ids := &htmlIDs{headings: Anchors{}}
	page := htmlDocument{Document: doc, ID: ids.heading(doc.Title)}
	for _, s := range doc.Sections {
		section := htmlSection{Section: s, ID: ids.heading(s.Title)}
		for _, b := range s.Blocks {
			section.Blocks = append(section.Blocks, newHTMLBlock(b, ids))
		}
		page.Sections = append(page.Sections, section)
	}
	return page
}

func newHTMLBlock(b Block, ids *htmlIDs) htmlBlock {
	switch b := b.(type) {
	case Heading:
		return htmlBlock{Heading: &htmlHeading{Heading: b, ID: ids.heading(b.Text)}}
	case Paragraph:
		return htmlBlock{Paragraph: b.Text}
	case List:
		return htmlBlock{List: &b}
	case *Table:
		return htmlBlock{Table: newHTMLTable(b, ids)}
	}
	return htmlBlock{}
}

func newHTMLTable(t *Table, ids *htmlIDs) *htmlTable {
	table := &htmlTable{Table: t, ID: ids.table(), Kind: tableKind(t), Rows: htmlRows(t)}
	for i, share := range t.Shares() {
		table.Columns = append(table.Columns, htmlColumn{
			Column: t.Columns[i], Percent: fmt.Sprintf("%.2f", 100*share), Class: alignClass[t.Columns[i].Align],
		})
	}
	return table
}

// tableKind names the look of a table: a grid, or one that is wider than the page and scrolls within it.
func tableKind(t *Table) string {
	const most = 7 // columns that fit a screen
	switch {
	case t.Grid:
		return "table grid"
	case len(t.Columns) > most:
		return "table wide"
	}
	return "table"
}

// htmlRows dresses the rows of a table one by one, as they are yielded.
func htmlRows(t *Table) iter.Seq[htmlRow] {
	return func(yield func(htmlRow) bool) {
		if t.Rows == nil {
			return
		}
		first := true
		for r := range t.Rows {
			row := htmlRow{Row: r, Opens: r.Group && !first, Span: max(1, len(t.Columns)), Cells: make([]htmlCell, len(r.Cells))}
			for i, c := range r.Cells {
				row.Cells[i] = newHTMLCell(t, i, c)
			}
			if !yield(row) {
				return
			}
			first = false
		}
	}
}

func newHTMLCell(t *Table, column int, c Cell) htmlCell {
	if _, _, _, ok := c.Fill.RGB(); !ok {
		c.Fill = ""
	}
	return htmlCell{Cell: c, Class: htmlClass(t, column, c), Heads: column == 0 && len(c.Text) > 0}
}

var alignClass = map[Align]string{Centre: "centre", Right: "right"}

// htmlClass names the alignment of a cell, and marks a typed value, which stays on one line.
func htmlClass(t *Table, column int, c Cell) string {
	class := alignClass[t.align(column)]
	if c.Value != nil {
		return strings.TrimSpace(class + " value")
	}
	return class
}

// plain gives the text of a span of no look on one line, as most are: a short cut through the template.
func plain(s Span) string {
	text := Printable(s.Text)
	if s != (Span{Text: s.Text}) || strings.Contains(text, "\n") {
		return ""
	}
	return text
}

// lines gives a text's lines, fit to be shown.
func lines(s string) []string { return strings.Split(Printable(s), "\n") }

// quoteCSS gives text as a CSS string. All but letters and digits is written as its number, so that
// nothing in it can end the string.
func quoteCSS(s string) template.CSS {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range Printable(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\%06x`, r)
	}
	b.WriteByte('"')
	return template.CSS(b.String()) //nolint:gosec // quoted above
}
