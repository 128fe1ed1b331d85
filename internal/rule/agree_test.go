package rule_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
	"github.com/stele-isms/stele/internal/rule"
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
		source := env.MakeUp(t, schema, 3)
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

func environment(t testing.TB) *rule.Environment {
	t.Helper()
	env, err := rule.NewEnvironment(isms.Kinds)
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
			a.Impacts = append(a.Impacts, risk.Impact{Criterion: one(rule.Words...), Level: rnd.IntN(4)})
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
		add(isms.Roles.New(), key("ROLE"), &isms.Role{Title: one(rule.Words...), Holders: refs[isms.Person](some("PER"))})
		add(isms.Persons.New(), key("PER"), &isms.Person{Name: one(rule.Words...), Until: date()})
		add(isms.Assets.New(), key("AST"), &isms.Asset{
			Title: one(rule.Words...), Type: isms.AssetType(one("hardware", "information")), Count: number(), Owner: kind.Ref[isms.Role](ref("ROLE")),
			DependsOn: refs[isms.Asset](some("AST")), Description: one(rule.Words...),
		})
		add(isms.Issues.New(), key("ISS"), &isms.Issue{Title: one(rule.Words...), Climate: rnd.IntN(2) == 0, Review: date()})
		control := &isms.Control{Title: one(rule.Words...), Owner: kind.Ref[isms.Role](ref("ROLE"))}
		for range rnd.IntN(3) {
			control.Reasons = append(control.Reasons, isms.Reason{Basis: isms.Basis(one("risk", "legal")), Risk: kind.Ref[isms.Risk](ref("RISK")), Note: one(rule.Words...)})
		}
		add(isms.Controls.New(), key("C"), control)
		add(isms.Risks.New(), key("RISK"), &isms.Risk{
			Title: one(rule.Words...), Scenario: one(rule.Words...), Option: isms.Option(one("modify", "retain")), Owner: kind.Ref[isms.Role](ref("ROLE")),
			Assets: refs[isms.Asset](some("AST")), Controls: refs[isms.Control](some("C")), Properties: []isms.Property{"integrity"}[:rnd.IntN(2)],
			Inherent: assessment(), Current: assessment(), Assessed: date(), Review: date(), CurrentLevel: number(), PlannedLevel: number(),
		})
		add(isms.Treatments.New(), key("TRT"), &isms.Treatment{
			Title: one(rule.Words...), Risks: refs[isms.Risk](some("RISK")), Due: date(), Start: date(), Completed: date(), Owner: kind.Ref[isms.Role](ref("ROLE")),
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

func TestTheMadeUpConditionsUseTheWholeLanguage(t *testing.T) {
	env := environment(t)
	unused := rule.Overloads()
	rapid.Check(t, func(t *rapid.T) {
		x, err := env.Compile(isms.Risks.Schema, env.MakeUp(t, isms.Risks.Schema, 4))
		if err != nil {
			t.Fatal(err)
		}
		maps.DeleteFunc(unused, func(overload string, _ bool) bool { return x.Uses(overload) })
	})
	for overload := range unused {
		t.Errorf("no condition uses %s", overload)
	}
}
