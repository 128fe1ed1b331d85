package layout

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteMarkdown writes a document as GitHub-flavoured Markdown. Whatever a text holds, a reader of the
// rendered page sees that text: what Markdown would take for markup is escaped. Cells beyond a table's
// columns go on in the last column, since Markdown would drop them. Errors are those of w.
func WriteMarkdown(w io.Writer, doc Document) error {
	m := markdown{out: bufio.NewWriter(w)}
	m.heading(1, doc.Title)
	m.paragraph(Plain(doc.Subtitle))
	m.control(doc.Control)
	for _, s := range doc.Sections {
		m.heading(2, s.Title)
		for _, b := range s.Blocks {
			m.block(b)
		}
	}
	if err := m.out.Flush(); err != nil { // the first error too, which bufio keeps
		return fmt.Errorf("write Markdown: %w", err)
	}
	return nil
}

// markdown writes blocks with a blank line between them, until the first error.
type markdown struct {
	out  *bufio.Writer
	err  error
	last blockKind
}

type blockKind uint8

const (
	noBlock blockKind = iota
	bullets
	numbers
	otherBlock
)

// open begins a block. A comment keeps two lists of one kind apart, which Markdown would make into one.
func (m *markdown) open(kind blockKind) {
	if m.last != noBlock {
		m.line("")
	}
	if kind == m.last && kind != otherBlock {
		m.line("<!-- -->")
		m.line("")
	}
	m.last = kind
}

func (m *markdown) line(s string) {
	if m.err == nil {
		_, m.err = m.out.WriteString(s + "\n")
	}
}

func (m *markdown) block(b Block) {
	switch b := b.(type) {
	case Heading:
		m.heading(min(max(b.Level, 2), 3)+1, b.Text)
	case Paragraph:
		m.paragraph(b.Text)
	case List:
		m.list(b)
	case *Table:
		m.paragraph(strong(Plain(b.Caption)))
		m.table(b)
	}
}

func (m *markdown) heading(level int, text string) {
	if text == "" {
		return
	}
	m.open(otherBlock)
	m.line(strings.Repeat("#", level) + " " + markdownLine(Plain(text)))
}

func (m *markdown) paragraph(t Text) {
	text := markdownBlock(t)
	if text == "" {
		return
	}
	m.open(otherBlock)
	m.line(text)
}

func (m *markdown) list(l List) {
	kind := bullets
	if l.Ordered {
		kind = numbers
	}
	m.open(kind)
	for i, item := range l.Items {
		marker := "- "
		if l.Ordered {
			marker = strconv.Itoa(i+1) + ". "
		}
		m.line(marker + markdownBlock(item))
	}
}

func (m *markdown) control(c Control) {
	block := c.Rows()
	if len(block) == 0 {
		return
	}
	rows := make([]Row, len(block))
	for i, r := range block {
		rows[i] = Row{Cells: []Cell{C(r[0]), C(r[1])}}
	}
	m.table(&Table{Columns: []Column{{Title: "Document control"}, {}}, Rows: Slice(rows)})
}

func (m *markdown) table(t *Table) {
	m.open(otherBlock)
	columns := t.Columns
	if len(columns) == 0 {
		columns = []Column{{}} // Markdown has no table without a header
	}
	header, rule := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		header[i], rule[i] = markdownLine(Plain(c.Title)), markdownRule[c.Align]
	}
	m.row(header)
	m.row(rule)
	if t.Rows == nil {
		return
	}
	for r := range t.Rows {
		if m.row(markdownCells(r, len(columns))); m.err != nil {
			return
		}
	}
}

var markdownRule = map[Align]string{Left: "---", Centre: ":---:", Right: "---:"}

func (m *markdown) row(cells []string) {
	m.line("| " + strings.Join(cells, " | ") + " |")
}

// markdownCells gives a row as exactly n cells.
func markdownCells(r Row, n int) []string {
	cells := make([]string, n)
	for i, c := range r.Cells {
		text := c.Text
		if r.Group {
			text = strong(text)
		}
		if i < n {
			cells[i] = markdownLine(text)
			continue
		}
		cells[n-1] += "<br>" + markdownLine(text)
	}
	return cells
}

// strong gives the text with all of it strong.
func strong(t Text) Text {
	bold := make(Text, len(t))
	for i, s := range t {
		s.Strong = true
		bold[i] = s
	}
	return bold
}
