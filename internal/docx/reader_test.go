package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/layout"
)

// written gives a document's file in the house style.
func written(t *testing.T, doc layout.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked gives the names of a file's parts in their order, and their texts. Every XML part must be
// well formed.
func unpacked(t *testing.T, file []byte) (names []string, parts map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
		parts[f.Name] = string(text)
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			wellFormed(t, f.Name, string(text))
		}
	}
	return names, parts
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s is not well formed: %v", name, err)
		}
	}
}

// node is any element; it is read by encoding/xml and knows nothing of the writer.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func parsed(t *testing.T, text string) node {
	t.Helper()
	var n node
	if err := xml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n node) attr(local string) string {
	i := slices.IndexFunc(n.Attrs, func(a xml.Attr) bool { return a.Name.Local == local })
	if i < 0 {
		return ""
	}
	return n.Attrs[i].Value
}

// all gives the elements of a name at any depth, in their order.
func (n node) all(local string) []node {
	var found []node
	for _, c := range n.Children {
		if c.XMLName.Local == local {
			found = append(found, c)
		}
		found = append(found, c.all(local)...)
	}
	return found
}

// first gives the first element of a name at any depth; an empty one when there is none.
func (n node) first(local string) node {
	if found := n.all(local); len(found) > 0 {
		return found[0]
	}
	return node{}
}

// text gives what a reader sees of an element.
func (n node) text() string {
	switch n.XMLName.Local {
	case "t":
		return n.Text
	case "br":
		return "\n"
	case "ptab":
		return "\t"
	case "tab":
		if n.attr("pos") == "" { // else it is a tab stop
			return "\t"
		}
	}
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.text())
	}
	return b.String()
}

// paragraph is a paragraph's text and the name, not the id, of its style.
type paragraph struct{ style, text string }

// paragraphs gives the paragraphs of a file that hold text.
func paragraphs(t *testing.T, file []byte) []paragraph {
	t.Helper()
	_, parts := unpacked(t, file)
	names := map[string]string{}
	for _, s := range parsed(t, parts["word/styles.xml"]).all("style") {
		names[s.attr("styleId")] = s.first("name").attr("val")
	}
	var list []paragraph
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		id := p.first("pStyle").attr("val")
		if names[id] == "" {
			t.Errorf("there is no style %q; there are %v", id, slices.Sorted(maps.Keys(names)))
		}
		if text := p.text(); strings.TrimSpace(text) != "" {
			list = append(list, paragraph{names[id], text})
		}
	}
	return list
}
