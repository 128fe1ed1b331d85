// Command migration drafts the SQL that an empty database needs for the kinds as they are declared now.
// A person takes from it what is new, as the next numbered file in internal/store/migrations; the tests of
// package store prove that the files lead to the same schema.
package main

import (
	"fmt"
	"os"

	"github.com/stele-isms/stele/internal/isms"
	"github.com/stele-isms/stele/internal/store"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: migration sqlite|postgres")
		os.Exit(2)
	}
	text, err := store.Draft(isms.Kinds, os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(text)
}
