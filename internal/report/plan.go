package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

func treatmentPlan(s *Source) (layout.Document, error) {
	r, err := s.risks()
	if err != nil {
		return layout.Document{}, err
	}
	acceptances, err := kind.All[isms.Acceptance](s, s)
	if err != nil {
		return layout.Document{}, err
	}
	return s.document("RTP", "Risk treatment plan",
		layout.Section{Title: "Summary", Blocks: r.planSummary()},
		layout.Section{Title: "Plan", Landscape: true, Blocks: []layout.Block{r.planTable()}},
		layout.Section{Title: "Approval by the risk owners", Landscape: true, Blocks: r.acceptances(acceptances)},
	), nil
}

func (r *risks) planSummary() []layout.Block {
	states := map[string]int{}
	overdue, total := 0, 0
	today := kind.DateOf(r.At)
	seen := map[string]bool{}
	var late []layout.Text
	r.eachTreatment(func(t kind.Entry[isms.Treatment]) {
		if seen[t.Key] {
			return
		}
		seen[t.Key] = true
		states[t.State]++
		total++
		if toBeDone(t) && t.Data.Due != "" && t.Data.Due < today {
			overdue++
			late = append(late, layout.Text{{Text: t.Key + "  ", Muted: true}, {Text: t.Data.Title}, {Text: fmt.Sprintf(", due %s, %s", t.Data.Due, r.owner(t.Data.Owner)), Muted: true}})
		}
	})
	options := map[isms.Option]int{}
	for _, e := range r.list {
		if e.State != "closed" {
			options[e.Data.Option]++
		}
	}
	var optionRows []layout.Row
	for _, v := range isms.Option("").Values() {
		optionRows = append(optionRows, layout.Row{Cells: []layout.Cell{layout.C(v.Title), number(options[isms.Option(v.Name)])}})
	}
	if n := options[""]; n > 0 {
		optionRows = append(optionRows, layout.Row{Cells: []layout.Cell{layout.C("Not decided"), number(n)}})
	}
	blocks := []layout.Block{
		layout.P(fmt.Sprintf("The plan has %s: %d done, %d in progress, %d planned, %d cancelled. %s overdue on %s.",
			Count(total, "action", "actions"), states["done"], states["in progress"], states["planned"], states["cancelled"], Count(overdue, "is", "are"), today)),
		&layout.Table{Name: "Options", Caption: "Open risks by treatment option", Columns: []layout.Column{{Title: "Option", Width: 4}, {Title: "Risks", Align: layout.Right}}, Rows: layout.Slice(optionRows)},
	}
	if len(late) > 0 {
		blocks = append(blocks, layout.Heading{Level: 2, Text: "Overdue"}, layout.List{Items: late})
	}
	return blocks
}

func (r *risks) eachTreatment(yield func(kind.Entry[isms.Treatment])) {
	for _, e := range r.list {
		if e.State == "closed" {
			continue
		}
		for _, t := range r.treatments[kind.Ref[isms.Risk](e.Key)] {
			yield(t)
		}
	}
	for _, t := range slices.Concat(r.unbound, r.left) {
		yield(t)
	}
}

// planTable lists the actions under the risks that they treat; a risk without an action is named as well.
func (r *risks) planTable() *layout.Table {
	rows := func(yield func(layout.Row) bool) {
		for _, e := range r.list {
			actions := r.treatments[kind.Ref[isms.Risk](e.Key)]
			if e.State == "closed" || len(actions) == 0 && e.Data.Option == "retain" {
				continue
			}
			if !yield(r.planGroup(e)) {
				return
			}
			if len(actions) == 0 && !yield(r.planGap(e)) {
				return
			}
			for _, t := range actions {
				if !yield(r.planRow(t)) {
					return
				}
			}
		}
		for _, rest := range []struct {
			heading string
			actions []kind.Entry[isms.Treatment]
		}{{"Actions that name no risk", r.unbound}, {"Actions whose risks are closed or archived", r.left}} {
			for i, t := range rest.actions {
				if i == 0 && !yield(layout.Group(rest.heading)) || !yield(r.planRow(t)) {
					return
				}
			}
		}
	}
	return &layout.Table{Name: "Plan", Rows: rows, Columns: []layout.Column{
		{Title: "Action", Width: 1.45},
		{Title: "What is done", Width: 3.3},
		{Title: "Controls", Width: 1.2},
		{Title: "Owner", Width: 1.7},
		{Title: "Start", Width: 1.7},
		{Title: "Due", Width: 1.7},
		{Title: "Completed", Width: 1.75},
		{Title: "Budget", Width: 1.85, Align: layout.Right},
		{Title: "State", Width: 1.55},
		{Title: "Verification and result", Width: 3.2},
	}}
}

func (r *risks) planGroup(e kind.Entry[isms.Risk]) layout.Row {
	d, m := e.Data, r.scale(e.Data)
	text := layout.Text{{Text: e.Key + "  " + d.Title, Strong: true}, {Text: "   " + title(d.Option), Muted: true}}
	if d.CurrentLevel != nil {
		levels := m.Label(*d.CurrentLevel)
		if d.PlannedLevel != nil {
			levels += " to " + m.Label(*d.PlannedLevel)
		}
		text = append(text, layout.Span{Text: ", " + levels, Muted: true})
	}
	owner := r.owner(d.Owner)
	if d.Owner != "" {
		owner = "owner " + owner
	}
	return layout.Row{Group: true, Cells: []layout.Cell{{Text: append(text, layout.Span{Text: ", " + owner, Muted: true})}}}
}

// planGap stands where a risk has no action.
func (r *risks) planGap(e kind.Entry[isms.Risk]) layout.Row {
	text := "No action beyond the controls in place."
	if e.Data.Option == "" && len(e.Data.Controls) == 0 {
		text = "No treatment has been decided."
	}
	return layout.Row{Cells: []layout.Cell{
		{}, {Text: layout.Text{{Text: text, Muted: true}}}, layout.C(join(e.Data.Controls)), layout.C(r.role(e.Data.Owner)), {}, {}, {}, {}, {}, {},
	}}
}

func (r *risks) planRow(t kind.Entry[isms.Treatment]) layout.Row {
	d := t.Data
	state := layout.C(t.Schema.StateTitle(t.State))
	if toBeDone(t) && d.Due != "" && d.Due < kind.DateOf(r.At) {
		state = layout.Cell{Text: layout.Plain(t.Schema.StateTitle(t.State) + ", overdue"), Fill: alarm}
	}
	due := date(d.Due)
	if d.Due == "" {
		due = layout.C(d.Frequency)
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(t.Key)},
		layout.C(d.Title), layout.C(join(d.Controls)), layout.C(r.role(d.Owner)), date(d.Start), due, date(d.Completed),
		layout.C(string(d.Budget)), state, layout.C(lines(d.Verification, d.Result)),
	}}
}

// acceptances lists the decisions of the risk owners.
func (r *risks) acceptances(list []kind.Entry[isms.Acceptance]) []layout.Block {
	var rows []layout.Row
	for _, a := range list {
		decided := make([]string, len(a.Data.Decided))
		for i, d := range a.Data.Decided {
			decided[i] = fmt.Sprintf("%s %s", d.Risk, d.Residual)
		}
		by := "not approved yet"
		if a.State == "approved" {
			by = r.person(a.Data.Approver)
		}
		if len(decided) == 0 {
			decided = []string{join(a.Data.Risks)}
		}
		rows = append(rows, layout.Row{Cells: []layout.Cell{
			{Text: layout.Bold(a.Key)}, headed(a.Data.Title, a.Data.Reason), layout.C(strings.Join(decided, ", ")), layout.C(by), date(a.Data.Approved), date(a.Data.Review),
		}})
	}
	if len(rows) == 0 {
		return nil
	}
	return []layout.Block{
		layout.P("Each owner approved the plan for these risks and accepted the level that remains. Approvals given on the local command line are recorded without authentication."),
		&layout.Table{Name: "Approvals", Rows: layout.Slice(rows), Columns: []layout.Column{
			{Title: "Decision", Width: 1}, {Title: "What for, and why", Width: 3.5}, {Title: "Risks and residual level", Width: 4}, {Title: "Approved by", Width: 1.8}, {Title: "On", Width: 1.3}, {Title: "Review", Width: 1.3},
		}},
	}
}
