package pdf

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/stele-isms/stele/internal/layout"
)

// canvas draws onto one page: it writes the operators of a content stream (ISO 32000-1:2008, annex A).
// Places are measured from the top left corner of the page.
type canvas struct {
	fonts  *fonts
	height float64 // of the page
	buf    []byte
	links  []link

	// What the stream has set last.
	weight weight
	size   float64
	colour layout.Colour
}

// rectangle is a place on a page.
type rectangle struct{ x, y, width, height float64 }

// link is a place that leads to an absolute URL or to an "#anchor".
type link struct {
	rectangle
	target string
}

// begin starts an empty stream for a page.
func (c *canvas) begin(height float64) {
	*c = canvas{fonts: c.fonts, height: height, buf: c.buf[:0], links: c.links[:0]}
}

// fill paints a rectangle.
func (c *canvas) fill(r rectangle, colour layout.Colour) {
	c.setColour(colour)
	c.number(r.x)
	c.number(c.height - r.y - r.height)
	c.number(r.width)
	c.number(r.height)
	c.buf = append(c.buf, "re f\n"...)
}

// write sets a line of text with its baseline at the place.
func (c *canvas) write(x, baseline, size float64, fragments []fragment) {
	c.buf = append(c.buf, "BT "...)
	c.number(x)
	c.number(c.height - baseline)
	c.buf = append(c.buf, "Td\n"...)
	for _, f := range fragments {
		c.setFont(f.weight, size)
		c.setColour(f.colour)
		c.show(f.text, f.weight)
	}
	c.buf = append(c.buf, "ET\n"...)
	if slices.ContainsFunc(fragments, func(f fragment) bool { return f.link != "" }) {
		c.writeLinks(x, baseline, size, fragments)
	}
}

// writeLinks underlines the links of a line and makes them lead to their targets.
func (c *canvas) writeLinks(x, baseline, size float64, fragments []fragment) {
	for _, f := range fragments {
		width := float64(c.fonts.faces[f.weight].width(f.text)) * size / 1000
		if f.link != "" {
			c.fill(rectangle{x, baseline + 0.14*size, width, 0.4}, f.colour)
			c.links = append(c.links, link{rectangle{x, baseline - size, width, 1.3 * size}, f.link})
		}
		x += width
	}
}

// show writes the characters of a text as 2-byte codes, which are their Unicode numbers.
func (c *canvas) show(text string, w weight) {
	face, used := c.fonts.faces[w], &c.fonts.used[w]
	c.buf = append(c.buf, '(')
	for _, r := range text {
		switch face.advance(r) {
		case unseen:
		case missing:
			used.add(standIn)
			c.replace(r)
		default:
			used.add(r)
			c.code(byte(r >> 8))
			c.code(byte(r))
		}
	}
	c.buf = append(c.buf, ")Tj\n"...)
}

// replace draws a box and says which character it stands for.
func (c *canvas) replace(r rune) {
	c.buf = append(c.buf, ")Tj/Span<</ActualText<FEFF"...)
	for _, unit := range utf16.Encode([]rune{r}) {
		c.buf = fmt.Appendf(c.buf, "%04X", unit)
	}
	c.buf = append(c.buf, ">>>BDC("...)
	c.code(byte(standIn >> 8))
	c.code(byte(standIn & 0xff))
	c.buf = append(c.buf, ")Tj EMC("...)
}

// code writes a byte of a string. A carriage return would be read as a newline.
func (c *canvas) code(b byte) {
	switch b {
	case '(', ')', '\\':
		c.buf = append(c.buf, '\\', b)
	case '\r':
		c.buf = append(c.buf, '\\', 'r')
	default:
		c.buf = append(c.buf, b)
	}
}

func (c *canvas) setFont(w weight, size float64) {
	if w == c.weight && size == c.size {
		return
	}
	c.weight, c.size = w, size
	c.buf = append(append(c.buf, w.resource()...), ' ')
	c.number(size)
	c.buf = append(c.buf, "Tf\n"...)
}

func (c *canvas) setColour(colour layout.Colour) {
	if colour == c.colour {
		return
	}
	c.colour = colour
	r, g, b, _ := colour.RGB()
	for _, part := range [...]int{r, g, b} {
		c.buf = strconv.AppendFloat(c.buf, float64(part)/255, 'f', 3, 64)
		c.buf = append(c.buf, ' ')
	}
	c.buf = append(c.buf, "rg\n"...)
}

// number writes a length to a hundredth of a point.
func (c *canvas) number(v float64) {
	n := int64(math.Round(v * 100))
	if n < 0 {
		c.buf = append(c.buf, '-')
		n = -n
	}
	c.buf = strconv.AppendInt(c.buf, n/100, 10)
	if part := n % 100; part != 0 {
		c.buf = append(c.buf, '.', byte('0'+part/10), byte('0'+part%10))
	}
	c.buf = append(c.buf, ' ')
}
