package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/report"
)

// documentFlags say where a document goes and what it looks like.
type documentFlags struct {
	File     string `help:"File to write; without it the standard output." placeholder:"FILE"`
	Template string `help:"Word file (.docx or .dotx) of your own, whose styles a DOCX takes." placeholder:"FILE"`
}

// soaVerb writes the Statement of Applicability.
type soaVerb struct {
	documentFlags
	Output  string `short:"o" enum:"html,docx,pdf,xlsx,md,json" default:"md" help:"One of ${enum}."`
	AsOf    string `name:"as-of" placeholder:"DATE" help:"As it was at the end of a day."`
	Version int    `help:"An approved version; without it the controls as they are."`
	Compare []int  `help:"Compare two approved versions, or one with the controls as they are: --compare 1,2 or --compare 1." placeholder:"VERSION"`
}

// Run writes the statement, or the differences between two.
func (v *soaVerb) Run(s *session) error {
	return s.with(func(d *app.Door) error {
		return s.view(d, v.AsOf, func(r kind.Reader, at time.Time) error {
			src, err := report.NewSource(s, r, at)
			if err != nil {
				return err
			}
			if len(v.Compare) > 0 {
				return v.compare(s, src)
			}
			st, err := v.statement(src, v.Version)
			if err != nil {
				return err
			}
			if v.Output == "json" {
				return s.printJSON(st.JSON())
			}
			return v.write(s, v.Output, src.SoA(st))
		})
	})
}

func (v *soaVerb) statement(src *report.Source, version int) (*report.Statement, error) {
	if version == 0 {
		return src.Current()
	}
	return src.Version(version)
}

func (v *soaVerb) compare(s *session, src *report.Source) error {
	if len(v.Compare) > 2 {
		return fault.New(fault.Invalid, "--compare takes one version or two")
	}
	before, err := v.statement(src, v.Compare[0])
	if err != nil {
		return err
	}
	later := 0
	if len(v.Compare) == 2 {
		later = v.Compare[1]
	}
	after, err := v.statement(src, later)
	if err != nil {
		return err
	}
	differences := report.Compare(before, after)
	if v.Output == "json" {
		return s.printJSON(differences)
	}
	for _, d := range differences {
		fmt.Fprintf(s.Stdout, "%s %s, %s\n  - %s\n  + %s\n", d.Number, d.Title, d.Field, d.Before, d.After)
	}
	fmt.Fprintf(s.Stdout, "%s between version %s and %s\n", report.Count(len(differences), "difference", "differences"), before.Version, after.Version)
	return nil
}

// write writes a document where the flags say, and as they say.
func (f documentFlags) write(s *session, format string, doc layout.Document) error {
	write := func(w io.Writer) error { return report.Write(w, format, doc) }
	if f.Template != "" {
		if format != "docx" {
			return fault.New(fault.Invalid, "--template is for -o docx, not for %s", format)
		}
		template, err := readTemplate(f.Template)
		if err != nil {
			return err
		}
		write = func(w io.Writer) error { return report.WriteIn(w, template, doc) }
	}
	if f.File == "" {
		return write(s.Stdout)
	}
	return writeFile(f.File, write)
}

func readTemplate(name string) (*docx.Template, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fault.New(fault.NotFound, "the template cannot be read: %v", err)
	}
	defer file.Close()
	return docx.ReadTemplate(name, file)
}

// reportVerb writes a report.
type reportVerb struct {
	Name string `arg:"" help:"One of ${reports}."`
	documentFlags
	Output string `short:"o" enum:"html,docx,pdf,xlsx,md" default:"md" help:"One of ${enum}."`
	AsOf   string `name:"as-of" placeholder:"DATE" help:"As it was at the end of a day."`
}

// Run writes the report.
func (v *reportVerb) Run(s *session) error {
	r, err := report.Named(v.Name)
	if err != nil {
		return err
	}
	return s.with(func(d *app.Door) error {
		return s.view(d, v.AsOf, func(reader kind.Reader, at time.Time) error {
			src, err := report.NewSource(s, reader, at)
			if err != nil {
				return err
			}
			doc, err := r.Build(src)
			if err != nil {
				return err
			}
			return v.write(s, v.Output, doc)
		})
	})
}

// verifyVerb proves that nothing was altered.
type verifyVerb struct {
	Output     string `short:"o" enum:"table,json" default:"table" help:"One of ${enum}."`
	Checkpoint string `help:"Write the signed checkpoint to a file, to be kept elsewhere." placeholder:"FILE"`
	Against    string `help:"A checkpoint kept elsewhere, which the history must continue." placeholder:"FILE"`
}

// Run verifies, and ends with 3 when something is damaged.
func (v *verifyVerb) Run(s *session) error {
	earlier := ""
	if v.Against != "" {
		text, err := os.ReadFile(v.Against)
		if err != nil {
			return fault.New(fault.NotFound, "%v", err)
		}
		earlier = string(text)
	}
	return s.with(func(d *app.Door) error {
		result, err := d.Verify(s, earlier)
		if err != nil {
			return err
		}
		if v.Checkpoint != "" && len(result.Damages) == 0 {
			if err := os.WriteFile(v.Checkpoint, []byte(result.Checkpoint), 0o600); err != nil {
				return fault.New(fault.Invalid, "%v", err)
			}
		}
		return v.print(s, result)
	})
}

func (v *verifyVerb) print(s *session, result *app.Verification) error {
	root := result.Frontier.Root()
	if v.Output == "json" {
		err := s.printJSON(map[string]any{
			"leaves": result.Leaves, "root": root.String(), "origin": result.Origin, "sample": result.Sample, "standing": result.Standing, "damages": result.Damages,
		})
		if err != nil {
			return err
		}
	} else {
		printVerification(s.Stdout, result, root.String())
	}
	if len(result.Damages) > 0 {
		return errFindings
	}
	return nil
}

func printVerification(w io.Writer, result *app.Verification, root string) {
	for _, damage := range result.Damages {
		fmt.Fprintln(w, damage)
	}
	if len(result.Damages) > 0 {
		fmt.Fprintf(w, "%s among %d leaves\n", report.Count(len(result.Damages), "damage", "damages"), result.Leaves)
		return
	}
	fmt.Fprintf(w, "%d leaves, root %s\nEvery record, reference and search entry follows from the history, and the history from the tree.\n", result.Leaves, root)
	fmt.Fprintf(w, "Signed by %s (%s).\n", result.Origin, result.Standing)
	if result.Sample {
		fmt.Fprintln(w, "SAMPLE: this key belongs to a sample organisation and proves nothing to anybody.")
	}
}

func reportNames() string {
	names := make([]string, len(report.Reports))
	for i, r := range report.Reports {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}
