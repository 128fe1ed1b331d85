package report_test

import (
	"context"
	"encoding/json"
	"io"
	"runtime"
	"runtime/metrics"
	"slices"
	"testing"
	"time"

	"github.com/stele-isms/stele/examples"
	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/report"
	"github.com/stele-isms/stele/internal/standard"
)

// BenchmarkStatement makes the sample organisation's Statement of Applicability from its records, in each
// format and in all six. The aim is half a second for the six together.
func BenchmarkStatement(b *testing.B) {
	door := sample(b)
	formats := append([]string{"json"}, report.Formats...)
	for _, format := range formats {
		b.Run(format, func(b *testing.B) { benchmarkStatement(b, door, format) })
	}
	b.Run("six-formats", func(b *testing.B) { benchmarkStatement(b, door, formats...) })
}

func benchmarkStatement(b *testing.B, door *app.Door, formats ...string) {
	for b.Loop() {
		read(b, door, func(src *report.Source) error {
			for _, format := range formats {
				if err := writeStatement(src, format); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// writeStatement makes the statement anew, as each call of the command line does.
func writeStatement(src *report.Source, format string) error {
	st, err := src.Current()
	if err != nil {
		return err
	}
	if format == "json" {
		return json.NewEncoder(io.Discard).Encode(st.JSON())
	}
	return report.Write(io.Discard, format, src.SoA(st))
}

// BenchmarkRiskRegister makes a risk register of 10,000 risks as XLSX, from the records on. The aim is a
// second, and 64 MB of heap at the peak.
func BenchmarkRiskRegister(b *testing.B) {
	door := sample(b)
	multiply(b, door, 10_000)
	register, err := report.Named("risk-register")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	peak := watchHeap()
	for b.Loop() {
		runtime.GC() // each register from a clean heap, as on the command line
		read(b, door, func(src *report.Source) error {
			doc, err := register.Build(src)
			if err != nil {
				return err
			}
			return report.Write(io.Discard, "xlsx", doc)
		})
	}
	b.ReportMetric(float64(peak())/1e6, "peak-MB")
}

// sample gives the sample organisation after its whole story.
func sample(b *testing.B) *app.Door {
	b.Helper()
	ctx, now := context.Background(), time.Now()
	story, err := examples.Story(standard.Edition2022, now)
	if err != nil {
		b.Fatal(err)
	}
	clock := story[0].At
	config := app.Config{Data: b.TempDir(), Now: func() time.Time { return clock }}
	a, door, err := app.Init(ctx, config, app.Founding{Name: examples.Name, Edition: isms.Edition(standard.Edition2022), Sample: true, Library: library(b)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = a.Close() })
	for _, step := range story {
		clock = step.At
		apply(b, door, step.Apply)
		for _, action := range step.Action {
			if _, err := door.As(action.Person).Do(ctx, action.Key, action.Name, kind.Node{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	return door
}

// library gives the threats and vulnerabilities that the sample refers to.
func library(b *testing.B) []app.Input {
	b.Helper()
	nodes, err := exchange.Library(standard.Edition2022)
	if err != nil {
		b.Fatal(err)
	}
	inputs := make([]app.Input, len(nodes))
	for i, n := range nodes {
		inputs[i] = app.Input{Node: n, File: "library"}
	}
	return inputs
}

// multiply adds copies of the sample's risks under new keys until there are n.
func multiply(b *testing.B, door *app.Door, n int) {
	b.Helper()
	var risks []app.Input
	read(b, door, func(src *report.Source) error {
		list, err := kind.All[isms.Risk](src, src)
		for _, r := range list {
			node := r.Export()
			members := slices.DeleteFunc(node.Value.([]kind.Member), func(m kind.Member) bool { return m.Name == "key" || m.Name == "acceptance" })
			risks = append(risks, app.Input{Node: kind.Node{Value: members}})
		}
		return err
	})
	copies := make([]app.Input, n-len(risks))
	for i := range copies {
		copies[i] = risks[i%len(risks)]
	}
	apply(b, door, copies)
}

func apply(b *testing.B, door *app.Door, inputs []app.Input) {
	b.Helper()
	if len(inputs) == 0 {
		return
	}
	if _, err := door.Apply(context.Background(), inputs); err != nil {
		b.Fatal(err)
	}
}

// read runs fn on the records as they are.
func read(b *testing.B, door *app.Door, fn func(*report.Source) error) {
	b.Helper()
	ctx := context.Background()
	err := door.View(ctx, time.Time{}, func(r kind.Reader) error {
		src, err := report.NewSource(ctx, r, time.Now())
		if err != nil {
			return err
		}
		return fn(src)
	})
	if err != nil {
		b.Fatal(err)
	}
}

// watchHeap looks at the heap each millisecond until it is asked for the highest size it saw: objects in
// use and those that are not yet swept.
func watchHeap() (peak func() uint64) {
	done, result := make(chan struct{}), make(chan uint64)
	go func() {
		highest := uint64(0)
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-done:
				result <- highest
				return
			case <-tick.C:
				metrics.Read(sample)
				highest = max(highest, sample[0].Value.Uint64())
			}
		}
	}()
	return func() uint64 {
		close(done)
		return <-result
	}
}
