package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Issue is something inside or outside of the organisation that bears on what its management system can
// achieve.
type Issue struct {
	Title       string           `json:"title" kind:"name" words:"issue,thema"`
	Reference   string           `json:"reference" kind:"index,search" words:"id,no,nr"`
	Origin      Origin           `json:"origin" kind:"required" words:"type,internal/external,art"`
	Description string           `json:"description" kind:"text,search" words:"beschreibung"`
	Climate     bool             `json:"climate" help:"The issue concerns climate change, whose relevance must be determined (27001:2022/Amd 1:2024, 4.1)."`
	Effect      string           `json:"effect" kind:"text,search" help:"What it means for the management system; for climate change also why it is not relevant." words:"impact on isms,auswirkung"`
	Response    string           `json:"response" kind:"text" words:"measure,maßnahme"`
	Owner       kind.Ref[Role]   `json:"owner" kind:"index" words:"responsible,verantwortlich"`
	Review      kind.Date        `json:"review" words:"next review,nächste überprüfung"`
	Risks       []kind.Ref[Risk] `json:"risks"`
}

// Origin says on which side of the organisation's boundary an issue arises.
type Origin string

// Values lists the origins.
func (Origin) Values() []kind.Value {
	return []kind.Value{{Name: "internal", Title: "Internal", Also: []string{"intern"}}, {Name: "external", Title: "External", Also: []string{"extern"}}}
}

// Issues is the kind of context issues (ISO/IEC 27001:2022, 4.1).
var Issues = kind.Define("issue", kind.Spec[Issue]{
	Title: "Context issue", Plural: "Context issues", Prefix: "ISS",
	Check: func(i *Issue, errs *fault.Collector) {
		if i.Climate && i.Effect == "" {
			errs.Addf("effect", "say what climate change means for the management system, or why it is not relevant")
		}
	},
})
