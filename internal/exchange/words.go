package exchange

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	// umlauts makes one word of "Eigentümer" and "Eigentuemer".
	umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")
	// british makes one word of "organisation" and "organization".
	british = strings.NewReplacer("iz", "is")
)

// fold makes spellings equal that people do not tell apart: case, accents, and the width of spaces. It is
// for comparing only; nobody reads the result.
func fold(s string) string {
	lower := umlauts.Replace(strings.ToLower(norm.NFC.String(s)))
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(lower))
	return british.Replace(strings.Join(strings.Fields(plain), " "))
}

// tokens gives the folded words of a text, in the singular.
func tokens(s string) []string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		words[i] = singular(words[i])
	}
	return words
}

// spelled keeps the words of texts that the kinds declare: there are few, and each is compared with many.
var spelled sync.Map

// declared gives the tokens of a text that a kind declares.
func declared(text string) []string {
	if words, ok := spelled.Load(text); ok {
		return words.([]string)
	}
	words := tokens(text)
	spelled.Store(text, words)
	return words
}

// singular takes the plural's ending off a word, by a rule that is rough but the same for every word.
func singular(word string) string {
	if len(word) < 4 {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return stem + "y"
	}
	if stem, ok := strings.CutSuffix(word, "sses"); ok {
		return stem + "ss"
	}
	for _, ending := range []string{"ss", "us", "is"} {
		if strings.HasSuffix(word, ending) {
			return word
		}
	}
	return strings.TrimSuffix(word, "s")
}

// sameWords reports whether two texts have the same words, whatever stands between them.
func sameWords(a, b string) bool {
	words := tokens(a)
	return len(words) > 0 && slices.Equal(words, tokens(b)) || fold(a) == fold(b)
}

// beginsWith reports whether words begin with others.
func beginsWith(words, start []string) bool {
	return len(start) > 0 && len(words) >= len(start) && slices.Equal(words[:len(start)], start)
}

// contains reports whether words hold others, one behind the other.
func contains(words, part []string) bool {
	for i := range words {
		if beginsWith(words[i:], part) {
			return true
		}
	}
	return false
}

var bracketed = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)

// withoutBrackets takes the units and hints off a heading: "Likelihood (1-5)", "Budget [EUR]".
func withoutBrackets(heading string) string { return bracketed.ReplaceAllString(heading, " ") }

// idle words say nothing of what a column holds.
var idle = tokens("the of a an in for der die das des von für de")

// likeness says how alike a heading is to one of a field's names: 1 for the same words, 0 for nothing in
// common. Words that only repeat what kind of record the table holds count little.
func likeness(heading string, names, kindWords []string) float64 {
	best := 0.0
	for _, words := range [][]string{tokens(withoutBrackets(heading)), tokens(heading)} {
		bare := without(words, kindWords)
		for _, name := range names {
			want := declared(name)
			switch {
			case len(words) == 0:
			case slices.Equal(words, want):
				return 1
			case slices.Equal(bare, want):
				best = max(best, 0.95)
			default:
				best = max(best, 0.8*overlap(words, want))
			}
		}
	}
	return best
}

// without takes the words that name the kind away, also where they are the front of a longer one:
// "Risikobeschreibung" in a register of risks is a "beschreibung".
func without(words, kindWords []string) []string {
	var rest []string
	for _, w := range words {
		if cut := withoutFront(w, kindWords); cut == w || len(cut) > 2 { // "Lieferanten" leaves "en"
			rest = append(rest, cut)
		}
	}
	return rest
}

func withoutFront(word string, fronts []string) string {
	for _, front := range fronts {
		if cut, ok := strings.CutPrefix(word, front); ok && (cut == "" || len(front) > 3) {
			return cut
		}
	}
	return word
}

// overlap gives the share of the words of two names that both have; idle words do not count.
func overlap(a, b []string) float64 {
	both, all := 0, 0
	for i, w := range a {
		if !tells(a, i) {
			continue
		}
		all++
		if slices.Contains(b, w) {
			both++
		}
	}
	for i, w := range b {
		if tells(b, i) && !slices.Contains(a, w) {
			all++
		}
	}
	return float64(both) / float64(max(1, all))
}

// tells reports whether a word is not idle, and stands nowhere before.
func tells(words []string, i int) bool {
	return !slices.Contains(idle, words[i]) && !slices.Contains(words[:i], words[i])
}
