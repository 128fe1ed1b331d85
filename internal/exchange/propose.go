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
		return im.byContent(t, schema, im.propose(t, schema).Mapping), nil
	}
	var list []proposal
	for _, s := range im.kinds.Schemas {
		if isRegister(s) {
			list = append(list, im.propose(t, s))
		}
	}
	slices.SortStableFunc(list, func(a, b proposal) int { return cmp.Compare(b.score, a.score) })
	switch first, second := list[0], list[1]; {
	case first.score < enoughColumns:
		return Mapping{}, fault.New(fault.Invalid, "the columns of %s do not tell what it is a register of (%s); say it with --kind", t.File, strings.Join(t.Header, ", "))
	case first.score-second.score < nearTie:
		return Mapping{}, fault.New(fault.Invalid, "%s may be a register of kind %s or %s; say which with --kind", t.File, first.Kind, second.Kind)
	default:
		return im.byContent(t, first.schema, first.Mapping), nil
	}
}

// isRegister reports whether people keep the records of a kind as rows of a table: there are many of them, and
// none is approved on its own.
func isRegister(s *kind.Schema) bool { return s.Prefix != "" && s.Field("approved") == nil }

// proposal is a mapping and how well it fits.
type proposal struct {
	Mapping
	schema *kind.Schema
	score  float64
}

// candidate is a column that may go to a target.
type candidate struct {
	column int
	target string
	score  float64
}

// propose gives the best mapping of a table to a kind: of all the candidates the best one first, each
// column and each target once.
func (im *Importer) propose(t *Table, s *kind.Schema) proposal {
	p := &proposer{Importer: im, schema: s, table: t, kindWords: kindWords(s)}
	p.gather()
	slices.SortStableFunc(p.list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	result := proposal{schema: s, Mapping: Mapping{Kind: s.Name, Columns: make([]Column, len(t.Header))}}
	for i, h := range t.Header {
		result.Columns[i] = Column{h, toAlso}
	}
	taken := map[string]float64{}
	for _, c := range p.list {
		if taken[c.target] > 0 || result.Columns[c.column].Target != toAlso {
			continue
		}
		result.Columns[c.column].Target, taken[c.target] = c.target, c.score
		result.score += c.score / float64(len(t.Header))
	}
	if taken[toKey] == 0 && taken[namingOf(s)] == 0 {
		result.score = 0 // nothing says which record a row is
	}
	if taken[toKey] > 0 || p.isNamed(result.Columns) {
		result.score += namingBonus
	}
	if taken[toKey] > 0 {
		result.score += keyBonus
	}
	result.score += fileBonus * namedFor(t, s)
	return result
}

// isNamed reports whether a column that names the records says of what kind they are: "Supplier", not "Title".
func (p *proposer) isNamed(columns []Column) bool {
	return slices.ContainsFunc(columns, func(c Column) bool {
		return c.Target == namingOf(p.schema) && slices.ContainsFunc(tokens(c.Header), func(w string) bool { return slices.Contains(p.kindWords, w) })
	})
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

// namedFor gives 1 where the name of the file or of the sheet names the kind, as in "supplier register", and
// else 0.
func namedFor(t *Table, s *kind.Schema) float64 {
	base := filepath.Base(t.File)
	words := append(tokens(strings.TrimSuffix(base, filepath.Ext(base))), tokens(t.Sheet)...)
	for _, name := range []string{s.Title, s.Name} {
		if isSubset(tokens(name), words) {
			return 1
		}
	}
	return 0
}

// proposer gathers the candidates of one kind.
type proposer struct {
	*Importer
	schema    *kind.Schema
	table     *Table
	kindWords []string
	list      []candidate
}

func (p *proposer) gather() {
	if p.schema.Name == isms.Risks.Name {
		p.assessments()
	}
	for i, h := range p.table.Header {
		cells := p.cells(i)
		p.offer(i, toKey, p.keyLikeness(cells))
		if len(p.schema.States) > 0 {
			p.weigh(i, toState, likeness(h, stateWords, p.kindWords), cells, p.isState)
		}
		for _, f := range p.schema.Fields {
			if importable(f) {
				p.weigh(i, f.Name, p.likeness(h, f), cells, p.fits(f, h))
			}
		}
	}
}

func (p *proposer) offer(column int, target string, score float64) {
	if score >= enoughLikeness {
		p.list = append(p.list, candidate{column, target, score})
	}
}

// weigh offers a column by the likeness of its heading, less where the cells below do not fit.
func (p *proposer) weigh(column int, target string, likeness float64, cells []string, fits func(string) bool) {
	if likeness >= enoughLikeness {
		p.offer(column, target, likeness*(0.7+0.3*share(cells, fits)))
	}
}

// Headings that mean the same in the registers of any kind.
var (
	stateWords      = []string{"state", "status", "zustand", "stand"}
	identifierWords = []string{"id", "ref", "reference", "no", "number", "code", "nr", "nummer", "lfd nr", "kennung"}
)

func (p *proposer) likeness(heading string, f *kind.Field) float64 {
	names := append([]string{f.Name, f.Title}, f.Words...)
	if f.Name == "reference" {
		names = append(names, identifierWords...)
	}
	return likeness(heading, names, p.kindWords)
}

// cells gives what stands in a column, empty cells left out.
func (p *proposer) cells(column int) []string {
	const sample = 200
	var list []string
	for _, r := range p.table.Rows {
		if r.Fault == "" && r.Cells[column] != "" && len(list) < sample {
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

// keyLikeness says whether a column holds keys of the kind: all do, and no two are equal. Of controls half are
// enough: where a number is wrong, or one of the other edition, its row is to say so.
func (p *proposer) keyLikeness(cells []string) float64 {
	fit := share(cells, p.isKey)
	switch {
	case len(cells) == 0:
		return 0
	case p.schema.Name == isms.Controls.Name && fit >= 0.5:
		return 1
	case fit == 1 && !repeats(cells):
		return 1
	}
	return 0
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

func (p *proposer) isKey(text string) bool {
	if p.schema.Name != isms.Controls.Name {
		return p.schema.KeyFits(strings.ToUpper(text))
	}
	for _, edition := range standard.Editions() {
		if numbers, rest := standard.FindNumbers(edition, text); len(numbers) == 1 && rest == "" {
			return true
		}
	}
	return p.schema.KeyFits(strings.ToUpper(text))
}

func (p *proposer) isState(text string) bool {
	return readOption(statesOf(p.schema), text).value != nil
}

// fits gives a test for whether a field can hold a text. Of texts everything fits, and a record can be made of
// any name.
func (p *proposer) fits(f *kind.Field, heading string) func(string) bool {
	switch {
	case f.Type == kind.Reference && f.Target.Nameable:
		return func(string) bool { return true }
	case f.Type == kind.Reference:
		r := &resolver{index: p.index}
		return func(text string) bool {
			if f.Target.Name == isms.Controls.Name {
				numbers, _ := standard.FindNumbers(p.edition, text)
				return len(numbers) > 0
			}
			return len(r.find(f.Target, text, 0).keys) > 0
		}
	default:
		return func(text string) bool { return readList(f, heading, text).value != nil }
	}
}

// byContent sends columns whose headings say nothing to the one field that what they hold fits.
func (im *Importer) byContent(t *Table, s *kind.Schema, m Mapping) Mapping {
	p := &proposer{Importer: im, schema: s, table: t}
	for i, c := range m.Columns {
		if cells := p.cells(i); c.Target == toAlso && len(cells) >= 3 {
			if fitting := p.fitting(c.Header, cells); len(fitting) == 1 && !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Target == fitting[0] }) {
				m.Columns[i].Target = fitting[0]
			}
		}
	}
	return m
}

// fitting gives the fields that nearly all cells fit, of those that few texts fit.
func (p *proposer) fitting(heading string, cells []string) []string {
	var names []string
	for _, f := range p.schema.Fields {
		if importable(f) && isTelling(f) && share(cells, p.fits(f, heading)) >= 0.9 {
			names = append(names, f.Name)
		}
	}
	return names
}

// isTelling reports whether only few texts fit a field.
func isTelling(f *kind.Field) bool {
	return f.Type == kind.OneOf || f.Type == kind.Reference && !f.Target.Nameable
}

func statesOf(s *kind.Schema) []kind.Value {
	values := make([]kind.Value, len(s.States))
	for i, st := range s.States {
		values[i] = kind.Value(st)
	}
	return values
}
