package report

import "github.com/stele-isms/stele/internal/isms"

// Difference is how one control differs between two statements.
type Difference struct {
	Number string `json:"number"`
	Title  string `json:"title"`
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Compare gives the differences between two statements, in the order of the later one.
func Compare(before, after *Statement) []Difference {
	var list []Difference
	old := map[string]isms.Row{}
	for _, r := range before.Rows {
		old[r.Number] = r
	}
	for _, r := range after.Rows {
		was := old[r.Number]
		delete(old, r.Number)
		for _, f := range []struct{ name, before, after string }{
			{"applicable", string(was.Applicability), string(r.Applicability)},
			{"reasons", reasons(was), reasons(r)},
			{"justification", justification(was), justification(r)},
			{"status", string(was.Status), string(r.Status)},
			{"owner", was.Owner, r.Owner},
			{"implementation", was.Implementation, r.Implementation},
			{"evidence", was.Evidence, r.Evidence},
		} {
			if f.before != f.after {
				list = append(list, Difference{r.Number, r.Title, f.name, f.before, f.after})
			}
		}
	}
	for _, r := range before.Rows {
		if _, gone := old[r.Number]; gone {
			list = append(list, Difference{r.Number, r.Title, "control", "in the statement", ""})
		}
	}
	return list
}
