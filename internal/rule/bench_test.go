package rule_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/rule"
	"github.com/stele-isms/stele/internal/store"
)

// BenchmarkRules evaluates 60 conditions on each of 15,000 assets in SQLite, reading them and what they refer
// to. The aim is 1.5 seconds.
func BenchmarkRules(b *testing.B) {
	ctx := context.Background()
	s, org := register(b, 15_000)
	env := environment(b)
	rules := make([]*rule.Expression, 60)
	for i := range rules {
		x, err := env.Compile(isms.Assets.Schema, benchmarked[i%len(benchmarked)])
		if err != nil {
			b.Fatal(err)
		}
		rules[i] = x
	}
	for b.Loop() {
		held := 0
		err := s.View(ctx, org, func(tx *store.Tx) error {
			scope := rule.NewScope(ctx, tx.Reader(), day0)
			for r, err := range tx.Reader().Records(ctx, isms.Assets.Schema, kind.Query{}) {
				if err != nil {
					return err
				}
				for _, x := range rules {
					yes, err := x.Holds(scope, r)
					if err != nil {
						return err
					}
					if yes {
						held++
					}
				}
			}
			return nil
		})
		if err != nil || held == 0 {
			b.Fatal(held, err)
		}
	}
}

var benchmarked = []string{
	`owner == null`,
	`type == "hardware" && size(depends_on) > 1`,
	`owner.title.contains("operations") || title.lowerAscii().startsWith("server")`,
	`owner.holders.exists(p, p.until < today)`,
	`depends_on.exists(a, a.type != type)`,
	`!has(this.description) && !archived`,
	`confidentiality in ["high", "very high"] && classification == null`,
	`depends_on.all(a, a.owner == owner)`,
}

func register(b *testing.B, n int) (*store.Store, string) {
	b.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(b.TempDir(), "stele.db"), isms.Kinds)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	org, err := s.NewOrganisation(ctx)
	if err != nil {
		b.Fatal(err)
	}
	err = s.Update(ctx, org, nil, func(tx *store.Tx) error {
		for i := range 50 {
			holders := []kind.Ref[isms.Person]{kind.Ref[isms.Person](fmt.Sprintf("PER-%04d", i+1))}
			for _, r := range []*kind.Record{
				made(isms.Roles.New(), fmt.Sprintf("ROLE-%04d", i+1), "", &isms.Role{Title: "Head of operations", Holders: holders}),
				made(isms.Persons.New(), fmt.Sprintf("PER-%04d", i+1), "", &isms.Person{Name: "A. Nowak", Until: "2026-02-01"}),
			} {
				if err := tx.Put(r, store.Change{}); err != nil {
					return err
				}
			}
		}
		for i := range n {
			asset := &isms.Asset{Title: "Server of billing", Type: "hardware", Owner: kind.Ref[isms.Role](fmt.Sprintf("ROLE-%04d", i%50+1)), Confidentiality: "high"}
			for j := range i % 4 {
				asset.DependsOn = append(asset.DependsOn, kind.Ref[isms.Asset](fmt.Sprintf("AST-%04d", (i*7+j*13)%n+1)))
			}
			if err := tx.Put(made(isms.Assets.New(), fmt.Sprintf("AST-%04d", i+1), "", asset), store.Change{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s, org
}
