package store

import (
	"fmt"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
)

// Statements gives the DDL of a whole database, derived from the kinds. The migrations are drafted from
// it, and a test proves that they lead to the same schema.
func statements(kinds *kind.Set, d *dialect) []string {
	var list []string
	for _, schema := range kinds.Schemas {
		list = append(list, recordTable(schema, d)...)
	}
	return append(list, fixedTables(d)...)
}

func recordTable(schema *kind.Schema, d *dialect) []string {
	text, number, boolean := d.text+" NOT NULL", d.number+" NOT NULL", d.boolean+" NOT NULL"
	lines := []string{
		"org " + text, "id " + text, `"key" ` + text, "sort " + text, "rev " + number, "state " + text,
		"archived " + boolean, "imported " + boolean, "also " + text,
		"created_by " + text, "created_at " + text, "changed_by " + text, "changed_at " + text,
	}
	name := quote(schema.Name)
	indexes := []string{
		fmt.Sprintf("CREATE INDEX %s ON %s (org, archived, sort)", quote(schema.Name+"_sort"), name),
		fmt.Sprintf("CREATE INDEX %s ON %s (org, archived, state, sort)", quote(schema.Name+"_state"), name),
	}
	for _, f := range schema.Fields {
		column := quote(f.Name) + " " + d.columnType(f)
		if f.NotNull() {
			column += " NOT NULL"
		}
		lines = append(lines, column)
		if f.Index {
			indexes = append(indexes, fmt.Sprintf("CREATE INDEX %s ON %s (org, %s, sort)", quote(schema.Name+"_"+f.Name), name, quote(f.Name)))
		}
	}
	lines = append(lines, "PRIMARY KEY (org, id)", `UNIQUE (org, "key")`)
	return append([]string{createTable(name, lines)}, indexes...)
}

func createTable(name string, lines []string) string {
	return fmt.Sprintf("CREATE TABLE %s (\n    %s\n)", name, strings.Join(lines, ",\n    "))
}

// fixedTables gives the tables that are the same whatever the kinds.
func fixedTables(d *dialect) []string {
	text, number := d.text+" NOT NULL", d.number+" NOT NULL"
	list := []string{
		createTable("head", []string{"org " + text, "n " + number, "at " + text, "frontier " + text, "checkpoint " + text, "PRIMARY KEY (org)"}),
		createTable("node", []string{"org " + text, "i " + number, "hash " + text, "PRIMARY KEY (org, i)"}),
		createTable("revision", []string{
			"org " + text, "n " + number, "kind " + text, "id " + text, `"key" ` + text, "sort " + text, "rev " + number,
			"at " + text, `"by" ` + text, "action " + text, "cause " + text, "body " + text, "personal " + text,
			"until " + d.number, "PRIMARY KEY (org, n)", "UNIQUE (org, id, rev)",
		}),
		"CREATE INDEX revision_sort ON revision (org, kind, sort, n)",
		"CREATE INDEX revision_key ON revision (org, \"key\", rev)",
		createTable("edge", []string{
			"org " + text, "kind " + text, `"key" ` + text, "path " + text, "target_kind " + text, "target " + text,
			`PRIMARY KEY (org, "key", path)`,
		}),
		"CREATE INDEX edge_target ON edge (org, target, kind)",
		createTable("sequence", []string{"org " + text, "kind " + text, "n " + number, "PRIMARY KEY (org, kind)"}),
	}
	return append(list, searchTables[d.name]...)
}

// searchTables keeps what is searched in an ordinary table, and an index over it that the database
// maintains. In SQLite the organisation is a term of the index; as an unindexed column it is slow.
var searchTables = map[string][]string{
	"sqlite": {
		createTable("search", []string{
			"doc INTEGER PRIMARY KEY", "org TEXT NOT NULL", "kind TEXT NOT NULL", `"key" TEXT NOT NULL`, "title TEXT NOT NULL", "body TEXT NOT NULL",
			`UNIQUE (org, "key")`,
		}),
		`CREATE VIRTUAL TABLE search_index USING fts5(org, title, body, content='search', content_rowid='doc', tokenize='unicode61 remove_diacritics 2')`,
		`INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)`,
		`CREATE TRIGGER search_insert AFTER INSERT ON search BEGIN
    INSERT INTO search_index (rowid, org, title, body) VALUES (new.doc, new.org, new.title, new.body);
END`,
		`CREATE TRIGGER search_delete AFTER DELETE ON search BEGIN
    INSERT INTO search_index (search_index, rowid, org, title, body) VALUES ('delete', old.doc, old.org, old.title, old.body);
END`,
		`CREATE TRIGGER search_update AFTER UPDATE ON search BEGIN
    INSERT INTO search_index (search_index, rowid, org, title, body) VALUES ('delete', old.doc, old.org, old.title, old.body);
    INSERT INTO search_index (rowid, org, title, body) VALUES (new.doc, new.org, new.title, new.body);
END`,
	},
	"postgres": {
		createTable("search", []string{
			`org TEXT COLLATE "C" NOT NULL`, `kind TEXT COLLATE "C" NOT NULL`, `"key" TEXT COLLATE "C" NOT NULL`, "title TEXT NOT NULL", "body TEXT NOT NULL",
			// Marks are blanked out, or PostgreSQL takes AST-0002 for a word and a negative number.
			"words TSVECTOR GENERATED ALWAYS AS (setweight(to_tsvector('simple', translate(title, '-./_@:', '      ')), 'A') || to_tsvector('simple', translate(body, '-./_@:', '      '))) STORED",
			`PRIMARY KEY (org, "key")`,
		}),
		"CREATE INDEX search_words ON search USING GIN (words)",
	},
}
