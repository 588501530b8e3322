package helpdesktest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// told returns the notices with their times and recipients, in order of arrival.
func told(d *helpdesktest.Desk) (list []string) {
	for _, n := range d.Notices.All() {
		s := n.At.Format("Mon 15:04 ") + string(n.Kind)
		for _, to := range n.To {
			s += " " + to.Name
		}
		list = append(list, s)
	}
	return list
}

// refund opens a ticket that is Ana's as soon as it is triaged, due in 4 hours and in the next
// night.
func refund(t *testing.T, d *helpdesktest.Desk) *helpdesk.Ticket {
	t.Helper()
	d.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 3}})
	d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9})
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund for order 17"})
	require.NoError(t, err)
	return ticket
}

func TestAdvanceStopsAtEachDueTimeOnItsWay(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	ticket := refund(t, d)
	d.Advance(24 * time.Hour)
	require.Equal(t, helpdesktest.Start.Add(24*time.Hour), d.Clock.Now())
	require.Equal(t, []string{
		"Mon 09:00 assigned Ana", "Mon 12:30 at_risk Ana", "Mon 13:00 breached", "Tue 08:30 at_risk Ana",
	}, told(d))
	ticket, err := d.Ticket(t.Context(), ticket.ID)
	require.NoError(t, err)
	breached := helpdesktest.Start.Add(4 * time.Hour)
	require.Equal(t, breached, ticket.Clocks[0].BreachedAt)
	require.Equal(t, breached.Add(time.Microsecond), ticket.Clocks[0].DetectedAt, "no reply at the due time is in time")
}

func TestAJumpOfTheClockDoesAllAtOnce(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	refund(t, d)
	d.Clock.Advance(5 * time.Hour)
	d.Drain()
	for _, s := range told(d) {
		require.NotContains(t, s, "at_risk", "that would come after the breach")
	}
	require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
}

func TestAdvanceDoesAgainWhatFailedWhenItIsDueAgain(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	refund(t, d)
	d.Notices.Fail(errors.New("the mail server is down"))
	d.Drain()
	require.Empty(t, told(d))
	d.Notices.Fail(nil)
	d.Advance(time.Hour)
	require.Equal(t, []string{"Mon 09:00 assigned Ana"}, told(d))
}

func TestADeskOnTheStoreOfAnotherSharesItsDueTimes(t *testing.T) {
	t.Parallel()
	a := helpdesktest.New(t, nil, nil)
	b := helpdesktest.New(t, a.Store, &helpdesk.Config{Clock: a.Clock, Notifier: a.Notices})
	refund(t, b)
	a.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9})
	a.Advance(3*time.Hour + 30*time.Minute)
	require.Equal(t, []string{"Mon 09:00 assigned Ana", "Mon 12:30 at_risk Ana"}, told(a))
}

func TestAdvanceBackMovesTheClockAlone(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	d.Advance(-time.Hour)
	require.Equal(t, helpdesktest.Start.Add(-time.Hour), d.Clock.Now())
}

// broken is a Store that records nothing.
type broken struct{ helpdesk.Store }

func (broken) Commit(context.Context, ...*helpdesk.Change) error {
	return errors.New("the disk is full")
}

func TestAChangeThatIsNotRecordedHasNoDueTime(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, broken{memstore.New()}, nil)
	_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund for order 17"})
	require.ErrorContains(t, err, "the disk is full")
	d.Advance(30 * 24 * time.Hour)
	require.Empty(t, d.Notices.All())
}

func TestTheStoreOfADeskIsFoundBelowItsWrapper(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	found, ok := helpdesk.As[*memstore.Store](helpdesktest.New(t, store, nil).Store)
	require.True(t, ok)
	require.Same(t, store, found)
}

func TestResetForgetsWhatWasTold(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	refund(t, d)
	d.Drain()
	require.NotEmpty(t, d.Notices.All())
	d.Notices.Reset()
	require.Empty(t, d.Notices.All())
	d.Advance(4 * time.Hour)
	require.Equal(t, []string{"Mon 12:30 at_risk Ana"}, told(d))
}
