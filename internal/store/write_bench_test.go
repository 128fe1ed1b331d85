package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"modernc.org/sqlite"

	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// BenchmarkCreate has 64 writers create assets in one organisation, each waiting until its own is durable: in
// groups, and with a transaction for each, by turns. The aims: with 2 ms added to each commit, as a slower disk
// adds them, SQLite 8 times and PostgreSQL 6 times as many; on the plain disk SQLite twice as many.
func BenchmarkCreate(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		for _, lag := range []time.Duration{0, 2 * time.Millisecond} {
			b.Run(fmt.Sprintf("%s/lag=%s", database, lag), func(b *testing.B) {
				together, alone := newCreators(b, database, lag), newCreators(b, database, lag)
				store.Alone(alone.store)
				var grouped, single []float64
				for b.Loop() {
					grouped = append(grouped, together.round(b))
					single = append(single, alone.round(b))
				}
				b.ReportMetric(median(grouped), "grouped/s")
				b.ReportMetric(median(single), "single/s")
				b.ReportMetric(times(grouped, single), "x-single")
				b.ReportMetric(0, "ns/op") // of a round, which means nothing
			})
		}
	}
}

// creators is 64 writers of one organisation.
type creators struct {
	store *store.Store
	org   string
	n     atomic.Int64
}

func newCreators(b *testing.B, database string, lag time.Duration) *creators {
	address := filepath.Join(b.TempDir(), "stele.db")
	if database == "postgres" {
		address = pgtest.Database(b)
		delayPostgres(b, address, lag)
	}
	delaySQLite.Store(int64(lag))
	b.Cleanup(func() { delaySQLite.Store(0) })
	c := &creators{store: open(b, address)}
	c.org = organisation(b, c.store)
	return c
}

// round gives how many assets a second are created.
func (c *creators) round(b *testing.B) float64 {
	const writers, each = 64, 10
	start := time.Now()
	failed := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for range each {
				failed[w] = errors.Join(failed[w], c.create())
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		b.Fatal(err)
	}
	return writers * each / time.Since(start).Seconds()
}

func (c *creators) create() error {
	key := fmt.Sprintf("AST-%04d", c.n.Add(1))
	return c.store.Update(context.Background(), c.org, testKey, func(tx *store.Tx) error {
		return tx.Put(asset(key, "Application server of billing", "AST-0001", "AST-0002"), store.Change{Action: "create"})
	})
}

// delaySQLite is how long a commit takes in addition.
var delaySQLite atomic.Int64

func init() {
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		conn.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 {
			time.Sleep(time.Duration(delaySQLite.Load()))
			return 0
		})
		return nil
	})
}

func delayPostgres(b *testing.B, address string, lag time.Duration) {
	b.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for _, setting := range []string{fmt.Sprintf("commit_delay = %d", lag.Microseconds()), "commit_siblings = 0"} {
		if _, err := db.ExecContext(context.Background(), fmt.Sprintf(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I SET %s', current_database()); END $$`, setting)); err != nil {
			b.Fatal(err)
		}
	}
}
