// Package docx writes a document tree as a Word file (Office Open XML, ISO/IEC 29500, transitional).
//
// A file is a zip archive of XML parts. The parts are written one after the other in the order of
// their names, so that equal trees give equal bytes, and the body is streamed: a table's rows are
// never held in memory. The rows are read twice, once to learn what the other parts must declare
// (links, lists, the outline) and once to write them.
//
// What a document looks like is a style sheet, the house's own or that of a user's Template.
package docx

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// Write writes a document in the house style. Errors are those of the writer.
func Write(w io.Writer, doc layout.Document) error { return house().Write(w, doc) }

// Write writes a document in the template's styles. Errors are those of the writer.
func (t *Template) Write(w io.Writer, doc layout.Document) error {
	f := &file{look: t, doc: doc, survey: newSurvey(doc)}
	z := zip.NewWriter(w)
	for _, p := range f.parts() {
		if err := p.store(z); err != nil {
			return fmt.Errorf("docx: write %s: %w", p.name, err)
		}
	}
	return z.Close()
}

// file is one document on its way into an archive.
type file struct {
	look   *Template
	doc    layout.Document
	survey *survey
}

// part is one member of the archive; mime is empty where a default of the archive says it.
type part struct {
	name, mime string
	write      func(*markup)
}

// epoch dates every member of the archive, and a document that has no date.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (p part) store(z *zip.Writer) error {
	out, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: epoch})
	if err != nil {
		return err
	}
	m := &markup{out: bufio.NewWriterSize(out, 32<<10)}
	p.write(m)
	return m.out.Flush()
}

const (
	officeTypes  = "application/vnd.openxmlformats-officedocument."
	wordTypes    = officeTypes + "wordprocessingml."
	documentName = "word/document.xml"
	settingsName = "word/settings.xml"
)

// parts gives every part of the file in the order of the names.
func (f *file) parts() []part {
	parts := []part{
		{"_rels/.rels", "", packageRelations},
		{"docProps/app.xml", officeTypes + "extended-properties+xml", f.application},
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", f.properties},
		{relationsOf(documentName), "", f.relations},
		{documentName, wordTypes + "document.main+xml", f.document},
		{settingsName, wordTypes + "settings+xml", f.settings},
		{f.look.styles.name, wordTypes + "styles+xml", f.styles},
		{f.look.numbering.name, wordTypes + "numbering+xml", f.numbering},
	}
	for _, p := range pages {
		parts = append(parts,
			part{p.headerName(), wordTypes + "header+xml", func(m *markup) { f.header(m, p) }},
			part{p.footerName(), wordTypes + "footer+xml", func(m *markup) { f.footer(m, p) }})
	}
	parts = append(parts, f.look.carried...)
	parts = append(parts, part{"[Content_Types].xml", "", func(m *markup) { contentTypes(m, parts) }})
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return parts
}

func contentTypes(m *markup, parts []part) {
	m.put(declaration, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/>`)
	for _, p := range parts {
		if p.mime != "" {
			m.put(`<Override PartName="/`, escape(p.name), `" ContentType="`, escape(p.mime), `"/>`)
		}
	}
	m.put(`</Types>`)
}

func (f *file) styles(m *markup) { f.look.styles.write(m, f.language()) }

func (f *file) numbering(m *markup) { f.look.numbering.write(m, f.survey.orderedLists) }

func (f *file) language() string {
	if f.doc.Language == "" {
		return "en-GB"
	}
	return f.doc.Language
}
