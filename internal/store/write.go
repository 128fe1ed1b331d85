package store

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// Change is who changes a record, by what, and why.
type Change struct {
	By     string // key of a person; empty when nobody is named
	Action string // "create", "edit" or the name of a lifecycle action
	Cause  string
}

// Put writes a record: a new one when its Rev is 0, else the successor of the revision that it was read
// as. A fault of code Conflict says that somebody else wrote it first, or that the key is taken. The
// record's envelope is brought up to date.
func (t *Tx) Put(r *kind.Record, c Change) error {
	stamp := kind.Stamp{By: c.By, At: t.at}
	before := r.Rev
	r.Org, r.Rev, r.Changed = t.org, before+1, stamp
	if before == 0 {
		r.Created = stamp
		if r.ID == "" {
			r.ID = t.store.NewID()
		}
	}
	if err := t.putRow(r, before); err != nil {
		return err
	}
	if err := t.putRevision(r, c); err != nil {
		return fmt.Errorf("revision of %s: %w", r.Key, err)
	}
	if err := t.putEdges(r); err != nil {
		return fmt.Errorf("references of %s: %w", r.Key, err)
	}
	if err := t.putSearch(r); err != nil {
		return fmt.Errorf("search text of %s: %w", r.Key, err)
	}
	return nil
}

func (t *Tx) putRow(r *kind.Record, before int64) error {
	table := t.store.tables[r.Schema.Name]
	values := table.values(r)
	if before == 0 {
		err := t.exec(table.insert, values...)
		if unique(err) {
			return fault.New(fault.Conflict, "the key %s is taken", r.Key)
		}
		return err
	}
	stmt, err := t.prepared(table.update) //nolint:sqlclosecheck // lives as long as the session
	if err != nil {
		return err
	}
	result, err := stmt.ExecContext(t.ctx, append(values, t.org, r.ID, before)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return fault.New(fault.Conflict, "%s has changed since it was read (revision %d); read it again", r.Key, before)
}

func unique(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	lite, ok := errors.AsType[*sqlitedriver.Error](err)
	return ok && (lite.Code() == sqlitecode.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlitecode.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// putRevision appends the record's state to the history and its leaf to the tree.
func (t *Tx) putRevision(r *kind.Record, c Change) error {
	rev := ledger.Revision{
		Org: t.org, N: t.head.N, Kind: r.Schema.Name, ID: r.ID, Key: r.Key, Rev: r.Rev, At: t.at, By: c.By, Action: c.Action, Cause: c.Cause,
	}
	rev.Seal(r.Body(), r.Schema)
	leaf, err := rev.Leaf()
	if err != nil {
		return err
	}
	if r.Rev > 1 {
		if err := t.exec(`UPDATE revision SET until = ? WHERE org = ? AND id = ? AND rev = ?`, rev.N, t.org, r.ID, r.Rev-1); err != nil {
			return err
		}
	}
	if err := t.exec(`INSERT INTO revision (org, n, kind, id, "key", sort, rev, at, "by", action, cause, body, personal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.org, rev.N, rev.Kind, rev.ID, rev.Key, kind.SortKey(rev.Key), rev.Rev, rev.At.Format(ledger.TimeFormat), rev.By, rev.Action, rev.Cause,
		string(rev.Body), string(rev.Personal)); err != nil {
		return err
	}
	index := ledger.StoredIndex(t.head.N)
	for i, node := range t.head.Append(ledger.LeafHash(leaf)) {
		if err := t.exec(`INSERT INTO node (org, i, hash) VALUES (?, ?, ?)`, t.org, index+int64(i), node.String()); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) putEdges(r *kind.Record) error {
	if r.Rev > 1 {
		if err := t.exec(`DELETE FROM edge WHERE org = ? AND "key" = ?`, t.org, r.Key); err != nil {
			return err
		}
	}
	var failed error
	r.References(func(f *kind.Field, path, key string) {
		if failed == nil {
			failed = t.exec(`INSERT INTO edge (org, kind, "key", path, target_kind, target) VALUES (?, ?, ?, ?, ?, ?)`,
				t.org, r.Schema.Name, r.Key, path, f.Target.Name, key)
		}
	})
	return failed
}

func (t *Tx) putSearch(r *kind.Record) error {
	return t.exec(`INSERT INTO search (org, kind, "key", title, body) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (org, "key") DO UPDATE SET kind = excluded.kind, title = excluded.title, body = excluded.body`,
		t.org, r.Schema.Name, r.Key, r.Name(), searchBody(r))
}

// maxSearch bounds the text of one record in the search, in bytes: a tsvector holds less than a megabyte.
const maxSearch = 200 << 10

func searchBody(r *kind.Record) string {
	body := r.Key + "\n" + r.SearchText()
	if len(body) <= maxSearch {
		return body
	}
	body = body[:maxSearch]
	for !utf8.ValidString(body) {
		body = body[:len(body)-1]
	}
	return body
}

// NextKey gives the next free key of a kind, as RISK-0043.
func (t *Tx) NextKey(schema *kind.Schema) (string, error) {
	var n int64
	err := t.row(`INSERT INTO sequence (org, kind, n) VALUES (?, ?, 1) ON CONFLICT (org, kind) DO UPDATE SET n = sequence.n + 1 RETURNING n`,
		[]any{&n}, t.org, schema.Name)
	return fmt.Sprintf("%s-%04d", schema.Prefix, n), err
}

// ReserveKey takes care that NextKey gives no key up to this one.
func (t *Tx) ReserveKey(schema *kind.Schema, key string) error {
	digits, ok := strings.CutPrefix(key, schema.Prefix+"-")
	if !ok {
		return nil
	}
	var n int64
	if _, err := fmt.Sscanf(digits, "%d", &n); err != nil {
		return nil //nolint:nilerr // a key without a number takes none away
	}
	return t.exec(`INSERT INTO sequence (org, kind, n) VALUES (?, ?, ?) ON CONFLICT (org, kind) DO UPDATE SET n = excluded.n WHERE excluded.n > sequence.n`,
		t.org, schema.Name, n)
}
