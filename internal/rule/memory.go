package rule

import (
	"cmp"
	"context"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Scope is what conditions are evaluated in: a snapshot of the records, and the day that is today. It keeps
// each record that a reference led to, so it lives as long as the snapshot; it is for one goroutine.
type Scope struct {
	ctx     context.Context
	reader  kind.Reader
	today   string
	records map[string]*kind.Record // by key; nil for a key that no record has
	lists   map[*kind.Schema][]any  // all records of a kind

	this     *kind.Record
	elements map[*element]any
	left     int // steps that the condition under way may still take
	err      error
}

// steps bounds what one condition may cost on one record: elements looked at, records read, kilobytes of text
// searched.
const steps = 100_000

// NewScope makes a scope.
func NewScope(ctx context.Context, r kind.Reader, today kind.Date) *Scope {
	return &Scope{ctx: ctx, reader: r, today: string(today), records: map[string]*kind.Record{}, lists: map[*kind.Schema][]any{}, elements: map[*element]any{}}
}

// Holds tells whether the condition holds for a record of its kind. It fails where it divides by nothing,
// leaves the range of numbers, costs too much, or a record cannot be read.
func (x *Expression) Holds(s *Scope, r *kind.Record) (bool, error) {
	s.this, s.left, s.err = r, steps, nil
	yes := x.holds(s) == true
	if s.err != nil {
		return false, fault.New(fault.CodeOf(s.err), "%s: the condition %s: %v", r.Key, x.Source, s.err)
	}
	return yes, nil
}

// spend counts what was done, and tells whether there may be more.
func (s *Scope) spend(n int) bool {
	if s.left -= n; s.left < 0 {
		s.fail("looks at more than %d things", steps)
	}
	return s.err == nil
}

// fail ends the evaluation; what it gives is not looked at any more.
func (s *Scope) fail(format string, args ...any) any {
	if s.err == nil {
		s.err = fault.New(fault.Invalid, format, args...)
	}
	return nil
}

// A value is nil where it is absent, or a bool, int64, float64, string (dates and amounts of money too),
// pointer, []kind.Member (an object) or []any (a list).
type evaluator func(*Scope) any

// pointer is a reference with what it leads to.
type pointer struct {
	schema *kind.Schema
	key    string
}

// evaluate gives the function that computes a node.
func evaluate(n *node) evaluator {
	args := make([]evaluator, len(n.args))
	for i, arg := range n.args {
		args[i] = evaluate(arg)
	}
	switch n.op {
	case opLiteral:
		return func(*Scope) any { return n.value }
	case opToday:
		return func(s *Scope) any { return s.today }
	case opVariable:
		if n.element == nil {
			return func(s *Scope) any { return s.this }
		}
		return func(s *Scope) any { return s.elements[n.element] }
	case opStep:
		return func(s *Scope) any { return s.step(args[0](s), n.property) }
	case opRecords:
		return func(s *Scope) any { return s.all(n.typ.of.shape.schema) }
	case opHas:
		return func(s *Scope) any { return there(args[0](s)) }
	case opList:
		return func(s *Scope) any {
			list := make([]any, len(args))
			for i, arg := range args {
				list[i] = arg(s)
			}
			return list
		}
	case opAnd:
		return func(s *Scope) any { return args[0](s) == true && args[1](s) == true }
	case opOr:
		return func(s *Scope) any { return args[0](s) == true || args[1](s) == true }
	case opNot:
		return func(s *Scope) any { return args[0](s) != true }
	case opChoose:
		return func(s *Scope) any {
			if args[0](s) == true {
				return args[1](s)
			}
			return args[2](s)
		}
	case opExists, opAll, opExistsOne, opFilter:
		return each(n, args[0], args[1])
	case opSize:
		if n.args[0].typ.class == list {
			return func(s *Scope) any { list, _ := args[0](s).([]any); return int64(len(list)) }
		}
		return computation(n.op, args)
	case opMatches:
		return func(s *Scope) any {
			t, ok := args[0](s).(string)
			return ok && s.spend(len(t)>>10) && n.pattern.MatchString(t)
		}
	default:
		return computation(n.op, args)
	}
}

// computation gives the function for an operation on the values of one or two arguments.
func computation(op operation, args []evaluator) evaluator {
	if one := unary[op]; one != nil {
		return func(s *Scope) any { return one(s, args[0](s)) }
	}
	two := binary[op]
	return func(s *Scope) any { return two(s, args[0](s), args[1](s)) }
}

var unary = map[operation]func(s *Scope, a any) any{
	opNegate: func(s *Scope, a any) any { return arithmetic(s, opSubtract, int64(0), a) },
	opLower: func(_ *Scope, a any) any {
		if t, ok := a.(string); ok {
			return lower(t)
		}
		return nil
	},
	opSize: func(_ *Scope, a any) any {
		if t, ok := a.(string); ok {
			return int64(utf8.RuneCountInString(t))
		}
		return nil
	},
}

var binary = map[operation]func(s *Scope, a, b any) any{
	opEqual:        func(_ *Scope, a, b any) any { return equal(a, b) },
	opUnequal:      func(_ *Scope, a, b any) any { return !equal(a, b) },
	opLess:         func(_ *Scope, a, b any) any { c, ok := compare(a, b); return ok && c < 0 },
	opLessEqual:    func(_ *Scope, a, b any) any { c, ok := compare(a, b); return ok && c <= 0 },
	opGreater:      func(_ *Scope, a, b any) any { c, ok := compare(a, b); return ok && c > 0 },
	opGreaterEqual: func(_ *Scope, a, b any) any { c, ok := compare(a, b); return ok && c >= 0 },
	opIn:           func(s *Scope, a, b any) any { return in(s, a, b) },
	opAdd:          func(s *Scope, a, b any) any { return arithmetic(s, opAdd, a, b) },
	opSubtract:     func(s *Scope, a, b any) any { return arithmetic(s, opSubtract, a, b) },
	opMultiply:     func(s *Scope, a, b any) any { return arithmetic(s, opMultiply, a, b) },
	opDivide:       func(s *Scope, a, b any) any { return arithmetic(s, opDivide, a, b) },
	opModulo:       func(s *Scope, a, b any) any { return arithmetic(s, opModulo, a, b) },
	opAddDays:      func(s *Scope, a, b any) any { return later(s, a, b, 1) },
	opSubtractDays: func(s *Scope, a, b any) any { return later(s, a, b, -1) },
	opDaysBetween:  func(_ *Scope, a, b any) any { return daysBetween(a, b) },
	opContains:     textual(strings.Contains),
	opStartsWith:   textual(strings.HasPrefix),
	opEndsWith:     textual(strings.HasSuffix),
}

// textual gives a function on two texts, which is false where one of them is absent.
func textual(fn func(text, part string) bool) func(s *Scope, a, b any) any {
	return func(s *Scope, a, b any) any {
		text, ok1 := a.(string)
		part, ok2 := b.(string)
		return ok1 && ok2 && s.spend(len(text)>>10) && fn(text, part)
	}
}

// each gives the function that goes through a list.
func each(n *node, through, condition evaluator) evaluator {
	return func(s *Scope) any {
		list, _ := through(s).([]any)
		var kept []any
		for _, item := range list {
			if !s.spend(1) {
				return nil
			}
			s.elements[n.element] = item
			yes := condition(s) == true
			if n.op == opExists && yes || n.op == opAll && !yes {
				return n.op == opExists
			}
			if yes {
				kept = append(kept, item)
			}
		}
		switch n.op {
		case opExistsOne:
			return len(kept) == 1
		case opFilter:
			return kept
		default:
			return n.op == opAll
		}
	}
}

// step gives a property of a record, an object or an amount of money.
func (s *Scope) step(from any, p *property) any {
	switch from := from.(type) {
	case *kind.Record:
		return ofRecord(from, p)
	case pointer:
		if p.field == nil && p.name == "key" {
			return from.key
		}
		if r := s.record(from); r != nil {
			return ofRecord(r, p)
		}
	case []kind.Member:
		if n, ok := (kind.Node{Value: from}).Member(p.name); ok {
			return fromNode(p.typ, n)
		}
		if p.whole {
			return zeros[p.typ.class]
		}
	case string:
		amount, currency, _ := strings.Cut(from, " ")
		if p.name == "currency" {
			return currency
		}
		if f, err := strconv.ParseFloat(amount, 64); err == nil {
			return f
		}
	}
	return nil
}

// zeros is what a field holds that is never absent and was not set.
var zeros = map[class]any{boolean: false, integer: int64(0), number: 0.0, text: ""}

// all reads the records of a kind, without the archived ones.
func (s *Scope) all(schema *kind.Schema) []any {
	list, known := s.lists[schema]
	if known {
		return list
	}
	for r, err := range s.reader.Records(s.ctx, schema, kind.Query{}) {
		if err != nil {
			s.err = err
			return nil
		}
		list = append(list, r)
	}
	s.lists[schema] = list
	return list
}

// record reads what a reference leads to; nil where it leads nowhere.
func (s *Scope) record(p pointer) *kind.Record {
	if r, known := s.records[p.key]; known {
		return r
	}
	if !s.spend(1) {
		return nil
	}
	r, err := s.reader.Record(s.ctx, p.schema, p.key)
	if err != nil {
		if !fault.Is(err, fault.NotFound) {
			s.err = err
		}
		r = nil
	}
	s.records[p.key] = r
	return r
}

func ofRecord(r *kind.Record, p *property) any {
	switch {
	case p.field == nil:
		return ofEnvelope(r, p.name)
	case p.typ.class == list || p.typ.class == object:
		n, ok := p.field.Get(r.Data)
		if !ok {
			return nil
		}
		return fromNode(p.typ, n)
	}
	return valueOf(p.typ, p.field.Column(r.Data))
}

func ofEnvelope(r *kind.Record, name string) any {
	switch name {
	case "key":
		return r.Key
	case "state":
		return r.State
	default:
		return r.Archived
	}
}

// valueOf gives a scalar as values are here.
func valueOf(t typ, v any) any {
	switch key, ok := v.(string); {
	case t.class == record && ok:
		return pointer{t.shape.schema, key}
	case t.class == number:
		if i, whole := v.(int64); whole {
			return float64(i)
		}
	}
	return v
}

func fromNode(t typ, n kind.Node) any {
	nodes, ok := n.Value.([]kind.Node)
	if !ok {
		return valueOf(t, n.Value)
	}
	values := make([]any, len(nodes))
	for i, item := range nodes {
		values[i] = fromNode(*t.of, item)
	}
	return values
}

// there tells whether a value was set: an empty text was not.
func there(v any) bool { return v != nil && v != "" }

func equal(a, b any) bool {
	a, b = keyed(a), keyed(b)
	if c, ok := compare(a, b); ok {
		return c == 0
	}
	return a == nil && b == nil || comparable(a) && comparable(b) && a == b
}

// keyed gives a record as a reference to it.
func keyed(v any) any {
	if r, ok := v.(*kind.Record); ok {
		return pointer{r.Schema, r.Key}
	}
	return v
}

// comparable tells values that Go compares: objects and lists are not compared as a whole.
func comparable(v any) bool {
	switch v.(type) {
	case bool, pointer:
		return true
	default:
		return false
	}
}

// compare orders two numbers or two texts; anything else has no order.
func compare(a, b any) (int, bool) {
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return cmp.Compare(a, b), ok
	case int64:
		if b, ok := b.(int64); ok {
			return cmp.Compare(a, b), true
		}
		b, ok := b.(float64)
		return cmp.Compare(float64(a), b), ok
	case float64:
		if b, ok := b.(int64); ok {
			return cmp.Compare(a, float64(b)), true
		}
		b, ok := b.(float64)
		return cmp.Compare(a, b), ok
	default:
		return 0, false
	}
}

func in(s *Scope, a, b any) bool {
	list, _ := b.([]any)
	if a == nil {
		return false
	}
	for _, item := range list {
		if !s.spend(1) || equal(a, item) {
			return s.err == nil
		}
	}
	return false
}

func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, s)
}

// arithmetic computes with two numbers of a kind; what is computed from an absent value is absent.
func arithmetic(s *Scope, op operation, a, b any) any {
	if x, ok := a.(int64); ok {
		if y, ok := b.(int64); ok {
			return whole(s, op, x, y)
		}
		a = float64(x)
	}
	x, ok1 := a.(float64)
	y, ok2 := b.(float64)
	if !ok1 || !ok2 {
		return nil
	}
	switch op {
	case opAdd:
		return x + y
	case opSubtract:
		return x - y
	case opMultiply:
		return x * y
	default:
		if y == 0 {
			return s.fail("divides by nothing")
		}
		return x / y
	}
}

func whole(s *Scope, op operation, x, y int64) any {
	switch op {
	case opAdd:
		if sum := x + y; (sum > x) == (y > 0) {
			return sum
		}
	case opSubtract:
		if difference := x - y; (difference < x) == (y > 0) {
			return difference
		}
	case opMultiply:
		if product := x * y; x == 0 || product/x == y && (x != -1 || y != math.MinInt64) {
			return product
		}
	default:
		switch {
		case y == 0:
			return s.fail("divides by nothing")
		case op == opModulo:
			return x % y
		case x != math.MinInt64 || y != -1:
			return x / y
		}
	}
	return s.fail("computes a number that is too large")
}

// later gives the day some days after a date, or before it where sign is -1.
func later(s *Scope, a, b any, sign int64) any {
	date, ok1 := a.(string)
	days, ok2 := b.(int64)
	if !ok1 || !ok2 {
		return nil
	}
	if days < -farthest || days > farthest {
		return s.fail("goes further than %d days", farthest)
	}
	return string(kind.Date(date).Add(int(sign * days)))
}

// farthest is how many days a date may be moved: some 270 years.
const farthest = 100_000

func daysBetween(a, b any) any {
	x, ok1 := a.(string)
	y, ok2 := b.(string)
	if !ok1 || !ok2 {
		return nil
	}
	const day = 24 * 60 * 60
	return (kind.Date(x).Time().Unix() - kind.Date(y).Time().Unix()) / day
}
