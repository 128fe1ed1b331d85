package pdf_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/pdf"
)

// BenchmarkText writes some 3,000 pages of paragraphs. The aim is 1,500 pages/s under 128 MB.
func BenchmarkText(b *testing.B) {
	paragraph := layout.Text{
		{Text: strings.Repeat("The owner reviews access rights each quarter and records what was withdrawn. ", 6)},
		{Text: "Exceptions", Strong: true},
		{Text: " are approved by Ελένη Παπαδοπούλου and expire after 90 days, Řízení přístupu included."},
	}
	blocks := make([]layout.Block, 27_000)
	for i := range blocks {
		blocks[i] = layout.Paragraph{Text: paragraph}
		if i%30 == 0 {
			blocks[i] = layout.Heading{Level: 2, Text: fmt.Sprintf("Heading %d", i)}
		}
	}
	benchmark(b, layout.Document{Title: "Text", Sections: []layout.Section{{Title: "Text", Blocks: blocks}}})
}

// BenchmarkTable writes some 3,000 landscape pages of one table. The aim is 1,000 pages/s under 128 MB.
func BenchmarkTable(b *testing.B) {
	t := &layout.Table{Caption: "All controls", Rows: tableRows(45_000), Columns: []layout.Column{
		{Title: "Control"}, {Title: "Title", Width: 3}, {Title: "Justification", Width: 6}, {Title: "Risks", Align: layout.Right}, {Title: "Date", Width: 1.5},
	}}
	benchmark(b, layout.Document{Title: "Table", Sections: []layout.Section{{Title: "Table", Landscape: true, Blocks: []layout.Block{t}}}})
}

func tableRows(n int) iter.Seq[layout.Row] {
	justification := "Contracts with customers and the risk of unauthorised access both demand it, and it runs since March of last year in all three offices."
	return func(yield func(layout.Row) bool) {
		for i := range n {
			row := layout.Row{Cells: []layout.Cell{
				layout.C(fmt.Sprintf("A.5.%d", i%37)), layout.C("Řízení přístupu, Ελένη Παπαδοπούλου"), layout.C(justification),
				{Text: layout.Plain("12"), Fill: "#f2c14e"},
				layout.C("2026-01-31"),
			}}
			if !yield(row) {
				return
			}
		}
	}
}

// benchmark writes the document to a file and reports pages per second and the peak of the heap.
func benchmark(b *testing.B, doc layout.Document) {
	path := filepath.Join(b.TempDir(), "document.pdf")
	peak := watchHeap(b)
	b.ReportAllocs()
	for b.Loop() {
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := pdf.Write(f, doc); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	pages := pageCount(b, path)
	b.ReportMetric(float64(pages), "pages")
	b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(peak())/1e6, "peak-MB")
}

// watchHeap samples the heap, garbage included, until the peak is asked for.
func watchHeap(b *testing.B) (peak func() uint64) {
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
		most := uint64(0)
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-stop:
				result <- most
				return
			case <-tick.C:
				metrics.Read(heap)
				most = max(most, heap[0].Value.Uint64()+heap[1].Value.Uint64())
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-result
	}
}
