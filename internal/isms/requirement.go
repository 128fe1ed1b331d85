package isms

import "github.com/stele-isms/stele/internal/kind"

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

// Requirements is the kind of the needs and expectations of interested parties (ISO/IEC 27001:2022, 4.2 b, c).
var Requirements = kind.Define("requirement", kind.Spec[Requirement]{
	Title: "Requirement of an interested party", Plural: "Requirements of interested parties", Prefix: "REQ",
})
