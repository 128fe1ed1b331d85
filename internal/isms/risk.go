package isms

import (
	"fmt"
	"slices"
	"strings"

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
	d.InherentLevel, d.CurrentLevel, d.PlannedLevel = nil, nil, nil
	if d.Inherent == nil && d.Current == nil && d.Planned == nil {
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
	for _, a := range []struct {
		name       string
		assessment *risk.Assessment
		level      **int
	}{{"inherent", d.Inherent, &d.InherentLevel}, {"current", d.Current, &d.CurrentLevel}, {"planned", d.Planned, &d.PlannedLevel}} {
		if a.assessment == nil {
			continue
		}
		level, err := method.Data.Scale().Level(*a.assessment, a.name)
		if err != nil {
			return err
		}
		*a.level = &level
	}
	return nil
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

// Treatment is one action of the risk treatment plan.
type Treatment struct {
	Title        string              `json:"title" kind:"name" words:"action,treatment action,measure,task,activity,maßnahme,aktion,aufgabe"`
	Reference    string              `json:"reference" kind:"index,search" words:"id,no,nr"`
	Risks        []kind.Ref[Risk]    `json:"risks" words:"risk id,risk,risks,risk reference,related risk,treats risk,risiko,risiken,risiko-id,bezug zum risiko"`
	Controls     []kind.Ref[Control] `json:"controls" words:"annex a control,control,controls,annex a,iso control,control reference,annex-a-maßnahme,anhang a"`
	Owner        kind.Ref[Role]      `json:"owner" kind:"index" words:"responsible,action owner,assignee,assigned to,verantwortlich,verantwortlicher,zuständig"`
	Start        kind.Date           `json:"start" words:"start date,starts,begin,beginn,startdatum,start am"`
	Due          kind.Date           `json:"due" kind:"index" else:"frequency" words:"due date,deadline,target date,end date,completion due,fällig,fällig am,fälligkeit,frist,termin,zieltermin,enddatum"`
	Frequency    string              `json:"frequency" help:"How often, for an action that recurs." words:"interval,recurrence,häufigkeit,turnus"`
	Budget       kind.Money          `json:"budget" words:"cost,costs,estimated cost,kosten,aufwand"`
	Verification string              `json:"verification" kind:"text" help:"How it will be seen that it works." words:"verified by,check,success criterion,überprüfung,verifizierung,wirksamkeitsprüfung,nachweis der wirksamkeit"`
	Completed    kind.Date           `json:"completed" words:"completion date,completed on,closed,closed on,erledigt am,abgeschlossen am"`
	Result       string              `json:"result" kind:"text"`
}

// Treatments is the kind of treatment actions (ISO/IEC 27001:2022, 6.1.3 e and 8.3).
var Treatments = kind.Define("treatment", kind.Spec[Treatment]{
	Title: "Treatment action", Plural: "Treatment actions", Prefix: "TRT",
	States: []kind.State{
		{Name: "planned", Title: "Planned", Also: []string{"open", "not started", "new", "geplant", "offen"}},
		{Name: "in progress", Title: "In progress", Also: []string{"ongoing", "started", "in arbeit", "laufend", "in umsetzung"}},
		{Name: "done", Title: "Done", Also: []string{"completed", "closed", "implemented", "finished", "erledigt", "abgeschlossen", "umgesetzt"}},
		{Name: "cancelled", Title: "Cancelled", Also: []string{"canceled", "rejected", "abgebrochen", "verworfen"}},
	},
	Check: func(t *Treatment, errs *fault.Collector) {
		if t.Start != "" && t.Due != "" && t.Due < t.Start {
			errs.Addf("due", "the action is due on %s, before it starts on %s", t.Due, t.Start)
		}
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "begin", Title: "Begin", From: []string{"planned"}, To: "in progress"},
			func(c *kind.Context, t kind.Entry[Treatment], _ *kind.NoInput) error {
				if t.Data.Start == "" {
					t.Data.Start = c.Today
				}
				return nil
			}),
		kind.Act(kind.Action{Name: "complete", Title: "Complete", From: []string{"planned", "in progress"}, To: "done"},
			func(c *kind.Context, t kind.Entry[Treatment], in *completion) error {
				t.Data.Completed, t.Data.Result = c.Today, in.Result
				return nil
			}),
		kind.Act(kind.Action{Name: "cancel", Title: "Cancel", From: []string{"planned", "in progress"}, To: "cancelled"},
			func(_ *kind.Context, t kind.Entry[Treatment], in *closing) error {
				t.Data.Result = in.Reason
				return nil
			}),
	},
})

type completion struct {
	Result string `json:"result" kind:"text,required" help:"What was done, and what shows that it works."`
}

// Acceptance is a decision of risk owners: they approve the treatment plan and accept what remains.
type Acceptance struct {
	Title    string           `json:"title" kind:"name"`
	Risks    []kind.Ref[Risk] `json:"risks" kind:"required"`
	Reason   string           `json:"reason" kind:"text,search" help:"Needed where a risk above the acceptance criteria is retained."`
	Review   kind.Date        `json:"review" kind:"required" help:"When the decision is looked at again."`
	Approver kind.Ref[Person] `json:"approver"`
	Approved kind.Date        `json:"approved"`
	Decided  []Decision       `json:"decided" help:"What was approved, frozen at that moment."`
}

// Decision is what was approved for one risk.
type Decision struct {
	Risk       kind.Ref[Risk]        `json:"risk"`
	Option     Option                `json:"option"`
	Current    string                `json:"current"` // label of the level
	Residual   string                `json:"residual"`
	Controls   []kind.Ref[Control]   `json:"controls"`
	Treatments []kind.Ref[Treatment] `json:"treatments"`
}

// Acceptances is the kind of risk acceptances (ISO/IEC 27001:2022, 6.1.3 f).
var Acceptances = kind.Define("acceptance", kind.Spec[Acceptance]{
	Title: "Risk acceptance", Plural: "Risk acceptances", Prefix: "ACC", States: draftApproved,
	Guard: func(old, _ kind.Entry[Acceptance]) error {
		if old.State == "draft" {
			return nil
		}
		return fault.New(fault.Forbidden, "%s is approved and stays as it is; reopen a risk to decide anew", old.Key)
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "approve", Title: "Approve plan and residual risks", From: []string{"draft"}, To: "approved", Help: "The owner of every risk in it approves its treatment and accepts what remains."}, approveAcceptance),
	},
})

func approveAcceptance(c *kind.Context, a kind.Entry[Acceptance], _ *kind.NoInput) error {
	if err := actorNeeded(c); err != nil {
		return err
	}
	treatments, err := kind.All[Treatment](c, c)
	if err != nil {
		return err
	}
	roles, err := kind.ByKey[Role](c, c)
	if err != nil {
		return err
	}
	methods, err := kind.ByKey[Method](c, c)
	if err != nil {
		return err
	}
	var errs fault.Collector
	a.Data.Decided = nil
	for i, key := range a.Data.Risks {
		r, err := kind.Get[Risk](c, c, string(key))
		if err != nil {
			return err
		}
		d := decide(r, treatments, methods)
		if problem := cannotAccept(c.Actor, a.Data, r, d, roles, methods); problem != "" {
			errs.Addf(fmt.Sprintf("risks[%d]", i), "%s %s", key, problem)
			continue
		}
		a.Data.Decided = append(a.Data.Decided, d)
		r.State, r.Imported, r.Data.Acceptance = "accepted", false, kind.Ref[Acceptance](a.Key)
		if err := c.Writer.Save(r.Record); err != nil {
			return err
		}
	}
	a.Data.Approver, a.Data.Approved = kind.Ref[Person](c.Actor), c.Today
	return errs.Err("%s cannot be approved", a.Key)
}

func decide(r kind.Entry[Risk], treatments []kind.Entry[Treatment], methods map[string]kind.Entry[Method]) Decision {
	d := Decision{Risk: kind.Ref[Risk](r.Key), Option: r.Data.Option, Controls: r.Data.Controls}
	if m, ok := methods[string(r.Data.Method)]; ok && r.Data.CurrentLevel != nil {
		d.Current, d.Residual = m.Data.Scale().Label(*r.Data.CurrentLevel), m.Data.Scale().Label(*r.Data.Residual())
	}
	for _, t := range treatments {
		if t.State != "cancelled" && slices.Contains(t.Data.Risks, d.Risk) {
			d.Treatments = append(d.Treatments, kind.Ref[Treatment](t.Key))
		}
	}
	return d
}

// cannotAccept gives the reason why a person cannot accept a risk, or nothing.
func cannotAccept(actor string, a *Acceptance, r kind.Entry[Risk], d Decision, roles map[string]kind.Entry[Role], methods map[string]kind.Entry[Method]) string {
	owner, owned := roles[string(r.Data.Owner)]
	switch {
	case r.State != "open":
		return "is " + r.State + " already"
	case !owned:
		return "has no owner, and only the owner can accept it"
	case !owner.Data.Holds(actor):
		return fmt.Sprintf("belongs to %s (%s), a role that %s does not hold", owner.Data.Title, owner.Key, actor)
	case d.Current == "":
		return "is not assessed"
	case methods[string(r.Data.Method)].State == "draft":
		return fmt.Sprintf("was assessed with %s, a risk method that is not approved", r.Data.Method)
	case r.Data.Option == "":
		return "has no treatment option"
	case r.Data.Option == "modify" && len(d.Treatments) == 0 && len(d.Controls) == 0:
		return "is to be modified, but no control or action treats it"
	case *r.Data.Residual() > methods[string(r.Data.Method)].Data.Acceptable && strings.TrimSpace(a.Reason) == "":
		return "remains " + d.Residual + ", above the acceptance criteria: give a reason"
	}
	return ""
}
