package docx

import (
	"path"
	"strings"
)

const (
	relationTypes  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	openRelations  = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	closeRelations = `</Relationships>`
	coreProperties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
	externalTarget = "External"
)

// relation says that a part, or the whole package, needs another part or address.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relationsOf gives the name of the part that holds a part's relations; those of the package have an
// empty name.
func relationsOf(name string) string {
	folder, base := path.Split(name)
	return folder + "_rels/" + base + ".rels"
}

// fromDocument gives a part's address as the document part sees it.
func fromDocument(name string) string {
	if near, ok := strings.CutPrefix(name, path.Dir(documentName)+"/"); ok {
		return near
	}
	return "/" + name
}

func (m *markup) relation(r relation) {
	m.put(`<Relationship Id="`, escape(r.ID), `" Type="`, escape(r.Type), `" Target="`, escape(r.Target), `"`)
	if r.Mode != "" {
		m.put(` TargetMode="`, r.Mode, `"`)
	}
	m.put(`/>`)
}

func packageRelations(m *markup) {
	m.put(openRelations)
	m.relation(relation{ID: "document", Type: relationTypes + "officeDocument", Target: documentName})
	m.relation(relation{ID: "core", Type: coreProperties, Target: "docProps/core.xml"})
	m.relation(relation{ID: "app", Type: relationTypes + "extended-properties", Target: "docProps/app.xml"})
	m.put(closeRelations)
}

// relations writes what the document part needs: its looks, headers and footers, and its links.
func (f *file) relations(m *markup) {
	m.put(openRelations)
	m.relation(relation{ID: "styles", Type: relationTypes + "styles", Target: fromDocument(f.look.stylesName)})
	m.relation(relation{ID: "numbering", Type: relationTypes + "numbering", Target: fromDocument(f.look.numberingName)})
	m.relation(relation{ID: "settings", Type: relationTypes + "settings", Target: fromDocument(settingsName)})
	for _, p := range pages {
		m.relation(relation{ID: p.headerID(), Type: relationTypes + "header", Target: fromDocument(p.headerName())})
		m.relation(relation{ID: p.footerID(), Type: relationTypes + "footer", Target: fromDocument(p.footerName())})
	}
	for _, r := range f.look.related {
		m.relation(r)
	}
	for i, address := range f.survey.targets {
		m.relation(relation{ID: linkID(i + 1), Type: relationTypes + "hyperlink", Target: address, Mode: externalTarget})
	}
	m.put(closeRelations)
}

// kind gives the last part of a relation's type, as in "styles", and "" for a type of another vocabulary.
func (r relation) kind() string {
	if name, ok := strings.CutPrefix(r.Type, relationTypes); ok {
		return name
	}
	return ""
}
