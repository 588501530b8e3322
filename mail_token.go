package helpdesk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

// A customer holds a token instead of a login: after the plus of a reply address, or in a link. It
// is bound to the tenant, the ticket, the customer's address and a purpose. It shows nothing but
// the ticket's reference:
//
//	c 26 characters of signature 7q2m-x4kd
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

const signatureChars = 26 // of 16 bytes

// token returns a token for the ticket's customer; empty without Config.Mail or an address.
func (d *Desk) token(p purpose, t *Ticket) string {
	if d.cfg.Mail == nil || t.Customer.Email == "" {
		return ""
	}
	return string(p) + signature.EncodeToString(sign(d.cfg.Mail.Keys[0], p, t)) + strings.ToLower(t.Ref)
}

// sign signs purpose, tenant, ticket and customer, each after its length to keep them apart.
func sign(key []byte, p purpose, t *Ticket) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("helpdesk token 1"))
	for _, s := range []string{string(p), string(t.Tenant), string(t.ID), t.Customer.Email} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		mac.Write([]byte(s))
	}
	return mac.Sum(nil)[:16]
}

// bearer returns the ticket of a token. A forged token is ErrNotFound even if its ticket exists.
func (d *Desk) bearer(ctx context.Context, p purpose, token string) (*Ticket, error) {
	if d.cfg.Mail == nil {
		return nil, ErrNotFound
	}
	rest, ok := strings.CutPrefix(strings.ToLower(token), string(p))
	if !ok || len(rest) <= signatureChars || len(rest) > signatureChars+maxRef {
		return nil, ErrNotFound
	}
	given, ref := rest[:signatureChars], rest[signatureChars:]
	if checkLine("ref", ref, maxRef, true) != nil {
		return nil, ErrNotFound
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Refs: refs(ref)})
	if err != nil {
		return nil, err
	}
	for _, t := range page.Tickets {
		for _, key := range d.cfg.Mail.Keys {
			signed := signature.EncodeToString(sign(key, p, t)) // has unused bits: compare as text
			if t.Customer.Email != "" && hmac.Equal([]byte(given), []byte(signed)) {
				return t, nil
			}
		}
	}
	return nil, ErrNotFound
}

const maxRef = 20 // characters

// refs returns the spellings under which a reference from a mail may be stored.
func refs(ref string) []string {
	all := []string{strings.ToUpper(ref), ref, strings.ToLower(ref)}
	slices.Sort(all)
	return slices.Compact(all)
}

// RateLink is [Desk.Rate] with a token passed to [MailConfig.RateURL]; ErrNotFound if it is
// invalid.
func (d *Desk) RateLink(ctx context.Context, token string, score int, comment string) (*Ticket, error) {
	t, err := d.bearer(ctx, forRating, token)
	if err != nil {
		return nil, d.fail("rate by link", "", err)
	}
	who := Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
	return d.As(who).Rate(ctx, t.ID, score, comment)
}

// RateLinkTicket returns the ticket of a token for [Desk.RateLink], as its customer sees it.
func (d *Desk) RateLinkTicket(ctx context.Context, token string) (*Ticket, error) {
	t, err := d.bearer(ctx, forRating, token)
	return d.As(Actor{Role: RoleCustomer}).show(t), d.fail("read by link", "", err)
}

// ViewLink returns the customer and the ticket of a token that was passed to
// [MailConfig.TicketURL]. Use them with [Desk.As], and offer the holder no other ticket of the
// customer. For a ticket merged into another one of the same customer it returns that one; merged
// into another customer's ticket it returns the ticket itself. An invalid token is ErrNotFound.
func (d *Desk) ViewLink(ctx context.Context, token string) (Actor, TicketID, error) {
	t, err := d.bearer(ctx, forView, token)
	if err != nil {
		return Actor{}, "", d.fail("read by link", "", err)
	}
	who := Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
	id, err := d.As(who).survivor(ctx, t.ID)
	if errors.Is(err, ErrNotFound) {
		id, err = t.ID, nil
	}
	return who, id, d.fail("read by link", t.ID, err)
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
		fronts = append(fronts, local+"+", local+"%2b", local+"&#43;")
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
