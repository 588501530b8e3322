// Package striptoken takes the tokens of a desk out of texts that quote its mails.
package striptoken

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Removed stands in a text where a token stood.
const Removed = "[link removed]"

// The form of a token: a letter for its purpose, claims in hexadecimal, a signature, and the
// reference of the ticket.
const (
	purposes       = "crvCRV"
	alphabet       = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base32
	signatureChars = 26
	viewClaims     = 5  // characters of claims in a link to a ticket; reply addresses have none
	ratingClaims   = 14 // and in a link for a rating
	refHalf        = 4  // characters on each side of the hyphen in a reference of the desk
	maxRef         = 20 // characters in a reference of a host's own form
)

// From returns s with each address that holds a token replaced by [Removed]. A token whose
// reference has a host's own form is known only behind one of the fronts, which are in lower case.
// The end of a line, a quote mark or a soft hyphen may stand within a token. The result is never
// longer than s, and the time is proportional to its length.
func From(s string, fronts []string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(purposes, s[i]) < 0 {
			continue
		}
		to := end(s, i, fronts)
		if to < 0 {
			continue
		}
		from := i
		for from > done && inAddress(s[from-1]) {
			from--
		}
		for to < len(s) && inAddress(s[to]) {
			to++
		}
		out.WriteString(s[done:from])
		out.WriteString(Removed)
		done, i = to, to-1
	}
	out.WriteString(s[done:])
	return out.String()
}

// end returns the end of the token that starts at s[i], or -1 when none does.
func end(s string, i int, fronts []string) int {
	at := run(s, i+1, signatureChars)
	if at < 0 {
		return -1
	}
	behind := at
	for _, claims := range []int{0, viewClaims, ratingClaims - viewClaims} {
		if behind = run(s, behind, claims); behind < 0 {
			break
		}
		if half := run(s, behind, refHalf); half >= 0 {
			if dash := skipDash(s, skipBreak(s, half)); dash >= 0 {
				if whole := run(s, dash, refHalf); whole >= 0 {
					return whole
				}
			}
		}
	}
	for _, front := range fronts {
		if begin := i - len(front); begin >= 0 && strings.EqualFold(s[begin:i], front) {
			for range ratingClaims + maxRef {
				r, size := utf8.DecodeRuneInString(s[at:])
				if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
					break
				}
				at += size
			}
			return at
		}
	}
	return -1
}

// run returns the end of n characters of a token from s[i], or -1. Breaks may stand before each.
func run(s string, i, n int) int {
	for ; n > 0; n-- {
		if i = skipBreak(s, i); i >= len(s) || !inAlphabet[s[i]] {
			return -1
		}
		i++
	}
	return i
}

// inAlphabet says which bytes are characters of a signature or a reference, in either case.
var inAlphabet = func() (in [256]bool) {
	for _, b := range []byte(alphabet + strings.ToLower(alphabet)) {
		in[b] = true
	}
	return in
}()

// breaks are the texts by which programs break a long word within its line.
var breaks = []string{"\u00ad", "\u200b", "&shy;", "&#173;", "&#8203;", "<wbr>", "<wbr/>", "<wbr />"}

// skipBreak returns the index behind the breaks at s[i]. Behind the end of a line it skips the
// marks of a quotation too.
func skipBreak(s string, i int) int {
	if i < len(s) && inAlphabet[s[i]] {
		return i // the usual case
	}
	for i < len(s) && strings.IndexByte("\u00ad\u200b&<", s[i]) >= 0 {
		at := slices.IndexFunc(breaks, func(b string) bool { return strings.HasPrefix(s[i:], b) })
		if at < 0 {
			break
		}
		i += len(breaks[at])
	}
	if i >= len(s) || strings.IndexByte("= \t\r\n", s[i]) < 0 {
		return i
	}
	rest := strings.TrimLeft(s[i:min(len(s), i+maxBreak)], "= \t\r")
	if !strings.HasPrefix(rest, "\n") {
		return i
	}
	at := min(len(s), i+maxBreak) - len(rest)
	tail := s[at:min(len(s), at+maxBreak)]
	return at + len(tail) - len(strings.TrimLeft(tail, "\n\r\t >|"))
}

const maxBreak = 40 // bytes before the end of a line, and behind it

// skipDash returns the index behind the hyphen at s[i], or -1.
func skipDash(s string, i int) int {
	for _, dash := range []string{"-", "%2d", "%2D", "&#45;", "&#x2d;", "&#x2D;"} {
		if strings.HasPrefix(s[i:], dash) {
			return i + len(dash)
		}
	}
	return -1
}

// inAddress reports whether b may stand in an address around a token. Quotes and angle brackets end
// an address in HTML. Letters beyond ASCII may be words that stand beside it.
func inAddress(b byte) bool {
	return ' ' < b && b < utf8.RuneSelf && !strings.ContainsRune("<>\"'()[]{}|`,;", rune(b))
}
