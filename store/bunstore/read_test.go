package bunstore_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store"
)

func TestMalformedIDIsNotFound(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		c := add(t, store, "acme", 1, nil)[0]
		for _, id := range []helpdesk.TicketID{
			"", "17", "'", "\x00", "\xff", "{" + c.Ticket.ID + "}", "urn:uuid:" + c.Ticket.ID, c.Ticket.ID + " ", "FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF",
		} {
			_, err := store.Ticket(t.Context(), "acme", id)
			require.ErrorIs(t, err, helpdesk.ErrNotFound, "%q", id)
			_, err = store.Thread(t.Context(), "acme", id)
			require.ErrorIs(t, err, helpdesk.ErrNotFound, "%q", id)
			page, err := store.Tickets(t.Context(), helpdesk.Query{Tenant: "acme", IDs: []helpdesk.TicketID{id}})
			require.NoError(t, err, "%q", id)
			require.Empty(t, page.Tickets)
			err = store.Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Events: []helpdesk.Event{{ID: uuid.NewString(), Ticket: id, At: noon}}})
			require.ErrorIs(t, err, helpdesk.ErrNotFound, "%q", id)
			page, err = store.Tickets(t.Context(), helpdesk.Query{Tenant: "acme", IDs: []helpdesk.TicketID{id, c.Ticket.ID}})
			require.NoError(t, err)
			require.Len(t, page.Tickets, 1, "the good one of two is found")
		}
	})
}

// TestTextNoRowCanHoldFindsNothing asks with NUL and with bytes that are no UTF-8, which
// PostgreSQL would answer with an error of its own.
func TestTextNoRowCanHoldFindsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add(t, store, "acme", 1, nil)
		ctx := t.Context()
		for _, bad := range []string{"acme\x00", "\xff"} {
			for name, q := range map[string]helpdesk.Query{
				"tenant":   {Tenant: helpdesk.TenantID(bad)},
				"ref":      {Tenant: "acme", Refs: []string{bad}},
				"status":   {Tenant: "acme", Status: []helpdesk.Status{helpdesk.Status(bad)}},
				"category": {Tenant: "acme", Category: []helpdesk.Category{helpdesk.Category(bad)}},
				"source":   {Tenant: "acme", Source: []helpdesk.Source{helpdesk.Source(bad)}},
				"assignee": {Tenant: "acme", Assignee: helpdesk.AgentID(bad)},
				"customer": {Tenant: "acme", Customer: bad},
				"tag":      {Tenant: "acme", Tag: bad},
			} {
				page, err := store.Tickets(ctx, q)
				require.NoError(t, err, name)
				require.Empty(t, page.Tickets, name)
			}
			tenant := helpdesk.TenantID(bad)
			settings, err := store.Settings(ctx, helpdesk.SettingQuery{Tenant: tenant, Kind: helpdesk.SettingAgent})
			require.NoError(t, err)
			require.Empty(t, settings)
			for _, q := range []helpdesk.SettingQuery{
				{Tenant: "acme", Kind: helpdesk.SettingKind(bad)}, {Tenant: "acme", Kind: helpdesk.SettingAgent, Key: bad},
			} {
				settings, err = store.Settings(ctx, q)
				require.NoError(t, err)
				require.Empty(t, settings)
			}
			loads, err := store.Loads(ctx, tenant)
			require.NoError(t, err)
			require.Empty(t, loads)
			dead, err := store.DeadTasks(ctx, tenant, 10)
			require.NoError(t, err)
			require.Empty(t, dead)
			o, _, err := store.Overviews(ctx, tenant, report.Filter{}, []time.Time{noon, noon.Add(time.Hour)}, noon)
			require.NoError(t, err)
			require.Zero(t, o[0].Total)
			for _, q := range []helpdesk.SearchQuery{
				{Query: helpdesk.Query{Tenant: tenant}, Terms: terms("smokes")}, {Query: helpdesk.Query{Tenant: "acme"}, Terms: terms(bad)},
				{Query: helpdesk.Query{Tenant: "acme", Customer: bad}, Terms: terms("smokes")},
			} {
				found, err := store.Search(ctx, q)
				require.NoError(t, err)
				require.Empty(t, found.Tickets)
			}
		}
	})
}

// TestSearchTakesWordsForWords: what is no word is found nowhere, whatever it says to the
// database's query language.
func TestSearchTakesWordsForWords(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add(t, store, "acme", 1, nil)
		find := func(words ...string) int {
			found, err := store.Search(t.Context(), helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: terms(words...)})
			require.NoError(t, err, "%q", words)
			return len(found.Tickets)
		}
		require.Equal(t, 1, find("smokes", "printer"))
		for _, word := range []string{"", " ", "Smokes", "x' | 'smokes", `x" OR "smokes`, "smok:*", "smok*", "!x", "smokes & it", "it smokes"} {
			require.Zero(t, find(word), "%q", word)
			require.Zero(t, find("smokes", word), "%q", word)
		}
	})
}

// TestEveryLetterIsIndexed puts each letter, mark and digit of Unicode through both
// databases' own tokenizers, which must not know better than store.Words.
func TestEveryLetterIsIndexed(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		s := migrated(t, db)
		var changes []*helpdesk.Change
		var words []string
		seen := map[string]bool{}
		for r := rune(1); r <= 0x1ffff; r++ {
			for _, w := range store.Words("q" + string(r) + "z") {
				if !seen[w] {
					seen[w], words = true, append(words, w)
				}
			}
		}
		require.Greater(t, len(words), 50000)
		for i := 0; i < len(words); i += 2000 {
			c := opened("acme", i)
			c.Messages[0].Body = fmt.Sprint(words[i:min(i+2000, len(words))])
			changes = append(changes, c)
		}
		require.NoError(t, s.Commit(t.Context(), changes...))
		for i := range changes {
			part := words[i*2000 : min((i+1)*2000, len(words))]
			for j := 0; j < len(part); j += 100 { // many at once: a message must hold them all
				found, err := s.Search(t.Context(), helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: terms(part[j:min(j+100, len(part))]...)})
				require.NoError(t, err)
				require.NotEmpty(t, found.Tickets, "%q", part[j:min(j+100, len(part))])
			}
		}
	})
}

func TestTimesBetweenMicrosecondsFilterExactly(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		stored := add(t, store, "acme", 1, nil)[0].Ticket
		due := stored.Clocks[0].DueAt
		for _, q := range []helpdesk.Query{
			{From: noon}, {From: noon.Add(1)}, {From: noon.Add(-1)}, {To: noon}, {To: noon.Add(1)}, {To: noon.Add(-1)},
			{DueBefore: due}, {DueBefore: due.Add(1)}, {DueBefore: due.Add(-1)},
		} {
			q.Tenant = "acme"
			page, err := store.Tickets(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, q.Match(stored), len(page.Tickets) == 1, "%+v", q)
		}
	})
}

// TestThreadShowsWholeChanges reads while each Change adds one message, one event and a version.
func TestThreadShowsWholeChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		ticket := add(t, store, "acme", 1, nil)[0].Ticket.Clone()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var wg sync.WaitGroup
		defer wg.Wait()
		wg.Go(func() {
			defer cancel()
			for v := int64(1); v <= 200; v++ {
				ticket.Version = v
				err := store.Commit(t.Context(), &helpdesk.Change{
					Tenant: "acme", Ticket: ticket,
					Messages: []helpdesk.Message{{ID: uuid.NewString(), Ticket: ticket.ID, Kind: helpdesk.InternalNote, Body: "n", At: noon}},
					Events:   []helpdesk.Event{{ID: uuid.NewString(), Ticket: ticket.ID, Type: helpdesk.EventNoted, At: noon}},
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
		for ctx.Err() == nil {
			th, err := store.Thread(t.Context(), "acme", ticket.ID)
			require.NoError(t, err)
			require.Len(t, th.Messages, int(th.Ticket.Version))
			require.Len(t, th.Events, int(th.Ticket.Version))
		}
	})
}

// TestPagesGoOverOpenAndClosedTickets: by urgency a page is put together from two index ranges.
func TestPagesGoOverOpenAndClosedTickets(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		s := migrated(t, db)
		var all []*helpdesk.Ticket
		for _, c := range add(t, s, "acme", 70, func(i int, c *helpdesk.Change) {
			c.Ticket.Status = helpdesk.Statuses[i%len(helpdesk.Statuses)]
			c.Ticket.Category = helpdesk.Category([]string{"x", "y"}[i%2])
			if i%3 == 0 {
				c.Ticket.Clocks = nil
			}
		}) {
			all = append(all, c.Ticket)
		}
		for _, q := range []helpdesk.Query{
			{},
			{Status: []helpdesk.Status{helpdesk.StatusNew, helpdesk.StatusClosed}},
			{Status: []helpdesk.Status{helpdesk.StatusResolved, helpdesk.StatusClosed}},
			{Category: []helpdesk.Category{"y"}},
			{DueBefore: noon.Add(61 * time.Minute), Status: helpdesk.Statuses},
			{IDs: []helpdesk.TicketID{all[3].ID, all[5].ID, all[6].ID}},
		} {
			q.Tenant, q.Order, q.Limit = "acme", helpdesk.Urgency, 7
			var want, got []helpdesk.TicketID
			for _, ticket := range slices.SortedFunc(slices.Values(all), func(a, b *helpdesk.Ticket) int {
				return store.CursorAt(q.Order, a).Compare(store.CursorAt(q.Order, b))
			}) {
				if q.Match(ticket) {
					want = append(want, ticket.ID)
				}
			}
			for {
				page, err := s.Tickets(t.Context(), q)
				require.NoError(t, err)
				for _, ticket := range page.Tickets {
					got = append(got, ticket.ID)
				}
				if page.Next == "" {
					break
				}
				q.After = page.Next
			}
			require.Equal(t, want, got)
		}
	})
}
