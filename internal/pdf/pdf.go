// Package pdf writes a document tree as a PDF file: A4, in Inter, with a table of contents, bookmarks,
// running headers and page numbers.
//
// A composer reads the tree once, from top to bottom. Its typesetter breaks text into lines, its canvas
// draws them, and its book writes each page to the file as soon as it is full; so a document takes the
// memory of one page and its rows are neither kept nor read twice. The footers, the contents and the
// bookmarks, which need the number of pages, stand last in the file. Of go-pdf/fpdf only the cutting of
// fonts is used: it keeps all pages until the end (3,000 pages of 225 texts took 157 MB).
package pdf

import (
	"fmt"
	"io"

	"github.com/stele-isms/stele/internal/layout"
)

// Write writes the document. Errors are those of w.
func Write(w io.Writer, doc layout.Document) error {
	_, err := WriteReport(w, doc)
	return err
}

// WriteReport writes the document and reports the characters that no embedded face has, each once, in
// the order in which they were met. Errors are those of w.
func WriteReport(w io.Writer, doc layout.Document) ([]Missing, error) {
	b, err := newBook(w)
	if err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	c := newComposer(b)
	c.document(doc)
	if err := b.bind(doc); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return c.missing.list, nil
}
