package docx

import (
	"strings"
	"time"
)

// properties writes the core properties: what a file manager and a document register show.
func (f *file) properties(m *markup) {
	c := f.doc.Control
	date := c.Date
	if date.IsZero() {
		date = epoch
	}
	stamp := date.UTC().Format(time.RFC3339)
	m.put(declaration, `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"`,
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"`,
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	m.property(`dc:title`, f.doc.Title)
	m.property(`dc:subject`, f.doc.Subtitle)
	m.property(`dc:creator`, c.Organisation)
	m.property(`dc:identifier`, c.ID)
	m.property(`dc:language`, f.language())
	m.property(`cp:category`, c.Classification)
	m.property(`cp:contentStatus`, c.Status)
	m.property(`cp:version`, c.Version)
	m.property(`dcterms:created xsi:type="dcterms:W3CDTF"`, stamp)
	m.property(`dcterms:modified xsi:type="dcterms:W3CDTF"`, stamp)
	m.put(`</cp:coreProperties>`)
}

func (f *file) application(m *markup) {
	m.put(declaration, `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">`)
	m.property(`Application`, "Stele")
	m.property(`Company`, f.doc.Control.Organisation)
	m.put(`</Properties>`)
}

// property writes an element that holds only text, and nothing when the text is empty.
func (m *markup) property(tag, text string) {
	if text == "" {
		return
	}
	name, _, _ := strings.Cut(tag, " ")
	m.put(`<`, tag, `>`, escape(text), `</`, name, `>`)
}

// settings declares the behaviour of Word 2013 and later, without which Word opens the file in
// compatibility mode, and which of a theme's colours play which part.
func (f *file) settings(m *markup) {
	language := escape(f.language())
	m.put(declaration, `<w:settings`, namespaces, `><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>`,
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`,
		`<w:themeFontLang w:val="`, language, `"/>`,
		`<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"`,
		` w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>`,
		`</w:settings>`)
}
