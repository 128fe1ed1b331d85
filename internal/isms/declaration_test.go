package isms_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// eachKind runs a test on every kind of the product.
func eachKind(t *testing.T, test func(t *testing.T, s *kind.Schema)) {
	for _, s := range isms.Kinds.Schemas {
		t.Run(s.Name, func(t *testing.T) { test(t, s) })
	}
}

// allFields gives the fields of a kind, those of its groups and those that its actions ask for.
func allFields(s *kind.Schema) []*kind.Field {
	list := slices.Clone(s.Fields)
	for _, a := range s.Actions {
		list = append(list, a.Input...)
	}
	for i := 0; i < len(list); i++ {
		list = append(list, list[i].Fields...)
	}
	return list
}

// once notes a text that is to be there, and only once.
type once map[string]bool

func (o once) check(t *testing.T, what, text string) {
	t.Helper()
	if text == "" || o[text] {
		t.Errorf("%s is %q, which is empty or taken", what, text)
	}
	o[text] = true
}

func TestKindsAreToldApart(t *testing.T) {
	names, titles, plurals, prefixes := once{}, once{}, once{}, once{}
	for _, s := range isms.Kinds.Schemas {
		names.check(t, "the name", s.Name)
		titles.check(t, "the title of "+s.Name, s.Title)
		plurals.check(t, "the plural of "+s.Name, s.Plural)
		if s.Title == s.Plural {
			t.Errorf("one %s is called as many are", s.Name)
		}
		if s.Name != isms.Organisations.Name {
			prefixes.check(t, "the prefix of "+s.Name, s.Prefix)
		}
	}
}

func TestAKeyBelongsToOneKind(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		key := s.Prefix + "-0001"
		if s.Name == isms.Organisations.Name {
			key = isms.OrganisationKey
		}
		for _, other := range isms.Kinds.Schemas {
			if other.KeyFits(key) != (other == s) {
				t.Errorf("%s is taken for the key of a %s", key, other.Name)
			}
		}
	})
	for _, key := range []string{"A.5.1", "A.8.34", "A.18.2.3"} {
		if s, err := isms.Kinds.ByKey(key); s != isms.Controls.Schema {
			t.Errorf("%s belongs to %v, %v", key, s, err)
		}
	}
}

func TestARecordHasOneNameForPeople(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		naming := 0
		for _, f := range s.Fields {
			if f.Naming && f.Type == kind.String && !f.List && !f.Nullable {
				naming++
			}
		}
		if naming != 1 {
			t.Errorf("%d fields name it", naming)
		}
	})
}

var (
	fieldName  = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	fieldTitle = regexp.MustCompile(`^[A-Z]`)
)

func TestEveryFieldHasANameAndATitle(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		names, titles := once{}, once{}
		for _, f := range s.Fields {
			names.check(t, "a name", f.Name)
			titles.check(t, "the title of "+f.Name, f.Title)
		}
		for _, f := range allFields(s) {
			if !fieldName.MatchString(f.Name) || !fieldTitle.MatchString(f.Title) {
				t.Errorf("a field is called %q, %q", f.Name, f.Title)
			}
		}
	})
}

func TestAnOptionStandsOnlyWhereItMeansSomething(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		for _, f := range allFields(s) {
			if f.Acyclic && (f.Type != kind.Reference || f.Target != s) {
				t.Errorf("%s runs in no chain of its kind", f.Name)
			}
			if f.Derived && (f.Required || !f.Nullable) {
				t.Errorf("%s is derived and cannot be absent", f.Name)
			}
			if f.Index && (f.List || f.Type == kind.Object) {
				t.Errorf("%s is indexed and has no plain column", f.Name)
			}
			if other := s.Field(f.Else); f.Else != "" && (other == nil || other.Type != kind.String) {
				t.Errorf("%s leaves what it cannot hold to %q", f.Name, f.Else)
			}
		}
	})
}

func TestAHeadingOfARegisterMeansOneField(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		words := once{}
		for _, f := range s.Fields {
			for _, word := range f.Words {
				words.check(t, "a heading of "+f.Name, word)
				if word != strings.ToLower(word) || word != strings.TrimSpace(word) {
					t.Errorf("the heading %q of %s is not in lower case", word, f.Name)
				}
				if other := s.Field(word); other != nil && other != f {
					t.Errorf("the heading %q of %s is the name of another field", word, f.Name)
				}
			}
		}
	})
}

func TestAWordMeansOneValueOfAnEnum(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		for _, f := range allFields(s) {
			if f.Type != kind.OneOf {
				continue
			}
			if len(f.Enum) < 2 {
				t.Errorf("%s leaves no choice", f.Name)
			}
			values, titles := make([]kind.State, len(f.Enum)), once{}
			for i, v := range f.Enum {
				titles.check(t, "the title of "+v.Name, v.Title)
				values[i] = kind.State(v)
			}
			oneMeaning(t, f.Name, values)
		}
	})
}

func TestAValueAndAStateAreTitledInSentenceCase(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		titles := map[string]string{}
		for _, st := range s.States {
			titles["state "+st.Name] = st.Title
		}
		for _, f := range allFields(s) {
			for _, v := range f.Enum {
				titles[f.Name+" "+v.Name] = v.Title
			}
		}
		for of, title := range titles {
			if !fieldTitle.MatchString(title) {
				t.Errorf("%s is titled %q", of, title)
			}
		}
	})
}

func TestAStateIsNamedByOneWord(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		titles := once{}
		for _, st := range s.States {
			titles.check(t, "the title of "+st.Name, st.Title)
		}
		oneMeaning(t, "state", s.States)
	})
}

// oneMeaning checks that no name or other word stands for two values.
func oneMeaning(t *testing.T, of string, values []kind.State) {
	t.Helper()
	words := once{}
	for _, v := range values {
		for _, word := range append([]string{v.Name}, v.Also...) {
			words.check(t, fmt.Sprintf("a word of %s for %s", v.Name, of), word)
			if word != strings.ToLower(word) {
				t.Errorf("the word %q of %s is not in lower case", word, of)
			}
		}
	}
}

func TestAnActionLeadsBetweenStatesOfItsKind(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		var states []string
		for _, st := range s.States {
			states = append(states, st.Name)
		}
		names, titles := once{}, once{}
		for _, a := range s.Actions {
			names.check(t, "the name of an action", a.Name)
			titles.check(t, "the title of "+a.Name, a.Title)
			if len(a.From) == 0 {
				t.Errorf("%s is offered in every state", a.Name)
			}
			for _, from := range a.From {
				if !slices.Contains(states, from) || from == a.To {
					t.Errorf("%s leads from %q to %q", a.Name, from, a.To)
				}
			}
			if a.To != "" && !slices.Contains(states, a.To) {
				t.Errorf("%s leads to %q", a.Name, a.To)
			}
		}
		if len(s.States) > 0 && len(s.Actions) == 0 {
			t.Error("it has states and no way between them")
		}
	})
}

func TestAnEmptyRecordOfAnyKindIsIncompleteAndHarmless(t *testing.T) {
	eachKind(t, func(t *testing.T, s *kind.Schema) {
		rec := s.New()
		rec.Key = "none"
		if got := places(rec.Validate()); len(got) < 2 || got[0] != "key" {
			t.Errorf("it lacks %q", got)
		}
		if rec.Name() != "none" || rec.SearchText() != "" || len(rec.Clone().Body()) > 1 {
			t.Errorf("it is called %q, is found by %q and holds %v", rec.Name(), rec.SearchText(), rec.Body())
		}
	})
}
