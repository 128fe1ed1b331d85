package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// Reader reads the current records through the transaction; its own writes are seen.
func (t *Tx) Reader() kind.Reader { return current{t} }

// query and row read what transactions write late: revisions, references, search and tree. Records and
// sequences are written at once, and are read through the session.
func (t *Tx) query(query string, args ...any) (*sql.Rows, error) {
	if err := t.flush(); err != nil {
		return nil, err
	}
	return t.session.query(query, args...)
}

func (t *Tx) row(query string, dest []any, args ...any) error {
	if err := t.flush(); err != nil {
		return err
	}
	return t.session.row(query, dest, args...)
}

// current implements kind.Reader on the derived tables.
type current struct{ t *Tx }

func (c current) Kinds() *kind.Set { return c.t.store.kinds }

func (c current) Record(_ context.Context, s *kind.Schema, key string) (*kind.Record, error) {
	table := c.t.store.tables[s.Name]
	scan := table.scanner()
	err := c.t.session.row("SELECT "+table.columns+" FROM "+table.name+` WHERE org = ? AND "key" = ?`, scan.dest, c.t.org, key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, kind.Missing(s, key)
	}
	if err != nil {
		return nil, err
	}
	return scan.record()
}

// chunk is how many records are read at once: while a reader looks at one, no query is open, so that it
// may put others.
const chunk = 500

func (c current) Records(_ context.Context, s *kind.Schema, q kind.Query) iter.Seq2[*kind.Record, error] {
	return chunked(q, func(after string, limit int) ([]*kind.Record, error) { return c.page(s, q, after, limit) })
}

// chunked yields page after page until the query's limit is reached or the records end.
func chunked(q kind.Query, page func(after string, limit int) ([]*kind.Record, error)) iter.Seq2[*kind.Record, error] {
	return func(yield func(*kind.Record, error) bool) {
		after, left := q.After, q.Limit
		for {
			limit := chunk
			if q.Limit > 0 {
				limit = min(chunk, left)
			}
			records, err := page(after, limit)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
			left -= len(records)
			if len(records) < limit || q.Limit > 0 && left == 0 {
				return
			}
			after = kind.SortKey(records[len(records)-1].Key)
		}
	}
}

func (c current) page(s *kind.Schema, q kind.Query, after string, limit int) ([]*kind.Record, error) {
	table := c.t.store.tables[s.Name]
	where, args, err := c.where(s, q)
	if err != nil {
		return nil, err
	}
	args = append(args, after, limit)
	query := c.t.session.query
	if q.Where != nil {
		query = c.t.queryOnce // people write any number of them
	}
	rows, err := query("SELECT "+table.columns+" FROM "+table.name+where+" AND sort > ? ORDER BY sort LIMIT ?", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var records []*kind.Record
	scan := table.scanner()
	for rows.Next() {
		r, err := scan.next(rows)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, rows.Err()
}

func (c current) where(s *kind.Schema, q kind.Query) (string, []any, error) {
	where, args := " WHERE org = ?", []any{c.t.org}
	if !q.Archived {
		where, args = where+" AND archived = ?", append(args, false)
	}
	if q.State != "" {
		where, args = where+" AND state = ?", append(args, q.State)
	}
	for _, condition := range q.Equal {
		f := s.Field(condition.Field)
		if f == nil || f.List || f.Type == kind.Object {
			return "", nil, fault.New(fault.Invalid, "%s cannot be filtered by %q", s.Name, condition.Field)
		}
		where, args = where+" AND "+quote(f.Name)+" = ?", append(args, condition.Value)
	}
	if q.Where == nil {
		return where, args, nil
	}
	condition, values, err := q.Where.SQL(c.t.store.dialect.name)
	return where + " AND (" + condition + ")", append(args, values...), err
}

// Count gives the number of records by state, without the archived ones.
func (t *Tx) Count(s *kind.Schema) (map[string]int, error) {
	rows, err := t.session.query("SELECT state, count(*) FROM "+t.store.tables[s.Name].name+" WHERE org = ? AND archived = ? GROUP BY state", t.org, false)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

// Leaf gives the number of leaves that the tree had at a time.
func (t *Tx) Leaf(at time.Time) (int64, error) {
	var n sql.NullInt64
	err := t.row(`SELECT max(n) + 1 FROM revision WHERE org = ? AND at <= ?`, []any{&n}, t.org, at.UTC().Format(ledger.TimeFormat))
	return n.Int64, err
}

// AsOf reads the records as they were when the tree had a number of leaves.
func (t *Tx) AsOf(leaves int64) kind.Reader { return past{t, leaves} }

// past implements kind.Reader on the revisions.
type past struct {
	t      *Tx
	leaves int64
}

func (p past) Kinds() *kind.Set { return p.t.store.kinds }

const pastColumns = `SELECT r.id, r."key", r.rev, r.at, r."by", r.body, f.at, f."by"
	FROM revision r JOIN revision f ON f.org = r.org AND f.id = r.id AND f.rev = 1
	WHERE r.org = ? AND r.kind = ? AND r.n < ? AND (r.until IS NULL OR r.until >= ?)`

func (p past) Record(_ context.Context, s *kind.Schema, key string) (*kind.Record, error) {
	records, err := p.read(s, pastColumns+` AND r.sort = ? AND r."key" = ?`, kind.SortKey(key), key)
	if err == nil && len(records) == 0 {
		return nil, kind.Missing(s, key)
	}
	if err != nil {
		return nil, err
	}
	return records[0], nil
}

func (p past) Records(ctx context.Context, s *kind.Schema, q kind.Query) iter.Seq2[*kind.Record, error] {
	all := chunked(kind.Query{After: q.After}, func(after string, limit int) ([]*kind.Record, error) {
		return p.read(s, pastColumns+" AND r.sort > ? ORDER BY r.sort LIMIT ?", after, limit)
	})
	meets := func(*kind.Record) (bool, error) { return true, nil }
	if q.Where != nil {
		meets = q.Where.Matcher(ctx, p)
	}
	return func(yield func(*kind.Record, error) bool) {
		n := 0
		for r, err := range all {
			wanted := err == nil && matches(r, q)
			if wanted {
				wanted, err = meets(r)
			}
			if !wanted && err == nil {
				continue
			}
			n++
			if !yield(r, err) || err != nil || n == q.Limit {
				return
			}
		}
	}
}

// matches applies a query's filters to a record of the past, whose fields have no columns.
func matches(r *kind.Record, q kind.Query) bool {
	if r.Archived && !q.Archived || q.State != "" && r.State != q.State {
		return false
	}
	return !slices.ContainsFunc(q.Equal, func(c kind.Condition) bool {
		f := r.Schema.Field(c.Field)
		return f == nil || f.Column(r.Data) != c.Value
	})
}

func (p past) read(s *kind.Schema, query string, args ...any) ([]*kind.Record, error) {
	rows, err := p.t.query(query, append([]any{p.t.org, s.Name, p.leaves, p.leaves}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var records []*kind.Record
	for rows.Next() {
		var changed, created, body string
		r := &kind.Record{Schema: s, Org: p.t.org}
		if err := rows.Scan(&r.ID, &r.Key, &r.Rev, &changed, &r.Changed.By, &body, &created, &r.Created.By); err != nil {
			return nil, err
		}
		if err := restore(r, body, created, changed); err != nil {
			return nil, fmt.Errorf("revision %d of %s: %w", r.Rev, r.Key, err)
		}
		records = append(records, r)
	}
	return records, rows.Err()
}

// restore fills a record from the text columns of its revision.
func restore(r *kind.Record, body, created, changed string) (err error) {
	if r.Created.At, err = parseTime(created); err != nil {
		return err
	}
	if r.Changed.At, err = parseTime(changed); err != nil {
		return err
	}
	node, err := kind.ParseJSON([]byte(body))
	if err != nil {
		return err
	}
	members, ok := node.Value.([]kind.Member)
	if !ok {
		return errors.New("the body is no object")
	}
	return r.SetBody(members)
}

// Revision is one state of a record in its history.
type Revision struct {
	Record *kind.Record
	Leaf   int64
	Action string
	Cause  string
}

// History gives the revisions of a record, the first one first.
func (t *Tx) History(s *kind.Schema, key string) ([]Revision, error) {
	rows, err := t.query(`SELECT n, id, rev, at, "by", action, cause, body FROM revision WHERE org = ? AND "key" = ? AND kind = ? ORDER BY rev`, t.org, key, s.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Revision
	for rows.Next() {
		var at, body string
		r := &kind.Record{Schema: s, Org: t.org, Key: key}
		h := Revision{Record: r}
		if err := rows.Scan(&h.Leaf, &r.ID, &r.Rev, &at, &r.Changed.By, &h.Action, &h.Cause, &body); err != nil {
			return nil, err
		}
		if err := restore(r, body, at, at); err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// Edge is one reference from a record to another.
type Edge struct {
	Kind, Key, Path    string
	TargetKind, Target string
}

// Referrers gives the references that point to a record.
func (t *Tx) Referrers(key string) ([]Edge, error) {
	return t.edges(` AND target = ? ORDER BY kind, "key", path`, key)
}

// EdgesOf gives the references of all records of a kind that a field holds.
func (t *Tx) EdgesOf(s *kind.Schema, field string) ([]Edge, error) {
	return t.edges(` AND kind = ? AND substr(path, 1, ?) = ? ORDER BY "key", path`, s.Name, len(field), field)
}

func (t *Tx) edges(where string, args ...any) ([]Edge, error) {
	rows, err := t.query(`SELECT kind, "key", path, target_kind, target FROM edge WHERE org = ?`+where, append([]any{t.org}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Edge
	for rows.Next() {
		var e Edge
		if err := rows.Scan(&e.Kind, &e.Key, &e.Path, &e.TargetKind, &e.Target); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Exists reports which of the keys have a record of the kind.
func (t *Tx) Exists(s *kind.Schema, keys []string) (map[string]bool, error) {
	found := map[string]bool{}
	for batch := range slices.Chunk(keys, chunk) {
		if err := t.exists(s, batch, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (t *Tx) exists(s *kind.Schema, keys []string, found map[string]bool) error {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(keys)), ", ")
	args := []any{t.org}
	for _, k := range keys {
		args = append(args, k)
	}
	rows, err := t.session.query(`SELECT "key" FROM `+t.store.tables[s.Name].name+` WHERE org = ? AND "key" IN (`+marks+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		found[key] = true
	}
	return rows.Err()
}
