package pdf

import (
	"strconv"

	"github.com/stele-isms/stele/internal/layout"
)

// composer places a document's blocks on pages, from the top down.
type composer struct {
	*book
	typesetter
	sheet sheet
	y     float64       // where the next thing begins
	head  float64       // where the page's own text begins, below what repeats
	again func()        // draws what repeats on each new page, if anything does
	held  []heldHeading // headings that wait for what they head, so as not to be parted from it
}

func newComposer(b *book) *composer {
	return &composer{book: b, typesetter: typesetter{faces: b.fonts.faces}, sheet: portrait}
}

func (c *composer) document(doc layout.Document) {
	c.turn()
	c.cover(doc)
	front := len(c.pages)
	for _, s := range doc.Sections {
		c.section(s)
	}
	if len(doc.Sections) > 2 {
		c.contents(front)
	}
	c.shut()
}

func (c *composer) section(s layout.Section) {
	c.sheet = portrait
	if s.Landscape {
		c.sheet = landscape
	}
	c.turn()
	c.hold(layout.Heading{Level: 1, Text: s.Title})
	for _, b := range s.Blocks {
		c.reset()
		c.block(b)
	}
	c.claim(0)
}

func (c *composer) block(b layout.Block) {
	switch b := b.(type) {
	case layout.Heading:
		c.hold(layout.Heading{Level: max(b.Level, 2), Text: b.Text})
	case layout.Paragraph:
		c.paragraph(b.Text, bodyStyle, c.sheet.left, "")
		c.space(7)
	case layout.List:
		c.list(b)
	case *layout.Table:
		c.table(b, plainLook)
	}
}

// turn goes on to a new page.
func (c *composer) turn() {
	c.open(c.sheet)
	c.y, c.head = c.sheet.top, c.sheet.top
	if c.again != nil {
		c.again()
		c.head = c.y
	}
}

// room gives the height that is left on the page.
func (c *composer) room() float64 {
	const tolerance = 0.01 // of the sum of many heights
	return c.sheet.bottom - c.y + tolerance
}

// fit turns the page if the height is not left on it, unless nothing stands there yet. No height always fits.
func (c *composer) fit(height float64) {
	if height > 0 && height > c.room() && c.y > c.head {
		c.turn()
	}
}

// space leaves a height free, but not at the top of a page.
func (c *composer) space(height float64) {
	if c.y > c.head {
		c.y += height
	}
}

// heldHeading is a heading that waits, and its height with the space around it.
type heldHeading struct {
	layout.Heading
	height float64
}

// hold keeps a heading, if it says anything, until what it heads is placed.
func (c *composer) hold(h layout.Heading) {
	if oneLine(h.Text) == "" {
		return
	}
	s := headingStyleOf(h)
	lines := c.set(layout.Plain(h.Text), s.style, c.sheet.measure()).count()
	c.held = append(c.held, heldHeading{h, s.before + float64(lines)*s.leading + s.after})
}

// claim sees to it that a height is left on the page, and the headings that wait stand above it.
func (c *composer) claim(height float64) {
	held := c.held
	c.held = nil
	for _, h := range held {
		height += h.height
	}
	c.fit(height)
	for _, h := range held {
		c.heading(h.Heading)
	}
}

func (c *composer) heading(h layout.Heading) {
	s := headingStyleOf(h)
	c.space(s.before)
	set := c.set(layout.Plain(h.Text), s.style, c.sheet.measure())
	c.fit(s.leading)
	c.mark(h.Text, h.Level, c.y)
	for i := range set.count() {
		c.fit(s.leading)
		c.line(set.first+i, c.sheet.left, s.style)
	}
	c.y += s.after
}

// paragraph sets running text from an edge to the right margin, with a label before its first line.
func (c *composer) paragraph(text layout.Text, s style, left float64, label string) {
	set := c.set(text, s, c.sheet.right-left)
	for i := range set.count() {
		c.claim(float64(together(i, set.count())) * s.leading)
		if i == 0 && label != "" {
			x := left - labelGap - c.points(label, s)
			c.canvas.write(x, c.y+s.baseline(), s.size, []fragment{{text: label, colour: muted}})
		}
		c.line(set.first+i, left, s)
	}
}

// together gives how many lines from the i-th of n on share a page, so that no line of a paragraph stands
// alone before or after a page break.
func together(i, n int) int {
	switch {
	case i == 0 && n <= 3:
		return n
	case i == 0 || i == n-2:
		return 2
	default:
		return 1
	}
}

// labelGap is the space between the label of a list's item and its text.
const labelGap = 7

func (c *composer) list(l layout.List) {
	label, indent := "•", 8.0
	if l.Ordered {
		indent = c.points(strconv.Itoa(len(l.Items))+".", bodyStyle)
	}
	for i, item := range l.Items {
		c.reset()
		if l.Ordered {
			label = strconv.Itoa(i+1) + "."
		}
		c.paragraph(item, bodyStyle, c.sheet.left+indent+labelGap, label)
		c.space(3)
	}
	c.space(5)
}

// line draws a line at the place where the next thing begins.
func (c *composer) line(i int, left float64, s style) {
	l := c.lines[i]
	c.canvas.write(left, c.y+s.baseline(), s.size, c.fragments[l.first:l.last])
	c.y += s.leading
}
