package docx

// pager tells which page a thing falls on; lengths are in points.
//
// A Word file has no pages until something lays it out, yet its contents list shows page numbers as
// soon as it is opened. So they are counted when the file is written, from the widths of the house's
// font. Word puts them right when the list is updated or the document printed.
type pager struct {
	page         int
	height, used float64
	after        float64  // the space below the last thing, which the next one's space above may share
	kept         float64  // what must stand on the page of the next thing
	above        float64  // the space above that or, if there is none, above the next thing
	waiting      []*entry // the headings in it
}

// turn begins a new page of a height.
func (p *pager) turn(height float64) {
	*p = pager{page: p.page + 1, height: height}
}

// keep sets a thing that must stand on one page with the next.
func (p *pager) keep(f face, height float64) {
	p.kept += p.gap(f) + height + f.after
}

// heading sets a heading, whose page is known as soon as what follows it is set.
func (p *pager) heading(e *entry, f face, width float64) {
	p.waiting = append(p.waiting, e)
	p.keep(f, f.height(e.text, width))
}

// paragraph sets a paragraph, which may go on over pages.
func (p *pager) paragraph(f face, text string, width float64) {
	p.flow(p.gap(f)+f.height(text, width), 2*f.pitch, 0)
	p.used += f.after
}

// space leaves a space below the last thing.
func (p *pager) space(height float64) {
	p.used += height
	p.after = height
}

// gap gives the space above a thing, and notes the one below it.
func (p *pager) gap(f face) float64 {
	gap := max(0, f.before-p.after)
	p.after = f.after
	if p.kept == 0 {
		p.above = gap
	}
	return gap
}

// settle sets a thing that is not divided, with what must stand on its page. A page that it begins
// has a head of some height already.
func (p *pager) settle(height, head float64) {
	if p.used > head && p.used+p.kept+height > p.height {
		p.page, p.used = p.page+1, head-p.above // which falls away at the top of a page
	}
	for _, e := range p.waiting {
		e.page = p.page
	}
	p.used += p.kept + height
	p.kept, p.above, p.waiting = 0, 0, nil
}

// flow sets a thing that may be divided below its least height.
func (p *pager) flow(height, least, head float64) {
	least = min(height, least)
	p.settle(least, head)
	rest := height - least
	for p.used+rest > p.height && p.height > head {
		rest -= max(0, p.height-p.used)
		p.page, p.used = p.page+1, head
	}
	p.used += rest
}
