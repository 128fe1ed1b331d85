package kind_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// specimen has a field of every type: alone, in a list, and with absence as a value of its own.
type specimen struct {
	Line   string   `json:"line" kind:"name"`
	Lines  []string `json:"lines" kind:"search"`
	LineOr *string  `json:"line_or"`

	Text   string   `json:"text" kind:"text,search"`
	Texts  []string `json:"texts" kind:"text"`
	TextOr *string  `json:"text_or" kind:"text"`

	Flag   bool   `json:"flag"`
	Flags  []bool `json:"flags"`
	FlagOr *bool  `json:"flag_or"`

	Count   int     `json:"count"`
	Counts  []int64 `json:"counts"`
	CountOr *int    `json:"count_or"`

	Size   float64   `json:"size"`
	Sizes  []float64 `json:"sizes"`
	SizeOr *float64  `json:"size_or"`

	Day   kind.Date   `json:"day"`
	Days  []kind.Date `json:"days"`
	DayOr *kind.Date  `json:"day_or"`

	Price   kind.Money   `json:"price"`
	Prices  []kind.Money `json:"prices"`
	PriceOr *kind.Money  `json:"price_or"`

	Shade   shade   `json:"shade"`
	Shades  []shade `json:"shades"`
	ShadeOr *shade  `json:"shade_or"`

	Kin   kind.Ref[specimen]   `json:"kin"`
	Kins  []kind.Ref[specimen] `json:"kins"`
	KinOr *kind.Ref[specimen]  `json:"kin_or"`

	Part   part   `json:"part"`
	Parts  []part `json:"parts" kind:"search"`
	PartOr *part  `json:"part_or"`
}

type part struct {
	Label  string               `json:"label"`
	Grade  *int                 `json:"grade"`
	Made   kind.Date            `json:"made"`
	Kins   []kind.Ref[specimen] `json:"kins"`
	Screws []screw              `json:"screws"`
	Frame  *screw               `json:"frame"`
}

type screw struct {
	Length float64    `json:"length"`
	Price  kind.Money `json:"price"`
	Shade  shade      `json:"shade"`
}

type shade string

func (shade) Values() []kind.Value {
	return []kind.Value{{Name: "light", Title: "Light"}, {Name: "dark", Title: "Dark"}}
}

// relic is a kind with a past: a retired field and a derived one.
type relic struct {
	Title string `json:"title" kind:"name"`
	Old   string `json:"old" kind:"retired"`
	Sum   *int   `json:"sum" kind:"derived"`
}

var (
	specimens = kind.Define("specimen", kind.Spec[specimen]{
		Title: "Specimen", Plural: "Specimens", Prefix: "SPC",
		States: []kind.State{{Name: "found", Title: "Found"}, {Name: "shown", Title: "On show"}},
	})
	relics = kind.Define("relic", kind.Spec[relic]{Title: "Old relic", Plural: "Old relics", KeyPattern: `R[0-9]\.[0-9]`})
	museum = kind.NewSet(specimens.Schema, relics.Schema)
)

// record gives a new specimen with what a JSON object says.
func record(t testing.TB, text string) *kind.Record {
	t.Helper()
	rec := specimens.New()
	rec.Key = "SPC-0001"
	if err := rec.Input(parse(t, text)); err != nil {
		t.Fatal(err)
	}
	return rec
}

func parse(t testing.TB, text string) kind.Node {
	t.Helper()
	n, err := kind.ParseJSON([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

func members(t testing.TB, text string) []kind.Member {
	t.Helper()
	return parse(t, text).Value.([]kind.Member)
}

func body(rec *kind.Record) string { return string(kind.Node{Value: rec.Body()}.JSON()) }

// problems gives the fields of an Invalid fault; none for no error.
func problems(t testing.TB, err error) []fault.Field {
	t.Helper()
	if err == nil {
		return nil
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != fault.Invalid || len(f.Fields) == 0 {
		t.Fatalf("got %v, want an invalid input with its places", err)
	}
	return f.Fields
}

// refused checks that an error names exactly the places given, each as "path: part of the message".
func refused(t testing.TB, err error, want ...string) {
	t.Helper()
	got := problems(t, err)
	if len(got) != len(want) {
		t.Fatalf("got %v, want %d problems: %q", got, len(want), want)
	}
	for i := range want {
		path, message, _ := strings.Cut(want[i], ": ")
		if got[i].Path != path || !strings.Contains(got[i].Message, message) {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}

// sentence draws text that a field takes.
var sentence = rapid.Map(rapid.String(), func(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
})

// drawRecord draws a specimen with any of its fields.
func drawRecord(t *rapid.T, label string) *kind.Record {
	rec := specimens.New()
	rec.Key = "SPC-0001"
	list := drawMembers(t, specimens.Fields, label)
	if err := rec.Input(kind.Node{Value: list}); err != nil {
		t.Fatal(err)
	}
	rec.State = rapid.SampledFrom([]string{"found", "shown"}).Draw(t, label+" state")
	rec.Archived = rapid.Bool().Draw(t, label+" archived")
	rec.Imported = rapid.Bool().Draw(t, label+" imported")
	if rapid.Bool().Draw(t, label+" has also") {
		rec.Also = rapid.MapOfN(sentence, sentence, 1, 3).Draw(t, label+" also")
	}
	return rec
}

func drawMembers(t *rapid.T, fields []*kind.Field, label string) []kind.Member {
	var list []kind.Member
	for _, f := range fields {
		if !rapid.Bool().Draw(t, label+" has "+f.Name) {
			continue
		}
		at := label + "." + f.Name
		if !f.List {
			list = append(list, kind.Member{Name: f.Name, Node: drawOne(t, f, at)})
			continue
		}
		items := make([]kind.Node, rapid.IntRange(1, 3).Draw(t, at+" length"))
		for i := range items {
			items[i] = drawOne(t, f, at)
		}
		list = append(list, kind.Member{Name: f.Name, Node: kind.Node{Value: items}})
	}
	return list
}

func drawOne(t *rapid.T, f *kind.Field, label string) kind.Node {
	var value any
	switch f.Type {
	case kind.String, kind.Text:
		value = sentence.Draw(t, label)
	case kind.Bool:
		value = rapid.Bool().Draw(t, label)
	case kind.Int:
		value = rapid.Int64().Draw(t, label)
	case kind.Float:
		value = drawFloat(t, label)
	case kind.Day:
		value = rapid.SampledFrom([]string{"", "0001-01-01", "2024-02-29", "9999-12-31"}).Draw(t, label)
	case kind.Amount:
		value = rapid.SampledFrom([]string{"", "7 EUR", "-12.5 USD", "1234.50 CHF"}).Draw(t, label)
	case kind.OneOf:
		value = rapid.SampledFrom([]string{"", "light", "dark"}).Draw(t, label)
	case kind.Reference:
		value = rapid.SampledFrom([]string{"", "SPC-0001", "SPC-0002"}).Draw(t, label)
	case kind.Object:
		value = drawMembers(t, f.Fields, label)
	}
	return kind.Node{Value: value}
}

// drawFloat draws a finite number; negative zero is zero to every file.
func drawFloat(t *rapid.T, label string) float64 {
	return rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, label) + 0
}
