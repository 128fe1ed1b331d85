package layouttest

import (
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// Texts gives every text of a document in reading order, as a reader of its file must find it: each title,
// label, paragraph, item, caption, header and cell that is not empty, with its spaces made single.
func Texts(doc layout.Document) []string {
	var t texts
	t.add(doc.Title, doc.Subtitle)
	for _, r := range doc.Control.Rows() {
		t.add(r[0], r[1])
	}
	for _, s := range doc.Sections {
		t.add(s.Title)
		for _, b := range s.Blocks {
			t.block(b)
		}
	}
	return t
}

// Words gives text with its spaces and line breaks made single, and none around it.
func Words(s string) string { return strings.Join(strings.Fields(layout.Printable(s)), " ") }

type texts []string

func (t *texts) add(all ...string) {
	for _, s := range all {
		if s = Words(s); s != "" {
			*t = append(*t, s)
		}
	}
}

func (t *texts) block(b layout.Block) {
	switch b := b.(type) {
	case layout.Heading:
		t.add(b.Text)
	case layout.Paragraph:
		t.add(shown(b.Text))
	case layout.List:
		for _, item := range b.Items {
			t.add(shown(item))
		}
	case *layout.Table:
		t.table(b)
	}
}

func (t *texts) table(table *layout.Table) {
	t.add(table.Caption)
	for _, c := range table.Columns {
		t.add(c.Title)
	}
	if table.Rows == nil {
		return
	}
	for r := range table.Rows {
		for _, c := range r.Cells {
			t.add(shown(c.Text))
		}
	}
}

// shown gives text as a writer shows it, span by span.
func shown(t layout.Text) string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(layout.Printable(s.Text))
	}
	return b.String()
}
