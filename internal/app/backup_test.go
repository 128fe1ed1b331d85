package app_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// backup gives the lines of a backup.
func (h *house) backup() string {
	h.t.Helper()
	var packed bytes.Buffer
	if err := h.Backup(h.t.Context(), &packed); err != nil {
		h.t.Fatal(err)
	}
	r, err := gzip.NewReader(&packed)
	if err != nil {
		h.t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

// restored puts the lines of a backup into an installation of its own.
func restored(t *testing.T, c app.Config, lines string) error {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, lines); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := app.Restore(t.Context(), c, &packed)
	return err
}

// opened opens what was restored.
func opened(t *testing.T, c app.Config) *house {
	t.Helper()
	h := &house{t: t, now: newYear, config: c}
	var err error
	if h.App, err = app.Open(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if h.Door, err = h.App.Door(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestABackupGoesFromOneDatabaseToTheOtherAndBack(t *testing.T) {
	h := founded(t)
	h.apply("kind: asset\ntitle: Kiln\ntype: hardware\nowner: ROLE-0001\n")
	first := h.backup()
	there := app.Config{Data: t.TempDir(), Database: pgtest.Database(t), Now: h.config.Now}
	if err := restored(t, there, first); err != nil {
		t.Fatal(err)
	}
	second := opened(t, there)
	if d := second.damages(""); d != "" {
		t.Errorf("what came to PostgreSQL: %s", d)
	}
	if got := second.backup(); got != first {
		t.Error("the backup of what was restored is another one")
	}
	if _, err := second.Search(t.Context(), "kiln", 5); err != nil {
		t.Error(err)
	}
	back := app.Config{Data: t.TempDir(), Now: h.config.Now}
	if err := restored(t, back, first); err != nil {
		t.Fatal(err)
	}
	third := opened(t, back)
	third.apply("kind: asset\ntitle: Second kiln\ntype: hardware\n")
	if d := third.damages(""); d != "" {
		t.Errorf("what came back: %s", d)
	}
}

func TestABackupIsRestoredBesideOtherOrganisations(t *testing.T) {
	h := founded(t)
	database := pgtest.Database(t)
	other := found(t, app.Config{Data: t.TempDir(), Database: database}, app.Founding{Name: "Other", Edition: isms.Edition("2022")})
	if err := restored(t, app.Config{Data: t.TempDir(), Database: database}, h.backup()); err != nil {
		t.Fatal(err)
	}
	if d := other.damages(""); d != "" {
		t.Errorf("the organisation that was there before: %s", d)
	}
}

func TestAnAlteredBackupIsRefused(t *testing.T) {
	h := founded(t)
	h.apply("kind: asset\nkey: AST-0001\ntitle: Kiln\ntype: hardware\n---\nkind: asset\nkey: AST-0002\ntitle: Oven\ntype: hardware\n")
	lines := h.backup()
	swap := func(old, updated string) string {
		if !strings.Contains(lines, old) {
			t.Fatalf("the backup has no %s", old)
		}
		return strings.Replace(lines, old, updated, 1)
	}
	all := strings.SplitAfter(lines, "\n")
	for name, altered := range map[string]string{
		"a word":            swap("Kiln", "Kilo"),
		"a person's name":   swap("Jana Nov", "Hana Nov"),
		"an actor":          swap(`"action":"create"`, `"action":"edit"`),
		"a revision gone":   strings.Join(append(all[:3:3], all[4:]...), ""),
		"the last one gone": strings.Join(append(all[:len(all)-3:len(all)-3], all[len(all)-2:]...), ""),
		"the end gone":      strings.Join(all[:len(all)-2], ""),
		"an unknown kind":   swap(`"kind":"asset"`, `"kind":"spaceship"`),
		"a newer format":    swap(`"backup":1`, `"backup":2`),
		"another tree":      swap(`"leaves":`, `"leaves":1`),
	} {
		c := app.Config{Data: t.TempDir(), Now: h.config.Now}
		if err := restored(t, c, altered); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		a, err := app.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Door(t.Context(), ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: something was kept: %v", name, err)
		}
		_ = a.Close()
	}
}

func TestABackupTakenWhileOthersWriteIsWhole(t *testing.T) {
	h := founded(t)
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for ctx.Err() == nil {
				if _, err := h.Apply(ctx, inputs(t, "kind: asset\ntitle: Kiln\ntype: hardware\n")); err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 5 {
		c := app.Config{Data: t.TempDir(), Now: h.config.Now}
		if err := restored(t, c, h.backup()); err != nil {
			t.Error(err)
			continue
		}
		if d := opened(t, c).damages(""); d != "" {
			t.Error(d)
		}
	}
	stop()
	writers.Wait()
}
