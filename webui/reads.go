package webui

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// reads are the reports behind a dashboard. Each is asked for once, however many sections show it, and all at the same time.
type reads struct {
	period helpdesk.Period

	now    func() (*helpdesk.Overview, error)
	first  func() (time.Time, error)          // when the first ticket of all was created; zero when there is none
	before func() (*helpdesk.Overview, error) // the period of the same length before; nil when the first ticket came after it had begun
	points func() ([]helpdesk.Point, error)
	heat   func() (*helpdesk.HeatMap, error)
	people *kept[*helpdesk.AgentReport]
	triage *kept[*helpdesk.TriageReport]
}

func (v *visit) reads(p helpdesk.Period) *reads {
	q := helpdesk.ReportQuery{Period: p, Zone: v.zone, Step: grain(p)}
	r := &reads{
		period: p,
		now:    sync.OnceValues(func() (*helpdesk.Overview, error) { return v.desk.Overview(v.ctx, p) }),
		first:  sync.OnceValues(v.firstTicket),
		points: sync.OnceValues(func() ([]helpdesk.Point, error) { return v.desk.Series(v.ctx, q) }),
		heat:   sync.OnceValues(func() (*helpdesk.HeatMap, error) { return v.desk.HeatMap(v.ctx, q) }),
	}
	r.before = sync.OnceValues(func() (*helpdesk.Overview, error) {
		first, err := r.first()
		if err != nil || first.IsZero() || first.After(p.Previous().From) {
			return nil, err
		}
		return v.desk.Overview(v.ctx, p.Previous())
	})
	return r
}

// firstTicket returns when the oldest ticket was created: the first row of the index that lists are read by.
func (v *visit) firstTicket() (time.Time, error) {
	page, err := v.desk.Tickets(v.ctx, helpdesk.Query{Order: helpdesk.Oldest, Limit: 1})
	if err != nil || len(page.Tickets) == 0 {
		return time.Time{}, err
	}
	return page.Tickets[0].CreatedAt, nil
}

// begin asks for everything that is not dear. A panic is that of whoever asks again, for which [sync.OnceValues] keeps it.
func (r *reads) begin() {
	for _, ask := range []func(){func() { r.now() }, func() { r.before() }, func() { r.points() }, func() { r.heat() }} {
		go func() {
			defer func() { recover() }()
			ask()
		}()
	}
}

// Those two read single tickets and events, and so are dear when there are many: see [keep].

func (v *visit) agentReport(r *reads) *kept[*helpdesk.AgentReport] {
	if r.people == nil {
		desk := v.desk
		r.people = v.w.people.get(v.ctx, v.keepKey(r.period), func(ctx context.Context) (*helpdesk.AgentReport, error) { return desk.AgentReport(ctx, r.period) })
	}
	return r.people
}

func (v *visit) triageReport(r *reads) *kept[*helpdesk.TriageReport] {
	if r.triage == nil {
		desk := v.desk
		r.triage = v.w.triage.get(v.ctx, v.keepKey(r.period), func(ctx context.Context) (*helpdesk.TriageReport, error) { return desk.TriageReport(ctx, r.period) })
	}
	return r.triage
}

// keepKey names what one viewer may see of a period. One that goes on until now is the same period a moment later.
func (v *visit) keepKey(p helpdesk.Period) string {
	end := "now"
	if !p.To.Equal(v.now) {
		end = p.To.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%q %q %q %s %s", v.desk.Tenant(), v.who.Role, v.who.ID, p.From.UTC().Format(time.RFC3339Nano), end)
}
