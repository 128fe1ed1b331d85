package app_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/app"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
)

// try takes an action that may be refused.
func (h *house) try(as, key, action string, input ...kind.Member) error {
	_, err := h.As(as).Do(h.t.Context(), key, action, kind.Node{Value: input})
	return err
}

func TestAnActionIsRefusedInWords(t *testing.T) {
	h := founded(t)
	h.apply(servers + "---" + aRisk + "---\nkind: treatment\nkey: TRT-0001\ntitle: Lock the door\nrisks: [RISK-0001]\n")
	before := h.leaves()
	for _, test := range []struct {
		name             string
		as, key, action  string
		input            []kind.Member
		code             fault.Code
		message, further string
	}{
		{name: "no such action", key: "RISK-0001", action: "approve", code: fault.NotFound, message: "there is no action \"approve\" for the kind risk", further: "select, reopen, close"},
		{name: "a kind without actions", key: "AST-0001", action: "approve", code: fault.NotFound, message: "it has none"},
		{name: "no such record", key: "RISK-0099", action: "close", code: fault.NotFound, message: "there is no risk RISK-0099"},
		{name: "a key of no kind", key: "nonsense", action: "close", code: fault.NotFound, message: "no kind has keys like"},
		{name: "another state", key: "RISK-0001", action: "reopen", code: fault.Forbidden, message: "RISK-0001 is open; reopen is for one that is accepted or closed"},
		{name: "something missing", key: "TRT-0001", action: "complete", code: fault.Invalid, message: "result: a value is required"},
		{name: "something unknown", key: "TRT-0001", action: "begin", input: []kind.Member{set("colour", "red")}, code: fault.Invalid, message: "colour: there is no such field"},
		{name: "an unknown person", as: "PER-0099", key: "TRT-0001", action: "begin", code: fault.Forbidden, message: "--as names PER-0099, and there is no such person"},
		{name: "nobody approves a method", key: "RM-0001", action: "approve", code: fault.Forbidden, message: "an approval names a person", further: "--as PER-0001"},
		{name: "a control that is not there", key: "RISK-0001", action: "select", input: []kind.Member{set("control", "A.9.2.1"), set("why", "habit")}, code: fault.NotFound, message: "A.9.2.1"},
		{name: "a control without a reason", key: "RISK-0001", action: "select", input: []kind.Member{set("control", "A.6.1")}, code: fault.Invalid, message: "no fact of RISK-0001 proposes A.6.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := *h
			h.t = t
			refused(t, h.try(test.as, test.key, test.action, test.input...), test.code, test.message, test.further)
		})
	}
	if after := h.leaves(); after != before {
		t.Errorf("%d revisions were written by what was refused", after-before)
	}
}

func TestWhoAppliesMustBeKnown(t *testing.T) {
	h := founded(t)
	_, err := h.As("PER-0009").Apply(t.Context(), inputs(t, servers))
	refused(t, err, fault.Forbidden, "--as names PER-0009")
	h.absent("AST-0001")
	h.Door = h.As("PER-0003")
	h.apply("kind: person\nkey: PER-0003\nname: Ελένη\n") // the file may bring the person
	history, err := h.History(t.Context(), "PER-0003")
	if err != nil || history[0].Record.Changed.By != "PER-0003" {
		t.Errorf("recorded is %+v, %v", history[0].Record, err)
	}
}

func TestWhoActsIsWithTheOrganisation(t *testing.T) {
	for _, test := range []struct{ name, person, want string }{
		{"archived", "archived: true", "PER-0002 is archived and acts no more"},
		{"gone", "until: 2025-12-31", "PER-0002 was with the organisation until 2025-12-31 and acts no more"},
		{"on the last day", "until: 2026-01-01", ""},
		{"not there yet", "since: 2026-01-02", "PER-0002 is with the organisation from 2026-01-02 on"},
		{"on the first day", "since: 2026-01-01", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := founded(t)
			h.apply("kind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All\n---\nkind: person\nkey: PER-0002\n" + test.person + "\n")
			_, byFile := h.As("PER-0002").Apply(t.Context(), inputs(t, servers))
			for _, err := range []error{h.try("PER-0002", "SCO-0001", "approve"), byFile} {
				if test.want != "" {
					refused(t, err, fault.Forbidden, test.want)
				} else if err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestWhoLeavesActsUntilTheLastDayIsOver(t *testing.T) {
	h := founded(t)
	h.apply("kind: organisation\nkey: ORG-0001\ntime_zone: Pacific/Pago_Pago\n---\nkind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All\n---\nkind: person\nkey: PER-0002\nuntil: 2026-06-29\n")
	h.now = time.Date(2026, 6, 30, 10, 30, 0, 0, time.UTC) // half past eleven in the evening of the last day
	h.do("PER-0002", "SCO-0001", "approve")
	h.now = h.now.Add(time.Hour)
	refused(t, h.try("PER-0002", "SCO-0001", "revise"), fault.Forbidden, "until 2026-06-29")
}

func TestAnActionTellsAllThatItChanged(t *testing.T) {
	h := founded(t)
	h.apply(servers + "---" + aRisk + "---\nkind: acceptance\nkey: ACC-0001\ntitle: Offices\nrisks: [RISK-0001]\nreview: 2026-07-01\n")
	h.apply("kind: organisation\nkey: ORG-0001\nmethod: null\n")
	if got := touched(h.do("PER-0001", "RM-0001", "approve")); got != "update RM-0001, update ORG-0001" {
		t.Errorf("the approval of a method changed %s", got)
	}
	if got := touched(h.do("PER-0001", "ACC-0001", "approve")); got != "update ACC-0001, update RISK-0001" {
		t.Errorf("the acceptance changed %s", got)
	}
	if got := touched(h.do("PER-0001", "RM-0001", "revise")); got != "update RM-0001, create RM-0002" {
		t.Errorf("the revision of a method changed %s", got)
	}
	history, err := h.History(t.Context(), "RISK-0001")
	if err != nil || len(history) != 2 {
		t.Fatalf("%d revisions, %v", len(history), err)
	}
	if last := history[1]; last.Action != "approve" || last.Cause != "ACC-0001 approve" || last.Record.Changed.By != "PER-0001" || last.Record.State != "accepted" {
		t.Errorf("the acceptance stands in the risk's history as %+v", last)
	}
}

func touched(outcomes []app.Outcome) (text string) {
	for i, o := range outcomes {
		if i > 0 {
			text += ", "
		}
		text += string(o.Op) + " " + o.Key
	}
	return text
}

func TestAnActionThatFailsHalfWayLeavesNothing(t *testing.T) {
	h := founded(t)
	h.apply(servers + "---" + aRisk + "---\nkind: risk\nkey: RISK-0002\ntitle: Nobody's\n---\nkind: acceptance\nkey: ACC-0001\ntitle: Offices\nrisks: [RISK-0001, RISK-0002]\nreview: 2026-07-01\n")
	h.do("PER-0001", "RM-0001", "approve")
	before := h.leaves()
	refused(t, h.try("PER-0001", "ACC-0001", "approve"), fault.Invalid, "risks[1]: RISK-0002 has no owner")
	if get[isms.Risk](h, "RISK-0001").Acceptance != "" || h.leaves() != before {
		t.Error("the first risk was accepted all the same")
	}
}

func TestDecisionsMoveWithTheirFilesInAnyOrder(t *testing.T) {
	from := founded(t)
	from.apply(servers + "---" + aRisk + "---" + strings.Replace(aRisk, "RISK-0001", "RISK-0002", 1) + "---" + strings.Replace(aRisk, "RISK-0001", "RISK-0003", 1) +
		"---\nkind: acceptance\nkey: ACC-0001\ntitle: Offices\nrisks: [RISK-0001, RISK-0002, RISK-0003]\nreview: 2026-07-01\n")
	from.do("PER-0001", "RM-0001", "approve")
	from.do("PER-0001", "ACC-0001", "approve")
	from.do("PER-0001", "RISK-0002", "close", set("reason", "Sold"))
	from.do("PER-0001", "RISK-0003", "reopen")
	from.do("PER-0001", "RM-0001", "revise")
	from.do("PER-0001", "RM-0002", "approve")
	from.do("PER-0001", "RM-0002", "revise")
	backwards := inputs(t, from.yaml())
	slices.Reverse(backwards)
	for name, list := range map[string][]app.Input{"forwards": inputs(t, from.yaml()), "backwards": backwards} {
		to := found(t, app.Config{Data: t.TempDir()}, app.Founding{Name: "Empty", Edition: "2022", Method: isms.DefaultMethod()})
		if _, err := to.Apply(t.Context(), list); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(from.yaml(), to.yaml()); diff != "" {
			t.Errorf("%s: the export changed on its way:\n%s", name, diff)
		}
	}
}

func TestTheTimeZoneDecidesWhichDayIsToday(t *testing.T) {
	for zone, want := range map[string]kind.Date{"''": "2026-06-30", "Pacific/Kiritimati": "2026-07-01", "Pacific/Pago_Pago": "2026-06-29"} {
		t.Run(zone, func(t *testing.T) {
			h := founded(t)
			h.apply("kind: organisation\nkey: ORG-0001\ntime_zone: " + zone + "\n---\nkind: scope\nkey: SCO-0001\ntitle: Scope\nstatement: All\n")
			h.now = time.Date(2026, 6, 30, 10, 30, 0, 0, time.UTC)
			h.do("PER-0001", "SCO-0001", "approve")
			if got := get[isms.Scope](h, "SCO-0001").Approved; got != want {
				t.Errorf("approved on %s, want %s", got, want)
			}
		})
	}
}

func TestOfTwoWhoActAtOnceOneIsRefused(t *testing.T) {
	h := founded(t)
	h.apply("kind: treatment\nkey: TRT-0001\ntitle: Lock the door\n")
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = h.try("PER-0001", "TRT-0001", "begin") })
	}
	wg.Wait()
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(errs) != 7 {
		t.Errorf("%d of 8 were refused", len(errs))
	}
	for _, err := range errs {
		refused(t, err, fault.Forbidden, "TRT-0001 is in progress")
	}
}

func TestManyWhoWriteAtOnceLoseNothing(t *testing.T) {
	h := founded(t)
	before := h.leaves()
	const writers, each = 8, 5
	taken := make([][]string, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			second, err := app.Open(t.Context(), h.config) // as another process would
			if err != nil {
				t.Error(err)
				return
			}
			defer second.Close()
			door, err := second.Door(t.Context(), "PER-0002")
			if err != nil {
				t.Error(err)
				return
			}
			for n := range each {
				outcomes, err := door.Apply(t.Context(), inputs(t, fmt.Sprintf("kind: asset\ntitle: Asset %d of %d\ntype: site\n", n, i)))
				if err != nil {
					t.Error(err)
					return
				}
				taken[i] = append(taken[i], outcomes[0].Key)
			}
		})
	}
	wg.Wait()
	keys := slices.Concat(taken...)
	slices.Sort(keys)
	if len(slices.Compact(keys)) != writers*each {
		t.Errorf("keys were given twice: %v", keys)
	}
	if got := h.leaves() - before; got != writers*each {
		t.Errorf("%d revisions, want %d", got, writers*each)
	}
}

func TestHistoryTellsWhoDidWhatAndWhen(t *testing.T) {
	h := founded(t)
	h.apply("kind: treatment\nkey: TRT-0001\ntitle: Lock the door\n")
	h.now = newYear.AddDate(0, 0, 1)
	h.Door = h.As("PER-0002")
	h.apply("kind: treatment\nkey: TRT-0001\nowner: ROLE-0001\n")
	h.now = newYear.AddDate(0, 0, 2)
	h.do("PER-0001", "TRT-0001", "begin")
	history, err := h.History(t.Context(), "TRT-0001")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range history {
		got = append(got, fmt.Sprintf("%d %s by %q %s %s", r.Record.Rev, r.Action, r.Record.Changed.By, r.Record.Changed.At.Format(ledger.TimeFormat), r.Record.State))
	}
	want := []string{
		`1 create by "" 2026-01-01T12:00:00.000000Z planned`,
		`2 edit by "PER-0002" 2026-01-02T12:00:00.000000Z planned`,
		`3 begin by "PER-0001" 2026-01-03T12:00:00.000000Z in progress`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the history is %q, want %q", got, want)
	}
	_, err = h.History(t.Context(), "TRT-0099")
	refused(t, err, fault.NotFound, "there is no treatment TRT-0099")
	_, err = h.History(t.Context(), "nonsense")
	refused(t, err, fault.NotFound, "no kind has keys like")
}
