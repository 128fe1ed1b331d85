package app_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/app/apptest"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

func TestMain(m *testing.M) {
	code := apptest.Run(m)
	pgtest.Stop()
	os.Exit(code)
}

// house is an organisation of one test, with a clock that the test sets.
type house struct {
	*app.App
	*app.Door
	t      *testing.T
	now    time.Time
	config app.Config
}

// newYear is where every clock starts.
var newYear = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// founded gives an organisation on SQLite with a drafted risk method and the people of staff.
func founded(t *testing.T) *house {
	t.Helper()
	t.Parallel()
	h := &house{t: t, now: newYear, config: app.Config{Data: t.TempDir()}}
	h.config.Now = func() time.Time { return h.now }
	h.App, h.Door = apptest.Found(t, h.config, app.Founding{Name: "Acme", Edition: "2022", Method: isms.DefaultMethod()})
	h.apply(staff)
	return h
}

func found(t *testing.T, c app.Config, f app.Founding) *house {
	t.Helper()
	h := &house{t: t, now: newYear, config: c}
	h.config.Now = func() time.Time { return h.now }
	var err error
	if h.App, h.Door, err = app.Init(t.Context(), h.config, f); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// staff is who owns and approves in these tests.
const staff = `
kind: person
key: PER-0001
name: Jana Nováková
---
kind: person
key: PER-0002
name: Νίκος Παππάς
---
kind: role
key: ROLE-0001
title: Security officer
holders: [PER-0001]
`

func inputs(t testing.TB, text string) []app.Input {
	t.Helper()
	nodes, err := exchange.ReadYAML("in.yaml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	list := make([]app.Input, len(nodes))
	for i, n := range nodes {
		list[i] = app.Input{Node: n, File: "in.yaml"}
	}
	return list
}

// apply applies records that must be accepted.
func (h *house) apply(text string) []app.Outcome {
	h.t.Helper()
	outcomes, err := h.Apply(h.t.Context(), inputs(h.t, text))
	if err != nil {
		h.t.Fatal(err)
	}
	return outcomes
}

// do takes an action that must be accepted.
func (h *house) do(as, key, action string, input ...kind.Member) []app.Outcome {
	h.t.Helper()
	outcomes, err := h.As(as).Do(h.t.Context(), key, action, kind.Node{Value: input})
	if err != nil {
		h.t.Fatal(err)
	}
	return outcomes
}

func set(name, value string) kind.Member {
	return kind.Member{Name: name, Node: kind.Node{Value: value}}
}

// view reads the records as they are.
func (h *house) view(fn func(kind.Reader) error) {
	h.t.Helper()
	if err := h.View(h.t.Context(), time.Time{}, fn); err != nil {
		h.t.Fatal(err)
	}
}

// yaml gives the records of some kinds as files hold them; without a kind, of all.
func (h *house) yaml(kinds ...string) string {
	h.t.Helper()
	var b bytes.Buffer
	h.view(func(r kind.Reader) error {
		for _, schema := range r.Kinds().Schemas {
			if len(kinds) > 0 && !slices.Contains(kinds, schema.Name) {
				continue
			}
			var nodes []kind.Node
			for rec, err := range r.Records(h.t.Context(), schema, kind.Query{Archived: true}) {
				if err != nil {
					return err
				}
				nodes = append(nodes, rec.Export())
			}
			if b.Len() > 0 && len(nodes) > 0 {
				b.WriteString("---\n")
			}
			if err := exchange.WriteYAML(&b, nodes); err != nil {
				return err
			}
		}
		return nil
	})
	return b.String()
}

// get gives the data of one record.
func get[T any](h *house, key string) *T {
	h.t.Helper()
	var data *T
	h.view(func(r kind.Reader) error {
		e, err := kind.Get[T](h.t.Context(), r, key)
		data = e.Data
		return err
	})
	return data
}

// absent expects that there is no record of a key.
func (h *house) absent(key string) {
	h.t.Helper()
	if _, err := h.History(h.t.Context(), key); !fault.Is(err, fault.NotFound) {
		h.t.Errorf("%s should not be there, and gives %v", key, err)
	}
}

// leaves gives the size of the tree, which must verify.
func (h *house) leaves() int64 {
	h.t.Helper()
	v, err := h.Verify(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, d := range v.Damages {
		h.t.Error(d)
	}
	return v.Leaves
}

// refused expects an error of a code that says all of some texts.
func refused(t testing.TB, err error, code fault.Code, texts ...string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want a fault of code %s", err, code)
		return
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("%q is not in the message:\n%v", text, err)
		}
	}
}

// refusesApply expects that records are refused in words.
func (h *house) refusesApply(text string, words ...string) {
	h.t.Helper()
	_, err := h.Apply(h.t.Context(), inputs(h.t, text))
	refused(h.t, err, fault.Invalid, words...)
}

func TestANewOrganisationHasEveryControlOfItsEditionUndecided(t *testing.T) {
	for edition, want := range map[isms.Edition]int{"2022": 93, "2013": 114} {
		t.Run(string(edition), func(t *testing.T) {
			library, err := exchange.Library(standard.Edition(edition))
			if err != nil {
				t.Fatal(err)
			}
			f := app.Founding{Name: "Acme", Edition: edition, Method: isms.DefaultMethod()}
			for _, n := range library {
				f.Library = append(f.Library, app.Input{Node: n, File: "library"})
			}
			h := found(t, app.Config{Data: t.TempDir()}, f)
			h.view(func(r kind.Reader) error {
				controls, err := kind.All[isms.Control](t.Context(), r)
				if err != nil {
					return err
				}
				if len(controls) != want {
					t.Errorf("%d controls, want %d", len(controls), want)
				}
				for _, c := range controls {
					if c.Data.Applicability != "undecided" || c.Data.Source != "annex a" || c.Data.Title == "" {
						t.Errorf("%s starts as %+v", c.Key, c.Data)
					}
				}
				threats, err := kind.All[isms.Threat](t.Context(), r)
				if len(threats) == 0 {
					t.Error("there are no threats")
				}
				return err
			})
			org := get[isms.Organisation](h, isms.OrganisationKey)
			if org.Name != "Acme" || org.Edition != edition || org.Method != "RM-0001" {
				t.Errorf("the organisation is %+v", org)
			}
			if m := get[isms.Method](h, "RM-0001"); m.Approver != "" {
				t.Errorf("the drafted method is approved by %s", m.Approver)
			}
			h.leaves()
		})
	}
}

func TestAnInstallationHoldsOneOrganisation(t *testing.T) {
	h := founded(t)
	_, _, err := app.Init(t.Context(), h.config, app.Founding{Name: "Second", Edition: "2022"})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a second organisation gives %v", err)
	}
	if name := get[isms.Organisation](h, isms.OrganisationKey).Name; name != "Acme" {
		t.Errorf("the organisation is now %s", name)
	}
}

func TestAnOrganisationNeedsAName(t *testing.T) {
	_, _, err := app.Init(t.Context(), app.Config{Data: t.TempDir()}, app.Founding{Name: " ", Edition: "2022"})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestAFoundingThatFailsCanBeTriedAgain(t *testing.T) {
	config := app.Config{Data: t.TempDir()}
	broken := app.Founding{Name: "Acme", Edition: "2022", Library: inputs(t, "kind: threat\ncolour: red\n")}
	if _, _, err := app.Init(t.Context(), config, broken); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a faulty library gives %v", err)
	}
	h := found(t, config, app.Founding{Name: "Acme", Edition: "2022"})
	if keys, _ := filepath.Glob(filepath.Join(config.Data, "keys", "*")); len(keys) != 1 {
		t.Errorf("the keys are %v", keys)
	}
	h.leaves()
}

func TestOpeningWhatIsNotThereSaysHowToMakeIt(t *testing.T) {
	data := filepath.Join(t.TempDir(), "nothing")
	_, err := app.Open(t.Context(), app.Config{Data: data})
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "stele init") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("looking for an installation made a folder")
	}
}

func TestAnEmptyDatabaseSaysHowToMakeAnOrganisation(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Database: pgtest.Database(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Door(t.Context(), ""); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "stele init") {
		t.Errorf("got %v", err)
	}
}

func TestASigningKeyThatOthersCanReadIsRefused(t *testing.T) {
	h := founded(t)
	keys, _ := filepath.Glob(filepath.Join(h.config.Data, "keys", "*"))
	for mode, refuse := range map[os.FileMode]bool{0o640: true, 0o604: true, 0o644: true, 0o600: false, 0o400: false, 0o611: false} {
		if err := os.Chmod(keys[0], mode); err != nil {
			t.Fatal(err)
		}
		_, err := h.App.Door(t.Context(), "")
		if !refuse && err != nil {
			t.Errorf("a key of mode %o is refused: %v", mode, err)
		}
		if refuse {
			refused(t, err, fault.Forbidden, "put it right with: chmod 600 "+keys[0])
		}
	}
}

func TestTheSigningKeyIsItsOwnersAlone(t *testing.T) {
	h := founded(t)
	keys, _ := filepath.Glob(filepath.Join(h.config.Data, "keys", "*"))
	if len(keys) != 1 {
		t.Fatalf("the keys are %v", keys)
	}
	for path, want := range map[string]os.FileMode{keys[0]: 0o600, filepath.Dir(keys[0]): 0o700 | os.ModeDir} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode(), want)
		}
	}
	key, err := os.ReadFile(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	private, _, _ := bytes.Cut(key, []byte("\n"))
	stored, _ := filepath.Glob(filepath.Join(h.config.Data, "stele.db*"))
	for _, file := range stored {
		if content, err := os.ReadFile(file); err != nil || bytes.Contains(content, private) {
			t.Errorf("%s holds the signing key, or is not readable: %v", file, err)
		}
	}
}

func TestAMissingSigningKeySaysWhatToPutBack(t *testing.T) {
	h := founded(t)
	if err := os.RemoveAll(filepath.Join(h.config.Data, "keys")); err != nil {
		t.Fatal(err)
	}
	_, err := h.App.Door(t.Context(), "")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "put back the folder keys") {
		t.Errorf("got %v", err)
	}
}

func TestAClosedInstallationIsOneDatabaseFile(t *testing.T) {
	dir := t.TempDir()
	a, _, err := app.Init(context.Background(), app.Config{Data: dir}, app.Founding{Name: "Acme", Edition: "2022"})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "stele.db*"))
	if len(files) != 1 {
		t.Errorf("%v are left behind: a copy of stele.db alone would lack records", files)
	}
}
