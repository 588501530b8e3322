package helpdesk

import (
	"context"
	"strings"
	"time"
)

// under returns the policy that a clock runs under.
func (c *SLAClock) under() policyRef { return policyRef{c.Policy, c.Version} }

// policyRef is a policy in one version of an SLA.
type policyRef struct {
	name    string
	version int64
}

// consult looks up the policies of all clocks that may still run.
func (x *draft) consult(ctx context.Context) error {
	if x.terms == nil {
		x.terms = map[policyRef]*Policy{}
	}
	for i := range x.t.Clocks {
		c := &x.t.Clocks[i]
		if _, known := x.terms[c.under()]; known || (c.Ended() && c.Metric != Resolution) {
			continue
		}
		p, err := x.look(ctx, c)
		if err != nil {
			return err
		}
		x.terms[c.under()] = p
	}
	return nil
}

// look finds the policy of a clock. An SLA that does not know its policies by name, or has lost
// this one, is asked about the ticket.
func (x *draft) look(ctx context.Context, c *SLAClock) (*Policy, error) {
	if x.cfg.SLA == nil {
		return nil, nil
	}
	b, err := x.slaOfVersion(ctx, c.Version)
	if err != nil {
		return nil, err
	}
	if named, ok := b.sla.(SLADocument); ok {
		if p := named.Named(c.Policy); p != nil {
			return p, nil
		}
	}
	return x.ask(ctx, b.sla)
}

// ask calls an SLA of the host.
func (x *draft) ask(ctx context.Context, s SLA) (*Policy, error) {
	return callHost(ctx, x.Desk, func(ctx context.Context) (*Policy, error) { return s.Policy(ctx, x.t) })
}

// pick finds the policy in force at a time for the ticket as it stands.
func (x *draft) pick(ctx context.Context, at time.Time) error {
	if x.cfg.SLA == nil || x.picked == matched(x.t, at) {
		return nil
	}
	x.policy, x.version, x.picked = nil, 0, matched(x.t, at)
	b, err := x.slaInForceAt(ctx, at)
	if err != nil {
		return err
	}
	x.policy, err = x.ask(ctx, b.sla)
	x.version = b.version
	return err
}

// match holds the values that a policy may depend on: those of the ticket that can change, and the
// time.
type match struct {
	at       time.Time
	priority Priority
	category Category
	tags     string
	customer string // the tags of the customer
}

func matched(t *Ticket, at time.Time) match {
	return match{at, t.Priority, t.Category, strings.Join(t.Tags, "\n"), strings.Join(t.Customer.Tags, "\n")}
}

// mayMove reports whether the command may have changed the policy in force. An SLA that is not a
// document may change at any time.
func (x *draft) mayMove() bool {
	_, written := x.cfg.SLA.(SLADocument)
	return !written || x.applySLA || x.settled != matched(x.t, time.Time{})
}

// stays reports whether a clock goes on under its policy: because that is the one in force, or
// because its own version of the SLA would still choose it.
func (x *draft) stays(ctx context.Context, c *SLAClock) (bool, error) {
	lapsed := !c.CancelledAt.IsZero() && // another policy may bring it back
		(c.Metric == Resolution || (c.Metric == FirstResponse && x.t.FirstReplyAt.IsZero()))
	if (c.Ended() && !lapsed) || !c.BreachedAt.IsZero() || (c.Policy == x.policy.name() && c.Version == x.version) {
		return true, nil
	}
	if _, written := x.cfg.SLA.(SLADocument); !written || x.applySLA {
		return false, nil
	}
	b, err := x.slaOfVersion(ctx, c.Version)
	if err != nil {
		return false, err
	}
	p, err := x.ask(ctx, b.sla)
	return p.name() == c.Policy, err
}
