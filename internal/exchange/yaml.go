package exchange

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// maxDepth is how deep lists and objects may be nested. No record comes near it.
const maxDepth = 32

// ReadYAML reads the documents of a YAML file, one record each. Anchors and aliases are refused: no record
// needs them, and a few lines of them can stand for gigabytes. An error is a *fault.Error with its place.
func ReadYAML(name string, r io.Reader) ([]kind.Node, error) {
	text, err := readAll(name, r)
	if err != nil {
		return nil, err
	}
	text = trimMark(text)
	if err := checkUTF8(name, text); err != nil {
		return nil, err
	}
	var nodes []kind.Node
	for _, d := range documents(name, string(text)) {
		read, err := d.read()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, read...)
	}
	return nodes, nil
}

// document is one document of a file. Files are cut into documents here, since the parser ends at the first
// empty one and gives no error: what follows would be lost.
type document struct {
	file   string
	text   string
	before int // lines of the file before it
}

func documents(file, text string) []document {
	var list []document
	var lines []string
	start := 0
	for i, line := range strings.Split(text, "\n") {
		if isMark(line, "---") || isMark(line, "...") {
			list = append(list, document{file, strings.Join(append(lines, ""), "\n"), start})
			lines, start = nil, i
			line = "   " + line[3:] // what stands behind the mark keeps its column
		}
		lines = append(lines, line)
	}
	return append(list, document{file, strings.Join(lines, "\n"), start})
}

// isMark reports whether a line begins with a mark between documents, which no text can (YAML 1.2.2, 9.1.2).
func isMark(line, mark string) bool {
	rest, ok := strings.CutPrefix(line, mark)
	return ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\r"))
}

// read gives the document's node, and none where the document is empty.
func (d document) read() ([]kind.Node, error) {
	if strings.TrimSpace(d.text) == "" {
		return nil, nil
	}
	tokens := lexer.Tokenize(d.text)
	if deep := tooDeep(tokens); deep != nil {
		return nil, d.refuse(deep, "this is nested more than %d deep", maxDepth)
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, d.syntaxError(err)
	}
	var nodes []kind.Node
	for _, doc := range file.Docs {
		if _, comment := doc.Body.(*ast.CommentGroupNode); doc.Body == nil || comment {
			continue
		}
		n, err := d.convert(doc.Body)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

// tooDeep gives the first token that is nested too deep, or nil. It is asked before the parser recurses: of
// "- - - -" a few hundred kilobytes are more than a machine has memory for.
func tooDeep(tokens token.Tokens) *token.Token {
	var n nesting
	for _, t := range tokens {
		if n.depth(t) > maxDepth {
			return t
		}
	}
	return nil
}

// nesting is what stands open around a token: the columns of blocks, and the brackets within them.
type nesting struct {
	blocks   []int
	brackets int
}

// depth takes the next token and gives how deep it is nested.
func (n *nesting) depth(t *token.Token) int {
	column := t.Position.Column
	if n.brackets == 0 && beginsBlock(t) {
		for len(n.blocks) > 0 && n.blocks[len(n.blocks)-1] >= column {
			n.blocks = n.blocks[:len(n.blocks)-1]
		}
		n.blocks = append(n.blocks, column)
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.brackets++
	case token.SequenceEndType, token.MappingEndType:
		n.brackets = max(0, n.brackets-1)
	default: // opens and closes nothing
	}
	return len(n.blocks) + n.brackets
}

// beginsBlock reports whether a token may be the first one of a list or an object without brackets.
func beginsBlock(t *token.Token) bool {
	return t.Prev == nil || t.Prev.Position.Line < t.Position.Line || t.Prev.Type == token.SequenceEntryType
}

// syntaxError turns the parser's error into a fault with its place.
func (d document) syntaxError(err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return fault.New(fault.Invalid, "%s is not valid YAML: %v", d.file, err)
	}
	return d.refuse(syntax.GetToken(), "this is not valid YAML: %s", syntax.GetMessage())
}

// refuse is the fault for what stands at a token.
func (d document) refuse(at *token.Token, format string, args ...any) error {
	return invalidAt(fault.Field{
		File: d.file, Line: d.before + at.Position.Line, Column: at.Position.Column, Message: fmt.Sprintf(format, args...),
	})
}

func (d document) convert(n ast.Node) (kind.Node, error) {
	t := n.GetToken()
	out := kind.Node{Line: d.before + t.Position.Line, Column: t.Position.Column}
	var err error
	switch v := n.(type) {
	case *ast.MappingNode:
		out.Value, err = d.members(v.Values)
	case *ast.SequenceNode:
		out.Value, err = d.items(v.Values)
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
		out.Value = integer(t.Value)
	case *ast.InfinityNode, *ast.NanNode:
		err = d.refuse(t, "%s is no number that a record can hold", t.Value)
	case *ast.AnchorNode, *ast.AliasNode:
		err = d.refuse(t, "anchors and aliases are not read; write the value out")
	case *ast.TagNode:
		err = d.refuse(t, "tags are not read")
	default:
		err = d.refuse(t, "a %s is not read here", n.Type())
	}
	return out, err
}

func (d document) items(values []ast.Node) ([]kind.Node, error) {
	list := make([]kind.Node, len(values))
	for i, v := range values {
		var err error
		if list[i], err = d.convert(v); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (d document) members(values []*ast.MappingValueNode) ([]kind.Member, error) {
	members := make([]kind.Member, len(values))
	for i, v := range values {
		key := v.Key.GetToken()
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			return nil, d.refuse(key, "anchors and aliases are not read; write the value out")
		}
		value, err := d.convert(v.Value)
		if err != nil {
			return nil, err
		}
		members[i] = kind.Member{Name: key.Value, Node: value}
	}
	return members, nil
}

// integer gives a number where it is written as people write one. 0123, 1_000 and 0x1F are numbers to YAML and
// texts to people, and stay as they are written.
func integer(written string) any {
	n, err := strconv.ParseInt(written, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != written {
		return written
	}
	return n
}
