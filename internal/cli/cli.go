// Package cli is the command line. Each verb is one type with its flags and a Run method; it parses, calls
// the door, and prints.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// The exit codes.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitFindings = 3
)

// Process is what the command line needs of the process around it.
type Process struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
}

// grammar is the command line.
type grammar struct {
	Data     string `help:"Folder of the database and the signing keys; by default ./stele-data." default:"${data}" placeholder:"DIR"`
	Database string `help:"Address of a PostgreSQL database; without it an SQLite file in the data folder." default:"${database}" placeholder:"URL"`
	As       string `help:"The person who acts, by key, as PER-0001." placeholder:"PERSON"`

	Demo     demoVerb     `cmd:"" help:"Make the sample organisation and its documents."`
	Init     initVerb     `cmd:"" help:"Make a new organisation."`
	Get      getVerb      `cmd:"" help:"Show records."`
	Apply    applyVerb    `cmd:"" help:"Create and update records from YAML files."`
	Diff     diffVerb     `cmd:"" help:"Show what apply would change."`
	Export   exportVerb   `cmd:"" help:"Write every record as YAML files."`
	Do       doVerb       `cmd:"" help:"Take an action on a record, as approve."`
	Import   importVerb   `cmd:"" help:"Take over a register from CSV or XLSX."`
	SoA      soaVerb      `cmd:"" name:"soa" help:"Write the Statement of Applicability."`
	Report   reportVerb   `cmd:"" help:"Write a report."`
	Propose  proposeVerb  `cmd:"" help:"Propose controls for a risk, with the facts that speak for them."`
	Standard standardVerb `cmd:"" help:"Look into ISO/IEC 27001 and 27002."`
	Search   searchVerb   `cmd:"" help:"Find records by words."`
	Verify   verifyVerb   `cmd:"" help:"Prove that nothing was altered unseen."`
	Backup   backupVerb   `cmd:"" help:"Write everything to one file, while others go on working."`
	Doctor   doctorVerb   `cmd:"" help:"Find what is wrong with this installation, and how to put it right."`
	Restore  restoreVerb  `cmd:"" help:"Take everything back from a backup, into any database."`
}

// session is what the verbs share.
type session struct {
	context.Context
	Process
	config app.Config
	data   string // the data folder that the user named; empty when it is the default
	as     string
}

// open gives the door of the installation that the flags name.
func (s *session) open() (*app.App, *app.Door, error) {
	a, err := app.Open(s, s.config)
	if err != nil {
		return nil, nil, err
	}
	d, err := a.Door(s, s.as)
	if err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return a, d, nil
}

// with calls fn with the door and closes the installation afterwards.
func (s *session) with(fn func(*app.Door) error) error {
	a, d, err := s.open()
	if err != nil {
		return err
	}
	return errors.Join(fn(d), a.Close())
}

// errFindings ends a verb that ran and found something.
var errFindings = errors.New("findings")

// Main runs the command line and gives the exit code.
func Main(ctx context.Context, args []string, p Process) int {
	var g grammar
	exit := -1
	parser, err := kong.New(&g, kong.Name("stele"), kong.UsageOnError(), kong.Writers(p.Stdout, p.Stderr),
		kong.Description("Stele is an information security management system: from nothing to an ISO/IEC 27001 certificate."),
		kong.Vars{
			"data": p.Getenv("STELE_DATA"), "database": p.Getenv("STELE_DATABASE"), "editions": "2022,2013",
			"reports": reportNames(), "exports": strings.Join(standard.ExportNames(), ", "),
		},
		kong.Exit(func(code int) { exit = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(p.Stderr, "stele:", err)
		return exitFailed
	}
	kctx, err := parser.Parse(args)
	if exit >= 0 { // --help has been answered
		return exitDone
	}
	if err != nil {
		fmt.Fprintln(p.Stderr, "stele:", err)
		return exitUsage
	}
	s := &session{Context: ctx, Process: p, as: g.As, data: g.Data, config: app.Config{Data: orElse(g.Data, "stele-data"), Database: g.Database, Now: p.Now}}
	err = kctx.Run(s)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	}
	fmt.Fprintln(p.Stderr, "stele:", message(err))
	return exitFailed
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// message gives an error as a user reads it: a fault in its own words, anything else with a hint that it
// is not the user's doing.
func message(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Error()
	}
	return "internal error: " + err.Error()
}

// printTable prints rows in columns.
func (s *session) printTable(rows [][]string) error {
	w := tabwriter.NewWriter(s.Stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\n", " ")
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}

func (s *session) printJSON(v any) error {
	e := json.NewEncoder(s.Stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printNodes prints records as YAML or JSON.
func (s *session) printNodes(nodes []kind.Node, format string) error {
	if format == "yaml" {
		return exchange.WriteYAML(s.Stdout, nodes)
	}
	list := make([]json.RawMessage, len(nodes))
	for i, n := range nodes {
		list[i] = n.JSON()
	}
	return s.printJSON(list)
}

// moment reads a date or a time that a user gave, in a zone; a date stands for the end of its day.
func moment(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fault.New(fault.Invalid, "%q is no date; write 2026-01-31 or 2026-01-31T12:00:00Z", text)
	}
	return t, nil
}

// writeFile makes a file and lets write fill it.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return fault.New(fault.Invalid, "%v", err)
	}
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
