package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/fault"
)

// Limits on a workbook: a few kilobytes can be packed to stand for terabytes.
const (
	maxUnzipped = 256 << 20
	maxCells    = 2_000_000 // 15,000 risks with 100 columns, empty cells included
	maxColumns  = 1000
)

// readXLSX reads a table of a workbook: of the sheet named, or of the first one that holds a table.
func readXLSX(name string, content []byte, sheet string) (t *Table, err error) {
	defer func() {
		if p := recover(); p != nil { // the library's parser meets files that nobody has tried on it
			t, err = nil, fault.New(fault.Invalid, "%s is a damaged workbook: %v", name, p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s cannot be read as a workbook: %v", name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if sheet == "" {
		return firstTable(f, name)
	}
	if !slices.Contains(f.GetSheetList(), sheet) {
		return nil, fault.New(fault.NotFound, "%s has no sheet %q; it has %s", name, sheet, strings.Join(f.GetSheetList(), ", "))
	}
	t, err = readSheet(f, name, sheet)
	if t == nil && err == nil {
		err = fault.New(fault.Invalid, "the sheet %s of %s holds no table: a row of headings and at least one row below", sheet, name)
	}
	return t, err
}

// firstTable reads the first visible sheet with a table of three columns or more; without one, the first
// with any table. What is narrower is often a cover or a legend.
func firstTable(f *excelize.File, name string) (*Table, error) {
	var narrow *Table
	for _, sheet := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(sheet); err != nil || !visible {
			continue
		}
		t, err := readSheet(f, name, sheet)
		switch {
		case err != nil:
			return nil, err
		case t == nil:
		case len(t.Header) >= 3:
			return t, nil
		case narrow == nil:
			narrow = t
		}
	}
	if narrow == nil {
		return nil, fault.New(fault.Invalid, "no sheet of %s holds a table: a row of headings and at least one row below", name)
	}
	return narrow, nil
}

// readSheet gives the table of a sheet, or nil where it holds none.
func readSheet(f *excelize.File, name, sheet string) (*Table, error) {
	s := &sheetReader{file: f, sheet: sheet, dates: map[int]bool{}}
	lines, err := s.lines()
	if err != nil {
		return nil, fault.New(fault.Invalid, "the sheet %s of %s cannot be read: %v", sheet, name, err)
	}
	return tabulate(Table{File: name, Sheet: sheet}, lines, ""), nil
}

// sheetReader reads one sheet.
type sheetReader struct {
	file     *excelize.File
	sheet    string
	date1904 bool         // days count from 1904, not from 1900
	dates    map[int]bool // by style: whether it shows a date
}

// lines gives the rows of the sheet as people see them; none where it holds no cells, as one that is a chart.
func (s *sheetReader) lines() ([]line, error) {
	props, err := s.file.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	s.date1904 = props.Date1904 != nil && *props.Date1904
	raw, err := s.rows(excelize.Options{RawCellValue: true})
	if err != nil || len(raw) == 0 {
		return nil, err
	}
	shown, err := s.rows()
	if err != nil {
		return nil, err
	}
	lines := make([]line, len(shown))
	for i := range shown {
		if lines[i], err = s.line(i+1, raw[i], shown[i]); err != nil {
			return nil, err
		}
	}
	areas, err := s.areas()
	if err != nil {
		return nil, err
	}
	fillDown(lines, areas)
	groupHeadings(lines, areas)
	return lines, nil
}

// rows streams the cells of the sheet, so that its size is known before the library takes it to memory.
func (s *sheetReader) rows(options ...excelize.Options) (list [][]string, err error) {
	rows, err := s.file.Rows(s.sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	cells := 0
	for rows.Next() {
		row, err := rows.Columns(options...)
		if err != nil {
			return nil, err
		}
		list = append(list, row)
		if cells += len(row) + 1; cells > maxCells || len(row) > maxColumns {
			return nil, fmt.Errorf("it reaches to row %d and column %d: more than %d columns or %d cells are not read", len(list), len(row), maxColumns, maxCells)
		}
	}
	return list, rows.Error()
}

// line gives one row, its dates as ISO text.
func (s *sheetReader) line(number int, raw, shown []string) (line, error) {
	l := line{number: number, cells: shown, faults: map[int]string{}}
	for i, text := range shown {
		cell, err := excelize.CoordinatesToCellName(i+1, number)
		if err != nil {
			return l, err
		}
		switch {
		case text == "":
			err = s.uncomputed(l, i, cell)
		case strings.HasPrefix(text, "#"):
			err = s.broken(l, i, cell)
		case i < len(raw) && raw[i] != text:
			l.cells[i], err = s.date(cell, raw[i], text)
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
}

// uncomputed notes a formula that no program has computed yet. One that came to an empty text has the type of
// a text (ECMA-376, 18.18.11), and is as good as an empty cell.
func (s *sheetReader) uncomputed(l line, i int, cell string) error {
	formula, err := s.file.GetCellFormula(s.sheet, cell)
	if err != nil || formula == "" {
		return err
	}
	t, err := s.file.GetCellType(s.sheet, cell)
	if t != excelize.CellTypeFormula {
		l.faults[i] = fmt.Sprintf("the formula =%s has no value; open the workbook in a spreadsheet program and save it", formula)
	}
	return err
}

// broken notes the error that a formula ended with, and leaves a text like "#1" alone.
func (s *sheetReader) broken(l line, i int, cell string) error {
	t, err := s.file.GetCellType(s.sheet, cell)
	if t == excelize.CellTypeError {
		l.faults[i] = "the cell shows the error " + l.cells[i]
		l.cells[i] = ""
	}
	return err
}

// date gives the text of a formatted number: ISO where the format shows a date.
func (s *sheetReader) date(cell, raw, shown string) (string, error) {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return shown, nil //nolint:nilerr // a text stays as it is shown
	}
	if is, err := s.isDate(cell); err != nil || !is {
		return shown, err
	}
	t, err := excelize.ExcelDateToTime(serial, s.date1904)
	switch {
	case err != nil:
		return shown, nil //nolint:nilerr // a number outside of the calendar is shown as it is
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly), nil
	}
	return t.Format("2006-01-02 15:04"), nil
}

// isDate reports whether a cell's format shows a date.
func (s *sheetReader) isDate(cell string) (bool, error) {
	style, err := s.file.GetCellStyle(s.sheet, cell)
	if err != nil {
		return false, err
	}
	if is, known := s.dates[style]; known {
		return is, nil
	}
	format, err := s.file.GetStyle(style)
	if err != nil {
		return false, err
	}
	s.dates[style] = showsDate(format)
	return s.dates[style], nil
}

// quoted is what a number format says as text: in quotation marks, in brackets, or behind a backslash.
var quoted = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.`)

// showsDate reports whether a number format shows a day (ECMA-376, 18.8.30 and 18.8.31).
func showsDate(format *excelize.Style) bool {
	if format.CustomNumFmt != nil {
		return strings.ContainsAny(quoted.ReplaceAllString(strings.ToLower(*format.CustomNumFmt), ""), "dy")
	}
	n := format.NumFmt
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n == 57 || n == 58
}
