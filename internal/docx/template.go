package docx

import (
	"embed"
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
	styles        styles
	stylesName    string
	numbering     numbering
	numberingName string
	carried       []part     // what the styles and lists need besides, such as a theme and fonts
	related       []relation // from the document to those of them that it names itself
	measured      bool       // whether the measures of this package hold, so that pages can be counted
}

// looks is the style sheet and the numbering plan of a file, and what their parts are named.
type looks struct {
	sheet               *sheet
	plan                *plan
	sheetName, planName string
}

//go:embed house
var houseFiles embed.FS

// houseLooks reads the looks that are built in.
var houseLooks = sync.OnceValues(func() (looks, error) {
	sheet, err := readPart(houseFiles.ReadFile, "house/styles.xml", readSheet)
	if err != nil {
		return looks{}, err
	}
	plan, err := readPart(houseFiles.ReadFile, "house/numbering.xml", readPlan)
	return looks{sheet: sheet, plan: plan}, err
})

// house gives the house style as a template.
var house = sync.OnceValues(func() (*Template, error) {
	ours, err := houseLooks()
	if err != nil {
		return nil, err
	}
	t, err := newTemplate(looks{sheet: ours.sheet, plan: noPlan(), sheetName: "word/styles.xml", planName: defaultPlanName})
	if err != nil {
		return nil, err
	}
	t.measured = true
	return t, nil
})

// defaultPlanName names the numbering part of a file that had none.
const defaultPlanName = "word/numbering.xml"

// newTemplate makes a template of looks; what they lack comes from the house's.
func newTemplate(l looks) (*Template, error) {
	ours, err := houseLooks()
	if err != nil {
		return nil, err
	}
	return &Template{
		styles:        dress(l.sheet, ours.sheet, highest(l.plan.numbers, "numId")),
		stylesName:    l.sheetName,
		numbering:     number(l.plan, ours.plan, l.sheet),
		numberingName: l.planName,
	}, nil
}

// readPart reads a part from wherever its bytes come.
func readPart[T any](open func(string) ([]byte, error), name string, read func([]byte) (*T, error)) (*T, error) {
	text, err := open(name)
	if err != nil {
		return nil, err
	}
	part, err := read(text)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return part, nil
}

// ReadTemplate reads a user's Word file of size bytes: a document or a template; macros stay behind.
// A file that is neither gives a fault of code Invalid.
func ReadTemplate(r io.ReaderAt, size int64) (*Template, error) {
	t, err := readTemplate(r, size)
	if err != nil {
		return nil, &fault.Error{
			Code:    fault.Invalid,
			Message: "the template is not a usable Word file (.docx or .dotx); open it in Word or LibreOffice and save it as one",
			Err:     err,
		}
	}
	return t, nil
}

func readTemplate(r io.ReaderAt, size int64) (*Template, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	l, related, err := a.looks()
	if err != nil {
		return nil, err
	}
	t, err := newTemplate(l)
	if err != nil {
		return nil, err
	}
	if err := t.carry(a, related); err != nil {
		return nil, err
	}
	return t, t.clash()
}

// looks gives the looks of the archive's document, and its relations to a theme and to fonts.
func (a *archive) looks() (l looks, related []relation, err error) {
	main, err := a.main()
	if err != nil {
		return looks{}, nil, err
	}
	relations, err := a.relations(main)
	if err != nil {
		return looks{}, nil, err
	}
	l = looks{plan: noPlan(), planName: defaultPlanName}
	for _, r := range relations {
		switch r.kind() {
		case "styles":
			l.sheetName = r.Target
			l.sheet, err = readPart(a.read, r.Target, readSheet)
		case "numbering":
			l.planName = r.Target
			l.plan, err = readPart(a.read, r.Target, readPlan)
		case "theme", "fontTable":
			related = append(related, r)
		}
		if err != nil {
			return looks{}, nil, err
		}
	}
	if l.sheet == nil {
		return looks{}, nil, errors.New("the document has no styles")
	}
	return l, related, nil
}

// carry takes over related parts, and all that they, the styles and the numberings need.
func (t *Template) carry(a *archive, related []relation) error {
	names := []string{t.stylesName, t.numberingName}
	for _, r := range related {
		p, err := a.part(r.Target)
		if err != nil {
			return err
		}
		names = append(names, r.Target)
		t.carried = append(t.carried, p)
		t.related = append(t.related, relation{ID: r.kind(), Type: r.Type, Target: fromDocument(r.Target)})
	}
	needed, err := a.needs(names)
	t.carried = append(t.carried, needed...)
	return err
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
