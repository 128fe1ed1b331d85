package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// SQL gives the condition for WHERE on the table of its kind, in the words of "sqlite" or "postgres", with the
// values of its placeholders (?). It is false or NULL where the condition does not hold. What SQL cannot say
// is refused, as a *fault.Error with the reason.
func (x *Expression) SQL(database string, today kind.Date) (where string, args []any, err error) {
	w := &writer{dialect: dialects[database], text: x.Source, table: quote(x.schema.Name), today: string(today), names: map[*element]source{}}
	f := w.node(x.root)
	return f.sql, f.args, w.err
}

// fragment is a piece of SQL with the values of its placeholders, in their order.
type fragment struct {
	sql  string
	args []any
	null bool // it may be NULL
}

// writer writes the tree as SQL. The operators of the tree know two values and SQL's three: NULL may stand for
// false wherever only true counts, and is made false elsewhere. There, and nowhere else: an index is of no use
// below IS TRUE.
type writer struct {
	*dialect
	text    string // of the expression
	table   string // of the record itself, quoted
	today   string
	aliases int
	names   map[*element]source // what goes through a list
	err     error
}

func (w *writer) refuse(reason string) fragment {
	if w.err == nil {
		w.err = fault.New(fault.Invalid, "a list cannot be filtered by %s: %s", w.text, reason)
	}
	return fragment{sql: "NULL"}
}

func (w *writer) alias() string {
	w.aliases++
	return "x" + strconv.Itoa(w.aliases)
}

// mark is where a format takes a fragment: $1 the first one.
var mark = regexp.MustCompile(`\$[1-9]`)

func fill(format string, parts ...fragment) fragment {
	var f fragment
	f.sql = mark.ReplaceAllStringFunc(format, func(m string) string {
		part := parts[m[1]-'1']
		f.args = append(f.args, part.args...)
		return part.sql
	})
	f.null = slices.ContainsFunc(parts, func(p fragment) bool { return p.null })
	return f
}

// certain gives a fragment that is never NULL.
func (f fragment) certain() fragment {
	f.null = false
	return f
}

// verbatim gives a fragment that is a name or a whole piece of SQL.
func verbatim(sql string) fragment { return fragment{sql: sql} }

// node writes a node. A condition is NULL or false where it does not hold.
func (w *writer) node(n *node) fragment {
	switch n.op {
	case opLiteral:
		return w.literal(n.typ.class, n.value)
	case opToday:
		return w.literal(day, w.today)
	case opVariable:
		if n.element == nil {
			return verbatim(w.table + `."key"`)
		}
		return w.elementOf(w.names[n.element], n.typ.class)
	case opStep:
		return w.step(n.args[0], n.property)
	case opHas:
		return w.has(n.args[0])
	case opNot:
		return fill("(NOT $1)", w.truth(n.args[0]))
	case opChoose:
		return fill("CASE WHEN $1 THEN $2 ELSE $3 END", w.node(n.args[0]), w.value(n.args[1]), w.value(n.args[2]))
	case opEqual, opUnequal:
		return w.equality(n.op, n.args[0], n.args[1])
	case opIn:
		return w.membership(n.args[0], n.args[1])
	case opExists, opAll, opExistsOne:
		return w.quantified(n)
	case opSize:
		return w.size(n.args[0])
	case opAddDays, opSubtractDays:
		return w.days(n)
	case opMatches:
		return w.refuse("databases do not agree on patterns; use contains(), startsWith() or endsWith()")
	case opDivide, opModulo:
		return w.refuse("it divides, and one record that divides by nothing would take the whole list away")
	case opList, opFilter, opRecords:
		return w.refuse("a list that is made here can only be counted, or stand behind in")
	default:
		return fill(w.operator(n.op), w.values(n.args)...)
	}
}

// operator gives the format of an operation on the values of its arguments. It is NULL where one of them is.
func (w *writer) operator(op operation) string {
	switch op {
	case opContains:
		return w.contains
	case opStartsWith:
		return w.startsWith
	case opEndsWith:
		return w.endsWith
	case opLower:
		return w.lower
	case opDaysBetween:
		return w.daysBetween
	default:
		return infix[op]
	}
}

var infix = map[operation]string{
	opAnd: "($1 AND $2)", opOr: "($1 OR $2)",
	opLess: "($1 < $2)", opLessEqual: "($1 <= $2)", opGreater: "($1 > $2)", opGreaterEqual: "($1 >= $2)",
	opAdd: "($1 + $2)", opSubtract: "($1 - $2)", opMultiply: "($1 * $2)", opNegate: "(- $1)",
}

func (w *writer) values(nodes []*node) []fragment {
	list := make([]fragment, len(nodes))
	for i, n := range nodes {
		list[i] = w.node(n)
	}
	return list
}

// truth writes a condition that is true or false.
func (w *writer) truth(n *node) fragment {
	f := w.node(n)
	if f.null {
		return fill("($1 IS TRUE)", f).certain()
	}
	return f
}

// value writes a node where NULL would be taken for absence: a yes-or-no that is computed is never absent.
func (w *writer) value(n *node) fragment {
	switch {
	case n.typ.class != boolean, n.op == opLiteral, n.op == opStep, n.op == opVariable, n.op == opChoose:
		return w.node(n)
	default:
		return w.truth(n)
	}
}

func (w *writer) literal(c class, value any) fragment {
	if value == nil {
		return fragment{sql: "NULL", null: true}
	}
	return fragment{sql: w.placeholder[c], args: []any{value}}
}

// step writes a property of what a node leads to.
func (w *writer) step(from *node, p *property) fragment {
	switch {
	case from.typ.class == money && p.name == "amount":
		return fill(w.amount, w.node(from))
	case from.typ.class == money:
		return fill(w.currency, w.node(from))
	case from.typ.class == object:
		return w.member(w.node(from), p)
	case from.op == opVariable && from.element == nil:
		return w.column(w.table, p)
	case from.op == opVariable && w.names[from.element].table:
		return w.column(w.names[from.element].alias, p)
	case p.field == nil && p.name == "key":
		return w.node(from)
	}
	alias := w.alias()
	f := fill(`(SELECT $1 FROM $2 $3 WHERE $3.org = $4.org AND $3."key" = $5)`,
		w.column(alias, p), verbatim(quote(from.typ.shape.name)), verbatim(alias), verbatim(w.table), w.node(from))
	f.null = true
	return f
}

// column writes a property that stands in the table of its record.
func (w *writer) column(table string, p *property) fragment {
	f := fragment{sql: table + "." + quote(p.name), null: !p.whole}
	if p.typ.class == list || p.typ.class == object {
		f = fill(w.dialect.column, f)
	}
	return f
}

// member writes a field of an object. JSON has only what was set.
func (w *writer) member(object fragment, p *property) fragment {
	f := fill(w.dialect.member[p.typ.class], object, verbatim(p.name))
	switch {
	case !p.whole:
		f.null = true
	case object.null:
		f = fill("CASE WHEN $1 IS NOT NULL THEN coalesce($2, $3) END", object, f, w.literal(p.typ.class, zeros[p.typ.class]))
	default:
		f = fill("coalesce($1, $2)", f, w.literal(p.typ.class, zeros[p.typ.class]))
	}
	return f
}

// has writes whether a value was set: an empty text was not.
func (w *writer) has(n *node) fragment {
	if n.typ.class == text {
		return fill("coalesce($1 <> '', FALSE)", w.node(n)).certain()
	}
	return fill("($1 IS NOT NULL)", w.node(n)).certain()
}

// equality writes == and !=, for which absence is a value like others.
func (w *writer) equality(op operation, left, right *node) fragment {
	a, b := w.value(left), w.value(right)
	switch {
	case op == opUnequal && !a.null && !b.null:
		return fill("($1 <> $2)", a, b)
	case op == opUnequal:
		return fill(w.different, a, b).certain()
	case a.null && b.null:
		return fill(w.same, a, b).certain()
	default:
		return fill("($1 = $2)", a, b)
	}
}

// membership writes in.
func (w *writer) membership(item, within *node) fragment {
	a := w.value(item)
	if within.op != opList {
		from := w.through(within)
		element := w.elementOf(from, within.typ.of.class)
		return fill("EXISTS (SELECT 1 FROM $1 WHERE $2 AND $3 = $4)", from.from, from.where, element, a).certain()
	}
	if len(within.args) == 0 {
		return verbatim("FALSE")
	}
	f := fill("$1 IN (", a)
	for i, n := range within.args {
		v := w.value(n)
		if i > 0 {
			f.sql += ", "
		}
		f = fill("$1$2", f, v)
	}
	f.sql = "(" + f.sql + "))"
	return f
}

// quantified writes exists, all and exists_one.
func (w *writer) quantified(n *node) fragment {
	s := w.through(n.args[0])
	w.names[n.element] = s
	switch n.op {
	case opAll:
		return fill("NOT EXISTS (SELECT 1 FROM $1 WHERE $2 AND NOT $3)", s.from, s.where, w.truth(n.args[1])).certain()
	case opExistsOne:
		return fill("((SELECT count(*) FROM $1 WHERE $2 AND $3) = 1)", s.from, s.where, w.node(n.args[1])).certain()
	default:
		return fill("EXISTS (SELECT 1 FROM $1 WHERE $2 AND $3)", s.from, s.where, w.node(n.args[1])).certain()
	}
}

// source is what stands in FROM to go through a list.
type source struct {
	from  fragment
	alias string
	table bool     // of records, and not of what a column holds
	where fragment // what to leave out
}

// through writes how to go through a list.
func (w *writer) through(list *node) source {
	switch list.op {
	case opFilter:
		s := w.through(list.args[0])
		w.names[list.element] = s
		s.where = fill("$1 AND $2", s.where, w.node(list.args[1]))
		return s
	case opRecords:
		alias := w.alias()
		table := verbatim(quote(list.typ.of.shape.name) + " " + alias)
		return source{table, alias, true, verbatim(alias + ".org = " + w.table + ".org AND NOT " + alias + ".archived")}
	default:
		alias := w.alias()
		return source{fill(w.elements, w.node(list), verbatim(alias)), alias, false, verbatim("TRUE")}
	}
}

// elementOf writes an element of what is gone through; a record is its key.
func (w *writer) elementOf(s source, c class) fragment {
	if s.table {
		return verbatim(s.alias + `."key"`)
	}
	return fill(w.element[c], verbatim(s.alias))
}

func (w *writer) size(n *node) fragment {
	if n.typ.class != list {
		return fill("length($1)", w.node(n))
	}
	s := w.through(n)
	return fill("(SELECT count(*) FROM $1 WHERE $2)", s.from, s.where).certain()
}

// days writes a date some days later or earlier.
func (w *writer) days(n *node) fragment {
	days, ok := n.args[1].value.(int64)
	if !ok || days < -farthest || days > farthest {
		return w.refuse(fmt.Sprintf("the number of days has to be written out, and be at most %d", farthest))
	}
	if n.op == opSubtractDays {
		days = -days
	}
	if n.args[0].op == opToday {
		return w.literal(day, string(kind.Date(w.today).Add(int(days))))
	}
	return fill(w.addDays, w.node(n.args[0]), verbatim(fmt.Sprintf("%+d", days)))
}

func quote(name string) string { return strconv.Quote(name) }
