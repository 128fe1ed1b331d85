package exchange

import (
	"io/fs"
	"slices"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Library gives the records of the threat and vulnerability library, with the controls of an edition.
func Library(edition standard.Edition) ([]kind.Node, error) {
	nodes, err := ReadFolder(isms.Library, "library")
	if err != nil {
		return nil, err
	}
	for i := range nodes {
		nodes[i].Node = InEdition(edition, nodes[i].Node)
	}
	return justNodes(nodes), nil
}

func justNodes(files []FileNode) []kind.Node {
	list := make([]kind.Node, len(files))
	for i, f := range files {
		list[i] = f.Node
	}
	return list
}

// FileNode is a record and the file that it stands in.
type FileNode struct {
	kind.Node
	File string
}

// ReadFolder reads the YAML files of a folder, in the order of their names, without its subfolders.
func ReadFolder(files fs.FS, folder string) ([]FileNode, error) {
	names, err := fs.Glob(files, folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var list []FileNode
	for _, name := range names {
		nodes, err := readFile(files, name)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			list = append(list, FileNode{n, name})
		}
	}
	return list, nil
}

func readFile(files fs.FS, name string) ([]kind.Node, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadYAML(name, f)
}

// InEdition gives a record written with control numbers of 2022 with those of an edition: every list of
// controls is led through the correspondence. Numbers without a counterpart fall away.
func InEdition(edition standard.Edition, n kind.Node) kind.Node {
	if edition == standard.Edition2022 {
		return n
	}
	members, ok := n.Value.([]kind.Member)
	if !ok {
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
