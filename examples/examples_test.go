package examples_test

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stele-isms/stele/examples"
	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// today is when the story is told: a leap day, on which relative dates go wrong first.
var today = time.Date(2028, 2, 29, 9, 0, 0, 0, time.UTC)

// each tells the story of an edition and looks at what has become of the organisation.
func each(t *testing.T, look func(t *testing.T, edition standard.Edition, r kind.Reader) error) {
	for _, edition := range []standard.Edition{standard.Edition2022, standard.Edition2013} {
		t.Run(string(edition), func(t *testing.T) {
			t.Parallel()
			d := told(t, edition)
			if err := d.View(t.Context(), time.Time{}, func(r kind.Reader) error { return look(t, edition, r) }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// told gives the sample organisation after its story, of which every step must be accepted.
func told(t *testing.T, edition standard.Edition) *app.Door {
	t.Helper()
	library, err := exchange.Library(edition)
	if err != nil {
		t.Fatal(err)
	}
	story, err := examples.Story(edition, today)
	if err != nil {
		t.Fatal(err)
	}
	founding := app.Founding{Name: examples.Name, Edition: isms.Edition(edition), Sample: true}
	for _, n := range library {
		founding.Library = append(founding.Library, app.Input{Node: n, File: "library"})
	}
	now := story[0].At
	a, d, err := app.Init(t.Context(), app.Config{Data: t.TempDir(), Now: func() time.Time { return now }}, founding)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, step := range story {
		now = step.At
		if _, err := d.Apply(t.Context(), step.Apply); err != nil {
			t.Fatalf("%s: %v", now.Format(time.DateOnly), err)
		}
		for _, action := range step.Action {
			if _, err := d.As(action.Person).Do(t.Context(), action.Key, action.Name, kind.Node{}); err != nil {
				t.Fatalf("%s, %s %s by %s: %v", now.Format(time.DateOnly), action.Key, action.Name, action.Person, err)
			}
		}
	}
	return d
}

func TestTheStoryIsToldInOrderAndEndsBeforeToday(t *testing.T) {
	for _, edition := range []standard.Edition{standard.Edition2022, standard.Edition2013} {
		story, err := examples.Story(edition, today)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(story, func(a, b examples.Step) int { return a.At.Compare(b.At) }) {
			t.Errorf("%s: the steps are out of order", edition)
		}
		last := story[len(story)-1].At
		if !last.Before(today) || len(story[len(story)-1].Action) == 0 {
			t.Errorf("%s: the story ends on %s", edition, last)
		}
		for _, step := range story {
			for _, in := range step.Apply {
				if text := string(in.Node.JSON()); strings.Contains(text, "@-") || strings.Contains(text, "@+") {
					t.Errorf("%s: a date is not replaced: %s", in.File, text)
				}
			}
		}
	}
}

// TestTheSampleIsWhole looks at everything that a newcomer expects to find in the sample.
func TestTheSampleIsWhole(t *testing.T) {
	each(t, func(t *testing.T, edition standard.Edition, r kind.Reader) error {
		for _, check := range []func(*testing.T, standard.Edition, kind.Reader) error{assets, risks, controls, statements, decisions, people} {
			if err := check(t, edition, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func assets(t *testing.T, _ standard.Edition, r kind.Reader) error {
	list, err := kind.All[isms.Asset](t.Context(), r)
	if len(list) < 40 {
		t.Errorf("%d assets, want 40 or more", len(list))
	}
	types, dependencies := map[isms.AssetType]bool{}, 0
	for _, a := range list {
		types[a.Data.Type] = true
		dependencies += len(a.Data.DependsOn)
	}
	if want := len(isms.AssetType("").Values()); len(types) != want || dependencies < 40 {
		t.Errorf("%d of %d types of assets, %d dependencies", len(types), want, dependencies)
	}
	inherited := 0
	needs := isms.EffectiveNeeds(list)
	for _, a := range list {
		if needs[a.Key] != (isms.Needs{Confidentiality: a.Data.Confidentiality, Integrity: a.Data.Integrity, Availability: a.Data.Availability}) {
			inherited++
		}
	}
	if inherited < 10 {
		t.Errorf("%d assets inherit a need", inherited)
	}
	return err
}

func risks(t *testing.T, _ standard.Edition, r kind.Reader) error {
	list, err := kind.All[isms.Risk](t.Context(), r)
	if len(list) < 60 {
		t.Errorf("%d risks, want 60 or more", len(list))
	}
	told := map[string]string{}
	options, levels := map[isms.Option]int{}, map[int]int{}
	for _, e := range list {
		for _, sentence := range sentences(e.Data.Scenario) {
			if other := told[sentence]; other != "" {
				t.Errorf("%s and %s share the sentence %q", other, e.Key, sentence)
			}
			told[sentence] = e.Key
		}
		if e.Data.Scenario == "" || e.Data.Owner == "" || e.Data.CurrentLevel == nil || e.Data.Option == "" {
			t.Errorf("%s is not assessed, owned and decided", e.Key)
			continue
		}
		options[e.Data.Option]++
		levels[*e.Data.CurrentLevel]++
	}
	if len(options) != 4 || len(levels) != 4 {
		t.Errorf("options %v, levels %v: the sample should show all four of each", options, levels)
	}
	treatments, err2 := kind.All[isms.Treatment](t.Context(), r)
	if len(treatments) < 60 {
		t.Errorf("%d treatment actions", len(treatments))
	}
	return cmp.Or(err, err2)
}

// sentences splits a text at its full stops, and evens out its line breaks.
func sentences(text string) (list []string) {
	for s := range strings.SplitSeq(strings.Join(strings.Fields(text), " "), ". ") {
		list = append(list, strings.TrimSuffix(s, "."))
	}
	return list
}

func controls(t *testing.T, edition standard.Edition, r kind.Reader) error {
	list, err := kind.All[isms.Control](t.Context(), r)
	annex, said := 0, map[string]string{}
	for _, c := range list {
		if c.Data.Source == "annex a" {
			annex++
		}
		if c.Data.Applicability == "undecided" || c.Data.Justification == "" {
			t.Errorf("%s is not decided or not justified", c.Key)
		}
		if c.Data.Applicability == "applicable" && (len(c.Data.Reasons) == 0 || c.Data.Owner == "" || c.Data.Status == "" || c.Data.Implementation == "") {
			t.Errorf("%s is applicable without reason, owner, status or implementation", c.Key)
		}
		if other := said[c.Data.Justification]; other != "" {
			t.Errorf("%s and %s share the justification %q", other, c.Key, c.Data.Justification)
		}
		said[c.Data.Justification] = c.Key
	}
	if want := len(standard.Controls(edition)); annex != want || len(list) < want+2 {
		t.Errorf("%d controls of Annex A, want %d, and %d in all", annex, want, len(list))
	}
	return err
}

func statements(t *testing.T, edition standard.Edition, r kind.Reader) error {
	list, err := kind.All[isms.Statement](t.Context(), r)
	var got []string
	for _, s := range list {
		got = append(got, fmt.Sprintf("%d %s", s.Data.Version, s.State))
		if len(s.Data.Rows) < len(standard.Controls(edition)) || s.Data.Digest != isms.Digest(s.Data.Rows) || s.Data.Edition != isms.Edition(edition) {
			t.Errorf("%s has %d rows of edition %s and the digest %s", s.Key, len(s.Data.Rows), s.Data.Edition, s.Data.Digest)
		}
		if s.Data.Method != isms.Unauthenticated || s.Data.Approver == "" {
			t.Errorf("%s was approved by %q, %q", s.Key, s.Data.Approver, s.Data.Method)
		}
	}
	if !slices.Equal(got, []string{"1 superseded", "2 approved"}) {
		t.Errorf("the versions are %v", got)
	}
	if len(list) == 2 && list[0].Data.Digest == list[1].Data.Digest {
		t.Error("the two versions say the same")
	}
	return err
}

func decisions(t *testing.T, _ standard.Edition, r kind.Reader) error {
	scopes, err := kind.All[isms.Scope](t.Context(), r)
	if len(scopes) != 1 || scopes[0].State != "approved" {
		t.Errorf("the scope is %v", scopes)
	}
	list, err2 := kind.All[isms.Acceptance](t.Context(), r)
	for _, a := range list {
		if a.State != "approved" || a.Imported || len(a.Data.Decided) != len(a.Data.Risks) {
			t.Errorf("%s is %s, with %d of %d risks decided", a.Key, a.State, len(a.Data.Decided), len(a.Data.Risks))
		}
	}
	if len(list) < 5 {
		t.Errorf("%d acceptances", len(list))
	}
	return cmp.Or(err, err2)
}

func people(t *testing.T, _ standard.Edition, r kind.Reader) error {
	list, err := kind.All[isms.Person](t.Context(), r)
	greek, czech := 0, 0
	for _, p := range list {
		if strings.ContainsFunc(p.Data.Name, func(c rune) bool { return unicode.Is(unicode.Greek, c) }) {
			greek++
		}
		if strings.ContainsAny(p.Data.Name, "ěščřžůňťďĚŠČŘŽŇŤĎ") {
			czech++
		}
	}
	if greek == 0 || czech == 0 {
		t.Errorf("%d Greek and %d Czech names", greek, czech)
	}
	return err
}

var controlNumber = regexp.MustCompile(`\bA\.\d+(\.\d+)+`)

// TestTheSampleNamesNothingThatItsEditionLacks holds the numbers in running text against the catalogue: the
// correspondence leads lists of controls over, sentences it cannot.
func TestTheSampleNamesNothingThatItsEditionLacks(t *testing.T) {
	for _, edition := range []standard.Edition{standard.Edition2022, standard.Edition2013} {
		story, err := examples.Story(edition, today)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range story {
			for _, in := range step.Apply {
				for _, number := range controlNumber.FindAllString(string(in.Node.JSON()), -1) {
					if _, err := standard.Lookup(edition, number); err != nil {
						key, _ := in.Node.Member("key")
						t.Errorf("%s, %v: %v", in.File, key.Value, err)
					}
				}
			}
		}
	}
}
