package xlsx

import (
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

// cell is a cell of a sheet: a typed value, or else text.
type cell struct {
	text  layout.Text
	value any // nil, or what typed gave
	look  look
}

func textCell(s string, l look) cell { return cell{text: layout.Plain(s), look: l} }

// written gives a cell as the stream takes it: a number or date, a string, or runs where looks change.
func (s *styles) written(c cell) (excelize.Cell, error) {
	if len(c.text) == 1 {
		c.look = c.look.with(c.text[0])
	}
	id, err := s.id(c.look)
	if c.value == nil {
		c.value = content(c.text, c.look)
	}
	return excelize.Cell{StyleID: id, Value: c.value}, err
}

// content gives text as a string if it is of one look, as runs if it is not, or nil if there is none.
func content(t layout.Text, l look) any {
	if len(t) == 1 {
		if text := layout.Printable(t[0].Text); !loneSurrogate.MatchString(text) {
			return text
		}
	}
	if all := runs(t, l); len(all) > 0 {
		return all
	}
	return nil
}

// runs gives text whose look changes within the cell.
func runs(t layout.Text, l look) []excelize.RichTextRun {
	var all []excelize.RichTextRun
	for _, s := range t {
		font := l.with(s).font()
		for _, part := range apart(layout.Printable(s.Text)) {
			all = append(all, excelize.RichTextRun{Text: part, Font: font})
		}
	}
	return all
}

// loneSurrogate is text like "_xD800_". Workbooks write characters as "_x0041_"; of texts that look so by
// chance excelize loses those that name no character, unless they stand in two runs.
var loneSurrogate = regexp.MustCompile(`_x[dD][89a-fA-F][[:xdigit:]]{2}_`)

// apart gives a text in parts of which none has a lone surrogate's name, and none is empty.
func apart(text string) []string {
	var parts []string
	from := 0
	for _, at := range loneSurrogate.FindAllStringIndex(text, -1) {
		parts = append(parts, text[from:at[0]+len("_x")])
		from = at[0] + len("_x")
	}
	if from < len(text) {
		parts = append(parts, text[from:])
	}
	return parts
}

// longestText is how many UTF-16 units a cell can hold.
const longestText = excelize.TotalCellChars

// The marks where a text that is too long for one cell is cut.
const (
	goesOn    = " … [continued in the next row]"
	continued = "[continued] … "
)

// split gives as much of a text as one cell can hold, and the rest for the row below.
func split(t layout.Text) (head, rest layout.Text) {
	if fits(t) {
		return t, nil
	}
	room := longestText - units(goesOn)
	i := 0
	for units(t[i].Text) <= room {
		room -= units(t[i].Text)
		i++
	}
	before, after := t[i], t[i]
	at := cutAt(t[i].Text, room)
	before.Text, after.Text = t[i].Text[:at], t[i].Text[at:]
	head = slices.Concat(t[:i], layout.Text{before, {Text: goesOn, Muted: true}})
	rest = slices.Concat(layout.Text{{Text: continued, Muted: true}, after}, t[i+1:])
	return head, rest
}

// fits tells whether one cell can hold a text.
func fits(t layout.Text) bool {
	bytes, n := 0, 0
	for _, s := range t {
		bytes += len(s.Text)
	}
	if bytes <= longestText {
		return true // a character has at least as many bytes as UTF-16 units
	}
	for _, s := range t {
		n += units(s.Text)
	}
	return n <= longestText
}

// cutAt gives where to cut a text of which n UTF-16 units fit: after a space, if there is one.
func cutAt(s string, n int) int {
	fitting := cutUnits(s, n)
	if space := strings.LastIndexByte(fitting, ' '); space > 0 {
		return space + 1
	}
	return len(fitting)
}
