// Package app is the one door. Whatever the face (command line, file, later web and API), a change comes
// through here: authorise, validate, derive, write, record; all of it is one transaction.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
	"github.com/stele-isms/stele/internal/store"
)

// Config says where an installation keeps its things, and how it tells time.
type Config struct {
	Data     string           // folder of the signing keys, and of the database where Database is empty
	Database string           // "postgres://..."; empty is an SQLite file in Data
	Now      func() time.Time // nil is the machine's clock
	NewID    func() string    // nil makes UUIDv7
}

// App is an open installation.
type App struct {
	store *store.Store
	data  string
}

// actionInit is the action of the revisions that a new organisation begins with.
const actionInit = "init"

// databaseFile is the SQLite file in the data folder.
const databaseFile = "stele.db"

// address gives the database's address.
func (c Config) address() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, databaseFile)
}

// Open opens an installation that Init has made.
func Open(ctx context.Context, c Config) (*App, error) {
	if _, err := os.Stat(c.address()); c.Database == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no Stele data in %s; make it with: stele init --name \"Your organisation\"", c.Data)
	}
	return open(ctx, c)
}

func open(ctx context.Context, c Config) (*App, error) {
	s, err := store.Open(ctx, c.address(), isms.Kinds)
	if err != nil {
		return nil, err
	}
	if c.Now != nil {
		s.Now = c.Now
	}
	if c.NewID != nil {
		s.NewID = c.NewID
	}
	return &App{store: s, data: c.Data}, nil
}

// Close closes the installation.
func (a *App) Close() error { return a.store.Close() }

// Founding is what a new organisation starts from.
type Founding struct {
	Name    string
	Edition isms.Edition
	Sample  bool         // its signing key is marked as one that proves nothing
	Library []Input      // the threats and vulnerabilities that it starts with
	Method  *isms.Method // drafted for it; nil where it brings its own
}

// Init makes a new organisation in an installation, which it makes as well when it is missing: the
// organisation, every control of Annex A undecided, the library, and the draft of a risk method.
func Init(ctx context.Context, c Config, f Founding) (*App, *Door, error) {
	a, err := open(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	d, err := a.found(ctx, f)
	if err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return a, d, nil
}

func (a *App) found(ctx context.Context, f Founding) (*Door, error) {
	if strings.TrimSpace(f.Name) == "" {
		return nil, fault.New(fault.Invalid, "an organisation needs a name")
	}
	org, err := a.vacant(ctx)
	if err != nil {
		return nil, err
	}
	key, err := a.newKey(f.keyName(org), org)
	if err != nil {
		return nil, err
	}
	d := &Door{app: a, org: org, key: key}
	_, err = d.apply(ctx, f.inputs(), store.Change{Action: actionInit}, write)
	return d, err
}

// vacant gives the id of an organisation without records: a new one, or one whose founding failed half-way.
func (a *App) vacant(ctx context.Context) (string, error) {
	existing, err := a.store.Organisations(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case len(existing) == 0:
		return a.store.NewOrganisation(ctx)
	case existing[0].Leaves == 0:
		return existing[0].ID, nil
	}
	return "", fault.New(fault.Conflict, "there is an organisation here already; give another folder with --data")
}

// inputs gives the records that a new organisation starts with.
func (f Founding) inputs() []Input {
	org := isms.Organisations.New()
	data := &isms.Organisation{Name: f.Name, Edition: f.Edition}
	org.Key, org.Data = isms.OrganisationKey, data
	records := append([]*kind.Record{org}, isms.AnnexA(f.Edition)...)
	if f.Method != nil {
		method := isms.Methods.New()
		method.Key, method.Data = "RM-0001", f.Method
		data.Method = kind.Ref[isms.Method](method.Key)
		records = append(records, method)
	}
	inputs := make([]Input, len(records))
	for i, r := range records {
		inputs[i] = Input{Node: r.Export()}
	}
	return append(inputs, f.Library...)
}

// keyFile gives the place of an organisation's signing key. It lies outside of the database, so that who
// can alter the one cannot sign with the other.
func (a *App) keyFile(org string) string { return filepath.Join(a.data, "keys", org+".key") }

// keyName gives the name of an organisation's signing key.
func (f Founding) keyName(org string) string {
	if f.Sample {
		return ledger.SampleName + "/" + org
	}
	return "stele/" + org
}

func (a *App) newKey(name, org string) (*ledger.Key, error) {
	key, err := ledger.NewKey(name)
	if err != nil {
		return nil, err
	}
	return key, a.writeKey(org, key)
}

func (a *App) writeKey(org string, key *ledger.Key) error {
	file := a.keyFile(org)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fault.New(fault.Invalid, "cannot make the folder of the signing keys: %v", err)
	}
	return os.WriteFile(file, []byte(key.Text()), 0o600)
}

// readKey refuses a key that the group or others can read: they could sign in the organisation's name. Windows
// has no such permissions.
func (a *App) readKey(org string) (*ledger.Key, error) {
	file := a.keyFile(org)
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the signing key is missing: %v; put back the folder keys of your backup", err)
	}
	if info, err := os.Stat(file); err != nil {
		return nil, err
	} else if info.Mode().Perm()&0o044 != 0 && runtime.GOOS != "windows" {
		return nil, fault.New(fault.Forbidden, "others than its owner can read the signing key and sign with it; put it right with: chmod 600 %s", file)
	}
	return ledger.ParseKey(string(text))
}

// Door opens the installation's organisation for a person; as is a person's key, or empty for nobody.
func (a *App) Door(ctx context.Context, as string) (*Door, error) {
	list, err := a.store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "there is no organisation here yet; make one with: stele init --name \"Your organisation\"")
	}
	if len(list) > 1 {
		return nil, fault.New(fault.Invalid, "there are %d organisations in this database; the command line serves one", len(list))
	}
	key, err := a.readKey(list[0].ID)
	if err != nil {
		return nil, err
	}
	return &Door{app: a, org: list[0].ID, key: key, actor: as}, nil
}

// Door is the way to one organisation's records for one person.
type Door struct {
	app   *App
	org   string
	key   *ledger.Key
	actor string
}

// As gives the same door for another person.
func (d *Door) As(person string) *Door {
	other := *d
	other.actor = person
	return &other
}

// View runs fn on a snapshot of the records; at is the moment it shows, the zero time is now.
func (d *Door) View(ctx context.Context, at time.Time, fn func(kind.Reader) error) error {
	return d.app.store.View(ctx, d.org, func(tx *store.Tx) error {
		if at.IsZero() {
			return fn(tx.Reader())
		}
		leaves, err := tx.Leaf(at)
		if err != nil {
			return err
		}
		if leaves == 0 {
			return fault.New(fault.NotFound, "on %s this organisation had no records yet", at.Format(time.DateTime))
		}
		return fn(tx.AsOf(leaves))
	})
}

// Location gives the organisation's time zone; UTC where it names none.
func Location(ctx context.Context, r kind.Reader) (*time.Location, error) {
	org, err := kind.Get[isms.Organisation](ctx, r, isms.OrganisationKey)
	if fault.Is(err, fault.NotFound) {
		return time.UTC, nil // the transaction that makes it
	}
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(org.Data.TimeZone)
}

// Search gives the records that hold every word of a text.
func (d *Door) Search(ctx context.Context, text string, limit int) (hits []store.Hit, err error) {
	err = d.app.store.Look(ctx, d.org, func(tx *store.Tx) error {
		hits, err = tx.Search(text, limit)
		return err
	})
	return hits, err
}

// History gives the revisions of a record, the first one first.
func (d *Door) History(ctx context.Context, key string) (list []store.Revision, err error) {
	schema, err := isms.Kinds.ByKey(key)
	if err != nil {
		return nil, err
	}
	err = d.app.store.Look(ctx, d.org, func(tx *store.Tx) error {
		list, err = tx.History(schema, key)
		if err == nil && len(list) == 0 {
			err = kind.Missing(schema, key)
		}
		return err
	})
	return list, err
}

// Verification is what Verify found, with what its signatures are worth.
type Verification struct {
	*store.Verification
	Origin   string // the name of the key
	Sample   bool
	Standing string // in words: what the signatures prove
}

// Verify recomputes everything that the ledger protects. earlier is a checkpoint that left the machine
// before, as a signed note; empty is none.
func (d *Door) Verify(ctx context.Context, earlier string) (*Verification, error) {
	result := &Verification{Origin: d.key.Name(), Sample: d.key.Sample(), Standing: "self-signed: proves consistency, not time"}
	err := d.app.store.View(ctx, d.org, func(tx *store.Tx) (err error) {
		if result.Verification, err = tx.Verify(d.key); err != nil || earlier == "" {
			return err
		}
		return d.continues(tx, result, earlier)
	})
	return result, err
}

// continues notes as damage that the tree is no continuation of an earlier one.
func (d *Door) continues(tx *store.Tx, v *Verification, earlier string) error {
	c, err := d.key.Open(earlier)
	if err != nil {
		return err
	}
	damage := func(format string, args ...any) {
		v.Damages = append(v.Damages, store.Damage{Table: "revision", What: "altered", Where: "the history", Why: fmt.Sprintf(format, args...)})
	}
	if c.Size > v.Leaves {
		damage("the checkpoint signs %d leaves, there are %d: the database was rolled back", c.Size, v.Leaves)
		return nil
	}
	proof, err := tx.Consistent(v.Leaves, c.Size)
	if err != nil {
		damage("there is no proof that it continues the checkpoint: %v", err)
		return nil
	}
	if err := ledger.CheckConsistency(proof, v.Leaves, v.Frontier.Root(), c.Size, c.Root); err != nil {
		damage("it does not continue the checkpoint of %d leaves: %v", c.Size, err)
	}
	return nil
}
