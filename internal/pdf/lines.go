package pdf

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/stele-isms/stele/internal/layout"
)

// typesetter breaks text into lines. Its slices grow to the longest text and are used again, so that
// setting a cell allocates nothing.
type typesetter struct {
	faces     [weights]*face
	missing   notes
	lines     []line
	fragments []fragment

	runs   []run
	cursor int // the run in which the line before ended
}

// lines is a range of the typesetter's lines.
type lines struct{ first, last int }

func (l lines) count() int { return l.last - l.first }

// line is a range of the typesetter's fragments, and their width in thousandths of an em.
type line struct {
	first, last int
	width       int
}

// fragment is a stretch of a line in one look.
type fragment struct {
	text   string
	weight weight
	colour layout.Colour
	link   string
}

// run is a fragment before it is broken into lines, and where it begins in the whole text, in bytes.
type run struct {
	fragment
	at int
}

// reset forgets the lines set so far.
func (t *typesetter) reset() {
	clear(t.fragments) // lets go of the texts
	t.lines, t.fragments = t.lines[:0], t.fragments[:0]
}

// set breaks a text into lines no wider than the width, in points. An empty text has no lines.
func (t *typesetter) set(text layout.Text, s style, width float64) lines {
	first := len(t.lines)
	if length := t.load(text, s); length > 0 {
		t.breakLines(int(width*1000/s.size), length)
	}
	return lines{first, len(t.lines)}
}

// load makes runs of the spans and gives their length in bytes.
func (t *typesetter) load(text layout.Text, s style) int {
	t.runs, t.cursor = t.runs[:0], 0
	length := 0
	for _, span := range text {
		part := composed(span.Text)
		t.runs = append(t.runs, run{fragment{part, s.weigh(span), s.tint(span), span.Href()}, length})
		length += len(part)
	}
	return length
}

// composed gives printable text in which letters with loose accents are the precomposed letters that the
// faces have.
func composed(s string) string {
	s = layout.Printable(s)
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

// breaker fills lines character by character. Places are bytes of the whole text, widths are in
// thousandths of an em.
type breaker struct {
	*typesetter
	limit  int     // of a line's width
	start  int     // of the line
	width  int     // of the line so far
	last   chance  // to end the line
	before [2]rune // the two characters before, unless a space came between
}

// chance is a place where a line may end. What stands between its end and the next line's start, spaces,
// goes nowhere.
type chance struct {
	end, next           int
	endWidth, nextWidth int // of the line up to there
}

func (t *typesetter) breakLines(limit, length int) {
	b := breaker{typesetter: t, limit: limit}
	for _, run := range t.runs {
		face := t.faces[run.weight]
		for offset, r := range run.text {
			here := run.at + offset
			switch {
			case r == '\n':
				b.newline(here)
			case space(r):
				b.space(here, r, face.visible(r))
			default:
				if face.advance(r) == missing {
					t.missing.add(r, run.text)
				}
				b.letter(here, r, face.visible(r))
			}
		}
	}
	b.finish(length)
}

func (b *breaker) newline(here int) {
	b.end(here)
	b.start, b.width, b.last, b.before = here+1, 0, chance{}, [2]rune{}
}

func (b *breaker) space(here int, r rune, advance int) {
	if b.last.next != here || here == b.start { // not one more of several spaces
		b.last.end, b.last.endWidth = here, b.width
	}
	b.width += advance
	b.last.next, b.last.nextWidth = here+utf8.RuneLen(r), b.width
	b.before = [2]rune{}
}

func (b *breaker) letter(here int, r rune, advance int) {
	if joint(b.before, r) {
		b.last = chance{here, here, b.width, b.width}
	}
	if b.width+advance > b.limit && b.last.end > b.start {
		b.cut(b.start, b.last.end, b.last.endWidth)
		b.start, b.width = b.last.next, b.width-b.last.nextWidth
	}
	if b.width+advance > b.limit && here > b.start { // a word longer than the line
		b.cut(b.start, here, b.width)
		b.start, b.width = here, 0
	}
	b.width += advance
	b.before = [2]rune{b.before[1], r}
}

// finish ends the last line, unless the text has just ended with a newline.
func (b *breaker) finish(length int) {
	if b.start < length {
		b.end(length)
	}
}

// end ends the line here, or before the spaces that stand before it: they could be wider than the line.
func (b *breaker) end(here int) {
	if b.last.next == here && here > b.start {
		b.cut(b.start, b.last.end, b.last.endWidth)
		return
	}
	b.cut(b.start, here, b.width)
}

// cut ends a line that holds the text from one place to another.
func (t *typesetter) cut(from, to, width int) {
	first := len(t.fragments)
	for ; t.cursor < len(t.runs); t.cursor++ {
		r := t.runs[t.cursor]
		end := r.at + len(r.text)
		if from < end && r.at < to {
			piece := r.fragment
			piece.text = r.text[max(from-r.at, 0):min(to-r.at, len(r.text))]
			t.fragments = append(t.fragments, piece)
		}
		if end > to {
			break
		}
	}
	t.lines = append(t.lines, line{first, len(t.fragments), width})
}

// space tells whether a line may end at the character and swallow it.
func space(r rune) bool {
	return r == ' ' || r == '\u200b' || r > 0x1000 && unicode.Is(unicode.Zs, r) && r != '\u202f'
}

// joint tells whether a line may end before r: after a hyphen, dash or slash between letters, so that
// dates, numbers and ranges of them stay whole.
func joint(before [2]rune, r rune) bool {
	switch before[1] {
	case '-', '/', '\u2010', '\u2013', '\u2014':
		return unicode.IsLetter(before[0]) && unicode.IsLetter(r)
	default:
		return false
	}
}

// Missing is a character that none of the embedded faces has. A box stands for it on the page, and the
// character itself behind the box for whoever searches or copies.
type Missing struct {
	Rune rune
	Text string // the text in which it was first met
}

// notes are the missing characters, each once, in the order in which they were met.
type notes struct {
	known map[rune]bool
	list  []Missing
}

func (n *notes) add(r rune, text string) {
	if n.known[r] {
		return
	}
	if n.known == nil {
		n.known = map[rune]bool{}
	}
	n.known[r] = true
	n.list = append(n.list, Missing{r, text})
}
