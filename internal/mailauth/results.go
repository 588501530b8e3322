package mailauth

import "strings"

// maxField is the longest Authentication-Results field that is read, in bytes.
const maxField = 16 << 10

// Parse reads the value of an Authentication-Results field (RFC 8601, section 2.2). server is its
// authserv-id in lower case. ok is false for a field that cannot be read as a whole: a result in it
// may be the text of a stranger. Two results of DMARC or SPF that differ are none, unless one of
// DMARC is "fail".
func Parse(field string) (server string, c *Checks, ok bool) {
	if len(field) > maxField {
		return "", nil, false
	}
	parts, ok := split(field)
	if !ok || len(parts) == 0 || len(parts[0]) == 0 {
		return "", nil, false
	}
	server = strings.ToLower(parts[0][0].text) // a version may follow
	if server == "" || parts[0][0].sign || len(parts[0]) > 2 {
		return "", nil, false
	}
	c = &Checks{}
	var dmarc, spf []string
	for _, words := range parts[1:] {
		pairs, ok := pairsOf(words)
		if !ok {
			return "", nil, false
		}
		if len(pairs) == 0 {
			continue // "none", or nothing behind the last semicolon
		}
		method, _, _ := strings.Cut(pairs[0].name, "/")
		result, properties := strings.ToLower(pairs[0].value), map[string]string{}
		for _, p := range pairs[1:] {
			if _, twice := properties[p.name]; twice {
				return "", nil, false
			}
			properties[p.name] = p.value
		}
		switch method {
		case "dmarc":
			dmarc, c.Author = append(dmarc, result), properties["header.from"]
		case "spf":
			spf, c.Path = append(spf, result), properties["smtp.mailfrom"]
		case "dkim":
			domain := properties["header.d"]
			if domain == "" {
				domain = properties["header.i"]
			}
			c.DKIM = append(c.DKIM, Signature{result, domain})
		}
	}
	c.DMARC, c.SPF = one(dmarc), one(spf)
	return server, c, true
}

// one returns the result of all; "" when they differ. "fail" among them stands.
func one(results []string) string {
	if len(results) == 0 {
		return ""
	}
	for _, r := range results {
		if r == "fail" {
			return r
		}
	}
	for _, r := range results {
		if r != results[0] {
			return ""
		}
	}
	return results[0]
}

// word is a word of a field. sign says that it is an equals sign outside quotes.
type word struct {
	text string
	sign bool
}

type pair struct{ name, value string }

// pairsOf reads "method=result name=value ...". A word alone is "none".
func pairsOf(words []word) (pairs []pair, ok bool) {
	if len(words) == 0 || len(words) == 1 && strings.EqualFold(words[0].text, "none") {
		return nil, true
	}
	for len(words) > 0 {
		if len(words) < 3 || words[0].sign || !words[1].sign || words[2].sign {
			return nil, false
		}
		pairs = append(pairs, pair{strings.ToLower(words[0].text), words[2].text})
		words = words[3:]
	}
	return pairs, true
}

// split returns the words between the semicolons of a field, without comments. ok is false when a
// quote or a comment is not closed.
func split(field string) (parts [][]word, ok bool) {
	var words []word
	var text strings.Builder
	some := false
	end := func() {
		if some {
			words = append(words, word{text: text.String()})
		}
		text.Reset()
		some = false
	}
	for i := 0; i < len(field); i++ {
		switch b := field[i]; b {
		case ' ', '\t', '\r', '\n':
			end()
		case '(':
			end()
			if i = comment(field, i); i < 0 {
				return nil, false
			}
		case ')':
			return nil, false
		case '"':
			some = true
			for i++; ; i++ {
				if i >= len(field) {
					return nil, false
				}
				if field[i] == '"' {
					break
				}
				if field[i] == '\\' && i+1 < len(field) {
					i++
				}
				text.WriteByte(field[i])
			}
		case ';':
			end()
			parts, words = append(parts, words), nil
		case '=':
			// A value may hold the sign: only the first one behind a name is one.
			if n := len(words); some && (n == 0 || !words[n-1].sign) || !some && n > 0 && !words[n-1].sign {
				end()
				words = append(words, word{"=", true})
				continue
			}
			some = true
			text.WriteByte(b)
		default:
			some = true
			text.WriteByte(b)
		}
	}
	end()
	return append(parts, words), true
}

// comment returns the end of the comment that begins at start; -1 when there is none.
func comment(field string, start int) int {
	depth := 0
	for i := start; i < len(field); i++ {
		switch field[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
