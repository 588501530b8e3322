package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// filing is a mail whose files are kept and whose record is about to be committed with a ticket.
// Its methods that take a draft may be called several times: after a conflict there is a new draft.
type filing struct {
	*arrival
	said words     // the text of the mail, with its files
	lost string    // why files are missing; empty when none are
	kept Mail      // the record of the latest draft
	cc   []Contact // who else the requester wrote to

	requester bool // the sender is the ticket's customer

	uncopied bool // there were such people, but the sender's address may be forged
}

// begin keeps the files of the mail. Every filing ends with [filing.end].
func (a *arrival) begin(ctx context.Context) (*filing, error) {
	files, lost, err := a.files(ctx)
	if err != nil {
		return nil, err
	}
	f := &filing{arrival: a, said: a.said, lost: lost}
	f.said.files, f.said.sender, f.said.replyTo = files, a.mail.Sender, a.in.ReplyTo
	if f.cc, err = a.copies(ctx); err != nil {
		f.dropUncommitted(ctx, files, err)
		return nil, err
	}
	return f, nil
}

// end returns the record that was committed. When the commit failed, it removes the files.
func (f *filing) end(ctx context.Context, err error) (*Mail, error) {
	if err != nil {
		f.dropUncommitted(ctx, f.said.files, err)
		return nil, err
	}
	return &f.kept, nil
}

// record puts the mail on record in the draft, as the author of the draft's last message.
func (f *filing) record(x *draft, outcome MailOutcome, why string) {
	f.kept = f.mail
	f.kept.Outcome, f.kept.Reason, f.kept.Ticket = outcome, why, x.t.ID
	f.kept.Message = x.c.Messages[len(x.c.Messages)-1].ID
	if x.before == nil { // in a new ticket, the SLA may already have added messages after the first
		f.kept.Message = x.c.Messages[0].ID
	}
	x.c.Mail = append(x.c.Mail, f.kept)
	f.onceKeys(&x.c)
	x.event(EventMail, "", string(outcome), MailData{Mail: f.kept.ID, From: f.in.From.Email, Reason: why})
	if f.in.Remark != "" {
		x.message(SystemNote, Actor{}, f.in.Remark)
	}
	for _, problem := range []string{f.in.Problem, f.lost} {
		if problem != "" {
			x.message(SystemNote, Actor{}, "The mail could not be read as a whole: "+problem)
		}
	}
}

// answer adds the mail to the customer's ticket. A ticket that was merged into another customer's
// ticket does not take it: the mail is held on the other ticket.
func (a *arrival) answer(ctx context.Context, t *Ticket) (*Mail, error) {
	id, err := a.survivor(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	if id != t.ID {
		into, err := a.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok, err := a.speaksFor(ctx, a.in.From.Email, into); err != nil || !ok {
			if err != nil {
				return nil, err
			}
			return a.hold(ctx, into, "its ticket was merged into another customer's ticket")
		}
	}
	f, err := a.begin(ctx)
	if err != nil {
		return nil, err
	}
	ok, err := a.isRequester(ctx, a.in.From.Email, t)
	if err != nil {
		return f.end(ctx, err)
	}
	f.requester = ok
	if f.uncopied = a.named && ok && a.mail.Sender != SenderAuthenticated && len(f.cc) > 0; f.uncopied || !ok { // another participant adds nobody
		f.cc = nil
	}
	_, err = f.customerReply(ctx, t.ID, f.said, f.from, f.answered)
	return f.end(ctx, err)
}

// answered records a mail that was added to a ticket or opened a new one after a closed one.
func (f *filing) answered(x *draft, _ TicketID) {
	if x.before == nil {
		f.record(x, MailOpened, "the ticket it answers is closed")
	} else {
		f.record(x, MailAppended, "")
	}
	own := f.in.From.Email != x.t.ReplyTo // who wrote the first mail chose that address
	if f.direct(x); x.t.Unverified && f.requester && own && f.mail.Sender == SenderAuthenticated {
		x.accept()
	}
	f.take(x)
}

// openTicket makes a ticket of the mail.
func (a *arrival) openTicket(ctx context.Context) (*Mail, error) {
	f, err := a.begin(ctx)
	if err != nil {
		return nil, err
	}
	_, _, err = f.open(ctx, f.params(), Actor{}, "", f.said, f.opened)
	return f.end(ctx, err)
}

// params returns the parameters of the ticket that the mail opens.
func (a *arrival) params() *OpenParams {
	return &OpenParams{
		Subject: cmp.Or(a.in.Subject, "(no subject)"), Description: a.said.body, Customer: a.in.From, Source: SourceEmail,
		replyTo: a.in.ReplyTo, unverified: a.unverified(),
	}
}

// opened records a mail that opened a ticket.
func (f *filing) opened(x *draft) {
	if x.t.Unverified {
		f.record(x, MailOpened, "sender not verified: "+f.disbelieved())
		return // nobody else takes part
	}
	f.record(x, MailOpened, "")
	f.take(x)
}

// mostDoubtful is the most mails that are held on one ticket within floodTime.
const mostDoubtful = 20

// holdOn holds the mail on a ticket, unless so many are held there already that they are a flood.
func (a *arrival) holdOn(ctx context.Context, t *Ticket, why string) (*Mail, error) {
	page, err := a.store.Mails(ctx, MailQuery{
		Tenant: a.tenant, Ticket: t.ID, Outcome: []MailOutcome{MailHeld}, Since: a.now().Add(-floodTime), Limit: mostDoubtful,
	})
	if err != nil {
		return nil, err
	}
	if len(page.Mails) >= mostDoubtful {
		return a.aside(ctx, MailHeld, why+"; more than "+strconv.Itoa(mostDoubtful)+" mails are held on the ticket")
	}
	return a.hold(ctx, t, why)
}

// hold keeps the mail on a ticket for agents to decide on. Its author may not be the customer.
func (a *arrival) hold(ctx context.Context, t *Ticket, why string) (*Mail, error) {
	return a.onto(ctx, t, func(f *filing, x *draft) {
		m := x.say(HeldMessage, f.from, f.said)
		f.record(x, MailHeld, why)
		x.notify(notice{Key: m, Kind: NoticeHeld, Audience: toAssignee, Text: "A mail that may not be from the customer waits for a decision: " + why + "."})
	})
}

// note keeps a program's mail on a ticket. It changes nothing else.
func (a *arrival) note(ctx context.Context, t *Ticket) (*Mail, error) {
	return a.onto(ctx, t, func(f *filing, x *draft) {
		f.remark(x, "Automatic mail from "+f.from.String()+":")
		f.record(x, MailNoted, cmp.Or(f.in.Reason, "no person wrote it"))
	})
}

// remark adds the mail's text under a first line as a note of the desk, and returns the note's id.
func (f *filing) remark(x *draft, first string) string {
	said := f.said
	said.body = clipTo(first+"\n\n"+said.body, MaxText)
	return x.say(SystemNote, Actor{}, said)
}

// onto commits an addition to a ticket, or to the ticket it was merged into. Its state stays.
func (a *arrival) onto(ctx context.Context, t *Ticket, add func(f *filing, x *draft)) (*Mail, error) {
	id, err := a.survivor(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	f, err := a.begin(ctx)
	if err != nil {
		return nil, err
	}
	_, err = f.update(ctx, id, Actor{}, func(x *draft) error {
		add(f, x)
		return nil
	})
	return f.end(ctx, err)
}

// aside keeps a mail that belongs to no ticket, with everything that a later release needs.
func (a *arrival) aside(ctx context.Context, outcome MailOutcome, why string) (*Mail, error) {
	files, lost, err := a.files(ctx)
	if err != nil {
		return nil, err
	}
	c := &Change{Tenant: a.tenant}
	a.onceKeys(c)
	m := a.mail
	m.Outcome, m.Reason, m.Attachments = outcome, why, files.files
	in := a.in
	in.Forward = nil // its text has it
	in.Recipients = slices.Clone(in.Recipients)
	for i, r := range in.Recipients { // a release does not look for a reply token
		in.Recipients[i] = a.withoutTokens(r)
	}
	if lost != "" {
		in.Problem = strings.TrimPrefix(in.Problem+"; "+lost, "; ")
	}
	if m.Content, err = json.Marshal(in); err != nil {
		a.drop(ctx, files)
		return nil, err
	}
	files.commit(c)
	c.Mail = []Mail{m}
	if err = a.commit(ctx, c); err != nil {
		a.dropUncommitted(ctx, files, err)
		return nil, err
	}
	return &m, nil
}

// files keeps the files of the mail. lost names the files that could not be kept: a desk without
// Blobs still takes the text.
func (a *arrival) files(ctx context.Context) (files kept, lost string, err error) {
	list := a.in.Files
	if a.in.Problem != "" && a.in.Raw != nil {
		list = append(slices.Clone(list), File{Name: "message.eml", Type: "message/rfc822", Open: a.in.Raw})
	}
	switch n := len(list); {
	case n > 0 && a.blobs() == nil:
		return kept{}, fmt.Sprintf("its %d attachments are lost, since the desk has no Blobs", n), nil
	case n > MaxFiles:
		list, lost = list[:MaxFiles], fmt.Sprintf("%d of its %d attachments are left out", n-MaxFiles, n)
	}
	files, err = a.keep(ctx, "files", list)
	return files, lost, err
}

// onceKeys make the Change fail when the mail came in before.
func (a *arrival) onceKeys(c *Change) {
	for _, key := range a.names {
		c.Once = append(c.Once, OnceKey{onceMail, nameOf(key)})
	}
}

// bounce marks the mail of a delivery report and adds the report to its ticket. It opens no ticket.
func (a *arrival) bounce(ctx context.Context, sent *Mail) (*Mail, error) {
	if sent == nil {
		return a.aside(ctx, MailSuppressed, "it reports on no mail of this desk: "+cmp.Or(a.in.Reason, "delivery report"))
	}
	t, err := a.find(ctx, sent.Ticket)
	if err != nil {
		return nil, err // never ErrNotFound: a record names only existing tickets
	}
	failed := len(a.in.Failed) > 0
	return a.onto(ctx, t, func(f *filing, x *draft) {
		to := cmp.Or(strings.Join(a.in.Failed, ", "), sent.Address)
		text := fmt.Sprintf("A mail to %s has not arrived yet.", to)
		if failed {
			text = fmt.Sprintf("A mail to %s did not arrive.", to)
		}
		m := f.remark(x, text)
		f.record(x, MailNoted, cmp.Or(a.in.Reason, "delivery report"))
		if !failed {
			return
		}
		// Read the record again: it may have been erased. If that fails, so will the commit.
		if back, err := a.mailRecord(ctx, sent.ID); err == nil && back.Outcome != MailBounced {
			back.Outcome, back.Reason = MailBounced, oneLine(text, 500)
			x.c.Mail = append(x.c.Mail, *back)
			x.notify(notice{Key: m, Kind: NoticeBounced, Audience: toAssignee, Text: text})
		}
	})
}

// returned returns the mail of this desk that a delivery report is about, or that a mail of any
// kind returns with a status; nil when there is none.
func (a *arrival) returned(ctx context.Context) (*Mail, error) {
	about := a.in.Bounced
	if len(about) == 0 && a.in.Kind == MailBounce {
		about = append(a.in.InReplyTo, a.in.References...)
	}
	if len(about) == 0 {
		return nil, nil
	}
	page, err := a.store.Mails(ctx, MailQuery{Tenant: a.tenant, MessageIDs: about, Limit: mostIDs})
	for _, m := range page.Mails {
		if m.Outcome.out() && m.Ticket != "" {
			return &m, err
		}
	}
	return nil, err
}
