package isms

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

var draftApproved = []kind.State{{Name: "draft", Title: "Draft"}, {Name: "approved", Title: "Approved"}}

// approvable refuses an approval by nobody, and of what is archived.
func approvable(c *kind.Context, rec *kind.Record) error {
	if c.Actor == "" {
		return fault.New(fault.Forbidden, "an approval names a person: say who with --as PER-0001")
	}
	if rec.Archived {
		return fault.New(fault.Forbidden, "%s is archived; to approve it apply it with archived: false", rec.Key)
	}
	return nil
}

// notApprovedYet refuses a draft with fields that only an approval sets.
func notApprovedYet(rec *kind.Record, fields ...string) error {
	if rec.State != "draft" {
		return nil
	}
	var errs fault.Collector
	for _, name := range fields {
		if _, ok := rec.Schema.Field(name).Get(rec.Data); ok {
			errs.Addf(name, "a draft is not approved yet; leave it out, the approval sets it: stele do %s approve", rec.Key)
		}
	}
	return errs.Err("%s is not valid", rec.Key)
}

// onlyVersion refuses a version beside another one that is in force, or that has the same number.
func onlyVersion(c *kind.Context, rec *kind.Record) error {
	if rec.State == "draft" {
		return nil
	}
	number, _ := rec.Schema.Field("version").Get(rec.Data)
	for other, err := range c.Records(c, rec.Schema, kind.Query{Archived: true}) {
		if err != nil {
			return err
		}
		if other.Key == rec.Key || other.State == "draft" {
			continue
		}
		if n, _ := other.Schema.Field("version").Get(other.Data); n == number {
			return fault.Invalidf("version", "version %d is %s already; give this one the next number", number.Value, other.Key)
		}
		if rec.State == "approved" && other.State == "approved" {
			return inForce(rec, other)
		}
	}
	return nil
}

func inForce(rec, other *kind.Record) error {
	draft := "a draft"
	if rec.Schema.Field("supersedes") != nil {
		draft += " with supersedes: " + other.Key
	}
	return fault.Invalidf("state", "%s is in force, and only one version can be: apply %s as %s, then run: stele do %s approve", other.Key, rec.Key, draft, rec.Key)
}

// Way says how a record comes from one state to another by what is done to others; empty where it does not.
func Way(s *kind.Schema, from, to string) string {
	switch [3]string{s.Name, from, to} {
	case [3]string{"risk", "open", "accepted"}:
		return "the approval of an acceptance that lists the risk, as in stele do ACC-0001 approve"
	case [3]string{"method", "approved", "superseded"}:
		return "the approval of the version that supersedes it"
	case [3]string{"soa", "approved", "superseded"}:
		return "the approval of the next version"
	}
	return ""
}

// frozenWhen refuses edits of a record in a state, and names the action that opens it again.
func frozenWhen[T any](state, action string) func(old, updated kind.Entry[T]) error {
	return func(old, _ kind.Entry[T]) error {
		if old.State != state {
			return nil
		}
		return fault.New(fault.Forbidden, "%s is %s and no longer edited; run: stele do %s %s", old.Key,
			strings.ToLower(old.Schema.StateTitle(state)), old.Key, action)
	}
}

// A text names a clause of 27001 with the word for it, or by a number of two parts or three alone.
var clauseName = regexp.MustCompile(`(?i)^\s*(?:(?:ISO(?:/IEC)?\s*)?27001(?::\d{4})?[\s,]*)?(clauses?|requirements?)?\s*(\d{1,2})((?:\.\d{1,2}){0,2})\.?(?:[^\w./]|$)`)

// excludedClause gives the requirement of 27001 that a text names for exclusion, or nothing.
func excludedClause(text string) string {
	m := clauseName.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	n, _ := strconv.Atoi(m[2])
	if n < 4 || n > 10 || m[3] == "" && m[1] == "" {
		return ""
	}
	return m[2] + m[3]
}
