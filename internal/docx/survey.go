package docx

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/layout"
)

// survey is what the other parts of a file must know of the body before it is written.
type survey struct {
	outline      []*entry          // the headings in their order
	contents     []*entry          // those that the contents list shows; none in a short document
	anchors      map[string]string // the bookmark of each anchor
	external     []relation        // to the addresses of links, each once
	links        map[string]string // the id of the relation to each address
	orderedLists int
	pageCount    int
}

// entry is a heading as the contents list shows it.
type entry struct {
	level    int
	text     string
	bookmark string
	page     int
}

// titleBookmark marks the title of the document.
const titleBookmark = "_Title"

// surveyor walks through the body, page by page.
type surveyor struct {
	*survey
	names layout.Anchors // of the headings, as in HTML and Markdown
	pager pager
	page  page
	width float64 // of the text, in points
}

func newSurvey(doc layout.Document) *survey {
	s := &surveyor{survey: &survey{anchors: map[string]string{}, links: map[string]string{}}, names: layout.Anchors{}}
	if hasText(doc.Title) {
		s.anchors[s.names.Name(doc.Title)] = titleBookmark
	}
	for _, section := range doc.Sections {
		s.section(section)
	}
	if len(doc.Sections) > shortDocument {
		s.contents = slices.DeleteFunc(slices.Clone(s.outline), func(e *entry) bool { return e.level > contentsDepth })
	}
	body := s.pager.page
	front := s.front(doc)
	for _, e := range s.outline {
		e.page += front
	}
	s.pageCount = front + body
	return s.survey
}

func (s *surveyor) section(section layout.Section) {
	s.turn(pageOf(section))
	s.heading(1, section.Title)
	for _, b := range section.Blocks {
		s.block(b)
	}
	s.pager.settle(0, 0)
}

// front counts the pages before the first section.
func (s *surveyor) front(doc layout.Document) int {
	s.pager = pager{}
	s.turn(portrait)
	s.pager.paragraph(titleFace, doc.Title, s.width)
	s.pager.paragraph(subtitleFace, doc.Subtitle, s.width)
	s.pager.used += points(belowTitle)
	s.table(controlTable(doc.Control))
	if len(s.contents) == 0 {
		return s.pager.page
	}
	s.turn(portrait)
	s.pager.keep(contentsFace, contentsFace.pitch)
	for _, e := range s.contents {
		s.pager.paragraph(entryFaces[e.level], e.text, s.width)
	}
	return s.pager.page
}

// turn begins a new page.
func (s *surveyor) turn(p page) {
	s.page, s.width = p, points(p.textWidth())
	s.pager.turn(points(p.textHeight()))
}

// points gives twips as points.
func points(twips int) float64 { return float64(twips) / 20 }

func (s *surveyor) block(b layout.Block) {
	switch b := b.(type) {
	case layout.Heading:
		s.heading(headingLevel(b), b.Text)
	case layout.Paragraph:
		s.text(b.Text)
		s.pager.paragraph(bodyFace, b.Text.String(), s.width)
	case layout.List:
		s.list(b)
	case *layout.Table:
		s.table(b)
	}
}

// heading notes a heading under a bookmark of its own; one without text is not written.
func (s *surveyor) heading(level int, text string) {
	if !hasText(text) {
		return
	}
	e := &entry{level: level, text: text, bookmark: "_Toc" + strconv.Itoa(len(s.outline)+1)}
	s.outline = append(s.outline, e)
	s.pager.heading(e, headingFaces[level], s.width)
	s.anchors[s.names.Name(text)] = e.bookmark
}

func (s *surveyor) list(l layout.List) {
	if l.Ordered {
		s.orderedLists++
	}
	for _, item := range l.Items {
		s.text(item)
		s.pager.paragraph(itemFace, item.String(), s.width-points(itemIndent))
	}
}

// itemIndent is that of the lists in house/numbering.xml, in twips.
const itemIndent = 397

func (s *surveyor) table(t *layout.Table) {
	g := newGrid(t, s.page)
	if hasText(t.Caption) {
		s.pager.keep(captionFace, captionFace.height(t.Caption, s.width))
	}
	head, repeated := g.headHeight(), 0.0
	s.pager.keep(face{}, head)
	for row := range rows(t) {
		for _, c := range row.Cells {
			s.text(c.Text)
		}
		s.row(g, row, repeated)
		if !row.Group {
			repeated = head
		}
	}
	s.pager.space(points(belowTable))
}

// row sets a row of a table; the table's head has its height on every page that the row begins.
func (s *surveyor) row(g grid, row layout.Row, head float64) {
	lines := g.lines(g.cells(row))
	height := g.height(lines)
	switch {
	case row.Group:
		s.pager.keep(face{}, height)
	case lines <= shortRow:
		s.pager.settle(height, head)
	default:
		s.pager.flow(height, 2*cellFace.pitch, head)
	}
}

// text notes the external links in a text.
func (s *surveyor) text(t layout.Text) {
	for _, span := range t {
		address := span.Href()
		if address == "" || strings.HasPrefix(address, "#") || s.links[address] != "" {
			continue
		}
		id := "link" + strconv.Itoa(len(s.external)+1)
		s.external = append(s.external, relation{ID: id, Type: relationTypes + "hyperlink", Target: address, Mode: externalTarget})
		s.links[address] = id
	}
}

// hasText reports whether a text leaves a mark on paper.
func hasText(s string) bool { return strings.TrimSpace(layout.Printable(s)) != "" }

// headingLevel gives the level of a heading inside a section, of which there are two.
func headingLevel(h layout.Heading) int { return min(max(h.Level, 2), 3) }
