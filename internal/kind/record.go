package kind

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/fault"
)

// Record is one record of any kind: the envelope and the kind's struct.
type Record struct {
	Schema   *Schema
	Org      string // id of the organisation
	ID       string // UUIDv7; never exported
	Key      string // as in RISK-0042
	Rev      int64  // 1 for the first revision
	State    string
	Archived bool
	Imported bool // the state came by file, not by an action
	Created  Stamp
	Changed  Stamp
	// Also holds what the organisation's own register says beside the fields: columns without a field,
	// and references that resolve to no record, by the name of the column.
	Also map[string]string
	Data any // *T
}

// Stamp is who did something, and when.
type Stamp struct {
	By string // key of a person; empty before there is one
	At time.Time
}

// Entry is the typed face of a record.
type Entry[T any] struct {
	*Record
	Data *T
}

func entry[T any](rec *Record) Entry[T] { return Entry[T]{rec, rec.Data.(*T)} }

// As gives the typed face of a record that is of kind T.
func (Of[T]) As(rec *Record) Entry[T] { return entry[T](rec) }

// New gives a record of a kind in its first state; the door gives it a key and an id.
func (s *Schema) New() *Record {
	return &Record{Schema: s, State: s.Initial(), Data: s.NewData()}
}

// Clone gives a copy that shares nothing.
func (r *Record) Clone() *Record {
	c := *r
	c.Also = maps.Clone(r.Also)
	c.Data = r.Schema.NewData()
	var d decoder
	d.history = true
	d.object(r.Schema.Fields, reflect.ValueOf(c.Data).Elem(), members(r.Schema.Fields, reflect.ValueOf(r.Data).Elem()), "")
	return &c
}

// Name gives the text that names the record for people, and its key where it has none.
func (r *Record) Name() string {
	for _, f := range r.Schema.Fields {
		if f.Naming {
			if n, ok := f.Get(r.Data); ok {
				return n.Value.(string)
			}
		}
	}
	return r.Key
}

// SearchText gives the values of the fields that the search covers, and what stands beside them.
func (r *Record) SearchText() string {
	var parts []string
	for _, f := range r.Schema.Fields {
		if f.Search && !f.Naming {
			if n, ok := f.Get(r.Data); ok {
				parts = append(parts, n.text())
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Also)) {
		parts = append(parts, r.Also[name])
	}
	return strings.Join(parts, "\n")
}

func (n Node) text() string {
	switch v := n.Value.(type) {
	case []Node:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = v[i].text()
		}
		return strings.Join(parts, "\n")
	case []Member:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = v[i].text()
		}
		return strings.Join(parts, "\n")
	default:
		return fmt.Sprint(v)
	}
}

// References calls yield for every reference that the record holds.
func (r *Record) References(yield func(f *Field, path, key string)) {
	v := reflect.ValueOf(r.Data).Elem()
	for _, f := range r.Schema.Fields {
		f.references(v.FieldByIndex(f.index), f.Name, yield)
	}
}

// Body gives what a revision keeps: every present field, derived ones included, and the parts of the
// envelope that a person can change.
func (r *Record) Body() []Member {
	list := members(r.Schema.Fields, reflect.ValueOf(r.Data).Elem())
	if r.State != "" {
		list = append(list, Member{"state", Node{Value: r.State}})
	}
	if r.Archived {
		list = append(list, Member{"archived", Node{Value: true}})
	}
	if r.Imported {
		list = append(list, Member{"imported", Node{Value: true}})
	}
	if len(r.Also) > 0 {
		list = append(list, Member{"also", alsoNode(r.Also)})
	}
	return list
}

// SetBody fills a record from a revision's body. Names that the kind has dropped are passed over.
func (r *Record) SetBody(list []Member) error {
	r.Data, r.State, r.Archived, r.Imported, r.Also = r.Schema.NewData(), "", false, false, nil
	d := decoder{history: true}
	fields := make([]Member, 0, len(list))
	for _, m := range list {
		switch v := m.Value.(type) {
		case string:
			if m.Name == "state" {
				r.State = v
				continue
			}
		case bool:
			if m.Name == "archived" {
				r.Archived = v
				continue
			}
			if m.Name == "imported" {
				r.Imported = v
				continue
			}
		case []Member:
			if m.Name == "also" {
				r.Also = d.also(m.Node)
				continue
			}
		}
		fields = append(fields, m)
	}
	d.object(r.Schema.Fields, reflect.ValueOf(r.Data).Elem(), fields, "")
	return d.errs.Err("a revision of %s is not readable", r.Key)
}

func alsoNode(also map[string]string) Node {
	list := make([]Member, 0, len(also))
	for _, name := range slices.Sorted(maps.Keys(also)) {
		list = append(list, Member{name, Node{Value: also[name]}})
	}
	return Node{Value: list}
}

// AlsoJSON gives Also as a column: JSON text, empty when there is nothing.
func (r *Record) AlsoJSON() string {
	if len(r.Also) == 0 {
		return ""
	}
	return string(alsoNode(r.Also).JSON())
}

// SetAlsoJSON sets Also from its column.
func (r *Record) SetAlsoJSON(column string) error {
	if column == "" {
		r.Also = nil
		return nil
	}
	n, err := ParseJSON([]byte(column))
	if err != nil {
		return err
	}
	var d decoder
	r.Also = d.also(n)
	return d.errs.Err("the column also of %s is not readable", r.Key)
}

func (d *decoder) also(n Node) map[string]string {
	list, ok := n.Value.([]Member)
	if !ok {
		if n.Value != nil {
			d.addf("also", n, "expected a group of texts, got %s", describe(n))
		}
		return nil
	}
	d.unique(list, "also.")
	also := map[string]string{}
	for _, m := range list {
		switch s, ok := m.Value.(string); {
		case m.Value == nil:
		case !ok:
			d.addf("also."+m.Name, m.Node, "expected text, got %s", describe(m.Node))
		case d.history || d.readable(s, m.Node, "also."+m.Name):
			also[m.Name] = s
		}
	}
	return also
}

// mark reads a yes or no of the envelope; null is no.
func (d *decoder) mark(n Node) bool {
	yes, ok := n.Value.(bool)
	if !ok && n.Value != nil {
		d.addf("archived", n, "expected true or false, got %s", describe(n))
	}
	return yes
}

// Export gives the record as files hold it: kind, key, state, and the fields that a person sets.
func (r *Record) Export() Node {
	list := []Member{{"kind", Node{Value: r.Schema.Name}}, {"key", Node{Value: r.Key}}}
	if r.State != "" {
		list = append(list, Member{"state", Node{Value: r.State}})
	}
	if r.Archived {
		list = append(list, Member{"archived", Node{Value: true}})
	}
	fields := slices.DeleteFunc(slices.Clone(r.Schema.Fields), func(f *Field) bool { return f.Derived || f.Retired })
	list = append(list, members(fields, reflect.ValueOf(r.Data).Elem())...)
	if len(r.Also) > 0 {
		list = append(list, Member{"also", alsoNode(r.Also)})
	}
	return Node{Value: list}
}

// Input sets on the record what a file's object names, and leaves the rest; null clears. The members kind
// and key are the caller's. An error is a *fault.Error with every wrong field and its place.
func (r *Record) Input(n Node) error {
	list, ok := n.Value.([]Member)
	if !ok {
		return fault.Invalidf("", "expected a record, got %s", describe(n))
	}
	var d decoder
	var envelope, fields []Member
	for _, m := range list {
		switch m.Name {
		case "kind", "key":
		case "state":
			r.State = d.state(r.Schema, m.Node)
		case "archived":
			r.Archived = d.mark(m.Node)
		case "also":
			r.Also = d.also(m.Node)
		default:
			fields = append(fields, m)
			continue
		}
		envelope = append(envelope, m)
	}
	d.unique(envelope, "")
	d.object(r.Schema.Fields, reflect.ValueOf(r.Data).Elem(), fields, "")
	return d.errs.Err("%s %s is not valid", r.Schema.Name, r.Key)
}

func (d *decoder) state(s *Schema, n Node) string {
	name, _ := n.Value.(string)
	if slices.ContainsFunc(s.States, func(st State) bool { return st.Name == name }) {
		return name
	}
	names := make([]string, len(s.States))
	for i, st := range s.States {
		names[i] = st.Name
	}
	if len(names) == 0 {
		d.addf("state", n, "the kind %s has no states", s.Name)
	} else {
		d.addf("state", n, "expected one of %s, got %s", strings.Join(names, ", "), describe(n))
	}
	return name
}

// Validate notes what is wrong with the record taken alone.
func (r *Record) Validate() error {
	var errs fault.Collector
	if !r.Schema.KeyFits(r.Key) {
		errs.Addf("key", "%q is not a key of a %s%s", r.Key, r.Schema.Name, keyExample(r.Schema))
	}
	required(r.Schema.Fields, reflect.ValueOf(r.Data).Elem(), "", &errs)
	r.repeated(&errs)
	if r.Schema.check != nil {
		r.Schema.check(r.Data, &errs)
	}
	return errs.Err("%s %s is not valid", r.Schema.Name, r.Key)
}

func keyExample(s *Schema) string {
	if s.Prefix == "" {
		return ""
	}
	return fmt.Sprintf("; they look like %s-0001", s.Prefix)
}

func required(fields []*Field, v reflect.Value, path string, errs *fault.Collector) {
	for _, f := range fields {
		fv := v.FieldByIndex(f.index)
		at := path + f.Name
		if f.Required && (fv.IsZero() || f.List && fv.Len() == 0) {
			errs.Addf(at, "a value is required")
		}
		switch {
		case f.Type != Object:
		case f.List:
			for i := range fv.Len() {
				required(f.Fields, fv.Index(i), fmt.Sprintf("%s[%d].", at, i), errs)
			}
		case !f.Nullable:
			required(f.Fields, fv, at+".", errs)
		case !fv.IsNil():
			required(f.Fields, fv.Elem(), at+".", errs)
		}
	}
}

// repeated notes references that stand twice in one list.
func (r *Record) repeated(errs *fault.Collector) {
	seen := map[string]bool{}
	r.References(func(f *Field, path, key string) {
		if !f.List {
			return
		}
		id := path[:strings.LastIndexByte(path, '[')] + " " + key
		if seen[id] {
			errs.Addf(path, "%s stands here twice", key)
		}
		seen[id] = true
	})
}

// Derive computes the record's derived fields.
func (r *Record) Derive(c *Context) error {
	if r.Schema.derive == nil {
		return nil
	}
	return r.Schema.derive(c, r)
}

// Guard refuses a change by edit that the kind does not allow; actions are not held back by it.
func (r *Record) Guard(old *Record) error {
	if r.Schema.guard == nil {
		return nil
	}
	return r.Schema.guard(old, r)
}

var numberRun = regexp.MustCompile(`[0-9]+`)

// SortKey gives a text that sorts a key as people count, A.5.2 before A.5.10, and that no other key has.
func SortKey(key string) string {
	return numberRun.ReplaceAllStringFunc(key, func(n string) string { return fmt.Sprintf("%012s", n) }) + " " + key
}
