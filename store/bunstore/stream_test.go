package bunstore_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// noteOn adds an event to a ticket and returns its id.
func noteOn(t *testing.T, on *bunstore.Store, c *helpdesk.Change) string {
	t.Helper()
	e := helpdesk.Event{ID: uuid.NewString(), Ticket: c.Ticket.ID, Type: helpdesk.EventNoted, At: noon}
	require.NoError(t, on.Commit(t.Context(), &helpdesk.Change{Tenant: c.Tenant, Events: []helpdesk.Event{e}}))
	return e.ID
}

// present is the present place.
func present(t *testing.T, store *bunstore.Store) string {
	t.Helper()
	page, err := store.EventsAfter(t.Context(), helpdesk.StreamQuery{Limit: 1})
	require.NoError(t, err)
	require.Empty(t, page.Events)
	return page.Next
}

// news follows the pages from a place up to the present.
func news(t *testing.T, store *bunstore.Store, after string, limit int) (ids []string, next string) {
	t.Helper()
	for {
		page, err := store.EventsAfter(t.Context(), helpdesk.StreamQuery{After: after, Limit: limit})
		require.NoError(t, err)
		for _, e := range page.Events {
			ids = append(ids, e.Event.ID)
		}
		if after = page.Next; !page.More {
			return ids, after
		}
	}
}

// TestNewEventsOfTransactionsThatOverlapComeOnce has transactions of a host that begin, write, are
// refused, commit and roll back in any order, while a reader follows.
func TestNewEventsOfTransactionsThatOverlapComeOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	tickets := add(t, store, "acme", 3, nil)
	type open struct {
		tx    bun.Tx
		store *bunstore.Store
		ids   []string
	}
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 7))
		start := present(t, store)
		at, want, got := start, []string{}, []string{}
		var all []*open
		end := func(i int, commit bool) {
			o := all[i]
			all = slices.Delete(all, i, i+1)
			if !commit {
				require.NoError(t, o.tx.Rollback())
				return
			}
			require.NoError(t, o.tx.Commit())
			want = append(want, o.ids...)
		}
		read := func(limit int) {
			var ids []string
			ids, at = news(t, store, at, limit)
			got = append(got, ids...)
			require.ElementsMatch(t, want, got, "seed %d", seed)
		}
		for range 60 {
			c := tickets[r.IntN(len(tickets))]
			some := len(all) > 0 && r.IntN(3) > 0
			i := 0
			if some {
				i = r.IntN(len(all))
			}
			switch step := r.IntN(10); {
			case step < 2 && len(all) < 4:
				tx := begin(t, db)
				if r.IntN(2) == 0 { // it has a number before it has an event
					_, err := tx.ExecContext(t.Context(), "SELECT pg_current_xact_id()")
					require.NoError(t, err)
				}
				all = append(all, &open{tx: tx, store: store.WithTx(tx)})
			case step < 5 && some:
				all[i].ids = append(all[i].ids, noteOn(t, all[i].store, c))
			case step < 6 && some: // a refused change is rolled back to its savepoint
				stale := c.Ticket.Clone()
				stale.Version = 99
				refused := &helpdesk.Change{Tenant: "acme", Ticket: stale, Events: []helpdesk.Event{{ID: uuid.NewString(), Ticket: stale.ID, Type: helpdesk.EventNoted, At: noon}}}
				require.ErrorIs(t, all[i].store.Commit(t.Context(), refused), helpdesk.ErrConflict)
			case step < 8 && some:
				end(i, r.IntN(4) > 0)
			case step < 9:
				want = append(want, noteOn(t, store, c))
			default:
				read(1 + r.IntN(4))
			}
		}
		for len(all) > 0 {
			end(0, true)
		}
		read(2)
		again, _ := news(t, store, start, 1000)
		require.ElementsMatch(t, want, again, "seed %d, all at once", seed)
	}
}

// TestNewEventsOfATicketComeInItsOrder has a transaction that has its number first and changes the
// ticket last.
func TestNewEventsOfATicketComeInItsOrder(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	c := add(t, store, "acme", 1, nil)[0]
	start := present(t, store)
	tx := begin(t, db)
	_, err := tx.ExecContext(t.Context(), "SELECT pg_current_xact_id()")
	require.NoError(t, err)
	first := noteOn(t, store, c)
	second := noteOn(t, store.WithTx(tx), c)
	require.NoError(t, tx.Commit())
	got, _ := news(t, store, start, 10)
	require.Equal(t, []string{first, second}, got)
}

// TestAStoreInATransactionDoesNotTellItsOwnEvents: they may yet be rolled back.
func TestAStoreInATransactionDoesNotTellItsOwnEvents(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	c := add(t, store, "acme", 1, nil)[0]
	start := present(t, store)
	tx := begin(t, db)
	own := noteOn(t, store.WithTx(tx), c)
	other := noteOn(t, store, c)
	got, next := news(t, store.WithTx(tx), start, 10)
	require.Equal(t, []string{other}, got)
	require.NoError(t, tx.Commit())
	got, _ = news(t, store, next, 10)
	require.Equal(t, []string{own}, got)
}

func TestEventsOfAnotherServerAreNotNew(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	c := add(t, store, "acme", 1, nil)[0]
	start := present(t, store)
	noteOn(t, store, c)
	require.NoError(t, store.Check(t.Context()))
	_, err := db.ExecContext(t.Context(), "UPDATE helpdesk_events SET xid = '999999999999'") // a dump of a server that has had more transactions
	require.NoError(t, err)
	got, next := news(t, store, start, 10)
	require.Empty(t, got)
	require.EqualError(t, store.Check(t.Context()), "bunstore: check: events have the transaction ids of another server, from which they were restored: run Migrate")
	require.NoError(t, store.Migrate(t.Context()))
	require.NoError(t, store.Check(t.Context()))
	id := noteOn(t, store, c)
	got, _ = news(t, store, next, 10)
	require.Equal(t, []string{id}, got)
	_, err = store.EventsAfter(t.Context(), helpdesk.StreamQuery{After: "pzzzzzz", Limit: 1})
	require.ErrorIs(t, err, helpdesk.ErrInvalid, "a place of that server")
}

// TestNewEventsAreFoundByTheirIndex: a look reads no more however many events there are, and asks
// for no event when no transaction has ended.
func TestNewEventsAreFoundByTheirIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		c := add(t, store, "acme", 500, func(_ int, c *helpdesk.Change) {
			for i := range 10 {
				c.Events = append(c.Events, helpdesk.Event{ID: uuid.NewString(), Ticket: c.Ticket.ID, Type: helpdesk.EventNoted, To: fmt.Sprint(i), At: noon})
			}
		})[0]
		_, err := db.ExecContext(t.Context(), "ANALYZE")
		require.NoError(t, err)
		heard := &listener{}
		loud := storeOn(t, db.WithQueryHook(heard))
		start := present(t, store)
		if db.Dialect().Name() == bundialect.PG {
			tx := begin(t, db)
			noteOn(t, store.WithTx(tx), c)
			noteOn(t, store, c)
			start = present(t, store)
			require.NoError(t, tx.Commit()) // late
		}
		noteOn(t, store, c)
		for _, tenants := range [][]helpdesk.TenantID{nil, {"acme"}, {"acme", "other", "third"}} {
			heard.said = nil
			page, err := loud.EventsAfter(t.Context(), helpdesk.StreamQuery{After: start, Tenants: tenants, Limit: 100})
			require.NoError(t, err)
			require.Len(t, heard.said, 2)
			plan := explain(t, db, heard.said[1])
			if db.Dialect().Name() == bundialect.PG {
				require.Len(t, page.Events, 2)
				require.Equal(t, 2, strings.Count(plan, "helpdesk_events_new"), plan)
				require.NotContains(t, plan, "Seq Scan", plan)
			} else {
				require.Len(t, page.Events, 1)
				require.Contains(t, plan, "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)", plan)
			}
			heard.said = nil
			again, err := loud.EventsAfter(t.Context(), helpdesk.StreamQuery{After: page.Next, Until: page.Next, Tenants: tenants, Limit: 100})
			require.NoError(t, err)
			require.Equal(t, helpdesk.StreamPage{Next: page.Next}, again)
			require.Len(t, heard.said, 1)
		}
	})
}
