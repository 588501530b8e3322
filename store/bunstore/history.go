package bunstore

import (
	"context"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// eventPage is how many events are read at a time.
const eventPage = 2000

// Events implements [helpdesk.EventReader]. It reads pages one after the other, outside of any
// transaction. Events that are added meanwhile may be among them, but none comes twice.
func (s *Store) Events(ctx context.Context, q helpdesk.EventQuery) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		types := make([]string, 0, len(q.Types))
		for _, t := range q.Types {
			if texts(string(t)) {
				types = append(types, string(t))
			}
		}
		if len(types) == 0 || !texts(string(q.Tenant), q.By) || (q.Ticket != "" && !canonical(string(q.Ticket))) {
			return
		}
		slices.Sort(types)
		scoped, some := s.inScope(q.Tenant, q.Scope)
		if !some {
			return
		}
		var after *datedEvent
		for {
			var rows []datedEvent
			sel := s.run.NewSelect().Model(&rows).Where("e.tenant_id = ?", string(q.Tenant)).Where("e.type IN (?)", bun.List(types)).
				OrderExpr("e.at, e.seq").Limit(eventPage)
			if !q.From.IsZero() {
				sel.Where("e.at >= ?", at(q.From))
			}
			if !q.To.IsZero() {
				sel.Where("e.at < ?", at(q.To))
			}
			if q.Ticket != "" {
				sel.Where("e.ticket_id = ?", string(q.Ticket))
			}
			if q.By != "" {
				sel.Where("e.by_id = ?", q.By)
			}
			if q.Scope != nil {
				sel.Where("e.ticket_id IN (?)", scoped)
			}
			if after != nil {
				sel.Where("(e.at, e.seq) > (?, ?)", after.At, after.Seq)
			}
			if err := sel.Scan(ctx); err != nil {
				yield(helpdesk.Event{}, fail("events", err))
				return
			}
			for i := range rows {
				if !yield(rows[i].event(), nil) {
					return
				}
			}
			if len(rows) < eventPage {
				return
			}
			after = &rows[len(rows)-1]
		}
	}
}

// datedEvent is an event with what decides between those of one instant.
type datedEvent struct {
	eventRow `bun:",extend"`

	Seq int64 `bun:"seq,type:bigint"`
}
