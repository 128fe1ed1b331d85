package standard

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestEveryControlAndRequirementHasCompleteGuidance(t *testing.T) {
	for _, control := range Controls(Edition2022) {
		guidance, _ := GuidanceFor(Edition2022, control.Ref())
		checkGuidance(t, "2022/"+control.Number, control.Ref()+" "+control.Title, guidance)
		if guidance.Small == "" || guidance.Larger == "" || len(guidance.Evidence) < 3 || len(guidance.Audit) < 3 || len(guidance.Failures) < 2 {
			t.Errorf("%s: a section is missing or short", control.Ref())
		}
	}
	for _, control := range Controls(Edition2013) {
		guidance, _ := GuidanceFor(Edition2013, control.Ref())
		checkGuidance(t, "2013/"+control.Number, control.Ref()+" "+control.Title, guidance)
		if guidance.Practice == "" || len(guidance.Evidence) < 2 || len(guidance.Audit) < 1 || len(guidance.Failures) < 1 {
			t.Errorf("%s: a section is missing or short", control.Ref())
		}
	}
	for _, r := range AllRequirements(Edition2022) {
		guidance, _ := RequirementGuidance(Edition2022, r.Number)
		if !r.Heading() {
			checkGuidance(t, "requirements/"+r.Number, r.Number+" "+r.Title, guidance)
			continue
		}
		if guidance.Purpose == "" {
			t.Errorf("the heading %s has no purpose", r.Number)
		}
	}
}

// checkGuidance holds guidance against its file: the title, enough words, and no word of the file lost in
// parsing.
func checkGuidance(t *testing.T, name, title string, g Guidance) {
	t.Helper()
	file := string(read("guidance/" + name + ".md"))
	if first, _, _ := strings.Cut(file, "\n"); first != "# "+title {
		t.Errorf("%s: the title is %q, want %q", name, first, "# "+title)
	}
	if g.Purpose == "" || len(g.Evidence) == 0 || len(g.Audit) == 0 || len(g.Failures) == 0 {
		t.Errorf("%s: a section is missing: %+v", name, g)
	}
	var written []string
	for line := range strings.SplitSeq(file, "\n") {
		if !strings.HasPrefix(line, "#") {
			written = append(written, strings.Fields(line)...)
		}
	}
	parts := slices.Concat([]string{g.Purpose, g.Practice, g.Small, g.Larger}, g.Evidence, g.Audit, g.Failures)
	parsed := withoutMarks(strings.Fields(strings.Join(parts, " ")))
	if !slices.Equal(parsed, withoutMarks(written)) {
		t.Errorf("%s: the parts have not the words of the file", name)
	}
	if least := map[bool]int{true: 80, false: 150}[strings.HasPrefix(name, "2013/")]; len(parsed) < least {
		t.Errorf("%s: %d words are too few", name, len(parsed))
	}
}

func withoutMarks(words []string) []string {
	return slices.DeleteFunc(words, func(word string) bool { return word == "-" })
}

func TestEveryGuidanceFileIsUsed(t *testing.T) {
	known := map[string]bool{"guidance/themes-2022.md": true, "guidance/sets-2013.md": true, "guidance/objectives-2013.md": true}
	for _, control := range Controls(Edition2022) {
		known["guidance/2022/"+control.Number+".md"] = true
	}
	for _, control := range Controls(Edition2013) {
		known["guidance/2013/"+control.Number+".md"] = true
	}
	for _, r := range AllRequirements(Edition2022) {
		known["guidance/requirements/"+r.Number+".md"] = true
	}
	for _, name := range guidanceFiles(t) {
		if !known[name] {
			t.Errorf("%s is about nothing in the standard", name)
		}
	}
}

func TestProseFilesHaveASectionForEveryNumber(t *testing.T) {
	titles := map[string]map[string]string{"themes-2022": {}, "sets-2013": {}, "objectives-2013": {}}
	for _, group := range Groups(Edition2022) {
		titles["themes-2022"][group.Number] = group.Title
	}
	for _, group := range Groups(Edition2013) {
		titles["sets-2013"][group.Number] = group.Title
		for _, objective := range group.Objectives {
			titles["objectives-2013"][objective.Number] = objective.Title
		}
	}
	for name, want := range titles {
		sections := parseSections(string(read("guidance/" + name + ".md")))
		if len(sections) != len(want) {
			t.Errorf("%s has %d sections, want %d", name, len(sections), len(want))
		}
		for _, s := range sections {
			number, title, _ := strings.Cut(s.heading, " ")
			if title != want[number] {
				t.Errorf("%s: %q should be %q", name, s.heading, want[number])
			}
			if len(strings.Fields(s.body)) < 15 {
				t.Errorf("%s: %s says too little", name, s.heading)
			}
		}
	}
}

func TestIntroductionsReachTheirGroups(t *testing.T) {
	for _, edition := range Editions() {
		for _, group := range Groups(edition) {
			if group.Introduction == "" || strings.Contains(group.Introduction, "##") {
				t.Errorf("%s of %s: introduction %q", group.Number, edition, group.Introduction)
			}
			for _, objective := range group.Objectives {
				if objective.Introduction == "" {
					t.Errorf("objective %s has no introduction", objective.Number)
				}
			}
		}
	}
}

func TestGuidanceOf2013LeadsTo2022(t *testing.T) {
	for _, control := range Controls(Edition2013) {
		guidance, ok := GuidanceFor(Edition2013, control.Number)
		if !ok || guidance.Purpose == "" || !slices.Equal(guidance.See, Map(Edition2013, control.Number)) {
			t.Errorf("%s: %+v", control.Ref(), guidance)
		}
	}
	for _, r := range AllRequirements(Edition2013) {
		guidance, ok := RequirementGuidance(Edition2013, r.Number)
		if !ok || guidance.Purpose == "" || len(guidance.See) == 0 {
			t.Errorf("%s: %+v", r.Number, guidance)
		}
	}
	swapped, _ := RequirementGuidance(Edition2013, "10.1")
	corrective, _ := RequirementGuidance(Edition2022, "10.2")
	if swapped.Small != corrective.Small {
		t.Error("10.1 of 2013 has not the guidance of 10.2 of 2022")
	}
	audit, _ := RequirementGuidance(Edition2013, "9.2")
	if !slices.Equal(audit.See, []string{"9.2.1", "9.2.2"}) {
		t.Errorf("9.2 of 2013 leads to %v", audit.See)
	}
}

func TestNoGuidanceForUnknownNumbers(t *testing.T) {
	for _, edition := range Editions() {
		if _, ok := GuidanceFor(edition, "A.99.9"); ok {
			t.Errorf("%s: guidance for A.99.9", edition)
		}
		if _, ok := GuidanceFor(edition, "policies"); ok {
			t.Errorf("%s: guidance for a word", edition)
		}
		if _, ok := RequirementGuidance(edition, "11.1"); ok {
			t.Errorf("%s: guidance for 11.1", edition)
		}
	}
}

func TestNoSentenceOccursTwice(t *testing.T) {
	places := map[string][]string{}
	for _, name := range guidanceFiles(t) {
		for i, s := range parseSections(string(read(name))) {
			for passage := range strings.SplitSeq("\n"+s.body, "\n- ") {
				for _, text := range splitSentences(unwrap(passage)) {
					key := strings.Join(foldedWords(text), " ")
					places[key] = append(places[key], fmt.Sprintf("%s section %d (%s)", name, i+1, s.heading))
				}
			}
		}
	}
	if len(places) < 2000 {
		t.Fatalf("only %d sentences were found", len(places))
	}
	for text, where := range places {
		if len(where) > 1 {
			t.Errorf("%q stands in %s", text, strings.Join(where, " and "))
		}
	}
}

func TestListsWithWrappedLines(t *testing.T) {
	g := parseGuidance("# A.0 T\n\n## Purpose\nOne\nline.\n\n## In a small organisation\n- a\n  b\n- c\n\n## Evidence\n- first\n  half - and rest.\n- second.\n")
	if g.Purpose != "One line." || g.Small != "- a\n  b\n- c" || !slices.Equal(g.Evidence, []string{"first half - and rest.", "second."}) {
		t.Errorf("%+v", g)
	}
}

func guidanceFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(files, "guidance", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
