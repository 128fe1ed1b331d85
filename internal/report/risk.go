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

// risks is what the risk reports read.
type risks struct {
	*Source
	list       []kind.Entry[isms.Risk]
	treatments map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]
	unbound    []kind.Entry[isms.Treatment] // treat no risk
	methods    map[string]kind.Entry[isms.Method]
	assets     map[string]kind.Entry[isms.Asset]
}

func (s *Source) risks() (*risks, error) {
	r := &risks{Source: s, treatments: map[kind.Ref[isms.Risk]][]kind.Entry[isms.Treatment]{}}
	var err error
	if r.list, err = kind.All[isms.Risk](s, s); err != nil {
		return nil, err
	}
	treatments, err := kind.All[isms.Treatment](s, s)
	if err != nil {
		return nil, err
	}
	for _, t := range treatments {
		if len(t.Data.Risks) == 0 {
			r.unbound = append(r.unbound, t)
		}
		for _, key := range t.Data.Risks {
			r.treatments[key] = append(r.treatments[key], t)
		}
	}
	if r.methods, err = kind.ByKey[isms.Method](s, s); err != nil {
		return nil, err
	}
	r.assets, err = kind.ByKey[isms.Asset](s, s)
	return r, err
}

// scale gives the matrix that a risk was assessed with.
func (r *risks) scale(d *isms.Risk) risk.Matrix {
	if m, ok := r.methods[string(d.Method)]; ok {
		return m.Data.Scale()
	}
	return risk.Matrix{}
}

// level gives a cell with the label and colour of a level; without one it is empty.
func (r *risks) level(d *isms.Risk, level *int) layout.Cell {
	if level == nil {
		return layout.Cell{}
	}
	m := r.scale(d)
	return layout.Cell{Text: layout.Plain(m.Label(*level)), Fill: m.Colour(*level)}
}

// point gives an assessment as likelihood and impact: "3 x 4".
func point(a *risk.Assessment) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf("%d x %d", a.Likelihood, a.Worst())
}

func (r *risks) assetNames(keys []kind.Ref[isms.Asset]) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = string(key)
		if a, ok := r.assets[string(key)]; ok {
			names[i] = a.Data.Title
		}
	}
	return strings.Join(names, "\n")
}

// beside gives what the organisation's own register said where no record was found.
func beside(rec *kind.Record, field string) string { return rec.Also[field] }

func riskRegister(s *Source) (layout.Document, error) {
	r, err := s.risks()
	if err != nil {
		return layout.Document{}, err
	}
	rows := func(yield func(layout.Row) bool) {
		for _, e := range r.list {
			if !yield(r.registerRow(e)) {
				return
			}
		}
	}
	return s.document("RISK-REGISTER", "Risk register", layout.Section{Title: "Risks", Landscape: true, Blocks: []layout.Block{
		layout.P(fmt.Sprintf("%d risks, each with the level it has today, how it is treated, and the level that is planned to remain. Points are likelihood x impact.", len(r.list))),
		&layout.Table{Name: "Risks", Rows: rows, Columns: []layout.Column{
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

func (r *risks) registerRow(e kind.Entry[isms.Risk]) layout.Row {
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
		if open := t.State == "planned" || t.State == "in progress"; open && t.Data.Due != "" && t.Data.Due < today {
			overdue++
			late = append(late, layout.Text{{Text: t.Key + "  ", Muted: true}, {Text: t.Data.Title}, {Text: fmt.Sprintf(", due %s, %s", t.Data.Due, r.role(t.Data.Owner)), Muted: true}})
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
		layout.P(fmt.Sprintf("The plan has %d actions: %d done, %d in progress, %d planned, %d cancelled. %d are overdue on %s.",
			total, states["done"], states["in progress"], states["planned"], states["cancelled"], overdue, today)),
		&layout.Table{Name: "Options", Caption: "Open risks by treatment option", Columns: []layout.Column{{Title: "Option", Width: 4}, {Title: "Risks", Align: layout.Right}}, Rows: layout.Slice(optionRows)},
	}
	if len(late) > 0 {
		blocks = append(blocks, layout.Heading{Level: 2, Text: "Overdue"}, layout.List{Items: late})
	}
	return blocks
}

func (r *risks) eachTreatment(yield func(kind.Entry[isms.Treatment])) {
	for _, e := range r.list {
		for _, t := range r.treatments[kind.Ref[isms.Risk](e.Key)] {
			yield(t)
		}
	}
	for _, t := range r.unbound {
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
			if len(actions) == 0 && !yield(layout.Row{Cells: []layout.Cell{{}, {Text: layout.Text{{Text: "No action beyond the controls in place.", Muted: true}}}, layout.C(join(e.Data.Controls)), layout.C(r.role(e.Data.Owner)), {}, {}, {}, {}, {}}}) {
				return
			}
			for _, t := range actions {
				if !yield(r.planRow(t)) {
					return
				}
			}
		}
		for i, t := range r.unbound {
			if i == 0 && !yield(layout.Group("Actions that name no risk")) || !yield(r.planRow(t)) {
				return
			}
		}
	}
	return &layout.Table{Name: "Plan", Rows: rows, Columns: []layout.Column{
		{Title: "Action", Width: 1.3},
		{Title: "What is done", Width: 3.7},
		{Title: "Controls", Width: 1.2},
		{Title: "Owner", Width: 1.7},
		{Title: "Start", Width: 1.5},
		{Title: "Due", Width: 1.5},
		{Title: "Budget", Width: 1.7, Align: layout.Right},
		{Title: "State", Width: 1.4},
		{Title: "Verification and result", Width: 3.4},
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
	return layout.Row{Group: true, Cells: []layout.Cell{{Text: append(text, layout.Span{Text: ", owner " + r.role(d.Owner), Muted: true})}}}
}

func (r *risks) planRow(t kind.Entry[isms.Treatment]) layout.Row {
	d := t.Data
	state := layout.C(t.Schema.StateTitle(t.State))
	if (t.State == "planned" || t.State == "in progress") && d.Due != "" && d.Due < kind.DateOf(r.At) {
		state = layout.Cell{Text: layout.Plain(t.Schema.StateTitle(t.State) + ", overdue"), Fill: "#f8dcda"}
	}
	due := date(d.Due)
	if d.Due == "" {
		due = layout.C(d.Frequency)
	}
	verification := d.Verification
	if d.Result != "" {
		verification = strings.TrimPrefix(verification+"\n"+d.Result, "\n")
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(t.Key)}, layout.C(d.Title), layout.C(join(d.Controls)), layout.C(r.role(d.Owner)), date(d.Start), due, layout.C(string(d.Budget)), state, layout.C(verification),
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
		layout.P(fmt.Sprintf("%d of %d risks are assessed. %d lie above the acceptance criteria today; when the plan is carried out, %d of these will lie within them.",
			assessed, len(r.list), above, treated)),
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
		owner := r.role(e.Data.Owner)
		if owner == "" {
			owner = "without an owner"
		}
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
