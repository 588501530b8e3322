package helpdesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/blank"
)

// Erased counts the things that Erase has blanked.
type Erased struct {
	Tickets  int
	Messages int
	Mails    int // records
	Views    int // saved views of agents, which are removed
	Files    int // the next Tick removes their contents
}

// erased replaces a text that may not be empty.
const erased = "(erased)"

// Archive holds tickets that were taken out of a Store. Package archive has the one that there is.
type Archive interface {
	// Recall puts all tickets with data of a mail address back into the Store of the desk, for the
	// desk's tenant, so that Erase reaches them.
	Recall(ctx context.Context, d *Desk, email string) error
}

// archived is a Store from which an archive has taken tickets.
type archived interface {
	// ArchivedWith returns the files of the archive that hold data of a mail address.
	ArchivedWith(ctx context.Context, tenant TenantID, email string) ([]BlobID, error)
}

// recall puts the archived tickets of a customer back. It fails if any of them stays away.
func (d *Desk) recall(ctx context.Context, email string) error {
	store, ok := As[archived](d.store)
	if !ok {
		return nil
	}
	files, err := store.ArchivedWith(ctx, d.tenant, email)
	if err == nil && len(files) > 0 && d.cfg.Archive != nil {
		if err = d.cfg.Archive.Recall(ctx, d, email); err == nil {
			files, err = store.ArchivedWith(ctx, d.tenant, email)
		}
	}
	if err == nil && len(files) > 0 {
		err = fmt.Errorf("%d files of the archive hold data of the customer: set Config.Archive, or restore them first: %w", len(files), ErrConflict)
	}
	return err
}

// Erase removes the data of the customer with a mail address, with all their addresses and those of
// customers merged with this one: the rows, names, addresses and texts in the customer's tickets,
// their messages and events, in mails and their files, the customer's messages on tickets of others
// and the place in Cc there, addresses and full names in the texts of these tickets, and the
// replies suggested on open tickets that were made from the customer's. It ends the links to the
// customer's tickets, and removes agents' saved views that look for the customer's address or name.
// Tickets with their times, categories, clocks and scores stay, so that reports do not change. Open
// tickets stay open, but the customer gets no more notices. Erase cannot be undone. Only admins and
// the host may call it. It works ticket by ticket: call it again after an error. Archived tickets
// of the customer come back first, by Config.Archive; without that it is ErrConflict and erases
// nothing.
//
// A model trained on the tickets (see [Learner]) keeps words without source until trained again.
func (d *Desk) Erase(ctx context.Context, email string) (Erased, error) {
	const op = "erase customer"
	var n Erased
	by, err := d.admin(ctx)
	email = cleanEmail(email)
	if err = errors.Join(err, checkLine("email", email, 254, true)); err != nil {
		return n, d.fail(op, "", err)
	}
	for try := 1; ; try++ {
		again, err := d.eraseWho(ctx, by, email, &n)
		if err != nil || !again {
			return n, d.fail(op, "", err)
		}
		if try == attempts {
			return n, d.fail(op, "", ErrConflict)
		}
	}
}

// erasee is the customer whose data is erased.
type erasee struct {
	emails []string
	rows   []Customer
	names  *blank.Blanker // takes the addresses and full names out of texts of others
}

// knows has the customer's names taken out of the texts of others, of those of two words or more.
func (w *erasee) knows(people []string) {
	var all []string
	for _, name := range people {
		if strings.Contains(name, "@") || strings.Contains(strings.TrimSpace(name), " ") {
			all = append(all, name)
		}
	}
	w.names = blank.New(all, erased)
}

// has reports whether a ticket is the customer's.
func (w *erasee) has(t *Ticket) bool {
	return slices.Contains(w.emails, t.Customer.Email) || slices.ContainsFunc(w.rows, func(c Customer) bool { return c.ID == t.CustomerID })
}

// wrote reports whether the customer is an actor.
func (w *erasee) wrote(a Actor) bool {
	return a.Role == RoleCustomer && slices.Contains(w.emails, a.ID)
}

// tickets yields the customer's tickets; one may come twice.
func (w *erasee) tickets(ctx context.Context, d *Desk) iter.Seq2[*Ticket, error] {
	return func(yield func(*Ticket, error) bool) {
		var qs []Query
		for _, email := range w.emails {
			qs = append(qs, Query{Customer: email})
		}
		if len(w.rows) > 0 {
			qs = append(qs, Query{CustomerIDs: idsOf(w.rows)})
		}
		for _, q := range qs {
			q.Tenant, q.Order = d.tenant, Oldest
			for t, err := range allTickets(ctx, d.store, q) {
				if !yield(t, err) || err != nil {
					return
				}
			}
		}
	}
}

// elsewhere returns the tickets of others that name the customer: those on which the customer is in
// Cc, or has written, and those of which the customer was the requester or a participant.
func (w *erasee) elsewhere(ctx context.Context, d *Desk, own map[TicketID]bool) (map[TicketID]bool, error) {
	others := map[TicketID]bool{}
	for t, err := range allTickets(ctx, d.store, Query{Tenant: d.tenant, Order: Oldest, Scope: &Scope{Cc: w.emails}}) {
		if err != nil {
			return nil, err
		}
		others[t.ID] = true
	}
	qs := []EventQuery{{Types: []EventType{EventCustomer, EventCc}}}
	for _, email := range w.emails {
		qs = append(qs, EventQuery{Types: eventTypes, By: email})
	}
	for _, q := range qs {
		q.Tenant = d.tenant
		for e, err := range Events(ctx, d.store, q) {
			if err != nil {
				return nil, err
			}
			if q.By != "" || w.names.Has(e.From) || w.names.Has(e.To) {
				others[e.Ticket] = true
			}
		}
	}
	for id := range own {
		delete(others, id)
	}
	return others, nil
}

// whose finds the customer with a mail address, all rows and addresses.
func (d *Desk) whose(ctx context.Context, email string) (*erasee, error) {
	w := &erasee{emails: []string{email}, names: blank.New([]string{email}, erased)}
	s, ok := As[CustomerStore](d.store)
	if !ok {
		return w, nil
	}
	q := CustomerQuery{Tenant: d.tenant, Emails: []string{email}, Family: true, Limit: MaxLimit}
	for {
		page, err := s.Customers(ctx, q)
		if err != nil {
			return nil, err
		}
		w.rows = append(w.rows, page.Customers...)
		for _, c := range page.Customers {
			for _, a := range c.Addresses {
				if a.Channel == ChannelEmail && !slices.Contains(w.emails, a.Value) {
					w.emails = append(w.emails, a.Value)
				}
			}
		}
		if q.After = page.Next; q.After == "" {
			return w, nil
		}
	}
}

// eraseWho erases the customer with a mail address. The rows go last, so that a call after an error
// finds the other addresses again. It returns true when they have changed meanwhile.
func (d *Desk) eraseWho(ctx context.Context, by Actor, email string, n *Erased) (again bool, err error) {
	w, err := d.whose(ctx, email)
	if err != nil {
		return false, err
	}
	for _, email := range w.emails {
		if err := d.recall(ctx, email); err != nil {
			return false, err
		}
	}
	people, sources := slices.Clone(w.emails), map[TicketID]bool{}
	known := func(name string) {
		if name != "" && !slices.Contains(people, name) {
			people = append(people, name)
		}
	}
	for _, c := range w.rows {
		known(c.Name)
	}
	for t, err := range w.tickets(ctx, d) {
		if err != nil {
			return false, err
		}
		sources[t.ID] = true
		known(t.Customer.Name)
	}
	// These come first, while names and sources are known: the next call would not find them.
	if err := errors.Join(d.eraseViews(ctx, by, people, n), d.forget(ctx, by, sources)); err != nil {
		return false, err
	}
	w.knows(people)
	others, err := w.elsewhere(ctx, d, sources)
	if err != nil {
		return false, err
	}
	for id := range sources {
		if err := d.eraseOn(ctx, id, by, w, nil, n); err != nil {
			return false, err
		}
		n.Tickets++
	}
	for id := range others {
		if err := d.eraseOn(ctx, id, by, w, nil, n); err != nil {
			return false, err
		}
	}
	for _, email := range w.emails {
		if err := d.eraseMails(ctx, by, email, w, n); err != nil {
			return false, err
		}
	}
	if err := d.eraseContents(ctx, w); err != nil {
		return false, err
	}
	if err := d.forget(ctx, by, sources); err != nil { // of what was suggested meanwhile
		return false, err
	}
	if len(w.rows) == 0 {
		return false, nil
	}
	c := &Change{Tenant: d.tenant, Customers: w.rows}
	for i := range c.Customers {
		c.Customers[i].Deleted = true
	}
	err = d.commit(ctx, c)
	if errors.Is(err, ErrConflict) && !d.bound {
		return true, nil
	}
	return false, err
}

// eraseMails blanks the mails from and to an address, and their messages on tickets of others.
func (d *Desk) eraseMails(ctx context.Context, by Actor, email string, w *erasee, n *Erased) error {
	for try := 1; ; {
		page, err := d.store.Mails(ctx, MailQuery{Tenant: d.tenant, Address: email, Limit: 200})
		if err != nil || len(page.Mails) == 0 {
			return err
		}
		c := &Change{Tenant: d.tenant}
		on := map[TicketID][]string{}
		var count Erased
		for _, m := range page.Mails {
			if m.Message != "" {
				on[m.Ticket] = append(on[m.Ticket], m.Message)
			} else if m.Ticket != "" { // the ticket of another whose answers go to the address
				on[m.Ticket] = on[m.Ticket]
			}
			c.eraseMail(d, m, &count)
		}
		for id, messages := range on {
			if err := d.eraseOn(ctx, id, by, w, messages, n); err != nil {
				return err
			}
		}
		switch err := d.commit(ctx, c); {
		case err == nil:
			n.Mails, n.Files = n.Mails+count.Mails, n.Files+count.Files
		case !d.overtaken(err, try):
			return err
		default:
			try++
		}
	}
}

// overtaken reports whether to try an erasure again: the ticket or a mail changed meanwhile.
func (d *Desk) overtaken(err error, try int) bool {
	var dup *DuplicateError
	return d.again(err, try) || (errors.As(err, &dup) && dup.Once.Scope == onceRelease && try < attempts && !d.bound)
}

// eraseMail blanks the record of a mail. A mail that waits for a decision is dismissed.
func (c *Change) eraseMail(d *Desk, m Mail, n *Erased) {
	n.Mails++
	n.Files += len(m.Attachments)
	d.discard(c, m.Attachments)
	m.Address, m.Subject, m.Reason, m.Content, m.Attachments = "", "", "", nil, nil
	if m.Outcome.out() {
		c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: TaskNotify, Key: m.ID}) // see notice.Key
	} else {
		m.MessageID, m.Answers = "", nil // names its sender's computer
	}
	if m.Outcome.waits() {
		m.Outcome = MailDismissed
		c.Once = append(c.Once, OnceKey{onceRelease, m.ID})
	}
	c.Mail = append(c.Mail, m)
}

// eraseOn blanks a whole ticket of the customer, or on the ticket of another the customer's own
// messages and those named. It first adds EventErased.
func (d *Desk) eraseOn(ctx context.Context, id TicketID, by Actor, w *erasee, messages []string, n *Erased) error {
	if _, err := d.update(ctx, id, by, func(x *draft) error {
		x.event(EventErased, "", "", nil)
		return nil
	}); err != nil {
		return err
	}
	for try := 1; ; try++ {
		th, err := d.store.Thread(ctx, d.tenant, id)
		if err != nil {
			return err
		}
		c, count, err := d.erasure(ctx, th, w, messages)
		if err != nil {
			return err
		}
		if err = d.commit(ctx, c); err == nil {
			n.Messages, n.Files, n.Mails = n.Messages+count.Messages, n.Files+count.Files, n.Mails+count.Mails
			return nil
		}
		if !d.overtaken(err, try) {
			return err
		}
	}
}

// erasure is the Change that blanks a ticket.
func (d *Desk) erasure(ctx context.Context, th *Thread, w *erasee, messages []string) (*Change, Erased, error) {
	var n Erased
	t := th.Ticket
	own := w.has(t)
	c := &Change{Tenant: d.tenant, Ticket: t, Rewrite: true}
	for _, m := range th.Messages {
		if m.Ticket != t.ID {
			continue
		}
		if own || w.wrote(m.By) || slices.Contains(messages, m.ID) {
			n.Messages++
			n.Files += len(m.Attachments)
			d.discard(c, m.Attachments)
			m.Body, m.Full, m.HTML, m.ReplyTo, m.Attachments = "", "", "", "", nil
			c.unsay(m.ID)
		} else if w.names.Has(m.Body) || w.names.Has(m.Full) || w.names.Has(m.HTML) {
			m.Body, m.Full, m.HTML = w.names.Text(m.Body), w.names.Text(m.Full), w.names.Text(m.HTML)
			c.unsay(m.ID)
		}
		if slices.Contains(w.emails, m.ReplyTo) {
			m.ReplyTo = ""
		}
		anonymous(&m.By, w)
		c.Messages = append(c.Messages, m)
	}
	for _, e := range th.Events {
		if e.Ticket != t.ID {
			continue
		}
		if err := e.erase(own, w); err != nil {
			return nil, n, err
		}
		c.Events = append(c.Events, e)
	}
	t.touch(d.now(), true)
	c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: TaskNotify, Key: answeredKey(t.ID)}) // it holds the customer's words
	if slices.Contains(w.emails, t.ReplyTo) {
		t.ReplyTo = ""
	}
	if !own {
		t.Cc = slices.DeleteFunc(t.Cc, func(p Contact) bool { return slices.Contains(w.emails, p.Email) })
		if len(t.Cc) == 0 {
			t.Cc = nil
		}
		t.Subject = clipRunes(w.names.Text(t.Subject), MaxSubject)
		t.Description, t.Resolution = w.names.Text(t.Description), w.names.Text(t.Resolution)
		return c, n, d.eraseReasons(ctx, c, w)
	}
	solved := t.IsSolved()
	t.Subject, t.Description, t.Customer, t.CustomerID, t.ReplyTo, t.Cc, t.Suggestion, t.Tags, t.Resolution = erased, "", Contact{}, "", "", nil, nil, nil, ""
	t.LinksEnded++
	if solved {
		c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: TaskIndex, Key: string(t.ID), Ticket: t.ID, DueAt: d.now()})
	}
	if t.Rating != nil {
		t.Rating.Comment = ""
	}
	c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: TaskNotify, Key: string(t.ID) + "/received"})
	q := MailQuery{Tenant: d.tenant, Ticket: t.ID, Limit: MaxLimit}
	for {
		page, err := d.store.Mails(ctx, q)
		if err != nil {
			return nil, n, err
		}
		for _, m := range page.Mails {
			c.eraseMail(d, m, &n)
		}
		if q.After = page.Next; q.After == "" {
			return c, n, nil
		}
	}
}

// unsay removes the notices of a message that are not delivered yet.
func (c *Change) unsay(message string) {
	for _, end := range []string{"", mentionedEnd, followedEnd} {
		c.Tasks = append(c.Tasks, Task{Tenant: c.Tenant, Kind: TaskNotify, Key: message + end})
	}
}

// eraseContents takes the customer out of mails of others that wait for a decision: they may have
// been sent to the customer too.
func (d *Desk) eraseContents(ctx context.Context, w *erasee) error {
	q := MailQuery{Tenant: d.tenant, Outcome: []MailOutcome{MailHeld, MailSuppressed, MailUnreadable}, Limit: MaxLimit}
	for {
		page, err := d.store.Mails(ctx, q)
		if err != nil {
			return err
		}
		c := &Change{Tenant: d.tenant}
		for _, m := range page.Mails {
			in, err := m.Incoming()
			if err != nil || in == nil || !w.blank(in) {
				continue
			}
			m.Content, m.Reason = encoded(in), w.names.Text(m.Reason)
			c.Mail = append(c.Mail, m)
		}
		if len(c.Mail) > 0 {
			if err := d.commit(ctx, c); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// blank takes the customer out of a mail. It returns false when the mail does not name the
// customer.
func (w *erasee) blank(in *Incoming) (named bool) {
	texts := []*string{
		&in.Subject, &in.Text, &in.Opening, &in.Full, &in.HTML, &in.Reason, &in.Problem, &in.Remark, &in.Doubt, &in.ReplyTo, &in.Verdict.Reason,
	}
	for i := range in.Results {
		texts = append(texts, &in.Results[i].Reason)
	}
	if f := in.Forward; f != nil {
		texts = append(texts, &f.From.Name, &f.From.Email, &f.Subject, &f.Text, &f.Note)
	}
	for _, list := range [][]string{in.Recipients, in.Failed, in.Loops, in.Lists} {
		for i := range list {
			texts = append(texts, &list[i])
		}
	}
	for i := range in.Cc {
		texts = append(texts, &in.Cc[i].Name, &in.Cc[i].Email)
	}
	for _, s := range texts {
		if w.names.Has(*s) {
			*s, named = w.names.Text(*s), true
		}
	}
	return named
}

// eraseReasons takes the customer out of the records of mails on a ticket of another: out of the
// subject, and the reason of one that did not arrive.
func (d *Desk) eraseReasons(ctx context.Context, c *Change, w *erasee) error {
	q := MailQuery{Tenant: d.tenant, Ticket: c.Ticket.ID, Limit: MaxLimit}
	for {
		page, err := d.store.Mails(ctx, q)
		if err != nil {
			return err
		}
		for _, m := range page.Mails {
			if w.names.Has(m.Reason) || w.names.Has(m.Subject) {
				m.Reason, m.Subject = w.names.Text(m.Reason), w.names.Text(m.Subject)
				c.Mail = append(c.Mail, m)
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

func anonymous(a *Actor, w *erasee) {
	if w.wrote(*a) {
		a.ID, a.Name = "", ""
	}
}

// erase removes people's texts from an event. An event of any type not listed here loses all data.
func (e *Event) erase(own bool, w *erasee) error {
	anonymous(&e.By, w)
	if !own && e.Type != EventMail {
		e.From, e.To = w.names.Text(e.From), w.names.Text(e.To)
		return e.unname(w)
	}
	if !own {
		err := reword(e, func(d *MailData) {
			if slices.Contains(w.emails, d.From) {
				d.From, d.Reason = "", ""
			}
		})
		return errors.Join(err, e.unname(w))
	}
	switch e.Type {
	case EventOpened, EventStatus, EventPriority, EventCategory, EventFeedback, EventOverride, EventAssigned, EventUnassigned, EventReplied, EventNoted,
		EventReopened, EventUnmerged, EventSplit, EventLanguage, EventLinked, EventUnlinked, EventLinksEnded, EventFollowers, EventOrganisation, EventSender, EventErased, EventSLAMet, EventSLAAtRisk, EventSLABreached, EventSLATarget:
		return nil
	case EventMerged: // its data has tags
		e.Data = nil
		return nil
	case EventTriaged, EventShadow:
		return reword(e, func(d *TriageData) { d.Error, d.Tags = "", nil })
	case EventEscalated:
		return reword(e, func(d *EscalationData) { d.Reason = "" })
	case EventRated:
		return reword(e, func(r *Rating) { r.Comment = "" })
	case EventMail:
		return reword(e, func(d *MailData) { d.From, d.Reason = "", "" })
	}
	e.From, e.To, e.Data = "", "", nil
	return nil
}

// unname takes the customer out of the texts in the payload of an event.
func (e *Event) unname(w *erasee) error {
	if len(e.Data) == 0 {
		return nil
	}
	in := json.NewDecoder(bytes.NewReader(e.Data))
	in.UseNumber()
	var data any
	if err := in.Decode(&data); err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	named := false
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case string:
			named = named || w.names.Has(v)
			return w.names.Text(v)
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		case map[string]any:
			for k := range v {
				v[k] = walk(v[k])
			}
		}
		return v
	}
	if data = walk(data); named {
		e.Data = encoded(data)
	}
	return nil
}

// reword edits the payload of an event.
func reword[T any](e *Event, edit func(*T)) error {
	if len(e.Data) == 0 {
		return nil
	}
	var data T
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	edit(&data)
	text, err := json.Marshal(data)
	e.Data = text
	return err
}
