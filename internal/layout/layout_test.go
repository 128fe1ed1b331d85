package layout_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// documents are the trees that every writer must get through without losing a text.
var documents = map[string]layout.Document{
	"specimen": layouttest.Specimen(),
	"hostile":  layouttest.Hostile(),
	"empty":    {},
}

type writer func(io.Writer, layout.Document) error

func written(t testing.TB, write writer, doc layout.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (run with -update if this is meant):\n%s", path, diff)
	}
}

// parsed gives a page as a browser would read it.
func parsed(t testing.TB, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// shownTexts gives the text of every heading, paragraph, item, caption and cell under a node, in order.
func shownTexts(n *html.Node) []string {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td":
		if text := layouttest.Words(textOf(n)); text != "" {
			return []string{text}
		}
		return nil
	}
	var all []string
	for child := range n.ChildNodes() {
		all = append(all, shownTexts(child)...)
	}
	return all
}

func textOf(n *html.Node) string {
	switch {
	case n.Type == html.TextNode:
		return n.Data
	case n.Data == "br":
		return "\n"
	}
	var b strings.Builder
	for child := range n.ChildNodes() {
		b.WriteString(textOf(child))
	}
	return b.String()
}

// elements gives every element of a name under a node.
func elements(root *html.Node, name string) []*html.Node {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
