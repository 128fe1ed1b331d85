package standard_test

import (
	"fmt"

	"github.com/stele-isms/stele/internal/standard"
)

func ExampleFindNumbers() {
	found, rest := standard.FindNumbers(standard.Edition2022, "ISO 27001 A.5.17, A.8.1-A.8.3; Clause 6.2; PCI DSS 8.3")
	fmt.Println(found)
	fmt.Println(rest)
	// Output:
	// [A.5.17 A.8.1 A.8.2 A.8.3]
	// Clause 6.2; PCI DSS 8.3
}

func ExampleLookup() {
	_, err := standard.Lookup(standard.Edition2022, "A.9.2.1")
	fmt.Println(err)
	// Output: A.9.2.1 is a control of the 2013 edition; in 2022 see A.5.16
}
