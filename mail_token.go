package helpdesk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

// A customer holds a token instead of a login: after the plus of a reply address, or in a link. It
// is bound to the tenant, the ticket, the customer's address, a purpose, and Ticket.LinksEnded. The
// token of a link begins with its claims, which are signed too: the day after which it ends, and
// for a rating the time of the resolution. It shows nothing else but the ticket's reference:
//
//	c                 26 characters of signature 7q2m-x4kd
//	v 05073           26 characters of signature 7q2m-x4kd
//	r 05073 069a5551f 26 characters of signature 7q2m-x4kd
//
// Mail programs may change the case of an address, so the desk ignores case.

// purpose is the use of a token.
type purpose string

const (
	forReply  purpose = "c" // a mail to the ticket
	forRating purpose = "r" // a rating of the ticket
	forView   purpose = "v" // reading and answering the ticket in a browser
)

// signature encodes the first half of an HMAC-SHA256 (RFC 2104, section 5) in Crockford's base32.
var signature = base32.NewEncoding(strings.ToLower(crockford)).WithPadding(base32.NoPadding)

// Lengths of the parts of a token, in characters. Package striptoken knows them too.
const (
	endChars       = 5  // days since 1970 in hexadecimal, up to the year 4840
	resolvedChars  = 9  // seconds since 1970 in hexadecimal
	signatureChars = 26 // of 16 bytes
	maxRef         = 20
)

// claims is the length of the claims in a token for p.
func (p purpose) claims() int {
	switch p {
	case forView:
		return endChars
	case forRating:
		return endChars + resolvedChars
	}
	return 0
}

// token returns a token for the ticket's customer; empty without Config.Mail or an address.
func (d *Desk) token(p purpose, t *Ticket) string {
	if d.cfg.Mail == nil || t.Customer.Email == "" {
		return ""
	}
	claims := ""
	if p != forReply {
		claims = fmt.Sprintf("%0*x", endChars, day(d.now().Add(d.cfg.Mail.LinkAge)))
	}
	if p == forRating {
		claims += resolution(t)
	}
	return string(p) + claims + signature.EncodeToString(sign(d.cfg.Mail.Keys[0], p, t, claims, t.LinksEnded)) + strings.ToLower(t.Ref)
}

// day returns the number of a time's day since 1970, in UTC.
func day(at time.Time) int64 { return at.Unix() / int64(24*time.Hour/time.Second) }

// resolution is a claim: the resolution of the ticket that a token rates.
func resolution(t *Ticket) string {
	return fmt.Sprintf("%0*x", resolvedChars, max(0, t.ResolvedAt.Unix()))
}

// sign signs purpose, tenant, ticket, customer, claims and the number of times that the links of
// the ticket were ended, each after its length to keep them apart.
func sign(key []byte, p purpose, t *Ticket, claims string, ended int) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("helpdesk token 2"))
	for _, s := range []string{string(p), string(t.Tenant), string(t.ID), t.Customer.Email, claims, strconv.Itoa(ended)} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		mac.Write([]byte(s))
	}
	return mac.Sum(nil)[:16]
}

// bearer returns the ticket of a token. A forged token is ErrNotFound even if its ticket exists.
// A token that was genuine and has ended is ErrLinkEnded, with the ticket.
func (d *Desk) bearer(ctx context.Context, p purpose, token string) (*Ticket, error) {
	if d.cfg.Mail == nil {
		return nil, ErrNotFound
	}
	rest, ok := strings.CutPrefix(strings.ToLower(token), string(p))
	head := p.claims()
	if !ok || len(rest) <= head+signatureChars || len(rest) > head+signatureChars+maxRef {
		return nil, ErrNotFound
	}
	claims, given, ref := rest[:head], rest[head:head+signatureChars], rest[head+signatureChars:]
	if checkLine("ref", ref, maxRef, true) != nil {
		return nil, ErrNotFound
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Refs: refs(ref)})
	if err != nil {
		return nil, err
	}
	for _, t := range page.Tickets {
		switch ended, genuine := d.signed(p, t, claims, given); {
		case !genuine:
		case ended != t.LinksEnded || d.over(p, t, claims):
			return t, ErrLinkEnded
		default:
			return t, nil
		}
	}
	return nil, ErrNotFound
}

// mostEnded is how many times back a token is known as genuine after [Desk.EndLinks].
const mostEnded = 100

// signed reports whether a signature is genuine, and what Ticket.LinksEnded was when it was made.
func (d *Desk) signed(p purpose, t *Ticket, claims, given string) (ended int, genuine bool) {
	if t.Customer.Email == "" {
		return 0, false
	}
	for ended = t.LinksEnded; ended >= max(0, t.LinksEnded-mostEnded); ended-- {
		for _, key := range d.cfg.Mail.Keys {
			made := signature.EncodeToString(sign(key, p, t, claims, ended)) // has unused bits: compare as text
			if hmac.Equal([]byte(given), []byte(made)) {
				return ended, true
			}
		}
	}
	return 0, false
}

// over reports whether genuine claims no longer hold.
func (d *Desk) over(p purpose, t *Ticket, claims string) bool {
	if p == forReply {
		return false
	}
	end, err := strconv.ParseInt(claims[:endChars], 16, 64)
	if err != nil || end < day(d.now()) {
		return true
	}
	return p == forRating && (claims[endChars:] != resolution(t) || t.rated())
}

// refs returns the spellings under which a reference from a mail may be stored.
func refs(ref string) []string {
	all := []string{strings.ToUpper(ref), ref, strings.ToLower(ref)}
	slices.Sort(all)
	return slices.Compact(all)
}

// nameOf returns an id that depends only on parts, in the form of a UUID (version 8, RFC 9562).
func nameOf(parts ...string) string {
	h := sha256.New()
	for _, s := range parts {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		h.Write([]byte(s))
	}
	b := h.Sum(nil)[:16]
	b[6] = b[6]&0x0f | 0x80
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// withoutTokens returns a text with each address that holds a token of a desk replaced by
// "[link removed]". A customer quotes the mails of the desk, and whoever reads the token can act as
// that customer. Tokens are known by their form, so those of other tenants and those that ended go
// too.
func (d *Desk) withoutTokens(s string) string {
	if d.cfg.Mail == nil || len(s) < 1+signatureChars {
		return s
	}
	return striptoken.From(s, d.tokenFronts())
}

// tokenFronts returns the texts that stand before a token in the desk's addresses, in lower case.
func (d *Desk) tokenFronts() []string {
	var fronts []string
	if local, _, ok := strings.Cut(d.mailbox(), "@"); ok {
		fronts = append(fronts, local+"+")
	}
	const mark = "0token0"
	for _, url := range []func(TenantID, string) string{d.cfg.Mail.RateURL, d.cfg.Mail.TicketURL} {
		if url == nil {
			continue
		}
		if front, _, ok := strings.Cut(url(d.tenant, mark), mark); ok && front != "" {
			fronts = append(fronts, strings.ToLower(front))
		}
	}
	return fronts
}
