package docx

import (
	"slices"
	"strconv"
	"strings"
)

// styleName names a style the way that holds in every language of Word: ids are localised
// ("berschrift1" in German), names of built-in styles are not. Case does not count in them.
type styleName struct{ kind, name string }

func newStyleName(kind, name string) styleName { return styleName{kind, strings.ToLower(name)} }

func nameOf(style *element) styleName {
	return newStyleName(style.attr("type"), style.find("name").attr("val"))
}

// numberOf gives the numbering that a style puts its paragraphs under, or nil.
func numberOf(style *element) *element { return style.find("pPr", "numPr", "numId") }

func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }

// sheet is a styles part as it was read.
type sheet struct {
	tree
	styles []*element
}

func newSheet(t tree) *sheet { return &sheet{tree: t, styles: t.root.all("style")} }

// named gives the style of a name, or nil.
func (s *sheet) named(name styleName) *element {
	return s.first(func(e *element) bool { return nameOf(e) == name })
}

// withID gives the style of an id, or nil.
func (s *sheet) withID(id string) *element {
	return s.first(func(e *element) bool { return e.attr("styleId") == id })
}

func (s *sheet) first(match func(*element) bool) *element {
	if i := slices.IndexFunc(s.styles, match); i >= 0 {
		return s.styles[i]
	}
	return nil
}

// styles is a style sheet ready to be written: its text before and after the document's language. What
// a document must know of each style goes by the style's id in house/styles.xml.
type styles struct {
	name          string // of the part
	before, after string
	ids           map[string]string // fit for an attribute
	stops         map[string][]int  // the tab stops of those that the template had, in twips
}

// write writes the styles part; the language is that of the whole text.
func (s styles) write(m *markup, language string) {
	l := escape(language)
	m.put(s.before, `<w:lang`, wordPrefix, ` w:val="`, l, `" w:eastAsia="`, l, `" w:bidi="`, l, `"/>`, s.after)
}

// dress gives a sheet with those of the house's styles that it lacks. The house's list styles point
// to numberings; firstNumber is what to add to their numbers.
func dress(theirs, ours *sheet, firstNumber int) styles {
	ids, missing := theirs.match(ours)
	var added strings.Builder
	for _, e := range missing {
		added.WriteString(ours.adapted(e, ids, firstNumber))
	}
	stops := map[string][]int{}
	for _, e := range ours.styles {
		stops[e.attr("styleId")] = theirs.stops(theirs.named(nameOf(e)))
	}
	from, to, before, after := theirs.defaults()
	end := theirs.root.shut
	return styles{
		name:   theirs.name,
		before: string(theirs.text[:from]) + before,
		after:  after + string(theirs.text[to:end]) + added.String() + string(theirs.text[end:]),
		ids:    ids,
		stops:  stops,
	}
}

// match finds the house's styles by their names. It gives the id of each by the house's id, and the
// styles that are missing, which get ids that are free.
func (s *sheet) match(ours *sheet) (ids map[string]string, missing []*element) {
	taken := map[string]bool{}
	for _, e := range s.styles {
		taken[e.attr("styleId")] = true
	}
	ids = map[string]string{}
	for _, e := range ours.styles {
		id := e.attr("styleId")
		if found := s.counterpart(e); found != nil {
			ids[id] = escape(found.attr("styleId"))
			continue
		}
		ids[id] = free(taken, id)
		missing = append(missing, e)
	}
	return ids, missing
}

// counterpart gives the style that is named like one of the house's or, as it is, the default of its
// kind; nil when there is none.
func (s *sheet) counterpart(style *element) *element {
	if found := s.named(nameOf(style)); found != nil {
		return found
	}
	if !isOn(style.attr("default")) {
		return nil
	}
	return s.first(func(e *element) bool { return e.attr("type") == style.attr("type") && isOn(e.attr("default")) })
}

// stops gives where a style has tab stops, its own and those that it inherits; none for nil.
func (s *sheet) stops(style *element) []int {
	var stops []int
	for n := 0; style != nil && n < len(s.styles); n++ { // no further: styles may be based on each other
		for _, tab := range style.find("pPr", "tabs").all("tab") {
			stops = append(stops, tab.number("pos"))
		}
		style = s.withID(style.find("basedOn").attr("val"))
	}
	slices.Sort(stops)
	return slices.Compact(stops)
}

// free gives an id that is not taken, and takes it.
func free(taken map[string]bool, id string) string {
	unique := id
	for n := 2; taken[unique]; n++ {
		unique = id + strconv.Itoa(n)
	}
	taken[unique] = true
	return unique
}

// defaults gives the defaults of the sheet, as they read before and after a language for the whole
// text, and the bytes that they stand in for.
func (s *sheet) defaults() (from, to int, before, after string) {
	from, to = s.root.open, s.root.open
	before, after = `<w:docDefaults`+wordPrefix+`><w:rPrDefault><w:rPr>`, `</w:rPr></w:rPrDefault>`
	if e := s.root.find("docDefaults"); e != nil {
		from, to = e.from, e.to
		before += s.runDefaults(e)
		if p := e.find("pPrDefault"); p != nil {
			after += string(s.text[p.from:p.to])
		}
	}
	return from, to, before, after + `</w:docDefaults>`
}

// runDefaults gives the properties that all text has, but for its language.
func (s *sheet) runDefaults(defaults *element) string {
	runs := defaults.find("rPrDefault", "rPr")
	if runs == nil {
		return ""
	}
	var edits []edit
	for _, e := range runs.all("lang") {
		edits = append(edits, edit{e.from, e.to, ""})
	}
	return spliced(s.text, runs.open, runs.shut, edits)
}

// adapted gives a style of this sheet as it reads in another: by the other's ids and numberings, and
// never as the default of its kind.
func (s *sheet) adapted(style *element, ids map[string]string, firstNumber int) string {
	tag := `<w:style` + wordPrefix + ` w:type="` + style.attr("type") + `" w:styleId="` + ids[style.attr("styleId")] + `"`
	if isOn(style.attr("customStyle")) {
		tag += ` w:customStyle="1"`
	}
	edits := []edit{{style.from, style.open, tag + `>`}}
	for _, local := range []string{"basedOn", "next"} {
		if e := style.find(local); e != nil {
			edits = append(edits, edit{e.from, e.to, `<w:` + local + ` w:val="` + ids[e.attr("val")] + `"/>`})
		}
	}
	if e := numberOf(style); e != nil {
		edits = append(edits, edit{e.from, e.to, `<w:numId w:val="` + strconv.Itoa(firstNumber+e.number("val")) + `"/>`})
	}
	return spliced(s.text, style.from, style.to, edits)
}
