package main

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// reportDays is how many days the tickets of a desk that is reported on were created over.
const reportDays = 730

// reported returns a desk that has seen two years, made at the first call.
func (b *bench) reported(ctx context.Context) (*site, error) {
	if s := b.sites["reported"]; s != nil {
		return s, nil
	}
	n := b.largest()
	progress("filling %s tickets of %d days", count(n), reportDays)
	s, err := b.newSite(ctx, "reported")
	if err != nil {
		return nil, err
	}
	s.days = reportDays
	return s, s.fill(ctx, n, 50)
}

// reports measures what a dashboard asks about the last 30 days of such a desk.
func reports(ctx context.Context, b *bench) error {
	n := b.largest()
	s, err := b.reported(ctx)
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		return err
	}
	q := report.Query{Period: report.LastDays(30, s.base.Add(time.Second)), Zone: newYork}
	billing := q
	billing.Category = []helpdesk.Category{helpdesk.Billing}
	year := report.Query{Period: report.LastDays(365, s.base.Add(time.Second)), Zone: newYork, Step: report.Week}
	o, err := report.New(desk).Overview(ctx, q.Period)
	if err != nil {
		return err
	}
	progress("%d tickets in 30 days: %+v", o.Total, o.Flow)
	if o.Flow.End != o.Flow.Start+o.Flow.Created-o.Flow.Resolved || o.Flow.Created != o.Total {
		return fmt.Errorf("the flow %+v is not that of %d tickets", o.Flow, o.Total)
	}
	for _, r := range []struct {
		name string
		most float64
		ask  func(ctx context.Context) error
	}{
		{"Overview of 30 days", 150, func(ctx context.Context) error { _, err := report.New(desk).Overview(ctx, q.Period); return err }},
		{"Series of 30 days", 150, func(ctx context.Context) error { _, err := report.New(desk).Series(ctx, q); return err }},
		{"Heat map of 30 days", 150, func(ctx context.Context) error { _, err := report.New(desk).HeatMap(ctx, q); return err }},
		{"Agents of 30 days", 0, func(ctx context.Context) error { _, err := report.New(desk).Agents(ctx, q.Period); return err }},
		{"Triage of 30 days", 0, func(ctx context.Context) error { _, err := report.New(desk).Triage(ctx, q.Period); return err }},
		{"Series of 30 days, one category", 0, func(ctx context.Context) error { _, err := report.New(desk).Series(ctx, billing); return err }},
		{"Series of 365 days by week", 0, func(ctx context.Context) error { _, err := report.New(desk).Series(ctx, year); return err }},
	} {
		if err := r.ask(ctx); err != nil { // warm up
			return err
		}
		v, err := versus(b.rounds(7), latency(ctx, 1, r.ask))
		if err != nil {
			return err
		}
		ms := float64(v[0]) / float64(time.Millisecond)
		l := line{what: r.name + ", " + count(n) + " in two years", ours: fmt.Sprintf("%.0f ms", ms)}
		if r.most > 0 {
			l.mark, l.ok = fmt.Sprintf("at most %.0f ms", r.most), ms <= r.most
		}
		b.table.add(l)
	}
	return nil
}
