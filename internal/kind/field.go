package kind

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Type is the type of a field's value.
type Type uint8

// The types. A list of any of them is a Field with List set.
const (
	String    Type = iota // one line of text
	Text                  // Markdown
	Bool                  //
	Int                   // 64 bits
	Float                 // 64 bits
	Day                   // a Date
	Amount                // Money
	OneOf                 // an Enum
	Reference             // a Ref
	Object                // a struct with Fields of its own
)

// Field is one field of a kind: everything that a table, a form, a file or a check needs to know of it.
type Field struct {
	Name     string // as in JSON, YAML and the database
	Title    string // as people read it
	Help     string
	Words    []string // other headings that people's registers give it, in any language, in lower case
	Else     string   // name of the field that takes a text in a register which this one cannot hold
	Type     Type
	List     bool
	Nullable bool // declared as a pointer: absence is a value of its own
	Required bool
	Naming   bool    // the field that names the record for people
	Search   bool    // found by the full-text search
	Index    bool    // indexed for filters
	Personal bool    // salted in the ledger and erasable
	Retired  bool    // kept for the history, refused in input
	Derived  bool    // computed by the product, read-only, never exported
	Acyclic  bool    // a chain of these references never returns to its start
	Enum     []Value // for OneOf
	Target   *Schema // for Reference; set when the kinds are gathered into a Set
	Fields   []*Field
	index    []int
	goType   reflect.Type // of one value: neither slice nor pointer
}

// fieldsOf reads the declaration of a struct: its json names, kind options and help texts.
//
//	Owner Ref[Role] `json:"owner" kind:"required,index" help:"Who answers for it."`
func fieldsOf(t reflect.Type, path string) []*Field {
	var fields []*Field
	for sf := range t.Fields() {
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic(fmt.Sprintf("kind: %s.%s has no json name", t, sf.Name))
		}
		f := &Field{Name: name, Title: titleOf(name), Help: sf.Tag.Get("help"), Else: sf.Tag.Get("else"), index: sf.Index}
		if title := sf.Tag.Get("title"); title != "" {
			f.Title = title
		}
		if words := sf.Tag.Get("words"); words != "" {
			f.Words = strings.Split(words, ",")
		}
		f.setType(sf.Type, path+name)
		for option := range strings.SplitSeq(sf.Tag.Get("kind"), ",") {
			f.setOption(option, path+name)
		}
		f.check(path + name)
		if slices.ContainsFunc(fields, func(other *Field) bool { return other.Name == name }) {
			panic(fmt.Sprintf("kind: %s is declared twice", path+name))
		}
		fields = append(fields, f)
	}
	return fields
}

func (f *Field) setType(t reflect.Type, path string) {
	switch {
	case t.Kind() == reflect.Pointer:
		f.Nullable, t = true, t.Elem()
	case t.Kind() == reflect.Slice:
		f.List, t = true, t.Elem()
	}
	f.goType = t
	zero := reflect.Zero(t).Interface()
	switch v := zero.(type) {
	case Date:
		f.Type = Day
		return
	case Money:
		f.Type = Amount
		return
	case referrer:
		f.Type = Reference
		return
	case Enum:
		f.Type, f.Enum = OneOf, v.Values()
		return
	}
	switch t.Kind() {
	case reflect.String:
		f.Type = String
	case reflect.Bool:
		f.Type = Bool
	case reflect.Int, reflect.Int64:
		f.Type = Int
	case reflect.Float64:
		f.Type = Float
	case reflect.Struct:
		f.Type, f.Fields = Object, fieldsOf(t, path+".")
	default:
		panic(fmt.Sprintf("kind: %s has type %s, which no table or file can hold", path, t))
	}
}

func (f *Field) setOption(option, path string) {
	switch option {
	case "":
	case "name":
		f.Naming, f.Required, f.Search = true, true, true
	case "text":
		if f.Type != String {
			panic(fmt.Sprintf("kind: %s is declared as text and holds none", path))
		}
		f.Type = Text
	case "required":
		f.Required = true
	case "search":
		f.Search = true
	case "index":
		f.Index = true
	case "personal":
		f.Personal = true
	case "retired":
		f.Retired = true
	case "derived":
		f.Derived = true
	case "acyclic":
		f.Acyclic = true
	default:
		panic(fmt.Sprintf("kind: %s has an unknown option %q", path, option))
	}
}

// check panics where an option does not fit the type.
func (f *Field) check(path string) {
	switch {
	case f.Naming && (f.List || f.Type != String && f.Type != Text):
		panic(fmt.Sprintf("kind: %s is to name the record and is not one text", path))
	case f.Search && !f.holdsText():
		panic(fmt.Sprintf("kind: %s is to be searched and holds no text", path))
	case f.Acyclic && f.Type != Reference:
		panic(fmt.Sprintf("kind: %s is to be acyclic and is no reference", path))
	}
}

// holdsText reports whether the field is text, or a group with text in it.
func (f *Field) holdsText() bool {
	return f.Type == String || f.Type == Text || slices.ContainsFunc(f.Fields, (*Field).holdsText)
}

// titleOf turns "depends_on" into "Depends on".
func titleOf(name string) string {
	s := strings.ReplaceAll(name, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// Option gives the enum value of a name, and whether there is one.
func (f *Field) Option(name string) (Value, bool) {
	i := slices.IndexFunc(f.Enum, func(v Value) bool { return v.Name == name })
	if i < 0 {
		return Value{}, false
	}
	return f.Enum[i], true
}

// Get gives the field's value in a record's data as a Node; ok is false where it is absent.
func (f *Field) Get(data any) (n Node, ok bool) {
	return f.node(reflect.ValueOf(data).Elem().FieldByIndex(f.index))
}

func (f *Field) node(v reflect.Value) (Node, bool) {
	if f.Nullable {
		if v.IsNil() {
			return Node{}, false
		}
		return f.one(v.Elem()), true
	}
	if !f.List {
		return f.one(v), !v.IsZero()
	}
	list := make([]Node, v.Len())
	for i := range list {
		list[i] = f.one(v.Index(i))
	}
	return Node{Value: list}, len(list) > 0
}

func (f *Field) one(v reflect.Value) Node {
	switch f.Type {
	case Bool:
		return Node{Value: v.Bool()}
	case Int:
		return Node{Value: v.Int()}
	case Float:
		return Node{Value: v.Float()}
	case Object:
		return Node{Value: members(f.Fields, v)}
	default:
		return Node{Value: v.String()}
	}
}

// members gives the present fields of a struct in the order of their declaration.
func members(fields []*Field, v reflect.Value) []Member {
	list := make([]Member, 0, len(fields))
	for _, f := range fields {
		if n, ok := f.node(v.FieldByIndex(f.index)); ok {
			list = append(list, Member{Name: f.Name, Node: n})
		}
	}
	return list
}

// Column gives the value for the field's database column: nil, a string, bool, int64 or float64.
// Lists and objects are JSON text.
func (f *Field) Column(data any) any {
	v := reflect.ValueOf(data).Elem().FieldByIndex(f.index)
	if f.plainText() {
		return v.String()
	}
	n, ok := f.node(v)
	switch {
	case f.List || f.Type == Object:
		if !ok {
			return nil
		}
		return string(n.JSON())
	case f.absent() && !ok:
		return nil
	default:
		return f.one(indirect(v)).Value
	}
}

func indirect(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Pointer {
		return v.Elem()
	}
	return v
}

func (f *Field) plainText() bool {
	return !f.List && !f.Nullable && (f.Type == String || f.Type == Text)
}

// absent reports whether the field's zero value is absence, stored as NULL.
func (f *Field) absent() bool {
	return f.Nullable || f.List || f.Type >= Day
}

// NotNull reports whether the field's column always holds a value.
func (f *Field) NotNull() bool { return !f.absent() }

// SetColumn sets the field in a record's data from a database column.
func (f *Field) SetColumn(data, column any) error {
	v := reflect.ValueOf(data).Elem().FieldByIndex(f.index)
	if b, ok := column.([]byte); ok {
		column = string(b)
	}
	if text, ok := column.(string); ok && (f.List || f.Type == Object) {
		if f.List && f.goType.Kind() == reflect.String && setTexts(v, text) {
			return nil
		}
		return json.Unmarshal([]byte(text), v.Addr().Interface())
	}
	if f.Nullable && column != nil {
		v.Set(reflect.New(f.goType))
		v = v.Elem()
	}
	switch c := column.(type) {
	case nil:
		v.SetZero()
	case string:
		v.SetString(c)
	case int64:
		if f.Type == Bool { // SQLite has no booleans
			v.SetBool(c != 0)
		} else {
			v.SetInt(c)
		}
	case float64:
		v.SetFloat(c)
	case bool:
		v.SetBool(c)
	default:
		return fmt.Errorf("kind: column %s came as %T", f.Name, column)
	}
	return nil
}

// setTexts sets a list of texts from compact JSON without an escape, as nearly all columns of lists are, and
// spares it the decoder.
func setTexts(v reflect.Value, column string) bool {
	inner, opens := strings.CutPrefix(column, `["`)
	inner, closes := strings.CutSuffix(inner, `"]`)
	if !opens || !closes || strings.Contains(inner, `\`) {
		return false
	}
	texts := strings.Split(inner, `","`)
	if strings.Count(inner, `"`) != 2*(len(texts)-1) {
		return false
	}
	v.Set(reflect.MakeSlice(v.Type(), len(texts), len(texts)))
	for i, text := range texts {
		v.Index(i).SetString(text)
	}
	return true
}

// references calls yield for every reference in the value, nested ones included, with its path
// ("reasons[2].risk").
func (f *Field) references(v reflect.Value, path string, yield func(f *Field, path, key string)) {
	switch {
	case f.Type != Reference && f.Type != Object:
	case f.Nullable:
		if !v.IsNil() {
			f.reference(v.Elem(), path, yield)
		}
	case f.List:
		for i := range v.Len() {
			f.reference(v.Index(i), fmt.Sprintf("%s[%d]", path, i), yield)
		}
	default:
		f.reference(v, path, yield)
	}
}

func (f *Field) reference(v reflect.Value, path string, yield func(f *Field, path, key string)) {
	if f.Type == Reference {
		if key := v.String(); key != "" {
			yield(f, path, key)
		}
		return
	}
	for _, sub := range f.Fields {
		sub.references(v.FieldByIndex(sub.index), path+"."+sub.Name, yield)
	}
}
