package kind

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestTwoFieldsOfOneNamePanic makes its structs at run time, since go vet would stop them in the source.
func TestTwoFieldsOfOneNamePanic(t *testing.T) {
	text := reflect.TypeFor[string]()
	twice := reflect.StructOf([]reflect.StructField{
		{Name: "Title", Type: text, Tag: `json:"title"`},
		{Name: "Owner", Type: text, Tag: `json:"owner"`},
		{Name: "Name", Type: text, Tag: `json:"title,omitempty"`},
	})
	group := reflect.StructOf([]reflect.StructField{{Name: "Part", Type: twice, Tag: `json:"part"`}})
	for want, declared := range map[string]reflect.Type{"test.title is declared twice": twice, "test.part.title is declared twice": group} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panics with %q", got)
				}
			}()
			fieldsOf(declared, "test.")
		})
	}
}
