package pdf_test

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/pdf"
)

// written is a document that was written and is read again by poppler, which knows nothing of our writer.
type written struct {
	t       testing.TB
	path    string
	missing []pdf.Missing
}

func write(t testing.TB, doc layout.Document) written {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.pdf")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	missing, err := pdf.WriteReport(f, doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return written{t, path, missing}
}

// poppler runs one of poppler's tools. What a tool says about damage in the file fails the test.
func (w written) poppler(tool string, args ...string) string {
	w.t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		w.t.Fatalf("%s is not there: install poppler-utils, as `make test` does", tool)
	}
	var out, complaints bytes.Buffer
	command := exec.Command(path, args...)
	command.Stdout, command.Stderr = &out, &complaints
	if err := command.Run(); err != nil || complaints.Len() > 0 {
		w.t.Fatalf("%s: %v %s", tool, err, complaints.String())
	}
	return out.String()
}

// pages gives the text of each page in the order in which it was drawn, without white space.
func (w written) pages() []string {
	w.t.Helper()
	pages := strings.Split(w.poppler("pdftotext", "-raw", w.path, "-"), "\f")
	for i := range pages {
		pages[i] = squeeze(pages[i])
	}
	return pages[:len(pages)-1]
}

// look gives the lines of a page as they look.
func (w written) look(page int) string {
	w.t.Helper()
	number := strconv.Itoa(page)
	return w.poppler("pdftotext", "-layout", "-f", number, "-l", number, w.path, "-")
}

// info gives the document's properties by name, and the size of each page as "Page 1 size".
func (w written) info() map[string]string {
	w.t.Helper()
	properties := map[string]string{}
	for line := range strings.Lines(w.poppler("pdfinfo", "-l", "-1", w.path)) {
		name, value, _ := strings.Cut(line, ":")
		properties[strings.Join(strings.Fields(name), " ")] = strings.TrimSpace(value)
	}
	return properties
}

func pageCount(t testing.TB, path string) int {
	t.Helper()
	n, err := strconv.Atoi(written{t: t, path: path}.info()["Pages"])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// bookmark is an item of the outline with its depth from 0.
type bookmark struct {
	Depth, Page int
	Title       string
}

func (w written) outline() []bookmark {
	w.t.Helper()
	var found []bookmark
	depth := -1
	for decoder := xml.NewDecoder(strings.NewReader(w.xml())); ; {
		token, _ := decoder.Token()
		switch token := token.(type) {
		case nil:
			return found
		case xml.StartElement:
			if token.Name.Local == "outline" {
				depth++
			}
			if token.Name.Local == "item" {
				page, _ := strconv.Atoi(token.Attr[0].Value)
				title, _ := decoder.Token()
				found = append(found, bookmark{depth, page, string(title.(xml.CharData))})
			}
		case xml.EndElement:
			if token.Name.Local == "outline" {
				depth--
			}
		}
	}
}

// links gives the targets of the links, neighbours with the same one as one.
func (w written) links() []string {
	w.t.Helper()
	var found []string
	for _, match := range regexp.MustCompile(`<a href="([^"]*)"`).FindAllStringSubmatch(w.xml(), -1) {
		found = append(found, match[1])
	}
	return slices.Compact(found)
}

func (w written) xml() string {
	w.t.Helper()
	return w.poppler("pdftohtml", "-xml", "-i", "-stdout", w.path)
}

// needs fails the test unless the text stands on the pages in full. It may go on from the end of a page's
// own text to the next page.
func (w written) needs(pages []string, text string) {
	w.t.Helper()
	rest := squeeze(text)
	for _, page := range pages {
		if strings.Contains(page, rest) {
			return
		}
		if begun := longestPrefix(page, rest); len(begun) > 20 {
			rest = rest[len(begun):]
		}
	}
	w.t.Errorf("the file lacks %.60q of %.60q", rest, text)
}

func longestPrefix(page, text string) string {
	for i := range text {
		if !strings.Contains(page, text[:i]) {
			return strings.TrimSuffix(text[:i], lastRune(text[:i]))
		}
	}
	return text
}

func lastRune(s string) string {
	runes := []rune(s)
	return string(runes[max(len(runes)-1, 0):])
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// texts gives every text of a document.
func texts(doc layout.Document) []string {
	all := []string{doc.Title, doc.Subtitle}
	for _, r := range doc.Control.Rows() {
		all = append(all, r[0], r[1])
	}
	for _, s := range doc.Sections {
		all = append(all, s.Title)
		for _, b := range s.Blocks {
			all = append(all, blockTexts(b)...)
		}
	}
	return all
}

func blockTexts(b layout.Block) (all []string) {
	switch b := b.(type) {
	case layout.Heading:
		all = append(all, b.Text)
	case layout.Paragraph:
		all = append(all, b.Text.String())
	case layout.List:
		for _, item := range b.Items {
			all = append(all, item.String())
		}
	case *layout.Table:
		all = append(all, b.Caption)
		for _, c := range b.Columns {
			all = append(all, c.Title)
		}
		if b.Rows == nil {
			return all
		}
		for r := range b.Rows {
			for _, c := range r.Cells {
				all = append(all, c.Text.String())
			}
		}
	}
	return all
}
