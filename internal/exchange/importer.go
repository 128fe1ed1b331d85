// Package exchange reads and writes what people and other tools have: YAML, CSV and XLSX. It turns files
// into records' nodes and back, and writes nothing itself.
package exchange

import (
	"context"

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
