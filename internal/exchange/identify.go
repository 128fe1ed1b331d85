package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/standard"
)

// identify finds the key of the row's record: that of the column of keys, of the record with the same
// reference, or, for a row that has neither, with the same name. It stays empty for a new record.
func (d *draft) identify() {
	key, reason := d.givenKey()
	if key == "" && reason == "" {
		key = d.sameName()
	}
	switch {
	case reason != "":
	case key == "" && d.needsKey():
		reason = fmt.Sprintf("the row names no %s", d.schema.Name)
	case key == "":
		reason = d.takeReference()
	case d.keys[key] != 0:
		reason = fmt.Sprintf("%s stands on line %d already", key, d.keys[key])
	default:
		d.key, d.keys[key] = key, d.Line
		d.existing = d.names().records[key]
		d.names().reserve(key)
	}
	if reason != "" {
		d.refused = append(d.refused, reason)
	}
}

// givenKey gives the key by what identifies the row in the register, or says why that is no key.
func (d *draft) givenKey() (key, refuse string) {
	if text := d.cell(toKey); text != "" {
		return d.readKey(text)
	}
	reference := d.cell("reference")
	keys := d.index[d.schema].byReference[fold(reference)]
	switch len(keys) {
	case 0:
		return "", ""
	case 1:
		return keys[0], ""
	}
	return "", fmt.Sprintf("%s is the reference of %s", reference, strings.Join(keys, " and "))
}

// readKey reads a key of the row's kind, for controls in any spelling.
func (d *draft) readKey(text string) (key, refuse string) {
	if upper := strings.ToUpper(text); d.schema.KeyFits(upper) && !strings.HasPrefix(upper, "A.") {
		return upper, ""
	}
	if d.schema.Name != isms.Controls.Name {
		return "", fmt.Sprintf("%q is no key of the kind %s; they look like %s-0001", text, d.schema.Name, d.schema.Prefix)
	}
	numbers, rest := standard.FindNumbers(d.edition, text)
	switch {
	case len(numbers) == 1 && rest == "":
		return numbers[0], ""
	case len(numbers) > 0:
		return "", fmt.Sprintf("%q is more than the number of one control", text)
	}
	if _, err := standard.Lookup(d.edition, text); err != nil {
		return "", err.Error()
	}
	return "", fmt.Sprintf("%q is not the number of a control", text)
}

// sameName gives the first record of the row's name that no row before has taken.
func (d *draft) sameName() string {
	if d.cell("reference") != "" {
		return ""
	}
	keys := d.index[d.schema].byName[fold(d.cell(namingOf(d.schema)))]
	if i := slices.IndexFunc(keys, func(key string) bool { return d.keys[key] == 0 }); i >= 0 {
		return keys[i]
	}
	return ""
}

// needsKey reports whether the row cannot be a new record. Below a heading of control numbers a row without one is
// mostly the heading of a chapter.
func (d *draft) needsKey() bool {
	_, numbered := d.byTarget[toKey]
	return d.schema.Prefix == "" || d.schema.Name == isms.Controls.Name && numbered
}

// takeReference refuses a new record whose reference a row before has.
func (d *draft) takeReference() (refuse string) {
	reference := d.cell("reference")
	if reference == "" {
		return ""
	}
	if line := d.references[fold(reference)]; line != 0 {
		return fmt.Sprintf("%s stands on line %d already", reference, line)
	}
	d.references[fold(reference)] = d.Line
	return ""
}
