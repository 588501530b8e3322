package bunstore

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// A lock holds a connection while its owner needs others: few at a time, and none from a pool so small that all of
// it could be held.
const (
	mostLocks   = 2
	leastToLock = 4
)

// Lock implements [helpdesk.Locker] on PostgreSQL: an advisory lock that ends with a transaction of its own, so that it works behind
// a pooler of transactions too, and nobody holds it whose process or connection is gone. On SQLite, in the host's transaction, and with a
// pool of less than four connections, nobody is kept out.
func (s *Store) Lock(ctx context.Context, tenant helpdesk.TenantID, name string) (unlock func(), err error) {
	free := func() {}
	if most := s.db.Stats().MaxOpenConnections; s.dialect != postgres || s.bound || (most > 0 && most < leastToLock) || !texts(string(tenant), name) {
		return free, nil
	}
	select {
	case s.locks <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() {
		if err != nil {
			<-s.locks
		}
	}()
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		tx, err := s.tryLock(ctx, tenant, name)
		if err != nil {
			return nil, fail("lock", err)
		}
		if tx != nil {
			return func() {
				_ = tx.Rollback() // there is nothing in it; a connection that is gone holds no lock
				<-s.locks
			}, nil
		}
		select {
		case <-time.After(wait/2 + rand.N(wait)):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryLock returns the transaction that holds the lock, or nil when somebody else has it. To wait for it in the database would keep a
// snapshot for as long, and with it every dead version of the rows that change most.
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
