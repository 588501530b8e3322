package email

import "strings"

const (
	longestID = 998 // a line of RFC 5322
	mostIDs   = 100
)

// msgIDs returns the Message-IDs (RFC 5322, 3.6.4) of a field's values, in their order, without
// angle brackets. Without brackets it takes words with an @. Of very many it keeps the first and
// the latest.
func msgIDs(values []string) (ids []string) {
	for _, v := range values {
		ids = append(ids, idsOf(v)...)
	}
	if len(ids) > mostIDs {
		ids = append(ids[:1:1], ids[len(ids)-mostIDs+1:]...)
	}
	return ids
}

func idsOf(s string) (ids []string) {
	s = strings.ToValidUTF8(s, "")
	if !strings.Contains(s, "<") {
		for f := range strings.FieldsFuncSeq(s, func(r rune) bool { return r <= ' ' || r == ',' || r == ';' }) {
			if strings.Contains(f, "@") {
				ids = appendID(ids, f)
			}
		}
		return ids
	}
	for {
		_, rest, ok := strings.Cut(s, "<")
		if !ok {
			return ids
		}
		id, rest, ok := strings.Cut(rest, ">")
		if i := strings.LastIndexByte(id, '<'); i >= 0 {
			id = id[i+1:]
		}
		if !ok && strings.ContainsAny(strings.TrimSpace(id), " \t") {
			return ids
		}
		ids = appendID(ids, id)
		s = rest
	}
}

func appendID(ids []string, id string) []string {
	id = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F {
			return -1
		}
		return r
	}, strings.Trim(id, "<> \t"))
	if id == "" || len(id) > longestID {
		return ids
	}
	return append(ids, id)
}

// msgID returns the one Message-ID or Content-ID of a field, or "".
func msgID(value string) string {
	if ids := idsOf(value); len(ids) > 0 {
		return ids[0]
	}
	if ids := appendID(nil, value); len(ids) > 0 && !strings.ContainsAny(strings.TrimSpace(value), " \t") {
		return ids[0]
	}
	return ""
}
