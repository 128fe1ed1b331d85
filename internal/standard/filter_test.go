package standard

import (
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
)

func TestMatchFiltersByAnyProperty(t *testing.T) {
	for _, test := range []struct {
		edition Edition
		filters map[string]string
		want    int
	}{
		{Edition2022, nil, 93},
		{Edition2022, map[string]string{"new": "true"}, 11},
		{Edition2022, map[string]string{"New": "No"}, 82},
		{Edition2022, map[string]string{"theme": "8"}, 34},
		{Edition2022, map[string]string{"theme": "people"}, 8},
		{Edition2022, map[string]string{"theme": "Organisational controls"}, 37},
		{Edition2022, map[string]string{"type": "corrective"}, count(ControlType, "Corrective")},
		{Edition2022, map[string]string{"control-type": "Corrective"}, count(ControlType, "Corrective")},
		{Edition2022, map[string]string{"properties": "integrity"}, count(InformationSecurityProperties, "Integrity")},
		{Edition2022, map[string]string{"property": "INTEGRITY"}, count(InformationSecurityProperties, "Integrity")},
		{Edition2022, map[string]string{"concept": "detect"}, count(CybersecurityConcepts, "Detect")},
		{Edition2022, map[string]string{"capability": "asset-management"}, count(OperationalCapabilities, "Asset_management")},
		{Edition2022, map[string]string{"capability": "identity and  access management"}, count(OperationalCapabilities, "Identity_and_access_management")},
		{Edition2022, map[string]string{"domain": "governance_AND_ecosystem"}, count(SecurityDomains, "Governance_and_Ecosystem")},
		{Edition2022, map[string]string{"theme": "8", "new": "yes"}, 7},
		{Edition2013, map[string]string{"set": "9"}, 14},
		{Edition2013, map[string]string{"set": "access control"}, 14},
		{Edition2013, map[string]string{"objective": "9.2"}, 6},
		{Edition2013, map[string]string{"objective": "user access management"}, 6},
		{Edition2013, map[string]string{"new": "true"}, 0},
	} {
		got := 0
		for _, control := range Controls(test.edition) {
			ok, err := Match(control, test.filters)
			if err != nil {
				t.Fatalf("%v: %v", test.filters, err)
			}
			if ok {
				got++
			}
		}
		if got != test.want || test.want == 0 && test.edition == Edition2022 {
			t.Errorf("%s %v matches %d controls, want %d", test.edition, test.filters, got, test.want)
		}
	}
}

// count counts the controls of 2022 that have a value, without Match.
func count(attribute, value string) int {
	n := 0
	for _, control := range Controls(Edition2022) {
		for _, v := range control.Attributes.Values(attribute) {
			if v == value {
				n++
			}
		}
	}
	return n
}

func TestMatchSaysWhatIsPossible(t *testing.T) {
	for _, test := range []struct {
		edition       Edition
		filter, value string
		want          string
	}{
		{Edition2022, "colour", "red", "control_type (type), information_security_properties (property)"},
		{Edition2022, "type", "magic", `type: there is no control_type "magic"; there is Preventive, Detective, Corrective`},
		{Edition2022, "theme", "9", "5 (Organizational controls), 6 (People controls)"},
		{Edition2022, "new", "maybe", "true (yes), false (no)"},
		{Edition2022, "set", "5", "controls of the 2022 edition have no set"},
		{Edition2013, "type", "preventive", "controls of the 2013 edition have no control_type"},
		{Edition2013, "objective", "9.9", "9.2 (User access management)"},
	} {
		ok, err := Match(Controls(test.edition)[0], map[string]string{test.filter: test.value})
		if ok || !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s=%s: %v, %v\nwant %s", test.filter, test.value, ok, err, test.want)
		}
	}
	_, err := Match(Controls(Edition2022)[0], map[string]string{"colour": "red", "type": "magic", "theme": "5"})
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("two mistakes are told as %v", err)
	}
}
