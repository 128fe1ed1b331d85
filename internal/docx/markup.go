package docx

import (
	"bufio"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// markup writes the XML of one part. After an error nothing more is written: out keeps it.
type markup struct {
	out *bufio.Writer
	err error // of out
}

// put writes markup as it stands.
func (m *markup) put(pieces ...string) {
	for _, s := range pieces {
		_, m.err = m.out.WriteString(s)
	}
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
