package store

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// Head is the state of an organisation beside its revisions. All else in its tables follows from the two.
type Head struct {
	Org        string
	Leaves     int64
	At         string // of the newest revision
	Frontier   string
	Checkpoint string           // signed
	Sequences  map[string]int64 // the last number given to a key, by kind
}

// Head gives the head of the organisation.
func (t *Tx) Head() (Head, error) {
	h := Head{Org: t.org, Sequences: map[string]int64{}}
	err := t.row(`SELECT n, at, frontier, checkpoint FROM head WHERE org = ?`, []any{&h.Leaves, &h.At, &h.Frontier, &h.Checkpoint}, t.org)
	if err != nil {
		return h, err
	}
	rows, err := t.query(`SELECT kind, n FROM sequence WHERE org = ?`, t.org)
	if err != nil {
		return h, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return h, err
		}
		h.Sequences[name] = n
	}
	return h, rows.Err()
}

// Revisions yields the whole history in the order of its leaves.
func (t *Tx) Revisions() iter.Seq2[ledger.Revision, error] {
	return func(yield func(ledger.Revision, error) bool) {
		for next := int64(0); ; {
			page, err := t.revisions(next)
			if err != nil {
				yield(ledger.Revision{}, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
			}
			if len(page) < chunk {
				return
			}
			next = page[len(page)-1].N + 1
		}
	}
}

func (t *Tx) revisions(from int64) ([]ledger.Revision, error) {
	rows, err := t.query(`SELECT n, kind, id, "key", rev, at, "by", action, cause, body, personal FROM revision WHERE org = ? AND n >= ? ORDER BY n LIMIT ?`, t.org, from, chunk)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var page []ledger.Revision
	for rows.Next() {
		r := ledger.Revision{Org: t.org}
		var at, body, personal string
		if err := rows.Scan(&r.N, &r.Kind, &r.ID, &r.Key, &r.Rev, &at, &r.By, &r.Action, &r.Cause, &body, &personal); err != nil {
			return nil, err
		}
		if r.At, err = time.Parse(ledger.TimeFormat, at); err != nil {
			return nil, fmt.Errorf("leaf %d: %w", r.N, err)
		}
		r.Body, r.Personal = []byte(body), []byte(personal)
		page = append(page, r)
	}
	return page, rows.Err()
}

// Restore makes an organisation of its head and its revisions: it grows the tree, which must become the head's,
// and derives records, references and search. An organisation that is there already is a Conflict; a history
// that is not the head's is Invalid. It is all or nothing.
func (s *Store) Restore(ctx context.Context, h Head, revisions iter.Seq2[ledger.Revision, error]) error {
	return s.write.run(ctx, s.dialect.beginWrite, func(ses *session) error {
		t := &Tx{session: ses, store: s, org: h.Org}
		err := t.exec(`INSERT INTO head (org, n, at, frontier, checkpoint) VALUES (?, ?, ?, ?, ?)`, h.Org, h.Leaves, h.At, h.Frontier, h.Checkpoint)
		if unique(err) {
			return fault.New(fault.Conflict, "this organisation is in the database already")
		}
		if err != nil {
			return err
		}
		if err := t.restoreHistory(revisions); err != nil {
			return err
		}
		if t.head.N != h.Leaves || t.head.String() != h.Frontier {
			return fault.New(fault.Invalid, "the history was altered: its %d revisions are not those that the tree of %d leaves commits to", t.head.N, h.Leaves)
		}
		for _, schema := range s.kinds.Schemas {
			if err := t.restoreRecords(schema); err != nil {
				return err
			}
		}
		for name, n := range h.Sequences {
			if err := t.exec(`INSERT INTO sequence (org, kind, n) VALUES (?, ?, ?)`, h.Org, name, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *Tx) restoreHistory(revisions iter.Seq2[ledger.Revision, error]) error {
	for r, err := range revisions {
		if err != nil {
			return err
		}
		if r.N != t.nextLeaf() {
			return fault.New(fault.Invalid, "the history was altered: leaf %d stands where leaf %d belongs", r.N, t.nextLeaf())
		}
		if t.store.tables[r.Kind] == nil {
			return fault.New(fault.Invalid, "it has records of the kind %q, which this version of Stele does not know; use a newer one", r.Kind)
		}
		r.Org = t.org
		if t.out.revisions = append(t.out.revisions, r); len(t.out.revisions) == outboxLimit {
			if err := t.flush(); err != nil {
				return fault.New(fault.Invalid, "the history was altered: %v", err)
			}
		}
	}
	if err := t.flush(); err != nil {
		return fault.New(fault.Invalid, "the history was altered: %v", err)
	}
	return t.exec(`UPDATE revision SET until = (SELECT s.n FROM revision s WHERE s.org = revision.org AND s.id = revision.id AND s.rev = revision.rev + 1) WHERE org = ?`, t.org)
}

// restoreRecords derives the records of a kind, their references and their search from the newest revisions.
func (t *Tx) restoreRecords(schema *kind.Schema) error {
	table := t.store.tables[schema.Name]
	var records, edges, search [][]any
	write := func() error {
		for _, rows := range []struct {
			into string
			rows [][]any
		}{
			{"INSERT INTO " + table.name + " (" + table.columns + ")", records},
			{insertEdge, edges},
			{insertSearch, search},
		} {
			if err := t.insert(rows.into, "", rows.rows); err != nil {
				return err
			}
		}
		records, edges, search = nil, nil, nil
		return nil
	}
	for r, err := range (past{t, t.head.N}).Records(t.ctx, schema, kind.Query{Archived: true}) {
		if err != nil {
			return err
		}
		title, body := searchTexts(r)
		records, edges = append(records, table.values(r)), append(edges, t.edgeRows(r)...)
		search = append(search, []any{t.org, schema.Name, r.Key, title, body})
		if len(records) == outboxLimit {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}
