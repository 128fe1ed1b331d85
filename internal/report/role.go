package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// rolesAndResponsibilities shows who answers for what (ISO/IEC 27001:2022, 5.3). A role that nobody holds stands out.
func rolesAndResponsibilities(s *Source) (layout.Document, error) {
	return s.register("ROLES", "Roles and responsibilities", &layout.Table{Name: "Roles", Caption: "Roles with those who hold them", Rows: stream(s, s.roleRow), Columns: []layout.Column{
		{Title: "Role", Width: 1.2},
		{Title: "Title", Width: 2.2},
		{Title: "Held by", Width: 2},
		{Title: "Deputies", Width: 2},
		{Title: "Reports to", Width: 1.8},
		{Title: "Responsibilities", Width: 5},
	}}), nil
}

func (s *Source) roleRow(e kind.Entry[isms.Role]) layout.Row {
	d := e.Data
	holders := layout.C(s.persons(d.Holders))
	if len(d.Holders) == 0 {
		holders = layout.Cell{Text: layout.Plain("nobody"), Fill: alarm}
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)}, layout.C(d.Title), holders, layout.C(s.persons(d.Deputies)), layout.C(s.role(d.ReportsTo)), layout.C(d.Responsibilities),
	}}
}

func (s *Source) persons(keys []kind.Ref[isms.Person]) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = s.person(key)
	}
	return lines(names...)
}
