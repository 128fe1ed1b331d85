package exchange

import (
	"fmt"
	"slices"

	"github.com/stele-isms/stele/internal/kind"
)

// resolver reads the references of a register. It makes records of kinds that a name suffices for.
type resolver struct {
	index     index
	mentioned map[*kind.Schema]map[string]bool // names that fill a cell of their own, folded
	made      []made
}

// made is a record that a register names and nobody has declared.
type made struct {
	schema *kind.Schema
	key    string
	name   string
	line   int
}

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
	if !s.Nameable {
		// A role that another's name begins with is another role: "IT Operations", "IT Operations Lead".
		if key := n.guess(text); key != "" {
			return found{keys: []string{key}, guesses: []string{fmt.Sprintf("%s is taken as %s %s", quote(text), key, n.title(key).text)}}
		}
	}
	for at := from; at < len(separators); at++ {
		parts := split(separators[at], text)
		if len(parts) < 2 || at >= unsure && s.Nameable && !r.anyKnown(s, parts) {
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
	return slices.ContainsFunc(parts, func(p string) bool { return r.mentioned[s][fold(p)] || r.index[s].known(p) != nil })
}

// create makes a record of nothing but its name.
func (r *resolver) create(s *kind.Schema, name string, line int) string {
	n := r.index[s]
	key := n.next()
	n.add(key, "", name)
	r.made = append(r.made, made{s, key, name, line})
	return key
}
