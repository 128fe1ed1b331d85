package xlsx

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/layout"
)

// typed gives the value of a cell and the number format that shows it as the cell's text does. It is not
// ok where no format can: then the text is what counts, and the cell holds the text.
func typed(c layout.Cell) (value any, format string, ok bool) {
	text := c.Text.String()
	switch v := c.Value.(type) {
	case int:
		format, ok = numberFormat(text, float64(v))
	case float64:
		format, ok = numberFormat(text, v)
	case time.Time:
		format, ok = dateFormat(text, v)
	}
	return c.Value, format, ok
}

// numeral is a number as texts have it: whole part with or without commas, decimals, per cent sign.
var numeral = regexp.MustCompile(`^(-?(?:\d+|\d{1,3}(?:,\d{3})+))(?:\.(\d+))?( ?%)?$`)

// mostDigits is how many digits of a number a spreadsheet keeps.
const mostDigits = 15

// numberFormat gives the format that shows a number as a text does; the text may be rounded.
func numberFormat(text string, v float64) (format string, ok bool) {
	if text == "" {
		return "General", !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	m := numeral.FindStringSubmatch(text)
	if m == nil || len(text) > mostDigits {
		return "", false
	}
	whole, decimals, percent := m[1], m[2], m[3]
	shown := strings.ReplaceAll(whole, ",", "")
	format = "0"
	if strings.Contains(whole, ",") {
		format = "#,##0"
	}
	if decimals != "" {
		shown += "." + decimals
		format += "." + strings.Repeat("0", len(decimals))
	}
	if percent != "" {
		v *= 100
	}
	return format + strings.ReplaceAll(percent, " ", `\ `), strconv.FormatFloat(v, 'f', len(decimals), 64) == shown
}

// dateFormats are the ways in which texts write a date, and the formats that show it so.
var dateFormats = []struct{ layout, format string }{
	{time.DateOnly, "yyyy-mm-dd"},
	{"2006-01-02 15:04", "yyyy-mm-dd hh:mm"},
	{"2 January 2006", "[$-809]d mmmm yyyy"}, // with the months in English, wherever it is opened
}

// dateFormat gives the format that shows a date as a text does. A spreadsheet's days before March 1900
// are not those of the calendar.
func dateFormat(text string, t time.Time) (format string, ok bool) {
	if t.Year() <= 1900 || t.Year() > 9999 {
		return "", false
	}
	for _, f := range dateFormats {
		if text == "" || text == t.Format(f.layout) {
			return f.format, true
		}
	}
	return "", false
}
