package standard

import "sync"

// Correspondence says which controls of one edition took over from which of the other (ISO/IEC
// 27002:2022, Annex B). Controls stand in it by their numbers, as in "5.1".
type Correspondence struct {
	What   string              `json:"what"`
	New    []string            `json:"new_in_2022"`
	To2013 map[string][]string `json:"2022_to_2013"`
	To2022 map[string][]string `json:"2013_to_2022"`
}

// Mapping gives the whole correspondence of the controls of the two editions.
func Mapping() Correspondence { return correspondence() }

// Map lists the controls of the other edition that correspond to one of edition from, as refs. A
// control that is new in 2022 has none; neither has an unknown number.
func Map(from Edition, ref string) []string {
	number, ok := parseNumber(ref)
	if !ok {
		return nil
	}
	numbers := correspondence().To2022
	if from == Edition2022 {
		numbers = correspondence().To2013
	}
	var refs []string
	for _, counterpart := range numbers[number] {
		refs = append(refs, Ref(counterpart))
	}
	return refs
}

var correspondence = sync.OnceValue(func() Correspondence { return decode[Correspondence](correspondingData) })
