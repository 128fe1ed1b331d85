package standard

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// Guidance is our own advice on a control or a requirement.
type Guidance struct {
	Purpose  string   `json:"purpose"`            // prose
	Practice string   `json:"practice,omitempty"` // 2013 only: what to put in place; Markdown
	Small    string   `json:"small,omitempty"`    // what to put in place with 10 to 80 people; Markdown
	Larger   string   `json:"larger,omitempty"`   // what is different with several sites or hundreds of people; Markdown
	Evidence []string `json:"evidence,omitempty"` // records that show that it works
	Audit    []string `json:"audit,omitempty"`    // what an auditor asks and samples
	Failures []string `json:"failures,omitempty"` // how it commonly fails
	See      []string `json:"see,omitempty"`      // 2013 only: the controls (refs) or requirements of 2022 whose guidance serves
}

// GuidanceFor gives the guidance on a control. A control of 2013 has guidance of its own and, in See, the
// controls of 2022 whose guidance serves it too.
func GuidanceFor(edition Edition, ref string) (Guidance, bool) {
	number, ok := parseNumber(ref)
	if !ok {
		return Guidance{}, false
	}
	if edition == Edition2022 {
		g, ok := controlGuidance()[number]
		return g, ok
	}
	g, ok := guidance2013()[number]
	if ok {
		g.See = Map(Edition2013, number)
	}
	return g, ok
}

// RequirementGuidance gives the guidance on a requirement; a heading has a purpose only. A
// requirement of 2013 has the guidance of the one of 2022 that corresponds to it, named in See; where
// several do (9.2, 9.3), it has the purpose of their heading, and See names them all.
func RequirementGuidance(edition Edition, number string) (Guidance, bool) {
	requirement, err := LookupRequirement(edition, number)
	if err != nil {
		return Guidance{}, false
	}
	if edition == Edition2022 {
		g, ok := requirementGuidance()[requirement.Number]
		return g, ok
	}
	successors := MapRequirement(Edition2013, requirement.Number)
	source := requirement.Number
	if len(successors) == 1 {
		source = successors[0]
	}
	g, ok := requirementGuidance()[source]
	g.See = successors
	return g, ok
}

var (
	controlGuidance     = sync.OnceValue(func() map[string]Guidance { return guidanceIn("2022") })
	requirementGuidance = sync.OnceValue(func() map[string]Guidance { return guidanceIn("requirements") })
	guidance2013        = sync.OnceValue(func() map[string]Guidance { return guidanceIn("2013") })
)

// guidanceIn reads the guidance files of a folder, which are named for the numbers they are on.
func guidanceIn(folder string) map[string]Guidance {
	names, err := fs.Glob(files, path.Join("guidance", folder, "*.md"))
	if err != nil {
		panic(fmt.Sprintf("standard: %v", err))
	}
	all := make(map[string]Guidance, len(names))
	for _, name := range names {
		all[strings.TrimSuffix(path.Base(name), ".md")] = parseGuidance(string(read(name)))
	}
	return all
}

// parseGuidance reads one guidance file by its headings.
func parseGuidance(markdown string) Guidance {
	var g Guidance
	for _, s := range parseSections(markdown) {
		switch s.heading {
		case "Purpose":
			g.Purpose = unwrap(s.body)
		case "In practice":
			g.Practice = s.body
		case "In a small organisation":
			g.Small = s.body
		case "In a larger organisation":
			g.Larger = s.body
		case "Evidence":
			g.Evidence = bullets(s.body)
		case "What an auditor asks":
			g.Audit = bullets(s.body)
		case "How it fails":
			g.Failures = bullets(s.body)
		}
	}
	return g
}

// prose reads a file that has a section for each of many numbers, headed as in "5.1 Title".
func prose(name string) map[string]string {
	texts := map[string]string{}
	for _, s := range parseSections(string(read("guidance/" + name + ".md"))) {
		number, _, _ := strings.Cut(s.heading, " ")
		texts[number] = unwrap(s.body)
	}
	return texts
}

// section is what stands under a heading of the second level.
type section struct{ heading, body string }

// parseSections splits Markdown at its headings of the second level; what stands before the first is
// the title of the file.
func parseSections(markdown string) []section {
	var sections []section
	for _, part := range strings.Split(markdown, "\n## ")[1:] {
		heading, body, _ := strings.Cut(part, "\n")
		sections = append(sections, section{strings.TrimSpace(heading), strings.TrimSpace(body)})
	}
	return sections
}

// unwrap joins the lines of each paragraph; a blank line still parts paragraphs.
func unwrap(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, paragraph := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(paragraph), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

// bullets gives the items of a Markdown list, each on one line.
func bullets(list string) []string {
	items := strings.Split("\n"+list, "\n- ")[1:]
	for i, item := range items {
		items[i] = unwrap(item)
	}
	return slices.Clip(items)
}
