package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/kind"
)

// anyText draws texts that YAML might take for something else.
var anyText = rapid.Custom(func(t *rapid.T) string {
	drawn := rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune("ab1 -:#&*!|>'\"%@`{}[],?\\\n\t~=<.0_é愛"))),
		rapid.SampledFrom([]string{"", "yes", "null", "~", "true", "0123", "1e3", "0x1F", "2026-01-31", "- a", "a: b", " lead", "trail ", "\n", "a\n", "\na", "a\n\nb\n", "a\n\n", "|", "'", "\"", "12:30", ".inf", "<<", "*a", "&a", "#c", "a #c", "=1+1", "---", "...", "--- a", "a\n---\nb", "a\n  b\n c", "\ttab", "a, b"}),
		rapid.String(),
	).Draw(t, "text")
	return strings.Map(func(r rune) rune { // records hold no control characters
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0xfeff || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(drawn, ""))
})

// drawObject draws an object with distinct names, and values nested as deep as depth.
func drawObject(t *rapid.T, depth int) kind.Node {
	members := []kind.Member{}
	for _, name := range rapid.SliceOfNDistinct(anyText, 0, 4, rapid.ID).Draw(t, "names") {
		members = append(members, kind.Member{Name: name, Node: drawValue(t, depth)})
	}
	return kind.Node{Value: members}
}

func drawValue(t *rapid.T, depth int) kind.Node {
	shapes := 7
	if depth == 0 {
		shapes = 5
	}
	switch rapid.IntRange(0, shapes-1).Draw(t, "shape") {
	case 0:
		return kind.Node{}
	case 1:
		return kind.Node{Value: rapid.Bool().Draw(t, "bool")}
	case 2:
		return kind.Node{Value: rapid.Int64().Draw(t, "number")}
	case 3, 4:
		return kind.Node{Value: anyText.Draw(t, "value")}
	case 5:
		list := []kind.Node{}
		for range rapid.IntRange(0, 4).Draw(t, "items") {
			list = append(list, drawValue(t, depth-1))
		}
		return kind.Node{Value: list}
	default:
		return drawObject(t, depth-1)
	}
}

func TestYAMLSurvivesItsFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := make([]kind.Node, 20)
		for i := range want {
			members := drawObject(t, 2).Value.([]kind.Member)
			want[i].Value = append(members, kind.Member{Name: "last of them", Node: kind.Node{Value: "x"}})
		}
		var buf bytes.Buffer
		if err := exchange.WriteYAML(&buf, want); err != nil {
			t.Fatal(err)
		}
		written := buf.String()
		got, err := exchange.ReadYAML("f.yaml", &buf)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d documents, %v of\n%s", len(got), err, written)
		}
		for i := range want {
			if string(got[i].JSON()) != string(want[i].JSON()) {
				t.Fatalf("wrote %s, read %s of\n%s", want[i].JSON(), got[i].JSON(), written)
			}
		}
	})
}

func TestBadYAMLSaysWhere(t *testing.T) {
	bomb := "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
	for _, test := range []struct{ name, text, want string }{
		{"syntax", "kind: risk\nkey: [\n", "f.yaml:2"},
		{"tabs", "kind: risk\n\tkey: a\n", "f.yaml:2"},
		{"bomb", bomb, "f.yaml:1:4: anchors"},
		{"merge", "a:\n  <<: {b: c}\n", "anchors and aliases"},
		{"tag", "a: !!binary abcd\n", "f.yaml:1:4: tags"},
		{"utf8", "kind: risk\nkey: \xff\n", "f.yaml:2: the byte 0xff"},
		{"deep in brackets", "a:\n  " + strings.Repeat("[", 5000), "f.yaml:2:33: this is nested more than 32 deep"},
		{"deep in dashes", strings.Repeat("- ", 5000), "f.yaml:1:65: this is nested more than 32 deep"},
		{"deep in indents", indented(40), "f.yaml:33:33: this is nested more than 32 deep"},
		{"nan", "a: .nan\n", "no number"},
		{"in the second document", "kind: risk\n---\nkind: risk\nkey: *a\n", "f.yaml:4:6: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := exchange.ReadYAML("f.yaml", strings.NewReader(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// indented nests objects as deep as depth, one on each line.
func indented(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestTextsMeanThemselves(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"numbers as people write them", "[7, -7, 0, 1.5]", "[7,-7,0,1.5]"},
		{"numbers that are texts to people", "[0123, -0123, 1_000, 0x1F, 99999999999999999999]", `["0123","-0123","1_000","0x1F","99999999999999999999"]`},
		{"brackets that open and never close", strings.Repeat("- from [1, 5) to\n", 40), "[" + strings.Repeat(`"from [1, 5) to",`, 39) + `"from [1, 5) to"]`},
		{"a ruler of dashes", "a: |\n  " + strings.Repeat("- ", 40) + "-\n", `{"a":"` + strings.Repeat("- ", 40) + `-\n"}`},
		{"nested as deep as may be", strings.Repeat("[", 31) + strings.Repeat("]", 31), strings.Repeat("[", 31) + strings.Repeat("]", 31)},
	} {
		t.Run(test.name, func(t *testing.T) {
			nodes, err := exchange.ReadYAML("f.yaml", strings.NewReader(test.text))
			if err != nil || len(nodes) != 1 {
				t.Fatalf("%d documents, %v", len(nodes), err)
			}
			if got := string(nodes[0].JSON()); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func FuzzReadYAML(f *testing.F) {
	for _, seed := range []string{"kind: risk\nkey: RISK-0001\n---\nkind: asset\n", "a: |\n  b\n c", "- [1, {a: b}]", "\ufeffa: 'b'\n", "a: &x 1\nb: *x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		nodes, err := exchange.ReadYAML("f.yaml", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, n := range nodes {
			_ = n.JSON()
		}
	})
}
