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

// Party is a person or organisation that the management system matters to.
type Party struct {
	Title     string         `json:"title" kind:"name" words:"interested party,stakeholder,party,interessierte partei,interessengruppe,name"`
	Reference string         `json:"reference" kind:"index,search" words:"id,no,nr"`
	Category  Origin         `json:"category" words:"kategorie"`
	Interest  string         `json:"interest" kind:"text,search" words:"interest in isms,interesse,erwartung"`
	Climate   bool           `json:"climate" help:"The party has requirements that concern climate change (27001:2022/Amd 1:2024, 4.2)."`
	Channel   string         `json:"channel" help:"How and how often the organisation speaks with it (7.4)." words:"kanal"`
	Owner     kind.Ref[Role] `json:"owner" kind:"index" words:"responsible,verantwortlich"`
}

// Parties is the kind of interested parties (ISO/IEC 27001:2022, 4.2 a).
var Parties = kind.Define("party", kind.Spec[Party]{Title: "Interested party", Plural: "Interested parties", Prefix: "PTY", Nameable: true})

// Requirement is what one interested party needs or expects, and how the management system answers it.
type Requirement struct {
	Title     string              `json:"title" kind:"name" words:"derived requirement,requirement,resulting requirement,anforderung,abgeleitete anforderung"`
	Reference string              `json:"reference" kind:"index,search" words:"id,no,nr"`
	Party     kind.Ref[Party]     `json:"party" kind:"required,index" words:"stakeholder,interested party,interessierte partei,interessengruppe"`
	Need      string              `json:"need" kind:"text,search" words:"expectation,need or expectation,needs and expectations,bedürfnis,erwartung,bedürfnisse und erwartungen"`
	Source    string              `json:"source" kind:"search" words:"origin,contract,quelle,herkunft"`
	Priority  Grade               `json:"priority" words:"importance,priorität,wichtigkeit"`
	Answer    string              `json:"answer" kind:"text,search" help:"What in the management system meets it (4.2 c)." words:"covered by,addressed by,met by,how addressed,abgedeckt durch,erfüllt durch,umsetzung"`
	Met       Met                 `json:"met" words:"status,coverage,stand"`
	Climate   bool                `json:"climate"`
	Owner     kind.Ref[Role]      `json:"owner" kind:"index" words:"responsible,verantwortlich"`
	Controls  []kind.Ref[Control] `json:"controls"`
}

// Met says how far a requirement is met.
type Met string

// Values lists how far.
func (Met) Values() []kind.Value {
	return []kind.Value{
		{Name: "open", Title: "Open", Also: []string{"not covered", "not met", "gap", "offen", "nicht abgedeckt", "nicht erfüllt"}},
		{Name: "partly", Title: "Partly", Also: []string{"partial", "partially covered", "partially met", "in progress", "teilweise", "teilweise abgedeckt", "teilweise erfüllt"}},
		{Name: "covered", Title: "Covered", Also: []string{"met", "fulfilled", "addressed", "abgedeckt", "erfüllt"}},
	}
}

// Grade is a coarse weight, from low to critical.
type Grade string

// Values lists the grades, the lowest first.
func (Grade) Values() []kind.Value {
	return []kind.Value{
		{Name: "low", Title: "Low", Also: []string{"niedrig", "gering"}},
		{Name: "medium", Title: "Medium", Also: []string{"moderate", "normal", "mittel"}},
		{Name: "high", Title: "High", Also: []string{"hoch"}},
		{Name: "critical", Title: "Critical", Also: []string{"very high", "kritisch", "sehr hoch"}},
	}
}

// Requirements is the kind of the needs and expectations of interested parties (ISO/IEC 27001:2022, 4.2 b, c).
var Requirements = kind.Define("requirement", kind.Spec[Requirement]{
	Title: "Requirement of an interested party", Plural: "Requirements of interested parties", Prefix: "REQ",
})

// Scope is where the management system begins and ends.
type Scope struct {
	Title      string           `json:"title" kind:"name"`
	Statement  string           `json:"statement" kind:"text,required,search" help:"The scope as it will stand on the certificate."`
	Boundaries string           `json:"boundaries" kind:"text" help:"Organisational units, sites and technology that are inside."`
	Interfaces []Interface      `json:"interfaces" help:"Where the organisation's work meets that of others (4.3 c)."`
	Exclusions []Exclusion      `json:"exclusions" help:"What is left out of the scope, and why. Requirements 4 to 10 can never be."`
	Sites      []string         `json:"sites"`
	Approver   kind.Ref[Person] `json:"approver"`
	Approved   kind.Date        `json:"approved"`
}

// Interface is a place where the scope meets somebody else's work.
type Interface struct {
	With     string             `json:"with" kind:"required"`
	Exchange string             `json:"exchange" kind:"text" help:"What passes, and who answers for what."`
	Supplier kind.Ref[Supplier] `json:"supplier"`
}

// Exclusion is something left out of the scope.
type Exclusion struct {
	What string `json:"what" kind:"required"`
	Why  string `json:"why" kind:"text,required"`
}

// Scopes is the kind of the scope (ISO/IEC 27001:2022, 4.3).
var Scopes = kind.Define("scope", kind.Spec[Scope]{
	Title: "Scope", Plural: "Scopes", Prefix: "SCO",
	States: draftApproved,
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "approve", Title: "Approve", From: []string{"draft"}, To: "approved", Help: "Management decides where the system begins and ends."},
			func(c *kind.Context, s kind.Entry[Scope], _ *kind.NoInput) error {
				s.Data.Approver, s.Data.Approved = kind.Ref[Person](c.Actor), c.Today
				return actorNeeded(c)
			}),
		kind.Act(kind.Action{Name: "revise", Title: "Revise", From: []string{"approved"}, To: "draft"},
			func(_ *kind.Context, s kind.Entry[Scope], _ *kind.NoInput) error {
				s.Data.Approver, s.Data.Approved = "", ""
				return nil
			}),
	},
	Check: func(s *Scope, errs *fault.Collector) {
		for i, e := range s.Exclusions {
			if clause := excludedClause(e.What); clause != "" {
				errs.Addf(pathOf("exclusions", i, "what"), "requirement %s cannot be excluded: clauses 4 to 10 of ISO/IEC 27001 apply in full", clause)
			}
		}
	},
	Guard: frozenWhen[Scope]("approved", "revise"),
})
