package bunstore_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// preparing is a store with one connection.
func preparing(t *testing.T, cfg *bunstore.Config) *bunstore.Store {
	t.Helper()
	db := dbtest.Postgres(t)
	db.SetMaxOpenConns(1)
	store, err := bunstore.New(db, cfg)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

// prepared returns the statements that a connection has prepared.
func prepared(t *testing.T, on bun.IDB) (all []string) {
	t.Helper()
	require.NoError(t, on.NewRaw("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time").Scan(t.Context(), &all))
	return all
}

// TestAStatementIsPreparedOnce: few rows of a table are one statement however many they are, and
// many rows are planned anew.
func TestAStatementIsPreparedOnce(t *testing.T) {
	t.Parallel()
	store := preparing(t, nil)
	add(t, store, "acme", 1, nil)
	first := prepared(t, store.DB())
	require.Len(t, first, 6, "tickets, clocks, messages, words, events, tasks")
	require.NotContains(t, strings.Join(first, "\n"), "full_text", "a plain message does not name the columns of mails")
	add(t, store, "other", 3, nil)
	add(t, store, "many", 40, nil)
	require.Equal(t, first, prepared(t, store.DB()))
}

func TestNoPreparedStatementsPreparesNone(t *testing.T) {
	t.Parallel()
	store := preparing(t, &bunstore.Config{NoPreparedStatements: true})
	add(t, store, "acme", 3, nil)
	require.Empty(t, prepared(t, store.DB()))
}

// A pooler in transaction mode gives a client connections that do not know its statements, or know
// them from another client.
func TestCommitWorksWhereStatementsGetLost(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(t *testing.T, on bun.IDB){
		"unknown": func(t *testing.T, on bun.IDB) {
			_, err := on.ExecContext(t.Context(), "DEALLOCATE ALL")
			require.NoError(t, err)
		},
		"known to the server alone": func(t *testing.T, on bun.IDB) {
			var text, as string
			require.NoError(t, on.QueryRowContext(t.Context(), "SELECT statement, name FROM pg_prepared_statements WHERE statement LIKE '%helpdesk_events%'").Scan(&text, &as))
			_, err := on.ExecContext(t.Context(), "DEALLOCATE ALL")
			require.NoError(t, err)
			_, err = on.ExecContext(t.Context(), "PREPARE "+as+" AS "+text)
			require.NoError(t, err)
		},
	} {
		for _, inTx := range []bool{false, true} {
			store := preparing(t, nil)
			add(t, store, "before", 1, nil)
			on, run := store, bun.IDB(store.DB())
			var tx bun.Tx
			if inTx {
				tx = begin(t, store.DB())
				on, run = store.WithTx(tx), tx
			}
			lose(t, run)
			changes := add(t, on, "acme", 2, nil)
			if inTx {
				require.NoError(t, tx.Commit())
			}
			for _, c := range changes {
				_, err := store.Ticket(t.Context(), "acme", c.Ticket.ID)
				require.NoError(t, err, name)
			}
			lost := prepared(t, store.DB())
			add(t, store, "after", 1, nil)
			require.Equal(t, lost, prepared(t, store.DB()), "%s: the store prepares no more", name)
		}
	}
}

// TestPreparedStatementsOutliveAChangeOfTheSchema alters tables as a migration would.
func TestPreparedStatementsOutliveAChangeOfTheSchema(t *testing.T) {
	t.Parallel()
	store := preparing(t, nil)
	c := add(t, store, "acme", 1, nil)[0]
	reply := func(version int64) {
		c.Ticket.Version = version
		require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Ticket: c.Ticket}))
	}
	for v := range int64(7) { // so that the server has planned for all arguments
		reply(v + 1)
	}
	before := prepared(t, store.DB())
	for _, text := range []string{
		"ALTER TABLE helpdesk_tickets ADD COLUMN host_note text",
		"ALTER TABLE helpdesk_clocks ALTER COLUMN instance TYPE bigint",
		"DROP INDEX helpdesk_tickets_created",
		"ALTER TABLE helpdesk_tickets ALTER COLUMN replies TYPE bigint",
	} {
		_, err := store.DB().ExecContext(t.Context(), text)
		require.NoError(t, err)
	}
	reply(8)
	add(t, store, "other", 1, nil)
	require.Equal(t, before, prepared(t, store.DB()))
}

// TestACancelledCommitLeavesNothing cancels a commit that waits for a row in the middle.
func TestACancelledCommitLeavesNothing(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Loads: []helpdesk.LoadDelta{{Agent: "ann", Delta: 1}}}))
	tx := begin(t, db)
	_, err := tx.ExecContext(t.Context(), "SELECT 1 FROM helpdesk_loads FOR UPDATE")
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	c := opened("acme", 1)
	c.Loads = []helpdesk.LoadDelta{{Agent: "ann", Delta: 1}}
	failed := make(chan error, 1)
	go func() { failed <- store.Commit(ctx, c) }()
	waits := func() (n int) { // for a row of this schema's table
		err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_locks AS l JOIN pg_locks AS held USING (pid)
WHERE NOT l.granted AND held.relation = 'helpdesk_loads'::regclass`).Scan(&n)
		if err != nil {
			return -1
		}
		return n
	}
	require.Eventually(t, func() bool { return waits() > 0 }, time.Minute, 10*time.Millisecond)
	cancel()
	require.ErrorIs(t, <-failed, context.Canceled)
	require.Eventually(t, func() bool { return waits() == 0 }, time.Minute, 10*time.Millisecond, "pgx has the server cancel it")
	require.NoError(t, tx.Rollback())

	_, err = store.Ticket(t.Context(), "acme", c.Ticket.ID)
	require.ErrorIs(t, err, helpdesk.ErrNotFound)
	require.NoError(t, store.Commit(t.Context(), c), "nothing of it is there")
	loads, err := store.Loads(t.Context(), "acme")
	require.NoError(t, err)
	require.Equal(t, 2, loads["ann"].Open)
}

// TestACommitThatBeginsCancelledLeavesTheTransactionUsable: nothing of it was sent.
func TestACommitThatBeginsCancelledLeavesTheTransactionUsable(t *testing.T) {
	inEachWay(t, func(t *testing.T, store *bunstore.Store) {
		tx := begin(t, store.DB())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, store.WithTx(tx).Commit(ctx, opened("acme", 1)), context.Canceled)
		c := opened("acme", 2)
		require.NoError(t, store.WithTx(tx).Commit(t.Context(), c))
		require.NoError(t, tx.Commit())
		_, err := store.Ticket(t.Context(), "acme", c.Ticket.ID)
		require.NoError(t, err)
	})
}

// TestClocksThatDidNotChangeAreNotWritten looks at the versions of their rows, few and many.
func TestClocksThatDidNotChangeAreNotWritten(t *testing.T) {
	t.Parallel()
	for _, open := range []func(testing.TB) *bun.DB{dbtest.Postgres, dbtest.PostgresByAnotherDriver} {
		for _, tickets := range []int{1, 20} {
			store := migrated(t, open(t))
			changes := add(t, store, "acme", tickets, func(_ int, c *helpdesk.Change) {
				second := c.Ticket.Clocks[0]
				second.Metric = helpdesk.FirstResponse
				c.Ticket.Clocks = append(c.Ticket.Clocks, second)
			})
			written := func() (rows []string) {
				require.NoError(t, store.DB().NewRaw("SELECT xmin || ' ' || xmax FROM helpdesk_clocks WHERE metric = 'first_response' ORDER BY ticket_id").
					Scan(t.Context(), &rows))
				return rows
			}
			before := written()
			require.Len(t, before, tickets)
			for _, c := range changes {
				c.Ticket.Version, c.Messages, c.Tasks = 1, nil, nil
				c.Ticket.Clocks[0].MetAt = noon
				c.Events[0].ID = uuid.NewString()
			}
			require.NoError(t, store.Commit(t.Context(), changes...))
			require.Equal(t, before, written(), "neither written nor locked")
			got, err := store.Ticket(t.Context(), "acme", changes[0].Ticket.ID)
			require.NoError(t, err)
			require.Equal(t, changes[0].Ticket.Clocks, got.Clocks)
		}
	}
}
