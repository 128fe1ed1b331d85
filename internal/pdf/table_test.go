package pdf_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

func TestATablesHeaderStandsOnEachOfItsPages(t *testing.T) {
	pages := write(t, layouttest.Specimen()).pages()
	if len(pages) < 5 {
		t.Fatalf("%d pages; the table should take three", len(pages))
	}
	for i, page := range pages {
		if got := strings.Count(page, "ControlTitleJustificationRisksDate"); got != min(i/2, 1) {
			t.Errorf("page %d has the header %d times", i+1, got)
		}
	}
}

func TestAGroupRowStandsOnThePageOfTheRowItHeads(t *testing.T) {
	var rows []layout.Row
	for i := range 200 { // the distance between groups makes them fall on every place of a page
		rows = append(rows, layout.Group(fmt.Sprintf("<group %d>", i)), layout.Group(fmt.Sprintf("<subgroup %d>", i)))
		for j := range 1 + i%7 {
			rows = append(rows, layout.Row{Cells: []layout.Cell{layout.C(fmt.Sprintf("<row %d %d>", i, j))}})
		}
	}
	table := &layout.Table{Columns: []layout.Column{{Title: "Column"}}, Rows: layout.Slice(rows)}
	pages := write(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{table}}}}).pages()
	for i := range 200 {
		if want := fmt.Sprintf("<group%d><subgroup%d><row%d0>", i, i, i); !strings.Contains(strings.Join(pages, "\n"), want) {
			t.Errorf("%s is parted", want)
		}
	}
}

func TestARowIsKeptWhole(t *testing.T) {
	var rows []layout.Row
	for i := range 100 {
		text := fmt.Sprintf("<begin %d>%s<end %d>", i, strings.Repeat(" word", 20+i%50), i)
		rows = append(rows, layout.Row{Cells: []layout.Cell{layout.C("key"), layout.C(text)}})
	}
	table := &layout.Table{Columns: []layout.Column{{Title: "Key"}, {Title: "Text"}}, Rows: layout.Slice(rows)}
	pages := write(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{table}}}}).pages()
	for i := range 100 {
		begin, end := fmt.Sprintf("<begin%d>", i), fmt.Sprintf("<end%d>", i)
		if pageWith(pages, begin) != pageWith(pages, end) || pageWith(pages, begin) < 0 {
			t.Errorf("row %d begins on page %d and ends on page %d", i, pageWith(pages, begin), pageWith(pages, end))
		}
	}
}

func TestARowHigherThanAPageGoesOnUnderTheHeader(t *testing.T) {
	row := layout.Row{Cells: []layout.Cell{layout.C("key"), layout.C("<begin>" + strings.Repeat(" word", 3000) + " <end>")}}
	table := &layout.Table{Columns: []layout.Column{{Title: "Key"}, {Title: "Text"}}, Rows: layout.Slice([]layout.Row{layout.Group("group"), row})}
	pages := write(t, layout.Document{Sections: []layout.Section{{Title: "Section", Blocks: []layout.Block{table}}}}).pages()
	begin, end := pageWith(pages, "<begin>"), pageWith(pages, "<end>")
	if begin != 1 || end < 3 {
		t.Fatalf("the row begins on page %d and ends on page %d", begin+1, end+1)
	}
	words := 0
	for _, page := range pages[begin : end+1] {
		if !strings.Contains(page, "KeyText") {
			t.Error("a page lacks the header")
		}
		words += strings.Count(page, "word")
	}
	if words != 3000 {
		t.Errorf("%d words of 3000", words)
	}
}

func TestASplitRowLeavesNoLinesAlone(t *testing.T) {
	for words := 1250; words < 1450; words += 10 {
		row := layout.Row{Cells: []layout.Cell{layout.C(strings.Repeat("word ", words))}}
		table := &layout.Table{Rows: layout.Slice([]layout.Row{row})}
		w := write(t, layout.Document{Sections: []layout.Section{{Blocks: []layout.Block{table}}}})
		pages := strings.Split(w.poppler("pdftotext", "-raw", w.path, "-"), "\f")
		for i, page := range pages[1 : len(pages)-1] {
			if lines := strings.Count(page, "word\n"); lines < 4 {
				t.Errorf("%d words: %d lines on page %d", words, lines, i+2)
			}
		}
	}
}

func TestNoPageIsBlank(t *testing.T) {
	for lines := 30; lines < 70; lines++ {
		text := strings.TrimSuffix(strings.Repeat("line\n", lines), "\n")
		row := layout.Row{Cells: []layout.Cell{layout.C(text)}}
		w := write(t, layout.Document{Sections: []layout.Section{
			{Blocks: []layout.Block{layout.P(text)}},
			{Blocks: []layout.Block{layout.List{Items: []layout.Text{layout.Plain(text)}}}},
			{Blocks: []layout.Block{&layout.Table{Rows: layout.Slice([]layout.Row{row})}}},
		}})
		for i, page := range w.pages()[1:] {
			if !strings.Contains(page, "line") {
				t.Errorf("%d lines leave page %d blank", lines, i+2)
			}
		}
	}
}

func TestAHeadingIsNotPartedFromWhatItHeads(t *testing.T) {
	var blocks []layout.Block
	for i := range 120 {
		blocks = append(blocks, layout.P(strings.Repeat("Text. ", 10*(i%9))))
		blocks = append(blocks, layout.Heading{Level: 2, Text: fmt.Sprintf("<heading %d>", i)}, layout.Heading{Level: 3, Text: "Lower"})
		if i%2 == 0 {
			blocks = append(blocks, layout.P("Headed paragraph"))
			continue
		}
		blocks = append(blocks, &layout.Table{Caption: "Caption", Columns: []layout.Column{{Title: "Column"}}, Rows: layout.Slice([]layout.Row{layout.Group("group"), {Cells: []layout.Cell{layout.C("cell")}}})})
	}
	pages := strings.Join(write(t, layout.Document{Sections: []layout.Section{{Blocks: blocks}}}).pages(), "\n")
	for i := range 120 {
		headed := [...]string{"Headedparagraph", "CaptionColumngroupcell"}[i%2]
		if want := fmt.Sprintf("<heading%d>Lower%s", i, headed); !strings.Contains(pages, want) {
			t.Errorf("%s is parted", want)
		}
	}
}

func TestFillsHaveReadableInk(t *testing.T) {
	w := write(t, layouttest.Specimen())
	picture := w.picture(2)
	for fill, ink := range map[color.NRGBA]color.NRGBA{
		{0xb3, 0x26, 0x1e, 0xff}: {0xff, 0xff, 0xff, 0xff}, // white on red
		{0x3c, 0x8d, 0x5a, 0xff}: {0x00, 0x00, 0x00, 0xff}, // black on green
	} {
		cell := extent(picture, fill)
		if cell.Dx() < 50 || cell.Dy() < 20 {
			t.Errorf("the fill %v takes %v", fill, cell)
		}
		if extent(picture.SubImage(cell.Inset(2)).(*image.NRGBA), ink).Empty() {
			t.Errorf("no ink %v on %v", ink, fill)
		}
	}
}

// picture draws a page.
func (w written) picture(page int) *image.NRGBA {
	w.t.Helper()
	number := fmt.Sprint(page)
	w.poppler("pdftoppm", "-r", "144", "-png", "-singlefile", "-f", number, "-l", number, w.path, w.path)
	f, err := os.Open(w.path + ".png")
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	drawn, err := png.Decode(f)
	if err != nil {
		w.t.Fatal(err)
	}
	picture := image.NewNRGBA(drawn.Bounds())
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			picture.Set(x, y, drawn.At(x, y))
		}
	}
	return picture
}

// extent gives the smallest rectangle that holds all pixels of a colour.
func extent(picture *image.NRGBA, of color.NRGBA) image.Rectangle {
	var all image.Rectangle
	for y := picture.Rect.Min.Y; y < picture.Rect.Max.Y; y++ {
		for x := picture.Rect.Min.X; x < picture.Rect.Max.X; x++ {
			if picture.NRGBAAt(x, y) == of {
				all = all.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return all
}

// pageWith gives the index of the first page that has the text, or -1.
func pageWith(pages []string, text string) int {
	for i, page := range pages {
		if strings.Contains(page, text) {
			return i
		}
	}
	return -1
}
