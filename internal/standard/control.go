package standard

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

// Control is a control of ISO/IEC 27002, which Annex A of ISO/IEC 27001 lists.
type Control struct {
	Edition    Edition    `json:"edition"`
	Number     string     `json:"number"` // as in "5.1", and "5.1.1" in 2013
	Title      string     `json:"title"`
	Group      string     `json:"group"`               // the number of its theme (2022) or control set (2013)
	Objective  string     `json:"objective,omitempty"` // the number of its control objective; 2013 only
	New        bool       `json:"new_in_2022"`
	Attributes Attributes `json:"attributes,omitzero"` // 2022 only
}

// Ref is the control as people read it, as in "A.5.1".
func (c Control) Ref() string { return Ref(c.Number) }

// Ref gives a control's number as people read it: "A.5.1" for "5.1".
func Ref(number string) string { return "A." + number }

// Controls lists the controls of an edition in the order of the standard.
func Controls(edition Edition) []Control {
	return slices.Clone(catalogueOf(edition).controls)
}

// Lookup finds a control by its number, written as "A.5.1", "5.1" or "a5.1". The NotFound fault for
// a number of the other edition names the counterparts in this one.
func Lookup(edition Edition, ref string) (Control, error) {
	number, ok := parseNumber(ref)
	if !ok {
		return Control{}, fault.New(fault.Invalid, "%q is not the number of a control; write it as in A.5.1", ref)
	}
	control, ok := catalogueOf(edition).control(number)
	if !ok {
		return Control{}, fault.New(fault.NotFound, "%s", whyMissing(edition, number))
	}
	return control, nil
}

var numberPattern = regexp.MustCompile(`(?i)^\s*(?:annex\s*)?(?:a[\s._-]*)?(\d{1,2}(?:\.\d{1,2}){1,2})\s*$`)

// parseNumber reads a control's number in the ways people write it, whether or not there is such a
// control.
func parseNumber(ref string) (string, bool) {
	match := numberPattern.FindStringSubmatch(ref)
	if match == nil {
		return "", false
	}
	return match[1], true
}

// whyMissing says where a number belongs that an edition does not have.
func whyMissing(edition Edition, number string) string {
	if !slices.Contains(Editions(), edition) {
		return fmt.Sprintf("there is no edition %q; write 2022 or 2013", edition)
	}
	objective, isObjective := catalogueOf(Edition2013).objective(number)
	_, isElsewhere := catalogueOf(edition.Other()).control(number)
	switch {
	case isElsewhere && isObjective:
		return fmt.Sprintf("%s; in 2013 itself, %s is a control objective with %s",
			elsewhere(edition, number), Ref(number), enumerate(objective.Controls))
	case isElsewhere:
		return elsewhere(edition, number)
	case isObjective && edition == Edition2013:
		return fmt.Sprintf("%s is a control objective, not a control; its controls are %s", Ref(number), enumerate(objective.Controls))
	case isObjective:
		return fmt.Sprintf("%s is a control objective of the 2013 edition; in 2022 see %s", Ref(number), enumerate(successors(objective)))
	}
	near := sameGroup(catalogueOf(edition).controls, number)
	return fmt.Sprintf("the %s edition has no control %s; it has %s to %s",
		edition, Ref(number), near[0].Ref(), near[len(near)-1].Ref())
}

// sameGroup gives the controls of the theme or set that a number would belong to, and all of them
// when there is none.
func sameGroup(controls []Control, number string) []Control {
	group, _, _ := strings.Cut(number, ".")
	near := slices.DeleteFunc(slices.Clone(controls), func(c Control) bool { return c.Group != group })
	if len(near) == 0 {
		return controls
	}
	return near
}

// elsewhere names the counterparts in an edition of a number of the other one.
func elsewhere(edition Edition, number string) string {
	other := edition.Other()
	counterparts := Map(other, number)
	if len(counterparts) == 0 {
		return fmt.Sprintf("%s is a control of the %s edition, with no counterpart in %s", Ref(number), other, edition)
	}
	return fmt.Sprintf("%s is a control of the %s edition; in %s see %s", Ref(number), other, edition, enumerate(counterparts))
}

// successors lists the controls of 2022 that took over from those of an objective, each once.
func successors(objective Objective) []string {
	var refs []string
	for _, ref := range objective.Controls {
		for _, successor := range Map(Edition2013, ref) {
			if !slices.Contains(refs, successor) {
				refs = append(refs, successor)
			}
		}
	}
	return refs
}

// enumerate writes a list as in "A.5.1, A.5.2 and A.5.3".
func enumerate(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
