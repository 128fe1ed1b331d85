// Package fault holds the one error type that a user sees.
//
// An error that is not a *fault.Error is an internal one: it is logged with its details and shown
// to nobody but the operator.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what class of thing went wrong; faces translate it to an exit code or an HTTP status.
type Code string

// The codes.
const (
	Invalid   Code = "invalid"   // the input breaks a rule; Fields say where
	NotFound  Code = "not_found" // no such record, kind, file or report
	Conflict  Code = "conflict"  // somebody else changed it first, or a key is taken
	Forbidden Code = "forbidden" // this person may not do it, or it may not be done in this state
	Internal  Code = "internal"  // a defect or a broken machine
)

// Error is what happened, where, and what to do about it, in words for a user.
type Error struct {
	Code    Code
	Message string
	Fields  []Field
	Err     error // the cause, for the log; may be nil
}

// Field is one place in the input and what is wrong there.
type Field struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`   // from 1; 0 when unknown
	Column  int    `json:"column,omitempty"` // from 1; 0 when unknown
	Record  string `json:"record,omitempty"` // kind and key, as in "risk RISK-0007"
	Path    string `json:"path,omitempty"`   // as in "impacts[2].level"
	Message string `json:"message"`
}

// New makes an error of a code.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Invalidf makes an Invalid error about one field.
func Invalidf(path, format string, args ...any) *Error {
	return &Error{Code: Invalid, Message: "the input is not valid", Fields: []Field{{Path: path, Message: fmt.Sprintf(format, args...)}}}
}

// Error gives the message with every field on a line of its own.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	for _, f := range e.Fields {
		b.WriteString("\n  ")
		b.WriteString(f.String())
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// String gives "file:line:column: record: path: message" with the parts that are known.
func (f Field) String() string {
	var parts []string
	if f.File != "" {
		at := f.File
		if f.Line > 0 {
			at += fmt.Sprintf(":%d", f.Line)
			if f.Column > 0 {
				at += fmt.Sprintf(":%d", f.Column)
			}
		}
		parts = append(parts, at)
	}
	if f.Record != "" {
		parts = append(parts, f.Record)
	}
	if f.Path != "" {
		parts = append(parts, f.Path)
	}
	return strings.Join(append(parts, f.Message), ": ")
}

// CodeOf gives the code of the first fault in an error's chain, and Internal for any other error.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Is reports whether an error is a fault of a code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

// Collector gathers field errors so that a user sees them all at once.
type Collector struct{ fields []Field }

// Add notes one field error.
func (c *Collector) Add(f Field) { c.fields = append(c.fields, f) }

// Addf notes one field error by its path.
func (c *Collector) Addf(path, format string, args ...any) {
	c.Add(Field{Path: path, Message: fmt.Sprintf(format, args...)})
}

// Len gives the number of field errors noted.
func (c *Collector) Len() int { return len(c.fields) }

// Err gives an Invalid error with all fields, or nil when none was noted.
func (c *Collector) Err(format string, args ...any) error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: fmt.Sprintf(format, args...), Fields: c.fields}
}
