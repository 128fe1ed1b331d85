// Package rule is the language of judgement. List filters, checks and conformity rules are expressions in CEL,
// the Common Expression Language, over the kinds:
//
//	state == "open" && owner.holders.exists(p, p.archived)
//	due < today + 30 || owner == null
//
// The fields of the record are variables; the record itself is this; a reference is the record that it leads
// to; today is a date. cel-go reads and type-checks the text. What it gives becomes a tree (tree.go), which is
// walked in two ways, in memory (memory.go) and as SQL (sql.go); a property test holds the answers of memory,
// SQLite and PostgreSQL against each other.
//
// Evaluation is two-valued. A value may be absent: a date that nobody set, a reference that leads nowhere, and
// whatever lies behind one. For == and != absence is a value like others (null). An ordering, in and the text
// functions are false where an operand is absent, and so is an absent yes-or-no where a condition is asked for.
// A list that is absent is empty. What is computed from an absent value is absent.
package rule

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Environment knows the kinds that expressions speak of. It may be used by many goroutines.
type Environment struct {
	shapes map[string]*shape
	base   *cel.Env
	mu     sync.Mutex
	kinds  map[string]*cel.Env // by kind
}

// NewEnvironment makes the environment of a set of kinds.
func NewEnvironment(kinds *kind.Set) (*Environment, error) {
	e := &Environment{shapes: shapes(kinds), kinds: map[string]*cel.Env{}}
	options := []cel.EnvOption{
		cel.CustomTypeProvider(provider(e.shapes)),
		cel.Macros(cel.HasMacro, cel.AllMacro, cel.ExistsMacro, cel.ExistsOneMacro, cel.FilterMacro),
		cel.CrossTypeNumericComparisons(true),
		cel.ParserRecursionLimit(64),
		cel.ParserExpressionSizeLimit(longest),
		cel.Variable("today", dateType),
		cel.Variable(everything, cel.ObjectType(everything)),
	}
	var err error
	e.base, err = cel.NewCustomEnv(append(options, declarations()...)...)
	return e, err
}

var (
	environmentsMu sync.Mutex
	environments   = map[*kind.Set]*Environment{}
)

// Of gives the environment of a set of kinds, which is made when it is first asked for: most commands never do.
func Of(kinds *kind.Set) (*Environment, error) {
	environmentsMu.Lock()
	defer environmentsMu.Unlock()
	if e := environments[kinds]; e != nil {
		return e, nil
	}
	e, err := NewEnvironment(kinds)
	if err == nil {
		environments[kinds] = e
	}
	return e, err
}

// longest is how many characters an expression may have.
const longest = 10_000

// of gives the checker for records of a kind.
func (e *Environment) of(s *kind.Schema) (*cel.Env, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if env := e.kinds[s.Name]; env != nil {
		return env, nil
	}
	options := []cel.EnvOption{cel.Variable("this", cel.ObjectType(s.Name))}
	for name, p := range e.shapes[s.Name].properties {
		options = append(options, cel.Variable(name, p.typ.cel()))
	}
	env, err := e.base.Extend(options...)
	if err == nil {
		e.kinds[s.Name] = env
	}
	return env, err
}

// Expression is a condition on records of one kind.
type Expression struct {
	Source string
	schema *kind.Schema
	root   *node
	holds  evaluator
}

// Kinds gives the names of the kinds whose records the condition reads, its own among them.
func (x *Expression) Kinds() map[string]bool {
	kinds := map[string]bool{x.schema.Name: true}
	x.root.kinds(kinds)
	return kinds
}

// Compile reads a condition on records of a kind. An error is a *fault.Error that shows each place.
func (e *Environment) Compile(s *kind.Schema, source string) (*Expression, error) {
	env, err := e.of(s)
	if err != nil {
		return nil, err
	}
	checked, issues := env.Compile(source)
	if issues.Err() != nil {
		return nil, unreadable(source, issues.Errors())
	}
	t := &translator{env: e, schema: s, types: checked.NativeRep(), source: checked.Source()}
	root := t.node(checked.NativeRep().Expr())
	if root.typ.class != boolean {
		t.refuse(root, "a condition is true or false, this is %s", root.typ)
	}
	if err := t.err(); err != nil {
		return nil, err
	}
	return &Expression{Source: source, schema: s, root: root, holds: evaluate(root)}, nil
}

// unreadable turns the checker's errors into a fault.
func unreadable(source string, list []*common.Error) error {
	var errs fault.Collector
	for _, e := range list {
		errs.Add(place(source, e.Location.Line(), e.Location.Column()+1, plain(e.Message)))
	}
	return errs.Err("the expression cannot be understood")
}

// place gives an error with the line it is on and a mark below the column. Both count from 1.
func place(source string, line, column int, message string) fault.Field {
	lines := strings.Split(source, "\n")
	shown := ""
	if line >= 1 && line <= len(lines) {
		shown = fmt.Sprintf("\n    %s\n    %s^", lines[line-1], strings.Repeat(" ", max(0, column-1)))
	}
	return fault.Field{File: "expression", Line: line, Column: column, Message: message + shown}
}

// Filter gives a condition for lists: one that both databases can say too, so that the same filter works
// wherever it is used. today is the day that the list shows.
func (e *Environment) Filter(s *kind.Schema, source string, today kind.Date) (kind.Filter, error) {
	x, err := e.Compile(s, source)
	if err != nil {
		return nil, err
	}
	for database := range dialects {
		if _, _, err := x.SQL(database, today); err != nil {
			return nil, err
		}
	}
	return filter{x, today}, nil
}

// filter implements kind.Filter.
type filter struct {
	*Expression
	today kind.Date
}

// Matcher implements kind.Filter.
func (f filter) Matcher(ctx context.Context, r kind.Reader) func(*kind.Record) (bool, error) {
	scope := NewScope(ctx, r, f.today)
	return func(rec *kind.Record) (bool, error) { return f.Holds(scope, rec) }
}

// SQL implements kind.Filter.
func (f filter) SQL(database string) (where string, args []any, err error) {
	return f.Expression.SQL(database, f.today)
}
