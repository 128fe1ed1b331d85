package xlsx

import (
	"strconv"

	"github.com/stele-isms/stele/internal/layout"
)

// The widths of the first sheet's columns: one for labels, one for texts.
var documentWidths = []float64{22, 96}

// The looks of the first sheet.
var (
	titleLook    = look{size: 20, ink: accent, strong: true, low: true}
	subtitleLook = look{size: 12, ink: muted}
	labelLook    = look{size: 10, ink: muted, rule: ruleBelow}
	controlLook  = look{size: 10, ink: ink, rule: ruleBelow, inset: 1}
	sectionLook  = look{size: 14, ink: accent, strong: true, low: true, rule: ruleBelow}
	heading2Look = look{size: 12, ink: ink, strong: true, low: true}
	heading3Look = look{size: 10.5, ink: muted, strong: true, low: true}
	markerLook   = look{size: 10, ink: muted, align: layout.Right}
	noteLook     = look{size: 9, ink: muted, inset: 1}
	linkLook     = look{size: 10, ink: accent, underline: true, inset: 1}
)

// document writes the first sheet: the title, the control block, the prose, and where the tables are.
func (b *book) document() error {
	s, err := b.open(documentSheet, portrait, documentWidths)
	if err != nil {
		return err
	}
	if err := s.front(); err != nil {
		return err
	}
	tables := b.tables
	for _, section := range b.doc.Sections {
		if err := s.heading(section.Title, sectionLook); err != nil {
			return err
		}
		for _, block := range section.Blocks {
			if _, ok := block.(*layout.Table); ok {
				err = s.pointer(tables[0])
				tables = tables[1:]
			} else {
				err = s.prose(block)
			}
			if err != nil {
				return err
			}
		}
	}
	return s.out.Flush()
}

func (s *sheet) front() error {
	if err := s.heading(s.doc.Title, titleLook); err != nil {
		return err
	}
	if err := s.heading(s.doc.Subtitle, subtitleLook); err != nil {
		return err
	}
	if err := s.add(cell{look: body}); err != nil {
		return err
	}
	for _, r := range s.doc.Control.Rows() {
		if err := s.add(textCell(r[0], labelLook), textCell(r[1], controlLook)); err != nil {
			return err
		}
	}
	return nil
}

// heading adds a row across both columns, with space above it as high as its type where it stands low.
func (s *sheet) heading(text string, l look) error {
	if text == "" {
		return nil
	}
	space := 0.0
	if l.low {
		space = l.size
	}
	return s.span(space, layout.Plain(text), l)
}

func (s *sheet) prose(b layout.Block) error {
	switch b := b.(type) {
	case layout.Heading:
		if b.Level <= 2 {
			return s.heading(b.Text, heading2Look)
		}
		return s.heading(b.Text, heading3Look)
	case layout.Paragraph:
		return s.text(cell{look: body}, b.Text)
	case layout.List:
		return s.list(b)
	}
	return nil
}

func (s *sheet) list(l layout.List) error {
	for i, item := range l.Items {
		marker := "•"
		if l.Ordered {
			marker = strconv.Itoa(i+1) + "."
		}
		if err := s.text(textCell(marker, markerLook), item); err != nil {
			return err
		}
	}
	return nil
}

// text adds running text, and below it where its links lead: a cell can't have a link within its text.
func (s *sheet) text(label cell, t layout.Text) error {
	if err := s.add(label, cell{text: t, look: body}); err != nil {
		return err
	}
	shown := map[string]bool{}
	for i, span := range t {
		if !leadsOut(span) || shown[span.Link] {
			continue
		}
		shown[span.Link] = true
		if i == 0 {
			continue // the cell itself leads there
		}
		address := layout.Text{{Text: span.Link, Link: span.Link}}
		if err := s.add(cell{look: body}, cell{text: address, look: noteLook}); err != nil {
			return err
		}
	}
	return nil
}

// pointer adds a row that names a table and leads to its sheet.
func (s *sheet) pointer(t tableSheet) error {
	name := t.Caption
	if name == "" {
		name = t.sheet
	}
	if err := s.add(textCell("Table", markerLook), textCell(name, linkLook)); err != nil {
		return err
	}
	return s.lead(2, reference(t.sheet, "A1"), "Location")
}
