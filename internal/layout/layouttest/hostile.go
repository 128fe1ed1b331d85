package layouttest

import (
	"math"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// Hostile gives a document of everything that a writer may trip over: markup of every format, texts with
// control characters and broken UTF-8, links that must not work, tables without columns, rows or captions,
// rows shorter and longer than the header, titles that are empty, equal or no names for a sheet.
func Hostile() layout.Document {
	doc := layout.Document{
		Title: `</title><script>alert("1")</script> & 'more'`, Subtitle: "# not a heading\nsecond line",
		Control: layout.Control{
			Organisation: `A & B "C" </style> \ Ltd`, ID: "=1+1", Owner: "*owner* | _two_", Classification: "&D&T 100 % {{.Secret}}",
			Notes: []string{"one", "- two", "3. three"},
		},
		Sections: []layout.Section{
			{Title: "Empty"},
			{Blocks: []layout.Block{layout.P("no title")}},
			{Title: "Texts", Blocks: []layout.Block{layout.List{}, layout.Paragraph{}}},
			{Title: "Texts", Blocks: []layout.Block{
				layout.Paragraph{Text: links()},
				layout.Paragraph{Text: looks()},
				layout.List{Items: hostileItems()},
				layout.List{Items: hostileItems()},
				layout.List{Ordered: true, Items: hostileItems()},
			}},
			{Title: "Tables: a/b*[c]?", Landscape: true, Blocks: []layout.Block{
				&layout.Table{}, &layout.Table{Columns: []layout.Column{{Title: "Only a header"}}},
				&layout.Table{Name: "'quoted'", Rows: layout.Slice([]layout.Row{{Cells: []layout.Cell{layout.C("no"), layout.C("header")}}})},
				&layout.Table{Name: strings.Repeat("Ž", 40), Columns: make([]layout.Column, 2), Rows: layout.Slice(rowsOfAllLengths())},
				&layout.Table{Name: strings.Repeat("ž", 40), Columns: make([]layout.Column, 2), Rows: layout.Slice(hostileValues())},
			}},
		},
	}
	for _, s := range hostileTexts {
		doc.Sections[2].Blocks = append(doc.Sections[2].Blocks, layout.Heading{Level: len(s), Text: s}, layout.P(s))
	}
	return doc
}

var hostileTexts = []string{
	"=HYPERLINK(\"http://a\")", "+1", "-1", "@x", "' apostrophe", "_x0041_ _x005F_x0041_",
	"- item", "+ item", "* item", "1. item", "12) item", "> quote", "# heading #", "---", "***", "===", "```code", "~~~", "~~no~~", "    indented",
	"`code` ``", "**bold** __bold__ *i* _i_", "[text](http://a) ![image](x) [ref]: x", "<b>html</b> <!-- c --> <br>", "&amp; &lt; &#65; &copy;", "a | b\n--- | ---\nc | d",
	`back\slash \| \\| \`, "http://a_b.example/c_d*e www.example.com a_b@example.com", "$a$ and $b$", "[x] done", "[^1]", "\\", "!", "|", ":smile:",
	"tab\there\rand\r\nlines\vmore\u2028end", "bell\a nul\x00 escape\x1b[31m \ufffe\uffff", "bad\xff\xfeutf8", "  spaces   within  ", "\u00a0hard spaces\u00a0",
	"{{.Title}} {% x %} ${x}", "]]> <![CDATA[", "\u202eright to left", "e\u0301 combining", "😀 above the first plane", strings.Repeat("unbroken", 60),
}

func hostileItems() []layout.Text {
	items := []layout.Text{nil}
	for _, s := range hostileTexts {
		items = append(items, layout.Plain(s))
	}
	return items
}

func links() layout.Text {
	var t layout.Text
	for _, link := range []string{
		"javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,<b>", "vbscript:x", "file:///etc/passwd", "//example.org/", "/path", "path", "https:", "http://a b/", "%zz",
		"https://example.org/a_b?c=d&copy;=e|f`g<h>i(j)k\\l", "mailto:a_b@example.org", "#texts", "HTTPS://EXAMPLE.ORG/",
	} {
		t = append(t, layout.Span{Text: "Look at this!"}, layout.Span{Text: "[" + link + "]", Link: link})
	}
	return t
}

// looks gives every two looks side by side, around letters, punctuation and spaces.
func looks() layout.Text {
	var t layout.Text
	for _, s := range []string{"word", "(a)", " spaced ", "*", "", "…", "é"} {
		for look := range 16 {
			t = append(t, Span(s, look), Span(s, look*7%16))
		}
	}
	return t
}

// Span gives a span of one of 16 looks: any of strong, emphasis, muted and a link.
func Span(s string, look int) layout.Span {
	return layout.Span{Text: s, Strong: look&1 > 0, Emph: look&2 > 0, Muted: look&4 > 0, Link: []string{"", "https://example.org/"}[look>>3]}
}

func rowsOfAllLengths() []layout.Row {
	rows := []layout.Row{{}, {Group: true}, {Group: true, Cells: []layout.Cell{layout.C("group"), layout.C("of two")}}}
	for _, s := range hostileTexts {
		rows = append(rows, layout.Row{Cells: []layout.Cell{layout.C(s)}},
			layout.Row{Cells: []layout.Cell{layout.C(s), layout.C(s), layout.C(s), {}, layout.C(s)}})
	}
	return rows
}

// hostileValues gives cells whose values a spreadsheet can't hold, or would show in other words.
func hostileValues() []layout.Row {
	var rows []layout.Row
	for _, c := range []layout.Cell{
		{Text: layout.Plain("not a number"), Value: math.NaN()},
		{Text: layout.Plain("endless"), Value: math.Inf(1)},
		{Text: layout.Plain("12 of 40"), Value: 12},
		{Text: layout.Plain("007"), Value: 7},
		{Text: layout.Plain("9007199254740993"), Value: 9007199254740993},
		{Text: layout.Plain("1899"), Value: time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Text: layout.Plain("tomorrow"), Value: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Text: layout.Plain("a kind unknown"), Value: []string{"x"}},
		{Text: layout.Plain("no colour"), Fill: "red; } x"},
	} {
		rows = append(rows, layout.Row{Cells: []layout.Cell{layout.C("value"), c}})
	}
	return rows
}
