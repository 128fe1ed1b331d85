package isms_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

func asset(key string, data isms.Asset) kind.Entry[isms.Asset] {
	rec := isms.Assets.New()
	rec.Key, rec.Data = key, &data
	return isms.Assets.As(rec)
}

func TestAnAssetInheritsTheNeedsOfAllThatDependsOnIt(t *testing.T) {
	got := isms.EffectiveNeeds([]kind.Entry[isms.Asset]{
		asset("room", isms.Asset{Availability: "low"}),
		asset("server", isms.Asset{DependsOn: []kind.Ref[isms.Asset]{"room"}, Confidentiality: "medium", Availability: "medium"}),
		asset("database", isms.Asset{DependsOn: []kind.Ref[isms.Asset]{"server"}}),
		asset("orders", isms.Asset{DependsOn: []kind.Ref[isms.Asset]{"database"}, Integrity: "very high"}),
		asset("payroll", isms.Asset{DependsOn: []kind.Ref[isms.Asset]{"database", "server"}, Confidentiality: "high", Integrity: "low"}),
		asset("garden", isms.Asset{Availability: "low"}),
	})
	want := map[string]isms.Needs{
		"room":     {Confidentiality: "high", Integrity: "very high", Availability: "medium"},
		"server":   {Confidentiality: "high", Integrity: "very high", Availability: "medium"},
		"database": {Confidentiality: "high", Integrity: "very high"},
		"orders":   {Integrity: "very high"},
		"payroll":  {Confidentiality: "high", Integrity: "low"},
		"garden":   {Availability: "low"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// drawAssets draws assets that depend on earlier ones only, and so never in a circle.
func drawAssets(t *rapid.T) []kind.Entry[isms.Asset] {
	need := rapid.SampledFrom([]isms.Need{"", "low", "medium", "high", "very high"})
	assets := make([]kind.Entry[isms.Asset], rapid.IntRange(1, 8).Draw(t, "assets"))
	for i := range assets {
		var on []kind.Ref[isms.Asset]
		for j := range i {
			if rapid.Bool().Draw(t, "depends") {
				on = append(on, kind.Ref[isms.Asset](assets[j].Key))
			}
		}
		assets[i] = asset(fmt.Sprintf("AST-%04d", i), isms.Asset{
			DependsOn: on, Confidentiality: need.Draw(t, "c"), Integrity: need.Draw(t, "i"), Availability: need.Draw(t, "a"),
		})
	}
	return assets
}

func TestANeedIsTheHighestOnTheWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		assets := drawAssets(t)
		got := isms.EffectiveNeeds(rapid.Permutation(assets).Draw(t, "order"))
		if len(got) != len(assets) {
			t.Fatalf("%d assets have needs, of %d", len(got), len(assets))
		}
		for _, a := range assets {
			want := isms.Needs{}
			for _, from := range assets {
				if reaches(assets, from, a.Key) {
					raise(&want.Confidentiality, from.Data.Confidentiality)
					raise(&want.Integrity, from.Data.Integrity)
					raise(&want.Availability, from.Data.Availability)
				}
			}
			if got[a.Key] != want {
				t.Fatalf("%s needs %v, want %v", a.Key, got[a.Key], want)
			}
		}
	})
}

// reaches reports whether an asset is the one of a key, or depends on it over any number of steps.
func reaches(assets []kind.Entry[isms.Asset], from kind.Entry[isms.Asset], key string) bool {
	if from.Key == key {
		return true
	}
	for _, a := range assets {
		for _, on := range from.Data.DependsOn {
			if a.Key == string(on) && reaches(assets, a, key) {
				return true
			}
		}
	}
	return false
}

func raise(n *isms.Need, to isms.Need) {
	if to.Rank() > n.Rank() {
		*n = to
	}
}

func TestANeedIsNeverLowerThanTheAssetsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		assets := drawAssets(t)
		needs := isms.EffectiveNeeds(assets)
		for _, a := range assets {
			n := needs[a.Key]
			if n.Confidentiality.Rank() < a.Data.Confidentiality.Rank() || n.Integrity.Rank() < a.Data.Integrity.Rank() || n.Availability.Rank() < a.Data.Availability.Rank() {
				t.Fatalf("%s needs %v, of its own %v", a.Key, n, *a.Data)
			}
		}
	})
}

func TestNeedsRankFromNoneToVeryHigh(t *testing.T) {
	for rank, need := range []isms.Need{"", "low", "medium", "high", "very high"} {
		if need.Rank() != rank {
			t.Errorf("%q ranks %d", need, need.Rank())
		}
	}
	if isms.Need("utmost").Rank() != 0 {
		t.Error("a need that there is not has a rank")
	}
}

func TestAssetsNeverDependOnThemselves(t *testing.T) {
	in := found(t, "2022")
	err := in.try(`
kind: asset
key: AST-0001
title: Server
type: hardware
depends_on: [AST-0002]
---
kind: asset
key: AST-0002
title: Room
type: site
depends_on: [AST-0001]
`)
	refused(t, err, fault.Invalid, "AST-0001 > AST-0002 > AST-0001")
}
