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
	if before > 0 {
		if err := t.supersede(r); err != nil {
			return err
		}
	}
	rev := ledger.Revision{
		Org: t.org, N: t.nextLeaf(), Kind: r.Schema.Name, ID: r.ID, Key: r.Key, Rev: r.Rev, At: t.at, By: c.By, Action: c.Action, Cause: c.Cause,
	}
	rev.Seal(r.Body(), r.Schema)
	title, body := searchTexts(r)
	t.out.hold(rev, t.edgeRows(r), []any{t.org, r.Schema.Name, r.Key, title, body})
	if len(t.out.revisions) < outboxLimit {
		return nil
	}
	return t.flush()
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

// nextLeaf gives the number of the next leaf.
func (t *Tx) nextLeaf() int64 { return t.head.N + int64(len(t.out.revisions)) }

// supersede ends the revision before, and takes away its references.
func (t *Tx) supersede(r *kind.Record) error {
	if t.out.holds(r.ID) {
		if err := t.flush(); err != nil {
			return err
		}
	}
	if err := t.exec(`UPDATE revision SET until = ? WHERE org = ? AND id = ? AND rev = ?`, t.nextLeaf(), t.org, r.ID, r.Rev-1); err != nil {
		return err
	}
	return t.exec(`DELETE FROM edge WHERE org = ? AND "key" = ?`, t.org, r.Key)
}

func (t *Tx) edgeRows(r *kind.Record) (rows [][]any) {
	r.References(func(f *kind.Field, path, key string) {
		rows = append(rows, []any{t.org, r.Schema.Name, r.Key, path, f.Target.Name, key})
	})
	return rows
}

// searchTexts gives what the search knows of a record.
func searchTexts(r *kind.Record) (title, body string) {
	return bounded(r.Name()), bounded(r.Key + "\n" + r.SearchText())
}

// maxSearch bounds a text of one record in the search, in bytes: a tsvector holds less than a megabyte.
const maxSearch = 200 << 10

func bounded(text string) string {
	if len(text) <= maxSearch {
		return text
	}
	text = text[:maxSearch]
	for !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	return text
}

// NextKey gives the next free key of a kind, as RISK-0043.
func (t *Tx) NextKey(schema *kind.Schema) (string, error) {
	var n int64
	err := t.session.row(`INSERT INTO sequence (org, kind, n) VALUES (?, ?, 1) ON CONFLICT (org, kind) DO UPDATE SET n = sequence.n + 1 RETURNING n`,
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
