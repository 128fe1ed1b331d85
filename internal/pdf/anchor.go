package pdf

import (
	"strconv"
	"strings"
	"unicode"
)

// anchors gives headings the names by which links within a document find them.
type anchors map[string]int

// name gives a heading's anchor, by the rule of package layout: lower case, letters and digits, hyphens for
// spaces, and a number where the same name comes again.
func (a anchors) name(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, heading)
	if slug == "" {
		slug = "section"
	}
	name := slug
	for n := 1; a[name] > 0; n++ {
		name = slug + "-" + strconv.Itoa(n)
	}
	a[name]++
	return name
}
