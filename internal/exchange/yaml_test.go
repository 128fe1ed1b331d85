package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/kind"
)

func TestYAMLSurvivesItsFile(t *testing.T) {
	text := rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune("ab1 -:#&*!|>'\"%@`{}[],?\\\n\t~=<.0_é愛"))),
		rapid.SampledFrom([]string{"", "yes", "null", "~", "true", "0123", "1e3", "0x1F", "2026-01-31", "- a", "a: b", " lead", "trail ", "\n", "a\n", "\na", "a\n\nb\n", "|", "'", "\"", "12:30", ".inf", "<<", "*a", "&a", "#c", "a #c", "=1+1", "---", "...", "--- a", "a\n---\nb", "a\n  b\n c", "\ttab"}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		clean := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0xfeff || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 {
					return -1
				}
				return r
			}, strings.ToValidUTF8(s, ""))
		}
		a, b, c := clean(text.Draw(t, "a")), clean(text.Draw(t, "b")), clean(text.Draw(t, "c"))
		want := kind.Node{Value: []kind.Member{
			{Name: "kind", Node: kind.Node{Value: a}},
			{Name: "list", Node: kind.Node{Value: []kind.Node{{Value: b}, {Value: int64(-3)}}}},
			{Name: "nested", Node: kind.Node{Value: []kind.Node{{Value: []kind.Member{{Name: "deep", Node: kind.Node{Value: c}}, {Name: "flag", Node: kind.Node{Value: true}}}}}}},
			{Name: "last", Node: kind.Node{Value: a + b}},
		}}
		var buf bytes.Buffer
		if err := exchange.WriteYAML(&buf, []kind.Node{want, want}); err != nil {
			t.Fatal(err)
		}
		got, err := exchange.ReadYAML("f.yaml", &buf)
		if err != nil || len(got) != 2 {
			t.Fatalf("%d documents, %v", len(got), err)
		}
		for _, n := range got {
			if string(n.JSON()) != string(want.JSON()) {
				t.Fatalf("wrote %s, read %s", want.JSON(), n.JSON())
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
		{"deep", "a: " + strings.Repeat("[", 5000), "nested more than"},
		{"nan", "a: .nan\n", "no number"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := exchange.ReadYAML("f.yaml", strings.NewReader(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
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
