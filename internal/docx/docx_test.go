package docx_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

// report gives the specimen with enough sections for a contents list, the longest of them last.
func report() layout.Document {
	doc := layouttest.Specimen()
	doc.Sections = slices.Insert(doc.Sections, 1, layout.Section{Title: "Scope & context", Blocks: []layout.Block{
		layout.Heading{Level: 2, Text: "Boundaries"},
		layout.P("The head office."),
		layout.Heading{Level: 2, Text: "Boundaries"},
		layout.Paragraph{Text: layout.Text{{Text: "as the lists say", Link: "#lists"}, {Text: " and here", Link: "#boundaries-1"}}},
		layout.List{Ordered: true, Items: []layout.Text{layout.Plain("Begins at one again.")}},
	}})
	return doc
}

func TestEveryTextOfTheTreeIsWrittenInOrder(t *testing.T) {
	specimen, hostile := layouttest.Specimen(), layouttest.Hostile()
	hostile.Sections = hostile.Sections[3:5] // two sections, so that no contents list comes between
	for _, doc := range []layout.Document{specimen, hostile} {
		var got []string
		for _, p := range paragraphs(t, written(t, doc)) {
			got = append(got, layouttest.Words(p.text))
		}
		// Cells beyond a table's columns join its last one, so words are compared, not paragraphs.
		want := strings.Fields(strings.Join(layouttest.Texts(doc), " "))
		if diff := cmp.Diff(want, strings.Fields(strings.Join(got, " "))); diff != "" {
			t.Errorf("the tree (-) and the file (+) differ:\n%s", diff)
		}
	}
}

func TestEveryTextHasItsStyle(t *testing.T) {
	styles := map[string]string{}
	for _, p := range paragraphs(t, written(t, report())) {
		styles[p.text] = p.style
	}
	for text, style := range map[string]string{
		"Statement of Applicability": "Title", "ISO/IEC 27001:2022": "Subtitle",
		"Contents": "TOC Heading", "Summary\t3": "toc 1", "Lists\t3": "toc 2",
		"Summary": "heading 1", "Lists": "heading 2", "Heat map": "heading 3",
		"A second point.": "List Bullet", "One.": "List Number", "The head office.": "Normal",
		"All controls": "caption", "Likelihood": "Report Table Heading",
		"5 Organizational controls": "Report Table Group", "A.5.1": "Report Table Text",
	} {
		if styles[text] != style {
			t.Errorf("%q has the style %q, not %q", text, styles[text], style)
		}
	}
}

func TestEqualTreesGiveEqualBytes(t *testing.T) {
	if !bytes.Equal(written(t, report()), written(t, report())) {
		t.Error("the same document was written in two ways")
	}
}

func TestPartsAreSortedAndDeclared(t *testing.T) {
	names, parts := unpacked(t, written(t, report()))
	if !slices.IsSorted(names) {
		t.Errorf("the parts are not sorted: %v", names)
	}
	types := parts["[Content_Types].xml"]
	for _, name := range names {
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && !strings.Contains(types, `"/`+name+`"`) {
			t.Errorf("%s has no content type", name)
		}
	}
	for _, r := range parsed(t, parts["word/_rels/document.xml.rels"]).all("Relationship") {
		if _, ok := parts["word/"+r.attr("Target")]; !ok && r.attr("TargetMode") != "External" {
			t.Errorf("the relation %s leads to no part: %s", r.attr("Id"), r.attr("Target"))
		}
	}
}

func TestSectionsHaveTheirOrientation(t *testing.T) {
	_, parts := unpacked(t, written(t, report()))
	var got []string
	for _, s := range parsed(t, parts["word/document.xml"]).all("pgSz") {
		got = append(got, strings.TrimSpace(s.attr("w")+"x"+s.attr("h")+" "+s.attr("orient")))
	}
	upright, across := "11906x16838", "16838x11906 landscape"
	if want := []string{upright, upright, upright, upright, across}; !slices.Equal(got, want) { // cover, contents, sections
		t.Errorf("the pages are %v, not %v", got, want)
	}
}

func TestHeaderAndFooter(t *testing.T) {
	for _, c := range []struct {
		doc            layout.Document
		header, footer string
	}{
		{report(), "Žluťoučký kůň s.r.o.\tStatement of Applicability · SOA-0001", "Internal\tPage 1 of 7"},
		{layout.Document{Title: "Plan"}, "\tPlan", "\tPage 1 of 1"},
		{layout.Document{Control: layout.Control{ID: "SOA-0001"}}, "\tSOA-0001", "\tPage 1 of 1"},
	} {
		_, parts := unpacked(t, written(t, c.doc))
		for name, want := range map[string]string{
			"word/headerPortrait.xml": c.header, "word/headerLandscape.xml": c.header,
			"word/footerPortrait.xml": c.footer, "word/footerLandscape.xml": c.footer,
		} {
			if got := parsed(t, parts[name]).text(); got != want {
				t.Errorf("%s is %q, not %q", name, got, want)
			}
		}
		for i, field := range parsed(t, parts["word/footerPortrait.xml"]).all("fldSimple") {
			if got, want := field.attr("instr"), []string{" PAGE ", " NUMPAGES "}[i]; got != want {
				t.Errorf("the field is %q, not %q", got, want)
			}
		}
	}
}

func TestContentsListIsAFieldWhoseEntriesLeadToHeadings(t *testing.T) {
	_, parts := unpacked(t, written(t, report()))
	document := parsed(t, parts["word/document.xml"])
	contents := document.first("sdt")
	if field := contents.first("instrText").Text; strings.TrimSpace(field) != `TOC \o "1-2" \h \z` {
		t.Errorf("the field is %q", field)
	}
	headings := map[string]string{}
	for _, p := range document.all("p") {
		if mark := p.first("bookmarkStart").attr("name"); mark != "" {
			headings[mark] = p.text()
		}
	}
	var got []string
	for _, entry := range contents.all("hyperlink") {
		heading, page, _ := strings.Cut(entry.text(), "\t")
		if headings[entry.attr("anchor")] != heading || page == "" {
			t.Errorf("the entry %q leads to %q", entry.text(), headings[entry.attr("anchor")])
		}
		got = append(got, heading)
	}
	if want := []string{"Summary", "Lists", "Scope & context", "Boundaries", "Boundaries", "Controls"}; !slices.Equal(got, want) {
		t.Errorf("the contents are %v, not %v", got, want)
	}
}

func TestAShortDocumentHasNoContentsList(t *testing.T) {
	_, parts := unpacked(t, written(t, layouttest.Specimen()))
	if strings.Contains(parts["word/document.xml"], "TOC ") {
		t.Error("a document of two sections has a contents list")
	}
}

func TestEachOrderedListBeginsAtOne(t *testing.T) {
	_, parts := unpacked(t, written(t, report()))
	restarts := map[string]bool{}
	for _, n := range parsed(t, parts["word/numbering.xml"]).all("num") {
		restarts[n.attr("numId")] = n.first("startOverride").attr("val") == "1"
	}
	var used []string
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		if id := p.first("numId").attr("val"); id != "" {
			used = append(used, id)
			if !restarts[id] {
				t.Errorf("the list of %q goes on counting", p.text())
			}
		}
	}
	if lists := slices.Compact(used); len(lists) != 2 {
		t.Errorf("two lists share numberings: %v", used)
	}
}

func TestCoreProperties(t *testing.T) {
	doc := layouttest.Specimen()
	doc.Control.Date = time.Date(2026, 1, 31, 23, 30, 0, 0, time.FixedZone("", -3600))
	for _, c := range []struct {
		doc  layout.Document
		want map[string]string
	}{
		{doc, map[string]string{
			"title": "Statement of Applicability", "subject": "ISO/IEC 27001:2022", "creator": "Žluťoučký kůň s.r.o.", "language": "en-GB",
			"identifier": "SOA-0001", "version": "1", "contentStatus": "approved", "category": "Internal",
			"created": "2026-02-01T00:30:00Z", "modified": "2026-02-01T00:30:00Z",
		}},
		{layout.Document{Language: "cs"}, map[string]string{"language": "cs", "created": "2000-01-01T00:00:00Z"}},
	} {
		_, parts := unpacked(t, written(t, c.doc))
		core := parsed(t, parts["docProps/core.xml"])
		for name, want := range c.want {
			if got := core.first(name).Text; got != want {
				t.Errorf("%s is %q, not %q", name, got, want)
			}
		}
		if lang := parsed(t, parts["word/styles.xml"]).first("lang").attr("val"); lang != c.want["language"] {
			t.Errorf("the language of the styles is %q, not %q", lang, c.want["language"])
		}
	}
}

// flood tells when the first bytes of a long document arrived.
type flood struct{ bytes int }

func (f *flood) Write(p []byte) (int, error) { f.bytes += len(p); return len(p), nil }

func TestRowsAreWrittenAsTheyCome(t *testing.T) {
	out := &flood{}
	arrived, pass := 0, 0
	rows := func(yield func(layout.Row) bool) {
		pass++
		for i := range 20000 {
			if pass == 2 && i == 10000 {
				arrived = out.bytes
			}
			if !yield(layout.Row{Cells: []layout.Cell{layout.C(strings.Repeat("text ", i%50))}}) {
				return
			}
		}
	}
	doc := layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{&layout.Table{Rows: rows}}}}}
	if err := docx.Write(out, doc); err != nil {
		t.Fatal(err)
	}
	if pass != 2 {
		t.Errorf("the rows were read %d times", pass)
	}
	if arrived < out.bytes/4 {
		t.Errorf("at half of the rows, %d of %d bytes were out", arrived, out.bytes)
	}
}

// full is a writer without room.
type full struct{ left int }

var errFull = errors.New("no room left")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFailingWriterEndsTheWork(t *testing.T) {
	read := 0
	rows := func(yield func(layout.Row) bool) {
		for i := range 200000 {
			read = i
			if !yield(layout.Row{Cells: []layout.Cell{layout.C(strings.Repeat("x", i%97))}}) {
				return
			}
		}
	}
	doc := layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{&layout.Table{Rows: rows}}}}}
	if err := docx.Write(&full{left: 20000}, doc); !errors.Is(err, errFull) {
		t.Errorf("the error is %v", err)
	}
	if read > 100000 {
		t.Errorf("%d rows were read for a writer that had failed", read)
	}
}
