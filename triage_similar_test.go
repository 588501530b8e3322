package helpdesk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func TestSimilarIsNotForCustomers(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}).Similar(t.Context(), ticket.ID, 3)
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
	_, err = d.ForTenant("other").Similar(t.Context(), ticket.ID, 3)
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	_, err = d.Similar(t.Context(), ticket.ID, -1)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

func TestWithoutAFinderNoTicketsAreSimilar(t *testing.T) {
	t.Parallel()
	desk, err := helpdesk.New(memstore.New(), nil)
	require.NoError(t, err)
	ticket, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln is cold"})
	require.NoError(t, err)
	_, err = desk.Resolve(t.Context(), ticket.ID, "Lit it again.")
	require.NoError(t, err)
	n, err := desk.Tick(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n, "triage; there is nothing to index")
	found, err := desk.Similar(t.Context(), ticket.ID, 3)
	require.NoError(t, err)
	require.Empty(t, found)
}

// finder is a SimilarFinder that finds one ticket, on one store, and fails as told.
type finder struct {
	found   helpdesk.Solved
	store   helpdesk.Store
	updates [][]helpdesk.TicketID
	failed  map[helpdesk.TicketID]error
	err     error
}

func (f *finder) Find(_ context.Context, store helpdesk.Store, _ *helpdesk.Ticket, _ int) ([]helpdesk.Solved, error) {
	if store != f.store {
		return nil, errors.New("another store")
	}
	return []helpdesk.Solved{f.found}, nil
}

func (f *finder) Update(_ context.Context, _ helpdesk.Store, tasks []helpdesk.Task) (map[helpdesk.TicketID]error, error) {
	var ids []helpdesk.TicketID
	for _, t := range tasks {
		ids = append(ids, t.Ticket)
	}
	slices.Sort(ids)
	f.updates = append(f.updates, ids)
	return f.failed, f.err
}

func TestADeskOfATransactionFindsThroughItsStore(t *testing.T) {
	t.Parallel()
	bound := struct{ helpdesk.Store }{memstore.New()}
	f := &finder{store: bound, found: helpdesk.Solved{Ref: "OLD"}}
	desk, err := helpdesk.New(bound.Store, &helpdesk.Config{Similar: f})
	require.NoError(t, err)
	ticket, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln is cold"})
	require.NoError(t, err)
	found, err := desk.WithStore(bound).Similar(t.Context(), ticket.ID, 3)
	require.NoError(t, err)
	require.Equal(t, []helpdesk.Solved{f.found}, found)
	_, err = desk.Similar(t.Context(), ticket.ID, 3)
	require.ErrorContains(t, err, "another store")
}

func TestAFinderIsToldAgainOfWhatFailed(t *testing.T) {
	t.Parallel()
	f := &finder{}
	d := helpdesktest.New(t, nil, &helpdesk.Config{Similar: f, Logger: quiet})
	var ids []helpdesk.TicketID
	for _, subject := range []string{"One", "Two"} {
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: subject})
		require.NoError(t, err)
		_, err = d.Resolve(t.Context(), ticket.ID, "Done.")
		require.NoError(t, err)
		ids = append(ids, ticket.ID)
	}
	f.err = errors.New("down")
	d.Drain()
	require.Equal(t, [][]helpdesk.TicketID{ids}, f.updates)
	f.err, f.failed = nil, map[helpdesk.TicketID]error{ids[1]: errors.New("too long")}
	d.Clock.Advance(time.Minute)
	d.Drain()
	require.Equal(t, [][]helpdesk.TicketID{ids, ids}, f.updates)
	f.failed = nil
	d.Advance(time.Hour)
	require.Equal(t, [][]helpdesk.TicketID{ids, ids, ids[1:]}, f.updates)
	_, err := d.Reopen(t.Context(), ids[0])
	require.NoError(t, err)
	d.Drain()
	require.Equal(t, ids[:1], f.updates[len(f.updates)-1], "it is not solved any more")
	d.Advance(24 * time.Hour)
	require.Len(t, f.updates, 4)
}

func TestALearnerIsToldOfSolvedTicketsWithoutAFinder(t *testing.T) {
	t.Parallel()
	clock := helpdesktest.NewClock(helpdesktest.Start)
	p := &scripted{}
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Clock: clock, Classifier: p, Learner: p})
	require.NoError(t, err)
	ticket, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln is cold"})
	require.NoError(t, err)
	_, err = desk.Resolve(t.Context(), ticket.ID, "Lit it again.")
	require.NoError(t, err)
	_, err = desk.Tick(t.Context())
	require.NoError(t, err)
	clock.Advance(10 * time.Minute)
	n, err := desk.Tick(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n, "its task to learn")
}
