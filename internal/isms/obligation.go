package isms

import "github.com/stele-isms/stele/internal/kind"

// Obligation is a duty that a law, a regulator or a contract puts on the organisation.
type Obligation struct {
	Title      string              `json:"title" kind:"name" words:"requirement,obligation,anforderung,verpflichtung,pflicht,duty"`
	Reference  string              `json:"reference" kind:"index,search" words:"id,no,nr"`
	Source     string              `json:"source" kind:"search,required" help:"The law, contract or standard." words:"regulation,law,contract,legal basis,statute,act,gesetz,regelung,rechtsgrundlage,rechtsquelle,vorschrift,vertrag"`
	Section    string              `json:"section" words:"article / section,article,clause,paragraph,provision,artikel,abschnitt,artikel / abschnitt,fundstelle"`
	Nature     Nature              `json:"nature"`
	Applies    string              `json:"applies" kind:"text" help:"To what in the organisation it applies." words:"applicability,applies to,scope,geltungsbereich,anwendungsbereich,anwendbarkeit"`
	Type       string              `json:"type" help:"What it takes: organisational, technical, procedural, contractual." words:"obligation type,type of measure,art der verpflichtung,pflichttyp,art"`
	Owner      kind.Ref[Role]      `json:"owner" kind:"index" words:"responsible,accountable,verantwortlich,verantwortlicher,zuständig"`
	Evidence   string              `json:"evidence" kind:"text,search" words:"how met,proof,nachweis,nachweise"`
	Compliance Compliance          `json:"compliance" words:"status,compliance status,fulfilment,erfüllungsstatus,erfüllung,konformität"`
	Review     kind.Date           `json:"review" words:"next review,review date,review due,nächste überprüfung,überprüfung am"`
	Controls   []kind.Ref[Control] `json:"controls" help:"Controls that the duty makes necessary." words:"annex a control,maßnahmen"`
}

// Nature is what kind of source binds.
type Nature string

// Values lists the natures.
func (Nature) Values() []kind.Value {
	return []kind.Value{
		{Name: "law", Title: "Law or regulation", Also: []string{"legal", "regulation", "gesetz"}},
		{Name: "contract", Title: "Contract", Also: []string{"contractual", "vertrag"}},
		{Name: "voluntary", Title: "Voluntary commitment", Also: []string{"standard", "freiwillig"}},
	}
}

// Compliance is the organisation's own view of how it meets a duty.
type Compliance string

// Values lists the views.
func (Compliance) Values() []kind.Value {
	return []kind.Value{
		{Name: "not assessed", Title: "Not assessed", Also: []string{"open", "offen"}},
		{Name: "compliant", Title: "Compliant", Also: []string{"fulfilled", "met", "yes", "konform", "erfüllt", "ja"}},
		{Name: "partly", Title: "Partly compliant", Also: []string{"partial", "partially compliant", "in progress", "teilweise", "teilweise konform", "teilweise erfüllt", "in umsetzung"}},
		{Name: "not compliant", Title: "Not compliant", Also: []string{"non-compliant", "not fulfilled", "no", "nicht konform", "nicht erfüllt", "nein"}},
	}
}

// Obligations is the kind of legal, regulatory and contractual duties (ISO/IEC 27002:2022, 5.31).
var Obligations = kind.Define("obligation", kind.Spec[Obligation]{Title: "Obligation", Plural: "Obligations", Prefix: "OBL"})
