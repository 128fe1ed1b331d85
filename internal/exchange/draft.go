package exchange

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// draft is the record that a row becomes.
type draft struct {
	*attempt
	Row
	key      string
	existing *kind.Record // nil for a new one
	state    string
	fields   map[string]any    // values of nodes
	also     map[string]string // by heading
	fates    []fate            // of the cells
	notes    []Note
	refused  []string // why the row cannot be placed
}

// cell gives the text that goes to a target; empty where no column does.
func (d *draft) cell(target string) string {
	if i, ok := d.byTarget[target]; ok {
		return d.Cells[i]
	}
	return ""
}

func (d *draft) note(column int, text string) {
	if text != "" {
		d.notes = append(d.notes, Note{d.Line, d.columns[column].Header, text})
	}
}

// keep puts the text of a cell beside the fields.
func (d *draft) keep(column int, note string) {
	d.also[d.columns[column].Header] = d.Cells[column]
	d.fates[column] = besides
	d.note(column, note)
}

// fill reads the cells of a row whose key is known.
func (d *draft) fill() {
	for i, c := range d.columns {
		switch {
		case d.Cells[i] == "":
		case c.Target == toAlso:
			d.keep(i, "")
		case c.Target == toNone:
			d.fates[i] = leftOut
		case c.Target == toKey:
			d.fates[i] = toField
		case c.Target == toState:
			d.setState(i)
		}
	}
	for _, f := range d.schema.Fields { // in the order of the kind, so that the order of columns makes no difference
		if i, ok := d.byTarget[f.Name]; ok && d.Cells[i] != "" {
			d.set(f, i)
		}
	}
	if d.schema.Name == isms.Risks.Name {
		d.assess()
	}
	if len(d.refused) == 0 {
		d.refused = d.try()
	}
}

// setState reads a state: a new record starts in it, but the state of an existing one changes by actions only.
func (d *draft) setState(column int) {
	r := readOption(statesOf(d.schema), d.Cells[column])
	if r.value == nil {
		d.keep(column, r.note)
		return
	}
	if r.more {
		d.keep(column, r.note)
	}
	state := r.value.(string)
	switch {
	case d.existing == nil:
		d.state, d.fates[column] = state, toField
	case d.existing.State == state:
		d.fates[column] = compared
	default:
		d.fates[column] = noted
		d.note(column, fmt.Sprintf("%s is %s; a state changes by an action, not by an import of %q", d.key, d.existing.State, d.Cells[column]))
	}
}

// set reads the cell of a field.
func (d *draft) set(f *kind.Field, column int) {
	if d.catalogued(f) {
		d.compareTitle(column)
		return
	}
	r := d.read(f, column)
	switch {
	case r.refuse != "":
		d.refused = append(d.refused, d.columns[column].Header+": "+r.refuse)
	case r.value != nil:
		d.fields[f.Name] = r.value
		if r.more {
			d.keep(column, "")
		}
		d.fates[column] = toField
		d.note(column, r.note)
	case f.Else != "" && d.cell(f.Else) == "":
		d.fields[f.Else], d.fates[column] = d.Cells[column], toField
		d.note(column, fmt.Sprintf("%s is taken as %s", quote(d.Cells[column]), f.Else))
	case f.Required:
		d.refused = append(d.refused, d.columns[column].Header+": "+r.note)
	default:
		d.keep(column, r.note)
	}
}

func (d *draft) read(f *kind.Field, column int) reading {
	heading, text := d.columns[column].Header, d.Cells[column]
	switch {
	case f.Type == kind.Reference:
		return d.readReference(f, text)
	case f.List:
		return readList(f, heading, text)
	default:
		return readValue(f, heading, text)
	}
}

// readReference reads the cell of a field that refers to records. A field for one takes the first.
func (d *draft) readReference(f *kind.Field, text string) reading {
	got, refuse := d.find(f.Target, text)
	if refuse != "" {
		return reading{refuse: refuse}
	}
	notes := got.guesses
	for _, m := range got.missed {
		notes = append(notes, fmt.Sprintf("%s names no %s", quote(m), strings.ToLower(f.Target.Title)))
	}
	r := reading{more: len(notes) > 0}
	switch {
	case len(got.keys) == 0:
	case f.List:
		list := make([]kind.Node, len(got.keys))
		for i, key := range got.keys {
			list[i] = kind.Node{Value: key}
		}
		r.value = list
	default:
		r.value = got.keys[0]
		if len(got.keys) > 1 {
			r.more = true
			notes = append(notes, fmt.Sprintf("the field holds one %s, and takes the first", strings.ToLower(f.Target.Title)))
		}
	}
	r.note = strings.Join(notes, "; ")
	return r
}

// find gives the records that a text refers to; controls by their numbers. A number of the other edition
// is no reference: the row cannot be placed.
func (d *draft) find(s *kind.Schema, text string) (got found, refuse string) {
	if s.Name != isms.Controls.Name || d.resolver.index[s].known(text) != nil {
		return d.resolver.find(s, text, d.Line), ""
	}
	numbers, rest := standard.FindNumbers(d.edition, text)
	got.add(found{keys: numbers})
	for piece := range strings.SplitSeq(rest, "; ") {
		if len(tokens(piece)) == 0 {
			continue
		}
		if other, _ := standard.FindNumbers(d.edition.Other(), piece); len(other) > 0 {
			if _, err := standard.Lookup(d.edition, other[0]); err != nil {
				return found{}, err.Error()
			}
		}
		got.add(d.resolver.find(s, piece, d.Line))
	}
	return got, ""
}

// catalogued reports whether the field is the title of a control that the standard names.
func (d *draft) catalogued(f *kind.Field) bool {
	return d.schema.Name == isms.Controls.Name && f.Naming && strings.HasPrefix(d.key, "A.")
}

// compareTitle holds the title of a control against the standard's, which stands in any case.
func (d *draft) compareTitle(column int) {
	known, err := standard.Lookup(d.edition, d.key)
	switch {
	case err != nil:
		d.refused = append(d.refused, err.Error())
	case sameWords(known.Title, d.Cells[column]):
		d.fates[column] = compared
	default:
		d.keep(column, fmt.Sprintf("the standard calls %s %q", d.key, known.Title))
	}
}

// try says why the record would not be valid.
func (d *draft) try() []string {
	rec := d.schema.New()
	if d.existing != nil {
		rec = d.existing.Clone()
	}
	rec.Key = d.key
	err := rec.Input(d.node())
	if err == nil {
		err = rec.Validate()
	}
	if err == nil && d.existing != nil && len(kind.Diff(d.existing, rec)) > 0 {
		err = rec.Guard(d.existing)
	}
	return d.reasons(err)
}

// reasons gives the parts of an error with the headings of the columns that they are about.
func (d *draft) reasons(err error) []string {
	var f *fault.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &f):
		return []string{err.Error()}
	case len(f.Fields) == 0:
		return []string{f.Message}
	}
	var list []string
	for _, field := range f.Fields {
		name, _, _ := strings.Cut(field.Path, ".")
		where, message := field.Path, field.Message
		if i, ok := d.byTarget[name]; ok {
			where = d.columns[i].Header
		}
		if of := d.schema.Field(name); of != nil && of.Type == kind.OneOf && d.cell(name) == "" {
			message += ": " + titlesOf(of.Enum)
		}
		list = append(list, where+": "+message)
	}
	return list
}
