package exchange

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"unicode/utf8"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// FileNode is a record and the file that it stands in.
type FileNode struct {
	kind.Node
	File string
}

// ReadFolder reads the YAML files of a folder, in the order of their names, without its subfolders.
func ReadFolder(files fs.FS, folder string) ([]FileNode, error) {
	names, err := fs.Glob(files, folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var list []FileNode
	for _, name := range names {
		nodes, err := readFile(files, name)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			list = append(list, FileNode{n, name})
		}
	}
	return list, nil
}

func readFile(files fs.FS, name string) ([]kind.Node, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadYAML(name, f)
}

// maxFile is the largest file that is read. An organisation of 15,000 risks is some 30 MB of YAML, and its
// register of risks some 10 MB.
const maxFile = 64 << 20

// readAll reads a file whole. An error is a *fault.Error.
func readAll(name string, r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s cannot be read: %v", name, err)
	}
	if len(content) > maxFile {
		return nil, fault.New(fault.Invalid, "%s is larger than %d MB", name, maxFile>>20)
	}
	return content, nil
}

// trimMark takes the byte order mark away that some programs put first.
func trimMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// checkUTF8 says on which line a text is not UTF-8.
func checkUTF8(name string, text []byte) error {
	if utf8.Valid(text) {
		return nil
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return &fault.Error{Code: fault.Invalid, Message: "the file is not valid UTF-8", Fields: []fault.Field{{
		File: name, Line: 1 + bytes.Count(text[:at], []byte("\n")),
		Message: fmt.Sprintf("the byte 0x%02x belongs to no character; save the file as UTF-8", text[at]),
	}}}
}

// invalidAt is the fault for one place in a file.
func invalidAt(place fault.Field) error {
	return &fault.Error{Code: fault.Invalid, Message: "the file is not valid", Fields: []fault.Field{place}}
}
