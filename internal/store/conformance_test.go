package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/ledger"
	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// writerEnv makes the test binary a second process that writes to the database named in it.
const writerEnv = "STELE_TEST_WRITER"

func TestMain(m *testing.M) {
	if address := os.Getenv(writerEnv); address != "" {
		if err := secondProcess(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	pgtest.Stop()
	os.Exit(code)
}

// testKey signs in all processes of a test.
var testKey = func() *ledger.Key {
	const text = "PRIVATE+KEY+stele.test+273b42a6+AWCf23KF3hH2zEUzDAtIfvoB2wRRFl10SPvKG4SxVFLV\nstele.test+273b42a6+AX0MtEWWEyHodpivAF2Sdiw2YLQmCh0PxQdX7snakLix"
	key, err := ledger.ParseKey(text)
	if err != nil {
		panic(err)
	}
	return key
}()

// each runs a conformance test on both databases.
func each(t *testing.T, test func(t *testing.T, s *store.Store, address string)) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			address := filepath.Join(t.TempDir(), "stele.db")
			if name == "postgres" {
				address = pgtest.Database(t)
			}
			test(t, open(t, address), address)
		})
	}
}

func open(tb testing.TB, address string) *store.Store {
	tb.Helper()
	s, err := store.Open(context.Background(), address, isms.Kinds)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func organisation(tb testing.TB, s *store.Store) string {
	tb.Helper()
	org, err := s.NewOrganisation(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return org
}

// update runs a transaction that must succeed.
func update(tb testing.TB, s *store.Store, org string, fn func(*store.Tx) error) {
	tb.Helper()
	if err := s.Update(context.Background(), org, testKey, fn); err != nil {
		tb.Fatal(err)
	}
}

func view(tb testing.TB, s *store.Store, org string, fn func(*store.Tx) error) {
	tb.Helper()
	if err := s.View(context.Background(), org, fn); err != nil {
		tb.Fatal(err)
	}
}

func asset(key, title string, dependsOn ...kind.Ref[isms.Asset]) *kind.Record {
	r := isms.Assets.New()
	r.Key, r.Data = key, &isms.Asset{Title: title, Type: "hardware", DependsOn: dependsOn}
	return r
}

func put(tb testing.TB, s *store.Store, org string, records ...*kind.Record) {
	tb.Helper()
	update(tb, s, org, func(tx *store.Tx) error {
		for _, r := range records {
			if err := tx.Put(r, store.Change{By: "PER-0001", Action: "create"}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		count := 7
		written := isms.Assets.New()
		written.Key, written.Also = "AST-0001", map[string]string{"Environment": "Production"}
		written.Data = &isms.Asset{
			Title: "Řídicí server, Ελλάδα", Type: "hardware", Count: &count, Owner: "ROLE-0001", DependsOn: []kind.Ref[isms.Asset]{"AST-0002", "AST-0003"},
		}
		put(t, s, org, written)
		yes := isms.Controls.New()
		yes.Key = "A.5.1"
		yes.Data = &isms.Control{Title: "Policies", Applicability: "applicable", Reasons: []isms.Reason{{Basis: "risk", Risk: "RISK-0001"}, {Basis: "legal", Note: "'; DROP TABLE asset; --"}}}
		put(t, s, org, yes)
		view(t, s, org, func(tx *store.Tx) error {
			for _, want := range []*kind.Record{written, yes} {
				got, err := tx.Reader().Record(t.Context(), want.Schema, want.Key)
				if err != nil {
					return err
				}
				if d := kind.Diff(want, got); len(d) > 0 {
					t.Errorf("%s came back different: %v", want.Key, d)
				}
				if got.ID != want.ID || got.Rev != 1 || got.Created.By != "PER-0001" || !got.Created.At.Equal(want.Created.At) {
					t.Errorf("the envelope came back as %+v", got)
				}
			}
			_, err := tx.Reader().Record(t.Context(), isms.Assets.Schema, "AST-0009")
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("a missing record gives %v", err)
			}
			return nil
		})
	})
}

func TestASecondWriterOfTheSameRevisionIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		first := asset("AST-0001", "One")
		put(t, s, org, first)
		second := first.Clone()
		first.Data.(*isms.Asset).Title = "Two"
		put(t, s, org, first)
		second.Data.(*isms.Asset).Title = "Three"
		err := s.Update(t.Context(), org, testKey, func(tx *store.Tx) error { return tx.Put(second, store.Change{}) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the second writer got %v", err)
		}
		err = s.Update(t.Context(), org, testKey, func(tx *store.Tx) error { return tx.Put(asset("AST-0001", "Other"), store.Change{}) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("a taken key gives %v", err)
		}
		verifyClean(t, s, org, 2)
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		err := s.Update(t.Context(), org, testKey, func(tx *store.Tx) error {
			if err := tx.Put(asset("AST-0001", "One"), store.Change{}); err != nil {
				return err
			}
			return fault.New(fault.Invalid, "no")
		})
		if !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = s.Update(ctx, org, testKey, func(tx *store.Tx) error {
			cancel()
			return tx.Put(asset("AST-0002", "Two"), store.Change{})
		})
		if err == nil {
			t.Error("a cancelled transaction committed")
		}
		verifyClean(t, s, org, 0)
		put(t, s, org, asset("AST-0001", "One"))
		verifyClean(t, s, org, 1)
	})
}

func TestPagesFollowTheOrderInWhichPeopleCount(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		var records []*kind.Record
		for i := 1200; i > 0; i-- {
			records = append(records, asset(fmt.Sprintf("AST-%d", i), fmt.Sprint(i)))
		}
		records[0].Archived = true
		put(t, s, org, records...)
		view(t, s, org, func(tx *store.Tx) error {
			var keys []string
			for r, err := range tx.Reader().Records(t.Context(), isms.Assets.Schema, kind.Query{}) {
				if err != nil {
					return err
				}
				keys = append(keys, r.Key)
			}
			if len(keys) != 1199 || keys[1] != "AST-2" || keys[9] != "AST-10" || keys[1198] != "AST-1199" {
				t.Errorf("%d keys: %v ... ", len(keys), keys[:10])
			}
			var page []string
			for r := range tx.Reader().Records(t.Context(), isms.Assets.Schema, kind.Query{After: kind.SortKey("AST-50"), Limit: 3}) {
				page = append(page, r.Key)
			}
			if !slices.Equal(page, []string{"AST-51", "AST-52", "AST-53"}) {
				t.Errorf("the page is %v", page)
			}
			return nil
		})
	})
}

func TestFiltersSelectByFieldAndState(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		a, b := asset("AST-0001", "One"), asset("AST-0002", "Two")
		b.Data.(*isms.Asset).Owner = "ROLE-0002"
		put(t, s, org, a, b)
		leaves := int64(2)
		for _, past := range []bool{false, true} {
			view(t, s, org, func(tx *store.Tx) error {
				reader := tx.Reader()
				if past {
					reader = tx.AsOf(leaves)
				}
				var keys []string
				for r, err := range reader.Records(t.Context(), isms.Assets.Schema, kind.Query{Equal: []kind.Condition{{Field: "owner", Value: "ROLE-0002"}}}) {
					if err != nil {
						return err
					}
					keys = append(keys, r.Key)
				}
				if !slices.Equal(keys, []string{"AST-0002"}) {
					t.Errorf("past %v: the filter gives %v", past, keys)
				}
				return nil
			})
		}
		view(t, s, org, func(tx *store.Tx) error {
			for _, err := range tx.Reader().Records(t.Context(), isms.Assets.Schema, kind.Query{Equal: []kind.Condition{{Field: "nonsense"}}}) {
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("an unknown field gives %v", err)
				}
			}
			counts, err := tx.Count(isms.Assets.Schema)
			if counts[""] != 2 {
				t.Errorf("counts are %v", counts)
			}
			return err
		})
	})
}

func TestThePastStaysAsItWas(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		day := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
		s.Now = func() time.Time { return day }
		a := asset("AST-0001", "January")
		put(t, s, org, a)
		day = day.AddDate(0, 1, 0)
		a.Data.(*isms.Asset).Title = "February"
		put(t, s, org, a, asset("AST-0002", "New"))
		view(t, s, org, func(tx *store.Tx) error {
			for _, want := range []struct {
				at     time.Time
				titles string
			}{{day.AddDate(0, -2, 0), ""}, {day.AddDate(0, 0, -1), "January"}, {day, "February New"}} {
				leaves, err := tx.Leaf(want.at)
				if err != nil {
					return err
				}
				var titles []string
				for r, err := range tx.AsOf(leaves).Records(t.Context(), isms.Assets.Schema, kind.Query{}) {
					if err != nil {
						return err
					}
					titles = append(titles, r.Name())
				}
				if got := strings.Join(titles, " "); got != want.titles {
					t.Errorf("as of %v there is %q, want %q", want.at, got, want.titles)
				}
			}
			old, err := tx.AsOf(1).Record(t.Context(), isms.Assets.Schema, "AST-0001")
			if err != nil || old.Name() != "January" || old.Created.At.IsZero() {
				t.Errorf("as of the first leaf: %+v, %v", old, err)
			}
			history, err := tx.History(isms.Assets.Schema, "AST-0001")
			if len(history) != 2 || history[1].Record.Name() != "February" || history[0].Leaf != 0 {
				t.Errorf("the history is %+v", history)
			}
			return err
		})
	})
}

func TestReferencesAreKnownBothWays(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		a := asset("AST-0001", "One", "AST-0002")
		put(t, s, org, a, asset("AST-0002", "Two"))
		a.Data.(*isms.Asset).DependsOn = []kind.Ref[isms.Asset]{"AST-0003", "AST-0002"}
		put(t, s, org, a)
		view(t, s, org, func(tx *store.Tx) error {
			to, err := tx.Referrers("AST-0002")
			if err != nil || len(to) != 1 || to[0].Path != "depends_on[1]" {
				t.Errorf("AST-0002 is referred to by %v, %v", to, err)
			}
			all, err := tx.EdgesOf(isms.Assets.Schema, "depends_on")
			if err != nil || len(all) != 2 {
				t.Errorf("the edges are %v, %v", all, err)
			}
			exists, err := tx.Exists(isms.Assets.Schema, []string{"AST-0002", "AST-0003"})
			if !exists["AST-0002"] || exists["AST-0003"] {
				t.Errorf("there are %v", exists)
			}
			return err
		})
	})
}

func TestSearchFindsWordsAndBeginningsOfOneOrganisation(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org, other := organisation(t, s), organisation(t, s)
		a := asset("AST-0001", "Backup appliance")
		a.Data.(*isms.Asset).Description = "Keeps the tapes of Brno"
		b := asset("AST-0002", "Tape library")
		put(t, s, org, a, b)
		put(t, s, other, asset("AST-0001", "Tape of another organisation"))
		b.Data.(*isms.Asset).Title = "Shelf"
		put(t, s, org, b)
		for query, want := range map[string]string{"tap": "AST-0001", "backup brno": "AST-0001", "shelf": "AST-0002", "library": "", `"; OR org:*`: "", "AST-0002": "AST-0002"} {
			view(t, s, org, func(tx *store.Tx) error {
				hits, err := tx.Search(query, 10)
				var keys []string
				for _, h := range hits {
					keys = append(keys, h.Key)
				}
				if got := strings.Join(keys, " "); got != want {
					t.Errorf("%q finds %q, want %q", query, got, want)
				}
				return err
			})
		}
	})
}

func TestOrganisationsSeeNothingOfEachOther(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		one, two := organisation(t, s), organisation(t, s)
		put(t, s, one, asset("AST-0001", "Mine", "AST-0002"))
		put(t, s, two, asset("AST-0001", "Yours"))
		view(t, s, two, func(tx *store.Tx) error {
			r, err := tx.Reader().Record(t.Context(), isms.Assets.Schema, "AST-0001")
			if err != nil || r.Name() != "Yours" {
				t.Errorf("got %v, %v", r, err)
			}
			to, err := tx.Referrers("AST-0002")
			if len(to) != 0 {
				t.Errorf("references of another organisation: %v", to)
			}
			return err
		})
		list, err := s.Organisations(t.Context())
		if err != nil || len(list) != 2 || list[0].Leaves != 1 {
			t.Errorf("organisations: %v, %v", list, err)
		}
		if err := s.View(t.Context(), "nobody", func(tx *store.Tx) error {
			v, err := tx.Verify(testKey)
			if err == nil && len(v.Damages) == 0 {
				t.Error("an organisation that does not exist verifies")
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// write puts n new assets, each in a transaction of its own, and gives the keys.
func write(s *store.Store, org string, n int) ([]string, error) {
	var keys []string
	for range n {
		err := s.Update(context.Background(), org, testKey, func(tx *store.Tx) error {
			key, err := tx.NextKey(isms.Assets.Schema)
			if err != nil {
				return err
			}
			keys = append(keys, key)
			return tx.Put(asset(key, "Asset "+key), store.Change{})
		})
		if err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func Test64WritersLoseNothing(t *testing.T) {
	const writers, each64 = 64, 5
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		var mu sync.Mutex
		taken := map[string]bool{}
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				keys, err := write(s, org, each64)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				for _, k := range keys {
					if taken[k] {
						t.Errorf("the key %s was given twice", k)
					}
					taken[k] = true
				}
			})
		}
		wg.Wait()
		verifyClean(t, s, org, writers*each64)
	})
}

func TestTwoProcessesOnOnePostgreSQLLoseNothing(t *testing.T) {
	address := pgtest.Database(t)
	s := open(t, address)
	org := organisation(t, s)
	const n = 60
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+fmt.Sprintf("%s %s %d", address, org, n))
	done := make(chan error, 1)
	go func() {
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		done <- err
	}()
	if _, err := write(s, org, n); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	verifyClean(t, s, org, 2*n)
}

func secondProcess(order string) error {
	var address, org string
	var n int
	if _, err := fmt.Sscan(order, &address, &org, &n); err != nil {
		return err
	}
	s, err := store.Open(context.Background(), address, isms.Kinds)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = write(s, org, n)
	return err
}

// verifyClean expects no damage and a number of leaves.
func verifyClean(tb testing.TB, s *store.Store, org string, leaves int64) {
	tb.Helper()
	view(tb, s, org, func(tx *store.Tx) error {
		v, err := tx.Verify(testKey)
		if err != nil {
			return err
		}
		for _, d := range v.Damages {
			tb.Error(d)
		}
		if v.Leaves != leaves {
			tb.Errorf("the tree has %d leaves, want %d", v.Leaves, leaves)
		}
		return nil
	})
}

func TestProofsFromTheDatabaseHold(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		if _, err := write(s, org, 5); err != nil {
			t.Fatal(err)
		}
		frontier := func() (f ledger.Frontier) {
			view(t, s, org, func(tx *store.Tx) error {
				v, err := tx.Verify(testKey)
				f = v.Frontier
				return err
			})
			return f
		}
		before := frontier()
		if _, err := write(s, org, 8); err != nil {
			t.Fatal(err)
		}
		after := frontier()
		view(t, s, org, func(tx *store.Tx) error {
			proof, err := tx.Consistent(after.N, before.N)
			if err != nil {
				return err
			}
			if err := ledger.CheckConsistency(proof, after.N, after.Root(), before.N, before.Root()); err != nil {
				t.Error(err)
			}
			_, err = tx.Inclusion(after.N, 7)
			return err
		})
	})
}

func TestAClosedStoreIsClosedTwiceAndRefusesWork(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		for range 2 {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.View(t.Context(), org, func(*store.Tx) error { return nil }); err == nil {
			t.Error("a closed store reads")
		}
	})
}
