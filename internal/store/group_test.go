package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store"
)

// together has writers write at the same time, in one group: the first one holds up the transaction until all
// others wait.
func together(t *testing.T, s *store.Store, org string, n int, fn func(i int, tx *store.Tx, cancel func()) error) []error {
	t.Helper()
	outcomes := make([]error, n)
	holding, waiting := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = s.Update(context.Background(), org, testKey, func(*store.Tx) error {
			close(holding)
			<-waiting
			return nil
		})
	})
	<-holding
	for i := range n {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			defer func() {
				if v := recover(); v != nil {
					outcomes[i] = fmt.Errorf("it panicked: %v", v)
				}
			}()
			outcomes[i] = s.Update(ctx, org, testKey, func(tx *store.Tx) error { return fn(i, tx, cancel) })
		})
	}
	store.Await(s, org, n)
	close(waiting)
	wg.Wait()
	return outcomes
}

func TestATakenKeySinksNoOther(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		conflicts := 0
		for _, err := range together(t, s, org, 20, func(i int, tx *store.Tx, _ func()) error {
			return tx.Put(asset(fmt.Sprintf("AST-%04d", i/2+1), "Server"), store.Change{})
		}) {
			if err != nil {
				conflicts++
			}
		}
		if conflicts != 10 {
			t.Errorf("%d writers were refused", conflicts)
		}
		verifyClean(t, s, org, 10)
	})
}

// steps is what a writer does that a group's members are made to fail between.
var steps = []func(tx *store.Tx, key string) error{
	func(tx *store.Tx, key string) error { return tx.Put(asset(key, "Server", "AST-0001"), store.Change{}) },
	func(tx *store.Tx, key string) error { return tx.ReserveKey(isms.Assets.Schema, key) },
	func(tx *store.Tx, key string) error {
		r, err := tx.Reader().Record(context.Background(), isms.Assets.Schema, key)
		if err == nil {
			err = tx.Put(r, store.Change{})
		}
		return err
	},
	func(tx *store.Tx, _ string) error { _, err := tx.Search("server", 5); return err },
}

// TestAMemberThatEndsEarlySinksNoOther ends every second member after each of its steps in turn, in each of the
// ways in which a writer can end.
func TestAMemberThatEndsEarlySinksNoOther(t *testing.T) {
	refused := errors.New("refused")
	for name, end := range map[string]func(cancel func()) error{
		"fails":        func(func()) error { return refused },
		"is cancelled": func(cancel func()) error { cancel(); return nil },
		"panics":       func(func()) error { panic("oh") },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, s *store.Store, _ string) {
				org := organisation(t, s)
				n := 2 * (len(steps) + 1)
				for i, err := range together(t, s, org, n, func(i int, tx *store.Tx, cancel func()) error {
					for done, step := range steps {
						if i%2 == 0 && i/2 == done {
							if err := end(cancel); err != nil {
								return err
							}
						}
						if err := step(tx, fmt.Sprintf("AST-%04d", i+1)); err != nil {
							return err
						}
					}
					if i == 2*len(steps) {
						return end(cancel)
					}
					return nil
				}) {
					if (err != nil) != (i%2 == 0) {
						t.Errorf("writer %d: %v", i, err)
					}
				}
				verifyClean(t, s, org, int64(n)) // two revisions each for half of them
			})
		})
	}
}

func TestAWriterThatWaitsCanGiveUp(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, _ string) {
		org := organisation(t, s)
		holding, given := make(chan struct{}), make(chan struct{})
		go func() {
			_ = s.Update(context.Background(), org, testKey, func(*store.Tx) error {
				close(holding)
				<-given
				return nil
			})
		}()
		<-holding
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := s.Update(ctx, org, testKey, func(*store.Tx) error {
			t.Error("it was called")
			return nil
		})
		close(given)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		put(t, s, org, asset("AST-0001", "Server"))
		verifyClean(t, s, org, 1)
	})
}
