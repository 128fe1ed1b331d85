package store

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// table is the derived table of a kind and its statements.
type table struct {
	schema  *kind.Schema
	name    string // quoted
	columns string // all columns, quoted, in the order of values and scan
	insert  string
	update  string
}

// envelope is the columns that every kind has, before those of its fields.
var envelope = []string{
	"org", "id", "key", "sort", "rev", "state", "archived", "imported", "also", "created_by", "created_at", "changed_by", "changed_at",
}

func newTable(schema *kind.Schema, d *dialect) *table {
	t := &table{schema: schema, name: quote(schema.Name)}
	var names, marks, sets []string
	add := func(name string) {
		names = append(names, quote(name))
		marks = append(marks, "?")
		sets = append(sets, quote(name)+" = ?")
	}
	for _, name := range envelope {
		add(name)
	}
	for _, f := range schema.Fields {
		add(f.Name)
	}
	t.columns = strings.Join(names, ", ")
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.name, t.columns, strings.Join(marks, ", "))
	t.update = fmt.Sprintf("UPDATE %s SET %s WHERE org = ? AND id = ? AND rev = ?", t.name, strings.Join(sets, ", "))
	return t
}

// values gives the columns of a record.
func (t *table) values(r *kind.Record) []any {
	list := make([]any, 0, len(envelope)+len(t.schema.Fields)+3)
	list = append(list, r.Org, r.ID, r.Key, kind.SortKey(r.Key), r.Rev, r.State, r.Archived, r.Imported, r.AlsoJSON(),
		r.Created.By, r.Created.At.Format(ledger.TimeFormat), r.Changed.By, r.Changed.At.Format(ledger.TimeFormat))
	for _, f := range t.schema.Fields {
		list = append(list, f.Column(r.Data))
	}
	return list
}

// scanner reads rows of a table; one serves many rows.
type scanner struct {
	table                *table
	rec                  *kind.Record
	sort, also           string
	createdAt, changedAt string
	fields               []any
	dest                 []any
}

func (t *table) scanner() *scanner {
	s := &scanner{table: t, rec: &kind.Record{}, fields: make([]any, len(t.schema.Fields))}
	r := s.rec
	s.dest = []any{&r.Org, &r.ID, &r.Key, &s.sort, &r.Rev, &r.State, &r.Archived, &r.Imported, &s.also, &r.Created.By, &s.createdAt, &r.Changed.By, &s.changedAt}
	for i := range s.fields {
		s.dest = append(s.dest, &s.fields[i])
	}
	return s
}

// record gives the row that was scanned into dest.
func (s *scanner) record() (*kind.Record, error) {
	r := *s.rec
	r.Schema, r.Data = s.table.schema, s.table.schema.NewData()
	var err error
	if r.Created.At, err = parseTime(s.createdAt); err != nil {
		return nil, err
	}
	if r.Changed.At, err = parseTime(s.changedAt); err != nil {
		return nil, err
	}
	if err := r.SetAlsoJSON(s.also); err != nil {
		return nil, err
	}
	for i, f := range s.table.schema.Fields {
		if err := f.SetColumn(r.Data, s.fields[i]); err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.Schema.Name, r.Key, err)
		}
	}
	return &r, nil
}

// parseTime reads a time column. The package time reads this layout, of which ledger.TimeFormat is a case,
// without interpreting it.
func parseTime(text string) (time.Time, error) { return time.Parse(time.RFC3339Nano, text) }

// next gives the record of the next row.
func (s *scanner) next(rows *sql.Rows) (*kind.Record, error) {
	if err := rows.Scan(s.dest...); err != nil {
		return nil, err
	}
	return s.record()
}
