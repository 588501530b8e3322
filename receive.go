package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Receive takes in a message from outside and returns its record: what became of it, and why. It answers a ticket, opens one, is noted
// on one, is held for a person to look at, or is suppressed. Receiving it again, by the same Message-ID or the same ID,
// changes nothing and returns the record of the first time.
//
// A ticket is found by the reply token in a recipient's address, else by the Message-IDs it answers, else by a reference in the
// subject. Only who the ticket belongs to is believed: what others send to it is held there, and what merely names a
// reference is a new ticket. Nothing is refused for what it holds, and an error is always trouble of the desk's own, after which nothing
// is kept and the sender has to try again. Only the host may call it.
func (d *Desk) Receive(ctx context.Context, in *Incoming) (*Mail, error) {
	const op = "receive mail"
	if d.actor.Role != RoleSystem {
		return nil, d.fail(op, "", fmt.Errorf("%w: for the host only", ErrForbidden))
	}
	if in == nil {
		return nil, d.fail(op, "", &FieldError{"incoming", "is nil"})
	}
	desk := *d
	desk.version = 0 // of a ticket, which nobody has named
	a := arrive(&desk, in)
	m, err := a.seen(ctx, "")
	if m == nil && err == nil {
		m, err = a.take(ctx)
	}
	var dup *DuplicateError
	if errors.As(err, &dup) && dup.Once.Scope == onceMail {
		if m, err = a.seen(ctx, dup.Ticket); m == nil && err == nil { // somebody was faster
			a.mail.Outcome, a.mail.Reason = MailSuppressed, "its delivery came in before, as another mail"
			m = &a.mail
		}
	}
	return m, d.fail(op, "", err)
}

// Scopes of the once keys of mails.
const (
	onceMail    = "mail"    // its Message-ID or the id of its delivery came in
	onceRelease = "release" // it was released or dismissed
)

// How many mails of one address are taken in before the next ones are held.
const (
	floodMails = 20
	floodTime  = 10 * time.Minute
)

// arrival is a mail on its way in.
type arrival struct {
	*Desk
	in   Incoming // within the limits
	mail Mail     // its record in the making
	said words
	from Actor
}

// arrive brings a mail into the form in which it can be kept. What is too long is cut.
func arrive(d *Desk, in *Incoming) *arrival {
	a := &arrival{Desk: d, in: *in}
	m := &a.in
	m.From.Email, m.From.Name = cleanEmail(oneLine(m.From.Email, 254)), oneLine(m.From.Name, 200)
	m.From.Tags = nil // not a sender's to say
	m.Subject = oneLine(m.Subject, MaxSubject)
	m.Text, m.Full, m.HTML = cleanText(m.Text), cleanText(m.Full), cleanText(m.HTML)
	if m.Text == "" {
		m.Text = m.Full
	}
	m.Reason, m.Problem = oneLine(m.Reason, 500), oneLine(m.Problem, 500)
	m.MessageID, m.ID = cleanID(m.MessageID), cleanID(m.ID)
	m.InReplyTo, m.References, m.Bounced = cleanIDs(m.InReplyTo), cleanIDs(m.References), cleanIDs(m.Bounced)
	m.Failed, m.Recipients, m.Loops = cleanIDs(m.Failed), cleanIDs(m.Recipients), cleanIDs(m.Loops)
	if _, err := ParseMailKind(string(m.Kind)); err != nil {
		m.Kind = MailMessage
	}
	a.from = Actor{Role: RoleCustomer, ID: m.From.Email, Name: m.From.Name}
	a.said = words{body: m.Text, full: m.Full, html: m.HTML}
	a.mail = Mail{ID: d.cfg.NewID(), MessageID: m.MessageID, Address: m.From.Email, Subject: m.Subject, At: d.now()}
	if key := cmp.Or(m.MessageID, m.ID); key != "" {
		a.mail.ID = mailName(d.tenant, key)
	}
	return a
}

// maxMessageID is how many bytes the id of a mail may have: those of a line, by RFC 5322, section 2.1.1.
const maxMessageID = 998

// mailName is the id of the record of a mail: the same whenever it comes in.
func mailName(tenant TenantID, key string) string { return nameOf("mail", string(tenant), key) }

// seen returns the record of the mail if it came in before, or onto that ticket; nil when it did not.
func (a *arrival) seen(ctx context.Context, onto TicketID) (*Mail, error) {
	q := MailQuery{Tenant: a.tenant}
	for _, key := range []string{a.in.MessageID, a.in.ID} {
		if key != "" {
			q.IDs = append(q.IDs, mailName(a.tenant, key))
		}
	}
	if len(q.IDs) == 0 {
		return nil, nil
	}
	page, err := a.store.Mails(ctx, q)
	if err == nil && len(page.Mails) == 0 && onto != "" { // the id of one delivery, but another Message-ID
		page, err = a.store.Mails(ctx, MailQuery{Tenant: a.tenant, Ticket: onto, Outcome: MailOutcomes[:slices.Index(MailOutcomes, MailQueued)]})
	}
	if err != nil || len(page.Mails) == 0 {
		return nil, err
	}
	return &page.Mails[0], nil
}

// take decides what becomes of the mail and commits it.
func (a *arrival) take(ctx context.Context) (*Mail, error) {
	in := &a.in
	if box := a.mailbox(); box != "" && slices.ContainsFunc(in.Loops, func(l string) bool { return cleanEmail(l) == box }) {
		return a.aside(ctx, MailSuppressed, "it is a mail of this desk that came back: X-Loop")
	}
	if in.Kind == MailBounce {
		return a.bounce(ctx)
	}
	t, held, err := a.thread(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case in.Kind != MailMessage && t != nil && held == "":
		return a.note(ctx, t)
	case in.Kind != MailMessage:
		return a.aside(ctx, MailSuppressed, cmp.Or(in.Reason, "it is no message of a person"))
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
		return a.aside(ctx, MailHeld, fmt.Sprintf("its sender has written more than %d mails in %s", floodMails, spell(floodTime)))
	case t != nil && held != "":
		return a.hold(ctx, t, held)
	case t != nil:
		return a.answer(ctx, t)
	}
	return a.openTicket(ctx)
}

// thread finds the ticket that the mail belongs to; held says why the sender is not believed, if so.
func (a *arrival) thread(ctx context.Context) (t *Ticket, held string, err error) {
	for _, token := range tokensIn(a.in.Recipients, a.mailbox()) {
		t, err := a.bearer(ctx, forReply, token)
		if errors.Is(err, ErrNotFound) {
			continue // forged, or of another tenant
		}
		if err == nil && t.Customer.Email != a.in.From.Email {
			return t, "its reply address was given to somebody else", nil
		}
		return t, "", err
	}
	if t, held, err = a.byMessageID(ctx); t != nil || err != nil {
		return t, held, err
	}
	t, err = a.byReference(ctx)
	return t, "", err
}

// byMessageID finds the ticket of a mail that this one answers, as it stands on record: ids are looked up, never read.
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
		if m.Ticket == "" || m.Outcome == MailHeld || m.Outcome == MailDismissed { // who was not believed opens no door for others
			continue
		}
		t, err := a.find(ctx, m.Ticket)
		switch {
		case errors.Is(err, ErrNotFound):
			continue
		case err != nil:
			return nil, "", err
		case t.Customer.Email == a.in.From.Email:
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

// byReference finds a ticket of the sender's own by a reference in the subject.
func (a *arrival) byReference(ctx context.Context) (*Ticket, error) {
	q := Query{Tenant: a.tenant, Customer: a.in.From.Email}
	for _, m := range reference.FindAllStringSubmatch(a.in.Subject, 5) {
		q.Refs = append(q.Refs, refs(m[1])...)
	}
	if len(q.Refs) == 0 || q.Customer == "" {
		return nil, nil
	}
	page, err := a.store.Tickets(ctx, q)
	if err != nil || len(page.Tickets) == 0 {
		return nil, err
	}
	return page.Tickets[0], nil
}

var reference = regexp.MustCompile(`\[#?([\p{L}\p{N}-]{1,20})\]`)

// tokensIn returns what stands behind the plus of addresses of the mailbox.
func tokensIn(addresses []string, box string) []string {
	var tokens []string
	local, domain, _ := strings.Cut(box, "@")
	for _, address := range addresses {
		address = cleanEmail(address)
		at := strings.LastIndexByte(address, '@')
		if at < 0 || address[at+1:] != domain {
			continue
		}
		if token, ok := strings.CutPrefix(address[:at], local+"+"); ok && len(tokens) < 5 {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

// answer adds the mail to the customer's ticket. Where that was merged into somebody else's, the mail is held there.
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
		if into.Customer.Email != t.Customer.Email {
			return a.hold(ctx, into, "its ticket was merged into one of somebody else's")
		}
	}
	return a.with(ctx, func(said words, keep func(*draft, MailOutcome, string)) error {
		_, err := a.customerReply(ctx, t.ID, said, a.from, func(x *draft, _ TicketID) {
			outcome, why := MailAppended, ""
			if x.before == nil {
				outcome, why = MailOpened, "the ticket it answers is closed"
			}
			keep(x, outcome, why)
		})
		return err
	})
}

// openTicket makes a ticket of the mail.
func (a *arrival) openTicket(ctx context.Context) (*Mail, error) {
	return a.with(ctx, func(said words, keep func(*draft, MailOutcome, string)) error {
		_, _, err := a.open(ctx, a.params(), Actor{}, "", said, func(x *draft) { keep(x, MailOpened, "") })
		return err
	})
}

// params are those of the ticket that the mail opens.
func (a *arrival) params() *OpenParams {
	return &OpenParams{Subject: cmp.Or(a.in.Subject, "(no subject)"), Description: a.said.body, Customer: a.in.From, Source: SourceEmail}
}

// hold keeps the mail on a ticket whose customer may not have written it, for agents to look at.
func (a *arrival) hold(ctx context.Context, t *Ticket, why string) (*Mail, error) {
	return a.onto(ctx, t, func(x *draft, said words, keep func(*draft, MailOutcome, string)) {
		m := x.say(HeldMessage, a.from, said)
		keep(x, MailHeld, why)
		x.notify(notice{Key: m, Kind: NoticeHeld, Audience: toAssignee, Text: "A mail by somebody else than the customer waits to be looked at: " + why + "."})
	})
}

// note keeps what a program sent on a ticket. It changes nothing else.
func (a *arrival) note(ctx context.Context, t *Ticket) (*Mail, error) {
	return a.onto(ctx, t, func(x *draft, said words, keep func(*draft, MailOutcome, string)) {
		said.body = clipTo("Automatic mail from "+a.from.String()+":\n\n"+said.body, MaxText)
		x.say(SystemNote, Actor{}, said)
		keep(x, MailNoted, cmp.Or(a.in.Reason, "it is no message of a person"))
	})
}

// onto commits what is added to a ticket without touching its state.
func (a *arrival) onto(ctx context.Context, t *Ticket, act func(x *draft, said words, keep func(*draft, MailOutcome, string))) (*Mail, error) {
	id, err := a.survivor(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	return a.with(ctx, func(said words, keep func(*draft, MailOutcome, string)) error {
		_, err := a.update(ctx, id, Actor{}, func(x *draft) error {
			act(x, said, keep)
			return nil
		})
		return err
	})
}

// with keeps the files of the mail while do commits it. keep, called on the draft that is committed, puts the mail
// on record as the author of the draft's last message.
func (a *arrival) with(ctx context.Context, do func(said words, keep func(x *draft, outcome MailOutcome, why string)) error) (*Mail, error) {
	files, lost, err := a.files(ctx)
	if err != nil {
		return nil, err
	}
	said := a.said
	said.files = files
	var kept Mail
	err = do(said, func(x *draft, outcome MailOutcome, why string) {
		kept = a.mail
		kept.Outcome, kept.Reason, kept.Ticket = outcome, why, x.t.ID
		kept.Message = x.c.Messages[len(x.c.Messages)-1].ID
		if x.before == nil { // time may already have added remarks of its own
			kept.Message = x.c.Messages[0].ID
		}
		x.c.Mail = append(x.c.Mail, kept)
		a.onceKeys(&x.c)
		x.event(EventMail, "", string(outcome), MailData{Mail: kept.ID, From: a.in.From.Email, Reason: why})
		for _, problem := range []string{a.in.Problem, lost} {
			if problem != "" {
				x.message(SystemNote, Actor{}, "The mail could not be read as a whole: "+problem)
			}
		}
	})
	if err != nil {
		a.dropUncommitted(ctx, files, err)
		return nil, err
	}
	return &kept, nil
}

// files keeps what the mail brings. lost says what could not be kept: a desk without Blobs still takes the words in.
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

// onceKeys make a second arrival of the mail fail.
func (a *arrival) onceKeys(c *Change) {
	for _, key := range []string{a.in.MessageID, a.in.ID} {
		if key != "" {
			once := OnceKey{onceMail, nameOf(key)}
			if !slices.Contains(c.Once, once) {
				c.Once = append(c.Once, once)
			}
		}
	}
}

// aside keeps a mail that belongs to no ticket, with all that is needed to make one of it later.
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

func cleanID(id string) string { return clipTo(oneLine(id, maxMessageID), maxMessageID) }

// mostIDs is how many ids or addresses of one mail are looked at.
const mostIDs = 100

func cleanIDs(ids []string) []string {
	var clean []string
	for _, id := range ids[max(0, len(ids)-mostIDs):] {
		if id = cleanID(id); id != "" {
			clean = append(clean, id)
		}
	}
	return clean
}
