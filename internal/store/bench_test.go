package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/store"
	"github.com/stele-isms/stele/internal/store/pgtest"
)

// BenchmarkRead holds the store against raw SQL on the same rows, with 1,000 and with 100,000 assets. All
// four take turns within one run. The aims: a get costs what raw SQL costs and 20 microseconds, everything
// else 1.5 times raw SQL; the first and the middle page of 100,000 cost 1.25 times those of 1,000.
func BenchmarkRead(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(database, func(b *testing.B) {
			small, large := newRegister(b, database, 1_000), newRegister(b, database, 100_000)
			for _, read := range []struct {
				name       string
				store, raw func(*register) error
			}{
				{"get", (*register).get, (*register).rawGet},
				{"first-page", (*register).firstPage, (*register).rawFirstPage},
				{"middle-page", (*register).middlePage, (*register).rawMiddlePage},
				{"next-page", (*register).nextPage, (*register).rawNextPage},
				{"count-by-state", (*register).count, (*register).rawCount},
			} {
				b.Run(read.name, func(b *testing.B) {
					turns := race(b,
						func() error { return read.raw(small) }, func() error { return read.store(small) },
						func() error { return read.raw(large) }, func() error { return read.store(large) })
					for i, name := range []string{"raw-1k-ns", "store-1k-ns", "raw-100k-ns", "store-100k-ns"} {
						b.ReportMetric(median(turns[i]), name)
					}
					b.ReportMetric(times(turns[1], turns[0]), "x-raw-1k")
					b.ReportMetric(times(turns[3], turns[2]), "x-raw-100k")
					b.ReportMetric(times(turns[3], turns[1]), "x-size")
					b.ReportMetric(0, "ns/op") // of a round, which means nothing
				})
			}
		})
	}
}

// turn is how long each side runs before it is the next one's turn: many operations, and yet so short that
// a busy machine hinders all sides alike.
const turn = 5 * time.Millisecond

// race lets the sides take turns, and gives for each side what an operation cost in each of its turns, in
// nanoseconds.
func race(b *testing.B, sides ...func() error) [][]float64 {
	turns := make([][]float64, len(sides))
	for b.Loop() {
		for i, side := range sides {
			n, start := 0, time.Now()
			for time.Since(start) < turn {
				if err := side(); err != nil {
					b.Fatal(err)
				}
				n++
			}
			turns[i] = append(turns[i], float64(time.Since(start))/float64(n))
		}
	}
	return turns
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

// times gives how many times as much as the other side one side cost, in the median of the rounds.
func times(side, other []float64) float64 {
	ratios := make([]float64, len(side))
	for i := range side {
		ratios[i] = side[i] / other[i]
	}
	return median(ratios)
}

// register is a database of assets, and the two ways to read it.
type register struct {
	ctx   context.Context
	store *store.Store
	org   string
	keys  []string
	raw   rawSQL

	random          *rand.Rand
	after, rawAfter string // where the pages have got to
}

func newRegister(b *testing.B, database string, size int) *register {
	address := filepath.Join(b.TempDir(), "stele.db")
	if database == "postgres" {
		address = pgtest.Database(b)
	}
	r := &register{ctx: context.Background(), store: open(b, address), random: rand.New(rand.NewPCG(1, 2))}
	r.org = organisation(b, r.store)
	for i := range size {
		r.keys = append(r.keys, fmt.Sprintf("AST-%04d", i+1))
	}
	for keys := range slices.Chunk(r.keys, 10_000) {
		records := make([]*kind.Record, len(keys))
		for i, key := range keys {
			records[i] = r.asset(key)
		}
		put(b, r.store, r.org, records...)
	}
	r.raw = newRawSQL(b, database, address)
	return r
}

// asset gives an asset as full as those of the sample organisation, in one of four states: the store knows
// no lifecycles, any kind can have one.
func (r *register) asset(key string) *kind.Record {
	one := func(of ...string) string { return of[r.random.IntN(len(of))] }
	a := &isms.Asset{
		Title: "Application server of " + one("billing", "scheduling", "messaging", "reporting"), Reference: "CMDB-" + key,
		Type: "hardware", Category: "Infrastructure", Location: "Brno, room " + one("1", "2", "3"), Use: "active",
		Description: "Runs the " + one("first", "second") + " half of the service; without it the front desk goes back to paper.",
		Owner:       kind.Ref[isms.Role](one("ROLE-0001", "ROLE-0002", "ROLE-0003")), Custodian: "ROLE-0004", Supplier: "SUP-0001",
		Classification: "confidential", Confidentiality: "high", Integrity: "very high", Availability: "very high", Criticality: "critical",
	}
	if r.random.IntN(4) > 0 {
		a.DependsOn = []kind.Ref[isms.Asset]{"AST-0001", "AST-0002"}
	}
	record := isms.Assets.New()
	record.Key, record.State, record.Data = key, one("planned", "bought", "active", "retired"), a
	return record
}

const pageSize = 50

func (r *register) randomKey() string { return r.keys[r.random.IntN(len(r.keys))] }

// middle is the sort key in the middle.
func (r *register) middle() string { return kind.SortKey(r.keys[len(r.keys)/2]) }

func (r *register) get() error {
	return r.store.Look(r.ctx, r.org, func(tx *store.Tx) error {
		_, err := tx.Reader().Record(r.ctx, isms.Assets.Schema, r.randomKey())
		return err
	})
}

func (r *register) firstPage() error { return r.full(r.page("")) }

func (r *register) middlePage() error { return r.full(r.page(r.middle())) }

// nextPage goes on behind the page before, and begins anew at the end.
func (r *register) nextPage() error {
	n, last, err := r.page(r.after)
	r.after = last
	if n < pageSize {
		r.after = ""
	}
	return err
}

// page gives how many assets stand on the page behind a sort key, and the sort key of the last one.
func (r *register) page(after string) (n int, last string, err error) {
	err = r.store.Look(r.ctx, r.org, func(tx *store.Tx) error {
		for asset, err := range tx.Reader().Records(r.ctx, isms.Assets.Schema, kind.Query{After: after, Limit: pageSize}) {
			if err != nil {
				return err
			}
			n, last = n+1, asset.Key
		}
		return nil
	})
	return n, kind.SortKey(last), err
}

// full takes the result of a page that must not end early.
func (r *register) full(n int, _ string, err error) error {
	if err == nil && n != pageSize {
		err = fmt.Errorf("the page has %d assets", n)
	}
	return err
}

func (r *register) count() error {
	return r.store.Look(r.ctx, r.org, func(tx *store.Tx) error {
		counts, err := tx.Count(isms.Assets.Schema)
		return r.fourStates(len(counts), err)
	})
}

func (r *register) fourStates(n int, err error) error {
	if err == nil && n != 4 {
		err = fmt.Errorf("there are %d states", n)
	}
	return err
}

// rawSQL is what a program without the store would do: prepared statements on one connection.
type rawSQL struct{ get, page, count *sql.Stmt }

// rawColumns is every column of an asset, in the order of rawAsset.dest.
const rawColumns = `org, id, "key", sort, rev, state, archived, imported, also, created_by, created_at, changed_by, changed_at,
	title, reference, type, category, description, count, owner, custodian, location, classification,
	confidentiality, integrity, availability, criticality, depends_on, supplier, use`

// newRawSQL connects with the settings of the store. It first has PostgreSQL do what its autovacuum would
// do some time after the assets were written.
func newRawSQL(b *testing.B, database, address string) rawSQL {
	driver := "pgx"
	if database == "sqlite" {
		driver = "sqlite"
		address = "file:" + address + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_pragma=secure_delete(ON)&_pragma=cache_size(-8192)&_pragma=foreign_keys(ON)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	if database == "postgres" {
		if _, err := conn.ExecContext(context.Background(), "VACUUM ANALYZE"); err != nil {
			b.Fatal(err)
		}
	}
	prepare := func(query string) *sql.Stmt {
		if database == "sqlite" {
			query = regexp.MustCompile(`\$\d`).ReplaceAllString(query, "?")
		}
		stmt, err := conn.PrepareContext(context.Background(), query)
		if err != nil {
			b.Fatal(err)
		}
		return stmt
	}
	return rawSQL{
		get:   prepare("SELECT " + rawColumns + ` FROM asset WHERE org = $1 AND "key" = $2`),
		page:  prepare("SELECT " + rawColumns + " FROM asset WHERE org = $1 AND archived = $2 AND sort > $3 ORDER BY sort LIMIT $4"),
		count: prepare("SELECT state, count(*) FROM asset WHERE org = $1 AND archived = $2 GROUP BY state"),
	}
}

// rawAsset is a typed variable for every column of an asset.
type rawAsset struct {
	org, id, key, sort, state, also, createdBy, createdAt, changedBy, changedAt string
	title, reference, category, description, location                           string
	rev                                                                         int64
	archived, imported                                                          bool
	count                                                                       sql.NullInt64
	kind, owner, custodian, supplier, use, dependsOn                            sql.NullString
	classification, confidentiality, integrity, availability, criticality       sql.NullString
}

func (a *rawAsset) dest() []any {
	return []any{
		&a.org, &a.id, &a.key, &a.sort, &a.rev, &a.state, &a.archived, &a.imported, &a.also, &a.createdBy, &a.createdAt, &a.changedBy, &a.changedAt,
		&a.title, &a.reference, &a.kind, &a.category, &a.description, &a.count, &a.owner, &a.custodian, &a.location, &a.classification,
		&a.confidentiality, &a.integrity, &a.availability, &a.criticality, &a.dependsOn, &a.supplier, &a.use,
	}
}

func (r *register) rawGet() error {
	var a rawAsset
	return r.raw.get.QueryRowContext(r.ctx, r.org, r.randomKey()).Scan(a.dest()...)
}

func (r *register) rawFirstPage() error { return r.full(r.rawPage("")) }

func (r *register) rawMiddlePage() error { return r.full(r.rawPage(r.middle())) }

func (r *register) rawNextPage() error {
	n, last, err := r.rawPage(r.rawAfter)
	r.rawAfter = last
	if n < pageSize {
		r.rawAfter = ""
	}
	return err
}

func (r *register) rawPage(after string) (n int, last string, err error) {
	rows, err := r.raw.page.QueryContext(r.ctx, r.org, false, after, pageSize)
	if err != nil {
		return 0, "", err
	}
	defer rows.Close()
	var a rawAsset
	dest := a.dest()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return 0, "", err
		}
		n++
	}
	return n, a.sort, rows.Err()
}

func (r *register) rawCount() error {
	rows, err := r.raw.count.QueryContext(r.ctx, r.org, false)
	if err != nil {
		return err
	}
	defer rows.Close()
	states := 0
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return err
		}
		states++
	}
	return r.fourStates(states, rows.Err())
}
