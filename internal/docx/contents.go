package docx

import (
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

const (
	shortDocument = 2 // sections that need no contents list
	contentsDepth = 2 // the lowest level of heading in it
)

// contentsList writes the contents list as the field that Word makes of one, so that a reader can
// update it, with its entries in place.
func (b *body) contentsList() {
	b.put(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	b.line("TOCHeading", "Contents")
	for i, e := range b.contents {
		style := "TOC" + strconv.Itoa(e.level)
		b.open(style)
		b.rightStop(portrait.textWidth(), b.look.styles.stops[style], b.leader())
		b.put(`</w:pPr>`)
		if i == 0 {
			b.fieldBegin(`TOC \o "1-` + strconv.Itoa(contentsDepth) + `" \h \z`)
		}
		b.contentsEntry(e)
		if i == len(b.contents)-1 {
			b.fieldEnd()
		}
		b.put(`</w:p>`)
	}
	b.put(`</w:sdtContent></w:sdt>`)
}

// leader gives the dots to a page number, where there is one to lead to.
func (b *body) leader() string {
	if b.look.measured {
		return ` w:leader="dot"`
	}
	return ""
}

func (b *body) contentsEntry(e *entry) {
	b.put(`<w:hyperlink w:anchor="`, e.bookmark, `" w:history="1">`)
	b.run(strings.ReplaceAll(layout.Printable(e.text), "\n", " "))
	b.put(`<w:r><w:rPr><w:rStyle w:val="`, b.look.styles.ids["ReportMuted"], `"/></w:rPr><w:tab/></w:r>`)
	b.fieldBegin(`PAGEREF ` + e.bookmark + ` \h`)
	if b.look.measured {
		b.run(strconv.Itoa(e.page))
	}
	b.fieldEnd()
	b.put(`</w:hyperlink>`)
}

// fieldBegin opens a field; what is written up to fieldEnd is its result.
func (b *body) fieldBegin(instruction string) {
	b.put(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> `, escape(instruction),
		` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`)
}

func (b *body) fieldEnd() { b.put(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`) }
