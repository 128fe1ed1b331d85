package docx

import (
	"bufio"
	"io"
	"strings"
	"unicode"
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

// characters writes what stands inside a run: text, with line breaks and tabs as the elements that
// Word wants for them.
func (m *markup) characters(s string) {
	for s != "" {
		end := strings.IndexAny(s, "\n\t")
		if end < 0 {
			end = len(s)
		}
		if end > 0 {
			m.put(`<w:t xml:space="preserve">`, escape(s[:end]), `</w:t>`)
		}
		if end == len(s) {
			return
		}
		if s[end] == '\n' {
			m.put(`<w:br/>`)
		} else {
			m.put(`<w:tab/>`)
		}
		s = s[end+1:]
	}
}

// run writes a run of plain text.
func (m *markup) run(s string) {
	m.put(`<w:r>`)
	m.characters(s)
	m.put(`</w:r>`)
}

var entities = strings.NewReplacer(`&`, `&amp;`, `<`, `&lt;`, `>`, `&gt;`, `"`, `&quot;`)

// escape makes a string fit for text and attributes: control characters go, bytes that are not
// UTF-8 become U+FFFD.
func escape(s string) string { return entities.Replace(strings.Map(legal, s)) }

// legal drops the runes that XML 1.0 forbids (2.2) and the other control characters.
func legal(r rune) rune {
	if r == '\n' || r == '\t' {
		return r
	}
	if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}
