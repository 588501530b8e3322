package webui

import (
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// figure is one number, compared with the number of the previous period.
type figure struct {
	Name   string
	Value  string
	Change string
	Trend  string // an arrow; empty without a change
	Class  string // the CSS class: "up" is good, "down" is bad, empty is neither
}

// figuresPart returns the numbers at the top of the dashboard, compared with the numbers of the
// previous period.
func (v *visit) figuresPart(r *reads) (*section, error) {
	compared, err := r.compared().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	now, before := compared.Now, compared.Before
	if compared.Since.IsZero() || before != nil && compared.Since.After(before.Period.From) {
		before = nil // it would be compared with a part of a period
	}
	s := &section{About: v.compared(compared.Since, before, r.period.Previous())}
	s.Table.Head = plains(v.T("dash.figures"), v.T("dash.figures.now"), v.T("dash.figures.before"), v.T("dash.figures.unit"))
	for i := range report.Figures {
		f := &report.Figures[i]
		if f.Card == "" {
			continue
		}
		c := v.card(f, now)
		var was *float64
		if before != nil {
			was = v.card(f, before).number
		}
		name := v.T("figure." + f.Card)
		s.Figures = append(s.Figures, v.figure(name, c.number, was, c.text, float64(f.Better)))
		row := []cell{plain(name), none, none, plain(c.unit)}
		for i, n := range []*float64{c.number, was} {
			if n != nil {
				row[1+i] = c.cell(*n)
			}
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	return s, nil
}

// card is a [report.Figure] as a single number.
type card struct {
	number *float64             // nil without observations
	text   func(float64) string // formats the number for people
	cell   func(float64) cell   // formats the number for the table
	unit   string               // the unit in the table
}

// card returns a figure as a single number: the median of durations, the mean of scores.
func (v *visit) card(f *report.Figure, o *report.Overview) card {
	digits := func(n int) func(float64) cell { return func(f float64) cell { return v.fixed(f, n) } }
	switch value := f.Value(o).(type) {
	case int:
		n := float64(value)
		return card{&n, v.amount, digits(0), ""}
	case *float64:
		if f.Unit == report.Percent {
			return card{value, v.percent1, digits(1), "%"}
		}
		return card{value, v.amount, digits(0), ""}
	case report.Proportion:
		return card{percent(value.Rate()), v.percent1, digits(1), "%"}
	case report.Satisfaction:
		return card{value.Mean(), func(f float64) string { return v.decimal(f, 2) }, digits(2), ""}
	case report.Durations:
		c := card{
			text: func(f float64) string { return v.span(time.Duration(f)) },
			cell: func(f float64) cell { return v.fixed(time.Duration(f).Hours(), 2) },
			unit: "h",
		}
		if value.N > 0 {
			ns := float64(value.P50)
			c.number = &ns
		}
		return c
	default:
		panic(fmt.Sprintf("webui: the figure %q is a %T", f.Card, value))
	}
}

// percent converts a rate to per cent.
func percent(rate *float64) *float64 {
	if rate == nil {
		return nil
	}
	f := 100 * *rate
	return &f
}

// figure compares a number with the number of the previous period. Each may be nil. Two numbers
// with the same text count as unchanged.
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

// compared returns a text that names the period of the comparison, or the reason for no comparison.
func (v *visit) compared(since time.Time, before *report.Overview, p report.Period) string {
	switch {
	case since.IsZero():
		return v.T("dash.before.empty")
	case before == nil:
		return v.T("dash.before.none", v.Day(p.From), v.Day(since))
	default:
		return v.T("dash.before", v.Day(p.From), v.Day(p.To.Add(-time.Second)))
	}
}
