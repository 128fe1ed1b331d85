package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Plan makes a record of each row of a table. What a cell says is never lost: it sets a field, or stands
// beside the fields, or is told of in a note, or its row is listed as one that cannot be placed.
func (im *Importer) Plan(t *Table, m Mapping) (*Plan, error) {
	schema, columns, err := m.columns(im, t)
	if err != nil {
		return nil, err
	}
	p := &Plan{Mapping: Mapping{schema.Name, columns}, Notes: append([]Note{}, t.Notes...), Unplaced: []Unplaced{}, Columns: make([]Tally, len(columns))}
	for i, c := range columns {
		p.Columns[i].Column = c
	}
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(r Row) bool { return p.unplace(r, r.Fault) })
	for {
		a := im.attempt(t.File, schema, columns)
		a.work(rows)
		placed := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return p.unplace(r, a.refused[r.Line]) })
		if len(placed) == len(rows) {
			p.take(a)
			return p, nil
		}
		rows = placed // anew: others may have referred to what is not placed
	}
}

// unplace notes a row that cannot be placed for a reason, and reports whether there is one.
func (p *Plan) unplace(r Row, reason string) bool {
	if reason == "" {
		return false
	}
	p.Unplaced = append(p.Unplaced, Unplaced{r.Line, reason})
	for i, text := range r.Cells {
		if text != "" && i < len(p.Columns) {
			p.Columns[i].Unplaced++
		}
	}
	return true
}

// take takes over what an attempt has made.
func (p *Plan) take(a *attempt) {
	for _, m := range a.resolver.made {
		p.New = append(p.New, FileNode{m.node(), a.file})
	}
	for _, d := range a.drafts {
		p.Nodes = append(p.Nodes, FileNode{d.node(), a.file})
		p.Notes = append(p.Notes, d.notes...)
		for i, f := range d.fates {
			p.Columns[i].count(f)
		}
	}
	slices.SortStableFunc(p.Notes, func(a, b Note) int { return a.Line - b.Line })
	slices.SortStableFunc(p.Unplaced, func(a, b Unplaced) int { return a.Line - b.Line })
}

// fate is what became of a cell.
type fate int

const (
	blank fate = iota
	toField
	besides
	compared
	noted
	leftOut
)

func (t *Tally) count(f fate) {
	switch f {
	case blank:
	case toField:
		t.Fields++
	case besides:
		t.Also++
	case compared:
		t.Compared++
	case noted:
		t.Noted++
	case leftOut:
		t.LeftOut++
	}
}

// attempt is one way through the rows of a table.
type attempt struct {
	*Importer
	file     string
	schema   *kind.Schema
	columns  []Column
	byTarget map[string]int // column, by target
	resolver *resolver
	taken    map[string]int // line of the row that has a key
	drafts   []*draft
	refused  map[int]string // why a row cannot be placed, by line
}

func (im *Importer) attempt(file string, s *kind.Schema, columns []Column) *attempt {
	a := &attempt{Importer: im, file: file, schema: s, columns: columns, byTarget: map[string]int{}, taken: map[string]int{}, refused: map[int]string{}}
	a.resolver = &resolver{index: im.index.clone(), mentioned: map[*kind.Schema]map[string]bool{}}
	for i, c := range columns {
		if c.Target != toAlso && c.Target != toNone {
			a.byTarget[c.Target] = i
		}
	}
	return a
}

// work makes drafts of all rows: first who they are, so that rows can refer to each other, then the rest.
func (a *attempt) work(rows []Row) {
	for _, r := range rows {
		d := &draft{attempt: a, Row: r, fates: make([]fate, len(a.columns)), fields: map[string]any{}, also: map[string]string{}}
		d.identify()
		a.drafts = append(a.drafts, d)
	}
	for _, d := range a.drafts {
		if d.key == "" && len(d.refused) == 0 {
			d.key = a.names().next()
		}
		if d.key != "" {
			a.names().add(d.key, d.cell("reference"), d.cell(namingOf(a.schema)))
		}
		a.mention(d)
	}
	for _, d := range a.drafts {
		if len(d.refused) == 0 {
			d.fill()
		}
		if len(d.refused) > 0 {
			a.refused[d.Line] = strings.Join(d.refused, "; ")
		}
	}
}

func (a *attempt) names() *names { return a.resolver.index[a.schema] }

// mention notes the names that fill a cell of their own.
func (a *attempt) mention(d *draft) {
	for i, c := range a.columns {
		f := a.schema.Field(c.Target)
		if f == nil || f.Type != kind.Reference || !f.Target.Nameable || len(splitAll(d.Cells[i])) != 1 {
			continue
		}
		if a.resolver.mentioned[f.Target] == nil {
			a.resolver.mentioned[f.Target] = map[string]bool{}
		}
		a.resolver.mentioned[f.Target][fold(d.Cells[i])] = true
	}
}

// namingOf gives the name of the field that names a kind's records.
func namingOf(s *kind.Schema) string {
	for _, f := range s.Fields {
		if f.Naming {
			return f.Name
		}
	}
	return ""
}

// identify finds the key of the row's record: that of the column of keys, of the record with the same
// reference, or, for a row that has neither, with the same name. It stays empty for a new record.
func (d *draft) identify() {
	key, refuse := d.givenKey()
	if refuse == "" && key != "" && d.taken[key] != 0 {
		refuse = fmt.Sprintf("%s stands on line %d already", key, d.taken[key])
	}
	if refuse != "" {
		d.refused = append(d.refused, refuse)
		return
	}
	if key == "" {
		key = d.sameName()
	}
	if key == "" && d.needsKey() {
		d.refused = append(d.refused, fmt.Sprintf("the row names no %s", d.schema.Name))
		return
	}
	if key == "" {
		d.earlier()
		return
	}
	d.key, d.taken[key] = key, d.Line
	d.existing = d.names().records[key]
	d.names().reserve(key)
}

// needsKey reports whether the row cannot be a new record. Below a heading of control numbers a row without one is
// mostly the heading of a chapter.
func (d *draft) needsKey() bool {
	_, numbered := d.byTarget[toKey]
	return d.schema.Prefix == "" || d.schema.Name == isms.Controls.Name && numbered
}

// givenKey gives the key by what identifies the row in the register.
func (d *draft) givenKey() (key, refuse string) {
	if text := d.cell(toKey); text != "" {
		return d.readKey(text)
	}
	if keys := d.index[d.schema].byReference[fold(d.cell("reference"))]; len(keys) == 1 {
		return keys[0], ""
	}
	return "", ""
}

// earlier refuses a new record whose reference a row before has.
func (d *draft) earlier() {
	id := "reference " + fold(d.cell("reference"))
	if d.cell("reference") == "" {
		return
	}
	if line := d.taken[id]; line != 0 {
		d.refused = append(d.refused, fmt.Sprintf("%s stands on line %d already", d.cell("reference"), line))
		return
	}
	d.taken[id] = d.Line
}

// sameName gives the first record of the row's name that no row before has taken.
func (d *draft) sameName() string {
	if d.cell("reference") != "" {
		return ""
	}
	for _, key := range d.index[d.schema].byName[fold(d.cell(namingOf(d.schema)))] {
		if d.taken[key] == 0 {
			return key
		}
	}
	return ""
}

// readKey reads a key of the row's kind, for controls in any spelling.
func (d *draft) readKey(text string) (key, refuse string) {
	if upper := strings.ToUpper(text); d.schema.KeyFits(upper) && !strings.HasPrefix(upper, "A.") {
		return upper, ""
	}
	if d.schema.Name != isms.Controls.Name {
		return "", fmt.Sprintf("%q is no key of the kind %s; they look like %s-0001", text, d.schema.Name, d.schema.Prefix)
	}
	numbers, rest := standard.FindNumbers(d.edition, text)
	switch {
	case len(numbers) == 1 && rest == "":
		return numbers[0], ""
	case len(numbers) > 0:
		return "", fmt.Sprintf("%q is more than the number of one control", text)
	}
	_, err := standard.Lookup(d.edition, text)
	if err == nil {
		return "", fmt.Sprintf("%q is not the number of a control", text)
	}
	return "", err.Error()
}

// node gives a record of nothing but its name.
func (m made) node() kind.Node {
	return stamp(kind.Node{Value: []kind.Member{
		{Name: "kind", Node: kind.Node{Value: m.schema.Name}},
		{Name: "key", Node: kind.Node{Value: m.key}},
		{Name: namingOf(m.schema), Node: kind.Node{Value: m.name}},
	}}, m.line)
}

// stamp puts a line to a node and all in it.
func stamp(n kind.Node, line int) kind.Node {
	n.Line = line
	switch v := n.Value.(type) {
	case []kind.Node:
		for i := range v {
			v[i] = stamp(v[i], line)
		}
	case []kind.Member:
		for i := range v {
			v[i].Node = stamp(v[i].Node, line)
		}
	}
	return n
}

// node gives the record as files hold it.
func (d *draft) node() kind.Node {
	members := []kind.Member{{Name: "kind", Node: kind.Node{Value: d.schema.Name}}, {Name: "key", Node: kind.Node{Value: d.key}}}
	if d.state != "" {
		members = append(members, kind.Member{Name: "state", Node: kind.Node{Value: d.state}})
	}
	for _, f := range d.schema.Fields {
		if value, ok := d.fields[f.Name]; ok {
			members = append(members, kind.Member{Name: f.Name, Node: kind.Node{Value: value}})
		}
	}
	also, had := d.besides()
	if len(also) > 0 || had {
		list := make([]kind.Member, 0, len(also))
		for _, heading := range slices.Sorted(maps.Keys(also)) {
			list = append(list, kind.Member{Name: heading, Node: kind.Node{Value: also[heading]}})
		}
		members = append(members, kind.Member{Name: toAlso, Node: kind.Node{Value: list}})
	}
	return stamp(kind.Node{Value: members}, d.Line)
}

// besides gives all that will stand beside the record's fields, and whether something does now: what other
// registers have put there stays.
func (d *draft) besides() (also map[string]string, had bool) {
	also = map[string]string{}
	if d.existing != nil {
		maps.Copy(also, d.existing.Also)
		had = len(also) > 0
	}
	for _, c := range d.columns {
		delete(also, c.Header)
	}
	maps.Copy(also, d.also)
	return also, had
}
