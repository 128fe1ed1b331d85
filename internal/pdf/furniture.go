package pdf

import (
	"fmt"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// header draws the running header: the organisation left, the document right. Each has half of the line;
// the first page holds in full what is shortened here.
func (b *book) header(s sheet, doc layout.Document) {
	title := doc.Title
	if title != "" && doc.Control.ID != "" {
		title += " · "
	}
	title += doc.Control.ID
	half := s.measure()/2 - 8
	b.label(s.left, 47, b.shorten(doc.Control.Organisation, half))
	title = b.shorten(title, half)
	b.label(s.right-b.points(title, runningStyle), 47, title)
	b.canvas.fill(rectangle{s.left, 54, s.measure(), 0.5}, rule)
}

// footer draws the classification left and the page's number right.
func (b *book) footer(s sheet, classification string, number int) {
	baseline := s.height - 36
	page := fmt.Sprintf("Page %d of %d", number, len(b.pages))
	b.label(s.right-b.points(page, runningStyle), baseline, page)
	b.label(s.left, baseline, b.shorten(classification, s.measure()/2))
}

// label draws a text in the running style.
func (b *book) label(x, baseline float64, text string) {
	b.canvas.write(x, baseline, runningStyle.size, []fragment{{text: text, colour: runningStyle.colour}})
}

// shorten gives the text on one line, or as much of it as the width holds with an ellipsis.
func (b *book) shorten(text string, width float64) string {
	text = composed(oneLine(text))
	if b.points(text, runningStyle) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && b.points(string(runes)+"…", runningStyle) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// information gives the document's properties. A document without a date has a fixed one, so that the
// same tree always gives the same file.
func information(doc layout.Document) string {
	date := doc.Control.Date
	if date.IsZero() {
		date = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	stamp := date.UTC().Format("D:20060102150405Z")
	return fmt.Sprintf("<</Title%s/Subject%s/Author%s/Creator(Stele)/Producer(Stele)/CreationDate(%s)/ModDate(%s)>>",
		textString(oneLine(doc.Title)), textString(oneLine(doc.Subtitle)), textString(oneLine(doc.Control.Organisation)), stamp, stamp)
}
