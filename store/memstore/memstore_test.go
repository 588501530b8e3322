package memstore_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

func TestStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) helpdesk.Store { return memstore.New() })
}

func TestBlobsKeepTheContract(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(t *testing.T) helpdesk.Blobs {
		blobs, ok := helpdesk.As[helpdesk.Blobs](memstore.New())
		require.True(t, ok)
		return blobs
	})
}

func TestRefusalNamesTheField(t *testing.T) {
	t.Parallel()
	const bad = "a\x00b"
	for field, c := range map[string]*helpdesk.Change{
		"tenant":         {Tenant: bad},
		"subject":        {Ticket: &helpdesk.Ticket{Subject: bad}},
		"customer_email": {Ticket: &helpdesk.Ticket{Customer: helpdesk.Contact{Email: bad}}},
		"merged_into":    {Ticket: &helpdesk.Ticket{MergedInto: bad}},
		"tags":           {Ticket: &helpdesk.Ticket{Tags: []string{"fine", bad}}},
		"clocks_fired":   {Ticket: &helpdesk.Ticket{Clocks: []helpdesk.SLAClock{{Fired: []string{bad}}}}},
		"rating_comment": {Ticket: &helpdesk.Ticket{Rating: &helpdesk.Rating{Comment: "\xff"}}},
		"by_name":        {Messages: []helpdesk.Message{{By: helpdesk.Actor{Name: bad}}}},
		"data":           {Events: []helpdesk.Event{{Data: json.RawMessage(`{"no": json}`)}}},
		"payload":        {Tasks: []helpdesk.Task{{Payload: json.RawMessage("\"\xff\"")}}},
	} {
		if c.Ticket != nil {
			c.Ticket.Tenant = c.Tenant
		}
		err := memstore.New().Commit(t.Context(), c)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, field)
		require.Equal(t, field, helpdesk.Fields(err)[0].Field)
	}
}

func TestTicketOfAnotherTenantIsRefused(t *testing.T) {
	t.Parallel()
	c := &helpdesk.Change{Tenant: "acme", Ticket: &helpdesk.Ticket{Tenant: "other", ID: "1"}}
	require.ErrorIs(t, memstore.New().Commit(t.Context(), c), helpdesk.ErrInvalid)
}

// TestLeaseOfAnEndedContextKeepsNothing: a caller that gets an error does not know which tasks to
// release.
func TestLeaseOfAnEndedContextKeepsNothing(t *testing.T) {
	t.Parallel()
	store, now := memstore.New(), time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tasks: []helpdesk.Task{{Key: "k", DueAt: now}}}))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := store.Lease(ended, now, time.Minute, 1)
	require.Error(t, err)
	leased, err := store.Lease(t.Context(), now, time.Minute, 1)
	require.NoError(t, err)
	require.Len(t, leased, 1)
}
