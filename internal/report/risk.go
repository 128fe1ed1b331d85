package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/risk"
)

// ratings is what the cells of a risk are made of.
type ratings struct {
	*Source
	methods map[string]kind.Entry[isms.Method]
	scales  map[kind.Ref[isms.Method]]risk.Matrix
	assets  map[string]kind.Entry[isms.Asset]
}

func (s *Source) ratings() (*ratings, error) {
	r := &ratings{Source: s, scales: map[kind.Ref[isms.Method]]risk.Matrix{}}
	var err error
	if r.methods, err = kind.ByKey[isms.Method](s, s); err != nil {
		return nil, err
	}
	for key, m := range r.methods {
		r.scales[kind.Ref[isms.Method](key)] = m.Data.Scale()
	}
	r.assets, err = kind.ByKey[isms.Asset](s, s)
	return r, err
}

// risks is what the risk reports read that look at all risks at once.
type risks struct {
	*ratings
	list       []kind.Entry[isms.Risk]
	treatments map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]
	unbound    []kind.Entry[isms.Treatment] // treat no risk
	left       []kind.Entry[isms.Treatment] // are still to be done, for risks that are all closed or archived
}

func (s *Source) risks() (*risks, error) {
	ratings, err := s.ratings()
	if err != nil {
		return nil, err
	}
	r := &risks{ratings: ratings, treatments: map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]{}}
	if r.list, err = kind.All[isms.Risk](s, s); err != nil {
		return nil, err
	}
	treatments, err := kind.All[isms.Treatment](s, s)
	if err != nil {
		return nil, err
	}
	standing := map[kind.Ref[isms.Risk]]bool{}
	for _, e := range r.list {
		standing[kind.Ref[isms.Risk](e.Key)] = e.State != "closed"
	}
	for _, t := range treatments {
		switch {
		case len(t.Data.Risks) == 0:
			r.unbound = append(r.unbound, t)
		case toBeDone(t) && !slices.ContainsFunc(t.Data.Risks, func(key kind.Ref[isms.Risk]) bool { return standing[key] }):
			r.left = append(r.left, t)
		}
		for _, key := range t.Data.Risks {
			r.treatments[key] = append(r.treatments[key], t)
		}
	}
	return r, nil
}

func toBeDone(t kind.Entry[isms.Treatment]) bool {
	return t.State == "planned" || t.State == "in progress"
}

// scale gives the matrix that a risk was assessed with.
func (r *ratings) scale(d *isms.Risk) risk.Matrix { return r.scales[d.Method] }

// level gives a cell with the label and colour of a level; without one it is empty.
func (r *ratings) level(d *isms.Risk, level *int) layout.Cell {
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

func (r *ratings) assetNames(keys []kind.Ref[isms.Asset]) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = string(key)
		if a, ok := r.assets[string(key)]; ok {
			names[i] = a.Data.Title
		}
	}
	return strings.Join(names, "\n")
}
