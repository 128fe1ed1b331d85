package exchange

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Weights of a proposal. They were found by trial on registers of several organisations.
const (
	enoughLikeness = 0.35 // for a column to go to a field
	enoughColumns  = 0.65 // for a table to be of a kind
	nearTie        = 0.08 // between two kinds
	namingBonus    = 0.25 // a column names the records, or says by their keys which they are
	keyBonus       = 0.3  // the keys are those of the kind
	fileBonus      = 0.15 // the file or the sheet is named for the kind
)

// Propose says what kind of records a table holds and where its columns go, by its headings and by what
// stands below them. kindName settles the kind; empty leaves it to the table, and where that does not
// tell, the error asks for it.
func (im *Importer) Propose(t *Table, kindName string) (Mapping, error) {
	if kindName != "" {
		schema, err := im.kinds.Named(kindName)
		if err != nil {
			return Mapping{}, err
		}
		return im.propose(t, schema).mapping(), nil
	}
	var list []*proposal
	for _, s := range im.kinds.Schemas {
		if isRegister(s) {
			list = append(list, im.propose(t, s))
		}
	}
	slices.SortStableFunc(list, func(a, b *proposal) int { return cmp.Compare(b.score, a.score) })
	switch first, second := list[0], list[1]; {
	case first.score < enoughColumns:
		return Mapping{}, fault.New(fault.Invalid, "the columns of %s do not tell what it is a register of (%s); say it with --kind", t.File, strings.Join(t.Header, ", "))
	case first.score-second.score < nearTie:
		return Mapping{}, fault.New(fault.Invalid, "%s may be a register of kind %s or %s; say which with --kind", t.File, first.schema.Name, second.schema.Name)
	default:
		return first.mapping(), nil
	}
}

// isRegister reports whether people keep the records of a kind as rows of a table: there are many of them, and
// none is approved on its own.
func isRegister(s *kind.Schema) bool { return s.Prefix != "" && s.Field("approved") == nil }

// proposal is where the columns of a table go if its rows are of one kind, and how well that fits.
type proposal struct {
	*Importer
	table      *Table
	schema     *kind.Schema
	kindWords  []string // that headings of the kind's registers repeat
	candidates []candidate
	columns    []Column
	score      float64
}

// candidate is a column that may go to a target.
type candidate struct {
	column int
	target string
	score  float64
}

func (im *Importer) propose(t *Table, s *kind.Schema) *proposal {
	p := &proposal{Importer: im, table: t, schema: s, kindWords: kindWords(s), columns: besideFields(t)}
	p.gather()
	p.choose()
	return p
}

// kindWords gives the words that headings of a kind's register repeat: "Risk title", "Risk owner".
func kindWords(s *kind.Schema) []string {
	words := tokens(s.Name)
	for _, w := range s.Field(namingOf(s)).Words {
		if one := tokens(w); len(one) == 1 && !slices.Contains(generic, one[0]) {
			words = append(words, one[0])
		}
	}
	return words
}

// generic words name records of any kind.
var generic = []string{"name", "bezeichnung"}

// gather finds the candidates.
func (p *proposal) gather() {
	if p.schema.Name == isms.Risks.Name {
		p.offerParts()
	}
	for i, h := range p.table.Header {
		cells := p.cells(i)
		if p.holdsKeys(cells) {
			p.offer(i, toKey, 1)
		}
		if len(p.schema.States) > 0 {
			p.weigh(i, toState, likeness(h, stateWords, p.kindWords), cells, p.isState)
		}
		for _, f := range p.schema.Fields {
			if importable(f) {
				p.weigh(i, f.Name, likeness(h, headingsOf(f), p.kindWords), cells, p.fits(f, h))
			}
		}
	}
}

func (p *proposal) offer(column int, target string, score float64) {
	if score >= enoughLikeness {
		p.candidates = append(p.candidates, candidate{column, target, score})
	}
}

// weigh offers a column by the likeness of its heading, less where the cells below do not fit.
func (p *proposal) weigh(column int, target string, likeness float64, cells []string, fits func(string) bool) {
	if likeness >= enoughLikeness {
		p.offer(column, target, likeness*(0.7+0.3*share(cells, fits)))
	}
}

// Headings that mean the same in the registers of any kind.
var (
	stateWords      = []string{"state", "status", "zustand", "stand"}
	identifierWords = []string{"id", "ref", "reference", "no", "number", "code", "nr", "nummer", "lfd nr", "kennung"}
)

// headingsOf gives the headings that a field goes by.
func headingsOf(f *kind.Field) []string {
	names := append([]string{f.Name, f.Title}, f.Words...)
	if f.Name == "reference" {
		names = append(names, identifierWords...)
	}
	return names
}

// choose takes of all the candidates the best one first, each column and each target once, and weighs what
// comes of it.
func (p *proposal) choose() {
	slices.SortStableFunc(p.candidates, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	taken := map[string]bool{}
	for _, c := range p.candidates {
		if taken[c.target] || p.columns[c.column].Target != toAlso {
			continue
		}
		p.columns[c.column].Target, taken[c.target] = c.target, true
		p.score += c.score / float64(len(p.columns))
	}
	switch {
	case taken[toKey]:
		p.score += namingBonus + keyBonus
	case !taken[namingOf(p.schema)]:
		p.score = 0 // nothing says which record a row is
	case p.saysKind():
		p.score += namingBonus
	}
	if p.isNamedFor() {
		p.score += fileBonus
	}
}

// saysKind reports whether the column that names the records says of what kind they are: "Supplier", not "Title".
func (p *proposal) saysKind() bool {
	i := slices.IndexFunc(p.columns, func(c Column) bool { return c.Target == namingOf(p.schema) })
	return slices.ContainsFunc(tokens(p.columns[i].Header), func(w string) bool { return slices.Contains(p.kindWords, w) })
}

// isNamedFor reports whether the name of the file or of the sheet names the kind, as in "supplier register".
func (p *proposal) isNamedFor() bool {
	base := filepath.Base(p.table.File)
	words := append(tokens(strings.TrimSuffix(base, filepath.Ext(base))), tokens(p.table.Sheet)...)
	return isSubset(tokens(p.schema.Title), words) || isSubset(tokens(p.schema.Name), words)
}

// cells gives what stands in a column, empty cells left out.
func (p *proposal) cells(column int) []string {
	const sample = 200
	var list []string
	for _, r := range p.table.Rows {
		if len(list) == sample {
			break
		}
		if r.Fault == "" && r.Cells[column] != "" {
			list = append(list, r.Cells[column])
		}
	}
	return list
}

// share gives the share of texts that fit; 1 where there are none.
func share(texts []string, fits func(string) bool) float64 {
	if len(texts) == 0 {
		return 1
	}
	known := map[string]bool{}
	n := 0
	for _, text := range texts {
		if _, ok := known[text]; !ok {
			known[text] = fits(text)
		}
		if known[text] {
			n++
		}
	}
	return float64(n) / float64(len(texts))
}

// holdsKeys reports whether cells are keys of the kind: all are, and no two are equal. Of controls half are
// enough: where a number is wrong, or one of the other edition, its row is to say so.
func (p *proposal) holdsKeys(cells []string) bool {
	if len(cells) == 0 {
		return false
	}
	fit := share(cells, p.isKey)
	return p.schema.Name == isms.Controls.Name && fit >= 0.5 || fit == 1 && !repeats(cells)
}

func (p *proposal) isKey(text string) bool {
	if p.schema.Name == isms.Controls.Name {
		for _, edition := range standard.Editions() {
			if numbers, rest := standard.FindNumbers(edition, text); len(numbers) == 1 && rest == "" {
				return true
			}
		}
	}
	return p.schema.KeyFits(strings.ToUpper(text))
}

func repeats(texts []string) bool {
	seen := map[string]bool{}
	for _, text := range texts {
		if seen[fold(text)] {
			return true
		}
		seen[fold(text)] = true
	}
	return false
}

func (p *proposal) isState(text string) bool {
	return readOption(statesOf(p.schema), text).value != nil
}

// statesOf gives the states of a kind as values to choose from.
func statesOf(s *kind.Schema) []kind.Value {
	values := make([]kind.Value, len(s.States))
	for i, st := range s.States {
		values[i] = kind.Value(st)
	}
	return values
}

// fits gives a test for whether a field can hold a text. Of texts everything fits, and a record can be made of
// any name.
func (p *proposal) fits(f *kind.Field, heading string) func(string) bool {
	switch {
	case f.Type != kind.Reference:
		return func(text string) bool { return readList(f, heading, text).value != nil }
	case f.Target.Nameable:
		return func(string) bool { return true }
	case f.Target.Name == isms.Controls.Name:
		return func(text string) bool {
			numbers, _ := standard.FindNumbers(p.edition, text)
			return len(numbers) > 0
		}
	default:
		r := &resolver{index: p.index}
		return func(text string) bool { return len(r.find(f.Target, text, 0).keys) > 0 }
	}
}

// mapping gives the proposal, with columns whose headings say nothing sent to the one field that their cells fit.
func (p *proposal) mapping() Mapping {
	for i, c := range p.columns {
		if c.Target == toAlso {
			p.columns[i].Target = p.byContent(i)
		}
	}
	return Mapping{p.schema.Name, p.columns}
}

// byContent gives the one field that nearly all cells of a column fit, of those that few texts fit.
func (p *proposal) byContent(column int) string {
	cells := p.cells(column)
	if len(cells) < 3 {
		return toAlso
	}
	var fitting []string
	for _, f := range p.schema.Fields {
		if importable(f) && isTelling(f) && share(cells, p.fits(f, p.table.Header[column])) >= 0.9 {
			fitting = append(fitting, f.Name)
		}
	}
	if len(fitting) != 1 || slices.ContainsFunc(p.columns, func(c Column) bool { return c.Target == fitting[0] }) {
		return toAlso
	}
	return fitting[0]
}

// isTelling reports whether only few texts fit a field.
func isTelling(f *kind.Field) bool {
	return f.Type == kind.OneOf || f.Type == kind.Reference && !f.Target.Nameable
}
