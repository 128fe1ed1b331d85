package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/stele-isms/stele/internal/layout"
)

// documentSheet is the name of the first sheet.
const documentSheet = "Document"

// longestName is how many UTF-16 units a sheet's name can have.
const longestName = 31

// sheetNames are the names that are taken, in lower case: Excel does not tell "Risks" from "risks".
type sheetNames map[string]bool

// unique gives the first of the candidates that has a letter left once it is a valid name, with a number
// where it is taken.
func (n sheetNames) unique(candidates ...string) string {
	name := ""
	for _, c := range candidates {
		if name = validName(c); name != "" {
			break
		}
	}
	free := cutUnits(name, longestName)
	for i := 2; n[strings.ToLower(free)] || strings.EqualFold(free, "History"); i++ { // Excel keeps "History" for itself
		number := fmt.Sprintf(" (%d)", i)
		free = cutUnits(name, longestName-len(number)) + number
	}
	n[strings.ToLower(free)] = true
	return free
}

// validName gives a name without the characters that a sheet's name must not have. Apostrophes are curled,
// since references put the name between straight ones.
func validName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return ' '
		case r == '\'':
			return '’'
		}
		return r
	}, layout.Printable(name))
	return strings.Join(strings.Fields(name), " ")
}

// units counts what Excel's limits count: UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cutUnits gives as many characters from the start as fit into n UTF-16 units.
func cutUnits(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}
