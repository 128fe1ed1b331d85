package app

import (
	"sync"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/rule"
)

// rules is made when the first expression is met: most commands have none.
var rules = sync.OnceValues(func() (*rule.Environment, error) { return rule.NewEnvironment(isms.Kinds) })

// Filter reads a condition for a list of records, in CEL (package rule). today is the day that the list shows.
func (d *Door) Filter(s *kind.Schema, condition string, today kind.Date) (kind.Filter, error) {
	env, err := rules()
	if err != nil {
		return nil, err
	}
	return env.Filter(s, condition, today)
}
