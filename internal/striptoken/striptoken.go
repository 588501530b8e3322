// Package striptoken takes the tokens of a desk out of texts that quote its mails.
package striptoken

import (
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
)

// Removed stands in a text where a token stood.
const Removed = "[link removed]"

// The form of a token: a letter for its purpose, claims in hexadecimal, a signature, and the
// reference of the ticket. See package linktoken.
const (
	purposes       = string(linktoken.Reply + linktoken.Staff + linktoken.Rating + linktoken.View)
	signatureChars = linktoken.SignatureChars
	viewClaims     = linktoken.ViewClaims   // characters of claims in a link to a ticket; reply addresses have none
	ratingClaims   = linktoken.RatingClaims // and in a link for a rating
	refHalf        = 4                      // characters on each side of the hyphen in a reference of the desk
	maxRef         = linktoken.MaxRef       // characters in a reference of a host's own form
)

var alphabet = linktoken.Alphabet

// From returns s with each address that holds a token replaced by [Removed]. A token whose
// reference has a host's own form is known only behind one of the fronts, which are in lower case.
// The characters of a token may be written as entities of HTML or with percent signs. The end of a
// line, a quote mark, a tag or an invisible character may stand within a token. The result is never
// longer than s, and the time is proportional to its length.
func From(s string, fronts []string) string {
	x := newScanner(s, fronts)
	x.scan()
	return x.without(len(s))
}

// without returns the text up to an end that divides no token, without its tokens.
func (x *scanner) without(end int) string {
	if len(x.found) == 0 {
		return x.s[:end]
	}
	var out strings.Builder
	done := 0
	for _, t := range x.found {
		from, to := t.from, t.to
		if to <= done {
			continue // in the address of the token before it
		}
		if from >= end {
			break
		}
		from = max(from, done)
		for from > done && inAddress(x.s[from-1]) {
			from--
		}
		for to < end && inAddress(x.s[to]) {
			to++
		}
		x.steps += t.from - from + to - t.to
		out.WriteString(x.s[done:from])
		if from > done || done == 0 {
			out.WriteString(Removed)
		}
		done = to
	}
	out.WriteString(x.s[done:end])
	return out.String()
}

// inAddress reports whether b may stand in an address around a token. Quotes and angle brackets end
// an address in HTML. Letters beyond ASCII may be words that stand beside it.
func inAddress(b byte) bool { return addressByte[b] }

var addressByte = func() (in [256]bool) {
	for b := byte('!'); b < utf8.RuneSelf; b++ {
		in[b] = strings.IndexByte("<>\"'()[]{}|`,;", b) < 0
	}
	return in
}()
