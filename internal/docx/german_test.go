package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"testing"

	"github.com/stele-isms/stele/internal/docx"
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
			`<Relationship Id="rId2" Type="` + office + `numbering" Target="/word/./numbering.xml"/><Relationship Id="rId3" Type="` + office + `theme" Target="theme/theme1.xml"/>` +
			`<Relationship Id="rId4" Type="` + office + `image" Target="media/unused.png"/><Relationship Id="rId5" Type="` + office + `fontTable" Target="fontTable.xml"/></Relationships>`,
		"word/styles.xml": `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>` +
			germanStyle("paragraph", `w:default="1" `, "Standard", "Normal", ``) +
			germanStyle("paragraph", ``, "Titel&amp;Co", "Title", ``) +
			germanStyle("paragraph", ``, "berschrift1", "heading 1", `<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:color w:val="00AA00"/></w:rPr>`) +
			germanStyle("paragraph", ``, "berschrift2", "Heading 2", `<w:pPr><w:outlineLvl w:val="1"/></w:pPr>`) +
			germanStyle("paragraph", ``, "Heading1", "List Paragraph", ``) +
			germanStyle("paragraph", ``, "Aufzhlungszeichen", "List Bullet", ``) +
			germanStyle("paragraph", ``, "Listennummer", "List Number", `<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr>`) +
			germanStyle("paragraph", ``, "ReportTable", "Etwas anderes", ``) +
			germanStyle("paragraph", ``, "Rand", "Rand", `<w:pPr><w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs></w:pPr>`) +
			germanStyle("paragraph", ``, "Kopfzeile", "header", `<w:basedOn w:val="Rand"/><w:pPr><w:tabs><w:tab w:val="center" w:pos="4536"/><w:tab w:val="right" w:pos="9412"/></w:tabs></w:pPr>`) +
			germanStyle("table", `w:default="1" `, "NormaleTabelle", "Normal Table", ``) +
			germanStyle("table", ``, "Raster", "Report Grid", ``) +
			`</w:styles>`,
		"word/numbering.xml": `<w:numbering ` + wordSpace + `><w:numPicBullet w:numPicBulletId="0"/>` +
			`<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="3"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num><w:numIdMacAtCleanup w:val="1"/></w:numbering>`,
		"word/_rels/numbering.xml.rels": relations + `<Relationship Id="rId1" Type="` + office + `image" Target="media/bullet.png"/></Relationships>`,
		"word/fontTable.xml":            `<w:fonts ` + wordSpace + `/>`,
		"word/theme/theme1.xml":         `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Haus"/>`,
		"word/theme/_rels/theme1.xml.rels": relations + `<Relationship Id="rId1" Type="` + office + `image" Target="../media/theme.png"/>` +
			`<Relationship Id="rId2" Type="` + office + `image" Target="/word/media/bullet.png"/>` +
			`<Relationship Id="rId3" Type="` + office + `image" Target="../media/unused.png" TargetMode="External"/></Relationships>`,
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
	look, err := docx.ReadTemplate("house.dotx", bytes.NewReader(template))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := look.Write(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
