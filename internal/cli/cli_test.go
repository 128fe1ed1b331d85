package cli_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stele-isms/stele/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stele": func() { os.Exit(stele()) }})
}

// stele is the program; in a story, NOW stops its clock.
func stele() int {
	now := time.Now
	if text := os.Getenv("NOW"); text != "" {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		now = func() time.Time { return moment }
	}
	return cli.Main(context.Background(), os.Args[1:], cli.Process{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: now})
}

func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("STELE_DATA", filepath.Join(e.WorkDir, "data"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "alter": alter, "same": same, "bytes": rawBytes},
	})
}

// exits runs a command that must end with an exit code: exits CODE COMMAND ARGS...
func exits(s *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		s.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	s.Check(err)
	got := 0
	err = s.Exec(args[1], args[2:]...)
	if failed := new(exec.ExitError); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		s.Check(err)
	}
	if got != want {
		s.Fatalf("%s exits with %d, want %d", args[1], got, want)
	}
}

// alter changes an SQLite database behind the product's back: alter FILE STATEMENT
func alter(s *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		s.Fatalf("usage: alter FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", s.MkAbs(args[0]))
	s.Check(err)
	defer db.Close()
	result, err := db.ExecContext(context.Background(), args[1])
	s.Check(err)
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		s.Fatalf("the statement altered nothing: %v", err)
	}
}

// same compares two folders byte by byte: same FOLDER FOLDER
func same(s *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		s.Fatalf("usage: same FOLDER FOLDER")
	}
	if diff := cmp.Diff(tree(s, args[0]), tree(s, args[1])); diff != "" {
		s.Fatalf("the folders differ:\n%s", diff)
	}
}

// tree reads a folder's files by name.
func tree(s *testscript.TestScript, folder string) map[string]string {
	files := map[string]string{}
	root := os.DirFS(s.MkAbs(folder))
	s.Check(fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, name)
		files[name] = string(content)
		return err
	}))
	if len(files) == 0 {
		s.Fatalf("there is nothing in %s", folder)
	}
	return files
}

// rawBytes writes bytes that no script can hold: bytes FILE GO-STRING
func rawBytes(s *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		s.Fatalf("usage: bytes FILE GO-STRING")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	s.Check(err)
	s.Check(os.WriteFile(s.MkAbs(args[0]), []byte(text), 0o600))
}

func TestHelpNamesEveryVerb(t *testing.T) {
	var out bytes.Buffer
	code := cli.Main(t.Context(), []string{"--help"}, cli.Process{Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" }, Now: time.Now})
	if code != 0 {
		t.Errorf("help exits with %d", code)
	}
	for _, verb := range []string{"demo", "init", "get", "apply", "diff", "export", "do", "import", "soa", "report", "propose", "standard", "search", "verify"} {
		if !bytes.Contains(out.Bytes(), []byte("\n  "+verb+" ")) {
			t.Errorf("help does not name %s", verb)
		}
	}
}
