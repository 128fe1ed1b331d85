package xlsx_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

func TestEveryTableHasASheetOfItsOwnAndAValidName(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	if diff := cmp.Diff([]string{"Document", "Heat map", "Controls"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets differ:\n%s", diff)
	}
	var blocks []layout.Block
	for _, name := range []string{"document", "History", "a/b\\c?d*e[f]g:h", "'quoted'", "a\nb\x00", strings.Repeat("Ž", 40), strings.Repeat("ž", 40), "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "", ""} {
		blocks = append(blocks, &layout.Table{Name: name})
	}
	blocks = append(blocks, &layout.Table{Name: "???"})
	f = opened(t, layout.Document{Sections: []layout.Section{{Title: "Risks", Blocks: blocks}, {Blocks: []layout.Block{&layout.Table{}}}}})
	want := []string{
		"Document", "document (2)", "History (2)", "a b c d e f g h", "’quoted’", "a b", strings.Repeat("Ž", 31), strings.Repeat("ž", 27) + " (2)",
		strings.Repeat("😀", 15), "Risks", "Risks (2)", "Risks (3)", "Table",
	}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets differ:\n%s", diff)
	}
}

func TestTheHeaderIsFrozenRepeatedInPrintAndHasAFilter(t *testing.T) {
	doc := layouttest.Specimen()
	f := opened(t, doc)
	panes, err := f.GetPanes("Controls")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 0 {
		t.Errorf("panes are %+v (%v)", panes, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+" "+n.Name] = n.RefersTo
	}
	want := map[string]string{
		"Controls _xlnm.Print_Titles": "'Controls'!$1:$1", "Heat map _xlnm.Print_Titles": "'Heat map'!$1:$1",
		"Controls _xlnm._FilterDatabase": "'Controls'!$A$1:$E$43",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("defined names differ:\n%s", diff)
	}
	sheets := parts(t, written(t, doc))
	if !strings.Contains(sheets["xl/worksheets/sheet3.xml"], `<autoFilter ref="$A$1:$E$43">`) {
		t.Error("the table has no filter")
	}
	if strings.Contains(sheets["xl/worksheets/sheet2.xml"], "<autoFilter") {
		t.Error("the grid has a filter")
	}
}

func TestSheetsPrintOnePageWideWithHeaderAndFooter(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	for sheet, orientation := range map[string]string{"Document": "portrait", "Heat map": "landscape", "Controls": "landscape"} {
		page, err := f.GetPageLayout(sheet)
		if err != nil || *page.Orientation != orientation || *page.Size != 9 || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
			t.Errorf("%s prints as %+v (%v)", sheet, page, err)
		}
		if props, err := f.GetSheetProps(sheet); err != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s does not fit to the page (%v)", sheet, err)
		}
		got, err := f.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if want := "&L&8&K667085Žluťoučký kůň s.r.o.&R&8&K667085Statement of Applicability · SOA-0001"; got.OddHeader != want {
			t.Errorf("header is %q, want %q", got.OddHeader, want)
		}
		if want := "&L&8&K667085Internal&R&8&K667085Page &P of &N"; got.OddFooter != want {
			t.Errorf("footer is %q, want %q", got.OddFooter, want)
		}
	}
}

func TestHeadersHoldAnyTitle(t *testing.T) {
	doc := layout.Document{Title: strings.Repeat("R&D ", 100), Control: layout.Control{Organisation: strings.Repeat("😀", 200), ID: "A&B"}}
	got, err := opened(t, doc).GetHeaderFooter("Document")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.OddHeader, "R&&D") || !strings.HasSuffix(got.OddHeader, "… · A&&B") {
		t.Errorf("header is %q", got.OddHeader)
	}
}

func TestGroupRowsAreMergedAndTinted(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	merged, err := f.GetMergeCells("Controls")
	if err != nil || len(merged) != 1 || merged[0][0] != "A2:E2" {
		t.Errorf("merged cells are %v (%v)", merged, err)
	}
	if s := styleOf(t, f, "Controls", "A2"); s.Fill.Color[0] != "F9FAFB" || !s.Font.Bold {
		t.Errorf("the group row has %+v and %+v", s.Fill, s.Font)
	}
}

func styleOf(t testing.TB, f *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

func TestCellsWrapAtTheTopAndHeadersAreTintedAndBold(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	header, cell := styleOf(t, f, "Controls", "A1"), styleOf(t, f, "Controls", "C9")
	if header.Fill.Color[0] != "F2F4F7" || !header.Font.Bold {
		t.Errorf("the header has %+v and %+v", header.Fill, header.Font)
	}
	if !cell.Alignment.WrapText || cell.Alignment.Vertical != "top" || cell.Font.Bold {
		t.Errorf("a cell has %+v and %+v", cell.Alignment, cell.Font)
	}
	if got := styleOf(t, f, "Controls", "D3").Alignment.Horizontal; got != "right" {
		t.Errorf("numbers stand on the %s", got)
	}
}

func TestGridCellsHaveBordersFillsAndReadableInk(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	for cell, want := range map[string][2]string{"B2": {"F2C14E", "000000"}, "C2": {"B3261E", "FFFFFF"}, "C3": {"F2C14E", "000000"}} {
		s := styleOf(t, f, "Heat map", cell)
		if got := [2]string{s.Fill.Color[0], s.Font.Color}; got != want || len(s.Border) != 4 {
			t.Errorf("%s has fill and ink %v and %d borders, want %v and 4", cell, got, len(s.Border), want)
		}
	}
}

func TestNumbersAndDatesAreTyped(t *testing.T) {
	day := time.Date(2026, 1, 31, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	for _, c := range []struct {
		text   string
		value  any
		stored string // "" where the text is kept
	}{
		{"12", 12, "12"},
		{"-3", -3, "-3"},
		{"1,234", 1234, "1234"},
		{"1,234.50", 1234.5, "1234.5"},
		{"0.33", 1.0 / 3, "0.333333333333333"},
		{"45 %", 0.45, "0.45"},
		{"45.5%", 0.455, "0.455"},
		{"2026-01-31", day, "46053.604166666664"},
		{"2026-01-31 14:30", day, "46053.604166666664"},
		{"31 January 2026", day, "46053.604166666664"},
		{"12 of 40", 12, ""},
		{"007", 7, ""},
		{"1,2", 12, ""},
		{"13", 12, ""},
		{"9007199254740993", 9007199254740993, ""},
		{"soon", day, ""},
		{"12", nil, ""},
	} {
		table := &layout.Table{Name: "T", Rows: layout.Slice([]layout.Row{{Cells: []layout.Cell{{Text: layout.Plain(c.text), Value: c.value}}}})}
		f := opened(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{table}}}})
		kind, _ := f.GetCellType("T", "A1")
		raw, _ := f.GetCellValue("T", "A1", excelize.Options{RawCellValue: true})
		show, _ := f.GetCellValue("T", "A1")
		if strings.ReplaceAll(show, " ", "") != strings.ReplaceAll(c.text, " ", "") { // excelize alone puts the space of "45 %" last
			t.Errorf("%q, %v shows %q", c.text, c.value, show)
		}
		switch {
		case c.stored == "" && (kind != excelize.CellTypeInlineString || raw != c.text):
			t.Errorf("%q, %v is %q of type %d, want text", c.text, c.value, raw, kind)
		case c.stored != "" && (kind != excelize.CellTypeUnset || !strings.HasPrefix(raw, c.stored)):
			t.Errorf("%q, %v is %q of type %d, want the number %s", c.text, c.value, raw, kind, c.stored)
		}
	}
}

func TestColumnsAreInOrderAndWideEnoughForTheirHeader(t *testing.T) {
	sheet := parts(t, written(t, layouttest.Specimen()))["xl/worksheets/sheet3.xml"]
	var columns []string
	for _, m := range regexp.MustCompile(`<col min="(\d+)"`).FindAllStringSubmatch(sheet, -1) {
		columns = append(columns, m[1])
	}
	if !slices.Equal(columns, []string{"1", "2", "3", "4", "5"}) {
		t.Errorf("columns stand in the order %v", columns)
	}
	f := opened(t, layouttest.Specimen())
	for column, least := range map[string]float64{"A": 9, "B": 30, "C": 60, "D": 8, "E": 11} {
		if width, err := f.GetColWidth("Controls", column); err != nil || width < least {
			t.Errorf("column %s is %g wide, want at least %g (%v)", column, width, least, err)
		}
	}
}

func TestALongCellHasARowHighEnough(t *testing.T) {
	f := opened(t, layouttest.Specimen())
	width, _ := f.GetColWidth("Controls", "C")
	text, _ := f.GetCellValue("Controls", "C9")
	high, err := f.GetRowHeight("Controls", 9)
	// Calibri at 10 points has about 1.25 letters to a column's unit of width, and lines of 12.75 points.
	if least := float64(len(text)) / (width * 1.25) * 12.75; err != nil || high < least || high > 409 {
		t.Errorf("the row is %g points high for %d letters in a column of %g, want %g to 409 (%v)", high, len(text), width, least, err)
	}
}

func TestLinksLeadOnlyWhereADocumentMay(t *testing.T) {
	rels := parts(t, written(t, layouttest.Hostile()))["xl/worksheets/_rels/sheet1.xml.rels"]
	var targets []string
	for _, m := range regexp.MustCompile(`Target="([^"]*)"`).FindAllStringSubmatch(rels, -1) {
		if !slices.Contains(targets, m[1]) {
			targets = append(targets, m[1])
		}
	}
	want := []string{"https://example.org/a_b?c=d&amp;copy;=e%7Cf%60g%3Ch%3Ei(j)k%5Cl", "mailto:a_b@example.org", "HTTPS://EXAMPLE.ORG/", "https://example.org/"}
	if diff := cmp.Diff(want, targets); diff != "" {
		t.Errorf("links differ:\n%s", diff)
	}
	f := opened(t, layouttest.Specimen())
	for cell, sheet := range map[string]string{"All controls": "'Controls'!A1", "Risks by likelihood and impact": "'Heat map'!A1"} {
		at, err := f.SearchSheet("Document", cell)
		if err != nil || len(at) != 1 {
			t.Fatalf("%q stands in %v (%v)", cell, at, err)
		}
		if ok, to, err := f.GetCellHyperLink("Document", at[0]); !ok || to != sheet || err != nil {
			t.Errorf("%s leads to %q (%v)", cell, to, err)
		}
	}
}

func TestDocumentPropertiesComeFromTheControlBlock(t *testing.T) {
	props, err := opened(t, layouttest.Specimen()).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	want := &excelize.DocProperties{
		Title: "Statement of Applicability", Subject: "ISO/IEC 27001:2022", Creator: "Information security officer", LastModifiedBy: "Information security officer",
		Identifier: "SOA-0001", Version: "1", ContentStatus: "approved", Category: "Internal", Language: "en-GB",
		Created: "2026-01-31T00:00:00Z", Modified: "2026-01-31T00:00:00Z",
	}
	if diff := cmp.Diff(want, props); diff != "" {
		t.Errorf("properties differ:\n%s", diff)
	}
	props, err = opened(t, layout.Document{}).GetDocProps()
	if err != nil || props.Creator != "Stele" || props.Created != "2000-01-01T00:00:00Z" {
		t.Errorf("an empty document was made by %q on %s (%v)", props.Creator, props.Created, err)
	}
}
