package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

//go:embed migrations
var migrations embed.FS

func (s *Store) migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations/"+s.dialect.name)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.Dialect(s.dialect.goose), db, files, goose.WithTableName("migration"))
	if err != nil {
		return err
	}
	known := provider.ListSources()
	there, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	if newest := known[len(known)-1].Version; there > newest {
		return fault.New(fault.Conflict, "this database was made by a newer version of Stele (schema %d, this one knows %d); use that version, or restore a backup from before", there, newest)
	}
	_, err = provider.Up(ctx)
	return err
}

// Draft gives a migration to the schema that the kinds ask for, from an empty database. A person reads it,
// takes what is new, and commits it.
func Draft(kinds *kind.Set, dialectName string) (string, error) {
	d := &sqlite
	if dialectName == postgres.name {
		d = &postgres
	} else if dialectName != sqlite.name {
		return "", fmt.Errorf("there is no dialect %q", dialectName)
	}
	var b strings.Builder
	b.WriteString("-- +goose Up\n")
	for _, statement := range statements(kinds, d) {
		if strings.HasPrefix(statement, "CREATE TRIGGER") { // holds semicolons of its own
			fmt.Fprintf(&b, "-- +goose StatementBegin\n%s;\n-- +goose StatementEnd\n\n", statement)
			continue
		}
		b.WriteString(statement + ";\n\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n", nil
}
