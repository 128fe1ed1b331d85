package exchange

import "github.com/stele-isms/stele/internal/kind"

// attempt is one way through the rows of a table.
type attempt struct {
	*Importer
	schema     *kind.Schema
	columns    []Column
	byTarget   map[string]int // column, by target
	resolver   *resolver
	keys       map[string]int // line of the row that has a key
	references map[string]int // line of the new record that has a reference, folded
	drafts     []*draft
}

// attempt makes drafts of all rows: first who they are, so that rows can refer to each other, then the rest.
func (im *Importer) attempt(s *kind.Schema, columns []Column, rows []Row) *attempt {
	a := &attempt{
		Importer: im, schema: s, columns: columns, byTarget: map[string]int{},
		resolver: newResolver(im.index.clone()), keys: map[string]int{}, references: map[string]int{},
	}
	for i, c := range columns {
		if c.Target != toAlso && c.Target != toNone {
			a.byTarget[c.Target] = i
		}
	}
	for _, r := range rows {
		d := &draft{attempt: a, Row: r, fates: make([]fate, len(columns)), fields: map[string]any{}, also: map[string]string{}}
		d.identify()
		a.drafts = append(a.drafts, d)
	}
	for _, d := range a.drafts {
		if d.key == "" && len(d.refused) == 0 {
			d.key = a.names().next()
		}
		if d.key != "" {
			a.names().add(d.key, d.cell("reference"), d.cell(namingOf(s)))
		}
		a.mention(d)
	}
	for _, d := range a.drafts {
		if len(d.refused) == 0 {
			d.fill()
		}
	}
	return a
}

func (a *attempt) names() *names { return a.resolver.index[a.schema] }

// mention notes the names that fill a cell of their own.
func (a *attempt) mention(d *draft) {
	for i, c := range a.columns {
		f := a.schema.Field(c.Target)
		if f != nil && f.Type == kind.Reference && f.Target.Nameable && len(splitAll(d.Cells[i])) == 1 {
			a.resolver.mention(f.Target, d.Cells[i])
		}
	}
}
