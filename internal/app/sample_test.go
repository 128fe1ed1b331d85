package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/examples"
	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// sample gives the sample organisation after its whole story.
func sample(t *testing.T, edition standard.Edition) *house {
	t.Helper()
	library, err := exchange.Library(edition)
	if err != nil {
		t.Fatal(err)
	}
	story, err := examples.Story(edition, newYear.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	f := app.Founding{Name: examples.Name, Edition: isms.Edition(edition), Sample: true}
	for _, n := range library {
		f.Library = append(f.Library, app.Input{Node: n, File: "library"})
	}
	h := found(t, app.Config{Data: t.TempDir()}, f)
	for _, step := range story {
		h.now = step.At
		if _, err := h.Apply(t.Context(), step.Apply); err != nil {
			t.Fatal(err)
		}
		for _, a := range step.Action {
			h.do(a.Person, a.Key, a.Name)
		}
	}
	return h
}

// TestExportMovesFromSQLiteToPostgreSQLUnchanged holds that files carry an organisation whole: what one
// database exports, an empty organisation on the other takes over and exports again to the byte.
func TestExportMovesFromSQLiteToPostgreSQLUnchanged(t *testing.T) {
	for _, edition := range []standard.Edition{standard.Edition2022, standard.Edition2013} {
		t.Run(string(edition), func(t *testing.T) {
			t.Parallel()
			from := sample(t, edition)
			exported := from.yaml()
			to := found(t, app.Config{Data: t.TempDir(), Database: pgtest.Database(t)}, app.Founding{Name: "Empty", Edition: isms.Edition(edition)})
			to.apply(exported)
			if diff := cmp.Diff(strings.Split(exported, "\n"), strings.Split(to.yaml(), "\n")); diff != "" {
				t.Errorf("the export changed on its way:\n%s", diff)
			}
			to.unchangedByItsOwnExport()
			if diff := cmp.Diff(from.bodies(), to.bodies()); diff != "" {
				t.Errorf("files do not carry all that the records hold:\n%s", diff)
			}
			to.leaves()
		})
	}
}

// bodies gives what every record holds, by kind and key, but for the mark that its state came by file.
func (h *house) bodies() map[string]string {
	h.t.Helper()
	bodies := map[string]string{}
	h.view(func(r kind.Reader) error {
		for _, schema := range r.Kinds().Schemas {
			for rec, err := range r.Records(h.t.Context(), schema, kind.Query{Archived: true}) {
				if err != nil {
					return err
				}
				rec.Imported = false
				bodies[schema.Name+" "+rec.Key] = string(kind.Node{Value: rec.Body()}.CanonicalJSON())
			}
		}
		return nil
	})
	return bodies
}
