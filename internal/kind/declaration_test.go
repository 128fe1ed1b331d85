package kind_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/stele-isms/stele/internal/fault"
	"github.com/stele-isms/stele/internal/kind"
)

func TestAFieldIsWhatItsTagSays(t *testing.T) {
	type declared struct {
		Plain    string    `json:"depends_on"`
		Titled   string    `json:"titled" title:"Its own title" help:"What it is for." words:"id,no,nr" else:"note"`
		Named    string    `json:"named" kind:"name"`
		Text     string    `json:"text" kind:"text,required"`
		Found    string    `json:"found" kind:"search,index"`
		Personal string    `json:"personal" kind:"personal"`
		Retired  string    `json:"retired" kind:"retired"`
		Derived  *int      `json:"derived" kind:"derived"`
		Chain    []string  `json:"chain" kind:"acyclic"`
		Shade    shade     `json:"shade"`
		Part     []*screwy `json:"-"`
	}
	_ = declared{}
	type holder struct {
		Plain    string   `json:"depends_on"`
		Titled   string   `json:"titled" title:"Its own title" help:"What it is for." words:"id,no,nr" else:"note"`
		Named    string   `json:"named" kind:"name"`
		Text     string   `json:"text" kind:"text,required"`
		Found    string   `json:"found" kind:"search,index"`
		Personal string   `json:"personal" kind:"personal"`
		Retired  string   `json:"retired" kind:"retired"`
		Derived  *int     `json:"derived" kind:"derived"`
		Chain    []string `json:"chain" kind:"acyclic"`
		Shade    shade    `json:"shade"`
	}
	_ = holder{}
}

type screwy struct{}

var _ = fmt.Sprint
var _ = strings.Contains
var _ = cmp.Diff
var _ = cmpopts.IgnoreUnexported
var _ = fault.Invalid
var _ = kind.String
