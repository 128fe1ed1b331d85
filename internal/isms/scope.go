package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Scope is where the management system begins and ends.
type Scope struct {
	Title      string           `json:"title" kind:"name"`
	Statement  string           `json:"statement" kind:"text,required,search" help:"The scope as it will stand on the certificate."`
	Boundaries string           `json:"boundaries" kind:"text" help:"Organisational units, sites and technology that are inside."`
	Interfaces []Interface      `json:"interfaces" help:"Where the organisation's work meets that of others (4.3 c)."`
	Exclusions []Exclusion      `json:"exclusions" help:"What is left out of the scope, and why. Requirements 4 to 10 can never be."`
	Sites      []string         `json:"sites"`
	Approver   kind.Ref[Person] `json:"approver"`
	Approved   kind.Date        `json:"approved"`
}

// Interface is a place where the scope meets somebody else's work.
type Interface struct {
	With     string             `json:"with" kind:"required"`
	Exchange string             `json:"exchange" kind:"text" help:"What passes, and who answers for what."`
	Supplier kind.Ref[Supplier] `json:"supplier"`
}

// Exclusion is something left out of the scope.
type Exclusion struct {
	What string `json:"what" kind:"required"`
	Why  string `json:"why" kind:"text,required"`
}

// Scopes is the kind of the scope (ISO/IEC 27001:2022, 4.3).
var Scopes = kind.Define("scope", kind.Spec[Scope]{
	Title: "Scope", Plural: "Scopes", Prefix: "SCO",
	States: draftApproved,
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "approve", Title: "Approve", From: []string{"draft"}, To: "approved", Help: "Management decides where the system begins and ends."},
			func(c *kind.Context, s kind.Entry[Scope], _ *kind.NoInput) error {
				s.Data.Approver, s.Data.Approved = kind.Ref[Person](c.Actor), c.Today
				return approvable(c, s.Record)
			}),
		kind.Act(kind.Action{Name: "revise", Title: "Revise", From: []string{"approved"}, To: "draft"},
			func(_ *kind.Context, s kind.Entry[Scope], _ *kind.NoInput) error {
				s.Data.Approver, s.Data.Approved = "", ""
				return nil
			}),
	},
	Check: func(s *Scope, errs *fault.Collector) {
		for i, e := range s.Exclusions {
			if clause := excludedClause(e.What); clause != "" {
				errs.Addf(pathOf("exclusions", i, "what"), "requirement %s cannot be excluded: clauses 4 to 10 of ISO/IEC 27001 apply in full", clause)
			}
		}
	},
	Derive: func(_ *kind.Context, s kind.Entry[Scope]) error {
		return notApprovedYet(s.Record, "approver", "approved")
	},
	Guard: frozenWhen[Scope]("approved", "revise"),
})
