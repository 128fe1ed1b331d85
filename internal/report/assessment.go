package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/risk"
)

func riskAssessment(s *Source) (layout.Document, error) {
	r, err := s.risks()
	if err != nil {
		return layout.Document{}, err
	}
	sections := []layout.Section{{Title: "Result", Blocks: r.result()}}
	for _, key := range r.usedMethods() {
		sections = append(sections, r.heatMaps(r.methods[key]))
	}
	sections = append(sections, layout.Section{Title: "Risks by level", Landscape: true, Blocks: r.byLevel()})
	return s.document("RISK-ASSESSMENT", "Risk assessment report", sections...), nil
}

// usedMethods gives the methods that risks were assessed with, the newest first.
func (r *risks) usedMethods() []string {
	var keys []string
	for _, e := range r.list {
		if key := string(e.Data.Method); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(r.methods[b].Data.Version, r.methods[a].Data.Version) })
	return keys
}

func (r *risks) result() []layout.Block {
	assessed, above, treated := 0, 0, 0
	for _, e := range r.list {
		d := e.Data
		if e.State == "closed" || d.CurrentLevel == nil {
			continue
		}
		assessed++
		if *d.CurrentLevel > r.scale(d).Acceptable {
			above++
			if d.PlannedLevel != nil && *d.PlannedLevel <= r.scale(d).Acceptable {
				treated++
			}
		}
	}
	blocks := []layout.Block{
		layout.P(fmt.Sprintf("Of %s, %s assessed. %s above the acceptance criteria today, of which %d will lie within them when the plan is carried out.",
			Count(len(r.list), "risk", "risks"), Count(assessed, "is", "are"), Count(above, "lies", "lie"), treated)),
		layout.Heading{Level: 2, Text: "How many risks at each level"},
	}
	for _, key := range r.usedMethods() {
		blocks = append(blocks, r.distribution(r.methods[key]))
	}
	return append(blocks, layout.Heading{Level: 2, Text: "By owner"}, r.byOwner())
}

func (r *risks) distribution(m kind.Entry[isms.Method]) *layout.Table {
	scale := m.Data.Scale()
	count := func(level int, of func(*isms.Risk) *int) layout.Cell {
		n := 0
		for _, e := range r.list {
			if l := of(e.Data); e.State != "closed" && string(e.Data.Method) == m.Key && l != nil && *l == level {
				n++
			}
		}
		return number(n)
	}
	var rows []layout.Row
	for level := len(scale.Levels); level >= 1; level-- {
		rows = append(rows, layout.Row{Cells: []layout.Cell{
			{Text: layout.Plain(scale.Label(level)), Fill: scale.Colour(level)},
			count(level, func(d *isms.Risk) *int { return d.InherentLevel }),
			count(level, func(d *isms.Risk) *int { return d.CurrentLevel }),
			count(level, (*isms.Risk).Residual),
			layout.C(scale.Levels[level-1].Description),
		}})
	}
	return &layout.Table{Name: "Levels " + m.Key, Caption: fmt.Sprintf("Open and accepted risks by level (%s, version %d)", m.Key, m.Data.Version), Rows: layout.Slice(rows), Columns: []layout.Column{
		{Title: "Level", Width: 1.4}, {Title: "Inherent", Align: layout.Right}, {Title: "Current", Align: layout.Right}, {Title: "After the plan", Align: layout.Right, Width: 1.3}, {Title: "What it means", Width: 4},
	}}
}

func (r *risks) byOwner() *layout.Table {
	type count struct{ all, above int }
	counts := map[string]*count{}
	var owners []string
	for _, e := range r.list {
		if e.State == "closed" {
			continue
		}
		owner := r.owner(e.Data.Owner)
		if counts[owner] == nil {
			counts[owner] = &count{}
			owners = append(owners, owner)
		}
		counts[owner].all++
		if l := e.Data.CurrentLevel; l != nil && *l > r.scale(e.Data).Acceptable {
			counts[owner].above++
		}
	}
	slices.Sort(owners)
	rows := make([]layout.Row, len(owners))
	for i, o := range owners {
		rows[i] = layout.Row{Cells: []layout.Cell{layout.C(o), number(counts[o].all), number(counts[o].above)}}
	}
	return &layout.Table{Name: "Owners", Rows: layout.Slice(rows), Columns: []layout.Column{{Title: "Risk owner", Width: 4}, {Title: "Risks", Align: layout.Right}, {Title: "Above the criteria", Align: layout.Right, Width: 1.6}}}
}

func (r *risks) heatMaps(m kind.Entry[isms.Method]) layout.Section {
	section := layout.Section{Title: "Heat maps", Landscape: true}
	if len(r.usedMethods()) > 1 {
		section.Title += " " + m.Key
	}
	section.Blocks = append(section.Blocks,
		r.heatMap("Today", m, func(d *isms.Risk) *risk.Assessment { return d.Current }),
		r.heatMap("After the plan", m, func(d *isms.Risk) *risk.Assessment {
			if d.Planned != nil {
				return d.Planned
			}
			return d.Current
		}))
	return section
}

// heatMap counts the risks in each cell of the matrix.
func (r *risks) heatMap(name string, m kind.Entry[isms.Method], of func(*isms.Risk) *risk.Assessment) *layout.Table {
	counts := map[[2]int]int{}
	for _, e := range r.list {
		if a := of(e.Data); a != nil && e.State != "closed" && string(e.Data.Method) == m.Key {
			counts[[2]int{a.Likelihood, a.Worst()}]++
		}
	}
	return matrixTable(name, m.Data.Scale(), func(likelihood, impact int) layout.Cell {
		if n := counts[[2]int{likelihood, impact}]; n > 0 {
			return layout.Cell{Text: layout.Bold(fmt.Sprint(n)), Value: n}
		}
		return layout.Cell{}
	})
}

// matrixTable draws a matrix, the highest likelihood on top; cell gives what stands in it.
func matrixTable(name string, m risk.Matrix, cell func(likelihood, impact int) layout.Cell) *layout.Table {
	columns := []layout.Column{{Title: name, Width: 1.6}}
	for i, l := range m.Impact {
		columns = append(columns, layout.Column{Title: fmt.Sprintf("%d %s", i+1, l.Label), Align: layout.Centre})
	}
	var rows []layout.Row
	for likelihood := len(m.Likelihood); likelihood >= 1; likelihood-- {
		row := layout.Row{Cells: []layout.Cell{layout.C(fmt.Sprintf("%d %s", likelihood, m.Likelihood[likelihood-1].Label))}}
		for impact := 1; impact <= len(m.Impact); impact++ {
			c := cell(likelihood, impact)
			c.Fill = m.Colour(m.Cell(likelihood, impact))
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return &layout.Table{Name: name, Caption: name + ": likelihood upwards, impact to the right", Grid: true, Columns: columns, Rows: layout.Slice(rows)}
}

// byLevel lists the assessed risks, the highest first.
func (r *risks) byLevel() []layout.Block {
	list := slices.Clone(r.list)
	list = slices.DeleteFunc(list, func(e kind.Entry[isms.Risk]) bool { return e.Data.CurrentLevel == nil || e.State == "closed" })
	slices.SortStableFunc(list, func(a, b kind.Entry[isms.Risk]) int {
		return cmp.Or(cmp.Compare(*b.Data.CurrentLevel, *a.Data.CurrentLevel), cmp.Compare(b.Data.Current.Worst(), a.Data.Current.Worst()))
	})
	var rows []layout.Row
	for _, e := range list {
		d := e.Data
		rows = append(rows, layout.Row{Cells: []layout.Cell{
			{Text: layout.Bold(e.Key)}, headed(d.Title, d.Scenario), layout.C(r.role(d.Owner)), layout.C(impacts(d.Current)), r.level(d, d.CurrentLevel), layout.C(title(d.Option)), r.level(d, d.PlannedLevel),
		}})
	}
	if len(rows) == 0 {
		return nil
	}
	return []layout.Block{&layout.Table{Name: "By level", Rows: layout.Slice(rows), Columns: []layout.Column{
		{Title: "Risk", Width: 1}, {Title: "What may happen", Width: 5}, {Title: "Owner", Width: 1.5}, {Title: "Judgement", Width: 1.6}, {Title: "Current", Width: 0.9}, {Title: "Option", Width: 0.9}, {Title: "Planned", Width: 0.9},
	}}}
}

func impacts(a *risk.Assessment) string {
	parts := []string{fmt.Sprintf("Likelihood %d", a.Likelihood)}
	for _, i := range a.Impacts {
		parts = append(parts, fmt.Sprintf("%s %d", i.Criterion, i.Level))
	}
	return strings.Join(parts, "\n")
}
