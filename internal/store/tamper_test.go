package store_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/store"
)

// protected is every table that verify speaks for, besides those of the kinds.
var protected = []string{"revision", "node", "head", "edge", "search"}

// full gives a record of every kind with a value in every field.
func full() []*kind.Record {
	var records []*kind.Record
	for _, s := range isms.Kinds.Schemas {
		r := s.New()
		r.Key = keyOf(s)
		r.Also = map[string]string{"Custodian": "Somebody"}
		fill(s.Fields, r)
		records = append(records, r)
	}
	return records
}

func keyOf(s *kind.Schema) string {
	if s.KeyFits("ORG-0001") {
		return "ORG-0001"
	}
	return s.Prefix + "-0001"
}

// fill sets every field through the face that files use.
func fill(fields []*kind.Field, r *kind.Record) {
	for _, f := range fields {
		if err := f.SetColumn(r.Data, column(f)); err != nil {
			panic(err)
		}
	}
}

func column(f *kind.Field) any {
	n := sample(f)
	if f.List {
		n = kind.Node{Value: []kind.Node{n, n}}
	}
	if f.List || f.Type == kind.Object {
		return string(n.JSON())
	}
	return n.Value
}

func sample(f *kind.Field) kind.Node {
	var v any
	switch f.Type {
	case kind.Bool:
		v = true
	case kind.Int:
		v = int64(3)
	case kind.Float:
		v = 1.5
	case kind.Day:
		v = "2026-01-31"
	case kind.Amount:
		v = "12.00 EUR"
	case kind.OneOf:
		v = f.Enum[0].Name
	case kind.Reference:
		v = keyOf(f.Target)
	case kind.Object:
		var members []kind.Member
		for _, sub := range f.Fields {
			n := sample(sub)
			if sub.List {
				n = kind.Node{Value: []kind.Node{n}}
			}
			members = append(members, kind.Member{Name: sub.Name, Node: n})
		}
		v = members
	default:
		v = "text of " + f.Name
	}
	return kind.Node{Value: v}
}

// TestVerifyNamesEveryAlteredColumn flips one byte in every column of every protected table, one after the
// other, and expects verify to name the table each time.
func TestVerifyNamesEveryAlteredColumn(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, address string) {
		org := organisation(t, s)
		records := full()
		put(t, s, org, records...)
		put(t, s, org, records...) // second revisions, so that the first ones have an end
		verifyClean(t, s, org, int64(2*len(records)))
		db := rawDB(t, address)
		tables := slices.Clone(protected)
		for _, schema := range isms.Kinds.Schemas {
			tables = append(tables, schema.Name)
		}
		flips := 0
		for _, table := range tables {
			for _, name := range columnsOf(t, db, table) {
				if name == "doc" || name == "words" { // the index's own row number and terms, made by the database
					continue
				}
				flips++
				flip(t, db, table, name, func() {
					view(t, s, org, func(tx *store.Tx) error {
						v, err := tx.Verify(testKey)
						if err == nil && !slices.ContainsFunc(v.Damages, func(d store.Damage) bool { return d.Table == table }) {
							t.Errorf("%s.%s was altered and verify says %v", table, name, v.Damages)
						}
						return err
					})
				})
			}
		}
		t.Logf("%d columns of %d tables", flips, len(tables))
		verifyClean(t, s, org, int64(2*len(records)))
	})
}

func TestVerifyNamesRemovedAndInsertedRows(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, address string) {
		org := organisation(t, s)
		records := full()
		put(t, s, org, records...)
		put(t, s, org, records...)
		db := rawDB(t, address)
		for _, table := range append(slices.Clone(protected), "risk", "asset", "control") {
			columns := columnsOf(t, db, table)
			quoted := make([]string, 0, len(columns))
			for _, c := range columns {
				if c != "words" {
					quoted = append(quoted, fmt.Sprintf("%q", c))
				}
			}
			list := strings.Join(quoted, ", ")
			mustExec(t, db, fmt.Sprintf(`CREATE TABLE kept AS SELECT %s FROM %s`, list, table))
			row := "SELECT %s FROM kept LIMIT 1"
			switch table {
			case "node", "revision":
				row = "SELECT %s FROM kept WHERE " + quoted[1] + " = 3"
			}
			mustExec(t, db, fmt.Sprintf(`DELETE FROM %s WHERE (%s) IN (%s)`, table, key(quoted), fmt.Sprintf(row, key(quoted))))
			expect(t, s, org, table, "removed")
			mustExec(t, db, "DELETE FROM "+table)
			mustExec(t, db, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM kept", table, list, list))
			mustExec(t, db, "DROP TABLE kept")
			verifyClean(t, s, org, int64(2*len(records)))
		}
		mustExec(t, db, `UPDATE edge SET path = path || '[9]' WHERE path = 'owner' AND kind = 'risk'`)
		expect(t, s, org, "edge", "inserted")
	})
}

// key gives the columns that tell one row from the others: the first two, and for references the path.
func key(quoted []string) string {
	switch {
	case len(quoted) == 5 && quoted[0] == `"org"` && quoted[4] == `"checkpoint"`:
		return quoted[0]
	case slices.Contains(quoted, `"path"`):
		return `"org", "key", "path"`
	case quoted[0] == `"doc"`, slices.Contains(quoted, `"title"`) && slices.Contains(quoted, `"body"`):
		return `"org", "key"`
	}
	return strings.Join(quoted[:2], ", ")
}

func expect(t *testing.T, s *store.Store, org, table, what string) {
	t.Helper()
	view(t, s, org, func(tx *store.Tx) error {
		v, err := tx.Verify(testKey)
		if err == nil && !slices.ContainsFunc(v.Damages, func(d store.Damage) bool { return d.Table == table && d.What == what }) {
			t.Errorf("a row of %s was %s and verify says %v", table, what, v.Damages)
		}
		return err
	})
}

func rawDB(t *testing.T, address string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(address, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func mustExec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func columnsOf(t *testing.T, db *sql.DB, table string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), fmt.Sprintf("SELECT * FROM %q WHERE 1 = 0", table))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

// flip alters one byte of a column in one row, calls then, and puts the row back. It looks for a row where
// the database lets the column be altered.
func flip(t *testing.T, db *sql.DB, table, column string, then func()) {
	t.Helper()
	where, args, value := pick(t, db, table, column)
	set := fmt.Sprintf(`UPDATE %q SET %q = $1 WHERE %s`, table, column, where)
	mustExec(t, db, set, append([]any{altered(value)}, args...)...)
	then()
	// The row may now stand under the altered value: put it back by the same key, altered alike.
	back := slices.Clone(args)
	for i, name := range keyColumns(table) {
		if name == column {
			back[i] = altered(value)
		}
	}
	mustExec(t, db, set, append([]any{value}, back...)...)
}

func keyColumns(table string) []string {
	switch table {
	case "revision":
		return []string{"org", "n"}
	case "node":
		return []string{"org", "i"}
	case "head":
		return []string{"org"}
	case "edge":
		return []string{"org", "key", "path"}
	case "search":
		return []string{"org", "key"}
	default:
		return []string{"org", "id"}
	}
}

// pick gives a row in which the column holds something, by its key.
func pick(t *testing.T, db *sql.DB, table, column string) (where string, args []any, value any) {
	t.Helper()
	keys := keyColumns(table)
	quoted, conditions := make([]string, len(keys)), make([]string, len(keys))
	dest := make([]any, len(keys)+1)
	args = make([]any, len(keys))
	for i, k := range keys {
		quoted[i] = fmt.Sprintf("%q", k)
		conditions[i] = fmt.Sprintf(`%q = $%d`, k, i+2)
		dest[i] = &args[i]
	}
	dest[len(keys)] = &value
	query := fmt.Sprintf(`SELECT %s, %q FROM %q ORDER BY CASE WHEN %q IS NULL OR CAST(%q AS TEXT) = '' THEN 1 ELSE 0 END, %s DESC LIMIT 1`,
		strings.Join(quoted, ", "), column, table, column, column, strings.Join(quoted, " DESC, "))
	if err := db.QueryRowContext(t.Context(), query).Scan(dest...); err != nil {
		t.Fatalf("%s.%s: %v", table, column, err)
	}
	return strings.Join(conditions, " AND "), args, value
}

// altered gives a value with one byte changed.
func altered(value any) any {
	switch v := value.(type) {
	case int64:
		if v == 0 || v == 1 {
			return 1 - v
		}
		return v + 1<<20
	case float64:
		return v + 1
	case bool:
		return !v
	case string:
		if v == "" {
			return "x"
		}
		b := []byte(v)
		i := len(b) / 2
		if b[i] ^= 1; b[i] < ' ' || b[i] == '"' || b[i] == '\\' {
			b[i] ^= 3
		}
		return string(b)
	default:
		return "x"
	}
}
