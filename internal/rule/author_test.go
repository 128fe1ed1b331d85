package rule

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/kind"
)

// Words are texts that databases like to disagree on.
var Words = []string{"", "a", "A", "Ž", "ž", "server", "Server", "server room", "%", "_", "'", `"`, "10", "9", "ß", "é"}

// MakeUp makes up a condition on records of a kind.
func (e *Environment) MakeUp(t *rapid.T, s *kind.Schema, depth int) string {
	this := binding{"this", &element{typ{class: record, shape: e.shapes[s.Name]}}}
	g := &author{t: t, all: e.shapes[everything], scope: []binding{this}}
	return g.condition(depth)
}

// Overloads gives the functions of the language by what tells them apart, without those that lists refuse and
// those that only stand in what macros are made of.
func Overloads() map[string]bool {
	names := map[string]bool{}
	for _, f := range functions {
		switch {
		case f.op == opDivide, f.op == opModulo, f.op == opMatches, f.overload == "not_strictly_false", f.overload == "add_list":
		default:
			names[f.overload] = true
		}
	}
	return names
}

// Uses tells whether an expression uses what an overload does.
func (x *Expression) Uses(overload string) bool { return x.root.uses(operations[overload]) }

func (n *node) uses(op operation) bool {
	return n.op == op || slices.ContainsFunc(n.args, func(arg *node) bool { return arg.uses(op) })
}

// author makes up conditions.
type author struct {
	t     *rapid.T
	all   *shape
	scope []binding
	names int
}

func (g *author) pick(n int) int { return rapid.IntRange(0, n-1).Draw(g.t, "pick") }

func (g *author) one(list ...string) string { return list[g.pick(len(list))] }

// path is a way from a variable to a value.
type path struct {
	source string
	typ    typ
	has    bool // has() takes it
}

// paths gives the ways to values that a test accepts, over three steps at most.
func (g *author) paths(wanted func(typ) bool) []path {
	var list []path
	var walk func(p path, steps int)
	walk = func(p path, steps int) {
		if wanted(p.typ) {
			list = append(list, p)
		}
		if steps == 0 || p.typ.shape == nil {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(p.typ.shape.properties)) {
			walk(path{p.source + "." + name, p.typ.shape.properties[name].typ, true}, steps-1)
		}
	}
	for _, b := range g.scope {
		walk(path{b.name, b.element.typ, false}, 3)
	}
	for _, name := range slices.Sorted(maps.Keys(g.all.properties)) {
		if t := g.all.properties[name].typ; wanted(t) {
			list = append(list, path{"all." + name, t, false})
		}
	}
	return list
}

func (g *author) path(wanted func(typ) bool) (path, bool) {
	list := g.paths(wanted)
	if len(list) == 0 {
		return path{}, false
	}
	return list[g.pick(len(list))], true
}

func of(c class) func(typ) bool { return func(t typ) bool { return t.class == c } }

// condition makes up something that is true or false.
func (g *author) condition(depth int) string {
	if depth == 0 {
		return g.comparison(0)
	}
	switch g.pick(10) {
	case 0:
		return "(" + g.condition(depth-1) + " && " + g.condition(depth-1) + ")"
	case 1:
		return "(" + g.condition(depth-1) + " || " + g.condition(depth-1) + ")"
	case 2:
		return "!(" + g.condition(depth-1) + ")"
	case 3:
		return "(" + g.condition(depth-1) + " ? " + g.condition(depth-1) + " : " + g.condition(depth-1) + ")"
	case 4:
		return "((" + g.condition(depth-1) + ") " + g.one("==", "!=") + " (" + g.condition(depth-1) + "))"
	case 5, 6:
		return g.quantified(depth - 1)
	default:
		return g.comparison(depth - 1)
	}
}

func (g *author) quantified(depth int) string {
	through, ok := g.list(depth)
	if !ok {
		return g.comparison(depth)
	}
	return g.within(through, g.one("exists", "all", "exists_one"), depth)
}

// list makes up a list: a field, or one that is filtered.
func (g *author) list(depth int) (path, bool) {
	p, ok := g.path(of(list))
	if ok && depth > 0 && g.pick(3) == 0 {
		p.source = g.within(p, "filter", depth-1)
	}
	return p, ok
}

func (g *author) within(through path, macro string, depth int) string {
	g.names++
	name := fmt.Sprintf("v%d", g.names)
	g.scope = append(g.scope, binding{name, &element{*through.typ.of}})
	condition := g.condition(depth)
	g.scope = g.scope[:len(g.scope)-1]
	return fmt.Sprintf("%s.%s(%s, %s)", through.source, macro, name, condition)
}

func (g *author) comparison(depth int) string {
	ordering := g.one("<", "<=", ">", ">=", "==", "!=")
	switch g.pick(13) {
	case 0:
		return g.number(depth) + " " + g.one("<", "<=", ">", ">=") + " " + g.number(depth)
	case 1:
		return g.date() + " " + ordering + " " + g.date()
	case 2:
		return g.text(depth) + " " + ordering + " " + g.text(depth)
	case 3:
		return fmt.Sprintf("%s.%s(%s)", g.text(depth), g.one("contains", "startsWith", "endsWith"), g.text(0))
	case 4:
		if p, ok := g.path(func(t typ) bool { return t.class != list }); ok {
			return p.source + " " + g.one("==", "!=") + " null"
		}
	case 5:
		if p, ok := g.path(func(typ) bool { return true }); ok && p.has {
			return "has(" + p.source + ")"
		}
	case 6:
		if p, ok := g.path(of(boolean)); ok {
			return p.source
		}
	case 7:
		if p, ok := g.path(func(t typ) bool { return len(t.words) > 0 }); ok {
			word := p.typ.words[g.pick(len(p.typ.words))].Name
			return fmt.Sprintf("%s %s %q", p.source, g.one("==", "!="), word)
		}
	case 8:
		if p, ok := g.path(of(record)); ok {
			if q, ok := g.path(func(t typ) bool { return t.class == record && t.shape == p.typ.shape }); ok {
				return p.source + " " + g.one("==", "!=") + " " + q.source
			}
		}
	case 9:
		return fmt.Sprintf("%s in [%s, %s]", g.text(depth), g.text(0), g.text(0))
	case 10:
		if through, ok := g.list(depth); ok {
			if p, ok := g.path(func(t typ) bool {
				return t.class == through.typ.of.class && t.shape == through.typ.of.shape && t.class != object && t.class != list
			}); ok {
				return p.source + " in " + through.source
			}
		}
	case 11:
		if p, ok := g.path(of(number)); ok {
			return p.source + " " + ordering + " " + g.one("0.0", "12.5")
		}
	default:
	}
	return g.whole() + " " + ordering + " " + g.whole()
}

func (g *author) number(depth int) string {
	switch g.pick(9) {
	case 0:
		return fmt.Sprint(g.pick(9) - 4)
	case 1:
		return g.one("0.0", "-1.5", "2.0", "12.5")
	case 2:
		if p, ok := g.path(of(number)); ok {
			return p.source
		}
	case 3:
		return "size(" + g.text(0) + ")"
	case 4:
		if p, ok := g.list(depth); ok {
			return p.source + ".size()"
		}
	case 5:
		return "(" + g.whole() + " " + g.one("+", "-", "*") + " " + g.whole() + ")"
	case 6:
		return "(" + g.date() + " - " + g.date() + ")"
	default:
	}
	return g.whole()
}

func (g *author) whole() string {
	if p, ok := g.path(of(integer)); ok && g.pick(4) > 0 {
		return g.one("", "-") + p.source
	}
	return fmt.Sprint(g.pick(9) - 4)
}

func (g *author) text(depth int) string {
	p, ok := g.path(func(t typ) bool { return t.class == text && len(t.words) == 0 })
	switch n := g.pick(8); {
	case n == 0 || !ok:
		return fmt.Sprintf("%q", g.one(Words...))
	case n == 1:
		return p.source + ".lowerAscii()"
	case n == 2 && depth > 0:
		return "(" + g.condition(depth-1) + " ? " + p.source + " : " + g.text(depth-1) + ")"
	default:
		return p.source
	}
}

func (g *author) date() string {
	if p, ok := g.path(of(day)); ok && g.pick(4) > 0 {
		return p.source + g.one("", "", " + 1", " - 30", " + -366")
	}
	return g.one("today", `date("2026-03-01")`, "today + 1", "today - 365")
}
