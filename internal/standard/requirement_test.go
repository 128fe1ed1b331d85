package standard

import (
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
)

func TestRequirementsAreClauses4To10(t *testing.T) {
	for _, test := range []struct {
		edition Edition
		leaves  int
	}{{Edition2022, 30}, {Edition2013, 26}} {
		var clauses []string
		for _, r := range Requirements(test.edition) {
			clauses = append(clauses, r.Number)
		}
		if !slices.Equal(clauses, []string{"4", "5", "6", "7", "8", "9", "10"}) {
			t.Errorf("%s: clauses %v", test.edition, clauses)
		}
		leaves := 0
		for _, r := range AllRequirements(test.edition) {
			if !r.Heading() {
				leaves++
			}
			if r.Edition != test.edition || r.Title == "" {
				t.Errorf("%s: %+v", test.edition, r)
			}
			if want := test.edition == Edition2022 && r.Number == "6.3"; r.New != want {
				t.Errorf("%s %s: new is %v", test.edition, r.Number, r.New)
			}
		}
		if leaves != test.leaves {
			t.Errorf("%s: %d requirements below headings, want %d", test.edition, leaves, test.leaves)
		}
	}
}

func TestRequirementsKeepTheirItems(t *testing.T) {
	r, err := LookupRequirement(Edition2022, "9.3.2")
	if err != nil || len(r.Items) != 7 || r.Items[3].Letter != "d" || !slices.Equal(r.Items[3].Sub, []string{"1", "2", "3", "4"}) {
		t.Errorf("9.3.2 is %+v, %v", r, err)
	}
}

func TestLookupRequirementTakesANumberAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"6.1.3": "6.1.3", "Clause 6.1.3": "6.1.3", "6.1.3 d": "6.1.3", "6.1.3(d)": "6.1.3", "6.1.3 d)": "6.1.3", "9.3.2 d 1": "9.3.2",
		"clause 10": "10", "§ 4.2": "4.2",
	} {
		if r, err := LookupRequirement(Edition2022, text); err != nil || r.Number != want {
			t.Errorf("LookupRequirement(%q) = %s, %v", text, r.Number, err)
		}
	}
	for _, test := range []struct {
		edition Edition
		number  string
		code    fault.Code
		want    string
	}{
		{Edition2013, "9.2.1", fault.NotFound, "9.2.1 is a requirement of the 2022 edition; in 2013 see 9.2"},
		{Edition2013, "6.3", fault.NotFound, "6.3 is a requirement of the 2022 edition, with no counterpart in 2013"},
		{Edition2022, "11.1", fault.NotFound, "the 2022 edition has no requirement 11.1; its clauses are 4 to 10"},
		{Edition2022, "A.5.1", fault.Invalid, `"A.5.1" is not the number of a requirement; write it as in 6.1.3`},
	} {
		_, err := LookupRequirement(test.edition, test.number)
		if !fault.Is(err, test.code) || err.Error() != test.want {
			t.Errorf("LookupRequirement(%s, %q) = %v, want %s", test.edition, test.number, err, test.want)
		}
	}
}

func TestRequirementsCorrespond(t *testing.T) {
	for _, test := range []struct {
		from   Edition
		number string
		want   []string
	}{
		{Edition2013, "10.1", []string{"10.2"}},
		{Edition2022, "10.1", []string{"10.2"}},
		{Edition2013, "9.2", []string{"9.2.1", "9.2.2"}},
		{Edition2022, "9.2.2", []string{"9.2"}},
		{Edition2022, "9.2", []string{"9.2"}},
		{Edition2013, "6.1.3 d", []string{"6.1.3"}},
		{Edition2013, "7.5", []string{"7.5"}},
		{Edition2022, "6.3", nil},
		{Edition2013, "9.9", nil},
		{Edition2013, "A.5.1", nil},
	} {
		if got := MapRequirement(test.from, test.number); !slices.Equal(got, test.want) {
			t.Errorf("MapRequirement(%s, %s) = %v, want %v", test.from, test.number, got, test.want)
		}
	}
	for _, edition := range Editions() {
		for _, r := range AllRequirements(edition) {
			numbers := MapRequirement(edition, r.Number)
			if len(numbers) == 0 && !r.New {
				t.Errorf("%s of %s corresponds to nothing", r.Number, edition)
			}
			for _, number := range numbers {
				if _, err := LookupRequirement(edition.Other(), number); err != nil {
					t.Errorf("%s of %s: %v", r.Number, edition, err)
				}
			}
		}
	}
}

func TestDocumentedInformationNamesRequirements(t *testing.T) {
	if n := len(DocumentedInformation()); n != 19 {
		t.Errorf("%d pieces of documented information, want 19", n)
	}
	seen := map[string]bool{}
	for _, d := range DocumentedInformation() {
		if seen[d.ID] || d.Name == "" || d.Kind != Document && d.Kind != Record {
			t.Errorf("%+v", d)
		}
		seen[d.ID] = true
		for _, edition := range Editions() {
			r, err := LookupRequirement(edition, d.Clause(edition))
			if err != nil || r.Heading() {
				t.Errorf("%s: %s of %s: %v", d.ID, d.Clause(edition), edition, err)
			}
		}
	}
	all := requirements().file.AnnexADocumentation
	if n := len(all); n != 32 {
		t.Errorf("%d documents of Annex A, want 32", n)
	}
	for _, d := range all {
		if !slices.ContainsFunc(ControlDocuments(d.Control), func(own ControlDocument) bool { return own.Document == d.Document }) {
			t.Errorf("%s does not ask for %s", d.Control, d.Document)
		}
		if _, err := Lookup(Edition2022, d.Control); err != nil || !strings.HasPrefix(d.Control, "A.") {
			t.Errorf("%s: %v", d.Document, err)
		}
		if d.Document == "" || d.Level == "" || len(d.Words) == 0 {
			t.Errorf("%+v", d)
		}
	}
}
