package ledger

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/stele-isms/stele/internal/fault"
)

// Checkpoint is a signed statement: the tree of this origin has this size and root.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   Hash
}

// Key signs the checkpoints of one organisation. It is kept outside of the database.
type Key struct {
	signer   note.Signer
	verifier note.Verifier
	public   string
	private  string
}

// SampleName begins the name of a key that anybody can have, since it belongs to the sample organisation.
const SampleName = "SAMPLE-not-for-use"

// NewKey makes an Ed25519 key. The name becomes the origin of its checkpoints and has no spaces or "+".
func NewKey(name string) (*Key, error) {
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	return ParseKey(private + "\n" + public + "\n")
}

// ParseKey reads the text of a key file: the private key and the public one, a line each.
func ParseKey(text string) (*Key, error) {
	private, public, _ := strings.Cut(strings.TrimSpace(text), "\n")
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the signing key is not readable: %v", err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the public part of the signing key is not readable: %v", err)
	}
	if verifier.Name() != signer.Name() || verifier.KeyHash() != signer.KeyHash() {
		return nil, fault.New(fault.Invalid, "the two parts of the signing key do not belong together")
	}
	return &Key{signer, verifier, public, private}, nil
}

// Text gives the key file's text.
func (k *Key) Text() string { return k.private + "\n" + k.public + "\n" }

// Name gives the key's name, the origin of its checkpoints.
func (k *Key) Name() string { return k.signer.Name() }

// Public gives the verifier key that others need.
func (k *Key) Public() string { return k.public }

// Sample reports whether the key is that of a sample organisation.
func (k *Key) Sample() bool { return strings.HasPrefix(k.Name(), SampleName) }

// Sign gives the signed note of a tree.
func (k *Key) Sign(f *Frontier) (string, error) {
	root := f.Root()
	text := fmt.Sprintf("%s\n%d\n%s\n", k.Name(), f.N, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	if err != nil {
		return "", fmt.Errorf("sign a checkpoint: %w", err)
	}
	return string(signed), nil
}

// Open checks the key's signature on a note and gives its checkpoint.
func (k *Key) Open(signed string) (Checkpoint, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(k.verifier))
	if err != nil {
		return Checkpoint{}, fault.New(fault.Invalid, "the checkpoint is not signed by %s: %v", k.Name(), err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err == nil && c.Origin != k.Name() {
		return Checkpoint{}, fault.New(fault.Invalid, "the checkpoint is of %q, not of %q", c.Origin, k.Name())
	}
	return c, err
}

// ParseCheckpoint reads the text of a note: origin, size and root, a line each; further lines are
// extensions and passed over (C2SP tlog-checkpoint).
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, fault.New(fault.Invalid, "a checkpoint has three lines: origin, size and root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fault.New(fault.Invalid, "%q is not the size of a tree", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fault.New(fault.Invalid, "%q is not the root of a tree", lines[2])
	}
	return Checkpoint{lines[0], size, root}, nil
}
