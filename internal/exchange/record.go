package exchange

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// record gives the record as files hold it, each of its values on the row's line.
func (d *draft) record() kind.Node {
	members := []kind.Member{member("kind", d.schema.Name), member("key", d.key)}
	if d.state != "" {
		members = append(members, member("state", d.state))
	}
	for _, f := range d.schema.Fields {
		if value, ok := d.fields[f.Name]; ok {
			members = append(members, member(f.Name, value))
		}
	}
	if also, ok := d.beside(); ok {
		members = append(members, member(toAlso, also))
	}
	return kind.Node{Value: members}.Moved(d.Line)
}

// beside gives all that will stand beside the record's fields: what other registers have put there stays. ok is
// false where nothing does, now or then.
func (d *draft) beside() (list []kind.Member, ok bool) {
	also := map[string]string{}
	if d.existing != nil {
		maps.Copy(also, d.existing.Also)
	}
	had := len(also) > 0
	for _, c := range d.columns {
		delete(also, c.Header)
	}
	maps.Copy(also, d.also)
	list = []kind.Member{} // an object, though it be empty
	for _, heading := range slices.Sorted(maps.Keys(also)) {
		list = append(list, member(heading, also[heading]))
	}
	return list, had || len(list) > 0
}

// member is a name and a value that stand on no line yet.
func member(name string, value any) kind.Member {
	return kind.Member{Name: name, Node: kind.Node{Value: value}}
}

// try says why the record would not be valid.
func (d *draft) try() []string {
	rec := d.schema.New()
	if d.existing != nil {
		rec = d.existing.Clone()
	}
	rec.Key = d.key
	err := rec.Input(d.node)
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
