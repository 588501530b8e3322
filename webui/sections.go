package webui

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// grain is the step of a series that makes a plot readable.
func grain(p helpdesk.Period) helpdesk.Grain {
	switch days := p.To.Sub(p.From).Hours() / 24; {
	case days <= 46:
		return helpdesk.Day
	case days <= 200:
		return helpdesk.Week
	}
	return helpdesk.Month
}

// series returns the steps of the period, and what to call them.
func (v *visit) series(r *reads) ([]helpdesk.Point, []string, error) {
	points, err := r.points()
	labels := make([]string, len(points))
	for i, pt := range points {
		labels[i] = pt.From.In(v.zone).Format(v.T("date.short"))
	}
	return points, labels, err
}

func (v *visit) flowPart(r *reads) (*section, error) {
	points, labels, err := v.series(r)
	if err != nil {
		return nil, err
	}
	s := &section{Wide: true, Table: table{Head: []string{v.T("col.day"), v.T("figure.created"), v.T("figure.resolved"), v.T("figure.reopened"), v.T("figure.removed")}}}
	in, out := make([]float64, len(points)), make([]float64, len(points))
	for i, pt := range points {
		in[i], out[i] = float64(pt.Created), float64(pt.Resolved)
		s.Table.Rows = append(s.Table.Rows, []string{v.date(pt.From), fmt.Sprint(pt.Created), fmt.Sprint(pt.Resolved), fmt.Sprint(pt.Reopened), fmt.Sprint(pt.Removed)})
	}
	s.Plot = lines(v.T("dash.flow"), v.T("dash.flow.about"), fullWidth, labels, []line{
		{Name: v.T("figure.created"), Values: in, Class: "c3", Bars: true}, {Name: v.T("figure.resolved"), Values: out, Class: "c1", Bars: true},
	})
	return s, nil
}

func (v *visit) date(t time.Time) string { return t.In(v.zone).Format(time.DateOnly) }

func (v *visit) backlogPart(r *reads) (*section, error) {
	points, labels, err := v.series(r)
	if err != nil {
		return nil, err
	}
	s := &section{Table: table{Head: []string{v.T("col.day"), v.T("figure.backlog")}}}
	values := make([]float64, len(points))
	for i, pt := range points {
		values[i] = float64(pt.End)
		s.Table.Rows = append(s.Table.Rows, []string{v.date(pt.From), fmt.Sprint(pt.End)})
	}
	s.Plot = lines(v.T("dash.backlog"), v.T("dash.backlog.about"), halfWidth, labels, []line{{Name: v.T("figure.backlog"), Values: values, Class: "c2"}})
	return s, nil
}

func (v *visit) speedPart(r *reads) (*section, error) {
	points, labels, err := v.series(r)
	if err != nil {
		return nil, err
	}
	s := &section{Table: table{Head: []string{v.T("col.day"), v.T("speed.first50"), v.T("speed.first90"), v.T("speed.resolved50"), v.T("speed.resolved90"), "n"}}}
	rows := []line{{Name: v.T("speed.first50"), Class: "c1"}, {Name: v.T("speed.first90"), Class: "c3"}, {Name: v.T("speed.resolved50"), Class: "c2"}, {Name: v.T("speed.resolved90"), Class: "c4"}}
	for _, pt := range points {
		cells := []string{v.date(pt.From)}
		for i, of := range []struct {
			d helpdesk.Durations
			t time.Duration
		}{{pt.FirstResponse, pt.FirstResponse.P50}, {pt.FirstResponse, pt.FirstResponse.P90}, {pt.Resolution, pt.Resolution.P50}, {pt.Resolution, pt.Resolution.P90}} {
			value, cell := math.NaN(), ""
			if of.d.N > 0 {
				value = of.t.Hours()
				cell = fmt.Sprintf("%.2f", value)
			}
			rows[i].Values, cells = append(rows[i].Values, value), append(cells, cell)
		}
		s.Table.Rows = append(s.Table.Rows, append(cells, fmt.Sprint(pt.FirstResponse.N)))
	}
	s.Plot = lines(v.T("dash.speed"), v.T("dash.speed.about"), halfWidth, labels, rows)
	return s, nil
}

func (v *visit) attainmentPart(r *reads) (*section, error) {
	o, err := r.now()
	if err != nil {
		return nil, err
	}
	s := &section{Wide: true, Table: table{Head: []string{v.T("col.policy"), v.T("col.metric"), v.T("col.met"), v.T("col.breached"), "%"}}}
	var labels []string
	var values []float64
	for _, a := range slices.Concat(o.Attainment, o.Policies) {
		name := cmp.Or(a.Policy, v.T("dash.all"))
		labels, values = append(labels, clip(name+" · "+v.Word("metric", a.Metric), 34)), append(values, a.Percent())
		s.Table.Rows = append(s.Table.Rows, []string{name, v.Word("metric", a.Metric), fmt.Sprint(a.Met), fmt.Sprint(a.Breached), fmt.Sprintf("%.1f", a.Percent())})
	}
	s.Plot = columns(v.T("dash.attainment"), v.T("dash.attainment.about"), fullWidth, labels, values, func(f float64) string { return fmt.Sprintf("%.1f %%", f) }, "c1")
	return s, nil
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func (v *visit) categoryPart(r *reads) (*section, error) {
	o, err := r.now()
	if err != nil {
		return nil, err
	}
	keys := slices.SortedFunc(maps.Keys(o.ByCategory), func(a, b helpdesk.Category) int { return o.ByCategory[b].Total - o.ByCategory[a].Total })
	return groups(v, "category", keys, o.ByCategory), nil
}

func (v *visit) priorityPart(r *reads) (*section, error) {
	o, err := r.now()
	if err != nil {
		return nil, err
	}
	keys := slices.Collect(maps.Keys(o.ByPriority))
	slices.SortFunc(keys, func(a, b helpdesk.Priority) int { return int(b) - int(a) })
	return groups(v, "priority", keys, o.ByPriority), nil
}

// groups is the section of an overview by category or priority.
func groups[K comparable](v *visit, kind string, keys []K, of map[K]helpdesk.Group) *section {
	s := &section{Table: table{Head: []string{v.T("field." + kind), v.T("figure.created"), v.T("figure.resolved"), v.T("col.breached"), v.T("figure.compliance"), v.T("speed.resolved50")}}}
	var labels []string
	var values []float64
	for _, k := range keys {
		g := of[k]
		kept, median := "", ""
		if c := g.Compliance(); c != nil {
			kept = fmt.Sprintf("%.1f", *c)
		}
		if g.Resolution.N > 0 {
			median = fmt.Sprintf("%.2f", g.Resolution.P50.Hours())
		}
		labels, values = append(labels, v.Word(kind, k)), append(values, float64(g.Total))
		s.Table.Rows = append(s.Table.Rows, []string{v.Word(kind, k), fmt.Sprint(g.Total), fmt.Sprint(g.Resolved), fmt.Sprint(g.Breached), kept, median})
	}
	s.Plot = columns(v.T("dash."+kind), v.T("dash."+kind+".about"), halfWidth, labels, values, num, "c3")
	return s
}

// arrivalsPart shows when tickets come, as a rate: an hour that the period had more often counts no more for it.
func (v *visit) arrivalsPart(r *reads) (*section, error) {
	m, err := r.heat()
	if err != nil {
		return nil, err
	}
	s := &section{Wide: true, Table: table{Head: []string{v.T("col.day")}}}
	for h := range 24 {
		s.Table.Head = append(s.Table.Head, fmt.Sprintf("%02d", h))
	}
	var rates [7][24]float64
	days := make([]string, 7)
	for i := range 7 {
		day := (i + 1) % 7 // Monday first
		days[i] = v.T("day." + strconv.Itoa(day))
		row := []string{days[i]}
		for h := range 24 {
			if hours := m.Time[day][h].Hours(); hours > 0 {
				rates[i][h] = float64(m.Created[day][h]) / hours
			}
			row = append(row, fmt.Sprint(m.Created[day][h]))
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	s.Plot = heat(v.T("dash.arrivals"), v.T("dash.arrivals.about"), days, rates, func(day, hour int) string {
		return v.T("dash.arrivals.cell", days[day], hour, m.Created[(day+1)%7][hour], rates[day][hour])
	})
	return s, nil
}
