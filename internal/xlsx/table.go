package xlsx

import (
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

// table writes a table on a sheet of its own: the header in the first row, frozen and repeated in print,
// and a filter over the rows, unless they are the cells of a grid.
func (b *book) table(t tableSheet) error {
	s, err := b.open(t.sheet, landscape, columnWidths(t.Table))
	if err != nil {
		return err
	}
	if err := s.header(t.Table); err != nil {
		return err
	}
	if err := s.rows(t.Table); err != nil {
		return err
	}
	if err := s.filter(t.Table); err != nil {
		return err
	}
	return s.out.Flush()
}

func (s *sheet) header(t *layout.Table) error {
	if len(t.Columns) == 0 {
		return nil
	}
	if err := s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	cells := make([]cell, len(t.Columns))
	for i, c := range t.Columns {
		l := tableLook(t, i).filled(tint)
		l.strong, l.ink = true, ink
		cells[i] = textCell(c.Title, l)
	}
	if err := s.add(cells...); err != nil {
		return err
	}
	return s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: reference(s.name, "$1:$1"), Scope: s.name,
	})
}

func (s *sheet) rows(t *layout.Table) error {
	if t.Rows == nil {
		return nil
	}
	for r := range t.Rows {
		add := s.record
		if r.Group {
			add = s.group
		}
		if err := add(t, r); err != nil {
			return err
		}
	}
	return nil
}

// record adds a row, with empty cells to the table's right edge.
func (s *sheet) record(t *layout.Table, r layout.Row) error {
	cells := make([]cell, len(s.widths))
	for i := range cells {
		cells[i].look = tableLook(t, i)
		if i < len(r.Cells) {
			cells[i] = dressed(r.Cells[i], cells[i].look)
		}
	}
	return s.add(cells...)
}

func dressed(c layout.Cell, l look) cell {
	l = l.filled(c.Fill)
	value, format, ok := typed(c)
	if !ok {
		return cell{text: c.Text, look: l}
	}
	l.format = format
	return cell{text: c.Text, value: value, look: l}
}

// group adds a row of one cell across the table.
func (s *sheet) group(t *layout.Table, r layout.Row) error {
	text := layout.Text{}
	for i, c := range r.Cells {
		if i > 0 {
			text = append(text, layout.Span{Text: " "})
		}
		text = append(text, c.Text...)
	}
	l := tableLook(t, 0).filled(group)
	l.ink, l.strong, l.align = ink, true, layout.Left
	return s.span(0, text, l)
}

// filter lets a reader filter the rows. It has to be set before the sheet is flushed, or it is lost.
func (s *sheet) filter(t *layout.Table) error {
	if t.Grid || len(t.Columns) == 0 || s.row < 2 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(t.Columns), s.row)
	if err != nil {
		return err
	}
	return s.file.AutoFilter(s.name, "A1:"+last, nil)
}

// tableLook gives the look of a table's cells in a column.
func tableLook(t *layout.Table, column int) look {
	l := body
	l.rule = ruleBelow
	if t.Grid {
		l.rule = ruleAround
	}
	if column < len(t.Columns) {
		l.align = t.Columns[column].Align
	}
	return l
}
