package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Asset is something of value to the organisation, or a group of such things that are treated alike.
type Asset struct {
	Title           string             `json:"title" kind:"name" words:"asset name,asset,name,bezeichnung,wert,name des werts,asset-bezeichnung"`
	Reference       string             `json:"reference" kind:"index,search" words:"id,no,nr,asset id"`
	Type            AssetType          `json:"type" kind:"required,index" words:"asset type,asset class,typ,art,art des werts"`
	Category        string             `json:"category" kind:"search" words:"kategorie,subtype,group,gruppe"`
	Description     string             `json:"description" kind:"text,search" words:"details,beschreibung"`
	Count           *int               `json:"count" help:"How many, for a group." words:"quantity,number of items,anzahl,menge"`
	Owner           kind.Ref[Role]     `json:"owner" kind:"index" words:"asset owner,accountable,responsible,eigentümer,verantwortlich,verantwortlicher,besitzer"`
	Custodian       kind.Ref[Role]     `json:"custodian" words:"administrator,managed by,operated by,maintained by,technical owner,verwalter,betreuer,betreiber"`
	Location        string             `json:"location" kind:"search" words:"site,place,standort,ort"`
	Classification  Classification     `json:"classification" kind:"index" words:"information classification,data classification,sensitivity,klassifizierung,einstufung,schutzklasse,vertraulichkeitsstufe"`
	Confidentiality Need               `json:"confidentiality" words:"c,vertraulichkeit"`
	Integrity       Need               `json:"integrity" words:"i,integrität"`
	Availability    Need               `json:"availability" words:"a,verfügbarkeit"`
	Criticality     Grade              `json:"criticality" words:"importance,business criticality,kritikalität,wichtigkeit"`
	DependsOn       []kind.Ref[Asset]  `json:"depends_on" kind:"acyclic" help:"Assets without which this one cannot do its work; they inherit its needs." words:"depends on,dependencies,abhängig von,abhängigkeiten"`
	Supplier        kind.Ref[Supplier] `json:"supplier" words:"vendor,lieferant"`
	Use             AssetUse           `json:"use" words:"status,state,lifecycle,nutzung,zustand"`
}

// AssetType is the type of an asset: primary (process, information) or supporting (ISO/IEC 27005:2022, Annex A).
type AssetType string

// Values lists the types.
func (AssetType) Values() []kind.Value {
	return []kind.Value{
		{Name: "process", Title: "Business process", Also: []string{"business process", "prozess", "geschäftsprozess"}},
		{Name: "information", Title: "Information", Also: []string{"data", "information asset", "database", "document", "record", "daten", "informationen", "datenbank", "dokument"}},
		{Name: "software", Title: "Software", Also: []string{"application", "app", "system", "anwendung", "applikation"}},
		{Name: "hardware", Title: "Hardware", Also: []string{"device", "server", "endpoint", "equipment", "laptop", "workstation", "gerät"}},
		{Name: "network", Title: "Network", Also: []string{"network device", "network equipment", "netz", "netzwerk"}},
		{Name: "service", Title: "Service", Also: []string{"cloud", "saas", "cloud service", "third-party service", "dienst", "dienstleistung"}},
		{Name: "people", Title: "People", Also: []string{"personnel", "person", "staff", "employees", "team", "personal", "mitarbeitende"}},
		{Name: "site", Title: "Site", Also: []string{"location", "facility", "building", "physical", "premises", "office", "standort", "gebäude", "liegenschaft"}},
	}
}

// Classification is the class of information by its need for confidentiality (ISO/IEC 27002:2022, 5.12).
type Classification string

// Values lists the classes, the least sensitive first.
func (Classification) Values() []kind.Value {
	return []kind.Value{
		{Name: "public", Title: "Public", Also: []string{"öffentlich"}},
		{Name: "internal", Title: "Internal", Also: []string{"intern"}},
		{Name: "confidential", Title: "Confidential", Also: []string{"vertraulich"}},
		{Name: "strictly confidential", Title: "Strictly confidential", Also: []string{"restricted", "secret", "streng vertraulich", "geheim"}},
	}
}

// Need is how much a property of information matters.
type Need string

// Values lists the needs, the lowest first.
func (Need) Values() []kind.Value {
	return []kind.Value{
		{Name: "low", Title: "Low", Also: []string{"1", "niedrig", "gering"}},
		{Name: "medium", Title: "Medium", Also: []string{"2", "normal", "moderate", "mittel"}},
		{Name: "high", Title: "High", Also: []string{"3", "hoch"}},
		{Name: "very high", Title: "Very high", Also: []string{"4", "critical", "sehr hoch"}},
	}
}

// Rank gives 1 for low up to 4 for very high, and 0 for none.
func (n Need) Rank() int {
	for i, v := range n.Values() {
		if v.Name == string(n) {
			return i + 1
		}
	}
	return 0
}

// AssetUse is where an asset stands in its life.
type AssetUse string

// Values lists the stages.
func (AssetUse) Values() []kind.Value {
	return []kind.Value{
		{Name: "planned", Title: "Planned", Also: []string{"ordered", "geplant"}},
		{Name: "active", Title: "Active", Also: []string{"in use", "live", "production", "operational", "aktiv", "in betrieb", "in nutzung"}},
		{Name: "retired", Title: "Retired", Also: []string{"inactive", "decommissioned", "disposed", "außer betrieb", "stillgelegt", "ausgemustert", "inaktiv"}},
	}
}

// Assets is the kind of assets (ISO/IEC 27002:2022, 5.9).
var Assets = kind.Define("asset", kind.Spec[Asset]{
	Title: "Asset", Plural: "Assets", Prefix: "AST",
	Check: func(a *Asset, errs *fault.Collector) { notNegative(errs, "count", a.Count) },
})

// Needs is the confidentiality, integrity and availability that an asset needs, its own or inherited.
type Needs struct{ Confidentiality, Integrity, Availability Need }

// EffectiveNeeds gives the needs of every asset by key: the highest of its own and those of the assets
// that depend on it, over any number of steps. Dependencies must not run in a circle.
func EffectiveNeeds(assets []kind.Entry[Asset]) map[string]Needs {
	dependants := map[string][]kind.Entry[Asset]{}
	for _, a := range assets {
		for _, on := range a.Data.DependsOn {
			dependants[string(on)] = append(dependants[string(on)], a)
		}
	}
	needs := map[string]Needs{}
	var of func(a kind.Entry[Asset]) Needs
	of = func(a kind.Entry[Asset]) Needs {
		if n, ok := needs[a.Key]; ok {
			return n
		}
		n := Needs{a.Data.Confidentiality, a.Data.Integrity, a.Data.Availability}
		for _, d := range dependants[a.Key] {
			from := of(d)
			n.Confidentiality = higher(n.Confidentiality, from.Confidentiality)
			n.Integrity = higher(n.Integrity, from.Integrity)
			n.Availability = higher(n.Availability, from.Availability)
		}
		needs[a.Key] = n
		return n
	}
	for _, a := range assets {
		of(a)
	}
	return needs
}

func higher(a, b Need) Need {
	if b.Rank() > a.Rank() {
		return b
	}
	return a
}
