package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
)

// pageSize is how many tickets a page of the queue has.
const pageSize = 25

// listQueue reads the first page of the open queue at every size, all sizes in turn.
func listQueue(ctx context.Context, b *bench) error {
	var sides []func() (time.Duration, error)
	for _, n := range b.sizes {
		s, err := b.filled(ctx, n)
		if err != nil {
			return err
		}
		desk, err := s.desk(nil)
		if err != nil {
			return err
		}
		ours := func(ctx context.Context) error {
			page, err := desk.Tickets(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency, Limit: pageSize})
			if err == nil && len(page.Tickets) != pageSize {
				err = fmt.Errorf("%d tickets", len(page.Tickets))
			}
			return err
		}
		sides = append(sides, latency(ctx, 100, ours), latency(ctx, 100, s.queue))
	}
	progress("listing the queue")
	if _, err := versus(1, sides...); err != nil { // warm up
		return err
	}
	v, err := versus(b.rounds(9), sides...)
	if err != nil {
		return err
	}
	for i, n := range b.sizes {
		b.table.add(slower("List 25 of the open queue of "+count(n)+", p50", v[2*i], v[2*i+1], 3))
	}
	last := len(b.sizes) - 1
	l := slower("List: "+count(b.largest())+" beside "+count(b.sizes[0]), v[2*last], v[0], 1.5)
	b.table.add(l)
	return nil
}

// queue is the page by hand: the tickets, then their clocks.
func (s *site) queue(ctx context.Context) error {
	rows, err := s.pool.Query(ctx, `SELECT t.tenant_id, t.id, t.version, t.ref, t.subject, t.description, t.created_at, t.customer_name, t.customer_email,
t.source, t.tags::text, t.status, t.open, t.category, t.priority, t.category_by, t.priority_by, t.floor, t.suggestion::text, t.needs_review, t.assignee,
t.escalation_level, t.updated_at, t.triaged_at, t.assigned_at, t.begun_at, t.first_reply_at, t.resolved_at, t.closed_at, t.resolution, t.reopened, t.merged_into, t.rating::text
FROM helpdesk_tickets AS t WHERE t.tenant_id = $1 AND t.open ORDER BY t.urgency, t.due_at, t.created_at, t.id LIMIT $2`, string(tenant), pageSize)
	if err != nil {
		return err
	}
	tickets, err := pgx.CollectRows(rows, values)
	if err != nil {
		return err
	}
	ids := make([][16]byte, len(tickets))
	for i := range tickets {
		ids[i] = tickets[i][1].([16]byte)
	}
	rows, err = s.pool.Query(ctx, `SELECT c.ticket_id, c.metric, c.instance, c.position, c.policy, c.version, c.target, c.ran::text, c.consumed, c.started_at, c.running_since, c.due_at,
c.breached_at, c.detected_at, c.cause, c.voided_at, c.met_at, c.cancelled_at, c.fired::text FROM helpdesk_clocks AS c WHERE c.tenant_id = $1 AND c.ticket_id = ANY($2)`, string(tenant), ids)
	if err != nil {
		return err
	}
	clocks, err := pgx.CollectRows(rows, values)
	if err == nil && (len(tickets) != pageSize || len(clocks) != 2*pageSize) {
		err = fmt.Errorf("%d tickets and %d clocks", len(tickets), len(clocks))
	}
	return err
}

func values(row pgx.CollectableRow) ([]any, error) { return row.Values() }
