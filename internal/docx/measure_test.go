package docx

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
)

// faceOf reads a face out of a sheet, as it is inherited.
func faceOf(s *sheet, id string) face {
	var size, before, after, line string
	inherit := func(of *element) {
		space := of.find("pPr", "spacing")
		size, before = cmp.Or(size, of.find("rPr", "sz").attr("val")), cmp.Or(before, space.attr("before"))
		after, line = cmp.Or(after, space.attr("after")), cmp.Or(line, space.attr("line"))
	}
	for id != "" {
		style := s.withID(id)
		inherit(style)
		id = style.find("basedOn").attr("val")
	}
	inherit(s.root.find("docDefaults", "rPrDefault"))
	inherit(s.root.find("docDefaults", "pPrDefault"))
	return newFace(in(2, size), in(20, before), in(20, after), in(240, line))
}

// in gives a number in a unit of which so many make one; nothing is 0.
func in(unit float64, number string) float64 {
	n, _ := strconv.ParseFloat(number, 64)
	return n / unit
}

func TestTheFacesAreThoseOfTheSheet(t *testing.T) {
	for id, f := range map[string]face{
		"Title": titleFace, "Subtitle": subtitleFace, "TOCHeading": contentsFace, "TOC1": entryFaces[1], "TOC2": entryFaces[2],
		"Heading1": headingFaces[1], "Heading2": headingFaces[2], "Heading3": headingFaces[3],
		"Normal": bodyFace, "ListBullet": itemFace, "ListNumber": itemFace, "Caption": captionFace,
		"ReportTableText": cellFace, "ReportTableHeading": cellFace, "ReportTableGroup": cellFace,
	} {
		want := faceOf(houseSheet(), id)
		if f.size != want.size || f.before != want.before || f.after != want.after || math.Abs(f.pitch-want.pitch) > 0.02 {
			t.Errorf("the face of %s is %+v, that of the sheet is %+v", id, f, want)
		}
	}
}

func TestLinesBreakAtSpacesAndHyphensAndInsideLongWords(t *testing.T) {
	const size, width = 10, 50 // nine figures of 5.07 to a line
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 1},
		{"123456789", 1},
		{"1234567890", 2},
		{"1234 6789", 1},
		{"12345 67890", 2},
		{"123456789 ", 1},
		{"12345 12345 12345", 3},
		{"1234 1234-12345678", 2},
		{"1234567890123456789", 3},
		{"a\nb\n", 3},
		{"漢字漢字漢", 1},
		{"漢字漢字漢字", 2},
		{"řůřůřůřůř", 1},
		{"\u0001\u0002", 1},
	} {
		if got := lineCount(c.text, size, width); got != c.want {
			t.Errorf("%q takes %d lines, not %d", c.text, got, c.want)
		}
	}
}

func TestHeadingsStandOnThePageOfWhatFollows(t *testing.T) {
	// After 31 paragraphs a page has room for a heading, but not for two lines below it.
	for n, want := range map[int]int{29: 2, 31: 3} {
		blocks := slices.Repeat([]layout.Block{layout.P("One line.")}, n)
		blocks = append(blocks, layout.Heading{Level: 2, Text: "Late"}, layout.P(strings.Repeat("many words ", 60)))
		doc := layout.Document{Sections: []layout.Section{{Title: "First", Blocks: blocks}}}
		if got := newSurvey(doc).outline[1].page; got != want {
			t.Errorf("after %d paragraphs the heading is on page %d, not %d", n, got, want)
		}
	}
}

func TestAHeadingWithoutTextBelowHasAPage(t *testing.T) {
	for _, e := range newSurvey(layout.Document{Sections: []layout.Section{{Title: "First"}, {Title: "Second"}}}).outline {
		if want := map[string]int{"First": 2, "Second": 3}[e.text]; e.page != want {
			t.Errorf("%q is on page %d, not %d", e.text, e.page, want)
		}
	}
}

func TestTablesGoOnOverPages(t *testing.T) {
	table := func(title string, n int, text string) *layout.Table {
		return &layout.Table{Columns: []layout.Column{{Title: title}}, Rows: layout.Slice(slices.Repeat([]layout.Row{{Cells: []layout.Cell{layout.C(text)}}}, n))}
	}
	for _, c := range []struct {
		name  string
		table *layout.Table
		want  int // pages, with the cover
	}{
		{"short", table("Text", 10, "x"), 2},
		{"long", table("Text", 100, "x"), 4},
		{"long, under titles of many lines", table(strings.Repeat("Text\n", 20), 100, "x"), 6},
		{"one long row", table("Text", 1, strings.Repeat("x\n", 150)), 4},
		{"rows that are not divided", table("Text", 9, strings.Repeat("x\n", 11)), 4},
	} {
		doc := layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{c.table}}}}
		if got := newSurvey(doc).pageCount; got != c.want {
			t.Errorf("%s: %d pages, not %d", c.name, got, c.want)
		}
	}
}
