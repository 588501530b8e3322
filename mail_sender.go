package helpdesk

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// SenderState says whether a mail is from the address that its From field names.
type SenderState string

// The states of senders. The state of an outgoing mail, and of one from before the desk kept it, is
// empty.
const (
	// SenderAuthenticated is the state of a mail to a reply address of its sender's own, and of one
	// that passed DMARC, or SPF or DKIM for its sender's domain.
	SenderAuthenticated SenderState = "authenticated"
	SenderFailed        SenderState = "failed"  // it failed DMARC: the domain says that it is not from there
	SenderUnknown       SenderState = "unknown" // nobody says either
)

// SenderStates lists every SenderState.
var SenderStates = []SenderState{SenderAuthenticated, SenderFailed, SenderUnknown}

// SenderResult is what the way in of a mail, or a server on it, says of its sender.
type SenderResult struct {
	Server string      `json:",omitempty"` // its authserv-id (RFC 8601) in lower case; empty for the way in
	State  SenderState // of the From field
	Reason string      `json:",omitempty"` // the deciding result, as "dmarc=pass"; may be empty
}

// SenderRules are the rules of a tenant on who is believed to have written a mail. The zero value
// believes the From field, unless the way in says that the sender failed.
type SenderRules struct {
	// Servers are the authserv-ids (RFC 8601) of mail servers of the tenant's own, such as
	// "mx.acme.example". The topmost Authentication-Results field of one of them is believed. Name
	// only servers that every mail comes through, and that remove fields with their name from mails
	// that come in (RFC 8601, section 5): everybody can write such a field.
	Servers []string

	// HoldUnknown treats a mail whose sender is unknown as one whose sender failed.
	HoldUnknown bool
}

// judge decides on the sender of the mail, without a reply token.
func (a *arrival) judge() {
	if a.cfg.Mail != nil && a.cfg.Mail.Senders != nil {
		a.trust = a.cfg.Mail.Senders(a.tenant)
	}
	a.mail.Sender, a.verdict = a.in.judge(a.trust.Servers)
}

// vouch says that the mail came to its sender's own reply address.
func (a *arrival) vouch() {
	if !a.in.Relayed && a.in.Doubt == "" {
		a.mail.Sender, a.verdict = SenderAuthenticated, "reply address"
	}
}

// judge decides on the sender of a mail by the results that count. The result of the way in is the
// only one when it has one: all others came with the mail.
func (m *Incoming) judge(servers []string) (state SenderState, why string) {
	r := m.Verdict
	if r.State == "" {
		at := slices.IndexFunc(m.Results, func(r SenderResult) bool {
			return slices.ContainsFunc(servers, func(s string) bool { return s != "" && strings.EqualFold(s, r.Server) })
		})
		if at < 0 {
			return SenderUnknown, ""
		}
		r = m.Results[at]
	}
	if r.State == SenderAuthenticated && (m.Relayed || m.Doubt != "") {
		r.State, r.Reason = SenderUnknown, "" // it is true of another address
	}
	if !slices.Contains(SenderStates, r.State) {
		r.State = SenderUnknown
	}
	if why = oneLine(r.Reason, 100); r.Server != "" && why != "" {
		why += " by " + oneLine(r.Server, 255)
	}
	return r.State, why
}

// disbelieved says why the mail is not believed to be its sender's, whose address may act on a
// ticket; empty when it is.
func (a *arrival) disbelieved() string {
	switch {
	case a.in.Doubt != "":
		return a.in.Doubt
	case a.in.Relayed:
		return "its writer is named outside its From field alone, where anybody can write a name"
	case a.mail.Sender == SenderFailed:
		return "it is not from its sender's domain: " + cmp.Or(a.verdict, "the check of its sender failed")
	case a.unverified():
		return "nothing says that it is from its sender"
	}
	return ""
}

// unverified reports whether a ticket that the mail opens is flagged: see [Ticket.Unverified].
func (a *arrival) unverified() bool {
	return a.mail.Sender == SenderFailed || a.mail.Sender != SenderAuthenticated && a.trust.HoldUnknown
}

// direct has the answers to the requester go to the address that the mail asks for. Of a mail that
// anybody may have written, only the first one on a ticket decides: else a stranger who knows the
// reference gets the answers.
func (f *filing) direct(x *draft) {
	if f.mail.Sender != SenderAuthenticated || !f.requester || f.in.From.Email == x.t.ReplyTo {
		return
	}
	if x.t.ReplyTo = f.in.ReplyTo; x.t.ReplyTo == x.t.Customer.Email {
		x.t.ReplyTo = ""
	}
}

// answersTo returns the mail address of the customer that a notice goes to. A new link goes to the
// customer's own: it acts for the customer.
func (t *Ticket) answersTo(kind NoticeKind) string {
	if kind == NoticeLink {
		return t.Customer.Email
	}
	return cmp.Or(t.ReplyTo, t.Customer.Email)
}

// AcceptSender says that a ticket that is [Ticket.Unverified] is from its customer, who sees it
// from then on. A ticket that is not flagged stays as it is. It is for agents, admins and the host.
func (d *Desk) AcceptSender(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "accept sender of"
	d, by, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	host := d.lookUp(ctx, t.Customer.Email)
	t, err = d.update(ctx, id, by, func(x *draft) error {
		if !x.t.Unverified {
			return nil
		}
		if err := x.alive(); err != nil {
			return err
		}
		x.accept()
		return x.meet(ctx, host)
	})
	return t, d.fail(op, id, err)
}

func (x *draft) accept() {
	x.t.Unverified = false
	x.event(EventSender, "", "", nil)
}
