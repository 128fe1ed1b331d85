package kind_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/kind"
)

// same checks that two records hold the same, marks and texts beside the fields included.
func same(t *rapid.T, got, want *kind.Record) {
	t.Helper()
	if diff := cmp.Diff(want.Data, got.Data); diff != "" {
		t.Fatalf("the data differ: %s", diff)
	}
	if a, b := body(got), body(want); a != b {
		t.Fatalf("got  %s\nwant %s", a, b)
	}
	if d := kind.Diff(want, got); len(d) > 0 {
		t.Fatalf("differences: %v", d)
	}
}

func TestARecordSurvivesItsHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, got := drawRecord(t, "record"), specimens.New()
		n, err := kind.ParseJSON(kind.Node{Value: want.Body()}.CanonicalJSON())
		if err != nil {
			t.Fatal(err)
		}
		if err := got.SetBody(n.Value.([]kind.Member)); err != nil {
			t.Fatal(err)
		}
		same(t, got, want)
	})
}

func TestARecordSurvivesItsFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, got := drawRecord(t, "record"), specimens.New()
		n, err := kind.ParseJSON(want.Export().JSON())
		if err != nil {
			t.Fatal(err)
		}
		if err := got.Input(n); err != nil {
			t.Fatal(err)
		}
		got.Imported = want.Imported // is said by the door, not by the file
		same(t, got, want)
	})
}

func TestARecordSurvivesItsRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, got := drawRecord(t, "record"), specimens.New()
		for _, f := range specimens.Fields {
			column := f.Column(want.Data)
			if column == nil && f.NotNull() {
				t.Fatalf("%s has no value and must", f.Name)
			}
			if text, ok := column.(string); ok && rapid.Bool().Draw(t, "as bytes") {
				column = []byte(text)
			}
			if flag, ok := column.(bool); ok && rapid.Bool().Draw(t, "as a number") {
				column = map[bool]int64{true: 1}[flag]
			}
			if err := f.SetColumn(got.Data, column); err != nil {
				t.Fatal(err)
			}
		}
		if err := got.SetAlsoJSON(want.AlsoJSON()); err != nil {
			t.Fatal(err)
		}
		got.State, got.Archived, got.Imported = want.State, want.Archived, want.Imported
		same(t, got, want)
	})
}

func TestAColumnIsNullOnlyForAbsence(t *testing.T) {
	rec := record(t, `{"line": "", "line_or": "", "count": 0, "count_or": 0, "flag_or": false, "day_or": "", "part_or": {}}`)
	for name, want := range map[string]any{
		"line": "", "line_or": "", "text": "", "text_or": nil, "count": int64(0), "count_or": int64(0), "size": 0.0, "size_or": nil,
		"flag": false, "flag_or": false, "lines": nil, "day": nil, "day_or": "", "price": nil, "shade": nil, "kin": nil, "part": nil, "part_or": "{}",
	} {
		if got := specimens.Field(name).Column(rec.Data); got != want {
			t.Errorf("%s is %#v, want %#v", name, got, want)
		}
	}
	for _, f := range specimens.Fields {
		if empty := f.Column(specimens.NewData()); f.NotNull() != (empty != nil) {
			t.Errorf("%s is empty as %#v; not null: %t", f.Name, empty, f.NotNull())
		}
	}
}

func TestADamagedColumnIsRefused(t *testing.T) {
	for name, column := range map[string]any{"lines": "[", "parts": `[{"made": "today"}]`, "part": `"x"`, "count": struct{}{}} {
		err := specimens.Field(name).SetColumn(specimens.NewData(), column)
		if err == nil {
			t.Errorf("%s takes %v", name, column)
		}
	}
	for _, column := range []string{`["a",5,"b"]`, `["a"b"]`, `["a",b"]`, `["a"]x["b"]`} {
		if err := specimens.Field("lines").SetColumn(specimens.NewData(), column); err == nil {
			t.Errorf("lines takes %s", column)
		}
	}
	for _, column := range []string{"{", "7", `{"Room": 1}`} {
		if err := specimens.New().SetAlsoJSON(column); err == nil {
			t.Errorf("%s is taken for what stands beside the fields", column)
		}
	}
}

func TestACloneIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := drawRecord(t, "record")
		rec.Org, rec.ID, rec.Rev, rec.Created.By = "org", "id", 7, "PER-0001"
		clone := rec.Clone()
		same(t, clone, rec)
		if clone.Org != rec.Org || clone.ID != rec.ID || clone.Key != rec.Key || clone.Rev != rec.Rev || clone.Created != rec.Created {
			t.Fatalf("the envelope is %+v, want %+v", clone, rec)
		}
	})
}

// TestACloneSharesNothing changes every value that the clone of a full record holds, and looks at the original.
func TestACloneSharesNothing(t *testing.T) {
	rec := record(t, `{"line_or": "a", "lines": ["a"], "count_or": 1, "counts": [1], "sizes": [1.5], "flags": [true], "days": ["2026-01-31"],
		"part": {"grade": 1, "kins": ["SPC-1"], "frame": {"length": 1.5}}, "parts": [{"grade": 1, "screws": [{"length": 1}]}],
		"part_or": {"label": "a", "screws": [{"shade": "dark"}]}, "also": {"Room": "1"}}`)
	before := body(rec)
	clone := rec.Clone()
	spoil(reflect.ValueOf(clone.Data).Elem())
	clone.Also["Room"] = "2"
	if got := body(rec); got != before {
		t.Errorf("the original became %s, it was %s", got, before)
	}
	if after := body(clone); strings.Contains(after, `"a"`) || strings.Contains(after, "1.5") {
		t.Errorf("the test spoils too little: %s", after)
	}
}

// spoil sets everything that a value reaches to zero, in place.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			spoil(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
		}
	case reflect.Struct:
		for _, f := range v.Fields() {
			spoil(f)
		}
	default:
		v.SetZero()
	}
}
