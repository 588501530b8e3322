package helpdesk_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
)

// idle opens a ticket that the classifier says needs no action.
func idle(t *testing.T, d *helpdesktest.Desk, subject string) *helpdesk.Ticket {
	t.Helper()
	ticket := open(t, d, helpdesk.OpenParams{Subject: subject})
	d.Drain()
	return read(t, d, ticket.ID)
}

func noActionDesk(t *testing.T) *helpdesktest.Desk {
	t.Helper()
	return desk(t, &helpdesk.Config{Classifier: &scribe{answer: helpdesk.Classification{
		Priority: helpdesk.Low, Tags: []string{helpdesk.TagNoAction, "spam"}, Classifier: "m/1",
	}}})
}

func TestATicketWithoutActionWaitsForAPersonAndAlarmsNobody(t *testing.T) {
	t.Parallel()
	d := noActionDesk(t)
	ticket := idle(t, d, "Boost your site")
	before := len(d.Notices.All())
	d.Advance(30 * 24 * time.Hour)
	ticket = read(t, d, ticket.ID)
	require.Equal(t, helpdesk.StatusNew, ticket.Status)
	require.Equal(t, helpdesk.Low, ticket.Priority)
	require.Empty(t, ticket.Category)
	require.Empty(t, ticket.Assignee)
	require.Zero(t, ticket.EscalationLevel)
	require.True(t, ticket.NeedsReview)
	require.True(t, ticket.QueuedAt.IsZero())
	require.Equal(t, []string{helpdesk.TagNoAction, "spam"}, ticket.Tags)
	require.Len(t, ticket.Clocks, 2)
	for _, c := range ticket.Clocks {
		require.False(t, c.Running() || c.Breached(d.Clock.Now()), c.Metric)
	}
	require.Len(t, d.Notices.All(), before)
	explained, err := sla.Explain(t.Context(), d.Desk, ticket.ID)
	require.NoError(t, err)
	require.Contains(t, explained[0].Segments[len(explained[0].Segments)-1].Why, "needs no action")

	solved, err := d.Resolve(t.Context(), ticket.ID, "spam")
	require.NoError(t, err)
	require.Zero(t, solved.FirstReplyAt, "there was nothing to respond to")
	for _, c := range read(t, d, ticket.ID).Clocks {
		require.False(t, c.CancelledAt.IsZero(), c.Metric) // it is no success either
		require.True(t, c.MetAt.IsZero(), c.Metric)
	}
}

func TestATicketWithoutActionBecomesARequestAgain(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error{
		"the customer writes": func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error {
			_, err := asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "Are you there?"})
			return err
		},
		"the tag goes": func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error {
			_, err := asAgent(d, ana).SetTags(ctx, id, []string{"spam"})
			return err
		},
		"a category is set": func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error {
			_, err := asAgent(d, ana).SetCategory(ctx, id, helpdesk.Billing)
			return err
		},
		"the priority is raised": func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error {
			_, err := asAgent(d, ana).SetPriority(ctx, id, helpdesk.High)
			return err
		},
		"an agent takes it": func(ctx context.Context, d *helpdesktest.Desk, id helpdesk.TicketID) error {
			_, err := asAgent(d, ana).Take(ctx, id)
			return err
		},
	} {
		d := noActionDesk(t)
		ticket := idle(t, d, "Boost your site")
		require.Empty(t, ticket.Assignee, name)
		d.Advance(time.Hour)
		require.NoError(t, act(t.Context(), d, ticket.ID), name)
		d.Drain()
		ticket = read(t, d, ticket.ID)
		require.Equal(t, ana, ticket.Assignee, name)
		for _, c := range ticket.Clocks {
			require.True(t, c.Running(), "%s: %s", name, c.Metric)
		}
	}
}

func TestAPriorityRuleMakesARequestOfAnyText(t *testing.T) {
	t.Parallel()
	d := noActionDesk(t)
	ticket := idle(t, d, "The system is down")
	require.Equal(t, helpdesk.Urgent, ticket.Priority)
	require.Equal(t, ana, ticket.Assignee)
}

// sureOfPriority abstains from all but a priority.
type sureOfPriority struct{ helpdesk.Priority }

func (sureOfPriority) Error() string                          { return "no category" }
func (sureOfPriority) Unwrap() error                          { return helpdesk.ErrAbstain }
func (p sureOfPriority) AbstainedPriority() helpdesk.Priority { return p.Priority }

func TestAnAbstentionMayHaveAPriority(t *testing.T) {
	t.Parallel()
	for given, want := range map[helpdesk.Priority]helpdesk.Priority{0: helpdesk.Medium, helpdesk.High: helpdesk.High, 9: helpdesk.Medium} {
		d := desk(t, &helpdesk.Config{Classifier: helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return nil, sureOfPriority{given}
		})})
		ticket := idle(t, d, "Odd")
		require.Equal(t, want, ticket.Priority)
		require.True(t, ticket.NeedsReview)
		require.Nil(t, ticket.Suggestion)
	}
	d := desk(t, &helpdesk.Config{Classifier: helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		return nil, sureOfPriority{helpdesk.Low}
	})})
	ticket := open(t, d, helpdesk.OpenParams{})
	_, err := d.SetPriority(t.Context(), ticket.ID, helpdesk.High)
	require.NoError(t, err)
	d.Drain()
	require.Equal(t, helpdesk.High, read(t, d, ticket.ID).Priority) // a person's choice
}
