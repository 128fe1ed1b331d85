package docx_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

func tableOf(t *testing.T, table *layout.Table) node {
	t.Helper()
	return documentOf(t, page(table)).first("tbl")
}

func row(texts ...string) layout.Row {
	var r layout.Row
	for _, s := range texts {
		r.Cells = append(r.Cells, layout.C(s))
	}
	return r
}

// cellTexts gives the texts of a table, row by row.
func cellTexts(table node) [][]string {
	var rows [][]string
	for _, tr := range table.all("tr") {
		var cells []string
		for _, tc := range tr.all("tc") {
			cells = append(cells, tc.text())
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestHeaderRowsRepeatAndLongRowsMayBeDivided(t *testing.T) {
	tables := documentOf(t, layouttest.Specimen()).all("tbl")
	for i, want := range []string{"0", "1", "1"} { // the document control block has no header
		if got := tables[i].first("tblLook").attr("firstRow"); got != want {
			t.Errorf("table %d shows its first row as a header: %s", i, got)
		}
	}
	for i, tr := range tables[len(tables)-1].all("tr") {
		head, whole := len(tr.all("tblHeader")) == 1, len(tr.all("cantSplit")) == 1
		if head != (i == 0) {
			t.Errorf("row %d repeats: %v", i, head)
		}
		if long := len(tr.text()) > 1000; whole == long {
			t.Errorf("row %d of %d characters is kept whole: %v", i, len(tr.text()), whole)
		}
	}
}

func TestGroupRowsSpanAllColumns(t *testing.T) {
	table := tableOf(t, &layout.Table{
		Columns: []layout.Column{{Title: "A", Align: layout.Right}, {Title: "B"}, {Title: "C"}},
		Rows:    layout.Slice([]layout.Row{layout.Group("All of them"), {Group: true}, row("1", "2", "3")}),
	})
	rows := table.all("tr")
	for i, want := range []string{"", "3", "3", ""} {
		if got := rows[i].first("gridSpan").attr("val"); got != want {
			t.Errorf("the first cell of row %d spans %q columns, not %q", i, got, want)
		}
	}
	if rows[1].first("jc").attr("val") != "" {
		t.Error("a group is aligned like its first column")
	}
	if rows[1].first("shd").attr("fill") == "" {
		t.Error("a group has no tint")
	}
}

func TestNoCellIsLost(t *testing.T) {
	columns := func(n int) []layout.Column { return make([]layout.Column, n) }
	for _, c := range []struct {
		name    string
		columns []layout.Column
		row     layout.Row
		want    []string
	}{
		{"fewer cells than columns", columns(3), row("a"), []string{"a", "", ""}},
		{"more cells than columns", columns(2), row("a", "b", "c", "d"), []string{"a", "b\nc\nd"}},
		{"no columns", nil, row("a", "b"), []string{"a\nb"}},
		{"no cells", columns(2), layout.Row{}, []string{"", ""}},
		{"a group of two cells", columns(3), layout.Row{Group: true, Cells: row("a", "b").Cells}, []string{"a\nb"}},
	} {
		got := cellTexts(tableOf(t, &layout.Table{Columns: c.columns, Rows: layout.Slice([]layout.Row{c.row})}))
		if !slices.Equal(got[0], c.want) {
			t.Errorf("%s: the cells are %q, not %q", c.name, got[0], c.want)
		}
	}
}

func TestATableOfManyColumnsKeepsThemReadable(t *testing.T) {
	var columns []layout.Column
	var texts []string
	for i := range 100 {
		columns = append(columns, layout.Column{Title: fmt.Sprintf("title%d", i)})
		texts = append(texts, fmt.Sprintf("cell%d", i))
	}
	table := tableOf(t, &layout.Table{Columns: columns, Rows: layout.Slice([]layout.Row{row(texts...)})})
	for _, width := range widths(table) {
		if width < 400 {
			t.Errorf("a column is %d twips wide", width)
		}
	}
	all := strings.Join(slices.Concat(cellTexts(table)...), "\n") + "\n"
	for i := range 100 {
		if !strings.Contains(all, columns[i].Title+"\n") || !strings.Contains(all, texts[i]+"\n") {
			t.Errorf("column %d is lost", i)
		}
	}
}

func widths(table node) []int {
	var list []int
	for _, c := range table.all("gridCol") {
		n, err := strconv.Atoi(c.attr("w"))
		if err != nil {
			n = -1
		}
		list = append(list, n)
	}
	return list
}

func TestColumnsShareTheWidthOfThePage(t *testing.T) {
	for _, c := range []struct {
		name   string
		widths []float64
		want   []int
	}{
		{"equal", []float64{0, 0, 0, 0}, []int{2353, 2353, 2353, 2353}},
		{"relative", []float64{1, 3}, []int{2353, 7059}},
		{"zero counts as one", []float64{0, 3}, []int{2353, 7059}},
		{"never too narrow", []float64{1, 0.001, 1}, []int{4506, 400, 4506}},
		{"no number", []float64{-1, 1e300}, []int{4706, 4706}},
	} {
		var columns []layout.Column
		for _, w := range c.widths {
			columns = append(columns, layout.Column{Width: w})
		}
		if got := widths(tableOf(t, &layout.Table{Columns: columns})); !slices.Equal(got, c.want) {
			t.Errorf("%s: the widths are %v, not %v", c.name, got, c.want)
		}
	}
}

func TestATableIsKnownToScreenReadersByItsNameOrElseItsCaption(t *testing.T) {
	for want, table := range map[string]*layout.Table{
		"Name":    {Name: "Name", Caption: "Caption"},
		"Caption": {Name: " ", Caption: "Caption"},
		"":        {},
	} {
		if got := tableOf(t, table).first("tblCaption").attr("val"); got != want {
			t.Errorf("the table is known as %q, not %q", got, want)
		}
	}
}

func TestATableWithoutRowsIsStillATable(t *testing.T) {
	for _, table := range []*layout.Table{{}, {Columns: []layout.Column{{Title: "A"}}}, {Rows: layout.Slice(nil)}} {
		if rows := tableOf(t, table).all("tr"); len(rows) != 1 {
			t.Errorf("the table has %d rows", len(rows))
		}
	}
}

func TestTablesThatFollowEachOtherStayApart(t *testing.T) {
	document := documentOf(t, page(&layout.Table{}, &layout.Table{}))
	for i, n := range document.first("body").Children[1:] {
		if n.XMLName.Local == "tbl" && document.first("body").Children[i].XMLName.Local == "tbl" {
			t.Error("two tables touch, which Word takes for one")
		}
	}
}

func TestInkIsReadableOnAFill(t *testing.T) {
	table := tableOf(t, &layout.Table{Grid: true, Rows: layout.Slice([]layout.Row{{Cells: []layout.Cell{
		{Text: layout.Plain("dark"), Fill: "#b3261e"}, {Text: layout.Plain("light"), Fill: "#F2C14E"}, {Text: layout.Plain("none")}, {Text: layout.Plain("bad"), Fill: "red"},
	}}}), Columns: make([]layout.Column, 4)})
	if table.first("vAlign").attr("val") != "center" {
		t.Error("the texts of a grid are not in the middle of their cells")
	}
	want := map[string]string{"dark": "B3261E FFFFFF", "light": "F2C14E 000000", "none": " ", "bad": " "}
	for _, c := range table.all("tc") {
		if got := c.first("shd").attr("fill") + " " + c.first("color").attr("val"); got != want[c.text()] {
			t.Errorf("the cell %q is %q, not %q", c.text(), got, want[c.text()])
		}
	}
}
