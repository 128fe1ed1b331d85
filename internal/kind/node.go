package kind

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Node is a value as it stands in a file, with its place: the shape between records and every format.
type Node struct {
	Value        any // nil, string, bool, int64, float64, []Node or []Member
	Line, Column int // from 1; 0 when unknown
}

// Member is one name and value of an object, in the order of the file.
type Member struct {
	Name string
	Node
}

// Member gives the value of a name in an object node.
func (n Node) Member(name string) (Node, bool) {
	members, _ := n.Value.([]Member)
	for _, m := range members {
		if m.Name == name {
			return m.Node, true
		}
	}
	return Node{}, false
}

// At gives the nearest node on the way to a path such as "impacts[2].level", for its line and column.
func (n Node) At(path string) Node {
	for step := range strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".") {
		var next Node
		var ok bool
		if index, is := strings.CutPrefix(step, "["); is {
			list, _ := n.Value.([]Node)
			i, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if ok = err == nil && i >= 0 && i < len(list); ok {
				next = list[i]
			}
		} else {
			next, ok = n.Member(step)
		}
		if !ok {
			return n
		}
		n = next
	}
	return n
}

// Moved gives the node and all in it a number of lines further down.
func (n Node) Moved(lines int) Node {
	n.Line += lines
	switch v := n.Value.(type) {
	case []Node:
		for i := range v {
			v[i] = v[i].Moved(lines)
		}
	case []Member:
		for i := range v {
			v[i].Node = v[i].Moved(lines)
		}
	}
	return n
}

// JSON gives the node as compact JSON with the members in their order.
func (n Node) JSON() []byte { return n.appendJSON(nil) }

// CanonicalJSON gives the node as compact JSON with sorted members: equal values give equal bytes.
func (n Node) CanonicalJSON() []byte { return n.sorted().appendJSON(nil) }

func (n Node) sorted() Node {
	switch v := n.Value.(type) {
	case []Node:
		list := make([]Node, len(v))
		for i := range v {
			list[i] = v[i].sorted()
		}
		return Node{Value: list}
	case []Member:
		list := make([]Member, len(v))
		for i := range v {
			list[i] = Member{v[i].Name, v[i].sorted()}
		}
		slices.SortStableFunc(list, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
		return Node{Value: list}
	default:
		return n
	}
}

func (n Node) appendJSON(b []byte) []byte {
	switch v := n.Value.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case float64:
		return strconv.AppendFloat(b, v, 'g', -1, 64)
	case string:
		return appendString(b, v)
	case []Node:
		b = append(b, '[')
		for i := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = v[i].appendJSON(b)
		}
		return append(b, ']')
	case []Member:
		b = append(b, '{')
		for i := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, v[i].Name), ':')
			b = v[i].appendJSON(b)
		}
		return append(b, '}')
	default:
		panic("kind: a node holds a value that is none of its types")
	}
}

func appendString(b []byte, s string) []byte {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}

// ParseJSON reads one JSON value. Numbers with a point or an exponent are float64, others int64.
func ParseJSON(text []byte) (Node, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	n, err := parseValue(d)
	if err != nil {
		return Node{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Node{}, errors.New("more than one JSON value")
	}
	return n, nil
}

func parseValue(d *json.Decoder) (Node, error) {
	token, err := d.Token()
	if err != nil {
		return Node{}, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			return parseList(d)
		}
		return parseObject(d)
	case json.Number:
		if i, err := t.Int64(); err == nil {
			return Node{Value: i}, nil
		}
		f, err := t.Float64()
		return Node{Value: f + 0}, err // no negative zero: it would be written as -0 and read as a whole number
	default: // nil, bool, string
		return Node{Value: t}, nil
	}
}

func parseList(d *json.Decoder) (Node, error) {
	list := []Node{}
	for d.More() {
		n, err := parseValue(d)
		if err != nil {
			return Node{}, err
		}
		list = append(list, n)
	}
	_, err := d.Token()
	return Node{Value: list}, err
}

func parseObject(d *json.Decoder) (Node, error) {
	list := []Member{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return Node{}, err
		}
		n, err := parseValue(d)
		if err != nil {
			return Node{}, err
		}
		list = append(list, Member{name.(string), n})
	}
	_, err := d.Token()
	return Node{Value: list}, err
}
