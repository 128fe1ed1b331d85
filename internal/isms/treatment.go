package isms

import (
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

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
		if strings.HasPrefix(string(t.Budget), "-") {
			errs.Addf("budget", "%s is less than nothing", t.Budget)
		}
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
