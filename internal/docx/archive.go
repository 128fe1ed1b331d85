package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// archiveLimit bounds the unpacked bytes that are read of a template, so that a small file cannot
// fill the memory.
const archiveLimit = 32 << 20

// archive is a Word file that is read part by part.
type archive struct {
	files map[string]*zip.File
	mimes map[string]string // by "/name" and by ".extension"
	left  int64             // of archiveLimit
}

func openArchive(content []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	a := &archive{files: map[string]*zip.File{}, mimes: map[string]string{}, left: archiveLimit}
	for _, f := range z.File {
		a.files[f.Name] = f
	}
	var types struct {
		Default []struct {
			Extension   string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	if err := a.decode("[Content_Types].xml", &types); err != nil {
		return nil, err
	}
	for _, d := range types.Default {
		a.mimes["."+strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, o := range types.Override {
		a.mimes[o.PartName] = o.ContentType
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[name] != nil }

// read gives the bytes of a part.
func (a *archive) read(name string) ([]byte, error) {
	if !a.has(name) {
		return nil, fmt.Errorf("there is no part %s", name)
	}
	in, err := a.files[name].Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, a.left+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	a.left -= int64(len(text))
	if a.left < 0 {
		return nil, fmt.Errorf("read %s: the file unpacks to more than %d MiB", name, archiveLimit>>20)
	}
	return text, nil
}

func (a *archive) decode(name string, into any) error {
	text, err := a.read(name)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal(text, into); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func (a *archive) parse(name, root string) (tree, error) {
	text, err := a.read(name)
	if err != nil {
		return tree{}, err
	}
	return parse(name, text, root)
}

// part gives a part as it stands in the archive.
func (a *archive) part(name string) (part, error) {
	b, err := a.read(name)
	if err != nil {
		return part{}, err
	}
	text := string(b)
	return part{name: name, mime: a.mime(name), write: func(m *markup) { m.put(text) }}, nil
}

// mime gives the content type of a part; "" for a list of relations, which needs none of its own.
func (a *archive) mime(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if extension == ".rels" {
		return ""
	}
	return cmp.Or(a.mimes["/"+name], a.mimes[extension], "application/octet-stream")
}

// needs gives the relations of a part to other parts, with their names as targets. The needs of the
// package are those of an empty name.
func (a *archive) needs(name string) ([]relation, error) {
	if !a.has(relationsOf(name)) {
		return nil, nil
	}
	var list struct{ Relationship []relation }
	if err := a.decode(relationsOf(name), &list); err != nil {
		return nil, err
	}
	var needs []relation
	for _, r := range list.Relationship {
		if r.Mode == externalTarget {
			continue
		}
		if !path.IsAbs(r.Target) {
			r.Target = path.Join("/", path.Dir(name), r.Target)
		}
		r.Target = strings.TrimPrefix(path.Clean(r.Target), "/")
		needs = append(needs, r)
	}
	return needs, nil
}

// documentNeeds gives the parts that the document needs, each by the kind of its relation, as in
// "styles"; the last one where there are many, as of pictures.
func (a *archive) documentNeeds() (map[string]string, error) {
	roots, err := a.needsByKind("")
	if err != nil {
		return nil, err
	}
	document, ok := roots["officeDocument"]
	if !ok {
		return nil, errors.New("the package has no document in the transitional form")
	}
	return a.needsByKind(document)
}

func (a *archive) needsByKind(name string) (map[string]string, error) {
	needs, err := a.needs(name)
	if err != nil {
		return nil, err
	}
	kinds := map[string]string{}
	for _, r := range needs {
		if kind, ok := strings.CutPrefix(r.Type, relationTypes); ok {
			kinds[kind] = r.Target
		}
	}
	return kinds, nil
}

// reach gives the names of some parts, of all parts that they need in turn, and of the lists of their
// relations, in the order in which they are met. A needed part that is missing is left out.
func (a *archive) reach(names []string) ([]string, error) {
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for i := 0; i < len(names); i++ {
		needs, err := a.needs(names[i])
		if err != nil {
			return nil, err
		}
		for _, r := range append(needs, relation{Target: relationsOf(names[i])}) {
			if a.has(r.Target) && !known[r.Target] {
				known[r.Target] = true
				names = append(names, r.Target)
			}
		}
	}
	return names, nil
}
