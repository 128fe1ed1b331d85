package report

import (
	"fmt"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/risk"
)

// risks is what the risk reports read.
type risks struct {
	*Source
	list       []kind.Entry[isms.Risk]
	treatments map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]
	unbound    []kind.Entry[isms.Treatment] // treat no risk
	methods    map[string]kind.Entry[isms.Method]
	assets     map[string]kind.Entry[isms.Asset]
}

func (s *Source) risks() (*risks, error) {
	r := &risks{Source: s, treatments: map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]{}}
	var err error
	if r.list, err = kind.All[isms.Risk](s, s); err != nil {
		return nil, err
	}
	treatments, err := kind.All[isms.Treatment](s, s)
	if err != nil {
		return nil, err
	}
	for _, t := range treatments {
		if len(t.Data.Risks) == 0 {
			r.unbound = append(r.unbound, t)
		}
		for _, key := range t.Data.Risks {
			r.treatments[key] = append(r.treatments[key], t)
		}
	}
	if r.methods, err = kind.ByKey[isms.Method](s, s); err != nil {
		return nil, err
	}
	r.assets, err = kind.ByKey[isms.Asset](s, s)
	return r, err
}

// scale gives the matrix that a risk was assessed with.
func (r *risks) scale(d *isms.Risk) risk.Matrix {
	if m, ok := r.methods[string(d.Method)]; ok {
		return m.Data.Scale()
	}
	return risk.Matrix{}
}

// level gives a cell with the label and colour of a level; without one it is empty.
func (r *risks) level(d *isms.Risk, level *int) layout.Cell {
	if level == nil {
		return layout.Cell{}
	}
	m := r.scale(d)
	return layout.Cell{Text: layout.Plain(m.Label(*level)), Fill: m.Colour(*level)}
}

// point gives an assessment as likelihood and impact: "3 x 4".
func point(a *risk.Assessment) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf("%d x %d", a.Likelihood, a.Worst())
}

func (r *risks) assetNames(keys []kind.Ref[isms.Asset]) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = string(key)
		if a, ok := r.assets[string(key)]; ok {
			names[i] = a.Data.Title
		}
	}
	return strings.Join(names, "\n")
}
