package helpdesk

import "context"

// shadow has the shadow classifier asked about a ticket that has been triaged.
func (x *draft) shadow() {
	if x.cfg.Shadow != nil {
		x.task(taskShadow, string(x.t.ID), x.t.ID, x.now)
	}
}

// askShadow does a shadow task: it records what the shadow classifier says of a ticket, once, and changes
// nothing else. It is asked as if no people had touched the ticket, and as the last time: what fails is its record too.
func (d *Desk) askShadow(ctx context.Context, task *Task) error {
	t, err := d.find(ctx, task.Ticket)
	if err != nil {
		return err
	}
	c := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if d.cfg.Shadow != nil {
		o, err := d.classify(ctx, d.cfg.Shadow, t, true)
		if err != nil {
			return err
		}
		x := &draft{Desk: d, now: d.now(), t: t, c: *c}
		x.event(EventShadow, "", string(t.Category), o.data)
		c = &x.c
	}
	return d.commit(ctx, c)
}
