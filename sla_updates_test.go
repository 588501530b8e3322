package helpdesk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

const (
	updateEvery = 2 * time.Hour
	ownerWithin = 30 * time.Minute
)

// updating is an SLA of the two clocks that are off by default, around the clock.
var updating = helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
	return &helpdesk.Policy{Name: "updates", PeriodicUpdate: updateEvery, OwnerTime: ownerWithin}, nil
})

// expected is what the rules say of one clock.
type expected struct {
	start       time.Time
	used        time.Duration // while it was the desk's turn
	ended, kept bool          // kept: met, in time or late
}

// promises computes from what happens to a ticket what the two clocks should be.
type promises struct {
	updates, owners []expected
	seen            *helpdesk.Ticket // at the end of the last step
	at              time.Time
}

func last(list []expected) *expected {
	if len(list) == 0 || list[len(list)-1].ended {
		return nil
	}
	return &list[len(list)-1]
}

// passes counts the time up to now.
func (p *promises) passes(now time.Time) {
	if p.seen.Status.Open() && p.seen.Status != helpdesk.StatusWaiting {
		for _, e := range []*expected{last(p.updates), last(p.owners)} {
			if e != nil {
				e.used += now.Sub(p.at)
			}
		}
	}
	p.at = now
}

// step takes in what a command did.
func (p *promises) step(t *helpdesk.Ticket) {
	open, was := t.Status.Open(), p.seen != nil && p.seen.Status.Open()
	replied := p.seen != nil && t.Replies > p.seen.Replies
	if e := last(p.updates); e != nil && (replied || !open) {
		e.ended, e.kept = true, true
	}
	if open && (!was || replied) {
		p.updates = append(p.updates, expected{start: p.at})
	}
	assigned := t.Assignee != "" && (p.seen == nil || p.seen.Assignee != t.Assignee || !p.seen.AssignedAt.Equal(t.AssignedAt))
	e := last(p.owners)
	switch {
	case e == nil:
	case assigned || t.Assignee == "":
		e.ended = true
	case !t.BegunAt.IsZero() || !open:
		e.ended, e.kept = true, true
	}
	if assigned && open && t.BegunAt.IsZero() {
		p.owners = append(p.owners, expected{start: p.at})
	}
	p.seen = t
}

func (p *promises) check(t *rapid.T, now time.Time) {
	for metric, list := range map[helpdesk.Metric][]expected{helpdesk.PeriodicUpdate: p.updates, helpdesk.OwnerTime: p.owners} {
		target := updateEvery
		if metric == helpdesk.OwnerTime {
			target = ownerWithin
		}
		var clocks []helpdesk.SLAClock
		for _, c := range p.seen.Clocks {
			if c.Metric == metric {
				clocks = append(clocks, c)
			}
		}
		require.Len(t, clocks, len(list), metric)
		for i, want := range list {
			c := clocks[i]
			used := c.Consumed
			if c.Running() {
				used += now.Sub(c.RunningSince)
			}
			require.Equal(t, want, expected{c.StartedAt, used, c.Ended(), !c.MetAt.IsZero()}, "%s %d", metric, i+1)
			require.Equal(t, want.used > target, c.Breached(now), "%s %d used %s", metric, i+1, want.used)
		}
	}
}

// TestUpdatesAndOwnerTimeKeepTheirRules drives a ticket at random and computes both clocks anew.
func TestUpdatesAndOwnerTimeKeepTheirRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{SLA: updating, Clock: clock, Logger: quiet, CloseAfter: -1, RemindAfter: -1, ResolveAfter: -1})
		require.NoError(t, err)
		for _, id := range []helpdesk.AgentID{ana, ben} {
			_, err := desk.SaveAgent(t.Context(), helpdesk.Agent{ID: id, Name: string(id), Email: string(id)})
			require.NoError(t, err)
		}
		opened, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: kim}})
		require.NoError(t, err)
		p := &promises{at: clock.Now()}
		p.step(opened)
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			by := rapid.SampledFrom([]time.Duration{time.Microsecond, 10 * time.Minute, 30 * time.Minute, 30*time.Minute + time.Microsecond, 2 * time.Hour, 5 * time.Hour}).Draw(t, "by")
			now := clock.Now().Add(by)
			clock.Set(now)
			p.passes(now)
			if rapid.Bool().Draw(t, "tick") {
				_, err := desk.Tick(t.Context())
				require.NoError(t, err)
				p.seen, err = desk.Ticket(t.Context(), opened.ID)
				require.NoError(t, err)
			}
			who := rapid.SampledFrom([]helpdesk.AgentID{ana, ben}).Draw(t, "who")
			agent := desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(who)})
			switch rapid.SampledFrom([]string{"reply", "ask", "write", "resolve", "reopen", "give", "give back", "take", "wait", "wait no more"}).Draw(t, "what") {
			case "reply":
				_, _ = agent.Reply(t.Context(), opened.ID, helpdesk.ReplyParams{Body: "Word."})
			case "ask":
				_, _ = agent.Reply(t.Context(), opened.ID, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
			case "write":
				if p.seen.Status.Open() || now.Sub(p.seen.ResolvedAt) < 7*24*time.Hour {
					_, _ = desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Reply(t.Context(), opened.ID, helpdesk.ReplyParams{Body: "It is red."})
				}
			case "resolve":
				_, _ = agent.Resolve(t.Context(), opened.ID, "done")
			case "reopen":
				_, _ = agent.Reopen(t.Context(), opened.ID)
			case "give":
				_, _ = agent.Reassign(t.Context(), opened.ID, who)
			case "give back":
				_, _ = agent.Reassign(t.Context(), opened.ID, "")
			case "take":
				_, _ = agent.Take(t.Context(), opened.ID)
			case "wait":
				_, _ = agent.SetStatus(t.Context(), opened.ID, helpdesk.StatusWaiting)
			case "wait no more":
				_, _ = agent.SetStatus(t.Context(), opened.ID, helpdesk.StatusAssigned)
			}
			ticket, err := desk.Ticket(t.Context(), opened.ID)
			require.NoError(t, err)
			p.step(ticket)
			p.check(t, now)
		}
	})
}

// TestAnUpdateThatIsLateIsTold: the two clocks warn, breach and count in reports like the others.
func TestAnUpdateThatIsLateIsTold(t *testing.T) {
	onEveryStoreWith(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return &helpdesk.Policy{Name: "updates", PeriodicUpdate: updateEvery, OwnerTime: ownerWithin, Steps: []helpdesk.EscalationStep{{Name: "due", Level: 2}}}, nil
	})}, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		d.Advance(31 * time.Minute)
		require.Contains(t, d.Notices.Of(helpdesk.NoticeBreached)[0].Text, "The beginning of work was due")
		require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "I look."})))
		d.Notices.Reset()
		d.Advance(121 * time.Minute)
		require.Contains(t, d.Notices.Of(helpdesk.NoticeBreached)[0].Text, "The next update was due")
		states, err := d.Clocks(t.Context(), id)
		require.NoError(t, err)
		var metrics []helpdesk.Metric
		for _, s := range states {
			metrics = append(metrics, s.Clock.Metric)
		}
		slices.Sort(metrics)
		require.Equal(t, []helpdesk.Metric{helpdesk.OwnerTime, helpdesk.PeriodicUpdate, helpdesk.PeriodicUpdate}, metrics)
	})
}
