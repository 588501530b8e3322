package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk"
)

// Overview tells how the tickets created in a period fared. A number that nothing
// stands behind is null.
type Overview struct {
	From          time.Time      `json:"from"`
	To            time.Time      `json:"to"`
	Total         int            `json:"total_tickets"`
	Resolved      int            `json:"resolved"`
	Open          int            `json:"open"`
	Breached      int            `json:"sla_breach_count"`
	Compliance    *float64       `json:"sla_compliance_pct" doc:"Null while no promise is kept or broken"`
	Resolution    *float64       `json:"avg_resolution_hours"`
	ByCategory    map[string]int `json:"by_category" doc:"uncategorized stands for none"`
	ByPriority    map[string]int `json:"by_priority"`
	FirstResponse Durations      `json:"first_response"`
	Resolutions   Durations      `json:"resolution"`
	Attainment    []Attainment   `json:"attainment" nullable:"false"`
}

// Durations sums up how long something took, in hours around the clock.
type Durations struct {
	N    int      `json:"n" doc:"How many tickets stand behind it"`
	Mean *float64 `json:"mean_hours"`
	P50  *float64 `json:"p50_hours"`
	P90  *float64 `json:"p90_hours"`
}

// Attainment counts how the clocks of one metric ended.
type Attainment struct {
	Metric   string  `json:"metric" enum:"first_response,next_response,resolution"`
	Met      int     `json:"met"`
	Breached int     `json:"breached"`
	Percent  float64 `json:"pct"`
}

type overviewInput struct {
	Days int `query:"days" minimum:"1" maximum:"3650" default:"30" doc:"How many times 24 hours back from now"`
}

type overviewOutput struct{ Body Overview }

func (h *Handler) overview(ctx context.Context, c *call, in *overviewInput) (*overviewOutput, error) {
	p := h.lastDays(in.Days)
	o, err := c.desk.Overview(ctx, p)
	if err != nil {
		return nil, err
	}
	w := Overview{
		From: p.From, To: p.To, Total: o.Total, Resolved: o.Resolved, Open: o.Open, Breached: o.Breached,
		Compliance: o.Compliance, ByCategory: map[string]int{}, ByPriority: map[string]int{},
		FirstResponse: durationsOf(o.FirstResponse), Resolutions: durationsOf(o.Resolution), Attainment: []Attainment{},
	}
	w.Resolution = w.Resolutions.Mean
	for category, g := range o.ByCategory {
		if category == "" {
			category = uncategorized
		}
		w.ByCategory[string(category)] += g.Total
	}
	for _, p := range helpdesk.Priorities {
		w.ByPriority[p.String()] = o.ByPriority[p].Total
	}
	for _, a := range o.Attainment {
		w.Attainment = append(w.Attainment, Attainment{string(a.Metric), a.Met, a.Breached, a.Percent()})
	}
	return &overviewOutput{w}, nil
}

// lastDays is the period of so many times 24 hours up to now. The end of a Period is not in it; what was created this moment is to
// be counted.
func (h *Handler) lastDays(n int) helpdesk.Period {
	p := helpdesk.LastDays(n, helpdesk.Instant(h.cfg.Clock.Now()))
	p.To = p.To.Add(time.Microsecond)
	return p
}

func durationsOf(d helpdesk.Durations) Durations {
	if d.N == 0 {
		return Durations{}
	}
	hours := func(d time.Duration) *float64 { h := d.Hours(); return &h }
	return Durations{d.N, hours(d.Mean), hours(d.P50), hours(d.P90)}
}

type healthOutput struct {
	Body struct {
		Status string `json:"status" enum:"ok"`
	}
}

func (h *Handler) healthz(context.Context, *call, *struct{}) (*healthOutput, error) {
	out := &healthOutput{}
	out.Body.Status = "ok"
	return out, nil
}

func (h *Handler) readyz(ctx context.Context, c *call, in *struct{}) (*healthOutput, error) {
	if err := h.cfg.Ready(ctx); err != nil {
		h.cfg.Logger.WarnContext(ctx, "httpapi: not ready", "request_id", requestID(ctx), "err", err)
		return nil, &huma.ErrorModel{Status: http.StatusServiceUnavailable, Title: "Service Unavailable", Detail: "the desk is not ready; the log says why"}
	}
	return h.healthz(ctx, c, in)
}
