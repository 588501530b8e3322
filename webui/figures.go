package webui

import (
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// figure is one number with how it was in the period before.
type figure struct {
	Name   string
	Value  string
	Change string
	Trend  string // an arrow
	Class  string // up is good, down is bad
}

// figures are the numbers on top.
func (v *visit) figures(r *reads) ([]figure, error) {
	now, err := r.now().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	before, err := r.before().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	count := func(of func(*helpdesk.Overview) int) func(*helpdesk.Overview) *float64 {
		return func(o *helpdesk.Overview) *float64 { n := float64(of(o)); return &n }
	}
	median := func(of func(*helpdesk.Overview) helpdesk.Durations) func(*helpdesk.Overview) *float64 {
		return func(o *helpdesk.Overview) *float64 {
			d := of(o)
			if d.N == 0 {
				return nil
			}
			ns := float64(d.P50)
			return &ns
		}
	}
	span := func(f float64) string { return v.span(time.Duration(f)) }
	score := func(f float64) string { return v.decimal(f, 2) }
	var list []figure
	for _, f := range []struct {
		key    string
		of     func(*helpdesk.Overview) *float64
		text   func(float64) string
		better float64 // 1 when more is, -1 when less is, 0 when neither
	}{
		{"created", count(func(o *helpdesk.Overview) int { return o.Flow.Created }), v.amount, 0},
		{"resolved", count(func(o *helpdesk.Overview) int { return o.Flow.Resolved }), v.amount, 0},
		{"backlog", count(func(o *helpdesk.Overview) int { return o.Flow.End }), v.amount, -1},
		{"compliance", func(o *helpdesk.Overview) *float64 { return o.Compliance }, v.percent1, 1},
		{"first", median(func(o *helpdesk.Overview) helpdesk.Durations { return o.FirstResponse }), span, -1},
		{"resolution", median(func(o *helpdesk.Overview) helpdesk.Durations { return o.Resolution }), span, -1},
		{"onetouch", func(o *helpdesk.Overview) *float64 { return hundredths(o.OneTouch.Rate()) }, v.percent1, 1},
		{"csat", func(o *helpdesk.Overview) *float64 { return o.Satisfaction.Mean() }, score, 1},
	} {
		var was *float64
		if before.overview != nil {
			was = f.of(before.overview)
		}
		list = append(list, v.figure(v.T("figure."+f.key), f.of(now), was, f.text, f.better))
	}
	return list, nil
}

// hundredths is a share in per cent.
func hundredths(share *float64) *float64 {
	if share == nil {
		return nil
	}
	f := 100 * *share
	return &f
}

// figure compares a number with the one before, either of which may be missing. What reads the same has not changed.
func (v *visit) figure(name string, now, before *float64, text func(float64) string, better float64) figure {
	f := figure{Name: name, Value: "–"}
	if now == nil {
		return f
	}
	f.Value = text(*now)
	if before == nil {
		return f
	}
	was, up := text(*before), *now > *before
	if was == f.Value {
		f.Change = v.T("figure.same")
		return f
	}
	f.Change, f.Trend = v.T("figure.was", was), "▼"
	if up {
		f.Trend = "▲"
	}
	switch {
	case better == 0:
	case up == (better > 0):
		f.Class = "up"
	default:
		f.Class = "down"
	}
	return f
}

// compared says what the numbers are compared with, or why they are not.
func (v *visit) compared(r *reads) (string, error) {
	before, err := r.before().wait(v.ctx)
	if err != nil {
		return "", err
	}
	switch p := r.period.Previous(); {
	case before.first.IsZero():
		return v.T("dash.before.empty"), nil
	case before.overview == nil:
		return v.T("dash.before.none", v.Day(p.From), v.Day(before.first)), nil
	default:
		return v.T("dash.before", v.Day(p.From), v.Day(p.To.Add(-time.Second))), nil
	}
}
