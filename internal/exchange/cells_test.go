package exchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

func TestDatesMeanOneDayOnly(t *testing.T) {
	for _, test := range []struct {
		text string
		want any
		note string
	}{
		{"2026-12-31", "2026-12-31", ""},
		{"31.12.2026", "2026-12-31", ""},
		{"1.2.26", "2026-02-01", ""},
		{"31/12/2026", "2026-12-31", ""},
		{"12/31/2026", "2026-12-31", ""},
		{"03/03/2026", "2026-03-03", ""},
		{"03/04/2026", nil, "2026-04-03 or 2026-03-04"},
		{"2026/1/5", "2026-01-05", ""},
		{"5 March 2026", "2026-03-05", ""},
		{"Mar 5, 2026", "2026-03-05", ""},
		{"2026-03", "2026-03-01", "first day of the month"},
		{"2026-03-05 00:00", "2026-03-05", ""},
		{"2026-03-05T14:30:00Z", "2026-03-05", "without the time 14:30:00Z"},
		{"2026-02-31 14:30", nil, "no date"},
		{"Q3 2026", nil, "no date"},
		{"Recurring", nil, "no date"},
		{"31.02.2026", nil, "no date"},
		{"46112", nil, "no date"},
	} {
		check(t, test.text, readDate(test.text), test.want, test.note)
	}
}

// TestFormatsThatShowADay tries the numbers of built-in formats on both sides of each border, and formats of one's own.
func TestFormatsThatShowADay(t *testing.T) {
	for want, numbers := range map[bool][]int{
		true:  {14, 17, 22, 27, 31, 36, 50, 54, 57, 58},
		false: {0, 4, 13, 18, 21, 23, 26, 32, 35, 37, 49, 55, 56, 59},
	} {
		for _, n := range numbers {
			if got := showsDate(&excelize.Style{NumFmt: n}); got != want {
				t.Errorf("format %d: %v", n, got)
			}
		}
	}
	for format, want := range map[string]bool{"DD.MM.YYYY": true, `[$-407]d. mmmm`: true, "hh:mm": false, `0 "days"`: false, `0\d`: false, "[Red]0.00": false} {
		if got := showsDate(&excelize.Style{CustomNumFmt: &format}); got != want {
			t.Errorf("format %s: %v", format, got)
		}
	}
}

func TestMoneyHasACurrency(t *testing.T) {
	for _, test := range []struct {
		heading, text string
		want          any
		note          string
	}{
		{"Budget (EUR)", "8000", "8000.00 EUR", ""},
		{"Budget (EUR)", "0", "0.00 EUR", ""},
		{"Kosten in €", "8.000,00", "8000.00 EUR", ""},
		{"Budget", "€ 1,200.50", "1200.50 EUR", ""},
		{"Budget", "1 200,5 CHF", "1200.50 CHF", ""},
		{"Budget", "1'200.50 CHF", "1200.50 CHF", ""},
		{"Budget (EUR)", "$8,000", "8000.00 USD", ""},
		{"Budget", "GBP 12.000", "12000.00 GBP", ""},
		{"Budget", "1.234.567,89 EUR", "1234567.89 EUR", ""},
		{"Budget", "8000", nil, "names no currency"},
		{"Budget (EUR)", "ca. 8000", nil, "no amount"},
		{"Budget (EUR)", "8k", nil, "no amount"},
		{"Budget (EUR)", "-500", nil, "no amount"},
		{"Budget (EUR)", "1,2345", nil, "no amount"},
		{"Budget (EUR)", "1234.567", nil, "no amount"},
		{"Budget (EUR)", "99999999999999999999", nil, "no amount"},
	} {
		check(t, test.text, readMoney(test.heading, test.text), test.want, test.note)
	}
}

func TestNumbersOfAnyCountry(t *testing.T) {
	for _, test := range []struct {
		text string
		want any
	}{
		{"145", int64(145)}, {"1.200", int64(1200)}, {"1,200", int64(1200)}, {"1 200", int64(1200)}, {"4.0", int64(4)}, {"1234.000", int64(1234)}, {"4.5", nil}, {"some", nil}, {"-3", nil},
	} {
		check(t, test.text, readInt(test.text), test.want, noteIfNil(test.want))
	}
	for _, test := range []struct {
		text string
		want any
	}{{"0.125", 0.125}, {"4,5", 4.5}, {"1.234,5", 1234.5}, {"1.234", 1234.0}, {"1234.567", 1234.567}, {"1 234,567", 1234.567}, {"four", nil}} {
		check(t, test.text, readFloat(test.text), test.want, noteIfNil(test.want))
	}
}

func noteIfNil(want any) string {
	if want == nil {
		return "is no"
	}
	return ""
}

func check(t *testing.T, text string, r reading, want any, note string) {
	t.Helper()
	if r.value != want || !strings.Contains(r.note, note) || (note == "") != (r.note == "") {
		t.Errorf("%q: got %v (%s), want %v (%s)", text, r.value, r.note, want, note)
	}
}

func TestWordsForTheValuesOfAnEnum(t *testing.T) {
	for _, test := range []struct {
		enum kind.Enum
		text string
		want any
		more bool
	}{
		{isms.Option(""), "Mitigate", "modify", false},
		{isms.Option(""), "ÜBERTRAGEN", "share", false},
		{isms.Option(""), "uebertragen", "share", false},
		{isms.Option(""), "Accept with monitoring", "retain", false},
		{isms.Option(""), "Accept until the new system", "retain", true},
		{isms.Option(""), "Undecided", nil, false},
		{isms.Option(""), "-", nil, false},
		{isms.Compliance(""), "Partially compliant", "partly", false},
		{isms.Compliance(""), "Non-compliant", "not compliant", false},
		{isms.Compliance(""), "Not compliant: no register", "not compliant", true},
		{isms.Applicability(""), "n.a.", "excluded", false},
		{isms.Applicability(""), "Yes (in part)", "applicable", true},
		{isms.Applicability(""), "x", "applicable", false},
		{isms.Applicability(""), "N. Smith decides", nil, false}, // one letter is no beginning
		{isms.Grade(""), "Sehr hoch", "critical", false},
		{isms.Classification(""), "Strictly Confidential", "strictly confidential", false},
		{isms.AssetType(""), "Application", "software", false},
	} {
		r := readOption(test.enum.Values(), test.text)
		if r.value != test.want || r.more != test.more {
			t.Errorf("%q: got %v, more %v", test.text, r.value, r.more)
		}
	}
}

func TestListsAreParted(t *testing.T) {
	properties := &kind.Field{Type: kind.OneOf, List: true, Enum: isms.Property("").Values()}
	sites := &kind.Field{Type: kind.String, List: true}
	for _, test := range []struct {
		field *kind.Field
		text  string
		want  []string
		more  bool
	}{
		{properties, "Integrity", []string{"integrity"}, false},
		{properties, "C, I, A", []string{"confidentiality", "integrity", "availability"}, false},
		{properties, "Verfügbarkeit und Integrität", []string{"availability", "integrity"}, false},
		{properties, "C/I/beauty", []string{"confidentiality", "integrity"}, true},
		{properties, "all", nil, true},
		{sites, "Brno; Hall 2, gate\nZlín", []string{"Brno", "Hall 2, gate", "Zlín"}, false},
	} {
		r := readList(test.field, "", test.text)
		if diff := cmp.Diff(test.want, textsOf(r.value)); diff != "" || r.more != test.more {
			t.Errorf("%q: more %v\n%s", test.text, r.more, diff)
		}
	}
}

func textsOf(value any) []string {
	list, _ := value.([]kind.Node)
	var texts []string
	for _, n := range list {
		texts = append(texts, n.Value.(string))
	}
	return texts
}

func TestTypedTextsBecomeWhatTheirFieldsExpect(t *testing.T) {
	fields := []*kind.Field{
		{Name: "title", Type: kind.String},
		{Name: "due", Type: kind.Bool},
		{Name: "count", Type: kind.Int},
		{Name: "share", Type: kind.Float},
		{Name: "counts", Type: kind.Int, List: true},
		{Name: "controls", Type: kind.Reference, List: true},
	}
	for _, test := range []struct{ name, text, want string }{
		{"title", "7", `"7"`},
		{"due", "true", "true"},
		{"due", "soon", `"soon"`},
		{"count", "7", "7"},
		{"count", "many", `"many"`},
		{"share", "0.5", "0.5"},
		{"share", "half", `"half"`},
		{"counts", "1, 2,x", `[1,2,"x"]`},
		{"controls", "A.5.1, A.5.2", `["A.5.1","A.5.2"]`},
		{"colour", "1, 2", `"1, 2"`}, // there is no such field
	} {
		if got := string(Value(fields, test.name, test.text).JSON()); got != test.want {
			t.Errorf("%s = %s: got %s, want %s", test.name, test.text, got, test.want)
		}
	}
}

func TestLevelsByNumberAndLabel(t *testing.T) {
	m := isms.DefaultMethod()
	for _, test := range []struct {
		scale []risk.Level
		text  string
		want  int
		more  bool
	}{
		{m.Likelihood, "4", 4, false},
		{m.Likelihood, "likely", 4, false},
		{m.Likelihood, "4 - Likely", 4, false},
		{m.Likelihood, "Likely (4)", 4, false},
		{m.Likelihood, "(4)", 4, false},
		{m.Likelihood, "4: once a year", 4, true},
		{m.Likelihood, "4 (High)", 4, true},
		{m.Likelihood, "0", 0, false},
		{m.Likelihood, "6", 0, false},
		{m.Likelihood, "-3", 0, false},
		{m.Likelihood, ">3", 0, false},
		{m.Likelihood, "2-3", 0, false},
		{m.Likelihood, "3.5", 0, false},
		{m.Likelihood, "4 of 5", 0, false},
		{m.Likelihood, "High", 0, false},
		{m.Impact, "severe", 5, false},
		{m.Levels, "Sehr hoch", 4, false},
		{m.Levels, "CRITICAL", 4, false},
		{m.Levels, "mittel", 2, false},
		{m.Levels, "12", 0, false},
	} {
		if got, more := readLevel(test.scale, test.text); got != test.want || more != test.more {
			t.Errorf("%q: got %d, more %v", test.text, got, more)
		}
	}
}

func TestHeadingsAreAlike(t *testing.T) {
	owner := []string{"owner", "risk owner", "Eigentümer", "head of the unit"}
	for _, test := range []struct {
		heading  string
		atLeast  float64
		lessThan float64
	}{
		{"Owner", 1, 2},
		{"OWNER:", 1, 2},
		{"Owner (role)", 1, 2},
		{"Risk-Owner", 1, 2},
		{"Eigentuemer", 1, 2},
		{"Risikoeigentümer", 0.9, 1},
		{"Business owner", 0.35, 0.9},
		{"Unit", 0.35, 0.5},
		{"Ownership", 0, 0.35},
		{"Location", 0, 0.1},
		{"(1)", 0, 0.1},
		{"", 0, 0.1},
	} {
		if got := likeness(test.heading, owner, []string{"risk", "risiko"}); got < test.atLeast || got >= test.lessThan {
			t.Errorf("%q: %v", test.heading, got)
		}
	}
}

func TestStagesOfAssessments(t *testing.T) {
	for heading, want := range map[string]string{
		"Likelihood (1-5)": "", "Inherent Score": "inherent", "Bruttorisiko": "inherent", "Residual Likelihood": residual, "Net impact": residual,
		"Network impact": "", "Restrisiko": residual, "Target risk": "planned", "Risiko nach Behandlung": "planned", "Current level": "current", "Aktuelles Risiko": "current",
	} {
		if got := stageOf(heading); got != want {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	}
	says := func(stages ...string) map[string]bool {
		m := map[string]bool{}
		for _, s := range stages {
			m[s] = true
		}
		return m
	}
	for _, test := range []struct {
		stage string
		says  map[string]bool
		want  string
	}{
		{"", says("", "inherent", residual), "inherent"},
		{residual, says("", "inherent", residual), "current"},
		{"", says("", residual), "current"},
		{residual, says("", residual), "planned"},
		{residual, says("inherent", "current", residual), "planned"},
		{"planned", says("inherent", residual, "planned"), "planned"},
	} {
		if got := settle(test.stage, test.says); got != test.want {
			t.Errorf("%q among %v: %s, want %s", test.stage, test.says, got, test.want)
		}
	}
}
