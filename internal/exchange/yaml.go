// Package exchange reads and writes what people and other tools have: YAML, CSV and XLSX. It turns files
// into records' nodes and back, and writes nothing itself.
package exchange

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// Limits on what is read as YAML. An organisation of 15,000 risks is some 30 MB.
const (
	maxYAML  = 64 << 20
	maxDepth = 32
)

// ReadYAML reads the documents of a YAML file, one record each. Anchors and aliases are refused: no record
// needs them, and a few lines of them can stand for gigabytes. An error is a *fault.Error with its place.
func ReadYAML(name string, r io.Reader) ([]kind.Node, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxYAML+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s cannot be read: %v", name, err)
	}
	if len(text) > maxYAML {
		return nil, fault.New(fault.Invalid, "%s is larger than %d MB", name, maxYAML>>20)
	}
	text = trimMark(text)
	if !utf8.Valid(text) {
		return nil, invalidUTF8(name, text)
	}
	if depth(text) > maxDepth {
		return nil, fault.New(fault.Invalid, "%s is nested more than %d deep", name, maxDepth)
	}
	var nodes []kind.Node
	for _, d := range documents(string(text)) {
		n, ok, err := d.read()
		if err != nil {
			return nil, d.placed(name, err)
		}
		if ok {
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}

// document is one document of a file and the number of lines before it. Files are cut into documents here,
// since the parser ends at the first empty one and gives no error: what follows would be lost.
type document struct {
	text   string
	before int
}

func documents(text string) []document {
	var list []document
	var lines []string
	start := 0
	for i, line := range strings.Split(text, "\n") {
		if isMark(line, "---") || isMark(line, "...") {
			list = append(list, document{strings.Join(append(lines, ""), "\n"), start})
			lines, start = nil, i
			line = "   " + line[3:] // what stands behind the mark keeps its column
		}
		lines = append(lines, line)
	}
	return append(list, document{strings.Join(lines, "\n"), start})
}

// isMark reports whether a line begins with a mark between documents, which no text can (YAML 1.2.2, 9.1.2).
func isMark(line, mark string) bool {
	rest, ok := strings.CutPrefix(line, mark)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\r"))
}

// read gives the document's node; ok is false where the document is empty.
func (d document) read() (n kind.Node, ok bool, err error) {
	if strings.TrimSpace(d.text) == "" {
		return kind.Node{}, false, nil
	}
	file, err := parser.ParseBytes([]byte(d.text), 0)
	if err != nil {
		return kind.Node{}, false, yamlError(err)
	}
	for _, doc := range file.Docs {
		if _, comment := doc.Body.(*ast.CommentGroupNode); doc.Body == nil || comment {
			continue
		}
		n, err := convert(doc.Body)
		return n.Moved(d.before), true, err
	}
	return kind.Node{}, false, nil
}

// placed puts the file's name and the lines before the document to the fields of an error.
func (d document) placed(name string, err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		for i := range f.Fields {
			f.Fields[i].File = name
			f.Fields[i].Line += d.before
		}
	}
	return err
}

// trimMark takes the byte order mark away that some editors put first.
func trimMark(text []byte) []byte {
	if len(text) >= 3 && string(text[:3]) == "\ufeff" {
		return text[3:]
	}
	return text
}

func invalidUTF8(name string, text []byte) error {
	line := 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		text = text[size:]
	}
	return &fault.Error{Code: fault.Invalid, Message: "the file is not valid UTF-8", Fields: []fault.Field{
		{File: name, Line: line, Message: fmt.Sprintf("the byte 0x%02x belongs to no character; save the file as UTF-8", text[0])},
	}}
}

// depth gives how deep brackets are nested, quoted ones included: a bound before the parser recurses.
func depth(text []byte) int {
	deepest, now := 0, 0
	for _, b := range text {
		switch b {
		case '[', '{':
			now++
			deepest = max(deepest, now)
		case ']', '}':
			now = max(0, now-1)
		case '\n':
			now = max(0, now)
		}
	}
	return deepest
}

// yamlError turns the parser's error into a fault with line and column.
func yamlError(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) {
		return fault.New(fault.Invalid, "the file is not valid YAML: %v", err)
	}
	f := fault.Field{Message: "this is not valid YAML: " + syntax.GetMessage()}
	if t := syntax.GetToken(); t != nil && t.Position != nil {
		f.Line, f.Column = t.Position.Line, t.Position.Column
	}
	return &fault.Error{Code: fault.Invalid, Message: "the file is not valid", Fields: []fault.Field{f}}
}

func convert(n ast.Node) (kind.Node, error) {
	at := n.GetToken().Position
	out := kind.Node{Line: at.Line, Column: at.Column}
	switch v := n.(type) {
	case *ast.MappingNode:
		return mapping(out, v.Values)
	case *ast.MappingValueNode:
		return mapping(out, []*ast.MappingValueNode{v})
	case *ast.SequenceNode:
		list := make([]kind.Node, len(v.Values))
		for i, item := range v.Values {
			var err error
			if list[i], err = convert(item); err != nil {
				return out, err
			}
		}
		out.Value = list
	case *ast.NullNode:
	case *ast.BoolNode:
		out.Value = v.Value
	case *ast.StringNode:
		out.Value = v.Value
	case *ast.LiteralNode:
		out.Value = v.Value.Value
	case *ast.FloatNode:
		out.Value = v.Value
	case *ast.IntegerNode:
		return integer(out, v)
	case *ast.InfinityNode, *ast.NanNode:
		return out, refuse(out, "%s is no number that a record can hold", n.GetToken().Value)
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		return out, refuse(out, "anchors and aliases are not read; write the value out")
	case *ast.TagNode:
		return out, refuse(out, "tags are not read")
	default:
		return out, refuse(out, "a %s is not read here", n.Type())
	}
	return out, nil
}

func integer(out kind.Node, v *ast.IntegerNode) (kind.Node, error) {
	n, err := strconv.ParseInt(strings.ReplaceAll(fmt.Sprint(v.Value), "_", ""), 10, 64)
	if err != nil {
		return out, refuse(out, "%s is too large a number", v.GetToken().Value)
	}
	// 0123 is a number to YAML and a text to people: digits after a leading zero stay as they are written.
	if written := v.GetToken().Value; len(written) > 1 && written[0] == '0' {
		out.Value = written
		return out, nil
	}
	out.Value = n
	return out, nil
}

func mapping(out kind.Node, values []*ast.MappingValueNode) (kind.Node, error) {
	members := make([]kind.Member, len(values))
	for i, v := range values {
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			return out, refuse(out, "anchors and aliases are not read; write the value out")
		}
		value, err := convert(v.Value)
		if err != nil {
			return out, err
		}
		members[i] = kind.Member{Name: v.Key.GetToken().Value, Node: value}
	}
	out.Value = members
	return out, nil
}

func refuse(at kind.Node, format string, args ...any) error {
	return &fault.Error{Code: fault.Invalid, Message: "the file is not valid", Fields: []fault.Field{
		{Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)},
	}}
}
