package app

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/rule"
)

// Filter reads a condition for a list of records, in CEL (package rule). today is the day that the list shows.
func (d *Door) Filter(s *kind.Schema, condition string, today kind.Date) (kind.Filter, error) {
	env, err := rule.Of(isms.Kinds)
	if err != nil {
		return nil, err
	}
	return env.Filter(s, condition, today)
}
