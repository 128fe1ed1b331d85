package docx

import (
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// text writes spans as runs, in a colour where one is given.
func (b *body) text(t layout.Text, ink layout.Colour) {
	for _, s := range t {
		b.span(s, ink)
	}
}

// span writes a run, inside a link when it has one that leads somewhere.
func (b *body) span(s layout.Span, ink layout.Colour) {
	attribute, target := "r:id", b.links[s.Href()]
	if anchor, ok := strings.CutPrefix(s.Link, "#"); ok {
		attribute, target = "w:anchor", b.anchors[anchor]
	}
	switch {
	case target != "":
		b.put(`<w:hyperlink `, attribute, `="`, target, `" w:history="1">`)
		b.styledRun(s, "Hyperlink", ink)
		b.put(`</w:hyperlink>`)
	case s.Muted:
		b.styledRun(s, "ReportMuted", ink)
	default:
		b.styledRun(s, "", ink)
	}
}

// styledRun writes a run in a character style, or in none.
func (b *body) styledRun(s layout.Span, style string, ink layout.Colour) {
	b.put(`<w:r>`)
	if style != "" || s.Strong || s.Emph || ink != "" {
		b.runProperties(s, style, ink)
	}
	b.characters(s.Text)
	b.put(`</w:r>`)
}

func (b *body) runProperties(s layout.Span, style string, ink layout.Colour) {
	b.put(`<w:rPr>`)
	if style != "" {
		b.put(`<w:rStyle w:val="`, b.look.styles.ids[style], `"/>`)
	}
	if s.Strong {
		b.put(`<w:b/><w:bCs/>`)
	}
	if s.Emph {
		b.put(`<w:i/><w:iCs/>`)
	}
	if ink != "" {
		b.put(`<w:color w:val="`, hexOf(ink), `"/>`)
	}
	b.put(`</w:rPr>`)
}

// hexOf gives a colour as Word writes it, "1F4B8E"; "" when it is none.
func hexOf(c layout.Colour) string {
	if _, _, _, ok := c.RGB(); !ok {
		return ""
	}
	return strings.ToUpper(string(c[1:]))
}
