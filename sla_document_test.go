package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/sla"
)

func due(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) time.Time {
	t.Helper()
	return clock(t, d, id, helpdesk.Resolution).DueAt
}

func save(t *testing.T, d *helpdesktest.Desk, policies ...sla.Policy) helpdesk.Setting {
	t.Helper()
	s, err := d.SaveSLA(t.Context(), asJSON(t, slaOf(policies...)))
	require.NoError(t, err)
	return s
}

func TestARunningClockStaysOnItsVersionUntilTheCurrentSLAIsApplied(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		all := func(name string, target time.Duration) sla.Policy { return sla.Policy{Name: name, Resolution: target} }
		old := open(t, d, helpdesk.OpenParams{}).ID // under Standard: medium, a day
		require.EqualValues(t, 1, save(t, d, all("first", 10*time.Hour)).Version)
		first := open(t, d, helpdesk.OpenParams{}).ID
		require.EqualValues(t, 2, save(t, d, all("second", 5*time.Hour)).Version)
		second := open(t, d, helpdesk.OpenParams{}).ID

		d.Advance(time.Hour)
		_, err := asAgent(d, ana).Note(ctx, first, "Looking.")
		require.NoError(t, err)
		for id, want := range map[helpdesk.TicketID]time.Duration{old: 24 * time.Hour, first: 10 * time.Hour, second: 5 * time.Hour} {
			require.Equal(t, helpdesktest.Start.Add(want), due(t, d, id))
		}
		require.EqualValues(t, 1, clock(t, d, first, helpdesk.Resolution).Version)

		// A change that its own version ignores does not move it, though the new version would.
		_, err = d.SetCategory(ctx, first, helpdesk.Billing)
		require.NoError(t, err)
		require.Equal(t, helpdesktest.Start.Add(10*time.Hour), due(t, d, first))

		_, err = asAgent(d, ana).ApplyCurrentSLA(ctx, first)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = d.ApplyCurrentSLA(ctx, first)
		require.NoError(t, err)
		c := clock(t, d, first, helpdesk.Resolution)
		require.Equal(t, "second", c.Policy)
		require.EqualValues(t, 2, c.Version)
		require.Equal(t, helpdesktest.Start.Add(5*time.Hour), c.DueAt, "the hour that has run counts")

		require.NoError(t, d.ApplyCurrentSLAToAll(ctx))
		d.Drain()
		require.Equal(t, helpdesktest.Start.Add(5*time.Hour), due(t, d, old))
		require.NotZero(t, clock(t, d, old, helpdesk.FirstResponse).CancelledAt, "no target any more")
		require.Equal(t, 2, events(t, d, old)[helpdesk.EventSLATarget])
		require.Zero(t, events(t, d, second)[helpdesk.EventSLATarget])
	})
}

func TestApplyingTheSLAReachesEveryOpenTicket(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ids := map[helpdesk.TicketID]bool{}
	for i := range 450 { // more than two pages
		ids[open(t, d, helpdesk.OpenParams{Subject: fmt.Sprint(i)}).ID] = true
	}
	d.Drain()
	_, err := d.Resolve(t.Context(), open(t, d, helpdesk.OpenParams{}).ID, "done")
	require.NoError(t, err)
	save(t, d, sla.Policy{Name: "new", Resolution: time.Hour})
	require.NoError(t, d.ApplyCurrentSLAToAll(t.Context()))
	d.Drain()
	for id := range ids {
		require.Equal(t, "new", clock(t, d, id, helpdesk.Resolution).Policy)
	}
}

func TestPromisesHaveAHistoryAndBelongToTheTenant(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "The Boss"})
		_, err := boss.SaveSLA(ctx, asJSON(t, slaOf(sla.Policy{Name: "one", Resolution: time.Hour})))
		require.NoError(t, err)
		_, err = boss.IfVersion(7).SaveSLA(ctx, asJSON(t, slaOf(sla.Policy{Name: "stale", Resolution: time.Hour})))
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		_, err = boss.IfVersion(1).SaveSLA(ctx, asJSON(t, slaOf(sla.Policy{Name: "two", Resolution: 2 * time.Hour})))
		require.NoError(t, err)
		_, err = asAgent(d, ana).SaveSLA(ctx, asJSON(t, slaOf()))
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = boss.SaveSLA(ctx, asJSON(t, sla.Document{Policies: []sla.Policy{{Name: "x", Resolution: -1}}}))
		require.Equal(t, "policies[0].resolution", helpdesk.Fields(err)[0].Field)
		_, err = boss.SaveSLA(ctx, json.RawMessage("{"))
		require.Error(t, err)

		other := d.ForTenant("other")
		ticket, err := other.Open(ctx, helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		require.Equal(t, "medium", ticket.Clocks[0].Policy)
		none, err := other.SLAHistory(ctx, 0, 0)
		require.NoError(t, err)
		require.Empty(t, none)

		require.Equal(t, "two", open(t, d, helpdesk.OpenParams{}).Clocks[0].Policy)
		_, err = boss.SaveSLA(ctx, nil)
		require.NoError(t, err)
		require.Equal(t, "medium", open(t, d, helpdesk.OpenParams{}).Clocks[0].Policy)

		versions, err := asAgent(d, ana).SLAHistory(ctx, 0, 2)
		require.NoError(t, err)
		require.Len(t, versions, 2)
		require.True(t, versions[0].Deleted)
		require.Equal(t, "The Boss", versions[1].By.Name)
		var read sla.Document
		require.NoError(t, json.Unmarshal(versions[1].Value, &read))
		require.Equal(t, "two", read.Policies[0].Name)
		versions, err = d.SLAHistory(ctx, versions[1].Version, 0)
		require.NoError(t, err)
		require.Len(t, versions, 1)
		_, err = asCustomer(d, kim).SLAHistory(ctx, 0, 0)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	})
}

func TestAnotherProcessWorksWithTheNewPromisesASecondLater(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	here := helpdesktest.New(t, d.Store, &helpdesk.Config{Clock: d.Clock})
	require.Equal(t, "medium", open(t, here, helpdesk.OpenParams{}).Clocks[0].Policy)
	save(t, d, sla.Policy{Name: "new", Resolution: time.Hour})
	require.Equal(t, "new", open(t, d, helpdesk.OpenParams{}).Clocks[0].Policy)
	d.Clock.Advance(time.Second)
	require.Equal(t, "new", open(t, here, helpdesk.OpenParams{}).Clocks[0].Policy)
}

func TestPromisesOfCodeCannotBeSaved(t *testing.T) {
	t.Parallel()
	d := desk(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(fixed(&helpdesk.Policy{Name: "p", Resolution: time.Hour}))})
	_, err := d.SaveSLA(t.Context(), asJSON(t, slaOf()))
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

func TestACustomersTagsAreTheHostsToGive(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	cfg := slaConfig(t, sla.Policy{Name: "vip", For: sla.Match{CustomerTag: []string{"vip"}}, Resolution: time.Hour}, sla.Policy{Name: "all", Resolution: 9 * time.Hour})
	cfg.CustomerTags = func(_ context.Context, tenant helpdesk.TenantID, email string) ([]string, error) {
		switch email {
		case "rich@example.com":
			return []string{" VIP "}, nil
		case "gone@example.com":
			return nil, errors.New("directory is down")
		}
		return nil, nil
	}
	d := desk(t, cfg)
	policy := func(who *helpdesk.Desk, p helpdesk.OpenParams) string {
		p.Subject = "x"
		ticket, err := who.Open(ctx, p)
		require.NoError(t, err)
		return read(t, d, ticket.ID).Clocks[0].Policy
	}
	require.Equal(t, "vip", policy(d.Desk, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "rich@example.com"}}))
	require.Equal(t, "all", policy(d.Desk, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "poor@example.com"}}))
	require.Equal(t, "vip", policy(d.Desk, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "poor@example.com", Tags: []string{"Vip"}}}))
	rich := asCustomer(d, "rich@example.com")
	require.Equal(t, "vip", policy(rich, helpdesk.OpenParams{}))
	shown, err := rich.Open(ctx, helpdesk.OpenParams{Subject: "x"})
	require.NoError(t, err)
	require.Empty(t, shown.Customer.Tags, "what the host says of customers is not for them")
	require.Equal(t, "all", policy(d.Desk, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "gone@example.com"}}), "a ticket is never lost for it")
	_, err = asCustomer(d, "poor@example.com").Open(ctx, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Tags: []string{"vip"}}})
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	cfg = slaConfig(t, sla.Policy{Name: "all", Resolution: time.Hour})
	vip := true
	cfg.CustomerTags = func(context.Context, helpdesk.TenantID, string) ([]string, error) {
		if vip {
			return []string{"vip"}, nil
		}
		return nil, nil
	}
	e := desk(t, cfg)
	first := open(t, e, helpdesk.OpenParams{})
	require.Equal(t, []string{"vip"}, first.Customer.Tags)
	_, err = e.SetStatus(ctx, first.ID, helpdesk.StatusClosed)
	require.NoError(t, err)
	vip = false
	next, err := asCustomer(e, kim).Reply(ctx, first.ID, helpdesk.ReplyParams{Body: "Again."})
	require.NoError(t, err)
	require.NotEqual(t, first.ID, next.ID)
	require.Empty(t, read(t, e, next.ID).Customer.Tags, "what held once does not hold for ever")

	_, err = d.Open(ctx, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Tags: []string{""}}})
	require.Equal(t, "customer_tags", helpdesk.Fields(err)[0].Field)
}

func TestNobodyRepliesForTooLong(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		save(t, d, sla.Policy{Name: "p", FirstResponse: 8 * time.Hour, NextResponse: 8 * time.Hour, EscalateAfter: 2 * time.Hour})
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		d.Advance(2*time.Hour - time.Microsecond)
		require.Zero(t, read(t, d, id).EscalationLevel)
		d.Advance(time.Microsecond)
		ticket := read(t, d, id)
		require.Equal(t, 1, ticket.EscalationLevel)
		require.Equal(t, helpdesk.StatusAssigned, ticket.Status)
		require.Equal(t, ben, d.Notices.Of(helpdesk.NoticeUnanswered)[0].To[0].Agent)
		require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "No reply for 2h. Escalated to management.")

		_, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hm."})
		require.NoError(t, err)
		answer(t, d, id, d.Clock.Now())
		d.Advance(2 * time.Hour)
		require.Len(t, d.Notices.Of(helpdesk.NoticeUnanswered), 2, "once for each wait")
		d.Advance(100 * time.Hour)
		require.Len(t, d.Notices.Of(helpdesk.NoticeUnanswered), 2)
	})
}

func TestAStepRaisesAndReassigns(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		steps := []helpdesk.EscalationStep{
			{Name: "quarter", Of: 0.25, Level: 1, Raise: helpdesk.High, Notify: helpdesk.NotifyNobody},
			{Name: "half", Of: 0.5, Level: 1, Reassign: true},
		}
		save(t, d,
			sla.Policy{Name: "high", For: sla.Match{Priority: []helpdesk.Priority{helpdesk.High}}, Resolution: 4 * time.Hour, Steps: steps},
			sla.Policy{Name: "rest", Resolution: 8 * time.Hour, Steps: steps})
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		first := read(t, d, id).Assignee
		d.Advance(2 * time.Hour) // a quarter of 8 hours is half of 4
		ticket := read(t, d, id)
		require.Equal(t, helpdesk.High, ticket.Priority)
		require.Equal(t, helpdesk.High, ticket.MinPriority, "no model takes it back")
		require.Equal(t, helpdesktest.Start.Add(4*time.Hour), due(t, d, id))
		require.Equal(t, []string{"quarter", "half"}, clock(t, d, id, helpdesk.Resolution).Fired)
		require.Equal(t, []helpdesk.AgentID{first}, ticket.Declined)
		require.Empty(t, ticket.Assignee, "not to the same agent")
		d.Hire(helpdesk.Agent{Name: "Cem", Email: "cem@example.com", Skills: map[helpdesk.Skill]int{"general": 3}})
		d.Drain()
		require.EqualValues(t, "cem@example.com", read(t, d, id).Assignee)
		require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), 1, "the quarter tells nobody")
		require.Equal(t, first, d.Notices.Of(helpdesk.NoticeAtRisk)[0].To[0].Agent)
	})
}

func TestStepsThatHaveFiredDoNotFireAgain(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		save(t, d, forPriority(helpdesk.Low, 100*time.Hour), sla.Policy{Name: "rest", Resolution: 4 * time.Hour})
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		d.Advance(3*time.Hour + 30*time.Minute)
		require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), 1)
		for range 2 { // the due time goes out and comes back
			_, err := d.SetPriority(ctx, id, helpdesk.Low)
			require.NoError(t, err)
			d.Drain()
			_, err = d.SetPriority(ctx, id, helpdesk.Medium)
			require.NoError(t, err)
			d.Drain()
		}
		wait(t, d, id, d.Clock.Now())
		answer(t, d, id, d.Clock.Now().Add(time.Hour))
		d.Drain()
		_, err := d.Resolve(ctx, id, "done")
		require.NoError(t, err)
		_, err = d.Reopen(ctx, id)
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, d.Clock.Now().Add(30*time.Minute), due(t, d, id))
		require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), 1)
		require.Equal(t, 1, events(t, d, id)[helpdesk.EventSLAAtRisk])
	})
}

func TestAPromiseThatComesAndGoesDoesNotRestart(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, slaConfig(t, sla.Policy{Name: "rest", FirstResponse: 6 * time.Hour, Resolution: 8 * time.Hour}))
	save(t, d, sla.Policy{Name: "none", For: sla.Match{Priority: []helpdesk.Priority{helpdesk.Low}}}, sla.Policy{Name: "rest", FirstResponse: 6 * time.Hour, Resolution: 8 * time.Hour})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(3 * time.Hour)
	_, err := d.SetPriority(ctx, id, helpdesk.Low)
	require.NoError(t, err)
	require.NotZero(t, clock(t, d, id, helpdesk.Resolution).CancelledAt)
	d.Advance(time.Hour)
	_, err = d.SetPriority(ctx, id, helpdesk.Medium)
	require.NoError(t, err)
	c := clock(t, d, id, helpdesk.Resolution)
	require.Equal(t, d.Clock.Now().Add(5*time.Hour), c.DueAt, "three hours had run")
	require.Equal(t, 1, c.Instance)
	require.Equal(t, d.Clock.Now().Add(3*time.Hour), clock(t, d, id, helpdesk.FirstResponse).DueAt)
}

func TestAPromiseMadeTooLateIsBroken(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "urgent", For: sla.Match{Priority: []helpdesk.Priority{helpdesk.Urgent}}, FirstResponse: time.Hour, Resolution: 4 * time.Hour}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	require.Empty(t, read(t, d, id).Clocks)
	d.Drain()
	d.Advance(2 * time.Hour)
	_, err := d.SetPriority(t.Context(), id, helpdesk.Urgent)
	require.NoError(t, err)
	d.Drain()
	c := clock(t, d, id, helpdesk.FirstResponse)
	require.Equal(t, helpdesktest.Start, c.StartedAt)
	require.Equal(t, d.Clock.Now(), c.BreachedAt)
	require.Equal(t, "retarget", c.Cause)
	require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
	require.Equal(t, d.Clock.Now().Add(4*time.Hour), due(t, d, id))
}

func TestAVoidBreachCountsForNothing(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		save(t, d, sla.Policy{Name: "p", Resolution: time.Hour, Steps: []helpdesk.EscalationStep{{Name: "due", Level: 2}, {Name: "later", After: time.Hour, Level: 3}}})
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err := d.VoidBreach(ctx, id, helpdesk.Resolution, 1, "outage")
		require.Equal(t, "metric", helpdesk.Fields(err)[0].Field)
		d.Advance(90 * time.Minute)
		for _, bad := range []func() error{
			func() error { _, err := asAgent(d, ana).VoidBreach(ctx, id, helpdesk.Resolution, 1, "x"); return err },
			func() error { _, err := d.VoidBreach(ctx, id, helpdesk.Resolution, 1, " "); return err },
			func() error { _, err := d.VoidBreach(ctx, id, helpdesk.Resolution, 2, "x"); return err },
			func() error {
				_, err := d.ForTenant("other").VoidBreach(ctx, id, helpdesk.Resolution, 1, "x")
				return err
			},
		} {
			require.Error(t, bad())
		}
		for range 2 {
			_, err = d.VoidBreach(ctx, id, helpdesk.Resolution, 1, "their own outage")
			require.NoError(t, err)
		}
		require.Equal(t, 1, events(t, d, id)[helpdesk.EventSLAVoided])
		d.Advance(10 * time.Hour)
		_, err = d.Note(ctx, id, "Well.")
		require.NoError(t, err)
		require.Equal(t, 2, read(t, d, id).EscalationLevel, "its later steps are off")
		c := clock(t, d, id, helpdesk.Resolution)
		require.Equal(t, helpdesktest.Start.Add(time.Hour), c.BreachedAt, "the breach stays on record")
		require.False(t, read(t, d, id).Breached(d.Clock.Now()))
		require.Zero(t, read(t, d, id).Due())
		o, err := report.New(d.Desk).Overview(ctx, report.Period{From: helpdesktest.Start, To: d.Clock.Now()})
		require.NoError(t, err)
		require.Zero(t, o.Breached)
		require.Nil(t, o.Compliance)
		require.Empty(t, o.Attainment)
	})
}

func TestAMergeTakesOverTheLongerWait(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		save(t, d, sla.Policy{Name: "p", FirstResponse: 4 * time.Hour, NextResponse: 3 * time.Hour, Resolution: 100 * time.Hour})
		older := open(t, d, helpdesk.OpenParams{}).ID
		d.Advance(time.Hour)
		newer := open(t, d, helpdesk.OpenParams{}).ID
		answered := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err := asAgent(d, ana).Reply(ctx, answered, helpdesk.ReplyParams{Body: "So."})
		require.NoError(t, err)

		_, err = d.Merge(ctx, older, newer)
		require.NoError(t, err)
		c := clock(t, d, newer, helpdesk.FirstResponse)
		require.Equal(t, helpdesktest.Start, c.StartedAt)
		require.Equal(t, helpdesktest.Start.Add(4*time.Hour), c.DueAt)
		for _, c := range read(t, d, older).Clocks {
			require.NotZero(t, c.CancelledAt)
		}

		d.Clock.Set(helpdesktest.Start.Add(3*time.Hour + 30*time.Minute))
		_, err = d.Merge(ctx, newer, answered) // the reply there answers no message here
		require.NoError(t, err)
		c = clock(t, d, answered, helpdesk.NextResponse)
		require.Equal(t, helpdesktest.Start, c.StartedAt)
		require.Equal(t, helpdesktest.Start.Add(3*time.Hour), c.BreachedAt)
		require.Equal(t, "merge", c.Cause)
		d.Drain()
		require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
		d.Advance(10 * time.Hour)
		require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
		o, err := report.New(d.Desk).Overview(ctx, report.Period{From: helpdesktest.Start, To: d.Clock.Now()})
		require.NoError(t, err)
		require.Equal(t, []report.Attainment{{Metric: helpdesk.FirstResponse, Met: 1}, {Metric: helpdesk.NextResponse, Breached: 1}}, o.Attainment)
	})
}

func TestNextResponseAfterAResolutionWithoutAReply(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", FirstResponse: time.Hour, NextResponse: 2 * time.Hour}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	_, err := d.Resolve(t.Context(), id, "done")
	require.NoError(t, err)
	answer(t, d, id, d.Clock.Now().Add(time.Hour))
	require.Equal(t, d.Clock.Now().Add(2*time.Hour), clock(t, d, id, helpdesk.NextResponse).DueAt)
}

// A calendar that has no open hours left must not lose the ticket.
func TestATicketIsOpenedThoughTheCalendarIsClosed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	policies, err := sla.New(sla.Document{
		Calendars: []sla.Hours{{Name: "fair", Special: []sla.SpecialDay{{Date: "2020-05-01", Windows: []string{"09:00-17:00"}}}}},
		Policies:  []sla.Policy{{Name: "p", FirstResponse: time.Hour, Resolution: time.Hour, Calendar: "fair"}},
	})
	require.NoError(t, err)
	d := desk(t, &helpdesk.Config{SLA: policies})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(1000 * time.Hour)
	c := clock(t, d, id, helpdesk.Resolution)
	require.True(t, c.Running())
	require.Zero(t, c.DueAt)
	require.Zero(t, c.BreachedAt)
	why, err := sla.Explain(ctx, d.Desk, id)
	require.NoError(t, err)
	require.Contains(t, why[1].Why, "no open hours")
	_, err = asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello."})
	require.NoError(t, err)
	require.NotZero(t, clock(t, d, id, helpdesk.FirstResponse).MetAt)
	require.Zero(t, events(t, d, id)[helpdesk.EventSLABreached])

	save(t, d, sla.Policy{Name: "p", Resolution: 2000 * time.Hour})
	_, err = d.ApplyCurrentSLA(ctx, id)
	require.NoError(t, err)
	require.Equal(t, helpdesktest.Start.Add(2000*time.Hour), due(t, d, id))
}

func TestAPanicOfTheHostsPolicyIsATaskThatFails(t *testing.T) {
	t.Parallel()
	calm := true
	d := desk(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(func(_ context.Context, ticket *helpdesk.Ticket) (*helpdesk.Policy, error) {
		if !calm && strings.Contains(ticket.Subject, "bad") {
			panic("no such plan")
		}
		return &helpdesk.Policy{Name: "p", Resolution: time.Hour, Steps: sla.DefaultSteps()}, nil
	})})
	bad := open(t, d, helpdesk.OpenParams{Subject: "bad"}).ID
	good := open(t, d, helpdesk.OpenParams{Subject: "good"}).ID
	d.Drain()
	calm = false
	d.Clock.Advance(2 * time.Hour)
	d.Drain()
	require.Equal(t, 2, read(t, d, good).EscalationLevel)
	require.Zero(t, read(t, d, bad).EscalationLevel)
	calm = true
	d.Advance(time.Hour)
	require.Equal(t, 2, read(t, d, bad).EscalationLevel)
	require.Equal(t, helpdesktest.Start.Add(time.Hour), clock(t, d, bad, helpdesk.Resolution).BreachedAt)
}

func TestABreachIsNoticedWithoutSteps(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", Resolution: time.Hour, Steps: []helpdesk.EscalationStep{}}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(time.Hour + time.Microsecond)
	require.Equal(t, helpdesktest.Start.Add(time.Hour), clock(t, d, id, helpdesk.Resolution).BreachedAt)
	require.Zero(t, read(t, d, id).EscalationLevel)
}

func TestAPauseOfNoLengthLeavesNoTrace(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", Resolution: time.Hour}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	wait(t, d, id, d.Clock.Now())
	answer(t, d, id, d.Clock.Now())
	c := clock(t, d, id, helpdesk.Resolution)
	require.Empty(t, c.Ran)
	require.Equal(t, helpdesktest.Start.Add(time.Hour), c.DueAt)
}

func TestABreachedClockKeepsItsDueTimeOverAPause(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", Resolution: time.Hour}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(2 * time.Hour)
	wait(t, d, id, d.Clock.Now())
	require.Zero(t, clock(t, d, id, helpdesk.Resolution).DueAt)
	answer(t, d, id, d.Clock.Now().Add(time.Hour))
	require.Equal(t, helpdesktest.Start.Add(time.Hour), clock(t, d, id, helpdesk.Resolution).DueAt)
	_, err := d.Resolve(t.Context(), id, "done")
	require.NoError(t, err)
	require.Equal(t, helpdesktest.Start.Add(time.Hour), clock(t, d, id, helpdesk.Resolution).DueAt, "the due time stays on record")
}

func TestAResolutionPromisedWhileTheCustomerIsAskedIsPaused(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, forPriority(helpdesk.High, time.Hour)))
	id := open(t, d, helpdesk.OpenParams{}).ID
	wait(t, d, id, d.Clock.Now())
	_, err := d.SetPriority(t.Context(), id, helpdesk.High)
	require.NoError(t, err)
	require.False(t, clock(t, d, id, helpdesk.Resolution).Running())
	_, err = d.SetPriority(t.Context(), id, helpdesk.Low) // no policy, and back
	require.NoError(t, err)
	_, err = d.SetPriority(t.Context(), id, helpdesk.High)
	require.NoError(t, err)
	require.False(t, clock(t, d, id, helpdesk.Resolution).Running())
	answer(t, d, id, inNY("2026-03-02 10:00"))
	require.Equal(t, inNY("2026-03-02 11:00"), due(t, d, id))
}

func TestAMergeMovesNoBreachThatStands(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", FirstResponse: time.Hour}))
	older := open(t, d, helpdesk.OpenParams{}).ID
	d.Advance(time.Minute)
	newer := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(2 * time.Hour)
	want := *clock(t, d, newer, helpdesk.FirstResponse)
	_, err := d.Merge(t.Context(), older, newer)
	require.NoError(t, err)
	require.Equal(t, want, *clock(t, d, newer, helpdesk.FirstResponse))
}

func TestWhatAStepLeavesAlone(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, slaConfig(t, sla.Policy{Name: "p", FirstResponse: time.Hour, Resolution: 4 * time.Hour, EscalateAfter: 2 * time.Hour, Steps: []helpdesk.EscalationStep{
		{Name: "soon", Before: 30 * time.Minute, Level: 1, Raise: helpdesk.High},
	}}))
	id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.Urgent}).ID
	low := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	_, err := d.SetPriority(ctx, low, helpdesk.Low)
	require.NoError(t, err)
	for range 3 {
		_, err := asAgent(d, ana).Escalate(ctx, id, "by hand")
		require.NoError(t, err)
	}
	before := events(t, d, id)[helpdesk.EventEscalated]
	d.Clock.Advance(30*time.Minute + 30*time.Second)
	d.Drain()
	ticket := read(t, d, id)
	require.Equal(t, 3, ticket.EscalationLevel, "a step never lowers the level")
	require.Equal(t, helpdesk.Urgent, ticket.Priority, "nor the priority")
	require.Equal(t, before, events(t, d, id)[helpdesk.EventEscalated])
	require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "SLA at risk. 30 minutes remaining.", "rounded up")
	raised := read(t, d, low)
	require.Equal(t, helpdesk.High, raised.Priority)
	require.Equal(t, helpdesk.ByPerson, raised.PriorityBy, "what a person chose stays out of a model's reach")

	d.Advance(2 * time.Hour) // late for the first response, and nobody has replied
	require.Equal(t, helpdesk.StatusAssigned, read(t, d, low).Status, "the policy has no step that escalates the status")
	require.Len(t, d.Notices.Of(helpdesk.NoticeUnanswered), 2)
	_, err = asAgent(d, ana).Reply(ctx, low, helpdesk.ReplyParams{Body: "So."})
	require.NoError(t, err)
	d.Advance(24 * time.Hour)
	require.Len(t, d.Notices.Of(helpdesk.NoticeUnanswered), 2, "it is about replies, not about the resolution")
}

func TestTenantsHaveVersionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, nil)
	ids := map[helpdesk.TenantID]helpdesk.TicketID{}
	for i, tenant := range []helpdesk.TenantID{"a", "b"} {
		e := d.ForTenant(tenant)
		_, err := e.SaveSLA(ctx, asJSON(t, sla.Document{
			Calendars: []sla.Hours{{Name: "c", Week: sla.Daily([]string{"00:00-12:00", "12:00-24:00"}[i])}},
			Policies:  []sla.Policy{{Name: "p", Resolution: 2 * time.Hour, Calendar: "c"}},
		}))
		require.NoError(t, err)
		ticket, err := e.Open(ctx, helpdesk.OpenParams{Subject: "x"}) // at nine
		require.NoError(t, err)
		ids[tenant] = ticket.ID
	}
	for tenant, want := range map[helpdesk.TenantID]time.Duration{"a": 2 * time.Hour, "b": 5 * time.Hour} {
		e := d.ForTenant(tenant)
		_, err := e.SaveSLA(ctx, asJSON(t, sla.Document{})) // the first version is now an old one
		require.NoError(t, err)
		_, err = e.SetStatus(ctx, ids[tenant], helpdesk.StatusWaiting)
		require.NoError(t, err)
		ticket, err := e.SetStatus(ctx, ids[tenant], helpdesk.StatusProgress)
		require.NoError(t, err)
		require.Equal(t, helpdesktest.Start.Add(want), ticket.Due())
	}
}

// An SLA that a transaction saved and rolled back holds for nobody.
func TestPromisesOfATransactionThatRollsBack(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := dbtest.SQLite(t)
	store := migrated(t, db)
	d := helpdesktest.New(t, store, nil)
	policy := func(e *helpdesk.Desk) string {
		ticket, err := e.Open(ctx, helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		return ticket.Clocks[0].Policy
	}
	save := func(e *helpdesk.Desk, name string) {
		_, err := e.SaveSLA(ctx, asJSON(t, sla.Document{Policies: []sla.Policy{{Name: name, Resolution: time.Hour}}}))
		require.NoError(t, err)
	}
	require.Equal(t, "medium", policy(d.Desk))
	rollback := errors.New("no")
	err := db.RunInTx(ctx, nil, func(_ context.Context, tx bun.Tx) error {
		bound := d.WithStore(store.WithTx(tx))
		save(bound, "taken back")
		require.Equal(t, "taken back", policy(bound), "it sees its own")
		return rollback
	})
	require.ErrorIs(t, err, rollback)
	require.Equal(t, "medium", policy(d.Desk))
	save(d.Desk, "kept") // the same version again
	require.Equal(t, "kept", policy(d.Desk))
	d.Clock.Advance(time.Minute)
	require.Equal(t, "kept", policy(d.Desk))
}

func TestABreachedClockKeepsTheStepsItBrokeUnder(t *testing.T) {
	t.Parallel()
	medium := forPriority(helpdesk.Medium, 4*time.Hour)
	medium.Steps = []helpdesk.EscalationStep{{Name: "due", Level: 2}, {Name: "later", After: 2 * time.Hour, Level: 5}}
	d := desk(t, slaConfig(t, medium, forPriority(helpdesk.Low, 100*time.Hour)))
	d.Clock.Set(inNY("2026-03-02 09:00"))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Clock.Set(inNY("2026-03-02 14:00"))
	_, err := d.SetPriority(t.Context(), id, helpdesk.Low)
	require.NoError(t, err)
	d.Drain()
	require.Equal(t, 2, read(t, d, id).EscalationLevel)
	d.Clock.Set(inNY("2026-03-02 15:00"))
	d.Drain()
	require.Equal(t, 5, read(t, d, id).EscalationLevel)
}

func TestAReopenedClockCountsOpenHours(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour)))
	d.Clock.Set(inNY("2026-03-02 09:00"))
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Clock.Set(inNY("2026-03-02 15:00"))
	_, err := d.Resolve(t.Context(), id, "done")
	require.NoError(t, err)
	answer(t, d, id, inNY("2026-03-04 16:00"))
	require.Equal(t, inNY("2026-03-05 10:00"), due(t, d, id))
}

func TestWhatAPromiseMatchesOnMovesIt(t *testing.T) {
	t.Parallel()
	d := desk(t, slaConfig(t,
		sla.Policy{Name: "tagged", For: sla.Match{Tag: []string{"outage"}}, Resolution: time.Hour},
		sla.Policy{Name: "billing", For: sla.Match{Category: []helpdesk.Category{helpdesk.Billing}}, Resolution: 2 * time.Hour},
		sla.Policy{Name: "rest", Resolution: 9 * time.Hour}))
	id := open(t, d, helpdesk.OpenParams{}).ID
	require.Equal(t, "rest", clock(t, d, id, helpdesk.Resolution).Policy)
	_, err := d.SetCategory(t.Context(), id, helpdesk.Billing)
	require.NoError(t, err)
	require.Equal(t, "billing", clock(t, d, id, helpdesk.Resolution).Policy)
	d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Tags: []string{"outage"}, Confidence: 1})
	d.Drain()
	require.Equal(t, "tagged", clock(t, d, id, helpdesk.Resolution).Policy)
	require.Equal(t, 2, events(t, d, id)[helpdesk.EventSLATarget])
}
