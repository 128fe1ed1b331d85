package risk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/risk"
)

// matrix gives a valid matrix whose levels follow the product of likelihood and impact.
func matrix(likelihood, impact int, limits ...int) risk.Matrix {
	return risk.Matrix{
		Likelihood: scale("L", likelihood), Impact: scale("I", impact), Levels: scale("R", len(limits)+1),
		Criteria: []risk.Criterion{{Name: "Financial"}, {Name: "Legal"}}, Rows: risk.Score(likelihood, impact, limits...), Acceptable: 1,
	}
}

func scale(name string, levels int) []risk.Level {
	list := make([]risk.Level, levels)
	for i := range list {
		list[i] = risk.Level{Label: fmt.Sprintf("%s%d", name, i+1), Colour: fmt.Sprintf("#00000%d", i%10)}
	}
	return list
}

// drawMatrix draws a valid matrix of any size.
func drawMatrix(t *rapid.T) risk.Matrix {
	n, m := rapid.IntRange(2, 12).Draw(t, "likelihoods"), rapid.IntRange(2, 12).Draw(t, "impacts")
	limits := rapid.SliceOfNDistinct(rapid.IntRange(1, n*m), 1, min(6, n*m), rapid.ID).Draw(t, "limits")
	slices.Sort(limits)
	return matrix(n, m, limits...)
}

func drawAssessment(t *rapid.T, m risk.Matrix) risk.Assessment {
	impact := rapid.Custom(func(t *rapid.T) risk.Impact {
		return risk.Impact{
			Criterion: rapid.SampledFrom(m.Criteria).Draw(t, "criterion").Name,
			Level:     rapid.IntRange(1, len(m.Impact)).Draw(t, "impact"),
		}
	})
	return risk.Assessment{
		Likelihood: rapid.IntRange(1, len(m.Likelihood)).Draw(t, "likelihood"),
		Impacts:    rapid.SliceOfN(impact, 1, 5).Draw(t, "impacts"),
	}
}

func level(t *rapid.T, m risk.Matrix, a risk.Assessment) int {
	got, err := m.Level(a, "current")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func findings(m risk.Matrix) []string {
	var errs fault.Collector
	m.Check(&errs)
	var f *fault.Error
	if !errors.As(errs.Err("bad"), &f) {
		return nil
	}
	list := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		list[i] = field.String()
	}
	return list
}

func TestAMatrixOfAnySizeIsValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if got := findings(drawMatrix(t)); len(got) > 0 {
			t.Fatalf("findings: %q", got)
		}
	})
}

func TestTheHighestImpactAndTheLikelihoodMakeTheLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t)
		a := drawAssessment(t, m)
		worst := slices.MaxFunc(a.Impacts, func(x, y risk.Impact) int { return x.Level - y.Level }).Level
		if a.Worst() != worst {
			t.Fatalf("the impact that counts is %d, want %d", a.Worst(), worst)
		}
		got := level(t, m, a)
		if got != m.Cell(a.Likelihood, worst) || got != m.Rows[a.Likelihood-1].Levels[worst-1] {
			t.Fatalf("the level is %d, the cell says %d", got, m.Cell(a.Likelihood, worst))
		}
		if m.Label(got) != fmt.Sprintf("R%d", got) {
			t.Fatalf("level %d is called %q", got, m.Label(got))
		}
	})
}

func TestARiskNeverFallsWhenLikelihoodOrImpactRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMatrix(t)
		low, high := drawAssessment(t, m), drawAssessment(t, m)
		high.Likelihood = max(low.Likelihood, high.Likelihood)
		high.Impacts = append(high.Impacts, low.Impacts...)
		if before, after := level(t, m, low), level(t, m, high); after < before {
			t.Fatalf("the level fell from %d to %d", before, after)
		}
	})
}

func TestWithoutAnImpactNothingCounts(t *testing.T) {
	if got := (risk.Assessment{Likelihood: 3}).Worst(); got != 0 {
		t.Errorf("got %d", got)
	}
}

func TestAnAssessmentStaysWithinTheMethod(t *testing.T) {
	m := matrix(3, 4, 4, 8)
	impact := func(criterion string, level int) risk.Impact { return risk.Impact{Criterion: criterion, Level: level} }
	for _, test := range []struct {
		likelihood int
		impacts    []risk.Impact
		want       string
	}{
		{1, []risk.Impact{impact("Legal", 1)}, ""},
		{3, []risk.Impact{impact("Legal", 4), impact("Financial", 1)}, ""},
		{0, []risk.Impact{impact("Legal", 1)}, "current.likelihood: level 0 is outside of the method, whose likelihood goes from 1 to 3"},
		{-1, []risk.Impact{impact("Legal", 1)}, "current.likelihood: level -1 is outside"},
		{4, []risk.Impact{impact("Legal", 1)}, "current.likelihood: level 4 is outside"},
		{1, nil, "current.impacts: an assessment needs an impact"},
		{1, []risk.Impact{impact("Legal", 1), impact("Legal", 0)}, "current.impacts[1].level: level 0 is outside of the method, whose impact goes from 1 to 4"},
		{1, []risk.Impact{impact("Legal", 5)}, "current.impacts[0].level: level 5 is outside"},
		{1, []risk.Impact{impact("Legal", 4), impact("Safety", 1)}, `current.impacts[1].criterion: "Safety" is no impact criterion of the method`},
	} {
		got, err := m.Level(risk.Assessment{Likelihood: test.likelihood, Impacts: test.impacts}, "current")
		if test.want == "" {
			if err != nil || got < 1 {
				t.Errorf("%d, %v: level %d, %v", test.likelihood, test.impacts, got, err)
			}
			continue
		}
		var f *fault.Error
		if !errors.As(err, &f) || len(f.Fields) != 1 || !strings.HasPrefix(f.Fields[0].String(), test.want) || got != 0 {
			t.Errorf("%d, %v: level %d, %v; want %q", test.likelihood, test.impacts, got, err, test.want)
		}
	}
}

func TestAMatrixIsCheckedAsAWhole(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(m *risk.Matrix)
		want  []string
	}{
		{"one likelihood", func(m *risk.Matrix) { m.Likelihood = m.Likelihood[:1] }, []string{"levels: likelihood, impact and risk need two levels"}},
		{"one impact", func(m *risk.Matrix) { m.Impact = m.Impact[:1] }, []string{"levels: likelihood, impact and risk need two levels"}},
		{"one level of risk", func(m *risk.Matrix) { m.Levels = m.Levels[:1] }, []string{"levels: likelihood, impact and risk need two levels"}},
		{"no criterion", func(m *risk.Matrix) { m.Criteria = nil }, []string{"criteria: name at least one"}},
		{"a criterion half described", func(m *risk.Matrix) { m.Criteria[1].Levels = []string{"a", "b"} }, []string{"criteria[1].levels: describe each of the 4 impact levels, or none"}},
		{"a criterion begun", func(m *risk.Matrix) { m.Criteria[0].Levels = []string{"a"} }, []string{"criteria[0].levels: "}},
		{"a criterion described", func(m *risk.Matrix) { m.Criteria[1].Levels = []string{"a", "b", "c", "d"} }, nil},
		{"no colour", func(m *risk.Matrix) { m.Levels[1].Colour = "" }, []string{"levels[1].colour: write the colour as #rrggbb"}},
		{"a colour's name", func(m *risk.Matrix) { m.Levels[0].Colour, m.Levels[2].Colour = "red", "#12345g" }, []string{"levels[0].colour: ", "levels[2].colour: "}},
		{"a level below none accepted", func(m *risk.Matrix) { m.Acceptable = -1 }, []string{"acceptable: the risk levels go from 1 to 3; 0 accepts none"}},
		{"a level above all accepted", func(m *risk.Matrix) { m.Acceptable = 4 }, []string{"acceptable: "}},
		{"none accepted", func(m *risk.Matrix) { m.Acceptable = 0 }, nil},
		{"all accepted", func(m *risk.Matrix) { m.Acceptable = 3 }, nil},
		{"a row missing", func(m *risk.Matrix) { m.Rows = m.Rows[:2] }, []string{"matrix: the matrix has 2 rows for 3 levels of likelihood"}},
		{"a row too many", func(m *risk.Matrix) { m.Rows = append(m.Rows, m.Rows[2]) }, []string{"matrix: the matrix has 4 rows"}},
		{"a cell missing", func(m *risk.Matrix) { m.Rows[1].Levels = m.Rows[1].Levels[:3] }, []string{"matrix[1].levels: the row has 3 cells for 4 levels of impact"}},
		{"a level of none", func(m *risk.Matrix) { m.Rows[0].Levels[0] = 0 }, []string{"matrix[0].levels[0]: level 0 is none of the 3 risk levels"}},
		{"a level too high", func(m *risk.Matrix) { m.Rows[2].Levels[3] = 4 }, []string{"matrix[2].levels[3]: level 4 is none of the 3 risk levels"}},
		{"a fall along the impact", func(m *risk.Matrix) { m.Rows[2].Levels[3] = 1 }, []string{"matrix[2].levels[3]: the risk falls although likelihood or impact rises"}},
		{"a fall from the first impact", func(m *risk.Matrix) { m.Rows[2].Levels[0] = 3 }, []string{"matrix[2].levels[1]: the risk falls"}},
		{"a fall along the likelihood", func(m *risk.Matrix) {
			m.Rows[0].Levels = []int{3, 3, 3, 3}
			m.Rows[1].Levels = []int{2, 3, 3, 3}
			m.Rows[2].Levels = []int{2, 3, 3, 3}
		}, []string{"matrix[1].levels[0]: the risk falls"}},
		{"several things at once", func(m *risk.Matrix) { m.Criteria, m.Acceptable, m.Rows = nil, 9, nil }, []string{"criteria: ", "acceptable: ", "matrix: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := matrix(3, 4, 4, 8)
			test.spoil(&m)
			got := findings(m)
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheScoreIsTheProductHeldAgainstLimits(t *testing.T) {
	want := []risk.Row{{Levels: []int{1, 1, 1, 1}}, {Levels: []int{1, 1, 2, 2}}, {Levels: []int{1, 2, 3, 3}}}
	got := risk.Score(3, 4, 4, 8)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := risk.Score(2, 2); fmt.Sprint(got) != "[{[1 1]} {[1 1]}]" {
		t.Errorf("without limits there is one level, not %v", got)
	}
}

func TestALevelHasAFaceWhereTheMatrixHasIt(t *testing.T) {
	m := matrix(3, 4, 4, 8)
	for _, level := range []int{-1, 0, 4} {
		if m.Label(level) != "" || m.Colour(level) != "" {
			t.Errorf("level %d is %q %q", level, m.Label(level), m.Colour(level))
		}
	}
	for level, want := range map[int]string{1: "R1 #000000", 2: "R2 #000001", 3: "R3 #000002"} {
		if got := fmt.Sprintf("%s %s", m.Label(level), m.Colour(level)); got != want {
			t.Errorf("level %d is %q, want %q", level, got, want)
		}
	}
}
