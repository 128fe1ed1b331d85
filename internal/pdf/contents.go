package pdf

import (
	"slices"
	"strconv"

	"github.com/stele-isms/stele/internal/layout"
)

// contentsLimit is the number of entries above which the contents name sections only; the bookmarks name
// their headings too.
const contentsLimit = 120

// numberWidth is kept free for the page numbers, right of the entries.
const numberWidth = 48.0

// entry is a heading in the table of contents.
type entry struct {
	mark
	look  entryStyle
	set   lines
	sheet int // the page of the contents on which it stands, from 0
}

// entryStyle is an entry's text, its indent and the space above it.
type entryStyle struct {
	style
	indent, before float64
}

var (
	contentsTitle = headingStyles[1]
	sectionEntry  = entryStyle{style{size: 9.5, leading: 15, weight: strong, colour: ink}, 0, 7}
	headingEntry  = entryStyle{style{size: 9, leading: 14, colour: soft}, 14, 1}
)

// contents sets the table of contents and moves its pages to their place, the index front.
func (c *composer) contents(front int) {
	c.reset()
	c.sheet = portrait
	entries := c.entries()
	if len(entries) == 0 {
		return
	}
	body, sheets := len(c.pages), entries[len(entries)-1].sheet+1
	for i := range c.marks {
		c.marks[i].page += sheets
	}
	for i := range entries {
		entries[i].page += sheets
	}
	c.turn()
	c.paragraph(layout.Plain("Contents"), contentsTitle.style, c.sheet.left, "")
	c.y += contentsTitle.after
	for _, e := range entries {
		if body+e.sheet == len(c.pages) {
			c.turn()
		}
		c.entry(e)
	}
	c.shut()
	c.pages = slices.Concat(c.pages[:front], c.pages[body:], c.pages[front:body])
}

// entries gives the headings that the contents name, broken into lines and spread over pages.
func (c *composer) entries() []entry {
	marks := slices.DeleteFunc(slices.Clone(c.marks), func(m mark) bool { return m.level > 2 })
	if len(marks) > contentsLimit {
		marks = slices.DeleteFunc(marks, func(m mark) bool { return m.level > 1 })
	}
	entries := make([]entry, len(marks))
	sheet, y := 0, c.sheet.top+contentsTitle.leading+contentsTitle.after
	for i, m := range marks {
		e := entry{mark: m, look: sectionEntry}
		if m.level > 1 {
			e.look = headingEntry
		}
		e.set = c.set(layout.Plain(m.title), e.look.style, c.sheet.measure()-e.look.indent-numberWidth)
		if y += e.height(); y > c.sheet.bottom {
			sheet++
			y = c.sheet.top + e.height()
		}
		e.sheet = sheet
		entries[i] = e
	}
	return entries
}

func (e entry) height() float64 {
	return e.look.before + float64(e.set.count())*e.look.leading
}

// entry draws an entry, its page number on the last line, and links both to the heading.
func (c *composer) entry(e entry) {
	place := rectangle{c.sheet.left, c.y, c.sheet.measure(), e.height()}
	c.y += e.look.before
	for i := e.set.first; i < e.set.last; i++ {
		c.line(i, c.sheet.left+e.look.indent, e.look.style)
	}
	number := strconv.Itoa(e.page + 1)
	x := c.sheet.right - c.points(number, e.look.style)
	c.canvas.write(x, c.y-e.look.leading+e.look.baseline(), e.look.size, []fragment{{text: number, weight: e.look.weight, colour: e.look.colour}})
	c.canvas.links = append(c.canvas.links, link{place, "#" + e.anchor})
}
