package webui

import (
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// figure is one number with how it was in the period before.
type figure struct {
	Name   string
	Value  string
	Change string
	Trend  string // an arrow
	Class  string // up is good, down is bad
}

// figuresPart is the numbers on top, compared with those of the period before.
func (v *visit) figuresPart(r *reads) (*section, error) {
	now, err := r.now().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	before, err := r.before().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	count := func(of func(*report.Overview) int) func(*report.Overview) *float64 {
		return func(o *report.Overview) *float64 { n := float64(of(o)); return &n }
	}
	median := func(of func(*report.Overview) report.Durations) func(*report.Overview) *float64 {
		return func(o *report.Overview) *float64 {
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
	hours := func(f float64) cell { return v.fixed(time.Duration(f).Hours(), 2) }
	whole := func(f float64) cell { return v.fixed(f, 0) }
	tenths := func(f float64) cell { return v.fixed(f, 1) }
	hundredths := func(f float64) cell { return v.fixed(f, 2) }
	s := &section{About: v.compared(before, r.period.Previous())}
	s.Table.Head = plains(v.T("dash.figures"), v.T("dash.figures.now"), v.T("dash.figures.before"), v.T("dash.figures.unit"))
	for _, f := range []struct {
		key    string
		of     func(*report.Overview) *float64
		text   func(float64) string
		better float64 // 1 when more is, -1 when less is, 0 when neither
		cell   func(float64) cell
		unit   string
	}{
		{"created", count(func(o *report.Overview) int { return o.Flow.Created }), v.amount, 0, whole, ""},
		{"resolved", count(func(o *report.Overview) int { return o.Flow.Resolved }), v.amount, 0, whole, ""},
		{"backlog", count(func(o *report.Overview) int { return o.Flow.End }), v.amount, -1, whole, ""},
		{"compliance", func(o *report.Overview) *float64 { return o.Compliance }, v.percent1, 1, tenths, "%"},
		{"first", median(func(o *report.Overview) report.Durations { return o.FirstResponse }), span, -1, hours, "h"},
		{"resolution", median(func(o *report.Overview) report.Durations { return o.Resolution }), span, -1, hours, "h"},
		{"onetouch", func(o *report.Overview) *float64 { return percent(o.OneTouch.Rate()) }, v.percent1, 1, tenths, "%"},
		{"csat", func(o *report.Overview) *float64 { return o.Satisfaction.Mean() }, score, 1, hundredths, ""},
	} {
		var was *float64
		if before.overview != nil {
			was = f.of(before.overview)
		}
		name, is := v.T("figure."+f.key), f.of(now)
		s.Figures = append(s.Figures, v.figure(name, is, was, f.text, f.better))
		row := []cell{plain(name), none, none, plain(f.unit)}
		for i, n := range []*float64{is, was} {
			if n != nil {
				row[1+i] = f.cell(*n)
			}
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	return s, nil
}

// percent is a share in per cent.
func percent(share *float64) *float64 {
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
func (v *visit) compared(before *before, p report.Period) string {
	switch {
	case before.first.IsZero():
		return v.T("dash.before.empty")
	case before.overview == nil:
		return v.T("dash.before.none", v.Day(p.From), v.Day(before.first))
	default:
		return v.T("dash.before", v.Day(p.From), v.Day(p.To.Add(-time.Second)))
	}
}
