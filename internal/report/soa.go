package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/standard"
)

// Statement is a Statement of Applicability in one state: a frozen version, or the controls as they are.
type Statement struct {
	Version string // "2", or "draft after 2"
	Entry   *kind.Entry[isms.Statement]
	Edition isms.Edition
	Rows    []isms.Row
}

// Current gives the Statement of Applicability as the controls are. Where nothing has changed since the
// last approval, that is the approved version.
func (s *Source) Current() (*Statement, error) {
	rows, err := isms.Rows(s, s)
	if err != nil {
		return nil, err
	}
	versions, err := kind.All[isms.Statement](s, s)
	if err != nil {
		return nil, err
	}
	st := &Statement{Version: "draft", Edition: s.Organisation.Data.Edition, Rows: rows}
	for _, v := range versions {
		if v.State == "approved" && v.Data.Digest == isms.Digest(rows) {
			return frozen(v), nil
		}
		if v.State == "approved" {
			st.Version = fmt.Sprintf("draft after %d", v.Data.Version)
		}
	}
	return st, nil
}

// Version gives an approved version as it was frozen.
func (s *Source) Version(n int) (*Statement, error) {
	versions, err := kind.All[isms.Statement](s, s)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if v.Data.Version == n && v.State != "draft" {
			return frozen(v), nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no approved version %d of the Statement of Applicability", n)
}

func frozen(v kind.Entry[isms.Statement]) *Statement {
	return &Statement{Version: fmt.Sprint(v.Data.Version), Entry: &v, Edition: v.Data.Edition, Rows: v.Data.Rows}
}

// SoA gives the document of a Statement of Applicability (ISO/IEC 27001:2022, 6.1.3 d).
func (s *Source) SoA(st *Statement) layout.Document {
	annex, additional := st.split()
	doc := s.document("SOA", "Statement of Applicability",
		layout.Section{Title: "Summary", Blocks: s.summary(st, annex, additional)},
		layout.Section{Title: "Controls of Annex A", Landscape: true, Blocks: []layout.Block{
			soaTable("Annex A", "Every control of Annex A, whether it applies, why, and how far it is implemented.", st.grouped(annex)),
		}},
	)
	if len(additional) > 0 {
		doc.Sections = append(doc.Sections, layout.Section{Title: "Additional controls", Landscape: true, Blocks: []layout.Block{
			soaTable("Additional", "Controls that the organisation added to those of Annex A.", plainRows(additional)),
		}})
	}
	doc.Control.Version = st.Version
	doc.Control.Status = "draft"
	if st.Entry != nil {
		s.stamp(&doc.Control, *st.Entry)
	}
	return doc
}

// stamp fills the control block of an approved version.
func (s *Source) stamp(c *layout.Control, v kind.Entry[isms.Statement]) {
	c.ID, c.Status, c.Date = v.Key, v.State, v.Data.Approved.Time()
	c.Approver = s.person(v.Data.Approver)
	if v.Data.Owner != "" {
		c.Owner = s.role(v.Data.Owner)
	}
	if v.Data.Classification != "" {
		c.Classification = title(v.Data.Classification)
	}
	if v.Data.Method != "" {
		c.Notes = append(c.Notes, "Approval recorded on the "+v.Data.Method+".")
	}
	if v.Imported {
		c.Notes = append(c.Notes, "The approval came by file; nobody has confirmed it here.")
	}
	if v.Data.Note != "" {
		c.Notes = append(c.Notes, v.Data.Note)
	}
	c.Notes = append(c.Notes, "SHA-256 of the approved rows: "+v.Data.Digest)
}

func (st *Statement) split() (annex, additional []isms.Row) {
	for _, r := range st.Rows {
		if r.Source == "additional" {
			additional = append(additional, r)
		} else {
			annex = append(annex, r)
		}
	}
	return annex, additional
}

func (s *Source) summary(st *Statement, annex, additional []isms.Row) []layout.Block {
	var excluded []layout.Text
	for _, r := range st.Rows {
		if r.Applicability == "excluded" {
			excluded = append(excluded, layout.Text{{Text: r.Number + " " + r.Title + ". ", Strong: true}, {Text: r.Justification}})
		}
	}
	blocks := []layout.Block{
		layout.P(fmt.Sprintf("This statement names the controls that %s has determined to be necessary (%s, 6.1.3), why each is included, "+
			"whether it is implemented, and why any control of Annex A is left out.", s.Organisation.Data.Name, s.edition())),
		summaryTable(st, annex, additional),
		layout.Heading{Level: 2, Text: "Exclusions"},
	}
	if len(excluded) == 0 {
		return append(blocks, layout.P("No control is excluded."))
	}
	return append(blocks, layout.List{Items: excluded})
}

// tally counts rows by decision and status.
type tally struct{ total, applicable, excluded, undecided, implemented, partly, planned, missing int }

func (t *tally) add(r isms.Row) {
	t.total++
	switch r.Applicability {
	case "applicable":
		t.applicable++
		switch r.Status {
		case "implemented":
			t.implemented++
		case "partly":
			t.partly++
		case "planned":
			t.planned++
		default:
			t.missing++
		}
	case "excluded":
		t.excluded++
	default:
		t.undecided++
	}
}

func (t tally) row(name string) layout.Row {
	cells := []layout.Cell{layout.C(name)}
	for _, n := range []int{t.total, t.applicable, t.excluded, t.undecided, t.implemented, t.partly, t.planned, t.missing} {
		cells = append(cells, number(n))
	}
	return layout.Row{Cells: cells}
}

func summaryTable(st *Statement, annex, additional []isms.Row) *layout.Table {
	var rows []layout.Row
	var all tally
	for _, g := range standard.Groups(st.Edition.Standard()) {
		var t tally
		for _, r := range annex {
			if groupOf(r.Number) == g.Number {
				t.add(r)
				all.add(r)
			}
		}
		rows = append(rows, t.row(g.Number+" "+g.Title))
	}
	if len(additional) > 0 {
		var t tally
		for _, r := range additional {
			t.add(r)
			all.add(r)
		}
		rows = append(rows, t.row("Additional controls"))
	}
	total := all.row("All")
	for i := range total.Cells {
		total.Cells[i].Text[0].Strong = true
	}
	return &layout.Table{Name: "Summary", Rows: layout.Slice(append(rows, total)), Columns: []layout.Column{
		{Title: "Controls", Width: 2.8},
		{Title: "All", Width: 0.7, Align: layout.Right},
		{Title: "Applicable", Width: 1.4, Align: layout.Right},
		{Title: "Excluded", Width: 1.25, Align: layout.Right},
		{Title: "Undecided", Width: 1.4, Align: layout.Right},
		{Title: "Implemented", Width: 1.7, Align: layout.Right},
		{Title: "Partly", Width: 0.9, Align: layout.Right},
		{Title: "Planned", Width: 1.1, Align: layout.Right},
		{Title: "Not yet", Width: 1.05, Align: layout.Right},
	}}
}

// groupOf gives the number of the theme or control set of a control: "5" of A.5.1.
func groupOf(ref string) string {
	number, _, _ := strings.Cut(strings.TrimPrefix(ref, "A."), ".")
	return number
}

// grouped gives the rows of Annex A under the titles of their themes or control sets.
func (st *Statement) grouped(rows []isms.Row) []layout.Row {
	var out []layout.Row
	for _, g := range standard.Groups(st.Edition.Standard()) {
		out = append(out, layout.Group(g.Number+"  "+g.Title))
		for _, r := range rows {
			if groupOf(r.Number) == g.Number {
				out = append(out, soaRow(r))
			}
		}
	}
	return out
}

func plainRows(rows []isms.Row) []layout.Row {
	out := make([]layout.Row, len(rows))
	for i, r := range rows {
		out[i] = soaRow(r)
	}
	return out
}

func soaTable(name, caption string, rows []layout.Row) *layout.Table {
	return &layout.Table{Name: name, Caption: caption, Rows: layout.Slice(rows), Columns: []layout.Column{
		{Title: "Control", Width: 0.8},
		{Title: "Title", Width: 1.7},
		{Title: "Applicable", Width: 1.05},
		{Title: "Reasons", Width: 1.6},
		{Title: "Justification", Width: 2.8},
		{Title: "Status", Width: 1.3},
		{Title: "Owner", Width: 1.3},
		{Title: "Implementation", Width: 3},
		{Title: "Evidence", Width: 1.6},
	}}
}

// statusFill tints the status, so that what is open is seen at a glance.
var statusFill = map[isms.Implementation]layout.Colour{
	"implemented": "#e3f1e7", "partly": "#fdf3d6", "planned": "#fbe8d9", "not implemented": "#f8dcda",
}

func soaRow(r isms.Row) layout.Row {
	applicable := map[isms.Applicability]string{"applicable": "Yes", "excluded": "No"}[r.Applicability]
	if applicable == "" {
		applicable = "Undecided"
	}
	status := layout.Cell{}
	if r.Applicability != "excluded" && r.Status != "" {
		status = layout.Cell{Text: layout.Plain(title(r.Status)), Fill: statusFill[r.Status]}
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(r.Number)},
		layout.C(r.Title), layout.C(applicable), layout.C(reasons(r)), layout.C(justification(r)), status,
		layout.C(r.Owner), layout.C(r.Implementation), layout.C(r.Evidence),
	}}
}

// reasons gives the grounds of a row, each basis once with what it rests on. A risk that the control
// treats is a ground even where nobody wrote it down.
func reasons(r isms.Row) string {
	if r.Applicability != "applicable" {
		return ""
	}
	var order []isms.Basis
	grounds := map[isms.Basis][]string{}
	add := func(b isms.Basis, ground string) {
		if !slices.Contains(order, b) {
			order = append(order, b)
		}
		if ground != "" && !slices.Contains(grounds[b], ground) {
			grounds[b] = append(grounds[b], ground)
		}
	}
	for _, reason := range r.Reasons {
		add(reason.Basis, ground(reason))
	}
	for _, risk := range r.Risks {
		add("risk", string(risk))
	}
	parts := make([]string, len(order))
	for i, b := range order {
		parts[i] = title(b)
		if len(grounds[b]) > 0 {
			parts[i] += ": " + strings.Join(grounds[b], ", ")
		}
	}
	return strings.Join(parts, "\n")
}

// ground gives the key of the record that a reason rests on; empty where its note is all there is.
func ground(r isms.Reason) string { return cmp.Or(string(r.Risk), string(r.Obligation)) }

// justification gives the control's own words and, for what is applicable, the notes of the reasons that
// rest on no record.
func justification(r isms.Row) string {
	texts := []string{r.Justification}
	for _, reason := range r.Reasons {
		if r.Applicability == "applicable" && reason.Note != "" && ground(reason) == "" {
			texts = append(texts, title(reason.Basis)+": "+reason.Note)
		}
	}
	return lines(texts...)
}

// ControlJSON is one control in the JSON of a Statement of Applicability; the names are stable.
type ControlJSON struct {
	Number         string        `json:"number"` // "5.1", or the key of an additional control
	Title          string        `json:"title"`
	Applicable     *bool         `json:"applicable"` // null while undecided
	Reasons        []isms.Reason `json:"reasons"`
	Justification  string        `json:"justification"`
	Status         string        `json:"status"`
	Owner          string        `json:"owner"`
	Implementation string        `json:"implementation"`
	Risks          []string      `json:"risks"`
	Evidence       []string      `json:"evidence"`
}

// StatementJSON is the JSON of a Statement of Applicability; the names are stable.
type StatementJSON struct {
	Edition    string        `json:"edition"`
	Version    string        `json:"version"`
	Controls   []ControlJSON `json:"controls"`
	Additional []ControlJSON `json:"additional"`
}

// JSON gives the statement for machines.
func (st *Statement) JSON() StatementJSON {
	annex, additional := st.split()
	return StatementJSON{string(st.Edition), st.Version, controlsJSON(annex), controlsJSON(additional)}
}

func controlsJSON(rows []isms.Row) []ControlJSON {
	list := make([]ControlJSON, len(rows))
	for i, r := range rows {
		list[i] = ControlJSON{
			Number: strings.TrimPrefix(r.Number, "A."), Title: r.Title, Reasons: append([]isms.Reason{}, r.Reasons...), Justification: r.Justification,
			Status: string(r.Status), Owner: r.Owner, Implementation: r.Implementation, Risks: []string{}, Evidence: []string{},
		}
		if r.Applicability == "applicable" || r.Applicability == "excluded" {
			yes := r.Applicability == "applicable"
			list[i].Applicable = &yes
		}
		for _, risk := range r.Risks {
			list[i].Risks = append(list[i].Risks, string(risk))
		}
		if r.Evidence != "" {
			list[i].Evidence = append(list[i].Evidence, r.Evidence)
		}
	}
	return list
}
