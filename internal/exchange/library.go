package exchange

import (
	"slices"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Library gives the records of the threat and vulnerability library, with the controls of an edition.
func Library(edition standard.Edition) ([]kind.Node, error) {
	files, err := ReadFolder(isms.Library, "library")
	list := make([]kind.Node, len(files))
	for i, f := range files {
		list[i] = InEdition(edition, f.Node)
	}
	return list, err
}

// InEdition gives a record written with control numbers of 2022 with those of an edition: every list of
// controls is led through the correspondence. Numbers without a counterpart fall away.
func InEdition(edition standard.Edition, n kind.Node) kind.Node {
	members, ok := n.Value.([]kind.Member)
	if !ok || edition == standard.Edition2022 {
		return n
	}
	members = slices.Clone(members)
	for i, m := range members {
		if list, ok := m.Value.([]kind.Node); ok && (m.Name == "controls" || m.Name == "serves") {
			members[i].Value = counterparts(list)
		}
	}
	n.Value = members
	return n
}

// counterparts gives the controls of 2013 for those of 2022, each once, and leaves other references alone.
func counterparts(list []kind.Node) []kind.Node {
	var out []kind.Node
	for _, item := range list {
		ref, _ := item.Value.(string)
		refs := []string{ref}
		if _, err := standard.Lookup(standard.Edition2022, ref); err == nil {
			refs = standard.Map(standard.Edition2022, ref)
		}
		for _, r := range refs {
			if !slices.ContainsFunc(out, func(n kind.Node) bool { return n.Value == r }) {
				out = append(out, kind.Node{Value: r, Line: item.Line, Column: item.Column})
			}
		}
	}
	return out
}
