package docx_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
)

// page gives a document of one section.
func page(blocks ...layout.Block) layout.Document {
	return layout.Document{Sections: []layout.Section{{Blocks: blocks}}}
}

// documentOf gives the root of a document's main part.
func documentOf(t *testing.T, doc layout.Document) node {
	t.Helper()
	_, parts := unpacked(t, written(t, doc))
	return parsed(t, parts["word/document.xml"])
}

func TestOddRunesNeverDamageAFile(t *testing.T) {
	for _, c := range []struct{ odd, want string }{
		{"\x00\x01\x08\x1b\x1f\x7f\u0080\u009f", ""},
		{"\ufffe\uffff\U0001fffe\U0010ffff", ""},
		{"\xed\xa0\x80\xed\xbf\xbf", strings.Repeat("\ufffd", 6)}, // surrogates, which UTF-8 does not have
		{"\xff\xc0", "\ufffd\ufffd"},
		{"\ufdd0\ufeff\u202e", "\ufdd0\ufeff\u202e"},
		{"😀漢字Ελένηřů\u00ad\u00a0", "😀漢字Ελένηřů\u00ad\u00a0"},
		{"one\ntwo\tthree\r\n\rfour\u2028", "one\ntwo three\n\nfour\n"},
		{`&<>"']]>&amp;<w:p/>`, `&<>"']]>&amp;<w:p/>`},
		{"  two  spaces  ", "  two  spaces  "},
	} {
		odd, want := "a"+c.odd+"z", "a"+c.want+"z"
		doc := layout.Document{
			Title: odd, Subtitle: odd, Language: odd,
			Control: layout.Control{Organisation: odd, ID: odd, Version: odd, Classification: odd, Notes: []string{odd}},
			Sections: []layout.Section{
				{Title: odd, Blocks: []layout.Block{
					layout.Heading{Level: 2, Text: odd},
					layout.Paragraph{Text: layout.Text{{Text: odd, Link: "https://example.org/" + odd}, {Text: odd, Link: "#" + odd}}},
					layout.List{Items: []layout.Text{layout.Plain(odd)}},
					&layout.Table{Name: odd, Caption: odd, Columns: []layout.Column{{Title: odd}}, Rows: layout.Slice([]layout.Row{layout.Group(odd)})},
				}},
				{Title: odd},
				{Title: odd},
			},
		}
		counts := map[string]int{}
		for _, p := range paragraphs(t, written(t, doc)) {
			counts[p.text]++
		}
		// Title, subtitle, five rows of the control block, three sections, heading, item, caption, column and group.
		if counts[want] != 15 || counts[want+want] != 1 {
			t.Errorf("%+q should give %+q 15 times and doubled once; the file has %+v", c.odd, want, counts)
		}
	}
}

func TestNoRuneIsLost(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r <= 0x10FFFF; r += 1 + r>>14 { // every one at first, then fewer and fewer
		all.WriteRune(r)
	}
	want := layout.Printable(all.String())
	if got := documentOf(t, page(layout.P(all.String()))).text(); got != want {
		t.Errorf("%d bytes were written, not %d", len(got), len(want))
	}
}

func TestLinksLeadSomewhereOrAreText(t *testing.T) {
	var text layout.Text
	for i, link := range []string{
		"https://example.org/a?b=c&d=e#f", "http://example.org/a b?q=\"x\"", "mailto:ciso@example.org", "https://example.org/a?b=c&d=e#f",
		"#heat-map", "#řízení-rizik",
		"", "#nowhere", "javascript:alert(1)", "file:///etc/passwd", `\\server\share`, "https:no-host", "/risks/1", "http://[::1", "\x00",
	} {
		text = append(text, layout.Span{Text: fmt.Sprintf("[%d]", i), Link: link})
	}
	doc := page(layout.Heading{Level: 2, Text: "Heat map"}, layout.Heading{Level: 3, Text: "Řízení rizik!"}, layout.Paragraph{Text: text})
	_, parts := unpacked(t, written(t, doc))
	targets := map[string]string{}
	for _, r := range parsed(t, parts["word/_rels/document.xml.rels"]).all("Relationship") {
		if r.attr("TargetMode") == "External" {
			targets[r.attr("Id")] = r.attr("Target")
		}
	}
	document := parsed(t, parts["word/document.xml"])
	marks := map[string]string{}
	for _, p := range document.all("p") {
		if mark := p.first("bookmarkStart").attr("name"); mark != "" {
			marks[mark] = p.text()
		}
	}
	var got []string
	for _, link := range document.all("hyperlink") {
		got = append(got, link.text()+" "+targets[link.attr("id")]+marks[link.attr("anchor")])
	}
	want := []string{
		"[0] https://example.org/a?b=c&d=e#f", "[1] http://example.org/a%20b?q=%22x%22", "[2] mailto:ciso@example.org", "[3] https://example.org/a?b=c&d=e#f",
		"[4] Heat map", "[5] Řízení rizik!",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the links are\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(targets) != 3 {
		t.Errorf("three addresses have %d relations", len(targets))
	}
	if all := document.text(); !strings.Contains(all, "[6][7][8][9][10][11][12][13][14]") {
		t.Errorf("texts of other links are lost: %q", all)
	}
}

func TestSpansHaveTheirLooks(t *testing.T) {
	doc := page(layout.Paragraph{Text: layout.Text{
		{Text: "plain"}, {Text: "strong", Strong: true}, {Text: "emph", Emph: true}, {Text: "muted", Muted: true}, {Text: "link", Link: "https://example.org", Strong: true},
	}})
	var got []string
	for _, r := range documentOf(t, doc).all("r") {
		look := r.text()
		for _, p := range r.first("rPr").Children {
			look += " " + p.XMLName.Local + p.attr("val")
		}
		got = append(got, look)
	}
	want := []string{"plain", "strong b bCs", "emph i iCs", "muted rStyleReportMuted", "link rStyleHyperlink b bCs"}
	if !slices.Equal(got, want) {
		t.Errorf("the runs are %q, not %q", got, want)
	}
}
