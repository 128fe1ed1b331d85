package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/stele-isms/stele/internal/fault"
)

// readCSV reads a table of separated values, as spreadsheet programs in any country write it.
func readCSV(name string, content []byte) (*Table, error) {
	text, err := decodeText(name, content)
	if err != nil {
		return nil, err
	}
	separator, text := separatorOf(text)
	var lines []line
	r := newCSV(text, separator)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		number, _ := r.FieldPos(0)
		lines = append(lines, line{number: number, cells: cells})
	}
	t := tabulate(Table{File: name}, lines, string(separator))
	if t == nil {
		return nil, fault.New(fault.Invalid, "%s holds no table: a row of headings and at least one row below", name)
	}
	return t, nil
}

func newCSV(text []byte, separator rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator, -1
	return r
}

// decodeText gives a text file as UTF-8 without the mark that some programs put first, and with the line
// ends of today.
func decodeText(name string, content []byte) ([]byte, error) {
	text := trimMark(content)
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, fault.New(fault.Invalid, "%s is not valid UTF-16; save the file as UTF-8", name)
		}
		text = decoded
	}
	if err := checkUTF8(name, text); err != nil {
		return nil, err
	}
	if !bytes.ContainsRune(text, '\n') {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n")) // of a Macintosh of old
	}
	return text, nil
}

// separatorLine is the first line by which Excel names the separator of a file.
var separatorLine = regexp.MustCompile(`^sep=([,;\t|])\r?\n`)

// separatorOf gives the separator that a text names, or else the one by which its lines have the most cells,
// and most of them equally many. The line that names it is empty in the text that remains.
func separatorOf(text []byte) (separator rune, rest []byte) {
	if m := separatorLine.FindSubmatch(text); m != nil {
		return rune(m[1][0]), text[len(m[0])-1:]
	}
	best, most := ',', 0.0
	for _, candidate := range ",;\t|" {
		if weight := regularity(text, candidate); weight > most {
			best, most = candidate, weight
		}
	}
	return best, text
}

// regularity gives the most frequent number of cells, weighed with the share of the lines that have it.
func regularity(text []byte, separator rune) float64 {
	const sample = 100
	widths := map[int]int{}
	r := newCSV(text, separator)
	lines := 0
	for ; lines < sample; lines++ {
		cells, err := r.Read()
		if err != nil {
			break
		}
		widths[len(cells)]++
	}
	best := 0.0
	for width, n := range widths {
		if width > 1 {
			best = max(best, float64(width)*float64(n)/float64(lines))
		}
	}
	return best
}

// csvError says where a line breaks the rules of quotation marks (RFC 4180, 2).
func csvError(name string, err error) error {
	syntax, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return fault.New(fault.Invalid, "%s cannot be read: %v", name, err)
	}
	f := fault.Field{File: name, Line: syntax.Line, Column: syntax.Column}
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		f.Message = `a quotation mark stands in a cell that has none around it; write the cell as "27"" screen"`
	case syntax.StartLine != syntax.Line:
		f.Message = fmt.Sprintf("the quotation mark that opens a cell on line %d is not closed, or one inside it is not doubled", syntax.StartLine)
	default:
		f.Message = "a cell's quotation mark is not closed, or one inside it is not doubled"
	}
	return invalidAt(f)
}
