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

// fromDocument gives the relation of the document part to a part of a kind.
func fromDocument(id, kind, name string) relation {
	target, near := strings.CutPrefix(name, path.Dir(documentName)+"/")
	if !near {
		target = "/" + name
	}
	return relation{ID: id, Type: relationTypes + kind, Target: target}
}

// relationsOf gives the name of the part that holds a part's relations; those of the package have an
// empty name.
func relationsOf(name string) string {
	folder, base := path.Split(name)
	return folder + "_rels/" + base + ".rels"
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
	m.relation(fromDocument("styles", "styles", f.look.styles.name))
	m.relation(fromDocument("numbering", "numbering", f.look.numbering.name))
	m.relation(fromDocument("settings", "settings", settingsName))
	for _, p := range pages {
		m.relation(fromDocument(p.headerID(), "header", p.headerName()))
		m.relation(fromDocument(p.footerID(), "footer", p.footerName()))
	}
	for _, r := range f.look.related {
		m.relation(r)
	}
	for _, r := range f.survey.external {
		m.relation(r)
	}
	m.put(closeRelations)
}
