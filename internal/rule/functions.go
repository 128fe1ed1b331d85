package rule

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
)

// operation is what a node of the tree does with its arguments.
type operation uint8

const (
	opLiteral operation = iota
	opToday
	opVariable // the record itself, or an element of a list
	opStep     // to a property of its argument
	opHas      // whether a step leads somewhere
	opRecords  // all records of a kind
	opList
	opEqual
	opUnequal
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
	opIn
	opAnd
	opOr
	opNot
	opChoose
	opAdd
	opSubtract
	opMultiply
	opDivide
	opModulo
	opNegate
	opAddDays      // a date and a number of days
	opSubtractDays //
	opDaysBetween  // two dates
	opContains
	opStartsWith
	opEndsWith
	opMatches
	opLower
	opSize
	opExists
	opAll
	opExistsOne
	opFilter
)

// function is a function or an operator of the language: the part of CEL that can be said in SQL as well,
// dates, and a little more.
type function struct {
	name     string
	member   bool // called as target.name(...)
	op       operation
	args     []*cel.Type
	result   *cel.Type
	overload string // of the overload; CEL's cost model goes by it
}

var (
	anyType = cel.TypeParamType("A")
	bools   = cel.BoolType
	ints    = cel.IntType
	doubles = cel.DoubleType
	texts   = cel.StringType

	// What is computed from an absent value is absent.
	perhapsInt    = cel.NullableType(ints)
	perhapsDouble = cel.NullableType(doubles)
	perhapsText   = cel.NullableType(texts)
)

// functions is every function of the language.
var functions = slices.Concat(
	[]function{
		{operators.Equals, false, opEqual, args(anyType, anyType), bools, "equals"},
		{operators.NotEquals, false, opUnequal, args(anyType, anyType), bools, "not_equals"},
		{operators.In, false, opIn, args(anyType, cel.ListType(anyType)), bools, "in_list"},
		{operators.LogicalAnd, false, opAnd, args(bools, bools), bools, "logical_and"},
		{operators.LogicalOr, false, opOr, args(bools, bools), bools, "logical_or"},
		{operators.LogicalNot, false, opNot, args(bools), bools, "logical_not"},
		{operators.Conditional, false, opChoose, args(bools, anyType, anyType), anyType, "conditional"},
		{operators.NotStrictlyFalse, false, opAnd, args(bools), bools, "not_strictly_false"},
		{operators.Divide, false, opDivide, args(ints, ints), perhapsInt, "divide_int64"},
		{operators.Divide, false, opDivide, args(doubles, doubles), perhapsDouble, "divide_double"},
		{operators.Modulo, false, opModulo, args(ints, ints), perhapsInt, "modulo_int64"},
		{operators.Negate, false, opNegate, args(ints), perhapsInt, "negate_int64"},
		{operators.Negate, false, opNegate, args(doubles), perhapsDouble, "negate_double"},
		{operators.Add, false, opAddDays, args(dateType, ints), dateType, "add_date_days"},
		{operators.Subtract, false, opSubtractDays, args(dateType, ints), dateType, "subtract_date_days"},
		{operators.Subtract, false, opDaysBetween, args(dateType, dateType), perhapsInt, "subtract_date_date"},
		{operators.Add, false, opFilter, args(cel.ListType(anyType), cel.ListType(anyType)), cel.ListType(anyType), "add_list"}, // in the expansion of filter
		{"date", false, opLiteral, args(texts), dateType, "string_to_date"},
		{"contains", true, opContains, args(texts, texts), bools, "contains_string"},
		{"startsWith", true, opStartsWith, args(texts, texts), bools, "starts_with_string"},
		{"endsWith", true, opEndsWith, args(texts, texts), bools, "ends_with_string"},
		{"matches", true, opMatches, args(texts, texts), bools, "matches_string"},
		{"lowerAscii", true, opLower, args(texts), perhapsText, "string_lower_ascii"},
		{"size", false, opSize, args(texts), perhapsInt, "size_string"},
		{"size", false, opSize, args(cel.ListType(anyType)), ints, "size_list"},
		{"size", true, opSize, args(texts), perhapsInt, "string_size"},
		{"size", true, opSize, args(cel.ListType(anyType)), ints, "list_size"},
	},
	compared(operators.Less, opLess, "less"),
	compared(operators.LessEquals, opLessEqual, "less_equals"),
	compared(operators.Greater, opGreater, "greater"),
	compared(operators.GreaterEquals, opGreaterEqual, "greater_equals"),
	computed(operators.Add, opAdd, "add"),
	computed(operators.Subtract, opSubtract, "subtract"),
	computed(operators.Multiply, opMultiply, "multiply"),
)

func args(list ...*cel.Type) []*cel.Type { return list }

// compared gives an operator that orders values of a type, and numbers of any type.
func compared(name string, op operation, overload string) []function {
	pair := func(a, b *cel.Type, names string) function {
		return function{name, false, op, args(a, b), bools, overload + "_" + names}
	}
	return []function{
		pair(ints, ints, "int64"), pair(doubles, doubles, "double"), pair(ints, doubles, "int64_double"), pair(doubles, ints, "double_int64"),
		pair(texts, texts, "string"), pair(dateType, dateType, "date"),
	}
}

// computed gives an operator that computes with numbers.
func computed(name string, op operation, overload string) []function {
	return []function{
		{name, false, op, args(ints, ints), perhapsInt, overload + "_int64"},
		{name, false, op, args(doubles, doubles), perhapsDouble, overload + "_double"},
	}
}

// declarations gives the functions to the checker.
func declarations() []cel.EnvOption {
	options := make([]cel.EnvOption, len(functions))
	for i, f := range functions {
		overload := cel.Overload(f.overload, f.args, f.result)
		if f.member {
			overload = cel.MemberOverload(f.overload, f.args, f.result)
		}
		options[i] = cel.Function(f.name, overload)
	}
	return options
}

// operations finds the operation of an overload.
var operations = func() map[string]operation {
	byOverload := map[string]operation{}
	for _, f := range functions {
		byOverload[f.overload] = f.op
	}
	return byOverload
}()
