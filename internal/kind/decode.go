package kind

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stele-isms/stele/internal/fault"
)

// maxText is the longest text of one field, in bytes; what is longer belongs into a file.
const maxText = 256 << 10

// decoder sets struct fields from nodes and notes what does not fit, with path and place.
type decoder struct {
	errs    fault.Collector
	history bool // stored revisions: names that the kind has dropped are passed over
}

func (d *decoder) addf(path string, at Node, format string, args ...any) {
	d.errs.Add(fault.Field{Path: path, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
}

// object sets the members that the node names and leaves the others as they are; null clears.
func (d *decoder) object(fields []*Field, v reflect.Value, list []Member, path string) {
	for _, m := range list {
		at := path + m.Name
		i := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == m.Name })
		switch {
		case i < 0 && d.history:
		case i < 0:
			d.addf(at, m.Node, "there is no such field%s", suggest(m.Name, fields))
		case fields[i].Retired && !d.history:
			d.addf(at, m.Node, "the field is retired; it is kept only in the history")
		case fields[i].Derived && !d.history:
			d.addf(at, m.Node, "the field is computed and cannot be set")
		default:
			d.field(fields[i], v.FieldByIndex(fields[i].index), m.Node, at)
		}
	}
	d.unique(list, path)
}

// unique notes names that stand twice among the members of one object.
func (d *decoder) unique(list []Member, path string) {
	seen := map[string]bool{}
	for _, m := range list {
		if seen[m.Name] {
			d.addf(path+m.Name, m.Node, "the field stands here twice")
		}
		seen[m.Name] = true
	}
}

func suggest(name string, fields []*Field) string {
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) || len(name) > 3 && (strings.HasPrefix(f.Name, name) || strings.HasPrefix(name, f.Name)) {
			return fmt.Sprintf("; did you mean %s?", f.Name)
		}
	}
	return ""
}

func (d *decoder) field(f *Field, v reflect.Value, n Node, path string) {
	switch {
	case n.Value == nil:
		v.SetZero()
	case f.List:
		list, ok := n.Value.([]Node)
		if !ok {
			d.addf(path, n, "expected a list, got %s", describe(n))
			return
		}
		if len(list) == 0 {
			v.SetZero()
			return
		}
		s := reflect.MakeSlice(v.Type(), len(list), len(list))
		for i := range list {
			d.one(f, s.Index(i), list[i], fmt.Sprintf("%s[%d]", path, i))
		}
		v.Set(s)
	case f.Nullable:
		v.Set(reflect.New(f.goType))
		d.one(f, v.Elem(), n, path)
	default:
		if f.Type == Object {
			v.SetZero() // an object is given whole: its parts are not merged
		}
		d.one(f, v, n, path)
	}
}

func (d *decoder) one(f *Field, v reflect.Value, n Node, path string) {
	switch value := n.Value.(type) {
	case bool:
		if f.Type == Bool {
			v.SetBool(value)
			return
		}
	case int64:
		switch f.Type {
		case Int:
			v.SetInt(value)
			return
		case Float:
			v.SetFloat(float64(value))
			return
		default: // no other type takes a number
		}
	case float64:
		if f.Type == Float {
			v.SetFloat(value)
			return
		}
	case []Member:
		if f.Type == Object {
			d.object(f.Fields, v, value, path+".")
			return
		}
	case string:
		if f.Type != Bool && f.Type != Int && f.Type != Float && f.Type != Object {
			d.text(f, v, value, n, path)
			return
		}
	}
	d.addf(path, n, "expected %s, got %s", f.expects(), describe(n))
}

func (d *decoder) text(f *Field, v reflect.Value, s string, n Node, path string) {
	switch {
	case !d.readable(s, n, path):
	case f.Type == Day && s != "" && !validDate(s):
		d.addf(path, n, "%q is not a date; write it as 2026-01-31", s)
	case f.Type == OneOf && s != "" && !f.has(s) && !d.history:
		d.addf(path, n, "%q is not one of %s", s, f.optionNames())
	case f.Type == Amount && s != "":
		m, err := ParseMoney(s)
		if err != nil {
			d.addf(path, n, "%s", err.Error())
		}
		v.SetString(string(m))
	default:
		v.SetString(s)
	}
}

// readable notes what no text may be, and reports whether it is fine.
func (d *decoder) readable(s string, n Node, path string) bool {
	switch {
	case !utf8.ValidString(s):
		d.addf(path, n, "the text is not valid UTF-8")
	case len(s) > maxText:
		d.addf(path, n, "the text has %d bytes; at most %d are kept", len(s), maxText)
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }):
		d.addf(path, n, "the text holds a control character")
	default:
		return true
	}
	return false
}

func validDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func (f *Field) has(name string) bool {
	_, ok := f.Option(name)
	return ok
}

func (f *Field) optionNames() string {
	names := make([]string, len(f.Enum))
	for i, v := range f.Enum {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

func (f *Field) expects() string {
	switch f.Type {
	case Bool:
		return "true or false"
	case Int:
		return "a whole number"
	case Float:
		return "a number"
	case Day:
		return "a date as text"
	case Object:
		return "a group of fields"
	case Reference:
		return "the key of a record"
	default:
		return "text"
	}
}

func describe(n Node) string {
	switch v := n.Value.(type) {
	case nil:
		return "nothing"
	case bool:
		return fmt.Sprintf("%t", v)
	case int64, float64:
		return fmt.Sprintf("the number %v", v)
	case string:
		if runes := []rune(v); len(runes) > 40 {
			v = string(runes[:40]) + "..."
		}
		return fmt.Sprintf("the text %q", v)
	case []Node:
		return "a list"
	default:
		return "a group of fields"
	}
}
