package exchange

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
)

// Value gives a text that a person typed for the field of a name as the node that the field expects: a list is
// separated by commas. What does not fit stays text, and the field says what is wrong with it.
func Value(fields []*kind.Field, name, raw string) kind.Node {
	i := slices.IndexFunc(fields, func(f *kind.Field) bool { return f.Name == name })
	if i < 0 {
		return kind.Node{Value: raw}
	}
	if !fields[i].List {
		return typed(fields[i].Type, raw)
	}
	var list []kind.Node
	for part := range strings.SplitSeq(raw, ",") {
		list = append(list, typed(fields[i].Type, strings.TrimSpace(part)))
	}
	return kind.Node{Value: list}
}

func typed(t kind.Type, raw string) kind.Node {
	switch t {
	case kind.Bool:
		if b, err := strconv.ParseBool(raw); err == nil {
			return kind.Node{Value: b}
		}
	case kind.Int:
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return kind.Node{Value: n}
		}
	case kind.Float:
		if n, err := strconv.ParseFloat(raw, 64); err == nil {
			return kind.Node{Value: n}
		}
	default: // everything else is written as text
	}
	return kind.Node{Value: raw}
}
