package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
	"github.com/stele-isms/stele/internal/pdf"
)

func TestNoTextIsLost(t *testing.T) {
	long := strings.Repeat("Přístup a Ελένη reviewed word by word. ", 100)
	many := make([]layout.Column, 40)
	for i := range many {
		many[i].Title = fmt.Sprintf("Column %d", i)
	}
	row := func(cells ...string) layout.Row {
		var r layout.Row
		for _, c := range cells {
			r.Cells = append(r.Cells, layout.C(c))
		}
		return r
	}
	table := func(columns []layout.Column, rows ...layout.Row) layout.Document {
		return layout.Document{Title: "Table", Sections: []layout.Section{{Blocks: []layout.Block{&layout.Table{Columns: columns, Rows: layout.Slice(rows)}}}}}
	}
	for name, doc := range map[string]layout.Document{
		"specimen":                      layouttest.Specimen(),
		"nothing":                       {},
		"long title":                    {Title: long, Subtitle: long, Control: layout.Control{Organisation: long, ID: long, Notes: []string{long, long, long}, Classification: long}},
		"long heading":                  {Sections: []layout.Section{{Title: long, Blocks: []layout.Block{layout.Heading{Level: 2, Text: long}, layout.Heading{Level: 7, Text: long}}}}},
		"headings that say nothing":     {Sections: []layout.Section{{Title: " ", Blocks: []layout.Block{layout.Heading{Level: 2}}}, {}, {Title: "?"}}},
		"heading at the end":            {Sections: []layout.Section{{Title: "Section", Blocks: []layout.Block{layout.Heading{Level: 2, Text: "Last"}}}, {Title: "Empty"}}},
		"table without columns":         table(nil, row("one", "two"), row("three")),
		"table without rows":            {Sections: []layout.Section{{Blocks: []layout.Block{&layout.Table{Caption: "No rows", Columns: []layout.Column{{Title: "Header"}}}}}}},
		"cells beyond the columns":      table([]layout.Column{{Title: "A"}, {Title: "B"}}, row("one", "two", "three", "four"), row("five")),
		"group of several cells":        table([]layout.Column{{Title: "A"}, {Title: "B"}}, layout.Row{Group: true, Cells: row("group", "more").Cells}, row("cell")),
		"only groups":                   table([]layout.Column{{Title: "A"}}, layout.Group("one"), layout.Group("two")),
		"cells higher than pages":       table([]layout.Column{{Title: "A"}, {Title: "B", Width: 2}}, row(strings.Repeat(long, 3), strings.Repeat(long, 9)), row("after")),
		"header higher than a page":     table([]layout.Column{{Title: strings.Repeat(long, 4)}, {Title: "B"}}, row("one", "two")),
		"more columns than fit":         table(many, row(strings.Fields(strings.Repeat("cell ", 40))...)),
		"a word longer than its column": table([]layout.Column{{Title: "A"}, {Title: "B", Width: 9}}, row(strings.Repeat("unbreakable", 20), "b")),
		"markup of PDF":                 table(nil, row(`(Tj) \(`, `<</Type>> %comment`, `\)`, "endstream endobj")),
	} {
		t.Run(name, func(t *testing.T) {
			w := write(t, doc)
			pages := w.pages()
			for _, text := range texts(doc) {
				w.needs(pages, text)
			}
		})
	}
}

func TestControlCharactersAreStripped(t *testing.T) {
	w := write(t, layout.Document{Sections: []layout.Section{{Title: "A\x00B", Blocks: []layout.Block{layout.P("be\x07fore\tafter\r\nnext\u200d line \ufeff\u00ad.")}}}})
	w.needs(w.pages(), "before after next line.")
	if got := w.outline(); len(got) != 1 || got[0].Title != "AB" {
		t.Errorf("outline %v", got)
	}
}

func TestEveryPageHasItsNumberAndAllButTheFirstTheRunningHeader(t *testing.T) {
	doc := layouttest.Specimen()
	pages := write(t, doc).pages()
	for i, page := range pages {
		if want := fmt.Sprintf("Page%dof%d", i+1, len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d lacks %s", i+1, want)
		}
		if !strings.Contains(page, doc.Control.Classification) {
			t.Errorf("page %d lacks the classification", i+1)
		}
		header := squeeze(doc.Control.Organisation + doc.Title + "·" + doc.Control.ID)
		if got := strings.Contains(page, header); got != (i > 0) {
			t.Errorf("page %d: running header: %v", i+1, got)
		}
	}
}

func TestSectionsStandOnSheetsOfTheirOrientation(t *testing.T) {
	info := write(t, layouttest.Specimen()).info()
	for page, want := range map[int]string{1: "595.28 x 841.89 pts (A4)", 2: "595.28 x 841.89 pts (A4)", 3: "841.89 x 595.28 pts (A4)"} {
		if got := info[fmt.Sprintf("Page %d size", page)]; got != want {
			t.Errorf("page %d: %s, want %s", page, got, want)
		}
	}
}

func TestContentsAndBookmarksNameThePagesOfTheHeadings(t *testing.T) {
	doc := layout.Document{Title: "Many sections"}
	for i := range 45 {
		doc.Sections = append(doc.Sections, layout.Section{Title: fmt.Sprintf("Section %02d (část)", i), Landscape: i%2 == 1, Blocks: []layout.Block{
			layout.P(strings.Repeat("Text that fills pages. ", 100*(i%4))),
			layout.Heading{Level: 2, Text: fmt.Sprintf("Heading %02d", i)},
			layout.Heading{Level: 3, Text: fmt.Sprintf("Subheading %02d", i)},
		}})
	}
	w := write(t, doc)
	pages := w.pages()
	outline := w.outline()
	if len(outline) != 90 {
		t.Fatalf("%d bookmarks, want 45 sections and 45 headings", len(outline))
	}
	contents := w.look(2) + w.look(3) + w.look(4)
	for i, b := range outline {
		if b.Depth != i%2 {
			t.Errorf("%s has depth %d", b.Title, b.Depth)
		}
		if !strings.Contains(pages[b.Page-1], squeeze(b.Title)) {
			t.Errorf("the bookmark %q leads to page %d, where it does not stand", b.Title, b.Page)
		}
		if !hasEntry(contents, b) {
			t.Errorf("the contents lack %q with page %d", b.Title, b.Page)
		}
	}
}

func hasEntry(contents string, b bookmark) bool {
	for line := range strings.Lines(contents) {
		title, found := strings.CutSuffix(strings.TrimSpace(line), fmt.Sprintf(" %d", b.Page))
		if found && strings.TrimSpace(title) == b.Title {
			return true
		}
	}
	return false
}

func TestBookmarksLeadToTheHeightOfTheHeading(t *testing.T) {
	w := write(t, layout.Document{Sections: []layout.Section{
		{Title: "Upright", Blocks: []layout.Block{layout.P("Text."), layout.Heading{Level: 2, Text: "Lower"}}},
		{Title: "Turned", Landscape: true, Blocks: []layout.Block{layout.P("Text."), layout.Heading{Level: 2, Text: "Below"}}},
	}})
	destinations := w.poppler("pdfinfo", "-dests", w.path)
	boxes := w.poppler("pdftotext", "-bbox", w.path, "-")
	for heading, height := range map[string]float64{"Upright": 841.89, "Lower": 841.89, "Turned": 595.28, "Below": 595.28} {
		above := height - number(t, destinations, `XYZ +0 +([\d.]+) .*"`+strings.ToLower(heading)+`"`)
		top := number(t, boxes, `yMin="([\d.]+)"[^>]*>`+heading+`<`)
		if above > top || above < top-8 {
			t.Errorf("the bookmark of %s leads to %v, the heading begins at %v", heading, above, top)
		}
	}
}

// number gives the number that the pattern finds.
func number(t *testing.T, in, pattern string) float64 {
	t.Helper()
	match := regexp.MustCompile(pattern).FindStringSubmatch(in)
	if match == nil {
		t.Fatalf("%s is not in %s", pattern, in)
	}
	n, err := strconv.ParseFloat(match[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTwoSectionsNeedNoContents(t *testing.T) {
	if pages := write(t, layouttest.Specimen()).pages(); strings.Contains(pages[1], "Contents") {
		t.Error("contents for two sections")
	}
}

func TestLinksLeadToAddressesAndHeadings(t *testing.T) {
	w := write(t, layout.Document{Sections: []layout.Section{{Title: "Second part", Blocks: []layout.Block{layout.Paragraph{Text: layout.Text{
		{Text: "web", Link: "https://example.org/ř(1)"},
		{Text: " mail", Link: "mailto:isms@example.org"},
		{Text: " script", Link: "javascript:alert(1)"},
		{Text: " file", Link: "file:///etc/passwd"},
		{Text: " within", Link: "#second-part"},
	}}}}}})
	want := []string{"https://example.org/%C5%99%281%29", "mailto:isms@example.org", "document.html#2"}
	if diff := cmp.Diff(want, w.links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestThePropertiesAreThoseOfTheControlBlock(t *testing.T) {
	info := write(t, layouttest.Specimen()).info()
	for name, want := range map[string]string{
		"Title": "Statement of Applicability", "Author": "Žluťoučký kůň s.r.o.", "Subject": "ISO/IEC 27001:2022",
		"CreationDate": "Sat Jan 31 00:00:00 2026 UTC", "ModDate": "Sat Jan 31 00:00:00 2026 UTC",
	} {
		if info[name] != want {
			t.Errorf("%s is %q, want %q", name, info[name], want)
		}
	}
}

func TestTheSameTreeGivesTheSameBytes(t *testing.T) {
	doc := layouttest.Specimen()
	doc.Control.Date = time.Time{}
	var files [8]bytes.Buffer
	var group sync.WaitGroup
	for i := range files {
		group.Go(func() {
			if err := pdf.Write(&files[i], doc); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range files {
		if !bytes.Equal(files[0].Bytes(), files[i].Bytes()) {
			t.Errorf("file %d differs", i)
		}
	}
}

func TestRowsAreReadOnce(t *testing.T) {
	reads := 0
	rows := func(yield func(layout.Row) bool) {
		reads++
		yield(layout.Group("row"))
	}
	write(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{&layout.Table{Rows: rows}}}}})
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

func TestWhatFontsLackIsReportedAndStaysInTheText(t *testing.T) {
	text := "Roof 屋 and 😀, once more 屋."
	w := write(t, layout.Document{Title: "Emoji 😀", Sections: []layout.Section{{Title: "Section 屋😀", Blocks: []layout.Block{layout.P(text)}}}})
	want := []pdf.Missing{{Rune: '😀', Text: "Emoji 😀"}, {Rune: '屋', Text: "Section 屋😀"}}
	if diff := cmp.Diff(want, w.missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	w.needs(w.pages(), text)
	if got := w.outline(); len(got) != 1 || got[0].Title != "Section 屋😀" {
		t.Errorf("outline %v", got)
	}
}

func TestFontsAreEmbeddedSubsets(t *testing.T) {
	w := write(t, layouttest.Specimen())
	for _, name := range []string{"Inter-Regular", "Inter-SemiBold", "Inter-Italic"} {
		found := false
		for line := range strings.Lines(w.poppler("pdffonts", w.path)) {
			fields := strings.Fields(line)
			found = found || strings.HasSuffix(fields[0], "+"+name) && strings.Contains(line, "Identity-H       yes yes yes")
		}
		if !found {
			t.Errorf("%s is not an embedded subset with Unicode values", name)
		}
	}
}

func TestTheWritersErrorIsGiven(t *testing.T) {
	full := errors.New("disk is full")
	if err := pdf.Write(brokenWriter{full}, layouttest.Specimen()); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }
