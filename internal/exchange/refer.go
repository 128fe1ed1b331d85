package exchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// resolver reads the references of a register. It makes records of kinds that a name suffices for.
type resolver struct {
	index     index
	mentioned map[mention]bool
	made      []made
}

// mention is a name that fills a cell of its own, folded.
type mention struct {
	schema *kind.Schema
	name   string
}

// made is a record that a register names and nobody has declared.
type made struct {
	schema    *kind.Schema
	key, name string
	line      int
}

// node gives a record of nothing but its name.
func (m made) node() kind.Node {
	members := []kind.Member{member("kind", m.schema.Name), member("key", m.key), member(namingOf(m.schema), m.name)}
	return kind.Node{Value: members}.Moved(m.line)
}

func newResolver(x index) *resolver { return &resolver{index: x, mentioned: map[mention]bool{}} }

// mention notes a name that fills a cell of its own.
func (r *resolver) mention(s *kind.Schema, name string) { r.mentioned[mention{s, fold(name)}] = true }

// found is what the text of a cell refers to.
type found struct {
	keys    []string
	guesses []string // notes on those that are named only in part
	missed  []string // parts that name no record
}

func (f *found) add(g found) {
	for _, key := range g.keys {
		if !slices.Contains(f.keys, key) {
			f.keys = append(f.keys, key)
		}
	}
	f.guesses = append(f.guesses, g.guesses...)
	f.missed = append(f.missed, g.missed...)
}

// find gives the records of a kind that a text refers to. line is where the text stands, for records that
// are made of it.
func (r *resolver) find(s *kind.Schema, text string, line int) found {
	return r.findFrom(0, s, text, line)
}

// findFrom takes the text as a whole, and where that is nothing, its parts by the separators from one on.
func (r *resolver) findFrom(from int, s *kind.Schema, text string, line int) found {
	n := r.index[s]
	if keys := n.known(text); keys != nil {
		return found{keys: keys}
	}
	if !s.Nameable { // a role that another's name begins with is another one: "IT Operations", "IT Operations Lead"
		if key := n.guess(text); key != "" {
			return found{keys: []string{key}, guesses: []string{fmt.Sprintf("%s is taken as %s %s", quote(text), key, n.title(key).text)}}
		}
	}
	for at := from; at < len(separators); at++ {
		parts := separators[at].split(text)
		if len(parts) < 2 || separators[at].inNames && s.Nameable && !r.anyKnown(s, parts) {
			continue
		}
		var all found
		for _, p := range parts {
			all.add(r.findFrom(at+1, s, p, line))
		}
		return all
	}
	if s.Nameable && !isPlaceholder(text) {
		return found{keys: []string{r.create(s, text, line)}}
	}
	keys, _ := n.listed(text) // among other words
	return found{keys: keys, missed: []string{text}}
}

func (r *resolver) anyKnown(s *kind.Schema, parts []string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return r.mentioned[mention{s, fold(p)}] || r.index[s].known(p) != nil })
}

// create makes a record of nothing but its name.
func (r *resolver) create(s *kind.Schema, name string, line int) string {
	n := r.index[s]
	key := n.next()
	n.add(key, "", name)
	r.made = append(r.made, made{s, key, name, line})
	return key
}

// separator parts a cell that names several things.
type separator struct {
	*regexp.Regexp
	inNames bool // whether names themselves may hold it: "Sales & Marketing"
}

// separators begin with the surest.
var separators = []separator{
	{regexp.MustCompile(`[\n;]`), false},
	{regexp.MustCompile(`\+`), false},
	{regexp.MustCompile(`,`), false},
	{regexp.MustCompile(`\s/\s`), true},
	{regexp.MustCompile(`/`), true},
	{regexp.MustCompile(`&|(?i:\s(?:and|und)\s)`), true},
}

// splitAll parts a text at every separator.
func splitAll(text string) []string {
	parts := []string{text}
	for _, s := range separators {
		var finer []string
		for _, p := range parts {
			finer = append(finer, s.split(p)...)
		}
		parts = finer
	}
	return parts
}

// split parts a text, and leaves out parts without a letter or a digit.
func (s separator) split(text string) []string {
	var parts []string
	for _, p := range s.Split(text, -1) {
		if p = strings.TrimSpace(p); len(tokens(p)) > 0 {
			parts = append(parts, p)
		}
	}
	return parts
}

// readReference reads the cell of a field that refers to records. A field for one takes the first.
func (d *draft) readReference(f *kind.Field, text string) reading {
	got, refuse := d.find(f.Target, text)
	if refuse != "" {
		return reading{refuse: refuse}
	}
	notes := got.guesses
	for _, m := range got.missed {
		notes = append(notes, fmt.Sprintf("%s names no %s", quote(m), strings.ToLower(f.Target.Title)))
	}
	r := reading{more: len(notes) > 0}
	switch {
	case len(got.keys) == 0:
	case f.List:
		list := make([]kind.Node, len(got.keys))
		for i, key := range got.keys {
			list[i] = kind.Node{Value: key}
		}
		r.value = list
	default:
		r.value = got.keys[0]
		if len(got.keys) > 1 {
			r.more = true
			notes = append(notes, fmt.Sprintf("the field holds one %s, and takes the first", strings.ToLower(f.Target.Title)))
		}
	}
	r.note = strings.Join(notes, "; ")
	return r
}

// find gives the records that a text refers to; controls by their numbers. A number of the other edition
// is no reference: the row cannot be placed.
func (d *draft) find(s *kind.Schema, text string) (got found, refuse string) {
	if s.Name != isms.Controls.Name || d.resolver.index[s].known(text) != nil {
		return d.resolver.find(s, text, d.Line), ""
	}
	numbers, rest := standard.FindNumbers(d.edition, text)
	got.add(found{keys: numbers})
	for piece := range strings.SplitSeq(rest, "; ") {
		if len(tokens(piece)) == 0 {
			continue
		}
		if other, _ := standard.FindNumbers(d.edition.Other(), piece); len(other) > 0 {
			if _, err := standard.Lookup(d.edition, other[0]); err != nil {
				return found{}, err.Error()
			}
		}
		got.add(d.resolver.find(s, piece, d.Line))
	}
	return got, ""
}
