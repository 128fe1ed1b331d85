package isms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Statement is one version of the Statement of Applicability. While it is a draft it shows the controls as
// they are; approval freezes them into it.
type Statement struct {
	Title          string           `json:"title" kind:"name"`
	Version        int              `json:"version" kind:"required"`
	Edition        Edition          `json:"edition"`
	Classification Classification   `json:"classification"`
	Owner          kind.Ref[Role]   `json:"owner"`
	Note           string           `json:"note" kind:"text" help:"What changed since the version before."`
	Approver       kind.Ref[Person] `json:"approver"`
	Approved       kind.Date        `json:"approved"`
	Method         string           `json:"method" help:"How the approver was authenticated."`
	Digest         string           `json:"digest" help:"SHA-256 of the rows as approved."`
	Rows           []Row            `json:"rows"`
}

// Row is one control in a Statement of Applicability.
type Row struct {
	Number         string           `json:"number"` // as in A.5.1 or C-0001
	Title          string           `json:"title"`
	Source         ControlSource    `json:"source"`
	Applicability  Applicability    `json:"applicability"`
	Reasons        []Reason         `json:"reasons"`
	Justification  string           `json:"justification" kind:"text"`
	Status         Implementation   `json:"status"`
	Owner          string           `json:"owner"` // title of the role
	Implementation string           `json:"implementation" kind:"text"`
	Evidence       string           `json:"evidence" kind:"text"`
	Risks          []kind.Ref[Risk] `json:"risks"` // those that it treats
}

// Unauthenticated is the method of an approval that no login stands behind.
const Unauthenticated = "local command line, not authenticated"

// Statements is the kind of Statements of Applicability (ISO/IEC 27001:2022, 6.1.3 d).
var Statements = kind.Define("soa", kind.Spec[Statement]{
	Title: "Statement of Applicability", Plural: "Statements of Applicability", Prefix: "SOA",
	States: []kind.State{{Name: "draft", Title: "Draft"}, {Name: "approved", Title: "Approved"}, {Name: "superseded", Title: "Superseded"}},
	Check:  func(s *Statement, errs *fault.Collector) { notNegative(errs, "version", &s.Version) },
	Derive: func(c *kind.Context, s kind.Entry[Statement]) error {
		if err := notApprovedYet(s.Record, "approver", "approved", "method", "digest", "rows"); err != nil {
			return err
		}
		org, err := kind.Get[Organisation](c, c, OrganisationKey)
		if err != nil {
			return err
		}
		if s.Data.Edition == "" {
			s.Data.Edition = org.Data.Edition
		}
		if s.Data.Edition != org.Data.Edition {
			return fault.Invalidf("edition", "the controls of this organisation are declared against the %s edition", org.Data.Edition)
		}
		if len(s.Data.Rows) > 0 && s.Data.Digest != Digest(s.Data.Rows) {
			return fault.Invalidf("digest", "the rows are not those that the digest was made of")
		}
		return onlyVersion(c, s.Record)
	},
	Guard: func(old, _ kind.Entry[Statement]) error {
		if old.State == "draft" {
			return nil
		}
		return fault.New(fault.Forbidden, "%s is %s and stays as it is; apply a new one with the next version", old.Key, old.State)
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "approve", Title: "Approve", From: []string{"draft"}, To: "approved", Help: "Freezes the controls as they stand into this version."}, approveStatement),
	},
})

// Rows gives the controls as a Statement of Applicability shows them: Annex A in the order of the
// standard, then the additional ones.
func Rows(ctx context.Context, r kind.Reader) ([]Row, error) {
	controls, err := kind.All[Control](ctx, r)
	if err != nil {
		return nil, err
	}
	roles, err := kind.ByKey[Role](ctx, r)
	if err != nil {
		return nil, err
	}
	treats, err := risksByControl(ctx, r)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(controls, func(a, b kind.Entry[Control]) int {
		return len(a.Data.Source) - len(b.Data.Source) // "annex a" before "additional"
	})
	rows := make([]Row, len(controls))
	for i, c := range controls {
		rows[i] = Row{
			Number: c.Key, Title: c.Data.Title, Source: c.Data.Source, Applicability: c.Data.Applicability, Reasons: c.Data.Reasons,
			Justification: c.Data.Justification, Status: c.Data.Status, Implementation: c.Data.Implementation, Evidence: c.Data.Evidence,
			Risks: treats[c.Key],
		}
		if owner, ok := roles[string(c.Data.Owner)]; ok {
			rows[i].Owner = owner.Data.Title
		}
	}
	return rows, nil
}

// risksByControl gives, for each control, the open and accepted risks that it treats, by the risk itself or
// by an action of the treatment plan.
func risksByControl(ctx context.Context, r kind.Reader) (map[string][]kind.Ref[Risk], error) {
	risks, err := kind.All[Risk](ctx, r)
	if err != nil {
		return nil, err
	}
	treatments, err := kind.All[Treatment](ctx, r)
	if err != nil {
		return nil, err
	}
	byRisk := map[kind.Ref[Risk]][]kind.Ref[Control]{}
	for _, t := range treatments {
		if t.State == "cancelled" {
			continue
		}
		for _, key := range t.Data.Risks {
			byRisk[key] = append(byRisk[key], t.Data.Controls...)
		}
	}
	treats := map[string][]kind.Ref[Risk]{}
	for _, risk := range risks {
		key := kind.Ref[Risk](risk.Key)
		if risk.State == "closed" {
			continue
		}
		for _, c := range slices.Concat(risk.Data.Controls, byRisk[key]) {
			if !slices.Contains(treats[string(c)], key) {
				treats[string(c)] = append(treats[string(c)], key)
			}
		}
	}
	return treats, nil
}

// Problem is something that keeps a Statement of Applicability from being approved.
type Problem struct {
	Number string
	Text   string
}

// Problems gives what keeps the rows from approval, in their order.
func Problems(rows []Row) []Problem {
	var problems []Problem
	for _, r := range rows {
		add := func(format string, args ...any) {
			problems = append(problems, Problem{r.Number, fmt.Sprintf(format, args...)})
		}
		switch r.Applicability {
		case "excluded":
			if strings.TrimSpace(r.Justification) == "" {
				add("is excluded without a justification")
			}
			if len(r.Reasons) > 0 {
				add("was selected (%s) and is excluded", r.Reasons[0].Basis)
			}
			if len(r.Risks) > 0 {
				add("is excluded but treats %s", r.Risks[0])
			}
		case "applicable":
			if len(r.Reasons) == 0 && strings.TrimSpace(r.Justification) == "" && len(r.Risks) == 0 {
				add("is applicable without a reason")
			}
			switch r.Status {
			case "":
				add("has no implementation status")
			case "not applicable":
				add("is applicable, but its implementation status is %q", r.Status)
			}
		default:
			add("is undecided")
		}
	}
	return problems
}

func approveStatement(c *kind.Context, s kind.Entry[Statement], _ *kind.NoInput) error {
	if err := approvable(c, s.Record); err != nil {
		return err
	}
	rows, err := Rows(c, c)
	if err != nil {
		return err
	}
	contradicted, err := Contradicted(c, nil)
	if err != nil {
		return err
	}
	var errs fault.Collector
	for _, p := range Problems(rows) {
		errs.Addf(p.Number, "%s", p.Text)
	}
	for _, ctl := range contradicted {
		errs.Addf(ctl.Key, "is excluded, and the fact that this rests on does not hold: %s", ctl.Data.Fact)
	}
	if err := errs.Err("%s cannot be approved", s.Key); err != nil {
		return err
	}
	for before, err := range kind.Each[Statement](c, c, kind.Query{State: "approved", Archived: true}) {
		if err != nil {
			return err
		}
		before.State = "superseded"
		if err := c.Writer.Save(before.Record); err != nil {
			return err
		}
	}
	s.Data.Rows, s.Data.Digest = rows, Digest(rows)
	s.Data.Approver, s.Data.Approved, s.Data.Method = kind.Ref[Person](c.Actor), c.Today, Unauthenticated
	return nil
}

// Digest gives the SHA-256 of rows in JSON, in hexadecimal.
func Digest(rows []Row) string {
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // strings and lists of strings always encode
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
