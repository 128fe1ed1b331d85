package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/ledger"
)

// Troubles of a database, in words, each with the way out.
var (
	locked    = fault.New(fault.Conflict, "another program holds the database; end it, or wait until it is done")
	readOnly  = fault.New(fault.Forbidden, "the database cannot be written; give this user the right to write the file and its folder, and see that the disk is not mounted read-only")
	corrupted = fault.New(fault.Internal, "the database is damaged; keep the file, and take back the newest backup with stele restore")
	full      = fault.New(fault.Internal, "the disk is full; make room on it, nothing was lost")
	away      = fault.New(fault.Internal, "PostgreSQL does not answer or went away; nothing was changed, try again when it is back")
)

var sqliteTroubles = map[int]*fault.Error{
	sqlitecode.SQLITE_BUSY: locked, sqlitecode.SQLITE_LOCKED: locked, sqlitecode.SQLITE_READONLY: readOnly, sqlitecode.SQLITE_CANTOPEN: readOnly,
	sqlitecode.SQLITE_CORRUPT: corrupted, sqlitecode.SQLITE_NOTADB: corrupted, sqlitecode.SQLITE_FULL: full,
}

// postgresTroubles goes by the codes of appendix A of PostgreSQL's documentation.
var postgresTroubles = map[string]*fault.Error{
	"25006": readOnly, "XX001": corrupted, "XX002": corrupted, "53100": full, "57P01": away, "57P02": away, "57P03": away,
}

// trouble puts in words what a database says in codes; other errors it leaves alone.
func trouble(err error) error {
	var t *fault.Error
	if lite, ok := errors.AsType[*sqlitedriver.Error](err); ok {
		t = sqliteTroubles[lite.Code()&0xff]
	} else if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		t = postgresTroubles[pg.Code]
	}
	if t == nil {
		return err
	}
	return &fault.Error{Code: t.Code, Message: t.Message, Err: err}
}

// Examine looks for what would keep the database from its work: it is read through, a write is begun and undone,
// and the clock is held against the newest revisions. Each trouble comes with the way out.
func (s *Store) Examine(ctx context.Context) []error {
	var found []error
	note := func(err error) {
		if err != nil {
			found = append(found, err)
		}
	}
	note(s.readThrough(ctx))
	errUndone := errors.New("undone")
	if err := s.write.run(ctx, s.dialect.beginWrite, func(t *session) error {
		if err := t.exec(`UPDATE head SET n = n`); err != nil {
			return err
		}
		return errUndone
	}); !errors.Is(err, errUndone) {
		note(err)
	}
	note(s.clock(ctx))
	return found
}

// readThrough has SQLite look at every page; PostgreSQL looks after its own.
func (s *Store) readThrough(ctx context.Context) error {
	if s.dialect != &sqlite {
		return nil
	}
	return s.read.look(ctx, func(t *session) error {
		var result string
		if err := t.row(`PRAGMA quick_check(1)`, []any{&result}); err != nil {
			return err
		}
		if result != "ok" {
			return &fault.Error{Code: corrupted.Code, Message: corrupted.Message, Err: errors.New(result)}
		}
		return nil
	})
}

// clock refuses a clock that stands before the newest revision: what is written then carries that one's time.
func (s *Store) clock(ctx context.Context) error {
	return s.read.look(ctx, func(t *session) error {
		var newest string
		if err := t.row(`SELECT coalesce(max(at), '') FROM head`, []any{&newest}); err != nil || newest == "" {
			return err
		}
		last, err := time.Parse(ledger.TimeFormat, newest)
		if now := s.Now(); err == nil && now.Before(last) {
			return fault.New(fault.Invalid, "the clock says %s, and the newest change is of %s; set the clock right", now.UTC().Format(time.RFC3339), last.Format(time.RFC3339))
		}
		return err
	})
}
