package app_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// ailments gives what is wrong with an installation, a line each.
func ailments(t *testing.T, c app.Config) string {
	t.Helper()
	var lines []string
	for _, checkup := range app.Diagnose(t.Context(), c) {
		if checkup.Trouble != nil {
			lines = append(lines, checkup.Name+": "+checkup.Trouble.Error())
		}
	}
	return strings.Join(lines, "\n")
}

// suffers tells whether a diagnosis says what is wrong, and nothing else.
func suffers(t *testing.T, c app.Config, want string) {
	t.Helper()
	if got := ailments(t, c); !strings.Contains(got, want) || strings.Count(got, "\n") > 0 {
		t.Errorf("found\n%s\nnot\n%s", got, want)
	}
}

func (h *house) keyFile() string {
	h.t.Helper()
	list, err := filepath.Glob(filepath.Join(h.config.Data, "keys", "*.key"))
	if err != nil || len(list) != 1 {
		h.t.Fatalf("keys: %v, %v", list, err)
	}
	return list[0]
}

func TestAHealthyInstallationHasNoTrouble(t *testing.T) {
	h := founded(t)
	if got := ailments(t, h.config); got != "" {
		t.Error(got)
	}
	c := app.Config{Data: t.TempDir(), Database: pgtest.Database(t)}
	found(t, c, app.Founding{Name: "Acme", Edition: isms.Edition("2022")})
	if got := ailments(t, c); got != "" {
		t.Error(got)
	}
}

func TestADatabaseOfANewerVersionIsNotTouched(t *testing.T) {
	h := founded(t)
	h.alter(`INSERT INTO migration (version_id, is_applied) VALUES (999999, 1)`)
	suffers(t, h.config, "The database can be opened: cannot open the database "+filepath.Join(h.config.Data, "stele.db")+
		": this database was made by a newer version of Stele (schema 999999, this one knows 1)")
}

func TestALockedDatabaseIsTold(t *testing.T) {
	h := founded(t)
	db, err := sql.Open("sqlite", filepath.Join(h.config.Data, "stele.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	suffers(t, h.config, "The database works: another program holds the database; end it, or wait until it is done")
}

func TestADamagedDatabaseIsTold(t *testing.T) {
	h := founded(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(h.config.Data, "stele.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for _, hurt := range []struct {
		at   int
		want string
	}{
		{len(whole) / 2 / page * page, "The database works: the database is damaged; keep the file, and take back the newest backup with stele restore"},
		{0, "the database is damaged; keep the file, and take back the newest backup with stele restore"},
	} {
		damaged := bytes.Clone(whole)
		copy(damaged[hurt.at:], bytes.Repeat([]byte("rust"), 4*page/4))
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := ailments(t, h.config); !strings.Contains(got, hurt.want) {
			t.Errorf("damaged at %d: %s", hurt.at, got)
		}
	}
}

func TestADatabaseThatCannotBeWrittenIsTold(t *testing.T) {
	t.Parallel()
	c := app.Config{Data: t.TempDir(), Database: pgtest.Database(t)}
	found(t, c, app.Founding{Name: "Acme", Edition: isms.Edition("2022")})
	db, err := sql.Open("pgx", c.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`); err != nil {
		t.Fatal(err)
	}
	suffers(t, c, "The database works: the database cannot be written; give this user the right")
}

func TestAClockBehindTheNewestChangeIsTold(t *testing.T) {
	h := founded(t)
	c := h.config
	c.Now = func() time.Time { return newYear.AddDate(0, 0, -1) }
	suffers(t, c, "The database works: the clock says 2025-12-31T12:00:00Z, and the newest change is of 2026-01-01T12:00:00Z; set the clock right")
}

func TestTroubleWithTheSigningKeyIsTold(t *testing.T) {
	h := founded(t)
	key, err := os.ReadFile(h.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	file := h.keyFile()
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	suffers(t, h.config, "put it right with: chmod 600 "+file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	suffers(t, h.config, "the signing key is missing: ")
	other := found(t, app.Config{Data: t.TempDir()}, app.Founding{Name: "Other", Edition: isms.Edition("2022")})
	wrong, err := os.ReadFile(other.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, wrong, 0o600); err != nil {
		t.Fatal(err)
	}
	suffers(t, h.config, "it is not the key that signed the newest checkpoint")
	if err := os.WriteFile(file, key, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := ailments(t, h.config); got != "" {
		t.Errorf("with its key back: %s", got)
	}
}

func TestAMissingInstallationIsTold(t *testing.T) {
	c := app.Config{Data: filepath.Join(t.TempDir(), "nowhere")}
	for _, want := range []string{"no such file or directory; make the folder", "there is no Stele data in " + c.Data} {
		if got := ailments(t, c); !strings.Contains(got, want) {
			t.Errorf("found %s, not %s", got, want)
		}
	}
}
