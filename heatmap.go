package helpdesk

import (
	"context"
	"time"
)

// HeatMap counts the tickets created in a period by the weekday and the hour of a zone.
type HeatMap struct {
	Created [7][24]int           // by time.Weekday, so Sunday first, and by hour
	Time    [7][24]time.Duration // how much of the period was in that hour of that weekday: what a rate is to be based on
}

// mostHours is the longest period of a HeatMap.
const mostHours = 366 * 24 * time.Hour

// HeatMap tells when tickets come in. A period of more than 366 days is ErrInvalid. The actor must not be a customer.
func (d *Desk) HeatMap(ctx context.Context, q ReportQuery) (*HeatMap, error) {
	const op = "heat map"
	f, err := d.reportFilter(ctx, &q)
	if err == nil && q.To.Sub(q.From) > mostHours {
		err = &FieldError{"period", "is longer than 366 days"}
	}
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	zone := q.Zone
	if zone == nil {
		zone = time.UTC
	}
	bounds := q.hours(zone)
	flows, err := d.flows(ctx, f, bounds)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	m := &HeatMap{}
	for i, flow := range flows {
		at := bounds[i].In(zone)
		m.Created[at.Weekday()][at.Hour()] += flow.Created
		m.Time[at.Weekday()][at.Hour()] += bounds[i+1].Sub(bounds[i])
	}
	return m, nil
}

// flows counts moves between bounds.
func (d *Desk) flows(ctx context.Context, f ReportFilter, bounds []time.Time) ([]Flow, error) {
	if s, ok := As[FlowCounter](d.store); ok {
		return s.Flows(ctx, d.tenant, f, bounds)
	}
	ours, open := map[TicketID]bool{}, 0
	for t, err := range d.reported(ctx, f) {
		if err != nil {
			return nil, err
		}
		if ours[t.ID] = true; t.Status.Open() {
			open++
		}
	}
	return ComputeFlows(bounds, ofTickets(ours, Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: moving, From: bounds[0]})), open)
}
