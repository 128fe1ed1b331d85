package rule

import (
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/stele-isms/stele/internal/kind"
)

// class is what a value is, so far as operators care.
type class uint8

const (
	null class = iota // absence alone: the literal null
	boolean
	integer
	number // a double
	text
	day
	money
	record // a reference to a record
	object // a group of fields within a record
	list
)

// typ is the type of an expression. Any value may be absent, whatever its type.
type typ struct {
	class class
	shape *shape       // of a record or an object
	of    *typ         // of a list's elements
	words []kind.Value // what an enum's text may be
}

// shape is what one can step to from a record or an object.
type shape struct {
	name       string       // as an error names it: "asset", "risk.current"
	schema     *kind.Schema // of a record
	properties map[string]*property
}

// property is one thing to step to: a field, or something of the envelope.
type property struct {
	name  string
	typ   typ
	field *kind.Field // nil for the envelope and for the parts of an amount of money
	whole bool        // never absent where the record or object itself is there
}

var (
	dateType  = cel.OpaqueType("date")
	moneyType = &shape{name: "money", properties: map[string]*property{
		"amount":   {name: "amount", typ: typ{class: number}},
		"currency": {name: "currency", typ: typ{class: text}},
	}}
)

// cel gives the type as the checker knows it. Scalars may be null there, since any step may lead nowhere.
func (t typ) cel() *cel.Type {
	switch t.class {
	case boolean:
		return cel.NullableType(cel.BoolType)
	case integer:
		return cel.NullableType(cel.IntType)
	case number:
		return cel.NullableType(cel.DoubleType)
	case text:
		return cel.NullableType(cel.StringType)
	case day:
		return dateType
	case list:
		return cel.ListType(t.of.cel())
	case record, object, money:
		return cel.ObjectType(t.shape.name)
	default:
		return cel.NullType
	}
}

// everything is the name of the variable that has the records of each kind, as all.suppliers.
const everything = "all"

// shapes gathers what can be stepped to from the kinds, objects within them included, by name.
func shapes(kinds *kind.Set) map[string]*shape {
	all := map[string]*shape{moneyType.name: moneyType, everything: {name: everything, properties: map[string]*property{}}}
	for _, s := range kinds.Schemas {
		all[s.Name] = &shape{name: s.Name, schema: s}
	}
	for _, s := range kinds.Schemas {
		all[s.Name].properties = properties(all, s.Name, s.Fields)
		for _, p := range envelope(s) {
			all[s.Name].properties[p.name] = p
		}
		plural := strings.ReplaceAll(strings.ToLower(s.Plural), " ", "_")
		all[everything].properties[plural] = &property{name: plural, typ: typ{class: list, of: &typ{class: record, shape: all[s.Name]}}}
	}
	return all
}

// envelope gives what every record of a kind has beside its fields.
func envelope(s *kind.Schema) []*property {
	states := make([]kind.Value, len(s.States))
	for i, state := range s.States {
		states[i] = kind.Value{Name: state.Name, Title: state.Title}
	}
	return []*property{
		{name: "key", typ: typ{class: text}, whole: true},
		{name: "state", typ: typ{class: text, words: states}, whole: true},
		{name: "archived", typ: typ{class: boolean}, whole: true},
	}
}

func properties(all map[string]*shape, name string, fields []*kind.Field) map[string]*property {
	list := map[string]*property{}
	for _, f := range fields {
		list[f.Name] = &property{name: f.Name, typ: fieldType(all, name, f), field: f, whole: f.NotNull()}
	}
	return list
}

func fieldType(all map[string]*shape, name string, f *kind.Field) typ {
	t := typ{class: classes[f.Type], words: f.Enum}
	switch f.Type {
	case kind.Reference:
		t.shape = all[f.Target.Name]
	case kind.Amount:
		t.shape = moneyType
	case kind.Object:
		inner := name + "." + f.Name
		t.shape = &shape{name: inner, properties: properties(all, inner, f.Fields)}
		all[inner] = t.shape
	default:
	}
	if f.List {
		return typ{class: list, of: &t}
	}
	return t
}

var classes = map[kind.Type]class{
	kind.String: text, kind.Text: text, kind.Bool: boolean, kind.Int: integer, kind.Float: number,
	kind.Day: day, kind.Amount: money, kind.OneOf: text, kind.Reference: record, kind.Object: object,
}

// provider tells the checker of the shapes.
type provider map[string]*shape

// EnumValue implements types.Provider: there are none, enums are texts.
func (provider) EnumValue(name string) ref.Val { return types.NewErr("unknown enum %q", name) }

// FindIdent implements types.Provider: there are no constants.
func (provider) FindIdent(string) (ref.Val, bool) { return nil, false }

// FindStructType implements types.Provider.
func (p provider) FindStructType(name string) (*types.Type, bool) {
	if p[name] == nil {
		return nil, false
	}
	return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
}

// FindStructFieldNames implements types.Provider.
func (p provider) FindStructFieldNames(name string) ([]string, bool) {
	s := p[name]
	if s == nil {
		return nil, false
	}
	names := make([]string, 0, len(s.properties))
	for name := range s.properties {
		names = append(names, name)
	}
	return names, true
}

// FindStructFieldType implements types.Provider.
func (p provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	s := p[name]
	if s == nil || s.properties[field] == nil {
		return nil, false
	}
	return &types.FieldType{Type: s.properties[field].typ.cel()}, true
}

// NewValue implements types.Provider: expressions make no records.
func (provider) NewValue(name string, _ map[string]ref.Val) ref.Val {
	return types.NewErr("an expression makes no %s", name)
}
