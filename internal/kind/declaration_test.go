package kind_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// define gives the fields of a kind that is declared for one test.
func define[T any]() []*kind.Field {
	return kind.Define("test", kind.Spec[T]{Prefix: "T"}).Fields
}

func TestAFieldIsWhatItsTagSays(t *testing.T) {
	type declared struct {
		DependsOn string             `json:"depends_on"`
		Titled    string             `json:"titled,omitempty" title:"Its own title" help:"What it is for." words:"no,nr" else:"note"`
		Naming    string             `json:"naming" kind:"name"`
		Text      string             `json:"text" kind:"text,required"`
		Found     string             `json:"found" kind:"search,index"`
		Personal  string             `json:"personal" kind:"personal"`
		Retired   string             `json:"retired" kind:"retired"`
		Derived   *int               `json:"derived" kind:"derived"`
		Shade     shade              `json:"shade"`
		Chain     kind.Ref[specimen] `json:"chain" kind:"acyclic"`
	}
	want := []*kind.Field{
		{Name: "depends_on", Title: "Depends on"},
		{Name: "titled", Title: "Its own title", Help: "What it is for.", Words: []string{"no", "nr"}, Else: "note"},
		{Name: "naming", Title: "Naming", Naming: true, Required: true, Search: true},
		{Name: "text", Title: "Text", Type: kind.Text, Required: true},
		{Name: "found", Title: "Found", Search: true, Index: true},
		{Name: "personal", Title: "Personal", Personal: true},
		{Name: "retired", Title: "Retired", Retired: true},
		{Name: "derived", Title: "Derived", Type: kind.Int, Nullable: true, Derived: true},
		{Name: "shade", Title: "Shade", Type: kind.OneOf, Enum: shade("").Values()},
		{Name: "chain", Title: "Chain", Type: kind.Reference, Acyclic: true},
	}
	if diff := cmp.Diff(want, define[declared](), cmpopts.IgnoreUnexported(kind.Field{})); diff != "" {
		t.Error(diff)
	}
}

func TestAGoTypeIsOneTypeOfField(t *testing.T) {
	types := map[string]kind.Type{
		"line": kind.String, "text": kind.Text, "flag": kind.Bool, "count": kind.Int, "size": kind.Float,
		"day": kind.Day, "price": kind.Amount, "shade": kind.OneOf, "kin": kind.Reference, "part": kind.Object,
	}
	for name, want := range types {
		for _, f := range []*kind.Field{specimens.Field(name), specimens.Field(name + "s"), specimens.Field(name + "_or")} {
			list, nullable := f.Name == name+"s", f.Name == name+"_or"
			if f.Type != want || f.List != list || f.Nullable != nullable {
				t.Errorf("%s is of type %d, list %t, nullable %t; want %d, %t, %t", f.Name, f.Type, f.List, f.Nullable, want, list, nullable)
			}
		}
	}
	if got := len(specimens.Field("parts").Fields); got != 6 {
		t.Errorf("the fields of a group are %d, want 6", got)
	}
}

func TestABadDeclarationPanics(t *testing.T) {
	type nameless struct{ Title string }
	type hidden struct {
		Title string `json:"-"`
	}
	type table struct {
		Title map[string]string `json:"title"`
	}
	type grid struct {
		Title [][]string `json:"title"`
	}
	type deep struct {
		Part struct {
			Small int8 `json:"small"`
		} `json:"part"`
	}
	type misspelt struct {
		Title string `json:"title" kind:"required,serach"`
	}
	type enveloped struct {
		State string `json:"state"`
	}
	type lost struct {
		Part struct {
			Owner kind.Ref[specimen] `json:"owner"`
		} `json:"part"`
	}
	type asking struct {
		Who kind.Ref[specimen] `json:"who"`
	}
	for _, test := range []struct {
		name, want string
		declare    func()
	}{
		{"no json name", "nameless.Title has no json name", func() { define[nameless]() }},
		{"a json name of -", "hidden.Title has no json name", func() { define[hidden]() }},
		{"a map", "test.title has type map[string]string", func() { define[table]() }},
		{"a list of lists", "test.title has type []string", func() { define[grid]() }},
		{"a type inside a group", "test.part.small has type int8", func() { define[deep]() }},
		{"an unknown option", `test.title has an unknown option "serach"`, func() { define[misspelt]() }},
		{"a name of the envelope", "test.state takes a name of the envelope", func() { define[enveloped]() }},
		{"a broken key pattern", "missing closing", func() { kind.Define("test", kind.Spec[screw]{KeyPattern: "("}) }},
		{"two kinds of a name", "two kinds are called specimen", func() { kind.NewSet(specimens.Schema, specimens.Schema) }},
		{"a reference to no kind", "field owner refers to kind_test.specimen", func() {
			kind.NewSet(kind.Define("test", kind.Spec[lost]{}).Schema)
		}},
		{"a reference to no kind in an action", "field who refers to kind_test.specimen", func() {
			ask := kind.Act(kind.Action{Name: "ask"}, func(*kind.Context, kind.Entry[screw], *asking) error { return nil })
			kind.NewSet(kind.Define("test", kind.Spec[screw]{Actions: []*kind.Action{ask}}).Schema)
		}},
	} {
		t.Run(test.name, func(t *testing.T) { panics(t, test.want, test.declare) })
	}
}

func TestAnOptionThatDoesNotFitTheTypePanics(t *testing.T) {
	type namedByNumber struct {
		A int `json:"a" kind:"name"`
	}
	type namedByList struct {
		A []string `json:"a" kind:"name"`
	}
	type namedByEnum struct {
		A shade `json:"a" kind:"name"`
	}
	type numberAsText struct {
		A *int `json:"a" kind:"text"`
	}
	type dayAsText struct {
		A kind.Date `json:"a" kind:"required,text"`
	}
	type searchedNumber struct {
		A int `json:"a" kind:"search"`
	}
	type searchedReferences struct {
		A []kind.Ref[specimen] `json:"a" kind:"search"`
	}
	type searchedGroup struct {
		A struct {
			B int `json:"b"`
		} `json:"a" kind:"search"`
	}
	type chainedText struct {
		A string `json:"a" kind:"acyclic"`
	}
	type inside struct {
		A []struct {
			B bool `json:"b" kind:"text"`
		} `json:"a"`
	}
	for _, test := range []struct {
		name, want string
		declare    func()
	}{
		{"a number as the name", "test.a is to name the record and is not one text", func() { define[namedByNumber]() }},
		{"a list as the name", "test.a is to name the record and is not one text", func() { define[namedByList]() }},
		{"a choice as the name", "test.a is to name the record and is not one text", func() { define[namedByEnum]() }},
		{"a number as text", "test.a is declared as text and holds none", func() { define[numberAsText]() }},
		{"a day as text", "test.a is declared as text and holds none", func() { define[dayAsText]() }},
		{"a mark inside a group as text", "test.a.b is declared as text and holds none", func() { define[inside]() }},
		{"a number to be searched", "test.a is to be searched and holds no text", func() { define[searchedNumber]() }},
		{"references to be searched", "test.a is to be searched and holds no text", func() { define[searchedReferences]() }},
		{"a group without text to be searched", "test.a is to be searched and holds no text", func() { define[searchedGroup]() }},
		{"a chain of texts", "test.a is to be acyclic and is no reference", func() { define[chainedText]() }},
	} {
		t.Run(test.name, func(t *testing.T) { panics(t, test.want, test.declare) })
	}
}

// panics checks that a declaration is refused.
func panics(t *testing.T, want string, declare func()) {
	t.Helper()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
			t.Errorf("panics with %q, want %q", got, want)
		}
	}()
	declare()
}

func TestAReferenceKnowsItsTarget(t *testing.T) {
	for _, f := range []*kind.Field{specimens.Field("kin"), specimens.Field("kins"), specimens.Field("kin_or"), specimens.Field("parts").Fields[3]} {
		if f.Target != specimens.Schema {
			t.Errorf("%s refers to %v", f.Name, f.Target)
		}
	}
}

func TestAnEnumKnowsItsValues(t *testing.T) {
	f := specimens.Field("shade")
	if v, ok := f.Option("dark"); !ok || v.Title != "Dark" {
		t.Errorf("dark is %v, %t", v, ok)
	}
	if v, ok := f.Option("Dark"); ok {
		t.Errorf("Dark is %v", v)
	}
}

func TestAKindKnowsItsParts(t *testing.T) {
	if f := specimens.Field("part"); f == nil || f.Name != "part" {
		t.Errorf("the field part is %v", f)
	}
	if f := specimens.Field("Part"); f != nil {
		t.Errorf("the field Part is %v", f)
	}
	if specimens.Initial() != "found" || relics.Initial() != "" {
		t.Errorf("the first states are %q and %q", specimens.Initial(), relics.Initial())
	}
	if specimens.StateTitle("shown") != "On show" || specimens.StateTitle("lost") != "lost" {
		t.Errorf("the states read %q and %q", specimens.StateTitle("shown"), specimens.StateTitle("lost"))
	}
	if doors.Action("open") == nil || doors.Action("knock") != nil {
		t.Error("an action is not found by its name")
	}
}

func TestAKeyHasTheFormOfItsKind(t *testing.T) {
	for key, want := range map[string]*kind.Schema{
		"SPC-0001": specimens.Schema, "SPC-1": specimens.Schema, "SPC-123456789012": specimens.Schema, "R1.2": relics.Schema,
		"SPC-": nil, "SPC-1234567890123": nil, "spc-0001": nil, " SPC-0001": nil, "SPC-0001\n": nil, "XSPC-0001": nil, "SPC-0001X": nil, "R1x2": nil, "": nil,
	} {
		got, err := museum.ByKey(key)
		if got != want || (want == nil) != fault.Is(err, fault.NotFound) {
			t.Errorf("the key %q belongs to %v, %v", key, got, err)
		}
	}
}

func TestAKindIsNamedAsPeopleTypeIt(t *testing.T) {
	for name, want := range map[string]*kind.Schema{
		"specimen": specimens.Schema, "Specimens": specimens.Schema, " SPECIMEN ": specimens.Schema, "old relics": relics.Schema, "Old_Relics": relics.Schema,
	} {
		if got, err := museum.Named(name); got != want || err != nil {
			t.Errorf("%q names %v, %v", name, got, err)
		}
	}
	_, err := museum.Named("painting")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "the kinds are specimen, relic") {
		t.Errorf("an unknown kind gives %v", err)
	}
}

func TestANewRecordIsInTheFirstState(t *testing.T) {
	rec := specimens.New()
	if rec.State != "found" || rec.Rev != 0 || rec.Key != "" {
		t.Errorf("a new record is %+v", rec)
	}
	if e := specimens.As(rec); e.Data.Line != "" || e.Record != rec {
		t.Errorf("its typed face is %+v", e)
	}
}
