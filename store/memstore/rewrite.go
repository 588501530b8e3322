package memstore

import (
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// A Change with Rewrite replaces copies of the rows; the rows stay as they are until the draft is
// settled.

// rewriteTicket replaces a stored ticket, its description included.
func (d *draft) rewriteTicket(c *helpdesk.Change) error {
	if c.Ticket == nil || c.Ticket.Version == 0 {
		return fmt.Errorf("rewrite of no stored ticket: %w", helpdesk.ErrNotFound)
	}
	if err := d.putTicket(c); err != nil {
		return err
	}
	k := ticketKey{c.Tenant, c.Ticket.ID}
	t, _ := d.tickets.get(k) // a copy of its own: see putTicket
	t.Description = c.Ticket.Description
	d.tickets.put(k, t)
	return nil
}

// rewriteMessages replaces messages with the same ids.
func (d *draft) rewriteMessages(c *helpdesk.Change) error {
	all, _ := d.messages.get(c.Tenant)
	all = slices.Clone(all)
	for _, m := range c.Messages {
		i := slices.IndexFunc(all, func(old helpdesk.Message) bool { return old.ID == m.ID && old.Ticket == m.Ticket })
		if i < 0 || m.Ticket != c.Ticket.ID {
			return fmt.Errorf("message %s of ticket %s: %w", m.ID, m.Ticket, helpdesk.ErrNotFound)
		}
		all[i] = normalMessage(m)
	}
	d.messages.put(c.Tenant, all)
	return nil
}

// rewriteEvents replaces events with the same ids.
func (d *draft) rewriteEvents(c *helpdesk.Change) error {
	all, _ := d.events.get(c.Tenant)
	all = slices.Clone(all)
	for _, e := range c.Events {
		i := slices.IndexFunc(all, func(old helpdesk.Event) bool { return old.ID == e.ID && old.Ticket == e.Ticket })
		if i < 0 || e.Ticket != c.Ticket.ID {
			return fmt.Errorf("event %s of ticket %s: %w", e.ID, e.Ticket, helpdesk.ErrNotFound)
		}
		all[i] = normalEvent(e)
	}
	d.events.put(c.Tenant, all)
	return nil
}
