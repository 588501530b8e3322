package helpdesk_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// TestACustomerCannotMakeEveryTicketUrgent has one customer write 200 times that the system is
// down, by two processes at once and under many tags of one address. Five tickets are raised.
func TestACustomerCannotMakeEveryTicketUrgent(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		one := hire(helpdesktest.New(t, store, &helpdesk.Config{Logger: quiet}))
		two := helpdesktest.New(t, store, &helpdesk.Config{Logger: quiet, Clock: one.Clock, Notifier: one.Notices, Classifier: one.Classifier})
		one.Classifier.Answer(says(helpdesk.Technical, helpdesk.Low, 0.9))
		flood := func(n int) {
			var wg sync.WaitGroup
			for _, d := range []*helpdesktest.Desk{one, two} {
				for worker := range 4 {
					wg.Go(func() {
						for i := range n / 8 {
							_, err := d.Open(t.Context(), helpdesk.OpenParams{
								Subject: "The system is down", Customer: helpdesk.Contact{Email: fmt.Sprintf("mallory+%d@example.com", worker*1000+i)},
							})
							if err != nil {
								t.Error(err)
							}
						}
					})
				}
			}
			wg.Wait()
		}
		count := func() (urgent, medium, limited int) {
			for ticket, err := range one.All(t.Context(), helpdesk.Query{}) {
				require.NoError(t, err)
				switch ticket.Priority {
				case helpdesk.Urgent:
					urgent++
				case helpdesk.Medium: // the model's low is below what they had
					medium++
				}
				limited += held(t, one, ticket.ID)
			}
			return urgent, medium, limited
		}
		flood(200)
		one.Drain() // triage raises none of them later
		urgent, medium, limited := count()
		require.Equal(t, []int{5, 195, 195}, []int{urgent, medium, limited})

		kim := open(t, two, helpdesk.OpenParams{Subject: "The system is down"})
		require.Equal(t, helpdesk.Urgent, kim.Priority, "others are raised as ever")
		for range 10 {
			ticket, err := one.Open(t.Context(), helpdesk.OpenParams{Subject: "The system is down"})
			require.NoError(t, err)
			require.Equal(t, helpdesk.Urgent, ticket.Priority, "the host's own tickets are not limited")
		}
		staff, err := asAgent(one, ana).Open(t.Context(), helpdesk.OpenParams{Subject: "The system is down", Customer: helpdesk.Contact{Email: "mallory@example.com"}})
		require.NoError(t, err)
		require.Equal(t, helpdesk.Urgent, staff.Priority, "an agent says so")
		one.Clock.Advance(24 * time.Hour)
		again, err := one.Open(t.Context(), helpdesk.OpenParams{Subject: "The system is down", Customer: helpdesk.Contact{Email: "mallory@example.com"}})
		require.NoError(t, err)
		require.Equal(t, helpdesk.Urgent, again.Priority, "a new day")
	})
}

// held counts the events of a ticket that say that a rule was limited.
func held(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) (n int) {
	t.Helper()
	thread, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	for _, e := range thread.Events {
		if e.Type != helpdesk.EventOverride {
			continue
		}
		var o helpdesk.OverrideData
		require.NoError(t, json.Unmarshal(e.Data, &o))
		if o.Limited == 0 {
			continue
		}
		require.Equal(t, helpdesk.Urgent, o.Limited)
		require.Equal(t, helpdesk.Medium, o.Final)
		require.Equal(t, "medium", e.To)
		require.NotEmpty(t, o.Rule)
		n++
	}
	return n
}

// TestOnlyRaisedTicketsCount: a ticket that needs no rule, or is the host's choice, takes no place.
func TestOnlyRaisedTicketsCount(t *testing.T) {
	t.Parallel()
	d := desk(t, &helpdesk.Config{PriorityLifts: 2})
	for range 3 {
		open(t, d, helpdesk.OpenParams{Subject: "Refund"})
		open(t, d, helpdesk.OpenParams{Subject: "The system is down", Priority: helpdesk.Urgent})
	}
	for i, want := range []helpdesk.Priority{helpdesk.Urgent, helpdesk.Urgent, helpdesk.High, helpdesk.High} {
		require.Equal(t, want, open(t, d, helpdesk.OpenParams{Subject: "The system is down", Priority: helpdesk.High}).Priority, i)
	}
	d = desk(t, &helpdesk.Config{PriorityLifts: -1})
	for range 20 {
		require.Equal(t, helpdesk.Urgent, open(t, d, helpdesk.OpenParams{Subject: "The system is down"}).Priority, "no limit")
	}
}

// TestARepeatedRequestTakesNoPlace: the same key opens one ticket, whatever process gets it.
func TestARepeatedRequestTakesNoPlace(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		one := hire(helpdesktest.New(t, store, &helpdesk.Config{PriorityLifts: 2}))
		p := helpdesk.OpenParams{Subject: "The system is down", IdempotencyKey: "k"}
		first := open(t, one, p)
		for range 5 {
			fresh := helpdesktest.New(t, store, &helpdesk.Config{PriorityLifts: 2, Clock: one.Clock})
			require.Equal(t, first.ID, open(t, fresh, p).ID)
		}
		require.Equal(t, helpdesk.Urgent, open(t, one, helpdesk.OpenParams{Subject: "The system is down"}).Priority)
		require.Equal(t, helpdesk.Medium, open(t, one, helpdesk.OpenParams{Subject: "The system is down"}).Priority)
	})
}
