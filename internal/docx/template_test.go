package docx_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stele-isms/stele/internal/docx"
	"github.com/stele-isms/stele/internal/fault"
)

func TestATemplatesStylesAreFoundByTheirNames(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	got := map[string]string{}
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		got[p.text()] = p.first("pStyle").attr("val")
	}
	for text, id := range map[string]string{
		"Statement of Applicability": "Titel&Co", "Summary": "berschrift1", "Lists": "berschrift2", "The head office.": "Standard",
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
	if ids["ReportMuted"].attr("customStyle") != "1" || ids["Heading3"].attr("customStyle") != "" {
		t.Error("Word does not know its own styles from the house's")
	}
	if defaults["paragraph"] != 1 || defaults["table"] != 1 {
		t.Errorf("the defaults are %v", defaults)
	}
	if !strings.Contains(parts["word/styles.xml"], `<w:color w:val="00AA00"/>`) {
		t.Error("the template's headings lost their colour")
	}
}

func TestATemplatesNumberingsStay(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	numbering := parsed(t, parts["word/numbering.xml"])
	if order := elementOrder(numbering); order != "numPicBullet abstractNum num numIdMacAtCleanup" {
		t.Errorf("the order is %s", order)
	}
	formats := numberFormats(numbering)
	if len(formats) != len(numbering.all("num")) || formats["3"] != "decimal" || formats["5"] != "upperRoman" {
		t.Errorf("the template's numberings are not its own any more: %v", formats)
	}
	for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
		want := map[string]string{"One.": "upperRoman 1", "A second point.": "bullet 0"}[p.text()]
		if got := formats[p.first("numId").attr("val")] + " " + p.first("ilvl").attr("val"); want != "" && got != want {
			t.Errorf("%q is numbered as %q, not %q", p.text(), got, want)
		}
	}
	for _, restart := range numbering.all("lvlOverride") {
		if restart.attr("ilvl") != "1" {
			t.Errorf("a list begins anew on the level %s", restart.attr("ilvl"))
		}
	}
}

func TestABulletedListIsLeftToAStyleThatNumbersIt(t *testing.T) {
	for _, style := range []string{
		`"List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>`, // the template's own
		`"Liste"/>`, // so that the house's is added
	} {
		template := german()
		template["word/styles.xml"] = strings.Replace(template["word/styles.xml"], `"List Bullet"/>`, style, 1)
		_, parts := unpacked(t, dressed(t, packed(t, template), report()))
		for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
			if p.text() == "A second point." && len(p.all("numId")) > 0 {
				t.Errorf("with %s the item has a numbering of its own", style)
			}
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
	for _, name := range []string{"word/fontTable.xml", "word/theme/theme1.xml", "word/theme/_rels/theme1.xml.rels", "word/_rels/numbering.xml.rels", "word/media/bullet.png", "word/media/theme.png"} {
		if parts[name] != german()[name] {
			t.Errorf("%s was not carried over", name)
		}
	}
	if slices.Contains(names, "word/media/unused.png") {
		t.Error("a picture of the template's body was carried over")
	}
	for name, mime := range map[string]string{"word/media/theme.png": "image/png", "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml"} {
		if !strings.Contains(parts["[Content_Types].xml"], `<Override PartName="/`+name+`" ContentType="`+mime+`"/>`) {
			t.Errorf("%s is not declared as %s", name, mime)
		}
	}
}

func TestAPartThatATemplateNamesButLacksIsLeftOut(t *testing.T) {
	template := german()
	delete(template, "word/theme/theme1.xml")
	delete(template, "word/media/bullet.png")
	_, parts := unpacked(t, dressed(t, packed(t, template), report()))
	if rels := parts["word/_rels/document.xml.rels"]; strings.Contains(rels, "theme") || !strings.Contains(rels, "fontTable") {
		t.Errorf("the document needs %s", rels)
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

func TestATemplateMayKeepItsPartsInAnyFolder(t *testing.T) {
	moved := map[string]string{}
	for name, text := range german() {
		moved[strings.ReplaceAll(name, "word/", "haus/")] = strings.ReplaceAll(text, "word/", "haus/")
	}
	_, parts := unpacked(t, dressed(t, packed(t, moved), report()))
	targets := map[string]string{}
	for _, r := range parsed(t, parts["word/_rels/document.xml.rels"]).all("Relationship") {
		targets[r.attr("Id")] = r.attr("Target")
	}
	for id, name := range map[string]string{"styles": "haus/styles.xml", "numbering": "haus/numbering.xml", "theme": "haus/theme/theme1.xml"} {
		if targets[id] != "/"+name || parts[name] == "" {
			t.Errorf("the %s of the template are at %q, not at /%s", id, targets[id], name)
		}
	}
}

func TestAnEmptyListOfStylesOrNumberingsIsFilledByTheHouse(t *testing.T) {
	for _, empty := range []struct{ part, text, order string }{
		{"word/styles.xml", `<w:styles ` + wordSpace + `></w:styles>`, "numPicBullet abstractNum num numIdMacAtCleanup"},
		{"word/styles.xml", "<w:styles\n\t" + wordSpace + "/>", "numPicBullet abstractNum num numIdMacAtCleanup"},
		{"word/numbering.xml", `<w:numbering ` + wordSpace + ` /><!-- none -->`, "abstractNum num"},
		{"word/numbering.xml", `<w:numbering ` + wordSpace + `><w:numIdMacAtCleanup w:val="1"/></w:numbering>`, "abstractNum num numIdMacAtCleanup"},
	} {
		template := german()
		template[empty.part] = empty.text
		file := dressed(t, packed(t, template), report())
		paragraphs(t, file) // each has a style that is there
		_, parts := unpacked(t, file)
		numbering := parsed(t, parts["word/numbering.xml"])
		if order := elementOrder(numbering); order != empty.order {
			t.Errorf("with %s the order is %s", empty.text, order)
		}
		formats := numberFormats(numbering)
		for _, p := range parsed(t, parts["word/document.xml"]).all("p") {
			if format := formats[p.first("numId").attr("val")]; p.text() == "One." && format != "decimal" {
				t.Errorf("with %s an ordered list is numbered as %q", empty.text, format)
			}
		}
	}
}

// elementOrder gives the names of an element's children, each once in a row.
func elementOrder(n node) string {
	var order []string
	for _, c := range n.Children {
		order = append(order, c.XMLName.Local)
	}
	return strings.Join(slices.Compact(order), " ")
}

// Word knows that the text belongs on the right; LibreOffice before 7.6 goes to the next tab stop.
func TestRunningTextsPassOverTheTabStopsOfTheirStyle(t *testing.T) {
	for name, styles := range map[string]string{
		"inherited": german()["word/styles.xml"],
		"circular":  strings.Replace(german()["word/styles.xml"], `<w:name w:val="Rand"/>`, `<w:name w:val="Rand"/><w:basedOn w:val="Kopfzeile"/>`, 1),
	} {
		template := german()
		template["word/styles.xml"] = styles
		_, parts := unpacked(t, dressed(t, packed(t, template), report()))
		for part, want := range map[string]string{
			"word/headerPortrait.xml":  "clear 4536 clear 9072 right 9412",
			"word/headerLandscape.xml": "clear 4536 clear 9072 clear 9412 right 14344",
			"word/footerPortrait.xml":  "right 9412",
		} {
			var stops []string
			for _, tab := range parsed(t, parts[part]).first("tabs").Children {
				stops = append(stops, tab.attr("val")+" "+tab.attr("pos"))
			}
			if got := strings.Join(stops, " "); got != want {
				t.Errorf("%s: the tab stops of %s are %q, not %q", name, part, got, want)
			}
		}
	}
}

func TestPagesAreOnlyCountedInTheHouseStyle(t *testing.T) {
	_, parts := unpacked(t, dressed(t, packed(t, german()), report()))
	contents := parsed(t, parts["word/document.xml"]).first("sdt")
	if leader := contents.first("tabs").first("tab").attr("leader"); leader != "" {
		t.Errorf("a %s leads to no page", leader)
	}
	for _, entry := range contents.all("hyperlink") {
		if _, page, _ := strings.Cut(entry.text(), "\t"); page != "" {
			t.Errorf("%q has a page, which nobody can know", entry.text())
		}
	}
}

func TestAFileThatIsNoTemplateIsAFaultThatSaysWhy(t *testing.T) {
	broken := func(name, text string) io.Reader {
		parts := german()
		parts[name] = text
		return bytes.NewReader(packed(t, parts))
	}
	const notUsable = "the template is not a usable Word file (.docx or .dotx); open it in Word or LibreOffice and save it as one, without a password\n  house.dotx: "
	for _, c := range []struct {
		file io.Reader
		want string
	}{
		{strings.NewReader(""), notUsable + "zip: not a valid zip file"},
		{strings.NewReader("a letter"), notUsable + "zip: not a valid zip file"},
		{bytes.NewReader(packed(t, nil)), notUsable + "there is no part [Content_Types].xml"},
		{broken("[Content_Types].xml", "<Types>"), notUsable + "read [Content_Types].xml: XML syntax error on line 1: unexpected EOF"},
		{broken("_rels/.rels", relations), notUsable + "read _rels/.rels: XML syntax error on line 1: unexpected EOF"},
		{
			broken("_rels/.rels", strings.Replace(german()["_rels/.rels"], office, "http://purl.oclc.org/ooxml/officeDocument/relationships/", 1)),
			notUsable + "the package has no document in the transitional form",
		},
		{broken("word/_rels/document.xml.rels", relations+`</Relationships>`), notUsable + "the document has no styles"},
		{
			broken("word/_rels/document.xml.rels", relations+`<Relationship Id="a" Type="`+office+`styles" Target="../../styles.xml"/></Relationships>`),
			notUsable + "there is no part styles.xml",
		},
		{broken("word/styles.xml", ``), notUsable + "read word/styles.xml: there is no root element"},
		{broken("word/styles.xml", `<w:styles `+wordSpace+`><w:style>`), notUsable + "read word/styles.xml: XML syntax error on line 1: unexpected EOF"},
		{broken("word/styles.xml", german()["word/numbering.xml"]), notUsable + "read word/styles.xml: the root is not <styles> of WordprocessingML"},
		{broken("word/numbering.xml", german()["word/styles.xml"]), notUsable + "read word/numbering.xml: the root is not <numbering> of WordprocessingML"},
		{broken("word/styles.xml", `<!DOCTYPE x><w:styles `+wordSpace+`></w:styles>`), notUsable + "read word/styles.xml: a document type declaration is not allowed"},
		{
			broken("word/_rels/document.xml.rels", strings.Replace(german()["word/_rels/document.xml.rels"], "theme/theme1.xml", "document.xml", 1)),
			notUsable + "the part word/_rels/document.xml.rels is in another's place",
		},
		{broken("word/media/theme.png", strings.Repeat(" ", 33<<20)), notUsable + "read word/media/theme.png: the file unpacks to more than 32 MiB"},
		{iotest.ErrReader(errors.New("the disk is gone")), "house.dotx cannot be read: the disk is gone"},
		{bytes.NewReader(make([]byte, 65<<20)), "house.dotx is larger than 64 MiB"},
	} {
		if _, err := docx.ReadTemplate("house.dotx", c.file); !fault.Is(err, fault.Invalid) || err.Error() != c.want {
			t.Errorf("the error is\n%v\nnot\n%s", err, c.want)
		}
	}
}

func TestATemplateOfPandoc(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reference.docx")
	run(t, "pandoc", "-o", path, "--print-default-data-file", "reference.docx")
	template, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paragraphs(t, dressed(t, template, report())) {
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
		look, err := docx.ReadTemplate("house.dotx", bytes.NewReader(file))
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
