// Package layouttest holds a specimen document with one of everything, on which every writer is tested.
package layouttest

import (
	"fmt"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// Specimen gives a document that has every block, Greek and Czech names, a 400-word cell, a row higher
// than a page's rest, formula-like text, markup characters, a heat map and links.
func Specimen() layout.Document {
	long := strings.TrimSpace(strings.Repeat("The reason stands here in full, word by word, as the owner wrote it. ", 31))
	rows := []layout.Row{layout.Group("5 Organizational controls")}
	for i := 1; i <= 40; i++ {
		text := fmt.Sprintf("Justification %d", i)
		if i == 7 {
			text = long
		}
		rows = append(rows, layout.Row{Cells: []layout.Cell{
			layout.C(fmt.Sprintf("A.5.%d", i)), layout.C("Řízení přístupu, Ελένη Παπαδοπούλου"), layout.C(text),
			{Text: layout.Plain("12"), Value: 12},
			{Text: layout.Plain("2026-01-31"), Value: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)},
		}})
	}
	rows = append(rows, layout.Row{Cells: []layout.Cell{
		layout.C("=1+1"), layout.C("@SUM(A1)"), layout.C("<script>alert(1)</script> & | ` * _ #"), layout.C("-1"), layout.C("+49 40 1234"),
	}})
	return layout.Document{
		Title: "Statement of Applicability", Subtitle: "ISO/IEC 27001:2022", Language: "en-GB",
		Control: layout.Control{
			Organisation: "Žluťoučký kůň s.r.o.", ID: "SOA-0001", Version: "1", Status: "approved", Owner: "Information security officer",
			Approver: "Ελένη Παπαδοπούλου", Date: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Classification: "Internal",
			Notes: []string{"Approved on the local command line, without authentication."},
		},
		Sections: []layout.Section{
			{Title: "Summary", Blocks: []layout.Block{
				layout.Paragraph{Text: layout.Text{{Text: "Plain, "}, {Text: "strong", Strong: true}, {Text: ", "}, {Text: "emphasis", Emph: true}, {Text: ", "}, {Text: "muted", Muted: true}, {Text: " and a "}, {Text: "link", Link: "https://example.org/"}, {Text: "."}}},
				layout.Heading{Level: 2, Text: "Lists"},
				layout.List{Items: []layout.Text{layout.Plain("A first point that is long enough to need a second line on a page, so that its hanging indent can be seen by whoever looks at the picture."), layout.Plain("A second point.")}},
				layout.List{Ordered: true, Items: []layout.Text{layout.Plain("One."), layout.Plain("Two.")}},
				layout.Heading{Level: 3, Text: "Heat map"},
				&layout.Table{
					Name: "Heat map", Caption: "Risks by likelihood and impact", Grid: true,
					Columns: []layout.Column{{Title: "Likelihood", Width: 2}, {Title: "Low", Align: layout.Centre}, {Title: "High", Align: layout.Centre}},
					Rows: layout.Slice([]layout.Row{
						{Cells: []layout.Cell{layout.C("Likely"), {Text: layout.Bold("3"), Fill: "#f2c14e", Value: 3}, {Text: layout.Bold("8"), Fill: "#b3261e", Value: 8}}},
						{Cells: []layout.Cell{layout.C("Rare"), {Text: layout.Bold("5"), Fill: "#3c8d5a", Value: 5}, {Text: layout.Plain(""), Fill: "#f2c14e"}}},
					}),
				},
			}},
			{Title: "Controls", Landscape: true, Blocks: []layout.Block{
				&layout.Table{
					Name: "Controls", Caption: "All controls", Rows: layout.Slice(rows),
					Columns: []layout.Column{{Title: "Control", Width: 1}, {Title: "Title", Width: 3}, {Title: "Justification", Width: 6}, {Title: "Risks", Width: 1, Align: layout.Right}, {Title: "Date", Width: 1.5}},
				},
			}},
		},
	}
}
