package isms_test

import (
	"errors"
	"fmt"
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
)

// today is the day on which every test takes place.
const today = "2026-03-02"

// installation is an organisation with two people, a role each, and the default risk method as a draft.
type installation struct {
	*testing.T
	door *app.Door
}

const people = `
kind: person
key: PER-0001
name: The manager
---
kind: person
key: PER-0002
name: The administrator
---
kind: role
key: ROLE-0001
title: Management
holders: [PER-0001]
---
kind: role
key: ROLE-0002
title: Administration
holders: [PER-0002]
deputies: [PER-0001]
`

// found makes an organisation under an edition, on a database of its own.
func found(t *testing.T, edition isms.Edition) installation {
	return foundWith(t, app.Founding{Name: "Test", Edition: edition, Method: isms.DefaultMethod()})
}

// foundWithLibrary makes one that starts with the library of threats and vulnerabilities.
func foundWithLibrary(t *testing.T, edition isms.Edition) installation {
	t.Helper()
	nodes, err := exchange.Library(edition.Standard())
	if err != nil {
		t.Fatal(err)
	}
	f := app.Founding{Name: "Test", Edition: edition, Method: isms.DefaultMethod()}
	for _, n := range nodes {
		f.Library = append(f.Library, app.Input{Node: n, File: "library"})
	}
	return foundWith(t, f)
}

func foundWith(t *testing.T, f app.Founding) installation {
	t.Helper()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	_, door := apptest.Found(t, app.Config{Data: t.TempDir(), Now: func() time.Time { return now }}, f)
	in := installation{t, door}
	in.apply(people)
	return in
}

// try applies records written in YAML.
func (in installation) try(yaml string) error {
	in.Helper()
	nodes, err := exchange.ReadYAML("test.yaml", strings.NewReader(yaml))
	if err != nil {
		in.Fatal(err)
	}
	inputs := make([]app.Input, len(nodes))
	for i, n := range nodes {
		inputs[i] = app.Input{Node: n, File: "test.yaml"}
	}
	_, err = in.door.Apply(in.Context(), inputs)
	return err
}

func (in installation) apply(yaml string, args ...any) {
	in.Helper()
	if err := in.try(fmt.Sprintf(yaml, args...)); err != nil {
		in.Fatal(err)
	}
}

// attempt executes an action for a person; input is a YAML object, empty for none.
func (in installation) attempt(person, key, action, input string) error {
	in.Helper()
	nodes, err := exchange.ReadYAML("input", strings.NewReader(input))
	if err != nil {
		in.Fatal(err)
	}
	_, err = in.door.As(person).Do(in.Context(), key, action, slices.Concat(nodes, []kind.Node{{}})[0])
	return err
}

func (in installation) do(person, key, action, input string) {
	in.Helper()
	if err := in.attempt(person, key, action, input); err != nil {
		in.Fatal(err)
	}
}

// view reads the records as they are now.
func (in installation) view(read func(r kind.Reader) error) {
	in.Helper()
	if err := in.door.View(in.Context(), time.Time{}, read); err != nil {
		in.Fatal(err)
	}
}

// get gives one record.
func get[T any](in installation, key string) (e kind.Entry[T]) {
	in.Helper()
	in.view(func(r kind.Reader) (err error) {
		e, err = kind.Get[T](in.Context(), r, key)
		return err
	})
	return e
}

// refused checks that an error is of a code and says something.
func refused(t *testing.T, err error, code fault.Code, want string) {
	t.Helper()
	if !fault.Is(err, code) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s: %q", err, code, want)
	}
}

// places gives the paths of the fields that a fault names, in their order.
func places(err error) []string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	paths := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		paths[i] = field.Path
	}
	return paths
}

// decideAll makes every control of Annex A applicable and implemented.
func (in installation) decideAll(edition isms.Edition) {
	in.Helper()
	var yaml strings.Builder
	for _, c := range standard.Controls(edition.Standard()) {
		fmt.Fprintf(&yaml, "kind: control\nkey: %s\napplicability: applicable\nstatus: implemented\nreasons: [{basis: good practice}]\n---\n", c.Ref())
	}
	in.apply("%s", yaml.String())
}
