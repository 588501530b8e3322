package bunstore_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

func TestACommonWordIsFoundInEachOfItsTicketsLatestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		var want []*helpdesk.Ticket
		for _, c := range add(t, store, "acme", 2400, func(i int, c *helpdesk.Change) {
			c.Ticket.CreatedAt = noon.Add(time.Duration(i*7919%600) * time.Minute) // four of each time
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
			q := helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme", Limit: limit}, Words: []string{"common"}}
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

func ids(tickets []*helpdesk.Ticket) (list []helpdesk.TicketID) {
	for _, t := range tickets {
		list = append(list, t.ID)
	}
	return list
}
