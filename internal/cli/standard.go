package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/report"
	"github.com/stele-isms/stele/internal/standard"
)

// standardVerb looks into the standards.
type standardVerb struct {
	List   standardList   `cmd:"" help:"List controls or requirements."`
	Show   standardShow   `cmd:"" help:"Show one control, requirement, theme or control set with its guidance."`
	Search standardSearch `cmd:"" help:"Find controls and requirements by words."`
	Map    standardMap    `cmd:"" help:"Show which controls of the two editions correspond."`
	Export standardExport `cmd:"" help:"Write the facts as JSON."`
}

// editionFlag chooses an edition.
type editionFlag struct {
	Edition string `enum:"${editions}" default:"2022" help:"Edition: ${enum}."`
}

func (f editionFlag) edition() standard.Edition { return standard.Edition(f.Edition) }

type standardList struct {
	editionFlag
	What   string            `arg:"" optional:"" enum:"controls,requirements,groups,documents" default:"controls" help:"One of ${enum}."`
	Filter map[string]string `help:"Attribute and value, as type=detective or theme=people; all must fit." placeholder:"ATTRIBUTE=VALUE"`
	Output string            `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run lists what was asked for.
func (v *standardList) Run(s *session) error {
	if v.What != "controls" && len(v.Filter) > 0 {
		return fault.New(fault.Invalid, "--filter is for controls")
	}
	switch v.What {
	case "requirements":
		return v.requirements(s)
	case "groups":
		return v.groups(s)
	case "documents":
		return v.documents(s)
	}
	var list []standard.Control
	for _, c := range standard.Controls(v.edition()) {
		ok, err := standard.Match(c, v.Filter)
		if err != nil {
			return err
		}
		if ok {
			list = append(list, c)
		}
	}
	if v.Output == "json" {
		return s.printJSON(list)
	}
	var rows [][]string
	for _, c := range list {
		rows = append(rows, []string{c.Ref(), c.Title, strings.Join(c.Attributes.Values("control_type"), ", "), strings.Join(c.Attributes.Values("cybersecurity_concepts"), ", ")})
	}
	if err := s.printTable(rows); err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s of ISO/IEC 27002:%s\n", report.Count(len(list), "control", "controls"), v.Edition)
	return nil
}

func (v *standardList) requirements(s *session) error {
	if v.Output == "json" {
		return s.printJSON(standard.Requirements(v.edition()))
	}
	var rows [][]string
	for _, r := range standard.AllRequirements(v.edition()) {
		rows = append(rows, []string{r.Number, r.Title})
	}
	return s.printTable(rows)
}

func (v *standardList) groups(s *session) error {
	groups := standard.Groups(v.edition())
	if v.Output == "json" {
		return s.printJSON(groups)
	}
	var rows [][]string
	for _, g := range groups {
		rows = append(rows, []string{g.Number, g.Title})
		for _, o := range g.Objectives {
			rows = append(rows, []string{"  " + o.Number, o.Title})
		}
	}
	return s.printTable(rows)
}

func (v *standardList) documents(s *session) error {
	list := standard.DocumentedInformation()
	if v.Output == "json" {
		return s.printJSON(list)
	}
	var rows [][]string
	for _, d := range list {
		rows = append(rows, []string{d.Clause(v.edition()), string(d.Kind), d.Name})
	}
	return s.printTable(rows)
}

type standardShow struct {
	editionFlag
	Ref    string `arg:"" help:"A.5.1 is a control, A.5 a theme or control set, 5.1 a requirement."`
	Output string `short:"o" enum:"text,json" default:"text" help:"One of ${enum}."`
}

// Run shows what stands in Annex A when the reference begins with A., else a requirement.
func (v *standardShow) Run(s *session) error {
	if number, ok := strings.CutPrefix(strings.ToUpper(v.Ref), "A."); ok {
		if g, ok := v.group(number); ok {
			return v.showGroup(s, g)
		}
		return v.control(s)
	}
	r, err := standard.LookupRequirement(v.edition(), v.Ref)
	if err != nil {
		return err
	}
	guidance, _ := standard.RequirementGuidance(v.edition(), r.Number)
	if v.Output == "json" {
		return s.printJSON(map[string]any{"requirement": r, "guidance": guidance})
	}
	fmt.Fprintf(s.Stdout, "%s %s\nISO/IEC 27001:%s, a requirement\n", r.Number, r.Title, v.Edition)
	printGuidance(s, guidance)
	return nil
}

// group finds a theme, a control set or a control objective.
func (v *standardShow) group(number string) (standard.Group, bool) {
	for _, g := range standard.Groups(v.edition()) {
		if g.Number == number {
			return g, true
		}
		for _, o := range g.Objectives {
			if o.Number == number {
				return standard.Group{Number: o.Number, Title: o.Title, Introduction: o.Introduction, Controls: o.Controls}, true
			}
		}
	}
	return standard.Group{}, false
}

func (v *standardShow) showGroup(s *session, g standard.Group) error {
	if v.Output == "json" {
		return s.printJSON(g)
	}
	fmt.Fprintf(s.Stdout, "A.%s %s\nISO/IEC 27002:%s\n\n%s\n\n", g.Number, g.Title, v.Edition, g.Introduction)
	var rows [][]string
	for _, ref := range g.Controls {
		c, err := standard.Lookup(v.edition(), ref)
		if err != nil {
			return err
		}
		rows = append(rows, []string{c.Ref(), c.Title})
	}
	return s.printTable(rows)
}

func (v *standardShow) control(s *session) error {
	c, err := standard.Lookup(v.edition(), v.Ref)
	if err != nil {
		return err
	}
	guidance, _ := standard.GuidanceFor(v.edition(), c.Ref())
	counterparts := append([]string{}, standard.Map(v.edition(), c.Ref())...) // a list in JSON, though empty
	documents := standard.ControlDocuments(c.Ref())
	if v.Output == "json" {
		return s.printJSON(map[string]any{
			"control": c, "guidance": guidance, "correspondence": counterparts, "documents": documents,
			"csf": standard.CSF(c.Ref()), "sp800_53": standard.SP80053(c.Ref()),
		})
	}
	fmt.Fprintf(s.Stdout, "%s %s\nISO/IEC 27002:%s\n", c.Ref(), c.Title, v.Edition)
	var rows [][]string
	for _, name := range standard.AttributeNames() {
		if values := c.Attributes.Values(name); len(values) > 0 {
			rows = append(rows, []string{strings.ReplaceAll(name, "_", " "), strings.ReplaceAll(strings.Join(values, ", "), "_", " ")})
		}
	}
	names := make([]string, len(documents))
	for i, d := range documents {
		names[i] = d.Document
	}
	for _, r := range [][]string{
		{"documents", strings.Join(names, ", ")},
		{"ISO/IEC 27002:" + string(v.edition().Other()), strings.Join(counterparts, ", ")},
		{"NIST CSF 2.0", strings.Join(standard.CSF(c.Ref()), ", ")},
		{"NIST SP 800-53", strings.Join(standard.SP80053(c.Ref()), ", ")},
	} {
		if r[1] != "" {
			rows = append(rows, r)
		}
	}
	if err := s.printTable(rows); err != nil {
		return err
	}
	printGuidance(s, guidance)
	return nil
}

func printGuidance(s *session, g standard.Guidance) {
	for _, part := range []struct{ title, text string }{
		{"Purpose", g.Purpose},
		{"In practice", g.Practice},
		{"In a small organisation", g.Small},
		{"In a larger organisation", g.Larger},
		{"Evidence", bullets(g.Evidence)},
		{"What an auditor asks", bullets(g.Audit)},
		{"How it fails", bullets(g.Failures)},
		{"See also", strings.Join(g.See, ", ")},
	} {
		if part.text != "" {
			fmt.Fprintf(s.Stdout, "\n%s\n%s\n", part.title, part.text)
		}
	}
}

func bullets(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "- " + strings.Join(list, "\n- ")
}

type standardSearch struct {
	editionFlag
	Words  []string `arg:"" help:"Words, or their beginnings."`
	Output string   `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run prints what was found, the best first.
func (v *standardSearch) Run(s *session) error {
	hits := standard.Search(v.edition(), strings.Join(v.Words, " "))
	if v.Output == "json" {
		return s.printJSON(hits)
	}
	var rows [][]string
	for _, h := range hits {
		rows = append(rows, []string{h.Ref, h.Title, string(h.Kind)})
	}
	return s.printTable(rows)
}

type standardMap struct {
	Ref    string `arg:"" optional:"" help:"A control, or an entry of NIST CSF 2.0 (PR.AA-01) or SP 800-53 (AC-2); without it all of the 2022 edition."`
	Output string `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run prints the correspondence. A control with three numbers is of 2013, with two of 2022.
func (v *standardMap) Run(s *session) error {
	entry := strings.ToUpper(v.Ref)
	if related := slices.Concat(standard.FromCSF(entry), standard.FromSP80053(entry)); len(related) > 0 {
		return v.fromNIST(s, entry, related)
	}
	if v.Ref != "" {
		edition := standard.Edition2022
		if strings.Count(strings.TrimPrefix(strings.ToUpper(v.Ref), "A."), ".") == 2 {
			edition = standard.Edition2013
		}
		c, err := standard.Lookup(edition, v.Ref)
		if err != nil {
			return err
		}
		return v.one(s, edition, c)
	}
	if v.Output == "json" {
		return s.printJSON(standard.Mapping())
	}
	var rows [][]string
	for _, c := range standard.Controls(standard.Edition2022) {
		rows = append(rows, []string{c.Ref(), c.Title, orElse(strings.Join(standard.Map(standard.Edition2022, c.Ref()), ", "), "new in 2022")})
	}
	return s.printTable(rows)
}

// fromNIST prints the requirements and controls of the 2022 edition that relate to an entry of CSF 2.0 or
// SP 800-53.
func (v *standardMap) fromNIST(s *session, entry string, related []string) error {
	if v.Output == "json" {
		return s.printJSON(map[string]any{"edition": standard.Edition2022, "nist": entry, "related": related})
	}
	rows := make([][]string, len(related))
	for i, ref := range related {
		title, err := titleOf(ref)
		if err != nil {
			return err
		}
		rows[i] = []string{ref, title}
	}
	return s.printTable(rows)
}

// titleOf gives the title of a control or a requirement of 2022.
func titleOf(ref string) (string, error) {
	if strings.HasPrefix(ref, "A.") {
		c, err := standard.Lookup(standard.Edition2022, ref)
		return c.Title, err
	}
	r, err := standard.LookupRequirement(standard.Edition2022, ref)
	return r.Title, err
}

func (v *standardMap) one(s *session, edition standard.Edition, c standard.Control) error {
	counterparts := append([]string{}, standard.Map(edition, c.Ref())...) // a list in JSON, though empty
	if v.Output == "json" {
		return s.printJSON(map[string]any{"edition": edition, "number": c.Number, "correspondence": counterparts})
	}
	for _, ref := range counterparts {
		other, err := standard.Lookup(edition.Other(), ref)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.Stdout, "%s %s (%s) = %s %s (%s)\n", c.Ref(), c.Title, edition, ref, other.Title, edition.Other())
	}
	if len(counterparts) == 0 {
		fmt.Fprintf(s.Stdout, "%s %s is new in 2022\n", c.Ref(), c.Title)
	}
	return nil
}

type standardExport struct {
	Name    string `arg:"" optional:"" help:"One of ${exports}; without it all in one object."`
	Edition string `help:"2022 or 2013: the controls of one edition." placeholder:"EDITION"`
	Output  string `short:"o" enum:"json" default:"json" help:"One of ${enum}."`
}

// Run writes the facts with the members that the standard's data has.
func (v *standardExport) Run(s *session) error {
	text, err := standard.ExportAll()
	if name := orElse(v.Name, v.Edition); name != "" {
		text, err = standard.Export(name)
	}
	if err != nil {
		return err
	}
	var indented json.RawMessage = text
	return s.printJSON(indented)
}
