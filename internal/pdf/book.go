package pdf

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// book is the document as it is written. The content of a page goes to the file as soon as the page is
// full; what needs the number of pages, the footers and the contents, goes there last, and so does the
// list that puts the pages in order.
type book struct {
	file    *file
	fonts   fonts
	canvas  canvas // of the page that is open
	pages   []page
	marks   []mark
	anchors layout.Anchors

	tree, resources ref
}

// page is a page of which the content is written.
type page struct {
	sheet                sheet
	self, content, links ref // links is 0 for none
}

// mark is a heading's place in the book.
type mark struct {
	title  string
	anchor string // unique
	level  int
	page   int // its index
	y      float64
}

func newBook(w io.Writer) (*book, error) {
	faces, err := loadFaces()
	if err != nil {
		return nil, err
	}
	b := &book{file: newFile(w), fonts: fonts{faces: faces}, anchors: layout.Anchors{}}
	b.canvas.fonts = &b.fonts
	b.tree, b.resources = b.file.reserve(), b.file.reserve()
	return b, nil
}

// open begins a page after the one that is open.
func (b *book) open(s sheet) {
	b.shut()
	b.pages = append(b.pages, page{sheet: s, self: b.file.reserve()})
	b.canvas.begin(s.height)
}

// shut writes the content of the page that is open, if one is.
func (b *book) shut() {
	if len(b.pages) == 0 || b.pages[len(b.pages)-1].content != 0 {
		return
	}
	p := &b.pages[len(b.pages)-1]
	p.content = b.file.stream(b.canvas.buf, "")
	if notes := b.annotations(); notes != "" {
		p.links = b.file.add("[%s]", notes)
	}
}

// mark notes a heading at a height of the open page.
func (b *book) mark(title string, level int, y float64) {
	title = oneLine(title)
	b.marks = append(b.marks, mark{title, b.anchors.Name(title), level, len(b.pages) - 1, y})
}

// annotations gives the links of the open page.
func (b *book) annotations() string {
	var all strings.Builder
	for _, l := range b.canvas.links {
		top := b.canvas.height - l.y
		fmt.Fprintf(&all, "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]%s>>",
			l.x, top-l.height, l.x+l.width, top, action(l.target))
	}
	return all.String()
}

// action gives what a link does, of which the target is a span's Href.
func action(target string) string {
	if anchor, ok := strings.CutPrefix(target, "#"); ok {
		return "/Dest" + textString(anchor)
	}
	address, _ := url.Parse(target)
	return fmt.Sprintf("/A<</S/URI/URI<%x>>>", address.String())
}

// bind writes what closes the book.
func (b *book) bind(doc layout.Document) error {
	kids := make([]string, len(b.pages))
	furniture := map[sheet]ref{}
	for i, p := range b.pages {
		kids[i] = p.self.String()
		b.bindPage(p, i, doc, furniture)
	}
	b.file.object(b.tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " "))
	entries, err := b.fonts.write(b.file)
	if err != nil {
		return err
	}
	b.file.object(b.resources, "<</Font<<%s>>>>", entries)
	return b.file.close(b.catalogue(doc), b.file.add("%s", information(doc)))
}

// bindPage writes a page's header, footer and dictionary. All pages of a sheet share the header; the
// first page, which carries the title itself, has none.
func (b *book) bindPage(p page, index int, doc layout.Document, furniture map[sheet]ref) {
	contents := p.content.String()
	if index > 0 {
		if furniture[p.sheet] == 0 {
			b.canvas.begin(p.sheet.height)
			b.header(p.sheet, doc)
			furniture[p.sheet] = b.file.stream(b.canvas.buf, "")
		}
		contents += " " + furniture[p.sheet].String()
	}
	b.canvas.begin(p.sheet.height)
	b.footer(p.sheet, doc.Control.Classification, index+1)
	contents += " " + b.file.stream(b.canvas.buf, "").String()
	links := ""
	if p.links != 0 {
		links = "/Annots " + p.links.String()
	}
	b.file.object(p.self, "<</Type/Page/Parent %v/Resources %v/MediaBox[0 0 %.2f %.2f]/Contents[%s]%s>>",
		b.tree, b.resources, p.sheet.width, p.sheet.height, contents, links)
}

func (b *book) catalogue(doc layout.Document) ref {
	language := doc.Language
	if language == "" {
		language = "en-GB"
	}
	entries := ""
	if outline := b.outline(); outline != 0 {
		entries = fmt.Sprintf("/Outlines %v/PageMode/UseOutlines", outline)
	}
	return b.file.add("<</Type/Catalog/Pages %v/Lang%s/ViewerPreferences<</DisplayDocTitle true>>/Names<</Dests %v>>%s>>",
		b.tree, textString(language), b.destinations(), entries)
}

// points gives the width of a text on one line.
func (b *book) points(text string, s style) float64 {
	return float64(b.fonts.faces[s.weight].width(text)) * s.size / 1000
}

// oneLine gives printable text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(layout.Printable(s)), " ") }
