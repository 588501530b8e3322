package bunstore

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// Add implements the Ledger of package classify, for budgets that all processes share. It adds
// billionths of a US dollar to the spending of a tenant on a day such as "2026-03-02", unless the
// sum would exceed limit. It reports whether it did. A negative nano is a refund and always
// succeeds. Add runs outside of the host's transaction.
func (s *Store) Add(ctx context.Context, tenant helpdesk.TenantID, day string, nano, limit int64) (bool, error) {
	if !texts(string(tenant), day) {
		return false, fail("ledger", helpdesk.ErrInvalid)
	}
	if nano < 0 {
		limit = 1<<63 - 1
	}
	res, err := s.db.NewRaw(`INSERT INTO helpdesk_spending AS s (tenant_id, day, nano)
SELECT ?, ?, CAST(? AS bigint) WHERE CAST(? AS bigint) <= CAST(? AS bigint)
OR EXISTS (SELECT 1 FROM helpdesk_spending WHERE tenant_id = ? AND day = ?)
ON CONFLICT (tenant_id, day) DO UPDATE SET nano = s.nano + excluded.nano WHERE s.nano <= CAST(? AS bigint)`,
		string(tenant), day, nano, nano, limit, string(tenant), day, room(limit, nano)).Exec(ctx)
	if err != nil {
		return false, fail("ledger", err)
	}
	n, err := res.RowsAffected()
	return n == 1, fail("ledger", err)
}

// room is the greatest spending before the addition of nano, without an overflow.
func room(limit, nano int64) int64 {
	if nano < 0 {
		return limit
	}
	return limit - nano
}
