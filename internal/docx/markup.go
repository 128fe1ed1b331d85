package docx

import (
	"bufio"
	"io"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// markup writes the XML of one part. The first error stays, and flush gives it.
type markup struct {
	out *bufio.Writer
	err error
}

func newMarkup(w io.Writer) *markup { return &markup{out: bufio.NewWriterSize(w, 32<<10)} }

// put writes markup as it stands.
func (m *markup) put(pieces ...string) {
	for _, s := range pieces {
		if m.err == nil {
			_, m.err = m.out.WriteString(s)
		}
	}
}

func (m *markup) flush() error {
	if m.err != nil {
		return m.err
	}
	return m.out.Flush()
}

// characters writes what stands inside a run: text, with the elements that Word wants for breaks.
func (m *markup) characters(s string) {
	for i, line := range strings.Split(layout.Printable(s), "\n") {
		if i > 0 {
			m.put(`<w:br/>`)
		}
		if line != "" {
			m.put(`<w:t xml:space="preserve">`, entities.Replace(line), `</w:t>`)
		}
	}
}

// run writes a run of plain text.
func (m *markup) run(s string) {
	m.put(`<w:r>`)
	m.characters(s)
	m.put(`</w:r>`)
}

var entities = strings.NewReplacer(`&`, `&amp;`, `<`, `&lt;`, `>`, `&gt;`, `"`, `&quot;`)

// escape makes a string fit for text and attributes.
func escape(s string) string { return entities.Replace(layout.Printable(s)) }
