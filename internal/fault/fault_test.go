package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/fault"
)

func TestAFieldSaysWhereItIs(t *testing.T) {
	for _, test := range []struct {
		field fault.Field
		want  string
	}{
		{fault.Field{Message: "m"}, "m"},
		{fault.Field{Path: "impacts[2].level", Message: "m"}, "impacts[2].level: m"},
		{fault.Field{Record: "risk RISK-0007", Path: "owner", Message: "m"}, "risk RISK-0007: owner: m"},
		{fault.Field{File: "f.yaml", Message: "m"}, "f.yaml: m"},
		{fault.Field{File: "f.yaml", Line: 3, Message: "m"}, "f.yaml:3: m"},
		{fault.Field{File: "f.yaml", Line: 3, Column: 7, Record: "risk RISK-0007", Path: "owner", Message: "m"}, "f.yaml:3:7: risk RISK-0007: owner: m"},
		{fault.Field{File: "f.yaml", Line: 1, Column: 1, Message: "m"}, "f.yaml:1:1: m"},
		{fault.Field{File: "f.yaml", Column: 7, Message: "m"}, "f.yaml: m"},
		{fault.Field{Line: 3, Column: 7, Path: "owner", Message: "m"}, "owner: m"},
	} {
		if got := test.field.String(); got != test.want {
			t.Errorf("%+v reads %q, want %q", test.field, got, test.want)
		}
	}
}

func TestAnErrorSaysWhatHappenedAndEveryPlace(t *testing.T) {
	err := &fault.Error{Code: fault.Invalid, Message: "nothing was changed", Fields: []fault.Field{
		{Path: "title", Message: "a value is required"}, {Path: "owner", Message: "there is no role ROLE-0009"},
	}}
	if got, want := err.Error(), "nothing was changed\n  title: a value is required\n  owner: there is no role ROLE-0009"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	caused := &fault.Error{Code: fault.Internal, Message: "the disk is full", Err: io.ErrShortWrite}
	if got, want := caused.Error(), "the disk is full: short write"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !errors.Is(caused, io.ErrShortWrite) || err.Unwrap() != nil {
		t.Error("the cause is not the one given")
	}
}

func TestACodeIsFoundThroughTheChain(t *testing.T) {
	missing := fault.New(fault.NotFound, "there is no %s", "RISK-0001")
	if missing.Error() != "there is no RISK-0001" {
		t.Errorf("the message is %q", missing)
	}
	for _, test := range []struct {
		err  error
		want fault.Code
	}{
		{missing, fault.NotFound},
		{fmt.Errorf("reading: %w", missing), fault.NotFound},
		{&fault.Error{Code: fault.Forbidden, Err: missing}, fault.Forbidden},
		{errors.Join(io.EOF, missing), fault.NotFound},
		{io.EOF, fault.Internal},
	} {
		if got := fault.CodeOf(test.err); got != test.want {
			t.Errorf("%v is %s, want %s", test.err, got, test.want)
		}
		if !fault.Is(test.err, test.want) || fault.Is(test.err, fault.Conflict) {
			t.Errorf("%v is not recognised as %s alone", test.err, test.want)
		}
	}
}

func TestNoErrorIsNoFault(t *testing.T) {
	if fault.Is(nil, fault.Internal) {
		t.Error("no error is an internal one")
	}
}

func TestOneWrongFieldIsInvalidInput(t *testing.T) {
	want := &fault.Error{Code: fault.Invalid, Message: "the input is not valid", Fields: []fault.Field{{Path: "edition", Message: "there is no 2017"}}}
	if diff := cmp.Diff(want, fault.Invalidf("edition", "there is no %d", 2017)); diff != "" {
		t.Error(diff)
	}
}

func TestACollectorTellsAllAtOnce(t *testing.T) {
	var c fault.Collector
	if err := c.Err("x"); err != nil || c.Len() != 0 {
		t.Errorf("nothing was noted, and it gives %v, %d", err, c.Len())
	}
	c.Addf("title", "at most %d", 80)
	c.Add(fault.Field{Path: "owner", Line: 3, Message: "no"})
	if c.Len() != 2 {
		t.Errorf("it counts %d", c.Len())
	}
	want := &fault.Error{Code: fault.Invalid, Message: "RISK-0001 is not valid", Fields: []fault.Field{
		{Path: "title", Message: "at most 80"}, {Path: "owner", Line: 3, Message: "no"},
	}}
	if diff := cmp.Diff(want, c.Err("%s is not valid", "RISK-0001")); diff != "" {
		t.Error(diff)
	}
}

func TestAPlaceLeavesOutWhatIsUnknown(t *testing.T) {
	for want, field := range map[string]fault.Field{
		`{"message":"m"}`: {Message: "m"},
		`{"file":"f","line":3,"column":7,"record":"risk RISK-0001","path":"owner","message":"m"}`: {File: "f", Line: 3, Column: 7, Record: "risk RISK-0001", Path: "owner", Message: "m"},
	} {
		if got, err := json.Marshal(field); string(got) != want || err != nil {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}
