package xlsx

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stele-isms/stele/internal/layout"
)

// A workbook says how wide columns and how high rows are, but only the program that opens it sets the
// type. So both are reckoned from about how wide the letters of a humanist sans serif are, in ems: a
// multiple of the type's size.
const (
	digit       = 5.25 // points: the unit of a column's width, a digit of the typeface at 11 points
	margin      = 2.0  // digits: the space beside the text in a cell
	lineSpacing = 1.3  // of the type's size
	rowMargin   = 3.0  // points
	safety      = 0.95 // of a line, for strong type and for typefaces that stand in for ours
)

// space is the width of a space in ems.
const space = 0.23

// ems gives the width of a text on one line.
func ems(s string) float64 {
	width := 0.0
	for _, r := range s {
		width += advance(r)
	}
	return width
}

func advance(r rune) float64 {
	switch {
	case r < utf8.RuneSelf:
		return ascii[r]
	case r >= 0x1100: // ideographs and pictures
		return 1.1
	case unicode.IsUpper(r):
		return 0.62
	}
	return 0.5
}

var ascii = asciiAdvances()

func asciiAdvances() (table [utf8.RuneSelf]float64) {
	for r := range table {
		switch {
		case r == ' ':
			table[r] = space
		case strings.ContainsRune("iIjl.,:;'|!", rune(r)):
			table[r] = 0.25
		case strings.ContainsRune(`frt-()[]/\"`, rune(r)):
			table[r] = 0.35
		case strings.ContainsRune("cksvxyz", rune(r)):
			table[r] = 0.45
		case strings.ContainsRune("mwMW@%", rune(r)):
			table[r] = 0.85
		case unicode.IsUpper(rune(r)):
			table[r] = 0.62
		default:
			table[r] = 0.5
		}
	}
	return table
}

// digits gives the width of the column that takes text of a width in ems on one line, at a size in points.
func digits(ems, size float64) float64 { return ems*size/(digit*safety) + margin }

// height gives the points that a text of a size needs in a column of a width.
func height(text string, size, width float64) float64 {
	perLine := (width - margin) * digit * safety / size
	return float64(countLines(layout.Printable(text), perLine))*size*lineSpacing + rowMargin
}

// countLines gives how many lines a text takes that is broken between words at a width in ems.
func countLines(text string, width float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		filled := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			n := ems(word)
			if filled > 0 && filled+n > width {
				lines++
				filled = 0
			}
			for filled += n + space; filled-space > width; filled -= width {
				lines++ // a word longer than the line
			}
		}
	}
	return lines
}
