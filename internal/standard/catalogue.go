package standard

import (
	"slices"
	"sync"
)

// Group is what an edition sorts its controls by: a theme of 2022 or a control set of 2013.
type Group struct {
	Number       string      `json:"number"`
	Title        string      `json:"title"`
	Introduction string      `json:"introduction"`         // one or more paragraphs of prose
	Objectives   []Objective `json:"objectives,omitempty"` // 2013 only
	Controls     []string    `json:"controls"`             // refs, as in "A.5.1"
}

// Objective is a control objective of the 2013 edition, which its controls together shall reach.
type Objective struct {
	Number       string   `json:"number"`
	Title        string   `json:"title"`
	Introduction string   `json:"introduction"`
	Controls     []string `json:"controls"` // refs, as in "A.5.1.1"
}

// Groups lists the four themes of 2022 or the fourteen control sets of 2013.
func Groups(edition Edition) []Group {
	return slices.Clone(catalogueOf(edition).groups)
}

// catalogue is the controls of one edition, sorted into groups.
type catalogue struct {
	controls   []Control
	groups     []Group
	position   map[string]int // of a control in controls, by number
	objectives map[string]Objective
}

// catalogueOf gives the catalogue of an edition, and an empty one for an edition there is not.
func catalogueOf(edition Edition) *catalogue {
	switch edition {
	case Edition2013:
		return catalogue2013()
	case Edition2022:
		return catalogue2022()
	}
	return &catalogue{}
}

func (c *catalogue) control(number string) (Control, bool) {
	at, ok := c.position[number]
	if !ok {
		return Control{}, false
	}
	return c.controls[at], true
}

func (c *catalogue) objective(number string) (Objective, bool) {
	objective, ok := c.objectives[number]
	return objective, ok
}

func (c *catalogue) add(control Control) {
	c.position[control.Number] = len(c.controls)
	c.controls = append(c.controls, control)
}

func newCatalogue() *catalogue {
	return &catalogue{position: map[string]int{}, objectives: map[string]Objective{}}
}

// controls2022File is iso27002-2022.json. Its list of attribute values has the shape of a control's
// attributes.
type controls2022File struct {
	AttributeValues Attributes `json:"attribute_values"`
	Themes          []struct{ Number, Title string }
	Controls        []struct {
		Number, Title, Theme string
		New                  bool `json:"new_in_2022"`
		Attributes           Attributes
	}
}

// controls2013File is iso27002-2013.json.
type controls2013File struct {
	Clauses []struct {
		Number, Title string
		Objectives    []struct {
			Number, Title string
			Controls      []struct{ Number, Title string }
		}
	}
}

var controls2022 = sync.OnceValue(func() controls2022File { return decode[controls2022File](controls2022Data) })

var catalogue2022 = sync.OnceValue(func() *catalogue {
	c := newCatalogue()
	refs := map[string][]string{}
	for _, control := range controls2022().Controls {
		c.add(Control{
			Edition: Edition2022, Number: control.Number, Title: control.Title, Group: control.Theme,
			New: control.New, Attributes: control.Attributes,
		})
		refs[control.Theme] = append(refs[control.Theme], Ref(control.Number))
	}
	introductions := prose("themes-2022")
	for _, theme := range controls2022().Themes {
		c.groups = append(c.groups, Group{
			Number: theme.Number, Title: theme.Title,
			Introduction: introductions[theme.Number], Controls: refs[theme.Number],
		})
	}
	return c
})

var catalogue2013 = sync.OnceValue(func() *catalogue {
	c := newCatalogue()
	ofSet, ofObjective := prose("sets-2013"), prose("objectives-2013")
	for _, clause := range decode[controls2013File](controls2013Data).Clauses {
		group := Group{Number: clause.Number, Title: clause.Title, Introduction: ofSet[clause.Number]}
		for _, o := range clause.Objectives {
			objective := Objective{Number: o.Number, Title: o.Title, Introduction: ofObjective[o.Number]}
			for _, control := range o.Controls {
				c.add(Control{
					Edition: Edition2013, Number: control.Number, Title: control.Title,
					Group: clause.Number, Objective: o.Number,
				})
				objective.Controls = append(objective.Controls, Ref(control.Number))
			}
			c.objectives[o.Number] = objective
			group.Objectives = append(group.Objectives, objective)
			group.Controls = append(group.Controls, objective.Controls...)
		}
		c.groups = append(c.groups, group)
	}
	return c
})
