package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// node is an expression as both ways to evaluate it see it.
type node struct {
	op       operation
	typ      typ
	args     []*node
	id       int64          // in the checker's tree, for its place
	value    any            // of a literal: nil, bool, int64, float64 or string, a date as text
	property *property      // of a step
	element  *element       // of a variable, and of what goes through a list; nil is the record itself
	pattern  *regexp.Regexp // of matches
}

// element is the variable that stands for each element of a list.
type element struct{ typ typ }

// translator makes the tree from what the checker gives, and refuses what the language does not have.
type translator struct {
	env    *Environment
	schema *kind.Schema
	types  *ast.AST
	source common.Source
	scope  []binding // the variables in sight, the innermost last
	errs   fault.Collector
}

type binding struct {
	name    string
	element *element
}

func (t *translator) err() error { return t.errs.Err("the expression cannot be understood") }

func (t *translator) refuse(n *node, format string, args ...any) *node {
	at := t.types.SourceInfo().GetStartLocation(n.id)
	t.errs.Add(place(t.source.Content(), at.Line(), at.Column()+1, fmt.Sprintf(format, args...)))
	return n
}

func (t *translator) node(e ast.Expr) *node {
	n := &node{id: e.ID()}
	switch e.Kind() {
	case ast.LiteralKind:
		return t.literal(n, e)
	case ast.IdentKind:
		return t.variable(n, e.AsIdent())
	case ast.SelectKind:
		return t.step(n, e.AsSelect())
	case ast.CallKind:
		return t.call(n, e.AsCall())
	case ast.ListKind:
		n.op, n.typ = opList, typ{class: list, of: &typ{}}
		for _, item := range e.AsList().Elements() {
			arg := t.node(item)
			if n.args = append(n.args, arg); arg.typ.class != null {
				n.typ.of = &arg.typ
			}
		}
		return n
	case ast.ComprehensionKind:
		return t.each(n, e.AsComprehension())
	default:
		return t.refuse(n, "an expression makes no maps and no records")
	}
}

func (t *translator) literal(n *node, e ast.Expr) *node {
	switch v := e.AsLiteral().(type) {
	case types.Null:
		n.typ = typ{class: null}
	case types.Bool:
		n.typ, n.value = typ{class: boolean}, bool(v)
	case types.Int:
		n.typ, n.value = typ{class: integer}, int64(v)
	case types.Double:
		n.typ, n.value = typ{class: number}, float64(v)
	case types.String:
		n.typ, n.value = typ{class: text}, string(v)
	default:
		return t.refuse(n, "a %s has no place in an expression", e.AsLiteral().Type().TypeName())
	}
	return n
}

// variable gives what a name stands for. A field's name alone is a step from the record.
func (t *translator) variable(n *node, name string) *node {
	if v := t.bound(name); v != nil {
		n.op, n.typ, n.element = opVariable, v.typ, v
		return n
	}
	if name == everything {
		return t.refuse(n, "all is followed by a kind, as in all.suppliers")
	}
	if name == "today" {
		n.op, n.typ = opToday, typ{class: day}
		return n
	}
	this := &node{id: n.id, op: opVariable, typ: typ{class: record, shape: t.env.shapes[t.schema.Name]}}
	if name == "this" {
		return this
	}
	if this.typ.shape.properties[name] == nil { // the name of a kind, which to the checker is a type
		return t.refuse(n, "%s is no field of %s", name, t.schema.Name)
	}
	return t.stepTo(n, this, name)
}

// bound gives the element that a name stands for within a macro; nil where it stands for none.
func (t *translator) bound(name string) *element {
	for _, b := range slices.Backward(t.scope) {
		if b.name == name {
			return b.element
		}
	}
	return nil
}

func (t *translator) stepTo(n, from *node, name string) *node {
	n.op, n.args, n.property = opStep, []*node{from}, from.typ.shape.properties[name]
	n.typ = n.property.typ
	return n
}

func (t *translator) step(n *node, e ast.SelectExpr) *node {
	if of := e.Operand(); of.Kind() == ast.IdentKind && of.AsIdent() == everything && t.bound(everything) == nil && !e.IsTestOnly() {
		n.op, n.typ = opRecords, t.env.shapes[everything].properties[e.FieldName()].typ
		return n
	}
	from := t.node(e.Operand())
	if from.typ.shape == nil { // refused before
		return n
	}
	t.stepTo(n, from, e.FieldName())
	if e.IsTestOnly() {
		step := *n
		n.op, n.typ, n.args = opHas, typ{class: boolean}, []*node{&step}
	}
	return n
}

func (t *translator) call(n *node, e ast.CallExpr) *node {
	if e.IsMemberFunction() {
		n.args = append(n.args, t.node(e.Target()))
	}
	for _, arg := range e.Args() {
		n.args = append(n.args, t.node(arg))
	}
	n.op = t.operation(n.id)
	n.typ = t.result(n)
	switch n.op {
	case opEqual, opUnequal:
		return t.equality(n)
	case opIn:
		return t.membership(n)
	case opMatches:
		return t.matches(n)
	case opLiteral:
		return t.date(n)
	default:
		return n
	}
}

// operation gives what the overload does that the checker chose. Where it left several open, since an
// operand is null, they all do the same.
func (t *translator) operation(id int64) operation {
	return operations[t.types.ReferenceMap()[id].OverloadIDs[0]]
}

func (t *translator) result(n *node) typ {
	switch n.op {
	case opChoose:
		if n.args[1].typ.class == null {
			return n.args[2].typ
		}
		return n.args[1].typ
	case opAdd, opSubtract, opMultiply, opDivide, opModulo, opNegate:
		return n.args[0].typ
	case opAddDays, opSubtractDays, opLiteral:
		return typ{class: day}
	case opDaysBetween, opSize:
		return typ{class: integer}
	case opLower:
		return typ{class: text}
	default:
		return typ{class: boolean}
	}
}

// equality refuses what is not compared as a whole, and words that an enum does not have.
func (t *translator) equality(n *node) *node {
	left, right := n.args[0], n.args[1]
	for _, side := range n.args {
		if side.typ.class == list || side.typ.class == object && left.typ.class != null && right.typ.class != null {
			return t.refuse(n, "%s is not compared as a whole: use its fields, size() or exists()", side.typ)
		}
	}
	t.word(left.typ, right)
	t.word(right.typ, left)
	return n
}

func (t *translator) membership(n *node) *node {
	if n.args[0].typ.class == object || n.args[0].typ.class == list {
		return t.refuse(n, "%s is not looked for as a whole: use exists()", n.args[0].typ)
	}
	if n.args[1].op == opList {
		for _, item := range n.args[1].args {
			t.word(n.args[0].typ, item)
		}
	}
	t.word(*n.args[1].typ.of, n.args[0])
	return n
}

// word refuses a text that an enum cannot be: a slip of the pen would make a condition that never holds.
func (t *translator) word(enum typ, n *node) {
	word, ok := n.value.(string)
	if !ok || len(enum.words) == 0 || slices.ContainsFunc(enum.words, func(v kind.Value) bool { return v.Name == word }) {
		return
	}
	names := make([]string, len(enum.words))
	for i, v := range enum.words {
		names[i] = fmt.Sprintf("%q", v.Name)
	}
	t.refuse(n, "%q is never the case here; it is one of %s", word, strings.Join(names, ", "))
}

func (t *translator) matches(n *node) *node {
	pattern, ok := n.args[1].value.(string)
	if !ok {
		return t.refuse(n, "the pattern has to be written out")
	}
	var err error
	if n.pattern, err = regexp.Compile(pattern); err != nil {
		return t.refuse(n, "the pattern cannot be understood: %v", err)
	}
	return n
}

func (t *translator) date(n *node) *node {
	value, ok := n.args[0].value.(string)
	if _, err := time.Parse(time.DateOnly, value); !ok || err != nil {
		return t.refuse(n, `a date is written as date("2026-01-31")`)
	}
	n.value, n.args = value, nil
	return n
}

// each reads what a macro made of exists, all, exists_one and filter: which of them it was shows in its step.
func (t *translator) each(n *node, e ast.ComprehensionExpr) *node {
	through := t.node(e.IterRange())
	if through.typ.class != list {
		return t.refuse(n, "%s is no list", through.typ)
	}
	v := &element{typ: *through.typ.of}
	t.scope = append(t.scope, binding{e.IterVar(), v})
	defer func() { t.scope = t.scope[:len(t.scope)-1] }()
	step := e.LoopStep().AsCall()
	condition := step.Args()[0]
	n.typ = typ{class: boolean}
	switch {
	case step.FunctionName() == operators.LogicalOr:
		n.op, condition = opExists, step.Args()[1]
	case step.FunctionName() == operators.LogicalAnd:
		n.op, condition = opAll, step.Args()[1]
	case e.AccuInit().Kind() == ast.LiteralKind:
		n.op = opExistsOne
	default:
		n.op, n.typ = opFilter, through.typ
	}
	n.element, n.args = v, []*node{through, t.node(condition)}
	return n
}

// kinds notes the kinds of the records that a node leads to.
func (n *node) kinds(found map[string]bool) {
	if n.typ.class == record {
		found[n.typ.shape.name] = true
	}
	if n.op == opRecords {
		found[n.typ.of.shape.name] = true
	}
	for _, arg := range n.args {
		arg.kinds(found)
	}
}

// String names a type in an error.
func (t typ) String() string {
	switch t.class {
	case boolean:
		return "a yes or no"
	case integer, number:
		return "a number"
	case text:
		return "a text"
	case day:
		return "a date"
	case money:
		return "an amount of money"
	case record:
		return "a record (" + t.shape.name + ")"
	case object:
		return "a group of fields (" + t.shape.name + ")"
	case list:
		return "a list"
	default:
		return "nothing"
	}
}

// plain puts the checker's words for types as people say them.
var plainWords = strings.NewReplacer("wrapper(int)", "number", "wrapper(double)", "number", "wrapper(string)", "text", "wrapper(bool)", "yes or no",
	"'_==_'", "==", "'_!=_'", "!=", "'_<_'", "<", "'_<=_'", "<=", "'_>_'", ">", "'_>=_'", ">=", "'_+_'", "+", "'_-_'", "-", "'_&&_'", "&&", "'_||_'", "||", "'!_'", "!", "'@in'", "in")

func plain(message string) string { return plainWords.Replace(message) }
