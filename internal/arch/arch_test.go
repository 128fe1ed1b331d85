// Package arch holds the plan of the house as a test: which room may use which.
package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/stele-isms/stele/"

// rooms is every package of the product, from the ground up: each imports only what stands before it.
var rooms = []string{
	"internal/fault", "internal/kind", "internal/rule", "internal/layout", "internal/standard", "internal/risk", "internal/isms", "internal/ledger",
	"internal/store", "internal/pdf", "internal/docx", "internal/xlsx", "internal/report", "internal/exchange", "internal/app",
	"examples", "internal/cli", "cmd/stele", "cmd/migration",
}

// outside of the order are packages that only tests import.
var forTests = []string{"internal/arch", "internal/layout/layouttest", "internal/store/pgtest", "internal/app/apptest"}

// packages gives the product's files by package, without tests.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "testdata" || d.Name() == "tools") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			room, err := filepath.Rel("../..", filepath.Dir(name))
			if err != nil {
				return err
			}
			found[room] = append(found[room], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestPackagesImportOnlyWhatStandsBeforeThem(t *testing.T) {
	found := packages(t)
	if len(found) < len(rooms) {
		t.Fatalf("only %d packages were found", len(found))
	}
	for room, files := range found {
		at := slices.Index(rooms, room)
		if slices.Contains(forTests, room) {
			continue
		}
		if at < 0 {
			t.Errorf("%s has no place in the order", room)
			continue
		}
		for _, name := range files {
			for _, imported := range imports(t, name) {
				inside, ours := strings.CutPrefix(imported, module)
				if ours && !slices.Contains(rooms[:at], inside) {
					t.Errorf("%s imports %s, which does not stand before it", path.Join(room, filepath.Base(name)), inside)
				}
			}
		}
	}
	for _, room := range rooms {
		if found[room] == nil {
			t.Errorf("%s is in the order and nobody lives there", room)
		}
	}
}

func imports(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, i := range file.Imports {
		imported, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, imported)
	}
	return list
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for room, files := range packages(t) {
		documented := 0
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if file.Doc != nil {
				documented++
			}
		}
		if documented != 1 {
			t.Errorf("%s has %d package comments, want one", room, documented)
		}
	}
}

func TestOnlyTheMainProgramReadsTheEnvironment(t *testing.T) {
	for room, files := range packages(t) {
		if room == "cmd/stele" {
			continue
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, call := range []string{"os.Getenv(", "os.LookupEnv(", "os.Environ("} {
				if strings.Contains(string(text), call) {
					t.Errorf("%s calls %s)", name, call)
				}
			}
		}
	}
}
