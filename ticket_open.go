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

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/language"
)

// OpenParams describes a new ticket. Only Subject is required.
type OpenParams struct {
	Subject     string  // at most MaxSubject characters, one line
	Description string  // plain text, at most MaxText bytes
	Customer    Contact // a customer's own ticket may leave it empty
	Source      Source  // empty means SourceAPI
	Language    string  // of the texts as a BCP 47 tag, as "de"; empty has the desk find it
	Tags        []string
	Files       []File // attachments; at most MaxFiles

	// Quoted says that a ticket which an agent opens for a customer holds the customer's own words,
	// from a letter or a call. See [Desk.Open].
	Quoted bool

	// Category, when the host sets it, is changed by no classifier.
	Category Category
	// Priority, when the host sets it, is the least the ticket will have; 0 starts at Medium and
	// leaves it to triage.
	Priority Priority

	// IdempotencyKey makes a repeated Open by the same actor return the first ticket instead of
	// another. Empty for none.
	IdempotencyKey string

	// TriageAfter is the delay of the triage task. It gives a caller that calls Triage itself that
	// much time; 0 leaves triage to the next Tick.
	TriageAfter time.Duration

	since  time.Time // its creation, when a split finds it in a message; zero is now
	spoken bool      // the first words are an agent's to the customer
	sent   bool      // of those: the customer has them, by the agent's own mail

	replyTo    string // see Ticket
	unverified bool
}

// Limits of what a ticket holds.
const (
	MaxSubject = 255     // characters
	MaxText    = 1 << 20 // bytes of a description or message
	MaxTags    = 20      // tags, of at most 40 characters each
)

// Open creates a ticket with its first message, its SLA clocks and a task to triage it, in one
// commit. It calls no model and waits for nobody. Customers open tickets for themselves only, and
// cannot choose category, priority or tags.
//
// An agent, lead or admin who opens a ticket for a customer with a mail address writes the
// Description to that customer: the first message is a public one of the agent, the customer gets
// it as a notice, and the first response is given by it. The ticket goes into the queue as any
// other. With [OpenParams.Quoted], and when the host itself opens it, the first words are the
// customer's.
//
// A used IdempotencyKey returns the ticket it first opened, as it is now, if the subject and
// description are the same, else ErrConflict.
func (d *Desk) Open(ctx context.Context, p OpenParams) (*Ticket, error) {
	const op = "open ticket"
	by, err := d.someone(ctx)
	if err = errors.Join(err, d.mayOpen()); err != nil {
		return nil, d.fail(op, "", err)
	}
	if by.Role == RoleCustomer {
		err = p.forCustomer(by)
	}
	if err = errors.Join(err, p.clean(d)); err != nil {
		return nil, d.fail(op, "", err)
	}
	p.spoken = by.Role != RoleCustomer && by.Role != RoleSystem && p.Customer.Email != "" && p.Description != "" && !p.Quoted
	files, err := d.keep(ctx, "files", p.Files)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	t, fresh, err := d.open(ctx, &p, by, "", words{body: p.Description, files: files, automatic: p.spoken})
	if !fresh {
		d.dropUncommitted(ctx, files, err)
	}
	return d.show(t), d.fail(op, "", err)
}

// tagCustomer adds the host's tags for the customer.
func (d *Desk) tagCustomer(ctx context.Context, c *Contact) {
	if d.cfg.CustomerTags == nil || c.Email == "" {
		return
	}
	tags, err := bounded.Value(ctx, hostTime, func(ctx context.Context) ([]string, error) {
		return d.cfg.CustomerTags(ctx, d.tenant, c.Email)
	})
	if err == nil {
		tags, err = cleanTags("customer_tags", slices.Concat(c.Tags, tags))
	}
	if err != nil {
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: tags of a customer", "tenant", d.tenant, "error", err)
		return
	}
	c.Tags = tags
}

// ackTries is the number of tries with an acknowledgement whose key is used up. After that the
// ticket comes without one: it matters more.
const ackTries = attempts / 2

// open commits a new ticket; follows is the closed ticket that it continues, if any. fresh is false
// when an earlier request opened it.
func (d *Desk) open(ctx context.Context, p *OpenParams, by Actor, follows TicketID, said words, more ...func(x *draft)) (t *Ticket, fresh bool, err error) {
	var host *listing
	if !p.unverified {
		d.tagCustomer(ctx, &p.Customer)
		host = d.lookUp(ctx, p.Customer.Email)
	}
	for try := 1; ; try++ {
		if try > attempts/2 {
			host = nil // what it knows may be at odds with what is stored: the ticket comes first
		}
		x, err := d.newTicket(ctx, p, by, follows, said, host)
		if err == nil && !said.automatic && try <= ackTries {
			err = x.acknowledge(ctx)
		}
		if err != nil {
			return nil, false, err
		}
		for _, f := range more {
			f(x)
		}
		err = d.commit(ctx, &x.c)
		if err == nil {
			if !d.bound { // else the host may roll it back
				d.lifts.taken(x.raised)
			}
			return x.result(), true, nil
		}
		var dup *DuplicateError
		switch {
		case !errors.As(err, &dup) && len(x.c.Customers) > 0 && errors.Is(err, ErrConflict) && try < attempts: // the customer has changed
		case !errors.As(err, &dup):
			return nil, false, err
		case dup.Once.Scope == onceLift: // try the next place; there are PriorityLifts of them
			d.lifts.taken(x.raised)
			try--
		case (dup.Once.Scope == "ref" || dup.Once.Scope == onceAck || dup.Once.ofPeople()) && try < attempts: // try again
		case strings.HasPrefix(dup.Once.Scope, onceOpen) && dup.Ticket != "":
			t, err := d.opened(ctx, dup.Ticket, p)
			return t, false, err
		default:
			return nil, false, err
		}
	}
}

// opened returns the ticket an idempotency key opened before. The key is of one actor: an agent
// learns what became of the own request also when the ticket is out of scope.
func (d *Desk) opened(ctx context.Context, id TicketID, p *OpenParams) (*Ticket, error) {
	t, err := d.findIn(ctx, nil, id)
	if err != nil {
		return nil, err
	}
	if t.Subject != p.Subject {
		th, err := d.store.Thread(ctx, d.tenant, id)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(th.Events, func(e Event) bool { return e.Type == EventSubject && e.Ticket == id && e.From == p.Subject }) {
			return nil, errors.Join(ErrConflict, &FieldError{"idempotency_key", "was used for another request"})
		}
	}
	if t.Description != p.Description {
		return nil, errors.Join(ErrConflict, &FieldError{"idempotency_key", "was used for another request"})
	}
	return t, nil
}

// newTicket drafts a ticket from checked parameters.
func (d *Desk) newTicket(ctx context.Context, p *OpenParams, by Actor, follows TicketID, said words, host *listing) (*draft, error) {
	x := &draft{Desk: d, now: d.now(), by: by, t: &Ticket{
		Tenant: d.tenant, ID: TicketID(d.cfg.NewID()), Ref: d.cfg.NewRef(),
		Subject: p.Subject, Description: p.Description, Customer: p.Customer, Source: p.Source, Language: p.Language, Tags: p.Tags,
		Status: StatusNew, Category: p.Category, Priority: cmp.Or(p.Priority, Medium),
		CategoryBy: ByRule, PriorityBy: ByRule, MinPriority: p.Priority, Unverified: p.unverified,
	}}
	if p.Language == "" {
		x.t.Language = language.Of(p.Subject + "\n" + p.Description)
	}
	if x.t.CreatedAt = x.now; !p.since.IsZero() {
		x.t.CreatedAt = p.since
	}
	if p.replyTo != p.Customer.Email {
		x.t.ReplyTo = p.replyTo
	}
	x.c = Change{Tenant: d.tenant, Ticket: x.t}
	if err := x.meet(ctx, host); err != nil {
		return nil, err
	}
	if p.Category != "" {
		x.t.CategoryBy = ByPerson
	}
	writer := by
	if by.Role != RoleCustomer && p.Customer.Email != "" {
		writer = Actor{Role: RoleCustomer, ID: p.Customer.Email, Name: p.Customer.Name}
	}
	if p.spoken {
		m := x.say(FromAgent, by, said)
		if !p.sent {
			x.notify(notice{Key: m, Kind: NoticeReply, Audience: toCustomer, Text: said.body, By: by, Files: said.files.files})
		}
		x.t.FirstReplyAt, x.t.Replies = x.now, 1
	} else {
		x.say(FromCustomer, writer, said)
	}
	x.event(EventOpened, string(follows), string(p.Source), nil)
	x.t.Priority = x.applyMinPriority(ctx, x.t.Priority, "")
	x.once(onceOpen+string(by.Role), personal(by, p.IdempotencyKey))
	x.task(TaskTriage, string(x.t.ID), x.t.ID, x.now.Add(p.TriageAfter))
	return x, x.finish(ctx)
}

// onceOpen is the scope of the once keys of requests to open a ticket. A key holds the person only
// as a hash, because it outlives an erasure.
const onceOpen = "open:"

// personal returns the key of a person's request, empty for none.
func personal(by Actor, key string) string {
	if key == "" {
		return ""
	}
	return nameOf(by.ID, key)
}

// forCustomer limits the parameters to those that a customer may set.
func (p *OpenParams) forCustomer(by Actor) error {
	if p.Category != "" || p.Priority != 0 || len(p.Tags)+len(p.Customer.Tags) > 0 {
		return fmt.Errorf("%w: a customer cannot choose category, priority or tags", ErrForbidden)
	}
	if p.Customer.Email != "" && cleanEmail(p.Customer.Email) != by.ID {
		return errors.Join(ErrForbidden, &FieldError{"customer_email", "is not the customer's own"})
	}
	p.Customer = Contact{Name: cmp.Or(p.Customer.Name, by.Name), Email: by.ID}
	return nil
}

// languageTag matches a language with its script or region: RFC 5646, without what tickets need not
// tell apart.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$`)

// checkLanguage checks a tag that may be empty.
func checkLanguage(tag string) error {
	if tag != "" && !languageTag.MatchString(tag) {
		return &FieldError{"language", `is not a language tag such as "de" or "pt-br"`}
	}
	return nil
}

// clean brings the parameters into their stored form, and names every field at fault.
func (p *OpenParams) clean(d *Desk) error {
	p.Subject, p.Description = d.withoutTokens(strings.TrimSpace(p.Subject)), d.withoutTokens(p.Description)
	p.Customer.Name = d.withoutTokens(strings.TrimSpace(p.Customer.Name))
	p.Customer.Email = cleanEmail(p.Customer.Email)
	source, sourceErr := ParseSource(string(p.Source))
	p.Source = source
	p.Language = strings.ToLower(strings.TrimSpace(p.Language))
	tags, tagsErr := cleanTags("tags", p.Tags)
	p.Tags = tags
	customerTags, customerTagsErr := cleanTags("customer_tags", p.Customer.Tags)
	p.Customer.Tags = customerTags
	var late, reply error
	if d.withoutTokens(p.Customer.Email) != p.Customer.Email {
		reply = &FieldError{"customer_email", "is a reply address of the desk"}
	}
	if p.TriageAfter < 0 {
		late = &FieldError{"triage_after", "is negative"}
	}
	return errors.Join(
		checkLine("subject", p.Subject, MaxSubject, true),
		checkText("description", p.Description, false),
		checkLine("customer_name", p.Customer.Name, 200, false),
		checkEmail("customer_email", p.Customer.Email),
		checkLine("idempotency_key", p.IdempotencyKey, 255, false),
		d.checkCategory(p.Category),
		checkPriority(p.Priority, true),
		sourceErr, checkLanguage(p.Language), tagsErr, customerTagsErr, late, reply)
}
