package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// styleName names a style the way that holds in every language of Word: ids are localised
// ("berschrift1" in German), names of built-in styles are not. It is in lower case.
type styleName struct{ kind, name string }

func newStyleName(kind, name string) styleName { return styleName{kind, strings.ToLower(name)} }

// sheet is a styles part as it was read.
type sheet struct {
	text   []byte
	root   *element
	styles []*element
}

func readSheet(text []byte) (*sheet, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	if !root.is("styles") || root.single() {
		return nil, fmt.Errorf("the root is %s, not a list of styles", root.name.Local)
	}
	return &sheet{text: text, root: root, styles: root.all("style")}, nil
}

func nameOf(style *element) styleName {
	return newStyleName(style.attr("type"), style.find("name").attr("val"))
}

// named gives the style of a name, or nil.
func (s *sheet) named(name styleName) *element {
	return s.first(func(e *element) bool { return nameOf(e) == name })
}

// standard gives the style that things of a kind have when they name none, or nil.
func (s *sheet) standard(kind string) *element {
	return s.first(func(e *element) bool { return e.attr("type") == kind && isOn(e.attr("default")) })
}

func (s *sheet) first(match func(*element) bool) *element {
	if i := slices.IndexFunc(s.styles, match); i >= 0 {
		return s.styles[i]
	}
	return nil
}

func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }

// styles is a style sheet ready to be written: its text before and after the document's language,
// and the id, fit for an attribute, of each of the house's styles.
type styles struct {
	before, after []byte
	ids           map[styleName]string
}

func (s styles) paragraph(name string) string { return s.id("paragraph", name) }
func (s styles) character(name string) string { return s.id("character", name) }
func (s styles) table(name string) string     { return s.id("table", name) }

func (s styles) id(kind, name string) string {
	return escape(s.ids[newStyleName(kind, name)])
}

// write writes the styles part; the language is that of the whole text.
func (s styles) write(m *markup, language string) {
	l := escape(language)
	m.put(string(s.before), `<w:lang`, wordPrefix, ` w:val="`, l, `" w:eastAsia="`, l, `" w:bidi="`, l, `"/>`, string(s.after))
}

// dress gives a sheet with those of the house's styles that it lacks. The house's list styles point
// to numberings; firstNumber is what to add to their numbers.
func dress(theirs, ours *sheet, firstNumber int) styles {
	ids := map[styleName]string{}
	taken := map[string]bool{}
	for _, e := range theirs.styles {
		taken[e.attr("styleId")] = true
	}
	var missing []*element
	renamed := map[string]string{} // from the house's id to the sheet's
	for _, e := range ours.styles {
		name := nameOf(e)
		match := theirs.named(name)
		if match == nil && isOn(e.attr("default")) {
			match = theirs.standard(name.kind)
		}
		id := match.attr("styleId")
		if match == nil {
			id = free(taken, e.attr("styleId"))
			missing = append(missing, e)
		}
		ids[name], renamed[e.attr("styleId")] = id, id
	}
	edits, place, wrap := theirs.language()
	var added strings.Builder
	for _, e := range missing {
		added.Write(ours.adapted(e, renamed, firstNumber))
	}
	edits = append(edits, edit{theirs.root.shut, theirs.root.shut, added.String()})
	early, late := divided(edits, place)
	return styles{
		before: append(spliced(theirs.text, 0, place, early), wrap[0]...),
		after:  append([]byte(wrap[1]), spliced(theirs.text, place, len(theirs.text), late)...),
		ids:    ids,
	}
}

// free gives an id that is not taken, and takes it.
func free(taken map[string]bool, id string) string {
	for try, n := id, 2; ; try, n = id+strconv.Itoa(n), n+1 {
		if !taken[try] {
			taken[try] = true
			return try
		}
	}
}

// divided parts edits at a place.
func divided(edits []edit, place int) (early, late []edit) {
	for _, e := range edits {
		if e.to <= place {
			early = append(early, e)
		} else {
			late = append(late, e)
		}
	}
	return early, late
}

// language gives the place where a language for the whole text belongs, what must stand around it
// there, and the edits that take out what stood in its way.
func (s *sheet) language() (edits []edit, place int, wrap [2]string) {
	defaults := s.root.find("docDefaults")
	if defaults == nil {
		return nil, s.root.open, [2]string{`<w:docDefaults` + wordPrefix + `><w:rPrDefault><w:rPr>`, `</w:rPr></w:rPrDefault></w:docDefaults>`}
	}
	runs := defaults.find("rPrDefault", "rPr")
	if runs == nil || runs.single() {
		paragraphs := ""
		if p := defaults.find("pPrDefault"); p != nil {
			paragraphs = string(s.text[p.from:p.to])
		}
		return []edit{{defaults.from, defaults.to, ""}}, defaults.to,
			[2]string{`<w:docDefaults` + wordPrefix + `><w:rPrDefault><w:rPr>`, `</w:rPr></w:rPrDefault>` + paragraphs + `</w:docDefaults>`}
	}
	for _, e := range runs.all("lang") {
		edits = append(edits, edit{e.from, e.to, ""})
	}
	return edits, runs.shut, wrap
}

// adapted gives a style of this sheet as it reads in another: by the other's ids and numberings, and
// never as the default of its kind.
func (s *sheet) adapted(style *element, renamed map[string]string, firstNumber int) []byte {
	tag := `<w:style` + wordPrefix + ` w:type="` + style.attr("type") + `" w:styleId="` + renamed[style.attr("styleId")] + `"`
	if isOn(style.attr("customStyle")) {
		tag += ` w:customStyle="1"`
	}
	edits := []edit{{style.from, style.open, tag + `>`}}
	for _, local := range []string{"basedOn", "next", "link"} {
		if e := style.find(local); e != nil {
			edits = append(edits, edit{e.from, e.to, `<w:` + local + ` w:val="` + escape(renamed[e.attr("val")]) + `"/>`})
		}
	}
	if e := style.find("pPr", "numPr", "numId"); e != nil {
		edits = append(edits, edit{e.from, e.to, `<w:numId w:val="` + strconv.Itoa(firstNumber+e.number("val")) + `"/>`})
	}
	return spliced(s.text, style.from, style.to, edits)
}
