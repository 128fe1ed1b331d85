package standard

import "slices"

// InformationKind says whether documented information is kept current or kept as evidence.
type InformationKind string

// The kinds of documented information.
const (
	Document InformationKind = "document" // kept current
	Record   InformationKind = "record"   // kept as evidence
)

// RequiredInformation is documented information that a requirement of ISO/IEC 27001 demands.
type RequiredInformation struct {
	ID         string          `json:"id"` // as in "isms-scope"; the same in both editions
	Name       string          `json:"name"`
	Clause2022 string          `json:"clause_2022"` // the requirement, with an item where one demands it: "6.1.3 d"
	Clause2013 string          `json:"clause_2013"`
	Kind       InformationKind `json:"kind"`
}

// Clause gives the requirement of an edition that demands the information.
func (r RequiredInformation) Clause(edition Edition) string {
	if edition == Edition2013 {
		return r.Clause2013
	}
	return r.Clause2022
}

// ControlDocument is a document that a control of Annex A (2022) asks for, where the control is in
// the Statement of Applicability.
type ControlDocument struct {
	Control  string   `json:"control"`  // a ref, as in "A.5.9"
	Document string   `json:"document"` // our own name for it
	Level    string   `json:"level"`    // how strictly it is asked for; "documented" where the control says so in that word
	Words    []string `json:"words_in_control"`
}

// DocumentedInformation lists what clauses 4 to 10 demand in writing, in the order of the clauses.
func DocumentedInformation() []RequiredInformation {
	return slices.Clone(requirements().file.DocumentedInformation)
}

// ControlDocuments lists the documents that a control of the 2022 edition ("A.5.9") asks for.
func ControlDocuments(ref string) []ControlDocument {
	all := slices.Clone(requirements().file.AnnexADocumentation)
	return slices.DeleteFunc(all, func(d ControlDocument) bool { return d.Control != ref })
}
