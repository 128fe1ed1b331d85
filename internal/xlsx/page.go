package xlsx

import (
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/stele-isms/stele/internal/layout"
)

const (
	portrait  = "portrait"
	landscape = "landscape"
)

// setUpPage makes a sheet print on A4, one page wide, with the document's header and footer. On the
// screen it has no lines but those of its cells.
func (b *book) setUpPage(name, orientation string) error {
	fit, grid, a4, wide, high := true, false, 9, 1, 0
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return err
	}
	side, top, edge := 0.6, 0.9, 0.4 // inches
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
	}); err != nil {
		return err
	}
	if err := b.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid}); err != nil {
		return err
	}
	return b.file.SetHeaderFooter(name, headerFooter(b.doc))
}

// headerFooter says whose document it is and which, how confidential, and the page. A header has 255
// characters in all; the full texts stand on the first sheet.
func headerFooter(doc layout.Document) *excelize.HeaderFooterOptions {
	const look = "&8&K667085" // the colour last: it has six digits, so that a text may begin with one
	title := headerText(doc.Title, 70)
	if doc.Control.ID != "" {
		title += " · " + headerText(doc.Control.ID, 30)
	}
	return &excelize.HeaderFooterOptions{
		OddHeader: "&L" + look + headerText(doc.Control.Organisation, 90) + "&R" + look + title,
		OddFooter: "&L" + look + headerText(doc.Control.Classification, 90) + "&R" + look + "Page &P of &N",
	}
}

// headerText gives text for a header in at most n UTF-16 units, in which "&" begins a code.
func headerText(s string, n int) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(layout.Printable(s), "\n", " ") {
		shown := string(r)
		if r == '&' {
			shown = "&&"
		}
		if n -= len(utf16.Encode([]rune(shown))); n < 1 {
			return b.String() + "…"
		}
		b.WriteString(shown)
	}
	return b.String()
}
