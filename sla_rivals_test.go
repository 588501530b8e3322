package helpdesk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/sla"
)

// Faults of other help desks, each as a test. sla_test.go and sla_rules_test.go test a reply
// between two sweeps (Chatwoot), one exactly at the due time, seconds and the time of a breach
// (Libredesk), and an overnight shift.

// A late resolution between two sweeps is a breach (Chatwoot records none).
func TestLateResolutionBetweenSweepsIsABreach(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID // 8 h
		d.Drain()
		d.Clock.Advance(8*time.Hour + time.Second) // and no Tick
		_, err := d.Resolve(t.Context(), id, "done")
		require.NoError(t, err)
		for _, m := range []helpdesk.Metric{helpdesk.FirstResponse, helpdesk.Resolution} {
			c := clock(t, d, id, m)
			require.Equal(t, c.StartedAt.Add(c.Target), c.BreachedAt)
			require.Equal(t, d.Clock.Now(), c.MetAt)
		}
		require.Equal(t, 2, events(t, d, id)[helpdesk.EventSLABreached])
		require.Equal(t, helpdesk.StatusResolved, read(t, d, id).Status)
	})
}

// A clock does not run on after the end of its ticket (Libredesk).
func TestNothingRunsAfterTheEndOfATicket(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		resolved, spam := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		d.Advance(time.Hour)
		_, err := d.Resolve(ctx, resolved, "done")
		require.NoError(t, err)
		_, err = d.SetStatus(ctx, spam, helpdesk.StatusClosed)
		require.NoError(t, err)
		before := len(d.Notices.All())
		d.Advance(1000 * time.Hour)
		for _, id := range []helpdesk.TicketID{resolved, spam} {
			require.Zero(t, events(t, d, id)[helpdesk.EventSLABreached])
			for _, c := range read(t, d, id).Clocks {
				require.False(t, c.Running())
				require.Zero(t, c.BreachedAt)
				require.Equal(t, id == resolved, !c.MetAt.IsZero())
				require.Equal(t, id == spam, !c.CancelledAt.IsZero())
			}
		}
		require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 0)
		require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), 0)
		require.Len(t, d.Notices.All(), before+1) // the resolution's
	})
}

// One Tick looks at every ticket that is due, not at the first 200 (escalated-go).
func TestOneTickBreachesAllThatAreDue(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		const n = 700
		for i := range n {
			open(t, d, helpdesk.OpenParams{Subject: fmt.Sprint(i), Priority: helpdesk.Urgent})
		}
		d.Drain()
		d.Clock.Advance(time.Hour)
		d.Drain()
		page, err := d.Tickets(t.Context(), helpdesk.Query{Status: []helpdesk.Status{helpdesk.StatusEscalated}, Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		require.Len(t, page.Tickets, n)
		for _, ticket := range page.Tickets {
			require.Equal(t, helpdesktest.Start.Add(30*time.Minute), ticket.Clocks[0].BreachedAt)
		}
	})
}

// Each metric is warned of and breached for itself (escalated-go has one flag for both).
func TestEachMetricHasItsOwnWarningAndBreach(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID // 1 h and 8 h
		d.Drain()
		for _, moment := range []struct {
			at               time.Duration
			warned, breached int
		}{{30 * time.Minute, 1, 0}, {61 * time.Minute, 1, 1}, {7*time.Hour + 30*time.Minute, 2, 1}, {8*time.Hour + time.Minute, 2, 2}} {
			d.Clock.Set(helpdesktest.Start.Add(moment.at))
			d.Drain()
			n := events(t, d, id)
			require.Equal(t, moment.warned, n[helpdesk.EventSLAAtRisk], moment.at)
			require.Equal(t, moment.breached, n[helpdesk.EventSLABreached], moment.at)
			require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), moment.warned)
			require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), moment.breached)
		}
	})
}

// A policy applied again does not start its clocks again (escalated-go).
func TestApplyingAPolicyAgainRestartsNothing(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		id := open(t, d, helpdesk.OpenParams{}).ID
		want := read(t, d, id).Clocks
		d.Advance(3 * time.Hour)
		for _, p := range []helpdesk.Priority{helpdesk.High, helpdesk.Low, helpdesk.Medium} {
			_, err := d.SetPriority(ctx, id, p)
			require.NoError(t, err)
		}
		_, err := d.ApplyCurrentSLA(ctx, id)
		require.NoError(t, err)
		save(t, d, sla.Standard().Document().Policies...)
		_, err = d.ApplyCurrentSLA(ctx, id)
		require.NoError(t, err)
		for i, c := range read(t, d, id).Clocks {
			if c.Metric == helpdesk.FirstResponse { // high would have been due after an hour
				require.Equal(t, "retarget", c.Cause)
				continue
			}
			require.Equal(t, want[i].StartedAt, c.StartedAt)
			require.Equal(t, want[i].RunningSince, c.RunningSince)
			require.Equal(t, want[i].DueAt, c.DueAt)
			require.Equal(t, 1, c.Instance)
		}
	})
}

// The averages count tickets that were late (Libredesk leaves them out).
func TestAveragesCountLateTickets(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		for _, after := range []time.Duration{time.Hour, 9 * time.Hour} { // in time, and late
			id := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High}).ID
			start := d.Clock.Now()
			d.Clock.Set(start.Add(after))
			_, err := asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "So."})
			require.NoError(t, err)
			_, err = d.Resolve(ctx, id, "done")
			require.NoError(t, err)
		}
		o, err := report.New(d.Desk).Overview(ctx, report.Period{From: helpdesktest.Start, To: d.Clock.Now()})
		require.NoError(t, err)
		require.Equal(t, report.Durations{N: 2, Mean: 5 * time.Hour, P50: time.Hour, P90: 9 * time.Hour}, o.FirstResponse)
		require.Equal(t, report.Durations{N: 2, Mean: 5 * time.Hour, P50: time.Hour, P90: 9 * time.Hour}, o.Resolution)
		require.Equal(t, []report.Attainment{{Metric: helpdesk.FirstResponse, Met: 1, Breached: 1}, {Metric: helpdesk.Resolution, Met: 1, Breached: 1}}, o.Attainment)
	})
}
