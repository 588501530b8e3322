package bunstore

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
)

// EventsAfter implements [helpdesk.EventStreamer]. On PostgreSQL a page has at most Limit events,
// or all of one transaction. A transaction of the host may begin before another change of a ticket
// and change the ticket after it. The events of the two are in the order of the changes if one page
// has both. If there are more than Limit new events, they may be in the order of the beginnings.
//
// The Store has to read from a primary server: the snapshots of a standby do not name the open
// transactions.
func (s *Store) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (page helpdesk.StreamPage, err error) {
	q.Limit = max(q.Limit, 1)
	if s.dialect == sqlite {
		page, err = s.eventsAfterSeq(ctx, q)
	} else {
		page, err = s.eventsAfterSnapshot(ctx, q)
	}
	return page, fail("events after", err)
}

// streamedEvent is an event with its place in the stream.
type streamedEvent struct {
	datedEvent `bun:",extend"`

	XID uint64 `bun:"xid,scanonly"` // 0 on SQLite
}

const streamedColumns = "e.tenant_id, e.id, e.ticket_id, e.type, e.by_role, e.by_id, e.by_name, e.old, e.new, e.data, e.at, e.seq"

// ofTenants is the condition that an event is of one of the tenants of q. It returns false when
// there is none.
func ofTenants(q *helpdesk.StreamQuery) (schema.QueryWithArgs, bool) {
	if q.Tenants == nil {
		return bun.SafeQuery("TRUE"), true
	}
	var tenants []string
	for _, t := range q.Tenants {
		if texts(string(t)) {
			tenants = append(tenants, string(t))
		}
	}
	return bun.SafeQuery("e.tenant_id IN (?)", bun.List(tenants)), len(tenants) > 0
}

func streamedOf(rows []streamedEvent) (events []helpdesk.StreamEvent) {
	for i := range rows {
		events = append(events, helpdesk.StreamEvent{Tenant: helpdesk.TenantID(rows[i].Tenant), Event: rows[i].event()})
	}
	return events
}

// eventsAfterSeq reads from SQLite. It has one writer at a time, so that an event is committed
// before another gets a greater number.
func (s *Store) eventsAfterSeq(ctx context.Context, q helpdesk.StreamQuery) (page helpdesk.StreamPage, err error) {
	var last int64
	if err := s.run.NewRaw("SELECT coalesce(max(seq), 0) FROM helpdesk_events").Scan(ctx, &last); err != nil {
		return page, err
	}
	if q.After == "" {
		page.Next = seqPlace(last)
		return page, nil
	}
	after, err := parseSeqPlace("after", q.After, last)
	until := last
	if err == nil && q.Until != "" {
		until, err = parseSeqPlace("until", q.Until, last)
	}
	if err == nil && until < after {
		err = errBefore
	}
	if err != nil {
		return page, err
	}
	page.Next = seqPlace(until)
	tenants, some := ofTenants(&q)
	if !some || after == until {
		return page, nil
	}
	var rows []streamedEvent
	err = s.run.NewRaw("SELECT "+streamedColumns+" FROM helpdesk_events AS e WHERE e.seq > ? AND e.seq <= ? AND ? ORDER BY e.seq LIMIT ?",
		after, until, tenants, q.Limit+1).Scan(ctx, &rows)
	if err != nil {
		return page, err
	}
	if page.More = len(rows) > q.Limit; page.More {
		rows = rows[:q.Limit]
		page.Next = seqPlace(rows[q.Limit-1].Seq)
	}
	page.Events = streamedOf(rows)
	return page, nil
}

func seqPlace(seq int64) string { return "s" + strconv.FormatInt(seq, 36) }

func parseSeqPlace(field, text string, last int64) (int64, error) {
	digits, ok := strings.CutPrefix(text, "s")
	seq, err := strconv.ParseInt(digits, 36, 64)
	if !ok || err != nil || seqPlace(seq) != text || seq < 0 || seq > last {
		return 0, noPlace(field)
	}
	return seq, nil
}

func noPlace(field string) error {
	return &helpdesk.FieldError{Field: field, Problem: "is no place of this database"}
}

var errBefore = &helpdesk.FieldError{Field: "until", Problem: "is before after"}

// window is how many transactions of the whole server a page looks over at most, so that a page is
// quick however old its place is. Tests make it small.
var window uint64 = 1 << 20

// eventsAfterSnapshot reads from PostgreSQL the events of the transactions that had not ended in
// one snapshot and have in another. Numbers of events would not do: a transaction that takes its
// time shows its events after others have shown greater ones.
func (s *Store) eventsAfterSnapshot(ctx context.Context, q helpdesk.StreamQuery) (page helpdesk.StreamPage, err error) {
	now, err := s.moment(ctx)
	if err != nil {
		return page, err
	}
	if q.After == "" {
		page.Next = now.String()
		return page, nil
	}
	after, err := parseMoment("after", q.After, now)
	until := now
	if err == nil && q.Until != "" {
		until, err = parseMoment("until", q.Until, now)
	}
	if err == nil && until.next < after.next {
		err = errBefore
	}
	if err != nil {
		return page, err
	}
	if until.next-after.next > window {
		until, page.More = after.to(until, after.next+window), true
	}
	rows, err := s.between(ctx, &q, after, until)
	if err == nil && len(rows) > q.Limit {
		page.More = true
		first, last := rows[0].XID, rows[q.Limit].XID
		if first == last {
			last++
			rows, err = s.ofTransaction(ctx, &q, first)
		} else { // the last one may have more events
			rows = slices.DeleteFunc(rows, func(r streamedEvent) bool { return r.XID == last })
		}
		until = after.to(until, last)
	}
	if err != nil {
		return page, err
	}
	// A transaction that changes a ticket after another numbers its events after those of the
	// other.
	slices.SortFunc(rows, func(a, b streamedEvent) int { return cmp.Compare(a.Seq, b.Seq) })
	page.Events, page.Next = streamedOf(rows), until.String()
	return page, nil
}

// between selects the events of the transactions that had not ended at one moment and had at
// another, ordered by transaction: at most one more than the limit of q.
func (s *Store) between(ctx context.Context, q *helpdesk.StreamQuery, after, until moment) (rows []streamedEvent, err error) {
	tenants, some := ofTenants(q)
	if !some {
		return nil, nil
	}
	open := func(x uint64) bool { return slices.Contains(until.open, x) }
	var parts []string
	add := func(condition string) {
		parts = append(parts, "(SELECT "+streamedColumns+", e.xid FROM helpdesk_events AS e WHERE "+condition+" AND ?0 ORDER BY e.xid, e.seq LIMIT ?1)")
	}
	if late := slices.DeleteFunc(slices.Clone(after.open), open); len(late) > 0 {
		add("e.xid IN (" + xids(late) + ")")
	}
	if after.next < until.next {
		fresh := "e.xid >= " + xids([]uint64{after.next}) + " AND e.xid < " + xids([]uint64{until.next})
		if running := slices.DeleteFunc(slices.Clone(until.open), func(x uint64) bool { return x < after.next }); len(running) > 0 {
			fresh += " AND e.xid NOT IN (" + xids(running) + ")"
		}
		add(fresh)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	err = s.run.NewRaw("SELECT "+streamedColumns+", e.xid::text::bigint AS xid FROM ("+strings.Join(parts, "\nUNION ALL\n")+") AS e ORDER BY e.xid, e.seq LIMIT ?1",
		tenants, q.Limit+1).Scan(ctx, &rows)
	return rows, err
}

// ofTransaction selects all events of one transaction.
func (s *Store) ofTransaction(ctx context.Context, q *helpdesk.StreamQuery, xid uint64) (rows []streamedEvent, err error) {
	tenants, _ := ofTenants(q)
	err = s.run.NewRaw("SELECT "+streamedColumns+" FROM helpdesk_events AS e WHERE e.xid = "+xids([]uint64{xid})+" AND ?", tenants).Scan(ctx, &rows)
	return rows, err
}

// xids writes numbers of transactions as a list of constants.
func xids(list []uint64) string {
	var b strings.Builder
	for i, x := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("'" + strconv.FormatUint(x, 10) + "'::xid8")
	}
	return b.String()
}

// ahead selects the events whose transactions this server has not had. They come with a dump of
// another server.
const ahead = "FROM helpdesk_events WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) AND xid IS DISTINCT FROM pg_current_xact_id_if_assigned()"

// checkEvents returns an error if there are events that would be new once more when this server has
// had as many transactions as another.
func (s *Store) checkEvents(ctx context.Context) error {
	var some bool
	if err := s.run.NewRaw("SELECT EXISTS (SELECT 1 "+ahead+")").Scan(ctx, &some); err != nil || !some {
		return err
	}
	return errors.New("events have the transaction ids of another server, from which they were restored: run Migrate")
}

// adoptEvents takes such ids away.
func (s *Store) adoptEvents(ctx context.Context, on bun.IDB) error {
	return exec(ctx, on, "UPDATE helpdesk_events SET xid = NULL "+strings.TrimPrefix(ahead, "FROM helpdesk_events "))
}
