package pdf_test

import (
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

func pageCount(t testing.TB, path string) int {
	out, err := exec.Command("pdfinfo", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(string(regexp.MustCompile(`Pages:\s+(\d+)`).FindSubmatch(out)[1]))
	return n
}
