package smtpnotify

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// header writes fields of a mail (RFC 5322, 2.2). Its values hold no line ends: each comes from
// oneLine, address, ids or a function of the standard library. Any that remain are dropped here.
type header struct{ strings.Builder }

// foldAt is the length at which a line is folded at a space (RFC 5322, 2.1.1).
const foldAt = 76

// set adds a field, unless the value is empty.
func (h *header) set(name, value string) {
	if value == "" {
		return
	}
	h.WriteString(name + ":")
	at := len(name) + 1
	for _, word := range strings.Fields(strings.Map(printable, value)) {
		if at+1+len(word) > foldAt && at > len(name)+1 {
			h.WriteString("\r\n")
			at = 0
		}
		h.WriteString(" " + word)
		at += 1 + len(word)
	}
	h.WriteString("\r\n")
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// phrase returns text in the form of a header: unchanged when that is safe, else in encoded words
// (RFC 2047).
func phrase(s string) string {
	if plainPhrase(s) {
		return s
	}
	// Bytes of a word: in base64 and with its marks 72 of the 75 allowed.
	const most = 42
	var words []string
	for s != "" {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > most {
				break
			}
			n += size
		}
		words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

// plainPhrase reports whether s is ASCII, cannot be taken for encoded words, and can be folded.
func plainPhrase(s string) bool {
	run := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			run = 0
		case c < ' ' || c > '~':
			return false
		default:
			run++
		}
		if run > foldAt-4 {
			return false
		}
	}
	return !strings.Contains(s, "=?")
}

// address returns a mailbox (RFC 5322, 3.4). Name and email are one line.
func address(name, email string) string {
	switch {
	case name == "":
		return "<" + email + ">"
	case !plainPhrase(name):
		return phrase(name) + " <" + email + ">"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `" <` + email + ">"
}

// Limits of References: a long one makes some servers refuse a mail.
const (
	mostReferences     = 20
	mostReferenceBytes = 2000
)

// references returns the ids of a conversation for a mail: the first, and as many of the latest as
// there is room for.
func references(list []string, last string) string {
	var ids []string
	seen := map[string]bool{}
	for _, id := range append(list[:len(list):len(list)], last) {
		if id = msgID(id); id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	size, from := len(ids[0]), len(ids)
	for from > 1 && len(ids)-from+2 <= mostReferences && size+1+len(ids[from-1]) <= mostReferenceBytes {
		from--
		size += 1 + len(ids[from])
	}
	return strings.Join(append(ids[:1:1], ids[from:]...), " ")
}

// msgID returns an id in angle brackets, or "" for an invalid one: ids of other programs hold
// anything.
func msgID(id string) string {
	if id == "" || len(id) > 500 || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }) {
		return ""
	}
	return "<" + id + ">"
}
