// Package ledger makes the history of an organisation provable: every revision is a leaf of a Merkle tree
// (RFC 6962, section 2.1), whose size and root stand in signed checkpoints (C2SP tlog-checkpoint and
// signed-note). A leaf commits to personal fields only through salted digests, so that they can be erased
// later without breaking the tree.
package ledger

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/stele-isms/stele/internal/kind"
)

// Revision is one state of one record, as the history keeps it.
type Revision struct {
	Org    string
	N      int64 // number of its leaf, from 0
	Kind   string
	ID     string
	Key    string
	Rev    int64 // from 1 for each record
	At     time.Time
	By     string // key of a person
	Action string // "create", "edit", or the name of a lifecycle action
	Cause  string // why, where it follows from another change
	Body   []byte // JSON object of the record's fields
	// Personal holds salt and digest of each personal field, as JSON; empty where there is none.
	Personal []byte
}

// commitment is what a leaf holds of one personal field. Erasure removes the salt and the value; the
// digest stays and tells nothing without the salt.
type commitment struct {
	Salt   string `json:"salt,omitempty"`
	Digest string `json:"digest"`
}

// Seal sets the body and commits to its personal fields, each with a fresh salt of 128 bits.
func (r *Revision) Seal(body []kind.Member, schema *kind.Schema) {
	r.Body = kind.Node{Value: body}.CanonicalJSON()
	commitments := map[string]commitment{}
	for _, m := range body {
		if f := schema.Field(m.Name); f == nil || !f.Personal {
			continue
		}
		var salt [16]byte
		_, _ = rand.Read(salt[:]) // never fails, by its documentation
		text := base64.StdEncoding.EncodeToString(salt[:])
		commitments[m.Name] = commitment{text, digest(text, m.CanonicalJSON())}
	}
	r.Personal = nil
	if len(commitments) > 0 {
		r.Personal, _ = json.Marshal(commitments) // strings always encode
	}
}

func digest(salt string, value []byte) string {
	sum := sha256.Sum256(append([]byte(salt+"\n"), value...))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// Leaf gives the bytes that the tree commits to: JSON with sorted names, personal values replaced by
// their digests. It fails where a personal field does not match its commitment, and names the field.
func (r *Revision) Leaf() ([]byte, error) {
	node, err := kind.ParseJSON(r.Body)
	if err != nil {
		return nil, fmt.Errorf("the body is not readable: %w", err)
	}
	body, ok := node.Value.([]kind.Member)
	if !ok {
		return nil, fmt.Errorf("the body is no object")
	}
	commitments := map[string]commitment{}
	if len(r.Personal) > 0 {
		if err := json.Unmarshal(r.Personal, &commitments); err != nil {
			return nil, fmt.Errorf("the commitments are not readable: %w", err)
		}
	}
	personal := []kind.Member{}
	for name, c := range commitments {
		i := slices.IndexFunc(body, func(m kind.Member) bool { return m.Name == name })
		if i < 0 || digest(c.Salt, body[i].CanonicalJSON()) != c.Digest {
			return nil, fmt.Errorf("the personal field %s does not match its commitment", name)
		}
		body = slices.Delete(body, i, i+1)
		personal = append(personal, kind.Member{Name: name, Node: kind.Node{Value: c.Digest}})
	}
	text := func(name, value string) kind.Member { return kind.Member{Name: name, Node: kind.Node{Value: value}} }
	number := func(name string, value int64) kind.Member {
		return kind.Member{Name: name, Node: kind.Node{Value: value}}
	}
	return kind.Node{Value: []kind.Member{
		text("org", r.Org), number("n", r.N), text("kind", r.Kind), text("id", r.ID), text("key", r.Key), number("rev", r.Rev),
		text("at", r.At.UTC().Format(TimeFormat)), text("by", r.By), text("action", r.Action), text("cause", r.Cause),
		{Name: "body", Node: kind.Node{Value: body}},
		{Name: "personal", Node: kind.Node{Value: personal}},
	}}.CanonicalJSON(), nil
}

// TimeFormat is how times stand in leaves and tables: UTC, microseconds, of one length, so that they sort
// as text.
const TimeFormat = "2006-01-02T15:04:05.000000Z"

// Hash is a node of the tree.
type Hash = tlog.Hash

// LeafHash gives the hash of a leaf (RFC 6962: SHA-256 of a zero byte and the leaf).
func LeafHash(leaf []byte) Hash { return tlog.RecordHash(leaf) }
