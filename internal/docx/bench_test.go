package docx_test

import (
	"io"
	"strconv"
	"testing"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/layout"
)

// BenchmarkWrite writes a register of 10,000 rows of 8 columns.
func BenchmarkWrite(b *testing.B) {
	rows := func(yield func(layout.Row) bool) {
		for i := range 10000 {
			if !yield(row("RISK-"+strconv.Itoa(i), "Loss of the head office", "Information security officer", "likely", "high", "treat", "2026-01-31",
				"The data centre stands in another town, and the restore is rehearsed each year.")) {
				return
			}
		}
	}
	doc := page(&layout.Table{Rows: rows, Columns: []layout.Column{
		{Title: "Key"}, {Title: "Title", Width: 3}, {Title: "Owner", Width: 2}, {Title: "Likelihood"}, {Title: "Impact"}, {Title: "Answer"}, {Title: "Date"}, {Title: "Reason", Width: 4},
	}})
	b.ReportAllocs()
	for b.Loop() {
		if err := docx.Write(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}
