package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

func riskRegister(s *Source) (layout.Document, error) {
	r, err := s.ratings()
	if err != nil {
		return layout.Document{}, err
	}
	return s.document("RISK-REGISTER", "Risk register", layout.Section{Title: "Risks", Landscape: true, Blocks: []layout.Block{
		layout.P("Each risk with its level of today, its treatment, and the level that is planned to remain. Points are likelihood x impact."),
		&layout.Table{Name: "Risks", Rows: stream(s, r.registerRow), Columns: []layout.Column{
			{Title: "Risk", Width: 1.75},
			{Title: "Title", Width: 2.3},
			{Title: "Scenario", Width: 4.1},
			{Title: "Assets", Width: 2},
			{Title: "Owner", Width: 1.7},
			{Title: "Inherent", Width: 1.25},
			{Title: "Point", Width: 0.9},
			{Title: "Current", Width: 1.2},
			{Title: "Option", Width: 1.1},
			{Title: "Controls", Width: 1.3},
			{Title: "Planned", Width: 1.2},
			{Title: "State", Width: 1.5},
			{Title: "Review", Width: 1.85},
		}},
	}}), nil
}

func (r *ratings) registerRow(e kind.Entry[isms.Risk]) layout.Row {
	d := e.Data
	assets := r.assetNames(d.Assets)
	if assets == "" {
		assets = beside(e.Record, "assets")
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		layout.C(d.Title), layout.C(d.Scenario), layout.C(assets), layout.C(r.role(d.Owner)),
		r.level(d, d.InherentLevel), layout.C(point(d.Current)), r.level(d, d.CurrentLevel), layout.C(title(d.Option)), layout.C(join(d.Controls)),
		r.level(d, d.PlannedLevel), layout.C(e.Schema.StateTitle(e.State)), date(d.Review),
	}}
}
