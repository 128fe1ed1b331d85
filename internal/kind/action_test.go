package kind_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// door is a kind with a lifecycle.
type door struct {
	Title  string `json:"title" kind:"name"`
	Opened int    `json:"opened"`
	Width  *int   `json:"width" kind:"derived"`
}

type opening struct {
	By    string   `json:"by" kind:"required"`
	Times int      `json:"times"`
	Notes []remark `json:"notes"`
}

type remark struct {
	Text string `json:"text" kind:"required"`
}

var errJammed = errors.New("the door is jammed")

var doors = kind.Define("door", kind.Spec[door]{
	Title: "Door", Plural: "Doors", Prefix: "D",
	States: []kind.State{{Name: "shut", Title: "Shut"}, {Name: "open", Title: "Wide open"}},
	Check: func(d *door, errs *fault.Collector) {
		if d.Opened < 0 {
			errs.Addf("opened", "a door is not opened less than never")
		}
	},
	Derive: func(_ *kind.Context, e kind.Entry[door]) error {
		width := 80 + e.Data.Opened
		e.Data.Width = &width
		return nil
	},
	Guard: func(old, updated kind.Entry[door]) error {
		if old.State == "open" && old.Data.Title != updated.Data.Title {
			return fault.New(fault.Forbidden, "%s is open", old.Key)
		}
		return nil
	},
	Actions: []*kind.Action{
		kind.Act(kind.Action{Name: "open", From: []string{"shut"}, To: "open"}, func(c *kind.Context, e kind.Entry[door], in *opening) error {
			e.Data.Opened += in.Times
			e.Data.Title = in.By + " for " + c.Actor
			return nil
		}),
		kind.Act(kind.Action{Name: "oil"}, func(_ *kind.Context, e kind.Entry[door], _ *kind.NoInput) error { return nil }),
		kind.Act(kind.Action{Name: "jam", To: "shut"}, func(_ *kind.Context, e kind.Entry[door], _ *kind.NoInput) error { return errJammed }),
	},
})

func shutDoor() *kind.Record {
	rec := doors.New()
	rec.Key, rec.Data = "D-1", &door{Title: "Front"}
	return rec
}

func TestAnActionChangesTheRecordAndItsState(t *testing.T) {
	rec := shutDoor()
	rec.Imported = true
	err := doors.Action("open").Run(&kind.Context{Actor: "PER-0001"}, rec, parse(t, `{"by": "Ann", "times": 2}`))
	if err != nil {
		t.Fatal(err)
	}
	got := doors.As(rec)
	if got.State != "open" || got.Data.Opened != 2 || got.Data.Title != "Ann for PER-0001" {
		t.Errorf("the action made %q %+v", got.State, *got.Data)
	}
	if got.Imported {
		t.Error("the state is said to have come by file")
	}
}

func TestAnActionWithoutATargetLeavesTheState(t *testing.T) {
	for _, state := range []string{"shut", "open"} {
		rec := shutDoor()
		rec.State, rec.Imported = state, true
		if err := doors.Action("oil").Run(&kind.Context{}, rec, kind.Node{}); err != nil {
			t.Fatal(err)
		}
		if rec.State != state || !rec.Imported {
			t.Errorf("%s became %s, imported %t", state, rec.State, rec.Imported)
		}
	}
}

func TestAnActionIsRefusedInTheWrongState(t *testing.T) {
	rec := shutDoor()
	rec.State = "open"
	err := doors.Action("open").Run(&kind.Context{}, rec, parse(t, `{"by": "Ann"}`))
	if !fault.Is(err, fault.Forbidden) || err.Error() != "D-1 is wide open; open is for one that is shut" {
		t.Errorf("got %v", err)
	}
	if rec.Data.(*door).Title != "Front" {
		t.Error("it acted all the same")
	}
}

func TestAnActionIsRefusedWithoutWhatItAsksFor(t *testing.T) {
	for input, want := range map[string]string{
		`{}`:                                    "by: a value is required",
		`{"by": null}`:                          "by: a value is required",
		`{"by": "Ann", "notes": [{}]}`:          "notes[0].text: a value is required",
		`{"by": "Ann", "times": "often"}`:       "times: expected a whole number",
		`{"by": "Ann", "tim": 1, "times": 1}`:   "tim: there is no such field",
		`{"by": "Ann", "notes": [{"txt": ""}]}`: "notes[0].txt: there is no such field",
	} {
		rec := shutDoor()
		err := doors.Action("open").Run(&kind.Context{}, rec, parse(t, input))
		if got := problems(t, err); len(got) == 0 || !strings.HasPrefix(got[0].String(), want) {
			t.Errorf("%s: got %v, want %q", input, got, want)
		}
		if rec.State != "shut" || rec.Data.(*door).Title != "Front" {
			t.Errorf("%s: it acted all the same", input)
		}
	}
}

func TestAnActionIsRefusedWhenItsInputIsNoGroupOfFields(t *testing.T) {
	for input, want := range map[string]string{
		`["by", "Ann"]`: "the input of oil is a group of fields, got a list",
		`"Ann"`:         `the input of oil is a group of fields, got the text "Ann"`,
		`7`:             "the input of oil is a group of fields, got the number 7",
		`false`:         "the input of oil is a group of fields, got false",
	} {
		refused(t, doors.Action("oil").Run(&kind.Context{}, shutDoor(), parse(t, input)), ": "+want)
	}
}

func TestAFailedActionSaysWhichAndLeavesTheState(t *testing.T) {
	rec := shutDoor()
	rec.State = "open"
	err := doors.Action("jam").Run(&kind.Context{}, rec, kind.Node{})
	if !errors.Is(err, errJammed) || !strings.HasPrefix(err.Error(), "jam: ") {
		t.Errorf("got %v", err)
	}
	if rec.State != "open" {
		t.Errorf("the state is %s", rec.State)
	}
}

func TestAnActionDeclaresItsInputAsFields(t *testing.T) {
	input := doors.Action("open").Input
	if len(input) != 3 || input[0].Name != "by" || !input[0].Required || input[2].Fields[0].Name != "text" {
		t.Errorf("the input is %v", input)
	}
	if input := doors.Action("oil").Input; len(input) != 0 {
		t.Errorf("an action that asks for nothing has the input %v", input)
	}
}

func TestAKindDerivesChecksAndGuardsItsRecords(t *testing.T) {
	rec := shutDoor()
	rec.Data.(*door).Opened = -1
	if err := rec.Derive(&kind.Context{}); err != nil || *rec.Data.(*door).Width != 79 {
		t.Errorf("derived %v, %v", rec.Data, err)
	}
	refused(t, rec.Validate(), "opened: a door is not opened less than never")

	old := shutDoor()
	old.State = "open"
	if err := rec.Guard(old); err != nil {
		t.Errorf("a change that is allowed is refused: %v", err)
	}
	rec.Data.(*door).Title = "Back"
	if err := rec.Guard(old); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a change that is not allowed gives %v", err)
	}
}

func TestAKindWithoutRulesAllowsEverything(t *testing.T) {
	rec := record(t, `{"line": "a"}`)
	before := body(rec)
	if err := errors.Join(rec.Derive(nil), rec.Guard(specimens.New()), rec.Validate()); err != nil || body(rec) != before {
		t.Errorf("%s became %s, %v", before, body(rec), err)
	}
}
