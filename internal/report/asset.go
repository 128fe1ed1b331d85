package report

import (
	"fmt"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
	"github.com/stele-isms/stele/internal/layout"
)

// assetInventory lists the assets by type, with the needs that they inherit (ISO/IEC 27002:2022, 5.9).
func assetInventory(s *Source) (layout.Document, error) {
	assets, err := kind.All[isms.Asset](s, s)
	if err != nil {
		return layout.Document{}, err
	}
	suppliers, err := kind.ByKey[isms.Supplier](s, s)
	if err != nil {
		return layout.Document{}, err
	}
	needs := isms.EffectiveNeeds(assets)
	rows := func(yield func(layout.Row) bool) {
		for _, v := range isms.AssetType("").Values() {
			first := true
			for _, a := range assets {
				if string(a.Data.Type) != v.Name {
					continue
				}
				if first && !yield(layout.Group(v.Title)) || !yield(s.assetRow(a, needs[a.Key], suppliers)) {
					return
				}
				first = false
			}
		}
	}
	return s.document("ASSETS", "Asset inventory", layout.Section{Title: "Assets", Landscape: true, Blocks: []layout.Block{
		layout.P(Count(len(assets), "asset or group of assets", "assets and groups of assets") + ". A need marked * is inherited from an asset that depends on this one."),
		&layout.Table{Name: "Assets", Rows: rows, Columns: []layout.Column{
			{Title: "Asset", Width: 1.4},
			{Title: "Name", Width: 2.3},
			{Title: "Description", Width: 3.4},
			{Title: "Owner", Width: 1.6},
			{Title: "Location", Width: 1.5},
			{Title: "Class", Width: 1.7},
			{Title: "Conf.", Width: 1.25},
			{Title: "Int.", Width: 1.25},
			{Title: "Avail.", Width: 1.25},
			{Title: "Depends on", Width: 1.4},
			{Title: "Supplier", Width: 1.4},
			{Title: "Use", Width: 0.8},
		}},
	}}), nil
}

func (s *Source) assetRow(a kind.Entry[isms.Asset], needs isms.Needs, suppliers map[string]kind.Entry[isms.Supplier]) layout.Row {
	d := a.Data
	supplier := ""
	if e, ok := suppliers[string(d.Supplier)]; ok {
		supplier = e.Data.Title
	}
	name := d.Title
	if d.Count != nil {
		name = fmt.Sprintf("%s (%d)", name, *d.Count)
	}
	return layout.Row{Cells: []layout.Cell{
		{Text: layout.Bold(a.Key)},
		layout.C(name), layout.C(d.Description), layout.C(s.role(d.Owner)), layout.C(d.Location), layout.C(blank(title(d.Classification))),
		need(d.Confidentiality, needs.Confidentiality), need(d.Integrity, needs.Integrity), need(d.Availability, needs.Availability),
		layout.C(join(d.DependsOn)), layout.C(supplier), layout.C(blank(title(d.Use))),
	}}
}

// need gives the effective need of an asset, marked where it is not its own.
func need(own, effective isms.Need) layout.Cell {
	text := blank(title(effective))
	if effective != own {
		text += " *"
	}
	return layout.C(text)
}

func blank(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
