package helpdesk_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// countedStore is a Store that can read for several tenants at once. It counts its calls, and
// refuses what it is told to refuse.
type countedStore struct {
	helpdesk.Store
	mu     sync.Mutex
	n      int
	refuse helpdesk.TenantID // with a ticket
}

func (s *countedStore) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func (s *countedStore) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	s.count()
	return s.Store.Ticket(ctx, tenant, id)
}

func (s *countedStore) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	s.count()
	return s.Store.Tickets(ctx, q)
}

func (s *countedStore) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	s.count()
	return s.Store.Settings(ctx, q)
}

func (s *countedStore) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	s.count()
	for _, c := range changes {
		if s.refuse != "" && c.Tenant == s.refuse && c.Ticket != nil {
			return errors.New("refused")
		}
	}
	return s.Store.Commit(ctx, changes...)
}

func (s *countedStore) TicketsOf(ctx context.Context, qs ...helpdesk.Query) (pages []helpdesk.Page, err error) {
	s.count()
	for _, q := range qs {
		page, err := s.Store.Tickets(ctx, q)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func (s *countedStore) LoadsOf(ctx context.Context, tenants ...helpdesk.TenantID) (all []map[helpdesk.AgentID]helpdesk.Load, err error) {
	s.count()
	for _, tenant := range tenants {
		loads, err := helpdesk.Loads(ctx, s.Store, tenant)
		if err != nil {
			return nil, err
		}
		all = append(all, loads)
	}
	return all, nil
}

func (s *countedStore) SettingsOf(ctx context.Context, qs ...helpdesk.SettingQuery) (lists [][]helpdesk.Setting, err error) {
	s.count()
	for _, q := range qs {
		list, err := s.Store.Settings(ctx, q)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// manyOffices is a desk with a ticket of each of some tenants.
type manyOffices struct {
	*countedStore
	desk    *helpdesk.Desk
	clock   *helpdesktest.Clock
	tickets map[helpdesk.TenantID]helpdesk.TicketID
}

func offices(t *testing.T, n int) *manyOffices {
	o := &manyOffices{countedStore: &countedStore{Store: memstore.New()}, clock: helpdesktest.NewClock(helpdesktest.Start), tickets: map[helpdesk.TenantID]helpdesk.TicketID{}}
	var err error
	o.desk, err = helpdesk.New(o.countedStore, &helpdesk.Config{Clock: o.clock, Assigner: assign.BySkill(nil), SLA: sla.Standard(), Logger: quiet})
	require.NoError(t, err)
	for i := range n {
		d := o.desk.ForTenant(helpdesk.TenantID(fmt.Sprint("t", i)))
		_, err := d.SaveAgent(t.Context(), helpdesk.Agent{ID: "ana", Name: "Ana", Email: "ana@example.com", Skills: general})
		require.NoError(t, err)
	}
	_, err = o.desk.Tick(t.Context())
	require.NoError(t, err)
	for i := range n {
		tenant := helpdesk.TenantID(fmt.Sprint("t", i))
		ticket, err := o.desk.ForTenant(tenant).Open(t.Context(), helpdesk.OpenParams{Subject: "x", Priority: helpdesk.High})
		require.NoError(t, err)
		o.tickets[tenant] = ticket.ID
	}
	return o
}

// tick returns the number of calls of the Store that a Tick made.
func (o *manyOffices) tick(t *testing.T) int {
	before := o.n
	_, err := o.desk.Tick(t.Context())
	require.NoError(t, err)
	return o.n - before
}

func (o *manyOffices) each(t *testing.T, check func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket)) {
	for tenant, id := range o.tickets {
		ticket, err := o.Store.Ticket(t.Context(), tenant, id)
		require.NoError(t, err)
		check(tenant, ticket)
	}
}

// Triage without a classifier and assignment cost few calls, however many tenants have tickets.
func TestTicketsOfManyTenantsArePlacedTogether(t *testing.T) {
	t.Parallel()
	o := offices(t, 40)
	require.Less(t, o.tick(t), 20)
	o.each(t, func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket) {
		require.Equal(t, helpdesk.AgentID("ana"), ticket.Assignee, tenant)
	})
}

func TestATenantWhoseChangesFailStopsNoOther(t *testing.T) {
	t.Parallel()
	o := offices(t, 9)
	o.refuse = "t4"
	o.tick(t)
	o.each(t, func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket) {
		require.Equal(t, tenant == "t4", ticket.Assignee == "", tenant)
		require.Equal(t, tenant == "t4", ticket.TriagedAt.IsZero(), tenant)
	})
	o.refuse = ""
	o.clock.Advance(time.Minute)
	o.tick(t)
	o.refuse = "t5"
	o.clock.Advance(10 * time.Hour)
	o.tick(t)
	o.each(t, func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket) {
		require.Equal(t, helpdesk.AgentID("ana"), ticket.Assignee, tenant)
		require.Equal(t, tenant == "t5", ticket.Clocks[0].BreachedAt.IsZero(), tenant)
	})
	o.refuse = ""
	o.clock.Advance(15 * time.Second) // it is tried again before its lease would end
	o.tick(t)
	o.each(t, func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket) {
		require.NotZero(t, ticket.Clocks[0].BreachedAt, tenant)
	})
}

// A queue that another desk goes through waits for its turn; the other queues do not.
func TestTwoDesksPlaceTheTicketsOfManyTenants(t *testing.T) {
	t.Parallel()
	o := offices(t, 30)
	var desks sync.WaitGroup
	for range 4 {
		desks.Go(func() { _, _ = o.desk.Tick(t.Context()) })
	}
	desks.Wait()
	o.tick(t)
	o.each(t, func(tenant helpdesk.TenantID, ticket *helpdesk.Ticket) {
		require.Equal(t, helpdesk.AgentID("ana"), ticket.Assignee, tenant)
	})
}
