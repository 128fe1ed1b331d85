package isms_test

import (
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/standard"
)

// library is what an organisation finds when it starts: that its references resolve is what lets it start.
type library struct {
	threats         []kind.Entry[isms.Threat]
	vulnerabilities []kind.Entry[isms.Vulnerability]
}

func (in installation) library() (l library) {
	in.Helper()
	in.view(func(r kind.Reader) (err error) {
		if l.threats, err = kind.All[isms.Threat](in.Context(), r); err != nil {
			return err
		}
		l.vulnerabilities, err = kind.All[isms.Vulnerability](in.Context(), r)
		return err
	})
	return l
}

func TestTheLibrary(t *testing.T) {
	for _, edition := range []isms.Edition{"2022", "2013"} {
		in := foundWithLibrary(t, edition)
		l := in.library()
		t.Run(string(edition)+" is rich", func(t *testing.T) { isRich(t, l) })
		t.Run(string(edition)+" serves the asset-based approach", func(t *testing.T) { servesAssets(t, l) })
		t.Run(string(edition)+" serves the event-based approach", func(t *testing.T) { servesEvents(t, l) })
		t.Run(string(edition)+" proposes every control", func(t *testing.T) { proposesAll(t, edition, in.proposals(l.everything())) })
		t.Run(string(edition)+" makes proposals that follow from their facts alone", func(t *testing.T) { followFromFacts(t, in, edition) })
	}
}

func isRich(t *testing.T, l library) {
	if len(l.threats) < 60 || len(l.vulnerabilities) < 60 {
		t.Errorf("there are %d threats and %d vulnerabilities", len(l.threats), len(l.vulnerabilities))
	}
	titles, descriptions := once{}, once{}
	for _, threat := range l.threats {
		titles.check(t, "the title of "+threat.Key, threat.Data.Title)
		descriptions.check(t, "the description of "+threat.Key, threat.Data.Description)
	}
	for _, v := range l.vulnerabilities {
		titles.check(t, "the title of "+v.Key, v.Data.Title)
		descriptions.check(t, "the description of "+v.Key, v.Data.Description)
	}
}

// servesAssets checks that every type of asset has threats, and weaknesses that let every threat happen.
func servesAssets(t *testing.T, l library) {
	used := map[kind.Ref[isms.Threat]]bool{}
	threatened, weak := map[isms.AssetType]int{}, map[isms.AssetType]int{}
	for _, v := range l.vulnerabilities {
		if len(v.Data.Threats) == 0 || len(v.Data.Controls) == 0 || len(v.Data.AssetTypes) == 0 {
			t.Errorf("%s names no threat, no control or no type of asset", v.Key)
		}
		for _, key := range v.Data.Threats {
			used[key] = true
		}
		for _, of := range v.Data.AssetTypes {
			weak[of]++
		}
	}
	for _, threat := range l.threats {
		if !used[kind.Ref[isms.Threat](threat.Key)] {
			t.Errorf("no vulnerability lets %s happen", threat.Key)
		}
		for _, of := range threat.Data.AssetTypes {
			threatened[of]++
		}
	}
	for _, v := range isms.AssetType("").Values() {
		if of := isms.AssetType(v.Name); threatened[of] < 5 || weak[of] < 5 {
			t.Errorf("for a %s there are %d threats and %d vulnerabilities", of, threatened[of], weak[of])
		}
	}
}

// servesEvents checks that every threat tells an event: who brings it about, what is lost, what to do.
func servesEvents(t *testing.T, l library) {
	events := once{}
	for _, threat := range l.threats {
		d := threat.Data
		events.check(t, "the event of "+threat.Key, d.Event)
		if d.Origin == "" || len(d.Sources) == 0 || len(d.Properties) == 0 || len(d.Controls) == 0 || len(d.AssetTypes) == 0 {
			t.Errorf("%s is incomplete: %+v", threat.Key, *d)
		}
	}
}

// everything gives a risk on which all of the library bears.
func (l library) everything() *isms.Risk {
	data := &isms.Risk{}
	for _, threat := range l.threats {
		data.Threats = append(data.Threats, kind.Ref[isms.Threat](threat.Key))
	}
	for _, v := range l.vulnerabilities {
		data.Vulnerabilities = append(data.Vulnerabilities, kind.Ref[isms.Vulnerability](v.Key))
	}
	return data
}

func proposesAll(t *testing.T, edition isms.Edition, list []isms.Proposal) {
	proposed := once{}
	for _, p := range list {
		proposed.check(t, "a control", p.Control)
	}
	known := standard.Controls(edition.Standard())
	for _, c := range known {
		if !proposed[c.Ref()] {
			t.Errorf("nothing proposes %s %s", c.Ref(), c.Title)
		}
	}
	if len(list) != len(known) {
		t.Errorf("%d controls are proposed, of %d", len(list), len(known))
	}
}

// proposals gives the controls that the facts of a risk speak for.
func (in installation) proposals(data *isms.Risk) (list []isms.Proposal) {
	in.Helper()
	in.view(func(r kind.Reader) (err error) {
		list, err = isms.Proposals(in.Context(), r, riskOf(data))
		return err
	})
	return list
}

func riskOf(data *isms.Risk) kind.Entry[isms.Risk] {
	rec := isms.Risks.New()
	rec.Key, rec.Data = "RISK-0001", data
	return isms.Risks.As(rec)
}
