package helpdesk_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
)

// clock returns the last SLA clock of a metric on a ticket.
func clock(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, m helpdesk.Metric) *helpdesk.SLAClock {
	t.Helper()
	var found *helpdesk.SLAClock
	for _, c := range read(t, d, id).Clocks {
		if c.Metric == m {
			found = &c
		}
	}
	require.NotNil(t, found, "no clock for %s", m)
	return found
}

func TestATicketIsWarnedOnceAndBreachedOnce(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID // 1 h and 8 h
		d.Drain()
		d.Advance(30*time.Minute - time.Microsecond)
		require.Zero(t, read(t, d, id).EscalationLevel)
		d.Advance(time.Microsecond)
		ticket := read(t, d, id)
		require.Equal(t, 1, ticket.EscalationLevel)
		require.Equal(t, helpdesk.StatusAssigned, ticket.Status)
		require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "SLA at risk. 30 minutes remaining.")
		warned := d.Notices.Of(helpdesk.NoticeAtRisk)
		require.Len(t, warned, 1)
		require.True(t, warned[0].Urgent)
		require.Equal(t, ana, warned[0].To[0].Agent)

		d.Advance(30 * time.Minute) // exactly due: not late yet
		require.Zero(t, clock(t, d, id, helpdesk.FirstResponse).BreachedAt)
		d.Clock.Advance(5 * time.Minute)
		d.Drain()
		ticket = read(t, d, id)
		require.Equal(t, 2, ticket.EscalationLevel)
		require.Equal(t, helpdesk.StatusEscalated, ticket.Status)
		c := clock(t, d, id, helpdesk.FirstResponse)
		require.Equal(t, helpdesktest.Start.Add(time.Hour), c.BreachedAt, "the due time, not the time of the sweep")
		require.Equal(t, d.Clock.Now(), c.DetectedAt)
		require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "SLA BREACHED. Auto-escalated to management.")
		require.Equal(t, ben, d.Notices.Of(helpdesk.NoticeBreached)[0].To[0].Agent)

		for range 5 {
			d.Advance(time.Minute)
		}
		n := events(t, d, id)
		require.Equal(t, 1, n[helpdesk.EventSLAAtRisk])
		require.Equal(t, 1, n[helpdesk.EventSLABreached])
		require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
	})
}

// A late reply or resolution between two sweeps is a breach. (Chatwoot records none.)
func TestLateReplyBetweenSweepsIsABreach(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]struct {
		by       time.Duration
		breached bool
	}{
		"exactly at the due time": {0, false},
		"a second late":           {time.Second, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, nil)
			id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID
			d.Drain()
			d.Clock.Advance(time.Hour + late.by) // and no Tick
			ticket, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Sorry."})
			require.NoError(t, err)
			require.Equal(t, helpdesk.StatusProgress, ticket.Status)
			c := clock(t, d, id, helpdesk.FirstResponse)
			require.Equal(t, d.Clock.Now(), c.MetAt)
			require.Equal(t, late.breached, !c.BreachedAt.IsZero())
			if late.breached {
				require.Equal(t, helpdesktest.Start.Add(time.Hour), c.BreachedAt)
			}
			d.Clock.Advance(5 * time.Minute)
			d.Drain()
			n := 0
			if late.breached {
				n = 1
			}
			require.Equal(t, n, events(t, d, id)[helpdesk.EventSLABreached])
			require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), n)
		})
	}
}

func TestOnlyTheHighestOfSeveralPastStepsFires(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID
	d.Drain()
	d.Clock.Advance(2 * time.Hour) // nobody looks in between
	d.Drain()
	n := events(t, d, id)
	require.Zero(t, n[helpdesk.EventSLAAtRisk])
	require.Equal(t, 1, n[helpdesk.EventSLABreached])
	require.ElementsMatch(t, []string{"at_risk", "breached"}, clock(t, d, id, helpdesk.FirstResponse).Fired)
}

func TestRetargetKeepsWhatIsConsumed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID // medium: resolution 24 h
	_, err := asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Looking."})
	require.NoError(t, err)
	d.Advance(4 * time.Hour)
	_, err = d.SetPriority(ctx, id, helpdesk.High) // 8 h, of which 4 are used
	require.NoError(t, err)
	require.Equal(t, helpdesktest.Start.Add(8*time.Hour), clock(t, d, id, helpdesk.Resolution).DueAt)

	d.Advance(time.Hour)
	_, err = d.SetPriority(ctx, id, helpdesk.Urgent) // 4 h: more is used
	require.NoError(t, err)
	d.Advance(time.Minute)
	c := clock(t, d, id, helpdesk.Resolution)
	require.Equal(t, "retarget", c.Cause)
	require.Equal(t, helpdesktest.Start.Add(5*time.Hour), c.BreachedAt)
	require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)

	_, err = d.SetPriority(ctx, id, helpdesk.Low)
	require.NoError(t, err)
	require.Equal(t, c.BreachedAt, clock(t, d, id, helpdesk.Resolution).BreachedAt, "a breach is never taken back")
	d.Advance(100 * time.Hour)
	require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
}

func TestTheResolutionClockWaitsForTheCustomer(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	d.Advance(time.Hour)
	_, err := asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Which?", Waiting: true})
	require.NoError(t, err)
	d.Advance(300 * time.Hour)
	c := clock(t, d, id, helpdesk.Resolution)
	require.Zero(t, c.DueAt)
	require.Equal(t, time.Hour, c.Consumed)
	_, err = asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "That."})
	require.NoError(t, err)
	require.Equal(t, d.Clock.Now().Add(23*time.Hour), clock(t, d, id, helpdesk.Resolution).DueAt)
	d.Advance(22*time.Hour + 31*time.Minute)
	require.Equal(t, 1, events(t, d, id)[helpdesk.EventSLAAtRisk])
}

func TestAutomaticRepliesAnswerNoClock(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	ticket, err := d.Reply(t.Context(), id, helpdesk.ReplyParams{Body: "We got your message."})
	require.NoError(t, err)
	require.Zero(t, ticket.FirstReplyAt)
	require.Equal(t, helpdesk.StatusAssigned, ticket.Status)
	require.True(t, clock(t, d, id, helpdesk.FirstResponse).Running())
	require.Empty(t, d.Notices.Of(helpdesk.NoticeReply))
}

func TestNextResponseStartsAtTheOldestUnansweredMessage(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	policy := &helpdesk.Policy{Name: "p", FirstResponse: time.Hour, NextResponse: 2 * time.Hour, Resolution: 100 * time.Hour}
	d := desk(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(fixed(policy))})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	say := func(who *helpdesk.Desk) {
		_, err := who.Reply(ctx, id, helpdesk.ReplyParams{Body: "..."})
		require.NoError(t, err)
	}
	say(asCustomer(d, kim))
	require.Len(t, read(t, d, id).Clocks, 2, "the first response comes first")
	say(asAgent(d, ana))
	d.Advance(time.Minute)
	say(asCustomer(d, kim))
	first := d.Clock.Now()
	d.Advance(time.Minute)
	say(asCustomer(d, kim))
	require.Equal(t, first.Add(2*time.Hour), clock(t, d, id, helpdesk.NextResponse).DueAt)
	say(asAgent(d, ana))
	require.False(t, clock(t, d, id, helpdesk.NextResponse).Running())
	say(asCustomer(d, kim))
	require.Equal(t, 2, clock(t, d, id, helpdesk.NextResponse).Instance)
}

func TestClassifierTrouble(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script func(*helpdesktest.Script)
		calls  int // in the first hour
		review bool
	}{
		"down": {func(s *helpdesktest.Script) { s.Fail(errors.New("connection refused")) }, 4, true},
		"down, then well": {func(s *helpdesktest.Script) {
			s.Fail(errors.New("x"))
			s.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 1})
		}, 2, false},
		"abstains": {func(*helpdesktest.Script) {}, 1, true},
		"unknown":  {func(s *helpdesktest.Script) { s.Answer(helpdesk.Classification{Confidence: 1}) }, 1, true},
		"unsure": {func(s *helpdesktest.Script) {
			s.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.59})
		}, 1, true},
		"sure": {func(s *helpdesktest.Script) {
			s.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.6})
		}, 1, false},
		"wrong category": {func(s *helpdesktest.Script) { s.Answer(helpdesk.Classification{Category: "spam", Confidence: 1}) }, 1, true},
		"more than sure": {func(s *helpdesktest.Script) {
			s.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 2})
		}, 1, true},
		"steered": {func(s *helpdesktest.Script) {
			s.Answer(helpdesk.Classification{Category: helpdesk.Billing, Priority: helpdesk.Low, Response: "evil", Confidence: 1, Suspicious: true})
		}, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, nil)
			c.script(d.Classifier)
			id := open(t, d, helpdesk.OpenParams{}).ID
			d.Drain()
			first := read(t, d, id)
			require.Equal(t, ana, first.Assignee, "assigned by what rules know, whatever the model does")
			require.NotEmpty(t, first.Clocks)
			for range 60 {
				d.Advance(time.Minute)
			}
			ticket := read(t, d, id)
			require.Len(t, d.Classifier.Requests(), c.calls)
			require.Equal(t, c.review, ticket.NeedsReview)
			require.Equal(t, c.review, ticket.Category == "")
			require.False(t, ticket.TriagedAt.IsZero())
			require.Equal(t, c.calls, events(t, d, id)[helpdesk.EventTriaged])
			if name == "steered" {
				require.Nil(t, ticket.Suggestion)
				require.Equal(t, helpdesk.Medium, ticket.Priority)
			}
		})
	}
}

func TestAPanickingClassifierIsSurvived(t *testing.T) {
	t.Parallel()
	d := desk(t, &helpdesk.Config{Classifier: helpdesk.ClassifierFunc(nil)})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.True(t, read(t, d, id).NeedsReview)
	require.Equal(t, helpdesk.StatusAssigned, read(t, d, id).Status)
}

func TestNoModelLowersAPriorityThatARuleRaised(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Technical, Priority: helpdesk.Low, Confidence: 1})
	id := open(t, d, helpdesk.OpenParams{Subject: "Your system is down"}).ID
	require.Equal(t, helpdesk.Urgent, read(t, d, id).Priority, "before any model is asked")
	d.Drain()
	require.Equal(t, helpdesk.Urgent, read(t, d, id).Priority)
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	var overrides []string
	for _, e := range th.Events {
		if e.Type == helpdesk.EventOverride {
			overrides = append(overrides, e.From+" to "+e.To+" "+string(e.Data))
		}
	}
	require.Equal(t, []string{
		`medium to urgent {"rule":"system down","asked":"medium","final":"urgent"}`,
		`low to urgent {"rule":"system down","asked":"low","final":"urgent"}`,
	}, overrides)
	_, err = d.SetPriority(t.Context(), id, helpdesk.Low)
	require.NoError(t, err)
	require.Equal(t, helpdesk.Low, read(t, d, id).Priority, "a person may")
}

func TestAPersonsChoiceBeatsALaterModel(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Technical, Priority: helpdesk.High, Confidence: 1})
	id := open(t, d, helpdesk.OpenParams{}).ID
	_, err := d.SetCategory(t.Context(), id, helpdesk.Billing)
	require.NoError(t, err)
	_, err = d.SetPriority(t.Context(), id, helpdesk.Low)
	require.NoError(t, err)
	d.Drain()
	ticket := read(t, d, id)
	require.Equal(t, helpdesk.Billing, ticket.Category)
	require.Equal(t, helpdesk.Low, ticket.Priority)
	require.Equal(t, helpdesk.Technical, ticket.Suggestion.Category)
	require.False(t, ticket.NeedsReview)
}

func TestANoticeThatFailsIsToldAgainAndGivenUpInTheEnd(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	d.Notices.Fail(errors.New("mail server is down"))
	open(t, d, helpdesk.OpenParams{})
	d.Drain()
	d.Notices.Fail(nil)
	d.Advance(9 * time.Second)
	require.Empty(t, d.Notices.All())
	d.Advance(time.Second)
	require.Len(t, d.Notices.Of(helpdesk.NoticeAssigned), 1)

	d.Notices.Fail(errors.New("mailbox is gone"))
	open(t, d, helpdesk.OpenParams{})
	d.Advance(5*24*time.Hour - time.Minute)
	dead, err := d.DeadTasks(t.Context(), 100)
	require.NoError(t, err)
	require.Empty(t, dead)
	d.Advance(2 * time.Hour)
	dead, err = d.DeadTasks(t.Context(), 100)
	require.NoError(t, err)
	require.NotEmpty(t, dead)
	require.Contains(t, dead[0].Error, "mailbox is gone")
	require.Less(t, dead[0].Attempts, 140, "at most one an hour in the end")
}

func fixed(p *helpdesk.Policy) helpdesk.SLAFunc {
	return func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) { return p, nil }
}

func TestABreachKeepsItsTimeWhenTheTargetIsShortened(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID
	d.Drain()
	d.Advance(2 * time.Hour)
	_, err := d.SetPriority(t.Context(), id, helpdesk.Urgent)
	require.NoError(t, err)
	require.Equal(t, helpdesktest.Start.Add(time.Hour), clock(t, d, id, helpdesk.FirstResponse).BreachedAt)
	require.Equal(t, 1, events(t, d, id)[helpdesk.EventSLABreached])
}

// A host's policy whose steps change their names at each call does not keep Tick busy.
func TestAPolicyThatChangesItsMindDoesNotSpin(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64 // triage and the sweep may ask at once
	d := desk(t, &helpdesk.Config{SLA: helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return &helpdesk.Policy{Name: "p", FirstResponse: time.Hour, Steps: []helpdesk.EscalationStep{{Name: fmt.Sprint(calls.Add(1)), Before: time.Hour}}}, nil
	})})
	open(t, d, helpdesk.OpenParams{})
	d.Drain()
	require.Less(t, calls.Load(), int64(30))
}

func TestOverviewCountsByTheDefinition(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		empty := report.LastDays(1, d.Clock.Now())
		o, err := report.New(d.Desk).Overview(ctx, empty)
		require.NoError(t, err)
		require.Equal(t, &report.Overview{Period: empty, ByCategory: map[helpdesk.Category]report.Group{}, ByPriority: map[helpdesk.Priority]report.Group{}}, o)

		var ids []helpdesk.TicketID
		for range 3 {
			ids = append(ids, open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID)
		}
		merged := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err = d.Merge(ctx, merged, ids[0])
		require.NoError(t, err)
		for i, id := range ids[:2] { // after 10 and 20 minutes; the third is late
			d.Clock.Advance(10 * time.Minute)
			_, err := asAgent(d, ana).Resolve(ctx, id, "done")
			require.NoError(t, err, i)
		}
		d.Advance(2 * time.Hour)
		period := report.Period{From: helpdesktest.Start, To: d.Clock.Now()}
		o, err = report.New(d.Desk).Overview(ctx, period)
		require.NoError(t, err)
		compliance := 100 * 2.0 / 3
		took := report.Durations{N: 2, Mean: 15 * time.Minute, P50: 10 * time.Minute, P90: 20 * time.Minute}
		group := report.Group{Total: 3, Resolved: 2, Breached: 1, Decided: 3, Resolution: took}
		require.Equal(t, &report.Overview{
			Period: period, Flow: report.Flow{Created: 4, Resolved: 2, Removed: 1, End: 1},
			Total: 3, Resolved: 2, Open: 1, Breached: 1, Compliance: &compliance, MedianReplies: new(float64),
			Attainment: []report.Attainment{{Metric: helpdesk.FirstResponse, Met: 2, Breached: 1}, {Metric: helpdesk.Resolution, Met: 2}},
			Policies: []report.Attainment{
				{Policy: "high", Metric: helpdesk.FirstResponse, Met: 2, Breached: 1}, {Policy: "high", Metric: helpdesk.Resolution, Met: 2},
			},
			FirstResponse: took, FirstResponseOpen: took, Resolution: took, ResolutionOpen: took,
			Reopened: report.Proportion{Of: 2}, OneTouch: report.Proportion{Of: 2}, Satisfaction: report.Satisfaction{Asked: 2},
			ByCategory: map[helpdesk.Category]report.Group{"": group}, ByPriority: map[helpdesk.Priority]report.Group{helpdesk.High: group},
		}, o)
	})
}
