package exchange

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// Mapping says what a register's rows are, and where each of its columns goes.
type Mapping struct {
	Kind    string   `json:"kind"`
	Columns []Column `json:"columns"`
}

// Column is a heading and its target: the name of a field; "key" or "state"; "also", which keeps the text
// beside the fields under the heading; "-", which leaves the column out; and for risks the parts of the
// assessments: "inherent.likelihood", "inherent.impact.Financial" for one criterion, "inherent.impact" for
// the highest impact, "inherent.level" for the level that the method computes, and the same for "current"
// and "planned".
type Column struct {
	Header string `json:"header"`
	Target string `json:"target"`
}

// The targets that are no fields.
const (
	toKey   = "key"
	toState = "state"
	toAlso  = "also"
	toNone  = "-"
)

// Write writes the mapping as YAML, for ReadMapping.
func (m Mapping) Write(w io.Writer) error {
	columns := make([]kind.Node, len(m.Columns))
	for i, c := range m.Columns {
		columns[i] = kind.Node{Value: []kind.Member{member("header", c.Header), member("target", c.Target)}}
	}
	return WriteYAML(w, []kind.Node{{Value: []kind.Member{member("kind", m.Kind), member("columns", columns)}}})
}

// ReadMapping reads a mapping that Write, or a person, has written. An error is a *fault.Error with its place.
func ReadMapping(name string, r io.Reader) (Mapping, error) {
	nodes, err := ReadYAML(name, r)
	if err != nil {
		return Mapping{}, err
	}
	if len(nodes) != 1 {
		return Mapping{}, fault.New(fault.Invalid, "%s holds %d documents; a mapping is one, with kind and columns", name, len(nodes))
	}
	var errs fault.Collector
	text := func(n kind.Node, path string) string {
		m, _ := n.Member(path)
		text, ok := m.Value.(string)
		if !ok {
			errs.Add(fault.Field{File: name, Line: n.Line, Column: n.Column, Path: path, Message: "a text is required"})
		}
		return text
	}
	m := Mapping{Kind: text(nodes[0], "kind")}
	columns, _ := nodes[0].Member("columns")
	list, ok := columns.Value.([]kind.Node)
	if !ok {
		errs.Add(fault.Field{File: name, Line: columns.Line, Column: columns.Column, Path: "columns", Message: "a list is required, each with header and target"})
	}
	for _, n := range list {
		m.Columns = append(m.Columns, Column{text(n, "header"), text(n, "target")})
	}
	return m, errs.Err("%s is no mapping", name)
}

// columnsOf gives where each column of a table goes by a mapping, with the kind of the rows. Columns that the
// mapping does not name stay beside the fields.
func (im *Importer) columnsOf(t *Table, m Mapping) (*kind.Schema, []Column, error) {
	schema, err := im.kinds.Named(m.Kind)
	if err != nil {
		return nil, nil, err
	}
	columns := besideFields(t)
	var errs fault.Collector
	given, taken := map[int]bool{}, map[string]string{} // columns, and headings by their targets
	for _, c := range m.Columns {
		at := slices.IndexFunc(t.Header, func(h string) bool { return fold(h) == fold(c.Header) })
		if at < 0 {
			errs.Addf(c.Header, "there is no such column")
			continue
		}
		if given[at] {
			errs.Addf(c.Header, "the column stands in the mapping twice")
		}
		if problem := im.refuseTarget(schema, c.Target); problem != "" {
			errs.Addf(c.Header, "%s", problem)
		}
		if first, ok := taken[c.Target]; ok && c.Target != toAlso && c.Target != toNone {
			errs.Addf(c.Header, "the column %s goes to %s already", first, c.Target)
		}
		given[at], taken[c.Target] = true, c.Header
		columns[at].Target = c.Target
	}
	return schema, columns, errs.Err("the mapping does not fit %s, whose columns are %s", t.File, strings.Join(t.Header, ", "))
}

// besideFields sends all columns of a table beside the fields.
func besideFields(t *Table) []Column {
	columns := make([]Column, len(t.Header))
	for i, h := range t.Header {
		columns[i] = Column{h, toAlso}
	}
	return columns
}

// refuseTarget says why a column of a kind's register cannot go to a target; empty where it can.
func (im *Importer) refuseTarget(s *kind.Schema, target string) string {
	if p, ok := partOf(target); ok && s.Name == isms.Risks.Name {
		return im.refusePart(p)
	}
	if targets := targetsOf(s); !slices.Contains(targets, target) {
		return fmt.Sprintf("%q is no field of the kind %s that a column can hold; there are %s", target, s.Name, strings.Join(targets, ", "))
	}
	return ""
}

// importable reports whether one cell of a register can hold the field.
func importable(f *kind.Field) bool { return f.Type != kind.Object && !f.Derived && !f.Retired }

// targetsOf gives where columns of a kind's register can go, the parts of assessments aside.
func targetsOf(s *kind.Schema) []string {
	list := []string{toKey}
	if len(s.States) > 0 {
		list = append(list, toState)
	}
	for _, f := range s.Fields {
		if importable(f) {
			list = append(list, f.Name)
		}
	}
	return append(list, toAlso, toNone)
}
