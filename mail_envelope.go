package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
	"github.com/helpdesk-go/helpdesk/internal/random"
)

// record adds the record of the mail that a notice to the customer becomes, in the commit that
// queues it. A survey gets its record when it is sent, since it may never be.
func (x *draft) record(n *notice) {
	if x.cfg.Mail == nil {
		return
	}
	n.Mail, n.MessageID = x.cfg.NewID(), newMessageID(x.mailbox())
	if n.Kind != NoticeSurvey {
		x.c.Mail = append(x.c.Mail, n.mail(x.t, MailQueued, x.now))
	}
}

// mail returns the record of a notice's mail.
func (n *notice) mail(t *Ticket, outcome MailOutcome, at time.Time) Mail {
	m := Mail{
		ID: n.Mail, MessageID: n.MessageID, Address: t.answersTo(n.Kind), Outcome: outcome, Notice: n.Kind, Ticket: t.ID, At: at,
	}
	if n.Kind != NoticeReceived {
		m.Subject = t.Subject
	}
	return m
}

// survey queues the request to rate the ticket.
func (x *draft) survey() {
	if x.cfg.Mail == nil || x.cfg.Mail.RateURL == nil {
		return
	}
	x.notify(notice{Kind: NoticeSurvey, Audience: toCustomer, Text: "How was the help you got?", Wait: x.cfg.Mail.Survey})
}

// onceAck is the scope of the once keys of mails that anybody can cause.
const onceAck = "ack"

// The most mails of a kind that anybody can cause to one address, so that nobody can flood it.
const (
	acksAnHour = 3
	acksADay   = 10
)

// acknowledge tells the customer that a mail or form has arrived.
func (x *draft) acknowledge(ctx context.Context) error {
	t := x.t
	if x.cfg.Mail == nil || x.cfg.Mail.Silent || x.cfg.Notifier == nil || t.Customer.Email == "" || t.Unverified || t.Source == SourceAPI {
		return nil
	}
	if may, err := x.mayMail(ctx, NoticeReceived); err != nil || !may {
		return err
	}
	x.notify(notice{Key: string(t.ID) + "/received", Kind: NoticeReceived, Audience: toCustomer, Text: "Your message has arrived."})
	return nil
}

// mayMail reports whether the customer may get another mail of a kind that anybody can cause. Each
// uses a once key made of those before it, so that two desks that count at once cannot both send
// the last one. After an Erase of earlier records the day's first key may be in use already: see
// [Desk.open].
func (x *draft) mayMail(ctx context.Context, kind NoticeKind) (bool, error) {
	to := x.t.answersTo(kind)
	page, err := x.store.Mails(ctx, MailQuery{Tenant: x.tenant, Address: to, Notice: []NoticeKind{kind}, Limit: acksADay})
	if err != nil {
		return false, err
	}
	before, hour, day := []string{string(kind), to}, 0, 0
	for _, m := range page.Mails {
		before = append(before, m.ID)
		if m.At.After(x.now.Add(-time.Hour)) {
			hour++
		}
		if m.At.After(x.now.Add(-24 * time.Hour)) {
			day++
		}
	}
	if hour >= acksAnHour || day >= acksADay {
		return false, nil
	}
	if len(page.Mails) == 0 {
		before = append(before, x.now.Format(time.DateOnly))
	}
	x.once(onceAck, nameOf(before...))
	return true, nil
}

// envelope returns the addresses, links and files for a notice's mail; nil without Config.Mail.
func (d *Desk) envelope(ctx context.Context, n *notice, t *Ticket) (*Envelope, error) {
	if d.cfg.Mail == nil {
		return nil, nil
	}
	e := &Envelope{From: d.mailbox(), MessageID: n.MessageID, Automatic: n.Kind != NoticeReply}
	if n.Audience != toCustomer {
		token := d.staffToken(t)
		if e.ReplyTo = mailbox.WithTag(e.From, token); token == "" {
			e.ReplyTo = ""
		} else if _, domain, ok := strings.Cut(e.From, "@"); ok {
			e.MessageID = token + "." + nameOf(n.Key) + "@" + domain
		}
		return e, nil
	}
	e.ReplyTo = mailbox.WithTag(e.From, d.token(linktoken.Reply, t))
	// The link acts for the requester, so nobody gets it who may be another person.
	alone := len(n.copies(t)) == 0 && !t.Unverified && t.answersTo(n.Kind) == t.Customer.Email
	if token := d.token(linktoken.View, t); token != "" && d.cfg.Mail.TicketURL != nil && alone {
		e.TicketURL = d.cfg.Mail.TicketURL(d.tenant, token)
	}
	if n.Kind == NoticeSurvey && d.cfg.Mail.RateURL != nil {
		e.RateURL = d.cfg.Mail.RateURL(d.tenant, d.token(linktoken.Rating, t))
	}
	for _, a := range n.Files {
		e.Files = append(e.Files, d.file(ctx, a))
	}
	page, err := d.store.Mails(ctx, MailQuery{
		Tenant: d.tenant, Ticket: t.ID, Outcome: []MailOutcome{MailOpened, MailAppended, MailReleased, MailSent}, Limit: mostReferences,
	})
	for _, m := range slices.Backward(page.Mails) {
		if m.MessageID == "" || m.MessageID == n.MessageID || m.At.After(n.At) {
			continue
		}
		e.References = append(e.References, m.MessageID)
		if !m.Outcome.out() {
			e.InReplyTo = m.MessageID
		}
	}
	if e.InReplyTo == "" && len(e.References) > 0 {
		e.InReplyTo = e.References[len(e.References)-1]
	}
	return e, err
}

// mostReferences is the most mails of a conversation that an answer refers to.
const mostReferences = 20

// file returns an attachment as a File.
func (d *Desk) file(ctx context.Context, a Attachment) File {
	return File{Name: a.Name, Type: a.Type, Size: a.Size, ContentID: a.ContentID, Inline: a.Inline, Open: func() (io.ReadCloser, error) {
		blobs := d.blobs()
		if blobs == nil {
			return nil, fmt.Errorf("attachment %s: %w", a.ID, ErrNotFound)
		}
		return blobs.Open(ctx, d.tenant, a.ID)
	}}
}

// mailsOf returns the records of the mails of notify tasks, by id.
func (d *Desk) mailsOf(ctx context.Context, tasks []Task) (map[string]Mail, error) {
	q := MailQuery{Tenant: d.tenant, Limit: MaxLimit}
	for _, t := range tasks {
		var n notice
		if json.Unmarshal(t.Payload, &n) == nil && n.Mail != "" {
			q.IDs = append(q.IDs, n.Mail)
		}
	}
	if len(q.IDs) == 0 {
		return nil, nil
	}
	page, err := d.store.Mails(ctx, q)
	mails := map[string]Mail{}
	for _, m := range page.Mails {
		mails[m.ID] = m
	}
	return mails, err
}

// newMessageID returns an unguessable Message-ID at the mailbox's domain.
func newMessageID(mailbox string) string {
	_, domain, _ := strings.Cut(mailbox, "@")
	return random.Hex() + "@" + cmp.Or(domain, "helpdesk.invalid") // RFC 2606
}
