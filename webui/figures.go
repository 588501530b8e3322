package webui

import (
	"fmt"
	"math"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// figure is one number with how it was in the period before.
type figure struct {
	Name   string
	Value  string
	Change string
	Class  string // up is good, down is bad
}

// figures are the numbers on top.
func (v *visit) figures(r *reads) ([]figure, error) {
	now, err := r.now()
	if err != nil {
		return nil, err
	}
	before, err := r.before()
	if err != nil {
		return nil, err
	}
	hours := func(d helpdesk.Durations) *float64 {
		if d.N == 0 {
			return nil
		}
		h := d.P50.Hours()
		return &h
	}
	count := func(n int) *float64 { f := float64(n); return &f }
	share := func(f *float64) *float64 {
		if f != nil {
			*f *= 100
		}
		return f
	}
	plain := func(f float64) string { return num(f) }
	pct := func(f float64) string { return fmt.Sprintf("%.1f %%", f) }
	span := func(f float64) string { return v.span(time.Duration(f * float64(time.Hour))) }
	return []figure{
		v.figure("created", count(now.Flow.Created), count(before.Flow.Created), plain, 0),
		v.figure("resolved", count(now.Flow.Resolved), count(before.Flow.Resolved), plain, 0),
		v.figure("backlog", count(now.Flow.End), count(before.Flow.End), plain, -1),
		v.figure("compliance", now.Compliance, before.Compliance, pct, 1),
		v.figure("first", hours(now.FirstResponse), hours(before.FirstResponse), span, -1),
		v.figure("resolution", hours(now.Resolution), hours(before.Resolution), span, -1),
		v.figure("onetouch", share(now.OneTouch.Rate()), share(before.OneTouch.Rate()), pct, 1),
		v.figure("csat", now.Satisfaction.Mean(), before.Satisfaction.Mean(), func(f float64) string { return fmt.Sprintf("%.2f", f) }, 1),
	}, nil
}

// figure compares a number with the one before. better is 1 when more is better, -1 when less is, 0 when neither.
func (v *visit) figure(key string, now, before *float64, text func(float64) string, better int) figure {
	f := figure{Name: v.T("figure." + key), Value: "–"}
	if now != nil {
		f.Value = text(*now)
	}
	if now == nil || before == nil {
		return f
	}
	switch d := *now - *before; {
	case math.Abs(d) < 1e-9:
		f.Change = v.T("figure.same")
	case d > 0:
		f.Change, f.Class = v.T("figure.was", text(*before)), map[int]string{1: "up", -1: "down"}[better]
	default:
		f.Change, f.Class = v.T("figure.was", text(*before)), map[int]string{1: "down", -1: "up"}[better]
	}
	return f
}
