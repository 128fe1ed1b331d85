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
	target := b.target(s)
	if target == "" {
		b.styledRun(s, b.charStyle(s), ink)
		return
	}
	b.put(`<w:hyperlink `, target, ` w:history="1">`)
	b.styledRun(s, b.look.styles.ids["Hyperlink"], ink)
	b.put(`</w:hyperlink>`)
}

// target gives a span's link as the attribute of a hyperlink; "" for one that leads nowhere, whose
// text is then written as text.
func (b *body) target(s layout.Span) string {
	if anchor, ok := strings.CutPrefix(s.Link, "#"); ok {
		return attribute("w:anchor", b.anchors[anchor])
	}
	return attribute("r:id", b.links[s.Href()])
}

func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return name + `="` + value + `"`
}

func (b *body) charStyle(s layout.Span) string {
	if s.Muted {
		return b.look.styles.ids["ReportMuted"]
	}
	return ""
}

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
		b.put(`<w:rStyle w:val="`, style, `"/>`)
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
