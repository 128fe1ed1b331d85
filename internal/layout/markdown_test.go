package layout_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

// Raw HTML is allowed, as on GitHub: line breaks are <br>.
var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))

func rendered(t testing.TB, markdown []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gfm.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMarkdownGolden(t *testing.T) {
	compareGolden(t, "specimen.md", written(t, layout.WriteMarkdown, layouttest.Specimen()))
}

func TestMarkdownRenderedShowsEveryText(t *testing.T) {
	for name, doc := range documents {
		t.Run(name, func(t *testing.T) {
			page := rendered(t, written(t, layout.WriteMarkdown, doc))
			got := slices.DeleteFunc(shownTexts(parsed(t, page)), func(s string) bool { return s == "Document control" })
			if diff := cmp.Diff(words(layouttest.Texts(doc)), words(got)); diff != "" {
				t.Errorf("texts differ:\n%s", diff)
			}
		})
	}
}

// words gives the words of all texts: a row longer than its header puts two texts into one cell.
func words(texts []string) []string { return strings.Fields(strings.Join(texts, " ")) }

func TestMarkdownKeepsTheStructure(t *testing.T) {
	root := parsed(t, rendered(t, written(t, layout.WriteMarkdown, layouttest.Specimen())))
	for name, want := range map[string]int{"h1": 1, "h2": 2, "h3": 1, "h4": 1, "ul": 1, "ol": 1, "li": 4, "table": 3, "a": 1, "em": 1} {
		if got := len(elements(root, name)); got != want {
			t.Errorf("%d elements %s, want %d", got, name, want)
		}
	}
	for _, row := range elements(elements(root, "table")[2], "tr") {
		if got := len(elements(row, "td")) + len(elements(row, "th")); got != 5 {
			t.Errorf("a row has %d cells, want 5: %s", got, textOf(row))
		}
	}
}

func TestMarkdownKeepsNeighbouringListsApart(t *testing.T) {
	list := layout.List{Items: []layout.Text{layout.Plain("item")}}
	doc := layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{list, list, layout.P(""), list}}}}
	if got := len(elements(parsed(t, rendered(t, written(t, layout.WriteMarkdown, doc))), "ul")); got != 3 {
		t.Errorf("%d lists, want 3", got)
	}
}

func TestMarkdownLinksOnlyWhereADocumentMay(t *testing.T) {
	root := parsed(t, rendered(t, written(t, layout.WriteMarkdown, layouttest.Hostile())))
	if diff := cmp.Diff(safeLinks, linksOf(root)); diff != "" {
		t.Errorf("links differ:\n%s", diff)
	}
	if len(elements(root, "img"))+len(elements(root, "script"))+len(elements(root, "code"))+len(elements(root, "b")) > 0 {
		t.Error("text became markup")
	}
}

func TestMarkdownShowsAnyText(t *testing.T) { rapid.Check(t, markdownShowsAnyText) }

func FuzzMarkdown(f *testing.F) { f.Fuzz(rapid.MakeFuzz(markdownShowsAnyText)) }

// markdownShowsAnyText holds that texts of any words and looks are shown in full, wherever they stand.
func markdownShowsAnyText(t *rapid.T) {
	word := rapid.OneOf(rapid.SampledFrom(markdownWords), rapid.String())
	sentence := rapid.Map(rapid.SliceOfN(word, 0, 5), func(words []string) string { return strings.Join(words, "") })
	span := rapid.Custom(func(t *rapid.T) layout.Span {
		return layouttest.Span(sentence.Draw(t, "text"), rapid.IntRange(0, 15).Draw(t, "look"))
	})
	text := layout.Text(rapid.SliceOfN(span, 0, 4).Draw(t, "spans"))
	heading := sentence.Draw(t, "heading")
	doc := layout.Document{Title: heading, Sections: []layout.Section{{Blocks: []layout.Block{
		layout.Paragraph{Text: text},
		layout.List{Items: []layout.Text{text, text}},
		layout.List{Ordered: true, Items: []layout.Text{text}},
		&layout.Table{Columns: []layout.Column{{Title: heading}, {}}, Rows: layout.Slice([]layout.Row{{Cells: []layout.Cell{{Text: text}, {Text: text}}}})},
	}}}}
	var markdown, page bytes.Buffer
	if err := layout.WriteMarkdown(&markdown, doc); err != nil {
		t.Fatal(err)
	}
	if err := gfm.Convert(markdown.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	root, err := xhtml.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(layouttest.Texts(doc), shownTexts(root)); diff != "" {
		t.Errorf("texts differ:\n%s\n%s", diff, markdown.String())
	}
}

// markdownWords are what markup is made of, in GitHub's dialect and in HTML.
var markdownWords = append(strings.Fields("* ** *** _ __ ` `` ~ ~~ ~~~ # ## > >> - -- --- + = === 1. 2) | \\ \\\\ [ ] ( ) ]( ][ ]: ! ![ < > </ <b> <br> --> <!-- & &amp; &#65; ; : :// // "+
	"http https:// http://a.b www. www.a.b a@b.c mailto: $ $$ {} [x] [^1] a é Ω 1 . , … „ € 😀 \u200b e\u0301 �"),
	" ", "  ", "    ", "\n", "\n\n", "\t", "\u00a0", "\r\n")
