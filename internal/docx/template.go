package docx

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/stele-isms/stele/internal/fault"
)

// Template is what documents look like: the styles, lists, theme and fonts of a Word file.
//
// Styles are found by name. Word's own are Normal, Title, Subtitle, heading 1 to heading 3, List
// Bullet, List Number, Hyperlink, caption, header, footer, TOC Heading, toc 1 and toc 2; the house's
// are Report Table, Report Grid, Report Table Text, Report Table Heading, Report Table Group, Report
// Muted and Report Spacer. What a template lacks is added from the house style. A template is not
// changed by use, and may be used by many at once.
type Template struct {
	styles    styles
	numbering numbering
	carried   []part     // what the styles and lists need besides, such as a theme and fonts
	related   []relation // from the document to those of them that it names itself
	measured  bool       // whether the measures of this package hold, so that pages can be counted
}

var (
	//go:embed house/styles.xml
	houseStyles []byte
	//go:embed house/numbering.xml
	houseNumbering []byte
)

var (
	houseSheet = sync.OnceValue(func() *sheet { return newSheet(must(parse("word/styles.xml", houseStyles, "styles"))) })
	housePlan  = sync.OnceValue(func() *plan { return newPlan(must(parse("word/numbering.xml", houseNumbering, "numbering"))) })
)

// must is for parts that are built in.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// house gives the house style as a template.
var house = sync.OnceValue(func() *Template {
	t := newTemplate(houseSheet(), noPlan())
	t.measured = true
	return t
})

// newTemplate makes a template; what the sheet and the plan lack comes from the house's.
func newTemplate(s *sheet, p *plan) *Template {
	return &Template{styles: dress(s, houseSheet(), p.lastNumber()), numbering: number(p, housePlan(), s)}
}

// maxTemplate is the largest file that is read as a template.
const maxTemplate = 64 << 20

// ReadTemplate reads what a user's Word file looks like, be it a document (.docx) or a template (.dotx).
// Its text, pages and macros stay behind. Name is what an error calls the file. An error is a *fault.Error
// of code Invalid.
func ReadTemplate(name string, r io.Reader) (*Template, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxTemplate+1))
	switch {
	case err != nil:
		return nil, fault.New(fault.Invalid, "%s cannot be read: %v", name, err)
	case len(content) > maxTemplate:
		return nil, fault.New(fault.Invalid, "%s is larger than %d MiB", name, maxTemplate>>20)
	}
	t, err := readTemplate(content)
	if err != nil {
		return nil, &fault.Error{
			Code:    fault.Invalid,
			Message: "the template is not a usable Word file (.docx or .dotx); open it in Word or LibreOffice and save it as one, without a password",
			Fields:  []fault.Field{{File: name, Message: err.Error()}},
		}
	}
	return t, nil
}

func readTemplate(content []byte) (*Template, error) {
	a, err := openArchive(content)
	if err != nil {
		return nil, err
	}
	parts, err := a.documentNeeds()
	if err != nil {
		return nil, err
	}
	if parts["styles"] == "" {
		return nil, errors.New("the document has no styles")
	}
	styles, err := a.parse(parts["styles"], "styles")
	if err != nil {
		return nil, err
	}
	plan := noPlan()
	if name := parts["numbering"]; name != "" {
		numbering, err := a.parse(name, "numbering")
		if err != nil {
			return nil, err
		}
		plan = newPlan(numbering)
	}
	t := newTemplate(newSheet(styles), plan)
	if err := t.carry(a, parts); err != nil {
		return nil, err
	}
	return t, t.clash()
}

// carry takes over the document's theme and fonts, and all that they, the styles and the lists need.
func (t *Template) carry(a *archive, parts map[string]string) error {
	rewritten := []string{t.styles.name, t.numbering.name}
	names := rewritten
	for _, kind := range []string{"theme", "fontTable"} {
		if name := parts[kind]; a.has(name) {
			names = append(names, name)
			t.related = append(t.related, fromDocument(kind, kind, name))
		}
	}
	names, err := a.reach(names)
	if err != nil {
		return err
	}
	for _, name := range names[len(rewritten):] {
		p, err := a.part(name)
		if err != nil {
			return err
		}
		t.carried = append(t.carried, p)
	}
	return nil
}

// clash reports two parts of one name, as in a file that keeps its theme where a document belongs.
func (t *Template) clash() error {
	parts := (&file{look: t}).parts()
	for i := 1; i < len(parts); i++ {
		if parts[i].name == parts[i-1].name {
			return fmt.Errorf("the part %s is in another's place", parts[i].name)
		}
	}
	return nil
}
