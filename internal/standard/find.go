package standard

import (
	"regexp"
	"slices"
	"strings"
)

// FindNumbers finds the numbers of an edition's controls in a text as people write it in a cell:
// "A.5.17, A.8.5", "5.17; 8.5", "Annex A 5.17 and A8.5", "A.5.1-A.5.4", "A.8.24 Use of cryptography".
// Found are refs, each once, in the order of the text; rest is what they do not explain, its pieces
// parted by "; ".
//
// Clauses 5 to 8 of ISO/IEC 27001 have the numbers of controls too. So a number that "A" or "Annex"
// leads is a control, and a bare one is read by the words before it:
//   - after "clause", "section", "requirement", "ISO" or "27001" it is a requirement, and is left in
//     the rest, until "A", "Annex" or "27002" comes: "Clause 9.2", "ISO 6.2", "ISO 27001 6.1.3";
//   - after another word ("PCI DSS 8.3") it is something else, until one of these, a semicolon or the
//     end of the line comes; the title of a control behind its number is no other word;
//   - else it is a control.
//
// A number that the edition does not have stays in the rest. A range is one of controls of the same
// theme or set.
func FindNumbers(edition Edition, text string) (found []string, rest string) {
	f := finder{catalogue: catalogueOf(edition), tokens: tokenise(text), pending: -1}
	for f.at < len(f.tokens) {
		f.step()
	}
	if f.pending >= 0 {
		f.leave(f.pending, len(strings.TrimRight(text, " \t\r\n")))
	}
	var left []string
	for _, s := range f.left {
		left = append(left, text[s.start:s.end])
	}
	return f.found, strings.Join(left, "; ")
}

// reading is what a bare number stands for.
type reading int

const (
	asControl reading = iota
	asRequirement
	asOther
)

// finder walks over the tokens of a text.
type finder struct {
	catalogue *catalogue
	tokens    []token
	at        int
	reading   reading
	found     []string

	last    string // the number of the control just before, "" if something else came between
	through bool   // whether a dash or "to" came after it

	pending int    // where words began that a number may explain, as in "ISO 27001 A.5.1"; -1 if none
	left    []span // what is not explained
	open    bool   // whether no control came since the last of left, so that it can grow
}

type span struct{ start, end int }

// step reads one token, and the title of a control behind its number.
func (f *finder) step() {
	t := f.tokens[f.at]
	f.at++
	switch t.class {
	case number:
		f.readNumber(t)
	case letterA:
		f.readA(t)
	case annexWord:
		f.readAnnex(t)
	case requirementWord:
		f.reading = asRequirement
		f.last = ""
		f.lead(t)
	case controlWord:
		f.lead(t)
	case dash:
		f.through = f.last != ""
	case stop:
		f.last = ""
		if f.reading == asOther {
			f.reading = asControl
		}
	case glue:
		if t.text != "." {
			f.last = ""
		}
	case word:
		f.readOther(t)
	}
}

func (f *finder) readNumber(t token) {
	if t.led {
		f.reading = asControl
	}
	control, ok := f.catalogue.control(t.number)
	if !ok || f.reading != asControl {
		f.last = ""
		f.explainNot(t)
		return
	}
	f.pending, f.open = -1, false
	if f.last != "" && f.through {
		f.addUpTo(f.last, control.Number)
	}
	f.add(control)
	f.last, f.through = control.Number, false
	f.skipTitle(control)
}

// readA reads a lone letter A, which is the annex before a number ("A 5.17", "A-5.17") or behind
// "Annex", and else the letter of an item ("4.2 a") or an article.
func (f *finder) readA(t token) {
	next := f.at
	for next < len(f.tokens) && strings.Contains("._-:", f.tokens[next].text) {
		next++
	}
	switch {
	case next < len(f.tokens) && f.tokens[next].class == number:
		f.readAnnex(t)
	case f.pending >= 0:
		f.lead(t)
	default:
		f.readOther(t)
	}
}

func (f *finder) readAnnex(t token) {
	f.reading = asControl
	if !f.through {
		// In "A.5.1 A-5.4" the dash belongs to the second number and makes no range.
		f.last = ""
	}
	f.lead(t)
}

func (f *finder) readOther(t token) {
	f.last = ""
	if f.reading == asControl {
		f.reading = asOther
	}
	f.explainNot(t)
}

// lead notes a word that a number behind it may explain.
func (f *finder) lead(t token) {
	if f.pending < 0 {
		f.pending = t.start
	}
}

// explainNot leaves a token in the rest, with the words that led to it.
func (f *finder) explainNot(t token) {
	start := t.start
	if f.pending >= 0 {
		start = f.pending
	}
	f.leave(start, t.end)
}

func (f *finder) leave(start, end int) {
	f.pending = -1
	if f.open {
		f.left[len(f.left)-1].end = end
		return
	}
	f.left = append(f.left, span{start, end})
	f.open = true
}

func (f *finder) add(control Control) {
	if !slices.Contains(f.found, control.Ref()) {
		f.found = append(f.found, control.Ref())
	}
}

// addUpTo adds the controls from first on that stand before last, if both are in one group.
func (f *finder) addUpTo(first, last string) {
	from, to := f.catalogue.position[first], f.catalogue.position[last]
	if from >= to || f.catalogue.controls[from].Group != f.catalogue.controls[to].Group {
		return
	}
	for _, control := range f.catalogue.controls[from:to] {
		f.add(control)
	}
}

// skipTitle passes over the title of a control if it comes next.
func (f *finder) skipTitle(control Control) {
	at := f.at
	for _, want := range foldedWords(control.Title) {
		for at < len(f.tokens) && f.tokens[at].isPunctuation() {
			at++
		}
		if at == len(f.tokens) || !slices.Equal(foldedWords(f.tokens[at].text), []string{want}) {
			return
		}
		at++
	}
	f.at = at
	f.last = ""
}

// class says what a token may mean beside a number.
type class int

const (
	word            class = iota // any other word
	number                       // as in "5.1", "A.5.1"
	letterA                      // the annex, an item or an article
	annexWord                    // a bare number after it is a control
	requirementWord              // a bare number after it is a requirement
	controlWord                  // says "control", which other frameworks say too
	dash                         // makes a range of two numbers
	stop                         // parts entries: a semicolon or the end of a line
	glue                         // means nothing
)

// token is a word, a number or a single other character of a text.
type token struct {
	text       string
	start, end int // in bytes
	class      class
	number     string // without "A."
	led        bool   // whether "A." was part of it
}

func (t token) isPunctuation() bool { return len(foldedWords(t.text)) == 0 }

var (
	tokenPattern  = regexp.MustCompile(`\n|[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*(?::\d{4}\b)?|[^\s\p{L}\p{N}]`)
	controlNumber = regexp.MustCompile(`^(?i:(a)\.?)?(\d{1,2}(?:\.\d{1,2}){1,2})$`)
	yearOfEdition = regexp.MustCompile(`:\d{4}$`)
)

// classes are the words and characters that mean something; other words are class word, and other
// characters class glue.
var classes = map[string]class{
	"a": letterA, "annex": annexWord, "annexa": annexWord, "27002": annexWord, "iso27002": annexWord,
	"iso": requirementWord, "iec": requirementWord, "27001": requirementWord, "iso27001": requirementWord,
	"clause": requirementWord, "clauses": requirementWord, "cl": requirementWord, "§": requirementWord,
	"section": requirementWord, "sections": requirementWord, "requirement": requirementWord, "requirements": requirementWord,
	"control": controlWord, "controls": controlWord,
	"-": dash, "–": dash, "—": dash, "to": dash, "through": dash,
	";": stop, "\n": stop,
	"and": glue, "or": glue, "2013": glue, "2022": glue,
}

func tokenise(text string) []token {
	var tokens []token
	for _, at := range tokenPattern.FindAllStringIndex(text, -1) {
		t := token{text: text[at[0]:at[1]], start: at[0], end: at[1]}
		if match := controlNumber.FindStringSubmatch(t.text); match != nil {
			t.class, t.number, t.led = number, match[2], match[1] != ""
		} else {
			t.class = classify(t)
		}
		tokens = append(tokens, t)
	}
	return tokens
}

func classify(t token) class {
	name := yearOfEdition.ReplaceAllString(strings.ToLower(t.text), "")
	if c, ok := classes[name]; ok {
		return c
	}
	if t.isPunctuation() {
		return glue
	}
	return word
}
