package helpdesk

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// All rights are checked in this file: customers see and answer their own tickets, without internal
// parts; agents work on all tickets of the tenant; admins may also change settings; the host's code
// may do everything.

// someone returns the actor if the tenant knows it. An agent has to be in the roster: the host says
// which person asks, the roster whether that person works here.
func (d *Desk) someone(ctx context.Context) (Actor, error) {
	a := d.actor
	switch a.Role {
	case RoleSystem, RoleAdmin:
		return a, nil
	case RoleCustomer:
		a.ID = cleanEmail(a.ID)
		if a.ID == "" {
			return a, fmt.Errorf("%w: a customer without a mail address", ErrForbidden)
		}
		return a, checkEmail("actor", a.ID)
	case RoleAgent:
		agent, err := d.agent(ctx, AgentID(a.ID))
		if err != nil {
			return a, err
		}
		if agent == nil {
			return a, fmt.Errorf("%w: %q is not an agent of this tenant", ErrForbidden, clip(a.ID))
		}
		a.Name = agent.Name
		return a, nil
	}
	return a, fmt.Errorf("%w: unknown role %q", ErrForbidden, clip(string(a.Role)))
}

// Staff returns the actor of the desk, with the name that an agent has in the roster. It returns
// ErrForbidden unless the actor is an agent of the tenant, an admin or the host's own code. Call it
// before you read from the Store anything that is not for customers. Its error does not name the
// operation: add that.
func (d *Desk) Staff(ctx context.Context) (Actor, error) { return d.worker(ctx) }

// worker returns the actor unless it is a customer.
func (d *Desk) worker(ctx context.Context) (Actor, error) {
	a, err := d.someone(ctx)
	if err == nil && a.Role == RoleCustomer {
		err = fmt.Errorf("%w: for agents only", ErrForbidden)
	}
	return a, err
}

// admin returns the actor if it may change settings.
func (d *Desk) admin(ctx context.Context) (Actor, error) {
	a, err := d.worker(ctx)
	if err == nil && a.Role == RoleAgent {
		err = fmt.Errorf("%w: for admins only", ErrForbidden)
	}
	return a, err
}

// openSettings are the kinds of setting that packages outside this one keep.
var openSettings = []SettingKind{SettingWebhook, SettingMailTemplates}

// keeper returns the actor if it may read and edit settings of a kind by [Desk.Settings] and
// [Desk.EditSetting]. The desk's own kinds are closed there: only their own methods check a value,
// views belong to their agent, and a model may hold customers' words.
func (d *Desk) keeper(ctx context.Context, kind SettingKind) (Actor, error) {
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

// find reads a ticket if the actor may know that it exists.
func (d *Desk) find(ctx context.Context, id TicketID) (*Ticket, error) {
	if !validID(id) {
		return nil, ErrNotFound
	}
	t, err := d.store.Ticket(ctx, d.tenant, id)
	if err != nil {
		return nil, err
	}
	if d.actor.Role == RoleCustomer && t.Customer.Email != cleanEmail(d.actor.ID) {
		return nil, ErrNotFound
	}
	return t, nil
}

// show returns the ticket as the actor may see it.
func (d *Desk) show(t *Ticket) *Ticket {
	if t == nil || d.actor.Role != RoleCustomer {
		return t
	}
	return &Ticket{
		Tenant: t.Tenant, ID: t.ID, Ref: t.Ref, Version: t.Version,
		Subject: t.Subject, Description: t.Description, Customer: Contact{Name: t.Customer.Name, Email: t.Customer.Email}, Source: t.Source,
		Status: t.Status, Category: t.Category, Priority: t.Priority,
		CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt, FirstReplyAt: t.FirstReplyAt,
		ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt, MergedInto: t.MergedInto, Rating: t.Rating, Resolution: t.Resolution,
	}
}
