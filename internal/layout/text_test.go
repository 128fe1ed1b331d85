package layout_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/layout"
)

func TestPrintableKeepsWhatEveryFormatCanHold(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                         "plain",
		"Žluťoučký kůň, Ελένη, 😀":       "Žluťoučký kůň, Ελένη, 😀",
		"a\r\nb\rc\vd\fe\u0085f\u2028g": "a\nb\nc\nd\ne\nf\ng",
		"a\tb":                          "a b",
		"a\x00b\x1bc\x7fd\u009fe":       "abcde",
		"a\ufffeb\uffff":                "ab",
		"a\xffb":                        "a\ufffdb",
		"hard\u00a0space\u200b":         "hard\u00a0space\u200b",
	} {
		if got := layout.Printable(text); got != want {
			t.Errorf("Printable(%q) is %q, want %q", text, got, want)
		}
	}
}

func TestSharesAddUpToOneAndNoneIsNothing(t *testing.T) {
	table := layout.Table{Columns: []layout.Column{{Width: 2}, {}, {Width: -1}}}
	if diff := cmp.Diff([]float64{0.5, 0.25, 0.25}, table.Shares()); diff != "" {
		t.Errorf("shares differ:\n%s", diff)
	}
	sum := 0.0
	for _, s := range (&layout.Table{Columns: make([]layout.Column, 7)}).Shares() {
		sum += s
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("shares add up to %g", sum)
	}
}

func TestHTMLAnchorsAreThoseOfGitHub(t *testing.T) {
	doc := layout.Document{Title: "Policy", Sections: []layout.Section{
		{Title: "A.5 Organizational controls"},
		{Title: "Řízení & přístup"},
		{Title: "Policy"},
		{Title: ""},
		{Title: "???"},
		{Title: "Notes", Blocks: []layout.Block{layout.Heading{Level: 2, Text: "Notes"}, layout.Heading{Level: 3, Text: "Notes 1"}, layout.Heading{Level: 2, Text: "Notes"}}},
	}}
	root := parsed(t, written(t, layout.WriteHTML, doc))
	var ids []string
	for _, name := range []string{"h1", "h2", "h3", "h4"} {
		for _, h := range elements(root, name) {
			ids = append(ids, attribute(h, "id"))
		}
	}
	want := []string{
		"policy", "nav.contents", "a5-organizational-controls", "řízení--přístup", "policy-1", "section", "notes", "notes-1", "notes-2", "notes-1-1",
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("anchors differ:\n%s", diff)
	}
}
