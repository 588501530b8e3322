// Package linktoken signs what a customer holds instead of a login: the text after the plus of a
// reply address, or in a link. Agents hold one for their answers to notices.
//
// A token is bound to the tenant, the ticket, the customer's address, a purpose, and the number of
// times that the links of the ticket were ended. The token of a link begins with its claims, which
// are signed too: the day after which it ends, and for a rating the time of the resolution. It
// shows nothing else but the ticket's reference:
//
//	c                 26 characters of signature 7q2m-x4kd
//	s                 26 characters of signature 7q2m-x4kd
//	v 05073           26 characters of signature 7q2m-x4kd
//	r 05073 069a5551f 26 characters of signature 7q2m-x4kd
//
// Mail programs may change the case of an address, so case does not count.
package linktoken

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/reference"
)

// Purpose is the use of a token.
type Purpose string

// The purposes.
const (
	Reply  Purpose = "c" // a mail to the ticket
	Rating Purpose = "r" // a rating of the ticket
	Staff  Purpose = "s" // a mail of an agent to the ticket
	View   Purpose = "v" // reading and answering the ticket in a browser
)

// Lengths of the parts of a token, in characters.
const (
	ViewClaims     = endChars
	RatingClaims   = endChars + resolvedChars
	SignatureChars = 26 // of 16 bytes
	MaxRef         = 20

	endChars      = 5 // days since 1970 in hexadecimal, up to the year 4840
	resolvedChars = 9 // seconds since 1970 in hexadecimal
)

// Alphabet has the characters of a signature.
var Alphabet = strings.ToLower(reference.Crockford)

// signature encodes the first half of an HMAC-SHA256 (RFC 2104, section 5) in Crockford's base32.
var signature = base32.NewEncoding(Alphabet).WithPadding(base32.NoPadding)

// claims is the length of the claims in a token for p.
func (p Purpose) claims() int {
	switch p {
	case View:
		return ViewClaims
	case Rating:
		return RatingClaims
	}
	return 0
}

// Holder is the customer of a ticket, to whom a token is bound.
type Holder struct {
	Tenant, Ticket, Ref string
	Customer            string    // the mail address; without one no token is genuine
	Resolved            time.Time // the resolution that a rating is for
	Ended               int       // how often the links of the ticket were ended
}

// New returns a token that is signed with a key. That of a link works until the end of a day, in
// UTC; a reply address has no age.
func New(key []byte, p Purpose, h Holder, until time.Time) string {
	claims := ""
	if p != Reply && p != Staff {
		claims = fmt.Sprintf("%0*x", endChars, day(until))
	}
	if p == Rating {
		claims += h.resolution()
	}
	return string(p) + claims + h.sign(key, p, claims, h.Ended) + strings.ToLower(h.Ref)
}

// day returns the number of a time's day since 1970, in UTC.
func day(at time.Time) int64 { return at.Unix() / int64(24*time.Hour/time.Second) }

// resolution is a claim: the resolution of the ticket that a token rates.
func (h *Holder) resolution() string {
	return fmt.Sprintf("%0*x", resolvedChars, max(0, h.Resolved.Unix()))
}

// sign signs purpose, tenant, ticket, customer, claims and the number of times that the links of
// the ticket were ended, each after its length to keep them apart.
func (h *Holder) sign(key []byte, p Purpose, claims string, ended int) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("helpdesk token 2"))
	for _, s := range []string{string(p), h.Tenant, h.Ticket, h.Customer, claims, strconv.Itoa(ended)} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		mac.Write([]byte(s))
	}
	return signature.EncodeToString(mac.Sum(nil)[:16])
}

// Token is a text in the form of a token. It may be forged.
type Token struct {
	Ref string // of the ticket, in lower case

	purpose       Purpose
	claims, given string
}

// Parse reads a token for a purpose. It returns false for a text of another form.
func Parse(p Purpose, text string) (Token, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(text), string(p))
	head := p.claims()
	if !ok || len(rest) <= head+SignatureChars || len(rest) > head+SignatureChars+MaxRef {
		return Token{}, false
	}
	return Token{rest[head+SignatureChars:], p, rest[:head], rest[head : head+SignatureChars]}, true
}

// mostEnded is how many times back a token is known as genuine after its links were ended.
const mostEnded = 100

// Signed reports whether the token is genuine and of the holder, and what Ended was when it was
// made.
func (t Token) Signed(keys [][]byte, h Holder) (ended int, genuine bool) {
	if h.Customer == "" {
		return 0, false
	}
	for ended = h.Ended; ended >= max(0, h.Ended-mostEnded); ended-- {
		for _, key := range keys {
			made := h.sign(key, t.purpose, t.claims, ended) // has unused bits: compare as text
			if hmac.Equal([]byte(t.given), []byte(made)) {
				return ended, true
			}
		}
	}
	return 0, false
}

// Over reports whether the claims of a genuine token no longer hold: its day has passed, or it
// rates an earlier resolution.
func (t Token) Over(h Holder, now time.Time) bool {
	if t.purpose == Reply || t.purpose == Staff {
		return false
	}
	end, err := strconv.ParseInt(t.claims[:endChars], 16, 64)
	return err != nil || end < day(now) || (t.purpose == Rating && t.claims[endChars:] != h.resolution())
}
