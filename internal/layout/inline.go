package layout

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownBlock gives text as a line that begins a paragraph or a list item.
func markdownBlock(t Text) string {
	return blockMarker.ReplaceAllString(markdownLine(t), `$1\$2$3`)
}

// blockMarker is what would make a list, a heading's underline or a rule of the line that it begins. All
// other markers are escaped wherever they stand.
var blockMarker = regexp.MustCompile(`^(\d{0,9})([-+.)])([-+\s]|$)`)

// markdownLine gives text as inline Markdown on one line, with "<br>" for the breaks within.
func markdownLine(t Text) string {
	var b strings.Builder
	pieces := inlinePieces(t)
	for i, p := range pieces {
		next := piece{}
		if i+1 < len(pieces) {
			next = pieces[i+1]
		}
		b.WriteString(p.markdown(lastRune(b.String()), next))
	}
	return trimBreaks(b.String())
}

// piece is a stretch of text of one look. Spaces around marked text are pieces of their own, since
// Markdown wants its marks close to the words.
type piece struct {
	text         string
	strong, emph bool
	href         string
}

func inlinePieces(t Text) []piece {
	var pieces []piece
	add := func(p piece) {
		if p.text == "" {
			return
		}
		if last := len(pieces) - 1; last >= 0 && pieces[last].sameLook(p) {
			pieces[last].text += p.text
			return
		}
		pieces = append(pieces, p)
	}
	for _, s := range t {
		text := Printable(s.Text)
		rest := strings.TrimLeftFunc(text, unicode.IsSpace)
		core := strings.TrimRightFunc(rest, unicode.IsSpace)
		add(piece{text: text[:len(text)-len(rest)]})
		add(piece{text: core, strong: s.Strong, emph: s.Emph, href: s.Href()})
		add(piece{text: rest[len(core):]})
	}
	return pieces
}

func (p piece) sameLook(q piece) bool {
	return p.strong == q.strong && p.emph == q.emph && p.href == q.href
}

func (p piece) mark() string {
	mark := ""
	if p.strong {
		mark += "**"
	}
	if p.emph {
		mark += "*"
	}
	return mark
}

// markdown gives the piece between a character before it and a piece after it.
func (p piece) markdown(prev rune, next piece) string {
	text := escapeMarkdown(p.text)
	if strings.HasSuffix(text, "!") && next.href != "" {
		text = strings.TrimSuffix(text, "!") + `\!` // else the link would be an image
	}
	if p.href != "" {
		text = "[" + text + "](" + addressEscaper.Replace(p.href) + ")"
	}
	mark := p.mark()
	switch {
	case mark == "":
		return text
	case p.takesMarks(prev, next):
		return mark + text + mark
	}
	return tagged(p, text)
}

// takesMarks tells whether asterisks around the piece would be read as emphasis: outside them stands a
// space or punctuation, or inside them a letter (CommonMark 0.31, 6.2, flanking delimiter runs).
func (p piece) takesMarks(prev rune, next piece) bool {
	first, last, following := firstRune(p.text), lastRune(p.text), firstRune(next.text)
	if p.href != "" {
		first, last = '[', ')'
	}
	if prev == '*' || following == '*' || next.mark() != "" {
		return false
	}
	return (isWord(first) || isGap(prev)) && (isWord(last) || isGap(following))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isGap tells whether a character parts words in every dialect of Markdown.
func isGap(r rune) bool { return unicode.IsSpace(r) || r < utf8.RuneSelf && unicode.IsPunct(r) }

// firstRune gives a text's first character; the edge of a line counts as a space.
func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

// lastRune gives a text's last character; the edge of a line counts as a space.
func lastRune(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// tagged gives emphasis as HTML, where asterisks would be read as themselves.
func tagged(p piece, text string) string {
	if p.emph {
		text = "<em>" + text + "</em>"
	}
	if p.strong {
		text = "<strong>" + text + "</strong>"
	}
	return text
}

// escapeMarkdown gives text in which no character is markup.
func escapeMarkdown(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		if r == '\n' {
			b.WriteString("<br>")
			continue
		}
		if isMarkup(r, s[:i], s[i+utf8.RuneLen(r):]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isMarkup tells whether a character between before and after would be read as markup. A bare address
// would become a link, and take marks and backslashes in it for its own.
func isMarkup(r rune, before, after string) bool {
	switch r {
	case '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '$':
		return true
	case '&':
		return entityRest.MatchString(after)
	case '@':
		return !unicode.IsSpace(lastRune(before))
	case ':':
		return strings.HasPrefix(after, "//")
	case '.':
		return len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
	}
	return false
}

var entityRest = regexp.MustCompile(`^#?\w+;`)

// addressEscaper makes an address safe between parentheses.
var addressEscaper = strings.NewReplacer("(", "%28", ")", "%29", "&", "&amp;")

// trimBreaks drops spaces and line breaks around a line, which Markdown does not show.
func trimBreaks(s string) string {
	for {
		trimmed := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(s), "<br>"), "<br>")
		if trimmed == s {
			return s
		}
		s = trimmed
	}
}
