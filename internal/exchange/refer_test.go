package exchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/kind"
)

// namesOf gives the names of a kind's records: key, reference and name each.
func namesOf(s *kind.Schema, records ...[3]string) *names {
	n := newNames(s)
	for _, r := range records {
		n.reserve(r[0])
		n.add(r[0], r[1], r[2])
	}
	return n
}

func TestReferencesAsPeopleWriteThem(t *testing.T) {
	assets := namesOf(isms.Assets.Schema,
		[3]string{"AST-0001", "", "Customer database (prod)"}, [3]string{"AST-0002", "", "File server FS-01"}, [3]string{"AST-0007", "SYS-7", "ERP system"},
		[3]string{"AST-0008", "", "CI/CD pipeline"}, [3]string{"AST-0009", "", "Laptops (fleet)"}, [3]string{"AST-0010", "", "Backup of the ERP system"},
		[3]string{"AST-0011", "", "Firewall, outer"}, [3]string{"AST-0012", "", "Printer"}, [3]string{"AST-0013", "", "Printer"},
	)
	for _, test := range []struct {
		text    string
		want    []string
		missed  []string
		guessed bool
	}{
		{"AST-0001", []string{"AST-0001"}, nil, false},
		{"ast-0001", []string{"AST-0001"}, nil, false},
		{"sys-7", []string{"AST-0007"}, nil, false},
		{"erp  SYSTEM", []string{"AST-0007"}, nil, false},
		{"ERP (AST-0007)", []string{"AST-0007"}, nil, false},
		{"SYS-7: ERP system", []string{"AST-0007"}, nil, false},
		{"AST-0001, AST-0002", []string{"AST-0001", "AST-0002"}, nil, false},
		{"AST-0001 AST-0002", []string{"AST-0001", "AST-0002"}, nil, false},
		{"AST-0002\nAST-0001; AST-0002", []string{"AST-0002", "AST-0001"}, nil, false},
		{"AST-0001 - AST-0007", []string{"AST-0001", "AST-0007"}, []string{"AST-0001 - AST-0007"}, false}, // what lies between is not said
		{"AST-0001 and AST-9999", []string{"AST-0001"}, []string{"AST-9999"}, false},
		{"see AST-0001 for details", []string{"AST-0001"}, []string{"see AST-0001 for details"}, false},
		{"Customer database", []string{"AST-0001"}, nil, true},
		{"Laptop", []string{"AST-0009"}, nil, true},
		{"CI/CD pipeline", []string{"AST-0008"}, nil, false},
		{"CI/CD pipeline / Laptops", []string{"AST-0008", "AST-0009"}, nil, true},
		{"Firewall, outer", []string{"AST-0011"}, nil, false},
		{"File server FS-01 + central share", []string{"AST-0002"}, []string{"central share"}, false},
		{"ERP system & Laptops und Customer database (prod)", []string{"AST-0007", "AST-0009", "AST-0001"}, nil, true},
		{"Printer", nil, []string{"Printer"}, false}, // two have the name
		{"system", nil, []string{"system"}, false},   // so have two
		{"All user accounts", nil, []string{"All user accounts"}, false},
		{"IT", nil, []string{"IT"}, false},
	} {
		got := newResolver(index{isms.Assets.Schema: assets}).find(isms.Assets.Schema, test.text, 2)
		if diff := cmp.Diff([][]string{test.want, test.missed}, [][]string{got.keys, got.missed}); diff != "" || test.guessed != (len(got.guesses) > 0) {
			t.Errorf("%q: guesses %q\n%s", test.text, got.guesses, diff)
		}
	}
}

func TestRolesAreMadeOfTheirNames(t *testing.T) {
	for _, test := range []struct{ cells, want string }{
		{"IT Operations Lead|IT Operations|it operations lead", "ROLE-0003 IT Operations Lead, ROLE-0004 IT Operations"},
		{"HR + ISO", "ROLE-0003 HR, ROLE-0004 ISO"},
		{"CFO, DPO", "ROLE-0003 CFO, ROLE-0004 DPO"},
		{"Head of Sales & Marketing", "ROLE-0003 Head of Sales & Marketing"},
		{"Health and Safety Officer", "ROLE-0003 Health and Safety Officer"},
		{"Chief executive and HR", "ROLE-0003 HR"},        // one of them is known
		{"HR and ISO|ISO", "ROLE-0003 HR, ROLE-0004 ISO"}, // one has a cell of its own
		{"ROLE-0002|chief EXECUTIVE|Chief executive (ROLE-0002)", ""},
		{"N/A|-|tbd|none|entfällt|?", ""},
	} {
		s := isms.Roles.Schema
		r := newResolver(index{s: namesOf(s, [3]string{"ROLE-0002", "", "Chief executive"})})
		for cell := range strings.SplitSeq(test.cells, "|") {
			if len(splitAll(cell)) == 1 {
				r.mention(s, cell)
			}
		}
		for cell := range strings.SplitSeq(test.cells, "|") {
			r.find(s, cell, 2)
		}
		var made []string
		for _, m := range r.made {
			made = append(made, m.key+" "+m.name)
		}
		if got := strings.Join(made, ", "); got != test.want {
			t.Errorf("%q: made %q, want %q", test.cells, got, test.want)
		}
	}
}
