package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/report"
)

// backupVerb writes a backup.
type backupVerb struct {
	File      string   `arg:"" help:"File to write."`
	Recipient []string `help:"age key (age1...) of somebody who shall be able to open it, or a file with such keys; without one it is not encrypted." placeholder:"KEY"`
}

// Run writes the backup beside the file and puts it in its place when it is whole.
func (v *backupVerb) Run(s *session) error {
	recipients, err := app.ReadRecipients(v.Recipient)
	if err != nil {
		return err
	}
	a, err := app.Open(s, s.config)
	if err != nil {
		return err
	}
	if err := errors.Join(writeSecret(v.File, func(w io.Writer) error { return a.Backup(s, w, recipients...) }), a.Close()); err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s holds everything, the signing keys included.\n", v.File)
	if len(recipients) == 0 {
		fmt.Fprintln(s.Stdout, "It is not encrypted: keep it where you would keep a key, or name who shall open it with --recipient.")
	}
	return nil
}

// writeSecret writes a file that only its owner can read. What stood there stays until the new one is on the disk.
func writeSecret(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*.part") // for its owner alone
	if err != nil {
		return fault.New(fault.Invalid, "%v", err)
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}

// restoreVerb takes a backup back.
type restoreVerb struct {
	File     string `arg:"" help:"File that stele backup has written."`
	Identity string `help:"File with the secret age key that opens it." placeholder:"FILE"`
}

// Run restores the backup and says what came.
func (v *restoreVerb) Run(s *session) error {
	identities, err := app.ReadIdentities(v.Identity)
	if err != nil {
		return err
	}
	file, err := os.Open(v.File)
	if err != nil {
		return fault.New(fault.NotFound, "the backup cannot be read: %v", err)
	}
	defer file.Close()
	done, err := app.Restore(s, s.config, file, identities...)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s with %s, as of %s. Each history is the one that its tree commits to.\n",
		report.Count(done.Organisations, "organisation", "organisations"), report.Count(int(done.Revisions), "revision", "revisions"), done.At.Format(time.RFC3339))
	return nil
}
