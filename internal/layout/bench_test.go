package layout_test

import (
	"io"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

func BenchmarkHTML(b *testing.B) { benchmark(b, layout.WriteHTML) }

func BenchmarkMarkdown(b *testing.B) { benchmark(b, layout.WriteMarkdown) }

func benchmark(b *testing.B, write writer) {
	doc := layouttest.Register(10_000, 15)
	b.ReportAllocs()
	for b.Loop() {
		if err := write(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}
