package docx_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

// run gives what a program prints; a machine without it fails the test.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is not installed; make test installs it", name)
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
	return out.String()
}

func saved(t *testing.T, dir, name string, file []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// missing gives the words of a document that a text lacks, as often as it lacks them.
func missing(doc layout.Document, text string) []string {
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		counts[word]++
	}
	var lost []string
	for word := range strings.FieldsSeq(strings.Join(layouttest.Texts(doc), " ")) {
		if counts[word]--; counts[word] < 0 {
			lost = append(lost, word)
		}
	}
	return lost
}

func TestPandocReadsEveryText(t *testing.T) {
	dir := t.TempDir()
	// Titles are metadata to pandoc, and its own template leaves the subtitle out.
	template := saved(t, dir, "all.txt", []byte("$title$\n$subtitle$\n$body$\n"))
	for _, c := range []struct {
		name string
		doc  layout.Document
		file []byte
	}{
		{"house", report(), written(t, report())},
		{"german", report(), dressed(t, packed(t, german()), report())},
		{"hostile", layouttest.Hostile(), written(t, layouttest.Hostile())},
	} {
		path := saved(t, dir, c.name+".docx", c.file)
		text := run(t, "pandoc", "-f", "docx", "-t", "plain", "--wrap=none", "--columns=20000", "--template", template, path)
		if lost := missing(c.doc, text); len(lost) > 0 {
			t.Errorf("%s: pandoc lacks %q", c.name, lost)
		}
	}
}

func TestPandocSeesTheStructure(t *testing.T) {
	path := saved(t, t.TempDir(), "german.docx", dressed(t, packed(t, german()), report()))
	html := run(t, "pandoc", "-f", "docx", "-t", "html", "--wrap=none", path)
	for _, want := range []string{
		`<h1 id="summary">Summary</h1>`, `<h2 id="lists">Lists</h2>`, `<h3 id="heat-map">Heat map</h3>`,
		`<strong>strong</strong>`, `<em>emphasis</em>`, `<a href="https://example.org/">link</a>`, `<a href="#lists">as the lists say</a>`,
		`<th>Likelihood</th>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("pandoc does not see %s", want)
		}
	}
}

// printed is a file as LibreOffice prints it.
type printed struct {
	pages []string // the text of each
	sizes []string // the size of each, in points
	marks []string // the titles of its bookmarks
}

func TestLibreOfficePrintsEverything(t *testing.T) {
	dir := t.TempDir()
	run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir,
		saved(t, dir, "house.docx", written(t, report())),
		saved(t, dir, "german.docx", dressed(t, packed(t, german()), report())),
		saved(t, dir, "specimen.docx", written(t, layouttest.Specimen())),
		saved(t, dir, "flowing.docx", written(t, flowing())))
	for name, doc := range map[string]layout.Document{"house": report(), "german": report(), "specimen": layouttest.Specimen()} {
		p := readPDF(t, filepath.Join(dir, name+".pdf"))
		t.Run(name+" has every text", func(t *testing.T) {
			if lost := missing(doc, strings.Join(p.pages, " ")); len(lost) > 0 {
				t.Errorf("LibreOffice lacks %q", lost)
			}
		})
		t.Run(name+" has its headings as bookmarks", func(t *testing.T) {
			for _, s := range doc.Sections {
				if !slices.ContainsFunc(p.marks, func(m string) bool { return strings.HasSuffix(m, s.Title) }) {
					t.Errorf("%q is not among %q", s.Title, p.marks)
				}
			}
		})
		t.Run(name+" has its running header and footer", func(t *testing.T) { hasRunningTexts(t, p, doc) })
		t.Run(name+" turns the page and repeats the table's header", func(t *testing.T) { turnsForTheTable(t, p) })
	}
	t.Run("the contents list has the right pages", func(t *testing.T) {
		hasRightPages(t, readPDF(t, filepath.Join(dir, "house.pdf")), 6)
		hasRightPages(t, readPDF(t, filepath.Join(dir, "flowing.pdf")), 33)
	})
}

// flowing gives a document whose headings stand wherever the blocks before them end.
func flowing() layout.Document {
	items := slices.Repeat([]layout.Text{layout.Plain(strings.Repeat("word ", 19))}, 9) // too long for a line, for they are indented
	grid := &layout.Table{Grid: true, Caption: "A grid", Columns: make([]layout.Column, 3), Rows: layout.Slice(slices.Repeat([]layout.Row{row("a", "b", "c")}, 9))}
	groups := &layout.Table{Columns: []layout.Column{{Title: "One"}, {Title: "Two\nlines"}}}
	groups.Rows = layout.Slice(slices.Repeat([]layout.Row{layout.Group("Group"), row("a", "b"), row("c", "d\ne\nf")}, 3))
	tenTimes := func(name string, block layout.Block) layout.Section {
		s := layout.Section{Title: name}
		for i := range 10 {
			s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Text: fmt.Sprintf("%s %d", name, i)}, block)
		}
		return s
	}
	return layout.Document{Sections: []layout.Section{tenTimes("List", layout.List{Items: items}), tenTimes("Grid", grid), tenTimes("Groups", groups)}}
}

func readPDF(t *testing.T, path string) printed {
	t.Helper()
	p := printed{pages: strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", path, "-"), "\f"), "\f")}
	info := run(t, "pdfinfo", "-f", "1", "-l", "99", path)
	for _, m := range regexp.MustCompile(`Page +\d+ size: +([\d.]+ x [\d.]+)`).FindAllStringSubmatch(info, -1) {
		p.sizes = append(p.sizes, m[1])
	}
	var outline struct {
		Items []string `xml:"outline>item"`
		Inner []string `xml:"outline>outline>item"`
	}
	if err := xml.Unmarshal([]byte(run(t, "pdftohtml", "-xml", "-i", "-stdout", path)), &outline); err != nil {
		t.Fatal(err)
	}
	p.marks = append(outline.Items, outline.Inner...)
	return p
}

func hasRunningTexts(t *testing.T, p printed, doc layout.Document) {
	t.Helper()
	for i, text := range p.pages {
		lines := strings.Split(strings.TrimSpace(text), "\n")
		if footer := strings.Fields(lines[len(lines)-1]); strings.Join(footer, " ") != fmt.Sprintf("%s Page %d of %d", doc.Control.Classification, i+1, len(p.pages)) {
			t.Errorf("the footer of page %d is %q", i+1, footer)
		}
		header := regexp.MustCompile(regexp.QuoteMeta(doc.Control.Organisation) + ` {3,}.*` + regexp.QuoteMeta(doc.Control.ID))
		if has := header.MatchString(lines[0]); has == (i == 0) {
			t.Errorf("page %d begins %q", i+1, lines[0])
		}
	}
}

// turnsForTheTable tells whether the long table, and nothing else, stands on wide pages under its header.
func turnsForTheTable(t *testing.T, p printed) {
	t.Helper()
	wide := 0
	for i, text := range p.pages {
		var w, h float64
		if _, err := fmt.Sscanf(p.sizes[i], "%f x %f", &w, &h); err != nil {
			t.Fatal(err)
		}
		controls := regexp.MustCompile(`A\.5\.\d+ `).MatchString(text)
		if (w > h) != controls {
			t.Errorf("page %d is %s", i+1, p.sizes[i])
		}
		if controls {
			wide++
			if !regexp.MustCompile(`Control +Title +Justification`).MatchString(text) {
				t.Errorf("page %d has no table header", i+1)
			}
		}
	}
	if wide < 2 {
		t.Errorf("the long table is on %d pages", wide)
	}
}

func hasRightPages(t *testing.T, p printed, count int) {
	t.Helper()
	entries := regexp.MustCompile(`(?m)^ *(\S.*?)\.{3,} *(\d+)$`).FindAllStringSubmatch(p.pages[1], -1)
	if len(entries) != count {
		t.Fatalf("the contents are %q", p.pages[1])
	}
	for _, e := range entries {
		number := 0
		if _, err := fmt.Sscan(e[2], &number); err != nil {
			t.Fatal(err)
		}
		if heading := regexp.MustCompile(`(?m)^ *` + regexp.QuoteMeta(e[1]) + `$`); !heading.MatchString(p.pages[number-1]) {
			t.Errorf("%q is not on page %d", e[1], number)
		}
	}
}
