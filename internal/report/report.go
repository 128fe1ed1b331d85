// Package report turns records into documents: the Statement of Applicability, the risk treatment plan and
// the other papers of a management system. A report reads through a kind.Reader, so that the same code
// shows now, a past date, or what another person may see.
package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/pdf"
	"github.com/stele-isms/stele/internal/xlsx"
)

// Report is one document that can be asked for by name.
type Report struct {
	Name  string // as in "risk-register"
	Title string
	Build func(*Source) (layout.Document, error)
}

// Reports is every report besides the Statement of Applicability, which has versions and a verb of its own.
var Reports = []Report{
	{"risk-treatment-plan", "Risk treatment plan", treatmentPlan},
	{"risk-register", "Risk register", riskRegister},
	{"risk-assessment", "Risk assessment report", riskAssessment},
	{"risk-methodology", "Risk methodology", riskMethodology},
	{"asset-inventory", "Asset inventory", assetInventory},
	{"context", "Context and interested parties", contextAndParties},
	{"roles", "Roles and responsibilities", rolesAndResponsibilities},
	{"objectives", "Information security objectives", objectivesReport},
	{"obligations", "Register of obligations", obligationRegister},
	{"suppliers", "Supplier register", supplierRegister},
}

// Named gives the report of a name.
func Named(name string) (Report, error) {
	names := make([]string, len(Reports))
	for i, r := range Reports {
		if r.Name == name {
			return r, nil
		}
		names[i] = r.Name
	}
	return Report{}, fault.New(fault.NotFound, "there is no report %q; there are %s, and stele soa", name, strings.Join(names, ", "))
}

// Formats is every format that a document can be written in.
var Formats = []string{"html", "docx", "pdf", "xlsx", "md"}

// Write writes a document in a format.
func Write(w io.Writer, format string, doc layout.Document) error {
	write, ok := writers[format]
	if !ok {
		return fault.New(fault.Invalid, "there is no format %q; there are %s", format, strings.Join(Formats, ", "))
	}
	if err := write(w, doc); err != nil {
		return err
	}
	return doc.Whole()
}

// WriteIn writes a document as DOCX in the style of a user's own Word file.
func WriteIn(w io.Writer, template *docx.Template, doc layout.Document) error {
	if err := template.Write(w, doc); err != nil {
		return err
	}
	return doc.Whole()
}

var writers = map[string]func(io.Writer, layout.Document) error{
	"html": layout.WriteHTML, "md": layout.WriteMarkdown, "pdf": pdf.Write, "docx": docx.Write, "xlsx": xlsx.Write,
}

// Source is what a report is made from: the records, read once, and the moment they stand for.
type Source struct {
	context.Context
	kind.Reader
	At time.Time // the moment that the document shows

	Organisation kind.Entry[isms.Organisation]
	Roles        map[string]kind.Entry[isms.Role]
	Persons      map[string]kind.Entry[isms.Person]

	err error // why a stream ended before its time
}

// NewSource reads what every report needs.
func NewSource(ctx context.Context, r kind.Reader, at time.Time) (*Source, error) {
	s := &Source{Context: ctx, Reader: r, At: at}
	var err error
	if s.Organisation, err = kind.Get[isms.Organisation](ctx, r, isms.OrganisationKey); err != nil {
		return nil, err
	}
	if s.Roles, err = kind.ByKey[isms.Role](ctx, r); err != nil {
		return nil, err
	}
	s.Persons, err = kind.ByKey[isms.Person](ctx, r)
	return s, err
}

// role gives a role as people read it: its title, or the key where there is no such role.
func (s *Source) role(key kind.Ref[isms.Role]) string {
	if r, ok := s.Roles[string(key)]; ok {
		return r.Data.Title
	}
	return string(key)
}

// owner gives the role that owns something, and says so where none does.
func (s *Source) owner(key kind.Ref[isms.Role]) string {
	if key == "" {
		return "without an owner"
	}
	return s.role(key)
}

func (s *Source) person(key kind.Ref[isms.Person]) string {
	if p, ok := s.Persons[string(key)]; ok && p.Data.Name != "" {
		return p.Data.Name
	}
	return string(key)
}

// control gives the document control block of a report that has no versions of its own.
func (s *Source) control(id string) layout.Control {
	return layout.Control{
		Organisation: s.Organisation.Data.Name, ID: id, Version: s.At.Format("2006-01-02 15:04"), Status: "working copy",
		Owner: s.role(s.Organisation.Data.Contact), Date: s.At, Classification: "Internal",
	}
}

func (s *Source) document(id, title string, sections ...layout.Section) layout.Document {
	return layout.Document{
		Title: title, Subtitle: s.edition(), Language: "en-GB", Control: s.control(id),
		Sections: slices.DeleteFunc(sections, func(sec layout.Section) bool { return len(sec.Blocks) == 0 }),
		Err:      func() error { return s.err },
	}
}

// register gives the document of one table on wide pages; the table's name heads it.
func (s *Source) register(id, title string, t *layout.Table) layout.Document {
	return s.document(id, title, layout.Section{Title: t.Name, Landscape: true, Blocks: []layout.Block{t}})
}

// stream gives a row for each record of kind T, which is read when its row is written. What went wrong is the
// document's Err.
func stream[T any](s *Source, row func(kind.Entry[T]) layout.Row) iter.Seq[layout.Row] {
	return func(yield func(layout.Row) bool) {
		for e, err := range kind.Each[T](s, s, kind.Query{}) {
			if s.err = cmp.Or(s.err, err); err != nil || !yield(row(e)) {
				return
			}
		}
	}
}

func (s *Source) edition() string {
	for _, v := range s.Organisation.Data.Edition.Values() {
		if v.Name == string(s.Organisation.Data.Edition) {
			return v.Title
		}
	}
	return ""
}

// headed gives a cell with a line in bold and a line under it.
func headed(title, text string) layout.Cell {
	if text == "" {
		return layout.Cell{Text: layout.Bold(title)}
	}
	return layout.Cell{Text: layout.Text{{Text: title + "\n", Strong: true}, {Text: text}}}
}

func date(d kind.Date) layout.Cell {
	if d == "" {
		return layout.Cell{}
	}
	return layout.Cell{Text: layout.Plain(string(d)), Value: d.Time()}
}

// alarm is the fill of a cell that asks for something to be done.
const alarm = layout.Colour("#f8dcda")

// due gives a day by which something is to be done, and marks one that has passed.
func (s *Source) due(d kind.Date) layout.Cell {
	cell := date(d)
	if d != "" && d < kind.DateOf(s.At) {
		cell.Fill = alarm
	}
	return cell
}

// ticked is the cell of a yes or no.
var ticked = map[bool]layout.Cell{true: layout.C("Yes")}

func number(n int) layout.Cell { return layout.Int(n, fmt.Sprint(n)) }

// Count gives a number with the words for one, or for none and many.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// lines gives texts under each other, without the empty ones.
func lines(texts ...string) string { return joined("\n", texts...) }

func joined(by string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), by)
}

func join[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = string(v)
	}
	return strings.Join(parts, ", ")
}

// title gives an enum value as people read it; an empty one gives a dash.
func title[E interface {
	~string
	kind.Enum
}](value E) string {
	for _, v := range value.Values() {
		if v.Name == string(value) {
			return v.Title
		}
	}
	return "-"
}

// beside gives what the organisation's own register said about a field where no record was found for it.
func beside(r *kind.Record, field string) string {
	f := r.Schema.Field(field)
	for header, text := range r.Also {
		if header = strings.ToLower(header); header == strings.ToLower(f.Title) || slices.Contains(f.Words, header) {
			return text
		}
	}
	return ""
}
