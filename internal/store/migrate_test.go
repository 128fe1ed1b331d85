package store_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// The queries tell a schema as lines that do not depend on the order of columns.
const (
	sqliteSchema = `SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master m, pragma_table_info(m.name) c
			WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'migration'
		UNION ALL SELECT m.name || ' index ' || i.name || ' ' || i."unique" || ' ' || c.seqno || ' ' || coalesce(c.name, '') FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
			WHERE m.type = 'table' AND m.name <> 'migration'
		UNION ALL SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%'
		ORDER BY 1`
	postgresSchema = `SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') || ' ' || coalesce(generation_expression, '')
			FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migration'
		UNION ALL SELECT tablename || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migration'
		ORDER BY 1`
)

func TestMigrationsLeadToTheSchemaOfTheKinds(t *testing.T) {
	for _, test := range []struct {
		dialect, query string
		address        func() string
	}{
		{"sqlite", sqliteSchema, func() string { return filepath.Join(t.TempDir(), "stele.db") }},
		{"postgres", postgresSchema, func() string { return pgtest.Database(t) }},
	} {
		t.Run(test.dialect, func(t *testing.T) {
			migrated := test.address()
			open(t, migrated)
			derived := test.address()
			draft, err := store.Draft(isms.Kinds, test.dialect)
			if err != nil {
				t.Fatal(err)
			}
			mustExec(t, rawDB(t, derived), draft)
			got, want := lines(t, rawDB(t, migrated), test.query), lines(t, rawDB(t, derived), test.query)
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("the migrations lead to another schema than the kinds (run make migration): %s", d)
			}
			if len(want) < 100 {
				t.Errorf("only %d lines of schema", len(want))
			}
		})
	}
}

func lines(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.TrimSpace(line))
	}
	return list
}
