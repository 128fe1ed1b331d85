package pdf

import "github.com/stele-isms/stele/internal/layout"

// cover sets the first page: the organisation, the title and the document control block.
func (c *composer) cover(doc layout.Document) {
	c.paragraph(layout.Plain(doc.Control.Organisation), houseStyle, c.sheet.left, "")
	c.y += 118
	c.canvas.fill(rectangle{c.sheet.left, c.y, 44, 3}, accent)
	c.y += 18
	c.paragraph(layout.Plain(doc.Title), titleStyle, c.sheet.left, "")
	c.y += 4
	c.paragraph(layout.Plain(doc.Subtitle), subtitleStyle, c.sheet.left, "")
	c.y += 40
	var rows []layout.Row
	for _, r := range doc.Control.Rows() {
		label := layout.Cell{Text: layout.Text{{Text: r[0], Muted: true}}}
		rows = append(rows, layout.Row{Cells: []layout.Cell{label, layout.C(r[1])}})
	}
	c.table(&layout.Table{Columns: []layout.Column{{Width: 1}, {Width: 3.4}}, Rows: layout.Slice(rows)}, coverLook)
}
