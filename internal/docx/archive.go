package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
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

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	a := &archive{files: map[string]*zip.File{}, mimes: map[string]string{}, left: archiveLimit}
	for _, f := range z.File {
		if fs.ValidPath(f.Name) {
			a.files[f.Name] = f
		}
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

// read gives the bytes of a part.
func (a *archive) read(name string) ([]byte, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, fmt.Errorf("there is no part %s", name)
	}
	in, err := f.Open()
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

// relations gives what a part needs, or the package when the name is empty, with the names of parts as targets.
func (a *archive) relations(name string) ([]relation, error) {
	if a.files[relationsOf(name)] == nil {
		return nil, nil
	}
	var list struct{ Relationship []relation }
	if err := a.decode(relationsOf(name), &list); err != nil {
		return nil, err
	}
	for i, r := range list.Relationship {
		if r.Mode == externalTarget {
			continue
		}
		if absolute, ok := strings.CutPrefix(r.Target, "/"); ok {
			list.Relationship[i].Target = path.Clean(absolute)
		} else {
			list.Relationship[i].Target = path.Join(path.Dir(name), r.Target)
		}
	}
	return list.Relationship, nil
}

// main gives the name of the document part.
func (a *archive) main() (string, error) {
	relations, err := a.relations("")
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(relations, func(r relation) bool { return r.kind() == "officeDocument" })
	if i < 0 {
		return "", errors.New("the package has no document in the transitional form")
	}
	return relations[i].Target, nil
}

// needs gives the parts that some parts need, what these need in turn, and the lists of all their
// relations; the parts themselves are not among them. A part that is missing is left out.
func (a *archive) needs(names []string) ([]part, error) {
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	var found []part
	for queue := slices.Clone(names); len(queue) > 0; queue = queue[1:] {
		relations, err := a.relations(queue[0])
		if err != nil {
			return nil, err
		}
		var wanted []string
		if len(relations) > 0 {
			wanted = append(wanted, relationsOf(queue[0]))
		}
		for _, r := range relations {
			if r.Mode != externalTarget && a.files[r.Target] != nil {
				wanted = append(wanted, r.Target)
			}
		}
		for _, name := range wanted {
			if known[name] {
				continue
			}
			known[name] = true
			p, err := a.part(name)
			if err != nil {
				return nil, err
			}
			found, queue = append(found, p), append(queue, name)
		}
	}
	return found, nil
}

// part gives a part as it stands in the archive.
func (a *archive) part(name string) (part, error) {
	b, err := a.read(name)
	text := string(b)
	return part{name: name, mime: a.mime(name), write: func(m *markup) { m.put(text) }}, err
}

// mime gives the content type of a part; "" for a list of relations, which needs none of its own.
func (a *archive) mime(name string) string {
	if path.Ext(name) == ".rels" {
		return ""
	}
	if mime, ok := a.mimes["/"+name]; ok {
		return mime
	}
	if mime, ok := a.mimes[strings.ToLower(path.Ext(name))]; ok {
		return mime
	}
	return "application/octet-stream"
}
