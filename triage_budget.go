package helpdesk

import (
	"context"
	"errors"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// onceBudget is the scope of the once keys of notices about a spent budget: one a tenant and day,
// and one for the shares of customers.
const onceBudget = "budget"

// budgetTold is the latest day on which the managers of a tenant were told, as far as this process
// knows.
type budgetTold struct{ whole, share string }

// tellBudget tells the managers of the tenant that the money of a classifier is spent, at ticket t,
// unless they know. It is not part of the ticket's own commit, which a used key would fail.
func (d *Desk) tellBudget(ctx context.Context, t *Ticket, why error) {
	x := &draft{Desk: d, now: d.now(), t: t, c: Change{Tenant: d.tenant}}
	day := x.now.Format(time.DateOnly)
	known, _ := d.budget.Last(d.tenant)
	told, key := &known.whole, day
	text := "The model's budget for today is spent. Tickets are classified without it until tomorrow."
	if errors.Is(why, ErrBudgetShare) {
		told, key = &known.share, day+" share"
		text = "A customer has spent their share of the model's budget for today. " +
			"Further tickets of that customer are classified without it until tomorrow."
	}
	if *told == day {
		return
	}
	x.once(onceBudget, key)
	x.notify(notice{Key: "budget " + key, Kind: NoticeBudget, Audience: toManagers, Text: text})
	err := d.commit(ctx, &x.c)
	var dup *DuplicateError
	switch {
	case err == nil:
		d.cfg.Logger.WarnContext(ctx, "helpdesk: budget", "tenant", d.tenant, "ticket", t.ID, "error", why)
	case !errors.As(err, &dup): // the next ticket tries again
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: tell of the budget", "tenant", d.tenant, "error", err)
		return
	}
	*told = day
	d.budget.Put(d.tenant, known, lru.SizeOf(known), x.now)
}
