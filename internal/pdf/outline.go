package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// bookmark is an item of the outline, or its root, with its neighbours in the tree.
type bookmark struct {
	self, parent, prev, next, first, last ref
	children                              int
}

// outline writes the bookmarks, sections with their headings of level 2 below them, folded (ISO
// 32000-1:2008, 12.3.3). It gives 0 if there are none.
func (b *book) outline() ref {
	marks := slices.DeleteFunc(slices.Clone(b.marks), func(m mark) bool { return m.level > 2 })
	if len(marks) == 0 {
		return 0
	}
	tree := make([]bookmark, len(marks)+1)
	for i := range tree {
		tree[i].self = b.file.reserve()
	}
	root, section := &tree[0], &tree[0]
	for i, m := range marks {
		item, parent := &tree[i+1], section
		if m.level == 1 {
			section, parent = item, root
		}
		parent.adopt(item, tree)
	}
	b.file.object(root.self, "<</Type/Outlines/First %v/Last %v/Count %d>>", root.first, root.last, root.children)
	for i, m := range marks {
		b.file.object(tree[i+1].self, "<</Title%s/Dest%s%s>>", textString(m.title), b.place(m), tree[i+1].entries())
	}
	return root.self
}

// adopt makes the item the last child.
func (p *bookmark) adopt(item *bookmark, tree []bookmark) {
	item.parent, item.prev = p.self, p.last
	if p.last == 0 {
		p.first = item.self
	} else {
		tree[p.last-tree[0].self].next = item.self
	}
	p.last = item.self
	p.children++
}

func (p *bookmark) entries() string {
	entries := fmt.Sprintf("/Parent %v", p.parent)
	if p.prev != 0 {
		entries += fmt.Sprintf("/Prev %v", p.prev)
	}
	if p.next != 0 {
		entries += fmt.Sprintf("/Next %v", p.next)
	}
	if p.children != 0 {
		entries += fmt.Sprintf("/First %v/Last %v/Count %d", p.first, p.last, -p.children)
	}
	return entries
}

// place gives the destination of a heading.
func (b *book) place(m mark) string {
	p := b.pages[m.page]
	return fmt.Sprintf("[%v/XYZ 0 %.2f null]", p.self, p.sheet.height-m.y)
}

// destinations writes the headings by their anchors.
func (b *book) destinations() ref {
	sorted := slices.SortedFunc(slices.Values(b.marks), func(x, y mark) int {
		return slices.Compare(utf16.Encode([]rune(x.anchor)), utf16.Encode([]rune(y.anchor))) // as the file has them
	})
	var names strings.Builder
	for _, m := range sorted {
		names.WriteString(textString(m.anchor) + b.place(m))
	}
	return b.file.add("<</Names[%s]>>", names.String())
}
