package xlsx_test

import (
	"io"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/layout/layouttest"
	"github.com/stele-isms/stele/internal/xlsx"
)

// BenchmarkWrite writes a register of 10,000 records of 15 columns. The target is a second and 64 MB of
// heap at the peak.
func BenchmarkWrite(b *testing.B) {
	doc := layouttest.Register(10_000, 15)
	b.ReportAllocs()
	stop := watchHeap()
	for b.Loop() {
		if err := xlsx.Write(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(stop())/1e6, "peak-MB")
}

// watchHeap looks at the heap each millisecond until it is told to stop, and then gives its highest size:
// objects in use and those that are not yet swept.
func watchHeap() (stop func() uint64) {
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		highest := uint64(0)
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				peak <- highest
				return
			case <-tick.C:
				metrics.Read(sample)
				highest = max(highest, sample[0].Value.Uint64())
			}
		}
	}()
	return func() uint64 {
		close(done)
		return <-peak
	}
}
