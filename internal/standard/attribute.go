package standard

import "slices"

// The names of the five attributes of a control (ISO/IEC 27002:2022, 4.2).
const (
	ControlType                   = "control_type"
	InformationSecurityProperties = "information_security_properties"
	CybersecurityConcepts         = "cybersecurity_concepts"
	OperationalCapabilities       = "operational_capabilities"
	SecurityDomains               = "security_domains"
)

// Attributes are the values of a control's five attributes, spelt as in "Asset_management". Controls
// of 2013 have none.
type Attributes struct {
	ControlType                   []string `json:"control_type,omitempty"`
	InformationSecurityProperties []string `json:"information_security_properties,omitempty"`
	CybersecurityConcepts         []string `json:"cybersecurity_concepts,omitempty"`
	OperationalCapabilities       []string `json:"operational_capabilities,omitempty"`
	SecurityDomains               []string `json:"security_domains,omitempty"`
}

// AttributeNames lists the five attributes in the order of the standard.
func AttributeNames() []string {
	return []string{ControlType, InformationSecurityProperties, CybersecurityConcepts, OperationalCapabilities, SecurityDomains}
}

// AttributeValues lists the values that an attribute can take, and none for an unknown attribute.
func AttributeValues(name string) []string {
	return slices.Clone(controls2022().AttributeValues.Values(name))
}

// Values gives the values of the attribute of a name, and none for an unknown name.
func (a Attributes) Values(name string) []string {
	switch name {
	case ControlType:
		return a.ControlType
	case InformationSecurityProperties:
		return a.InformationSecurityProperties
	case CybersecurityConcepts:
		return a.CybersecurityConcepts
	case OperationalCapabilities:
		return a.OperationalCapabilities
	case SecurityDomains:
		return a.SecurityDomains
	}
	return nil
}
