package exchange

import (
	"slices"
	"strings"
)

// stageWords are what a heading says about when a risk was assessed; each is the beginning of a word.
var stageWords = []struct {
	stage string
	words []string
}{
	{"planned", folded("target planned expected ziel geplant soll after post nach")},
	{"inherent", folded("inherent gross brutto inhärent initial untreated")},
	{"current", folded("current actual aktuell present before vor")},
	{residual, folded("residual net netto rest verbleibend remaining")},
}

// residual is the stage that some registers mean as today's and others as the plan's.
const residual = "residual"

// Words of the parts of an assessment; each is a part of a word.
var (
	likelihoodWords = folded("likelihood probability wahrscheinlichkeit häufigkeit")
	impactWords     = folded("impact consequence severity auswirkung schaden konsequenz tragweite")
	levelWords      = folded("level rating stufe klasse einstufung")
	scoreWords      = folded("score wert zahl punkte")
	riskWords       = folded("risk risiko")
)

var assessmentWords = slices.Concat(likelihoodWords, impactWords, levelWords, scoreWords, riskWords)

// summaryWords say that an impact is the highest of all.
var summaryWords = folded("max maximum maximal maximale highest höchste höchster overall total gesamt value")

// criterionWords are words that name the same kind of impact.
var criterionWords = [][]string{
	folded("financial finance monetary finanziell finanzielle finanzen"),
	folded("operational operation operating operativ operative betrieb betrieblich betriebliche"),
	folded("reputational reputation image ruf"),
	folded("legal regulatory compliance rechtlich rechtliche recht regulatorisch gesetzlich"),
	folded("safety health people gesundheit sicherheit personen"),
}

// judged is a heading of an assessment, taken apart.
type judged struct {
	column int
	part
}

// assessments offers the columns of a risk register that hold parts of assessments.
func (p *proposer) assessments() {
	if p.method == nil {
		return
	}
	var list []judged
	says := map[string]bool{}
	for i, h := range p.table.Header {
		stage := stageOf(h)
		if hasPart(h, assessmentWords) {
			says[stage] = true
		}
		if j, ok := p.judged(i, h, stage); ok {
			list = append(list, j)
		}
	}
	for _, j := range list {
		j.stage = settle(j.stage, says)
		p.offer(j.column, j.target(), 1)
	}
}

// settle says which assessment a heading means. One without a word for it means the inherent risk where the
// register has that as well, and else today's. What remains is today's risk beside an inherent one, where no
// column is called current, and else what the plan leads to.
func settle(stage string, says map[string]bool) string {
	switch {
	case stage == "" && says["inherent"]:
		return "inherent"
	case stage == "":
		return "current"
	case stage == residual && says["inherent"] && !says["current"]:
		return "current"
	case stage == residual:
		return "planned"
	}
	return stage
}

func stageOf(heading string) string {
	for _, s := range stageWords {
		for _, w := range tokens(heading) {
			if slices.ContainsFunc(s.words, func(start string) bool { return w == start || len(start) > 3 && strings.HasPrefix(w, start) }) {
				return s.stage
			}
		}
	}
	return ""
}

// judged takes a heading apart; ok is false where it is of no part of an assessment, or where the cells
// below hold no levels.
func (p *proposer) judged(column int, heading, stage string) (j judged, ok bool) {
	j = judged{column, part{stage: stage}}
	scale := p.method.Scale()
	levels := scale.Levels
	switch {
	case hasPart(heading, likelihoodWords):
		j.dimension, levels = "likelihood", scale.Likelihood
	case hasPart(heading, impactWords):
		j.dimension, levels = "impact", scale.Impact
		if j.criterion, ok = p.criterion(heading); !ok {
			return j, false
		}
	case hasPart(heading, scoreWords):
		return j, false
	case hasPart(heading, levelWords), stage != "" && hasPart(heading, riskWords):
		j.dimension = "level"
	default:
		return j, false
	}
	isLevel := func(text string) bool { n, _ := readLevel(levels, text); return n > 0 }
	return j, share(p.cells(column), isLevel) >= 0.5
}

// hasPart reports whether a word of a heading has one of the parts.
func hasPart(heading string, parts []string) bool {
	return slices.ContainsFunc(tokens(heading), func(w string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(w, p) })
	})
}

// criterion finds the method's impact criterion that a heading names; empty is the highest impact.
func (p *proposer) criterion(heading string) (name string, ok bool) {
	var rest []string
	for _, w := range tokens(heading) {
		if !isAssessmentWord(w) {
			rest = append(rest, w)
		}
	}
	if len(rest) == 0 {
		return "", true
	}
	for _, c := range criteriaOf(p.method) {
		if slices.ContainsFunc(tokens(c), func(w string) bool {
			return slices.ContainsFunc(rest, func(r string) bool { return sameCriterion(w, r) })
		}) {
			return c, true
		}
	}
	return "", false
}

// isAssessmentWord reports whether a word of a heading about impact says nothing of a criterion.
func isAssessmentWord(w string) bool {
	if slices.ContainsFunc(criterionWords, func(group []string) bool { return slices.Contains(group, w) }) {
		return false
	}
	if strings.Trim(w, "0123456789") == "" || slices.Contains(idle, w) || stageOf(w) != "" || slices.Contains(summaryWords, w) {
		return true
	}
	return hasPart(w, assessmentWords)
}

func sameCriterion(a, b string) bool {
	return a == b || slices.ContainsFunc(criterionWords, func(group []string) bool { return slices.Contains(group, a) && slices.Contains(group, b) })
}
