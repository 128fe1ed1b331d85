package xlsx_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/layout"
	"github.com/stele-isms/stele/internal/layout/layouttest"
)

// LibreOffice shares no code with the library that wrote the workbook.
func TestLibreOfficeOpensTheWorkbookAndFindsEveryText(t *testing.T) {
	office, err := exec.LookPath("libreoffice")
	if err != nil {
		t.Fatal("LibreOffice is not installed; make test installs it")
	}
	dir := t.TempDir()
	docs := map[string]layout.Document{"specimen": layouttest.Specimen(), "hostile": layouttest.Hostile()}
	const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	arguments := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", everySheet, "--outdir", dir}
	for name, doc := range docs {
		path := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(path, written(t, doc), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	if out, err := exec.Command(office, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, doc := range docs {
		sheets := opened(t, doc).GetSheetList()[1:]
		for i, table := range tablesOf(doc) {
			got := csvTexts(t, filepath.Join(dir, name+"-"+sheets[i]+".csv"))
			if diff := cmp.Diff(words(layouttest.Texts(table)), words(got)); diff != "" {
				t.Errorf("texts of sheet %q differ:\n%s", sheets[i], diff)
			}
		}
	}
}

func csvTexts(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(rows...)
}
