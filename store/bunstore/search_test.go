package bunstore_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func TestACommonWordIsFoundInEachOfItsTicketsLatestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		var want []*helpdesk.Ticket
		for _, c := range add(t, store, "acme", 2400, func(i int, c *helpdesk.Change) {
			c.Ticket.CreatedAt = noon.Add(time.Duration(i*7919%600) * time.Minute) // four of each time
			c.Messages[0].At = c.Ticket.CreatedAt
			c.Messages[0].Body = "rare"
			if i%2 == 0 || i < 40 {
				c.Messages[0].Body = "so common"
			}
		}) {
			if c.Messages[0].Body == "so common" {
				want = append(want, c.Ticket)
			}
		}
		add(t, store, "other", 50, func(_ int, c *helpdesk.Change) { c.Messages[0].Body = "so common" })
		slices.SortFunc(want, func(a, b *helpdesk.Ticket) int {
			return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
		})
		for _, limit := range []int{97, 500} {
			q := helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme", Limit: limit}, Terms: terms("common")}
			var found []*helpdesk.Ticket
			for {
				page, err := store.Search(t.Context(), q)
				require.NoError(t, err)
				found = append(found, page.Tickets...)
				if q.After = page.Next; q.After == "" {
					break
				}
				require.Less(t, len(found), 3000, "there is an end")
			}
			require.Equal(t, ids(want), ids(found))
		}
	})
}

// TestAWordInMoreMessagesThanAreReadIsFoundWherePeopleLook has a word in more messages than a
// search reads.
func TestAWordInMoreMessagesThanAreReadIsFoundWherePeopleLook(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		const n = bunstore.MostMatches + 900
		var open, high, all []helpdesk.TicketID
		for i, c := range add(t, store, "acme", n, func(i int, c *helpdesk.Change) {
			c.Ticket.CreatedAt = noon.Add(time.Duration(i) * time.Minute)
			c.Messages[0].At, c.Messages[0].Body = c.Ticket.CreatedAt, "so common"
			if i%7 == 3 {
				c.Messages[0].Body = "so rare"
			}
			c.Ticket.Priority = helpdesk.Low
			if i%50 == 0 {
				c.Ticket.Priority = helpdesk.High
			}
			if i%1000 != 7 && (i < n-100 || i%3 != 0) { // few are open, most of them new
				c.Ticket.Status, c.Ticket.Clocks = helpdesk.StatusClosed, nil
			}
		}) {
			if i%7 == 3 {
				continue
			}
			if all = append(all, c.Ticket.ID); c.Ticket.Status.Open() {
				open = append(open, c.Ticket.ID)
			}
			if i%50 == 0 {
				high = append(high, c.Ticket.ID)
			}
		}
		for _, want := range [][]helpdesk.TicketID{open, high, all} {
			slices.Reverse(want) // the latest first
		}
		search := func(q helpdesk.Query) (found []helpdesk.TicketID) {
			q.Tenant = "acme"
			for {
				page, err := store.Search(t.Context(), helpdesk.SearchQuery{Query: q, Terms: terms("so", "common")})
				require.NoError(t, err)
				found = append(found, ids(page.Tickets)...)
				if q.After = page.Next; q.After == "" {
					return found
				}
				require.LessOrEqual(t, len(found), n, "there is an end")
			}
		}
		require.ElementsMatch(t, open, search(helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.ByDue, Limit: 11}))
		require.ElementsMatch(t, open, search(helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency, Limit: 500}))
		require.Equal(t, open, search(helpdesk.Query{Status: helpdesk.OpenStatuses, Limit: 500}))
		require.Equal(t, all, search(helpdesk.Query{Limit: 300}))
		require.Equal(t, high, search(helpdesk.Query{Priority: []helpdesk.Priority{helpdesk.High}, Limit: 20}))
	})
}

// TestTheLatestTicketsAreFoundWhateverIsSaidInThem has a word in many messages of each ticket: in
// more of the latest tickets than are read.
func TestTheLatestTicketsAreFoundWhateverIsSaidInThem(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		var want []helpdesk.TicketID
		for _, c := range add(t, store, "acme", 100, func(i int, c *helpdesk.Change) {
			c.Ticket.CreatedAt = noon.Add(time.Duration(i) * time.Minute)
			m := c.Messages[0]
			c.Messages = nil
			for j := range bunstore.MostMatches/50 + 1 {
				m.ID, m.At, m.Body = uuid.NewString(), c.Ticket.CreatedAt.Add(time.Duration(j)*time.Second), "so common"
				c.Messages = append(c.Messages, m)
			}
		}) {
			want = append(want, c.Ticket.ID)
		}
		for _, q := range []helpdesk.Query{{Order: helpdesk.Oldest}, {}, {Status: helpdesk.OpenStatuses}} {
			if q.Order == helpdesk.Newest && len(q.Status) == 0 {
				slices.Reverse(want)
			}
			q.Tenant, q.Limit = "acme", 20
			var found []helpdesk.TicketID
			for {
				page, err := store.Search(t.Context(), helpdesk.SearchQuery{Query: q, Terms: terms("common")})
				require.NoError(t, err)
				found = append(found, ids(page.Tickets)...)
				if q.After = page.Next; q.After == "" {
					break
				}
				require.LessOrEqual(t, len(found), len(want), "there is an end")
			}
			require.Equal(t, want, found, "%+v", q)
		}
	})
}

// TestSearchesFindWhatTheReferenceFinds asks, page by page, for words of any frequency in tickets
// of any age and in later messages. On SQLite all searches are made alike, and storetest has them.
func TestSearchesFindWhatTheReferenceFinds(t *testing.T) {
	t.Parallel()
	store, reference := migrated(t, dbtest.Postgres(t)), memstore.New()
	var tenants int
	rapid.Check(t, func(rt *rapid.T) {
		tenants++
		tenant := helpdesk.TenantID(fmt.Sprint("t", tenants))
		within := rapid.SampledFrom([]int{0, 1, 50, 5000, 5_000_000}).Draw(rt, "minutes")
		var all []*helpdesk.Change
		for i := range rapid.IntRange(1, 250).Draw(rt, "tickets") {
			c := opened(tenant, i)
			created := noon.Add(time.Duration(rapid.IntRange(0, within).Draw(rt, "created")) * time.Minute)
			c.Ticket.CreatedAt, c.Messages[0].At = created, created.Add(-rapid.SampledFrom([]time.Duration{0, 0, time.Hour}).Draw(rt, "early"))
			c.Messages[0].Body = rapid.SampledFrom([]string{"common", "common too", "rare", "other"}).Draw(rt, "body")
			if rapid.IntRange(0, 3).Draw(rt, "more") == 0 {
				m := c.Messages[0]
				m.ID, m.At, m.Body = uuid.NewString(), created.Add(time.Duration(rapid.IntRange(0, 90).Draw(rt, "days"))*24*time.Hour), "common again"
				c.Messages = append(c.Messages, m)
			}
			if rapid.Bool().Draw(rt, "closed") {
				c.Ticket.Status, c.Ticket.Clocks = helpdesk.StatusClosed, nil
			}
			all = append(all, c)
		}
		require.NoError(rt, store.Commit(t.Context(), all...))
		require.NoError(rt, reference.Commit(t.Context(), all...))
		for range 3 {
			q := helpdesk.SearchQuery{
				Query: helpdesk.Query{Tenant: tenant, Limit: rapid.IntRange(1, 70).Draw(rt, "limit")},
				Terms: rapid.SampledFrom([][]helpdesk.SearchTerm{
					terms("common"), terms("again"), terms("common", "too"), terms("rare"), terms("absent"),
					{{Word: "co", Prefix: true}}, {{Word: "ra", Prefix: true}}, {{Word: "common"}, {Word: "too", Not: true}}, {{Word: "common", Not: true}},
				}).Draw(rt, "terms"),
			}
			switch rapid.IntRange(0, 4).Draw(rt, "kind") {
			case 0:
				q.Status, q.Order = helpdesk.OpenStatuses, helpdesk.ByDue
			case 1:
				q.Status, q.Order = []helpdesk.Status{helpdesk.StatusClosed}, helpdesk.Oldest
			case 2:
				q.DueBefore, q.Order = noon.Add(time.Duration(within)*time.Minute), helpdesk.Urgency
			}
			for pages := 0; pages == 0 || q.After != ""; pages++ {
				require.Less(rt, pages, 300, "there is an end")
				want, err := helpdesk.Search(t.Context(), reference, q)
				require.NoError(rt, err)
				got, err := store.Search(t.Context(), q)
				require.NoError(rt, err)
				require.Equal(rt, ids(want.Tickets), ids(got.Tickets), "page %d of %+v", pages, q)
				require.Equal(rt, want.Next, got.Next)
				q.After = want.Next
			}
		}
	})
}

// terms asks for whole words.
func terms(words ...string) (list []helpdesk.SearchTerm) {
	for _, w := range words {
		list = append(list, helpdesk.SearchTerm{Word: w})
	}
	return list
}

func ids(tickets []*helpdesk.Ticket) (list []helpdesk.TicketID) {
	for _, t := range tickets {
		list = append(list, t.ID)
	}
	return list
}
