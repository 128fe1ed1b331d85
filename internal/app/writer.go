package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/store"
)

// writer writes the records of one transaction and remembers them for the checks at its end. It is the
// kind.Writer that actions see.
type writer struct {
	tx       *store.Tx
	c        *kind.Context
	memory   memory // what derivations have read
	change   store.Change
	written  []*kind.Record
	outcomes []Outcome       // of what actions wrote beside their own record
	refused  map[string]bool // records of the input with an error of their own, by kind and key
}

func (d *Door) writer(ctx context.Context, tx *store.Tx, c store.Change) (*writer, error) {
	reader := tx.Reader()
	zone, err := Location(ctx, reader)
	if err != nil {
		return nil, err
	}
	w := &writer{tx: tx, memory: memory{reader, map[string]*kind.Record{}}, change: c, refused: map[string]bool{}}
	w.c = &kind.Context{
		Context: ctx, Reader: reader, Now: tx.At(), Today: kind.DateOf(tx.At().In(zone)), Actor: d.actor, Org: d.org, Writer: w,
	}
	return w, nil
}

func (w *writer) kinds() *kind.Set { return w.c.Kinds() }

// memory is a reader that reads a record once, until it is written anew. It is for those who change nothing
// that they read.
type memory struct {
	kind.Reader
	records map[string]*kind.Record // by kind and key
}

func (m memory) Record(ctx context.Context, s *kind.Schema, key string) (*kind.Record, error) {
	id := label(s, key)
	if r, ok := m.records[id]; ok {
		return r, nil
	}
	r, err := m.Reader.Record(ctx, s, key)
	if err == nil {
		m.records[id] = r
	}
	return r, err
}

// derive computes the derived fields of a record. All of an apply reads the risk method once.
func (w *writer) derive(r *kind.Record) error {
	c := *w.c
	c.Reader = w.memory
	return r.Derive(&c)
}

// Save writes a record that an action changed beside its own.
func (w *writer) Save(r *kind.Record) error {
	before, err := w.c.Record(w.c, r.Schema, r.Key)
	if err != nil {
		return err
	}
	if err := w.derive(r); err != nil {
		return err
	}
	changes := kind.Diff(before, r)
	if len(changes) == 0 {
		return nil
	}
	w.outcomes = append(w.outcomes, Outcome{Kind: r.Schema.Name, Key: r.Key, Name: r.Name(), Op: Update, Changes: changes, Cause: w.change.Cause})
	return w.put(r, "edit")
}

// Create writes a new record for an action.
func (w *writer) Create(r *kind.Record) (*kind.Record, error) {
	if err := w.add(r); err != nil {
		return nil, err
	}
	w.outcomes = append(w.outcomes, Outcome{Kind: r.Schema.Name, Key: r.Key, Name: r.Name(), Op: Create, Changes: kind.Diff(nil, r)})
	return r, nil
}

// add writes a new record, with the next key of its kind where it has none.
func (w *writer) add(r *kind.Record) (err error) {
	if r.Key == "" {
		if r.Schema.Prefix == "" {
			return fault.Invalidf("key", "it needs a key")
		}
		if r.Key, err = w.tx.NextKey(r.Schema); err != nil {
			return err
		}
	} else if err := w.tx.ReserveKey(r.Schema, r.Key); err != nil {
		return err
	}
	if err := w.derive(r); err != nil {
		return err
	}
	return w.put(r, "create")
}

func (w *writer) put(r *kind.Record, action string) error {
	if err := r.Validate(); err != nil {
		return err
	}
	c := w.change
	if c.Action == "" {
		c.Action = action
	}
	delete(w.memory.records, label(r.Schema, r.Key))
	w.written = append(w.written, r)
	return w.tx.Put(r, c)
}

// finish checks what only shows when all is written: that references point to something, that chains have
// an end, that risks are accepted by what they name, and that the person who acts is there. input gives the
// file's record for a kind and key.
func (w *writer) finish(input func(label string) Input, errs *fault.Collector) error {
	if err := w.dangling(input, errs); err != nil {
		return err
	}
	if err := w.circles(input, errs); err != nil {
		return err
	}
	if err := w.acceptances(input, errs); err != nil {
		return err
	}
	if err := w.facts(input, errs); err != nil {
		return err
	}
	return w.actor()
}

// actor refuses a person who is not known, or not with the organisation today.
func (w *writer) actor() error {
	if w.c.Actor == "" {
		return nil
	}
	p, err := kind.Get[isms.Person](w.c, w.c, w.c.Actor)
	switch {
	case fault.Is(err, fault.NotFound):
		return fault.New(fault.Forbidden, "--as names %s, and there is no such person", w.c.Actor)
	case err != nil:
		return err
	case p.Archived:
		return fault.New(fault.Forbidden, "%s is archived and acts no more", p.Key)
	case p.Data.Since > w.c.Today:
		return fault.New(fault.Forbidden, "%s is with the organisation from %s on and does not act yet", p.Key, p.Data.Since)
	case p.Data.Until != "" && p.Data.Until < w.c.Today:
		return fault.New(fault.Forbidden, "%s was with the organisation until %s and acts no more", p.Key, p.Data.Until)
	}
	return nil
}

// facts opens excluded controls again whose fact no longer holds by what was written. One that was excluded just
// now on a fact that does not hold is refused.
func (w *writer) facts(input func(string) Input, errs *fault.Collector) error {
	kinds, decided := map[string]bool{}, map[string]bool{}
	for _, r := range w.written {
		kinds[r.Schema.Name] = true
		decided[r.Key] = true
	}
	contradicted, err := isms.Contradicted(w.c, kinds)
	if err != nil {
		return err
	}
	for _, ctl := range contradicted {
		record := label(ctl.Schema, ctl.Key)
		if decided[ctl.Key] {
			errs.Add(input(record).fault(record, "fact", "it does not hold: "+ctl.Data.Fact))
			continue
		}
		ctl.Data.Applicability = "undecided"
		if err := w.saveBecause(ctl.Record, "the fact that the exclusion rests on no longer holds: "+ctl.Data.Fact); err != nil {
			return err
		}
	}
	return nil
}

// saveBecause writes a change that follows from others.
func (w *writer) saveBecause(r *kind.Record, cause string) error {
	change := w.change
	defer func() { w.change = change }()
	w.change.Cause = cause
	return w.Save(r)
}

// acceptances refuses risks that name an acceptance by which they were not accepted.
func (w *writer) acceptances(input func(string) Input, errs *fault.Collector) error {
	var risks []kind.Entry[isms.Risk]
	for _, r := range w.written {
		if risk, ok := r.Data.(*isms.Risk); ok && risk.Acceptance != "" {
			risks = append(risks, isms.Risks.As(r))
		}
	}
	if len(risks) == 0 {
		return nil
	}
	acceptances, err := kind.ByKey[isms.Acceptance](w.c, w.c)
	if err != nil {
		return err
	}
	for _, r := range risks {
		a, ok := acceptances[string(r.Data.Acceptance)]
		if !ok {
			continue // it is missed among the references
		}
		if why := isms.NotAcceptedBy(r, a); why != "" {
			record := label(r.Schema, r.Key)
			errs.Add(input(record).fault(record, "acceptance", why))
		}
	}
	return nil
}

func (w *writer) dangling(input func(string) Input, errs *fault.Collector) error {
	wanted := map[*kind.Schema]map[string]bool{}
	for _, r := range w.written {
		r.References(func(f *kind.Field, _, key string) {
			if wanted[f.Target] == nil {
				wanted[f.Target] = map[string]bool{}
			}
			wanted[f.Target][key] = true
		})
	}
	missing := map[string]string{}
	for schema, keys := range wanted {
		found, err := w.tx.Exists(schema, slices.Sorted(maps.Keys(keys)))
		if err != nil {
			return err
		}
		for key := range keys {
			if target := label(schema, key); !found[key] && !w.refused[target] {
				missing[target] = w.missing(schema, key)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	for _, r := range w.written {
		r.References(func(f *kind.Field, path, key string) {
			if why, ok := missing[label(f.Target, key)]; ok {
				record := label(r.Schema, r.Key)
				errs.Add(input(record).fault(record, path, why))
			}
		})
	}
	return nil
}

func (w *writer) missing(s *kind.Schema, key string) string {
	org, err := kind.Get[isms.Organisation](w.c, w.c, isms.OrganisationKey)
	if err != nil {
		return kind.Missing(s, key).Error()
	}
	return isms.Missing(org.Data.Edition, s, key)
}

// circles refuses chains of references that return to their start.
func (w *writer) circles(input func(string) Input, errs *fault.Collector) error {
	checked := map[*kind.Field]bool{}
	for _, r := range w.written {
		for _, f := range r.Schema.Fields {
			if !f.Acyclic || checked[f] {
				continue
			}
			if _, refers := f.Get(r.Data); !refers {
				continue // it closes no circle: none leads on from it
			}
			checked[f] = true
			edges, err := w.tx.EdgesOf(r.Schema, f.Name)
			if err != nil {
				return err
			}
			if circle := circle(edges); len(circle) > 0 {
				circle = w.fromInput(r.Schema, circle)
				record := label(r.Schema, circle[0])
				errs.Add(input(record).fault(record, f.Name, "the references run in a circle: "+strings.Join(circle, " > ")))
			}
		}
	}
	return nil
}

// fromInput turns a circle so that it begins with a record that was written just now.
func (w *writer) fromInput(s *kind.Schema, circle []string) []string {
	ring := circle[:len(circle)-1]
	i := slices.IndexFunc(ring, func(key string) bool {
		return slices.ContainsFunc(w.written, func(r *kind.Record) bool { return r.Schema == s && r.Key == key })
	})
	if i < 0 {
		return circle
	}
	ring = slices.Concat(ring[i:], ring[:i])
	return append(ring, ring[0])
}

// circle gives the keys of a circle among references, its first key again at the end, or nothing.
func circle(edges []store.Edge) []string {
	next := map[string][]string{}
	for _, e := range edges {
		next[e.Key] = append(next[e.Key], e.Target)
	}
	const unseen, open, done = 0, 1, 2
	state := map[string]int{}
	var trail []string
	var visit func(key string) []string
	visit = func(key string) []string {
		switch state[key] {
		case done:
			return nil
		case open:
			return append(slices.Clone(trail[slices.Index(trail, key):]), key)
		}
		state[key] = open
		trail = append(trail, key)
		for _, target := range next[key] {
			if found := visit(target); found != nil {
				return found
			}
		}
		trail = trail[:len(trail)-1]
		state[key] = done
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(next)) {
		if found := visit(key); found != nil {
			return found
		}
	}
	return nil
}
