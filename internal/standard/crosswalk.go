package standard

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// CSFCrosswalk relates the 2022 edition to the NIST Cybersecurity Framework 2.0, as NIST's reference
// tool publishes it. Controls stand in it as "A.5.1" and requirements as "6.1.3" or "4.2 a".
type CSFCrosswalk struct {
	What         string          `json:"what"`
	AnnexA       CSFSet          `json:"annex_a_set"` // all that NIST relates; says nothing of some controls
	Nearest      CSFSet          `json:"control_set"` // one subcategory for each control
	Clauses      CSFSet          `json:"clause_set"`  // requirements
	HigherLevels CSFHigherLevels `json:"higher_levels"`
}

// CSFSet is one published set of relations, both ways round.
type CSFSet struct {
	FromCSF map[string][]string `json:"csf_to_iso"`
	ToCSF   map[string][]string `json:"iso_to_csf"`
}

// CSFHigherLevels relates whole functions ("DE") and categories ("DE.AE") to controls and
// requirements. NIST states these on their own; they do not follow from the subcategories.
type CSFHigherLevels struct {
	Functions  map[string][]string `json:"functions"`
	Categories map[string][]string `json:"categories"`
}

// SP80053Crosswalk relates the 2022 edition to the controls of NIST SP 800-53 revision 5. Controls
// stand in it as "A.5.1" and requirements as "6.1.3"; NISTToISO holds controls only.
type SP80053Crosswalk struct {
	What         string              `json:"what"`
	ISOToNIST    map[string][]string `json:"iso_to_nist"`
	NISTToISO    map[string][]string `json:"nist_to_iso"`
	ClauseToNIST map[string][]string `json:"clause_to_nist"`
}

// CSF lists the subcategories of CSF 2.0 that relate to a control ("A.5.1") or a requirement
// ("6.1.3") of the 2022 edition, in any of the published sets. A control of 2013 has none of its
// own: ask for those that Map gives.
func CSF(ref string) []string {
	sets := csf()
	return union(strings.Compare, sets.AnnexA.ToCSF[ref], sets.Nearest.ToCSF[ref], sets.Clauses.ToCSF[ref])
}

// FromCSF lists the requirements and controls of the 2022 edition that relate to a subcategory
// ("DE.AE-02"), a category ("DE.AE") or a function ("DE") of CSF 2.0.
func FromCSF(id string) []string {
	sets := csf()
	return union(compareRefs,
		sets.AnnexA.FromCSF[id], sets.Nearest.FromCSF[id], sets.Clauses.FromCSF[id],
		sets.HigherLevels.Categories[id], sets.HigherLevels.Functions[id])
}

// SP80053 lists the controls of SP 800-53 that relate to a control ("A.5.1") or a requirement
// ("6.1.3") of the 2022 edition.
func SP80053(ref string) []string {
	if strings.HasPrefix(ref, "A.") {
		return slices.Clone(sp80053().ISOToNIST[ref])
	}
	return slices.Clone(sp80053().ClauseToNIST[ref])
}

// FromSP80053 lists the requirements and controls of the 2022 edition that relate to a control of
// SP 800-53 ("AC-2", "AC-2(12)").
func FromSP80053(id string) []string {
	return union(compareRefs, requirementsFromSP80053()[id], sp80053().NISTToISO[id])
}

// requirementsFromSP80053 turns round the one relation that the crosswalk has in one direction only.
var requirementsFromSP80053 = sync.OnceValue(func() map[string][]string {
	toISO := map[string][]string{}
	for number, ids := range sp80053().ClauseToNIST {
		for _, id := range ids {
			toISO[id] = append(toISO[id], number)
		}
	}
	return toISO
})

// union gives what is in any of the lists, once and in order.
func union(order func(a, b string) int, lists ...[]string) []string {
	all := map[string]bool{}
	for _, list := range lists {
		for _, item := range list {
			all[item] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), order)
}

// compareRefs orders requirements before controls, and each as the standard does: 5.9 before 5.10.
func compareRefs(a, b string) int {
	if order := cmp.Compare(strings.Count(a, "A."), strings.Count(b, "A.")); order != 0 {
		return order
	}
	return slices.CompareFunc(numberParts(a), numberParts(b), func(x, y string) int {
		m, _ := strconv.Atoi(x)
		n, _ := strconv.Atoi(y)
		return cmp.Or(cmp.Compare(m, n), strings.Compare(x, y))
	})
}

// numberParts splits "A.5.1" and "4.2 a" where their order is decided.
func numberParts(ref string) []string {
	return strings.FieldsFunc(ref, func(r rune) bool { return r == '.' || r == ' ' })
}

var (
	csf     = sync.OnceValue(func() CSFCrosswalk { return decode[CSFCrosswalk](csfData) })
	sp80053 = sync.OnceValue(func() SP80053Crosswalk { return decode[SP80053Crosswalk](sp80053Data) })
)
