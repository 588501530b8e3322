// Package mailbox tells which mail addresses are those of one person, where something is counted by
// person.
package mailbox

import "strings"

// Of returns an address in lower case and without its tag: "kim+1@example.com" and
// "Kim@example.com" are both "kim@example.com", since one mailbox gets the mails of both
// (RFC 5233). Empty stays empty.
func Of(address string) string {
	name, domain, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		return name
	}
	if untagged, _, _ := strings.Cut(name, "+"); untagged != "" {
		name = untagged
	}
	return name + "@" + domain
}
