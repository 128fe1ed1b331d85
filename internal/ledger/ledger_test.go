package ledger_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// grow appends n leaves and gives the frontier and all stored nodes.
func grow(n int64) (ledger.Frontier, []ledger.Hash) {
	var f ledger.Frontier
	var stored []ledger.Hash
	for i := range n {
		stored = append(stored, f.Append(ledger.LeafHash(fmt.Appendf(nil, "leaf %d", i)))...)
	}
	return f, stored
}

func reader(stored []ledger.Hash) ledger.Nodes {
	return func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			hashes[i] = stored[x]
		}
		return hashes, nil
	}
}

func TestFrontierAgreesWithTheReferenceTree(t *testing.T) {
	var stored []ledger.Hash
	var f ledger.Frontier
	for n := range int64(200) {
		leaf := fmt.Appendf(nil, "leaf %d", n)
		if got := ledger.StoredIndex(n); got != int64(len(stored)) {
			t.Fatalf("leaf %d is stored at %d, want %d", n, got, len(stored))
		}
		want, err := tlog.StoredHashes(n, leaf, reader(stored))
		if err != nil {
			t.Fatal(err)
		}
		got := f.Append(ledger.LeafHash(leaf))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("leaf %d stores %v, want %v", n, got, want)
		}
		stored = append(stored, got...)
		root, err := tlog.TreeHash(n+1, reader(stored))
		if err != nil {
			t.Fatal(err)
		}
		if f.Root() != root {
			t.Fatalf("root of %d leaves differs from RFC 6962", n+1)
		}
		again, err := ledger.ParseFrontier(f.N, f.String())
		if err != nil || again.Root() != root {
			t.Fatalf("the frontier of %d leaves does not survive its text: %v", n+1, err)
		}
	}
}

func TestProofsHoldForTheirLeafOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(2, 120).Draw(t, "size")
		n := rapid.Int64Range(0, size-1).Draw(t, "leaf")
		f, stored := grow(size)
		proof, err := ledger.ProveInclusion(size, n, reader(stored))
		if err != nil {
			t.Fatal(err)
		}
		leaf := ledger.LeafHash(fmt.Appendf(nil, "leaf %d", n))
		if err := ledger.CheckInclusion(proof, size, f.Root(), n, leaf); err != nil {
			t.Fatal(err)
		}
		if ledger.CheckInclusion(proof, size, f.Root(), n, ledger.LeafHash([]byte("another"))) == nil {
			t.Fatal("the proof holds for another leaf")
		}
		smaller := rapid.Int64Range(0, size).Draw(t, "smaller")
		before, _ := grow(smaller)
		proof, err = ledger.ProveConsistency(size, smaller, reader(stored))
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.CheckConsistency(proof, size, f.Root(), smaller, before.Root()); err != nil {
			t.Fatal(err)
		}
		if smaller > 0 && ledger.CheckConsistency(proof, size, f.Root(), smaller, ledger.LeafHash(nil)) == nil {
			t.Fatal("a tree with another past passes as the same one")
		}
	})
}

func TestCheckpointIsOnlyOpenedByItsKey(t *testing.T) {
	key, err := ledger.NewKey("stele.example/org")
	if err != nil {
		t.Fatal(err)
	}
	f, _ := grow(5)
	signed, err := key.Sign(&f)
	if err != nil {
		t.Fatal(err)
	}
	c, err := key.Open(signed)
	if err != nil || c.Size != 5 || c.Root != f.Root() || c.Origin != "stele.example/org" {
		t.Fatalf("got %+v, %v", c, err)
	}
	if _, err := key.Open(strings.Replace(signed, "\n5\n", "\n6\n", 1)); err == nil {
		t.Error("an altered checkpoint opens")
	}
	other, _ := ledger.NewKey("stele.example/org")
	if _, err := other.Open(signed); err == nil {
		t.Error("another key of the same name opens the checkpoint")
	}
	again, err := ledger.ParseKey(key.Text())
	if err != nil || again.Public() != key.Public() {
		t.Errorf("the key does not survive its file: %v", err)
	}
	if _, err := ledger.ParseKey(strings.Replace(key.Text(), key.Public(), other.Public(), 1)); err == nil {
		t.Error("a key file with the public part of another key is read")
	}
}

type person struct {
	Name string `json:"name" kind:"name,personal"`
	Role string `json:"role"`
}

var persons = kind.Define("person", kind.Spec[person]{Prefix: "PER"})

func TestLeafHidesPersonalFieldsAndCommitsToThem(t *testing.T) {
	rec := persons.New()
	rec.Key, rec.Data = "PER-0001", &person{"Ελένη Παπαδοπούλου", "auditor"}
	r := ledger.Revision{Org: "o", Kind: "person", Key: "PER-0001", Rev: 1, At: time.Unix(0, 0)}
	r.Seal(rec.Body(), rec.Schema)
	leaf, err := r.Leaf()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(leaf), "Ελένη") || !strings.Contains(string(leaf), "auditor") {
		t.Errorf("the leaf is %s", leaf)
	}
	again := r
	again.Seal(rec.Body(), rec.Schema)
	if other, _ := again.Leaf(); string(other) == string(leaf) {
		t.Error("two salts give the same leaf")
	}
	r.Body = []byte(strings.Replace(string(r.Body), "Ελένη", "Helene", 1))
	if _, err := r.Leaf(); err == nil || !strings.Contains(err.Error(), "name") {
		t.Errorf("an altered personal field gives %v", err)
	}
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add("stele.example/org\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Add("a\n-1\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ledger.ParseCheckpoint(text)
		if err == nil && (c.Origin == "" || c.Size < 0) {
			t.Errorf("%q gives %+v", text, c)
		}
	})
}
