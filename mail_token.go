package helpdesk

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

// A customer holds a token instead of a login: see package linktoken.

// holderOf returns the customer of a ticket, as tokens name them.
func holderOf(t *Ticket) linktoken.Holder {
	return linktoken.Holder{
		Tenant: string(t.Tenant), Ticket: string(t.ID), Ref: t.Ref, Customer: t.Customer.Email, Resolved: t.ResolvedAt, Ended: t.LinksEnded,
	}
}

// token returns a token for the ticket's customer; empty without Config.Mail or an address.
func (d *Desk) token(p linktoken.Purpose, t *Ticket) string {
	if d.cfg.Mail == nil || t.Customer.Email == "" {
		return ""
	}
	return linktoken.New(d.cfg.Mail.Keys[0], p, holderOf(t), d.now().Add(d.cfg.Mail.LinkAge))
}

// bearer returns the ticket of a token. A forged token is ErrNotFound even if its ticket exists.
// A token that was genuine and has ended is ErrLinkEnded, with the ticket.
func (d *Desk) bearer(ctx context.Context, p linktoken.Purpose, text string) (*Ticket, error) {
	if d.cfg.Mail == nil {
		return nil, ErrNotFound
	}
	token, ok := linktoken.Parse(p, text)
	if !ok || checkLine("ref", token.Ref, linktoken.MaxRef, true) != nil {
		return nil, ErrNotFound
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Refs: refs(token.Ref)})
	if err != nil {
		return nil, err
	}
	for _, t := range page.Tickets {
		switch ended, genuine := token.Signed(d.cfg.Mail.Keys, holderOf(t)); {
		case !genuine:
		case ended != t.LinksEnded || token.Over(holderOf(t), d.now()) || (p == linktoken.Rating && t.rated()):
			return t, ErrLinkEnded
		default:
			return t, nil
		}
	}
	return nil, ErrNotFound
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
	if d.cfg.Mail == nil || len(s) <= linktoken.SignatureChars {
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
