package kind_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

func TestARecordIsNamedForPeople(t *testing.T) {
	if got := record(t, `{"line": "Skull"}`).Name(); got != "Skull" {
		t.Errorf("the name is %q", got)
	}
	if got := record(t, `{}`).Name(); got != "SPC-0001" {
		t.Errorf("a record without a name is called %q", got)
	}
}

func TestTheSearchCoversWhatIsDeclaredAndWhatStandsBeside(t *testing.T) {
	rec := record(t, `{"line": "name", "lines": ["a", "b"], "text": "c", "texts": ["not searched"],
		"parts": [{"label": "d", "grade": 7}], "also": {"Room": "f", "Floor": "e"}}`)
	if got, want := rec.SearchText(), "a\nb\nc\nd\n7\ne\nf"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReferencesAreFoundAtTheirPaths(t *testing.T) {
	rec := record(t, `{"line": "SPC-0", "kin": "SPC-1", "kins": ["SPC-2", "", "SPC-3"], "kin_or": "SPC-4", "part": {"kins": ["SPC-5"]},
		"parts": [{}, {"label": "SPC-6", "kins": ["SPC-7"]}], "part_or": {"kins": ["SPC-8", "SPC-9"]}}`)
	var got []string
	rec.References(func(f *kind.Field, path, key string) {
		if f.Target != specimens.Schema {
			t.Errorf("%s refers to %v", path, f.Target)
		}
		got = append(got, path+" "+key)
	})
	want := []string{
		"kin SPC-1", "kins[0] SPC-2", "kins[2] SPC-3", "kin_or SPC-4", "part.kins[0] SPC-5",
		"parts[1].kins[0] SPC-7", "part_or.kins[0] SPC-8", "part_or.kins[1] SPC-9",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestARequiredValueIsMissedAtItsPath(t *testing.T) {
	type leaf struct {
		Name  string   `json:"name" kind:"required"`
		Marks []string `json:"marks" kind:"required"`
	}
	type tree struct {
		Title  string `json:"title" kind:"name"`
		Leaf   leaf   `json:"leaf"`
		Leaves []leaf `json:"leaves"`
		Last   *leaf  `json:"last"`
		Age    *int   `json:"age" kind:"required"`
	}
	trees := kind.Define("tree", kind.Spec[tree]{Prefix: "TR"})
	for input, want := range map[string][]string{
		`{"title": "a", "age": 0, "leaf": {"name": "b", "marks": ["c"]}}`: nil,
		`{}`: {"title", "leaf.name", "leaf.marks", "age"},
		`{"title": "a", "age": 1, "leaf": {"name": "b", "marks": []}, "leaves": [{"name": "", "marks": ["c"]}, {"name": "d"}], "last": {}}`: {
			"leaf.marks", "leaves[0].name", "leaves[1].marks", "last.name", "last.marks",
		},
	} {
		rec := trees.New()
		rec.Key = "TR-1"
		if err := rec.Input(parse(t, input)); err != nil {
			t.Fatal(err)
		}
		for i, path := range want {
			want[i] = path + ": a value is required"
		}
		refused(t, rec.Validate(), want...)
	}
	rec := trees.New()
	rec.Key, rec.Data = "TR-1", &tree{Title: "a", Leaf: leaf{Name: "b", Marks: []string{}}, Age: new(int)}
	refused(t, rec.Validate(), "leaf.marks: a value is required")
}

func TestARecordsKeyFitsItsKind(t *testing.T) {
	rec := record(t, `{"line": "a"}`)
	if err := rec.Validate(); err != nil {
		t.Error(err)
	}
	rec.Key = "RISK-0001"
	refused(t, rec.Validate(), `key: "RISK-0001" is not a key of a specimen; they look like SPC-0001`)
	old := relics.New()
	old.Key = "R-1"
	old.Data = &relic{Title: "a"}
	refused(t, old.Validate(), `key: "R-1" is not a key of a relic`)
}

func TestAChangeIsNamedByItsPath(t *testing.T) {
	for _, test := range []struct{ before, after, want string }{
		{`{"line": "a"}`, `{"line": "b"}`, `line: "a" > "b"`},
		{`{}`, `{"line": "b"}`, `line:  > "b"`},
		{`{"line": "a"}`, `{}`, `line: "a" > `},
		{`{}`, `{"line_or": ""}`, `line_or:  > ""`},
		{`{"count": 1, "line": "a"}`, `{"count": 2, "line": "b"}`, `line: "a" > "b"; count: 1 > 2`},
		{`{"part": {"label": "a", "grade": 1}}`, `{"part": {"label": "a", "grade": 2}}`, `part.grade: 1 > 2`},
		{`{"part": {"frame": {"length": 1.5}}}`, `{"part": {"frame": {"length": 2}}}`, `part.frame.length: 1.5 > 2`},
		{`{"part": {"grade": 2}}`, `{"part": {"label": "a"}}`, `part.label:  > "a"; part.grade: 2 > `},
		{`{"part": {"label": "a"}}`, `{}`, `part: {"label":"a"} > `},
		{`{"line": "a", "count": 1}`, `{"count": 2, "size": 3}`, `line: "a" > ; count: 1 > 2; size:  > 3`},
		{`{"part": {"label": "a", "grade": 1}}`, `{"part": {"grade": 2}}`, `part.label: "a" > ; part.grade: 1 > 2`},
		{
			`{"parts": [{"screws": [{"length": 1, "price": "1 EUR"}]}]}`, `{"parts": [{"screws": [{"price": "2 EUR"}]}]}`,
			`parts[0].screws[0].length: 1 > ; parts[0].screws[0].price: "1.00 EUR" > "2.00 EUR"`,
		},
		{`{"line": "a", "state": "found"}`, `{"state": "shown", "archived": true}`, `line: "a" > ; state: "found" > "shown"; archived:  > true`},
		{`{"lines": ["a", "b"]}`, `{"lines": ["a", "c"]}`, `lines[1]: "b" > "c"`},
		{`{"lines": ["a", "b"]}`, `{"lines": ["a"]}`, `lines: ["a","b"] > ["a"]`},
		{`{"parts": [{"label": "a"}, {"grade": 1}]}`, `{"parts": [{"label": "b"}, {"grade": 1}]}`, `parts[0].label: "a" > "b"`},
		{`{"state": "found"}`, `{"state": "shown"}`, `state: "found" > "shown"`},
		{`{}`, `{"archived": true}`, `archived:  > true`},
		{`{"also": {"Room": "1"}}`, `{"also": {"Room": "2"}}`, `also.Room: "1" > "2"`},
	} {
		got := shown(kind.Diff(record(t, test.before), record(t, test.after)))
		if got != test.want {
			t.Errorf("%s > %s\n gives %s\n want  %s", test.before, test.after, got, test.want)
		}
	}
}

func shown(changes []kind.Change) string {
	texts := make([]string, len(changes))
	for i, c := range changes {
		texts[i] = fmt.Sprintf("%s: %s > %s", c.Path, c.Old, c.New)
	}
	return strings.Join(texts, "; ")
}

func TestNothingChangesBetweenARecordAndItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := drawRecord(t, "record")
		if d := kind.Diff(rec, rec); len(d) > 0 {
			t.Fatalf("differences: %v", d)
		}
	})
}

func TestChangesNameExactlyTheFieldsThatDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawRecord(t, "before"), drawRecord(t, "after")
		named := map[string]bool{}
		for _, c := range kind.Diff(before, after) {
			if c.Old == c.New {
				t.Fatalf("%v is no change", c)
			}
			field, _, _ := strings.Cut(strings.ReplaceAll(c.Path, "[", "."), ".")
			named[field] = true
		}
		a, b := kind.Node{Value: before.Body()}, kind.Node{Value: after.Body()}
		for _, m := range append(before.Body(), after.Body()...) {
			was, _ := a.Member(m.Name)
			is, _ := b.Member(m.Name)
			if differ := string(was.JSON()) != string(is.JSON()); differ != named[m.Name] {
				t.Fatalf("%s differs: %t; named: %t", m.Name, differ, named[m.Name])
			}
		}
	})
}

func TestChangesStandInTheOrderOfTheFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := 0
		for _, c := range kind.Diff(drawRecord(t, "before"), drawRecord(t, "after")) {
			name, _, _ := strings.Cut(strings.ReplaceAll(c.Path, "[", "."), ".")
			i := slices.IndexFunc(specimens.Fields, func(f *kind.Field) bool { return f.Name == name })
			if i < 0 { // what stands beside the fields comes behind them
				i = len(specimens.Fields)
			}
			if i < last {
				t.Fatalf("%s stands behind a later field", c.Path)
			}
			last = i
		}
	})
}

func TestEverythingIsNewInANewRecord(t *testing.T) {
	rec := record(t, `{"line": "a", "part": {"label": "b"}}`)
	if got, want := shown(kind.Diff(nil, rec)), `line:  > "a"; part:  > {"label":"b"}; state:  > "found"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestKeysSortAsPeopleCount(t *testing.T) {
	want := []string{"A.5.1", "A.5.2", "A.5.10", "A.8.1", "A.8.1.2", "A.10.1", "C-0002", "C-10", "RISK-0009", "RISK-0010", "RISK-10000"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(kind.SortKey(a), kind.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestKeysSortByTheirNumberAtAnyLength(t *testing.T) {
	number := rapid.Int64Range(0, 1e12-1) // twelve digits, the most that a key may have
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		order := strings.Compare(kind.SortKey(fmt.Sprintf("RISK-%04d", a)), kind.SortKey(fmt.Sprintf("RISK-%04d", b)))
		if order != cmp.Compare(a, b) {
			t.Fatalf("RISK-%04d and RISK-%04d sort as %d", a, b, order)
		}
	})
}

func TestNoTwoKeysShareAPlace(t *testing.T) {
	for _, keys := range [][2]string{{"RISK-1", "RISK-0001"}, {"A.5.1", "A.5.01"}} {
		if kind.SortKey(keys[0]) == kind.SortKey(keys[1]) {
			t.Errorf("%s and %s both sort as %s", keys[0], keys[1], kind.SortKey(keys[0]))
		}
	}
}

func TestAFileHoldsWhatAPersonSets(t *testing.T) {
	rec := record(t, `{"line": "a", "state": "shown", "archived": true, "also": {"Room": "1", "Floor": "2"}}`)
	rec.Imported, rec.Org, rec.ID = true, "org", "id"
	want := `{"kind":"specimen","key":"SPC-0001","state":"shown","archived":true,"line":"a","also":{"Floor":"2","Room":"1"}}`
	if got := string(rec.Export().JSON()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sum := 3
	old := relics.New()
	old.Key, old.Data = "R1.1", &relic{Title: "a", Sum: &sum}
	if got, want := string(old.Export().JSON()), `{"kind":"relic","key":"R1.1","title":"a"}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTheHistoryHoldsTheMarksOfTheRecord(t *testing.T) {
	rec := record(t, `{"line": "a", "state": "shown", "archived": true, "also": {"Room": "1"}}`)
	rec.Imported = true
	if got, want := body(rec), `{"line":"a","state":"shown","archived":true,"imported":true,"also":{"Room":"1"}}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAKindWithoutStatesTakesNone(t *testing.T) {
	refused(t, relics.New().Input(parse(t, `{"state": "new"}`)), "state: the kind relic has no states")
}

func TestAMissingRecordIsNamed(t *testing.T) {
	err := kind.Missing(specimens.Schema, "SPC-0009")
	if !fault.Is(err, fault.NotFound) || err.Error() != "there is no specimen SPC-0009" {
		t.Errorf("got %v", err)
	}
}
