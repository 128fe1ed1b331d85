package isms

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

var draftApproved = []kind.State{{Name: "draft", Title: "Draft"}, {Name: "approved", Title: "Approved"}}

// actorNeeded refuses an approval by nobody.
func actorNeeded(c *kind.Context) error {
	if c.Actor == "" {
		return fault.New(fault.Forbidden, "an approval names a person: say who with --as PER-0001")
	}
	return nil
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

func pathOf(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }

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
