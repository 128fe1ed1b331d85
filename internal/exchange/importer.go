package exchange

import (
	"context"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Importer takes registers over into one organisation. It knows the records that there are at one moment;
// Propose says what a table's columns mean, and Plan makes records of its rows. It writes nothing.
type Importer struct {
	kinds     *kind.Set
	index     index
	edition   standard.Edition
	methods   map[string]kind.Entry[isms.Method]
	method    *isms.Method // the one that new assessments use; nil where the organisation names none
	methodKey string
}

// NewImporter reads what an organisation has.
func NewImporter(ctx context.Context, r kind.Reader) (*Importer, error) {
	org, err := kind.Get[isms.Organisation](ctx, r, isms.OrganisationKey)
	if err != nil {
		return nil, err
	}
	im := &Importer{kinds: r.Kinds(), edition: org.Data.Edition.Standard(), methodKey: string(org.Data.Method)}
	if im.methods, err = kind.ByKey[isms.Method](ctx, r); err != nil {
		return nil, err
	}
	if m, ok := im.methods[im.methodKey]; ok {
		im.method = m.Data
	}
	im.index, err = loadIndex(ctx, r)
	return im, err
}

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

// Err gives the rows that cannot be placed as one *fault.Error, or nil.
func (p *Plan) Err(file string) error {
	var errs fault.Collector
	for _, u := range p.Unplaced {
		errs.Add(fault.Field{File: file, Line: u.Line, Message: u.Reason})
	}
	return errs.Err("nothing was changed: %d of %d rows cannot be placed; mend them, or leave them out with --partial",
		len(p.Unplaced), len(p.Unplaced)+len(p.Nodes))
}
