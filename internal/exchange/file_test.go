package exchange_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/exchange"
)

func TestFilesThatCannotBeReadWhole(t *testing.T) {
	readers := map[string]func(io.Reader) error{
		"YAML":  func(r io.Reader) error { _, err := exchange.ReadYAML("f", r); return err },
		"table": func(r io.Reader) error { _, err := exchange.ReadTable("f", r, ""); return err },
	}
	for name, read := range readers {
		if err := read(iotest.ErrReader(errors.New("the disk is broken"))); err == nil || !strings.Contains(err.Error(), "f cannot be read: the disk is broken") {
			t.Errorf("%s: %v", name, err)
		}
		if err := read(bytes.NewReader(make([]byte, 65<<20))); err == nil || !strings.Contains(err.Error(), "f is larger than 64 MB") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFolderIsReadInTheOrderOfItsNames(t *testing.T) {
	folder := fstest.MapFS{
		"b.yaml": {Data: []byte("kind: risk\n")}, "a.yaml": {Data: []byte("kind: asset\n---\nkind: role\n")},
		"notes.txt": {Data: []byte("kind: no")}, "old/c.yaml": {Data: []byte("kind: no")},
	}
	list, err := exchange.ReadFolder(folder, ".")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range list {
		got = append(got, n.File+" "+string(n.JSON()))
	}
	if diff := cmp.Diff([]string{`a.yaml {"kind":"asset"}`, `a.yaml {"kind":"role"}`, `b.yaml {"kind":"risk"}`}, got); diff != "" {
		t.Error(diff)
	}
	folder["b.yaml"] = &fstest.MapFile{Data: []byte("kind: [\n")}
	if _, err := exchange.ReadFolder(folder, "."); err == nil || !strings.Contains(err.Error(), "b.yaml:1:") {
		t.Errorf("%v", err)
	}
}
