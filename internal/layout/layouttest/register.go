package layouttest

import (
	"fmt"
	"iter"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// Register gives a document with one table of many rows, which are made as they are asked for, as a
// report makes them from records: text of some length, numbers and dates by turns.
func Register(rows, columns int) layout.Document {
	table := &layout.Table{Name: "Register", Caption: "All records", Rows: registerRows(rows, columns)}
	for i := range columns {
		table.Columns = append(table.Columns, layout.Column{Title: fmt.Sprintf("Column %d", i+1)})
	}
	return layout.Document{
		Title: "Register", Control: layout.Control{Organisation: "Example Ltd", ID: "REG-0001"},
		Sections: []layout.Section{{Title: "Register", Landscape: true, Blocks: []layout.Block{table}}},
	}
}

func registerRows(rows, columns int) iter.Seq[layout.Row] {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	return func(yield func(layout.Row) bool) {
		for r := range rows {
			cells := make([]layout.Cell, columns)
			for c := range cells {
				switch c % 5 {
				case 3:
					cells[c] = layout.Int(r, fmt.Sprint(r))
				case 4:
					cells[c] = layout.Cell{Text: layout.Plain(day.Format(time.DateOnly)), Value: day}
				default:
					cells[c] = layout.C(fmt.Sprintf("Record %d, text of column %d", r, c))
				}
			}
			if !yield(layout.Row{Cells: cells}) {
				return
			}
		}
	}
}
