package helpdesk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// readers are the actors of the recorded reads that match q, in their order.
func readers(t *testing.T, d *helpdesk.Desk, q helpdesk.EventQuery) (list []string) {
	t.Helper()
	q.Types = []helpdesk.EventType{helpdesk.EventRead}
	for e, err := range d.Events(t.Context(), q) {
		require.NoError(t, err)
		require.Equal(t, helpdesk.EventRead, e.Type)
		list = append(list, e.By.ID)
	}
	return list
}

func TestReadsAreRecordedOnceAnHour(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := hire(helpdesktest.New(t, store, &helpdesk.Config{RecordReads: true}))
		one, two := open(t, d, helpdesk.OpenParams{}), open(t, d, helpdesk.OpenParams{})
		d.Drain()
		d.Notices.Reset()
		before := read(t, d, one.ID)
		boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
		look := func(who *helpdesk.Desk, id helpdesk.TicketID) *helpdesk.Thread {
			th, err := who.Thread(t.Context(), id)
			require.NoError(t, err)
			return th
		}
		for range 3 {
			look(asAgent(d, ana), one.ID)
		}
		look(asCustomer(d, kim), one.ID)
		look(d.Desk, one.ID)
		d.Clock.Advance(time.Minute)
		look(boss, one.ID)
		d.Clock.Advance(time.Minute)
		look(asAgent(d, ben), two.ID)
		d.Clock.Advance(58 * time.Minute)
		look(asAgent(d, ana), one.ID)
		require.Equal(t, []string{string(ana), "boss", string(ben), string(ana)}, readers(t, d.Desk, helpdesk.EventQuery{}))
		require.Equal(t, []string{string(ana), "boss", string(ana)}, readers(t, boss, helpdesk.EventQuery{Ticket: one.ID}))
		require.Equal(t, []string{string(ana)}, readers(t, boss, helpdesk.EventQuery{By: string(ana), From: d.Clock.Now()}))

		seen := func(th *helpdesk.Thread) (n int) {
			for _, e := range th.Events {
				if e.Type == helpdesk.EventRead {
					n++
				}
			}
			return n
		}
		require.Equal(t, 3, seen(look(boss, one.ID)))
		require.Zero(t, seen(look(asAgent(d, ana), one.ID)))
		require.Zero(t, seen(look(asCustomer(d, kim), one.ID)))
		for e, err := range d.Events(t.Context(), helpdesk.EventQuery{}) {
			require.NoError(t, err)
			require.NotEqual(t, helpdesk.EventRead, e.Type, "it is no news")
		}
		d.Drain()
		require.Equal(t, before, read(t, d, one.ID), "the ticket stays as it was")
		require.Empty(t, d.Notices.All())
		for _, who := range []*helpdesk.Desk{asAgent(d, ana), asCustomer(d, kim), d.As(helpdesk.Actor{Role: helpdesk.RoleLead, ID: string(ana)})} {
			for _, err := range who.Events(t.Context(), helpdesk.EventQuery{Types: []helpdesk.EventType{helpdesk.EventRead}}) {
				require.ErrorIs(t, err, helpdesk.ErrForbidden)
			}
		}
		for _, err := range boss.Events(t.Context(), helpdesk.EventQuery{Ticket: "x"}) {
			require.Equal(t, "ticket", helpdesk.Fields(err)[0].Field)
		}
	})
}

func TestReadsAreNotRecordedUnlessAsked(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	one := open(t, d, helpdesk.OpenParams{})
	require.NoError(t, second(asAgent(d, ana).Thread(t.Context(), one.ID)))
	require.Empty(t, readers(t, d.Desk, helpdesk.EventQuery{}))
}

func TestATicketThatIsNotShownIsNotRead(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, &helpdesk.Config{RecordReads: true})
	require.ErrorIs(t, second(asAgent(d, rita).Thread(t.Context(), ids["theirs"])), helpdesk.ErrNotFound)
	require.NoError(t, second(asAgent(d, rita).Thread(t.Context(), ids["mine"])))
	require.Equal(t, []string{string(rita)}, readers(t, d.Desk, helpdesk.EventQuery{}))
}
