package store_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// look reads a record without a snapshot.
func look(ctx context.Context, s *store.Store, org string) error {
	return s.Look(ctx, org, func(tx *store.Tx) error {
		_, err := tx.Reader().Record(ctx, isms.Assets.Schema, "AST-0001")
		return err
	})
}

func TestALookThatIsCancelledSpoilsNoOther(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		put(t, s, org, asset("AST-0001", "Server"))
		for range 20 { // more than there are sessions
			ctx, cancel := context.WithCancel(t.Context())
			err := s.Look(ctx, org, func(tx *store.Tx) error {
				cancel()
				_, err := tx.Reader().Record(ctx, isms.Assets.Schema, "AST-0001")
				return err
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("a cancelled look gives %v", err)
			}
			if err := look(t.Context(), s, org); err != nil {
				t.Fatalf("the next one: %v", err)
			}
		}
	})
}

func TestAConnectionThatPostgreSQLEndedIsNotUsedAgain(t *testing.T) {
	address := pgtest.Database(t)
	s := open(t, address)
	org := organisation(t, s)
	put(t, s, org, asset("AST-0001", "Server"))
	for name, read := range map[string]func() error{
		"look": func() error { return look(t.Context(), s, org) },
		"view": func() error { return s.View(t.Context(), org, func(*store.Tx) error { return nil }) },
	} {
		if err := read(); err != nil {
			t.Fatal(err)
		}
		endConnections(t, address)
		if err := read(); err == nil {
			t.Fatalf("%s: the connection was not ended", name)
		}
		if err := read(); err != nil {
			t.Errorf("the %s after the one that failed: %v", name, err)
		}
	}
}

// endConnections does what a restart of PostgreSQL does to those who are connected.
func endConnections(t *testing.T, address string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
		t.Fatal(err)
	}
}

func TestAnAddressIsShownWithoutItsPassword(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://stele:secret@db/isms":   "postgres://stele:xxxxx@db/isms",
		"postgres://stele:sec%ret@db/isms":  "postgres://...",
		"postgres://db/isms":                "postgres://db/isms",
		"/var/lib/stele/../stele/stele.db":  "/var/lib/stele/stele.db",
		"postgresql://stele:secret@db/isms": "postgresql://stele:xxxxx@db/isms",
	} {
		if got := store.Redact(address); got != want {
			t.Errorf("%s is shown as %s, not %s", address, got, want)
		}
	}
}
