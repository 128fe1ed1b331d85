package isms

import "github.com/stele-isms/stele/internal/kind"

// Supplier is somebody who provides the organisation with products or services that touch its information.
type Supplier struct {
	Title          string         `json:"title" kind:"name" words:"supplier,vendor,provider,lieferant,dienstleister,name"`
	Reference      string         `json:"reference" kind:"index,search" words:"id,no,nr"`
	Service        string         `json:"service" kind:"text,search" words:"product,leistung,dienst"`
	Category       string         `json:"category" kind:"search" words:"kategorie"`
	Criticality    Grade          `json:"criticality" words:"kritikalität"`
	Data           string         `json:"data" kind:"search" help:"The organisation's data that it can reach." words:"data accessed,data access,datenzugriff,daten"`
	Location       string         `json:"location" words:"standort,ort"`
	ContractStart  kind.Date      `json:"contract_start" words:"contract start,vertragsbeginn"`
	ContractEnd    kind.Date      `json:"contract_end" words:"contract end,vertragsende"`
	Agreement      string         `json:"agreement" help:"Data processing or confidentiality agreement." words:"dpa signed,dpa,avv,avv unterzeichnet"`
	Certifications string         `json:"certifications" words:"certificates,zertifikate,zertifizierungen"`
	Reviewed       kind.Date      `json:"reviewed" words:"last review,letzte überprüfung"`
	ReviewResult   string         `json:"review_result" words:"review result,ergebnis"`
	Review         kind.Date      `json:"review" words:"next review,nächste überprüfung"`
	Relation       Relation       `json:"relation" words:"status"`
	Owner          kind.Ref[Role] `json:"owner" kind:"index" words:"responsible,relationship owner,verantwortlich,eigentümer"`
}

// Relation is where a supply relationship stands.
type Relation string

// Values lists the stages.
func (Relation) Values() []kind.Value {
	return []kind.Value{
		{Name: "candidate", Title: "Candidate", Also: []string{"planned", "onboarding", "in evaluation", "geplant"}},
		{Name: "active", Title: "Active", Also: []string{"aktiv"}},
		{Name: "ended", Title: "Ended", Also: []string{"inactive", "terminated", "offboarded", "beendet", "inaktiv"}},
	}
}

// Suppliers is the kind of suppliers (ISO/IEC 27002:2022, 5.19 to 5.23).
var Suppliers = kind.Define("supplier", kind.Spec[Supplier]{Title: "Supplier", Plural: "Suppliers", Prefix: "SUP"})
