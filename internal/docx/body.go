package docx

import (
	"strconv"

	"github.com/stele-isms/stele/internal/layout"
)

// Spaces that stand for themselves, in twips.
const (
	belowTitle = 560
	belowTable = 160
)

// body writes the document part.
type body struct {
	*markup
	*survey
	look     *Template
	page     page
	headings int // written so far
	ordered  int // ordered lists written so far
}

// document writes the document part: a cover, a contents list and the sections. In Word the
// properties of a section stand in its last paragraph, those of the last one after everything.
func (f *file) document(m *markup) {
	b := &body{markup: m, survey: f.survey, look: f.look, page: portrait}
	b.put(declaration, `<w:document`, namespaces, `><w:body>`)
	b.cover(f.doc)
	end := portrait.cover
	if len(b.contents) > 0 {
		b.sectionBreak(end)
		b.contentsList()
		end = portrait.section
	}
	for _, s := range f.doc.Sections {
		b.sectionBreak(end)
		b.section(s)
		end = b.page.section
	}
	end(m)
	b.put(`</w:body></w:document>`)
}

// sectionBreak ends a section; the next one begins on a new page.
func (b *body) sectionBreak(properties func(*markup)) {
	b.open("ReportSpacer")
	properties(b.markup)
	b.put(`</w:pPr></w:p>`)
}

// spacer writes a paragraph that is nothing but the space below it; it keeps tables apart too.
func (b *body) spacer(below int) {
	b.open("ReportSpacer")
	b.put(`<w:spacing w:after="`, strconv.Itoa(below), `"/></w:pPr></w:p>`)
}

// open begins a paragraph and its properties, which the caller closes. Styles go by their ids in the
// house's sheet; a template may have others for them.
func (b *body) open(style string) {
	b.put(`<w:p><w:pPr><w:pStyle w:val="`, b.look.styles.ids[style], `"/>`)
}

func (b *body) paragraph(style string, text layout.Text) {
	b.open(style)
	b.put(`</w:pPr>`)
	b.text(text, "")
	b.put(`</w:p>`)
}

// line writes a paragraph of plain text, and none when the text is empty.
func (b *body) line(style, text string) {
	if hasText(text) {
		b.paragraph(style, layout.Plain(text))
	}
}

// cover writes the title and the document control block.
func (b *body) cover(doc layout.Document) {
	if hasText(doc.Title) {
		b.marked("Title", doc.Title, "0", titleBookmark)
	}
	b.line("Subtitle", doc.Subtitle)
	b.spacer(belowTitle)
	if len(doc.Control.Rows()) > 0 {
		b.table(controlTable(doc.Control))
	}
}

// controlTable gives the document control block as a table of labels and values.
func controlTable(c layout.Control) *layout.Table {
	var rows []layout.Row
	for _, r := range c.Rows() {
		label := layout.Cell{Text: layout.Text{{Text: r[0], Muted: true}}}
		rows = append(rows, layout.Row{Cells: []layout.Cell{label, layout.C(r[1])}})
	}
	return &layout.Table{Name: "Document control", Columns: []layout.Column{{Width: 1}, {Width: 3}}, Rows: layout.Slice(rows)}
}

func (b *body) section(s layout.Section) {
	b.page = pageOf(s)
	b.heading(1, s.Title)
	for i, block := range s.Blocks {
		b.block(block)
		if _, ok := block.(*layout.Table); ok && i < len(s.Blocks)-1 {
			b.spacer(belowTable)
		}
	}
}

func pageOf(s layout.Section) page {
	if s.Landscape {
		return landscape
	}
	return portrait
}

func (b *body) block(block layout.Block) {
	switch block := block.(type) {
	case layout.Heading:
		b.heading(headingLevel(block), block.Text)
	case layout.Paragraph:
		b.paragraph("Normal", block.Text)
	case layout.List:
		b.list(block)
	case *layout.Table:
		b.table(block)
	}
}

// heading writes a heading under the bookmark that the survey gave it.
func (b *body) heading(level int, text string) {
	if !hasText(text) {
		return
	}
	bookmark := b.outline[b.headings].bookmark
	b.headings++
	b.marked("Heading"+strconv.Itoa(level), text, strconv.Itoa(b.headings), bookmark)
}

// marked writes a paragraph inside a bookmark of an id and a name.
func (b *body) marked(style, text, id, bookmark string) {
	b.open(style)
	b.put(`</w:pPr><w:bookmarkStart w:id="`, id, `" w:name="`, bookmark, `"/>`)
	b.run(text)
	b.put(`<w:bookmarkEnd w:id="`, id, `"/></w:p>`)
}

func (b *body) list(l layout.List) {
	style, number, level := "ListBullet", b.look.numbering.bullets, 0
	if l.Ordered {
		style, number, level = "ListNumber", b.look.numbering.orderedList(b.ordered), b.look.numbering.level
		b.ordered++
	}
	for _, item := range l.Items {
		b.open(style)
		if number > 0 {
			b.put(`<w:numPr><w:ilvl w:val="`, strconv.Itoa(level), `"/><w:numId w:val="`, strconv.Itoa(number), `"/></w:numPr>`)
		}
		b.put(`</w:pPr>`)
		b.text(item, "")
		b.put(`</w:p>`)
	}
}
