// Package apptest gives tests installations of their own. Making one takes seconds under the race detector,
// so each sort is made once for a test binary and then copied.
package apptest

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stele-isms/stele/internal/app"
)

var (
	mu        sync.Mutex
	templates = map[string]string{} // folder, by what it was founded from
)

// Found gives an installation in the folder of the configuration, as app.Init makes it. It is closed when
// the test ends.
func Found(tb testing.TB, c app.Config, f app.Founding) (*app.App, *app.Door) {
	tb.Helper()
	folder, err := template(c, f)
	if err == nil {
		err = CopyFolder(c.Data, folder)
	}
	if err != nil {
		tb.Fatal(err)
	}
	a, err := app.Open(context.Background(), c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	d, err := a.Door(context.Background(), "")
	if err != nil {
		tb.Fatal(err)
	}
	return a, d
}

// CopyFolder copies files with their permissions, which os.CopyFS does not keep.
func CopyFolder(to, from string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(name, from))
		if d.IsDir() {
			return os.MkdirAll(target, info.Mode().Perm())
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, content, info.Mode().Perm())
	})
}

// template gives the folder of a closed installation that nobody changes.
func template(c app.Config, f app.Founding) (string, error) {
	mu.Lock()
	defer mu.Unlock()
	sort := fmt.Sprint(f.Name, f.Edition, f.Sample, len(f.Library), f.Method != nil, c.Now != nil)
	if folder, ok := templates[sort]; ok {
		return folder, nil
	}
	folder, err := os.MkdirTemp("", "stele-apptest-")
	if err != nil {
		return "", err
	}
	c.Data = folder
	a, _, err := app.Init(context.Background(), c, f)
	if err != nil {
		return "", err
	}
	templates[sort] = folder
	return folder, a.Close()
}

// Run runs the tests of a package, removes what was made for them, and gives the exit code.
func Run(m *testing.M) int {
	code := m.Run()
	for _, folder := range templates {
		_ = os.RemoveAll(folder)
	}
	return code
}
