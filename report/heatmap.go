package report

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// HeatMap counts the tickets created in a period by the weekday and the hour of a zone. Both arrays
// are indexed by time.Weekday, which begins with Sunday, and by hour.
type HeatMap struct {
	Created [7][24]int
	Time    [7][24]time.Duration // how long the period was in that hour: divide by it for a rate
}

// longestHeatMap is the longest period of a HeatMap.
const longestHeatMap = 366 * 24 * time.Hour

// HeatMap tells when tickets come in. A period of more than 366 days is ErrInvalid.
func (r Reports) HeatMap(ctx context.Context, q Query) (*HeatMap, error) {
	const op = "heat map"
	f, err := r.filter(ctx, &q)
	if err == nil && q.To.Sub(q.From) > longestHeatMap {
		err = &helpdesk.FieldError{Field: "period", Problem: "is longer than 366 days"}
	}
	if err != nil {
		return nil, fail(op, err)
	}
	zone := q.Zone
	if zone == nil {
		zone = time.UTC
	}
	bounds := q.hours(zone)
	flows, err := r.flows(ctx, f, bounds)
	if err != nil {
		return nil, fail(op, err)
	}
	m := &HeatMap{}
	for i, flow := range flows {
		at := bounds[i].In(zone)
		m.Created[at.Weekday()][at.Hour()] += flow.Created
		m.Time[at.Weekday()][at.Hour()] += bounds[i+1].Sub(bounds[i])
	}
	return m, nil
}
