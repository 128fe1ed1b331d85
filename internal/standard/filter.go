package standard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

// Match reports whether a control passes all filters, given as property and value: theme=people,
// type=preventive. A property is an attribute, by its name or an alias, or one of theme, set,
// objective and new. Case does not count in either, and '_', '-' and ' ' are the same; a theme, set or
// objective goes by its number or its title. An unknown property, an unknown value, and a property
// that the control's edition does not have are Invalid faults that say what is possible.
func Match(control Control, filters map[string]string) (bool, error) {
	var problems fault.Collector
	matches := true
	for _, name := range slices.Sorted(maps.Keys(filters)) {
		p, ok := findProperty(name)
		if !ok {
			problems.Addf(name, "controls cannot be filtered by this; they can by %s", strings.Join(propertyNames(), ", "))
			continue
		}
		possible := p.values(control.Edition)
		if len(possible) == 0 {
			problems.Addf(name, "controls of the %s edition have no %s", control.Edition, p.name)
			continue
		}
		wanted, ok := findValue(possible, filters[name])
		if !ok {
			problems.Addf(name, "there is no %s %q; there is %s", p.name, filters[name], spell(possible))
			continue
		}
		matches = matches && slices.Contains(p.of(control), wanted.id)
	}
	if err := problems.Err("these filters cannot be applied"); err != nil {
		return false, err
	}
	return matches, nil
}

// property is something that controls can be filtered by.
type property struct {
	name    string
	aliases []string
	values  func(Edition) []value        // those that controls of an edition can have
	of      func(Control) (ids []string) // those that a control has
}

// value is one value of a property; id is the one that the data have.
type value struct {
	id    string
	names []string
}

var properties = []property{
	attribute(ControlType, "type"),
	attribute(InformationSecurityProperties, "property", "properties"),
	attribute(CybersecurityConcepts, "concept", "concepts"),
	attribute(OperationalCapabilities, "capability", "capabilities"),
	attribute(SecurityDomains, "domain", "domains"),
	{name: "theme", values: groupValues(Edition2022), of: func(c Control) []string { return []string{c.Group} }},
	{name: "set", values: groupValues(Edition2013), of: func(c Control) []string { return []string{c.Group} }},
	{name: "objective", values: objectiveValues, of: func(c Control) []string { return []string{c.Objective} }},
	{name: "new", values: newValues, of: func(c Control) []string { return []string{fmt.Sprint(c.New)} }},
}

func attribute(name string, aliases ...string) property {
	return property{
		name:    name,
		aliases: aliases,
		values: func(edition Edition) []value {
			if edition != Edition2022 {
				return nil
			}
			var values []value
			for _, v := range AttributeValues(name) {
				values = append(values, value{id: v})
			}
			return values
		},
		of: func(c Control) []string { return c.Attributes.Values(name) },
	}
}

// groupValues makes the values of a property that only the controls of one edition have.
func groupValues(of Edition) func(Edition) []value {
	return func(edition Edition) []value {
		if edition != of {
			return nil
		}
		var values []value
		for _, group := range Groups(edition) {
			// "people" is enough for the theme "People controls".
			short := strings.TrimSuffix(group.Title, " controls")
			values = append(values, value{group.Number, []string{group.Title, short}})
		}
		return values
	}
}

func objectiveValues(edition Edition) []value {
	var values []value
	for _, group := range Groups(edition) {
		for _, objective := range group.Objectives {
			values = append(values, value{objective.Number, []string{objective.Title}})
		}
	}
	return values
}

func newValues(Edition) []value {
	return []value{{"true", []string{"yes"}}, {"false", []string{"no"}}}
}

func findProperty(name string) (property, bool) {
	name = plainSpelling(name)
	at := slices.IndexFunc(properties, func(p property) bool {
		return plainSpelling(p.name) == name || slices.Contains(p.aliases, name)
	})
	if at < 0 {
		return property{}, false
	}
	return properties[at], true
}

func findValue(values []value, text string) (value, bool) {
	text = plainSpelling(text)
	at := slices.IndexFunc(values, func(v value) bool {
		return plainSpelling(v.id) == text ||
			slices.ContainsFunc(v.names, func(name string) bool { return plainSpelling(name) == text })
	})
	if at < 0 {
		return value{}, false
	}
	return values[at], true
}

// plainSpelling makes names equal that differ in case and in '_', '-' and ' ' only.
func plainSpelling(s string) string {
	s = strings.NewReplacer("_", " ", "-", " ").Replace(fold(s))
	return strings.Join(strings.Fields(s), " ")
}

// propertyNames lists the properties, each with its first alias.
func propertyNames() []string {
	var names []string
	for _, p := range properties {
		name := p.name
		if len(p.aliases) > 0 {
			name += " (" + p.aliases[0] + ")"
		}
		names = append(names, name)
	}
	return names
}

// spell lists values for a reader, each with its title if it has one.
func spell(values []value) string {
	var texts []string
	for _, v := range values {
		text := v.id
		if len(v.names) > 0 {
			text += " (" + v.names[0] + ")"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}
