// Package store keeps records: their current state in a table per kind, every revision, the references
// between them, the search and the ledger, all in one transaction, in SQLite or PostgreSQL.
//
// A Tx belongs to one organisation. Every key of every table begins with the organisation, and no query
// can be put without it: isolation by construction.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// Store is an open database.
type Store struct {
	// Now is the clock; NewID makes ids. Tests set both.
	Now   func() time.Time
	NewID func() string

	kinds   *kind.Set
	tables  map[string]*table
	dialect *dialect
	write   *pool
	read    *pool

	mu         sync.Mutex
	queues     map[string][]*request // by organisation; one that is there is being served
	groupLimit int
}

// readers bounds the sessions that read; each SQLite one has a cache of its own.
const readers = 8

// Open opens a database: "postgres://..." or the path of an SQLite file, which is made when missing.
func Open(ctx context.Context, address string, kinds *kind.Set) (*Store, error) {
	s := &Store{
		Now: time.Now, NewID: newID, kinds: kinds, tables: map[string]*table{}, dialect: dialectOf(address),
		queues: map[string][]*request{}, groupLimit: groupLimit,
	}
	for _, schema := range kinds.Schemas {
		s.tables[schema.Name] = newTable(schema, s.dialect)
	}
	write, read, err := s.dialect.open(address)
	if err != nil {
		return nil, fault.New(fault.Invalid, "cannot open the database %s: %v", Redact(address), err)
	}
	s.write, s.read = newPool(write, s.dialect, s.dialect.writers), newPool(read, s.dialect, readers)
	if err := write.PingContext(ctx); err != nil {
		_ = s.Close()
		return nil, &fault.Error{Code: fault.Invalid, Message: "cannot open the database " + Redact(address), Err: trouble(err)}
	}
	if err := s.migrate(ctx, write); err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("cannot open the database %s: %w", Redact(address), trouble(err))
	}
	return s, nil
}

// newID gives a UUIDv7 in hexadecimal without hyphens, so that it is one search term.
func newID() string { return strings.ReplaceAll(uuid.Must(uuid.NewV7()).String(), "-", "") }

// Redact gives an address without its password.
func Redact(address string) string {
	if dialectOf(address) == &sqlite {
		return filepath.Clean(address)
	}
	u, err := url.Parse(address)
	if err != nil {
		return "postgres://..." // whatever it is, there may be a password in it
	}
	return u.Redacted()
}

// Close closes the database.
func (s *Store) Close() error { return errors.Join(s.read.close(), s.write.close()) }

// Organisation is one organisation in the database.
type Organisation struct {
	ID     string
	Leaves int64
}

// Organisations lists the organisations, the oldest first.
func (s *Store) Organisations(ctx context.Context) ([]Organisation, error) {
	rows, err := s.read.db.QueryContext(ctx, `SELECT org, n FROM head ORDER BY org`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Organisation
	for rows.Next() {
		var o Organisation
		if err := rows.Scan(&o.ID, &o.Leaves); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

// NewOrganisation makes an empty organisation and gives its id.
func (s *Store) NewOrganisation(ctx context.Context) (string, error) {
	id := s.NewID()
	_, err := s.write.db.ExecContext(ctx, s.dialect.bind(`INSERT INTO head (org, n, at, frontier, checkpoint) VALUES (?, 0, '', '', '')`), id)
	return id, err
}

// Tx is a transaction of one organisation: a snapshot when it reads, alone when it writes.
type Tx struct {
	*session
	store *Store
	org   string
	at    time.Time // the time of every revision that it writes
	head  ledger.Frontier
	out   outbox
}

// View runs fn on a snapshot of an organisation.
func (s *Store) View(ctx context.Context, org string, fn func(*Tx) error) error {
	return s.read.run(ctx, s.dialect.beginRead, func(ses *session) error {
		return fn(&Tx{session: ses, store: s, org: org})
	})
}

// Look runs fn without a snapshot: each query sees what is committed when it is put. For what is one query,
// such as a record, a page of at most 500 or a history, it gives the same as View and spares PostgreSQL two
// round trips.
func (s *Store) Look(ctx context.Context, org string, fn func(*Tx) error) error {
	return s.read.look(ctx, func(ses *session) error { return fn(&Tx{session: ses, store: s, org: org}) })
}

// Signer signs the tree as it stands after a write. Without one the tree stays unsigned until the next write.
type Signer interface {
	Sign(*ledger.Frontier) (string, error)
}

// lockHead takes the organisation's head, so that leaf numbers have no gaps and times never run backwards.
func (t *Tx) lockHead() error {
	var n int64
	var at, frontier string
	err := t.row(`SELECT n, at, frontier FROM head WHERE org = ?`+t.store.dialect.forUpdate, []any{&n, &at, &frontier}, t.org)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "there is no such organisation in the database")
	}
	if err != nil {
		return err
	}
	t.at = t.store.Now().UTC().Truncate(time.Microsecond)
	if last, err := time.Parse(ledger.TimeFormat, at); err == nil && t.at.Before(last) {
		t.at = last
	}
	t.head, err = ledger.ParseFrontier(n, frontier)
	return err
}

func (t *Tx) saveHead(signer Signer) error {
	checkpoint := ""
	if signer != nil {
		var err error
		if checkpoint, err = signer.Sign(&t.head); err != nil {
			return err
		}
	}
	return t.exec(`UPDATE head SET n = ?, at = ?, frontier = ?, checkpoint = ? WHERE org = ?`, t.head.N, t.at.Format(ledger.TimeFormat), t.head.String(), checkpoint, t.org)
}

// At gives the time that every revision of this transaction carries.
func (t *Tx) At() time.Time { return t.at }
