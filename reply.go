package helpdesk

import (
	"regexp"
	"slices"
	"strings"
)

// link finds what a mail program or browser may make clickable. It errs towards finding too much.
var link = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://[^\s<>"'()\[\]{}]+` +
	`|\b(?:mailto|tel|sms|javascript|data):[^\s<>"'()\[\]{}]+` +
	`|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*` +
	`|\b\d{1,3}(?:\.\d{1,3}){3}\b` +
	`|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:[:/?#][^\s<>"'()\[\]{}]*)?`)

// replyAllowed reports whether each link and address in a suggested reply stands in one of the texts it may come from as
// well. A made-up one, or one that a hostile ticket talked the model into, must not reach a customer.
func replyAllowed(response string, own ...string) bool {
	found := links(response)
	if len(found) == 0 {
		return true
	}
	allowed := links(strings.Join(own, "\n"))
	return !slices.ContainsFunc(found, func(l string) bool { return !slices.Contains(allowed, l) })
}

func links(s string) []string {
	found := link.FindAllString(s, -1)
	for i, l := range found {
		found[i] = strings.ToLower(strings.TrimRight(l, ".,;:!?*_"))
	}
	return found
}
