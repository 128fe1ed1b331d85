package cli

import (
	"fmt"

	"github.com/stele-isms/stele/internal/app"
)

// doctorVerb examines the installation.
type doctorVerb struct{}

// Run prints what was looked at, and ends with 3 when something is wrong.
func (v *doctorVerb) Run(s *session) error {
	sick := false
	for _, c := range app.Diagnose(s, s.config) {
		if c.Trouble == nil {
			fmt.Fprintf(s.Stdout, "ok       %s\n", c.Name)
			continue
		}
		sick = true
		fmt.Fprintf(s.Stdout, "TROUBLE  %s: %v\n", c.Name, c.Trouble)
	}
	if sick {
		return errFindings
	}
	return nil
}
