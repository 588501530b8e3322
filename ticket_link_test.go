package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// linksOf returns the links of a ticket as kinds and subjects.
func linksOf(t *testing.T, d *helpdesk.Desk, id helpdesk.TicketID) (list []string) {
	t.Helper()
	links, err := d.Links(t.Context(), id)
	require.NoError(t, err)
	for _, l := range links {
		if l.Other == nil {
			list = append(list, fmt.Sprint(l.Kind, " ", l.Ref))
			continue
		}
		require.Equal(t, l.Ref, l.Other.Ref)
		list = append(list, fmt.Sprint(l.Kind, " ", l.Other.Subject))
	}
	return list
}

func TestBothTicketsShowALinkUntilItIsRemoved(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		agent := asAgent(d, ana)
		id := map[string]helpdesk.TicketID{}
		for _, s := range []string{"a", "b", "c"} {
			id[s] = open(t, d, helpdesk.OpenParams{Subject: s}).ID
		}
		d.Drain()
		before, customers := read(t, d, id["b"]), publicly(t, d, id["b"])
		a, err := agent.Link(t.Context(), id["a"], helpdesk.LinkDuplicateOf, id["b"])
		require.NoError(t, err)
		require.NoError(t, second(agent.Link(t.Context(), id["a"], helpdesk.LinkCauses, id["c"])))
		require.NoError(t, second(agent.Link(t.Context(), id["a"], helpdesk.LinkRelated, id["b"])))
		require.Equal(t, []string{"related b", "duplicate_of b", "causes c"}, linksOf(t, agent, id["a"]))
		require.Equal(t, []string{"related a", "duplicated_by a"}, linksOf(t, agent, id["b"]))
		require.Equal(t, []string{"caused_by a"}, linksOf(t, agent, id["c"]))

		again, err := agent.Link(t.Context(), id["b"], helpdesk.LinkDuplicatedBy, id["a"])
		require.NoError(t, err)
		require.Equal(t, before.Version+2, again.Version, "the same link from the other side changes nothing")
		require.Equal(t, customers, publicly(t, d, id["b"]), "customers see nothing of it")

		th, err := d.Thread(t.Context(), id["b"])
		require.NoError(t, err)
		var told []string
		for _, e := range th.Events {
			if e.Type == helpdesk.EventLinked {
				require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(ana), Name: "Ana"}, e.By)
				told = append(told, e.To)
			}
		}
		require.Equal(t, []string{"duplicated_by " + a.Ref, "related " + a.Ref}, told)

		require.NoError(t, second(agent.Unlink(t.Context(), id["b"], helpdesk.LinkDuplicatedBy, id["a"])))
		require.NoError(t, second(agent.Unlink(t.Context(), id["b"], helpdesk.LinkDuplicatedBy, id["a"])))
		require.Equal(t, []string{"related b", "causes c"}, linksOf(t, agent, id["a"]))
		require.Equal(t, []string{"related a"}, linksOf(t, agent, id["b"]))

		// A merge and its undo leave the links where they are.
		require.NoError(t, second(agent.Merge(t.Context(), id["b"], id["c"])))
		require.Equal(t, "ticket was merged into another ticket itself", problemOf(t, second(agent.Link(t.Context(), id["b"], helpdesk.LinkCausedBy, id["a"]))))
		require.NoError(t, second(agent.Unmerge(t.Context(), id["b"])))
		require.Equal(t, []string{"related b", "causes c"}, linksOf(t, agent, id["a"]))
		require.Equal(t, []string{"related a"}, linksOf(t, agent, id["b"]))
	})
}

// publicly returns the ticket as its customer sees it.
func publicly(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) *helpdesk.Ticket {
	t.Helper()
	ticket, err := asCustomer(d, kim).Ticket(t.Context(), id)
	require.NoError(t, err)
	return ticket
}

// problemOf returns the only field error of an error.
func problemOf(t *testing.T, err error) string {
	t.Helper()
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	fields := helpdesk.Fields(err)
	require.Len(t, fields, 1)
	return fields[0].Error()
}

func TestLinksThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, nil))
	agent := asAgent(d, ana)
	var id []helpdesk.TicketID
	for range 4 {
		id = append(id, open(t, d, helpdesk.OpenParams{}).ID)
	}
	link := func(a helpdesk.TicketID, kind helpdesk.LinkKind, b helpdesk.TicketID) error {
		return second(agent.Link(t.Context(), a, kind, b))
	}
	require.Equal(t, "ticket is the ticket itself", problemOf(t, link(id[0], helpdesk.LinkRelated, id[0])))
	require.Contains(t, problemOf(t, link(id[0], "cousin", id[1])), `kind "cousin" is not one of related, duplicate_of`)
	foreign, err := d.ForTenant("other").Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
	require.NoError(t, err)
	for _, other := range []helpdesk.TicketID{foreign.ID, "nonsense"} {
		require.Equal(t, "ticket is not a ticket of this tenant", problemOf(t, errors.Join(helpdesk.ErrInvalid, link(id[0], helpdesk.LinkRelated, other))))
	}
	customer := asCustomer(d, kim)
	require.ErrorIs(t, second(customer.Link(t.Context(), id[0], helpdesk.LinkRelated, id[1])), helpdesk.ErrForbidden)
	require.ErrorIs(t, second(customer.Unlink(t.Context(), id[0], helpdesk.LinkRelated, id[1])), helpdesk.ErrForbidden)
	require.ErrorIs(t, second(customer.Links(t.Context(), id[0])), helpdesk.ErrForbidden)

	for i, kind := range []helpdesk.LinkKind{helpdesk.LinkCausedBy, helpdesk.LinkCausedBy, helpdesk.LinkCausedBy} {
		require.NoError(t, link(id[i], kind, id[i+1]))
	}
	for _, circle := range [][2]int{{1, 0}, {3, 0}} {
		require.Contains(t, problemOf(t, link(id[circle[0]], helpdesk.LinkCausedBy, id[circle[1]])), "ticket makes a circle")
		require.Contains(t, problemOf(t, link(id[circle[1]], helpdesk.LinkCauses, id[circle[0]])), "ticket makes a circle")
	}
	require.NoError(t, link(id[3], helpdesk.LinkDuplicateOf, id[0]), "of another kind")
	require.Contains(t, problemOf(t, link(id[0], helpdesk.LinkDuplicateOf, id[3])), "ticket makes a circle")

	for range helpdesk.MaxLinks - 2 {
		require.NoError(t, link(open(t, d, helpdesk.OpenParams{}).ID, helpdesk.LinkRelated, id[3]))
	}
	more := open(t, d, helpdesk.OpenParams{}).ID
	require.Equal(t, "ticket has more than 50 links", problemOf(t, link(more, helpdesk.LinkRelated, id[3])))
	require.Equal(t, "links are more than 50", problemOf(t, link(id[3], helpdesk.LinkRelated, more)))
}

// TestTwoCommitsMakeNoCircle: each of two agents adds a link to a chain of two, and both together
// would close a circle of four tickets, none of which both commits change.
func TestTwoCommitsMakeNoCircle(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		var id []helpdesk.TicketID
		for range 4 {
			id = append(id, open(t, d, helpdesk.OpenParams{}).ID)
		}
		require.NoError(t, second(d.Link(t.Context(), id[0], helpdesk.LinkCausedBy, id[1])))
		require.NoError(t, second(d.Link(t.Context(), id[2], helpdesk.LinkCausedBy, id[3])))
		var once sync.Once
		var other error
		late, err := helpdesk.New(d.Store, &helpdesk.Config{Clock: d.Clock, SLA: noSLA, Before: func(ctx context.Context, _ *helpdesk.Change) error {
			once.Do(func() { other = second(d.Link(ctx, id[1], helpdesk.LinkCausedBy, id[2])) })
			return nil
		}})
		require.NoError(t, err)
		require.Contains(t, problemOf(t, second(late.ForTenant(d.Tenant()).Link(t.Context(), id[3], helpdesk.LinkCausedBy, id[0]))), "ticket makes a circle")
		require.NoError(t, other)
		require.Equal(t, 2, len(linksOf(t, d.Desk, id[1])))
		require.Equal(t, 1, len(linksOf(t, d.Desk, id[3])))

	})
}

// reading is a Store that calls before, once, when a ticket is about to be read.
type reading struct {
	helpdesk.Store
	id     helpdesk.TicketID
	before func()
	once   sync.Once
}

func (s *reading) Unwrap() helpdesk.Store { return s.Store }

func (s *reading) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	if id == s.id {
		s.once.Do(s.before)
	}
	return s.Store.Ticket(ctx, tenant, id)
}

// TestALinkThatIsRemovedWhileItIsMadeIsOnBothTicketsOrNone: the removal comes between the reads of
// the two.
func TestALinkThatIsRemovedWhileItIsMadeIsOnBothTicketsOrNone(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		a, b := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
		require.NoError(t, second(d.Link(t.Context(), a, helpdesk.LinkRelated, b)))
		store := &reading{Store: d.Store, id: b, before: func() { require.NoError(t, second(d.Unlink(t.Context(), a, helpdesk.LinkRelated, b))) }}
		require.ErrorIs(t, second(d.WithStore(store).Link(t.Context(), a, helpdesk.LinkRelated, b)), helpdesk.ErrConflict)
		require.Empty(t, read(t, d, a).Links)
		require.Empty(t, read(t, d, b).Links)
		require.ErrorIs(t, second(d.IfVersion(1).Unlink(t.Context(), a, helpdesk.LinkRelated, b)), helpdesk.ErrConflict)
	})
}

func TestLinksToATicketThatIsGoneAreShownAndRemoved(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	d := helpdesktest.New(t, store, &helpdesk.Config{SLA: noSLA})
	a, gone := open(t, d, helpdesk.OpenParams{}), open(t, d, helpdesk.OpenParams{})
	require.NoError(t, second(d.Link(t.Context(), a.ID, helpdesk.LinkRelated, gone.ID)))
	require.NoError(t, second(d.SetStatus(t.Context(), gone.ID, helpdesk.StatusClosed)))
	records, err := store.Records(t.Context(), d.Tenant(), gone.ID)
	require.NoError(t, err)
	require.NoError(t, store.Archive(t.Context(), &helpdesk.Change{Tenant: d.Tenant()}, "00000000-0000-4000-8000-000000000001", records...))
	require.Equal(t, []string{"related " + gone.Ref}, linksOf(t, d.Desk, a.ID))
	require.NoError(t, second(d.Unlink(t.Context(), a.ID, helpdesk.LinkRelated, gone.ID)))
	require.Empty(t, linksOf(t, d.Desk, a.ID))
	require.NoError(t, store.Restore(t.Context(), &helpdesk.Change{Tenant: d.Tenant()}, "00000000-0000-4000-8000-000000000001", records...))
	require.Empty(t, linksOf(t, d.Desk, gone.ID), "the other side knows it no more")
}

func TestTicketsOfAFileWithLinksThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	ticket := open(t, d, helpdesk.OpenParams{})
	other := helpdesk.Link{Kind: helpdesk.LinkRelated, Ticket: "01950000-0000-7000-8003-000000000001", Ref: "7Q2M-X4KD"}
	for name, bad := range map[string]func(*helpdesk.Link){
		"kind": func(l *helpdesk.Link) { l.Kind = "cousin" }, "id": func(l *helpdesk.Link) { l.Ticket = "x" },
		"itself": func(l *helpdesk.Link) { l.Ticket = ticket.ID }, "reference": func(l *helpdesk.Link) { l.Ref = strings.Repeat("x", 21) },
	} {
		links := []helpdesk.Link{other}
		bad(&links[0])
		text, err := json.Marshal(links)
		require.NoError(t, err)
		in := helpdesk.Imported{Source: "x", External: name, Exact: true, Ticket: *ticket.Clone()}
		require.NoError(t, json.Unmarshal(text, &in.Ticket.Links))
		_, _, err = d.ForTenant("new").Import(t.Context(), in)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, name)
		require.Equal(t, "links", helpdesk.Fields(err)[0].Field, name)
	}
}

// TestARestrictedAgentRemovesNoLinkToATicketOutOfScope: it would go from one of the two tickets
// alone.
func TestARestrictedAgentRemovesNoLinkToATicketOutOfScope(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	require.NoError(t, second(d.Link(t.Context(), ids["mine"], helpdesk.LinkCausedBy, ids["theirs"])))
	err := second(asAgent(d, rita).Unlink(t.Context(), ids["mine"], helpdesk.LinkCausedBy, ids["theirs"]))
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	require.Equal(t, "ticket", helpdesk.Fields(err)[0].Field)
	require.Equal(t, []string{"caused_by theirs kiln"}, linksOf(t, d.Desk, ids["mine"]))
	require.Equal(t, []string{"causes mine kiln"}, linksOf(t, d.Desk, ids["theirs"]))
}
