package exchange

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
)

// index finds the records of an organisation by what people call them.
type index map[*kind.Schema]*names

// names are the records of one kind by key, by reference and by name.
type names struct {
	schema      *kind.Schema
	records     map[string]*kind.Record // those that exist, by key
	byKey       map[string]string       // by the key in any case
	byReference map[string][]string     // keys, by folded reference
	byName      map[string][]string     // keys, by folded name
	titles      []title
	highest     int // number among the keys
}

func newNames(s *kind.Schema) *names {
	return &names{schema: s, records: map[string]*kind.Record{}, byKey: map[string]string{}, byReference: map[string][]string{}, byName: map[string][]string{}}
}

// title is the name of a record, also in words.
type title struct {
	key, text string
	words     []string
}

// namingOf gives the name of the field that names a kind's records.
func namingOf(s *kind.Schema) string {
	for _, f := range s.Fields {
		if f.Naming {
			return f.Name
		}
	}
	return ""
}

// loadIndex reads the names of all records. Archived ones keep their keys and are found by nothing else.
func loadIndex(ctx context.Context, r kind.Reader) (index, error) {
	x := index{}
	for _, s := range r.Kinds().Schemas {
		n := newNames(s)
		for rec, err := range r.Records(ctx, s, kind.Query{Archived: true}) {
			if err != nil {
				return nil, err
			}
			n.records[rec.Key] = rec
			n.reserve(rec.Key)
			if !rec.Archived {
				n.add(rec.Key, referenceOf(rec), rec.Name())
			}
		}
		x[s] = n
	}
	return x, nil
}

// clone gives a copy whose names grow apart from these.
func (x index) clone() index {
	c := index{}
	for s, n := range x {
		copied := *n
		copied.byKey = maps.Clone(n.byKey)
		copied.byReference, copied.byName = maps.Clone(n.byReference), maps.Clone(n.byName)
		copied.titles = slices.Clip(n.titles)
		c[s] = &copied
	}
	return c
}

func referenceOf(rec *kind.Record) string {
	f := rec.Schema.Field("reference")
	if f == nil {
		return ""
	}
	n, _ := f.Get(rec.Data)
	text, _ := n.Value.(string)
	return text
}

// reserve takes care that next gives no key up to this one.
func (n *names) reserve(key string) {
	if digits, ok := strings.CutPrefix(key, n.schema.Prefix+"-"); ok {
		number, _ := strconv.Atoi(digits)
		n.highest = max(n.highest, number)
	}
}

// next gives the first key behind all others of the kind.
func (n *names) next() string {
	n.highest++
	return fmt.Sprintf("%s-%04d", n.schema.Prefix, n.highest)
}

// add makes a record known by its key, its reference and its name.
func (n *names) add(key, reference, name string) {
	n.byKey[fold(key)] = key
	know(n.byReference, reference, key)
	know(n.byName, name, key)
	n.titles = append(n.titles, title{key, name, tokens(name)})
}

func know(by map[string][]string, text, key string) {
	if id := fold(text); id != "" && !slices.Contains(by[id], key) {
		by[id] = append(slices.Clip(by[id]), key)
	}
}

// title gives the name of a record that add has made known.
func (n *names) title(key string) title {
	return n.titles[slices.IndexFunc(n.titles, func(t title) bool { return t.key == key })]
}

// exact gives the record that a text is the key, the reference or the name of; empty where there is none, or
// where two share the name.
func (n *names) exact(text string) string {
	id := fold(text)
	if key, ok := n.byKey[id]; ok {
		return key
	}
	for _, by := range []map[string][]string{n.byReference, n.byName} {
		if keys := by[id]; len(keys) == 1 {
			return keys[0]
		}
	}
	return ""
}

// known gives the records that a text names without doubt, or nil: by what exact knows, by a list of keys and
// references, or by one of them with words of its name, as in "ERP (AST-007)".
func (n *names) known(text string) []string {
	if key := n.exact(text); key != "" {
		return []string{key}
	}
	keys, rest := n.listed(text)
	words := tokens(rest)
	switch {
	case len(keys) == 0 || span.MatchString(rest):
		return nil
	case len(words) == 0:
		return keys
	case len(keys) == 1 && isSubset(words, n.title(keys[0]).words):
		return keys
	}
	return nil
}

func isSubset(words, of []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(of, w) })
}

var (
	// identifier is what may be a key or a reference within a text.
	identifier = regexp.MustCompile(`[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*`)
	// span is what stands between the first and the last of several, as in "R-001 - R-004".
	span = regexp.MustCompile(`\x00\s*(?:-|–|—|\.\.)+\s*\x00`)
)

// listed gives the records whose keys or references stand in a text, and the text with a mark for each.
func (n *names) listed(text string) (keys []string, rest string) {
	rest = identifier.ReplaceAllStringFunc(text, func(word string) string {
		key := n.identified(word)
		if key == "" {
			return word
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		return "\x00"
	})
	return keys, rest
}

// identified gives the record of a key, or of a reference that no common word can be.
func (n *names) identified(word string) string {
	id := fold(word)
	if key, ok := n.byKey[id]; ok {
		return key
	}
	if keys := n.byReference[id]; len(keys) == 1 && strings.ContainsAny(id, "0123456789") {
		return keys[0]
	}
	return ""
}

// guess gives the one record whose name begins with a text, or else holds it, in whole words.
func (n *names) guess(text string) string {
	words := tokens(text)
	if len(strings.Join(words, "")) < 3 {
		return ""
	}
	var begins, holds []string
	for _, t := range n.titles {
		switch {
		case slices.Contains(begins, t.key) || slices.Contains(holds, t.key):
		case beginsWith(t.words, words):
			begins = append(begins, t.key)
		case contains(t.words, words):
			holds = append(holds, t.key)
		}
	}
	switch {
	case len(begins) == 1:
		return begins[0]
	case len(begins) == 0 && len(holds) == 1:
		return holds[0]
	}
	return ""
}
