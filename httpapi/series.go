package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// Series tells how a period went step by step.
type Series struct {
	Zone   string        `json:"zone"`
	Step   string        `json:"step" enum:"day,week,month"`
	Points []SeriesPoint `json:"points" nullable:"false"`

	sheet
}

// SeriesPoint is one step. All but the flow is about the tickets created in it, as of now.
type SeriesPoint struct {
	From          time.Time    `json:"from" doc:"In the zone"`
	To            time.Time    `json:"to"`
	Flow          Flow         `json:"flow"`
	FirstResponse Durations    `json:"first_response"`
	FirstOpen     Durations    `json:"first_response_open"`
	Resolution    Durations    `json:"resolution"`
	ResolveOpen   Durations    `json:"resolution_open"`
	Attainment    []Attainment `json:"attainment" nullable:"false"`
}

type seriesInput struct {
	PeriodParams
	FilterParams
	FormatParams
	Step string `query:"step" enum:"day,week,month" default:"day" doc:"How long each step is, in the zone"`
}

func (h *Handler) series(ctx context.Context, c *call, in *seriesInput) (*reportOutput[Series], error) {
	q, err := h.query(&in.PeriodParams, &in.FilterParams)
	if err != nil {
		return nil, err
	}
	q.Step = report.Granularity(in.Step)
	points, err := in.reports(c).Series(ctx, q)
	if err != nil {
		return nil, err
	}
	w := Series{Zone: q.Zone.String(), Step: in.Step, Points: []SeriesPoint{}}
	for i := range points {
		p := &points[i]
		w.Points = append(w.Points, SeriesPoint{
			From: p.From.In(q.Zone), To: p.To.In(q.Zone), Flow: flowOf(p.Flow),
			FirstResponse: durationsOf(p.FirstResponse), FirstOpen: durationsOf(p.FirstResponseOpen),
			Resolution: durationsOf(p.Resolution), ResolveOpen: durationsOf(p.ResolutionOpen), Attainment: attainmentOf(p.Attainment, false),
		})
	}
	return answered(ctx, in.FormatParams, "series", &w, &w.sheet, func() *report.Table { return report.SeriesTable(points, q.Zone) }), nil
}

// HeatMap counts tickets by the weekday and the hour in which they were created.
type HeatMap struct {
	Zone string    `json:"zone"`
	Days []HeatDay `json:"days" nullable:"false" doc:"Monday first"`

	sheet
}

// HeatDay is one day of the week.
type HeatDay struct {
	Weekday string    `json:"weekday"`
	Created []int     `json:"created" nullable:"false" doc:"By hour, from 0 to 23"`
	Hours   []float64 `json:"hours" nullable:"false" doc:"How much of the period was in that hour: what a rate is to be based on"`
}

type heatMapInput struct {
	PeriodParams
	FilterParams
	FormatParams
}

func (h *Handler) heatMap(ctx context.Context, c *call, in *heatMapInput) (*reportOutput[HeatMap], error) {
	q, err := h.query(&in.PeriodParams, &in.FilterParams)
	if err != nil {
		return nil, err
	}
	m, err := in.reports(c).HeatMap(ctx, q)
	if err != nil {
		return nil, err
	}
	w := HeatMap{Zone: q.Zone.String()}
	for i := range 7 {
		weekday := time.Weekday((i + 1) % 7)
		day := HeatDay{Weekday: weekday.String(), Created: m.Created[weekday][:]}
		for _, d := range m.Time[weekday] {
			day.Hours = append(day.Hours, d.Hours())
		}
		w.Days = append(w.Days, day)
	}
	return answered(ctx, in.FormatParams, "heatmap", &w, &w.sheet, func() *report.Table { return report.HeatMapTable(m) }), nil
}
