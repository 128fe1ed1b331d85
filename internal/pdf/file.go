package pdf

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"unicode/utf16"
)

// file writes the objects of a PDF file (ISO 32000-1:2008, 7.5) one after the other and keeps of them
// only where they stand, so that a document takes the memory of a page, however long it is.
type file struct {
	out     *bufio.Writer
	size    int64   // bytes written so far
	offsets []int64 // of each object, by its number less 1
	zip     *zlib.Writer
	zipped  bytes.Buffer
}

// ref is the number of an object.
type ref int

// String gives the reference as it stands in other objects.
func (r ref) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

func newFile(w io.Writer) *file {
	f := &file{out: bufio.NewWriterSize(w, 1<<16)}
	f.zip, _ = zlib.NewWriterLevel(&f.zipped, zlib.BestSpeed) // twice as fast as the default, and hardly larger
	f.printf("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	return f
}

// reserve gives the number of an object that will be written later.
func (f *file) reserve() ref {
	f.offsets = append(f.offsets, 0)
	return ref(len(f.offsets))
}

// object writes a reserved object.
func (f *file) object(r ref, format string, args ...any) {
	f.offsets[r-1] = f.size
	f.printf("%d 0 obj\n", int(r))
	f.printf(format, args...)
	f.printf("\nendobj\n")
}

// add writes an object and gives its number.
func (f *file) add(format string, args ...any) ref {
	r := f.reserve()
	f.object(r, format, args...)
	return r
}

// stream writes an object of compressed data; the entries are added to its dictionary.
func (f *file) stream(data []byte, entries string) ref {
	f.zipped.Reset()
	f.zip.Reset(&f.zipped)
	_, _ = f.zip.Write(data) // a bytes.Buffer gives no errors
	_ = f.zip.Close()
	return f.add("<</Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream", f.zipped.Len(), entries, f.zipped.Bytes())
}

// close ends the file with its table of objects.
func (f *file) close(catalog, info ref) error {
	table := f.size
	f.printf("xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		f.printf("%010d 00000 n \n", offset)
	}
	f.printf("trailer\n<</Size %d/Root %v/Info %v>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalog, info, table)
	return f.out.Flush()
}

func (f *file) printf(format string, args ...any) {
	n, _ := fmt.Fprintf(f.out, format, args...) // bufio keeps the first error for Flush
	f.size += int64(n)
}

// textString gives a text as a text string (7.9.2.2), outside of a page's content.
func textString(s string) string {
	var b bytes.Buffer
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}
