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
		columns[i] = kind.Node{Value: []kind.Member{
			{Name: "header", Node: kind.Node{Value: c.Header}}, {Name: "target", Node: kind.Node{Value: c.Target}},
		}}
	}
	return WriteYAML(w, []kind.Node{{Value: []kind.Member{
		{Name: "kind", Node: kind.Node{Value: m.Kind}}, {Name: "columns", Node: kind.Node{Value: columns}},
	}}})
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
	var m Mapping
	var errs fault.Collector
	m.Kind = textMember(nodes[0], "kind", name, &errs)
	columns, _ := nodes[0].Member("columns")
	list, _ := columns.Value.([]kind.Node)
	for _, n := range list {
		m.Columns = append(m.Columns, Column{textMember(n, "header", name, &errs), textMember(n, "target", name, &errs)})
	}
	return m, errs.Err("%s is no mapping", name)
}

func textMember(n kind.Node, member, file string, errs *fault.Collector) string {
	m, _ := n.Member(member)
	text, ok := m.Value.(string)
	if !ok {
		errs.Add(fault.Field{File: file, Line: n.Line, Column: n.Column, Path: member, Message: "a text is required"})
	}
	return text
}

// stages are the fields of a risk that hold an assessment.
var stages = []string{"inherent", "current", "planned"}

// part is a part of an assessment that a column can hold.
type part struct {
	stage     string
	dimension string // "likelihood", "impact" or "level"
	criterion string // of an impact; empty is the highest one
}

// partOf reads a target of a risk's column; ok is false for other targets.
func partOf(target string) (p part, ok bool) {
	var rest string
	p.stage, rest, ok = strings.Cut(target, ".")
	p.dimension, p.criterion, _ = strings.Cut(rest, ".")
	return p, ok && slices.Contains(stages, p.stage)
}

func (p part) target() string {
	if p.criterion != "" {
		return p.stage + "." + p.dimension + "." + p.criterion
	}
	return p.stage + "." + p.dimension
}

// columns gives where each column of a table goes, with the kind. Columns that the mapping does not name stay
// beside the fields.
func (m Mapping) columns(im *Importer, t *Table) (*kind.Schema, []Column, error) {
	schema, err := im.kinds.Named(m.Kind)
	if err != nil {
		return nil, nil, err
	}
	columns := make([]Column, len(t.Header))
	for i, h := range t.Header {
		columns[i] = Column{h, toAlso}
	}
	var errs fault.Collector
	taken := map[string]string{}
	for _, c := range m.Columns {
		at := slices.IndexFunc(t.Header, func(h string) bool { return fold(h) == fold(c.Header) })
		if at < 0 {
			errs.Addf(c.Header, "there is no such column")
			continue
		}
		if problem := im.refuse(schema, c.Target); problem != "" {
			errs.Addf(c.Header, "%s", problem)
		}
		if first, ok := taken[c.Target]; ok && c.Target != toAlso && c.Target != toNone {
			errs.Addf(c.Header, "the column %s goes to %s already", first, c.Target)
		}
		taken[c.Target] = c.Header
		columns[at].Target = c.Target
	}
	return schema, columns, errs.Err("the mapping does not fit %s, whose columns are %s", t.File, strings.Join(t.Header, ", "))
}

// refuse says why a column of a kind's register cannot go to a target; empty where it can.
func (im *Importer) refuse(s *kind.Schema, target string) string {
	if slices.Contains([]string{toKey, toAlso, toNone}, target) || target == toState && len(s.States) > 0 {
		return ""
	}
	if p, ok := partOf(target); ok && s.Name == isms.Risks.Name {
		return im.refusePart(p)
	}
	f := s.Field(target)
	if f == nil || !importable(f) {
		return fmt.Sprintf("%q is no field of the kind %s that a column can hold; there are %s", target, s.Name, strings.Join(targetsOf(s), ", "))
	}
	return ""
}

func (im *Importer) refusePart(p part) string {
	switch {
	case p.dimension == "likelihood" && p.criterion == "", p.dimension == "level" && p.criterion == "", p.dimension == "impact" && p.criterion == "":
		return ""
	case p.dimension != "impact":
		return fmt.Sprintf("an assessment has likelihood, impact and level, but no %s", p.dimension)
	case im.method == nil || !slices.Contains(criteriaOf(im.method), p.criterion):
		return fmt.Sprintf("%q is no impact criterion of the risk method; it has %s", p.criterion, strings.Join(criteriaOf(im.method), ", "))
	}
	return ""
}

// importable reports whether one cell of a register can hold the field.
func importable(f *kind.Field) bool { return f.Type != kind.Object && !f.Derived && !f.Retired }

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
