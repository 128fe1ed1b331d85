package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	wordSpace   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordPrefix  = ` xmlns:w="` + wordSpace + `"`
	namespaces  = wordPrefix + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// tree is a part as it was read. Its elements know where their bytes stand, so that what is not
// understood can still be copied byte by byte.
type tree struct {
	name string // of the part
	text []byte
	root *element
}

// element is an element of WordprocessingML or of any other vocabulary. A nil one, as find may give it,
// has no attributes and no children.
type element struct {
	name       xml.Name
	attrs      []xml.Attr
	from, to   int // with its tags
	open, shut int // between its tags; both are to when it is a single tag
	children   []*element
}

// parse reads a part whose root is WordprocessingML of a name.
func parse(name string, text []byte, local string) (tree, error) {
	root, err := rootOf(text)
	switch {
	case err != nil:
		return tree{}, fmt.Errorf("read %s: %w", name, err)
	case !root.is(local):
		return tree{}, fmt.Errorf("read %s: the root is not <%s> of WordprocessingML", name, local)
	case root.open == root.to:
		// A single tag has no inside to add to, so it is made two.
		tag := string(text[root.from+1 : root.to-len("/>")])
		pair := "<" + tag + "></" + strings.Fields(tag)[0] + ">"
		return parse(name, slices.Concat(text[:root.from], []byte(pair)), local)
	}
	return tree{name, text, root}, nil
}

func rootOf(text []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	top := &element{}
	path := []*element{top}
	for {
		at := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		here := path[len(path)-1]
		switch t := token.(type) {
		case xml.Directive:
			return nil, errors.New("a document type declaration is not allowed")
		case xml.StartElement:
			child := &element{name: t.Name, attrs: t.Attr, from: at, open: int(d.InputOffset())}
			here.children = append(here.children, child)
			path = append(path, child)
		case xml.EndElement:
			here.shut, here.to = at, int(d.InputOffset())
			path = path[:len(path)-1]
		}
	}
	if len(top.children) != 1 {
		return nil, errors.New("there is no root element")
	}
	return top.children[0], nil
}

// is reports whether the element is WordprocessingML of a name.
func (e *element) is(local string) bool { return e.name.Space == wordSpace && e.name.Local == local }

// all gives the children of a name.
func (e *element) all(local string) []*element {
	if e == nil {
		return nil
	}
	var found []*element
	for _, c := range e.children {
		if c.is(local) {
			found = append(found, c)
		}
	}
	return found
}

// find follows a path of names down to the first such element; nil when there is none.
func (e *element) find(path ...string) *element {
	for _, local := range path {
		if e == nil {
			return nil
		}
		i := slices.IndexFunc(e.children, func(c *element) bool { return c.is(local) })
		if i < 0 {
			return nil
		}
		e = e.children[i]
	}
	return e
}

// attr gives an attribute of WordprocessingML; "" when there is none.
func (e *element) attr(local string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.attrs {
		if a.Name.Space == wordSpace && a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// number gives an attribute that is a whole number; 0 when it is not.
func (e *element) number(local string) int {
	n, err := strconv.Atoi(e.attr(local))
	if err != nil {
		return 0
	}
	return n
}

// edit replaces the bytes from..to of a part.
type edit struct {
	from, to int
	text     string
}

// spliced gives the bytes from..to of a part with edits made, in whichever order they are.
func spliced(text []byte, from, to int, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	var out strings.Builder
	for _, e := range edits {
		out.Write(text[from:e.from])
		out.WriteString(e.text)
		from = e.to
	}
	out.Write(text[from:to])
	return out.String()
}
