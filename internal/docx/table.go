package docx

import (
	"strconv"

	"github.com/stele-isms/stele/internal/layout"
)

// rowLook is how the rows of a part of a table look.
type rowLook struct {
	style      string
	fill       layout.Colour // of cells that have none
	properties string        // of a row that is short enough to be kept whole
}

var (
	headLook  = rowLook{style: "ReportTableHeading", properties: `<w:cantSplit/><w:tblHeader/>`}
	groupLook = rowLook{style: "ReportTableGroup", properties: `<w:cantSplit/>`, fill: "#f8f9fb"}
	plainLook = rowLook{style: "ReportTableText", properties: `<w:cantSplit/>`}
)

func lookOf(row layout.Row) rowLook {
	if row.Group {
		return groupLook
	}
	return plainLook
}

// table writes a caption and a table. The rows are written as they come, until the writer fails.
func (b *body) table(t *layout.Table) {
	b.line("Caption", t.Caption)
	g := newGrid(t, b.page)
	b.put(`<w:tbl>`)
	b.tableProperties(t, g)
	if g.head != nil {
		b.row(g, g.head, headLook)
	}
	bare := g.head == nil
	for row := range rows(t) {
		if b.err != nil {
			return
		}
		b.row(g, g.cells(row), lookOf(row))
		bare = false
	}
	if bare {
		// Word takes a table without rows for a damaged file.
		b.row(g, g.cells(layout.Row{}), plainLook)
	}
	b.put(`</w:tbl>`)
}

func (b *body) tableProperties(t *layout.Table, g grid) {
	style, look := "ReportTable", `w:val="0600" w:firstRow="0"`
	if t.Grid {
		style = "ReportGrid"
	}
	if g.head != nil {
		look = `w:val="0620" w:firstRow="1"`
	}
	b.put(`<w:tblPr><w:tblStyle w:val="`, b.look.styles.ids[style], `"/><w:tblW w:w="`, strconv.Itoa(g.width), `" w:type="dxa"/>`,
		`<w:tblLayout w:type="fixed"/><w:tblLook `, look, ` w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	title := t.Name
	if !hasText(title) {
		title = t.Caption
	}
	if hasText(title) {
		b.put(`<w:tblCaption w:val="`, escape(title), `"/>`)
	}
	b.put(`</w:tblPr><w:tblGrid>`)
	for _, width := range g.widths {
		b.put(`<w:gridCol w:w="`, strconv.Itoa(width), `"/>`)
	}
	b.put(`</w:tblGrid>`)
}

func (b *body) row(g grid, cells []layout.Cell, look rowLook) {
	b.put(`<w:tr>`)
	if g.lines(cells) <= shortRow {
		b.put(`<w:trPr>`, look.properties, `</w:trPr>`)
	}
	for i, c := range cells {
		width, columns := g.span(i, len(cells))
		b.put(`<w:tc>`)
		b.cellProperties(g, width, columns, fillOf(c, look))
		b.open(look.style)
		if columns == 1 {
			b.put(justifications[g.columns[i].Align])
		}
		b.put(`</w:pPr>`)
		b.text(c.Text, inkOn(c.Fill))
		b.put(`</w:p></w:tc>`)
	}
	b.put(`</w:tr>`)
}

func (b *body) cellProperties(g grid, width, columns int, fill string) {
	b.put(`<w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`)
	if columns > 1 {
		b.put(`<w:gridSpan w:val="`, strconv.Itoa(columns), `"/>`)
	}
	if fill != "" {
		b.put(`<w:shd w:val="clear" w:color="auto" w:fill="`, fill, `"/>`)
	}
	if g.boxed {
		b.put(`<w:vAlign w:val="center"/>`)
	}
	b.put(`</w:tcPr>`)
}

var justifications = map[layout.Align]string{
	layout.Left:   ``, // as the style has it
	layout.Centre: `<w:jc w:val="center"/>`,
	layout.Right:  `<w:jc w:val="right"/>`,
}

// fillOf gives the colour behind a cell as Word writes it; "" when there is none.
func fillOf(c layout.Cell, look rowLook) string {
	if hex := hexOf(c.Fill); hex != "" {
		return hex
	}
	return hexOf(look.fill)
}

// inkOn gives the colour of text on a fill; none where there is no fill, so that styles decide.
func inkOn(fill layout.Colour) layout.Colour {
	if hexOf(fill) == "" {
		return ""
	}
	return fill.Ink()
}
