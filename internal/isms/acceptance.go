package isms

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

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
	Derive: func(_ *kind.Context, a kind.Entry[Acceptance]) error {
		return notApprovedYet(a.Record, "approver", "approved", "decided")
	},
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
	if err := approvable(c, a.Record); err != nil {
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
	case r.Archived:
		return "is archived"
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

// NotAcceptedBy gives the reason why a risk cannot name its acceptance, or nothing. It shows only when all of
// an apply is written, for risks are written before acceptances.
func NotAcceptedBy(r kind.Entry[Risk], a kind.Entry[Acceptance]) string {
	switch {
	case a.State != "approved":
		return a.Key + " is not approved"
	case !slices.Contains(a.Data.Risks, kind.Ref[Risk](r.Key)):
		return a.Key + " does not list " + r.Key
	}
	return ""
}
