package isms_test

import (
	"slices"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

// findings gives the places where a record is not valid.
func findings[T any](of kind.Of[T], key string, data *T) []string {
	rec := of.New()
	rec.Key, rec.Data = key, data
	return places(rec.Validate())
}

func TestNoTwoPartsOfAMethodShareAName(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(m *isms.Method)
		want   string
	}{
		{"two impact criteria", func(m *isms.Method) { m.Criteria[2].Name = m.Criteria[0].Name }, "criteria[2].name"},
		{"two impact criteria but for case and blanks", func(m *isms.Method) { m.Criteria[1].Name = " financial" }, "criteria[1].name"},
		{"two levels of likelihood", func(m *isms.Method) { m.Likelihood[4].Label = m.Likelihood[3].Label }, "likelihood[4].label"},
		{"two levels of impact", func(m *isms.Method) { m.Impact[1].Label = m.Impact[0].Label }, "impact[1].label"},
		{"two levels of risk", func(m *isms.Method) { m.Levels[3].Label = m.Levels[0].Label }, "levels[3].label"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := isms.DefaultMethod()
			test.change(m)
			if got := findings(isms.Methods, "RM-0001", m); !slices.Equal(got, []string{test.want}) {
				t.Errorf("the findings are at %q, want %s", got, test.want)
			}
		})
	}
}

func TestARiskJudgesACriterionOnce(t *testing.T) {
	once := &risk.Assessment{Likelihood: 1, Impacts: []risk.Impact{{Criterion: "Legal", Level: 1}, {Criterion: "Safety", Level: 1}}}
	twice := &risk.Assessment{Likelihood: 1, Impacts: append(slices.Clone(once.Impacts), risk.Impact{Criterion: "Legal", Level: 2})}
	for _, test := range []struct {
		risk isms.Risk
		want []string
	}{
		{isms.Risk{Inherent: once, Current: once, Planned: once}, nil},
		{isms.Risk{Inherent: twice, Current: once}, []string{"inherent.impacts[2].criterion"}},
		{isms.Risk{Current: twice, Planned: twice}, []string{"current.impacts[2].criterion", "planned.impacts[2].criterion"}},
	} {
		test.risk.Title = "Fire"
		if got := findings(isms.Risks, "RISK-0001", &test.risk); !slices.Equal(got, test.want) {
			t.Errorf("the findings are at %q, want %q", got, test.want)
		}
	}
}

func TestAControlIsApplicableForOneReasonOnce(t *testing.T) {
	for _, test := range []struct {
		name    string
		reasons []isms.Reason
		want    []string
	}{
		{"two risks", []isms.Reason{{Basis: "risk", Risk: "RISK-0001"}, {Basis: "risk", Risk: "RISK-0002"}}, nil},
		{"one risk twice", []isms.Reason{{Basis: "risk", Risk: "RISK-0001"}, {Basis: "legal"}, {Basis: "risk", Risk: "RISK-0001", Note: "x"}}, []string{"reasons[2]"}},
		{"one duty twice", []isms.Reason{{Basis: "legal", Obligation: "OBL-0001"}, {Basis: "legal", Obligation: "OBL-0001"}}, []string{"reasons[1]"}},
		{"one duty by law and by contract", []isms.Reason{{Basis: "legal", Obligation: "OBL-0001"}, {Basis: "contractual", Obligation: "OBL-0001"}}, nil},
		{"two laws in words", []isms.Reason{{Basis: "legal", Note: "Tax"}, {Basis: "legal", Note: "Trade"}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := findings(isms.Controls, "A.5.1", &isms.Control{Title: "Policies", Reasons: test.reasons}); !slices.Equal(got, test.want) {
				t.Errorf("the findings are at %q, want %q", got, test.want)
			}
		})
	}
}

func TestNothingIsCountedBelowNone(t *testing.T) {
	method := func(version int) *isms.Method {
		m := isms.DefaultMethod()
		m.Version = version
		return m
	}
	for _, n := range []int{-1, 0, 1} {
		negative, noVersion := n < 0, n < 1
		for _, test := range []struct {
			name    string
			got     []string
			want    string
			refused bool
		}{
			{"assets of a group", findings(isms.Assets, "AST-0001", &isms.Asset{Title: "Laptops", Type: "hardware", Count: &n}), "count", negative},
			{"employees", findings(isms.Organisations, isms.OrganisationKey, &isms.Organisation{Name: "Test", Edition: "2022", Employees: &n}), "employees", negative},
			{"version of a method", findings(isms.Methods, "RM-0001", method(n)), "version", noVersion},
			{"version of a statement", findings(isms.Statements, "SOA-0001", &isms.Statement{Title: "Statement", Version: n}), "version", noVersion},
		} {
			if got := slices.Equal(test.got, []string{test.want}); got != test.refused || !got && len(test.got) > 0 {
				t.Errorf("%s, %d: the findings are at %q", test.name, n, test.got)
			}
		}
	}
}

func TestATreatmentCostsNoLessThanNothing(t *testing.T) {
	for budget, want := range map[kind.Money][]string{"": nil, "0.00 EUR": nil, "12.00 EUR": nil, "-12.00 EUR": {"budget"}} {
		if got := findings(isms.Treatments, "TRT-0001", &isms.Treatment{Title: "Buy", Budget: budget}); !slices.Equal(got, want) {
			t.Errorf("for %s the findings are at %q", budget, got)
		}
	}
}

func TestNothingEndsBeforeItStarts(t *testing.T) {
	for _, test := range []struct {
		start, end kind.Date
		refused    bool
	}{
		{"2026-01-02", "2026-01-01", true},
		{"2026-01-02", "2026-01-02", false},
		{"2026-01-02", "", false},
		{"", "2026-01-01", false},
	} {
		for want, got := range map[string][]string{
			"contract_end": findings(isms.Suppliers, "SUP-0001", &isms.Supplier{Title: "Host", ContractStart: test.start, ContractEnd: test.end}),
			"until":        findings(isms.Persons, "PER-0001", &isms.Person{Name: "Ann", Since: test.start, Until: test.end}),
		} {
			if slices.Equal(got, []string{want}) != test.refused || !test.refused && len(got) > 0 {
				t.Errorf("from %s to %s: the findings are at %q", test.start, test.end, got)
			}
		}
	}
}
