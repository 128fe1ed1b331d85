package store

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// Damage is one thing that verification found.
type Damage struct {
	Table string `json:"table"`
	What  string `json:"what"`  // "altered", "removed" or "inserted"
	Where string `json:"where"` // key, revision or number of what is hit
	Why   string `json:"why"`
}

// String gives the damage as a sentence.
func (d Damage) String() string {
	return fmt.Sprintf("%s: %s was %s: %s", d.Table, d.Where, d.What, d.Why)
}

// Verification is what Verify found out.
type Verification struct {
	Leaves     int64
	Frontier   ledger.Frontier // of the tree recomputed from the revisions
	Checkpoint string          // the signed note that the database holds
	Damages    []Damage
}

// Opener checks the signature of a checkpoint; a *ledger.Key is one.
type Opener interface {
	Open(signed string) (ledger.Checkpoint, error)
}

// Verify recomputes the tree, the current records, the references and the search from the revisions of the
// organisation, and compares. It covers the tables of the kinds, revision, node, head, edge and search; not
// sequence, free pages or the other organisations.
//
// A nil opener leaves the signature of the checkpoint unchecked.
func (t *Tx) Verify(opener Opener) (*Verification, error) {
	v := &verifier{t: t, opener: opener, result: &Verification{}, last: map[string]last{}, references: map[Edge]bool{}, texts: map[string]entry{}}
	for _, step := range []func() error{v.revisions, v.untils, v.head, v.nodes, v.records, v.edges, v.search} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	v.result.Leaves, v.result.Frontier = v.tree.N, v.tree
	return v.result, nil
}

// last is what the history says of a record's newest revision so far.
type last struct {
	n, rev int64
	until  sql.NullInt64
}

type verifier struct {
	t      *Tx
	opener Opener
	result *Verification
	tree   ledger.Frontier // from the revisions
	leaves []ledger.Hash   // from the revisions
	last   map[string]last // by id
	signed string          // the frontier as the head has it

	references map[Edge]bool    // from the newest revisions
	texts      map[string]entry // from the newest revisions, by key
}

// entry is what the search holds of a record.
type entry struct{ kind, title, body string }

func (v *verifier) found(table, what, where, format string, args ...any) {
	v.result.Damages = append(v.result.Damages, Damage{table, what, where, fmt.Sprintf(format, args...)})
}

// revisions reads the history in the order of its leaves, holds each against its commitments, and grows
// the tree from it.
func (v *verifier) revisions() error {
	rows, err := v.t.query(`SELECT n, kind, id, "key", sort, rev, at, "by", action, cause, body, personal, until FROM revision WHERE org = ? ORDER BY n`, v.t.org)
	if err != nil {
		return err
	}
	defer rows.Close()
	var previous time.Time
	for rows.Next() {
		r := ledger.Revision{Org: v.t.org}
		var at, sort, body, personal string
		var until sql.NullInt64
		if err := rows.Scan(&r.N, &r.Kind, &r.ID, &r.Key, &sort, &r.Rev, &at, &r.By, &r.Action, &r.Cause, &body, &personal, &until); err != nil {
			return err
		}
		where := fmt.Sprintf("revision %d of %s (leaf %d)", r.Rev, r.Key, r.N)
		for ; v.tree.N < r.N; v.grow([]byte("missing")) {
			v.found("revision", "removed", fmt.Sprintf("leaf %d", v.tree.N), "the numbers of the leaves have a gap")
		}
		r.Body, r.Personal = []byte(body), []byte(personal)
		if r.At, err = time.Parse(ledger.TimeFormat, at); err != nil || r.At.Before(previous) {
			v.found("revision", "altered", where, "its time %q is not readable or runs backwards", at)
		}
		previous = r.At
		if sort != kind.SortKey(r.Key) {
			v.found("revision", "altered", where, "its sort key does not follow from its key")
		}
		v.leaf(r, where)
		v.successor(r, until, where)
	}
	return rows.Err()
}

func (v *verifier) leaf(r ledger.Revision, where string) {
	leaf, err := r.Leaf()
	if err != nil {
		v.found("revision", "altered", where, "%v", err)
		leaf = []byte("unreadable")
	}
	if v.tree.N == r.N {
		v.grow(leaf)
	}
}

// grow appends a leaf to the tree of the revisions.
func (v *verifier) grow(leaf []byte) {
	h := ledger.LeafHash(leaf)
	v.leaves = append(v.leaves, h)
	v.tree.Append(h)
}

// successor checks that a record's revisions follow each other without a gap, each ended by the next.
func (v *verifier) successor(r ledger.Revision, until sql.NullInt64, where string) {
	before, ok := v.last[r.ID]
	switch {
	case r.Rev != before.rev+1:
		v.found("revision", "altered", where, "it follows revision %d of the record", before.rev)
	case ok && (!before.until.Valid || before.until.Int64 != r.N):
		v.found("revision", "altered", fmt.Sprintf("revision %d of %s (leaf %d)", before.rev, r.Key, before.n), "its end is not the leaf of its successor")
	}
	v.last[r.ID] = last{r.N, r.Rev, until}
}

// untils checks that the newest revision of each record has no end.
func (v *verifier) untils() error {
	for id, l := range v.last {
		if l.until.Valid {
			v.found("revision", "altered", fmt.Sprintf("revision %d of record %s (leaf %d)", l.rev, id, l.n), "it has an end although nothing succeeds it")
		}
	}
	return nil
}

func (v *verifier) head() error {
	var n int64
	var at string
	err := v.t.row(`SELECT n, at, frontier, checkpoint FROM head WHERE org = ?`, []any{&n, &at, &v.signed, &v.result.Checkpoint}, v.t.org)
	if errors.Is(err, sql.ErrNoRows) {
		v.found("head", "removed", "the head of the tree", "the organisation has none")
		return nil
	}
	if err != nil {
		return err
	}
	if n != v.tree.N {
		v.found("head", "altered", "the size of the tree", "it says %d leaves, the revisions are %d", n, v.tree.N)
	}
	if v.signed != v.tree.String() {
		v.found("head", "altered", "the frontier of the tree", "the revisions give another: it, or a revision, is not the one that was written")
	}
	var newest sql.NullString
	if err := v.t.row(`SELECT max(at) FROM revision WHERE org = ?`, []any{&newest}, v.t.org); err != nil {
		return err
	}
	if at != newest.String {
		v.found("head", "altered", "the time of the tree", "it says %q, the newest revision %q", at, newest.String)
	}
	v.checkpoint()
	return nil
}

// checkpoint holds the signed note against the tree of the revisions.
func (v *verifier) checkpoint() {
	if v.opener == nil || v.tree.N == 0 {
		return
	}
	c, err := v.opener.Open(v.result.Checkpoint)
	switch {
	case err != nil:
		v.found("head", "altered", "the checkpoint", "%v", err)
	case c.Size != v.tree.N || c.Root != v.tree.Root():
		v.found("head", "altered", "the checkpoint", "it signs a tree of %d leaves that the revisions do not give", c.Size)
	}
}

// nodes builds the tree once more, from the stored leaves. Where a stored leaf and its revision differ, the
// head tells which of the two is not the one that was written.
func (v *verifier) nodes() error {
	rows, err := v.t.query(`SELECT i, hash FROM node WHERE org = ? ORDER BY i`, v.t.org)
	if err != nil {
		return err
	}
	defer rows.Close()
	s := &storedTree{verifier: v}
	for rows.Next() {
		var i int64
		var text string
		if err := rows.Scan(&i, &text); err != nil {
			return err
		}
		for s.next < i && s.tree.N <= v.tree.N && s.step(nil) {
			v.found("node", "removed", fmt.Sprintf("node %d", s.next-1), "the revisions give one")
		}
		hash, err := ledger.ParseHash(text)
		if i != s.next || !s.step(&hash) {
			v.found("node", "inserted", fmt.Sprintf("node %d", i), "the revisions give none")
		} else if err != nil || hash.String() != text {
			v.found("node", "altered", fmt.Sprintf("node %d", i), "it is no hash")
		}
	}
	for s.step(nil) {
		v.found("node", "removed", fmt.Sprintf("node %d", s.next-1), "the revisions give one")
	}
	s.judge()
	return rows.Err()
}

// storedTree is the tree that grows from the stored leaves.
type storedTree struct {
	*verifier
	tree     ledger.Frontier
	next     int64         // index of the next node
	pending  []ledger.Hash // the nodes that the last leaf completed and that are to follow
	suspects []int64       // leaves that differ from their revision
}

// step takes the node with the next index; nil stands for one that is missing and is made up from the
// revisions. It reports whether the tree has such a node.
func (s *storedTree) step(hash *ledger.Hash) bool {
	if len(s.pending) > 0 {
		if hash != nil && *hash != s.pending[0] {
			s.found("node", "altered", fmt.Sprintf("node %d", s.next), "the nodes below give another hash")
		}
		s.pending = s.pending[1:]
		s.next++
		return true
	}
	n := s.tree.N
	if n >= int64(len(s.leaves)) {
		return false
	}
	leaf := s.leaves[n]
	if hash != nil && *hash != leaf {
		s.suspects = append(s.suspects, n)
		leaf = *hash
	}
	s.pending = s.tree.Append(leaf)[1:]
	s.next++
	return true
}

func (s *storedTree) judge() {
	for _, n := range s.suspects {
		if s.tree.String() != s.signed {
			s.found("node", "altered", fmt.Sprintf("node %d", ledger.StoredIndex(n)), "leaf %d gives another hash", n)
		}
		if s.verifier.tree.String() != s.signed {
			s.found("revision", "altered", fmt.Sprintf("leaf %d", n), "the tree has another hash for it")
		}
	}
}

// records compares every current row with the newest revision of its record, and gathers what the
// references and the search have to be.
func (v *verifier) records() error {
	for _, schema := range v.t.store.kinds.Schemas {
		want := map[string]*kind.Record{}
		newest := past{v.t, v.tree.N}
		for r, err := range newest.Records(v.t.ctx, schema, kind.Query{Archived: true}) {
			if err != nil {
				v.found("revision", "altered", schema.Name, "%v", err)
				break
			}
			want[r.ID] = r
			title, body := searchTexts(r)
			v.texts[r.Key] = entry{schema.Name, title, body}
			r.References(func(f *kind.Field, path, key string) {
				v.references[Edge{schema.Name, r.Key, path, f.Target.Name, key}] = true
			})
		}
		if err := v.rows(schema, want); err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(want)) {
			v.found(schema.Name, "removed", want[id].Key, "the history has it, the table does not")
		}
	}
	return nil
}

// rows compares a table's rows, column by column, and takes what it meets out of want.
func (v *verifier) rows(schema *kind.Schema, want map[string]*kind.Record) error {
	table := v.t.store.tables[schema.Name]
	rows, err := v.t.query("SELECT "+table.columns+" FROM "+table.name+" WHERE org = ? ORDER BY id", v.t.org)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		got := make([]any, len(envelope)+len(schema.Fields))
		dest := make([]any, len(got))
		for i := range got {
			dest[i] = &got[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		id, key := fmt.Sprint(got[1]), fmt.Sprint(got[2])
		r, ok := want[id]
		if !ok {
			v.found(schema.Name, "inserted", key, "the history has no record %s", id)
			continue
		}
		delete(want, id)
		for i, expected := range table.values(r) {
			if !sameColumn(expected, got[i]) {
				v.found(schema.Name, "altered", r.Key, "column %s is not what the history says", columnName(schema, i))
			}
		}
	}
	return rows.Err()
}

func columnName(schema *kind.Schema, i int) string {
	if i < len(envelope) {
		return envelope[i]
	}
	return schema.Fields[i-len(envelope)].Name
}

// sameColumn compares a value with what a driver gave for it: SQLite has no booleans, and text may come
// as bytes.
func sameColumn(expected, got any) bool {
	if b, ok := got.([]byte); ok {
		got = string(b)
	}
	if b, ok := expected.(bool); ok {
		if n, isInt := got.(int64); isInt {
			return n == 0 && !b || n == 1 && b
		}
	}
	return reflect.DeepEqual(expected, got)
}

func (v *verifier) edges() error {
	list, err := v.t.edges("")
	if err != nil {
		return err
	}
	for _, e := range list {
		if !v.references[e] {
			v.found("edge", "inserted", e.Key+" "+e.Path, "the history has no reference to %s there", e.Target)
		}
		delete(v.references, e)
	}
	for e := range v.references {
		v.found("edge", "removed", e.Key+" "+e.Path, "the history refers to %s there", e.Target)
	}
	return nil
}

func (v *verifier) search() error {
	rows, err := v.t.query(`SELECT kind, "key", title, body FROM search WHERE org = ?`, v.t.org)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var e entry
		var key string
		if err := rows.Scan(&e.kind, &key, &e.title, &e.body); err != nil {
			return err
		}
		expected, ok := v.texts[key]
		switch {
		case !ok:
			v.found("search", "inserted", key, "the history has no such record")
		case e != expected:
			v.found("search", "altered", key, "its text is not what the history says")
		}
		delete(v.texts, key)
	}
	for key := range v.texts {
		v.found("search", "removed", key, "the history has the record")
	}
	return rows.Err()
}

// Consistent gives the proof that the tree continues the one of an earlier checkpoint.
func (t *Tx) Consistent(size, earlier int64) ([]ledger.Hash, error) {
	return ledger.ProveConsistency(size, earlier, t.stored)
}

// Inclusion gives the proof that a leaf is in the tree of a size.
func (t *Tx) Inclusion(size, leaf int64) ([]ledger.Hash, error) {
	return ledger.ProveInclusion(size, leaf, t.stored)
}

// stored reads nodes for a proof.
func (t *Tx) stored(indexes []int64) ([]ledger.Hash, error) {
	hashes := make([]ledger.Hash, len(indexes))
	for i, index := range indexes {
		var text string
		if err := t.row(`SELECT hash FROM node WHERE org = ? AND i = ?`, []any{&text}, t.org, index); err != nil {
			return nil, fmt.Errorf("node %d: %w", index, err)
		}
		var err error
		if hashes[i], err = ledger.ParseHash(text); err != nil {
			return nil, fmt.Errorf("node %d: %w", index, err)
		}
	}
	return hashes, nil
}
