package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/store"
)

// Input is one record as a file gives it: an object with kind, key and the fields to be set.
type Input struct {
	Node kind.Node
	File string // for messages
}

// fault gives a field error with its place: that of the path in the input, or of what is nearest to it.
func (in Input) fault(record, path, message string) fault.Field {
	at := in.Node.At(path)
	return fault.Field{File: in.File, Line: at.Line, Column: at.Column, Record: record, Path: path, Message: message}
}

// label names a record in messages, and in maps of them.
func label(s *kind.Schema, key string) string { return s.Name + " " + key }

// Outcome is what became, or would become, of one record.
type Outcome struct {
	Kind    string        `json:"kind"`
	Key     string        `json:"key"`
	Name    string        `json:"name"`
	Op      Op            `json:"op"`
	Changes []kind.Change `json:"changes,omitempty"`
	Cause   string        `json:"cause,omitempty"` // of a change that follows from others
}

// Op is what an apply does with a record.
type Op string

// The operations.
const (
	Create    Op = "create"
	Update    Op = "update"
	Unchanged Op = "unchanged"
)

// mode says whether the transaction of an apply is kept.
type mode int

const (
	write mode = iota
	rehearse
)

// Apply creates and updates records, all of them or none. An error names every wrong place.
func (d *Door) Apply(ctx context.Context, inputs []Input) ([]Outcome, error) {
	return d.apply(ctx, inputs, store.Change{}, write)
}

// Diff gives what Apply would do, and does nothing.
func (d *Door) Diff(ctx context.Context, inputs []Input) ([]Outcome, error) {
	return d.apply(ctx, inputs, store.Change{}, rehearse)
}

// errRehearsed ends the transaction of a Diff.
var errRehearsed = errors.New("rehearsed")

func (d *Door) apply(ctx context.Context, inputs []Input, c store.Change, m mode) ([]Outcome, error) {
	c.By = d.actor
	var outcomes []Outcome
	err := d.app.store.Update(ctx, d.org, d.key, func(tx *store.Tx) error {
		w, err := d.writer(ctx, tx, c)
		if err != nil {
			return err
		}
		a := &applier{writer: w, seen: map[string]Input{}}
		if err := a.run(inputs); err != nil {
			return err
		}
		outcomes = slices.Concat(a.outcomes, w.outcomes)
		if m == rehearse {
			return errRehearsed
		}
		return nil
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return outcomes, err
}

// applier works through the records of one apply and gathers what is wrong with them.
type applier struct {
	*writer
	seen     map[string]Input // by kind and key
	outcomes []Outcome
	errs     fault.Collector
}

// maxErrors bounds how many wrong places are told at once.
const maxErrors = 100

func (a *applier) run(inputs []Input) error {
	work := make([]job, 0, len(inputs))
	for _, in := range inputs {
		if j, ok := a.job(in); ok {
			work = append(work, j)
		}
	}
	// Kinds are written in the order of the set: what others are computed from comes first.
	slices.SortStableFunc(work, func(x, y job) int { return cmp.Compare(x.order, y.order) })
	for _, j := range work { // before any key is given away
		if err := a.tx.ReserveKey(j.schema, j.key); err != nil {
			return err
		}
	}
	for _, j := range work {
		if err := a.one(j); err != nil {
			if err := a.note(j.Input, j.label(), err); err != nil {
				return err
			}
		}
	}
	if err := a.finish(func(key string) Input { return a.seen[key] }, &a.errs); err != nil {
		return err
	}
	return a.errs.Err("nothing was changed: the input is not valid")
}

// job is an input whose kind is known.
type job struct {
	Input
	schema *kind.Schema
	order  int
	key    string
}

// label names the record in messages: by its key, and one that has none yet by its name.
func (j job) label() string {
	if j.key != "" {
		return label(j.schema, j.key)
	}
	naming := slices.IndexFunc(j.schema.Fields, func(f *kind.Field) bool { return f.Naming })
	return strings.TrimSpace(label(j.schema, textOf(j.Node, j.schema.Fields[naming].Name)))
}

func (a *applier) job(in Input) (job, bool) {
	name, key := textOf(in.Node, "kind"), textOf(in.Node, "key")
	if _, ok := in.Node.Member("key"); ok && key == "" {
		a.errs.Add(in.fault(name, "key", "expected text, as in RISK-0001"))
		return job{}, false
	}
	schema, err := a.kinds().Named(name)
	if err != nil {
		message := err.Error()
		if name == "" {
			message = "a record names its kind, as in kind: risk"
		}
		a.errs.Add(in.fault("", "kind", message))
		return job{}, false
	}
	j := job{Input: in, schema: schema, order: slices.Index(a.kinds().Schemas, schema), key: key}
	if key == "" {
		return j, true
	}
	if first, ok := a.seen[j.label()]; ok {
		a.errs.Add(in.fault(j.label(), "key", fmt.Sprintf("the key stands here for the second time; the first is at %s", place(first))))
		return job{}, false
	}
	a.seen[j.label()] = in
	return j, true
}

func place(in Input) string {
	return fault.Field{File: in.File, Line: in.Node.Line, Message: "the record"}.String()
}

func textOf(n kind.Node, name string) string {
	m, _ := n.Member(name)
	s, _ := m.Value.(string)
	return strings.TrimSpace(s)
}

// note takes an error about the input into the list. It gives the error that ends the apply: one of another
// sort (after a conflict the transaction is of no use), or the list when it is long enough.
func (a *applier) note(in Input, label string, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code == fault.Internal || f.Code == fault.Conflict {
		return err
	}
	fields := f.Fields
	if len(fields) == 0 {
		fields = []fault.Field{{Message: f.Message}}
	}
	for _, field := range fields {
		at := in.Node.At(field.Path)
		if field.Line == 0 {
			field.Line, field.Column = at.Line, at.Column
		}
		field.File, field.Record = in.File, label
		a.errs.Add(field)
	}
	a.refused[label] = true
	if a.errs.Len() < maxErrors {
		return nil
	}
	return a.errs.Err("nothing was changed: the input is not valid; the first %d places are", a.errs.Len())
}

func (a *applier) one(j job) error {
	before, err := a.c.Record(a.c, j.schema, j.key)
	if j.key == "" || fault.Is(err, fault.NotFound) {
		return a.create(j)
	}
	if err != nil {
		return err
	}
	after := before.Clone()
	if err := after.Input(j.Node); err != nil {
		return err
	}
	if after.State != before.State {
		founding, err := a.founding(before)
		if err != nil {
			return err
		}
		if !founding {
			return fault.Invalidf("state", "%s is %s; a state changes by an action%s", j.key, before.State, actionTo(before, after.State))
		}
		if after, err = replacement(j, before); err != nil {
			return err
		}
	}
	if err := a.derive(after); err != nil {
		return err
	}
	changes := kind.Diff(before, after)
	if len(changes) == 0 {
		a.outcomes = append(a.outcomes, Outcome{Kind: j.schema.Name, Key: j.key, Name: after.Name(), Op: Unchanged})
		return nil
	}
	if err := after.Guard(before); err != nil {
		return err
	}
	a.outcomes = append(a.outcomes, Outcome{Kind: j.schema.Name, Key: j.key, Name: after.Name(), Op: Update, Changes: changes})
	return a.put(after, "edit")
}

// founding reports whether a record is as init made it.
func (a *applier) founding(r *kind.Record) (bool, error) {
	if r.Rev != 1 {
		return false, nil
	}
	history, err := a.tx.History(r.Schema, r.Key)
	return err == nil && history[0].Action == actionInit, err
}

// replacement gives a file's record, state and all, in the place of one that init drafted: so that an export
// can be applied into a new organisation.
func replacement(j job, drafted *kind.Record) (*kind.Record, error) {
	r := j.schema.New()
	r.ID, r.Key, r.Rev, r.Created = drafted.ID, drafted.Key, drafted.Rev, drafted.Created
	r.Imported = true
	return r, r.Input(j.Node)
}

// actionTo says which action leads a record to another state, its own or that of another kind.
func actionTo(r *kind.Record, state string) string {
	for _, action := range r.Schema.Actions {
		if action.To == state && (len(action.From) == 0 || slices.Contains(action.From, r.State)) {
			return fmt.Sprintf(": stele do %s %s", r.Key, action.Name)
		}
	}
	if way := isms.Way(r.Schema, r.State, state); way != "" {
		return ": " + way
	}
	return fmt.Sprintf(", and none leads from there to %s; a %s has %s", state, r.Schema.Name, actionNames(r.Schema))
}

func (a *applier) create(j job) error {
	r := j.schema.New()
	r.Key = j.key
	if err := r.Input(j.Node); err != nil {
		return err
	}
	r.Imported = r.State != j.schema.Initial()
	if err := a.add(r); err != nil {
		return err
	}
	a.seen[label(j.schema, r.Key)] = j.Input
	a.outcomes = append(a.outcomes, Outcome{Kind: j.schema.Name, Key: r.Key, Name: r.Name(), Op: Create, Changes: kind.Diff(nil, r)})
	return nil
}

// Do executes an action on a record; input has the action's fields.
func (d *Door) Do(ctx context.Context, key, action string, input kind.Node) ([]Outcome, error) {
	schema, err := isms.Kinds.ByKey(key)
	if err != nil {
		return nil, err
	}
	act := schema.Action(action)
	if act == nil {
		return nil, fault.New(fault.NotFound, "there is no action %q for the kind %s; it has %s", action, schema.Name, actionNames(schema))
	}
	var outcomes []Outcome
	err = d.app.store.Update(ctx, d.org, d.key, func(tx *store.Tx) error {
		w, err := d.writer(ctx, tx, store.Change{By: d.actor, Action: action, Cause: key + " " + action})
		if err != nil {
			return err
		}
		before, err := w.c.Record(ctx, schema, key)
		if err != nil {
			return err
		}
		after := before.Clone()
		if err := act.Run(w.c, after, input); err != nil {
			return err
		}
		if err := w.derive(after); err != nil {
			return err
		}
		w.outcomes = append([]Outcome{{Kind: schema.Name, Key: key, Name: after.Name(), Op: Update, Changes: kind.Diff(before, after)}}, w.outcomes...)
		if err := w.put(after, action); err != nil {
			return err
		}
		outcomes = w.outcomes
		var errs fault.Collector
		if err := w.finish(func(string) Input { return Input{Node: input} }, &errs); err != nil {
			return err
		}
		return errs.Err("%s of %s is not valid", action, key)
	})
	return outcomes, err
}

func actionNames(s *kind.Schema) string {
	if len(s.Actions) == 0 {
		return "none"
	}
	names := make([]string, len(s.Actions))
	for i, a := range s.Actions {
		names[i] = a.Name
	}
	return strings.Join(names, ", ")
}
