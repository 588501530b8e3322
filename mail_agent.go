package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
	"github.com/helpdesk-go/helpdesk/internal/reference"
)

// staffHolder binds the tokens of agents: they are good for one ticket, and only together with the
// address of an agent.
func staffHolder(t *Ticket) linktoken.Holder {
	return linktoken.Holder{Tenant: string(t.Tenant), Ticket: string(t.ID), Ref: t.Ref, Customer: "staff"}
}

// staffToken returns the token in the notices to agents about a ticket; empty when it cannot be
// answered by mail.
func (d *Desk) staffToken(t *Ticket) string {
	if d.cfg.Mail == nil || d.mailbox() == "" || t.Ref == "" || len(t.Ref) > linktoken.MaxRef {
		return ""
	}
	return linktoken.New(d.cfg.Mail.Keys[0], linktoken.Staff, staffHolder(t), d.now())
}

// byAgent takes in the mail of an agent; done is false when it is none, or an agent's as a
// customer. An agent is who sends it from an agent's address, and either answers a notice, by the
// token in it, or is authenticated. From alone makes nobody an agent, nor does the token of a
// sender that failed. t and held are the ticket of the mail by the rules for customers.
func (a *arrival) byAgent(ctx context.Context, t *Ticket, held string) (m *Mail, done bool, err error) {
	if a.in.Relayed || a.in.Doubt != "" {
		return nil, false, nil
	}
	noticed, err := a.noticed(ctx)
	if err != nil || noticed == nil && a.mail.Sender != SenderAuthenticated {
		return nil, false, err
	}
	agents, err := a.agents(ctx)
	if err != nil && noticed == nil { // the words of customers do not wait for the roster
		a.cfg.Logger.ErrorContext(ctx, "helpdesk: roster", "tenant", a.tenant, "error", err)
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("roster: %w", err)
	}
	at := slices.IndexFunc(agents, func(g Agent) bool { return cleanEmail(g.Email) == a.in.From.Email })
	if at < 0 {
		return nil, false, nil
	}
	by := Actor{Role: RoleAgent, ID: string(agents[at].ID), Name: agents[at].Name}
	switch {
	case noticed != nil && a.mail.Sender == SenderFailed: // customers get to see the token when they are in Cc
		m, err = a.holdOn(ctx, noticed, a.disbelieved())
		return m, true, err
	case noticed != nil:
		a.mail.Sender, a.verdict = SenderAuthenticated, "answer to a notice"
		t = noticed
	case t != nil && held == "": // a customer's own
		return nil, false, nil
	}
	if t != nil {
		m, err = a.agentWrites(ctx, t, by)
		return m, true, err
	}
	return a.agentOpens(ctx, agents, by)
}

// noticed returns the ticket whose notice to agents the mail answers, to its reply address or by
// its Message-ID; nil when it answers none.
func (a *arrival) noticed(ctx context.Context) (*Ticket, error) {
	if a.cfg.Mail == nil {
		return nil, nil
	}
	tokens := mailbox.Tags(a.in.Recipients, a.mailbox(), mostTokens)
	for _, id := range slices.Concat(a.in.InReplyTo, a.in.References) {
		if token, _, ok := strings.Cut(id, "."); ok {
			tokens = append(tokens, token)
		}
	}
	for _, text := range tokens {
		token, ok := linktoken.Parse(linktoken.Staff, text)
		if !ok || checkLine("ref", token.Ref, linktoken.MaxRef, true) != nil {
			continue
		}
		page, err := a.store.Tickets(ctx, Query{Tenant: a.tenant, Refs: reference.Spellings(token.Ref)})
		if err != nil {
			return nil, err
		}
		for _, t := range page.Tickets {
			if _, genuine := token.Signed(a.cfg.Mail.Keys, staffHolder(t)); genuine {
				return t, nil
			}
		}
	}
	return nil, nil
}

// replyMark is the line that makes the mail of an agent a public reply.
const replyMark = "#reply"

// agentWrites adds the mail of an agent to a ticket: as a note, or with a line "#reply" as a reply
// to the customer. What the agent may not do is held on the ticket.
func (a *arrival) agentWrites(ctx context.Context, t *Ticket, by Actor) (*Mail, error) {
	id, err := a.survivor(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	f, err := a.begin(ctx)
	if err != nil {
		return nil, err
	}
	f.said.replyTo = ""
	lines := strings.Split(a.in.Text, "\n") // without the notice, also when Opening has it
	rest := slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), replyMark) })
	public := len(rest) < len(lines)
	if a.quoting { // the line is another's
		rest, public = lines, false
	}
	f.said.body = strings.TrimSpace(strings.Join(rest, "\n"))
	if public {
		f.said.full, f.said.html = "", "" // they hold the notice, with notes
	}
	d, _, err := a.As(by).enter(ctx)
	if err == nil {
		_, err = d.update(ctx, id, by, func(x *draft) error {
			if public {
				return f.agentReplies(ctx, x)
			}
			m := x.say(InternalNote, by, f.said)
			x.event(EventNoted, "", m, nil)
			f.record(x, MailNoted, "of an agent, as a note")
			return x.tellMentioned(ctx, m, x.withoutTokens(f.said.body))
		})
	}
	if errors.Is(err, ErrForbidden) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrInvalid) {
		f.dropUncommitted(ctx, f.said.files, err)
		return a.holdOn(ctx, t, "its sender may not do this: "+err.Error())
	}
	return f.end(ctx, err)
}

func (f *filing) agentReplies(ctx context.Context, x *draft) error {
	if x.t.Status == StatusClosed && x.t.MergedInto == "" {
		if err := x.reopen(ctx); err != nil {
			return err
		}
	}
	if err := x.alive(); err != nil {
		return err
	}
	if f.said.body == "" {
		return &FieldError{"body", "is empty"}
	}
	if err := x.answer(ctx, f.said, false); err != nil {
		return err
	}
	f.record(x, MailAppended, "of an agent, as a reply")
	at := slices.IndexFunc(x.c.Messages, func(m Message) bool { return m.Kind == FromAgent })
	f.kept.Message = x.c.Messages[at].ID
	x.c.Mail[slices.IndexFunc(x.c.Mail, func(m Mail) bool { return m.ID == f.kept.ID })].Message = f.kept.Message
	return nil
}

// agentOpens opens a ticket for the customer whose mail an agent forwards, or whom alone the agent
// wrote to beside the desk. done is false when there is no such customer.
func (a *arrival) agentOpens(ctx context.Context, agents []Agent, by Actor) (m *Mail, done bool, err error) {
	f, err := a.begin(ctx)
	if err != nil {
		return nil, false, err
	}
	p := f.params()
	p.replyTo, p.unverified, f.said.replyTo, f.said.automatic = "", false, "", true
	note, opener := fmt.Sprintf("Opened by a mail of %s.", by), Actor{}
	if w := a.in.Forward; w != nil {
		p.Customer = Contact{Name: oneLine(a.withoutTokens(w.From.Name), 200), Email: cleanEmail(oneLine(w.From.Email, 254))}
		p.Subject = cmp.Or(oneLine(a.withoutTokens(w.Subject), MaxSubject), p.Subject)
		p.Description = cleanText(a.withoutTokens(w.Text))
		f.said.body, f.said.sender = p.Description, SenderUnknown
		f.said.full, f.said.html = "", "" // they hold the agent's note
		note = fmt.Sprintf("Forwarded by %s.", by)
		if w.Note != "" {
			note += "\n\n" + cleanText(w.Note)
		}
	} else if len(f.cc) == 1 {
		p.Customer, f.cc = f.cc[0], nil
		p.spoken, p.sent, opener = true, true, by // the agent's words, in a mail to the customer
	} else {
		p.Customer = Contact{}
	}
	works := slices.ContainsFunc(agents, func(g Agent) bool { return cleanEmail(g.Email) == p.Customer.Email })
	if p.Customer.Email == "" || works || checkEmail("from", p.Customer.Email) != nil || a.ownAddress(p.Customer.Email) {
		f.dropUncommitted(ctx, f.said.files, ErrInvalid)
		return nil, false, nil
	}
	_, _, err = f.open(ctx, p, opener, "", f.said, func(x *draft) {
		f.record(x, MailOpened, "by an agent, for "+p.Customer.Email)
		x.message(InternalNote, by, note)
	})
	m, err = f.end(ctx, err)
	return m, true, err
}
