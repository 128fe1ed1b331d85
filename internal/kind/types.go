package kind

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/stele-isms/stele/internal/fault"
)

// Ref is a reference to a record of kind T, held as that record's key ("RISK-0042"); empty is none.
// Keys never change, so a reference never needs rewriting.
type Ref[T any] string

func (Ref[T]) target() reflect.Type { return reflect.TypeFor[T]() }

type referrer interface{ target() reflect.Type }

// Value is one value of an enum and how people read it.
type Value struct {
	Name  string // as stored and exchanged
	Title string
	Also  []string // other words that people write for it, in any language, in lower case
}

// Enum is a string type that lists its own values.
type Enum interface{ Values() []Value }

// Date is a calendar day as "2006-01-02"; empty is none. It sorts as text.
type Date string

// DateOf gives the day of a time in that time's zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time gives midnight UTC of the day, and the zero time for an empty or malformed date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// UnmarshalText refuses what is no day.
func (d *Date) UnmarshalText(text []byte) error {
	if *d = Date(text); *d != "" && !validDate(string(text)) {
		return fault.New(fault.Invalid, "%q is not a date", text)
	}
	return nil
}

// Add gives the day n days later, and none for an empty or malformed date.
func (d Date) Add(days int) Date {
	if !validDate(string(d)) {
		return ""
	}
	return DateOf(d.Time().AddDate(0, 0, days))
}

// Money is an amount in minor units of a currency (ISO 4217), written "1234.50 EUR"; empty is none.
type Money string

// ParseMoney reads an amount as people write it: "1234.5 EUR", "12000 EUR".
func ParseMoney(s string) (Money, error) {
	amount, currency, _ := strings.Cut(strings.TrimSpace(s), " ")
	whole, part, _ := strings.Cut(amount, ".")
	digits, negative := strings.CutPrefix(whole, "-")
	n, err := strconv.ParseUint(digits, 10, 63)
	if err != nil || len(part) > 2 || strings.Trim(part, "0123456789") != "" {
		return "", fault.New(fault.Invalid, "%q is not an amount of money; write it as 1234.50 EUR", s)
	}
	if len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", fault.New(fault.Invalid, "%q names no currency; write it as 1234.50 EUR", s)
	}
	sign := ""
	if negative {
		sign = "-"
	}
	return Money(fmt.Sprintf("%s%d.%s %s", sign, n, (part + "00")[:2], currency)), nil
}
