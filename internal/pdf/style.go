package pdf

import "github.com/stele-isms/stele/internal/layout"

// All lengths are points, 1/72 inch.

// sheet is a page's size and the edges of its text, measured from the top left corner.
type sheet struct {
	width, height            float64
	left, right, top, bottom float64
}

// A4, upright and turned.
var (
	portrait  = sheet{width: 595.28, height: 841.89, left: 57, right: 538.28, top: 78, bottom: 776}
	landscape = sheet{width: 841.89, height: 595.28, left: 48, right: 793.89, top: 74, bottom: 534}
)

func (s sheet) measure() float64 { return s.right - s.left }

// The palette.
const (
	accent  layout.Colour = "#1f4b8e"
	ink     layout.Colour = "#101828"
	soft    layout.Colour = "#344054"
	muted   layout.Colour = "#667085"
	rule    layout.Colour = "#e4e7ec"
	edge    layout.Colour = "#d0d5dd"
	headed  layout.Colour = "#f2f4f7"
	grouped layout.Colour = "#f8f9fb"
)

// style is how a text is set: spans may change weight and colour, never size.
type style struct {
	size    float64
	leading float64 // from one baseline to the next
	weight  weight
	colour  layout.Colour
	fill    layout.Colour // what the text stands on, if it is filled
}

var (
	titleStyle    = style{size: 28, leading: 35, weight: strong, colour: ink}
	subtitleStyle = style{size: 13, leading: 19, colour: muted}
	houseStyle    = style{size: 10, leading: 14, weight: strong, colour: accent}
	bodyStyle     = style{size: 9.5, leading: 14.5, colour: ink}
	captionStyle  = style{size: 8, leading: 11, colour: muted}
	cellStyle     = style{size: 8, leading: 11.5, colour: ink}
	headStyle     = style{size: 7.5, leading: 11.5, weight: strong, colour: soft}
	groupStyle    = style{size: 8, leading: 11.5, weight: strong, colour: ink}
	coverStyle    = style{size: 9, leading: 13, colour: ink}
	runningStyle  = style{size: 7.5, leading: 10, colour: muted}
)

// headingStyle is a heading's text and the space around it.
type headingStyle struct {
	style
	before, after float64
}

// headingStyles are the headings by level.
var headingStyles = [...]headingStyle{
	1: {style{size: 18, leading: 24, weight: strong, colour: ink}, 0, 14},
	2: {style{size: 12.5, leading: 17, weight: strong, colour: ink}, 18, 6},
	3: {style{size: 10, leading: 14, weight: strong, colour: soft}, 14, 5},
}

// headingStyleOf gives the style of a heading. A level deeper than the last looks like the last.
func headingStyleOf(h layout.Heading) headingStyle {
	return headingStyles[min(h.Level, len(headingStyles)-1)]
}

// weigh gives the weight of a span in this style.
func (s style) weigh(span layout.Span) weight {
	switch {
	case span.Strong || s.weight == strong:
		return strong
	case span.Emph:
		return emphatic
	default:
		return s.weight
	}
}

// tint gives the colour of a span in this style. On a fill all text has the ink that reads there.
func (s style) tint(span layout.Span) layout.Colour {
	switch {
	case s.fill != "":
		return s.fill.Ink()
	case span.Href() != "":
		return accent
	case span.Muted:
		return muted
	default:
		return s.colour
	}
}

// baseline gives how far below a line's top its letters stand, so that capitals are centred in the line.
func (s style) baseline() float64 {
	const capitals = 0.728 // height of Inter's capitals in em
	return (s.leading + capitals*s.size) / 2
}
