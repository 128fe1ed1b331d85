package isms

import "github.com/stele-isms/stele/internal/kind"

// Threat is a potential cause of an incident: from Stele's library, or the organisation's own.
type Threat struct {
	Title       string              `json:"title" kind:"name" words:"threat,bedrohung"`
	Reference   string              `json:"reference" kind:"index,search" words:"id,no,nr"`
	Description string              `json:"description" kind:"text,search" words:"beschreibung"`
	Origin      ThreatOrigin        `json:"origin" words:"type,source type,ursprung"`
	Sources     []RiskSource        `json:"sources" help:"Who or what may bring it about." words:"threat source,quelle"`
	Event       string              `json:"event" kind:"text,search" help:"The event and its consequence, for the event-based approach (ISO/IEC 27005:2022, A.2.3)."`
	Properties  []Property          `json:"properties" words:"affected properties,cia,schutzziele"`
	AssetTypes  []AssetType         `json:"asset_types" words:"asset types"`
	Controls    []kind.Ref[Control] `json:"controls" help:"Controls that a practitioner thinks of first." words:"annex a control"`
}

// ThreatOrigin is how a threat comes about.
type ThreatOrigin string

// Values lists the origins (ISO/IEC 27005:2022, A.2.5.1).
func (ThreatOrigin) Values() []kind.Value {
	return []kind.Value{
		{Name: "deliberate", Title: "Deliberate", Also: []string{"intentional", "vorsätzlich"}},
		{Name: "accidental", Title: "Accidental", Also: []string{"unintentional", "versehentlich"}},
		{Name: "environmental", Title: "Environmental", Also: []string{"natural", "umwelt"}},
	}
}

// RiskSource is who or what gives rise to a risk (ISO/IEC 27005:2022, 7.2.1).
type RiskSource string

// Values lists the risk sources.
func (RiskSource) Values() []kind.Value {
	return []kind.Value{
		{Name: "organised crime", Title: "Organised crime"},
		{Name: "state actor", Title: "State actor"},
		{Name: "competitor", Title: "Competitor"},
		{Name: "activist", Title: "Activist"},
		{Name: "insider", Title: "Insider"},
		{Name: "careless user", Title: "Careless user"},
		{Name: "administrator", Title: "Administrator"},
		{Name: "supplier", Title: "Supplier"},
		{Name: "opportunist", Title: "Opportunist"},
		{Name: "nature", Title: "Nature"},
		{Name: "technical failure", Title: "Technical failure"},
		{Name: "infrastructure failure", Title: "Infrastructure failure"},
	}
}

// Property is a property of information that security preserves (ISO/IEC 27000).
type Property string

// Values lists the properties.
func (Property) Values() []kind.Value {
	return []kind.Value{
		{Name: "confidentiality", Title: "Confidentiality", Also: []string{"c", "vertraulichkeit"}},
		{Name: "integrity", Title: "Integrity", Also: []string{"i", "integrität"}},
		{Name: "availability", Title: "Availability", Also: []string{"a", "verfügbarkeit"}},
	}
}

// Threats is the kind of threats (ISO/IEC 27005:2022, 7.2 and A.2.5).
var Threats = kind.Define("threat", kind.Spec[Threat]{Title: "Threat", Plural: "Threats", Prefix: "THR"})
