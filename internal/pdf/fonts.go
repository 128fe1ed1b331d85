package pdf

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math/bits"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// fonts are the faces of one document and the characters that it uses of each.
type fonts struct {
	faces [weights]*face
	used  [weights]runes
}

// runes is a set of characters of the Basic Multilingual Plane.
type runes [1 << 16 / 64]uint64

func (s *runes) add(r rune) { s[r/64] |= 1 << (r % 64) }

// list gives the characters of the set in order.
func (s *runes) list() []rune {
	var all []rune
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			all = append(all, rune(64*i+bits.TrailingZeros64(word)))
		}
	}
	return all
}

// write embeds the faces that are used, each cut down to its used characters, and gives the entries of
// the font resources.
func (f *fonts) write(to *file) (string, error) {
	var entries strings.Builder
	for w, face := range f.faces {
		used := f.used[w].list()
		if len(used) == 0 {
			continue
		}
		font, err := face.embed(to, used)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&entries, "%s %v", weight(w).resource(), font)
	}
	return entries.String(), nil
}

// embed writes a composite font (ISO 32000-1:2008, 9.7) in which a character's code is its Unicode number.
func (f *face) embed(to *file, used []rune) (ref, error) {
	cut := fpdf.UTF8CutFont(bytes.Clone(f.data), string(used)) // a clone, as fpdf may write into it
	font, err := parseTrueType(cut)
	if err != nil {
		return 0, fmt.Errorf("cut %s: %w", f.name, err)
	}
	name := tag(used) + "+" + f.name
	program := to.stream(cut, fmt.Sprintf("/Length1 %d", len(cut)))
	box := f.font.box()
	descriptor := to.add("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle %d"+
		"/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %v>>",
		name, box[0], box[1], box[2], box[3], f.font.italicAngle(), f.font.ascent(), f.font.descent(), f.font.capHeight(), program)
	glyphs := to.stream(glyphMap(font, used), "")
	descendant := to.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s"+
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %v/CIDToGIDMap %v/W[%s]>>",
		name, descriptor, glyphs, f.widths(used))
	unicode := to.stream(unicodeMap(used), "")
	return to.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%v]/ToUnicode %v>>",
		name, descendant, unicode), nil
}

// tag gives the six letters that tell this cut of a face from others (ISO 32000-1:2008, 9.6.4).
func tag(used []rune) string {
	sum := crc32.ChecksumIEEE([]byte(string(used)))
	letters := make([]byte, 6)
	for i := range letters {
		letters[i] = byte('A' + sum%26)
		sum /= 26
	}
	return string(letters)
}

// glyphMap gives the glyph of every code, two bytes each, up to the last one used.
func glyphMap(font trueType, used []rune) []byte {
	table := make([]byte, 2*(int(used[len(used)-1])+1))
	for r, glyph := range font.glyphs() {
		if at := 2 * int(r); at < len(table) {
			table[at], table[at+1] = byte(glyph>>8), byte(glyph)
		}
	}
	return table
}

// widths gives the advance of every used code, neighbours in one array.
func (f *face) widths(used []rune) string {
	var b strings.Builder
	for i, r := range used {
		switch {
		case i == 0:
			fmt.Fprintf(&b, "%d[", r)
		case used[i-1] != r-1:
			fmt.Fprintf(&b, "]%d[", r)
		default:
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d", f.advance(r))
	}
	return b.String() + "]"
}

// unicodeMap says that every code is a Unicode number: a range for each high byte that is used, as a
// range must not cross one, and at most 100 ranges to a list (ISO 32000-1:2008, 9.10.3).
func unicodeMap(used []rune) []byte {
	var ranges []string
	high := rune(-1)
	for _, r := range used {
		if r>>8 != high {
			high = r >> 8
			ranges = append(ranges, fmt.Sprintf("<%02X00><%02XFF><%02X00>\n", high, high, high))
		}
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n" +
		"1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for len(ranges) > 0 {
		n := min(len(ranges), 100)
		fmt.Fprintf(&b, "%d beginbfrange\n%sendbfrange\n", n, strings.Join(ranges[:n], ""))
		ranges = ranges[n:]
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return b.Bytes()
}
