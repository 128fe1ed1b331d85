package isms

import (
	"slices"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

// Risk is one way in which the organisation's objectives may suffer through its information.
type Risk struct {
	Title           string                    `json:"title" kind:"name" words:"risk title,risk name,risk,risiko,risikobezeichnung"`
	Reference       string                    `json:"reference" kind:"index,search" words:"id,risk id,no,nr,risiko-id"`
	Scenario        string                    `json:"scenario" kind:"text,search" help:"What happens, how, and what follows from it." words:"description,risk description,risk scenario,risk statement,what could happen,beschreibung,szenario,risikobeschreibung"`
	Approach        Approach                  `json:"approach"`
	Assets          []kind.Ref[Asset]         `json:"assets" words:"asset,asset / process,affected asset,affected assets,betroffener wert,betroffene werte,wert,wert / prozess"`
	Threats         []kind.Ref[Threat]        `json:"threats" words:"threat,threat event,bedrohung,bedrohungen,gefährdung"`
	Vulnerabilities []kind.Ref[Vulnerability] `json:"vulnerabilities" words:"vulnerability,weakness,schwachstelle,schwachstellen"`
	Sources         []RiskSource              `json:"sources"`
	Properties      []Property                `json:"properties" help:"What is lost: confidentiality, integrity, availability." words:"cia,affected properties,schutzziele"`
	Owner           kind.Ref[Role]            `json:"owner" kind:"index" words:"risk owner,accountable,responsible,risikoeigentümer,eigentümer,verantwortlich,verantwortlicher"`
	Method          kind.Ref[Method]          `json:"method" kind:"index" help:"The version of the risk method that the levels are taken from; empty takes the organisation's."`
	Inherent        *risk.Assessment          `json:"inherent" help:"Without any control, where the organisation wants to know it."`
	Existing        string                    `json:"existing" kind:"text,search" help:"The controls that work today, in words." words:"existing controls,current controls,controls in place,existing measures,current measures,bestehende maßnahmen,vorhandene maßnahmen,umgesetzte maßnahmen"`
	Current         *risk.Assessment          `json:"current" help:"With the controls that work today."`
	Option          Option                    `json:"option" kind:"index" help:"How the risk is treated." words:"treatment decision,treatment,risk treatment,treatment option,treatment strategy,strategy,decision,response,risk response,behandlung,risikobehandlung,behandlungsoption,risikostrategie"`
	Rationale       string                    `json:"rationale" kind:"text" help:"Why this option." words:"reason,justification,begründung"`
	Controls        []kind.Ref[Control]       `json:"controls" help:"Controls that treat it." words:"annex a control,controls,annex a,iso control,control reference,planned controls,maßnahmen,annex-a-maßnahmen,anhang a"`
	Planned         *risk.Assessment          `json:"planned" help:"The residual risk when the plan is carried out."`
	Assessed        kind.Date                 `json:"assessed" words:"assessment date,assessed on,date,bewertet am,datum,bewertungsdatum"`
	Review          kind.Date                 `json:"review" words:"next review,review date,review due,nächste überprüfung,überprüfung am"`
	Acceptance      kind.Ref[Acceptance]      `json:"acceptance"`
	InherentLevel   *int                      `json:"inherent_level" kind:"derived,index"`
	CurrentLevel    *int                      `json:"current_level" kind:"derived,index"`
	PlannedLevel    *int                      `json:"planned_level" kind:"derived,index"`
}

// Approach is how a risk was found (ISO/IEC 27005:2022, 7.2.1).
type Approach string

// Values lists the approaches.
func (Approach) Values() []kind.Value {
	return []kind.Value{{Name: "asset", Title: "Asset-based"}, {Name: "event", Title: "Event-based"}}
}

// Option is a way to treat a risk (ISO/IEC 27005:2022, 8.2).
type Option string

// Values lists the options.
func (Option) Values() []kind.Value {
	return []kind.Value{
		{Name: "modify", Title: "Modify", Also: []string{"mitigate", "reduce", "treat", "mitigation", "reduction", "mindern", "vermindern", "reduzieren", "behandeln", "minderung", "reduktion"}},
		{Name: "retain", Title: "Retain", Also: []string{"accept", "tolerate", "accept with monitoring", "acceptance", "retention", "akzeptieren", "tragen", "akzeptanz"}},
		{Name: "avoid", Title: "Avoid", Also: []string{"terminate", "avoidance", "eliminate", "vermeiden", "vermeidung"}},
		{Name: "share", Title: "Share", Also: []string{"transfer", "insure", "insurance", "übertragen", "teilen", "versichern", "risikotransfer"}},
	}
}

// Risks is the kind of risks (ISO/IEC 27001:2022, 6.1.2).
var Risks = kind.Define("risk", kind.Spec[Risk]{
	Title: "Risk", Plural: "Risks", Prefix: "RISK",
	States: []kind.State{
		{Name: "open", Title: "Open", Also: []string{"new", "identified", "assessed", "in treatment", "monitored", "in progress", "offen", "in behandlung", "identifiziert", "bewertet"}},
		{Name: "accepted", Title: "Accepted", Also: []string{"approved", "akzeptiert"}},
		{Name: "closed", Title: "Closed", Also: []string{"avoided", "retired", "geschlossen", "vermieden", "erledigt"}},
	},
	Check: func(r *Risk, errs *fault.Collector) {
		for _, j := range r.judgements() {
			distinct(errs, j.name+".impacts[%d].criterion", j.assessment.Impacts, func(i risk.Impact) string { return i.Criterion })
		}
	},
	Derive: deriveRisk,
	Guard: func(old, _ kind.Entry[Risk]) error {
		if old.State == "open" {
			return nil
		}
		return fault.New(fault.Forbidden, "%s is %s: its owner decided on what stands there. To change it run: stele do %s reopen", old.Key, old.State, old.Key)
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "select", Title: "Select a control", From: []string{"open"}, Help: "Treats the risk with a control, makes it applicable and records why."}, selectControl),
		kind.Act(kind.Action{Name: "reopen", Title: "Reopen", From: []string{"accepted", "closed"}, To: "open", Help: "Takes the acceptance back, so that the risk can be assessed anew."},
			func(_ *kind.Context, r kind.Entry[Risk], _ *kind.NoInput) error {
				r.Data.Acceptance = ""
				return nil
			}),
		kind.Act(kind.Action{Name: "close", Title: "Close", From: []string{"open", "accepted"}, To: "closed", Help: "The risk no longer exists."},
			func(_ *kind.Context, r kind.Entry[Risk], in *closing) error {
				r.Data.Rationale = in.Reason
				return nil
			}),
	},
})

type closing struct {
	Reason string `json:"reason" kind:"text,required" help:"Why the risk no longer exists."`
}

// deriveRisk takes the organisation's method where none is named, and computes the levels by the method named.
func deriveRisk(c *kind.Context, r kind.Entry[Risk]) error {
	d := r.Data
	if r.State == "open" && d.Acceptance != "" {
		return fault.Invalidf("acceptance", "the risk is open; it is accepted by %s", Way(r.Schema, "open", "accepted"))
	}
	d.InherentLevel, d.CurrentLevel, d.PlannedLevel = nil, nil, nil
	judgements := d.judgements()
	if len(judgements) == 0 {
		return nil
	}
	if d.Method == "" {
		org, err := kind.Get[Organisation](c, c, OrganisationKey)
		if err != nil {
			return err
		}
		if d.Method = org.Data.Method; d.Method == "" {
			return fault.Invalidf("method", "the organisation names no risk method; apply one, and name it in the organisation's field method")
		}
	}
	method, err := kind.Get[Method](c, c, string(d.Method))
	if fault.Is(err, fault.NotFound) {
		return fault.Invalidf("method", "there is no risk method %s", d.Method)
	} else if err != nil {
		return err
	}
	for _, j := range judgements {
		level, err := method.Data.Scale().Level(*j.assessment, j.name)
		if err != nil {
			return err
		}
		*j.level = &level
	}
	return nil
}

// judgement is one assessment of a risk, with the name of its field and the place of its level.
type judgement struct {
	name       string
	assessment *risk.Assessment
	level      **int
}

// judgements gives the assessments that the risk has.
func (r *Risk) judgements() []judgement {
	all := []judgement{{"inherent", r.Inherent, &r.InherentLevel}, {"current", r.Current, &r.CurrentLevel}, {"planned", r.Planned, &r.PlannedLevel}}
	return slices.DeleteFunc(all, func(j judgement) bool { return j.assessment == nil })
}

// Residual gives the level that remains by the decision taken: the planned one, and where nothing is
// planned the current one; nil while the risk is not assessed.
func (r *Risk) Residual() *int {
	if r.PlannedLevel != nil {
		return r.PlannedLevel
	}
	return r.CurrentLevel
}

type selection struct {
	Control kind.Ref[Control] `json:"control" kind:"required"`
	Why     string            `json:"why" kind:"text" help:"Why, where the proposal's own facts do not say it."`
}

// selectControl records a control as a treatment of the risk, and on the control the facts that caused it.
func selectControl(c *kind.Context, r kind.Entry[Risk], in *selection) error {
	control, err := kind.Get[Control](c, c, string(in.Control))
	if err != nil {
		return err
	}
	why := in.Why
	if why == "" {
		proposals, err := Proposals(c, c, r)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(proposals, func(p Proposal) bool { return p.Control == string(in.Control) })
		if i < 0 {
			return fault.Invalidf("why", "no fact of %s proposes %s: say why it is chosen", r.Key, in.Control)
		}
		why = proposals[i].Because()
	}
	if control.Data.Applicability == "excluded" {
		return fault.New(fault.Forbidden, "%s is excluded (%s); decide that it is applicable first", control.Key, control.Data.Justification)
	}
	if !slices.Contains(r.Data.Controls, in.Control) {
		r.Data.Controls = append(r.Data.Controls, in.Control)
	}
	control.Data.Applicability = "applicable"
	reason := Reason{Basis: "risk", Risk: kind.Ref[Risk](r.Key), Note: why}
	control.Data.Reasons = append(slices.DeleteFunc(control.Data.Reasons, func(old Reason) bool { return old.Basis == reason.Basis && old.Risk == reason.Risk }), reason)
	return c.Writer.Save(control.Record)
}
