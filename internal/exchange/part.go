package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
)

// stages are the fields of a risk that hold an assessment.
var stages = []string{"inherent", "current", "planned"}

// dimensions are what a column can say of an assessment.
var dimensions = []string{"likelihood", "impact", "level"}

// part is a part of an assessment that a column can hold.
type part struct {
	stage     string
	dimension string
	criterion string // of an impact; empty is the highest one
}

// partOf reads a target of a risk's column; ok is false for other targets.
func partOf(target string) (p part, ok bool) {
	var rest string
	p.stage, rest, ok = strings.Cut(target, ".")
	p.dimension, p.criterion, _ = strings.Cut(rest, ".")
	return p, ok && slices.Contains(stages, p.stage)
}

func (p part) target() string {
	if p.criterion != "" {
		return p.stage + "." + p.dimension + "." + p.criterion
	}
	return p.stage + "." + p.dimension
}

// refusePart says why no column can hold a part; empty where one can. Without a method no criterion is wrong: the
// assessments stay beside the fields.
func (im *Importer) refusePart(p part) string {
	switch {
	case !slices.Contains(dimensions, p.dimension):
		return fmt.Sprintf("an assessment has likelihood, impact and level, but no %s", p.dimension)
	case p.criterion == "":
		return ""
	case p.dimension != "impact":
		return fmt.Sprintf("%s has no criteria, only impact has", p.dimension)
	case im.method != nil && !slices.Contains(criteriaOf(im.method), p.criterion):
		return fmt.Sprintf("%q is no impact criterion of the risk method; it has %s", p.criterion, strings.Join(criteriaOf(im.method), ", "))
	}
	return ""
}

// criteriaOf gives the names of a method's impact criteria.
func criteriaOf(m *isms.Method) []string {
	list := make([]string, len(m.Criteria))
	for i, c := range m.Criteria {
		list[i] = c.Name
	}
	return list
}

// residual is the stage that some registers mean as today's and others as the plan's.
const residual = "residual"

// stageWords are what a heading says about when a risk was assessed; each is the beginning of a word.
var stageWords = []struct {
	stage string
	words []string
}{
	{"planned", tokens("target planned expected ziel geplant soll after post nach")},
	{"inherent", tokens("inherent gross brutto inhärent initial untreated")},
	{"current", tokens("current actual aktuell present before vor")},
	{residual, tokens("residual net netto rest verbleibend remaining")},
}

// Words of the parts of an assessment; each is a piece of a word.
var (
	likelihoodWords = tokens("likelihood probability wahrscheinlichkeit häufigkeit")
	impactWords     = tokens("impact consequence severity auswirkung schaden konsequenz tragweite")
	levelWords      = tokens("level rating stufe klasse einstufung")
	scoreWords      = tokens("score wert zahl punkte")
	riskWords       = tokens("risk risiko")
)

var assessmentWords = slices.Concat(likelihoodWords, impactWords, levelWords, scoreWords, riskWords)

// summaryWords say that an impact is the highest of all.
var summaryWords = tokens("max maximum maximal maximale highest höchste höchster overall total gesamt value")

// criterionWords are words that name the same kind of impact.
var criterionWords = [][]string{
	tokens("financial finance monetary finanziell finanzielle finanzen"),
	tokens("operational operation operating operativ operative betrieb betrieblich betriebliche"),
	tokens("reputational reputation image ruf"),
	tokens("legal regulatory compliance rechtlich rechtliche recht regulatorisch gesetzlich"),
	tokens("safety health people gesundheit sicherheit personen"),
}

// offerParts offers the columns of a risk register that hold parts of assessments.
func (p *proposal) offerParts() {
	if p.method == nil {
		return
	}
	says := map[string]bool{}
	for _, h := range p.table.Header {
		if saysAny(h, assessmentWords) {
			says[stageOf(h)] = true
		}
	}
	for i, h := range p.table.Header {
		if part, ok := p.partAt(i); ok {
			part.stage = settle(stageOf(h), says)
			p.offer(i, part.target(), 1)
		}
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

// stageOf gives the stage that a heading says; empty where it says none.
func stageOf(heading string) string {
	words := tokens(heading)
	for _, s := range stageWords {
		for _, start := range s.words {
			if slices.ContainsFunc(words, func(w string) bool { return w == start || len(start) > 3 && strings.HasPrefix(w, start) }) {
				return s.stage
			}
		}
	}
	return ""
}

// partAt gives the part that a column holds, its stage aside; ok is false where the heading is of no part, or
// where the cells below are no levels.
func (p *proposal) partAt(column int) (found part, ok bool) {
	heading, scale := p.table.Header[column], p.method.Scale()
	levels := scale.Levels
	switch {
	case saysAny(heading, likelihoodWords):
		found.dimension, levels = "likelihood", scale.Likelihood
	case saysAny(heading, impactWords):
		found.dimension, levels = "impact", scale.Impact
		if found.criterion, ok = p.criterion(heading); !ok {
			return found, false
		}
	case saysAny(heading, scoreWords):
		return found, false
	case saysAny(heading, levelWords), stageOf(heading) != "" && saysAny(heading, riskWords):
		found.dimension = "level"
	default:
		return found, false
	}
	isLevel := func(text string) bool { n, _ := readLevel(levels, text); return n > 0 }
	return found, share(p.cells(column), isLevel) >= 0.5
}

// saysAny reports whether a word of a heading holds one of the pieces.
func saysAny(heading string, pieces []string) bool {
	return slices.ContainsFunc(tokens(heading), func(w string) bool {
		return slices.ContainsFunc(pieces, func(piece string) bool { return strings.Contains(w, piece) })
	})
}

// criterion finds the method's impact criterion that a heading names; empty is the highest impact.
func (p *proposal) criterion(heading string) (name string, ok bool) {
	rest := slices.DeleteFunc(tokens(heading), isAssessmentWord)
	if len(rest) == 0 {
		return "", true
	}
	for _, name := range criteriaOf(p.method) {
		for _, w := range tokens(name) {
			if slices.ContainsFunc(rest, func(r string) bool { return sameCriterion(w, r) }) {
				return name, true
			}
		}
	}
	return "", false
}

// isAssessmentWord reports whether a word of a heading about impact says nothing of a criterion.
func isAssessmentWord(w string) bool {
	if slices.ContainsFunc(criterionWords, func(group []string) bool { return slices.Contains(group, w) }) {
		return false
	}
	isNumber := strings.Trim(w, "0123456789") == ""
	return isNumber || slices.Contains(idle, w) || slices.Contains(summaryWords, w) || stageOf(w) != "" || saysAny(w, assessmentWords)
}

func sameCriterion(a, b string) bool {
	return a == b || slices.ContainsFunc(criterionWords, func(group []string) bool { return slices.Contains(group, a) && slices.Contains(group, b) })
}
