package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Imported is a ticket of another desk with its history, for [Desk.Import]. Package transfer reads
// files of such tickets.
type Imported struct {
	// Source names the other desk, as "zendesk", and External the ticket there. Together they are
	// the identity of the ticket: it is imported once. Each has at most 200 characters.
	Source   string
	External string

	// Ticket is the ticket as the other desk has it. Import reads Subject, Description, Customer,
	// Source, Language, Tags, Status, Category, Priority, Assignee, Resolution, Rating, CreatedAt,
	// UpdatedAt, AssignedAt, FirstReplyAt, ResolvedAt, ClosedAt and Cc, of which it leaves out the
	// desk's own and wrong addresses. A zero CreatedAt is now, an empty Status is told by the
	// times. With Exact it reads everything.
	Ticket Ticket

	// Person and Organisation are known of the customer, as by a [Directory]. They count unless
	// the desk knows the organisation of the customer already. Nil: the Ticket says all.
	Person       *Customer
	Organisation *Organisation

	// Messages are the conversation, oldest first; the first holds the Description. None: Import
	// makes the first. An ID is any text that names the message in the ticket; an empty one is made
	// of the content. A zero time is that of the ticket.
	Messages []Message

	// Exact says that the ticket comes from a desk of this package. Its ids, events, clocks and
	// mails are kept as they are. It is never updated by a second import.
	Exact  bool
	Events []Event
	Mails  []Mail

	// Content opens an attachment of Messages; nil: attachments are left out.
	Content func(Attachment) (io.ReadCloser, error)
}

// ImportOutcome says what an import did.
type ImportOutcome string

// The outcomes of an import.
const (
	ImportAdded     ImportOutcome = "added"
	ImportUpdated   ImportOutcome = "updated"
	ImportUnchanged ImportOutcome = "unchanged"
)

// Limits of an imported ticket.
const (
	maxExternal = 200    // characters of Source and External
	maxImported = 10_000 // messages, events and mails, each
	futureTime  = time.Hour
)

// onceImport is the scope of the once keys of imported tickets. A key holds the id only as a hash.
const onceImport = "import"

// importData is the payload of EventImported.
type importData struct {
	State string `json:"state"` // of the ticket in the other desk, as a hash
}

// Import adds a ticket of another desk, or brings an imported one up to date. The events tell its
// history with its own times, so reports count it there. One of type EventImported comes last.
//
// A ticket that is over gets no SLA clock, no triage and no place in the queue. An open one gets
// clocks from now on. It keeps its agent if the roster has that agent, else it waits in the queue;
// without a category it is triaged first. Import sends no notice.
//
// A second import adds the messages that are new. If the ticket has changed in the other desk since
// the last import, and no person has worked on it here, its status, agent, priority, category and
// tags change too; otherwise they stay. A ticket with erased data is left as it is.
//
// The ticket is nil if an archive holds it. Only admins and the host may import. An ErrInvalid
// error names each field at fault.
func (d *Desk) Import(ctx context.Context, in Imported) (*Ticket, ImportOutcome, error) {
	const op = "import"
	by, err := d.admin(ctx)
	if err == nil {
		err = in.clean(d)
	}
	if err != nil {
		return nil, "", d.fail(op, "", err)
	}
	for try := 1; ; try++ {
		t, what, err := d.importOnce(ctx, by, &in)
		if err == nil || d.bound || try == attempts || !errors.Is(err, ErrConflict) {
			return t, what, d.fail(op, "", err)
		}
		if try > attempts/2 { // what it says of people may be at odds with what is stored
			in.Person, in.Organisation = nil, nil
		}
	}
}

func (d *Desk) importOnce(ctx context.Context, by Actor, in *Imported) (*Ticket, ImportOutcome, error) {
	t, err := d.store.Ticket(ctx, d.tenant, in.Ticket.ID)
	switch {
	case err == nil:
		return d.importAgain(ctx, by, in, t)
	case !errors.Is(err, ErrNotFound):
		return nil, "", err
	}
	t, err = d.importNew(ctx, by, in)
	var dup *DuplicateError
	if !errors.As(err, &dup) {
		return t, ImportAdded, err
	}
	if dup.Once.Scope == onceImport {
		t, err = d.store.Ticket(ctx, d.tenant, in.Ticket.ID)
		if errors.Is(err, ErrNotFound) {
			return nil, ImportUnchanged, nil
		}
		return t, ImportUnchanged, cmp.Or(err, error(ErrConflict)) // another process has just added it
	}
	if dup.Once.Scope == "ref" {
		in.Ticket.Ref = ""
	}
	return nil, "", errors.Join(ErrConflict, err)
}

// clean brings the ticket into its stored form, and names every field at fault.
func (in *Imported) clean(d *Desk) error {
	errs := []error{
		checkLine("source", in.Source, maxExternal, true), checkLine("external_id", in.External, maxExternal, true),
	}
	was := in.Ticket.Clone()
	p := OpenParams{
		Subject: was.Subject, Description: was.Description, Customer: Contact{Name: was.Customer.Name, Email: was.Customer.Email},
		Source: was.Source, Language: was.Language, Tags: was.Tags, Priority: was.Priority,
	}
	if !in.Exact {
		p.Category = was.Category
	}
	errs = append(errs, p.clean(d))
	var cc []Contact
	for _, c := range was.Cc {
		if clean, err := d.cleanCc([]Contact{c}); err == nil && clean[0].Email != p.Customer.Email {
			cc = append(cc, clean...)
		}
	}
	cc = sortedCc(cc)
	t := was
	if !in.Exact {
		t = &Ticket{
			ID:     TicketID(nameOf("ticket", string(d.tenant), in.Source, in.External)),
			Status: was.Status, Category: was.Category, Priority: cmp.Or(was.Priority, Medium), CategoryBy: ByRule, PriorityBy: ByRule,
			Assignee: was.Assignee, Resolution: d.withoutTokens(was.Resolution), Rating: was.Rating, CreatedAt: was.CreatedAt, UpdatedAt: was.UpdatedAt,
			AssignedAt: was.AssignedAt, FirstReplyAt: was.FirstReplyAt, ResolvedAt: was.ResolvedAt, ClosedAt: was.ClosedAt,
		}
		if was.Category != "" {
			t.CategoryBy = ByPerson
		}
		if was.Priority != 0 {
			t.PriorityBy = ByPerson
		}
	} else if !validID(t.ID) || t.MergedInto == t.ID || checkID("", string(t.MergedInto)) != nil || checkID("", string(t.CustomerID)) != nil ||
		checkID("", string(t.Organisation)) != nil {
		errs = append(errs, &FieldError{"id", "is no id, or one that the ticket refers to is none"})
	}
	links, err := cleanLinks(t.ID, t.Links)
	errs = append(errs, err)
	t.Tenant, t.Version, t.Links = d.tenant, 0, links
	t.Subject, t.Description, t.Customer, t.Source, t.Language, t.Tags = p.Subject, p.Description, p.Customer, p.Source, p.Language, p.Tags
	t.Cc = cc[:min(len(cc), MaxParticipants)]
	in.Ticket = *t
	errs = append(errs, in.cleanTimes(d.now()), checkLine("assignee", string(t.Assignee), 200, false),
		checkText("resolution_note", t.Resolution, false), checkPriority(t.Priority, false))
	if t.Rating != nil && (t.Rating.Score < 1 || t.Rating.Score > 5) {
		errs = append(errs, &FieldError{"rating", "is not between 1 and 5"})
	}
	if t.Rating != nil {
		errs = append(errs, checkText("rating", t.Rating.Comment, false))
	}
	if len(in.Messages) > maxImported || len(in.Events) > maxImported || len(in.Mails) > maxImported {
		errs = append(errs, &FieldError{"comments", fmt.Sprintf("are more than %d", maxImported)})
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return errors.Join(in.cleanMessages(d), in.cleanRecords(d))
}

// cleanTimes checks status and times, and says the one by the other where that is left out.
func (in *Imported) cleanTimes(now time.Time) error {
	t := &in.Ticket
	var errs []error
	for _, at := range []struct {
		field string
		*time.Time
	}{
		{"created_at", &t.CreatedAt}, {"updated_at", &t.UpdatedAt}, {"assigned_at", &t.AssignedAt}, {"first_reply_at", &t.FirstReplyAt},
		{"resolved_at", &t.ResolvedAt}, {"closed_at", &t.ClosedAt},
	} {
		*at.Time = instant.Of(*at.Time)
		switch {
		case at.IsZero():
		case at.Unix() < 0:
			errs = append(errs, &FieldError{at.field, "is before 1970"})
		case at.After(now.Add(futureTime)) && !in.Exact:
			errs = append(errs, &FieldError{at.field, "is in the future"})
		case at.Before(t.CreatedAt) && !in.Exact && (at.Time == &t.ResolvedAt || at.Time == &t.ClosedAt):
			errs = append(errs, &FieldError{at.field, "is before created_at"})
		}
	}
	if t.CreatedAt.IsZero() {
		t.CreatedAt = now
	}
	switch {
	case t.Status != "":
	case !t.ClosedAt.IsZero():
		t.Status = StatusClosed
	case !t.ResolvedAt.IsZero():
		t.Status = StatusResolved
	default:
		t.Status = StatusNew
	}
	_, err := ParseStatus(string(t.Status))
	if in.Exact {
		return errors.Join(append(errs, err)...)
	}
	last := latest(t.UpdatedAt, t.CreatedAt)
	for i := range in.Messages {
		last = latest(last, in.Messages[i].At)
	}
	if last.After(now) {
		last = now
	}
	switch {
	case t.Status.Open():
		t.ResolvedAt, t.ClosedAt, t.Resolution, t.Rating = time.Time{}, time.Time{}, "", nil
	case t.Status == StatusResolved:
		t.ResolvedAt, t.ClosedAt = cmp.Or(t.ResolvedAt, last), time.Time{}
	default:
		t.ClosedAt = cmp.Or(t.ClosedAt, latest(t.ResolvedAt, last))
		t.ResolvedAt = cmp.Or(t.ResolvedAt, t.ClosedAt)
	}
	return errors.Join(append(errs, err)...)
}

// cleanMessages checks the messages, and completes them with ids and times.
func (in *Imported) cleanMessages(d *Desk) error {
	t := &in.Ticket
	in.Messages = slices.Clone(in.Messages)
	if len(in.Messages) == 0 && !in.Exact {
		by := Actor{}
		if t.Customer.Email != "" {
			by = Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
		}
		in.Messages = []Message{{ID: "first", Kind: FromCustomer, By: by, Body: t.Description}}
	}
	seen := map[string]bool{}
	for i := range in.Messages {
		m := &in.Messages[i]
		field := fmt.Sprintf("comments[%d]", i)
		m.Ticket, m.At = t.ID, instant.Of(cmp.Or(m.At, t.CreatedAt))
		m.Body, m.Full, m.HTML = d.withoutTokens(m.Body), d.withoutTokens(m.Full), d.withoutTokens(m.HTML)
		switch {
		case in.Exact:
		case m.ID == "":
			m.ID = nameOf(string(t.ID), m.By.ID, string(m.Kind), m.At.Format(time.RFC3339Nano), m.Body)
		default:
			m.ID = nameOf(string(t.ID), m.ID)
		}
		errs := []error{
			checkText(field, m.Body, false), checkText(field, m.Full, false), checkText(field, m.HTML, false),
			checkLine(field, m.By.ID, 254, false), checkLine(field, m.By.Name, 200, false),
		}
		if !slices.Contains([]MessageKind{FromCustomer, FromAgent, FromDesk, InternalNote, SystemNote, HeldMessage}, m.Kind) {
			errs = append(errs, &FieldError{field, "is of no known kind"})
		}
		switch {
		case seen[m.ID] || !validID(TicketID(m.ID)):
			errs = append(errs, &FieldError{field, "has an id that is another's, or none"})
		case m.At.Unix() < 0:
			errs = append(errs, &FieldError{field, "is from before 1970"})
		case m.At.After(d.now().Add(futureTime)) && !in.Exact:
			errs = append(errs, &FieldError{field, "is from the future"})
		}
		seen[m.ID] = true
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	return nil
}

// cleanRecords checks what only an exact ticket has.
func (in *Imported) cleanRecords(d *Desk) error {
	if !in.Exact {
		in.Events, in.Mails = nil, nil
		return nil
	}
	t := &in.Ticket
	for i := range t.Clocks {
		if c := &t.Clocks[i]; c.Running() && !t.Status.Open() || !slices.Contains(Metrics, c.Metric) || c.Target < 0 || c.Consumed < 0 {
			return &FieldError{"clocks", "run on a ticket that is over, or are of no known metric"}
		}
	}
	in.Events, in.Mails = slices.Clone(in.Events), slices.Clone(in.Mails)
	for i := range in.Events {
		e := &in.Events[i]
		if e.Ticket = t.ID; !validID(TicketID(e.ID)) || e.At.IsZero() || (e.Type != EventRead && !slices.Contains(eventTypes, e.Type)) {
			return &FieldError{fmt.Sprintf("events[%d]", i), "has no id, no time or no known type"}
		}
		if err := errors.Join(checkText("events", e.From, false), checkText("events", e.To, false), checkText("events", string(e.Data), false)); err != nil {
			return err
		}
	}
	for i := range in.Mails {
		m := &in.Mails[i]
		m.Ticket, m.Attachments, m.Raw = t.ID, nil, "" // their contents stay where they are
		if m.Outcome == MailQueued {                   // its task is not here
			m.Outcome, m.Reason = MailFailed, "not sent before the export"
		}
		if _, err := ParseMailOutcome(string(m.Outcome)); err != nil || !validID(TicketID(m.ID)) || m.At.IsZero() {
			return errors.Join(err, &FieldError{fmt.Sprintf("mails[%d]", i), "has no id, no time or no known outcome"})
		}
	}
	return nil
}

// state is what the other desk says of the ticket, but for its texts.
func (in *Imported) state() string {
	t := &in.Ticket
	parts := []string{string(t.Status), string(t.Assignee), string(t.Category), t.ResolvedAt.Format(time.RFC3339), t.ClosedAt.Format(time.RFC3339), t.Resolution}
	if t.PriorityBy == ByPerson {
		parts = append(parts, t.Priority.String())
	}
	return nameOf(append(parts, t.Tags...)...)
}

// importNew adds the ticket.
func (d *Desk) importNew(ctx context.Context, by Actor, in *Imported) (t *Ticket, err error) {
	x := &draft{Desk: d, now: d.now(), by: by, t: in.Ticket.Clone(), imported: true}
	x.t.Ref = cmp.Or(x.t.Ref, d.cfg.NewRef())
	x.c = Change{Tenant: d.tenant, Ticket: x.t}
	x.once(onceImport, nameOf(in.Source, in.External))
	if err := errors.Join(x.importPerson(ctx, in), x.importOwner(ctx), x.importMerge(ctx)); err != nil {
		return nil, err
	}
	stored, err := x.importMessages(ctx, in, in.Messages)
	defer func() {
		if err != nil {
			for _, k := range stored {
				d.dropUncommitted(ctx, k, err)
			}
		}
	}()
	if err != nil {
		return nil, err
	}
	if in.Exact {
		x.c.Events, x.c.Mail = in.Events, in.Mails
	} else {
		x.count(x.c.Messages)
		x.begun()
		x.history()
	}
	x.event(EventImported, in.Source, in.External, importData{in.state()})
	if err := x.settleImport(ctx, in.Exact); err != nil {
		return nil, err
	}
	if err := d.commit(ctx, &x.c); err != nil {
		return nil, err
	}
	return x.result(), nil
}

// importPerson finds the customer of the ticket, or adds one.
func (x *draft) importPerson(ctx context.Context, in *Imported) error {
	if x.t.CustomerID != "" {
		_, err := x.storedCustomer(ctx, &Customer{ID: x.t.CustomerID})
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		x.t.CustomerID, x.t.Organisation = "", ""
	}
	email := x.t.Customer.Email
	p, err := x.person(ctx, email)
	if err != nil {
		return err
	}
	var known *listing
	if email != "" && (in.Person != nil || in.Organisation != nil) && (p == nil || p.Customer.Organisation == "") {
		known = &listing{organisation: in.Organisation}
		if in.Person != nil {
			known.Customer = *in.Person
		}
		if err := known.clean(email); err != nil {
			return err
		}
	}
	return x.meet(ctx, known)
}

// importOwner takes an open ticket from an agent whom the roster does not have. A ticket that is
// over keeps such an agent, as those of an agent who has left.
func (x *draft) importOwner(ctx context.Context) error {
	t := x.t
	if !t.Status.Open() {
		return nil
	}
	if t.Assignee != "" {
		agent, err := x.agent(ctx, t.Assignee)
		if err != nil {
			return err
		}
		if agent == nil {
			t.Assignee, t.AssignedAt, t.BegunAt = "", time.Time{}, time.Time{}
		}
	}
	switch {
	case t.Assignee == "" && (t.Status == StatusAssigned || t.Status == StatusProgress):
		t.Status = StatusNew
	case t.Assignee != "" && t.Status == StatusNew:
		t.Status = StatusAssigned
	}
	return nil
}

// importMerge refuses merges in a circle.
func (x *draft) importMerge(ctx context.Context) error {
	for into, n := x.t.MergedInto, 0; into != ""; n++ {
		t, err := x.store.Ticket(ctx, x.tenant, into)
		switch {
		case into == x.t.ID || n == attempts:
			return &FieldError{"merged_into", "leads back to the ticket, or too far"}
		case errors.Is(err, ErrNotFound):
			return nil
		case err != nil:
			return err
		}
		into = t.MergedInto
	}
	return nil
}

// importMessages adds messages with the contents of their files.
func (x *draft) importMessages(ctx context.Context, in *Imported, messages []Message) (stored []kept, err error) {
	for _, m := range messages {
		var files []File
		for _, a := range m.Attachments {
			if in.Content != nil {
				files = append(files, File{Name: a.Name, Type: a.Type, ContentID: a.ContentID, Inline: a.Inline, Open: func() (io.ReadCloser, error) { return in.Content(a) }})
			}
		}
		k, err := x.keep(ctx, "attachments", files)
		if err != nil {
			return stored, err
		}
		stored = append(stored, k)
		k.commit(&x.c)
		m.Attachments = k.files
		x.c.Messages = append(x.c.Messages, m)
	}
	return stored, nil
}

// count counts the replies among messages.
func (x *draft) count(messages []Message) {
	for _, m := range messages {
		if m.Kind == FromAgent {
			x.t.Replies++
			x.t.FirstReplyAt = earliest(x.t.FirstReplyAt, m.At)
		}
	}
}

// begun sets the times of a new ticket that the other desk does not tell.
func (x *draft) begun() {
	if x.t.Assignee != "" {
		x.t.AssignedAt = cmp.Or(x.t.AssignedAt, x.t.CreatedAt)
	}
	if x.t.Status == StatusProgress || x.t.Status == StatusWaiting {
		x.t.BegunAt = cmp.Or(x.t.FirstReplyAt, x.t.AssignedAt, x.t.CreatedAt)
	}
}

// history adds the events of the ticket, oldest first.
func (x *draft) history() {
	t := x.t
	agent := Actor{}
	if t.Assignee != "" {
		agent = Actor{Role: RoleAgent, ID: string(t.Assignee)}
	}
	x.past(t.CreatedAt, x.c.Messages[0].By, EventOpened, "", string(t.Source), nil)
	if t.Assignee != "" {
		x.past(t.AssignedAt, Actor{}, EventAssigned, "", string(t.Assignee), AssignmentData{})
	}
	x.said(x.c.Messages[1:])
	if t.Status.Open() && t.Status != StatusNew {
		x.past(latest(t.CreatedAt, t.AssignedAt, t.BegunAt), agent, EventStatus, string(StatusNew), string(t.Status), nil)
	}
	x.over(StatusNew, agent)
	slices.SortStableFunc(x.c.Events, func(a, b Event) int { return a.At.Compare(b.At) })
}

// said adds the events of messages.
func (x *draft) said(messages []Message) {
	for _, m := range messages {
		kind := EventReplied
		if !m.Kind.Public() {
			kind = EventNoted
		}
		x.past(m.At, m.By, kind, "", m.ID, nil)
	}
}

// over adds the events of the end of the ticket, if it is over.
func (x *draft) over(from Status, by Actor) {
	t := x.t
	if from.Open() && !t.ResolvedAt.IsZero() {
		x.past(t.ResolvedAt, by, EventStatus, string(from), string(StatusResolved), nil)
		x.past(t.ResolvedAt, by, EventResolved, "", t.Resolution, nil)
		from = StatusResolved
	}
	if t.Status == StatusClosed && from != StatusClosed {
		x.past(t.ClosedAt, Actor{}, EventStatus, string(from), string(StatusClosed), nil)
	}
	if r := t.Rating; r != nil {
		r.At = cmp.Or(r.At, t.ResolvedAt)
		customer := Actor{Role: RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
		x.past(r.At, customer, EventRated, "", fmt.Sprint(r.Score), r)
	}
}

// past adds an event of another time and actor.
func (x *draft) past(at time.Time, by Actor, kind EventType, from, to string, data any) {
	now, who := x.now, x.by
	x.now, x.by = at, by
	x.event(kind, from, to, data)
	x.now, x.by = now, who
}

// settleImport adds the clocks, loads and tasks of a new ticket.
func (x *draft) settleImport(ctx context.Context, exact bool) (err error) {
	t := x.t
	switch {
	case exact:
		err = x.keepClocks(ctx)
	case t.Status.Open():
		if t.Category != "" {
			t.TriagedAt = x.now
		}
		x.asked = !t.FirstReplyAt.IsZero() && x.lastWord() == FromCustomer
		err = x.clocks(ctx)
	}
	if err != nil {
		return err
	}
	waits := !t.QueuedAt.IsZero()
	if x.queue(); waits && !t.QueuedAt.IsZero() {
		x.offer()
	}
	if err := x.loads(ctx); err != nil {
		return err
	}
	x.endLater()
	if t.Status == StatusResolved && x.cfg.CloseAfter >= 0 {
		x.task(taskClose, string(t.ID), t.ID, latest(x.now, t.ResolvedAt.Add(x.cfg.CloseAfter)))
	}
	if t.Status.Open() && t.TriagedAt.IsZero() {
		x.task(TaskTriage, string(t.ID), t.ID, x.now)
	}
	x.dropReply()
	x.queueIndex()
	if !exact {
		t.PublicAt = latest(t.CreatedAt, t.ResolvedAt, t.ClosedAt)
		for _, m := range x.c.Messages {
			if m.Kind.Public() {
				t.PublicAt = latest(t.PublicAt, m.At)
			}
		}
		t.UpdatedAt = latest(t.UpdatedAt, t.PublicAt)
	}
	return nil
}

// lastWord returns the kind of the last public message.
func (x *draft) lastWord() (kind MessageKind) {
	for _, m := range x.c.Messages {
		if m.Kind.Public() {
			kind = m.Kind
		}
	}
	return kind
}

// keepClocks takes the clocks as they are. A version of the SLA that the tenant does not have
// becomes 0.
func (x *draft) keepClocks(ctx context.Context) error {
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if x.cfg.SLA == nil {
			break
		}
		if _, err := x.slaOfVersion(ctx, c.Version); errors.Is(err, ErrNotFound) {
			c.Version = 0
		} else if err != nil {
			return err
		}
	}
	if err := x.consult(ctx); err != nil {
		return err
	}
	x.schedule()
	return nil
}

// importAgain adds what is new of an imported ticket.
func (d *Desk) importAgain(ctx context.Context, by Actor, in *Imported, t *Ticket) (*Ticket, ImportOutcome, error) {
	if in.Exact {
		return t, ImportUnchanged, nil
	}
	th, err := d.store.Thread(ctx, d.tenant, t.ID)
	if err != nil {
		return nil, "", err
	}
	known, last, worked := map[string]bool{}, Event{}, false
	for _, m := range th.Messages {
		known[m.ID] = true
	}
	for _, e := range th.Events {
		switch {
		case e.Ticket != t.ID:
		case e.Type == EventErased:
			return t, ImportUnchanged, nil
		case e.Type == EventImported:
			last, worked = e, false
		case last.Type != "" && e.By.Role != RoleSystem && e.Type != EventRead && e.At.After(last.At):
			worked = true
		}
	}
	if t.Subject != in.Ticket.Subject && t.Description != in.Ticket.Description {
		return nil, "", &FieldError{"external_id", "is that of another ticket of this source, with another subject and description"}
	}
	fresh := slices.DeleteFunc(slices.Clone(in.Messages), func(m Message) bool { return known[m.ID] })
	changed := string(last.Data) == "" || !sameState(&last, in.state())
	if len(fresh) == 0 && !changed {
		return t, ImportUnchanged, nil
	}
	var stored []kept
	defer func() {
		for _, k := range stored {
			d.dropUncommitted(ctx, k, err)
		}
	}()
	out, err := d.update(ctx, t.ID, by, func(x *draft) (err error) {
		if x.before.Version != t.Version {
			return ErrConflict
		}
		own := len(x.c.Messages) // remarks on overdue clocks
		if stored, err = x.importMessages(ctx, in, fresh); err != nil {
			return err
		}
		x.imported = true
		x.said(x.c.Messages[own:])
		x.count(x.c.Messages[own:])
		x.replied = x.t.Replies > x.before.Replies
		x.asked = x.lastWord() == FromCustomer && x.t.Status.Open()
		if changed && !worked && t.MergedInto == "" {
			if err := x.importState(ctx, &in.Ticket); err != nil {
				return err
			}
		}
		x.event(EventImported, in.Source, in.External, importData{in.state()})
		return nil
	})
	if err == nil {
		stored = nil
	}
	return out, ImportUpdated, err
}

// sameState reports whether an event of an import had this state.
func sameState(e *Event, state string) bool {
	same := false
	err := reword(e, func(d *importData) { same = d.State == state })
	return err == nil && same
}

// importState brings the ticket to the state of the other desk.
func (x *draft) importState(ctx context.Context, to *Ticket) error {
	if to.PriorityBy == ByPerson {
		x.setPriority(to.Priority, ByPerson)
	}
	if to.Category != "" {
		x.setCategory(to.Category, ByPerson)
	}
	if len(to.Tags) > 0 {
		x.setTags(to.Tags)
	}
	if to.Status.Open() && !x.t.Status.Open() {
		if err := x.reopen(ctx); err != nil {
			return err
		}
	}
	if to.Assignee != "" && to.Assignee != x.t.Assignee {
		agent, err := x.agent(ctx, to.Assignee)
		if err != nil {
			return err
		}
		if agent != nil {
			x.assign(*agent, 0, AssignmentData{Manual: true})
			if x.t.Status == StatusNew {
				if err := x.move(StatusAssigned); err != nil {
					return err
				}
			}
		} else if !to.Status.Open() {
			x.t.Assignee = to.Assignee
		}
	}
	switch {
	case !to.Status.Open():
		return x.importEnd(to)
	case to.Status == StatusWaiting:
		return x.move(StatusWaiting)
	case x.t.Status == StatusWaiting:
		return x.resume(ctx)
	}
	return nil
}

// importEnd ends the ticket as of the time in the other desk. Its clocks are cancelled: they began
// with the import.
func (x *draft) importEnd(to *Ticket) error {
	for i := range x.t.Clocks {
		if c := &x.t.Clocks[i]; !c.Ended() {
			x.hold(c, x.now, to.Status)
			c.CancelledAt = x.now
		}
	}
	from := x.t.Status
	x.t.Status, x.t.Resolution = to.Status, cmp.Or(to.Resolution, x.t.Resolution)
	x.t.ResolvedAt, x.t.ClosedAt = to.ResolvedAt, to.ClosedAt
	if to.Rating != nil {
		r := *to.Rating
		x.t.Rating = &r
	}
	x.over(from, Actor{Role: RoleAgent, ID: string(to.Assignee)})
	return nil
}

// ImportPeople adds organisations and customers of another desk of this package, with their ids and
// times, in one commit. Those whose id the tenant has already stay as they are. It returns the
// number of those added. Only admins and the host may call it.
func (d *Desk) ImportPeople(ctx context.Context, organisations []Organisation, customers []Customer) (int, error) {
	const op = "import people"
	_, err := d.admin(ctx)
	if err == nil {
		_, err = d.keepsCustomers(ctx)
	}
	c := &Change{Tenant: d.tenant}
	if err == nil {
		err = d.newPeople(ctx, c, organisations, customers)
	}
	if n := len(c.Organisations) + len(c.Customers); err == nil && n > 0 {
		err = d.commit(ctx, c)
	}
	if err != nil {
		return 0, d.fail(op, "", takenField(err))
	}
	return len(c.Organisations) + len(c.Customers), nil
}

// newPeople puts those that the tenant does not have into the change.
func (d *Desk) newPeople(ctx context.Context, c *Change, organisations []Organisation, customers []Customer) error {
	into := map[CustomerID]CustomerID{}
	for _, p := range customers {
		into[p.ID] = p.MergedInto
	}
	for _, o := range organisations {
		err := errors.Join(o.clean(), checkLine("id", string(o.ID), 36, true))
		if err == nil {
			_, err = d.organisation(ctx, o.ID)
		}
		if errors.Is(err, ErrNotFound) {
			o.Version, err = 0, nil
			c.Organisations = append(c.Organisations, o)
		}
		if err != nil {
			return err
		}
	}
	for _, p := range customers {
		err := errors.Join(p.clean(), checkLine("id", string(p.ID), 36, true), checkID("merged_into", string(p.MergedInto)))
		if err != nil {
			return err
		}
		switch _, err := d.storedCustomer(ctx, &Customer{ID: p.ID}); {
		case err == nil:
			continue
		case !errors.Is(err, ErrNotFound):
			return err
		}
		for at, n := p.MergedInto, 0; at != ""; n++ {
			if at == p.ID || n == MaxLimit {
				return &FieldError{"merged_into", "leads back to the customer, or too far"}
			}
			next, known := into[at]
			if !known {
				row, err := d.storedCustomer(ctx, &Customer{ID: at})
				if errors.Is(err, ErrNotFound) {
					break
				}
				if err != nil {
					return err
				}
				next = row.MergedInto
			}
			at = next
		}
		p.Version = 0
		c.Customers = append(c.Customers, p)
	}
	return nil
}
