package report

import (
	"fmt"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/risk"
)

// riskMethodology gives the method in force, or the newest draft where none is approved
// (ISO/IEC 27001:2022, 6.1.2 and 6.1.3).
func riskMethodology(s *Source) (layout.Document, error) {
	methods, err := kind.All[isms.Method](s, s)
	if err != nil {
		return layout.Document{}, err
	}
	if len(methods) == 0 {
		return layout.Document{}, fault.New(fault.NotFound, "there is no risk method yet")
	}
	m := methods[len(methods)-1]
	for _, candidate := range methods {
		if candidate.State == "approved" {
			m = candidate
		}
	}
	scale := m.Data.Scale()
	doc := s.document(m.Key, m.Data.Title,
		layout.Section{Title: "How risk is assessed", Blocks: []layout.Block{
			layout.P(m.Data.Approach),
			layout.Heading{Level: 2, Text: "Likelihood"},
			levelTable("Likelihood", scale.Likelihood),
			layout.Heading{Level: 2, Text: "Impact"},
			levelTable("Impact", scale.Impact),
			layout.P("Impact is judged by each criterion that applies; the highest one counts."),
		}},
		layout.Section{Title: "Impact criteria", Landscape: true, Blocks: []layout.Block{criteriaTable(scale)}},
		layout.Section{Title: "Level of risk and acceptance", Blocks: []layout.Block{
			matrixTable("Matrix", scale, func(likelihood, impact int) layout.Cell { return layout.C(scale.Label(scale.Cell(likelihood, impact))) }),
			layout.Heading{Level: 2, Text: "Risk acceptance criteria"},
			layout.P(m.Data.Acceptance),
			levelTable("Levels of risk", scale.Levels),
			layout.Heading{Level: 2, Text: "Treatment"},
			layout.P(m.Data.Treatment),
		}},
	)
	doc.Control.Version, doc.Control.Status = fmt.Sprint(m.Data.Version), m.State
	if m.State != "draft" {
		doc.Control.Date, doc.Control.Approver = m.Data.Approved.Time(), s.person(m.Data.Approver)
	}
	return doc, nil
}

func levelTable(name string, levels []risk.Level) *layout.Table {
	rows := make([]layout.Row, len(levels))
	for i, l := range levels {
		rows[i] = layout.Row{Cells: []layout.Cell{number(i + 1), {Text: layout.Plain(l.Label), Fill: layout.Colour(l.Colour)}, layout.C(l.Description)}}
	}
	return &layout.Table{Name: name, Rows: layout.Slice(rows), Columns: []layout.Column{{Title: "Level", Width: 0.6, Align: layout.Right}, {Title: "Name", Width: 1.6}, {Title: "Meaning", Width: 5}}}
}

func criteriaTable(m risk.Matrix) *layout.Table {
	columns := []layout.Column{{Title: "Criterion", Width: 1.2}}
	for i, l := range m.Impact {
		columns = append(columns, layout.Column{Title: fmt.Sprintf("%d %s", i+1, l.Label), Width: 1.6})
	}
	var rows []layout.Row
	for _, c := range m.Criteria {
		row := layout.Row{Cells: []layout.Cell{{Text: layout.Bold(c.Name)}}}
		for i := range m.Impact {
			text := ""
			if i < len(c.Levels) {
				text = c.Levels[i]
			}
			row.Cells = append(row.Cells, layout.C(text))
		}
		rows = append(rows, row)
	}
	return &layout.Table{Name: "Criteria", Caption: "What each level of impact means", Columns: columns, Rows: layout.Slice(rows)}
}
