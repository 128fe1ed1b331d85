package kind

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/fault"
)

// Action is something that people do with a record: a move between states, or a change that touches
// several records at once. Its command, endpoint and button derive from this one declaration.
type Action struct {
	Name  string
	Title string // "Approve"
	Help  string
	From  []string // the states in which it is offered; empty means any
	To    string   // the state afterwards; empty leaves it
	Input []*Field // what the person is asked for

	in reflect.Type
	do func(c *Context, rec *Record, in any) error
}

// NoInput is the input of an action that asks for nothing.
type NoInput struct{}

// Act completes an action with what it does. do changes the record it is given, and others through the
// context; it is pure but for what it reads there.
func Act[T, In any](a Action, do func(c *Context, e Entry[T], in *In) error) *Action {
	a.in = reflect.TypeFor[In]()
	a.Input = fieldsOf(a.in, a.Name+".")
	a.do = func(c *Context, rec *Record, in any) error { return do(c, entry[T](rec), in.(*In)) }
	return &a
}

// Run executes the action on a record, with input as a file or a form gives it.
func (a *Action) Run(c *Context, rec *Record, input Node) error {
	if len(a.From) > 0 && !slices.Contains(a.From, rec.State) {
		return fault.New(fault.Forbidden, "%s is %s; %s is for one that is %s", rec.Key,
			strings.ToLower(rec.Schema.StateTitle(rec.State)), a.Name, strings.Join(a.From, " or "))
	}
	list, ok := input.Value.([]Member)
	if !ok && input.Value != nil {
		return fault.Invalidf("", "the input of %s is a group of fields, got %s", a.Name, describe(input))
	}
	in := reflect.New(a.in)
	var d decoder
	d.object(a.Input, in.Elem(), list, "")
	required(a.Input, in.Elem(), "", &d.errs)
	if err := d.errs.Err("%s of %s lacks something", a.Name, rec.Key); err != nil {
		return err
	}
	if err := a.do(c, rec, in.Interface()); err != nil {
		return fmt.Errorf("%s: %w", a.Name, err)
	}
	if a.To != "" {
		rec.State, rec.Imported = a.To, false
	}
	return nil
}

// Context is what the writer's transaction lends to an action or a derivation.
type Context struct {
	context.Context
	Reader
	Now    time.Time
	Today  Date   // in the organisation's time zone
	Actor  string // key of the person who acts; empty when nobody is named
	Org    string // id of the organisation
	Writer Writer
}

// Writer takes the further records that an action changes or creates.
type Writer interface {
	Save(rec *Record) error              // a record read through the Context and changed
	Create(rec *Record) (*Record, error) // a new record; it gets the next key of its kind if it has none
}
