package xlsx

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

// sheet is a sheet to which rows are added from the top.
type sheet struct {
	*book
	name   string
	out    *excelize.StreamWriter
	widths []float64
	row    int // the last row, from 1
	links  int
}

// open begins a sheet. What stands before the rows in the file has to be set before: page, panes, widths.
func (b *book) open(name, orientation string, widths []float64) (*sheet, error) {
	if err := b.setUpPage(name, orientation); err != nil {
		return nil, err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	// The stream puts each column before those that are there, and Excel wants them in order.
	for i, width := range slices.Backward(widths) {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return &sheet{book: b, name: name, out: out, widths: widths}, nil
}

// add adds a row as high as its text. What is too long for a cell goes on in rows below.
func (s *sheet) add(cells ...cell) error {
	for cells != nil {
		head, rest := splitRow(cells)
		if err := s.write(s.height(head), head); err != nil {
			return err
		}
		cells = rest
	}
	return nil
}

// height gives the points that the cells of a row need, or 0 for a row of one line, which every program
// shows in full.
func (s *sheet) height(cells []cell) float64 {
	highest := 0.0
	for i, c := range cells {
		if needed := height(c.text.String(), c.look.size, s.widths[i]); needed > height("", c.look.size, s.widths[i]) {
			highest = max(highest, needed)
		}
	}
	return highest
}

// span adds a row of one text across all columns, with some points of space above it.
func (s *sheet) span(space float64, text layout.Text, l look) error {
	total := 0.0
	for _, w := range s.widths {
		total += w
	}
	for text != nil {
		head, rest := split(text)
		cells := make([]cell, len(s.widths))
		for i := range cells {
			cells[i].look = l
		}
		cells[0].text = head
		if err := s.write(space+height(head.String(), l.size, total), cells); err != nil {
			return err
		}
		if err := s.merge(); err != nil {
			return err
		}
		text = rest
	}
	return nil
}

// splitRow gives the cells of a row as they fit, and those of a row below that takes the rest, if any.
func splitRow(cells []cell) (head, rest []cell) {
	for i, c := range cells {
		fitting, over := split(c.text)
		if over == nil {
			continue
		}
		if rest == nil {
			head, rest = append(head, cells...), make([]cell, len(cells))
			for j, other := range cells {
				rest[j].look = other.look
			}
		}
		head[i].text, rest[i].text = fitting, over
	}
	if rest == nil {
		return cells, nil
	}
	return head, rest
}

func (s *sheet) write(height float64, cells []cell) error {
	s.row++
	values := make([]any, len(cells))
	for i, c := range cells {
		v, err := s.styles.written(c)
		if err != nil {
			return err
		}
		values[i] = v
		if err := s.link(i+1, c.text); err != nil {
			return err
		}
	}
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	return s.out.SetRow(at, values, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)})
}

// A workbook with more links on a sheet, or a longer one, is broken to Excel.
const (
	mostLinks   = excelize.TotalSheetHyperlinks
	longestLink = 2079
)

// link lets a cell of the last row lead where its text does that begins with a link. A link further on
// in the text would seem to be all of it.
func (s *sheet) link(column int, t layout.Text) error {
	if len(t) == 0 || !leadsOut(t[0]) || s.links == mostLinks {
		return nil
	}
	return s.lead(column, t[0].Href(), "External")
}

// leadsOut tells whether a span's link is one that a workbook can have: anchors lead nowhere in it.
func leadsOut(s layout.Span) bool {
	href := s.Href()
	return href != "" && href[0] != '#' && len(href) <= longestLink
}

// lead makes a cell of the last row a link of a kind that excelize knows.
func (s *sheet) lead(column int, to, kind string) error {
	at, err := excelize.CoordinatesToCellName(column, s.row)
	if err != nil {
		return err
	}
	s.links++
	return s.file.SetCellHyperLink(s.name, at, to, kind)
}

// merge joins all cells of the last row.
func (s *sheet) merge() error {
	if len(s.widths) == 1 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(s.widths), s.row)
	if err != nil {
		return err
	}
	return s.out.MergeCell("A"+strconv.Itoa(s.row), last)
}

// reference gives a range of whole rows or cells of a sheet, as in "'Risks'!$1:$1".
func reference(sheet, cells string) string { return fmt.Sprintf("'%s'!%s", sheet, cells) }
