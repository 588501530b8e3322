// Package filename brings what a sender says of a file into a form that can be kept and shown.
package filename

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// most is the most characters kept of a name.
const most = 200

// Clean returns the last part of a path, without invisible and text-direction characters.
func Clean(s string) string { return Label(s[strings.LastIndexAny(s, `/\`)+1:]) }

// Label returns a text of one line without such characters.
func Label(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// MediaType returns a valid media type; application/octet-stream when s is none.
func MediaType(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	kind, sub, ok := strings.Cut(s, "/")
	plain := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.+-_!#$&^") == ""
	}
	if !ok || !plain(kind) || !plain(sub) || len(s) > 127 {
		return "application/octet-stream"
	}
	return s
}

// HoldsText reports whether a file of a name and a type may quote a mail in plain sight: a text, or
// a mail that was forwarded as a file.
func HoldsText(name, kind string) bool {
	kind = strings.ToLower(strings.TrimSpace(kind))
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "message/") ||
		slices.Contains([]string{".txt", ".eml", ".htm", ".html"}, strings.ToLower(path.Ext(name)))
}
