package cli

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// importVerb takes a register over from a spreadsheet.
type importVerb struct {
	File    string `arg:"" help:"CSV or XLSX file with a row of headings."`
	Kind    string `help:"Kind of its rows, as risk; without it the columns tell." placeholder:"KIND"`
	Map     string `help:"File that says where each column goes, as --save-map writes it." placeholder:"FILE"`
	SaveMap string `help:"Write where each column goes to a file, to be changed and given with --map." placeholder:"FILE"`
	Sheet   string `help:"Sheet of the workbook; without it the first one that holds a table." placeholder:"NAME"`
	DryRun  bool   `help:"Show where each column goes and what would change, and change nothing."`
	Partial bool   `help:"Import the rows that can be placed, and leave out those that cannot."`
	Output  string `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run imports the register, all rows or none unless --partial is given. A dry run ends with 3 when anything
// would change.
func (v *importVerb) Run(s *session) error {
	table, err := v.read()
	if err != nil {
		return err
	}
	return s.with(func(d *app.Door) error {
		plan, err := v.plan(s, d, table)
		if err != nil {
			return err
		}
		if v.DryRun {
			return v.rehearse(s, d, plan)
		}
		if err := v.unplaced(plan); err != nil {
			return err
		}
		outcomes, err := d.Apply(s, inputsOf(plan))
		if err != nil {
			return err
		}
		return v.report(s, plan, outcomes)
	})
}

func (v *importVerb) read() (*exchange.Table, error) {
	f, err := os.Open(v.File)
	if err != nil {
		return nil, fault.New(fault.NotFound, "%v", err)
	}
	defer f.Close()
	return exchange.ReadTable(v.File, f, v.Sheet)
}

// plan makes records of the rows, by the mapping given or else by the one proposed.
func (v *importVerb) plan(s *session, d *app.Door, table *exchange.Table) (plan *exchange.Plan, err error) {
	err = d.View(s, time.Time{}, func(r kind.Reader) error {
		im, err := exchange.NewImporter(s, r)
		if err != nil {
			return err
		}
		m, err := v.mapping(im, table)
		if err != nil {
			return err
		}
		plan, err = im.Plan(table, m)
		return err
	})
	if err != nil || v.SaveMap == "" {
		return plan, err
	}
	return plan, writeFile(v.SaveMap, plan.Mapping.Write)
}

func (v *importVerb) mapping(im *exchange.Importer, table *exchange.Table) (exchange.Mapping, error) {
	if v.Map == "" {
		return im.Propose(table, v.Kind)
	}
	f, err := os.Open(v.Map)
	if err != nil {
		return exchange.Mapping{}, fault.New(fault.NotFound, "%v", err)
	}
	defer f.Close()
	m, err := exchange.ReadMapping(v.Map, f)
	if v.Kind != "" {
		m.Kind = v.Kind
	}
	return m, err
}

// inputsOf gives the records of a plan; those that others refer to come first.
func inputsOf(p *exchange.Plan) []app.Input {
	var inputs []app.Input
	for _, n := range slices.Concat(p.New, p.Nodes) {
		inputs = append(inputs, app.Input{Node: n.Node, File: n.File})
	}
	return inputs
}

// unplaced gives the rows that cannot be placed as an error, unless they may be left out.
func (v *importVerb) unplaced(p *exchange.Plan) error {
	if v.Partial {
		return nil
	}
	return p.Err(v.File)
}

// rehearse shows the mapping, what would change, and what a person should know of it.
func (v *importVerb) rehearse(s *session, d *app.Door, p *exchange.Plan) error {
	outcomes, err := d.Diff(s, inputsOf(p))
	if err != nil {
		return err
	}
	if v.Output == "table" {
		if err := printColumns(s, p); err != nil {
			return err
		}
		printOutcomes(s, outcomes)
	}
	if err := v.report(s, p, outcomes); err != nil {
		return err
	}
	if err := v.unplaced(p); err != nil {
		return err
	}
	return findings(outcomes)
}

// imported is an import as JSON shows it.
type imported struct {
	*exchange.Plan
	Outcomes []app.Outcome `json:"outcomes"`
}

// report says what came of the import: all of it as JSON, and as text the notes, the rows left out and how
// many records there are.
func (v *importVerb) report(s *session, p *exchange.Plan, outcomes []app.Outcome) error {
	if v.Output == "json" {
		return s.printJSON(imported{p, outcomes})
	}
	for _, n := range p.Notes {
		at := fault.Field{File: v.File, Line: n.Line, Path: n.Column, Message: n.Text}
		fmt.Fprintf(s.Stdout, "note: %s\n", at)
	}
	if v.Partial {
		for _, u := range p.Unplaced {
			fmt.Fprintf(s.Stdout, "left out: %s\n", fault.Field{File: v.File, Line: u.Line, Message: u.Reason})
		}
	}
	printSummary(s, outcomes)
	return nil
}

// printColumns shows where each column goes, and how many of its cells end where.
func printColumns(s *session, p *exchange.Plan) error {
	fmt.Fprintf(s.Stdout, "The rows are of kind %s.\n", p.Mapping.Kind)
	rows := [][]string{{"COLUMN", "TARGET", "FIELDS", "ALSO", "COMPARED", "NOTED", "LEFT OUT", "NOT PLACED"}}
	for _, c := range p.Columns {
		row := []string{c.Header, c.Target}
		for _, n := range []int{c.Fields, c.Also, c.Compared, c.Noted, c.LeftOut, c.Unplaced} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return s.printTable(rows)
}
