package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/layout"
)

const (
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	office    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	word      = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// german gives the parts of a template as German Word makes one: the ids of styles are German, and
// the id "Heading1" is another style's.
func german() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + word + `template.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + word + `styles+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="` + word + `numbering+xml"/>` +
			`<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>`,
		"_rels/.rels":       relations + `<Relationship Id="rId1" Type="` + office + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": `<w:document ` + wordSpace + `><w:body/></w:document>`,
		"word/_rels/document.xml.rels": relations + `<Relationship Id="rId1" Type="` + office + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId2" Type="` + office + `numbering" Target="/word/numbering.xml"/><Relationship Id="rId3" Type="` + office + `theme" Target="theme/theme1.xml"/>` +
			`<Relationship Id="rId4" Type="` + office + `image" Target="media/unused.png"/></Relationships>`,
		"word/styles.xml": `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>` +
			germanStyle("paragraph", `w:default="1" `, "Standard", "Normal", ``) +
			germanStyle("paragraph", ``, "Titel", "Title", ``) +
			germanStyle("paragraph", ``, "berschrift1", "heading 1", `<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="00AA00"/></w:rPr>`) +
			germanStyle("paragraph", ``, "berschrift2", "Heading 2", `<w:pPr><w:outlineLvl w:val="1"/></w:pPr>`) +
			germanStyle("paragraph", ``, "Heading1", "List Paragraph", ``) +
			germanStyle("paragraph", ``, "Aufzhlungszeichen", "List Bullet", ``) +
			germanStyle("paragraph", ``, "Listennummer", "List Number", `<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>`) +
			germanStyle("paragraph", ``, "ReportTable", "Etwas anderes", ``) +
			germanStyle("table", `w:default="1" `, "NormaleTabelle", "Normal Table", ``) +
			germanStyle("table", ``, "Raster", "Report Grid", ``) +
			`</w:styles>`,
		"word/numbering.xml": `<w:numbering ` + wordSpace + `><w:numPicBullet w:numPicBulletId="0"/>` +
			`<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="3"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num><w:numIdMacAtCleanup w:val="1"/></w:numbering>`,
		"word/_rels/numbering.xml.rels": relations + `<Relationship Id="rId1" Type="` + office + `image" Target="media/bullet.png"/></Relationships>`,
		"word/theme/theme1.xml":         `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Haus"/>`,
		"word/theme/_rels/theme1.xml.rels": relations + `<Relationship Id="rId1" Type="` + office + `image" Target="../media/theme.png"/>` +
			`<Relationship Id="rId2" Type="` + office + `image" Target="/word/media/bullet.png"/></Relationships>`,
		"word/media/bullet.png": "bullet", "word/media/theme.png": "theme", "word/media/unused.png": "unused",
	}
}

func germanStyle(kind, attrs, id, name, properties string) string {
	return fmt.Sprintf(`<w:style w:type="%s" %sw:styleId="%s"><w:name w:val="%s"/>%s</w:style>`, kind, attrs, id, name, properties)
}

func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dressed gives a document's file in a template's styles.
func dressed(t *testing.T, template []byte, doc layout.Document) []byte {
	t.Helper()
	look, err := docx.ReadTemplate(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := look.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATemplatesStylesAreFoundByTheirNames(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	got := map[string]string{}
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		got[p.text()] = p.first("pStyle").attr("val")
	}
	for text, id := range map[string]string{
		"Statement of Applicability": "Titel", "Summary": "berschrift1", "Lists": "berschrift2", "The head office.": "Standard",
		"A second point.": "Aufzhlungszeichen", "One.": "Listennummer",
		"Heat map": "Heading3", "All controls": "Caption", // the house's
	} {
		if got[text] != id {
			t.Errorf("%q has the style %q, not %q", text, got[text], id)
		}
	}
	var tables []string
	for _, s := range parsed(t, parts["word/document.xml"]).all("tblStyle") {
		tables = append(tables, s.attr("val"))
	}
	if want := []string{"ReportTable2", "Raster", "ReportTable2"}; !slices.Equal(tables, want) {
		t.Errorf("the tables have the styles %v, not %v", tables, want)
	}
}

func TestMissingStylesComeFromTheHouse(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	ids := map[string]node{}
	defaults := map[string]int{}
	for _, s := range parsed(t, parts["word/styles.xml"]).all("style") {
		if _, taken := ids[s.attr("styleId")]; taken {
			t.Errorf("two styles have the id %s", s.attr("styleId"))
		}
		ids[s.attr("styleId")] = s
		if s.attr("default") == "1" {
			defaults[s.attr("type")]++
		}
	}
	for id, s := range ids {
		for _, ref := range []string{"basedOn", "next", "link"} {
			if to := s.first(ref).attr("val"); to != "" && ids[to].attr("styleId") == "" {
				t.Errorf("the style %s has %s %q, which is not there", id, ref, to)
			}
		}
	}
	if base := ids["Heading3"].first("basedOn").attr("val"); base != "Standard" {
		t.Errorf("heading 3 is based on %q, not on the template's normal style", base)
	}
	if defaults["paragraph"] != 1 || defaults["table"] != 1 {
		t.Errorf("the defaults are %v", defaults)
	}
	if !strings.Contains(parts["word/styles.xml"], `<w:color w:val="00AA00"/>`) {
		t.Error("the template's headings lost their colour")
	}
	langs := parsed(t, parts["word/styles.xml"]).all("lang")
	if len(langs) != 1 || langs[0].attr("val") != "en-GB" {
		t.Errorf("the languages are %+v", langs)
	}
}

func TestATemplatesNumberingsStay(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	numbering := parsed(t, parts["word/numbering.xml"])
	var order []string
	for _, n := range numbering.Children {
		order = append(order, n.XMLName.Local)
	}
	if want := []string{"numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"}; !slices.Equal(slices.Compact(order), want) {
		t.Errorf("the order is %v", order)
	}
	formats := numberFormats(numbering)
	if len(formats) != len(numbering.all("num")) || formats["3"] != "decimal" || formats["5"] != "upperRoman" {
		t.Errorf("the template's numberings are not its own any more: %v", formats)
	}
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		want := map[string]string{"One.": "upperRoman", "A second point.": "bullet"}[p.text()]
		if got := formats[p.first("numId").attr("val")]; want != "" && got != want {
			t.Errorf("%q is numbered as %q, not %q", p.text(), got, want)
		}
	}
}

func TestTheHousesListsKeepTheirNumberingsInATemplate(t *testing.T) {
	template := german()
	template["word/styles.xml"] = strings.NewReplacer("List Bullet", "Liste A", "List Number", "Liste B").Replace(template["word/styles.xml"])
	_, parts := unpacked(t, dressed(t, packed(t, template), report()))
	formats := numberFormats(parsed(t, parts["word/numbering.xml"]))
	for _, s := range parsed(t, parts["word/styles.xml"]).all("style") {
		want := map[string]string{"List Bullet": "bullet", "List Number": "decimal"}[s.first("name").attr("val")]
		if got := formats[s.first("numId").attr("val")]; want != "" && got != want {
			t.Errorf("the style %s is numbered as %q, not %q", s.attr("styleId"), got, want)
		}
	}
}

// numberFormats gives how each numbering of a part counts.
func numberFormats(numbering node) map[string]string {
	abstracts, formats := map[string]string{}, map[string]string{}
	for _, n := range numbering.all("abstractNum") {
		abstracts[n.attr("abstractNumId")] = n.first("numFmt").attr("val")
	}
	for _, n := range numbering.all("num") {
		formats[n.attr("numId")] = abstracts[n.first("abstractNumId").attr("val")]
	}
	return formats
}

func TestATemplateBringsWhatItsLooksNeedAndNoMore(t *testing.T) {
	names, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	for _, name := range []string{"word/theme/theme1.xml", "word/theme/_rels/theme1.xml.rels", "word/_rels/numbering.xml.rels", "word/media/bullet.png", "word/media/theme.png"} {
		if parts[name] != german()[name] {
			t.Errorf("%s was not carried over", name)
		}
	}
	if slices.Contains(names, "word/media/unused.png") {
		t.Error("a picture of the template's body was carried over")
	}
	if !slices.IsSorted(names) {
		t.Errorf("the parts are not sorted: %v", names)
	}
	if !strings.Contains(parts["[Content_Types].xml"], `<Override PartName="/word/media/theme.png" ContentType="image/png"/>`) {
		t.Error("a carried part has no content type")
	}
}

func TestALanguageIsSetWhateverTheDefaults(t *testing.T) {
	for _, defaults := range []string{
		``, `<w:docDefaults/>`, `<w:docDefaults></w:docDefaults>`, `<w:docDefaults><w:rPrDefault/></w:docDefaults>`, `<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>`,
		`<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="7"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		`<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>`,
	} {
		template := german()
		template["word/styles.xml"] = `<w:styles ` + wordSpace + `>` + defaults + germanStyle("paragraph", `w:default="1" `, "Standard", "Standard", ``) + `</w:styles>`
		_, parts := unpacked(t, dressed(t, packed(t, template), report()))
		styles := parsed(t, parts["word/styles.xml"])
		if langs := styles.first("docDefaults").first("rPrDefault").first("rPr").all("lang"); len(langs) != 1 || langs[0].attr("val") != "en-GB" {
			t.Errorf("with %s the languages are %+v", defaults, langs)
		}
		if len(styles.all("docDefaults")) != 1 || strings.Contains(defaults, `"7"`) && styles.first("pPrDefault").first("spacing").attr("after") != "7" {
			t.Errorf("with %s the defaults are %+v", defaults, styles.first("docDefaults"))
		}
		for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
			if p.text() == "The head office." && p.first("pStyle").attr("val") != "Standard" {
				t.Error("the default paragraph style is not taken for the normal one")
			}
		}
	}
}

func TestATemplateMayNameItsSpacesAnotherWay(t *testing.T) {
	template := german()
	for _, name := range []string{"word/styles.xml", "word/numbering.xml"} {
		template[name] = strings.NewReplacer("w:", "ns0:", "xmlns:w", "xmlns:ns0").Replace(template[name])
	}
	_, parts := unpacked(t, dressed(t, packed(t, template), report()))
	word := "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	names := map[string]bool{}
	for _, s := range parsed(t, parts["word/styles.xml"]).all("style") {
		if s.XMLName.Space != word {
			t.Errorf("the style %s is in the space %q", s.attr("styleId"), s.XMLName.Space)
		}
		names[s.attr("styleId")] = true
	}
	for _, id := range []string{"berschrift1", "ReportTableText"} {
		if !names[id] {
			t.Errorf("there is no style %s", id)
		}
	}
}

func TestPagesAreOnlyCountedInTheHouseStyle(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	for _, entry := range parsed(t, parts["word/document.xml"]).first("sdt").all("hyperlink") {
		if _, page, _ := strings.Cut(entry.text(), "\t"); page != "" {
			t.Errorf("%q has a page, which nobody can know", entry.text())
		}
	}
}

func TestAFileThatIsNoTemplateIsAFault(t *testing.T) {
	broken := func(name, text string) []byte {
		parts := german()
		parts[name] = text
		return packed(t, parts)
	}
	for name, file := range map[string][]byte{
		"nothing":              nil,
		"no archive":           []byte("a letter"),
		"no parts":             packed(t, nil),
		"no document":          broken("_rels/.rels", relations+`</Relationships>`),
		"no styles":            broken("word/_rels/document.xml.rels", relations+`</Relationships>`),
		"styles that miss":     broken("word/_rels/document.xml.rels", relations+`<Relationship Id="a" Type="`+office+`styles" Target="../../styles.xml"/></Relationships>`),
		"styles cut short":     broken("word/styles.xml", `<w:styles `+wordSpace+`><w:style>`),
		"another root":         broken("word/styles.xml", german()["word/numbering.xml"]),
		"strict form":          broken("word/styles.xml", `<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"></w:styles>`),
		"a document type":      broken("word/styles.xml", `<!DOCTYPE x><w:styles `+wordSpace+`></w:styles>`),
		"a theme in the body":  broken("word/_rels/document.xml.rels", strings.Replace(german()["word/_rels/document.xml.rels"], "theme/theme1.xml", "document.xml", 1)),
		"more than the memory": broken("word/media/theme.png", strings.Repeat(" ", 33<<20)),
	} {
		if _, err := docx.ReadTemplate(bytes.NewReader(file), int64(len(file))); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestATemplateOfPandoc(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reference.docx")
	if out, err := exec.Command(tool(t, "pandoc"), "-o", path, "--print-default-data-file", "reference.docx").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	template, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := dressed(t, template, report())
	for _, p := range paragraphs(t, file) {
		if p.text == "Summary" && !strings.EqualFold(p.style, "heading 1") {
			t.Errorf("the heading has the style %q", p.style)
		}
	}
}

func FuzzReadTemplate(f *testing.F) {
	f.Add(german()["word/styles.xml"], german()["word/numbering.xml"], german()["word/_rels/document.xml.rels"])
	f.Add(`<w:styles `+wordSpace+`/>`, `<w:numbering `+wordSpace+`/>`, relations)
	f.Fuzz(func(t *testing.T, styles, numbering, rels string) {
		parts := german()
		parts["word/styles.xml"], parts["word/numbering.xml"], parts["word/_rels/document.xml.rels"] = styles, numbering, rels
		file := packed(t, parts)
		look, err := docx.ReadTemplate(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := look.Write(&b, report()); err != nil {
			t.Fatal(err)
		}
		unpacked(t, b.Bytes())
	})
}
