package app_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/app/apptest"
	"github.com/stele-isms/stele/internal/fault"
)

// alter changes the database behind the product's back.
func (h *house) alter(statement string) {
	h.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.config.Data, "stele.db"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer db.Close()
	result, err := db.ExecContext(h.t.Context(), statement)
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		h.t.Fatalf("%s altered nothing: %v", statement, err)
	}
}

// damages gives what verification finds, a line each.
func (h *house) damages(earlier string) string {
	h.t.Helper()
	v, err := h.Verify(h.t.Context(), earlier)
	if err != nil {
		h.t.Fatal(err)
	}
	var lines []string
	for _, d := range v.Damages {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

func TestVerifySaysWhatItsSignatureIsWorth(t *testing.T) {
	t.Parallel()
	for name, sample := range map[string]bool{"stele/": false, "SAMPLE-not-for-use/": true} {
		h := found(t, app.Config{Data: t.TempDir()}, app.Founding{Name: "Acme", Edition: "2022", Sample: sample})
		v, err := h.Verify(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if v.Sample != sample || !strings.HasPrefix(v.Origin, name) || v.Standing != "self-signed: proves consistency, not time" {
			t.Errorf("sample %v: %s, %s", v.Sample, v.Origin, v.Standing)
		}
		if v.Leaves != 1+93 || !strings.Contains(v.Checkpoint, v.Origin+"\n94\n") {
			t.Errorf("%d leaves, checkpoint %s", v.Leaves, v.Checkpoint)
		}
	}
}

func TestAnAlteredDatabaseIsNamed(t *testing.T) {
	for statement, want := range map[string]string{
		`UPDATE asset SET title = 'Safe' WHERE "key" = 'AST-0001'`:                                   "asset: AST-0001 was altered: column title",
		`UPDATE revision SET body = replace(body, 'Shop', 'Safe') WHERE "key" = 'AST-0001'`:          "head: the checkpoint was altered",
		`UPDATE revision SET body = replace(body, 'Nováková', 'Svobodová') WHERE "key" = 'PER-0001'`: "the personal field name does not match its commitment",
	} {
		t.Run(want, func(t *testing.T) {
			h := founded(t)
			h.apply(servers)
			if found := h.damages(""); found != "" {
				t.Fatalf("damaged from the start: %s", found)
			}
			h.alter(statement)
			if found := h.damages(""); !strings.Contains(found, want) {
				t.Errorf("%q is not named:\n%s", want, found)
			}
		})
	}
}

// checkpoint gives the signed note to be kept elsewhere.
func (h *house) checkpoint() string {
	h.t.Helper()
	v, err := h.Verify(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	return v.Checkpoint
}

func TestAHistoryContinuesTheCheckpointsThatLeftTheMachine(t *testing.T) {
	h := founded(t)
	first := h.checkpoint()
	h.apply(servers)
	second := h.checkpoint()
	for _, earlier := range []string{first, second} {
		if found := h.damages(earlier); found != "" {
			t.Errorf("%s is not continued: %s", earlier, found)
		}
	}
}

func TestARolledBackDatabaseIsFoundAgainstACheckpoint(t *testing.T) {
	h := founded(t)
	data, before := h.config.Data, h.leaves()
	h.restart(func() {
		if err := apptest.CopyFolder(data+".old", data); err != nil {
			t.Fatal(err)
		}
	})
	h.apply(servers)
	kept := h.checkpoint()
	h.restart(func() {
		if err := os.RemoveAll(data); err != nil {
			t.Fatal(err)
		}
		if err := apptest.CopyFolder(data, data+".old"); err != nil {
			t.Fatal(err)
		}
	})
	if found := h.damages(""); found != "" {
		t.Errorf("the copy is damaged in itself: %s", found)
	}
	if found := h.damages(kept); !strings.Contains(found, fmt.Sprintf("signs %d leaves, there are %d: the database was rolled back", before+3, before)) {
		t.Errorf("the roll-back is told as %q", found)
	}
	h.apply(strings.ReplaceAll(servers, "Shop", "Other shop")) // as many leaves as before, and one more
	h.apply("kind: asset\nkey: AST-0002\ntitle: Other server\n")
	if found := h.damages(kept); !strings.Contains(found, "it does not continue the checkpoint") {
		t.Errorf("a history written anew is told as %q", found)
	}
}

func TestACheckpointOfSomebodyElseIsRefused(t *testing.T) {
	t.Parallel()
	f := app.Founding{Name: "Acme", Edition: "2022"}
	h, other := found(t, app.Config{Data: t.TempDir()}, f), found(t, app.Config{Data: t.TempDir()}, f)
	_, err := h.Verify(t.Context(), other.checkpoint())
	refused(t, err, fault.Invalid, "the checkpoint is not signed by")
	_, err = h.Verify(t.Context(), "yes, it is all right")
	refused(t, err, fault.Invalid, "the checkpoint is not signed by")
}

// restart closes the installation, lets something be done to its files, and opens it again.
func (h *house) restart(between func()) {
	h.t.Helper()
	if err := h.Close(); err != nil {
		h.t.Fatal(err)
	}
	between()
	var err error
	if h.App, err = app.Open(h.t.Context(), h.config); err != nil {
		h.t.Fatal(err)
	}
	if h.Door, err = h.App.Door(h.t.Context(), ""); err != nil {
		h.t.Fatal(err)
	}
}
