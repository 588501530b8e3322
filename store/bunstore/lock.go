package bunstore

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// A lock on PostgreSQL holds a connection while its owner needs others: few at a time, and none from a pool so small that
// all of it could be held.
const (
	mostLocks   = 2
	leastToLock = 4
)

// Lock implements [helpdesk.Locker]. On PostgreSQL it is an advisory lock that ends with a transaction of its own: that works behind a
// pooler of transactions too, and nobody holds it whose process or connection is gone. On SQLite, in the host's transaction and
// with a pool of less than four connections it keeps out the callers of this Store alone.
func (s *Store) Lock(ctx context.Context, tenant helpdesk.TenantID, name string) (unlock func(), err error) {
	here, err := s.locks.lock(ctx, name+"/"+string(tenant))
	if err != nil {
		return nil, fail("lock", err)
	}
	most := s.db.Stats().MaxOpenConnections
	if s.dialect != postgres || s.bound || (most > 0 && most < leastToLock) || !texts(string(tenant), name) {
		return here, nil
	}
	everywhere, err := s.lockDatabase(ctx, tenant, name)
	if err != nil {
		here()
		return nil, fail("lock", err)
	}
	return func() { everywhere(); here() }, nil
}

// lockDatabase waits for the advisory lock. To wait for it in the database would keep a snapshot for as long, and with
// it every dead version of the rows that change most.
func (s *Store) lockDatabase(ctx context.Context, tenant helpdesk.TenantID, name string) (unlock func(), err error) {
	select {
	case s.locks.connections <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	release := func() { <-s.locks.connections }
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		tx, err := s.tryLock(ctx, tenant, name)
		if err != nil {
			release()
			return nil, err
		}
		if tx != nil {
			return func() {
				_ = tx.Rollback() // there is nothing in it; a connection that is gone holds no lock
				release()
			}, nil
		}
		select {
		case <-time.After(wait/2 + rand.N(wait)):
		case <-ctx.Done():
			release()
			return nil, ctx.Err()
		}
	}
}

// tryLock returns the transaction that holds the lock, or nil when somebody else has it.
func (s *Store) tryLock(ctx context.Context, tenant helpdesk.TenantID, name string) (*bun.Tx, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	var got bool
	err = tx.NewRaw("SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws('/', 'helpdesk', current_schema(), ?, ?), 0))", name, string(tenant)).Scan(ctx, &got)
	if err != nil || !got {
		_ = tx.Rollback()
		return nil, err
	}
	return &tx, nil
}

// locks are those of the callers of one Store.
type locks struct {
	connections chan struct{} // held by locks of the database
	mu          sync.Mutex
	held        map[string]chan struct{} // closed when it is free again
}

func newLocks() *locks {
	return &locks{connections: make(chan struct{}, mostLocks), held: map[string]chan struct{}{}}
}

func (l *locks) lock(ctx context.Context, key string) (unlock func(), err error) {
	for ctx.Err() == nil {
		l.mu.Lock()
		free := l.held[key]
		if free == nil {
			free = make(chan struct{})
			l.held[key] = free
			l.mu.Unlock()
			return func() {
				l.mu.Lock()
				defer l.mu.Unlock()
				delete(l.held, key)
				close(free)
			}, nil
		}
		l.mu.Unlock()
		select {
		case <-free:
		case <-ctx.Done():
		}
	}
	return nil, ctx.Err()
}
