package standard

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/fault"
)

func TestExportEqualsTheData(t *testing.T) {
	all, err := ExportAll()
	if err != nil {
		t.Fatal(err)
	}
	inAll := parseJSON(t, all).(map[string]any)
	entries, err := os.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	if len(inAll) != len(entries) {
		t.Errorf("ExportAll has %d members, the folder %d files", len(inAll), len(entries))
	}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".json")
		file, err := os.ReadFile("data/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		want := parseJSON(t, file)
		exported, err := Export(name)
		if err != nil || !reflect.DeepEqual(parseJSON(t, exported), want) {
			t.Errorf("Export(%s) differs from the file (%v)", name, err)
		}
		if !reflect.DeepEqual(inAll[name], want) {
			t.Errorf("ExportAll has another %s than the file", name)
		}
	}
}

func TestExportTakesAnEditionAndRefusesOtherNames(t *testing.T) {
	exported, err := Export("2013")
	if err != nil || !strings.Contains(string(exported), `"control_sets": 14`) {
		t.Errorf("Export(2013): %v", err)
	}
	_, err = Export("iso9001")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "map-2013-2022") {
		t.Errorf("Export(iso9001): %v", err)
	}
}

func TestTypesLoseNothingOfTheData(t *testing.T) {
	for name, value := range map[string]any{
		"map-2013-2022":        Mapping(),
		"crosswalk-csf-2.0":    csf(),
		"crosswalk-sp800-53r5": sp80053(),
	} {
		exported, err := Export(name)
		if err != nil {
			t.Fatal(err)
		}
		typed, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(parseJSON(t, typed), parseJSON(t, exported)) {
			t.Errorf("the type of %s has not all of the data", name)
		}
	}
}

func parseJSON(t *testing.T, data []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
