package ledger

import (
	"encoding/base64"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Frontier is the right edge of the tree: all that is needed to append a leaf and to give the root.
type Frontier struct {
	N     int64  // leaves
	Peaks []Hash // the roots of the complete subtrees, the largest first
}

// Clone gives a frontier that grows apart from this one.
func (f Frontier) Clone() Frontier { return Frontier{f.N, slices.Clone(f.Peaks)} }

// Append adds a leaf and gives the nodes that it completes, in the order in which they are stored; the
// first one has the index StoredIndex(N) of before.
func (f *Frontier) Append(leaf Hash) []Hash {
	nodes := []Hash{leaf}
	for n := f.N; n&1 == 1; n >>= 1 { // every complete subtree of the same height is joined
		last := len(f.Peaks) - 1
		leaf = tlog.NodeHash(f.Peaks[last], leaf)
		f.Peaks = f.Peaks[:last]
		nodes = append(nodes, leaf)
	}
	f.Peaks = append(f.Peaks, leaf)
	f.N++
	return nodes
}

// Root gives the root of the tree; that of an empty one is the hash of nothing (RFC 6962, 2.1).
func (f *Frontier) Root() Hash {
	if f.N == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	root := f.Peaks[len(f.Peaks)-1]
	for i := len(f.Peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(f.Peaks[i], root)
	}
	return root
}

// StoredIndex gives the index of the first node that the leaf n stores.
func StoredIndex(n int64) int64 { return tlog.StoredHashIndex(0, n) }

// String gives the peaks as text, for a column.
func (f *Frontier) String() string {
	parts := make([]string, len(f.Peaks))
	for i, p := range f.Peaks {
		parts[i] = base64.StdEncoding.EncodeToString(p[:])
	}
	return strings.Join(parts, " ")
}

// ParseFrontier reads the text of String for a tree of n leaves.
func ParseFrontier(n int64, text string) (Frontier, error) {
	f := Frontier{N: n}
	for part := range strings.FieldsSeq(text) {
		h, err := tlog.ParseHash(part)
		if err != nil {
			return Frontier{}, fmt.Errorf("the frontier is not readable: %w", err)
		}
		f.Peaks = append(f.Peaks, h)
	}
	if len(f.Peaks) != bits.OnesCount64(uint64(n)) {
		return Frontier{}, fmt.Errorf("the frontier has %d peaks, which no tree of %d leaves has", len(f.Peaks), n)
	}
	return f, nil
}

// Nodes reads stored nodes by their index.
type Nodes = tlog.HashReaderFunc

// ProveInclusion gives the proof that leaf n is in the tree of a size (RFC 6962, 2.1.1).
func ProveInclusion(size, n int64, nodes Nodes) ([]Hash, error) {
	proof, err := tlog.ProveRecord(size, n, nodes)
	return proof, err
}

// CheckInclusion checks a proof of ProveInclusion.
func CheckInclusion(proof []Hash, size int64, root Hash, n int64, leaf Hash) error {
	return tlog.CheckRecord(proof, size, root, n, leaf)
}

// ProveConsistency gives the proof that the tree of a size continues the smaller one (RFC 6962, 2.1.2).
func ProveConsistency(size, smaller int64, nodes Nodes) ([]Hash, error) {
	if smaller == 0 || smaller == size {
		return nil, nil
	}
	proof, err := tlog.ProveTree(size, smaller, nodes)
	return proof, err
}

// CheckConsistency checks a proof of ProveConsistency.
func CheckConsistency(proof []Hash, size int64, root Hash, smaller int64, smallerRoot Hash) error {
	switch {
	case smaller == size && root != smallerRoot:
		return fmt.Errorf("two trees of %d leaves have different roots", size)
	case smaller == 0 || smaller == size:
		return nil
	}
	return tlog.CheckTree(proof, size, root, smaller, smallerRoot)
}

// ParseHash reads the text of a Hash.
func ParseHash(text string) (Hash, error) { return tlog.ParseHash(text) }
