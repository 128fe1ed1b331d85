package exchange

import (
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
)

// Value gives a text that a person typed for a field as the node that the field expects: a list is
// separated by commas. What does not fit stays text, and the field says what is wrong with it.
func Value(fields []*kind.Field, name, raw string) kind.Node {
	for _, f := range fields {
		if f.Name != name {
			continue
		}
		if !f.List {
			return one(f, raw)
		}
		var list []kind.Node
		for part := range strings.SplitSeq(raw, ",") {
			list = append(list, one(f, strings.TrimSpace(part)))
		}
		return kind.Node{Value: list}
	}
	return kind.Node{Value: raw}
}

func one(f *kind.Field, raw string) kind.Node {
	switch f.Type {
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
