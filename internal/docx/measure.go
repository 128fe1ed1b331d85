package docx

import "github.com/stele-isms/stele/internal/layout"

// face is a paragraph's type; lengths are in points.
type face struct{ size, before, after, pitch float64 }

// The faces of house/styles.xml.
var (
	titleFace    = newFace(30, 120, 4, 1)
	subtitleFace = newFace(14, 0, 0, 1)
	contentsFace = newFace(18, 0, 12, 1)
	entryFaces   = map[int]face{1: newFace(10.5, 6, 2, 1.12), 2: newFace(10.5, 0, 1, 1.12)}
	headingFaces = map[int]face{1: newFace(18, 0, 10, 1), 2: newFace(13, 16, 5, 1), 3: newFace(11, 12, 4, 1)}
	bodyFace     = newFace(10.5, 0, 6, 1.12)
	itemFace     = newFace(10.5, 0, 3, 1.12)
	captionFace  = newFace(9, 6, 5, 1)
	cellFace     = newFace(9, 1.5, 1.5, 1.05)
)

// lineHeight is that of Calibri for a size of 1, between what Word (1.2207) and LibreOffice (1.2165) make of it.
const lineHeight = 1.2186

func newFace(size, before, after, lines float64) face {
	return face{size: size, before: before, after: after, pitch: size * lineHeight * lines}
}

// height gives the height of a text that is set in a width, without the space around it.
func (f face) height(text string, width float64) float64 {
	return float64(lineCount(text, f.size, width)) * f.pitch
}

// advances are the widths of Calibri from space to tilde, in thousandths of the size.
var advances = [...]float64{
	226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386,
	507, 507, 507, 507, 507, 507, 507, 507, 507, 507, 268, 268, 498, 498, 498, 463,
	894, 579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855, 646, 662,
	517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468, 307, 386, 307, 498, 498,
	291, 479, 525, 423, 525, 498, 305, 471, 525, 229, 239, 455, 229, 799, 525, 527,
	525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395, 314, 460, 314, 498,
}

const (
	meanAdvance = 505  // of accented Latin, Greek and Cyrillic letters
	wideAdvance = 1000 // of ideographs
	firstWide   = 0x2E80
)

func advance(r rune) float64 {
	switch i := int(r) - ' '; {
	case i < 0:
		return 0
	case i < len(advances):
		return advances[i]
	case r >= firstWide:
		return wideAdvance
	default:
		return meanAdvance
	}
}

// lineCount gives how many lines a text takes at a size in a width: lines break at spaces, after
// hyphens, and inside a word that is wider than a line.
func lineCount(text string, size, width float64) int {
	limit := width * 1000 / size
	count, line, word := 1, 0.0, 0.0 // line is the width before the word that is being read
	for _, r := range layout.Printable(text) {
		switch r {
		case '\n':
			count, line, word = count+1, 0, 0
			continue
		case ' ':
			line, word = line+word+advance(r), 0
			continue
		}
		word += advance(r)
		if line+word > limit && line > 0 {
			count, line = count+1, 0
		}
		if word > limit {
			count, word = count+1, advance(r)
		}
		if r == '-' {
			line, word = line+word, 0
		}
	}
	return count
}
