package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// supplierRegister shows who provides what, what they can reach, and when they were looked at last (ISO/IEC 27002:2022,
// 5.19 to 5.23).
func supplierRegister(s *Source) (layout.Document, error) {
	return s.register("SUPPLIERS", "Supplier register", &layout.Table{Name: "Suppliers", Caption: "Suppliers whose work touches information", Rows: stream(s, s.supplierRow), Columns: []layout.Column{
		{Title: "Supplier", Width: 1.55},
		{Title: "Name and place", Width: 2.1},
		{Title: "Service", Width: 2.9},
		{Title: "Criticality", Width: 1.45},
		{Title: "Data it can reach", Width: 2.4},
		{Title: "Agreement and certificates", Width: 2.6},
		{Title: "Contract until", Width: 1.8},
		{Title: "Last review", Width: 2.8},
		{Title: "Next review", Width: 1.8},
		{Title: "Owner", Width: 1.8},
	}}), nil
}

func (s *Source) supplierRow(e kind.Entry[isms.Supplier]) layout.Row {
	d := e.Data
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		headed(d.Title, d.Location), layout.C(d.Service), layout.C(blank(title(d.Criticality))), layout.C(d.Data),
		layout.C(lines(d.Agreement, d.Certifications)), s.due(d.ContractEnd), layout.C(lines(string(d.Reviewed), d.ReviewResult)), s.due(d.Review),
		layout.C(s.role(d.Owner)),
	}}
}
