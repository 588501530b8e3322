package bunstore

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// CountTickets implements [helpdesk.Counter]. It stops at most, so that its time has a bound as
// well.
func (s *Store) CountTickets(ctx context.Context, q helpdesk.Query, most int) (int, error) {
	some := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").ColumnExpr("1").Limit(int64(max(0, most)))
	if most <= 0 || !s.filter(some, &q) {
		return 0, nil
	}
	var n int
	err := s.run.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS few", some).Scan(ctx, &n)
	return n, fail("count", err)
}
