package app

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/ledger"
	"github.com/stele-isms/stele/internal/store"
)

// A backup is JSON lines, packed with gzip and, where somebody is named who shall read it, encrypted with age: a
// line for the file, and for each organisation one with its head and signing key, one for each revision, and one
// that ends it. Everything else in a database follows from these.

// backupVersion is the format that is written. Whoever reads a higher one is too old for it.
const backupVersion = 1

type backupLine struct {
	Stele        *backupHeader   `json:"stele,omitempty"`
	Organisation *backupHead     `json:"organisation,omitempty"`
	Revision     *backupRevision `json:"revision,omitempty"`
	End          string          `json:"end,omitempty"` // the organisation that is whole with this line
}

type backupHeader struct {
	Backup        int       `json:"backup"` // the version of the format
	At            time.Time `json:"at"`
	Organisations int       `json:"organisations"`
}

type backupHead struct {
	ID         string           `json:"id"`
	Leaves     int64            `json:"leaves"`
	At         string           `json:"at"`
	Frontier   string           `json:"frontier"`
	Checkpoint string           `json:"checkpoint"`
	Sequences  map[string]int64 `json:"sequences"`
	Key        string           `json:"key"`
}

// backupRevision holds body and personal as they are stored, to the byte: the tree commits to them.
type backupRevision struct {
	N        int64     `json:"n"`
	Kind     string    `json:"kind"`
	ID       string    `json:"id"`
	Key      string    `json:"key"`
	Rev      int64     `json:"rev"`
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty"`
	Action   string    `json:"action"`
	Cause    string    `json:"cause,omitempty"`
	Body     string    `json:"body"`
	Personal string    `json:"personal,omitempty"`
}

// Backup writes all organisations of the installation, each as it is at one moment, while others go on
// writing. With recipients only they can read it.
func (a *App) Backup(ctx context.Context, w io.Writer, recipients ...age.Recipient) error {
	if len(recipients) == 0 {
		return a.backup(ctx, w)
	}
	encrypted, err := age.Encrypt(w, recipients...)
	if err != nil {
		return err
	}
	if err := a.backup(ctx, encrypted); err != nil {
		return err
	}
	return encrypted.Close()
}

func (a *App) backup(ctx context.Context, w io.Writer) error {
	organisations, err := a.store.Organisations(ctx)
	if err != nil {
		return err
	}
	packed := gzip.NewWriter(w)
	lines := json.NewEncoder(packed)
	lines.SetEscapeHTML(false)
	header := backupHeader{Backup: backupVersion, At: a.store.Now().UTC(), Organisations: len(organisations)}
	if err := lines.Encode(backupLine{Stele: &header}); err != nil {
		return err
	}
	for _, o := range organisations {
		if err := a.backupOrganisation(ctx, lines, o.ID); err != nil {
			return err
		}
	}
	return packed.Close()
}

func (a *App) backupOrganisation(ctx context.Context, lines *json.Encoder, org string) error {
	key, err := a.readKey(org)
	if err != nil {
		return err
	}
	return a.store.View(ctx, org, func(tx *store.Tx) error {
		h, err := tx.Head()
		if err != nil {
			return err
		}
		head := backupHead{ID: h.Org, Leaves: h.Leaves, At: h.At, Frontier: h.Frontier, Checkpoint: h.Checkpoint, Sequences: h.Sequences, Key: key.Text()}
		if err := lines.Encode(backupLine{Organisation: &head}); err != nil {
			return err
		}
		for r, err := range tx.Revisions() {
			if err != nil {
				return err
			}
			line := backupRevision{
				N: r.N, Kind: r.Kind, ID: r.ID, Key: r.Key, Rev: r.Rev, At: r.At, By: r.By, Action: r.Action, Cause: r.Cause,
				Body: string(r.Body), Personal: string(r.Personal),
			}
			if err := lines.Encode(backupLine{Revision: &line}); err != nil {
				return err
			}
		}
		return lines.Encode(backupLine{End: org})
	})
}

// Restored tells what a backup brought.
type Restored struct {
	At            time.Time // when the backup was made
	Organisations int
	Revisions     int64
}

// Restore puts the organisations of a backup into an installation, which it makes when it is missing. None of them
// may be there yet; others stay as they are. Each history is held against its tree before anything is kept.
func Restore(ctx context.Context, c Config, from io.Reader, identities ...age.Identity) (Restored, error) {
	a, err := open(ctx, c)
	if err != nil {
		return Restored{}, err
	}
	done, err := a.restore(ctx, from, identities)
	return done, errors.Join(err, a.Close())
}

func (a *App) restore(ctx context.Context, from io.Reader, identities []age.Identity) (done Restored, err error) {
	lines, err := unpacked(from, identities)
	if err != nil {
		return done, err
	}
	first, err := lines.next()
	if err != nil {
		return done, err
	}
	if first.Stele == nil || first.Stele.Backup > backupVersion {
		return done, fault.New(fault.Invalid, "this is no backup that this version of Stele can read")
	}
	done.At = first.Stele.At
	for range first.Stele.Organisations {
		leaves, err := a.restoreOrganisation(ctx, lines)
		if err != nil {
			return done, err
		}
		done.Organisations++
		done.Revisions += leaves
	}
	return done, nil
}

func (a *App) restoreOrganisation(ctx context.Context, lines *backupLines) (leaves int64, err error) {
	line, err := lines.next()
	if err != nil {
		return 0, err
	}
	if line.Organisation == nil {
		return 0, errBroken
	}
	head := line.Organisation
	key, err := ledger.ParseKey(head.Key)
	if err != nil {
		return 0, err
	}
	h := store.Head{Org: head.ID, Leaves: head.Leaves, At: head.At, Frontier: head.Frontier, Checkpoint: head.Checkpoint, Sequences: head.Sequences}
	if there, err := os.ReadFile(a.keyFile(head.ID)); err == nil && string(there) != key.Text() {
		return 0, fault.New(fault.Conflict, "%s is another signing key of this organisation; move it away first", a.keyFile(head.ID))
	}
	// The key comes first: without it the records could be read and never be changed.
	if err := a.writeKey(head.ID, key); err != nil {
		return 0, err
	}
	return head.Leaves, a.store.Restore(ctx, h, lines.revisions(head.ID))
}

var errBroken = fault.New(fault.Invalid, "the backup breaks off; it was not written to its end")

// backupLines reads a backup line by line.
type backupLines struct{ decoder *json.Decoder }

func unpacked(from io.Reader, identities []age.Identity) (*backupLines, error) {
	const intro = "age-encryption.org/"
	buffered := bufio.NewReader(from)
	if start, _ := buffered.Peek(len(intro)); string(start) == intro {
		if len(identities) == 0 {
			return nil, fault.New(fault.Invalid, "the backup is encrypted; give the key that opens it with --identity")
		}
		plain, err := age.Decrypt(buffered, identities...)
		if err != nil {
			return nil, fault.New(fault.Invalid, "the backup cannot be opened: %v", err)
		}
		buffered = bufio.NewReader(plain)
	}
	packed, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, fault.New(fault.Invalid, "this is no backup of Stele: %v", err)
	}
	return &backupLines{json.NewDecoder(packed)}, nil
}

func (l *backupLines) next() (line backupLine, err error) {
	if err := l.decoder.Decode(&line); err != nil {
		return line, fmt.Errorf("%w (%w)", errBroken, err)
	}
	return line, nil
}

// revisions yields the revisions of an organisation, to the line that ends it.
func (l *backupLines) revisions(org string) iter.Seq2[ledger.Revision, error] {
	return func(yield func(ledger.Revision, error) bool) {
		for {
			line, err := l.next()
			if err == nil && line.End == org {
				return
			}
			if err == nil && line.Revision == nil {
				err = errBroken
			}
			if err != nil {
				yield(ledger.Revision{}, err)
				return
			}
			r := line.Revision
			if !yield(ledger.Revision{
				Org: org, N: r.N, Kind: r.Kind, ID: r.ID, Key: r.Key, Rev: r.Rev, At: r.At, By: r.By, Action: r.Action, Cause: r.Cause,
				Body: []byte(r.Body), Personal: []byte(r.Personal),
			}, nil) {
				return
			}
		}
	}
}

// ReadRecipients gives who can open a backup: age keys (age1...), or a file with one on each line.
func ReadRecipients(names []string) ([]age.Recipient, error) {
	var all []age.Recipient
	for _, name := range names {
		if r, err := age.ParseX25519Recipient(name); err == nil {
			all = append(all, r)
			continue
		}
		file, err := os.Open(filepath.Clean(name))
		if err != nil {
			return nil, fault.New(fault.Invalid, "%q is neither an age key (age1...) nor a file of them", name)
		}
		list, err := age.ParseRecipients(file)
		_ = file.Close()
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s holds no age keys: %v", name, err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// ReadIdentities gives the secret keys that a file of age-keygen holds; none for an empty name.
func ReadIdentities(name string) ([]age.Identity, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(filepath.Clean(name))
	if err != nil {
		return nil, fault.New(fault.NotFound, "the secret key cannot be read: %v", err)
	}
	defer file.Close()
	list, err := age.ParseIdentities(file)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s holds no secret age key: %v", name, err)
	}
	return list, nil
}
