package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
	"github.com/stele-isms/stele/internal/report"
	"github.com/stele-isms/stele/internal/standard"
)

// initVerb makes a new organisation.
type initVerb struct {
	Name    string `required:"" help:"Name of the organisation."`
	Edition string `enum:"${editions}" default:"2022" help:"Edition of ISO/IEC 27001: ${enum}."`
	Bare    bool   `help:"Without the library and the draft method: an empty organisation to apply an export into."`
}

// Run makes the organisation and says what is in it.
func (v *initVerb) Run(s *session) error {
	if v.Bare {
		return v.bare(s)
	}
	a, _, err := found(s, s.config, app.Founding{Name: v.Name, Edition: isms.Edition(v.Edition), Method: isms.DefaultMethod()})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s is ready in %s: the controls of ISO/IEC 27002:%s, undecided, a library of threats and vulnerabilities, and the draft RM-0001 of a risk method.\n"+
		"Next: stele import your registers, or stele apply -f your files.\n", v.Name, s.config.Data, v.Edition)
	return a.Close()
}

func (v *initVerb) bare(s *session) error {
	a, _, err := app.Init(s, s.config, app.Founding{Name: v.Name, Edition: isms.Edition(v.Edition)})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Stdout, "%s is ready in %s, with nothing but the controls of ISO/IEC 27002:%s.\n", v.Name, s.config.Data, v.Edition)
	return a.Close()
}

// found makes an organisation with the library.
func found(s *session, c app.Config, f app.Founding) (*app.App, *app.Door, error) {
	library, err := exchange.Library(standard.Edition(f.Edition))
	if err != nil {
		return nil, nil, err
	}
	for _, n := range library {
		f.Library = append(f.Library, app.Input{Node: n, File: "library"})
	}
	return app.Init(s, c, f)
}

// getVerb shows records.
type getVerb struct {
	Kind    string `arg:"" help:"Kind, as risk."`
	Key     string `arg:"" optional:"" help:"Key, as RISK-0001; without it all of the kind are listed."`
	Output  string `short:"o" enum:"table,json,yaml" default:"table" help:"One of ${enum}."`
	AsOf    string `name:"as-of" placeholder:"DATE" help:"As the records were at the end of a day."`
	State   string `help:"Only those in a state."`
	Where   string `placeholder:"CEL" help:"Only those that meet a condition, as: review < today && owner.holders.exists(p, p.archived)."`
	History bool   `help:"All revisions of the record, with what changed."`
}

// Validate refuses what could only ever show nothing. A kind that does not exist is left to Run.
func (v *getVerb) Validate() error {
	if v.History && v.Key == "" {
		return errors.New("--history is of one record: give its key")
	}
	if schema, err := isms.Kinds.Named(v.Kind); err == nil && v.State != "" {
		return validState(schema, v.State)
	}
	return nil
}

func validState(schema *kind.Schema, name string) error {
	names := make([]string, len(schema.States))
	for i, st := range schema.States {
		names[i] = st.Name
	}
	switch {
	case len(names) == 0:
		return fmt.Errorf("--state: records of the kind %s have no states", schema.Name)
	case !slices.Contains(names, name):
		return fmt.Errorf(`--state must be one of "%s" but got %q`, strings.Join(names, `","`), name)
	}
	return nil
}

// Run prints the records.
func (v *getVerb) Run(s *session) error {
	schema, err := isms.Kinds.Named(v.Kind)
	if err != nil {
		return err
	}
	return s.with(func(d *app.Door) error {
		if v.History {
			return v.history(s, d, schema)
		}
		return s.view(d, v.AsOf, func(r kind.Reader, at time.Time) error {
			if v.Key == "" {
				return v.list(s, d, r, schema, kind.DateOf(at))
			}
			rec, err := r.Record(s, schema, v.Key)
			if err != nil {
				return err
			}
			if v.Output == "table" {
				v.Output = "yaml"
			}
			return s.printNodes([]kind.Node{rec.Export()}, v.Output)
		})
	})
}

// view runs fn on the records as of a date that a user gave, and tells it the moment.
func (s *session) view(d *app.Door, asOf string, fn func(kind.Reader, time.Time) error) error {
	zone := time.UTC
	if err := d.View(s, time.Time{}, func(r kind.Reader) (err error) {
		zone, err = app.Location(s, r)
		return err
	}); err != nil {
		return err
	}
	at, err := moment(asOf, zone)
	if err != nil {
		return err
	}
	shown := at
	if at.IsZero() {
		shown = s.Now()
	}
	return d.View(s, at, func(r kind.Reader) error { return fn(r, shown.In(zone)) })
}

func (v *getVerb) list(s *session, d *app.Door, r kind.Reader, schema *kind.Schema, today kind.Date) error {
	query := kind.Query{State: v.State}
	if v.Where != "" {
		var err error
		if query.Where, err = d.Filter(schema, v.Where, today); err != nil {
			return err
		}
	}
	rows := [][]string{{"KEY", strings.ToUpper(schema.Title), "STATE", "CHANGED"}}
	var nodes []kind.Node
	for rec, err := range r.Records(s, schema, query) {
		if err != nil {
			return err
		}
		if v.Output != "table" {
			nodes = append(nodes, rec.Export())
			continue
		}
		rows = append(rows, []string{rec.Key, rec.Name(), rec.State, rec.Changed.At.Format(time.DateOnly)})
	}
	if v.Output != "table" {
		return s.printNodes(nodes, v.Output)
	}
	return s.printTable(rows)
}

func (v *getVerb) history(s *session, d *app.Door, schema *kind.Schema) error {
	if !schema.KeyFits(v.Key) {
		return kind.Missing(schema, v.Key)
	}
	list, err := d.History(s, v.Key)
	if err != nil {
		return err
	}
	var before *kind.Record
	for _, h := range list {
		by := h.Record.Changed.By
		if by == "" {
			by = "nobody named"
		}
		fmt.Fprintf(s.Stdout, "revision %d, leaf %d, %s, %s by %s", h.Record.Rev, h.Leaf, h.Record.Changed.At.Format(ledger.TimeFormat), h.Action, by)
		if h.Cause != "" {
			fmt.Fprintf(s.Stdout, " (%s)", h.Cause)
		}
		fmt.Fprintln(s.Stdout)
		printChanges(s, kind.Diff(before, h.Record))
		before = h.Record
	}
	return nil
}

func printChanges(s *session, changes []kind.Change) {
	for _, c := range changes {
		switch {
		case c.Old == "":
			fmt.Fprintf(s.Stdout, "  + %s: %s\n", c.Path, brief(c.New))
		case c.New == "":
			fmt.Fprintf(s.Stdout, "  - %s: %s\n", c.Path, brief(c.Old))
		default:
			fmt.Fprintf(s.Stdout, "  ~ %s: %s -> %s\n", c.Path, brief(c.Old), brief(c.New))
		}
	}
}

// brief cuts a value that no terminal would show: a Statement of Applicability freezes a hundred rows.
func brief(value string) string {
	const most = 400
	runes := []rune(value)
	if len(runes) <= most {
		return value
	}
	return fmt.Sprintf("%s... (%d characters)", string(runes[:most]), len(runes))
}

// doVerb takes an action.
type doVerb struct {
	Key    string            `arg:"" help:"Key of the record."`
	Action string            `arg:"" help:"Name of the action, as approve."`
	Set    map[string]string `help:"What the action asks for." placeholder:"FIELD=VALUE" mapsep:"none"`
}

// Run takes the action and prints what changed.
func (v *doVerb) Run(s *session) error {
	schema, err := isms.Kinds.ByKey(v.Key)
	if err != nil {
		return err
	}
	var members []kind.Member
	for name, raw := range v.Set {
		n := kind.Node{Value: raw}
		if action := schema.Action(v.Action); action != nil {
			n = exchange.Value(action.Input, name, raw)
		}
		members = append(members, kind.Member{Name: name, Node: n})
	}
	return s.with(func(d *app.Door) error {
		outcomes, err := d.Do(s, v.Key, v.Action, kind.Node{Value: members})
		if err != nil {
			return err
		}
		printOutcomes(s, outcomes)
		return nil
	})
}

// searchVerb finds records.
type searchVerb struct {
	Words []string `arg:"" help:"Words, or their beginnings; all must occur."`
	Limit int      `default:"20" help:"At most this many."`
}

// Run prints the records found, the best ones first.
func (v *searchVerb) Run(s *session) error {
	return s.with(func(d *app.Door) error {
		hits, err := d.Search(s, strings.Join(v.Words, " "), v.Limit)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, h := range hits {
			rows = append(rows, []string{h.Key, h.Title})
		}
		return s.printTable(rows)
	})
}

// proposeVerb proposes controls for a risk.
type proposeVerb struct {
	Risk   string `arg:"" help:"Key of the risk."`
	Output string `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run prints the proposals, the strongest first.
func (v *proposeVerb) Run(s *session) error {
	return s.with(func(d *app.Door) error {
		return d.View(s, time.Time{}, func(r kind.Reader) error {
			risk, err := kind.Get[isms.Risk](s, r, v.Risk)
			if err != nil {
				return err
			}
			proposals, err := isms.Proposals(s, r, risk)
			if err != nil {
				return err
			}
			if v.Output == "json" {
				return s.printJSON(proposals)
			}
			for _, p := range proposals {
				mark := " "
				if p.Taken {
					mark = "*"
				}
				fmt.Fprintf(s.Stdout, "%s %-7s %s\n", mark, p.Control, p.Title)
				for _, f := range p.Facts {
					fmt.Fprintf(s.Stdout, "            because of %s\n", f.Text)
				}
			}
			fmt.Fprintf(s.Stdout, "%s (* taken)\n", report.Count(len(proposals), "control", "controls"))
			if i := slices.IndexFunc(proposals, func(p isms.Proposal) bool { return !p.Taken }); i >= 0 {
				fmt.Fprintf(s.Stdout, "Take one with: stele do %s select --set control=%s\n", risk.Key, proposals[i].Control)
			}
			return nil
		})
	})
}
