package xlsx

import (
	"math"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// Widths of columns, in digits.
const (
	tableWidth = 150.0 // of a table whose texts are long enough: A4 landscape at a size that can be read
	widest     = 200.0 // of a column that is widened for a long text; Excel's limit is 255
	narrowest  = 7.0
	button     = 3.0 // of the filter in the header
)

// mostMeasured is how many rows are measured.
const mostMeasured = 2_000

// columnWidths gives a width for each column: its share of the table's width, but no more than its texts
// need, and enough that the longest text can be shown in the height that a row can have. It goes by the first
// rows: a report of very many reads them from the records, and would have to read all of them twice.
func columnWidths(t *layout.Table) []float64 {
	const mostLines = 26 // of the 30 lines that the highest row has: lines break before they are full
	extents := measure(t)
	shares := t.Shares()
	widths := make([]float64, len(extents))
	for i, e := range extents {
		share, least := 1/float64(len(extents)), narrowest
		if i < len(shares) {
			share, least = shares[i], digits(longestWord(t.Columns[i].Title), body.size)+button
		}
		width := max(min(share*tableWidth, digits(e.line, body.size)), least, digits(e.text/mostLines, body.size))
		widths[i] = math.Ceil(max(narrowest, min(width, widest)))
	}
	return widths
}

// extent is how much text a column holds, in ems.
type extent struct {
	line float64 // the longest line
	text float64 // the longest text
}

// measure gives the extents of the columns, at least one, and as many as the longest row has.
func measure(t *layout.Table) []extent {
	extents := make([]extent, max(1, len(t.Columns)))
	for i, c := range t.Columns {
		extents[i].grow(c.Title)
	}
	if t.Rows == nil {
		return extents
	}
	looked := 0
	for r := range t.Rows {
		if looked++; looked > mostMeasured {
			break
		}
		if r.Group {
			continue
		}
		for i, c := range r.Cells {
			if i == len(extents) {
				extents = append(extents, extent{})
			}
			extents[i].grow(c.Text.String())
		}
	}
	return extents
}

func (e *extent) grow(text string) {
	width := ems(text)
	e.text = max(e.text, width)
	if width <= e.line {
		return // nor is any line in it longer
	}
	for line := range strings.SplitSeq(layout.Printable(text), "\n") {
		e.line = max(e.line, ems(line))
	}
}

func longestWord(s string) float64 {
	longest := 0.0
	for word := range strings.FieldsSeq(s) {
		longest = max(longest, ems(word))
	}
	return longest
}
