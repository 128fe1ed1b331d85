package rule

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	pgtest.Stop()
	os.Exit(code)
}

const day0 = kind.Date("2026-03-01")

// TestSQLAndMemoryAgree makes up conditions with every operator, step and absence, and holds what SQLite and
// PostgreSQL find against what is found in memory.
func TestSQLAndMemoryAgree(t *testing.T) {
	ctx := context.Background()
	env := environment(t)
	databases := map[string]world{}
	for name, address := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "stele.db"), "postgres": pgtest.Database(t)} {
		databases[name] = newWorld(t, address)
	}
	rapid.Check(t, func(t *rapid.T) {
		schema, err := isms.Kinds.Named(rapid.SampledFrom([]string{"risk", "treatment", "asset", "issue", "control"}).Draw(t, "kind"))
		if err != nil {
			t.Fatal(err)
		}
		g := &author{t: t, scope: []binding{{"this", &element{typ{class: record, shape: env.shapes[schema.Name]}}}}}
		source := g.condition(3)
		where, err := env.Filter(schema, source, day0)
		if err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		for name, w := range databases {
			err := w.store.View(ctx, w.org, func(tx *store.Tx) error {
				inMemory, inSQL := w.meet(ctx, tx, schema, where), w.find(ctx, tx, schema, where)
				if !slices.Equal(inMemory, inSQL) {
					sql, args, _ := where.SQL(name)
					t.Errorf("%s of %s\nin memory %v\nin %s %v\n%s %v", source, schema.Name, inMemory, name, inSQL, sql, args)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func environment(t testing.TB) *Environment {
	t.Helper()
	env, err := NewEnvironment(isms.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// world is a database of records that refer to each other, the same ones whatever the database.
type world struct {
	store *store.Store
	org   string
}

func (world) meet(ctx context.Context, tx *store.Tx, s *kind.Schema, where kind.Filter) []string {
	holds := where.Matcher(ctx, tx.Reader())
	var keys []string
	for r, err := range tx.Reader().Records(ctx, s, kind.Query{Archived: true}) {
		if err != nil {
			return []string{err.Error()}
		}
		switch yes, err := holds(r); {
		case err != nil:
			return []string{err.Error()}
		case yes:
			keys = append(keys, r.Key)
		}
	}
	return keys
}

func (world) find(ctx context.Context, tx *store.Tx, s *kind.Schema, where kind.Filter) []string {
	var keys []string
	for r, err := range tx.Reader().Records(ctx, s, kind.Query{Archived: true, Where: where}) {
		if err != nil {
			return []string{err.Error()}
		}
		keys = append(keys, r.Key)
	}
	return keys
}

func newWorld(t *testing.T, address string) world {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, address, isms.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	org, err := s.NewOrganisation(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(ctx, org, nil, func(tx *store.Tx) error {
		for _, r := range records() {
			if err := tx.Put(r, store.Change{Action: "create"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return world{s, org}
}

// words are texts that databases like to disagree on.
var words = []string{"", "a", "A", "Ž", "ž", "server", "Server", "server room", "%", "_", "'", `"`, "10", "9", "ß", "é"}

// records makes 30 records of each kind with whatever values; half of everything is absent.
func records() []*kind.Record {
	rnd := rand.New(rand.NewPCG(4, 2))
	one := func(list ...string) string {
		if rnd.IntN(2) == 0 {
			return ""
		}
		return list[rnd.IntN(len(list))]
	}
	some := func(prefix string) (keys []string) {
		for range rnd.IntN(4) {
			keys = append(keys, fmt.Sprintf("%s-%04d", prefix, 1+rnd.IntN(30)))
		}
		slices.Sort(keys)
		return slices.Compact(keys)
	}
	number := func() *int {
		if n := rnd.IntN(7); n > 0 {
			n -= 3
			return &n
		}
		return nil
	}
	date := func() kind.Date {
		return kind.Date(one("2026-02-28", "2026-03-01", "2026-03-02", "2025-03-01", "2027-01-01"))
	}
	assessment := func() *risk.Assessment {
		if rnd.IntN(2) == 0 {
			return nil
		}
		a := &risk.Assessment{Likelihood: rnd.IntN(4)}
		for range rnd.IntN(3) {
			a.Impacts = append(a.Impacts, risk.Impact{Criterion: one(words...), Level: rnd.IntN(4)})
		}
		return a
	}
	var list []*kind.Record
	for i := range 30 {
		add := func(r *kind.Record, key string, data any) {
			r.Key, r.Data, r.Archived = key, data, rnd.IntN(5) == 0
			if len(r.Schema.States) > 0 {
				r.State = r.Schema.States[rnd.IntN(len(r.Schema.States))].Name
			}
			list = append(list, r)
		}
		key := func(prefix string) string { return fmt.Sprintf("%s-%04d", prefix, i+1) }
		ref := func(prefix string) string { return one(fmt.Sprintf("%s-%04d", prefix, 1+rnd.IntN(30))) }
		add(isms.Roles.New(), key("ROLE"), &isms.Role{Title: one(words...), Holders: refs[isms.Person](some("PER"))})
		add(isms.Persons.New(), key("PER"), &isms.Person{Name: one(words...), Until: date()})
		add(isms.Assets.New(), key("AST"), &isms.Asset{
			Title: one(words...), Type: isms.AssetType(one("hardware", "information")), Count: number(), Owner: kind.Ref[isms.Role](ref("ROLE")),
			DependsOn: refs[isms.Asset](some("AST")), Description: one(words...),
		})
		add(isms.Issues.New(), key("ISS"), &isms.Issue{Title: one(words...), Climate: rnd.IntN(2) == 0, Review: date()})
		control := &isms.Control{Title: one(words...), Owner: kind.Ref[isms.Role](ref("ROLE"))}
		for range rnd.IntN(3) {
			control.Reasons = append(control.Reasons, isms.Reason{Basis: isms.Basis(one("risk", "legal")), Risk: kind.Ref[isms.Risk](ref("RISK")), Note: one(words...)})
		}
		add(isms.Controls.New(), key("C"), control)
		add(isms.Risks.New(), key("RISK"), &isms.Risk{
			Title: one(words...), Scenario: one(words...), Option: isms.Option(one("modify", "retain")), Owner: kind.Ref[isms.Role](ref("ROLE")),
			Assets: refs[isms.Asset](some("AST")), Controls: refs[isms.Control](some("C")), Properties: []isms.Property{"integrity"}[:rnd.IntN(2)],
			Inherent: assessment(), Current: assessment(), Assessed: date(), Review: date(), CurrentLevel: number(), PlannedLevel: number(),
		})
		add(isms.Treatments.New(), key("TRT"), &isms.Treatment{
			Title: one(words...), Risks: refs[isms.Risk](some("RISK")), Due: date(), Start: date(), Completed: date(), Owner: kind.Ref[isms.Role](ref("ROLE")),
			Budget: kind.Money(one("12.50 EUR", "0.00 CZK", "1000.00 EUR")),
		})
	}
	return list
}

func refs[T any](keys []string) []kind.Ref[T] {
	list := make([]kind.Ref[T], len(keys))
	for i, key := range keys {
		list[i] = kind.Ref[T](key)
	}
	return list
}

// author makes up conditions.
type author struct {
	t     *rapid.T
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
		return fmt.Sprintf("%q", g.one(words...))
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

func TestTheAuthorUsesTheWholeLanguage(t *testing.T) {
	env := environment(t)
	used := map[operation]bool{}
	rapid.Check(t, func(t *rapid.T) {
		g := &author{t: t, scope: []binding{{"this", &element{typ{class: record, shape: env.shapes["risk"]}}}}}
		x, err := env.Compile(isms.Risks.Schema, g.condition(4))
		if err != nil {
			t.Fatal(err)
		}
		note(x.root, used)
	})
	for _, f := range functions {
		if f.op != opDivide && f.op != opModulo && f.op != opMatches && f.op != opAdd && !strings.HasPrefix(f.overload, "not_strictly") && !used[f.op] && f.overload != "add_list" {
			t.Errorf("no condition uses %s", f.overload)
		}
	}
}

func note(n *node, used map[operation]bool) {
	used[n.op] = true
	for _, arg := range n.args {
		note(arg, used)
	}
}
