package cli

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

// readInputs reads the records of files and folders; "-" is the standard input.
func (s *session) readInputs(paths []string) ([]app.Input, error) {
	var inputs []app.Input
	for _, p := range paths {
		nodes, err := s.readPath(p)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			inputs = append(inputs, app.Input{Node: n.Node, File: n.File})
		}
	}
	return inputs, nil
}

func (s *session) readPath(path string) ([]exchange.FileNode, error) {
	if path == "-" {
		return fileNodes("standard input")(exchange.ReadYAML("standard input", s.Stdin))
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "%v", err)
	}
	if !info.IsDir() {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.New(fault.NotFound, "%v", err)
		}
		defer f.Close()
		return fileNodes(path)(exchange.ReadYAML(path, f))
	}
	list, err := exchange.ReadFolder(os.DirFS(path).(fs.ReadDirFS), ".")
	for i := range list {
		list[i].File = filepath.Join(path, list[i].File)
	}
	if err == nil && len(list) == 0 {
		return nil, fault.New(fault.NotFound, "there is no .yaml file with records in %s", path)
	}
	return list, err
}

func fileNodes(name string) func([]kind.Node, error) ([]exchange.FileNode, error) {
	return func(nodes []kind.Node, err error) ([]exchange.FileNode, error) {
		list := make([]exchange.FileNode, len(nodes))
		for i, n := range nodes {
			list[i] = exchange.FileNode{Node: n, File: name}
		}
		return list, err
	}
}

// applyVerb creates and updates records.
type applyVerb struct {
	File []string `short:"f" required:"" help:"YAML file or folder; - is the standard input." placeholder:"PATH"`
}

// Run applies the files, all or nothing.
func (v *applyVerb) Run(s *session) error {
	inputs, err := s.readInputs(v.File)
	if err != nil {
		return err
	}
	return s.with(func(d *app.Door) error {
		outcomes, err := d.Apply(s, inputs)
		if err == nil {
			printSummary(s, outcomes)
		}
		return err
	})
}

func printSummary(s *session, outcomes []app.Outcome) {
	counts := map[app.Op]int{}
	for _, o := range outcomes {
		counts[o.Op]++
		if o.Cause != "" {
			printOutcomes(s, []app.Outcome{o})
		}
	}
	fmt.Fprintf(s.Stdout, "%d created, %d updated, %d unchanged\n", counts[app.Create], counts[app.Update], counts[app.Unchanged])
}

// diffVerb shows what apply would change.
type diffVerb struct {
	File   []string `short:"f" required:"" help:"YAML file or folder; - is the standard input." placeholder:"PATH"`
	Output string   `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
}

// Run prints the differences and ends with 3 when there are any.
func (v *diffVerb) Run(s *session) error {
	inputs, err := s.readInputs(v.File)
	if err != nil {
		return err
	}
	return s.with(func(d *app.Door) error {
		outcomes, err := d.Diff(s, inputs)
		if err != nil {
			return err
		}
		return s.printDiff(outcomes, v.Output)
	})
}

// printDiff prints what would become of records, and gives errFindings when anything would change.
func (s *session) printDiff(outcomes []app.Outcome, format string) error {
	if format == "json" {
		if err := s.printJSON(outcomes); err != nil {
			return err
		}
		return findings(outcomes)
	}
	printOutcomes(s, outcomes)
	printSummary(s, outcomes)
	return findings(outcomes)
}

// printOutcomes prints the records that change, and how.
func printOutcomes(s *session, outcomes []app.Outcome) {
	for _, o := range outcomes {
		if o.Op != app.Unchanged {
			fmt.Fprintf(s.Stdout, "%s %s %s %s\n", o.Op, o.Kind, o.Key, o.Name)
			if o.Cause != "" {
				fmt.Fprintf(s.Stdout, "  because %s\n", o.Cause)
			}
			printChanges(s, o.Changes)
		}
	}
}

// findings gives errFindings when any record changes.
func findings(outcomes []app.Outcome) error {
	if slices.ContainsFunc(outcomes, func(o app.Outcome) bool { return o.Op != app.Unchanged }) {
		return errFindings
	}
	return nil
}

// exportVerb writes every record.
type exportVerb struct {
	Dir string `arg:"" help:"Folder to write to, a file for each kind."`
}

// Run writes the files.
func (v *exportVerb) Run(s *session) error {
	if err := os.MkdirAll(v.Dir, 0o750); err != nil {
		return fault.New(fault.Invalid, "%v", err)
	}
	return s.with(func(d *app.Door) error {
		return d.View(s, time.Time{}, func(r kind.Reader) error {
			for _, schema := range r.Kinds().Schemas {
				if err := exportKind(s, r, schema, filepath.Join(v.Dir, schema.Name+".yaml")); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func exportKind(s *session, r kind.Reader, schema *kind.Schema, file string) error {
	var nodes []kind.Node
	for rec, err := range r.Records(s, schema, kind.Query{Archived: true}) {
		if err != nil {
			return err
		}
		nodes = append(nodes, rec.Export())
	}
	if len(nodes) == 0 {
		_ = os.Remove(file) // of an earlier export, when the kind had records
		return nil
	}
	return writeFile(file, func(w io.Writer) error { return exchange.WriteYAML(w, nodes) })
}
