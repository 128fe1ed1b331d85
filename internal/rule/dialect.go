package rule

// dialect is how a database says what SQLite and PostgreSQL say differently: $1 and $2 are what it says it of.
// Objects and lists are JSON text in SQLite and jsonb in PostgreSQL.
type dialect struct {
	placeholder map[class]string
	same        string // absence is a value like others
	different   string
	contains    string // of a text and a part of it
	startsWith  string
	endsWith    string
	lower       string
	addDays     string // to a date, a number with its sign
	daysBetween string // a later date and an earlier one
	amount      string // of money
	currency    string
	column      string           // a list or an object, of the column that holds it
	member      map[class]string // of an object, by its name
	elements    string           // of a list, in FROM, under an alias
	element     map[class]string // of an alias
}

var dialects = map[string]*dialect{
	"sqlite": {
		placeholder: classwise("?", "?", "?", "?"),
		same:        "($1 IS $2)", different: "($1 IS NOT $2)",
		contains:   "(instr($1, $2) > 0)",
		startsWith: "(substr($1, 1, length($2)) = $2)",
		endsWith:   "(length($1) >= length($2) AND substr($1, length($1) - length($2) + 1) = $2)",
		lower:      "lower($1)", // of ASCII alone
		addDays:    "date($1, '$2 days')", daysBetween: "CAST(julianday($1) - julianday($2) AS INTEGER)",
		amount: "CAST(substr($1, 1, instr($1, ' ') - 1) AS REAL)", currency: "substr($1, instr($1, ' ') + 1)",
		column: "$1", member: one(`json_extract($1, '$."$2"')`), elements: "json_each($1) AS $2", element: one("$1.value"),
	},
	"postgres": {
		placeholder: classwise("?::boolean", "?::bigint", "?::double precision", collated("?::text")),
		same:        "($1 IS NOT DISTINCT FROM $2)", different: "($1 IS DISTINCT FROM $2)",
		contains: "(strpos($1, $2) > 0)", startsWith: "starts_with($1, $2)", endsWith: "(right($1, length($2)) = $2)",
		lower:   "lower(" + collated("$1") + ")",
		addDays: collated("to_char($1::date + ($2), 'YYYY-MM-DD')"), daysBetween: "($1::date - $2::date)",
		amount: "split_part($1, ' ', 1)::double precision", currency: collated("split_part($1, ' ', 2)"),
		column: "$1::jsonb", member: extracted("($1 ->> '$2')", "($1 -> '$2')"),
		elements: "jsonb_array_elements($1) AS $2(value)", element: extracted("($1.value #>> '{}')", "$1.value"),
	},
}

// collated has PostgreSQL order a text by its bytes, as the columns are and SQLite and Go do.
func collated(sql string) string { return "(" + sql + ` COLLATE "C")` }

// classwise gives a piece of SQL for each class of scalars; dates, references and amounts are texts.
func classwise(yes, whole, real, words string) map[class]string {
	return map[class]string{boolean: yes, integer: whole, number: real, text: words, day: words, record: words, money: words}
}

// one gives the same piece of SQL for every class.
func one(sql string) map[class]string {
	all := classwise(sql, sql, sql, sql)
	all[object], all[list] = sql, sql
	return all
}

// extracted gives what PostgreSQL takes out of jsonb: scalars as text and then as what they are.
func extracted(scalar, inner string) map[class]string {
	all := classwise(scalar+"::boolean", scalar+"::bigint", scalar+"::double precision", collated(scalar))
	all[object], all[list] = inner, inner
	return all
}
