package helpdesk_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// still returns what a merge and its undo leave as it was: all of a ticket but its version and the
// times of its last change.
func still(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) *helpdesk.Ticket {
	t.Helper()
	ticket := read(t, d, id)
	ticket.Version, ticket.UpdatedAt, ticket.PublicAt = 0, time.Time{}, time.Time{}
	ticket.ToldAt = time.Time{} // its agent was told of the merge
	return ticket
}

func TestUnmergeMakesBothTicketsWhatTheyWere(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		// ready returns a ticket in some state, and what should come back of it.
		states := map[string]func(t *testing.T, id helpdesk.TicketID){
			"assigned": func(*testing.T, helpdesk.TicketID) {},
			"waits": func(t *testing.T, id helpdesk.TicketID) {
				require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which?", Waiting: true})))
			},
			"asked again": func(t *testing.T, id helpdesk.TicketID) {
				require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "I look."})))
				writes(t, d, kim, id, "And?")
			},
			"resolved": func(t *testing.T, id helpdesk.TicketID) {
				require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), id, "done")))
			},
			"escalated": func(t *testing.T, id helpdesk.TicketID) {
				require.NoError(t, second(asAgent(d, ana).Escalate(t.Context(), id, "too hard")))
			},
		}
		for source, make := range states {
			for survivor, makeInto := range states {
				name := source + " into " + survivor
				from := open(t, d, helpdesk.OpenParams{Priority: helpdesk.High, Tags: []string{"a", "refund"}}).ID
				d.Drain()
				make(t, from)
				d.Advance(7 * time.Minute)
				into := open(t, d, helpdesk.OpenParams{Priority: helpdesk.Low, Tags: []string{"a", "b"}}).ID
				d.Drain()
				makeInto(t, into)
				d.Advance(5 * time.Minute)
				wasFrom, wasInto := still(t, d, from), still(t, d, into)

				require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), from, into)), name)
				d.Advance(3 * time.Minute)
				require.NotEqual(t, wasInto, still(t, d, into), name)
				back, err := asAgent(d, ana).Unmerge(t.Context(), from)
				require.NoError(t, err, name)
				require.Equal(t, from, back.ID)
				require.Equal(t, wasFrom, still(t, d, from), name)
				require.Equal(t, wasInto, still(t, d, into), name)
				d.Drain()
				require.Equal(t, wasFrom, still(t, d, from), name)
				th, err := d.Thread(t.Context(), into)
				require.NoError(t, err)
				for _, m := range th.Messages {
					require.Equal(t, into, m.Ticket, "%s: %s", name, m.Body)
				}
				require.Equal(t, 1, events(t, d, from)[helpdesk.EventUnmerged], name)
				require.Equal(t, 1, events(t, d, into)[helpdesk.EventUnmerged], name)
				for _, id := range []helpdesk.TicketID{from, into} { // frees Ana
					require.NoError(t, second(d.SetStatus(t.Context(), id, helpdesk.StatusClosed)))
				}
				noDrift(t, d.Desk)
			}
		}
	})
}

func TestUnmergeIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		why   string
		spoil func(t *testing.T, d *helpdesktest.Desk, from, into, other helpdesk.TicketID)
	}{
		"never merged": {"was not merged", func(t *testing.T, d *helpdesktest.Desk, from, _, _ helpdesk.TicketID) {
			require.NoError(t, second(d.Unmerge(t.Context(), from)))
		}},
		"too late": {"more than 168h0m0s ago", func(_ *testing.T, d *helpdesktest.Desk, _, _, _ helpdesk.TicketID) {
			d.Clock.Advance(7*24*time.Hour + time.Microsecond)
		}},
		"the survivor merged": {"was merged itself", func(t *testing.T, d *helpdesktest.Desk, _, into, other helpdesk.TicketID) {
			require.NoError(t, second(d.Merge(t.Context(), into, other)))
		}},
		"a later merge": {"later: take that back first", func(t *testing.T, d *helpdesktest.Desk, _, into, other helpdesk.TicketID) {
			require.NoError(t, second(d.Merge(t.Context(), other, into)))
		}},
		"erased": {"data was erased", func(t *testing.T, d *helpdesktest.Desk, _, _, _ helpdesk.TicketID) {
			require.NoError(t, second(d.Erase(t.Context(), kim)))
		}},
		"survivor erased": {"data was erased", func(t *testing.T, d *helpdesktest.Desk, _, _, _ helpdesk.TicketID) {
			require.NoError(t, second(d.Erase(t.Context(), "lee@example.com")))
		}},
	} {
		d := desk(t, nil)
		from := open(t, d, helpdesk.OpenParams{}).ID
		into := open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "lee@example.com"}}).ID
		other := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), from, into)))
		c.spoil(t, d, from, into, other)
		before := still(t, d, from)
		_, err := asAgent(d, ana).Unmerge(t.Context(), from)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, name)
		require.ErrorContains(t, err, c.why, name)
		require.Equal(t, before, still(t, d, from), name)
	}
	d := desk(t, nil)
	from, into := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(d.Merge(t.Context(), from, into)))
	require.ErrorIs(t, second(asCustomer(d, kim).Unmerge(t.Context(), from)), helpdesk.ErrForbidden)
	require.ErrorIs(t, second(d.ForTenant("other").Unmerge(t.Context(), from)), helpdesk.ErrNotFound)
	require.ErrorIs(t, second(asAgent(d, ana).IfVersion(1).Unmerge(t.Context(), from)), helpdesk.ErrConflict)
}

func TestMergesAreTakenBackLatestFirst(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	into := open(t, d, helpdesk.OpenParams{Tags: []string{"z"}}).ID
	d.Drain()
	var was []*helpdesk.Ticket
	var from []helpdesk.TicketID
	for _, tag := range []string{"a", "b"} {
		from = append(from, open(t, d, helpdesk.OpenParams{Tags: []string{tag}, Priority: helpdesk.Urgent}).ID)
		d.Drain()
	}
	for _, id := range from {
		was = append(was, still(t, d, into))
		require.NoError(t, second(d.Merge(t.Context(), id, into)))
		d.Advance(time.Minute)
	}
	for i := range 2 {
		require.NoError(t, second(d.Unmerge(t.Context(), from[1-i])))
		require.Equal(t, was[1-i], still(t, d, into))
	}
}

// TestUnmergeKeepsWhatWasDoneSince: an answer on the survivor stays, with the clock that it met, and
// so does a tag that was set by hand.
func TestUnmergeKeepsWhatWasDoneSince(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	into := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), into, "done")))
	d.Advance(time.Minute)
	from := open(t, d, helpdesk.OpenParams{Tags: []string{"refund"}}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), from, into)))
	d.Advance(time.Minute)
	writes(t, d, kim, from, "One more thing.")
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), into, helpdesk.ReplyParams{Body: "Here it is."})))
	require.NoError(t, second(asAgent(d, ana).SetTags(t.Context(), into, []string{"refund", "vip"})))
	d.Advance(time.Minute)
	require.NoError(t, second(asAgent(d, ana).Unmerge(t.Context(), from)))
	ticket := read(t, d, into)
	require.Equal(t, helpdesk.StatusProgress, ticket.Status, "it was answered since")
	require.Equal(t, []string{"vip"}, ticket.Tags)
	require.Equal(t, 1, ticket.Replies)
	require.Contains(t, texts(t, d, into, helpdesk.FromCustomer), "One more thing.")
	writes(t, d, kim, from, "Is it?")
	require.Contains(t, texts(t, d, from, helpdesk.FromCustomer), "Is it?", "the ticket takes messages itself again")
}

func TestUnmergeGivesTheTicketToTheQueueWhenItsAgentHasNoRoom(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		from := open(t, d, helpdesk.OpenParams{}).ID
		into := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), from, into)))
		for range 2 { // Ana has room for three
			open(t, d, helpdesk.OpenParams{})
		}
		d.Drain()
		require.NoError(t, second(d.Unmerge(t.Context(), from)))
		ticket := read(t, d, from)
		require.Equal(t, helpdesk.StatusNew, ticket.Status)
		require.Empty(t, ticket.Assignee)
		require.NotZero(t, ticket.QueuedAt)
		noDrift(t, d.Desk)
	})
}

// TestUnmergeOnce: of several at once, in any process, one takes the merge back.
func TestUnmergeOnce(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		from, into := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), from, into)))
		var wg sync.WaitGroup
		var done atomic.Int64
		for range 4 {
			wg.Go(func() {
				if _, err := asAgent(d, ana).Unmerge(t.Context(), from); err == nil {
					done.Add(1)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 1, done.Load())
		require.Equal(t, 1, events(t, d, from)[helpdesk.EventUnmerged])
		require.Equal(t, 1, events(t, d, into)[helpdesk.EventUnmerged])
		noDrift(t, d.Desk)
	})
}

// TestUnmergeTakesParticipantsAlong: whoever joined by the merge sees the survivor no more.
func TestUnmergeTakesParticipantsAlong(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	from := open(t, d, helpdesk.OpenParams{Customer: helpdesk.Contact{Email: "eve@example.com"}}).ID
	into := open(t, d, helpdesk.OpenParams{}).ID
	boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"})
	bob, zoe := []helpdesk.Contact{{Email: "bob@example.com"}}, []helpdesk.Contact{{Email: "zoe@example.com"}}
	require.NoError(t, second(boss.Edit(t.Context(), from, helpdesk.TicketEdit{Cc: &bob})))
	require.NoError(t, second(boss.Edit(t.Context(), into, helpdesk.TicketEdit{Cc: &zoe})))
	require.NoError(t, second(boss.Merge(t.Context(), from, into, helpdesk.JoinCustomer)))
	eve := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "eve@example.com"})
	require.NoError(t, second(eve.Thread(t.Context(), into)))

	require.NoError(t, second(boss.Unmerge(t.Context(), from)))
	require.ErrorIs(t, second(eve.Thread(t.Context(), into)), helpdesk.ErrNotFound)
	require.NoError(t, second(eve.Thread(t.Context(), from)))
	ticket, err := d.Ticket(t.Context(), into)
	require.NoError(t, err)
	require.Equal(t, zoe, ticket.Cc)
}

// TestAFullAgentKeepsTheTicketOfAMergeAndOfItsUndo: the one ticket makes the room for the other.
func TestAFullAgentKeepsTheTicketOfAMergeAndOfItsUndo(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		solved := open(t, d, helpdesk.OpenParams{}).ID
		require.NoError(t, second(d.Reassign(t.Context(), solved, ana)))
		require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), solved, "done")))
		var last helpdesk.TicketID
		for range 3 { // all that she has room for
			last = open(t, d, helpdesk.OpenParams{}).ID
			require.NoError(t, second(d.Reassign(t.Context(), last, ana)))
		}
		into, err := d.Merge(t.Context(), last, solved)
		require.NoError(t, err)
		require.Equal(t, ana, into.Assignee)
		require.Equal(t, helpdesk.StatusProgress, into.Status)
		back, err := d.Unmerge(t.Context(), last)
		require.NoError(t, err)
		require.Equal(t, ana, back.Assignee)
		require.Equal(t, helpdesk.StatusResolved, read(t, d, solved).Status)
	})
}
