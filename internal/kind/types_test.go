package kind_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

func TestMoneyIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]kind.Money{
		"1234.50 EUR": "1234.50 EUR", "1234.5 EUR": "1234.50 EUR", "12000 CHF": "12000.00 CHF", " 7 USD ": "7.00 USD", "0.05 EUR": "0.05 EUR", "-3 EUR": "-3.00 EUR",
		"007 EUR": "7.00 EUR",
	} {
		if got, err := kind.ParseMoney(text); got != want || err != nil {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "EUR", "7", "7 eur", "7 EURO", "7 €", "1,000 EUR", "1.234 EUR", "1.2.3 EUR", "1.x EUR", ".5 EUR", "7EUR", "99999999999999999999 EUR"} {
		if got, err := kind.ParseMoney(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

func TestMoneyKeepsItsSign(t *testing.T) {
	if got, err := kind.ParseMoney("-0.50 EUR"); got != "-0.50 EUR" || err != nil {
		t.Errorf("-0.50 EUR is %q, %v", got, err)
	}
}

func TestMoneyIsReadBackAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[1-9][0-9]{0,9}(\.[0-9]{1,2})? [A-Z]{3}`).Draw(t, "text")
		once, err := kind.ParseMoney(text)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := kind.ParseMoney(string(once)); twice != once || err != nil {
			t.Fatalf("%s became %s, then %s, %v", text, once, twice, err)
		}
	})
}

func TestDaysAreCountedAcrossMonthsAndLeapYears(t *testing.T) {
	for _, test := range []struct {
		from, want kind.Date
		days       int
	}{
		{"2024-02-28", "2024-02-29", 1}, {"2025-02-28", "2025-03-01", 1}, {"2025-12-31", "2026-01-01", 1}, {"2026-01-01", "2025-12-31", -1}, {"2026-03-28", "2026-03-30", 2}, {"2026-01-31", "2026-01-31", 0},
	} {
		if got := test.from.Add(test.days); got != test.want {
			t.Errorf("%d days after %s is %s, want %s", test.days, test.from, got, test.want)
		}
	}
}

func TestNoDayIsCountedFromNone(t *testing.T) {
	for _, d := range []kind.Date{"", "31.1.2026", "2026-02-30"} {
		for _, days := range []int{-1, 0, 1} {
			if got := d.Add(days); got != "" {
				t.Errorf("%d days after %q is %q", days, d, got)
			}
		}
	}
}

func TestADayIsThatOfTheZone(t *testing.T) {
	at := time.Date(2026, 1, 31, 23, 30, 0, 0, time.UTC)
	if got := kind.DateOf(at); got != "2026-01-31" {
		t.Errorf("in UTC it is %s", got)
	}
	if got := kind.DateOf(at.In(time.FixedZone("east", 3600))); got != "2026-02-01" {
		t.Errorf("an hour east of it, it is %s", got)
	}
}

func TestADayIsMidnightAndAMalformedOneIsNoTime(t *testing.T) {
	if got := kind.Date("2026-01-31").Time(); !got.Equal(time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %v", got)
	}
	for _, d := range []kind.Date{"", "31.1.2026", "2026-02-30"} {
		if got := d.Time(); !got.IsZero() {
			t.Errorf("%q is %v", d, got)
		}
	}
}
