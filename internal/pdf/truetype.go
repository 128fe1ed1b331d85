package pdf

import (
	"encoding/binary"
	"errors"
	"iter"
	"math"
)

// trueType reads the tables of a TrueType file that a PDF needs (OpenType specification, 1.9): which
// glyph stands for a character, how far it advances, and the measures of the face. It covers the Basic
// Multilingual Plane.
type trueType struct {
	head, hhea, hmtx, os2, post table
	characters                  table // the cmap's subtable of format 4
}

// table is the bytes of a table; numbers in it are big-endian.
type table []byte

func (t table) u16(at int) int { return int(binary.BigEndian.Uint16(t[at:])) }
func (t table) i16(at int) int { return int(int16(t.u16(at))) }
func (t table) u32(at int) int { return int(binary.BigEndian.Uint32(t[at:])) }

var errNotTrueType = errors.New("not a TrueType font with a Unicode character map")

func parseTrueType(data []byte) (trueType, error) {
	tables := map[string]table{}
	for i := range table(data).u16(4) {
		record := table(data[12+16*i:])
		tables[string(record[:4])] = data[record.u32(8) : record.u32(8)+record.u32(12)]
	}
	f := trueType{head: tables["head"], hhea: tables["hhea"], hmtx: tables["hmtx"], os2: tables["OS/2"], post: tables["post"]}
	cmap := tables["cmap"]
	if f.head == nil || f.hhea == nil || f.hmtx == nil || f.os2 == nil || f.post == nil || cmap == nil {
		return f, errNotTrueType
	}
	for i := range cmap.u16(2) {
		record := cmap[4+8*i:]
		sub := cmap[record.u32(4):]
		if record.u16(0) == 3 && record.u16(2) == 1 && sub.u16(0) == 4 {
			f.characters = sub
			return f, nil
		}
	}
	return f, errNotTrueType
}

// glyphs yields each character that the font has and the number of its glyph, in order.
func (f trueType) glyphs() iter.Seq2[rune, int] {
	return func(yield func(rune, int) bool) {
		size := f.characters.u16(6) // twice the number of segments
		ends, starts := f.characters[14:], f.characters[16+size:]
		deltas, offsets := starts[size:], starts[2*size:]
		for s := 0; s < size; s += 2 {
			for char := starts.u16(s); char <= ends.u16(s) && char != 0xffff; char++ {
				glyph := char
				if offset := offsets.u16(s); offset != 0 {
					glyph = offsets.u16(s + offset + 2*(char-starts.u16(s)))
				}
				if glyph != 0 {
					glyph = (glyph + deltas.u16(s)) & 0xffff
				}
				if glyph != 0 && !yield(rune(char), glyph) {
					return
				}
			}
		}
	}
}

// advance gives the width of a glyph in thousandths of an em.
func (f trueType) advance(glyph int) int {
	last := f.hhea.u16(34) - 1 // glyphs beyond it share its width
	return f.thousandths(f.hmtx.u16(4 * min(glyph, last)))
}

func (f trueType) ascent() int      { return f.thousandths(f.hhea.i16(4)) }
func (f trueType) descent() int     { return f.thousandths(f.hhea.i16(6)) }
func (f trueType) capHeight() int   { return f.thousandths(f.os2.i16(88)) }
func (f trueType) italicAngle() int { return f.post.i16(4) }

// box gives the corners that hold every glyph, in thousandths of an em: left, bottom, right, top.
func (f trueType) box() [4]int {
	var b [4]int
	for i := range b {
		b[i] = f.thousandths(f.head.i16(36 + 2*i))
	}
	return b
}

func (f trueType) thousandths(units int) int {
	return int(math.Round(float64(units) * 1000 / float64(f.head.u16(18))))
}
