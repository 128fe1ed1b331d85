package docx

import (
	"cmp"
	"iter"
	"slices"

	"github.com/stele-isms/stele/internal/layout"
)

// grid is the geometry of a table on pages of one orientation; lengths are in twips.
type grid struct {
	columns []layout.Column
	head    []layout.Cell // the titles; nil when no column has one
	widths  []int
	width   int     // of them all
	boxed   bool    // with lines around every cell
	padding float64 // above and below the text of a row, with its rule, in points
}

const (
	leastWidth  = 400  // of a column: less would clip a letter
	cellMargin  = 85   // on each side of a cell's text
	shortRow    = 12   // lines that are not worth dividing
	ruledMargin = 3.26 // in points
	boxedMargin = 6.16
)

// newGrid measures a table. Columns for which the page has no room are left out; what stands in them
// goes to the last one that there is.
func newGrid(t *layout.Table, p page) grid {
	room := p.textWidth()
	columns := t.Columns[:min(len(t.Columns), room/leastWidth)]
	if len(columns) == 0 {
		columns = []layout.Column{{}}
	}
	g := grid{columns: columns, head: titles(t.Columns, len(columns)), widths: shares(columns, room), width: room, padding: ruledMargin}
	if t.Grid {
		g.boxed, g.padding = true, boxedMargin
	}
	return g
}

// titles gives the titles of columns as n cells, or nil when there are none.
func titles(columns []layout.Column, n int) []layout.Cell {
	if !slices.ContainsFunc(columns, func(c layout.Column) bool { return hasText(c.Title) }) {
		return nil
	}
	cells := make([]layout.Cell, len(columns))
	for i, c := range columns {
		cells[i] = layout.C(c.Title)
	}
	return fitted(cells, n)
}

// shares divides a room among columns by their relative widths, none below the least width.
func shares(columns []layout.Column, room int) []int {
	weight := 0.0
	order := make([]int, len(columns))
	for i, c := range columns {
		weight += weightOf(c)
		order[i] = i
	}
	// To grant a column the least width narrows the others, so those that may need it come first.
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weightOf(columns[a]), weightOf(columns[b])) })
	widths := make([]int, len(columns))
	for _, i := range order {
		own := weightOf(columns[i])
		widths[i] = max(leastWidth, int(own/weight*float64(room)+0.5))
		room -= widths[i]
		weight -= own
	}
	return widths
}

// weightOf gives a column's relative width; what is no positive finite number counts as 1.
func weightOf(c layout.Column) float64 {
	if c.Width > 0 && c.Width < 1e9 {
		return c.Width
	}
	return 1
}

// cells gives the cells of a row as they are written: one for a group, else one for each column.
func (g grid) cells(row layout.Row) []layout.Cell {
	if row.Group {
		return fitted(row.Cells, 1)
	}
	return fitted(row.Cells, len(g.columns))
}

// fitted gives exactly n cells: what is too much goes into the last cell, a line each.
func fitted(cells []layout.Cell, n int) []layout.Cell {
	if len(cells) == n {
		return cells
	}
	out := make([]layout.Cell, n)
	for i, c := range cells {
		if i < n {
			out[i] = c
			continue
		}
		out[n-1].Text = slices.Concat(out[n-1].Text, layout.Plain("\n"), c.Text)
	}
	return out
}

// height gives the height of a row of so many lines, in points.
func (g grid) height(lines int) float64 {
	return float64(lines)*cellFace.pitch + cellFace.before + cellFace.after + g.padding
}

// headHeight gives the height of the titles, in points; 0 when there are none.
func (g grid) headHeight() float64 {
	if g.head == nil {
		return 0
	}
	return g.height(g.lines(g.head))
}

// span gives the width of the i-th of n cells in a row, and how many columns it spans: a single cell
// spans them all.
func (g grid) span(i, n int) (width, columns int) {
	if n == 1 {
		return g.width, len(g.columns)
	}
	return g.widths[i], 1
}

// lines gives the number of lines in the highest of a row's cells.
func (g grid) lines(cells []layout.Cell) int {
	most := 1
	for i, c := range cells {
		width, _ := g.span(i, len(cells))
		most = max(most, lineCount(c.Text.String(), cellFace.size, points(width-2*cellMargin)))
	}
	return most
}

// rows gives the rows of a table, also of one that has none.
func rows(t *layout.Table) iter.Seq[layout.Row] {
	if t.Rows == nil {
		return func(func(layout.Row) bool) {}
	}
	return t.Rows
}
