package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

// The colours of the house.
const (
	ink    layout.Colour = "#1d2433"
	accent layout.Colour = "#1f4b8e"
	muted  layout.Colour = "#667085"
	tint   layout.Colour = "#f2f4f7"
	group  layout.Colour = "#f9fafb"
	quiet  layout.Colour = "#e4e7ec" // rules between rows
	edge   layout.Colour = "#98a2b3" // lines around the cells of a grid
)

const typeface = "Calibri"

// look is all that the style of a cell depends on.
type look struct {
	size                    float64 // points
	strong, emph, underline bool
	ink, fill               layout.Colour
	align                   layout.Align
	rule                    rule
	low                     bool   // the text stands at the cell's foot, not at its head
	inset                   int    // space beside the text, in steps of Excel's indent
	format                  string // number format; empty is General
}

// rule says where a cell has lines.
type rule uint8

const (
	noRule rule = iota
	ruleBelow
	ruleAround
)

var body = look{size: 10, ink: ink, inset: 1}

// with gives the look of a span of text in a cell of this look.
func (l look) with(s layout.Span) look {
	l.strong = l.strong || s.Strong
	l.emph = l.emph || s.Emph
	if l.fill != "" {
		return l // its ink was chosen to be readable on the fill
	}
	switch {
	case s.Href() != "":
		l.ink, l.underline = accent, true
	case s.Muted:
		l.ink = muted
	}
	return l
}

// filled gives the look on a colour, with an ink that can be read on it.
func (l look) filled(c layout.Colour) look {
	if _, _, _, ok := c.RGB(); ok {
		l.fill, l.ink = c, c.Ink()
	}
	return l
}

func (l look) font() *excelize.Font {
	f := &excelize.Font{Family: typeface, Size: l.size, Bold: l.strong, Italic: l.emph, Color: hex(l.ink)}
	if l.underline {
		f.Underline = "single"
	}
	return f
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      l.font(),
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: horizontal[l.align], Indent: l.inset},
		Border:    borders[l.rule],
	}
	if l.low {
		s.Alignment.Vertical = "bottom"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(l.fill)}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	return s
}

var horizontal = map[layout.Align]string{layout.Left: "left", layout.Centre: "center", layout.Right: "right"}

var borders = map[rule][]excelize.Border{
	ruleBelow:  {{Type: "bottom", Style: thin, Color: hex(quiet)}},
	ruleAround: {line("left"), line("right"), line("top"), line("bottom")},
}

const thin = 1

func line(side string) excelize.Border {
	return excelize.Border{Type: side, Style: thin, Color: hex(edge)}
}

func hex(c layout.Colour) string { return strings.ToUpper(strings.TrimPrefix(string(c), "#")) }

// styles gives each look a style of the workbook, the same one each time.
type styles struct {
	file *excelize.File
	ids  map[look]int
}

func newStyles(f *excelize.File) *styles { return &styles{file: f, ids: map[look]int{}} }

func (s *styles) id(l look) (int, error) {
	if id, ok := s.ids[l]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(l.style())
	if err != nil {
		return 0, err
	}
	s.ids[l] = id
	return id, nil
}
