package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/linktoken"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
	"github.com/helpdesk-go/helpdesk/internal/reference"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// Receive takes in a message from outside and returns its record, which says what became of the
// message and why. The message answers a ticket, opens one, is noted on one, is held for a person
// to look at, or is suppressed. A message that comes again changes nothing: Receive returns the
// first record. It is one with a known ID, or with the Message-ID, date, subject, sender and text
// of a known one. A known Message-ID with another content is another message.
//
// Receive finds the ticket by the reply token in a recipient's address, else by the Message-IDs
// that the message answers, else by a reference in the subject. It believes only an address that
// acts for the ticket's customer, or that takes part, and no sender that failed the check: see
// [SenderState]. Any other message is held on the ticket. A message of a sender that failed, to no
// ticket, opens one that is [Ticket.Unverified]. Receive refuses no content. An error is trouble of
// the desk's own: nothing is kept, and the sender has to try again. Only the host may call it.
func (d *Desk) Receive(ctx context.Context, in *Incoming) (*Mail, error) {
	const op = "receive mail"
	if d.actor.Role != RoleSystem {
		return nil, d.fail(op, "", fmt.Errorf("%w: only the host may call this", ErrForbidden))
	}
	if in == nil {
		return nil, d.fail(op, "", &FieldError{"incoming", "is nil"})
	}
	desk := *d
	desk.version = 0 // the version of a ticket; this call names no ticket
	m, err := arrive(&desk, in).receive(ctx)
	return m, d.fail(op, "", err)
}

// receive takes the mail in, unless it came in before.
func (a *arrival) receive(ctx context.Context) (*Mail, error) {
	m, err := a.seen(ctx)
	if m != nil || err != nil {
		return m, err
	}
	m, err = a.take(ctx)
	var dup *DuplicateError
	if !errors.As(err, &dup) || dup.Once.Scope != onceMail {
		return m, err
	}
	if m, err = a.seen(ctx); m != nil || err != nil { // another call was faster
		return m, err
	}
	if dup.Ticket != "" {
		if _, err = a.find(ctx, dup.Ticket); errors.Is(err, ErrNotFound) {
			m := a.mail // its first record went into the archive with the ticket, and counts
			m.Outcome, m.Reason, m.Ticket = MailSuppressed, "it came in before, on a ticket that is in the archive", dup.Ticket
			return &m, nil
		} else if err != nil {
			return nil, err
		}
	}
	// The delivery came in under another Message-ID: take this one in without its id.
	if a.in.ID = ""; a.in.MessageID == "" {
		a.names, a.mail.ID = nil, a.cfg.NewID()
	} else {
		a.names = a.names[:1]
	}
	return a.take(ctx)
}

// Scopes of the once keys of mails.
const (
	onceMail    = "mail"    // its Message-ID or the id of its delivery came in
	onceRelease = "release" // it was released or dismissed
)

// After floodMails mails of one address within floodTime the next mails are held.
const (
	floodMails = 20
	floodTime  = 10 * time.Minute
)

// arrival is an incoming mail that is being decided on.
type arrival struct {
	*Desk
	in   Incoming // cut to the limits
	mail Mail     // its record, not yet complete
	said words
	from Actor

	trust   SenderRules // of the tenant
	verdict string      // why mail.Sender is what it is; may be empty

	names []string // see keys

	quoting bool // it has no text of its writer's own, but perhaps one that it quotes
	named   bool // its ticket was found by the reference in the subject alone, which anybody may write
}

// arrive brings a mail into the form in which it can be kept, and cuts texts that are too long.
func arrive(d *Desk, in *Incoming) *arrival {
	a := &arrival{Desk: d, in: *in}
	m := &a.in
	// A cut through a token would leave most of it, so this comes first.
	for _, s := range []*string{&m.From.Name, &m.From.Email, &m.Subject, &m.Text, &m.Opening, &m.Full, &m.HTML, &m.Reason, &m.Problem, &m.Remark, &m.ReplyTo, &m.Doubt} {
		*s = d.withoutTokens(*s)
	}
	m.Failed, m.Files = slices.Clone(m.Failed), slices.Clone(m.Files)
	for i := range m.Failed {
		m.Failed[i] = d.withoutTokens(m.Failed[i])
	}
	for i := range m.Files {
		m.Files[i].Name = d.withoutTokens(m.Files[i].Name)
	}
	m.From.Email, m.From.Name = cleanEmail(oneLine(m.From.Email, 254)), oneLine(m.From.Name, 200)
	m.From.Tags = nil // a sender may not set them
	m.Cc = slices.Clone(m.Cc[:min(len(m.Cc), mostCopies)])
	m.Subject = oneLine(m.Subject, MaxSubject)
	m.Text, m.Opening, m.Full, m.HTML = cleanText(m.Text), cleanText(m.Opening), cleanText(m.Full), cleanText(m.HTML)
	if a.quoting = m.Text == ""; a.quoting {
		m.Text = m.Full
	}
	m.Reason, m.Problem, m.Remark = oneLine(m.Reason, 500), oneLine(m.Problem, 500), oneLine(m.Remark, 500)
	m.MessageID, m.ID = cleanID(m.MessageID), cleanID(m.ID)
	m.InReplyTo, m.References, m.Bounced = cleanIDs(m.InReplyTo), cleanIDs(m.References), cleanIDs(m.Bounced)
	m.Failed, m.Recipients, m.Loops = cleanIDs(m.Failed), cleanIDs(m.Recipients), cleanIDs(m.Loops)
	m.Lists = cleanIDs(m.Lists)
	if _, err := parseMailKind(string(m.Kind)); err != nil {
		m.Kind = MailMessage
	}
	a.from = Actor{Role: RoleCustomer, ID: m.From.Email, Name: m.From.Name}
	a.said = words{body: cmp.Or(m.Opening, m.Text), full: m.Full, html: m.HTML, automatic: m.Quiet}
	a.mail = Mail{ID: d.cfg.NewID(), MessageID: m.MessageID, Address: m.From.Email, Subject: m.Subject, At: d.now()}
	a.mail.Answers = cleanIDs(slices.Concat(m.References, m.InReplyTo))
	if m.ReplyTo = cleanEmail(oneLine(m.ReplyTo, 254)); checkEmail("reply_to", m.ReplyTo) != nil || d.ownAddress(m.ReplyTo) || mailbox.Automatic(m.ReplyTo) {
		m.ReplyTo = ""
	}
	m.Doubt, m.Results = oneLine(m.Doubt, 200), slices.Clone(m.Results[:min(len(m.Results), mostIDs)])
	a.judge()
	if a.names = a.keys(); len(a.names) > 0 {
		a.mail.ID = mailName(d.tenant, a.names[0])
	}
	return a
}

// maxMessageID is the most bytes of a mail's id: the limit of a line (RFC 5322, section 2.1.1).
const maxMessageID = 998

// keys name the mail, by its Message-ID and by its delivery, each with its content: some programs
// give every mail the same Message-ID.
func (a *arrival) keys() (keys []string) {
	m := &a.in
	text := strings.Join(strings.Fields(m.Text), " ")
	key := func(kind, id string) {
		keys = append(keys, nameOf(kind, id, m.SentAt.UTC().Format(time.RFC3339), m.Subject, m.From.Email, text))
	}
	if m.MessageID != "" {
		key("message", m.MessageID)
	}
	if m.ID != "" && m.ID != m.MessageID {
		key("delivery", m.ID)
	}
	return keys
}

// mailName is the id of the record of a mail. It is the same each time the mail comes in.
func mailName(tenant TenantID, key string) string { return nameOf("mail", string(tenant), key) }

// seen returns the record of the mail if it came in before, else nil.
func (a *arrival) seen(ctx context.Context) (*Mail, error) {
	q := MailQuery{Tenant: a.tenant}
	for _, key := range a.names {
		q.IDs = append(q.IDs, mailName(a.tenant, key))
	}
	if len(q.IDs) == 0 {
		return nil, nil
	}
	page, err := a.store.Mails(ctx, q)
	if err != nil || len(page.Mails) == 0 {
		return nil, err
	}
	return &page.Mails[len(page.Mails)-1], nil
}

// take decides on the outcome of the mail and commits it.
func (a *arrival) take(ctx context.Context) (*Mail, error) {
	in := &a.in
	if box := a.mailbox(); box != "" && slices.ContainsFunc(in.Loops, func(l string) bool { return cleanEmail(l) == box }) {
		return a.aside(ctx, MailSuppressed, "it is a mail of this desk that came back: X-Loop")
	}
	if mailbox.Of(in.From.Email) == mailbox.Of(a.mailbox()) && in.From.Email != "" {
		return a.aside(ctx, MailSuppressed, "its sender is the mailbox of this desk")
	}
	switch sent, err := a.returned(ctx); {
	case err != nil:
		return nil, err
	case in.Kind == MailBounce || sent != nil:
		return a.bounce(ctx, sent)
	}
	if in.Kind == MailList && a.ownList() {
		in.Kind, in.Reason = MailMessage, ""
	}
	t, held, err := a.thread(ctx)
	if err != nil {
		return nil, err
	}
	if t != nil {
		a.said.body = in.Text
	}
	if in.Kind == MailMessage && in.From.Email != "" {
		if m, done, err := a.byAgent(ctx, t, held); done || err != nil {
			return m, err
		}
	}
	if why := a.disbelieved(); t != nil && held == "" {
		held = why
	} else if held != "" && why != "" { // who decides on it has to know both
		held += "; " + why
	}
	switch {
	case in.Kind != MailMessage && t != nil && held == "":
		return a.note(ctx, t)
	case in.Kind != MailMessage:
		return a.aside(ctx, MailSuppressed, cmp.Or(in.Reason, "no person wrote it"))
	case in.From.Email == "" && in.Text == "" && in.Subject == "", in.From.Email == "" && in.Problem != "":
		return a.aside(ctx, MailUnreadable, cmp.Or(in.Problem, "it is empty"))
	case in.From.Email == "":
		return a.aside(ctx, MailHeld, "it has no sender")
	case checkEmail("from", in.From.Email) != nil:
		return a.aside(ctx, MailHeld, "its sender's address cannot be answered")
	}
	recent, err := a.store.Mails(ctx, MailQuery{
		Tenant: a.tenant, Address: in.From.Email, Since: a.now().Add(-floodTime), Limit: floodMails,
		Outcome: []MailOutcome{MailOpened, MailAppended, MailHeld, MailUnreadable, MailReleased, MailDismissed},
	})
	switch {
	case err != nil:
		return nil, err
	case len(recent.Mails) >= floodMails:
		return a.aside(ctx, MailHeld, fmt.Sprintf("its sender has written more than %d mails in %s", floodMails, spell.Duration(floodTime)))
	case t != nil && held != "":
		return a.holdOn(ctx, t, held)
	case t != nil:
		return a.answer(ctx, t)
	case in.Doubt != "":
		return a.aside(ctx, MailHeld, in.Doubt)
	}
	return a.openTicket(ctx)
}

// ownList reports whether the list that passed the mail on is the way to this desk: its address is
// the desk's mailbox, or one of MailConfig.Lists. A group of Microsoft 365 has the mailbox's name,
// but the domain of its tenant there.
func (a *arrival) ownList() bool {
	own := []string{a.mailbox()}
	if c := a.cfg.Mail; c != nil && c.Lists != nil {
		own = append(own, c.Lists(a.tenant)...)
	}
	toUs := slices.ContainsFunc(a.in.Cc, func(c Contact) bool { return mailbox.Of(c.Email) == mailbox.Of(own[0]) })
	return slices.ContainsFunc(own, func(address string) bool { return mailbox.IsList(a.in.Lists, address) }) ||
		toUs && mailbox.IsTenantList(a.in.Lists, own[0])
}

// mostTokens is how many reply addresses of a mail are looked at.
const mostTokens = 5

// thread finds the ticket that the mail belongs to. held says why the sender is not believed; it is
// empty for a sender who is.
func (a *arrival) thread(ctx context.Context) (t *Ticket, held string, err error) {
	for _, token := range mailbox.Tags(a.in.Recipients, a.mailbox(), mostTokens) {
		t, err := a.bearer(ctx, linktoken.Reply, token)
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrLinkEnded) {
			continue // forged, of another tenant, or ended by a person
		}
		if err != nil {
			return t, "", err
		}
		if ok, err := a.speaksFor(ctx, a.in.From.Email, t); err != nil || !ok {
			return t, "its reply address belongs to somebody else", err
		}
		if ok, err := a.isRequester(ctx, a.in.From.Email, t); err != nil {
			return t, "", err
		} else if ok && len(t.Cc) == 0 && (t.ReplyTo == "" || t.ReplyTo == a.in.From.Email) { // else others have the token
			a.vouch()
		}
		return t, "", nil
	}
	if t, held, err = a.byMessageID(ctx); t != nil || err != nil {
		return t, held, err
	}
	if t, err = a.bySharedAnswer(ctx); t != nil || err != nil {
		return t, "", err
	}
	return a.byReference(ctx)
}

// byMessageID finds the ticket of a mail that this one answers, by the record of that mail. It
// looks ids up and never reads a meaning into them.
func (a *arrival) byMessageID(ctx context.Context) (*Ticket, string, error) {
	answered := slices.Concat(a.in.InReplyTo, a.in.References)
	if len(answered) == 0 {
		return nil, "", nil
	}
	page, err := a.store.Mails(ctx, MailQuery{Tenant: a.tenant, MessageIDs: answered, Limit: mostIDs})
	if err != nil {
		return nil, "", err
	}
	var others *Ticket
	for _, m := range page.Mails {
		if m.Ticket == "" || m.Outcome == MailHeld || m.Outcome == MailDismissed { // not believed
			continue
		}
		t, err := a.find(ctx, m.Ticket)
		switch {
		case errors.Is(err, ErrNotFound):
			continue
		case err != nil:
			return nil, "", err
		}
		ok, err := a.speaksFor(ctx, a.in.From.Email, t)
		switch {
		case err != nil:
			return nil, "", err
		case ok:
			return t, "", nil
		case others == nil:
			others = t
		}
	}
	if others == nil {
		return nil, "", nil
	}
	return others, "it answers a mail to somebody else", nil
}

// mostEarlier is how many earlier mails of a sender are looked at for what they answered.
const mostEarlier = 100

// bySharedAnswer finds the ticket with an earlier mail of the sender that answers a mail which this
// one answers too: a conversation that began elsewhere, and that the desk was added to.
func (a *arrival) bySharedAnswer(ctx context.Context) (*Ticket, error) {
	answered := a.mail.Answers
	if len(answered) == 0 || a.in.From.Email == "" {
		return nil, nil
	}
	page, err := a.store.Mails(ctx, MailQuery{
		Tenant: a.tenant, Address: a.in.From.Email, Outcome: []MailOutcome{MailOpened, MailAppended, MailReleased}, Limit: mostEarlier,
	})
	if err != nil {
		return nil, err
	}
	for _, m := range page.Mails {
		if m.Ticket == "" || !slices.ContainsFunc(m.Answers, func(id string) bool { return slices.Contains(answered, id) }) {
			continue
		}
		t, err := a.find(ctx, m.Ticket)
		if err == nil {
			var ok bool
			if ok, err = a.speaksFor(ctx, a.in.From.Email, t); ok {
				return t, err
			}
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
	}
	return nil, nil
}

// byReference finds a ticket by a reference in the subject: one of the sender, else another one, on
// which the mail is held.
func (a *arrival) byReference(ctx context.Context) (t *Ticket, held string, err error) {
	q := Query{Tenant: a.tenant}
	for _, m := range inSubject.FindAllStringSubmatch(a.in.Subject, 5) {
		q.Refs = append(q.Refs, reference.Spellings(m[1])...)
	}
	if len(q.Refs) == 0 || a.in.From.Email == "" {
		return nil, "", nil
	}
	page, err := a.store.Tickets(ctx, q)
	if err != nil || len(page.Tickets) == 0 {
		return nil, "", err
	}
	for _, t := range page.Tickets {
		if ok, err := a.speaksFor(ctx, a.in.From.Email, t); err != nil || ok {
			a.named = true
			return t, "", err
		}
	}
	return page.Tickets[0], "it names the ticket in its subject, and its sender takes no part in it", nil
}

var inSubject = regexp.MustCompile(`\[#?([\p{L}\p{N}-]{1,20})\]`)

func cleanID(id string) string { return clipTo(oneLine(id, maxMessageID), maxMessageID) }

// mostIDs is the most ids or addresses read of one mail: the last ones.
const mostIDs = 100

// mostCopies is the most people in Cc that are read of one mail.
const mostCopies = 1000

func cleanIDs(ids []string) []string {
	var clean []string
	for _, id := range ids[max(0, len(ids)-mostIDs):] {
		if id = cleanID(id); id != "" {
			clean = append(clean, id)
		}
	}
	return clean
}
