package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// outbox is what a transaction has yet to write beside the records themselves. It is written many rows at a
// time, since it is seldom read back in the same transaction: what reads it has it written first.
type outbox struct {
	revisions []ledger.Revision
	edges     [][]any
	search    [][]any
	held      map[string]bool // the ids of the records in it
}

// outboxLimit is how many revisions wait at most.
const outboxLimit = 512

// snapshot gives the outbox as it is, to go back to. Rows are only ever added behind those that it sees.
func (o *outbox) snapshot() outbox {
	return outbox{revisions: o.revisions, edges: o.edges, search: o.search}
}

func (o *outbox) hold(rev ledger.Revision, edges [][]any, search []any) {
	o.revisions, o.edges, o.search = append(o.revisions, rev), append(o.edges, edges...), append(o.search, search)
	if o.held != nil {
		o.held[rev.ID] = true
	}
}

// holds tells whether a record is in it.
func (o *outbox) holds(id string) bool {
	if o.held == nil {
		o.held = map[string]bool{}
		for _, rev := range o.revisions {
			o.held[rev.ID] = true
		}
	}
	return o.held[id]
}

const (
	insertEdge   = `INSERT INTO edge (org, kind, "key", path, target_kind, target)`
	insertSearch = `INSERT INTO search (org, kind, "key", title, body)`
)

// flush writes what waits, and grows the tree.
func (t *Tx) flush() error {
	if len(t.out.revisions) == 0 {
		return nil
	}
	var revisions, nodes [][]any
	for _, rev := range t.out.revisions {
		leaf, err := rev.Leaf()
		if err != nil {
			return fmt.Errorf("revision of %s: %w", rev.Key, err)
		}
		revisions = append(revisions, []any{
			t.org, rev.N, rev.Kind, rev.ID, rev.Key, kind.SortKey(rev.Key), rev.Rev, rev.At.Format(ledger.TimeFormat), rev.By, rev.Action, rev.Cause,
			string(rev.Body), string(rev.Personal),
		})
		index := ledger.StoredIndex(t.head.N)
		for i, node := range t.head.Append(ledger.LeafHash(leaf)) {
			nodes = append(nodes, []any{t.org, index + int64(i), node.String()})
		}
	}
	for _, rows := range []struct {
		insert, conflict string
		rows             [][]any
	}{
		{`INSERT INTO revision (org, n, kind, id, "key", sort, rev, at, "by", action, cause, body, personal)`, "", revisions},
		{`INSERT INTO node (org, i, hash)`, "", nodes},
		{insertEdge, "", t.out.edges},
		{
			insertSearch,
			` ON CONFLICT (org, "key") DO UPDATE SET kind = excluded.kind, title = excluded.title, body = excluded.body`, t.out.search,
		},
	} {
		if err := t.insert(rows.insert, rows.conflict, rows.rows); err != nil {
			return err
		}
	}
	t.out = outbox{}
	return nil
}

// insert writes rows in statements of a few sizes, so that each is prepared once.
func (s *session) insert(into, conflict string, rows [][]any) error {
	for _, size := range []int{64, 8, 1} {
		for len(rows) >= size {
			row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(rows[0])), ", ") + ")"
			values := strings.TrimSuffix(strings.Repeat(row+", ", size), ", ")
			if err := s.exec(into+" VALUES "+values+conflict, slices.Concat(rows[:size]...)...); err != nil {
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}
