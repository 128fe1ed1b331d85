package exchange

import (
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

// Plan is what an import would do.
type Plan struct {
	Mapping  Mapping    `json:"mapping"`
	New      []FileNode `json:"-"` // records that the register only names: roles, interested parties
	Nodes    []FileNode `json:"-"` // a record for each row that can be placed
	Columns  []Tally    `json:"columns"`
	Notes    []Note     `json:"notes"`
	Unplaced []Unplaced `json:"unplaced"`
}

// Unplaced is a row that no record can be made of.
type Unplaced struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// Tally counts what became of the cells of a column that hold something; each is counted once.
type Tally struct {
	Column
	Fields   int `json:"fields"`   // set a field
	Also     int `json:"also"`     // stand beside the fields only
	Compared int `json:"compared"` // are held against what Stele computes, and not stored
	Noted    int `json:"noted"`    // are told of in a note, and not stored
	LeftOut  int `json:"left_out"` // are in a column that the mapping leaves out
	Unplaced int `json:"unplaced"` // are in a row that cannot be placed
}

// fate is what became of a cell.
type fate int

const (
	blank fate = iota
	stored
	kept
	compared
	noted
	leftOut
)

func (t *Tally) count(f fate) {
	switch f {
	case blank:
	case stored:
		t.Fields++
	case kept:
		t.Also++
	case compared:
		t.Compared++
	case noted:
		t.Noted++
	case leftOut:
		t.LeftOut++
	}
}

// Plan makes a record of each row of a table. What a cell says is never lost: it sets a field, or stands
// beside the fields, or is told of in a note, or its row is listed as one that cannot be placed. A mapping that
// does not fit the table is a *fault.Error.
func (im *Importer) Plan(t *Table, m Mapping) (*Plan, error) {
	schema, columns, err := im.columnsOf(t, m)
	if err != nil {
		return nil, err
	}
	p := &Plan{
		Mapping: Mapping{schema.Name, columns}, Columns: make([]Tally, len(columns)),
		Notes: append([]Note{}, t.Notes...), Unplaced: []Unplaced{}, // no null in JSON
	}
	for i, c := range columns {
		p.Columns[i].Column = c
	}
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(r Row) bool { return p.unplace(r, r.Fault) })
	for {
		a := im.attempt(schema, columns, rows)
		var placed []Row
		for _, d := range a.drafts {
			if !p.unplace(d.Row, strings.Join(d.refused, "; ")) {
				placed = append(placed, d.Row)
			}
		}
		if len(placed) == len(rows) {
			p.take(a, t.File)
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
func (p *Plan) take(a *attempt, file string) {
	for _, m := range a.resolver.made {
		p.New = append(p.New, FileNode{m.node(), file})
	}
	for _, d := range a.drafts {
		p.Nodes = append(p.Nodes, FileNode{d.node, file})
		p.Notes = append(p.Notes, d.notes...)
		for i, f := range d.fates {
			p.Columns[i].count(f)
		}
	}
	slices.SortStableFunc(p.Notes, func(a, b Note) int { return a.Line - b.Line })
	slices.SortStableFunc(p.Unplaced, func(a, b Unplaced) int { return a.Line - b.Line })
}

// Err gives the rows that cannot be placed as one *fault.Error, or nil.
func (p *Plan) Err(file string) error {
	var errs fault.Collector
	for _, u := range p.Unplaced {
		errs.Add(fault.Field{File: file, Line: u.Line, Message: u.Reason})
	}
	return errs.Err("nothing was changed: %d of %d rows cannot be placed; mend them, or leave them out with --partial",
		len(p.Unplaced), len(p.Unplaced)+len(p.Nodes))
}
