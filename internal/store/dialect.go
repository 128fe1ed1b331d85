package store

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/stele-isms/stele/internal/kind"
)

// dialect is all in which the two databases differ.
type dialect struct {
	name       string // also the folder of its migrations
	goose      string // its name in goose
	writers    int
	beginRead  string
	beginWrite string
	forUpdate  string
	nests      bool   // savepoints may stand within each other at no cost; in SQLite a page is noted for each
	text       string // a text column whose order is that of its bytes
	number     string
	boolean    string
	float      string
	bind       func(query string) string
	open       func(address string) (write, read *sql.DB, err error)
}

var sqlite = dialect{
	name: "sqlite", goose: "sqlite3", writers: 1,
	beginRead: "BEGIN", beginWrite: "BEGIN IMMEDIATE",
	text: "TEXT", number: "INTEGER", boolean: "INTEGER", float: "REAL",
	bind: func(query string) string { return query },
	open: openSQLite,
}

var postgres = dialect{
	name: "postgres", goose: "postgres", writers: 16,
	beginRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", beginWrite: "BEGIN", forUpdate: " FOR UPDATE", nests: true,
	text: `TEXT COLLATE "C"`, number: "BIGINT", boolean: "BOOLEAN", float: "DOUBLE PRECISION",
	bind: numbered,
	open: openPostgres,
}

func dialectOf(address string) *dialect {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return &postgres
	}
	return &sqlite
}

// pragmas make a commit durable (FULL), readers and the writer independent (WAL), and erased content gone
// (secure_delete). The cache is 8 MiB for each connection.
var pragmas = []string{"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(10000)", "secure_delete(ON)", "cache_size(-8192)", "foreign_keys(ON)"}

func openSQLite(path string) (write, read *sql.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, nil, err
	}
	// The records are nobody else's business: the driver would make the file readable to all.
	f, err := os.OpenFile(path, os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	if err := f.Close(); err != nil {
		return nil, nil, err
	}
	address := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + url.Values{"_pragma": pragmas}.Encode()
	if write, err = sql.Open("sqlite", address); err != nil {
		return nil, nil, err
	}
	read, err = sql.Open("sqlite", address+"&_pragma=query_only(ON)")
	return write, read, err
}

// openPostgres has readers keep the general plan of a statement: the conditions of a query are such that
// one plan serves all values, and PostgreSQL would plan a page anew on each call.
func openPostgres(address string) (write, read *sql.DB, err error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, nil, err
	}
	reading := config.Copy()
	reading.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	return stdlib.OpenDB(*config), stdlib.OpenDB(*reading), nil
}

// numbered turns the question marks of a query into $1, $2 and so on. No query holds one in a literal.
func numbered(query string) string {
	var b strings.Builder
	n := 0
	for {
		before, after, found := strings.Cut(query, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
		query = after
	}
}

// transient reports whether the database gave up a transaction that may succeed when it is run again:
// serialisation failure and deadlock (PostgreSQL, appendix A).
func transient(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// columnType gives the type of a field's column.
func (d *dialect) columnType(f *kind.Field) string {
	switch {
	case f.List || f.Type == kind.Object:
		return d.text
	case f.Type == kind.Bool:
		return d.boolean
	case f.Type == kind.Int:
		return d.number
	case f.Type == kind.Float:
		return d.float
	default:
		return d.text
	}
}

func quote(name string) string { return fmt.Sprintf("%q", name) }
