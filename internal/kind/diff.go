package kind

import (
	"fmt"
	"slices"
)

// Change is one difference between two revisions.
type Change struct {
	Path string `json:"path"` // as in "treatment" or "impacts[1].level"
	Old  string `json:"old"`  // JSON; empty where it was absent
	New  string `json:"new"`  // JSON; empty where it is absent
}

// Diff gives the differences between two states of a record, in the order of the fields. A nil old gives
// every field as new.
func Diff(old, updated *Record) []Change {
	var before []Member
	if old != nil {
		before = old.Body()
	}
	return diffMembers(updated.Schema.Fields, "", before, updated.Body())
}

func diffMembers(fields []*Field, path string, before, after []Member) []Change {
	var changes []Change
	b, a := Node{Value: before}, Node{Value: after}
	for _, f := range withUndeclared(fields, after, before) {
		was, _ := b.Member(f.Name)
		is, _ := a.Member(f.Name)
		changes = append(changes, f.diff(path+f.Name, was, is)...)
	}
	return changes
}

// withUndeclared gives the fields, and behind them one for each member that is no field: the parts of the
// envelope, and what stands in also.
func withUndeclared(fields []*Field, groups ...[]Member) []*Field {
	all := slices.Clone(fields)
	for _, m := range slices.Concat(groups...) {
		if !slices.ContainsFunc(all, func(f *Field) bool { return f.Name == m.Name }) {
			all = append(all, &Field{Name: m.Name})
		}
	}
	return all
}

func (f *Field) diff(path string, before, after Node) []Change {
	was, wasObject := before.Value.([]Member)
	is, isObject := after.Value.([]Member)
	if wasObject && isObject {
		return diffMembers(f.Fields, path+".", was, is)
	}
	wasList, ok1 := before.Value.([]Node)
	isList, ok2 := after.Value.([]Node)
	if ok1 && ok2 && len(wasList) == len(isList) {
		var changes []Change
		for i := range isList {
			changes = append(changes, f.diff(fmt.Sprintf("%s[%d]", path, i), wasList[i], isList[i])...)
		}
		return changes
	}
	old, updated := shown(before), shown(after)
	if old == updated {
		return nil
	}
	return []Change{{path, old, updated}}
}

func shown(n Node) string {
	if n.Value == nil {
		return ""
	}
	return string(n.JSON())
}
