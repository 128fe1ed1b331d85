package exchange

import (
	"fmt"
	"slices"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

// judgement is one assessment of a risk as the cells of its row give it.
type judgement struct {
	stage      string
	scale      *risk.Matrix // nil where the organisation names no method
	columns    []int        // those with a text, the level's included
	level      int          // column of the level, or -1
	maximum    int          // column of the highest impact, or -1
	detailed   bool         // whether there are impacts by criterion
	likelihood int
	impacts    map[string]int // by criterion
	highest    int            // by the column of the highest impact
	problem    string         // why it cannot be taken
}

// assess reads the assessments of a risk. One that lacks something stays beside the fields.
func (d *draft) assess() {
	scale := d.scale()
	var list []*judgement
	for _, stage := range stages {
		if j := d.judge(stage, scale); len(j.columns) > 0 {
			list = append(list, j)
		}
	}
	for _, j := range list {
		j.attribute(list)
		if lack := j.lack(); lack != "" {
			d.keepAssessment(j, lack)
		} else {
			d.takeAssessment(j)
		}
	}
}

// scale gives the scale that the risk's assessments are made with, and nil where the organisation has none.
func (d *draft) scale() *risk.Matrix {
	key := d.methodKey
	if d.existing != nil {
		if own := string(d.existing.Data.(*isms.Risk).Method); own != "" {
			key = own
		}
	}
	if own, ok := d.fields["method"].(string); ok {
		key = own
	}
	m, ok := d.methods[key]
	if !ok {
		return nil
	}
	scale := m.Data.Scale()
	return &scale
}

// judge reads the cells of one assessment.
func (d *draft) judge(stage string, scale *risk.Matrix) *judgement {
	j := &judgement{stage: stage, scale: scale, level: -1, maximum: -1, impacts: map[string]int{}}
	for i, c := range d.columns {
		p, ok := partOf(c.Target)
		if !ok || p.stage != stage || d.Cells[i] == "" {
			continue
		}
		j.columns = append(j.columns, i)
		switch {
		case scale == nil:
			j.problem = "the organisation names no risk method"
		case p.dimension == "level":
			j.level = i
		case p.dimension == "likelihood":
			j.likelihood = d.levelOf(j, i, scale.Likelihood)
		case p.criterion == "":
			j.maximum = i
			j.highest = d.levelOf(j, i, scale.Impact)
		case !slices.ContainsFunc(scale.Criteria, func(c risk.Criterion) bool { return c.Name == p.criterion }):
			j.problem = fmt.Sprintf("the risk's method has no impact criterion %s", p.criterion)
		default:
			j.detailed = true
			j.impacts[p.criterion] = d.levelOf(j, i, scale.Impact)
		}
	}
	return j
}

func (d *draft) levelOf(j *judgement, column int, scale []risk.Level) int {
	n, more := readLevel(scale, d.Cells[column])
	switch {
	case n == 0:
		j.problem = fmt.Sprintf("%s %s is no level from 1 to %d, and none of %s", d.columns[column].Header, quote(d.Cells[column]), len(scale), labelsOf(scale))
	case more:
		d.keep(column, "")
	}
	return n
}

// attribute gives an impact without criteria to the criterion that is the highest in another assessment of
// the risk, or else to the method's first.
func (j *judgement) attribute(others []*judgement) {
	if j.highest == 0 || j.detailed {
		return
	}
	criterion := j.scale.Criteria[0].Name
	if i := slices.IndexFunc(others, func(o *judgement) bool { return o.detailed && o.problem == "" }); i >= 0 {
		criterion = others[i].worst()
	}
	j.impacts[criterion], j.maximum = j.highest, -1
}

// worst gives the criterion of the highest impact; of several the one that the method names first.
func (j *judgement) worst() string {
	worst := j.scale.Criteria[0].Name
	for _, c := range j.scale.Criteria {
		if j.impacts[c.Name] > j.impacts[worst] {
			worst = c.Name
		}
	}
	return worst
}

// lack says why the assessment cannot be taken; empty where it can.
func (j *judgement) lack() string {
	switch {
	case j.problem != "":
		return j.problem
	case j.likelihood == 0 && len(j.impacts) == 0:
		return "a level alone is no assessment"
	case j.likelihood == 0:
		return "the assessment has no likelihood"
	case len(j.impacts) == 0:
		return "the assessment has no impact"
	}
	return ""
}

func (d *draft) keepAssessment(j *judgement, why string) {
	for _, i := range j.columns {
		d.keep(i, "")
	}
	d.note(j.columns[0], why+"; its columns are kept beside the fields")
}

// takeAssessment sets the field of an assessment, and notes where the register's own arithmetic came to
// something else.
func (d *draft) takeAssessment(j *judgement) {
	for _, i := range j.columns {
		d.fates[i] = stored
	}
	d.fields[j.stage] = j.value()
	worst := j.impacts[j.worst()]
	if j.maximum >= 0 {
		d.fates[j.maximum] = compared
		if j.highest != worst {
			d.note(j.maximum, fmt.Sprintf("the highest impact is %d, not %s", worst, d.Cells[j.maximum]))
		}
	}
	if j.level >= 0 {
		d.compareLevel(j.level, j.scale, j.scale.Cell(j.likelihood, worst))
	}
}

// compareLevel holds the register's level of risk against the one by the method.
func (d *draft) compareLevel(column int, scale *risk.Matrix, level int) {
	n, more := readLevel(scale.Levels, d.Cells[column])
	switch {
	case n != level: // the note holds all of the text, which stands nowhere else
		d.note(column, fmt.Sprintf("the register says %q; by the risk method it is %s", d.Cells[column], scale.Label(level)))
	case more:
		d.keep(column, "")
	}
	d.fates[column] = compared
}

// value gives the assessment as a node's value.
func (j *judgement) value() []kind.Member {
	var impacts []kind.Node
	for _, c := range j.scale.Criteria {
		if level, ok := j.impacts[c.Name]; ok {
			impacts = append(impacts, kind.Node{Value: []kind.Member{member("criterion", c.Name), member("level", int64(level))}})
		}
	}
	return []kind.Member{member("likelihood", int64(j.likelihood)), member("impacts", impacts)}
}
