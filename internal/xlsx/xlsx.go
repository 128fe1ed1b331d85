// Package xlsx writes a document tree as an Excel workbook.
//
// The first sheet, "Document", holds the title, the control block and the prose; every table has a sheet
// of its own, ready to be filtered and printed. Rows are streamed, so that a register of ten thousand
// records costs little memory. Text is always text: nothing in a cell is ever a formula.
package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

// Write writes a document as a workbook. The same document gives the same bytes. Errors are those of w,
// and that a table has more rows or columns than a sheet can hold (1,048,576 and 16,384).
func Write(w io.Writer, doc layout.Document) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }() // it removes the temporary files of large sheets
	b := newBook(f, doc)
	if err := b.fill(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	packed, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	return sorted(w, packed.Bytes())
}

// book is the workbook in the making.
type book struct {
	file   *excelize.File
	doc    layout.Document
	styles *styles
	tables []tableSheet
}

// tableSheet is a table and the name of its sheet.
type tableSheet struct {
	*layout.Table
	sheet string
}

func newBook(f *excelize.File, doc layout.Document) *book {
	b := &book{file: f, doc: doc, styles: newStyles(f)}
	names := sheetNames{}
	names.unique(documentSheet)
	for _, s := range doc.Sections {
		for _, block := range s.Blocks {
			if t, ok := block.(*layout.Table); ok {
				b.tables = append(b.tables, tableSheet{t, names.unique(t.Name, s.Title, "Table")})
			}
		}
	}
	return b
}

func (b *book) fill() error {
	if err := b.properties(); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", documentSheet); err != nil {
		return err
	}
	if err := b.document(); err != nil {
		return err
	}
	for _, t := range b.tables {
		if _, err := b.file.NewSheet(t.sheet); err != nil {
			return err
		}
		if err := b.table(t); err != nil {
			return fmt.Errorf("sheet %s: %w", t.sheet, err)
		}
	}
	return nil
}

const application = "Stele"

// undated is when a document without a date counts as made, so that its bytes do not tell the time.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// properties sets what a file manager or a records system shows of the workbook.
func (b *book) properties() error {
	c := b.doc.Control
	made := c.Date
	if made.IsZero() {
		made = undated
	}
	author := layout.Printable(cmp.Or(c.Owner, c.Organisation, application))
	stamp := made.UTC().Format(time.RFC3339)
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title: layout.Printable(b.doc.Title), Subject: layout.Printable(b.doc.Subtitle), Creator: author, LastModifiedBy: author,
		Identifier: layout.Printable(c.ID), Version: layout.Printable(c.Version), ContentStatus: layout.Printable(c.Status),
		Category: layout.Printable(c.Classification), Language: layout.Printable(b.doc.Language), Created: stamp, Modified: stamp,
	})
	if err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: application, Company: layout.Printable(c.Organisation)})
}

// sorted writes a zip file with its parts in the order of their names: excelize hands over sheets in the
// order of a map.
func sorted(w io.Writer, packed []byte) error {
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return fmt.Errorf("sort workbook: %w", err)
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if err := out.Copy(part); err != nil {
			return fmt.Errorf("sort workbook: %w", err)
		}
	}
	return out.Close()
}
