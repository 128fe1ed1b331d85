package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
)

// judgement is one assessment of a risk as the cells of its row give it.
type judgement struct {
	stage      string
	columns    []int // those with a text, the level's included
	level      int   // column of the level, or -1
	maximum    int   // column of the highest impact, or -1
	detailed   bool  // whether there are impacts by criterion
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
		j.attribute(list, scale)
		d.takeAssessment(j, scale)
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
	j := &judgement{stage: stage, level: -1, maximum: -1, impacts: map[string]int{}}
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
func (j *judgement) attribute(others []*judgement, scale *risk.Matrix) {
	if j.highest == 0 || j.detailed {
		return
	}
	criterion := scale.Criteria[0].Name
	if i := slices.IndexFunc(others, func(o *judgement) bool { return o.detailed && o.problem == "" }); i >= 0 {
		criterion = others[i].worst(scale)
	}
	j.impacts[criterion], j.maximum = j.highest, -1
}

// worst gives the criterion of the highest impact; of several the one that the method names first.
func (j *judgement) worst(scale *risk.Matrix) string {
	worst := scale.Criteria[0].Name
	for _, c := range scale.Criteria {
		if j.impacts[c.Name] > j.impacts[worst] {
			worst = c.Name
		}
	}
	return worst
}

// takeAssessment sets the field of an assessment, and holds what the register computed against it.
func (d *draft) takeAssessment(j *judgement, scale *risk.Matrix) {
	switch {
	case j.problem != "":
	case j.likelihood == 0 && len(j.impacts) == 0:
		j.problem = "a level alone is no assessment"
	case j.likelihood == 0:
		j.problem = "the assessment has no likelihood"
	case len(j.impacts) == 0:
		j.problem = "the assessment has no impact"
	}
	if j.problem != "" {
		for _, i := range j.columns {
			d.keep(i, "")
		}
		d.note(j.columns[0], j.problem+"; its columns are kept beside the fields")
		return
	}
	for _, i := range j.columns {
		d.fates[i] = toField
	}
	d.fields[j.stage] = j.value(scale)
	d.compareLevels(j, scale)
}

// value gives the assessment as a node's value.
func (j *judgement) value(scale *risk.Matrix) []kind.Member {
	var impacts []kind.Node
	for _, c := range scale.Criteria {
		if level, ok := j.impacts[c.Name]; ok {
			impacts = append(impacts, kind.Node{Value: []kind.Member{
				{Name: "criterion", Node: kind.Node{Value: c.Name}}, {Name: "level", Node: kind.Node{Value: int64(level)}},
			}})
		}
	}
	return []kind.Member{
		{Name: "likelihood", Node: kind.Node{Value: int64(j.likelihood)}}, {Name: "impacts", Node: kind.Node{Value: impacts}},
	}
}

// compareLevels notes where the register's own arithmetic came to something else.
func (d *draft) compareLevels(j *judgement, scale *risk.Matrix) {
	worst := 0
	for _, level := range j.impacts {
		worst = max(worst, level)
	}
	if j.maximum >= 0 {
		d.fates[j.maximum] = compared
		if j.highest != worst {
			d.note(j.maximum, fmt.Sprintf("the highest impact is %d, not %s", worst, d.Cells[j.maximum]))
		}
	}
	if j.level >= 0 {
		d.fates[j.level] = compared
		level := scale.Cell(j.likelihood, worst)
		if n, _ := readLevel(scale.Levels, d.Cells[j.level]); n != level {
			d.note(j.level, fmt.Sprintf("the register says %s; by the risk method it is %s", quote(d.Cells[j.level]), scale.Label(level)))
		}
	}
}

func labelsOf(scale []risk.Level) string {
	labels := make([]string, len(scale))
	for i, l := range scale {
		labels[i] = l.Label
	}
	return strings.Join(labels, ", ")
}

func criteriaOf(m *isms.Method) []string {
	list := make([]string, len(m.Criteria))
	for i, c := range m.Criteria {
		list[i] = c.Name
	}
	return list
}

// numbered is a level with its number: alone, before the label or behind it.
var numbered = regexp.MustCompile(`^[(\[]?(\d+)[)\]]?$|^(\d+)\s*[-–—:.=(\[]*\s*(\pL\D*)$|^(\pL\D*?)[-–—:=(\[\s]+(\d+)[)\]]?$`)

// readLevel reads a level of a scale by its number, its label, or both: "4", "Likely", "4 - Likely". It is 0
// where the text is none; more says that the text holds something beside.
func readLevel(scale []risk.Level, text string) (level int, more bool) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(scale) {
		return n, false
	}
	if i := slices.IndexFunc(scale, func(l risk.Level) bool { return sameLevel(l.Label, text) }); i >= 0 {
		return i + 1, false
	}
	m := numbered.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1] + m[2] + m[5])
	if err != nil || n < 1 || n > len(scale) {
		return 0, false
	}
	label := m[3] + m[4]
	return n, label != "" && !sameLevel(scale[n-1].Label, label)
}

// sameLevel reports whether a text is a level's label, or another word for it in any language known here.
func sameLevel(label, text string) bool {
	if sameWords(label, text) {
		return true
	}
	grade := gradeOf(label)
	return grade != "" && grade == gradeOf(text)
}

func gradeOf(text string) string {
	if r := readOption(isms.Grade("").Values(), text); !r.more && r.value != nil {
		return r.value.(string)
	}
	return ""
}
