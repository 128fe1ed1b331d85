package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/risk"
)

// numbered is a level with its number: alone, before the label or behind it.
var numbered = regexp.MustCompile(`^[(\[]?(\d+)[)\]]?$|^(\d+)\s*[-–—:.=(\[]*\s*(\pL\D*)$|^(\pL\D*?)[-–—:=(\[\s]+(\d+)[)\]]?$`)

// readLevel reads a level of a scale by its number, its label, or both: "4", "Likely", "4 - Likely". It is 0
// where the text is none; more says that the text holds something beside.
func readLevel(scale []risk.Level, text string) (level int, more bool) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(scale) {
		return n, false
	}
	if i := slices.IndexFunc(scale, func(l risk.Level) bool { return sameLevel(l.Label, text) }); i >= 0 {
		return i + 1, false
	}
	m := numbered.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1] + m[2] + m[5])
	if err != nil || n < 1 || n > len(scale) {
		return 0, false
	}
	label := m[3] + m[4]
	return n, label != "" && !sameLevel(scale[n-1].Label, label)
}

// sameLevel reports whether a text is a level's label, or another word for it in any language known here.
func sameLevel(label, text string) bool {
	if sameWords(label, text) {
		return true
	}
	grade := gradeOf(label)
	return grade != "" && grade == gradeOf(text)
}

func gradeOf(text string) string {
	if r := readOption(isms.Grade("").Values(), text); !r.more && r.value != nil {
		return r.value.(string)
	}
	return ""
}

func labelsOf(scale []risk.Level) string {
	labels := make([]string, len(scale))
	for i, l := range scale {
		labels[i] = l.Label
	}
	return strings.Join(labels, ", ")
}
