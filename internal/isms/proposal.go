package isms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// Proposal is a control that the facts of a risk speak for.
type Proposal struct {
	Control string `json:"control"` // as in A.8.13, of the organisation's edition
	Title   string `json:"title"`
	Facts   []Fact `json:"facts"` // the causes; without any of them there is no proposal
	Taken   bool   `json:"taken"` // the risk names it already
}

// Fact is one thing known about a risk that speaks for a control.
type Fact struct {
	Key    string `json:"key"`  // of the threat, vulnerability or asset
	Text   string `json:"text"` // "threat THR-0001 Ransomware ..."
	weight int
}

// Because gives the facts as a sentence part.
func (p Proposal) Because() string {
	texts := make([]string, len(p.Facts))
	for i, f := range p.Facts {
		texts[i] = f.Text
	}
	return strings.Join(texts, "; ")
}

func (p Proposal) weight() int {
	sum := 0
	for _, f := range p.Facts {
		sum += f.weight
	}
	return sum
}

// staples are the controls of 2022 that a type of asset calls for whatever threatens it. A proposal on this
// ground alone is made only where the control preserves a property that the risk affects.
var staples = map[AssetType][]string{
	"process":     {"A.5.29", "A.5.30", "A.5.37"},
	"information": {"A.5.12", "A.5.13", "A.5.14", "A.8.3", "A.8.10", "A.8.12", "A.8.13"},
	"software":    {"A.8.3", "A.8.8", "A.8.9", "A.8.13", "A.8.15", "A.8.32"},
	"hardware":    {"A.5.9", "A.7.8", "A.7.13", "A.7.14", "A.8.1"},
	"network":     {"A.8.16", "A.8.20", "A.8.21", "A.8.22"},
	"service":     {"A.5.19", "A.5.20", "A.5.22", "A.5.23"},
	"people":      {"A.6.1", "A.6.2", "A.6.3", "A.6.6"},
	"site":        {"A.7.1", "A.7.2", "A.7.4", "A.7.5", "A.7.11"},
}

// Proposals gives the controls that the threats, vulnerabilities and assets of a risk speak for, the
// strongest first. A control that preserves none of the properties the risk affects is left out.
func Proposals(ctx context.Context, r kind.Reader, risk kind.Entry[Risk]) ([]Proposal, error) {
	org, err := kind.Get[Organisation](ctx, r, OrganisationKey)
	if err != nil {
		return nil, err
	}
	p := proposer{edition: org.Data.Edition.Standard(), risk: risk.Data, found: map[string][]Fact{}}
	for _, key := range risk.Data.Threats {
		t, err := kind.Get[Threat](ctx, r, string(key))
		if err != nil {
			return nil, err
		}
		p.add(t.Data.Controls, Fact{t.Key, fmt.Sprintf("threat %s %s", t.Key, t.Data.Title), 3})
	}
	for _, key := range risk.Data.Vulnerabilities {
		v, err := kind.Get[Vulnerability](ctx, r, string(key))
		if err != nil {
			return nil, err
		}
		p.add(v.Data.Controls, Fact{v.Key, fmt.Sprintf("vulnerability %s %s", v.Key, v.Data.Title), 4})
	}
	for _, key := range risk.Data.Assets {
		a, err := kind.Get[Asset](ctx, r, string(key))
		if err != nil {
			return nil, err
		}
		p.addStaples(a)
	}
	return p.proposals()
}

type proposer struct {
	edition standard.Edition
	risk    *Risk
	found   map[string][]Fact
}

func (p *proposer) add(controls []kind.Ref[Control], f Fact) {
	for _, c := range controls {
		p.found[string(c)] = append(p.found[string(c)], f)
	}
}

func (p *proposer) addStaples(a kind.Entry[Asset]) {
	for _, number := range staples[a.Data.Type] {
		for _, ref := range inEdition(p.edition, number) {
			if preserved := p.preserved(ref); preserved != "" {
				p.found[ref] = append(p.found[ref], Fact{a.Key, fmt.Sprintf("asset %s %s (%s); the control preserves %s", a.Key, a.Data.Title, a.Data.Type, preserved), 1})
			}
		}
	}
}

// inEdition gives a control of 2022 as the controls of an edition that correspond to it.
func inEdition(edition standard.Edition, ref string) []string {
	if edition == standard.Edition2022 {
		return []string{ref}
	}
	return standard.Map(standard.Edition2022, ref)
}

// preserved gives the properties affected by the risk that a control preserves, by the attributes of 2022.
func (p *proposer) preserved(ref string) string {
	refs := []string{ref}
	if p.edition == standard.Edition2013 {
		refs = standard.Map(standard.Edition2013, ref)
	}
	var both []string
	for _, ref := range refs {
		control, err := standard.Lookup(standard.Edition2022, ref)
		if err != nil {
			continue
		}
		for _, preserves := range control.Attributes.Values("information_security_properties") {
			name := strings.ToLower(preserves)
			if slices.Contains(p.risk.Properties, Property(name)) && !slices.Contains(both, name) {
				both = append(both, name)
			}
		}
	}
	return strings.Join(both, ", ")
}

func (p *proposer) proposals() ([]Proposal, error) {
	var list []Proposal
	for ref, facts := range p.found {
		known, err := standard.Lookup(p.edition, ref)
		if err != nil {
			continue // a control of the organisation's own, or of the edition before
		}
		if len(p.risk.Properties) > 0 && p.preserved(ref) == "" {
			continue
		}
		list = append(list, Proposal{Control: ref, Title: known.Title, Facts: facts, Taken: slices.Contains(p.risk.Controls, kind.Ref[Control](ref))})
	}
	slices.SortFunc(list, func(a, b Proposal) int {
		if d := b.weight() - a.weight(); d != 0 {
			return d
		}
		return strings.Compare(kind.SortKey(a.Control), kind.SortKey(b.Control))
	})
	return list, nil
}
