package report

import (
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// contextAndParties shows what the management system has to reckon with (ISO/IEC 27001:2022, 4.1 to 4.3): issues,
// climate change among them, interested parties with their requirements, and the scope that follows.
func contextAndParties(s *Source) (layout.Document, error) {
	parties, err := s.parties()
	if err != nil {
		return layout.Document{}, err
	}
	scope, err := s.scope()
	if err != nil {
		return layout.Document{}, err
	}
	return s.document("CONTEXT", "Context and interested parties",
		layout.Section{Title: "Scope", Blocks: scope},
		layout.Section{Title: "Issues", Landscape: true, Blocks: []layout.Block{&layout.Table{
			Name: "Issues", Caption: "What helps or hinders information security here", Rows: stream(s, s.issueRow), Columns: []layout.Column{
				{Title: "Issue", Width: 1.3},
				{Title: "Title", Width: 2.2},
				{Title: "Origin", Width: 1},
				{Title: "Climate", Width: 0.9},
				{Title: "Description", Width: 3.2},
				{Title: "What it means here", Width: 3.2},
				{Title: "Response", Width: 2.4},
				{Title: "Owner", Width: 1.5},
				{Title: "Review", Width: 1.6},
			},
		}}},
		layout.Section{Title: "Interested parties", Landscape: true, Blocks: []layout.Block{parties}},
	), nil
}

func (s *Source) issueRow(e kind.Entry[isms.Issue]) layout.Row {
	d := e.Data
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		layout.C(d.Title), layout.C(title(d.Origin)), ticked[d.Climate], layout.C(d.Description), layout.C(d.Effect),
		layout.C(d.Response), layout.C(s.role(d.Owner)), s.due(d.Review),
	}}
}

// parties lists the requirements under those who have them. A party without any is named as well.
func (s *Source) parties() (*layout.Table, error) {
	parties, err := kind.All[isms.Party](s, s)
	if err != nil {
		return nil, err
	}
	requirements, err := kind.All[isms.Requirement](s, s)
	if err != nil {
		return nil, err
	}
	of := map[kind.Ref[isms.Party]][]kind.Entry[isms.Requirement]{}
	for _, r := range requirements {
		of[r.Data.Party] = append(of[r.Data.Party], r)
	}
	var rows []layout.Row
	for _, p := range parties {
		head := layout.Text{{Text: p.Key + "  " + p.Data.Title, Strong: true}}
		if about := joined(", ", title(p.Data.Category), p.Data.Interest, p.Data.Channel); about != "" {
			head = append(head, layout.Span{Text: "   " + about, Muted: true})
		}
		rows = append(rows, layout.Row{Group: true, Cells: []layout.Cell{{Text: head}}})
		for _, r := range of[kind.Ref[isms.Party](p.Key)] {
			rows = append(rows, s.requirementRow(r))
		}
		if len(of[kind.Ref[isms.Party](p.Key)]) == 0 {
			rows = append(rows, layout.Row{Cells: []layout.Cell{{}, {Text: layout.Text{{Text: "No requirement is on record.", Muted: true}}}, {}, {}, {}, {}, {}}})
		}
	}
	return &layout.Table{Name: "Parties", Caption: "Who expects what, and how it is met", Rows: layout.Slice(rows), Columns: []layout.Column{
		{Title: "Requirement", Width: 1.6},
		{Title: "What is expected", Width: 3.2},
		{Title: "Source", Width: 1.8},
		{Title: "How it is met", Width: 3.2},
		{Title: "Controls", Width: 1.3},
		{Title: "Met", Width: 1},
		{Title: "Owner", Width: 1.5},
	}}, nil
}

func (s *Source) requirementRow(e kind.Entry[isms.Requirement]) layout.Row {
	d := e.Data
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(e.Key)},
		headed(d.Title, d.Need), layout.C(d.Source), layout.C(d.Answer), layout.C(join(d.Controls)),
		layout.C(blank(title(d.Met))), layout.C(s.role(d.Owner)),
	}}
}

// scope gives the approved scope, or the draft where none is approved yet.
func (s *Source) scope() ([]layout.Block, error) {
	scopes, err := kind.All[isms.Scope](s, s)
	if err != nil {
		return nil, err
	}
	var blocks []layout.Block
	for _, e := range scopes {
		d := e.Data
		standing := "Draft, not approved yet."
		if e.State == "approved" {
			standing = "Approved by " + s.person(d.Approver) + " on " + string(d.Approved) + "."
		}
		blocks = append(blocks, layout.Heading{Level: 2, Text: d.Title}, layout.P(d.Statement), layout.Paragraph{Text: layout.Text{{Text: standing, Muted: true}}})
		if d.Boundaries != "" {
			blocks = append(blocks, layout.Heading{Level: 3, Text: "Boundaries"}, layout.P(d.Boundaries))
		}
		var interfaces, exclusions []layout.Text
		for _, i := range d.Interfaces {
			interfaces = append(interfaces, named(i.With, i.Exchange))
		}
		for _, x := range d.Exclusions {
			exclusions = append(exclusions, named(x.What, x.Why))
		}
		blocks = append(blocks, listed("Interfaces", interfaces)...)
		blocks = append(blocks, listed("Left out", exclusions)...)
	}
	return blocks, nil
}

func named(name, text string) layout.Text {
	return layout.Text{{Text: name + ". ", Strong: true}, {Text: text}}
}

func listed(heading string, items []layout.Text) []layout.Block {
	if len(items) == 0 {
		return nil
	}
	return []layout.Block{layout.Heading{Level: 3, Text: heading}, layout.List{Items: items}}
}
