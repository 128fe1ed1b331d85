package layout

// Shares gives each column's part of the table's width; they add up to 1.
func (t *Table) Shares() []float64 {
	total := 0.0
	shares := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		shares[i] = c.Width
		if c.Width <= 0 {
			shares[i] = 1
		}
		total += shares[i]
	}
	for i := range shares {
		shares[i] /= total
	}
	return shares
}

// align gives how the cells of a column stand; a column without a header has them on the left.
func (t *Table) align(column int) Align {
	if column >= len(t.Columns) {
		return Left
	}
	return t.Columns[column].Align
}
