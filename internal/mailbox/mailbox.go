// Package mailbox reads and writes the tags of mail addresses, as in "kim+tag@example.com" (RFC
// 5233): one mailbox gets the mails to all of them.
package mailbox

import "strings"

// Of returns an address in lower case and without its tag, where something is counted by person:
// "kim+1@example.com" and "Kim@example.com" are both "kim@example.com". Empty stays empty.
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

// WithTag adds a tag to an address: name+tag@domain.
func WithTag(address, tag string) string {
	name, domain, ok := strings.Cut(address, "@")
	if !ok || tag == "" {
		return address
	}
	return name + "+" + tag + "@" + domain
}

// Tags returns the tags of those of some addresses that are a mailbox's, at most so many. The
// mailbox is in lower case.
func Tags(addresses []string, box string, most int) []string {
	var tags []string
	name, domain, _ := strings.Cut(box, "@")
	for _, address := range addresses {
		address = strings.ToLower(strings.TrimSpace(address))
		at := strings.LastIndexByte(address, '@')
		if at < 0 || address[at+1:] != domain {
			continue
		}
		if tag, ok := strings.CutPrefix(address[:at], name+"+"); ok && len(tags) < most {
			tags = append(tags, tag)
		}
	}
	return tags
}
