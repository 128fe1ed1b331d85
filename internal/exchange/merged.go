package exchange

import "github.com/xuri/excelize/v2"

// area is a range of merged cells, all counted from 1.
type area struct{ left, top, right, bottom int }

func (s *sheetReader) areas() ([]area, error) {
	merged, err := s.file.GetMergeCells(s.sheet, true)
	if err != nil {
		return nil, err
	}
	areas := make([]area, len(merged))
	for i, m := range merged {
		a := &areas[i]
		if a.left, a.top, err = excelize.CellNameToCoordinates(m.GetStartAxis()); err != nil {
			return nil, err
		}
		if a.right, a.bottom, err = excelize.CellNameToCoordinates(m.GetEndAxis()); err != nil {
			return nil, err
		}
		a.right = min(a.right, maxColumns)
	}
	return areas, nil
}

// fillDown gives the value of cells that were merged downwards to each of the rows that they cover.
func fillDown(lines []line, areas []area) {
	for _, a := range areas {
		if a.top > len(lines) || a.left > len(lines[a.top-1].cells) {
			continue
		}
		text := lines[a.top-1].cells[a.left-1]
		for i := a.top - 1; i < min(a.bottom, len(lines)); i++ {
			if i >= a.top {
				lines[i].set(a.left-1, text)
				delete(lines[i].faults, a.left-1)
			}
			for column := a.left; column < a.right; column++ {
				delete(lines[i].faults, column) // the library finds the first cell's formula in all of them
			}
		}
	}
}

// groupHeadings joins two rows of headings to one: "Inherent" above "Likelihood" and "Impact" is "Inherent
// Likelihood" and "Inherent Impact". Either of them may be the one that looks like headings.
func groupHeadings(lines []line, areas []area) {
	top := headerAt(lines)
	for i := max(0, top-1); i <= top && i+1 < len(lines); i++ {
		above, below := &lines[i], &lines[i+1]
		groups := groupsOf(areas, above, below)
		if len(groups) == 0 || filled(above.cells) < 2 {
			continue
		}
		for _, a := range groups {
			for column := a.left; column < a.right; column++ {
				above.set(column, above.cells[a.left-1])
			}
		}
		for column, text := range above.cells {
			below.head(column, text)
		}
		above.cells, above.faults = nil, nil
		return
	}
}

// groupsOf gives the areas of one line that group headings of the line below.
func groupsOf(areas []area, above, below *line) []area {
	var groups []area
	for _, a := range areas {
		if a.top == above.number && a.bottom == above.number && a.left <= len(above.cells) && a.groups(below.cells) {
			groups = append(groups, a)
		}
	}
	return groups
}

// groups reports whether the area stands above some headings of the line below. The title of a sheet stands
// above most or all of them.
func (a area) groups(below []string) bool {
	if a.right > len(below) {
		return false
	}
	n := filled(below[a.left-1 : a.right])
	return n >= 2 && n*2 <= filled(below)
}

// head puts the text above a heading before it.
func (l *line) head(i int, above string) {
	switch {
	case above == "":
	case i >= len(l.cells) || l.cells[i] == "":
		l.set(i, above)
	case l.cells[i] != above:
		l.cells[i] = above + " " + l.cells[i]
	}
}

// set puts a text to a position that the line may be too short for.
func (l *line) set(i int, text string) {
	if missing := i + 1 - len(l.cells); missing > 0 {
		l.cells = append(l.cells, make([]string, missing)...)
	}
	l.cells[i] = text
}
