package standard

import (
	"regexp"
	"slices"
	"sync"

	"github.com/stele-isms/stele/internal/fault"
)

// Requirement is a clause of ISO/IEC 27001 (4 to 10) or a part of one. One with children is a
// heading; one without is what an organisation conforms to.
type Requirement struct {
	Edition  Edition       `json:"edition"`
	Number   string        `json:"number"` // as in "6.1.3"
	Title    string        `json:"title"`
	New      bool          `json:"new_in_2022"`
	Items    []Item        `json:"items,omitempty"` // known for some requirements only
	Children []Requirement `json:"children,omitempty"`
}

// Item is a lettered item of a requirement, as in 9.2.1 a.
type Item struct {
	Letter string   `json:"letter"`
	Sub    []string `json:"sub,omitempty"` // the numbers below the letter, as in 9.2.1 a 1
}

// Heading reports whether the requirement only groups others.
func (r Requirement) Heading() bool { return len(r.Children) > 0 }

// Requirements gives clauses 4 to 10 of an edition as a tree.
func Requirements(edition Edition) []Requirement {
	return slices.Clone(requirements().tree[edition])
}

// AllRequirements lists the requirements of an edition in reading order, each heading before its
// children.
func AllRequirements(edition Edition) []Requirement {
	return slices.Clone(requirements().list[edition])
}

// LookupRequirement finds a requirement by its number, written as "6.1.3" or "Clause 6.1.3". An
// item may follow ("6.1.3 d", "6.1.3(d)"), and the requirement that holds it is found. The NotFound
// fault for a number of the other edition names the counterparts in this one.
func LookupRequirement(edition Edition, number string) (Requirement, error) {
	parsed, ok := parseRequirement(number)
	if !ok {
		return Requirement{}, fault.New(fault.Invalid, "%q is not the number of a requirement; write it as in 6.1.3", number)
	}
	if requirement, ok := findRequirement(edition, parsed); ok {
		return requirement, nil
	}
	if _, ok := findRequirement(edition.Other(), parsed); !ok {
		return Requirement{}, fault.New(fault.NotFound, "the %s edition has no requirement %s; its clauses are 4 to 10", edition, parsed)
	}
	counterparts := MapRequirement(edition.Other(), parsed)
	if len(counterparts) == 0 {
		return Requirement{}, fault.New(fault.NotFound,
			"%s is a requirement of the %s edition, with no counterpart in %s", parsed, edition.Other(), edition)
	}
	return Requirement{}, fault.New(fault.NotFound,
		"%s is a requirement of the %s edition; in %s see %s", parsed, edition.Other(), edition, enumerate(counterparts))
}

// MapRequirement lists the numbers of the requirements of the other edition that correspond to one
// of edition from. A heading corresponds to whatever has its number: the 2022 heading 9.2 to the 2013
// requirement 9.2.
func MapRequirement(from Edition, number string) []string {
	parsed, ok := parseRequirement(number)
	if !ok {
		return nil
	}
	requirement, ok := findRequirement(from, parsed)
	if !ok {
		return nil
	}
	if requirement.Heading() {
		return []string{requirement.Number}
	}
	to2022 := requirements().file.Correspondence
	if from == Edition2013 {
		return slices.Clone(to2022[parsed])
	}
	var numbers []string
	for _, old := range requirements().list[Edition2013] {
		if slices.Contains(to2022[old.Number], parsed) {
			numbers = append(numbers, old.Number)
		}
	}
	return numbers
}

// requirementPattern allows what stands around a number in a document's list of references.
var requirementPattern = regexp.MustCompile(`(?i)^\s*(?:clause|section|requirement|§)?\s*(\d{1,2}(?:\.\d){0,2})(?:\s*\(?[a-z]\)?\s*\d?\)?)?\s*$`)

func parseRequirement(s string) (string, bool) {
	match := requirementPattern.FindStringSubmatch(s)
	if match == nil {
		return "", false
	}
	return match[1], true
}

func findRequirement(edition Edition, number string) (Requirement, bool) {
	list := requirements().list[edition]
	at := slices.IndexFunc(list, func(r Requirement) bool { return r.Number == number })
	if at < 0 {
		return Requirement{}, false
	}
	return list[at], true
}

// requirementsFile is iso27001-requirements.json.
type requirementsFile struct {
	Editions              map[Edition][]Requirement
	Correspondence        map[string][]string   `json:"correspondence_2013_to_2022"`
	New                   []string              `json:"new_in_2022"`
	DocumentedInformation []RequiredInformation `json:"documented_information"`
	AnnexADocumentation   []ControlDocument     `json:"annex_a_documentation"`
}

// requirementIndex is the file with the requirements of each edition as a tree and as a list.
type requirementIndex struct {
	file       requirementsFile
	tree, list map[Edition][]Requirement
}

var requirements = sync.OnceValue(func() requirementIndex {
	index := requirementIndex{
		file: decode[requirementsFile](requirementsData),
		tree: map[Edition][]Requirement{},
		list: map[Edition][]Requirement{},
	}
	for edition, tree := range index.file.Editions {
		index.complete(edition, tree)
		index.tree[edition] = tree
		index.list[edition] = flatten(tree)
	}
	return index
})

// complete sets what the file says once for all requirements.
func (x requirementIndex) complete(edition Edition, tree []Requirement) {
	for i := range tree {
		tree[i].Edition = edition
		tree[i].New = edition == Edition2022 && slices.Contains(x.file.New, tree[i].Number)
		x.complete(edition, tree[i].Children)
	}
}

func flatten(tree []Requirement) []Requirement {
	var list []Requirement
	for _, requirement := range tree {
		list = append(list, requirement)
		list = append(list, flatten(requirement.Children)...)
	}
	return list
}
