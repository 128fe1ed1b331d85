package isms

import (
	"fmt"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

func pathOf(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }

// distinct notes the items of a list whose name another one before them has; one without a name is passed
// over. path is that of an item, as in "criteria[%d].name".
func distinct[T any](errs *fault.Collector, path string, items []T, name func(T) string) {
	seen := map[string]bool{}
	for i, item := range items {
		text := name(item)
		id := strings.ToLower(strings.TrimSpace(text))
		if id != "" && seen[id] {
			errs.Addf(fmt.Sprintf(path, i), "%s stands here twice", text)
		}
		seen[id] = true
	}
}

// notNegative notes a count below none.
func notNegative(errs *fault.Collector, path string, n *int) {
	if n != nil && *n < 0 {
		errs.Addf(path, "%d is less than none", *n)
	}
}

// notBefore notes an end that lies before its start, where both are known.
func notBefore(errs *fault.Collector, path string, end, start kind.Date) {
	if end != "" && end < start {
		errs.Addf(path, "%s lies before the start on %s", end, start)
	}
}
