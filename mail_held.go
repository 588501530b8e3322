package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Mails returns one page of records of mails, latest first. It is for agents, admins and the host.
// A restricted agent sees the mails of the tickets in their scope, and none without a ticket.
func (d *Desk) Mails(ctx context.Context, q MailQuery) (MailPage, error) {
	const op = "list mails"
	scope, err := d.staffScope(ctx)
	q.Tenant, q.Address = d.tenant, cleanEmail(q.Address)
	if scope != nil {
		q.Scope = scope
	}
	if err = errors.Join(err, q.check()); err != nil {
		return MailPage{}, d.fail(op, "", err)
	}
	page, err := d.store.Mails(ctx, q)
	return page, d.fail(op, "", err)
}

// check returns an error for each invalid field of a query.
func (q *MailQuery) check() error {
	errs := []error{checkLine("address", q.Address, 254, false)}
	if q.Limit < 0 {
		errs = append(errs, &FieldError{"limit", "is negative"})
	}
	if q.Ticket != "" && !validID(q.Ticket) {
		errs = append(errs, &FieldError{"ticket", "is not an id"})
	}
	for _, o := range q.Outcome {
		_, err := ParseMailOutcome(string(o))
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// MailFile opens a file of a mail that became no message, such as the bytes of an unreadable mail.
func (d *Desk) MailFile(ctx context.Context, mail string, id BlobID) (Attachment, io.ReadCloser, error) {
	const op = "open file of mail"
	d, _, err := d.enterStaff(ctx)
	var m *Mail
	if err == nil {
		m, err = d.mailRecord(ctx, mail)
	}
	if err != nil {
		return Attachment{}, nil, d.fail(op, "", err)
	}
	at := slices.IndexFunc(m.Attachments, func(a Attachment) bool { return a.ID == id })
	if at < 0 || d.blobs() == nil {
		return Attachment{}, nil, d.fail(op, "", ErrNotFound)
	}
	r, err := d.blobs().Open(ctx, d.tenant, id)
	return m.Attachments[at], r, d.fail(op, "", err)
}

func (d *Desk) mailRecord(ctx context.Context, id string) (*Mail, error) {
	if !validID(TicketID(id)) {
		return nil, ErrNotFound
	}
	scope, err := d.sees(ctx)
	if err != nil {
		return nil, err
	}
	page, err := d.store.Mails(ctx, MailQuery{Tenant: d.tenant, IDs: []string{id}, Scope: scope, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(page.Mails) == 0 {
		return nil, ErrNotFound
	}
	return &page.Mails[0], nil
}

// ReleaseAs says what else a Release does with the sender of the mail.
type ReleaseAs string

// What a Release does beside making a message.
const (
	// ReleaseJoin adds the sender to [Ticket.Cc]: further mails of that address are messages of the
	// ticket, and it gets the replies.
	ReleaseJoin ReleaseAs = "participant"
	// ReleaseBind makes the address a verified one of the ticket's customer: it acts for the
	// customer on all tickets from then on. The address may not be another customer's.
	ReleaseBind ReleaseAs = "customer"
	// ReleaseNew opens a new ticket for the sender, also when a ticket holds the mail.
	ReleaseNew ReleaseAs = "new"
)

// ReleaseWays lists every ReleaseAs.
var ReleaseWays = []ReleaseAs{ReleaseJoin, ReleaseBind, ReleaseNew}

// ParseReleaseAs returns the ReleaseAs named s; an empty s is that of a Release without any.
func ParseReleaseAs(s string) (ReleaseAs, error) {
	if s == "" || slices.Contains(ReleaseWays, ReleaseAs(s)) {
		return ReleaseAs(s), nil
	}
	return "", &FieldError{"as", fmt.Sprintf("%q is not one of %s", clip(s), list(ReleaseWays))}
}

// Release turns a held, suppressed or unreadable mail into a message: on the ticket onto, or if
// that is empty on the ticket that holds the mail, or else on a new ticket. The message counts as
// the customer's. as says what else is done, at most one thing; by default nothing is: the next
// mail of the sender is held again. A second Release of a mail returns ErrConflict.
func (d *Desk) Release(ctx context.Context, mail string, onto TicketID, as ...ReleaseAs) (*Ticket, error) {
	const op = "release mail"
	d, by, err := d.enterStaff(ctx)
	way := ReleaseAs("")
	if len(as) == 1 {
		way, err = as[0], errors.Join(err, second(ParseReleaseAs(string(as[0]))))
	}
	if len(as) > 1 || way == ReleaseNew && onto != "" {
		err = errors.Join(err, &FieldError{"as", "says two things at once"})
	}
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	t, err := d.release(ctx, by, mail, onto, way)
	return t, d.fail(op, "", err)
}

func second[T any](_ T, err error) error { return err }

func (d *Desk) release(ctx context.Context, by Actor, mail string, onto TicketID, as ReleaseAs) (*Ticket, error) {
	m, said, from, err := d.waiting(ctx, mail)
	if err != nil {
		return nil, err
	}
	if onto = cmp.Or(onto, m.Ticket); as == ReleaseNew {
		onto = ""
	}
	var also func(x *draft)
	if as == ReleaseBind && m.Sender == SenderFailed { // the address may be anybody's, with tickets of its own
		return nil, &FieldError{"as", "cannot be done: the mail is not from the address that it names"}
	}
	if as == ReleaseJoin || as == ReleaseBind {
		if also, err = d.letIn(ctx, onto, from, as); err != nil {
			return nil, err
		}
	}
	if m.Message != "" { // the held message stays on its ticket with its files: copy them
		if said.files, err = d.copies(ctx, said.files.files); err != nil {
			return nil, err
		}
	}
	t, err := d.releaseOnto(ctx, by, m, said, from, onto, also)
	if err != nil {
		d.dropUncommitted(ctx, said.files, err)
	}
	return t, err
}

// letIn returns what adds the sender of a mail to the people of a ticket.
func (d *Desk) letIn(ctx context.Context, onto TicketID, from Actor, as ReleaseAs) (func(x *draft), error) {
	if onto == "" {
		return nil, &FieldError{"as", "needs a ticket"}
	}
	cc, err := d.cleanCc([]Contact{{Name: from.Name, Email: from.ID}})
	if err == nil && from.ID == "" {
		err = &FieldError{"as", "needs a sender with an address"}
	}
	if err != nil {
		return nil, err
	}
	if as == ReleaseJoin {
		return func(x *draft) { x.addCc(cc) }, nil
	}
	id, err := d.survivor(ctx, onto)
	if err != nil {
		return nil, err
	}
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := d.storedCustomer(ctx, &Customer{ID: t.CustomerID})
	if errors.Is(err, ErrNotFound) {
		err = &FieldError{"as", "needs a ticket of a known customer"}
	}
	if err != nil {
		return nil, err
	}
	p, err := d.person(ctx, from.ID)
	if err == nil && p != nil && p.owner.ID != c.ID {
		err = errors.Join(ErrConflict, &FieldError{"as", "cannot be done: the address is another customer's"})
	}
	if err != nil {
		return nil, err
	}
	is := *c
	is.Addresses = slices.Clone(c.Addresses)
	at := slices.IndexFunc(is.Addresses, func(a Address) bool { return a.Channel == ChannelEmail && a.Value == from.ID })
	if at < 0 {
		at, is.Addresses = len(is.Addresses), append(is.Addresses, Address{Channel: ChannelEmail, Value: from.ID})
	}
	is.Addresses[at].Verified = true
	return func(x *draft) {
		is.UpdatedAt = x.now
		x.c.Customers = append(x.c.Customers, is)
	}, nil
}

func (d *Desk) releaseOnto(
	ctx context.Context, by Actor, m *Mail, said words, from Actor, onto TicketID, also func(x *draft),
) (*Ticket, error) {
	done := func(x *draft) {
		if also != nil {
			also(x)
		}
		r := *m
		r.Outcome, r.Reason, r.Ticket, r.Content, r.Attachments = MailReleased, "released by "+by.String(), x.t.ID, nil, nil
		r.Message = x.c.Messages[len(x.c.Messages)-1].ID
		if x.before == nil {
			r.Message = x.c.Messages[0].ID
		}
		x.c.Mail = append(x.c.Mail, r)
		if m.Message != "" && m.Ticket != r.Ticket { // Erase finds the held message by this record
			left := *m
			left.ID, left.MessageID, left.Outcome, left.Reason = d.cfg.NewID(), "", MailReleased, "released onto another ticket"
			x.c.Mail = append(x.c.Mail, left)
		}
		x.once(onceRelease, m.ID)
		x.event(EventMail, string(m.Outcome), string(MailReleased), MailData{Mail: m.ID, From: m.Address, Reason: r.Reason})
		x.c.Events[len(x.c.Events)-1].By = by
	}
	if onto != "" {
		if _, err := d.find(ctx, onto); err != nil {
			return nil, errors.Join(err, &FieldError{"onto", "is not a ticket of this tenant"})
		}
		return d.customerReply(ctx, onto, said, from, func(x *draft, _ TicketID) { done(x) })
	}
	p := OpenParams{Subject: cmp.Or(m.Subject, "(no subject)"), Description: said.body, Source: SourceEmail, replyTo: said.replyTo}
	if checkEmail("from", from.ID) == nil {
		p.Customer = Contact{Name: from.Name, Email: from.ID}
	}
	t, _, err := d.open(ctx, &p, Actor{}, "", said, done)
	return t, err
}

// Dismiss rejects a held, suppressed or unreadable mail. Its record stays; its content is removed.
func (d *Desk) Dismiss(ctx context.Context, mail string) error {
	const op = "dismiss mail"
	d, by, err := d.enterStaff(ctx)
	if err != nil {
		return d.fail(op, "", err)
	}
	m, _, _, err := d.waiting(ctx, mail)
	if err != nil {
		return d.fail(op, "", err)
	}
	r := *m
	r.Outcome, r.Reason, r.Content, r.Attachments = MailDismissed, "dismissed by "+by.String(), nil, nil
	c := &Change{Tenant: d.tenant, Mail: []Mail{r}, Once: []OnceKey{{onceRelease, m.ID}}}
	d.discard(c, m.Attachments)
	return d.fail(op, "", d.commit(ctx, c))
}

// discard adds a task that removes contents to c.
func (d *Desk) discard(c *Change, files []Attachment) {
	if len(files) > 0 {
		c.Tasks = append(c.Tasks, strayTask(d.tenant, ids(files), d.now()))
	}
}

// waiting reads a mail that a person may decide on, with its text and its author.
func (d *Desk) waiting(ctx context.Context, mail string) (*Mail, words, Actor, error) {
	m, err := d.mailRecord(ctx, mail)
	if err != nil {
		return nil, words{}, Actor{}, err
	}
	from := Actor{Role: RoleCustomer, ID: m.Address}
	switch {
	case !m.Outcome.waits():
		return nil, words{}, from, errors.Join(ErrConflict, &FieldError{"mail", fmt.Sprintf("is %s: there is nothing to decide", m.Outcome)})
	case m.Message != "":
		th, err := d.store.Thread(ctx, d.tenant, m.Ticket)
		if err != nil {
			return nil, words{}, from, err
		}
		at := slices.IndexFunc(th.Messages, func(x Message) bool { return x.ID == m.Message })
		if at < 0 {
			return nil, words{}, from, ErrNotFound
		}
		x := th.Messages[at]
		return m, words{body: x.Body, full: x.Full, html: x.HTML, files: kept{files: x.Attachments, stay: true}, sender: x.Sender, replyTo: x.ReplyTo}, x.By, nil
	}
	in, err := m.Incoming()
	if err != nil || in == nil {
		return nil, words{}, from, errors.Join(err, ErrNotFound)
	}
	from.Name = in.From.Name
	said := words{body: cmp.Or(in.Opening, in.Text), full: in.Full, html: in.HTML, files: kept{files: m.Attachments, stay: true}, automatic: in.Kind != MailMessage || in.Quiet}
	said.sender, said.replyTo = m.Sender, in.ReplyTo
	return m, said, from, nil
}
