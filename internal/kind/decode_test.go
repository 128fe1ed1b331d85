package kind_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/kind"
)

// shapes are values as a file may give them, by the names that messages have for what is expected.
var shapes = map[string]any{
	"text": "light", "date": "2026-01-31", "money": "7 EUR", "true or false": true, "whole number": int64(7), "number": 1.5,
	"list": []kind.Node{{Value: []kind.Node{}}}, "group": []kind.Member{},
}

// fitting lists the shapes that a type takes.
var fitting = map[kind.Type][]string{
	kind.String: {"text", "date", "money"}, kind.Text: {"text", "date", "money"}, kind.Reference: {"text", "date", "money"},
	kind.Bool: {"true or false"}, kind.Int: {"whole number"}, kind.Float: {"whole number", "number"},
	kind.Day: {"date"}, kind.Amount: {"money"}, kind.OneOf: {"text"}, kind.Object: {"group"},
}

func TestAFieldTakesOnlyValuesOfItsType(t *testing.T) {
	for _, f := range specimens.Fields {
		for shape, value := range shapes {
			node, path, wanted := kind.Node{Value: value}, f.Name, slices.Contains(fitting[f.Type], shape)
			if f.List {
				node, path = kind.Node{Value: []kind.Node{{Value: value}}}, f.Name+"[0]"
			}
			rec := specimens.New()
			got := problems(t, rec.Input(kind.Node{Value: []kind.Member{{Name: f.Name, Node: node}}}))
			switch {
			case wanted && len(got) > 0:
				t.Errorf("%s refuses a %s: %v", f.Name, shape, got)
			case !wanted && (len(got) != 1 || got[0].Path != path):
				t.Errorf("%s takes a %s: %v", f.Name, shape, got)
			}
		}
	}
}

func TestAValueOfEveryTypeIsTaken(t *testing.T) {
	rec := record(t, `{
		"line": "a", "lines": ["b", ""], "line_or": "", "text": "c", "flag": true, "flags": [true, false], "flag_or": true,
		"count": -7, "counts": [1, 2], "count_or": 3, "size": 1.5, "sizes": [2, 2.5], "size_or": 4, "day": "2026-01-31", "days": ["2026-02-01"],
		"price": "7 EUR", "shade": "dark", "shades": ["light"], "kin": "SPC-1", "kins": ["SPC-2"],
		"part": {"label": "d", "grade": 1, "kins": ["SPC-3"], "frame": {"length": 2.5, "shade": "dark"}}, "parts": [{}, {"made": "2026-01-31"}], "part_or": {}}`)
	empty, yes, three, one, four := "", true, 3, 1, 4.0
	want := &specimen{
		Line: "a", Lines: []string{"b", ""}, LineOr: &empty, Text: "c", Flag: true, Flags: []bool{true, false}, FlagOr: &yes,
		Count: -7, Counts: []int64{1, 2}, CountOr: &three, Size: 1.5, Sizes: []float64{2, 2.5}, SizeOr: &four, Day: "2026-01-31", Days: []kind.Date{"2026-02-01"},
		Price: "7.00 EUR", Shade: "dark", Shades: []shade{"light"}, Kin: "SPC-1", Kins: []kind.Ref[specimen]{"SPC-2"},
		Part:  part{Label: "d", Grade: &one, Kins: []kind.Ref[specimen]{"SPC-3"}, Frame: &screw{Length: 2.5, Shade: "dark"}},
		Parts: []part{{}, {Made: "2026-01-31"}}, PartOr: &part{},
	}
	if diff := cmp.Diff(want, rec.Data); diff != "" {
		t.Error(diff)
	}
}

func TestALongTextIsCutBetweenCharactersInAMessage(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("ö", 40): strings.Repeat("ö", 40), strings.Repeat("ö", 41): strings.Repeat("ö", 40) + "...", "a" + strings.Repeat("ö", 40): "a" + strings.Repeat("ö", 39) + "...",
	} {
		err := specimens.New().Input(kind.Node{Value: []kind.Member{{Name: "count", Node: kind.Node{Value: text}}}})
		if got := problems(t, err)[0].Message; got != fmt.Sprintf("expected a whole number, got the text %q", want) {
			t.Errorf("%s is told as %s", text, got)
		}
	}
}

func TestOnlyANearNameIsSuggested(t *testing.T) {
	for name, want := range map[string]string{
		"LINES": "; did you mean lines?", "shad": "; did you mean shade?", "shadow": "", "prices_old": "; did you mean price?", "sha": "", "colour": "",
	} {
		got := problems(t, specimens.New().Input(kind.Node{Value: []kind.Member{{Name: name}}}))
		if want = "there is no such field" + want; len(got) != 1 || got[0].Message != want {
			t.Errorf("%s: got %v, want %q", name, got, want)
		}
	}
}

func TestAWrongValueIsNamed(t *testing.T) {
	for input, want := range map[string]string{
		`{"flag": "yes"}`:        `flag: expected true or false, got the text "yes"`,
		`{"count": 1.5}`:         "count: expected a whole number, got the number 1.5",
		`{"size": true}`:         "size: expected a number, got true",
		`{"line": 7}`:            "line: expected text, got the number 7",
		`{"line": {}}`:           "line: expected text, got a group of fields",
		`{"line": ["a"]}`:        "line: expected text, got a list",
		`{"lines": "a"}`:         `lines: expected a list, got the text "a"`,
		`{"lines": ["a", null]}`: "lines[1]: expected text, got nothing",
		`{"part": "a"}`:          `part: expected a group of fields, got the text "a"`,
		`{"kin": 1}`:             "kin: expected the key of a record, got the number 1",
		`{"day": 2026}`:          "day: expected a date as text, got the number 2026",
		`{"day": "31.1.2026"}`:   `day: "31.1.2026" is not a date; write it as 2026-01-31`,
		`{"day": "2026-02-29"}`:  `day: "2026-02-29" is not a date`,
		`{"shade": "Dark"}`:      `shade: "Dark" is not one of light, dark`,
		`{"price": "7"}`:         `price: "7" names no currency; write it as 1234.50 EUR`,
		`{"parts": [{}, {"screws": [{"shade": "black"}]}]}`: `parts[1].screws[0].shade: "black" is not one of light, dark`,
		`{"part_or": {"frame": {"price": "x EUR"}}}`:        `part_or.frame.price: "x EUR" is not an amount of money`,
		`{"Line": "a"}`:            "Line: there is no such field; did you mean line?",
		`{"shad": "dark"}`:         "shad: there is no such field; did you mean shade?",
		`{"colour": "dark"}`:       "colour: there is no such field",
		`{"part": {"labels": ""}}`: "part.labels: there is no such field; did you mean label?",
		`{"state": "lost"}`:        `state: expected one of found, shown, got the text "lost"`,
		`{"state": 1}`:             "state: expected one of found, shown, got the number 1",
		`{"archived": "yes"}`:      `archived: expected true or false, got the text "yes"`,
		`{"also": "x"}`:            `also: expected a group of texts, got the text "x"`,
		`{"also": {"Room": 7}}`:    "also.Room: expected text, got the number 7",
		`"a"`:                      `: expected a record, got the text "a"`,
	} {
		t.Run(input, func(t *testing.T) { refused(t, specimens.New().Input(parse(t, input)), want) })
	}
}

func TestNothingStandsTwice(t *testing.T) {
	for input, want := range map[string]string{
		`{"line": "a", "line": "b"}`:            "line",
		`{"part": {"label": "", "label": ""}}`:  "part.label",
		`{"archived": true, "archived": false}`: "archived",
		`{"state": "found", "state": "shown"}`:  "state",
		`{"also": {"Room": "1"}, "also": {}}`:   "also",
		`{"also": {"Room": "1", "Room": "2"}}`:  "also.Room",
	} {
		t.Run(want, func(t *testing.T) {
			refused(t, specimens.New().Input(parse(t, input)), want+": the field stands here twice")
		})
	}
}

func TestALongWrongValueIsCutShort(t *testing.T) {
	forty := strings.Repeat("x", 40)
	for text, want := range map[string]string{forty: forty, forty + "x": forty + "..."} {
		refused(t, specimens.New().Input(parse(t, `{"flag": "`+text+`"}`)), `flag: got the text "`+want+`"`)
	}
}

func TestEveryWrongPlaceIsToldWithItsLineAndColumn(t *testing.T) {
	at := func(line, column int, value any) kind.Node {
		return kind.Node{Value: value, Line: line, Column: column}
	}
	err := specimens.New().Input(at(1, 1, []kind.Member{
		{Name: "line", Node: at(2, 7, "good")},
		{Name: "count", Node: at(3, 8, "many")},
		{Name: "colour", Node: at(4, 9, "red")},
		{Name: "parts", Node: at(5, 3, []kind.Node{at(6, 5, []kind.Member{{Name: "made", Node: at(6, 11, "today")}})})},
	}))
	var got []string
	for _, f := range problems(t, err) {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Path))
	}
	if want := []string{"3:8 count", "4:9 colour", "6:11 parts[0].made"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTextIsFreeOfControlCharacters(t *testing.T) {
	for r := range ' ' {
		text := "a" + string(r) + "b"
		err := specimens.New().Input(kind.Node{Value: []kind.Member{{Name: "texts", Node: kind.Node{Value: []kind.Node{{Value: text}}}}}})
		if strings.ContainsRune("\t\n\r", r) {
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		refused(t, err, "texts[0]: the text holds a control character")
	}
}

func TestTextIsValidUTF8(t *testing.T) {
	err := specimens.New().Input(kind.Node{Value: []kind.Member{{Name: "line", Node: kind.Node{Value: "a\xffb"}}}})
	refused(t, err, "line: the text is not valid UTF-8")
}

func TestTextHasALimit(t *testing.T) {
	const most = 256 << 10
	for size, want := range map[int][]string{most: nil, most + 1: {"text: the text has 262145 bytes; at most 262144 are kept"}} {
		refused(t, specimens.New().Input(parse(t, `{"text": "`+strings.Repeat("x", size)+`"}`)), want...)
	}
}

func TestWhatStandsBesideTheFieldsIsTextLikeAnyOther(t *testing.T) {
	for _, text := range []string{"a\x00b", "a\xffb", strings.Repeat("x", 256<<10+1)} {
		err := specimens.New().Input(kind.Node{Value: []kind.Member{{Name: "also", Node: kind.Node{Value: []kind.Member{{Name: "Room", Node: kind.Node{Value: text}}}}}}})
		if err == nil {
			t.Errorf("%.10q is kept", text)
		}
	}
}

func TestInputLeavesWhatItDoesNotName(t *testing.T) {
	rec := record(t, `{"line": "a", "part": {"label": "b", "grade": 1}, "lines": ["c", "d"], "also": {"Room": "1"}}`)
	if err := rec.Input(parse(t, `{"kind": "specimen", "key": "SPC-0001", "text": "e"}`)); err != nil {
		t.Fatal(err)
	}
	want := `{"line":"a","lines":["c","d"],"text":"e","part":{"label":"b","grade":1},"state":"found","also":{"Room":"1"}}`
	if got := body(rec); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestInputGivesListsAndGroupsWhole(t *testing.T) {
	rec := record(t, `{"part": {"label": "b", "grade": 1}, "part_or": {"label": "c", "grade": 2}, "lines": ["c", "d"], "texts": ["f"]}`)
	if err := rec.Input(parse(t, `{"part": {"label": "x"}, "part_or": {"grade": 3}, "lines": ["e"], "texts": []}`)); err != nil {
		t.Fatal(err)
	}
	want := `{"lines":["e"],"part":{"label":"x"},"part_or":{"grade":3},"state":"found"}`
	if got := body(rec); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNullClearsAField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := drawRecord(t, "record")
		var nulls []kind.Member
		for _, f := range specimens.Fields {
			nulls = append(nulls, kind.Member{Name: f.Name})
		}
		if err := rec.Input(kind.Node{Value: nulls}); err != nil {
			t.Fatal(err)
		}
		for _, f := range specimens.Fields {
			if n, ok := f.Get(rec.Data); ok {
				t.Fatalf("%s is still %s", f.Name, n.JSON())
			}
		}
	})
}

func TestNullClearsWhatStandsBesideTheFields(t *testing.T) {
	rec := record(t, `{"archived": true, "also": {"Room": "1"}}`)
	if err := rec.Input(parse(t, `{"archived": null, "also": null}`)); err != nil {
		t.Fatal(err)
	}
	if rec.Archived || len(rec.Also) > 0 {
		t.Errorf("there remains %s", body(rec))
	}
}

func TestAnEmptyListIsAbsence(t *testing.T) {
	for _, input := range []string{`{"lines": []}`, `{"part": {}}`, `{"part": {"screws": []}}`} {
		if got := body(record(t, input)); got != `{"state":"found"}` {
			t.Errorf("%s is kept as %s", input, got)
		}
	}
}

func TestMoneyIsKeptInOneForm(t *testing.T) {
	rec := record(t, `{"price": "1234.5 EUR", "prices": ["7 USD"]}`)
	if got := rec.Data.(*specimen); got.Price != "1234.50 EUR" || got.Prices[0] != "7.00 USD" {
		t.Errorf("money is kept as %v and %v", got.Price, got.Prices)
	}
}

func TestRetiredAndDerivedFieldsAreRefusedInInput(t *testing.T) {
	err := relics.New().Input(parse(t, `{"title": "a", "old": "b", "sum": 1, "imported": true}`))
	refused(t, err,
		"old: the field is retired; it is kept only in the history",
		"sum: the field is computed and cannot be set",
		"imported: there is no such field")
}

func TestHistoryKeepsWhatTheKindHasLeftBehind(t *testing.T) {
	rec := relics.New()
	if err := rec.SetBody(members(t, `{"title": "a", "old": "b", "sum": 1, "dropped": {"deep": [1]}}`)); err != nil {
		t.Fatal(err)
	}
	if got := body(rec); got != `{"title":"a","old":"b","sum":1}` {
		t.Errorf("the history reads %s", got)
	}
	past := specimens.New()
	if err := past.SetBody(members(t, `{"shade": "mauve", "parts": [{"label": "a", "dropped": 1}], "state": "lost"}`)); err != nil {
		t.Fatal(err)
	}
	if got := body(past); got != `{"shade":"mauve","parts":[{"label":"a"}],"state":"lost"}` {
		t.Errorf("the history reads %s", got)
	}
}

func TestHistoryReplacesWhatTheRecordHeld(t *testing.T) {
	rec := record(t, `{"line": "a", "archived": true, "also": {"Room": "1"}}`)
	rec.Imported = true
	if err := rec.SetBody(members(t, `{"text": "b"}`)); err != nil {
		t.Fatal(err)
	}
	if got := body(rec); got != `{"text":"b"}` {
		t.Errorf("there remains %s", got)
	}
}

func TestAMarkInTheHistoryMeansWhatItSays(t *testing.T) {
	rec := specimens.New()
	if err := rec.SetBody(members(t, `{"archived": false, "imported": false}`)); err != nil {
		t.Fatal(err)
	}
	if rec.Archived || rec.Imported {
		t.Errorf("archived %t, imported %t", rec.Archived, rec.Imported)
	}
}

func TestADamagedHistoryIsToldByItsPlaces(t *testing.T) {
	rec := record(t, `{}`)
	err := rec.SetBody(members(t, `{"count": "many", "line": "a", "line": "b", "also": {"Room": 1}}`))
	if err == nil || !strings.HasPrefix(err.Error(), "a revision of SPC-0001 is not readable") {
		t.Errorf("got %v", err)
	}
	refused(t, err,
		"also.Room: expected text", "count: expected a whole number", "line: the field stands here twice")
}

func TestAFileHoldsNothingThatInputRefuses(t *testing.T) {
	rec := relics.New()
	if err := rec.SetBody(members(t, `{"title": "a", "old": "b", "sum": 1}`)); err != nil {
		t.Fatal(err)
	}
	if err := relics.New().Input(rec.Export()); err != nil {
		t.Errorf("%s is refused: %v", rec.Export().JSON(), err)
	}
}
