package kind_test

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/kind"
)

// drawGroup draws a group of values of any shape, with distinct names.
func drawGroup(t *rapid.T, depth int) kind.Node {
	list := []kind.Member{}
	for _, name := range rapid.SliceOfNDistinct(sentence, 0, 4, rapid.ID).Draw(t, "names") {
		list = append(list, kind.Member{Name: name, Node: drawNode(t, depth)})
	}
	return kind.Node{Value: list}
}

func drawNode(t *rapid.T, depth int) kind.Node {
	shape := rapid.IntRange(0, 6).Draw(t, "shape")
	if depth == 0 {
		shape %= 5
	}
	switch shape {
	case 0:
		return kind.Node{}
	case 1:
		return kind.Node{Value: rapid.Bool().Draw(t, "flag")}
	case 2:
		return kind.Node{Value: rapid.Int64().Draw(t, "number")}
	case 3:
		return kind.Node{Value: drawFloat(t, "number")}
	case 4:
		return kind.Node{Value: sentence.Draw(t, "text")}
	case 5:
		list := make([]kind.Node, rapid.IntRange(0, 3).Draw(t, "length"))
		for i := range list {
			list[i] = drawNode(t, depth-1)
		}
		return kind.Node{Value: list}
	default:
		return drawGroup(t, depth-1)
	}
}

// plain gives a node as encoding/json reads it.
func plain(n kind.Node) any {
	switch v := n.Value.(type) {
	case int64:
		return float64(v)
	case []kind.Node:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case []kind.Member:
		object := map[string]any{}
		for _, m := range v {
			object[m.Name] = plain(m.Node)
		}
		return object
	default:
		return v
	}
}

func TestANodeIsJSONAsAnybodyReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawGroup(t, 3)
		for _, text := range [][]byte{n.JSON(), n.CanonicalJSON()} {
			var got any
			if err := json.Unmarshal(text, &got); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if want := plain(n); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s reads as %v, want %v", text, got, want)
			}
		}
	})
}

func TestANodeSurvivesJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawGroup(t, 3)
		got, err := kind.ParseJSON(n.JSON())
		if err != nil {
			t.Fatalf("%s: %v", n.JSON(), err)
		}
		if string(got.JSON()) != string(n.JSON()) {
			t.Fatalf("%s became %s", n.JSON(), got.JSON())
		}
	})
}

func TestCanonicalJSONForgetsTheOrderOfNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawGroup(t, 3)
		before := string(n.JSON())
		if got, want := string(shuffled(t, n).CanonicalJSON()), string(n.CanonicalJSON()); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
		if after := string(n.JSON()); after != before {
			t.Fatalf("the node became %s, it was %s", after, before)
		}
	})
}

func shuffled(t *rapid.T, n kind.Node) kind.Node {
	switch v := n.Value.(type) {
	case []kind.Node:
		list := make([]kind.Node, len(v))
		for i := range v {
			list[i] = shuffled(t, v[i])
		}
		return kind.Node{Value: list}
	case []kind.Member:
		list := rapid.Permutation(v).Draw(t, "order")
		for i := range list {
			list[i].Node = shuffled(t, list[i].Node)
		}
		return kind.Node{Value: list}
	default:
		return n
	}
}

func TestCanonicalJSONIsSortedAndKeepsTheOrderOfLists(t *testing.T) {
	n := parse(t, `{"b": [3, {"d": 1, "c": 2}, 1], "a": "<é> &", "B": null}`)
	if got, want := string(n.CanonicalJSON()), `{"B":null,"a":"<é> &","b":[3,{"c":2,"d":1},1]}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := string(n.JSON()), `{"b":[3,{"d":1,"c":2},1],"a":"<é> &","B":null}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWholeNumbersStayWhole(t *testing.T) {
	for text, want := range map[string]any{
		"9223372036854775807": int64(math.MaxInt64), "-9223372036854775808": int64(math.MinInt64), "1.0": 1.0, "1e3": 1000.0, "0": int64(0), "-0.5": -0.5,
	} {
		if got := parse(t, text).Value; got != want {
			t.Errorf("%s is %T %v", text, got, got)
		}
	}
}

func TestBadJSONIsRefused(t *testing.T) {
	for _, text := range []string{
		"", " ", "{", "[", `{"a"`, `{"a":`, `{"a" 1}`, `{"a":1,}`, `[1,]`, `[1 2]`, `[1}`, `{1:2}`, `"a`, "nul", "1 2", "{} {}", "]", "+1", "01", "1e999", "'a'",
	} {
		if n, err := kind.ParseJSON([]byte(text)); err == nil {
			t.Errorf("%q is read as %s", text, n.JSON())
		}
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, seed := range []string{`{"a": [1, 2.5, null, true, "x"], "a": {}}`, "[[[]]]", "1e999", "-0", `"\ud800"`, "{]", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := kind.ParseJSON(text)
		if err != nil {
			return
		}
		if !json.Valid(text) {
			t.Fatalf("%q is no JSON and is read as %s", text, n.JSON())
		}
		again, err := kind.ParseJSON(n.JSON())
		if err != nil {
			t.Fatalf("%q is written as %s: %v", text, n.JSON(), err)
		}
		if string(again.CanonicalJSON()) != string(n.CanonicalJSON()) {
			t.Fatalf("%q is read as %s, then as %s", text, n.JSON(), again.JSON())
		}
	})
}

func TestAMemberIsFoundByItsName(t *testing.T) {
	n := parse(t, `{"a": 1, "b": null}`)
	if m, ok := n.Member("a"); !ok || m.Value != int64(1) {
		t.Errorf("a is %v, %t", m, ok)
	}
	if m, ok := n.Member("b"); !ok || m.Value != nil {
		t.Errorf("b is %v, %t", m, ok)
	}
	if _, ok := n.Member("c"); ok {
		t.Error("there is a c")
	}
	if _, ok := parse(t, "[1]").Member("a"); ok {
		t.Error("a list has an a")
	}
}

func TestAPathLeadsToTheNearestPlace(t *testing.T) {
	at := func(line int, value any) kind.Node { return kind.Node{Value: value, Line: line} }
	n := at(1, []kind.Member{
		{Name: "title", Node: at(2, "a")},
		{Name: "impacts", Node: at(3, []kind.Node{at(4, "a"), at(5, []kind.Member{{Name: "level", Node: at(6, int64(1))}})})},
	})
	for path, want := range map[string]int{
		"title": 2, "impacts": 3, "impacts[0]": 4, "impacts[1]": 5, "impacts[1].level": 6,
		"": 1, "owner": 1, "title.deep": 2, "impacts[2]": 3, "impacts[-1]": 3, "impacts[x]": 3, "impacts[1].label": 5, "impacts[0].level": 4,
	} {
		if got := n.At(path).Line; got != want {
			t.Errorf("%q is at line %d, want %d", path, got, want)
		}
	}
}

func TestANodeOfAnotherTypeIsADefect(t *testing.T) {
	for _, value := range []any{1, float32(1), []string{"a"}, map[string]any{}} {
		if got := panicOf(func() { kind.Node{Value: value}.JSON() }); got != "kind: a node holds a value that is none of its types" {
			t.Errorf("writing a %T panics with %v", value, got)
		}
	}
}

func panicOf(do func()) (p any) {
	defer func() { p = recover() }()
	do()
	return nil
}
