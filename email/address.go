package email

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mailbox is one of a header field: a name, and an address in lower case. Either may be missing.
type mailbox struct{ name, email string }

const longestAddress = 320 // RFC 5321, 4.5.3.1: 64 for the local part, 255 for the domain

// parseAddresses reads an address list (RFC 5322, 3.4) in the forms that mailers write: names
// without quotes, groups, comments, encoded words around everything, and junk at the end. It
// returns at most max mailboxes.
func parseAddresses(value, charset string, max int) (list []mailbox) {
	value = fieldText(value, charset)
	for _, s := range splitAddresses(value) {
		if len(list) == max {
			break
		}
		a := parseAddress(s, charset)
		if a.email == "" && strings.Contains(s, "=?") {
			// The address stands within an encoded word.
			a = parseAddress(decodeField(s, charset), charset)
		}
		if a.email != "" || a.name != "" {
			list = append(list, a)
		}
	}
	return list
}

// splitAddresses splits a list at its commas and semicolons, and removes the names of its groups.
func splitAddresses(s string) (parts []string) {
	start, quoted, comment, angle, at := 0, false, 0, false, false
	// A quote that is never closed would swallow the rest of the list, so it is ignored.
	closing := strings.LastIndexByte(s, '"')
	for i := 0; i < len(s); i++ {
		c := s[i]
		at = at || c == '@' || c == '['
		switch {
		case c == '\\':
			i++
		case c == '"' && comment == 0 && (quoted || i < closing):
			quoted = !quoted
		case quoted:
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0 && (c != ',' || strings.IndexByte(s[i:min(len(s), i+200)], ')') >= 0):
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case (c == ',' || c == ';') && (!angle || strings.IndexByte(s[i:min(len(s), i+longestAddress)], '>') < 0):
			parts = append(parts, s[start:i])
			start, comment, angle, at = i+1, 0, false, false
		case c == ':' && !angle && !at && (i-start > 20 || !strings.EqualFold(strings.TrimSpace(s[start:i]), "mailto")):
			start = i + 1 // a group: "friends: a@example.com, b@example.com;"
		}
	}
	return append(parts, s[min(start, len(s)):])
}

// parseAddress reads one mailbox.
func parseAddress(s, charset string) (a mailbox) {
	text, comment := cutComments(s)
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		inner, _, _ := strings.Cut(text[i+1:], ">")
		a.email = cleanAddress(inner)
		a.name = text[:i]
		if a.email == "" {
			a.email = bareAddress(text[:i]) // "someone@example.com <>"
		}
	} else if a.email = cleanAddress(text); a.email == "" {
		if a.email = bareAddress(text); a.email == "" {
			a.name = text
		}
	}
	a.name = cleanName(a.name, charset)
	if a.name == "" {
		a.name = cleanName(comment, charset)
	}
	if strings.EqualFold(a.name, a.email) {
		a.name = ""
	}
	return a
}

// bareAddress returns the first word that is an address.
func bareAddress(s string) string {
	for f := range strings.FieldsSeq(s) {
		if e := cleanAddress(f); e != "" {
			return e
		}
	}
	return ""
}

// cutComments removes comments (RFC 5322, 3.2.2) from a text and returns the last of them.
func cutComments(s string) (text, comment string) {
	if !strings.Contains(s, "(") {
		return s, ""
	}
	var b strings.Builder
	quoted, depth, start := false, 0, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			if depth == 0 {
				b.WriteString(s[i : i+2])
			}
			i++
			continue
		case c == '"' && depth == 0:
			quoted = !quoted
		case c == '(' && !quoted:
			if depth++; depth == 1 {
				start = i + 1
			}
			continue
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				comment = s[start:i]
			}
			continue
		}
		if depth == 0 {
			b.WriteByte(c)
		}
	}
	if depth > 0 {
		comment = s[start:]
	}
	return b.String(), comment
}

// cleanAddress returns an address in lower case, or "" for an invalid one. The local part may be
// quoted; the domain may be international or a literal in brackets.
func cleanAddress(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.Trim(s, " \t<>,;:'")
	if !strings.HasPrefix(s, `"`) {
		s = strings.Trim(s, `"`)
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > longestAddress {
		return ""
	}
	local, domain := s[:at], strings.TrimRight(s[at+1:], ".)]\"")
	if strings.HasPrefix(s[at+1:], "[") {
		domain = s[at+1:]
	}
	// A source route (RFC 5322, 4.4): "@relay.example:someone@example.com".
	if strings.HasPrefix(local, "@") {
		_, local, _ = strings.Cut(local, ":")
	}
	if quoted := len(local) > 2 && local[0] == '"' && local[len(local)-1] == '"'; quoted {
		if plain := unquote(local); plain != "" && !strings.ContainsAny(plain, " \t\"(),:;<>@[\\]") {
			local = plain // needless quotes
		}
	} else if strings.ContainsAny(local, " \t\"(),;<>[]\\") {
		return ""
	}
	if local == "" || domain == "" || strings.ContainsAny(domain, " \t\"(),;<>\\@") {
		return ""
	}
	email := strings.ToLower(local + "@" + domain)
	if strings.ContainsFunc(email, func(r rune) bool {
		return unicode.IsControl(r) || invisible(r) || r == utf8.RuneError || unicode.IsSpace(r) && r != ' '
	}) {
		return ""
	}
	return email
}

const longestName = 200 // characters

// cleanName returns a display name for people: decoded, without quotes and invisible characters.
func cleanName(s, charset string) string {
	s = strings.TrimSpace(decodeField(s, charset))
	for range 3 { // '"A Name"', and worse
		t := strings.TrimSpace(strings.Trim(unquote(s), `"`))
		if len(t) > 1 && t[0] == '\'' && t[len(t)-1] == '\'' {
			t = t[1 : len(t)-1]
		}
		if t == s {
			break
		}
		s = t
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || invisible(r) {
			return -1
		}
		return r
	}, s)
	return firstRunes(strings.Trim(s, " \t<>,;"), longestName)
}

// invisible reports whether a character is invisible or reorders others. Such characters can make a
// name look like another.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0x061C, r == 0xFEFF, r == 0x00AD:
		return true
	}
	return false
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// local returns the part of an address before the @, or a whole name without one.
func local(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[:i]
	}
	return s
}
