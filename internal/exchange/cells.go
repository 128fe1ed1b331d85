package exchange

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/kind"
)

// reading is what a field makes of the text of a cell.
type reading struct {
	value  any    // of the node; nil where nothing fits
	more   bool   // the text says more than the value does, and is kept beside it
	note   string // what a person should know of it
	refuse string // why the row cannot be placed
}

// readValue reads a text for a field that holds neither references nor groups of fields.
func readValue(f *kind.Field, heading, text string) reading {
	switch f.Type {
	case kind.OneOf:
		return readOption(f.Enum, text)
	case kind.Day:
		return readDate(text)
	case kind.Amount:
		return readMoney(heading, text)
	case kind.Bool:
		return readTruth(text)
	case kind.Int:
		return readInt(text)
	case kind.Float:
		return readFloat(text)
	default:
		return reading{value: text}
	}
}

// readList reads a text for a field that holds a list of such values: texts end at a semicolon or a line, other
// values at every separator unless the whole is one.
func readList(f *kind.Field, heading, text string) reading {
	parts := separators[0].Split(text, -1)
	if f.Type != kind.String && f.Type != kind.Text {
		whole := readValue(f, heading, text)
		if whole.value != nil && !whole.more {
			return reading{value: []kind.Node{{Value: whole.value}}, note: whole.note}
		}
		parts = splitAll(text)
	}
	var list []kind.Node
	var result reading
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		r := readValue(f, heading, part)
		result.more = result.more || r.more || r.value == nil
		result.note = cmp.Or(r.note, result.note)
		if r.value != nil {
			list = append(list, kind.Node{Value: r.value})
		}
	}
	if len(list) > 0 {
		result.value = list
	}
	return result
}

// readOption finds the value of an enum that a text names, or else begins with: "Avoided - payments
// outsourced" is "avoided", and more.
func readOption(values []kind.Value, text string) reading {
	words := tokens(text)
	best, length := "", 0
	for _, v := range values {
		for _, spelling := range spellingsOf(v) {
			if len(words) > 0 && slices.Equal(words, spelling) {
				return reading{value: v.Name}
			}
			if size := len(strings.Join(spelling, " ")); size > max(1, length) && beginsWith(words, spelling) {
				best, length = v.Name, size
			}
		}
	}
	if best == "" {
		return reading{note: quote(text) + " is none of " + titlesOf(values)}
	}
	return reading{value: best, more: true, note: quote(text) + " is taken as " + best}
}

// spellingsOf gives the words for a value of an enum.
func spellingsOf(v kind.Value) [][]string {
	list := [][]string{declared(v.Name), declared(v.Title)}
	for _, other := range v.Also {
		list = append(list, declared(other))
	}
	return list
}

func titlesOf(values []kind.Value) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

// truths are the words for yes and no.
var truths = []kind.Value{
	{Name: "true", Title: "Yes", Also: []string{"y", "x", "1", "ja", "j", "wahr"}},
	{Name: "false", Title: "No", Also: []string{"n", "0", "nein", "falsch"}},
}

// readTruth reads yes or no.
func readTruth(text string) reading {
	r := readOption(truths, text)
	if r.value != nil {
		r.value = r.value == "true"
	}
	return r
}

// dateForms are the dates that mean one day only, wherever they are written.
var dateForms = []string{
	time.DateOnly, "2006/1/2", "2006-1-2", "2.1.2006", "2. 1. 2006", "2.1.06", "2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006",
}

var clock = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}\S*)$`)

// readDate reads a day. 03/04/2026 is not one: it is March to some and April to others.
func readDate(text string) reading {
	if m := clock.FindStringSubmatch(text); m != nil {
		r := readDate(m[1])
		if r.value != nil && !strings.HasPrefix(m[2], "00:00") {
			r.more, r.note = true, "the field holds a day without the time "+m[2]
		}
		return r
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, text); err == nil {
			return reading{value: t.Format(time.DateOnly)}
		}
	}
	if t, err := time.Parse("2006-01", text); err == nil {
		return reading{value: t.Format(time.DateOnly), note: quote(text) + " is taken as the first day of the month"}
	}
	british, day := time.Parse("2/1/2006", text)
	american, month := time.Parse("1/2/2006", text)
	switch {
	case day != nil && month != nil:
		return reading{note: quote(text) + " is no date"}
	case day == nil && month == nil && !british.Equal(american):
		return reading{note: quote(text) + " may be day/month or month/day; write it as " + british.Format(time.DateOnly) + " or " + american.Format(time.DateOnly)}
	case day == nil:
		return reading{value: british.Format(time.DateOnly)}
	}
	return reading{value: american.Format(time.DateOnly)}
}

var (
	// amount is a number, in groups of three digits or not, and its decimals. Spaces in it are of any width.
	amount = regexp.MustCompile(`^(?:\d{1,3}(?:[., '’\x{A0}\x{202F}]\d{3})*|\d+)(?:[.,]\d+)?$`)
	gap    = strings.NewReplacer(" ", "", "'", "", "’", "", "\u00a0", "", "\u202f", "")
	// grouped is a whole number whose thousands are parted by points or by commas.
	grouped = regexp.MustCompile(`^[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)$`)
	points  = strings.NewReplacer(".", "", ",", "")
)

// readDecimal parts a number as people anywhere write it into its whole part and its decimals: 1.234 and
// 1,234,567 are whole, 1234.567 and 1.234,5 are not.
func readDecimal(text string) (whole, decimals string, ok bool) {
	if !amount.MatchString(text) {
		return "", "", false
	}
	text = gap.Replace(text)
	last := strings.LastIndexAny(text, ".,")
	if last < 0 || grouped.MatchString(text) {
		return points.Replace(text), "", true
	}
	return points.Replace(text[:last]), text[last+1:], true
}

func readInt(text string) reading {
	whole, decimals, ok := readDecimal(text)
	n, err := strconv.ParseInt(whole, 10, 64)
	if !ok || err != nil || strings.Trim(decimals, "0") != "" {
		return reading{note: quote(text) + " is no whole number"}
	}
	return reading{value: n}
}

func readFloat(text string) reading {
	whole, decimals, ok := readDecimal(text)
	n, err := strconv.ParseFloat(whole+"."+decimals, 64)
	if !ok || err != nil {
		return reading{note: quote(text) + " is no number"}
	}
	return reading{value: n}
}

// currency is the code or the sign of a currency; the sign of the yen is also that of the yuan.
var currency = regexp.MustCompile(`\b(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|ISK|CAD|AUD|NZD|JPY|CNY|INR|SGD|HKD|ZAR|BRL|MXN|TRY|ILS|AED)\b|[€$£]|\bEuro\b`)

var signs = map[string]string{"€": "EUR", "$": "USD", "£": "GBP", "Euro": "EUR"}

// readMoney reads an amount whose currency stands in the cell or in the heading. No currency is assumed.
func readMoney(heading, text string) reading {
	code := currency.FindString(text)
	number := strings.TrimSpace(strings.Replace(text, code, "", 1))
	if code == "" {
		code = currency.FindString(heading)
	}
	if sign, ok := signs[code]; ok {
		code = sign
	}
	whole, decimals, ok := readDecimal(number)
	if !ok || len(decimals) > 2 {
		return reading{note: quote(text) + " is no amount of money"}
	}
	if code == "" {
		return reading{note: quote(text) + " names no currency, and the heading names none"}
	}
	m, err := kind.ParseMoney(whole + "." + decimals + " " + code)
	if err != nil {
		return reading{note: quote(text) + " is no amount of money"}
	}
	return reading{value: string(m)}
}

// placeholders stand in cells that have nothing to say.
var placeholders = []string{
	"n/a", "na", "none", "nobody", "nil", "tbd", "tbc", "tba", "unknown", "not assigned", "k.a.", "keine", "keiner", "offen", "unbekannt", "entfällt",
}

// isPlaceholder reports whether a text names nobody and nothing.
func isPlaceholder(text string) bool {
	words := tokens(text)
	return len(words) == 0 || slices.ContainsFunc(placeholders, func(p string) bool { return slices.Equal(words, declared(p)) })
}

func quote(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "..."
	}
	return strconv.Quote(text)
}
