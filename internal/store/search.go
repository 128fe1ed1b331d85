package store

import (
	"strings"
	"unicode"
)

// Hit is one record that a search found.
type Hit struct{ Kind, Key, Title string }

// Search gives the records that hold every word, or a word that begins with it; the best ones first, at
// most limit.
func (t *Tx) Search(text string, limit int) ([]Hit, error) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return nil, nil
	}
	query, args := t.searchSQLite(words, limit)
	if t.store.dialect == &postgres {
		query, args = t.searchPostgres(words, limit)
	}
	rows, err := t.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Kind, &h.Key, &h.Title); err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

func (t *Tx) searchSQLite(words []string, limit int) (string, []any) {
	match := "org : " + t.org + ` AND {title body} : ("` + strings.Join(words, `"* AND "`) + `"*)`
	return `SELECT s.kind, s."key", s.title FROM search_index i JOIN search s ON s.doc = i.rowid
		WHERE i.search_index MATCH ? ORDER BY bm25(i.search_index, 0, 10, 1), s."key" LIMIT ?`, []any{match, limit}
}

func (t *Tx) searchPostgres(words []string, limit int) (string, []any) {
	for i, w := range words {
		words[i] = "'" + w + "':*"
	}
	match := strings.Join(words, " & ")
	return `SELECT kind, "key", title FROM search WHERE org = ? AND words @@ to_tsquery('simple', ?)
		ORDER BY ts_rank(words, to_tsquery('simple', ?)) DESC, "key" LIMIT ?`, []any{t.org, match, match, limit}
}
