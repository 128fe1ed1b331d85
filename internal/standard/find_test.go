package standard

import (
	"slices"
	"strings"
	"testing"
)

func TestFindNumbersReadsWhatPeopleWrite(t *testing.T) {
	for _, test := range []struct {
		edition Edition
		text    string
		found   string
		rest    string
	}{
		{Edition2022, "A 5.17 A 8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "A.5.17, A.8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "5.17; 8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "A5.17/A8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "A-5.17 a_8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "Annex A 5.17", "A.5.17", ""},
		{Edition2022, "ISO 27001 A.5.17", "A.5.17", ""},
		{Edition2022, "ISO/IEC 27001:2022 Annex A controls 5.17 and 8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "ISO/IEC 27002:2022 5.17", "A.5.17", ""},
		{Edition2022, "(A.5.17)\r\n• 8.5.", "A.5.17 A.8.5", ""},
		{Edition2022, "A.8.5, A.5.17, 8.5", "A.8.5 A.5.17", ""},
		{Edition2022, "", "", ""},

		// Titles.
		{Edition2022, "A.8.24 Use of cryptography", "A.8.24", ""},
		{Edition2022, "5.17 Authentication information, 8.5 – Secure authentication", "A.5.17 A.8.5", ""},
		{Edition2022, "8.17 Clock synchronisation", "A.8.17", ""},
		{Edition2022, "A.8.24 Use of crypto", "A.8.24", "Use of crypto"},

		// Ranges.
		{Edition2022, "A.5.1-A.5.4", "A.5.1 A.5.2 A.5.3 A.5.4", ""},
		{Edition2022, "5.9 – 5.11", "A.5.9 A.5.10 A.5.11", ""},
		{Edition2022, "A.6.1 to 6.3", "A.6.1 A.6.2 A.6.3", ""},
		{Edition2022, "A 6.1 - A 6.3", "A.6.1 A.6.2 A.6.3", ""},
		{Edition2022, "A.5.1 A-5.4", "A.5.1 A.5.4", ""},
		{Edition2022, "A.5.1, -, A.5.4", "A.5.1 A.5.4", ""},
		{Edition2022, "A.5.17 - A.8.5", "A.5.17 A.8.5", ""},
		{Edition2022, "A.5.4-A.5.1", "A.5.4 A.5.1", ""},
		{Edition2013, "A.9.2.1-A.9.2.3", "A.9.2.1 A.9.2.2 A.9.2.3", ""},

		// Requirements.
		{Edition2022, "Clause 9.2", "", "Clause 9.2"},
		{Edition2022, "Clauses 5.1, 5.2 and 6.2", "", "Clauses 5.1, 5.2 and 6.2"},
		{Edition2022, "ISO 6.2", "", "ISO 6.2"},
		{Edition2013, "ISO 27001 6.1.3", "", "ISO 27001 6.1.3"},
		{Edition2022, "ISO 27001:2022 5.2; 6.2", "", "ISO 27001:2022 5.2; 6.2"},
		{Edition2022, "Clause 6.1.3 and Annex A 6.2, 6.3", "A.6.2 A.6.3", "Clause 6.1.3"},
		{Edition2022, "A.5.1, clause 5.2, A.5.3", "A.5.1 A.5.3", "clause 5.2"},
		{Edition2022, "Clause 4.2 a, 5.1", "", "Clause 4.2 a, 5.1"},
		{Edition2022, "§ 8.1", "", "§ 8.1"},

		// Other frameworks, and numbers that are none.
		{Edition2022, "PCI DSS 8.3, 8.4; A.8.5", "A.8.5", "PCI DSS 8.3, 8.4"},
		{Edition2022, "CIS Controls 5.1\n5.17", "A.5.17", "CIS Controls 5.1"},
		{Edition2022, "SOC 2 A1.2", "", "SOC 2 A1.2"},
		{Edition2022, "TLS 1.2 or v8.1 since 5.10.2022", "", "TLS 1.2 or v8.1 since 5.10.2022"},
		{Edition2022, "10.0.5.17", "", "10.0.5.17"},
		{Edition2022, "A.5.17 and MFA everywhere", "A.5.17", "MFA everywhere"},
		{Edition2022, "MFA (A.5.17) for a firewall, A.8.20", "A.5.17 A.8.20", "MFA; for a firewall"},
		{Edition2022, "ISO 27001", "", "ISO 27001"},

		// The other edition.
		{Edition2022, "A.9.2.1, A.5.16", "A.5.16", "A.9.2.1"},
		{Edition2022, "A.5.99", "", "A.5.99"},
		{Edition2013, "A.9.2.1; 9.2", "A.9.2.1", "9.2"},
		{Edition("2005"), "A.5.1", "", "A.5.1"},
	} {
		found, rest := FindNumbers(test.edition, test.text)
		if strings.Join(found, " ") != test.found || rest != test.rest {
			t.Errorf("FindNumbers(%s, %q)\n got %q, rest %q\nwant %q, rest %q", test.edition, test.text,
				strings.Join(found, " "), rest, test.found, test.rest)
		}
	}
}

func TestFindNumbersFindsEveryControlWithItsTitle(t *testing.T) {
	for _, edition := range Editions() {
		for _, control := range Controls(edition) {
			for _, text := range []string{control.Ref() + " " + control.Title, control.Number, control.Number + ": " + control.Title + ", " + control.Number} {
				if found, rest := FindNumbers(edition, text); !slices.Equal(found, []string{control.Ref()}) || rest != "" {
					t.Errorf("FindNumbers(%s, %q) = %v, rest %q", edition, text, found, rest)
				}
			}
		}
	}
}

func FuzzFindNumbers(f *testing.F) {
	for _, text := range []string{
		"A 5.17 A 8.5", "A.5.1-A.5.4; Clause 9.2", "ISO/IEC 27001:2022 Annex A 5.17", "5.1 – 5.4 a. to A-5.9", "§ 4.2 a)",
		"A.8.24 Use of cryptography\nPCI DSS 8.3", "A", "ISO", "A.9.2.1 to 9.2.6", "\xff5.1\x00A",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, edition := range Editions() {
			found, rest := FindNumbers(edition, text)
			for i, ref := range found {
				if _, err := Lookup(edition, ref); err != nil || !strings.HasPrefix(ref, "A.") {
					t.Errorf("%q: found %q: %v", text, ref, err)
				}
				if slices.Contains(found[:i], ref) {
					t.Errorf("%q: found %q twice", text, ref)
				}
			}
			for word := range strings.FieldsSeq(strings.ReplaceAll(rest, ";", " ")) {
				if !strings.Contains(text, word) {
					t.Errorf("%q: the rest %q has a word of its own", text, rest)
				}
			}
			again, nothing := FindNumbers(edition, strings.Join(found, ", "))
			if !slices.Equal(again, found) || nothing != "" {
				t.Errorf("%q: of what was found, %v is found again, rest %q", text, again, nothing)
			}
		}
	})
}
