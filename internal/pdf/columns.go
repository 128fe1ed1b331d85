package pdf

import (
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// column is the place of a column, from the left edge of the page, and how its cells align.
type column struct {
	x, width float64
	align    layout.Align
}

// pad gives the space left and right of a cell's text, less in very narrow columns.
func (c column) pad() float64 { return min(padX, c.width/8) }

// inner gives the width of a cell's text.
func (c column) inner() float64 { return c.width - 2*c.pad() }

// layColumns gives the columns of a table between the margins of a sheet. A table without columns has one.
func (c *composer) layColumns(t *layout.Table) []column {
	total := c.sheet.measure()
	if len(t.Columns) == 0 {
		return []column{{x: c.sheet.left, width: total}}
	}
	if t.Grid {
		total = min(total, gridWidth*float64(len(t.Columns)))
	}
	x := c.sheet.left
	columns := make([]column, len(t.Columns))
	for i, width := range spread(t.Shares(), c.titleWidths(t), total) {
		columns[i] = column{x, width, t.Columns[i].Align}
		x += width
	}
	return columns
}

// titleWidths gives, for each column, the width that the longest word of its title needs.
func (c *composer) titleWidths(t *layout.Table) []float64 {
	least := make([]float64, len(t.Columns))
	for i, column := range t.Columns {
		for word := range strings.FieldsSeq(composed(column.Title)) {
			least[i] = max(least[i], c.points(word, headStyle)+2*padX+0.1)
		}
	}
	return least
}

// spread divides a total by shares, and widens columns that get less than their least at the cost of the
// others. If the total cannot hold what is least, the shares stand.
func spread(shares, least []float64, total float64) []float64 {
	widths := make([]float64, len(shares))
	over, slack := -total, 0.0
	for i := range widths {
		widths[i] = max(shares[i]*total, least[i])
		over += widths[i]
		slack += widths[i] - least[i]
	}
	for i := range widths {
		switch {
		case over > slack:
			widths[i] = shares[i] * total
		case slack > 0:
			widths[i] -= over * (widths[i] - least[i]) / slack
		}
	}
	return widths
}

// titles gives the header of a table, without cells if no column has a title.
func titles(t *layout.Table) layout.Row {
	var header layout.Row
	titled := false
	for _, c := range t.Columns {
		header.Cells = append(header.Cells, layout.C(c.Title))
		titled = titled || c.Title != ""
	}
	if !titled {
		return layout.Row{}
	}
	return header
}
