package isms

import (
	"reflect"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

// Method is one version of how the organisation assesses risk. Once approved it never changes, and every
// assessment names the version it was made with; so a new version rewrites nothing of the past.
type Method struct {
	Title      string           `json:"title" kind:"name"`
	Version    int              `json:"version" kind:"required"`
	Supersedes kind.Ref[Method] `json:"supersedes" kind:"acyclic"`
	Approach   string           `json:"approach" kind:"text" help:"How risks are identified, analysed and evaluated, when, and by whom (6.1.2)."`
	Treatment  string           `json:"treatment" kind:"text" help:"How options and controls are chosen and who approves (6.1.3)."`
	Likelihood []risk.Level     `json:"likelihood" kind:"required"`
	Impact     []risk.Level     `json:"impact" kind:"required"`
	Criteria   []risk.Criterion `json:"criteria" kind:"required" help:"The kinds of impact; the highest one counts."`
	Levels     []risk.Level     `json:"levels" kind:"required" help:"The levels of risk, the lowest first, with their colours."`
	Matrix     []risk.Row       `json:"matrix" kind:"required" help:"For each likelihood the risk level at each impact."`
	Acceptable int              `json:"acceptable" help:"The highest level of risk that is retained without a reason (6.1.2 a 1)."`
	Acceptance string           `json:"acceptance" kind:"text" help:"The risk acceptance criteria in words."`
	Approver   kind.Ref[Person] `json:"approver"`
	Approved   kind.Date        `json:"approved"`
}

// Scale gives the arithmetic of the method.
func (m *Method) Scale() risk.Matrix {
	return risk.Matrix{
		Likelihood: m.Likelihood, Impact: m.Impact, Criteria: m.Criteria, Levels: m.Levels, Rows: m.Matrix, Acceptable: m.Acceptable,
	}
}

// Methods is the kind of risk methods (ISO/IEC 27001:2022, 6.1.2 and 6.1.3).
var Methods = kind.Define("method", kind.Spec[Method]{
	Title: "Risk method", Plural: "Risk methods", Prefix: "RM",
	States: []kind.State{{Name: "draft", Title: "Draft"}, {Name: "approved", Title: "Approved"}, {Name: "superseded", Title: "Superseded"}},
	Check:  checkMethod,
	Derive: func(c *kind.Context, m kind.Entry[Method]) error {
		if err := notApprovedYet(m.Record, "approver", "approved"); err != nil {
			return err
		}
		if err := onlyVersion(c, m.Record); err != nil {
			return err
		}
		return keepScale(c, m)
	},
	Guard: func(old, _ kind.Entry[Method]) error {
		if old.State == "draft" {
			return nil
		}
		return fault.New(fault.Forbidden, "%s is %s: past assessments rest on it. For a new version run: stele do %s revise", old.Key, old.State, old.Key)
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "approve", Title: "Approve", From: []string{"draft"}, To: "approved", Help: "New assessments use it from now on; the version before is superseded."}, approveMethod),
		kind.Act(kind.Action{Name: "revise", Title: "Revise", From: []string{"approved"}, Help: "Drafts the next version."}, reviseMethod),
	},
})

func checkMethod(m *Method, errs *fault.Collector) {
	notNegative(errs, "version", &m.Version)
	m.Scale().Check(errs)
	label := func(l risk.Level) string { return l.Label }
	distinct(errs, "likelihood[%d].label", m.Likelihood, label)
	distinct(errs, "impact[%d].label", m.Impact, label)
	distinct(errs, "levels[%d].label", m.Levels, label)
	distinct(errs, "criteria[%d].name", m.Criteria, func(c risk.Criterion) string { return c.Name })
}

// keepScale refuses to change the scales of a draft that risks are assessed with already: their levels
// would no longer be what was judged.
func keepScale(c *kind.Context, m kind.Entry[Method]) error {
	before, err := kind.Get[Method](c, c, m.Key)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || reflect.DeepEqual(before.Data.Scale(), m.Data.Scale()) {
		return err
	}
	for r, err := range kind.Each[Risk](c, c, kind.Query{Equal: []kind.Condition{{Field: "method", Value: m.Key}}, Archived: true, Limit: 1}) {
		if err != nil {
			return err
		}
		return fault.New(fault.Forbidden, "the scales, criteria, matrix and acceptable level of %s can no longer be changed: %s is assessed with them, "+
			"and its level would no longer be the one that was judged. Once %s is approved, draft its next version with: stele do %s revise", m.Key, r.Key, m.Key, m.Key)
	}
	return nil
}

func approveMethod(c *kind.Context, m kind.Entry[Method], _ *kind.NoInput) error {
	if err := approvable(c, m.Record); err != nil {
		return err
	}
	m.Data.Approver, m.Data.Approved = kind.Ref[Person](c.Actor), c.Today
	if m.Data.Supersedes != "" {
		before, err := kind.Get[Method](c, c, string(m.Data.Supersedes))
		if err != nil {
			return err
		}
		if before.State == "draft" {
			return fault.Invalidf("supersedes", "%s is a draft and was never in force; approve it first, or name it no more", before.Key)
		}
		before.State = "superseded"
		if err := c.Writer.Save(before.Record); err != nil {
			return err
		}
	}
	org, err := kind.Get[Organisation](c, c, OrganisationKey)
	if err != nil {
		return err
	}
	org.Data.Method = kind.Ref[Method](m.Key)
	return c.Writer.Save(org.Record)
}

func reviseMethod(c *kind.Context, m kind.Entry[Method], _ *kind.NoInput) error {
	next := *m.Data
	next.Version++
	next.Supersedes, next.Approver, next.Approved = kind.Ref[Method](m.Key), "", ""
	_, err := c.Writer.Create(kind.NewOf(c, &next))
	return err
}

// DefaultMethod gives the method that init drafts: five by five, five impact criteria, four levels of
// risk by the product of likelihood and impact, of which the lowest two need no reason to be retained.
func DefaultMethod() *Method {
	return &Method{
		Title: "Risk method", Version: 1, Acceptable: 2,
		Approach: "Risks are identified for assets, with the threats and vulnerabilities that bear on them, and as events that " +
			"interested parties fear. The risk owner and the security officer judge likelihood and impact together, for the next " +
			"twelve months, with the controls that work today. All risks are looked at once a year and after every incident, " +
			"change or finding that touches them.",
		Treatment: "For each risk above the acceptance criteria the owner chooses to modify, avoid or share it, or retains it with " +
			"a reason. Controls are chosen by need and compared with Annex A, so that none is overlooked. The owner approves the " +
			"plan and the residual risk.",
		Acceptance: "Low and medium risks may be retained. A high or critical risk is retained only with a written reason of its " +
			"owner and a date of review within six months.",
		Likelihood: []risk.Level{
			{Label: "Rare", Description: "Less than once in ten years"},
			{Label: "Unlikely", Description: "Once in three to ten years"},
			{Label: "Possible", Description: "Once in one to three years"},
			{Label: "Likely", Description: "Once or more a year"},
			{Label: "Almost certain", Description: "Every month or more often"},
		},
		Impact: []risk.Level{
			{Label: "Negligible", Description: "Handled in the day's work"},
			{Label: "Minor", Description: "Noticed by few, repaired within days"},
			{Label: "Moderate", Description: "Customers notice, work of weeks"},
			{Label: "Major", Description: "Contracts or licences at stake"},
			{Label: "Severe", Description: "The organisation's existence is at stake"},
		},
		Criteria: []risk.Criterion{
			{Name: "Financial", Levels: []string{"up to 0.1 % of yearly revenue", "up to 0.5 %", "up to 2 %", "up to 10 %", "more than 10 %"}},
			{Name: "Operational", Levels: []string{"under an hour of one team", "a day of one team", "a day of all, or a week of one team", "a week of all", "longer than a week for all"}},
			{Name: "Reputational", Levels: []string{"a single complaint", "complaints of several customers", "local press, a lost customer", "trade press, several lost customers", "national press, lasting loss of trust"}},
			{Name: "Legal", Levels: []string{"no duty touched", "a duty missed, put right without notice", "a notice to an authority", "an order or a fine", "prosecution or loss of a licence"}},
			{Name: "Safety", Levels: []string{"nobody affected", "discomfort", "a minor injury", "a serious injury", "a death"}},
		},
		Levels: []risk.Level{
			{Label: "Low", Colour: "#7cb892", Description: "Retain; look again in a year"},
			{Label: "Medium", Colour: "#f2d272", Description: "Retain or treat as the owner sees fit"},
			{Label: "High", Colour: "#ec9a5b", Description: "Treat, or retain with a reason"},
			{Label: "Critical", Colour: "#c8504b", Description: "Treat at once; management is told"},
		},
		Matrix: risk.Score(5, 5, 4, 9, 15),
	}
}
