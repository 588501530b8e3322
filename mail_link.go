package helpdesk

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
	"github.com/helpdesk-go/helpdesk/internal/reference"
	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

// bearerOf returns the customer of a ticket, for whom the holder of a link acts.
func bearerOf(t *Ticket) Actor {
	return Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
}

// ViewLink returns the ticket of a token that was passed to [MailConfig.TicketURL], and a desk that
// acts for its customer on that ticket alone: it finds no other ticket of the customer and opens
// none, and it rates a resolution once. For a ticket merged into another one of the same customer
// they are for that one; merged into another customer's ticket they are for the ticket itself. An
// invalid token is ErrNotFound, and one that has ended is ErrLinkEnded: see [Desk.RenewLink].
func (d *Desk) ViewLink(ctx context.Context, token string) (*Desk, TicketID, error) {
	const op = "read by link"
	t, err := d.bearer(ctx, linktoken.View, token)
	if err != nil {
		return nil, "", d.fail(op, "", err)
	}
	e := d.As(bearerOf(t))
	if e.only, err = e.survivor(ctx, t.ID); err != nil {
		return nil, "", d.fail(op, t.ID, err)
	}
	return e, e.only, nil
}

// RateLink is [Desk.Rate] with a token passed to [MailConfig.RateURL]. The first rating of a
// resolution ends its links for a rating, so whoever gets to see the mail later changes nothing. An
// invalid token is ErrNotFound. One that has ended, or whose ticket is open again, is ErrLinkEnded.
func (d *Desk) RateLink(ctx context.Context, token string, score int, comment string) (*Ticket, error) {
	t, err := d.bearer(ctx, linktoken.Rating, token)
	if err != nil {
		return nil, d.fail("rate by link", "", err)
	}
	e := d.As(bearerOf(t))
	e.only = t.ID
	return e.Rate(ctx, t.ID, score, comment)
}

// RateLinkTicket returns the ticket of a token for [Desk.RateLink], as its customer sees it.
func (d *Desk) RateLinkTicket(ctx context.Context, token string) (*Ticket, error) {
	t, err := d.bearer(ctx, linktoken.Rating, token)
	if err != nil {
		return nil, d.fail("read by link", "", err)
	}
	return d.As(bearerOf(t)).show(t), nil
}

// RenewLink mails a new link to the customer of a link that has ended, given its token of either
// kind. The mail goes to the address that the ticket has, so it is of no use to others. One address
// gets at most 3 such mails an hour and 10 a day. RenewLink does not say whether it mailed one: a
// token that still works, and one whose customer has had enough mails, are no errors. An invalid
// token is ErrNotFound.
func (d *Desk) RenewLink(ctx context.Context, token string) error {
	const op = "renew link"
	t, err := d.bearer(ctx, linktoken.View, token)
	if errors.Is(err, ErrNotFound) {
		t, err = d.bearer(ctx, linktoken.Rating, token)
	}
	if !errors.Is(err, ErrLinkEnded) {
		return d.fail(op, "", err)
	}
	if d.cfg.Mail.TicketURL == nil || d.cfg.Notifier == nil {
		return nil
	}
	_, err = d.As(Actor{}).update(ctx, t.ID, Actor{}, func(x *draft) error {
		if may, err := x.mayMail(ctx, NoticeLink); err != nil || !may {
			return err
		}
		x.notify(notice{Kind: NoticeLink, Audience: toCustomer, Text: "Here is a new link to your request."})
		return nil
	})
	if dup := (*DuplicateError)(nil); errors.As(err, &dup) {
		err = nil // another call was faster
	}
	return d.fail(op, "", err)
}

// EndLinks ends all links and reply addresses in the mails to the ticket's customer so far, such as
// after such a mail came into wrong hands. It does the same for tickets of the customer that were
// merged into this one. Later mails hold new links, and [Desk.RenewLink] mails one. An answer to an
// earlier mail still finds the ticket by its Message-ID. Only agents, admins and the host may call
// it.
func (d *Desk) EndLinks(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "end links of"
	d, by, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, (*draft).endLinks)
	if err == nil {
		err = d.As(Actor{}).endMergedLinks(ctx, t, by) // some may be out of the actor's scope
	}
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	return t, nil
}

func (x *draft) endLinks() error {
	x.event(EventLinksEnded, strconv.Itoa(x.t.LinksEnded), strconv.Itoa(x.t.LinksEnded+1), nil)
	x.t.LinksEnded++
	return nil
}

// endMergedLinks ends the links to tickets of the same customer that were merged into t: they lead
// to t.
func (d *Desk) endMergedLinks(ctx context.Context, t *Ticket, by Actor) error {
	th, err := d.store.Thread(ctx, d.tenant, t.ID)
	if err != nil {
		return err
	}
	q := Query{Tenant: d.tenant, Customer: t.Customer.Email, Limit: MaxLimit}
	for _, m := range th.Messages {
		if m.Ticket != t.ID && !slices.Contains(q.IDs, m.Ticket) {
			q.IDs = append(q.IDs, m.Ticket)
		}
	}
	if len(q.IDs) == 0 || q.Customer == "" {
		return nil
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return err
	}
	e := *d
	e.version = 0 // that of t
	for _, merged := range page.Tickets {
		if _, err := e.update(ctx, merged.ID, by, (*draft).endLinks); err != nil {
			return err
		}
	}
	return nil
}

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
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Refs: reference.Spellings(token.Ref)})
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
