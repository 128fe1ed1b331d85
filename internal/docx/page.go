package docx

import "strconv"

// page is an A4 sheet of one orientation; lengths are in twips, twentieths of a point.
type page struct {
	name          string
	width, height int
	orient        string
}

var (
	portrait  = page{name: "Portrait", width: 11906, height: 16838}
	landscape = page{name: "Landscape", width: 16838, height: 11906, orient: ` w:orient="landscape"`}
	pages     = []page{portrait, landscape}
)

const (
	marginTop    = 1587
	marginBottom = 1304
	marginSide   = 1247
	headerFrom   = 737 // from the edge of the sheet
	footerFrom   = 624
)

// textWidth is the width between the margins.
func (p page) textWidth() int { return p.width - 2*marginSide }

// textHeight is the height between the margins.
func (p page) textHeight() int { return p.height - marginTop - marginBottom }

func (p page) headerID() string   { return "header" + p.name }
func (p page) footerID() string   { return "footer" + p.name }
func (p page) headerName() string { return "word/" + p.headerID() + ".xml" }
func (p page) footerName() string { return "word/" + p.footerID() + ".xml" }

// section writes the properties of a section on such pages.
func (p page) section(m *markup) {
	m.put(`<w:sectPr><w:headerReference w:type="default" r:id="`, p.headerID(), `"/>`)
	p.sheet(m)
}

// cover writes the properties of a first section, which has no header.
func (p page) cover(m *markup) {
	m.put(`<w:sectPr>`)
	p.sheet(m)
}

func (p page) sheet(m *markup) {
	m.put(`<w:footerReference w:type="default" r:id="`, p.footerID(), `"/>`,
		`<w:pgSz w:w="`, strconv.Itoa(p.width), `" w:h="`, strconv.Itoa(p.height), `"`, p.orient, `/>`,
		`<w:pgMar w:top="`, strconv.Itoa(marginTop), `" w:right="`, strconv.Itoa(marginSide),
		`" w:bottom="`, strconv.Itoa(marginBottom), `" w:left="`, strconv.Itoa(marginSide),
		`" w:header="`, strconv.Itoa(headerFrom), `" w:footer="`, strconv.Itoa(footerFrom), `" w:gutter="0"/></w:sectPr>`)
}

// header writes the running header: the organisation on the left, what the document is on the right.
func (f *file) header(m *markup, p page) {
	m.put(declaration, `<w:hdr`, namespaces, `>`)
	f.running(m, p, "Header", f.doc.Control.Organisation)
	m.run(joined(f.doc.Title, f.doc.Control.ID))
	m.put(`</w:p></w:hdr>`)
}

// footer writes the running footer: the classification on the left, the page's number on the right.
func (f *file) footer(m *markup, p page) {
	m.put(declaration, `<w:ftr`, namespaces, `>`)
	f.running(m, p, "Footer", f.doc.Control.Classification)
	m.run("Page ")
	m.field("PAGE", "1")
	m.run(" of ")
	m.field("NUMPAGES", strconv.Itoa(f.survey.pageCount))
	m.put(`</w:p></w:ftr>`)
}

// running opens a paragraph with text on the left and what follows on the right.
func (f *file) running(m *markup, p page, style, left string) {
	m.put(`<w:p><w:pPr><w:pStyle w:val="`, f.look.styles.ids[style], `"/>`)
	// The tab stop is for LibreOffice before 7.6, which takes w:ptab for an ordinary tab.
	m.rightStop(p.textWidth(), f.look.styles.stops[style], "")
	m.put(`</w:pPr>`)
	m.run(left)
	m.put(`<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>`)
}

// rightStop writes a tab stop on the right, with a leader if any, in place of those that the style has.
func (m *markup) rightStop(at int, instead []int, leader string) {
	m.put(`<w:tabs>`)
	for _, stop := range instead {
		if stop != at {
			m.put(`<w:tab w:val="clear" w:pos="`, strconv.Itoa(stop), `"/>`)
		}
	}
	m.put(`<w:tab w:val="right"`, leader, ` w:pos="`, strconv.Itoa(at), `"/></w:tabs>`)
}

// field writes a field that Word computes when it lays out a page.
func (m *markup) field(instruction, result string) {
	m.put(`<w:fldSimple w:instr=" `, instruction, ` ">`)
	m.run(result)
	m.put(`</w:fldSimple>`)
}

func joined(title, id string) string {
	if title == "" || id == "" {
		return title + id
	}
	return title + " · " + id
}
