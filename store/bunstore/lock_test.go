package bunstore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// Each owner of a lock needs a connection, and two Stores may share a pool that has hardly any.
func TestLocksKeepNoConnections(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store := migrated(t, db)
	db.SetMaxOpenConns(1)
	other, err := bunstore.New(db, nil)
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var wg, held sync.WaitGroup
	held.Add(8)
	for i := range 8 {
		s := []*bunstore.Store{store, other}[i%2]
		wg.Go(func() {
			unlock, err := s.Lock(ctx, helpdesk.TenantID(rune('a'+i)), "queue")
			held.Done()
			if err != nil {
				t.Error("lock", err)
				return
			}
			defer unlock()
			held.Wait()
			if _, err := s.Tickets(ctx, helpdesk.Query{Tenant: "a", Limit: 1}); err != nil {
				t.Error("under the lock:", err)
			}
		})
	}
	wg.Wait()
}

// Who waits for the locks of some tenants must not keep others from theirs.
func TestWaitingForALockKeepsNobodyFromAnother(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	one := migrated(t, dbtest.Open(t, url))
	other, err := bunstore.New(dbtest.Open(t, url), nil)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for _, tenant := range []helpdesk.TenantID{"t1", "t2", "t3", "t4"} {
		unlock, err := one.Lock(ctx, tenant, "queue")
		require.NoError(t, err)
		defer unlock()
		waiting.Go(func() {
			_, err := other.Lock(ctx, tenant, "queue")
			if err == nil {
				t.Error("two hold the lock of", tenant)
			}
		})
	}
	unlock, err := other.Lock(ctx, "t5", "queue")
	require.NoError(t, err)
	unlock()
	stop()
	waiting.Wait()
}

// The lock of a process that died is free again after its time, and its late unlock does not free
// the next holder's lock.
func TestALockThatNobodyGivesBackRunsOut(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	db := dbtest.Open(t, url)
	died := migrated(t, db)
	next, err := bunstore.New(dbtest.Open(t, url), nil)
	require.NoError(t, err)
	late, err := died.Lock(t.Context(), "acme", "queue")
	require.NoError(t, err)
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = next.Lock(short, "acme", "queue")
	require.Error(t, err)
	_, err = db.ExecContext(t.Context(), "UPDATE helpdesk_locks SET until = until - interval '10 seconds'")
	require.NoError(t, err)
	unlock, err := next.Lock(t.Context(), "acme", "queue")
	require.NoError(t, err)
	late()
	var rows int
	require.NoError(t, db.NewRaw("SELECT count(*) FROM helpdesk_locks WHERE tenant_id = 'acme'").Scan(t.Context(), &rows))
	require.Equal(t, 1, rows)
	unlock()
	unlock, err = next.Lock(t.Context(), "acme", "queue")
	require.NoError(t, err)
	unlock()
}
