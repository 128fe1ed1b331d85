package pdf

import "github.com/stele-isms/stele/internal/layout"

// row is a row broken into lines: a range of the grid's boxes. It is as many lines high as its longest box.
type row struct {
	first, last int
	count       int
	look        look
}

// box is the text of one cell, or of all the cells of a row that share a column.
type box struct {
	column
	set  lines
	fill layout.Colour
}

// measure breaks a row into lines.
func (g *grid) measure(r layout.Row) row {
	if r.Group {
		return g.measureAs(r, groupLook)
	}
	return g.measureAs(r, g.plain)
}

func (g *grid) measureAs(r layout.Row, l look) row {
	columns := g.columns
	if r.Group {
		columns = g.across
	}
	m := row{first: len(g.boxes), count: 1, look: l}
	for i, c := range r.Cells {
		at := min(i, len(columns)-1)
		style := l.style
		if _, _, _, ok := c.Fill.RGB(); ok {
			style.fill = c.Fill
		}
		set := g.set(c.Text, style, columns[at].inner())
		if i > at { // the lines follow those of the last column, and so extend its box
			g.boxes[len(g.boxes)-1].set.last = set.last
		} else {
			g.boxes = append(g.boxes, box{columns[at], set, style.fill})
		}
		m.count = max(m.count, g.boxes[len(g.boxes)-1].set.count())
	}
	m.last = len(g.boxes)
	return m
}

// height gives the height of a row's lines from one to another.
func (g *grid) height(r row, from, to int) float64 {
	height := float64(to-from)*r.look.leading + 2*padY
	if g.table.Grid && to-from == r.count {
		height = max(height, gridHeight)
	}
	return height
}

// whole gives how much of a row's height has to stand on one page: all of it, or the first lines of a row
// that is higher than half a page, which would leave too much of a page empty.
func (g *grid) whole(r row) float64 {
	if height := g.height(r, 0, r.count); height <= g.capacity/2 {
		return height
	}
	return g.height(r, 0, min(leastPart, r.count))
}

// drawRow draws a row, over several pages if need be.
func (g *grid) drawRow(r row) {
	g.fit(g.whole(r))
	for from := 0; from < r.count; {
		part := g.part(r, from)
		g.drawPart(r, from, from+part)
		if from += part; from < r.count {
			g.turn()
		}
	}
}

// part gives how many of a row's lines from one on the page takes, at least one.
func (g *grid) part(r row, from int) int {
	rest := r.count - from
	room := int((g.room() - 2*padY) / r.look.leading)
	if rest <= room {
		return rest
	}
	if rest-room < leastPart && room >= 2*leastPart {
		room = rest - leastPart
	}
	return max(room, 1)
}

// drawPart draws a row's lines from one to another, with its fills and rules.
func (g *grid) drawPart(r row, from, to int) {
	height := g.height(r, from, to)
	if r.look.ground != "" {
		g.canvas.fill(rectangle{g.across[0].x, g.y, g.across[0].width, height}, r.look.ground)
	}
	for _, b := range g.boxes[r.first:r.last] {
		if b.fill != "" {
			g.canvas.fill(rectangle{b.x, g.y, b.width, height}, b.fill)
		}
	}
	g.drawRules(r, height)
	for _, b := range g.boxes[r.first:r.last] {
		g.drawBox(b, r, from, to, height)
	}
	g.y += height
}

func (g *grid) drawBox(b box, r row, from, to int, height float64) {
	y := g.y + padY
	if g.table.Grid {
		y = g.y + (height-float64(min(b.set.count(), to)-from)*r.look.leading)/2
	}
	for i := b.set.first + from; i < min(b.set.first+to, b.set.last); i++ {
		l := g.lines[i]
		x := b.x + b.pad()
		spare := b.inner() - float64(l.width)*r.look.size/1000
		switch b.align {
		case layout.Centre:
			x += spare / 2
		case layout.Right:
			x += spare
		case layout.Left:
		}
		g.canvas.write(x, y+r.look.baseline(), r.look.size, g.fragments[l.first:l.last])
		y += r.look.leading
	}
}

// drawRules draws the rule below a row, or the lines around each cell of a grid.
func (g *grid) drawRules(r row, height float64) {
	const thickness = 0.5
	left, width := g.across[0].x, g.across[0].width
	if !g.table.Grid {
		g.canvas.fill(rectangle{left, g.y + height - thickness, width, thickness}, r.look.line)
		return
	}
	g.canvas.fill(rectangle{left, g.y - thickness/2, width, thickness}, edge)
	g.canvas.fill(rectangle{left, g.y + height - thickness/2, width, thickness}, edge)
	for _, b := range g.boxes[r.first:r.last] {
		g.canvas.fill(rectangle{b.x - thickness/2, g.y, thickness, height}, edge)
	}
	g.canvas.fill(rectangle{left + width - thickness/2, g.y, thickness, height}, edge)
}
