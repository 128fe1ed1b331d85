package isms

import "github.com/stele-isms/stele/internal/kind"

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
