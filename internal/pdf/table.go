package pdf

import (
	"iter"

	"github.com/stele-isms/stele/internal/layout"
)

// Space inside cells and around tables.
const (
	padX, padY  = 6.0, 4.0
	tableBefore = 4.0
	tableAfter  = 14.0
	captionGap  = 4.0
	gridWidth   = 92.0 // the most that a grid's columns take on average, so that a small heat map stays small
	gridHeight  = 26.0 // the least height of a grid's row
	mostGroups  = 10   // group rows that wait for the row they head
	leastPart   = 4    // lines of a split row that stand on the pages on which it begins and ends
)

// grid sets the rows of one table.
type grid struct {
	*composer
	table   *layout.Table
	columns []column
	across  []column   // the one column of group rows, which spans all
	header  layout.Row // without cells if no column has a title
	plain   look
	boxes   []box
	rows    []row // measured and not yet drawn

	headerHeight float64
	capacity     float64 // the height that a page has for rows
	begun        bool    // the caption and the header stand
}

// look is how a kind of row is set.
type look struct {
	style
	ground layout.Colour // behind the whole row
	line   layout.Colour // of the rule below
}

var (
	headLook  = look{headStyle, headed, edge}
	groupLook = look{groupStyle, grouped, rule}
	plainLook = look{cellStyle, "", rule}
	coverLook = look{coverStyle, "", rule}
)

// table sets a table whose plain rows have the look. Rows are read once and drawn as they come.
func (c *composer) table(t *layout.Table, plain look) {
	g := c.newGrid(t, plain)
	if t.Rows != nil {
		g.drawRows(t.Rows)
	}
	g.begin(0)
	c.again = nil
	c.space(tableAfter)
}

func (c *composer) newGrid(t *layout.Table, plain look) *grid {
	columns := c.layColumns(t)
	last := columns[len(columns)-1]
	across := column{x: columns[0].x, width: last.x + last.width - columns[0].x}
	g := &grid{composer: c, table: t, columns: columns, across: []column{across}, header: titles(t), plain: plain}
	g.capacity = c.sheet.bottom - c.sheet.top
	if len(g.header.Cells) > 0 {
		header := g.measureAs(g.header, headLook)
		g.headerHeight = g.height(header, 0, header.count)
	}
	if g.repeats() {
		g.capacity -= g.headerHeight
	}
	return g
}

// repeats tells whether the header stands on every page. One that fills much of a page does not.
func (g *grid) repeats() bool { return g.headerHeight < (g.sheet.bottom-g.sheet.top)/3 }

// drawRows draws the rows. Group rows wait for the row that they head, so as to stand on its page.
func (g *grid) drawRows(rows iter.Seq[layout.Row]) {
	var wait []layout.Row
	for r := range rows {
		wait = append(wait, r)
		if r.Group && len(wait) < mostGroups {
			continue
		}
		g.place(wait)
		clear(wait)
		wait = wait[:0]
	}
	g.place(wait)
}

// place draws rows that belong together: they begin on one page.
func (g *grid) place(rows []layout.Row) {
	if len(rows) == 0 {
		return
	}
	g.reset()
	g.boxes, g.rows = g.boxes[:0], g.rows[:0]
	total := 0.0
	for _, r := range rows {
		m := g.measure(r)
		g.rows = append(g.rows, m)
		total += g.whole(m)
	}
	g.begin(total)
	for _, r := range g.rows {
		g.drawRow(r)
	}
}

// begin claims a height for the next rows, and before the first ones for the caption and the header too,
// which it draws.
func (g *grid) begin(height float64) {
	if g.begun {
		g.claim(height)
		return
	}
	g.begun = true
	caption := g.set(layout.Plain(g.table.Caption), captionStyle, g.sheet.measure())
	above := tableBefore + float64(caption.count())*captionStyle.leading + captionGap
	g.claim(above + g.headerHeight + height)
	g.space(tableBefore)
	for i := range caption.count() {
		g.fit(captionStyle.leading)
		g.line(caption.first+i, g.sheet.left, captionStyle)
	}
	if caption.count() > 0 {
		g.y += captionGap
	}
	g.drawHeader()
	if g.repeats() {
		g.again = g.drawHeader
	}
}

func (g *grid) drawHeader() {
	if len(g.header.Cells) > 0 {
		g.drawRow(g.measureAs(g.header, headLook))
	}
}
