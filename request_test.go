package helpdesk_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/macro"
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
		_, err = assign.Explain(t.Context(), r, o.ID)
		require.NoError(t, err)
		_, err = r.Views(t.Context())
		require.NoError(t, err)
		_, err = macro.Of(r).List(t.Context())
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

// The record of a read is no reason to read again, and is made once.
func TestARequestRecordsItsReadOnce(t *testing.T) {
	t.Parallel()
	store := &diary{Store: memstore.New()}
	d := helpdesktest.New(t, store, &helpdesk.Config{SLA: noSLA, RecordReads: true})
	o := open(t, d, helpdesk.OpenParams{})
	r := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}).ForRequest()
	store.take()
	for range 2 {
		th, err := r.Thread(t.Context(), o.ID)
		require.NoError(t, err)
		require.Equal(t, helpdesk.EventRead, th.Events[len(th.Events)-1].Type)
	}
	require.Equal(t, []string{"thread", "ticket"}, store.take())
	n := 0
	for _, err := range d.Events(t.Context(), helpdesk.EventQuery{Types: []helpdesk.EventType{helpdesk.EventRead}}) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 1, n)
}

// hostRoster is a Roster with a team that counts how often it is asked.
type hostRoster struct{ agents, teams int }

func (r *hostRoster) Agents(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
	r.agents++
	return []helpdesk.Agent{{ID: "ana", Name: "Ana", Teams: []helpdesk.TeamID{"money"}, Restricted: true}}, nil
}

func (r *hostRoster) Teams(context.Context, helpdesk.TenantID) ([]helpdesk.Team, error) {
	r.teams++
	return []helpdesk.Team{{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}}}, nil
}

func TestARequestAsksTheHostsRosterOnce(t *testing.T) {
	t.Parallel()
	roster := &hostRoster{}
	d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{SLA: noSLA, Roster: roster})
	seen, hidden := open(t, d, helpdesk.OpenParams{Category: helpdesk.Billing}), open(t, d, helpdesk.OpenParams{Category: helpdesk.Account})
	*roster = hostRoster{}
	r := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"}).ForRequest()
	for range 2 {
		_, err := r.Thread(t.Context(), seen.ID)
		require.NoError(t, err)
		_, err = r.Thread(t.Context(), hidden.ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	}
	require.Equal(t, hostRoster{agents: 1, teams: 1}, *roster)

	// A Roster without teams has none.
	d = helpdesktest.New(t, memstore.New(), &helpdesk.Config{SLA: noSLA, Roster: helpdesk.RosterFunc(roster.Agents)})
	teams, err := d.ForRequest().Teams(t.Context())
	require.NoError(t, err)
	require.Empty(t, teams)
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
