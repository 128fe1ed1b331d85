package exchange

import (
	"fmt"
	"strings"

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
	node     kind.Node         // the record as files hold it, once the row is read
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
	d.fates[column] = kept
	d.note(column, note)
}

// refuse says why the row cannot be placed for one of its cells.
func (d *draft) refuse(column int, reason string) {
	d.refused = append(d.refused, d.columns[column].Header+": "+reason)
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
			d.fates[i] = stored
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
		d.node = d.record()
		d.refused = d.try()
	}
}

// setState reads a state: a new record starts in it, but the state of an existing one changes by actions only.
func (d *draft) setState(column int) {
	r := readOption(statesOf(d.schema), d.Cells[column])
	if r.value == nil || r.more {
		d.keep(column, r.note)
	}
	state, ok := r.value.(string)
	switch {
	case !ok:
	case d.existing == nil:
		d.state, d.fates[column] = state, stored
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
		d.refuse(column, r.refuse)
	case r.value != nil:
		d.fields[f.Name] = r.value
		if r.more {
			d.keep(column, "")
		}
		d.fates[column] = stored
		d.note(column, r.note)
	case f.Else != "" && d.cell(f.Else) == "":
		d.fields[f.Else], d.fates[column] = d.Cells[column], stored
		d.note(column, fmt.Sprintf("%s is taken as %s", quote(d.Cells[column]), f.Else))
	case f.Required:
		d.refuse(column, r.note)
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
