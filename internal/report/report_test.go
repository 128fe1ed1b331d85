package report_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/report"
)

// press is a small organisation with a fixed clock and ids.
type press struct {
	*app.Door
	t   *testing.T
	now time.Time
}

// founded gives the press with its registers, every control decided, nothing approved.
func founded(t *testing.T) *press {
	t.Helper()
	t.Parallel()
	p := &press{t: t, now: time.Date(2026, 1, 12, 8, 0, 0, 0, time.UTC)}
	ids := 0
	config := app.Config{Data: t.TempDir(), Now: func() time.Time { return p.now }, NewID: func() string {
		ids++
		return fmt.Sprintf("%032x", ids)
	}}
	a, door, err := app.Init(t.Context(), config, app.Founding{Name: "Ostrov Letterpress", Edition: "2022", Method: isms.DefaultMethod()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	p.Door = door
	p.apply(decisions())
	p.apply(register(t, "registers.yaml"))
	return p
}

// decisions takes every control of Annex A as good practice; the registers say more about some.
func decisions() []app.Input {
	var inputs []app.Input
	for _, r := range isms.AnnexA("2022") {
		c := r.Data.(*isms.Control)
		c.Applicability, c.Status, c.Justification = "applicable", "planned", "Good practice in a printing house: "+r.Key+"."
		inputs = append(inputs, app.Input{Node: r.Export()})
	}
	return inputs
}

func register(t *testing.T, name string) []app.Input {
	t.Helper()
	files, err := exchange.ReadFolder(os.DirFS("testdata"), ".")
	if err != nil {
		t.Fatal(err)
	}
	var inputs []app.Input
	for _, f := range files {
		if f.File == name {
			inputs = append(inputs, app.Input{Node: f.Node, File: f.File})
		}
	}
	return inputs
}

func (p *press) apply(inputs []app.Input) {
	p.t.Helper()
	if _, err := p.Apply(p.t.Context(), inputs); err != nil {
		p.t.Fatal(err)
	}
}

// do takes an action on a day.
func (p *press) do(day, as, key, action string) {
	p.t.Helper()
	p.day(day)
	if _, err := p.As(as).Do(p.t.Context(), key, action, kind.Node{}); err != nil {
		p.t.Fatal(err)
	}
}

func (p *press) day(day string) {
	p.now = kind.Date(day).Time().Add(9 * time.Hour)
}

// approved takes the press to the first approved version.
func approved(t *testing.T) *press {
	t.Helper()
	p := founded(t)
	p.do("2026-02-02", "PER-0001", "RM-0001", "approve")
	p.do("2026-02-03", "PER-0002", "ACC-0001", "approve")
	p.do("2026-02-03", "PER-0001", "SOA-0001", "approve")
	return p
}

// twice takes the press to the second approved version.
func twice(t *testing.T) *press {
	t.Helper()
	p := approved(t)
	p.day("2026-03-02")
	p.apply(register(t, "changes.yaml"))
	p.do("2026-03-05", "PER-0001", "SOA-0002", "approve")
	p.day("2026-03-10")
	return p
}

// source calls fn with what reports are made from, as of a day; an empty day is now.
func (p *press) source(day string, fn func(*report.Source) error) {
	p.t.Helper()
	var at time.Time
	shown := p.now
	if day != "" {
		at = kind.Date(day).Time().AddDate(0, 0, 1)
		shown = at
	}
	err := p.View(p.t.Context(), at, func(r kind.Reader) error {
		src, err := report.NewSource(p.t.Context(), r, shown)
		if err != nil {
			return err
		}
		return fn(src)
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// halting gives the first risk and then an error, as when the connection breaks.
type halting struct{ kind.Reader }

var errHalted = errors.New("the connection broke")

func (h halting) Records(ctx context.Context, s *kind.Schema, q kind.Query) iter.Seq2[*kind.Record, error] {
	return func(yield func(*kind.Record, error) bool) {
		for r, err := range h.Reader.Records(ctx, s, q) {
			if !yield(r, err) || s.Name == "risk" && !yield(nil, errHalted) {
				return
			}
		}
	}
}

func TestARegisterThatIsNotWholeIsAnError(t *testing.T) {
	p := founded(t)
	p.source("", func(src *report.Source) error {
		for _, format := range report.Formats {
			whole, err := report.NewSource(t.Context(), halting{src.Reader}, src.At)
			if err != nil {
				return err
			}
			register, err := report.Named("risk-register")
			if err != nil {
				return err
			}
			doc, err := register.Build(whole)
			if err != nil {
				return err
			}
			if err := report.Write(io.Discard, format, doc); !errors.Is(err, errHalted) {
				t.Errorf("%s: %v", format, err)
			}
		}
		return nil
	})
}
