package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/exchange"
)

// TestMappingSurvivesItsFile writes a mapping and reads it.
func TestMappingSurvivesItsFile(t *testing.T) {
	m, err := importer(t, organisation(t, "2022")).Propose(register(t, own, "risk-register"), "")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := exchange.ReadMapping("map.yaml", &b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Error(diff)
	}
}

func TestFilesThatAreNoMappingsSayWhere(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"kind: risk\ncolumns: []\n---\nkind: risk\n", "map.yaml holds 2 documents"},
		{"kind: 7\ncolumns: []\n", "map.yaml:1:5: kind: a text is required"},
		{"kind: risk\ncolumns:\n  - header: ID\n    target: [key]\n", "map.yaml:3:11: target: a text is required"},
		{"kind: risk\ncolumns: {ID: key}\n", "map.yaml:2:10: columns: a list is required"},
		{"kind: risk\ncolums: []\n", "map.yaml: columns: a list is required"},
	} {
		_, err := exchange.ReadMapping("map.yaml", strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %v, want %q", test.text, err, test.want)
		}
	}
}

func TestBadMappingsSayWhatIsWrong(t *testing.T) {
	im, table := importer(t, organisation(t, "2022")), register(t, own, "risk-register")
	for _, test := range []struct {
		kind    string
		columns []exchange.Column
		want    string
	}{
		{"riks", nil, `no kind "riks"`},
		{"risk", []exchange.Column{{Header: "Identity", Target: "key"}}, "no such column"},
		{"risk", []exchange.Column{{Header: "ID", Target: "colour"}}, `"colour" is no field of the kind risk`},
		{"risk", []exchange.Column{{Header: "ID", Target: "inherent"}}, `"inherent" is no field`},
		{"risk", []exchange.Column{{Header: "ID", Target: "inherent_level"}}, "is no field"},
		{"risk", []exchange.Column{{Header: "ID", Target: "inherent.impact.Beauty"}}, `"Beauty" is no impact criterion`},
		{"risk", []exchange.Column{{Header: "ID", Target: "inherent.likelihood.Legal"}}, "likelihood has no criteria"},
		{"risk", []exchange.Column{{Header: "ID", Target: "current.score"}}, "no score"},
		{"asset", []exchange.Column{{Header: "ID", Target: "state"}}, `"state" is no field of the kind asset`},
		{"risk", []exchange.Column{{Header: "Risk Title", Target: "title"}, {Header: "ID", Target: "title"}}, "ID: the column Risk Title goes to title already"},
		{"risk", []exchange.Column{{Header: "ID", Target: "key"}, {Header: "id", Target: "also"}}, "id: the column stands in the mapping twice"},
	} {
		_, err := im.Plan(table, exchange.Mapping{Kind: test.kind, Columns: test.columns})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want %q", test.columns, err, test.want)
		}
	}
}

// TestTablesOfNoKindAskForIt proposes tables that could be anything.
func TestTablesOfNoKindAskForIt(t *testing.T) {
	im := importer(t, organisation(t, "2022"))
	for _, header := range []string{"a,b,c", "ID,Title,Owner,Status", "Name,Notes"} {
		table := read(t, "list.csv", []byte(header+"\n1,2,3\n"))
		if m, err := im.Propose(table, ""); err == nil || !strings.Contains(err.Error(), "--kind") {
			t.Errorf("%s: %v, %v", header, m, err)
		}
	}
	m, err := im.Propose(read(t, "list.csv", []byte("ID,Title,Owner,Status,Remark\n1,Spare key lost,ISO,open,\n")), "risks")
	if err != nil {
		t.Fatal(err)
	}
	want := []exchange.Column{
		{Header: "ID", Target: "reference"},
		{Header: "Title", Target: "title"},
		{Header: "Owner", Target: "owner"},
		{Header: "Status", Target: "state"},
		{Header: "Remark", Target: "also"},
	}
	if diff := cmp.Diff(want, m.Columns); diff != "" {
		t.Error(diff)
	}
}
