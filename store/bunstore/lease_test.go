package bunstore_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

func TestLeasePassesByWhatOthersAreTaking(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	add(t, store, "acme", 4, nil)
	tx := begin(t, db)
	mine, err := store.WithTx(tx).Lease(t.Context(), noon.Add(time.Hour), time.Minute, 2)
	require.NoError(t, err)
	require.Len(t, mine, 2)

	others, err := store.Lease(t.Context(), noon.Add(time.Hour), time.Minute, 10) // would wait for ever
	require.NoError(t, err)
	require.Len(t, others, 2)
	require.NoError(t, tx.Rollback())
	again, err := store.Lease(t.Context(), noon.Add(time.Hour), time.Minute, 10)
	require.NoError(t, err)
	require.Len(t, again, 2, "what was rolled back was not leased")
	for i := range again {
		require.Equal(t, 1, again[i].Attempts)
		require.Greater(t, again[i].Token, mine[1].Token, "but its tokens are used up")
	}
}

func TestEachTaskIsLeasedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		add(t, store, "acme", 200, nil)
		var mu sync.Mutex
		tokens, keys := map[int64]bool{}, map[string]bool{}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for {
					tasks, err := store.Lease(t.Context(), noon.Add(time.Hour), time.Hour, 7)
					if err != nil {
						t.Error(err)
					}
					if len(tasks) == 0 {
						return
					}
					mu.Lock()
					for _, k := range tasks {
						tokens[k.Token], keys[k.Key] = true, true
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		require.Len(t, keys, 200)
		require.Len(t, tokens, 200)
	})
}

// TestTokensOutliveTheirTasks: were a token to come again, a worker that lost its lease long ago
// could finish somebody else's.
func TestTokensOutliveTheirTasks(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		last := int64(0)
		for i := range 5 {
			require.NoError(t, store.Commit(t.Context(), opened("acme", i)))
			tasks, err := storeOn(t, db).Lease(t.Context(), noon.Add(time.Hour), time.Hour, 10) // as after a restart
			require.NoError(t, err)
			require.Len(t, tasks, 1)
			require.Greater(t, tasks[0].Token, last)
			last = tasks[0].Token
			require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Done: tasks}))
		}
	})
}

// TestConflictingBatchesEnd commits batches that share their agents and tasks, named in
// opposite orders: none may be lost, and a deadlock is the store's to sort out.
func TestConflictingBatchesEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		agents := []helpdesk.AgentID{"ann", "bob", "cid", "dee"}
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range 25 {
					var changes []*helpdesk.Change
					for j := range agents {
						if w%2 == 0 {
							j = len(agents) - 1 - j
						}
						c := opened("acme", (w*25+i)*len(agents)+j)
						c.Loads = []helpdesk.LoadDelta{{Agent: agents[j], Delta: 1}}
						c.Tasks = append(c.Tasks, helpdesk.Task{Kind: helpdesk.TaskAssign, Key: string(agents[j]), DueAt: noon})
						changes = append(changes, c)
					}
					if err := store.Commit(t.Context(), changes...); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		loads, err := store.Loads(t.Context(), "acme")
		require.NoError(t, err)
		for _, a := range agents {
			require.Equal(t, 200, loads[a].Open)
		}
	})
}

// A host's transaction that moves a task may stay open for longer than a lease lasts.
func TestRenewPassesByWhatOthersKeep(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	add(t, store, "acme", 2, nil)
	tasks, err := store.Lease(t.Context(), noon.Add(time.Hour), time.Minute, 10)
	require.NoError(t, err)
	require.Len(t, tasks, 2)
	tx := begin(t, db)
	moved := tasks[0]
	moved.Token, moved.DueAt = 0, noon.AddDate(1, 0, 0)
	require.NoError(t, store.WithTx(tx).Commit(t.Context(), &helpdesk.Change{Tenant: "acme", Tasks: []helpdesk.Task{moved}}))

	require.NoError(t, store.Renew(t.Context(), noon.Add(3*time.Hour), tasks...)) // would wait for ever
	require.NoError(t, tx.Rollback())
	due, err := store.Lease(t.Context(), noon.Add(2*time.Hour), time.Minute, 10)
	require.NoError(t, err)
	require.Len(t, due, 1, "the lease of the other was renewed")
	require.Equal(t, tasks[0].Key, due[0].Key)
}
