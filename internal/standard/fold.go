package standard

import (
	"strings"
	"unicode"
)

// accented lists, behind each plain letter, the accented forms that stand for it in a search.
var accented = []string{
	"aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľł",
	"nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
}

var plainLetter = func() map[rune]rune {
	plain := map[rune]rune{}
	for _, forms := range accented {
		for _, form := range forms {
			plain[form] = rune(forms[0])
		}
	}
	return plain
}()

// fold makes spellings equal that people do not tell apart: case, accents, and the -ize of the
// standard's titles against the -ise of British prose.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if r <= unicode.MaxASCII {
			return r
		}
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if plain, ok := plainLetter[r]; ok {
			return plain
		}
		return r
	}, s)
	return strings.ReplaceAll(s, "iz", "is")
}

// foldedWords gives the folded words of a text in the singular, so that "policies" is found by
// "policy" and the other way round. A dot inside a word belongs to it, as in "A.5.1".
func foldedWords(s string) []string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool {
		return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	var kept []string
	for _, word := range words {
		if word = strings.Trim(word, "."); word != "" {
			kept = append(kept, singular(word))
		}
	}
	return kept
}

// singular takes the plural's ending off a folded word, by rules that are rough but the same for
// every word.
func singular(word string) string {
	if len(word) < 4 {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return stem + "y"
	}
	for _, ending := range []string{"ss", "us", "is"} {
		if strings.HasSuffix(word, ending) {
			return word
		}
	}
	return strings.TrimSuffix(word, "s")
}
