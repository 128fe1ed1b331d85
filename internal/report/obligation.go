package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// obligationRegister shows what law, contracts and standards demand, and whether it is met (ISO/IEC 27002:2022, 5.31).
func obligationRegister(s *Source) (layout.Document, error) {
	return s.register("OBLIGATIONS", "Register of obligations", &layout.Table{Name: "Obligations", Caption: "Duties by law, contract and standard", Rows: stream(s, s.obligationRow), Columns: []layout.Column{
		{Title: "Duty", Width: 1.5},
		{Title: "What is demanded", Width: 2.6},
		{Title: "Source", Width: 2.2},
		{Title: "Nature", Width: 1.55},
		{Title: "Applies to", Width: 2.4},
		{Title: "Evidence", Width: 2.4},
		{Title: "Controls", Width: 1.3},
		{Title: "Compliance", Width: 1.4},
		{Title: "Owner", Width: 1.7},
		{Title: "Review", Width: 1.75},
	}}), nil
}

func (s *Source) obligationRow(e kind.Entry[isms.Obligation]) layout.Row {
	d := e.Data
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		layout.C(d.Title), layout.C(joined(", ", d.Source, d.Section)), layout.C(blank(title(d.Nature))), layout.C(d.Applies),
		layout.C(d.Evidence), layout.C(join(d.Controls)), layout.C(blank(title(d.Compliance))), layout.C(s.role(d.Owner)), s.due(d.Review),
	}}
}
