package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
)

// TicketEdit says what [Desk.Edit] changes of a ticket. A field that is nil stays as it is.
type TicketEdit struct {
	Subject *string // at most MaxSubject characters, one line, not empty

	// Customer is the new requester, by mail address. An empty Name is the one that the desk knows.
	// A Name without an address corrects the name of the requester. CustomerID is the new requester
	// by the customer's row. Only one of the two may be given.
	Customer   *Contact
	CustomerID *CustomerID

	// Cc are all customers who take part beside the requester, and Followers all agents who follow,
	// at most MaxParticipants each. An empty Name of one in Cc is the one before.
	Cc        *[]Contact
	Followers *[]AgentID

	Language *string   // as a BCP 47 tag, as "de"; an empty one says that it is not known
	Category *Category // an empty one says that none fits
	Priority *Priority
	Tags     *[]string // all that the ticket is to have
	Assignee *AgentID  // as [Desk.Reassign] says
	Status   *Status   // as [Desk.SetStatus] says
}

// Edit changes several attributes of a ticket in one commit and one version, each as the method of
// its name does. It changes all of them or none: an error names each field at fault. An edit that
// changes nothing leaves the version as it is. It is for agents, admins and the host.
//
// A new requester sees the public conversation from its start and gets the further mails. The one
// before is told nothing more, does not see the ticket any more, and the links and reply addresses
// in the mails so far end. The ticket gets the organisation and the tags of the new requester, and
// the SLA goes by these.
func (d *Desk) Edit(ctx context.Context, id TicketID, e TicketEdit) (*Ticket, error) {
	return d.edit(ctx, "edit", id, e)
}

// SetStatus moves the ticket by hand, within the table of moves. Resolve, Escalate and Reopen are
// methods of their own, since they need more than a status.
func (d *Desk) SetStatus(ctx context.Context, id TicketID, to Status) (*Ticket, error) {
	return d.edit(ctx, "set status of", id, TicketEdit{Status: &to})
}

// SetPriority changes the priority, and with it the policy. Unlike a model a person may go below
// the least priority.
func (d *Desk) SetPriority(ctx context.Context, id TicketID, p Priority) (*Ticket, error) {
	return d.edit(ctx, "set priority of", id, TicketEdit{Priority: &p})
}

// SetCategory changes the category; an empty one says that none fits. It ends the need for a
// review, and no model changes it afterwards.
func (d *Desk) SetCategory(ctx context.Context, id TicketID, c Category) (*Ticket, error) {
	return d.edit(ctx, "set category of", id, TicketEdit{Category: &c})
}

// SetTags replaces the tags of a ticket.
func (d *Desk) SetTags(ctx context.Context, id TicketID, tags []string) (*Ticket, error) {
	return d.edit(ctx, "set tags of", id, TicketEdit{Tags: &tags})
}

func (d *Desk) edit(ctx context.Context, op string, id TicketID, e TicketEdit) (*Ticket, error) {
	d, by, err := d.enterStaff(ctx)
	if err = errors.Join(err, e.clean(d)); err != nil {
		return nil, d.fail(op, id, err)
	}
	host, err := e.meet(ctx, d)
	for try := 1; err == nil; try++ {
		var t *Ticket
		t, err = d.update(ctx, id, by, func(x *draft) error { return x.edit(ctx, &e, host) })
		var dup *DuplicateError // another process adds the same customer
		if raced := errors.As(err, &dup) && dup.Once.ofPeople() && try < attempts && !d.bound; !raced {
			return t, d.fail(op, id, err)
		}
		err = nil
	}
	return nil, d.fail(op, id, err)
}

// clean brings the edit into its stored form, and names every field at fault.
func (e *TicketEdit) clean(d *Desk) error {
	var errs []error
	if e.Subject != nil {
		subject := d.withoutTokens(strings.TrimSpace(*e.Subject))
		e.Subject = &subject
		errs = append(errs, checkLine("subject", subject, MaxSubject, true))
	}
	if e.Customer != nil {
		c := Contact{Name: d.withoutTokens(strings.TrimSpace(e.Customer.Name)), Email: cleanEmail(e.Customer.Email)}
		e.Customer = &c
		errs = append(errs, checkLine("customer_name", c.Name, 200, false), checkLine("customer_email", c.Email, 254, c.Name == ""),
			checkEmail("customer_email", c.Email))
		if d.withoutTokens(c.Email) != c.Email || c.Email != "" && c.Email == d.mailbox() {
			errs = append(errs, &FieldError{"customer_email", "is an address of the desk"})
		}
	}
	if e.CustomerID != nil {
		errs = append(errs, checkLine("customer_id", string(*e.CustomerID), 40, true), checkID("customer_id", string(*e.CustomerID)))
		if e.Customer != nil {
			errs = append(errs, &FieldError{"customer_id", "does not go with an address"})
		}
	}
	if e.Cc != nil {
		cc, err := d.cleanCc(*e.Cc)
		e.Cc = &cc
		errs = append(errs, err)
	}
	if e.Followers != nil {
		followers, err := cleanFollowers(*e.Followers)
		e.Followers = &followers
		errs = append(errs, err)
	}
	if e.Language != nil {
		tag := strings.ToLower(strings.TrimSpace(*e.Language))
		e.Language = &tag
		errs = append(errs, checkLanguage(tag))
	}
	if e.Category != nil {
		errs = append(errs, d.checkCategory(*e.Category))
	}
	if e.Priority != nil {
		errs = append(errs, checkPriority(*e.Priority, false))
	}
	if e.Tags != nil {
		tags, err := cleanTags("tags", *e.Tags)
		e.Tags = &tags
		errs = append(errs, err)
	}
	if e.Assignee != nil {
		errs = append(errs, checkLine("agent", string(*e.Assignee), 200, false))
	}
	if e.Status != nil {
		_, err := ParseStatus(string(*e.Status))
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// meet completes the new requester, and returns what the Directory knows of that one.
func (e *TicketEdit) meet(ctx context.Context, d *Desk) (*listing, error) {
	if e.CustomerID != nil {
		c, err := d.storedCustomerOf(ctx, *e.CustomerID)
		switch {
		case errors.Is(err, ErrNotFound):
			return nil, errors.Join(ErrInvalid, &FieldError{"customer_id", "is not a customer of this tenant"})
		case err != nil:
			return nil, err
		case c.Email() == "":
			return nil, &FieldError{"customer_id", "has no mail address"}
		}
		e.Customer = &Contact{Name: c.Name, Email: c.Email()}
	}
	if e.Customer == nil || e.Customer.Email == "" {
		return nil, nil
	}
	if e.Customer.Name == "" {
		p, err := d.person(ctx, e.Customer.Email)
		if err != nil {
			return nil, err
		}
		if p != nil {
			e.Customer.Name = cmp.Or(p.owner.Name, p.Customer.Name)
		}
	}
	d.tagCustomer(ctx, e.Customer)
	return d.lookUp(ctx, e.Customer.Email), nil
}

// storedCustomerOf reads a customer, or returns ErrNotFound.
func (d *Desk) storedCustomerOf(ctx context.Context, id CustomerID) (*Customer, error) {
	if _, ok := As[CustomerStore](d.store); !ok {
		return nil, ErrNotFound
	}
	return d.storedCustomer(ctx, &Customer{ID: id})
}

// edit makes the changes in an order in which each may build on those before.
func (x *draft) edit(ctx context.Context, e *TicketEdit, host *listing) error {
	if e.Customer != nil || e.Subject != nil || e.Language != nil || e.Category != nil || e.Priority != nil || e.Tags != nil {
		if err := x.alive(); err != nil {
			return err
		}
	}
	if e.Customer != nil {
		if err := x.setCustomer(ctx, *e.Customer, host); err != nil {
			return err
		}
	}
	if e.Cc != nil {
		x.setCc(*e.Cc)
	}
	if e.Followers != nil {
		if err := x.follow(ctx, *e.Followers); err != nil {
			return err
		}
	}
	if e.Subject != nil && *e.Subject != x.t.Subject {
		x.event(EventSubject, x.t.Subject, *e.Subject, nil)
		x.t.Subject = *e.Subject
	}
	if e.Language != nil && *e.Language != x.t.Language {
		x.event(EventLanguage, x.t.Language, *e.Language, nil)
		x.t.Language = *e.Language
	}
	if e.Category != nil {
		x.setCategory(*e.Category, ByPerson)
		x.t.NeedsReview = false
		x.judgeCategory(false)
	}
	if e.Priority != nil {
		x.setPriority(*e.Priority, ByPerson)
		x.judgePriority(false)
	}
	if e.Tags != nil {
		x.setTags(*e.Tags)
	}
	if e.Assignee != nil {
		if err := x.reassign(ctx, *e.Assignee); err != nil {
			return err
		}
	}
	if e.Status != nil {
		return x.setStatus(*e.Status)
	}
	return nil
}

// setCustomer makes somebody else the requester, or corrects the requester's name.
func (x *draft) setCustomer(ctx context.Context, c Contact, host *listing) error {
	was := x.t.Customer
	if c.Email == "" || c.Email == was.Email {
		if c.Name != "" && c.Name != was.Name {
			x.t.Customer.Name = c.Name
			x.event(EventCustomer, was.String(), x.t.Customer.String(), nil)
		}
		return nil
	}
	x.t.Customer, x.t.CustomerID, x.t.Organisation, x.t.ReplyTo = c, "", "", ""
	if x.t.Unverified {
		x.accept()
	}
	if err := x.meet(ctx, host); err != nil {
		return err
	}
	x.t.LinksEnded++
	x.event(EventCustomer, was.String(), x.t.Customer.String(), nil)
	x.setCc(x.t.Cc) // without the new requester
	return nil
}

func (x *draft) setPriority(p Priority, origin Origin) {
	if p == x.t.Priority && origin == x.t.PriorityBy {
		return
	}
	x.event(EventPriority, x.t.Priority.String(), p.String(), originData{origin})
	x.t.Priority, x.t.PriorityBy = p, origin
}

func (x *draft) setCategory(c Category, origin Origin) {
	if c == x.t.Category && origin == x.t.CategoryBy {
		return
	}
	x.event(EventCategory, string(x.t.Category), string(c), originData{origin})
	x.t.Category, x.t.CategoryBy = c, origin
}

func (x *draft) setTags(tags []string) {
	if !slices.Equal(tags, x.t.Tags) {
		x.event(EventTags, strings.Join(x.t.Tags, ", "), strings.Join(tags, ", "), nil)
		x.t.Tags = tags
	}
}

// originData is the payload of EventPriority and EventCategory.
type originData struct {
	By Origin `json:"by"`
}

func (x *draft) reassign(ctx context.Context, to AgentID) error {
	switch {
	case !x.t.Status.Open():
		return &TransitionError{x.t.ID, x.t.Status, StatusAssigned}
	case to == x.t.Assignee:
		return nil
	case to == "":
		return x.release("put back by " + x.by.String())
	}
	agent, err := x.someAgent(ctx, "agent", to)
	if err != nil {
		return err
	}
	if err := x.give(ctx, agent); err != nil {
		return err
	}
	x.tellAssignee()
	if x.t.Status == StatusWaiting {
		return nil // the new agent gets the customer's answer
	}
	return x.move(StatusAssigned)
}

func (x *draft) setStatus(to Status) error {
	switch {
	case to == x.t.Status:
		return nil
	case !x.t.Status.CanBecome(to), x.t.Status == StatusClosed: // see Reopen
		return &TransitionError{x.t.ID, x.t.Status, to}
	case to == StatusResolved:
		return &FieldError{"status", "resolved needs a note: use resolve"}
	case to == StatusEscalated:
		return &FieldError{"status", "escalated needs a reason: use escalate"}
	case x.t.Status == StatusResolved && to != StatusClosed:
		return &FieldError{"status", "of a resolved ticket only goes to closed: use reopen"}
	case to == StatusNew && x.t.Assignee != "":
		return x.release("put back by " + x.by.String())
	case to == StatusAssigned && x.t.Assignee == "":
		return &FieldError{"status", "assigned needs an agent: use reassign"}
	}
	return x.move(to)
}
