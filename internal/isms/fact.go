package isms

import (
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/rule"
)

// checkFact refuses a fact that is no condition on controls.
func checkFact(c *kind.Context, ctl kind.Entry[Control]) error {
	if ctl.Data.Fact == "" {
		return nil
	}
	_, err := compileFact(c, ctl)
	if fault.Is(err, fault.Invalid) {
		return fault.Invalidf("fact", "%s", err.Error())
	}
	return err
}

func compileFact(c *kind.Context, ctl kind.Entry[Control]) (*rule.Expression, error) {
	env, err := rule.Of(c.Kinds())
	if err != nil {
		return nil, err
	}
	return env.Compile(ctl.Schema, ctl.Data.Fact)
}

// Contradicted gives the excluded controls whose fact does not hold. Only facts about one of the kinds are looked
// at; nil is all kinds.
func Contradicted(c *kind.Context, kinds map[string]bool) ([]kind.Entry[Control], error) {
	var list []kind.Entry[Control]
	scope := rule.NewScope(c, c, c.Today)
	excluded := kind.Query{Equal: []kind.Condition{{Field: "applicability", Value: "excluded"}}}
	for ctl, err := range kind.Each[Control](c, c, excluded) {
		if err != nil {
			return nil, err
		}
		if ctl.Data.Fact == "" {
			continue
		}
		fact, err := compileFact(c, ctl)
		if err != nil {
			return nil, err
		}
		if kinds != nil && !overlap(kinds, fact.Kinds()) {
			continue
		}
		holds, err := fact.Holds(scope, ctl.Record)
		if err != nil {
			return nil, err
		}
		if !holds {
			list = append(list, ctl)
		}
	}
	return list, nil
}

func overlap(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}
