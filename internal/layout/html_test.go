package layout_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

func TestHTMLGolden(t *testing.T) {
	compareGolden(t, "specimen.html", written(t, layout.WriteHTML, layouttest.Specimen()))
}

func TestHTMLShowsEveryText(t *testing.T) {
	for name, doc := range documents {
		t.Run(name, func(t *testing.T) {
			root := parsed(t, written(t, layout.WriteHTML, doc))
			if diff := cmp.Diff(words(layouttest.Texts(doc)), words(shownTexts(withoutFurniture(root)))); diff != "" {
				t.Errorf("texts differ:\n%s", diff)
			}
		})
	}
}

// withoutFurniture takes out what the page adds to the document: contents, footer, the name above the title.
func withoutFurniture(root *html.Node) *html.Node {
	furniture := slices.Concat(elements(root, "nav"), elements(root, "footer"))
	for _, n := range slices.Concat(elements(root, "p"), elements(root, "caption")) {
		if attribute(n, "class") == "organisation" || textOf(n) == "Document control" {
			furniture = append(furniture, n)
		}
	}
	for _, n := range furniture {
		n.Parent.RemoveChild(n)
	}
	return root
}

// safeLinks are the links of the hostile document that a file may carry.
var safeLinks = []string{
	"https://example.org/a_b?c=d&copy;=e%7Cf%60g%3Ch%3Ei(j)k%5Cl", "mailto:a_b@example.org", "#texts", "HTTPS://EXAMPLE.ORG/", "https://example.org/",
}

// linksOf gives where the links of a page lead, each once, those of its contents list aside.
// Whether parentheses are percent-encoded is the writer's business.
func linksOf(root *html.Node) []string {
	var all []string
	for _, a := range elements(root, "a") {
		href := strings.NewReplacer("%28", "(", "%29", ")").Replace(attribute(a, "href"))
		if a.Parent.Parent.Parent.Data != "nav" && !slices.Contains(all, href) {
			all = append(all, href)
		}
	}
	return all
}

func TestHTMLLinksOnlyWhereADocumentMay(t *testing.T) {
	root := parsed(t, written(t, layout.WriteHTML, layouttest.Hostile()))
	if diff := cmp.Diff(safeLinks, linksOf(root)); diff != "" {
		t.Errorf("links differ:\n%s", diff)
	}
}

func TestHTMLNeedsNothingElseAndRunsNothing(t *testing.T) {
	root := parsed(t, written(t, layout.WriteHTML, layouttest.Hostile()))
	for _, name := range []string{"script", "link", "img", "iframe", "object", "embed", "form", "base", "b"} {
		if n := elements(root, name); len(n) > 0 {
			t.Errorf("the page has %s", name)
		}
	}
	style := textOf(elements(root, "style")[0])
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") || strings.Contains(style, "ZgotmplZ") {
		t.Errorf("the style sheet loads something, or a value in it was refused:\n%s", style)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "ZgotmplZ") {
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
}

func TestHTMLIsAccessible(t *testing.T) {
	root := parsed(t, written(t, layout.WriteHTML, layouttest.Specimen()))
	if got := attribute(elements(root, "html")[0], "lang"); got != "en-GB" {
		t.Errorf("lang is %q", got)
	}
	if got := len(elements(root, "h1")); got != 1 {
		t.Errorf("%d headings of level 1, want one", got)
	}
	for _, th := range elements(root, "th") {
		if attribute(th, "scope") == "" {
			t.Errorf("header cell %q has no scope", textOf(th))
		}
	}
	for _, table := range elements(root, "table") {
		if len(elements(table, "caption")) != 1 {
			t.Errorf("a table has no caption: %s", textOf(table))
		}
		region := table.Parent
		if attribute(table, "class") != "control" && (attribute(region, "tabindex") != "0" || attribute(region, "role") != "region" || attribute(region, "aria-labelledby") == "") {
			t.Errorf("a table can't be scrolled with the keyboard: %v", region.Attr)
		}
	}
}

func TestHTMLNamesAreUniqueAndReferencesResolve(t *testing.T) {
	root := parsed(t, written(t, layout.WriteHTML, layouttest.Hostile()))
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements are called %q", id)
			}
			ids[id] = true
		}
	}
	for n := range root.Descendants() {
		for _, ref := range []string{attribute(n, "aria-labelledby"), strings.TrimPrefix(attribute(n, "href"), "#")} {
			if ref != "" && !strings.Contains(ref, ":") && !ids[ref] {
				t.Errorf("%s refers to %q, which is not there", n.Data, ref)
			}
		}
	}
}

func TestHTMLListsContentsOfMoreThanTwoSections(t *testing.T) {
	doc := layouttest.Specimen()
	if n := elements(parsed(t, written(t, layout.WriteHTML, doc)), "nav"); len(n) != 0 {
		t.Error("two sections have a contents list")
	}
	doc.Sections = append(doc.Sections, layout.Section{Title: "Annex"})
	nav := elements(parsed(t, written(t, layout.WriteHTML, doc)), "nav")
	if len(nav) != 1 {
		t.Fatal("three sections have no contents list")
	}
	if diff := cmp.Diff([]string{"Contents", "Summary", "Controls", "Annex"}, shownTexts(nav[0])); diff != "" {
		t.Errorf("contents differ:\n%s", diff)
	}
}

func TestHTMLHeatMapCellsHaveReadableInk(t *testing.T) {
	var styles []string
	for _, td := range elements(parsed(t, written(t, layout.WriteHTML, layouttest.Specimen())), "td") {
		if style := attribute(td, "style"); style != "" {
			styles = append(styles, style)
		}
	}
	want := []string{
		"background: #f2c14e; color: #000000", "background: #b3261e; color: #ffffff",
		"background: #3c8d5a; color: #000000", "background: #f2c14e; color: #000000",
	}
	if diff := cmp.Diff(want, styles); diff != "" {
		t.Errorf("styles differ:\n%s", diff)
	}
}
