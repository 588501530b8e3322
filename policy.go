package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// All rights are checked in this file: customers see and answer their own tickets, without internal
// parts, those on which they are in Cc, and those of their organisation if their row says so;
// agents work on the tickets of the tenant, or, if restricted, on those in their scope; leads also
// lead the members of their teams; admins may also change settings; the host's code may do
// everything. The table is in docs/roles.md.

// someone returns the actor if the tenant knows it. An agent has to be in the roster: the host says
// which person asks, the roster whether that person works here.
func (d *Desk) someone(ctx context.Context) (Actor, error) {
	a, _, err := d.identify(ctx)
	return a, err
}

// identify is someone, and returns the entry of an agent or lead in the roster.
func (d *Desk) identify(ctx context.Context) (Actor, *Agent, error) {
	a := d.actor
	switch a.Role {
	case RoleSystem, RoleAdmin:
		return a, nil, nil
	case RoleCustomer:
		a.ID, a.Name = cleanEmail(a.ID), d.withoutTokens(a.Name)
		if a.ID == "" {
			return a, nil, fmt.Errorf("%w: a customer without a mail address", ErrForbidden)
		}
		return a, nil, checkEmail("actor", a.ID)
	case RoleAgent, RoleLead:
		agent, err := d.agent(ctx, AgentID(a.ID))
		if err != nil {
			return a, nil, err
		}
		if agent == nil {
			return a, nil, fmt.Errorf("%w: %q is not an agent of this tenant", ErrForbidden, clip(a.ID))
		}
		a.Name = agent.Name
		return a, agent, nil
	}
	return a, nil, fmt.Errorf("%w: unknown role %q", ErrForbidden, clip(string(a.Role)))
}

// enter is someone, and returns the desk with the scope of the actor: an operation then reads the
// roster once. After an error it returns the desk as it is.
func (d *Desk) enter(ctx context.Context) (*Desk, Actor, error) {
	a, agent, err := d.identify(ctx)
	if err != nil {
		return d, a, err
	}
	e := *d
	e.scoped = true
	if a.Role == RoleCustomer {
		e.scope, err = d.customerScope(ctx, a.ID)
		if err == nil && d.own {
			e.scope.Organisation = ""
		}
		return &e, a, err
	}
	if agent != nil && agent.Restricted {
		teams, err := d.teams(ctx)
		if err != nil {
			return d, a, err
		}
		e.scope = scopeOf(agent, teams)
	}
	return &e, a, nil
}

// enterStaff is enter for everybody but customers.
func (d *Desk) enterStaff(ctx context.Context) (*Desk, Actor, error) {
	e, a, err := d.enter(ctx)
	if err == nil {
		err = staffOnly(a)
	}
	return e, a, err
}

// scopeOf returns the tickets that an agent sees: nil for all.
func scopeOf(a *Agent, teams []Team) *Scope {
	if !a.Restricted {
		return nil
	}
	s := &Scope{Assignee: a.ID}
	for _, t := range teams {
		if slices.Contains(a.Teams, t.ID) {
			s.Categories = append(s.Categories, t.Categories...)
		}
	}
	slices.Sort(s.Categories)
	s.Categories = slices.Compact(s.Categories)
	return s
}

// customerScope returns the tickets that somebody at a mail address sees: those that came from it
// and those with it in Cc, and if it acts for a customer also the customer's others and those of
// colleagues.
func (d *Desk) customerScope(ctx context.Context, email string) (*Scope, error) {
	s := &Scope{Email: email, Cc: []string{email}}
	p, err := d.person(ctx, email)
	if err != nil || p == nil || !p.owner.Acts(ChannelEmail, email) {
		return s, err
	}
	s.Customers, s.Cc = p.all, p.emails
	if p.Colleagues {
		s.Organisation = p.Customer.Organisation
	}
	return s, nil
}

// speaksFor reports whether somebody at a mail address may answer a ticket: as its customer, or as
// a participant.
func (d *Desk) speaksFor(ctx context.Context, email string, t *Ticket) (bool, error) {
	if email == "" || t.Customer.Email == email || t.ReplyTo == email {
		return email != "", nil
	}
	s, err := d.customerScope(ctx, email)
	return err == nil && s.Has(t), err
}

// isRequester reports whether somebody at a mail address is the customer of a ticket, and no other
// participant or colleague.
func (d *Desk) isRequester(ctx context.Context, email string, t *Ticket) (bool, error) {
	if email == "" || t.Customer.Email == email || t.ReplyTo == email {
		return email != "", nil
	}
	s, err := d.customerScope(ctx, email)
	if err != nil {
		return false, err
	}
	s.Cc, s.Organisation = nil, ""
	return s.Has(t), nil
}

// mayRate reports whether a customer may rate a ticket: one who is in Cc alone may not.
func (x *draft) mayRate(ctx context.Context, email string) (bool, error) {
	if x.t.Customer.Email == email {
		return true, nil
	}
	s, err := x.sees(ctx)
	return err == nil && !s.onlyInCc(x.t), err
}

// onlyInCc reports whether a customer sees a ticket as a participant alone.
func (s *Scope) onlyInCc(t *Ticket) bool {
	if s == nil {
		return false
	}
	own := *s
	own.Cc = nil
	return !own.Has(t)
}

// sees returns the scope of the actor, nil for all tickets.
func (d *Desk) sees(ctx context.Context) (*Scope, error) {
	if d.scoped || d.actor.Role == RoleSystem || d.actor.Role == RoleAdmin {
		return d.scope, nil
	}
	e, _, err := d.enter(ctx)
	return e.scope, err
}

// staffScope is sees for everybody but customers.
func (d *Desk) staffScope(ctx context.Context) (*Scope, error) {
	e, _, err := d.enterStaff(ctx)
	return e.scope, err
}

// Scope returns the tickets that the actor may see: nil for all. It returns ErrForbidden unless the
// actor is an agent of the tenant, an admin or the host's own code. What a Desk returns is in the
// scope. Before you read from the Store anything that is not for customers, call it and set
// Query.Scope. Its error does not name the operation: add that.
func (d *Desk) Scope(ctx context.Context) (*Scope, error) { return d.staffScope(ctx) }

// SeesColleagues reports whether the actor is a customer who sees the tickets of an organisation.
func (d *Desk) SeesColleagues(ctx context.Context) (bool, error) {
	e, a, err := d.enter(ctx)
	return err == nil && a.Role == RoleCustomer && e.scope.Organisation != "", err
}

// Unrestricted returns the actor of the desk, with the name that an agent has in the roster, if the
// actor may see all tickets. It returns ErrForbidden as Scope does, and to a restricted agent. Call
// it before you show figures of all tickets.
func (d *Desk) Unrestricted(ctx context.Context) (Actor, error) {
	e, a, err := d.enterStaff(ctx)
	if err == nil && e.scope != nil {
		err = fmt.Errorf("%w: not for agents who are restricted to teams", ErrForbidden)
	}
	return a, err
}

// Reviewed returns the agents whose results the actor may read in reports; nil for all. Agents read
// their own results, leads also those of the members of their teams.
func (d *Desk) Reviewed(ctx context.Context) ([]AgentID, error) {
	a, agent, err := d.identify(ctx)
	if err = errors.Join(err, staffOnly(a)); err != nil || agent == nil {
		return nil, err
	}
	list := []AgentID{agent.ID}
	if a.Role == RoleLead {
		agents, err := d.agents(ctx)
		if err != nil {
			return nil, err
		}
		for i := range agents {
			if agents[i].ID != agent.ID && inOneTeam(agent, &agents[i]) {
				list = append(list, agents[i].ID)
			}
		}
	}
	return list, nil
}

func inOneTeam(a, b *Agent) bool {
	return slices.ContainsFunc(a.Teams, func(t TeamID) bool { return slices.Contains(b.Teams, t) })
}

// worker returns the actor unless it is a customer.
func (d *Desk) worker(ctx context.Context) (Actor, error) {
	a, err := d.someone(ctx)
	if err == nil {
		err = staffOnly(a)
	}
	return a, err
}

func staffOnly(a Actor) error {
	if a.Role == RoleCustomer {
		return fmt.Errorf("%w: for agents only", ErrForbidden)
	}
	return nil
}

// editor returns the actor if it may edit macros.
func (d *Desk) editor(ctx context.Context) (Actor, error) {
	a, err := d.worker(ctx)
	if err == nil && a.Role == RoleAgent {
		err = fmt.Errorf("%w: for leads and admins only", ErrForbidden)
	}
	return a, err
}

// planner returns the actor if it may set the availability of an agent.
func (d *Desk) planner(ctx context.Context, id AgentID) (Actor, error) {
	a, err := d.worker(ctx)
	if err != nil || a.ID == string(id) {
		return a, err
	}
	switch a.Role {
	case RoleAgent:
		return a, fmt.Errorf("%w: agents may only set their own availability", ErrForbidden)
	case RoleLead:
		theirs, err := d.Reviewed(ctx)
		if err == nil && !slices.Contains(theirs, id) {
			err = fmt.Errorf("%w: leads may only set the availability of members of their teams", ErrForbidden)
		}
		return a, err
	}
	return a, nil
}

// ownNotices returns the agent whose notices, or settings of notices, the actor reads or changes:
// itself, or for the host the agent of an id.
func (d *Desk) ownNotices(ctx context.Context, of AgentID) (AgentID, error) {
	a, err := d.worker(ctx)
	switch {
	case err != nil:
		return "", err
	case a.Role == RoleSystem, of == "":
	case of != AgentID(a.ID):
		return "", fmt.Errorf("%w: notices are for their agent alone", ErrForbidden)
	}
	of = cmp.Or(of, AgentID(a.ID))
	return of, checkLine("agent", string(of), 200, true)
}

// mayRelease reports whether an actor may release a ticket from its assignee.
func mayRelease(by Actor, t *Ticket) bool {
	return by.Role != RoleAgent || AgentID(by.ID) == t.Assignee
}

// seesReads reports whether an actor sees who has read a ticket.
func seesReads(by Actor) bool { return by.Role == RoleAdmin || by.Role == RoleSystem }

// admin returns the actor if it may change settings.
func (d *Desk) admin(ctx context.Context) (Actor, error) {
	a, err := d.worker(ctx)
	if err == nil && a.Role != RoleAdmin && a.Role != RoleSystem {
		err = fmt.Errorf("%w: for admins only", ErrForbidden)
	}
	return a, err
}

// Admin returns the actor of the desk if it is an admin or the host's own code, else ErrForbidden.
// Call it before you give out what only these may have.
func (d *Desk) Admin(ctx context.Context) (Actor, error) { return d.admin(ctx) }

// openSettings are the kinds of setting that packages outside this one keep, and hosts.
var openSettings = []SettingKind{SettingWebhook, SettingMailTemplates, SettingCustomers}

// keeper returns the actor if it may read, or edit, settings of a kind by [Desk.Settings] and
// [Desk.EditSetting]. The desk's own kinds are closed there: only their own methods check a value,
// views belong to their agent, and a model may hold customers' words.
func (d *Desk) keeper(ctx context.Context, kind SettingKind, edits bool) (Actor, error) {
	switch {
	case kind == SettingMacro && edits:
		return d.editor(ctx)
	case kind == SettingMacro:
		return d.worker(ctx)
	}
	a, err := d.admin(ctx)
	if err != nil {
		return a, err
	}
	if slices.Contains(openSettings, kind) {
		return a, nil
	}
	if !strings.Contains(string(kind), "/") {
		problem := fmt.Sprintf("%q is the desk's own or not known", clip(string(kind)))
		return a, &FieldError{"kind", problem}
	}
	return a, checkLine("kind", string(kind), 100, true)
}

// mayOpen returns an error if the actor may open no ticket: the holder of a link may answer one.
func (d *Desk) mayOpen() error {
	if d.only != "" {
		return fmt.Errorf("%w: a link is good for one ticket", ErrForbidden)
	}
	return nil
}

// find reads a ticket if the actor may know that it exists.
func (d *Desk) find(ctx context.Context, id TicketID) (*Ticket, error) {
	scope, err := d.sees(ctx)
	if err != nil {
		return nil, err
	}
	return d.findIn(ctx, scope, id)
}

// findIn is find with the scope of the actor.
func (d *Desk) findIn(ctx context.Context, scope *Scope, id TicketID) (*Ticket, error) {
	if !validID(id) {
		return nil, ErrNotFound
	}
	t, err := d.store.Ticket(ctx, d.tenant, id)
	if errors.Is(err, ErrNotFound) {
		return nil, ErrNotFound // in the same words as below, whatever the store says
	}
	if err != nil {
		return nil, err
	}
	if !scope.Has(t) || (d.only != "" && d.only != id) {
		return nil, ErrNotFound
	}
	return t, nil
}

// show returns the ticket as the actor may see it. It hides MergedInto from customers: the survivor
// may be another customer's. [Desk.showAll] adds it.
func (d *Desk) show(t *Ticket) *Ticket {
	if t == nil || d.actor.Role != RoleCustomer {
		return t
	}
	return &Ticket{
		Tenant: t.Tenant, ID: t.ID, Ref: t.Ref, Version: d.versionOf(t),
		Subject: t.Subject, Description: t.Description, Customer: Contact{Name: t.Customer.Name, Email: t.Customer.Email}, Cc: t.Cc, Source: t.Source,
		Status: shownStatus(t.Status), Category: t.Category, Priority: t.Priority,
		CreatedAt: t.CreatedAt, UpdatedAt: t.PublicAt, FirstReplyAt: t.FirstReplyAt,
		ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt, Rating: t.Rating, Resolution: t.Resolution,
	}
}

// showAll replaces tickets by what the actor may see of them. A customer learns the survivor of a
// merge only if it is also theirs.
func (d *Desk) showAll(ctx context.Context, tickets []*Ticket) error {
	if d.actor.Role != RoleCustomer {
		return nil
	}
	q := Query{Tenant: d.tenant, Limit: MaxLimit}
	for _, t := range tickets {
		if t.MergedInto != "" && !slices.Contains(q.IDs, t.MergedInto) {
			q.IDs = append(q.IDs, t.MergedInto)
		}
	}
	own := map[TicketID]bool{}
	if len(q.IDs) > 0 {
		var err error
		if q.Scope, err = d.sees(ctx); err != nil {
			return err
		}
		page, err := d.store.Tickets(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range page.Tickets {
			own[t.ID] = true
		}
	}
	for i, t := range tickets {
		tickets[i] = d.show(t)
		if own[t.MergedInto] {
			tickets[i].MergedInto = t.MergedInto
		}
	}
	return nil
}

// shownStatus returns a status as customers see it. An escalation is the desk's own affair: the
// ticket is in progress for them.
func shownStatus(s Status) Status {
	if s == StatusEscalated {
		return StatusProgress
	}
	return s
}

// shownFilter returns the statuses of tickets that show one of the given statuses to customers.
// Only tickets of a status that is never shown have none: then it returns false.
func shownFilter(shown []Status) ([]Status, bool) {
	var list []Status
	for _, s := range Statuses {
		if slices.Contains(shown, shownStatus(s)) {
			list = append(list, s)
		}
	}
	return list, len(list) > 0 || len(shown) == 0
}

// versionOf returns the version of a ticket that the actor knows. A customer's is the time of the
// last change that they can see, in microseconds: an internal change does not move it.
func (d *Desk) versionOf(t *Ticket) int64 {
	if d.actor.Role == RoleCustomer {
		return t.PublicAt.UnixMicro()
	}
	return t.Version
}

// touch sets the times of a change to a ticket. PublicAt moves only if the customer can see the
// change; then it is later than before even if the clocks of two machines differ, because it is the
// customer's version too.
func (t *Ticket) touch(now time.Time, public bool) {
	t.UpdatedAt = latest(now, t.UpdatedAt)
	if public {
		t.PublicAt = latest(now, t.PublicAt.Add(time.Microsecond))
	}
}

// visible reports whether the customer can see a difference between the ticket before and after a
// change, or a message of it.
func (x *draft) visible() bool {
	customer := x.As(Actor{Role: RoleCustomer})
	was, is := customer.show(x.before), customer.show(x.t)
	was.UpdatedAt, was.Version, is.UpdatedAt, is.Version = time.Time{}, 0, time.Time{}, 0
	return !reflect.DeepEqual(was, is) || x.joined ||
		slices.ContainsFunc(x.c.Messages, func(m Message) bool { return m.Kind.Public() })
}

// showError hides from customers a status that they do not see.
func (d *Desk) showError(err error) {
	var move *TransitionError
	if d.actor.Role == RoleCustomer && errors.As(err, &move) {
		move.From, move.To = shownStatus(move.From), shownStatus(move.To)
	}
}
