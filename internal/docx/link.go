package docx

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// addressOf gives a link as a URI that Word takes, and whether it is one. A file that is handed to
// others must not make their Word reach for anything but a web page or a mail address.
func addressOf(link string) (string, bool) {
	u, err := url.Parse(link)
	if err != nil {
		return "", false
	}
	switch {
	case u.Scheme == "mailto", (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return encoded(link), true
	default:
		return "", false
	}
}

// encoded gives an address with the ASCII characters that no URI may have (RFC 3986, 2) as their codes.
func encoded(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || strings.IndexByte("\"<>\\^`{|}\x7f", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// linkID gives the relation of the n-th link.
func linkID(n int) string { return "link" + strconv.Itoa(n) }
