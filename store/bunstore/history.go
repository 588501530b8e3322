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
		if q.Latest > 0 {
			s.latestEvents(ctx, q, types, yield)
			return
		}
		var after *datedEvent
		for {
			var rows []datedEvent
			sel, some := s.selectEvents(&rows, &q, types)
			if !some {
				return
			}
			sel.OrderExpr("e.at, e.seq").Limit(eventPage)
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

// triageTypes are the types of events in the index helpdesk_events_triage.
var triageTypes = []string{
	string(helpdesk.EventOverride), string(helpdesk.EventShadow), string(helpdesk.EventFeedback), string(helpdesk.EventTriaged),
}

// selectEvents selects the events of a query, in no order yet. It returns false when there are
// none.
func (s *Store) selectEvents(rows *[]datedEvent, q *helpdesk.EventQuery, types []string) (*bun.SelectQuery, bool) {
	sel := s.run.NewSelect().Model(rows).Where("e.tenant_id = ?", string(q.Tenant)).Where("e.type IN (?)", bun.List(types))
	if s.dialect == sqlite && !slices.ContainsFunc(types, func(t string) bool { return !slices.Contains(triageTypes, t) }) {
		sel.Where("e.type IN (?)", bun.List(triageTypes)) // which alone tells SQLite of the partial index
	}
	if !q.From.IsZero() {
		sel.Where("e.at >= ?", at(q.From))
	}
	if !q.To.IsZero() {
		sel.Where("e.at < ?", at(q.To))
	}
	if q.Ticket != "" {
		sel.Where("e.ticket_id = ?", string(q.Ticket))
	}
	if q.Among != nil {
		among := kept(q.Among, canonical)
		if len(among) == 0 {
			return sel, false
		}
		sel.Where("e.ticket_id IN (?)", bun.List(among))
	}
	if q.By != "" {
		sel.Where("e.by_id = ?", q.By)
	}
	if q.Scope == nil {
		return sel, true
	}
	scoped, some := s.inScope(q.Tenant, q.Scope)
	return sel.Where("e.ticket_id IN (?)", scoped), some
}

// latestEvents yields the last events of a query, read backwards.
func (s *Store) latestEvents(ctx context.Context, q helpdesk.EventQuery, types []string, yield func(helpdesk.Event, error) bool) {
	var rows []datedEvent
	sel, some := s.selectEvents(&rows, &q, types)
	if !some {
		return
	}
	if err := sel.OrderExpr("e.at DESC, e.seq DESC").Limit(int64(q.Latest)).Scan(ctx); err != nil {
		yield(helpdesk.Event{}, fail("events", err))
		return
	}
	for _, r := range slices.Backward(rows) {
		if !yield(r.event(), nil) {
			return
		}
	}
}

// datedEvent is an event with what decides between those of one instant.
type datedEvent struct {
	eventRow `bun:",extend"`

	Seq int64 `bun:"seq,type:bigint"`
}
