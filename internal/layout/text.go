package layout

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable gives text as every format can hold it: line breaks of any kind are "\n", a tab is a space,
// bytes that are not UTF-8 are U+FFFD, and control characters and noncharacters are gone.
func Printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, needsMending) {
		return s
	}
	return strings.Map(mend, strings.ReplaceAll(s, "\r\n", "\n"))
}

func needsMending(r rune) bool { return mend(r) != r }

// mend gives what stands for a character, or -1 where nothing does.
func mend(r rune) rune {
	switch {
	case r >= ' ' && r < '\x7f' || r == '\n':
		return r
	case r == '\t':
		return ' '
	case strings.ContainsRune("\r\v\f\u0085\u2028\u2029", r):
		return '\n'
	case unicode.IsControl(r) || r&0xfffe == 0xfffe: // XML refuses U+FFFE and U+FFFF
		return -1
	}
	return r
}

// Href gives the span's link if a document may carry it: an http, https or mailto address, or an anchor
// within the document. Any other link, as of a script, gives "". Characters that no address may have are
// percent-encoded.
func (s Span) Href() string {
	if s.Link == "" {
		return ""
	}
	u, err := url.Parse(s.Link)
	if err != nil {
		return ""
	}
	switch {
	case u.Scheme == "mailto", u.Scheme == "http" && u.Host != "", u.Scheme == "https" && u.Host != "", strings.HasPrefix(s.Link, "#"):
		return hrefEscaper.Replace(s.Link)
	}
	return ""
}

var hrefEscaper = strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", `\`, "%5C", "^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D")

// Anchors gives headings the names by which links within a document find them. One map serves one
// document.
type Anchors map[string]int

// Name gives a heading's anchor as GitHub does, so that one link serves HTML and Markdown: lower case,
// letters and digits, hyphens for spaces, and a number where the same name comes again.
func (a Anchors) Name(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, Printable(heading))
	if slug == "" {
		slug = "section"
	}
	name := slug
	for taken := a[name] > 0; taken; taken = a[name] > 0 {
		name = slug + "-" + strconv.Itoa(a[slug])
		a[slug]++
	}
	a[name]++
	return name
}
