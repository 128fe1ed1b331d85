package app

import (
	"context"
	"fmt"
	"os"

	"github.com/stele-isms/stele/internal/store"
)

// Checkup is one thing that was looked at. Trouble says what is wrong and how to put it right; nil is nothing.
type Checkup struct {
	Name    string
	Trouble error
}

// enough is how much room on the disk is no trouble yet, in bytes.
const enough = 200 << 20

// Diagnose looks at an installation for what would keep it from its work. It changes nothing.
func Diagnose(ctx context.Context, c Config) []Checkup {
	list := []Checkup{
		{"The data folder can be written", writable(c.Data)},
		{"The disk has room", room(c.Data)},
	}
	a, err := Open(ctx, c)
	list = append(list, Checkup{"The database can be opened", err})
	if err != nil {
		return list
	}
	defer func() { _ = a.Close() }()
	for _, err := range a.store.Examine(ctx) {
		list = append(list, Checkup{"The database works", err})
	}
	organisations, err := a.store.Organisations(ctx)
	if err != nil {
		return append(list, Checkup{"The organisations can be listed", err})
	}
	for _, o := range organisations {
		list = append(list, Checkup{fmt.Sprintf("The signing key of %s is there", o.ID), a.signs(ctx, o)})
	}
	return list
}

// writable makes a file in a folder and takes it away again.
func writable(folder string) error {
	f, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return fmt.Errorf("%w; make the folder, or give this user the right to write in it", err)
	}
	_ = f.Close()
	return os.Remove(f.Name())
}

// signs holds an organisation's key against the newest checkpoint.
func (a *App) signs(ctx context.Context, o store.Organisation) error {
	key, err := a.readKey(o.ID)
	if err != nil {
		return err
	}
	return a.store.Look(ctx, o.ID, func(tx *store.Tx) error {
		h, err := tx.Head()
		if err != nil || h.Checkpoint == "" {
			return err
		}
		if _, err := key.Open(h.Checkpoint); err != nil {
			return fmt.Errorf("it is not the key that signed the newest checkpoint (%w); put back the folder keys of your backup", err)
		}
		return nil
	})
}
