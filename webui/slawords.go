package webui

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// policyWords describes a policy in words.
type policyWords struct {
	Name     string
	For      []string // whom it is for; none is everybody else
	Targets  []target
	Calendar string
	Steps    []string
	Usual    bool // the steps is the usual one
}

// target is one target of a policy: the metric and its time.
type target struct{ Name, Text string }

func (v *visit) policyWords(p *sla.Policy, names map[helpdesk.OrganisationID]string) policyWords {
	w := policyWords{Name: p.Name, Calendar: p.Calendar, Usual: p.Steps == nil}
	for _, m := range []struct {
		metric helpdesk.Metric
		d      time.Duration
	}{{helpdesk.FirstResponse, p.FirstResponse}, {helpdesk.NextResponse, p.NextResponse}, {helpdesk.Resolution, p.Resolution}, {helpdesk.PeriodicUpdate, p.PeriodicUpdate}, {helpdesk.OwnerTime, p.OwnerTime}} {
		if m.d > 0 {
			w.Targets = append(w.Targets, target{v.Word("metric", m.metric), v.span(m.d)})
		}
	}
	if p.EscalateAfter > 0 {
		w.Targets = append(w.Targets, target{v.T("sla.escalate"), v.span(p.EscalateAfter)})
	}
	w.For = v.matchWords(&p.For, names)
	steps := p.Steps
	if w.Usual {
		steps = sla.DefaultSteps()
	}
	for _, r := range steps {
		w.Steps = append(w.Steps, v.stepWords(r))
	}
	return w
}

// matchWords says which tickets a policy is for, with organisations by name. One that is gone has
// its id.
func (v *visit) matchWords(m *sla.Match, names map[helpdesk.OrganisationID]string) []string {
	var list []string
	add := func(field string, words []string) {
		if len(words) > 0 {
			list = append(list, v.T("field."+field)+": "+strings.Join(words, ", "))
		}
	}
	add("priority", each(m.Priority, func(p helpdesk.Priority) string { return v.Word("priority", p) }))
	add("category", each(m.Category, func(c helpdesk.Category) string { return v.Word("category", c) }))
	add("source", each(m.Source, func(s helpdesk.Source) string { return v.Word("source", s) }))
	add("tag", m.Tag)
	add("customer_tag", m.CustomerTag)
	add("organisation", each(m.Organisation, func(o helpdesk.OrganisationID) string { return cmp.Or(names[o], string(o)) }))
	return list
}

func each[T any](list []T, f func(T) string) []string {
	var out []string
	for _, one := range list {
		out = append(out, f(one))
	}
	return out
}

// stepWords says when a step acts, and what it does.
func (v *visit) stepWords(r helpdesk.EscalationStep) string {
	when := v.T("step.due")
	switch {
	case r.Before > 0 && r.Of > 0:
		when = v.T("step.before.of", v.span(r.Before), v.Percent(r.Of))
	case r.Before > 0:
		when = v.T("step.before", v.span(r.Before))
	case r.Of > 0:
		when = v.T("step.of", v.Percent(r.Of))
	case r.After > 0:
		when = v.T("step.after", v.span(r.After))
	}
	tell := r.Notify
	if tell == helpdesk.NotifyDefault {
		tell = helpdesk.NotifyManagers
		if r.Before > 0 || (r.Of > 0 && r.Of < 1) {
			tell = helpdesk.NotifyAssignee
		}
	}
	what := []string{v.T("step.notify." + string(tell))}
	if r.Level > 0 {
		what = append(what, v.T("level", r.Level))
	}
	if r.Raise > 0 {
		what = append(what, v.T("step.raise", v.Word("priority", r.Raise)))
	}
	if r.Reassign {
		what = append(what, v.T("step.reassign"))
	}
	return when + ": " + strings.Join(what, ", ")
}

// week is a calendar as it is drawn.
type week struct {
	Name, Zone string
	AlwaysOn   bool
	Days       []weekday
	Special    []string
	Holidays   []string
}

// weekday is a row of it.
type weekday struct {
	Name, Text string
	Bar        template.HTML
}

// week draws the plain week of a calendar, hour by hour as the clock on the wall has them.
func (v *visit) week(h *sla.Hours) week {
	w := week{Name: h.Name, Zone: h.Zone, AlwaysOn: h.AlwaysOn}
	if w.Zone == "" {
		w.Zone = "UTC"
	}
	for _, s := range h.Special {
		text := strings.Join(s.Windows, ", ")
		if text == "" {
			text = v.T("week.closed")
		}
		w.Special = append(w.Special, strings.TrimSpace(s.Date+" "+s.Name)+": "+text)
	}
	for _, d := range h.Holidays {
		w.Holidays = append(w.Holidays, strings.TrimSpace(d.Date+" "+d.Name))
	}
	plain, err := sla.NewCalendar(sla.Hours{AlwaysOn: h.AlwaysOn, Week: h.Week}) // in UTC, where no clock is ever set forward
	if err != nil {
		return w
	}
	monday := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 7 {
		from := monday.AddDate(0, 0, i)
		day := weekday{Name: v.T(fmt.Sprintf("day.%d", from.Weekday()))}
		var texts []string
		var bars strings.Builder
		for hour := 6; hour < 24; hour += 6 {
			fmt.Fprintf(&bars, `<rect class="tick" x="%d" y="0" width="4" height="12"/>`, hour*60-2)
		}
		for s := range plain.Spans(from, from.AddDate(0, 0, 1)) {
			if !s.Open {
				continue
			}
			a, b := s.From.Sub(from), s.To.Sub(from)
			texts = append(texts, clock(a)+"–"+clock(b))
			fmt.Fprintf(&bars, `<rect class="open" x="%s" y="0" width="%s" height="12"/>`, num(a.Minutes()), num((b - a).Minutes()))
		}
		day.Text = strings.Join(texts, ", ")
		if day.Text == "" {
			day.Text = v.T("week.closed")
		}
		day.Bar = template.HTML(`<svg class="bar" viewBox="0 0 1440 12" preserveAspectRatio="none" aria-hidden="true">` + bars.String() + `</svg>`)
		w.Days = append(w.Days, day)
	}
	return w
}

// clock writes a time of the day.
func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}
