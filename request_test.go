package helpdesk_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// diary is a Store that lists what is read.
type diary struct {
	helpdesk.Store
	mu    sync.Mutex
	reads []string
}

func (s *diary) read(what ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads = append(s.reads, fmt.Sprint(what...))
}

func (s *diary) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	reads := s.reads
	s.reads = nil
	slices.Sort(reads)
	return reads
}

func (s *diary) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	s.read("ticket")
	return s.Store.Ticket(ctx, tenant, id)
}

func (s *diary) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	s.read("thread")
	return s.Store.Thread(ctx, tenant, id)
}

func (s *diary) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	s.read(q.Kind, q.Key)
	return s.Store.Settings(ctx, q)
}

func TestARequestReadsEachRowOnce(t *testing.T) {
	t.Parallel()
	store := &diary{Store: memstore.New()}
	d := helpdesktest.New(t, store, &helpdesk.Config{SLA: noSLA})
	d.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	o := open(t, d, helpdesk.OpenParams{})
	r := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).ForRequest(helpdesk.SettingMacro)
	look := func() (*helpdesk.Ticket, *helpdesk.Thread) {
		seen, err := r.Ticket(t.Context(), o.ID)
		require.NoError(t, err)
		th, err := r.Thread(t.Context(), o.ID)
		require.NoError(t, err)
		_, err = r.ExplainAssignment(t.Context(), o.ID)
		require.NoError(t, err)
		_, err = r.Views(t.Context())
		require.NoError(t, err)
		_, err = r.Macros(t.Context())
		require.NoError(t, err)
		return seen, th
	}
	once := []string{"agent", "macro", "team", "thread", "ticket", "viewana@example.com"}
	store.take()
	seen, th := look()
	require.Equal(t, once, store.take())

	// What a method has returned belongs to its caller.
	for range 2 {
		seen.Subject, th.Messages[0].Body, th.Ticket.Tags = "changed", "changed", []string{"changed"}
		seen, th = look()
		require.Empty(t, store.take())
		require.Equal(t, o.Subject, seen.Subject)
		require.NotEqual(t, "changed", th.Messages[0].Body)
		require.Empty(t, th.Ticket.Tags)
	}

	// A commit of the request makes it read again.
	_, err := r.SetTags(t.Context(), o.ID, []string{"vip"})
	require.NoError(t, err)
	store.take()
	seen, th = look()
	require.Equal(t, once, store.take())
	require.Equal(t, []string{"vip"}, seen.Tags)
	require.Equal(t, []string{"vip"}, th.Ticket.Tags)
}

// The rights are those of each method, whatever the request has read before.
func TestARequestChecksRights(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{SLA: noSLA})
	o := open(t, d, helpdesk.OpenParams{})
	r := d.ForRequest()
	_, err := r.Thread(t.Context(), o.ID)
	require.NoError(t, err)
	for _, who := range []helpdesk.Actor{{Role: helpdesk.RoleCustomer, ID: "other@mail.example"}, {Role: helpdesk.RoleAgent, ID: "nobody@example.com"}} {
		_, err = r.As(who).Thread(t.Context(), o.ID)
		require.Error(t, err, who)
		_, err = r.As(who).Ticket(t.Context(), o.ID)
		require.Error(t, err, who)
	}
}
