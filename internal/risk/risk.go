// Package risk holds the arithmetic of qualitative risk assessment: scales, matrices of any size, impact
// by several criteria, and the comparison with the risk acceptance criteria (ISO/IEC 27001:2022, 6.1.2).
// It is pure.
package risk

import (
	"fmt"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/layout"
)

// Level is one level of a scale. Levels are counted from 1, the lowest.
type Level struct {
	Label       string `json:"label" kind:"required"`
	Description string `json:"description"`
	Colour      string `json:"colour" help:"As #rrggbb; for the levels of risk."`
}

// Criterion is one kind of impact and what each impact level means for it.
type Criterion struct {
	Name   string   `json:"name" kind:"required"`
	Levels []string `json:"levels" help:"One description for each impact level, from the lowest."`
}

// Row is the risk levels of one likelihood, from the lowest impact to the highest.
type Row struct {
	Levels []int `json:"levels" kind:"required"`
}

// Matrix says how likelihood and impact make a level of risk, and up to which one a risk is acceptable.
type Matrix struct {
	Likelihood []Level
	Impact     []Level
	Criteria   []Criterion
	Levels     []Level // of risk
	Rows       []Row   // one for each likelihood, from the lowest
	Acceptable int     // the highest level of risk that may be retained without a reason; 0 is none
}

// Assessment is a judgement of one risk: how likely, and how bad by each criterion.
type Assessment struct {
	Likelihood int      `json:"likelihood" kind:"required" help:"Level of likelihood, from 1."`
	Impacts    []Impact `json:"impacts" kind:"required" help:"Level of impact by each criterion that applies."`
}

// Impact is the impact level by one criterion.
type Impact struct {
	Criterion string `json:"criterion" kind:"required"`
	Level     int    `json:"level" kind:"required"`
}

// Worst gives the impact that counts: the maximum over the criteria; 0 when there is none.
func (a Assessment) Worst() int {
	worst := 0
	for _, i := range a.Impacts {
		worst = max(worst, i.Level)
	}
	return worst
}

// Level gives the level of risk of an assessment, from 1. A level or criterion outside of the matrix is a
// fault whose field is a path below path.
func (m Matrix) Level(a Assessment, path string) (int, error) {
	if a.Likelihood < 1 || a.Likelihood > len(m.Likelihood) {
		return 0, fault.Invalidf(path+".likelihood", "level %d is outside of the method, whose likelihood goes from 1 to %d", a.Likelihood, len(m.Likelihood))
	}
	if len(a.Impacts) == 0 {
		return 0, fault.Invalidf(path+".impacts", "an assessment needs an impact")
	}
	for i, impact := range a.Impacts {
		at := fmt.Sprintf("%s.impacts[%d]", path, i)
		if impact.Level < 1 || impact.Level > len(m.Impact) {
			return 0, fault.Invalidf(at+".level", "level %d is outside of the method, whose impact goes from 1 to %d", impact.Level, len(m.Impact))
		}
		if !m.hasCriterion(impact.Criterion) {
			return 0, fault.Invalidf(at+".criterion", "%q is no impact criterion of the method", impact.Criterion)
		}
	}
	return m.Cell(a.Likelihood, a.Worst()), nil
}

// Cell gives the level of risk at a likelihood and an impact that the matrix has.
func (m Matrix) Cell(likelihood, impact int) int { return m.Rows[likelihood-1].Levels[impact-1] }

func (m Matrix) hasCriterion(name string) bool {
	for _, c := range m.Criteria {
		if c.Name == name {
			return true
		}
	}
	return false
}

// Label gives the label of a risk level; empty for a level that the matrix lacks.
func (m Matrix) Label(level int) string {
	if level < 1 || level > len(m.Levels) {
		return ""
	}
	return m.Levels[level-1].Label
}

// Colour gives the colour of a risk level; empty for a level that the matrix lacks.
func (m Matrix) Colour(level int) layout.Colour {
	if level < 1 || level > len(m.Levels) {
		return ""
	}
	return layout.Colour(m.Levels[level-1].Colour)
}

// Check notes what is wrong with the matrix: a scale too short, a row of another length, a level that
// does not exist, a risk that falls when likelihood or impact rises.
func (m Matrix) Check(errs *fault.Collector) {
	if len(m.Likelihood) < 2 || len(m.Impact) < 2 || len(m.Levels) < 2 {
		errs.Addf("levels", "likelihood, impact and risk need two levels or more each")
		return
	}
	if len(m.Criteria) == 0 {
		errs.Addf("criteria", "name at least one impact criterion")
	}
	for i, c := range m.Criteria {
		if len(c.Levels) > 0 && len(c.Levels) != len(m.Impact) {
			errs.Addf(fmt.Sprintf("criteria[%d].levels", i), "describe each of the %d impact levels, or none", len(m.Impact))
		}
	}
	for i, l := range m.Levels {
		if _, _, _, ok := layout.Colour(l.Colour).RGB(); !ok {
			errs.Addf(fmt.Sprintf("levels[%d].colour", i), "write the colour as #rrggbb")
		}
	}
	if m.Acceptable < 0 || m.Acceptable > len(m.Levels) {
		errs.Addf("acceptable", "the risk levels go from 1 to %d; 0 accepts none", len(m.Levels))
	}
	m.checkRows(errs)
}

func (m Matrix) checkRows(errs *fault.Collector) {
	if len(m.Rows) != len(m.Likelihood) {
		errs.Addf("matrix", "the matrix has %d rows for %d levels of likelihood", len(m.Rows), len(m.Likelihood))
		return
	}
	for r, row := range m.Rows {
		at := fmt.Sprintf("matrix[%d].levels", r)
		if len(row.Levels) != len(m.Impact) {
			errs.Addf(at, "the row has %d cells for %d levels of impact", len(row.Levels), len(m.Impact))
			return
		}
		for c, level := range row.Levels {
			switch {
			case level < 1 || level > len(m.Levels):
				errs.Addf(fmt.Sprintf("%s[%d]", at, c), "level %d is none of the %d risk levels", level, len(m.Levels))
			case c > 0 && level < row.Levels[c-1], r > 0 && level < m.Rows[r-1].Levels[c]:
				errs.Addf(fmt.Sprintf("%s[%d]", at, c), "the risk falls although likelihood or impact rises")
			}
		}
	}
}

// Score gives a matrix whose cells follow the product of likelihood and impact: above limits[0] the
// second level begins, above limits[1] the third, and so on.
func Score(likelihood, impact int, limits ...int) []Row {
	rows := make([]Row, likelihood)
	for l := range rows {
		rows[l].Levels = make([]int, impact)
		for i := range rows[l].Levels {
			level := 1
			for _, limit := range limits {
				if (l+1)*(i+1) > limit {
					level++
				}
			}
			rows[l].Levels[i] = level
		}
	}
	return rows
}
