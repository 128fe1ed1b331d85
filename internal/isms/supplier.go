package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Supplier is somebody who provides the organisation with products or services that touch its information.
type Supplier struct {
	Title          string         `json:"title" kind:"name" words:"supplier,vendor,provider,third party,supplier name,lieferant,dienstleister,anbieter,name"`
	Reference      string         `json:"reference" kind:"index,search" words:"id,no,nr"`
	Service        string         `json:"service" kind:"text,search" words:"service provided,services,product,leistung,dienst,dienstleistung"`
	Category       string         `json:"category" kind:"search" words:"type,service type,kategorie,art"`
	Criticality    Grade          `json:"criticality" words:"importance,risk rating,kritikalität,wichtigkeit"`
	Data           string         `json:"data" kind:"search" help:"The organisation's data that it can reach." words:"data accessed,data access,data processed,information accessed,datenzugriff,daten,verarbeitete daten"`
	Location       string         `json:"location" words:"country,place,standort,ort,land"`
	ContractStart  kind.Date      `json:"contract_start" words:"contract start,start date,contract from,vertragsbeginn,beginn"`
	ContractEnd    kind.Date      `json:"contract_end" words:"contract end,end date,contract until,contract expiry,expiry,vertragsende,ende,laufzeit bis"`
	Agreement      string         `json:"agreement" help:"Data processing or confidentiality agreement." words:"dpa signed,dpa,data processing agreement,nda,avv,avv unterzeichnet,auftragsverarbeitungsvertrag"`
	Certifications string         `json:"certifications" words:"certificates,certificate,zertifikate,zertifizierungen,zertifizierung"`
	Reviewed       kind.Date      `json:"reviewed" words:"last review,last reviewed,last assessment,letzte überprüfung,letzte bewertung"`
	ReviewResult   string         `json:"review_result" words:"review result,assessment result,result,ergebnis,bewertung,prüfergebnis"`
	Review         kind.Date      `json:"review" words:"next review,review due,next assessment,nächste überprüfung,nächste bewertung"`
	Relation       Relation       `json:"relation" words:"status,state,stand"`
	Owner          kind.Ref[Role] `json:"owner" kind:"index" words:"responsible,relationship owner,contract owner,internal owner,verantwortlich,verantwortlicher,eigentümer"`
}

// Relation is where a supply relationship stands.
type Relation string

// Values lists the stages.
func (Relation) Values() []kind.Value {
	return []kind.Value{
		{Name: "candidate", Title: "Candidate", Also: []string{"planned", "onboarding", "in evaluation", "geplant", "in prüfung"}},
		{Name: "active", Title: "Active", Also: []string{"in use", "aktiv"}},
		{Name: "ended", Title: "Ended", Also: []string{"inactive", "terminated", "offboarded", "beendet", "inaktiv"}},
	}
}

// Suppliers is the kind of suppliers (ISO/IEC 27002:2022, 5.19 to 5.23).
var Suppliers = kind.Define("supplier", kind.Spec[Supplier]{
	Title: "Supplier", Plural: "Suppliers", Prefix: "SUP",
	Check: func(s *Supplier, errs *fault.Collector) {
		notBefore(errs, "contract_end", s.ContractEnd, s.ContractStart)
	},
})
