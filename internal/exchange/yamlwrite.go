package exchange

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/stele-isms/stele/internal/kind"
)

// WriteYAML writes records, each an object, as documents of one file. The library's writer loses some texts (a
// tab, a lone line break), so the few forms that records need are written here, and a property test reads them
// back.
func WriteYAML(w io.Writer, nodes []kind.Node) error {
	var b bytes.Buffer
	for i, n := range nodes {
		if i > 0 {
			b.WriteString("---\n")
		}
		writeMembers(&b, n.Value.([]kind.Member), "")
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}

// writeMembers writes an object's members, a line or more each; the caller has written the indent of the
// first one.
func writeMembers(b *bytes.Buffer, members []kind.Member, indent string) {
	for i, m := range members {
		if i > 0 {
			b.WriteString(indent)
		}
		b.WriteString(scalarText(m.Name) + ":")
		writeValue(b, m.Node, indent)
	}
}

func writeValue(b *bytes.Buffer, n kind.Node, indent string) {
	switch v := n.Value.(type) {
	case []kind.Member:
		if len(v) == 0 {
			b.WriteString(" {}\n")
			return
		}
		b.WriteString("\n" + indent + "  ")
		writeMembers(b, v, indent+"  ")
	case []kind.Node:
		writeList(b, v, indent)
	case string:
		if block, ok := blockText(v, indent+"  "); ok {
			b.WriteString(" " + block)
			return
		}
		b.WriteString(" " + scalarText(v) + "\n")
	default:
		b.WriteString(" " + string(n.JSON()) + "\n")
	}
}

// writeList writes plain items on one line where they fit, others on lines of their own.
func writeList(b *bytes.Buffer, list []kind.Node, indent string) {
	if line, ok := flowList(list); ok && len(indent)+len(line) < 100 {
		b.WriteString(" " + line + "\n")
		return
	}
	b.WriteString("\n")
	for _, item := range list {
		b.WriteString(indent + "  -")
		if members, ok := item.Value.([]kind.Member); ok && len(members) > 0 {
			b.WriteString(" ")
			writeMembers(b, members, indent+"    ")
			continue
		}
		writeValue(b, item, indent+"  ")
	}
}

// flowList writes a list in brackets; ok is false where an item is no plain value.
func flowList(list []kind.Node) (text string, ok bool) {
	parts := make([]string, len(list))
	for i, item := range list {
		switch v := item.Value.(type) {
		case []kind.Node, []kind.Member:
			return "", false
		case string:
			parts[i] = scalarText(v)
			if strings.Contains(v, ",") {
				parts[i] = string(item.JSON())
			}
		default:
			parts[i] = string(item.JSON())
		}
	}
	return "[" + strings.Join(parts, ", ") + "]", true
}

var (
	// bare is text that means itself without quotes: it begins with a letter, or is a date.
	bare = regexp.MustCompile(`^(?:\p{L}[\p{L}\p{N} ,.()/&%+;'_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2})$`)
	// reserved is text that YAML, in one version or another, takes for something else.
	reserved = regexp.MustCompile(`(?i)^(?:true|false|yes|no|on|off|null|y|n|nan|inf)$`)
)

// scalarText writes a text on one line, in quotes where it needs them.
func scalarText(s string) string {
	if bare.MatchString(s) && !reserved.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s
	}
	return string(kind.Node{Value: s}.JSON())
}

// odd is what a block of text does not carry as it is.
var odd = regexp.MustCompile(`[^\n\P{C}]|[ \t]\n|[ \t]$|^[\n ]|\n\n$|\x{2028}|\x{2029}|\x{85}`)

// blockText gives a text of several lines as a literal block, where such a block carries it unchanged.
func blockText(s, indent string) (text string, ok bool) {
	if !strings.Contains(s, "\n") || odd.MatchString(s) {
		return "", false
	}
	mark := "|"
	if !strings.HasSuffix(s, "\n") {
		mark = "|-"
	}
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = indent + line
		}
	}
	return fmt.Sprintf("%s\n%s\n", mark, strings.Join(lines, "\n")), true
}
