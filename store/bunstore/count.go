package bunstore

import (
	"context"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// CountTickets implements [helpdesk.Counter], in one statement. Each count stops at most, so that
// its time has a bound as well.
func (s *Store) CountTickets(ctx context.Context, most int, qs ...helpdesk.Query) ([]int, error) {
	counts := make([]int, len(qs))
	var parts []string
	var args []any
	for i := range qs {
		some := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").ColumnExpr("1").Limit(int64(max(0, most)))
		if most > 0 && s.filter(some, &qs[i]) {
			parts, args = append(parts, "SELECT ? AS i, count(*) AS n FROM (?) AS few"), append(args, i, some)
		}
	}
	if len(parts) == 0 {
		return counts, nil
	}
	var rows []struct{ I, N int }
	if err := s.run.NewRaw(strings.Join(parts, "\nUNION ALL "), args...).Scan(ctx, &rows); err != nil {
		return nil, fail("count", err)
	}
	for _, r := range rows {
		counts[r.I] = r.N
	}
	return counts, nil
}
