package helpdesk_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// messageIDs returns the ids of a ticket's messages of a kind.
func messageIDs(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, kind helpdesk.MessageKind) (list []string) {
	t.Helper()
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	for _, m := range th.Messages {
		if m.Kind == kind {
			list = append(list, m.ID)
		}
	}
	return list
}

func TestSplitOpensATicketOfChosenMessages(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{Description: "The first thing."}).ID
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).Note(t.Context(), id, "She means the invoice.")))
		require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Done."})))
		d.Advance(time.Hour)
		writes(t, d, kim, id, "And another thing.")
		asked := d.Clock.Now()
		d.Advance(10 * time.Minute)
		require.NoError(t, second(asAgent(d, ana).Edit(t.Context(), id, helpdesk.TicketEdit{Cc: &[]helpdesk.Contact{{Email: outsider}}})))
		before := still(t, d, id)
		said, notes := messageIDs(t, d, id, helpdesk.FromCustomer), messageIDs(t, d, id, helpdesk.InternalNote)
		d.Notices.Reset()
		p := helpdesk.SplitParams{Messages: []string{said[1], notes[0]}, Subject: "Another thing"}

		var wg sync.WaitGroup // a double click, in two processes
		var mu sync.Mutex
		made := map[helpdesk.TicketID]bool{}
		for range 3 {
			wg.Go(func() {
				ticket, err := asAgent(d, ana).Split(t.Context(), id, p)
				if mu.Lock(); err == nil {
					made[ticket.ID] = true
				}
				mu.Unlock()
			})
		}
		wg.Wait()
		require.Len(t, made, 1)
		next, err := asAgent(d, ana).Split(t.Context(), id, p)
		require.NoError(t, err)
		require.True(t, made[next.ID])

		require.Equal(t, "Another thing", next.Subject)
		require.Equal(t, []string{outsider}, emails(next.Cc))
		require.Equal(t, "And another thing.", next.Description)
		require.Equal(t, before.Customer, next.Customer)
		require.Equal(t, before.CustomerID, next.CustomerID)
		require.Equal(t, []string{"And another thing."}, texts(t, d, next.ID, helpdesk.FromCustomer))
		require.Equal(t, []string{"She means the invoice."}, texts(t, d, next.ID, helpdesk.InternalNote))
		require.Len(t, texts(t, d, id, helpdesk.FromCustomer), 2, "the messages stay")
		require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "Ana split ticket "+next.Ref+" from this one.")
		require.Contains(t, texts(t, d, next.ID, helpdesk.SystemNote), "Ana split this from ticket "+before.Ref+".")
		require.Equal(t, asked, next.CreatedAt)
		for _, c := range next.Clocks {
			require.Equal(t, asked, c.StartedAt, "%s: the customer waits since then", c.Metric)
		}
		require.Equal(t, before, still(t, d, id))
		d.Drain()
		require.Equal(t, 1, events(t, d, id)[helpdesk.EventSplit])
		require.Equal(t, 1, events(t, d, next.ID)[helpdesk.EventSplit])
		require.Empty(t, d.Notices.Of(helpdesk.NoticeReceived))
		th, err := asCustomer(d, kim).Thread(t.Context(), next.ID)
		require.NoError(t, err)
		require.Len(t, th.Messages, 1)

		answered, err := d.Split(t.Context(), id, helpdesk.SplitParams{Messages: said[:1]})
		require.NoError(t, err)
		require.Equal(t, d.Clock.Now(), answered.CreatedAt, "an agent has answered it")
		_, err = d.Erase(t.Context(), kim)
		require.NoError(t, err)
		require.NotContains(t, texts(t, d, next.ID, helpdesk.FromCustomer), "And another thing.")
	})
}

func TestSplitIsRefused(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{Description: "Mine."}).ID
	others := open(t, d, helpdesk.OpenParams{Description: "Lee's.", Customer: helpdesk.Contact{Email: "lee@example.com"}}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Done."})))
	require.NoError(t, second(asAgent(d, ana).Note(t.Context(), id, "A note.")))
	said, strange := messageIDs(t, d, id, helpdesk.FromCustomer), messageIDs(t, d, others, helpdesk.FromCustomer)
	split := func(d *helpdesk.Desk, ids ...string) error {
		return second(d.Split(t.Context(), id, helpdesk.SplitParams{Messages: ids}))
	}
	require.ErrorContains(t, split(d.Desk), "messages are not between 1 and 50")
	require.ErrorContains(t, split(d.Desk, make([]string, 51)...), "messages are not between 1 and 50")
	require.ErrorContains(t, split(d.Desk, said[0], strange[0]), "messages[1] is not a message of the ticket")
	require.ErrorContains(t, split(d.Desk, messageIDs(t, d, id, helpdesk.FromAgent)...), "messages[0] is neither the customer's nor a note")
	require.ErrorContains(t, split(d.Desk, messageIDs(t, d, id, helpdesk.InternalNote)...), "messages hold none of the customer")
	require.ErrorIs(t, split(asCustomer(d, kim), said...), helpdesk.ErrForbidden)
	require.ErrorIs(t, split(d.ForTenant("other"), said...), helpdesk.ErrNotFound)
	require.ErrorIs(t, split(d.IfVersion(1), said...), helpdesk.ErrConflict)
	require.NoError(t, second(d.Merge(t.Context(), others, id)))
	require.ErrorContains(t, split(d.Desk, strange[0]), "messages[0] is of another customer")
	page, err := d.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 2)
}

// TestTheLanguageThatAnAgentSetIsThatOfASplitAndOfAFollowUp: the few words of either may be in
// none.
func TestTheLanguageThatAnAgentSetIsThatOfASplitAndOfAFollowUp(t *testing.T) {
	t.Parallel()
	d := hire(helpdesktest.New(t, nil, nil))
	id, tag := open(t, d, helpdesk.OpenParams{Subject: "Refund for my last order", Description: "Please send me the money back."}).ID, "de"
	require.NoError(t, second(d.Edit(t.Context(), id, helpdesk.TicketEdit{Language: &tag})))
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	split, err := d.Split(t.Context(), id, helpdesk.SplitParams{Messages: []string{th.Messages[0].ID}})
	require.NoError(t, err)
	require.Equal(t, "de", split.Language)
	require.NoError(t, second(d.SetStatus(t.Context(), id, helpdesk.StatusClosed)))
	next, err := asCustomer(d, kim).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "42?"})
	require.NoError(t, err)
	require.NotEqual(t, id, next.ID)
	require.Equal(t, "de", read(t, d, next.ID).Language)
}
