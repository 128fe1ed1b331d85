// Package standard holds what ISO/IEC 27001 and ISO/IEC 27002 say, as data: the controls of both
// editions with their groups and attributes, the correspondence between the editions, the
// requirements of clauses 4 to 10 with the documented information they demand, crosswalks to NIST
// publications, and guidance of our own on every control and requirement.
//
// A control is read by people as "A.5.1" and stands in the data as "5.1". Functions that take a
// control accept both; functions that return controls as strings return the first, a ref. A
// requirement is always a bare number, as in "6.1.3". Only the crosswalks take both in one argument,
// and there a bare number is a requirement.
//
// The text of the standards is ISO's copyright. Numbers, titles, attribute values and
// correspondences are facts; every sentence of guidance is ours.
//
// Everything is embedded and parsed on first use. A slice that a function returns is the caller's
// own; slices and maps inside of its elements are shared, and must not be changed.
package standard

import (
	"regexp"

	"github.com/stele-isms/stele/internal/fault"
)

// Edition is the year of an edition of ISO/IEC 27001, and of the ISO/IEC 27002 that goes with it.
type Edition string

// The editions.
const (
	Edition2013 Edition = "2013" // 14 control sets, 114 controls
	Edition2022 Edition = "2022" // 4 themes, 93 controls
)

var editionPattern = regexp.MustCompile(`(?i)^\s*(?:ISO(?:/IEC)?[ -]?)?(?:2700[12][:\- ]\s*)?(2013|2022)\s*$`)

// Editions lists the editions, the newest first.
func Editions() []Edition { return []Edition{Edition2022, Edition2013} }

// ParseEdition reads an edition as people write it: "2022", "27001:2022" or "ISO/IEC 27001:2022".
// Anything else is an Invalid fault.
func ParseEdition(s string) (Edition, error) {
	match := editionPattern.FindStringSubmatch(s)
	if match == nil {
		return "", fault.Invalidf("edition", "%q is not an edition of ISO/IEC 27001 known here; write 2022 or 2013", s)
	}
	return Edition(match[1]), nil
}

// Other gives the edition that this one corresponds with.
func (e Edition) Other() Edition {
	if e == Edition2013 {
		return Edition2022
	}
	return Edition2013
}
