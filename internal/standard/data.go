package standard

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/stele-isms/stele/internal/fault"
)

//go:embed data/*.json guidance
var files embed.FS

// The names under which the data are exported; each is a file in data.
const (
	controls2022Data  = "iso27002-2022"
	controls2013Data  = "iso27002-2013"
	requirementsData  = "iso27001-requirements"
	correspondingData = "map-2013-2022"
	csfData           = "crosswalk-csf-2.0"
	sp80053Data       = "crosswalk-sp800-53r5"
)

// ExportNames lists what Export can be asked for.
func ExportNames() []string {
	return []string{controls2022Data, controls2013Data, requirementsData, correspondingData, csfData, sp80053Data}
}

// Export gives one set of data as a JSON object, by one of ExportNames; an edition, as in "2022",
// stands for its controls. An unknown name is a NotFound fault that lists the names.
func Export(name string) ([]byte, error) {
	if edition, err := ParseEdition(name); err == nil {
		name = "iso27002-" + string(edition)
	}
	if !slices.Contains(ExportNames(), name) {
		return nil, fault.New(fault.NotFound, "there is no data named %q; there are %s", name, strings.Join(ExportNames(), ", "))
	}
	return read("data/" + name + ".json"), nil
}

// ExportAll gives all data as one JSON object, with a member for each of ExportNames.
func ExportAll() ([]byte, error) {
	all := map[string]json.RawMessage{}
	for _, name := range ExportNames() {
		data, err := Export(name)
		if err != nil {
			return nil, err
		}
		all[name] = data
	}
	return json.MarshalIndent(all, "", " ")
}

// decode reads an embedded JSON file. What is embedded was tested before it was built in, so a
// failure is a defect of this package and not of any input.
func decode[T any](name string) T {
	var value T
	if err := json.Unmarshal(read("data/"+name+".json"), &value); err != nil {
		panic(fmt.Sprintf("standard: embedded data %s: %v", name, err))
	}
	return value
}

// read gives an embedded file.
func read(path string) []byte {
	data, err := files.ReadFile(path)
	if err != nil {
		panic(fmt.Sprintf("standard: embedded file: %v", err))
	}
	return data
}
