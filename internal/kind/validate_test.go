package kind_test

import "testing"

func TestAListRefersToARecordOnce(t *testing.T) {
	rec := record(t, `{"line": "Skull", "kins": ["SPC-1", "SPC-2", "SPC-1", "SPC-1"], "part": {"kins": ["SPC-1", "SPC-1"]},
		"parts": [{"kins": ["SPC-1"]}, {"kins": ["SPC-1", "SPC-2", "SPC-2"]}], "part_or": {"kins": ["SPC-3", "SPC-3"]}}`)
	refused(t, rec.Validate(),
		"kins[2]: SPC-1 stands here twice", "kins[3]: SPC-1 stands here twice", "part.kins[1]: SPC-1 stands here twice",
		"parts[1].kins[2]: SPC-2 stands here twice", "part_or.kins[1]: SPC-3 stands here twice")
}

func TestAListOfOtherValuesMayRepeatThem(t *testing.T) {
	rec := record(t, `{"line": "Skull", "lines": ["a", "a"], "counts": [1, 1], "shades": ["dark", "dark"], "kins": ["", ""],
		"kin": "SPC-1", "kin_or": "SPC-1", "parts": [{"kins": ["SPC-1"]}, {"kins": ["SPC-1"]}]}`)
	if err := rec.Validate(); err != nil {
		t.Error(err)
	}
}
