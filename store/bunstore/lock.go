package bunstore

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk"
)

// lockTime is the longest time of a lock: after it, the lock of a process that died goes to the
// next caller.
const lockTime = 10 * time.Second

// Lock implements [helpdesk.Locker]. On PostgreSQL a lock is a row that lasts at most ten seconds.
// It is not an advisory lock. That would keep a connection from a pool in which its owner needs
// another. Waiting for it in the database would also keep a snapshot, and with it every dead
// version of the rows that change most. On SQLite and in the host's transaction it excludes only
// other callers of this Store.
func (s *Store) Lock(ctx context.Context, tenant helpdesk.TenantID, name string) (unlock func(), err error) {
	here, err := s.locks.lock(ctx, name+"/"+string(tenant))
	if err != nil {
		return nil, fail("lock", err)
	}
	if s.dialect != postgres || s.bound || !texts(string(tenant), name) {
		return here, nil
	}
	holder := uuid.NewString()
	if err := s.takeLock(ctx, tenant, name, holder); err != nil {
		here()
		return nil, fail("lock", err)
	}
	return func() {
		// A context that has ended must not leave the lock behind. If this fails, the lock expires.
		_, _ = s.run.NewRaw("DELETE FROM helpdesk_locks WHERE tenant_id = ? AND name = ? AND holder = ?", string(tenant), name, holder).
			Exec(context.WithoutCancel(ctx))
		here()
	}, nil
}

// Time implements [helpdesk.Timekeeper]. On SQLite the machine's clock is the only one.
func (s *Store) Time(ctx context.Context) (now time.Time, err error) {
	if s.dialect == sqlite {
		return helpdesk.SystemClock.Now(), nil
	}
	return now, s.run.NewRaw("SELECT clock_timestamp()").Scan(ctx, &now)
}

// takeLock tries until the row is free.
func (s *Store) takeLock(ctx context.Context, tenant helpdesk.TenantID, name, holder string) error {
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		res, err := s.run.NewRaw(`INSERT INTO helpdesk_locks AS l (tenant_id, name, holder, until) VALUES (?, ?, ?, now() + ? * interval '1 second')
ON CONFLICT (tenant_id, name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE l.until <= now()`,
			string(tenant), name, holder, int(lockTime.Seconds())).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		select {
		case <-time.After(wait/2 + rand.N(wait)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// locks are the locks of the callers of one Store, by name and tenant. A channel is closed when its
// lock is free again.
type locks struct {
	mu   sync.Mutex
	held map[string]chan struct{}
}

func newLocks() *locks { return &locks{held: map[string]chan struct{}{}} }

func (l *locks) lock(ctx context.Context, key string) (unlock func(), err error) {
	for ctx.Err() == nil {
		unlock, free := l.take(key)
		if unlock != nil {
			return unlock, nil
		}
		select {
		case <-free:
		case <-ctx.Done():
		}
	}
	return nil, ctx.Err()
}

// try takes a lock that is free. It returns nil when it is not.
func (l *locks) try(key string) (unlock func()) {
	unlock, _ = l.take(key)
	return unlock
}

// take takes a lock that is free, or returns the channel of the one who has it.
func (l *locks) take(key string) (unlock func(), held <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if free := l.held[key]; free != nil {
		return nil, free
	}
	free := make(chan struct{})
	l.held[key] = free
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.held, key)
		close(free)
	}, nil
}
