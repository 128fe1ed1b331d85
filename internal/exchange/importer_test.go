package exchange_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/app/apptest"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

func TestMain(m *testing.M) { os.Exit(apptest.Run(m)) }

// organisation is a fresh one with the library and the default method.
func organisation(t *testing.T, edition isms.Edition) *app.Door {
	t.Helper()
	library, err := exchange.Library(edition.Standard())
	if err != nil {
		t.Fatal(err)
	}
	f := app.Founding{Name: "Trial", Edition: edition, Method: isms.DefaultMethod()}
	for _, n := range library {
		f.Library = append(f.Library, app.Input{Node: n})
	}
	_, d := apptest.Found(t, app.Config{Data: t.TempDir()}, f)
	return d
}

// bare is a fresh organisation that names no risk method.
func bare(t *testing.T) *app.Door {
	t.Helper()
	a, d, err := app.Init(t.Context(), app.Config{Data: t.TempDir()}, app.Founding{Name: "Trial", Edition: "2022"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return d
}

// viewed reads the records as they are now.
func viewed(t *testing.T, d *app.Door, fn func(kind.Reader) error) {
	t.Helper()
	if err := d.View(t.Context(), time.Time{}, fn); err != nil {
		t.Fatal(err)
	}
}

// importer gives what the door's organisation has at this moment.
func importer(t *testing.T, d *app.Door) (im *exchange.Importer) {
	t.Helper()
	viewed(t, d, func(r kind.Reader) (err error) {
		im, err = exchange.NewImporter(t.Context(), r)
		return err
	})
	return im
}

func read(t *testing.T, name string, content []byte) *exchange.Table {
	t.Helper()
	table, err := exchange.ReadTable(name, bytes.NewReader(content), "")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func readFile(t *testing.T, name string) *exchange.Table {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Base(name), content)
}

// plan gives what is planned for a table by the mapping proposed; the kind is empty where the table tells it.
func plan(t *testing.T, im *exchange.Importer, table *exchange.Table, kindName string, targets ...exchange.Column) *exchange.Plan {
	t.Helper()
	m, err := im.Propose(table, kindName)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range targets {
		i := slices.IndexFunc(m.Columns, func(have exchange.Column) bool { return have.Header == c.Header })
		m.Columns[i].Target = c.Target
	}
	p, err := im.Plan(table, m)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// planned gives what is planned for a text as a CSV file of a kind, with other targets for some columns.
func planned(t *testing.T, im *exchange.Importer, kindName, text string, targets ...exchange.Column) *exchange.Plan {
	t.Helper()
	return plan(t, im, read(t, "f.csv", []byte(text)), kindName, targets...)
}

func apply(t *testing.T, d *app.Door, p *exchange.Plan) []app.Outcome {
	t.Helper()
	return applyNodes(t, d, slices.Concat(p.New, p.Nodes))
}

// applyText applies records written as YAML.
func applyText(t *testing.T, d *app.Door, text string) {
	t.Helper()
	nodes, err := exchange.ReadYAML("f.yaml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var list []exchange.FileNode
	for _, n := range nodes {
		list = append(list, exchange.FileNode{Node: n, File: "f.yaml"})
	}
	applyNodes(t, d, list)
}

func applyNodes(t *testing.T, d *app.Door, nodes []exchange.FileNode) []app.Outcome {
	t.Helper()
	var inputs []app.Input
	for _, n := range nodes {
		inputs = append(inputs, app.Input{Node: n.Node, File: n.File})
	}
	outcomes, err := d.Apply(t.Context(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// told gives a plan in short: the records as JSON, the notes and the rows that cannot be placed.
func told(p *exchange.Plan) string {
	var b strings.Builder
	for _, n := range slices.Concat(p.New, p.Nodes) {
		fmt.Fprintf(&b, "%s\n", n.JSON())
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "%d %s: %s\n", n.Line, n.Column, n.Text)
	}
	for _, u := range p.Unplaced {
		fmt.Fprintf(&b, "%d unplaced: %s\n", u.Line, u.Reason)
	}
	return strings.TrimSpace(b.String())
}
