package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// servers is three assets of which the first needs the second.
const servers = `
kind: asset
key: AST-0001
title: Shop
type: software
owner: ROLE-0001
depends_on: [AST-0002]
---
kind: asset
key: AST-0002
title: Server
type: hardware
count: 2
---
kind: asset
key: AST-0003
title: Office
type: site
`

// aRisk is a risk that is assessed and treated.
const aRisk = `
kind: risk
key: RISK-0001
title: Fire in the office
owner: ROLE-0001
assets: [AST-0003]
current: {likelihood: 2, impacts: [{criterion: Financial, level: 5}]}
option: modify
controls: [A.7.5]
planned: {likelihood: 1, impacts: [{criterion: Financial, level: 5}, {criterion: Safety, level: 2}]}
`

func TestApplyTellsWhatBecameOfEachRecord(t *testing.T) {
	h := founded(t)
	brief := func(outcomes []app.Outcome) (list []string) {
		for _, o := range outcomes {
			line := fmt.Sprintf("%s %s %s %s", o.Op, o.Kind, o.Key, o.Name)
			for _, c := range o.Changes {
				line += fmt.Sprintf(" %s:%s>%s", c.Path, c.Old, c.New)
			}
			list = append(list, line)
		}
		return list
	}
	h.apply(servers)
	got := brief(h.apply(`
kind: asset
key: AST-0002
title: Big server
count: null
owner: ROLE-0002
---
kind: asset
key: AST-0003
type: site
---
kind: role
key: ROLE-0002
title: Administrator
`))
	want := []string{
		`create role ROLE-0002 Administrator title:>"Administrator"`,
		`update asset AST-0002 Big server title:"Server">"Big server" count:2> owner:>"ROLE-0002"`,
		`unchanged asset AST-0003 Office`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles come before the assets that they own:\n%s", diff)
	}
}

func TestApplySetsWhatIsNamedAndLeavesTheRest(t *testing.T) {
	h := founded(t)
	h.apply(servers)
	h.apply("kind: asset\nkey: AST-0001\ndepends_on: null\nalso: {Environment: production}\n")
	a := get[isms.Asset](h, "AST-0001")
	if a.Title != "Shop" || a.Owner != "ROLE-0001" {
		t.Errorf("fields that were not named are %+v", a)
	}
	if len(a.DependsOn) != 0 {
		t.Errorf("null left %v", a.DependsOn)
	}
	if text := h.yaml("asset"); !strings.Contains(text, "Environment: production") {
		t.Errorf("a column beside the fields is lost:\n%s", text)
	}
}

func TestAFaultAnywhereRollsEverythingBack(t *testing.T) {
	h := founded(t)
	h.apply(servers + "---\nkind: treatment\nkey: TRT-0001\ntitle: Lock the door\n")
	before := h.leaves()
	for _, test := range []struct{ name, record, message string }{
		{"unknown kind", "kind: gadget", `in.yaml:2:7: kind: there is no kind "gadget"`},
		{"no kind", "key: AST-0009", "kind: a record names its kind"},
		{"unknown field", "kind: asset\nkey: AST-0009\ntitel: Desk", "in.yaml:4:8: asset AST-0009: titel: there is no such field"},
		{"unknown field within a group", "kind: risk\nkey: RISK-0009\ncurrent: {likelihood: 1, impact: 2}", "in.yaml:4:34: risk RISK-0009: current.impact: there is no such field"},
		{"unknown value", "kind: asset\nkey: AST-0009\ntype: furniture", `in.yaml:4:7: asset AST-0009: type: "furniture" is not one of process, information`},
		{"unknown state", "kind: risk\nkey: RISK-0009\nstate: imagined", "in.yaml:4:8: risk RISK-0009: state: expected one of open, accepted, closed"},
		{"state of a kind without states", "kind: asset\nkey: AST-0009\nstate: open", "in.yaml:4:8: asset AST-0009: state: the kind asset has no states"},
		{"missing value", "kind: asset\nkey: AST-0009\ntitle: Desk", "asset AST-0009: type: a value is required"},
		{"missing value within a list", "kind: scope\nkey: SCO-0009\ntitle: S\nstatement: All\nexclusions: [{what: Warehouse}]", "in.yaml:6:14: scope SCO-0009: exclusions[0].why: a value is required"},
		{"text for a number", "kind: asset\nkey: AST-0009\ncount: several", `in.yaml:4:8: asset AST-0009: count: expected a whole number, got the text "several"`},
		{"number for text", "kind: asset\nkey: AST-0009\ntitle: 7", "in.yaml:4:8: asset AST-0009: title: expected text, got the number 7"},
		{"one value for a list", "kind: asset\nkey: AST-0009\ndepends_on: AST-0001", "in.yaml:4:13: asset AST-0009: depends_on: expected a list"},
		{"list for one value", "kind: asset\nkey: AST-0009\nowner: [ROLE-0001]", "in.yaml:4:8: asset AST-0009: owner: expected the key of a record, got a list"},
		{"text that is no key", "kind: asset\nkey: desk\ntitle: Desk\ntype: site", `in.yaml:3:6: asset desk: key: "desk" is not a key of a asset`},
		{"key of another kind", "kind: asset\nkey: RISK-0001\ntitle: Desk\ntype: site", `in.yaml:3:6: asset RISK-0001: key: "RISK-0001" is not a key`},
		{"no date", "kind: supplier\nkey: SUP-0009\nreview: 31.1.2026", `in.yaml:4:9: supplier SUP-0009: review: "31.1.2026" is not a date`},
		{"no money", "kind: treatment\nkey: TRT-0009\nbudget: 12 euros", `in.yaml:4:9: treatment TRT-0009: budget: "12 euros" names no currency`},
		{"due before it starts", "kind: treatment\nkey: TRT-0009\ntitle: T\nstart: 2026-02-01\ndue: 2026-01-31", "in.yaml:6:6: treatment TRT-0009: due: the action is due on 2026-01-31"},
		{"derived field", "kind: risk\nkey: RISK-0009\ncurrent_level: 2", "in.yaml:4:16: risk RISK-0009: current_level: the field is computed"},
		{"dangling reference", "kind: asset\nkey: AST-0009\ntitle: Desk\ntype: site\nowner: ROLE-0099", "in.yaml:6:8: asset AST-0009: owner: there is no role ROLE-0099"},
		{"dangling reference within a list", "kind: control\nkey: A.5.1\nreasons: [{basis: risk, risk: RISK-0099}]", "in.yaml:4:31: control A.5.1: reasons[0].risk: there is no risk RISK-0099"},
		{"control number of the other edition", "kind: risk\nkey: RISK-0009\ntitle: Flood\ncontrols: [A.9.2.1]", "in.yaml:5:12: risk RISK-0009: controls[0]: A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16"},
		{"circle of one", "kind: asset\nkey: AST-0009\ntitle: Desk\ntype: site\ndepends_on: [AST-0009]", "in.yaml:6:13: asset AST-0009: depends_on: the references run in a circle: AST-0009 > AST-0009"},
		{"level outside the method", "kind: risk\nkey: RISK-0009\ntitle: Flood\ncurrent: {likelihood: 2, impacts: [{criterion: Legal, level: 6}]}", "in.yaml:5:62: risk RISK-0009: current.impacts[0].level: level 6 is outside of the method"},
		{"likelihood outside the method", "kind: risk\nkey: RISK-0009\ntitle: Flood\ninherent: {likelihood: 0, impacts: [{criterion: Legal, level: 5}]}", "in.yaml:5:24: risk RISK-0009: inherent.likelihood: level 0 is outside of the method"},
		{"criterion outside the method", "kind: risk\nkey: RISK-0009\ntitle: Flood\nplanned: {likelihood: 1, impacts: [{criterion: Karma, level: 5}]}", `in.yaml:5:48: risk RISK-0009: planned.impacts[0].criterion: "Karma" is no impact criterion`},
		{"exclusion without a justification", "kind: control\nkey: A.5.1\napplicability: excluded", "control A.5.1: justification: an exclusion needs a justification"},
		{"exclusion of a requirement", "kind: scope\nkey: SCO-0009\ntitle: S\nstatement: All\nexclusions: [{what: Clause 9.2, why: No time}]", "in.yaml:6:21: scope SCO-0009: exclusions[0].what: requirement 9.2 cannot be excluded"},
		{"another edition", "kind: organisation\nkey: ORG-0001\nedition: '2013'", "in.yaml:4:10: organisation ORG-0001: edition: the edition is fixed"},
		{"no time zone", "kind: organisation\nkey: ORG-0001\ntime_zone: Middle/Earth", `in.yaml:4:12: organisation ORG-0001: time_zone: "Middle/Earth" is not a time zone`},
		{"state moved by hand", "kind: treatment\nkey: TRT-0001\nstate: done", "in.yaml:4:8: treatment TRT-0001: state: TRT-0001 is planned; a state changes by an action: stele do TRT-0001 complete"},
	} {
		t.Run(test.name, func(t *testing.T) {
			const good = "\n---\nkind: role\nkey: ROLE-0004\ntitle: New\n---\nkind: asset\nkey: AST-0003\ntitle: Renamed\n"
			h := *h
			h.t = t
			h.refusesApply("\n"+test.record+good, test.message)
			h.absent("ROLE-0004")
			if title := get[isms.Asset](&h, "AST-0003").Title; title != "Office" {
				t.Errorf("AST-0003 was renamed to %s all the same", title)
			}
		})
		if t.Failed() { // what was written by mistake would spoil the cases after it
			break
		}
	}
	if after := h.leaves(); after != before {
		t.Errorf("%d revisions were written by what was refused", after-before)
	}
}

func TestAKeyIsText(t *testing.T) {
	h := founded(t)
	h.refusesApply("kind: asset\nkey: 12\ntitle: Desk\ntype: site\n", "in.yaml:2:6: asset", "key: expected text")
}

func TestAControlOfAnotherEditionIsRefusedAtItsKey(t *testing.T) {
	h := founded(t)
	h.refusesApply("kind: control\nkey: A.9.2.1\nstatus: planned\n", "in.yaml:2:6: control A.9.2.1: key: A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16")
	h.refusesApply("kind: control\nkey: A.5.99\nstatus: planned\n", "in.yaml:2:6: control A.5.99: key: the 2022 edition has no control A.5.99")
}

func TestACircleIsToldWhereTheFileClosesIt(t *testing.T) {
	h := founded(t)
	h.apply(servers)
	h.refusesApply("kind: asset\nkey: AST-0002\ndepends_on: [AST-0001]\n", "in.yaml:3:13: asset AST-0002: depends_on: the references run in a circle: AST-0002 > AST-0001 > AST-0002")
}

func TestEveryFaultOfAnApplyIsToldWithItsPlace(t *testing.T) {
	h := founded(t)
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "kind: asset\nkey: AST-%04d\ntitel: Desk\ncount: many\n---\n", i+1)
	}
	text.WriteString("kind: role\ntitle: R\nholders: [PER-0099]\n")
	_, err := h.Apply(t.Context(), inputs(t, strings.Replace(text.String(), "count: many", "type: site", 10)))
	fields := fieldsOf(t, err)
	if len(fields) != 40+30+1 {
		t.Errorf("%d places are named, want 71", len(fields))
	}
	for _, f := range fields {
		if f.File != "in.yaml" || f.Line == 0 || f.Column == 0 || f.Record == "" || f.Path == "" || f.Message == "" {
			t.Errorf("a place is incomplete: %+v", f)
		}
	}
}

func fieldsOf(t *testing.T, err error) []fault.Field {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("got %v, want a fault", err)
	}
	return f.Fields
}

func TestAFileWithCountlessFaultsStillNamesTheFirstOnes(t *testing.T) {
	h := founded(t)
	text := strings.Repeat("kind: asset\ntitel: Desk\n---\n", 300)
	_, err := h.Apply(t.Context(), inputs(t, text))
	fields := fieldsOf(t, err)
	if len(fields) < 100 {
		t.Fatalf("%d of 300 places are named: %v", len(fields), err)
	}
	if fields[0].File != "in.yaml" || fields[0].Line != 2 {
		t.Errorf("the first place is %+v", fields[0])
	}
}

func TestARecordThatIsRefusedIsNotAlsoCalledMissing(t *testing.T) {
	h := founded(t)
	_, err := h.Apply(t.Context(), inputs(t, `
kind: role
key: ROLE-0002
titel: Administrator
---
kind: asset
title: Desk
type: site
owner: ROLE-0002
`))
	fields := fieldsOf(t, err)
	if len(fields) != 1 || fields[0].Path != "titel" {
		t.Errorf("one mistake is told as %v", fields)
	}
}

func TestAKeyStandsOnceInAnApply(t *testing.T) {
	h := founded(t)
	h.refusesApply("kind: asset\nkey: AST-0007\ntitle: A\ntype: site\n---\nkind: asset\nkey: AST-0007\ntitle: B\ntype: site\n",
		"in.yaml:7:6: asset AST-0007: key: the key stands here for the second time; the first is at in.yaml:1")
}

func TestKeysAreCountedUpFromTheHighestOne(t *testing.T) {
	h := founded(t)
	key := func(o []app.Outcome) string { return o[0].Key }
	unkeyed := "kind: asset\ntitle: Desk\ntype: site\n"
	if got := key(h.apply(unkeyed)); got != "AST-0001" {
		t.Errorf("the first key is %s", got)
	}
	h.apply("kind: asset\nkey: AST-0041\ntitle: Desk\ntype: site\n")
	if got := key(h.apply(unkeyed)); got != "AST-0042" {
		t.Errorf("after AST-0041 comes %s", got)
	}
	h.refusesApply(unkeyed+"---\nkind: gadget\n", "gadget")
	if got := key(h.apply(unkeyed)); got != "AST-0043" {
		t.Errorf("after a refused apply comes %s", got)
	}
	h.refusesApply("kind: organisation\nname: Second\nedition: '2022'\n", "it needs a key")
}

func TestARecordWithoutAKeyNeverTakesOneThatStandsInTheFile(t *testing.T) {
	h := founded(t)
	h.apply("kind: asset\ntitle: Laptop\ntype: hardware\n---\nkind: asset\nkey: AST-0001\ntitle: Server\ntype: hardware\n")
	var titles []string
	h.view(func(r kind.Reader) error {
		assets, err := kind.All[isms.Asset](t.Context(), r)
		for _, a := range assets {
			titles = append(titles, a.Data.Title)
		}
		return err
	})
	slices.Sort(titles)
	if !slices.Equal(titles, []string{"Laptop", "Server"}) {
		t.Errorf("a laptop and a server became %v", titles)
	}
}

func TestLevelsFollowTheAssessment(t *testing.T) {
	h := founded(t)
	h.apply(servers + "---" + aRisk)
	levels := func() string {
		r := get[isms.Risk](h, "RISK-0001")
		text := ""
		for _, l := range []*int{r.InherentLevel, r.CurrentLevel, r.PlannedLevel} {
			if l == nil {
				text += "- "
			} else {
				text += fmt.Sprint(*l, " ")
			}
		}
		return text + string(r.Method)
	}
	if got := levels(); got != "- 3 2 RM-0001" {
		t.Errorf("2 x 5 and 1 x 5 are %s", got)
	}
	h.apply("kind: risk\nkey: RISK-0001\nplanned: null\ncurrent: {likelihood: 5, impacts: [{criterion: Legal, level: 1}, {criterion: Financial, level: 4}]}\n")
	if got := levels(); got != "- 4 - RM-0001" {
		t.Errorf("5 x 4 is %s", got)
	}
	if text := h.yaml("risk"); strings.Contains(text, "_level") {
		t.Errorf("derived fields are exported:\n%s", text)
	}
}

func TestLevelsFollowAMethodThatChangesInTheSameApply(t *testing.T) {
	h := founded(t)
	matrix := strings.Repeat(", {levels: [1, 4, 4, 4, 4]}", 5)[2:]
	h.apply("kind: method\nkey: RM-0001\nmatrix: [" + matrix + "]\n---" + servers + "---" + aRisk)
	if r := get[isms.Risk](h, "RISK-0001"); *r.CurrentLevel != 4 {
		t.Errorf("by the method as it was the level is %d", *r.CurrentLevel)
	}
}

func TestAStateMayComeWithANewRecordAndIsMarkedSo(t *testing.T) {
	h := founded(t)
	h.apply("kind: treatment\nkey: TRT-0001\ntitle: Lock the door\nstate: in progress\n---\nkind: treatment\nkey: TRT-0002\ntitle: Paint it\n")
	imported := func() (marks []bool) {
		h.view(func(r kind.Reader) error {
			list, err := kind.All[isms.Treatment](t.Context(), r)
			for _, e := range list {
				marks = append(marks, e.Imported)
			}
			return err
		})
		return marks
	}
	if !slices.Equal(imported(), []bool{true, false}) {
		t.Errorf("marked as imported: %v", imported())
	}
	if text := h.yaml("treatment"); !strings.Contains(text, "state: in progress") || strings.Contains(text, "imported") {
		t.Errorf("the mark is no part of a file, the state is:\n%s", text)
	}
	h.do("", "TRT-0001", "complete", set("result", "A lock of class 3"))
	if !slices.Equal(imported(), []bool{false, false}) {
		t.Errorf("after an action marked as imported: %v", imported())
	}
}

func TestWhatIsDecidedIsNotEdited(t *testing.T) {
	h := founded(t)
	h.apply("kind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All of Acme\n")
	h.do("PER-0001", "SCO-0001", "approve")
	h.do("PER-0001", "RM-0001", "approve")
	h.refusesApply("kind: scope\nkey: SCO-0001\nstatement: Half of Acme\n", "in.yaml:1", "scope SCO-0001", "stele do SCO-0001 revise")
	h.refusesApply("kind: method\nkey: RM-0001\nacceptable: 4\n", "method RM-0001", "stele do RM-0001 revise")
	if o := h.apply("kind: scope\nkey: SCO-0001\nstatement: All of Acme\n"); o[0].Op != app.Unchanged {
		t.Errorf("the same once more is %s", o[0].Op)
	}
	h.do("PER-0001", "SCO-0001", "revise")
	h.apply("kind: scope\nkey: SCO-0001\nstatement: Half of Acme\n")
}

func TestDiffTellsWhatApplyWouldDoAndDoesNothing(t *testing.T) {
	h := founded(t)
	text := rapid.OneOf(rapid.StringMatching(`[a-zěš Ωω:#'"|-]{1,20}`), rapid.SampledFrom([]string{"yes", "~", "0123", "a\nb", " lead", "{x}", "1e3"}))
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		var list []app.Input
		for i := range rapid.IntRange(1, 3).Draw(t, "records") {
			list = append(list, asset(fmt.Sprintf("AST-%04d", 10*n+i), text.Draw(t, "title"), text.Draw(t, "description")))
		}
		promised, err := h.Diff(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		h.absent(promised[0].Key)
		done, err := h.Apply(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(promised, done); d != "" {
			t.Fatalf("what apply did is not what diff said:\n%s", d)
		}
		again, err := h.Diff(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range again {
			if o.Op != app.Unchanged {
				t.Fatalf("the same once more is %+v", o)
			}
		}
	})
	h.unchangedByItsOwnExport()
}

func asset(key, title, description string) app.Input {
	member := func(name, value string) kind.Member { return kind.Member{Name: name, Node: kind.Node{Value: value}} }
	return app.Input{Node: kind.Node{Value: []kind.Member{
		member("kind", "asset"), member("key", key), member("type", "information"), member("title", title), member("description", description),
	}}}
}

// unchangedByItsOwnExport expects that the organisation's files say nothing new to it.
func (h *house) unchangedByItsOwnExport() {
	h.t.Helper()
	nodes, err := exchange.ReadYAML("export.yaml", strings.NewReader(h.yaml()))
	if err != nil {
		h.t.Fatal(err)
	}
	list := make([]app.Input, len(nodes))
	for i, n := range nodes {
		list[i] = app.Input{Node: n, File: "export.yaml"}
	}
	outcomes, err := h.Diff(h.t.Context(), list)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Op != app.Unchanged {
			h.t.Errorf("its own export changes %s: %+v", o.Key, o.Changes)
		}
	}
}

func TestARecordWithoutAKeyIsNamedByItsTitleInAFault(t *testing.T) {
	h := founded(t)
	h.refusesApply("kind: asset\ntitle: Kiln\n", ": asset Kiln: type: a value is required")
	h.refusesApply("kind: person\nname: Ann\nuntil: never\n", ": person Ann: until: ")
	h.refusesApply("kind: asset\ntype: site\n", ": asset: title: a value is required")
}
