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
)

// Tokens are what a customer holds instead of a login: behind the plus of a reply address, or in a link. One is bound to the
// tenant, the ticket, the customer's address and what it is for, and says nothing but the ticket's reference:
//
//	c 26 characters of signature 7q2m-x4kd
//
// Mail programs may change the case of an address, so case means nothing.

// purpose is what a token is good for.
type purpose string

const (
	forReply  purpose = "c" // a mail to the ticket
	forRating purpose = "r" // a rating of it
	forView   purpose = "v" // reading it and answering in a browser
)

// signature is an HMAC-SHA256 cut to its first half (RFC 2104, section 5) in Crockford's base32.
var signature = base32.NewEncoding(strings.ToLower(crockford)).WithPadding(base32.NoPadding)

const signatureChars = 26 // of 16 bytes

// token makes a token for the ticket's customer; empty without Config.Mail.
func (d *Desk) token(p purpose, t *Ticket) string {
	if d.cfg.Mail == nil || t.Customer.Email == "" {
		return ""
	}
	return string(p) + signature.EncodeToString(sign(d.cfg.Mail.Keys[0], p, t)) + strings.ToLower(t.Ref)
}

// sign binds purpose, tenant, ticket and customer: each led by its length, so that none can run into the next.
func sign(key []byte, p purpose, t *Ticket) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("helpdesk token 1"))
	for _, s := range []string{string(p), string(t.Tenant), string(t.ID), t.Customer.Email} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(s))))
		mac.Write([]byte(s))
	}
	return mac.Sum(nil)[:16]
}

// bearer returns the ticket that a token is for, or ErrNotFound: a forged one tells nothing of what there is.
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
			signed := signature.EncodeToString(sign(key, p, t)) // compared as text: the last character has bits to spare
			if t.Customer.Email != "" && hmac.Equal([]byte(given), []byte(signed)) {
				return t, nil
			}
		}
	}
	return nil, ErrNotFound
}

const maxRef = 20 // characters

// refs returns the ways in which a reference that came by mail may be stored.
func refs(ref string) []string {
	all := []string{strings.ToUpper(ref), ref, strings.ToLower(ref)}
	slices.Sort(all)
	return slices.Compact(all)
}

// RateLink is [Desk.Rate] by somebody who holds the token of a link that [MailConfig.RateURL] was given, and nothing else. A token that
// is not valid is ErrNotFound.
func (d *Desk) RateLink(ctx context.Context, token string, score int, comment string) (*Ticket, error) {
	t, err := d.bearer(ctx, forRating, token)
	if err != nil {
		return nil, d.fail("rate by link", "", err)
	}
	who := Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
	return d.As(who).Rate(ctx, t.ID, score, comment)
}

// RateLinkTicket returns the ticket such a token is for, as its customer sees it.
func (d *Desk) RateLinkTicket(ctx context.Context, token string) (*Ticket, error) {
	t, err := d.bearer(ctx, forRating, token)
	return d.As(Actor{Role: RoleCustomer}).show(t), d.fail("read by link", "", err)
}

// ViewLink returns the customer and the ticket that a token is for which [MailConfig.TicketURL] was given, to act on with [Desk.As]. It
// is good for that one ticket: what serves such a link must offer no other of the customer's. A ticket merged into another of
// the same customer leads there; into one of somebody else's it stays what it was. A token that is not valid is ErrNotFound.
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

// nameOf returns an id that is made of texts: the same for the same, of the form of a UUID (version 8, RFC 9562).
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
