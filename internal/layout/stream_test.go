package layout_test

import (
	"errors"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

var writers = map[string]writer{"HTML": layout.WriteHTML, "Markdown": layout.WriteMarkdown}

func TestRowsAreWrittenWhileTheyAreYielded(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			doc := layouttest.Register(2_000, 3)
			table := doc.Sections[0].Blocks[0].(*layout.Table)
			var sent, halfway counter
			rows, seen := table.Rows, 0
			table.Rows = func(yield func(layout.Row) bool) {
				rows(func(r layout.Row) bool {
					if seen++; seen == 1_000 {
						halfway = sent
					}
					return yield(r)
				})
			}
			if err := write(&sent, doc); err != nil {
				t.Fatal(err)
			}
			if halfway < sent/4 {
				t.Errorf("only %d of %d bytes were sent at half of the rows", halfway, sent)
			}
		})
	}
}

// counter counts the bytes that are sent to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func TestAnErrorOfTheWriterIsReturned(t *testing.T) {
	broken := errors.New("the disk is full")
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			if err := write(failing{broken}, layouttest.Register(2_000, 3)); !errors.Is(err, broken) {
				t.Errorf("got %v", err)
			}
		})
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
