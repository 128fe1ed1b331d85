package pdf

import (
	_ "embed" // the typefaces
	"fmt"
	"sync"
	"unicode"
)

//go:embed fonts/Inter-Regular.ttf
var interRegular []byte

//go:embed fonts/Inter-SemiBold.ttf
var interSemiBold []byte

//go:embed fonts/Inter-Italic.ttf
var interItalic []byte

// weight names one of the three faces. Strong text that is emphasised too is set strong.
type weight uint8

const (
	plain weight = iota
	strong
	emphatic
	weights // how many there are
)

// resource gives the name by which a page's content calls the face.
func (w weight) resource() string { return [...]string{"/R", "/B", "/I"}[w] }

// standIn is drawn in place of a character that the faces lack.
const standIn = '\u25a1'

// Advances that are none.
const (
	missing = 0xffff // the face has no such character
	unseen  = 0xfffe // a character that is never drawn: joiners, direction marks, variation selectors
)

// face is a typeface in one weight, with the advance of every character in thousandths of an em.
type face struct {
	name     string
	data     []byte
	font     trueType
	advances [1 << 16]uint16
}

var loadFaces = sync.OnceValues(func() ([weights]*face, error) {
	var all [weights]*face
	for w, f := range [weights]*face{
		{name: "Inter-Regular", data: interRegular}, {name: "Inter-SemiBold", data: interSemiBold}, {name: "Inter-Italic", data: interItalic},
	} {
		if err := f.load(); err != nil {
			return all, fmt.Errorf("load %s: %w", f.name, err)
		}
		all[w] = f
	}
	return all, nil
})

func (f *face) load() (err error) {
	if f.font, err = parseTrueType(f.data); err != nil {
		return err
	}
	for r := range f.advances {
		f.advances[r] = missing
	}
	for r, glyph := range f.font.glyphs() {
		f.advances[r] = uint16(f.font.advance(glyph))
	}
	for r := range f.advances {
		if invisible(rune(r)) {
			f.advances[r] = unseen
		}
	}
	return nil
}

// advance gives the width of a character in thousandths of an em, or missing, or unseen.
func (f *face) advance(r rune) int {
	switch {
	case int(r) < len(f.advances):
		return int(f.advances[r])
	case invisible(r):
		return unseen
	default:
		return missing
	}
}

// width gives the width of a text on one line, in thousandths of an em.
func (f *face) width(text string) int {
	total := 0
	for _, r := range text {
		total += f.visible(r)
	}
	return total
}

// visible gives the width that a character takes on the page, be it as a box or as nothing.
func (f *face) visible(r rune) int {
	switch a := f.advance(r); a {
	case unseen:
		return 0
	case missing:
		return int(f.advances[standIn])
	default:
		return a
	}
}

func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
