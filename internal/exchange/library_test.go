package exchange_test

import (
	"strings"
	"testing"

	"github.com/stele-isms/stele/internal/exchange"
	"github.com/stele-isms/stele/internal/standard"
)

func TestControlsAreLedThroughTheCorrespondence(t *testing.T) {
	nodes, err := exchange.ReadYAML("f", strings.NewReader("{kind: threat, title: A.8.13, controls: [A.5.7, A.8.13, A.8.24, C-0001]}"))
	if err != nil {
		t.Fatal(err)
	}
	for edition, want := range map[standard.Edition]string{
		standard.Edition2022: `{"kind":"threat","title":"A.8.13","controls":["A.5.7","A.8.13","A.8.24","C-0001"]}`,
		standard.Edition2013: `{"kind":"threat","title":"A.8.13","controls":["A.12.3.1","A.10.1.1","A.10.1.2","C-0001"]}`, // A.5.7 is new
	} {
		if got := string(exchange.InEdition(edition, nodes[0]).JSON()); got != want {
			t.Errorf("%s: got %s, want %s", edition, got, want)
		}
	}
}
