package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stele-isms/stele/examples"
	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/report"
	"github.com/stele-isms/stele/internal/standard"
)

// demoVerb makes the sample organisation, in a new temporary folder unless --data names one.
type demoVerb struct {
	Edition string `enum:"${editions}" default:"2022" help:"Edition of ISO/IEC 27001: ${enum}."`
	NoServe bool   `help:"Write the documents and end; until there are pages to serve, that is all the demo does."`
}

// Run makes the organisation, lives its story, and writes its documents.
func (v *demoVerb) Run(s *session) error {
	folder := s.data
	if folder == "" {
		var err error
		if folder, err = os.MkdirTemp("", "stele-demo-"); err != nil {
			return err
		}
	}
	now := s.Now()
	clock := now
	config := app.Config{Data: folder, Database: s.config.Database, Now: func() time.Time { return clock }}
	story, err := examples.Story(standard.Edition(v.Edition), now)
	if err != nil {
		return err
	}
	clock = story[0].At
	a, d, err := found(s, config, app.Founding{Name: examples.Name, Edition: isms.Edition(v.Edition), Sample: true})
	if err != nil {
		return err
	}
	err = tell(s, d, story, &clock)
	if err == nil {
		clock = now
		err = writeDocuments(s, d, folder, now)
	}
	return errors.Join(err, a.Close())
}

// tell lives the sample's story, each step on its day.
func tell(s *session, d *app.Door, story []examples.Step, clock *time.Time) error {
	for _, step := range story {
		*clock = step.At
		if len(step.Apply) > 0 {
			if _, err := d.Apply(s, step.Apply); err != nil {
				return err
			}
		}
		for _, a := range step.Action {
			if _, err := d.As(a.Person).Do(s, a.Key, a.Name, kind.Node{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeDocuments writes the statement and the reports of the sample, as people want to see them first.
func writeDocuments(s *session, d *app.Door, folder string, now time.Time) error {
	documents := filepath.Join(folder, "documents")
	if err := os.MkdirAll(documents, 0o750); err != nil {
		return err
	}
	err := d.View(s, time.Time{}, func(r kind.Reader) error {
		src, err := report.NewSource(s, r, now)
		if err != nil {
			return err
		}
		st, err := src.Current()
		if err != nil {
			return err
		}
		for _, format := range report.Formats {
			if err := (documentFlags{File: filepath.Join(documents, "statement-of-applicability."+format)}).write(s, format, src.SoA(st)); err != nil {
				return err
			}
		}
		for _, rep := range report.Reports {
			doc, err := rep.Build(src)
			if err != nil {
				return err
			}
			for _, format := range []string{"html", "pdf", "docx", "xlsx"} {
				if err := (documentFlags{File: filepath.Join(documents, rep.Name+"."+format)}).write(s, format, doc); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "The sample organisation %s is ready.\n\n  Statement of Applicability  %s\n  Risk treatment plan         %s\n  All documents               %s\n\nLook further with:\n  stele --data %s get risk\n  stele --data %s verify\n",
		examples.Name, filepath.Join(documents, "statement-of-applicability.pdf"), filepath.Join(documents, "risk-treatment-plan.pdf"), documents, folder, folder)
	return nil
}
