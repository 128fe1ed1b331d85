package isms

import (
	"fmt"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Control is a control that the organisation decides on: each one of Annex A, and those of its own.
type Control struct {
	Title          string              `json:"title" kind:"name" words:"control name,control title,control,name,name der maßnahme,bezeichnung,maßnahme"`
	Source         ControlSource       `json:"source" kind:"index"`
	Applicability  Applicability       `json:"applicability" kind:"index" words:"applicable,included,in scope,selected,anwendbar,anwendbarkeit"`
	Reasons        []Reason            `json:"reasons" help:"Why it is applicable (6.1.3 d)."`
	Justification  string              `json:"justification" kind:"text,search" help:"In words: why it is applicable, or why it is excluded." words:"reason,rationale,justification for inclusion / exclusion,reason for selection,begründung,begründung für auswahl / ausschluss"`
	Fact           string              `json:"fact" kind:"text" help:"The fact that an exclusion rests on, as a condition in CEL; when it no longer holds the control is undecided again."`
	Owner          kind.Ref[Role]      `json:"owner" kind:"index" words:"control owner,responsible,verantwortlich"`
	Status         Implementation      `json:"status" kind:"index" help:"As the owner declares it; how well it works is shown by checks and evidence." words:"implementation status,status,implemented,umsetzungsstatus,umsetzungsstand,stand der umsetzung"`
	Implementation string              `json:"implementation" kind:"text,search" help:"How it is implemented." words:"implementation description,how implemented,description,how it is implemented,comment,umsetzungsbeschreibung,beschreibung,umsetzung,beschreibung der umsetzung"`
	Evidence       string              `json:"evidence" kind:"text,search" help:"Where the evidence is." words:"reference,references,document,documents,related documents,nachweis,nachweise,referenz,verweis,dokument"`
	Serves         []kind.Ref[Control] `json:"serves" help:"For a control of the organisation's own: the controls of Annex A that it extends."`
}

// ControlSource is where a control comes from.
type ControlSource string

// Values lists the sources.
func (ControlSource) Values() []kind.Value {
	return []kind.Value{{Name: "annex a", Title: "ISO/IEC 27001 Annex A"}, {Name: "additional", Title: "Additional"}}
}

// Applicability is the decision on a control.
type Applicability string

// Values lists the decisions.
func (Applicability) Values() []kind.Value {
	return []kind.Value{
		{Name: "undecided", Title: "Undecided", Also: []string{"open", "tbd", "offen", "zu entscheiden"}},
		{Name: "applicable", Title: "Applicable", Also: []string{"yes", "y", "included", "true", "x", "ja", "anwendbar"}},
		{Name: "excluded", Title: "Excluded", Also: []string{"no", "n", "not applicable", "n/a", "false", "nein", "nicht anwendbar"}},
	}
}

// Implementation is how far a control is implemented, by its owner's word.
type Implementation string

// Values lists the steps.
func (Implementation) Values() []kind.Value {
	return []kind.Value{
		{Name: "not implemented", Title: "Not implemented", Also: []string{"not started", "none", "nicht umgesetzt", "open"}},
		{Name: "planned", Title: "Planned", Also: []string{"geplant"}},
		{Name: "partly", Title: "Partly implemented", Also: []string{"partial", "partially implemented", "in progress", "started", "teilweise", "teilweise umgesetzt", "in umsetzung", "begonnen"}},
		{Name: "implemented", Title: "Implemented", Also: []string{"full", "fully implemented", "done", "yes", "operational", "umgesetzt", "vollständig umgesetzt", "implementiert"}},
		{Name: "not applicable", Title: "Not applicable", Also: []string{"n/a", "na", "excluded", "entfällt", "nicht anwendbar"}},
	}
}

// Reason is one ground on which a control is applicable.
type Reason struct {
	Basis      Basis                `json:"basis" kind:"required"`
	Risk       kind.Ref[Risk]       `json:"risk"`
	Obligation kind.Ref[Obligation] `json:"obligation"`
	Note       string               `json:"note" kind:"text"`
}

// ground gives what the reason stands on; empty where that is said in words.
func (r Reason) ground() string {
	if r.Risk == "" && r.Obligation == "" {
		return ""
	}
	return string(r.Basis) + " " + string(r.Risk) + string(r.Obligation)
}

// Basis is the sort of ground.
type Basis string

// Values lists the bases.
func (Basis) Values() []kind.Value {
	return []kind.Value{
		{Name: "risk", Title: "Risk"},
		{Name: "legal", Title: "Legal"},
		{Name: "contractual", Title: "Contractual"},
		{Name: "business", Title: "Business"},
		{Name: "good practice", Title: "Good practice"},
	}
}

// Controls is the kind of controls (ISO/IEC 27001:2022, 6.1.3 b to d).
var Controls = kind.Define("control", kind.Spec[Control]{
	Title: "Control", Plural: "Controls", Prefix: "C",
	KeyPattern: `A\.[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}|C-[0-9]{1,12}`,
	Derive:     deriveControl,
	Check: func(ctl *Control, errs *fault.Collector) {
		if ctl.Applicability == "excluded" && strings.TrimSpace(ctl.Justification) == "" {
			errs.Addf("justification", "an exclusion needs a justification (6.1.3 d)")
		}
		distinct(errs, "reasons[%d]", ctl.Reasons, Reason.ground)
		for i, r := range ctl.Reasons {
			if r.Basis == "risk" && r.Risk == "" && r.Note == "" {
				errs.Addf(pathOf("reasons", i, "risk"), "name the risk, or say in a note which risks")
			}
		}
	},
})

// deriveControl holds a control's number against the catalogue of the organisation's edition.
func deriveControl(c *kind.Context, ctl kind.Entry[Control]) error {
	if ctl.Data.Applicability == "" {
		ctl.Data.Applicability = "undecided"
	}
	if err := checkFact(c, ctl); err != nil {
		return err
	}
	if !strings.HasPrefix(ctl.Key, "A.") {
		ctl.Data.Source = "additional"
		return nil
	}
	ctl.Data.Source = "annex a"
	if ctl.Archived {
		return fault.Invalidf("archived", "a control of Annex A stays in the statement; exclude it with a justification")
	}
	org, err := kind.Get[Organisation](c, c, OrganisationKey)
	if err != nil {
		return err
	}
	known, err := standard.Lookup(org.Data.Edition.Standard(), ctl.Key)
	if err != nil {
		return fault.Invalidf("key", "%s", err.Error())
	}
	ctl.Data.Title = known.Title
	return nil
}

// AnnexA gives a record of every control of an edition, undecided.
func AnnexA(edition Edition) []*kind.Record {
	controls := standard.Controls(edition.Standard())
	records := make([]*kind.Record, len(controls))
	for i, known := range controls {
		records[i] = Controls.New()
		records[i].Key = known.Ref()
		records[i].Data = &Control{Title: known.Title, Source: "annex a", Applicability: "undecided"}
	}
	return records
}

// Missing explains a reference that points to nothing. A control of the other edition is named as such.
func Missing(edition Edition, s *kind.Schema, key string) string {
	if s.Name == Controls.Name {
		if _, err := standard.Lookup(edition.Standard(), key); err != nil {
			return err.Error()
		}
	}
	return fmt.Sprintf("there is no %s %s", s.Name, key)
}
