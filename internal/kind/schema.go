// Package kind says what a kind of record is.
//
// A kind is declared once, as a Go struct handed to Define. The Schema that comes out of it carries all
// that the rest of the house derives: the table, the history, validation, files, forms and actions.
// Business code uses the typed face (Entry, Get, All), transports the untyped one (Schema, Record, Node).
package kind

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

// Schema is a kind: its names, fields, states and actions.
type Schema struct {
	Name    string // "risk": as in files, on the command line and as the table's name
	Title   string // "Risk"
	Plural  string // "Risks"
	Prefix  string // "RISK": keys are RISK-0001 and so on; empty where KeyPattern rules
	Fields  []*Field
	States  []State // the first one is the state of a new record; none means no lifecycle
	Actions []*Action
	// Nameable says that an import may make a record of this kind from nothing but its name, as a role from
	// the text in a column of owners.
	Nameable bool

	keys   *regexp.Regexp
	goType reflect.Type
	check  func(data any, errs *fault.Collector)
	derive func(c *Context, rec *Record) error
	guard  func(old, updated *Record) error
}

// State is one state of a lifecycle.
type State struct {
	Name  string
	Title string
	Also  []string // other words that people write for it, in any language, in lower case
}

// Spec is what the declaration of a kind says beyond its struct.
type Spec[T any] struct {
	Title, Plural, Prefix string
	KeyPattern            string // a regular expression, where keys are not Prefix-number
	States                []State
	Actions               []*Action
	Nameable              bool
	// Check notes what is wrong with a record taken alone.
	Check func(data *T, errs *fault.Collector)
	// Derive computes the derived fields, in the writer's transaction.
	Derive func(c *Context, e Entry[T]) error
	// Guard refuses a change of a record by edit, as of one that is approved.
	Guard func(old, updated Entry[T]) error
}

// Of is the typed face of a kind.
type Of[T any] struct{ *Schema }

// Define declares a kind. It panics on a declaration that no table could hold: that is a defect found
// at start, not an input.
func Define[T any](name string, spec Spec[T]) Of[T] {
	t := reflect.TypeFor[T]()
	s := &Schema{
		Name: name, Title: spec.Title, Plural: spec.Plural, Prefix: spec.Prefix,
		Fields: fieldsOf(t, name+"."), States: spec.States, Actions: spec.Actions, Nameable: spec.Nameable, goType: t,
	}
	pattern := spec.KeyPattern
	if pattern == "" {
		pattern = regexp.QuoteMeta(spec.Prefix) + `-[0-9]{1,12}`
	}
	s.keys = regexp.MustCompile(`^(?:` + pattern + `)$`)
	if spec.Check != nil {
		s.check = func(data any, errs *fault.Collector) { spec.Check(data.(*T), errs) }
	}
	if spec.Derive != nil {
		s.derive = func(c *Context, rec *Record) error { return spec.Derive(c, entry[T](rec)) }
	}
	if spec.Guard != nil {
		s.guard = func(old, updated *Record) error { return spec.Guard(entry[T](old), entry[T](updated)) }
	}
	for _, f := range s.Fields {
		if slices.Contains(reserved, f.Name) {
			panic(fmt.Sprintf("kind: %s.%s takes a name of the envelope", name, f.Name))
		}
	}
	return Of[T]{s}
}

// reserved names stand beside the fields in files and tables.
var reserved = []string{
	"kind", "org", "id", "key", "rev", "state", "also", "ext", "archived", "imported", "sort",
	"created_at", "created_by", "changed_at", "changed_by",
}

// Field gives the field of a name, or nil.
func (s *Schema) Field(name string) *Field {
	for _, f := range s.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Action gives the action of a name, or nil.
func (s *Schema) Action(name string) *Action {
	for _, a := range s.Actions {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// Initial gives the state of a new record; empty where the kind has no lifecycle.
func (s *Schema) Initial() string {
	if len(s.States) == 0 {
		return ""
	}
	return s.States[0].Name
}

// StateTitle gives a state as people read it.
func (s *Schema) StateTitle(name string) string {
	for _, st := range s.States {
		if st.Name == name {
			return st.Title
		}
	}
	return name
}

// KeyFits reports whether a key has the form of this kind's keys.
func (s *Schema) KeyFits(key string) bool { return s.keys.MatchString(key) }

// NewData gives an empty value of the kind's struct, as a pointer.
func (s *Schema) NewData() any { return reflect.New(s.goType).Interface() }

// Set is the kinds of a product, gathered: references know their targets.
type Set struct {
	Schemas []*Schema
	byName  map[string]*Schema
	byType  map[reflect.Type]*Schema
}

// NewSet gathers kinds. It panics where two share a name, or a reference has no target among them.
func NewSet(schemas ...*Schema) *Set {
	set := &Set{Schemas: schemas, byName: map[string]*Schema{}, byType: map[reflect.Type]*Schema{}}
	for _, s := range schemas {
		if set.byName[s.Name] != nil {
			panic("kind: two kinds are called " + s.Name)
		}
		set.byName[s.Name], set.byType[s.goType] = s, s
	}
	for _, s := range schemas {
		set.bind(s.Fields)
		for _, a := range s.Actions {
			set.bind(a.Input)
		}
	}
	return set
}

func (set *Set) bind(fields []*Field) {
	for _, f := range fields {
		set.bind(f.Fields)
		if f.Type != Reference {
			continue
		}
		target := reflect.Zero(f.goType).Interface().(referrer).target()
		if f.Target = set.byType[target]; f.Target == nil {
			panic(fmt.Sprintf("kind: field %s refers to %s, which is no kind of the set", f.Name, target))
		}
	}
}

// Named gives the kind of a name, singular or plural as people type it.
func (set *Set) Named(name string) (*Schema, error) {
	lower := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
	if s := set.byName[lower]; s != nil {
		return s, nil
	}
	for _, s := range set.Schemas {
		if strings.EqualFold(strings.ReplaceAll(s.Plural, " ", "_"), lower) {
			return s, nil
		}
	}
	names := make([]string, len(set.Schemas))
	for i, s := range set.Schemas {
		names[i] = s.Name
	}
	return nil, fault.New(fault.NotFound, "there is no kind %q; the kinds are %s", name, strings.Join(names, ", "))
}

// ByKey gives the kind whose keys have this form.
func (set *Set) ByKey(key string) (*Schema, error) {
	for _, s := range set.Schemas {
		if s.KeyFits(key) {
			return s, nil
		}
	}
	return nil, fault.New(fault.NotFound, "no kind has keys like %q", key)
}

// schemaOf gives the kind of a struct type.
func (set *Set) schemaOf(t reflect.Type) *Schema {
	s := set.byType[t]
	if s == nil {
		panic(fmt.Sprintf("kind: %s is no kind of the set", t))
	}
	return s
}
