package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// objectivesReport shows the information security objectives and how far they are (ISO/IEC 27001:2022, 6.2).
func objectivesReport(s *Source) (layout.Document, error) {
	return s.register("OBJECTIVES", "Information security objectives", &layout.Table{Name: "Objectives", Caption: "What is to be reached, how it is measured, and where it stands", Rows: stream(s, s.objectiveRow), Columns: []layout.Column{
		{Title: "Objective", Width: 1.5},
		{Title: "What is to be reached", Width: 2.6},
		{Title: "Measure", Width: 3.2},
		{Title: "Baseline", Width: 2},
		{Title: "Target", Width: 2},
		{Title: "Current", Width: 2},
		{Title: "Progress", Width: 1.5},
		{Title: "Due", Width: 1.75},
		{Title: "Owner and resources", Width: 2.4},
		{Title: "Review", Width: 1.75},
	}}), nil
}

func (s *Source) objectiveRow(e kind.Entry[isms.Objective]) layout.Row {
	d := e.Data
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		layout.C(d.Title), layout.C(lines(d.Measure, d.Frequency)), layout.C(d.Baseline), layout.C(d.Target), layout.C(d.Current),
		layout.C(blank(title(d.Progress))), date(d.Due), layout.C(lines(s.role(d.Owner), d.Resources)), s.due(d.Review),
	}}
}
