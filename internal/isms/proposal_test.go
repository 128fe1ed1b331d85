package isms_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

const facts = `
kind: threat
key: THR-9001
title: Fire
controls: [A.7.5, A.8.13]
---
kind: vulnerability
key: VUL-9001
title: No copies
controls: [A.8.13, C-0001, A.8.14]
---
kind: control
key: C-0001
title: Copies at the notary's
---
kind: asset
key: AST-0001
title: Ledger
type: information
---
kind: asset
key: AST-0002
title: Office
type: site
`

// said gives proposals as "control: facts".
func said(list []isms.Proposal) []string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.Control + ": " + p.Because()
	}
	return lines
}

func TestAProposalNamesEveryFactThatSpeaksForIt(t *testing.T) {
	in := found(t, "2022")
	in.apply(facts)
	const fire, copies = "threat THR-9001 Fire", "vulnerability VUL-9001 No copies"
	const ledger = "asset AST-0001 Ledger (information); the control preserves "
	for _, test := range []struct {
		name string
		risk isms.Risk
		want []string
	}{
		{"nothing known", isms.Risk{}, nil},
		{"a threat", isms.Risk{Threats: []kind.Ref[isms.Threat]{"THR-9001"}}, []string{"A.7.5: " + fire, "A.8.13: " + fire}},
		{"a vulnerability", isms.Risk{Vulnerabilities: []kind.Ref[isms.Vulnerability]{"VUL-9001"}}, []string{"A.8.13: " + copies, "A.8.14: " + copies}},
		{
			"both, the strongest control first",
			isms.Risk{Threats: []kind.Ref[isms.Threat]{"THR-9001"}, Vulnerabilities: []kind.Ref[isms.Vulnerability]{"VUL-9001"}},
			[]string{"A.8.13: " + fire + "; " + copies, "A.8.14: " + copies, "A.7.5: " + fire},
		},
		{"an asset without a property", isms.Risk{Assets: []kind.Ref[isms.Asset]{"AST-0001"}}, nil},
		{
			"an asset and a property",
			isms.Risk{Assets: []kind.Ref[isms.Asset]{"AST-0001"}, Properties: []isms.Property{"availability"}},
			[]string{
				"A.5.12: " + ledger + "availability", "A.5.13: " + ledger + "availability", "A.5.14: " + ledger + "availability",
				"A.8.3: " + ledger + "availability", "A.8.13: " + ledger + "availability",
			},
		},
		{
			"two properties are named together",
			isms.Risk{Assets: []kind.Ref[isms.Asset]{"AST-0001"}, Properties: []isms.Property{"integrity", "confidentiality"}},
			[]string{
				"A.5.12: " + ledger + "confidentiality, integrity", "A.5.13: " + ledger + "confidentiality, integrity",
				"A.5.14: " + ledger + "confidentiality, integrity", "A.8.3: " + ledger + "confidentiality, integrity",
				"A.8.10: " + ledger + "confidentiality", "A.8.12: " + ledger + "confidentiality", "A.8.13: " + ledger + "integrity",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := said(in.proposals(&test.risk)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestAProposalHasANumberOfTheOrganisationsEdition(t *testing.T) {
	in := found(t, "2013")
	in.apply(`
kind: threat
key: THR-9001
title: Fire
controls: [A.11.1.4, A.12.3.1]
---
kind: asset
key: AST-0001
title: Ledger
type: information
`)
	got := controls(in.proposals(&isms.Risk{
		Threats: []kind.Ref[isms.Threat]{"THR-9001"}, Assets: []kind.Ref[isms.Asset]{"AST-0001"}, Properties: []isms.Property{"availability"},
	}))
	want := []string{"A.12.3.1", "A.11.1.4", "A.8.2.1", "A.8.2.2", "A.9.4.1", "A.13.2.1", "A.13.2.2", "A.13.2.3"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func controls(list []isms.Proposal) []string {
	numbers := make([]string, len(list))
	for i, p := range list {
		numbers[i] = p.Control
	}
	return numbers
}

func TestAControlThatPreservesNothingAffectedIsLeftOut(t *testing.T) {
	in := found(t, "2022")
	in.apply("kind: threat\nkey: THR-9001\ntitle: Thief\ncontrols: [A.8.10, A.8.13, A.8.14, A.8.1]\n")
	for property, want := range map[isms.Property][]string{
		"confidentiality": {"A.8.1", "A.8.10"}, "integrity": {"A.8.1", "A.8.13"}, "availability": {"A.8.1", "A.8.13", "A.8.14"},
	} {
		got := controls(in.proposals(&isms.Risk{Threats: []kind.Ref[isms.Threat]{"THR-9001"}, Properties: []isms.Property{property}}))
		if !slices.Equal(got, want) {
			t.Errorf("for %s: got %q, want %q", property, got, want)
		}
	}
}

func TestAProposalSaysWhetherTheRiskHasTakenIt(t *testing.T) {
	in := found(t, "2022")
	in.apply(facts)
	list := in.proposals(&isms.Risk{Threats: []kind.Ref[isms.Threat]{"THR-9001"}, Controls: []kind.Ref[isms.Control]{"A.8.13"}})
	for _, p := range list {
		if p.Taken != (p.Control == "A.8.13") {
			t.Errorf("%s is taken: %t", p.Control, p.Taken)
		}
	}
	if len(list) != 2 {
		t.Errorf("got %q", said(list))
	}
}

func TestAFactThatIsNotThereIsAnError(t *testing.T) {
	in := found(t, "2022")
	for _, data := range []*isms.Risk{
		{Threats: []kind.Ref[isms.Threat]{"THR-9999"}}, {Vulnerabilities: []kind.Ref[isms.Vulnerability]{"VUL-9999"}}, {Assets: []kind.Ref[isms.Asset]{"AST-9999"}},
	} {
		in.view(func(r kind.Reader) error {
			list, err := isms.Proposals(t.Context(), r, riskOf(data))
			refused(t, err, fault.NotFound, "-9999")
			if len(list) > 0 {
				t.Errorf("there are proposals: %q", said(list))
			}
			return nil
		})
	}
}

// weights are how much a fact speaks for a control, by the prefix of its key.
var weights = map[string]int{"VUL": 4, "THR": 3, "AST": 1}

// followFromFacts draws risks over the library, and takes one fact away from each.
func followFromFacts(t *testing.T, in installation, edition isms.Edition) {
	for i, v := range isms.AssetType("").Values() {
		in.apply("kind: asset\nkey: AST-%04d\ntitle: A %s\ntype: %s\n", i, v.Name, v.Name)
	}
	in.view(func(r kind.Reader) error {
		rapid.Check(t, func(t *rapid.T) {
			data := drawFacts(t)
			before := proposals(t, r, data)
			checkProposals(t, edition, data, before)
			gone := rapid.SampledFrom(keysOf(data)).Draw(t, "removed")
			after := proposals(t, r, without(data, gone))
			if want := lessFact(before, gone); !slices.Equal(factsOf(after), want) {
				t.Fatalf("without %s got %q, want %q", gone, factsOf(after), want)
			}
		})
		return nil
	})
}

// drawFacts draws a risk with at least one fact.
func drawFacts(t *rapid.T) *isms.Risk {
	key := func(prefix string, from, to, least int) []string {
		number := rapid.Map(rapid.IntRange(from, to), func(n int) string { return fmt.Sprintf("%s-%04d", prefix, n) })
		return rapid.SliceOfNDistinct(number, least, 4, rapid.ID).Draw(t, prefix)
	}
	property := rapid.SampledFrom([]isms.Property{"confidentiality", "integrity", "availability"})
	data := &isms.Risk{Properties: rapid.SliceOfNDistinct(property, 0, 3, rapid.ID).Draw(t, "properties")}
	for _, k := range key("THR", 1, 60, 1) {
		data.Threats = append(data.Threats, kind.Ref[isms.Threat](k))
	}
	for _, k := range key("VUL", 1, 60, 0) {
		data.Vulnerabilities = append(data.Vulnerabilities, kind.Ref[isms.Vulnerability](k))
	}
	for _, k := range key("AST", 0, 7, 0) {
		data.Assets = append(data.Assets, kind.Ref[isms.Asset](k))
	}
	return data
}

func keysOf(data *isms.Risk) (keys []string) {
	for _, k := range data.Threats {
		keys = append(keys, string(k))
	}
	for _, k := range data.Vulnerabilities {
		keys = append(keys, string(k))
	}
	for _, k := range data.Assets {
		keys = append(keys, string(k))
	}
	return keys
}

func without(data *isms.Risk, key string) *isms.Risk {
	less := *data
	less.Threats = slices.DeleteFunc(slices.Clone(data.Threats), func(k kind.Ref[isms.Threat]) bool { return string(k) == key })
	less.Vulnerabilities = slices.DeleteFunc(slices.Clone(data.Vulnerabilities), func(k kind.Ref[isms.Vulnerability]) bool { return string(k) == key })
	less.Assets = slices.DeleteFunc(slices.Clone(data.Assets), func(k kind.Ref[isms.Asset]) bool { return string(k) == key })
	return &less
}

func proposals(t *rapid.T, r kind.Reader, data *isms.Risk) []isms.Proposal {
	list, err := isms.Proposals(context.Background(), r, riskOf(data))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// checkProposals checks each proposal, and that the strongest stand first, equal ones in the order of the standard.
func checkProposals(t *rapid.T, edition isms.Edition, data *isms.Risk, list []isms.Proposal) {
	strength := func(p isms.Proposal) (sum int) {
		for _, f := range p.Facts {
			sum += weights[f.Key[:3]]
		}
		return sum
	}
	for i, p := range list {
		known, err := standard.Lookup(edition.Standard(), p.Control)
		if err != nil || known.Title != p.Title || known.Ref() != p.Control {
			t.Fatalf("%s %s is no control of %s: %v", p.Control, p.Title, edition, err)
		}
		if !preservesAny(edition, p.Control, data.Properties) {
			t.Fatalf("%s preserves none of %v", p.Control, data.Properties)
		}
		keys := once{}
		for _, f := range p.Facts {
			if keys[f.Key] || !slices.Contains(keysOf(data), f.Key) || !strings.Contains(p.Because(), f.Key) {
				t.Fatalf("%s rests on %q, the risk on %q", p.Control, p.Because(), keysOf(data))
			}
			keys[f.Key] = true
		}
		if len(p.Facts) == 0 {
			t.Fatalf("%s rests on nothing", p.Control)
		}
		if i == 0 {
			continue
		}
		last := list[i-1]
		if strength(last) < strength(p) || strength(last) == strength(p) && position(edition, last.Control) >= position(edition, p.Control) {
			t.Fatalf("%s stands before %s", last.Control, p.Control)
		}
	}
}

func position(edition isms.Edition, ref string) int {
	return slices.IndexFunc(standard.Controls(edition.Standard()), func(c standard.Control) bool { return c.Ref() == ref })
}

// preservesAny reports whether a control, or one of 2022 that took over from it, preserves a property; any
// will do where none is named.
func preservesAny(edition isms.Edition, ref string, properties []isms.Property) bool {
	if len(properties) == 0 {
		return true
	}
	refs := []string{ref}
	if edition == "2013" {
		refs = standard.Map(standard.Edition2013, ref)
	}
	for _, c := range standard.Controls(standard.Edition2022) {
		for _, p := range properties {
			if slices.Contains(refs, c.Ref()) && slices.Contains(c.Attributes.InformationSecurityProperties, strings.ToUpper(string(p[:1]))+string(p[1:])) {
				return true
			}
		}
	}
	return false
}

// factsOf gives each control and the keys of its facts, in the order of the controls.
func factsOf(list []isms.Proposal) []string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.Control + ":"
		for _, f := range p.Facts {
			lines[i] += " " + f.Key
		}
	}
	slices.Sort(lines)
	return lines
}

// lessFact gives what remains of proposals without one fact.
func lessFact(list []isms.Proposal, key string) []string {
	var less []isms.Proposal
	for _, p := range list {
		p.Facts = slices.DeleteFunc(slices.Clone(p.Facts), func(f isms.Fact) bool { return f.Key == key })
		if len(p.Facts) > 0 {
			less = append(less, p)
		}
	}
	return factsOf(less)
}
