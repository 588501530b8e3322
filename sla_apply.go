package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ApplyCurrentSLA moves the unfinished clocks of an open ticket to the SLA in force: see
// [Desk.SaveSLA]. The time that has run stays counted, by the new calendar. Breached clocks stay as
// they are. It is for admins and the host.
func (d *Desk) ApplyCurrentSLA(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "apply the current SLA to"
	by, err := d.admin(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, (*draft).applyCurrent)
	return t, d.fail(op, id, err)
}

func (x *draft) applyCurrent() error {
	x.applySLA = true
	return nil
}

// ApplyCurrentSLAToAll makes Tick do this for every open ticket of the tenant, page by page. A
// second call meanwhile starts again from the first ticket, which is harmless.
func (d *Desk) ApplyCurrentSLAToAll(ctx context.Context) error {
	const op = "apply the current SLA to all tickets"
	by, err := d.admin(ctx)
	if err == nil {
		err = d.commit(ctx, &Change{Tenant: d.tenant, Tasks: []Task{d.applyTask(applyPage{By: by})}})
	}
	return d.fail(op, "", err)
}

// applyPage is the payload of an apply_sla task: the next page.
type applyPage struct {
	By    Actor  `json:"by"`
	After string `json:"after,omitempty"` // a cursor
	Done  int    `json:"done"`            // tickets looked at so far
}

const applyBatch = 200

func (d *Desk) applyTask(p applyPage) Task {
	payload, err := json.Marshal(p)
	if err != nil {
		panic("helpdesk: apply SLA: " + err.Error()) // our own plain struct: cannot happen
	}
	return Task{Tenant: d.tenant, Kind: TaskApplySLA, Key: slaKey, DueAt: d.now(), Payload: payload}
}

// applySome does one page of ApplyCurrentSLAToAll, and leaves a task for the next.
func (d *Desk) applySome(ctx context.Context, task *Task) error {
	var p applyPage
	if err := json.Unmarshal(task.Payload, &p); err != nil {
		return fmt.Errorf("apply SLA: %w", err)
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Status: OpenStatuses, Order: Oldest, Limit: applyBatch, After: p.After})
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	p.After, p.Done = page.Next, p.Done+len(page.Tickets)
	if p.After != "" {
		end.Tasks = []Task{d.applyTask(p)}
	}
	err = d.updateAll(ctx, page.Tickets, p.By, (*draft).applyCurrent, end)
	if err == nil && p.After == "" {
		d.cfg.Logger.InfoContext(ctx, "helpdesk: all tickets moved to the SLA in force", "tenant", d.tenant, "tickets", p.Done)
	}
	return err
}

// VoidBreach declares the breach of a clock void, say because the customer's own outage caused it.
// It stays on record with the reason and its author, counts neither as met nor as breached, and the
// clock's later steps do not fire. It cannot be taken back. It is for admins and the host.
func (d *Desk) VoidBreach(ctx context.Context, id TicketID, m Metric, instance int, reason string) (*Ticket, error) {
	const op = "void breach of"
	reason = strings.TrimSpace(reason)
	by, err := d.admin(ctx)
	if err = errors.Join(err, checkText("reason", reason, true)); err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, func(x *draft) error {
		for i := range x.t.Clocks {
			c := &x.t.Clocks[i]
			if c.Metric != m || c.Instance != instance {
				continue
			}
			switch {
			case c.BreachedAt.IsZero():
				return &FieldError{"metric", fmt.Sprintf("%s %d is not breached", m, instance)}
			case c.VoidedAt.IsZero():
				c.VoidedAt = x.now
				x.event(EventSLAVoided, string(m), reason, clockData(c, ""))
			}
			return nil
		}
		return &FieldError{"metric", fmt.Sprintf("the ticket has no clock %s %d", clip(string(m)), instance)}
	})
	return t, d.fail(op, id, err)
}
