package pdf

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/layout"
)

func newTestTypesetter(t testing.TB) *typesetter {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	return &typesetter{faces: faces}
}

// broken gives the lines of a text at a width in points.
func (t *typesetter) broken(text layout.Text, width float64) []string {
	t.reset()
	set := t.set(text, bodyStyle, width)
	var all []string
	for _, l := range t.lines[set.first:set.last] {
		var b strings.Builder
		for _, f := range t.fragments[l.first:l.last] {
			b.WriteString(f.text)
		}
		all = append(all, b.String())
	}
	return all
}

func TestWhereLinesBreak(t *testing.T) {
	setter := newTestTypesetter(t)
	for _, test := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"", 100, nil},
		{"one line", 100, []string{"one line"}},
		{"breaks at   spaces", 50, []string{"breaks at", "spaces"}},
		{"a\n\nb\n", 100, []string{"a", "", "b"}},
		{"trailing  ", 100, []string{"trailing"}},
		{"well-known", 30, []string{"well-", "known"}},
		{"2026-01-31 2026-01-31", 80, []string{"2026-01-31", "2026-01-31"}},
		{"no\u00a0break here", 60, []string{"no\u00a0break", "here"}},
		{"Schifffahrtsgesellschaft", 60, []string{"Schifffahrtsg", "esellschaft"}},
		{"wide", 0, []string{"w", "i", "d", "e"}},
	} {
		if diff := cmp.Diff(test.want, setter.broken(layout.Plain(test.text), test.width)); diff != "" {
			t.Errorf("%q at %v (-want +got):\n%s", test.text, test.width, diff)
		}
	}
}

func TestAWordOfSeveralSpansStaysWhole(t *testing.T) {
	text := layout.Text{{Text: "some words before un"}, {Text: "break", Strong: true}, {Text: "able."}}
	want := []string{"some words before", "unbreakable."}
	if diff := cmp.Diff(want, newTestTypesetter(t).broken(text, 110)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSpacesAtTheEndOfALineTakeNoRoom(t *testing.T) {
	setter := newTestTypesetter(t)
	want := []string{"one", "two", "", "three"}
	if diff := cmp.Diff(want, setter.broken(layout.Plain("one   \ntwo \n \nthree "), 30)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLooseAccentsAreComposed(t *testing.T) {
	want := []string{"Řízení Ελένη"}
	if diff := cmp.Diff(want, newTestTypesetter(t).broken(layout.Plain("R\u030ci\u0301zeni\u0301 Ελε\u0301νη"), 200)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLinesHoldAllLettersWithinTheWidth(t *testing.T) {
	setter := newTestTypesetter(t)
	words := rapid.StringOfN(rapid.RuneFrom([]rune("abcWi -/.\n\u00a0ěΩ屋")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := layout.Text{{Text: words.Draw(t, "first")}, {Text: words.Draw(t, "second"), Strong: true}}
		width := rapid.Float64Range(0, 200).Draw(t, "width")
		got := setter.broken(text, width)
		if diff := cmp.Diff(letters(text.String()), letters(strings.Join(got, ""))); diff != "" {
			t.Fatalf("letters (-want +got):\n%s", diff)
		}
		for i, l := range setter.lines {
			if points := float64(l.width) * bodyStyle.size / 1000; points > width && len([]rune(letters(got[i]))) > 1 {
				t.Fatalf("%q is %v wide", got[i], points)
			}
		}
	})
}

// letters gives a text without the characters at which lines break.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && r != '\u00a0' {
			return -1
		}
		return r
	}, s)
}

func TestALinesWidthIsThatOfItsFragments(t *testing.T) {
	setter := newTestTypesetter(t)
	setter.broken(layout.Text{{Text: "Plain and "}, {Text: "strong words", Strong: true}, {Text: " and 屋 in several lines."}}, 70)
	for _, l := range setter.lines {
		width := 0
		for _, f := range setter.fragments[l.first:l.last] {
			width += setter.faces[f.weight].width(f.text)
		}
		if width != l.width {
			t.Errorf("line of %d is said to be %d wide", width, l.width)
		}
	}
}

func TestTheFacesHaveCzechAndGreek(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	alphabet := "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž" +
		"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ«»·;" +
		"ÄÖÜẞäöüßÀÇÈÊËàâçèêëîïôûœæåøñąćęłńśźżăâîșțğışđ€£§°–—‘’“”…•≤≥≠→✓"
	for _, f := range faces {
		for _, r := range alphabet + string(standIn) {
			if f.advance(r) == missing {
				t.Errorf("%s lacks %c", f.name, r)
			}
		}
	}
}

func TestColumnsAreWideEnoughForTheWordsOfTheirTitles(t *testing.T) {
	for _, test := range []struct {
		shares, least, want []float64
	}{
		{[]float64{0.5, 0.5}, []float64{10, 10}, []float64{50, 50}},
		{[]float64{0.1, 0.9}, []float64{30, 10}, []float64{30, 70}},
		{[]float64{0.5, 0.5}, []float64{90, 90}, []float64{50, 50}},
		{[]float64{0.5, 0.5}, []float64{50, 50}, []float64{50, 50}},
	} {
		if diff := cmp.Diff(test.want, spread(test.shares, test.least, 100)); diff != "" {
			t.Errorf("%v of at least %v (-want +got):\n%s", test.shares, test.least, diff)
		}
	}
}
