package standard

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// HitKind says what a search found.
type HitKind string

// What a search finds.
const (
	ControlHit     HitKind = "control"
	RequirementHit HitKind = "requirement"
)

// Hit is a control or a requirement that a search found.
type Hit struct {
	Ref     string  `json:"ref"` // "A.5.1" for a control, "6.1.3" for a requirement
	Title   string  `json:"title"`
	Kind    HitKind `json:"kind"`
	Snippet string  `json:"snippet"` // the sentence of guidance that answers the query best
}

// Search finds the controls and requirements of an edition in whose number, title, attributes or
// guidance every word of the query begins some word; case, accents and the plural do not count. A
// control's or requirement's number ranks before its title, the title before attributes, and guidance
// last; equals stand in the order of the standard, requirements first. An empty query finds nothing.
func Search(edition Edition, query string) []Hit {
	words := foldedWords(query)
	if len(words) == 0 {
		return nil
	}
	type ranked struct {
		hit   Hit
		score int
	}
	var found []ranked
	for _, e := range entriesOf(edition) {
		score, ok := e.score(words)
		if !ok {
			continue
		}
		hit := e.hit
		hit.Snippet = e.snippet(words)
		found = append(found, ranked{hit, score})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	hits := make([]Hit, len(found))
	for i, f := range found {
		hits[i] = f.hit
	}
	return hits
}

// entry is what can be found of one control or requirement, as folded words.
type entry struct {
	hit        Hit
	number     []string
	title      []string
	attributes []string
	sentences  []sentence
}

// sentence is one sentence of guidance, as written and as folded words.
type sentence struct {
	text  string
	words []string
}

// score adds up the weights of the words, and reports whether every word matches.
func (e entry) score(words []string) (int, bool) {
	total := 0
	for _, word := range words {
		weight := e.weight(word)
		if weight == 0 {
			return 0, false
		}
		total += weight
	}
	return total, true
}

// weight says how much a word of a query tells of the entry, and 0 if it does not match at all.
func (e entry) weight(word string) int {
	switch {
	case slices.Contains(e.number, word):
		return 10
	case slices.Contains(e.title, word):
		return 6
	case anyBegins(e.title, word):
		return 5
	case anyBegins(e.number, word):
		return 4
	case anyBegins(e.attributes, word):
		return 2
	case slices.ContainsFunc(e.sentences, func(s sentence) bool { return anyBegins(s.words, word) }):
		return 1
	}
	return 0
}

// snippet gives the sentence that matches the most words of a query, the first of equals.
func (e entry) snippet(words []string) string {
	best, most := "", -1
	for _, s := range e.sentences {
		matches := 0
		for _, word := range words {
			if anyBegins(s.words, word) {
				matches++
			}
		}
		if matches > most {
			best, most = s.text, matches
		}
	}
	return best
}

func anyBegins(words []string, prefix string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, prefix) })
}

func entriesOf(edition Edition) []entry {
	switch edition {
	case Edition2013:
		return entries2013()
	case Edition2022:
		return entries2022()
	}
	return nil
}

var (
	entries2013 = sync.OnceValue(func() []entry { return entries(Edition2013) })
	entries2022 = sync.OnceValue(func() []entry { return entries(Edition2022) })
)

func entries(edition Edition) []entry {
	var all []entry
	for _, r := range AllRequirements(edition) {
		guidance, _ := RequirementGuidance(edition, r.Number)
		all = append(all, entry{
			hit:       Hit{Ref: r.Number, Title: r.Title, Kind: RequirementHit},
			number:    foldedWords(r.Number + " clause"),
			title:     foldedWords(r.Title),
			sentences: sentencesOf(guidance, RequirementGuidance),
		})
	}
	for _, c := range Controls(edition) {
		guidance, _ := GuidanceFor(edition, c.Number)
		e := entry{
			hit:       Hit{Ref: c.Ref(), Title: c.Title, Kind: ControlHit},
			number:    foldedWords(c.Ref() + " " + c.Number + " annex"),
			title:     foldedWords(c.Title),
			sentences: sentencesOf(guidance, GuidanceFor),
		}
		for _, name := range AttributeNames() {
			values := strings.Join(c.Attributes.Values(name), " ")
			e.attributes = append(e.attributes, foldedWords(values)...)
		}
		all = append(all, e)
	}
	return all
}

// sentencesOf gives the sentences of guidance and of what it says to see, which lookup finds.
func sentencesOf(g Guidance, lookup func(Edition, string) (Guidance, bool)) []sentence {
	all := g.sentences()
	for _, ref := range g.See {
		successor, _ := lookup(Edition2022, ref)
		all = append(all, successor.sentences()...)
	}
	return all
}

func (g Guidance) sentences() []sentence {
	passages := []string{g.Purpose}
	for _, markdown := range []string{g.Practice, g.Small, g.Larger} {
		passages = append(passages, strings.Split("\n"+markdown, "\n- ")...)
	}
	passages = slices.Concat(passages, g.Evidence, g.Audit, g.Failures)
	var all []sentence
	for _, passage := range passages {
		for _, text := range splitSentences(unwrap(passage)) {
			all = append(all, sentence{text, foldedWords(text)})
		}
	}
	return all
}

var sentenceEnd = regexp.MustCompile(`[.?!]["')]?\s+`)

// splitSentences splits a passage on one line into its sentences.
func splitSentences(passage string) []string {
	var sentences []string
	start := 0
	for _, end := range sentenceEnd.FindAllStringIndex(passage, -1) {
		sentences = append(sentences, strings.TrimSpace(passage[start:end[1]]))
		start = end[1]
	}
	if rest := strings.TrimSpace(passage[start:]); rest != "" {
		sentences = append(sentences, rest)
	}
	return sentences
}
