package kind

import (
	"context"
	"iter"
	"reflect"

	"github.com/stele-isms/stele/internal/fault"
)

// Reader reads records of one organisation, as they are now or as of a date. Access rules hold in it.
type Reader interface {
	Kinds() *Set
	// Record gives one record, or a fault of code NotFound.
	Record(ctx context.Context, s *Schema, key string) (*Record, error)
	// Records yields records in the order of their keys, as people count. After an error it ends.
	Records(ctx context.Context, s *Schema, q Query) iter.Seq2[*Record, error]
}

// Query says which records are wanted. The zero Query is all that are not archived.
type Query struct {
	Equal    []Condition
	State    string
	Where    Filter // nil is no further condition
	Archived bool   // archived ones too
	After    string // a sort key: those behind it
	Limit    int    // 0 is no limit
}

// Condition asks for one value of a field that has a plain column.
type Condition struct {
	Field string
	Value any // a string, bool, int64 or float64
}

// Filter is a condition that records of a kind must meet; package rule makes them.
type Filter interface {
	// Matcher gives a function that tells of the records of a snapshot, one after another, whether they do.
	Matcher(ctx context.Context, r Reader) func(*Record) (bool, error)
	// SQL gives the condition on the kind's table for "sqlite" or "postgres", with a value for each question
	// mark in it. It may be NULL where a record does not meet it.
	SQL(database string) (where string, args []any, err error)
}

// Get gives one record of kind T.
func Get[T any](ctx context.Context, r Reader, key string) (Entry[T], error) {
	rec, err := r.Record(ctx, r.Kinds().schemaOf(reflect.TypeFor[T]()), key)
	if err != nil {
		return Entry[T]{}, err
	}
	return entry[T](rec), nil
}

// Each yields the records of kind T that a query asks for, in the order of their keys.
func Each[T any](ctx context.Context, r Reader, q Query) iter.Seq2[Entry[T], error] {
	return func(yield func(Entry[T], error) bool) {
		for rec, err := range r.Records(ctx, r.Kinds().schemaOf(reflect.TypeFor[T]()), q) {
			if err != nil {
				yield(Entry[T]{}, err)
				return
			}
			if !yield(entry[T](rec), nil) {
				return
			}
		}
	}
}

// All gives the records of kind T that are not archived, in the order of their keys.
func All[T any](ctx context.Context, r Reader) ([]Entry[T], error) {
	var list []Entry[T]
	for e, err := range Each[T](ctx, r, Query{}) {
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// ByKey gives the records of kind T, archived ones too, by their keys.
func ByKey[T any](ctx context.Context, r Reader) (map[string]Entry[T], error) {
	byKey := map[string]Entry[T]{}
	for e, err := range Each[T](ctx, r, Query{Archived: true}) {
		if err != nil {
			return nil, err
		}
		byKey[e.Key] = e
	}
	return byKey, nil
}

// NewOf gives a new record of kind T that holds data.
func NewOf[T any](r Reader, data *T) *Record {
	rec := r.Kinds().schemaOf(reflect.TypeFor[T]()).New()
	rec.Data = data
	return rec
}

// Missing is the fault for a key that no record has.
func Missing(s *Schema, key string) error {
	return fault.New(fault.NotFound, "there is no %s %s", s.Name, key)
}
