package standard

import (
	"slices"
	"strings"
	"testing"
)

func TestCrosswalksAreTheSameBothWays(t *testing.T) {
	var refs []string
	for _, r := range AllRequirements(Edition2022) {
		refs = append(refs, r.Number)
	}
	for _, c := range Controls(Edition2022) {
		refs = append(refs, c.Ref())
	}
	refs = append(refs, "4.2 a", "4.2 b")

	for _, walk := range []struct {
		name     string
		to, from func(string) []string
		pairs    int
	}{
		{"CSF", CSF, FromCSF, 390},               // 244 + 93 + 89 in the sets, 36 of the controls' in two of them
		{"SP 800-53", SP80053, FromSP80053, 642}, // 439 of controls, 203 of requirements
	} {
		pairs := 0
		for _, ref := range refs {
			for _, id := range walk.to(ref) {
				pairs++
				if !slices.Contains(walk.from(id), ref) {
					t.Errorf("%s: %s leads to %s, but not back", walk.name, ref, id)
				}
				for _, back := range walk.from(id) {
					if !slices.Contains(refs, back) {
						t.Errorf("%s: %s leads to %s, which the edition has not", walk.name, id, back)
					}
				}
			}
		}
		if pairs != walk.pairs {
			t.Errorf("%s: %d pairs, want %d", walk.name, pairs, walk.pairs)
		}
	}
}

func TestCrosswalkTellsRequirementsFromControls(t *testing.T) {
	for _, test := range []struct {
		walk func(string) []string
		id   string
		want string
	}{
		{CSF, "A.5.2", "GV.RR-02 GV.SC-02 PR.AT-02"},
		{CSF, "A.5.23", "PR.DS-10"},
		{CSF, "7.1", "GV.RR-03"},
		{CSF, "A.9.2.1", ""},
		{FromCSF, "PR.AT", "7.3 A.6.3"},
		{FromCSF, "GV", "6.1 8.1 8.2 8.3 A.5.1"},
		{FromCSF, "XX", ""},
		{SP80053, "A.5.7", "PM-16 PM-16(1) RA-10"},
		{SP80053, "9.2.1", "CA-2"},
		{FromSP80053, "RA-3", "6.1.2 8.2 9.3.2 A.8.8"},
		{FromSP80053, "PM-16(1)", "A.5.7"},
	} {
		if got := strings.Join(test.walk(test.id), " "); got != test.want {
			t.Errorf("%s leads to %q, want %q", test.id, got, test.want)
		}
	}
}

func TestEveryControlRelatesToCSF(t *testing.T) {
	for _, control := range Controls(Edition2022) {
		if len(CSF(control.Ref())) == 0 {
			t.Errorf("%s relates to nothing in CSF", control.Ref())
		}
	}
}
