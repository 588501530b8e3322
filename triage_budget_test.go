package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// TestManagersAreToldOnceADayOfASpentBudget has two processes whose model has no money left: the
// next classifier answers, each event says so, and the managers are told once a day.
func TestManagersAreToldOnceADayOfASpentBudget(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		spent := &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Classifier: "rules/1"}
		model := helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			if spent == nil {
				return nil, errors.Join(errors.New("no other"), helpdesk.ErrBudgetShare)
			}
			answer := *spent
			return &answer, nil
		})
		one := helpdesktest.New(t, store, &helpdesk.Config{Classifier: model, Logger: quiet})
		two := helpdesktest.New(t, store, &helpdesk.Config{Classifier: model, Logger: quiet, Clock: one.Clock, Notifier: one.Notices})
		one.Hire(helpdesk.Agent{ID: "max", Name: "Max", Email: "max@example.com", Manager: true, Capacity: 100})
		tickets := func() (last helpdesk.TicketID) {
			for _, d := range []*helpdesktest.Desk{one, two, one, two} {
				last = open(t, d, helpdesk.OpenParams{Subject: "Refund", Customer: helpdesk.Contact{Email: "kim@example.com"}}).ID
				d.Drain()
			}
			return last
		}
		tickets()
		require.Empty(t, one.Notices.Of(helpdesk.NoticeBudget))

		spent.Skipped = helpdesk.ErrBudget
		last := tickets()
		require.Equal(t, helpdesk.Billing, read(t, one, last).Category, "the next classifier's answer counts")
		require.Equal(t, helpdesk.ErrBudget.Error(), triaged(t, one, last).Skipped)
		told := one.Notices.Of(helpdesk.NoticeBudget)
		require.Len(t, told, 1)
		require.Equal(t, helpdesk.AgentID("max"), told[0].To[0].Agent)
		require.Contains(t, told[0].Text, "budget for today is spent")

		spent = nil
		last = tickets()
		require.Contains(t, triaged(t, one, last).Error, "customer's share")
		require.Len(t, one.Notices.Of(helpdesk.NoticeBudget), 2, "a customer's share is another matter")

		other := one.ForTenant("other")
		_, err := other.SaveAgent(t.Context(), helpdesk.Agent{ID: "mia", Name: "Mia", Email: "mia@example.com", Manager: true})
		require.NoError(t, err)
		_, err = other.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund"})
		require.NoError(t, err)
		one.Drain()
		require.Len(t, one.Notices.Of(helpdesk.NoticeBudget), 3, "another tenant")

		one.Advance(24 * time.Hour)
		tickets()
		require.Len(t, one.Notices.Of(helpdesk.NoticeBudget), 4, "the next day")
	})
}

// triaged returns the data of the last triage of a ticket.
func triaged(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) (data helpdesk.TriageData) {
	t.Helper()
	thread, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	for _, e := range thread.Events {
		if e.Type == helpdesk.EventTriaged {
			data = helpdesk.TriageData{}
			require.NoError(t, json.Unmarshal(e.Data, &data))
		}
	}
	return data
}
