package bunstore_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// host gives the host a table of its own.
func host(t *testing.T, db *bun.DB) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), "CREATE TABLE orders (id integer PRIMARY KEY)")
	require.NoError(t, err)
}

func orders(t *testing.T, on bun.IDB) (n int) {
	t.Helper()
	require.NoError(t, on.QueryRowContext(t.Context(), "SELECT count(*) FROM orders").Scan(&n))
	return n
}

func order(t *testing.T, tx bun.Tx, id string) {
	t.Helper()
	_, err := tx.ExecContext(t.Context(), "INSERT INTO orders (id) VALUES ("+id+")")
	require.NoError(t, err)
}

func begin(t *testing.T, db *bun.DB) bun.Tx {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	t.Cleanup(func() { tx.Rollback() }) // does nothing once it has ended
	return tx
}

func TestHostsRowAndTicketCommitTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		host(t, db)
		tx := begin(t, db)
		order(t, tx, "1")
		bound, c := store.WithTx(tx), opened("acme", 1)
		require.NoError(t, bound.Commit(t.Context(), c))
		inside, err := bound.Ticket(t.Context(), "acme", c.Ticket.ID)
		require.NoError(t, err, "the transaction sees what it wrote")
		require.Equal(t, int64(1), inside.Version)
		_, err = store.Ticket(t.Context(), "acme", c.Ticket.ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound, "nobody else does yet")

		require.NoError(t, tx.Commit())
		got, err := store.Ticket(t.Context(), "acme", c.Ticket.ID)
		require.NoError(t, err)
		require.Equal(t, inside, got)
		require.Equal(t, 1, orders(t, db))
	})
}

func TestHostsRollbackTakesTheTicketAlong(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		host(t, db)
		tx := begin(t, db)
		order(t, tx, "1")
		c := opened("acme", 1)
		require.NoError(t, store.WithTx(tx).Commit(t.Context(), c))
		require.NoError(t, tx.Rollback())

		_, err := store.Ticket(t.Context(), "acme", c.Ticket.ID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		found, err := store.Search(t.Context(), helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: terms("smokes")})
		require.NoError(t, err)
		require.Empty(t, found.Tickets)
		tasks, err := store.Lease(t.Context(), noon.AddDate(1, 0, 0), 1, 10)
		require.NoError(t, err)
		require.Empty(t, tasks)
		require.Zero(t, orders(t, db))
	})
}

// TestRefusedChangeLeavesTheTransactionUsable goes through every way to be refused.
func TestRefusedChangeLeavesTheTransactionUsable(t *testing.T) {
	inEachWay(t, func(t *testing.T, store *bunstore.Store) {
		db := store.DB()
		host(t, db)
		first := opened("acme", 1)
		first.Once = []helpdesk.OnceKey{{Scope: "mail", Key: "m1"}}
		first.Loads = []helpdesk.LoadDelta{{Agent: "ann", Delta: 1, Capacity: 1}}
		require.NoError(t, store.Commit(t.Context(), first))

		var dup *helpdesk.DuplicateError
		refusals := []struct {
			name   string
			change func(c *helpdesk.Change)
			want   error
		}{
			{"once", func(c *helpdesk.Change) { c.Once = first.Once }, &helpdesk.DuplicateError{Once: first.Once[0], Ticket: first.Ticket.ID}},
			{"ref", func(c *helpdesk.Change) { c.Ticket.Ref = first.Ticket.Ref }, &helpdesk.DuplicateError{
				Once: helpdesk.OnceKey{Scope: "ref", Key: first.Ticket.Ref}, Ticket: first.Ticket.ID,
			}},
			{"version", func(c *helpdesk.Change) { c.Ticket.Version = 7 }, helpdesk.ErrConflict},
			{"ticket", func(c *helpdesk.Change) { c.Events[0].Ticket = "00000000-0000-4000-8000-000000000000" }, helpdesk.ErrNotFound},
			{"capacity", func(c *helpdesk.Change) { c.Loads = first.Loads }, helpdesk.ErrCapacity},
			{"lease", func(c *helpdesk.Change) { c.Done = []helpdesk.Task{{Kind: "triage", Key: "x", Token: 5}} }, helpdesk.ErrConflict},
			{"setting", func(c *helpdesk.Change) {
				c.Settings = []helpdesk.Setting{{Kind: "k", Key: "x", Version: 3, Value: []byte("1"), At: noon}}
			}, helpdesk.ErrConflict},
			{"message twice", func(c *helpdesk.Change) { c.Messages = append(c.Messages, c.Messages[0]) }, helpdesk.ErrConflict},
			{"mail's ticket", func(c *helpdesk.Change) {
				c.Mail = []helpdesk.Mail{{ID: uuid.NewString(), Ticket: "00000000-0000-4000-8000-000000000000", At: noon}}
			}, helpdesk.ErrNotFound},
			{"rewrite", func(c *helpdesk.Change) { // of the first, but with messages that are not there
				t := first.Ticket.Clone()
				t.Version = 1
				c.Ticket, c.Rewrite, c.Events = t, true, nil
				c.Messages[0].Ticket = t.ID
			}, helpdesk.ErrNotFound},
			{"NUL", func(c *helpdesk.Change) { c.Messages[0].Body = "a\x00b" }, helpdesk.ErrInvalid},
		}
		tx := begin(t, db)
		bound := store.WithTx(tx)
		order(t, tx, "1")
		for i, r := range refusals {
			c := opened("acme", 100+i)
			r.change(c)
			err := bound.Commit(t.Context(), c)
			if errors.As(r.want, &dup) {
				var got *helpdesk.DuplicateError
				require.ErrorAs(t, err, &got, r.name)
				require.Equal(t, dup, got, r.name)
			} else {
				require.ErrorIs(t, err, r.want, r.name)
			}
			require.Equal(t, 1, orders(t, tx), "after %s the transaction goes on", r.name)
		}
		last := opened("acme", 2)
		require.NoError(t, bound.Commit(t.Context(), last))
		require.NoError(t, tx.Commit())

		page, err := store.Tickets(t.Context(), helpdesk.Query{Tenant: "acme", Order: helpdesk.Oldest})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 2, "nothing of what was refused is there")
		require.Equal(t, last.Ticket.ID, page.Tickets[1].ID)
		require.Equal(t, 1, orders(t, db))
	})
}

// The agent is named so that the next commit can leave that agent out.
func TestACommitGivesUpOnTheCounterThatAHostsTransactionKeeps(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *bun.DB{"pgx": dbtest.Postgres, "another driver": dbtest.PostgresByAnotherDriver} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			store := migrated(t, db)
			claim := func(agents ...helpdesk.AgentID) *helpdesk.Change {
				c := &helpdesk.Change{Tenant: "acme", LockWait: 20 * time.Millisecond}
				for _, a := range agents {
					c.Loads = append(c.Loads, helpdesk.LoadDelta{Agent: a, Delta: 1})
				}
				return c
			}
			first, waiting := opened("acme", 1), opened("acme", 2)
			require.NoError(t, store.Commit(t.Context(), first, waiting, claim("ana", "bob")))
			tx := begin(t, db)
			update := func(c *helpdesk.Change) *helpdesk.Change {
				ticket := *c.Ticket
				ticket.Version = 1
				return &helpdesk.Change{Tenant: "acme", Ticket: &ticket, LockWait: 20 * time.Millisecond}
			}
			require.NoError(t, store.WithTx(tx).Commit(t.Context(), update(first), claim("ana", "new")))

			for _, agent := range []helpdesk.AgentID{"ana", "new"} {
				var locked *helpdesk.LockedError
				require.ErrorAs(t, store.Commit(t.Context(), claim(agent)), &locked)
				require.Equal(t, agent, locked.Agent)
			}
			var locked *helpdesk.LockedError
			require.ErrorAs(t, store.Commit(t.Context(), update(first), claim("bob")), &locked)
			require.Empty(t, locked.Agent, "it is the ticket that is kept")
			require.NoError(t, store.Commit(t.Context(), update(waiting), claim("bob")))
			require.NoError(t, tx.Commit())
			require.NoError(t, store.Commit(t.Context(), claim("ana", "new")))
			loads, err := store.Loads(t.Context(), "acme")
			require.NoError(t, err)
			require.Equal(t, map[helpdesk.AgentID]helpdesk.Load{"ana": {Open: 3}, "bob": {Open: 2}, "new": {Open: 2}}, loads)
		})
	}
}
