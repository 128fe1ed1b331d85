package rule_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/risk"
	"github.com/stele-isms/stele/internal/rule"
)

// shelf is a reader of a few records.
type shelf []*kind.Record

func (shelf) Kinds() *kind.Set { return isms.Kinds }

func (s shelf) Record(_ context.Context, schema *kind.Schema, key string) (*kind.Record, error) {
	for _, r := range s {
		if r.Schema == schema && r.Key == key {
			return r, nil
		}
	}
	return nil, kind.Missing(schema, key)
}

func (s shelf) Records(context.Context, *kind.Schema, kind.Query) iter.Seq2[*kind.Record, error] {
	return func(func(*kind.Record, error) bool) {}
}

func made(r *kind.Record, key, state string, data any) *kind.Record {
	r.Key, r.State, r.Data = key, state, data
	return r
}

// risk1 has an owner whose holder has left; nobody assessed it without controls.
func risk1() (*kind.Record, shelf) {
	level := 3
	r := made(isms.Risks.New(), "RISK-0001", "open", &isms.Risk{
		Title: "Lost laptop", Owner: "ROLE-0001", Assets: []kind.Ref[isms.Asset]{"AST-0001", "AST-0002"}, Review: "2026-02-20", CurrentLevel: &level,
		Current: &risk.Assessment{Likelihood: 2, Impacts: []risk.Impact{{Criterion: "Customers", Level: 4}, {Criterion: "Money", Level: 1}}},
		Option:  "modify",
	})
	return r, shelf{
		made(isms.Roles.New(), "ROLE-0001", "", &isms.Role{Title: "Head of IT", Holders: []kind.Ref[isms.Person]{"PER-0001"}}),
		made(isms.Persons.New(), "PER-0001", "", &isms.Person{Name: "A. Nowak", Until: "2026-01-31"}),
		made(isms.Assets.New(), "AST-0001", "", &isms.Asset{Title: "Laptops", Type: "hardware", Owner: "ROLE-0001"}),
		made(isms.Assets.New(), "AST-0002", "", &isms.Asset{Title: "Customer data", Type: "information"}),
	}
}

// holds tells whether conditions hold for risk1 or do not, as they are wanted to.
func holds(t *testing.T, conditions map[string]bool) {
	t.Helper()
	record, others := risk1()
	env := environment(t)
	for source, want := range conditions {
		x, err := env.Compile(isms.Risks.Schema, source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		got, err := x.Holds(rule.NewScope(t.Context(), others, day0), record)
		if err != nil || got != want {
			t.Errorf("%s gives %t, %v", source, got, err)
		}
	}
}

func TestConditionsSayWhatTheyRead(t *testing.T) {
	holds(t, map[string]bool{
		`state == "open"`:                                         true,
		`this.state != "open"`:                                    false,
		`key == "RISK-0001"`:                                      true,
		`archived`:                                                false,
		`title.contains("laptop")`:                                true,
		`title.startsWith("laptop")`:                              false,
		`title.lowerAscii().startsWith("lost")`:                   true,
		`title.endsWith("laptop")`:                                true,
		`title.matches("^L.*p$")`:                                 true,
		`size(title) == 11`:                                       true,
		`owner.title == "Head of IT"`:                             true,
		`owner.key == "ROLE-0001"`:                                true,
		`owner == null`:                                           false,
		`owner.holders.exists(p, p.until < today)`:                true,
		`owner.holders.all(p, p.until < today)`:                   true,
		`assets.exists(a, a.owner == owner)`:                      true,
		`assets.exists_one(a, a.owner == owner)`:                  true,
		`assets.all(a, a.owner == owner)`:                         false,
		`assets.exists(all, all.title == "Laptops")`:              true,
		`assets.filter(a, a.type == "hardware").size() == 1`:      true,
		`review < today`:                                          true,
		`review + 10 > today`:                                     true,
		`today - review == 9`:                                     true,
		`review == date("2026-02-20")`:                            true,
		`current.likelihood * 2 == 4`:                             true,
		`current.impacts.exists(i, i.level > current.likelihood)`: true,
		`current_level > 2.5`:                                     true,
		`current_level / 2 == 1 && current_level % 2 == 1`:        true,
		`option in ["modify", "share"]`:                           true,
		`option == "modify" ? current_level == 3 : archived`:      true,
		`has(this.scenario)`:                                      false,
		`has(this.title)`:                                         true,
	})
}

func TestWhatIsAbsentIsAValueOnlyForEquality(t *testing.T) {
	holds(t, map[string]bool{ // planned_level, inherent, assessed and acceptance are absent
		`planned_level == null`:                        true,
		`planned_level != 3`:                           true,
		`planned_level < 3 || planned_level >= 3`:      false,
		`!(planned_level < 3)`:                         true,
		`planned_level + 1 == null`:                    true,
		`planned_level in [1, 2, 3]`:                   false,
		`assessed < today || assessed >= today`:        false,
		`assessed + 30 == null`:                        true,
		`acceptance == null`:                           true,
		`acceptance.approver == null`:                  true,
		`acceptance.approver.name == null`:             true,
		`acceptance.approver.name.contains("")`:        false,
		`acceptance.approver.archived`:                 false,
		`!acceptance.approver.archived`:                true,
		`acceptance.approver.archived == false`:        false,
		`acceptance.risks.exists(r, true)`:             false,
		`acceptance.risks.all(r, false)`:               true,
		`size(acceptance.risks) == 0`:                  true,
		`inherent.likelihood == null`:                  true,
		`inherent.impacts.size() == 0`:                 true,
		`inherent == null`:                             true,
		`acceptance.title == acceptance.approver.name`: true,
	})
}

func TestASlipIsShownAtItsPlace(t *testing.T) {
	env := environment(t)
	for source, want := range map[string]string{
		`titel == "x"`:                           "expression:1:1: undeclared reference to 'titel'",
		`state == "opne"`:                        `expression:1:10: "opne" is never the case here; it is one of "open", `,
		`"opne" != state`:                        `expression:1:1: "opne" is never the case here`,
		`state in ["open", "opne"]`:              `expression:1:19: "opne" is never the case here`,
		`"hardwear" in assets`:                   "expression:1:12: found no matching overload",
		`owner == "ROLE-0001"`:                   "expression:1:7: found no matching overload for == applied to '(role, string)'",
		`title`:                                  "a condition is true or false, this is a text",
		"state == \"open\" &&\n  review < 3":     "expression:2:10: found no matching overload for <",
		`review < date("31.1.2026")`:             `a date is written as date("2026-01-31")`,
		`review < date(title)`:                   `a date is written as date("2026-01-31")`,
		`title.matches("(")`:                     "the pattern cannot be understood",
		`title.matches(key)`:                     "the pattern has to be written out",
		`assets == assets`:                       "a list is not compared as a whole",
		`current == current`:                     "is not compared as a whole",
		`current in [current]`:                   "is not looked for as a whole",
		`title == b"x"`:                          "found no matching overload",
		`{"a": 1} == {"a": 1}`:                   "an expression makes no maps",
		`assets[0].archived`:                     "undeclared reference",
		`state == "open" &&`:                     "Syntax error",
		``:                                       "Syntax error",
		strings.Repeat("!", 20_000) + "archived": "size",
		strings.Repeat("(", 200) + "archived" + strings.Repeat(")", 200): "recursion",
	} {
		_, err := env.Compile(isms.Risks.Schema, source)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s gives\n%v\nnot\n%s", source, err, want)
		}
	}
}

func TestWhatSQLCannotSayIsRefusedForLists(t *testing.T) {
	env := environment(t)
	for source, want := range map[string]string{
		`title.matches("x")`:                   "databases do not agree on patterns",
		`current_level / 2 == 1`:               "divides by nothing",
		`review + current_level > today`:       "the number of days has to be written out",
		`[1, 2].exists(x, x == current_level)`: "can only be counted",
	} {
		if _, err := env.Compile(isms.Risks.Schema, source); err != nil {
			t.Errorf("%s: %v", source, err)
		}
		if _, err := env.Filter(isms.Risks.Schema, source, day0); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, not %s", source, err, want)
		}
	}
}

func TestAConditionThatCannotBeComputedFailsAndSaysWhere(t *testing.T) {
	record, others := risk1()
	data := record.Data.(*isms.Risk)
	for i := range 400 {
		data.Assets = append(data.Assets, kind.Ref[isms.Asset](fmt.Sprintf("AST-%04d", i)))
	}
	env := environment(t)
	for source, want := range map[string]string{
		`current_level / (current_level - 3) == 1`:                  "divides by nothing",
		`current_level % (current_level - 3) == 1`:                  "divides by nothing",
		`9223372036854775807 + current_level > 0`:                   "too large",
		`-9223372036854775807 - current_level < 0`:                  "too large",
		`4611686018427387904 * current_level > 0`:                   "too large",
		`today + 1000000 > today`:                                   "goes further than",
		`assets.all(a, assets.all(b, assets.all(c, c.key != "x")))`: "looks at more than",
	} {
		x, err := env.Compile(isms.Risks.Schema, source)
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if _, err := x.Holds(rule.NewScope(t.Context(), others, day0), record); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "RISK-0001") {
			t.Errorf("%s gives %v, not %s", source, err, want)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{`state == "open"`, `assets.exists(a, a.owner == owner)`, `review < today + 30`, `has(this.title) ? 1 < 2 : archived`, "{", `"\x00"`, `b'a'`, "[]"} {
		f.Add(seed)
	}
	env := environment(f)
	record, others := risk1()
	f.Fuzz(func(t *testing.T, source string) {
		x, err := env.Compile(isms.Risks.Schema, source)
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Fatalf("%q: %v", source, err)
			}
			return
		}
		_, _ = x.Holds(rule.NewScope(t.Context(), others, day0), record)
		for _, database := range []string{"sqlite", "postgres"} {
			_, _, _ = x.SQL(database, day0)
		}
	})
}
