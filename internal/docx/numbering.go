package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// plan is a numbering part as it was read: abstract numberings, which say how lists look, and
// numberings, each of which counts for itself.
type plan struct {
	tree
	abstracts, numbers []*element
}

func newPlan(t tree) *plan {
	return &plan{tree: t, abstracts: t.root.all("abstractNum"), numbers: t.root.all("num")}
}

// noPlan gives the plan of a file without lists.
func noPlan() *plan {
	return newPlan(must(parse("word/numbering.xml", []byte(declaration+`<w:numbering`+wordPrefix+`/>`), "numbering")))
}

// lastNumber gives the highest number of a numbering; 0 when there are none.
func (p *plan) lastNumber() int { return highest(p.numbers, "numId") }

// abstractOf gives the abstract numbering of a numbering, and whether the plan has it.
func (p *plan) abstractOf(number int) (abstract int, ok bool) {
	i := slices.IndexFunc(p.numbers, func(e *element) bool { return e.number("numId") == number })
	if i < 0 {
		return 0, false
	}
	return p.numbers[i].find("abstractNumId").number("val"), true
}

// numbering is a numbering part ready to be written, and what the lists of a document refer to.
type numbering struct {
	name          string // of the part
	before, after string // the part around the numberings of a document's own lists
	bullets       int    // the numbering for bulleted lists; 0 when their style has one
	ordered       int    // the abstract numbering for ordered lists
	level         int    // of ordered lists in it
	last          int    // the highest number before the document's own
}

// The numberings of house/numbering.xml.
const (
	houseBullets = 1
	houseOrdered = 2
)

// number joins the house's numberings to a template's. The lists of a document use the template's
// where its list styles have one.
func number(theirs, ours *plan, styles *sheet) numbering {
	n := theirs.joined(ours)
	bullets := styles.named(newStyleName("paragraph", "List Bullet"))
	if bullets == nil || numberOf(bullets) != nil {
		n.bullets = 0
	}
	ordered := styles.named(newStyleName("paragraph", "List Number"))
	if abstract, ok := theirs.abstractOf(numberOf(ordered).number("val")); ok {
		n.ordered, n.level = abstract, ordered.find("pPr", "numPr", "ilvl").number("val")
	}
	return n
}

// joined adds the house's numberings to a plan, under numbers that follow its highest.
func (p *plan) joined(ours *plan) numbering {
	firstAbstract, firstNumber := highest(p.abstracts, "abstractNumId")+1, p.lastNumber()
	var abstracts, numbers strings.Builder
	for _, e := range ours.abstracts {
		fmt.Fprintf(&abstracts, `<w:abstractNum%s w:abstractNumId="%d">%s`, wordPrefix, firstAbstract+e.number("abstractNumId"), ours.text[e.open:e.to])
	}
	for _, e := range ours.numbers {
		fmt.Fprintf(&numbers, `<w:num%s w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, wordPrefix,
			firstNumber+e.number("numId"), firstAbstract+e.find("abstractNumId").number("val"))
	}
	// Word refuses a part in which an abstract numbering stands after a numbering.
	begin, end := p.numbersSpan()
	ordered, _ := ours.abstractOf(houseOrdered)
	return numbering{
		name:    p.name,
		before:  string(p.text[:begin]) + abstracts.String() + string(p.text[begin:end]) + numbers.String(),
		after:   string(p.text[end:]),
		bullets: firstNumber + houseBullets,
		ordered: firstAbstract + ordered,
		last:    firstNumber + ours.lastNumber(),
	}
}

// numbersSpan gives the bytes where the numberings stand, or an empty span where they belong.
func (p *plan) numbersSpan() (begin, end int) {
	if n := len(p.numbers); n > 0 {
		return p.numbers[0].from, p.numbers[n-1].to
	}
	if e := p.root.find("numIdMacAtCleanup"); e != nil {
		return e.from, e.from
	}
	return p.root.shut, p.root.shut
}

// highest gives the highest number that an attribute of some elements has; 0 when there are none.
func highest(elements []*element, attr string) int {
	n := 0
	for _, e := range elements {
		n = max(n, e.number(attr))
	}
	return n
}

// write writes the numbering part with a numbering for each ordered list, so that each begins at 1.
func (n numbering) write(m *markup, lists int) {
	m.put(n.before)
	for i := range lists {
		m.put(`<w:num`, wordPrefix, ` w:numId="`, strconv.Itoa(n.orderedList(i)), `"><w:abstractNumId w:val="`, strconv.Itoa(n.ordered),
			`"/><w:lvlOverride w:ilvl="`, strconv.Itoa(n.level), `"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`)
	}
	m.put(n.after)
}

// orderedList gives the numbering of a document's i-th ordered list, from 0.
func (n numbering) orderedList(i int) int { return n.last + 1 + i }
