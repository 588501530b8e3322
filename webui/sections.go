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
	"github.com/helpdesk-go/helpdesk/report"
)

// granularity returns the step of a series that makes a plot readable.
func granularity(p report.Period) report.Granularity {
	switch days := p.To.Sub(p.From).Hours() / 24; {
	case days <= 46:
		return report.Day
	case days <= 200:
		return report.Week
	}
	return report.Month
}

// pieces are the steps of a period with what to call them.
type pieces struct {
	points []report.SeriesPoint
	labels []string // short
	names  []string // for one that somebody points at
	dates  []cell   // where they begin
	head   cell     // above the dates
	by     string   // such as "day by day"
}

// pieces returns those of the period.
func (v *visit) pieces(r *reads) (*pieces, error) {
	points, err := r.points().wait(v.ctx)
	g := granularity(r.period)
	s := &pieces{points: points, by: v.T("dash.by." + string(g)), head: cell{v.T("col.day"), v.T("col.day")}}
	form, name := "date.short", func(date string) string { return date }
	switch g {
	case report.Month:
		form = "date.month"
		fallthrough
	case report.Week:
		s.head.Text, name = v.T("col.from"), func(date string) string { return v.T("dash.from.day", date) }
	}
	for _, pt := range points {
		s.labels = append(s.labels, pt.From.In(v.zone()).Format(v.T(form)))
		s.names = append(s.names, name(v.Day(pt.From)))
		s.dates = append(s.dates, cell{v.Day(pt.From), v.date(pt.From)})
	}
	return s, err
}

// counted draws counts over the steps, or says that there is nothing.
func (v *visit) counted(s *pieces, id, about string, height float64, rows ...line) plot {
	if most(rows) == 0 {
		return plot{Nothing: v.T("dash." + id + ".nothing")}
	}
	return v.chart(s, id, about, height, v.counts, v.amount, rows...)
}

// chart draws rows over the steps.
func (v *visit) chart(s *pieces, id, about string, height float64, up func(float64) axis, text func(float64) string, rows ...line) plot {
	c := &chart{
		Title: v.T("dash." + id), About: about, Labels: s.labels, Names: s.names, Rows: rows, Axis: up(most(rows)), Text: text, Height: height,
	}
	p := plot{Drawing: c.draw()}
	if len(rows) > 1 {
		p.Legend = c.legend()
	}
	return p
}

// amount writes a whole number that a plot has as a float.
func (v *visit) amount(f float64) string { return v.Whole(int(math.Round(f))) }

func (v *visit) flowPart(r *reads) (*section, error) {
	steps, err := v.pieces(r)
	if err != nil {
		return nil, err
	}
	s := &section{About: v.T("dash.flow.about", steps.by)}
	s.Table.Head = append([]cell{steps.head}, plains(v.T("figure.created"), v.T("figure.resolved"), v.T("figure.reopened"), v.T("figure.removed"))...)
	in, out := make([]float64, len(steps.points)), make([]float64, len(steps.points))
	for i, pt := range steps.points {
		in[i], out[i] = float64(pt.Created), float64(pt.Resolved)
		s.Table.Rows = append(s.Table.Rows, append([]cell{steps.dates[i]}, v.wholes(pt.Created, pt.Resolved, pt.Reopened, pt.Removed)...))
	}
	s.Plots = []plot{v.counted(steps, "flow", s.About, 190,
		line{Name: v.T("figure.created"), Values: in, Class: "c3", Kind: "box"}, line{Name: v.T("figure.resolved"), Values: out, Class: "c1", Kind: "box"})}
	return s, nil
}

// date is a day for machines, in the viewer's zone.
func (v *visit) date(t time.Time) string { return t.In(v.zone()).Format(time.DateOnly) }

func (v *visit) backlogPart(r *reads) (*section, error) {
	steps, err := v.pieces(r)
	if err != nil {
		return nil, err
	}
	s := &section{About: v.T("dash.backlog.about", steps.by), Table: table{Head: []cell{steps.head, plain(v.T("figure.backlog"))}}}
	values := make([]float64, len(steps.points))
	for i, pt := range steps.points {
		values[i] = float64(pt.End)
		s.Table.Rows = append(s.Table.Rows, append([]cell{steps.dates[i]}, v.wholes(pt.End)...))
	}
	s.Plots = []plot{v.counted(steps, "backlog", s.About, 290,
		line{Name: v.T("figure.backlog"), Values: values, Class: "c2", Kind: "area"})}
	return s, nil
}

// speedPart has a plot for each metric, because a resolution takes many times as long as a first
// response.
func (v *visit) speedPart(r *reads) (*section, error) {
	steps, err := v.pieces(r)
	if err != nil {
		return nil, err
	}
	s := &section{About: v.T("dash.speed.about", steps.by)}
	s.Table.Head = append([]cell{steps.head}, plains(v.T("speed.first50"), v.T("speed.first90"), v.T("speed.resolved50"), v.T("speed.resolved90"), "n")...)
	for i, pt := range steps.points {
		first, resolved := pt.FirstResponse, pt.Resolution
		row := []cell{steps.dates[i], v.hours(first, first.P50), v.hours(first, first.P90), v.hours(resolved, resolved.P50), v.hours(resolved, resolved.P90)}
		s.Table.Rows = append(s.Table.Rows, append(row, v.wholes(first.N)...))
	}
	for _, of := range []struct {
		metric       helpdesk.Metric
		sum          func(report.SeriesPoint) report.Durations
		class, empty string
	}{
		{helpdesk.FirstResponse, func(p report.SeriesPoint) report.Durations { return p.FirstResponse }, "c3", "dash.speed.unanswered"},
		{helpdesk.Resolution, func(p report.SeriesPoint) report.Durations { return p.Resolution }, "c1", "dash.speed.unresolved"},
	} {
		half, nine, n := make([]float64, len(steps.points)), make([]float64, len(steps.points)), 0
		for i, pt := range steps.points {
			half[i], nine[i] = math.NaN(), math.NaN()
			if d := of.sum(pt); d.N > 0 {
				half[i], nine[i], n = d.P50.Minutes(), d.P90.Minutes(), n+d.N
			}
		}
		name, p := v.Word("metric", of.metric), plot{Nothing: v.T(of.empty)}
		if n > 0 {
			p = v.chart(steps, "speed", name+". "+s.About, 92, v.times, func(f float64) string { return v.span(time.Duration(f * float64(time.Minute))) },
				line{Name: v.T("speed.p50"), Values: half, Class: of.class, Kind: "line"}, line{Name: v.T("speed.p90"), Values: nine, Class: of.class, Kind: "dash"})
		}
		p.Title = name
		s.Plots = append(s.Plots, p)
	}
	if s.Plots[0].Drawing == "" && s.Plots[1].Drawing == "" {
		s.Plots = []plot{{Nothing: v.T("dash.speed.nothing")}}
	}
	return s, nil
}

func (v *visit) attainmentPart(r *reads) (*section, error) {
	compared, err := r.compared().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	o := compared.Now
	s := &section{Table: table{Words: 1, Head: plains(v.T("col.policy"), v.T("col.metric"), v.T("col.met"), v.T("col.breached"), "%")}}
	var names []string
	var values []float64
	for _, a := range slices.Concat(o.Attainment, o.Policies) {
		policy, metric := cell{v.policy(a.Policy), cmp.Or(a.Policy, v.T("dash.all"))}, v.Word("metric", a.Metric)
		names, values = append(names, policy.Text+" · "+metric), append(values, a.Percent())
		s.Table.Rows = append(s.Table.Rows, slices.Concat([]cell{policy, plain(metric)}, v.wholes(a.Met, a.Breached), []cell{v.fixed(a.Percent(), 1)}))
	}
	s.Plots = []plot{{Bars: bars(names, values, 100, v.percent1, "c1"), Nothing: v.T("dash.attainment.nothing")}}
	return s, nil
}

// percent1 writes a number from 0 to 100 with a digit after the point.
func (v *visit) percent1(f float64) string { return v.percent(f, 1) }

// policy is the name of a policy. The policies of the desk are named after priorities, which all
// have a word.
func (v *visit) policy(name string) string {
	if _, err := helpdesk.ParsePriority(name); err == nil && name != "" {
		return v.Word("priority", name)
	}
	return cmp.Or(name, v.T("dash.all"))
}

func (v *visit) categoryPart(r *reads) (*section, error) {
	compared, err := r.compared().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	o := compared.Now
	keys := slices.SortedFunc(maps.Keys(o.ByCategory), func(a, b helpdesk.Category) int {
		return cmp.Or(o.ByCategory[b].Total-o.ByCategory[a].Total, cmp.Compare(a, b))
	})
	return groups(v, "category", keys, o.ByCategory), nil
}

func (v *visit) priorityPart(r *reads) (*section, error) {
	compared, err := r.compared().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	o := compared.Now
	keys := slices.Collect(maps.Keys(o.ByPriority))
	slices.SortFunc(keys, func(a, b helpdesk.Priority) int { return int(b) - int(a) })
	return groups(v, "priority", keys, o.ByPriority), nil
}

// groups is the section of an overview by category or priority.
func groups[K comparable](v *visit, kind string, keys []K, of map[K]report.Group) *section {
	return groupsOf(v, kind, keys, of, func(k K) string { return v.Word(kind, k) })
}

// groupsOf is a section of groups with names.
func groupsOf[K comparable](v *visit, kind string, keys []K, of map[K]report.Group, name func(K) string) *section {
	s := &section{Table: table{Head: plains(v.T("field."+kind), v.T("figure.created"), v.T("figure.resolved"), v.T("col.breached"), v.T("figure.compliance"), v.T("speed.resolved50"))}}
	var names []string
	var values []float64
	for _, k := range keys {
		g := of[k]
		names, values = append(names, name(k)), append(values, float64(g.Total))
		s.Table.Rows = append(s.Table.Rows, slices.Concat([]cell{plain(name(k))}, v.wholes(g.Total, g.Resolved, g.Breached),
			[]cell{v.maybe(g.Compliance(), 1), v.hours(g.Resolution, g.Resolution.P50)}))
	}
	s.Plots = []plot{{Bars: bars(names, values, 0, v.amount, "c3"), Nothing: v.T("dash.nothing")}}
	return s
}

// mostRanked is how many organisations the section of that name ranks.
const mostRanked = 20

// organisationPart ranks the organisations by their tickets.
func (v *visit) organisationPart(r *reads) (*section, error) {
	groups, err := r.groups().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	groups = groups[:min(mostRanked, len(groups))]
	named := helpdesk.OrganisationQuery{Limit: helpdesk.MaxLimit}
	of, keys := map[helpdesk.OrganisationID]report.Group{}, []helpdesk.OrganisationID{}
	for _, g := range groups {
		of[g.Organisation], keys, named.IDs = g.Group, append(keys, g.Organisation), append(named.IDs, g.Organisation)
	}
	names := map[helpdesk.OrganisationID]string{}
	if len(groups) > 0 {
		page, err := v.desk.Organisations(v.ctx, named)
		if err != nil {
			return nil, err
		}
		for _, o := range page.Organisations {
			names[o.ID] = o.Name
		}
	}
	return groupsOf(v, "organisation", keys, of, func(id helpdesk.OrganisationID) string { return cmp.Or(names[id], string(id)) }), nil
}

// arrivalsPart shows when tickets come, as a rate: an hour that the period had more often counts no
// more for it.
func (v *visit) arrivalsPart(r *reads) (*section, error) {
	m, err := r.heat().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	s := &section{Table: table{Head: plains(v.T("col.day"))}}
	for h := range 24 {
		s.Table.Head = append(s.Table.Head, plain(fmt.Sprintf("%02d", h)))
	}
	var rates [7][24]float64
	days, most := make([]string, 7), 0.0
	for i := range 7 {
		day := (i + 1) % 7 // Monday first
		days[i] = v.T("day." + strconv.Itoa(day))
		for h := range 24 {
			if hours := m.Time[day][h].Hours(); hours > 0 {
				rates[i][h] = float64(m.Created[day][h]) / hours
				most = max(most, rates[i][h])
			}
		}
		s.Table.Rows = append(s.Table.Rows, append(plains(days[i]), v.wholes(m.Created[day][:]...)...))
	}
	if most == 0 {
		s.Plots = []plot{{Nothing: v.T("dash.nothing")}}
		return s, nil
	}
	p := plot{Drawing: heat(v.T("dash.arrivals"), v.T("dash.arrivals.about"), days, rates, func(day, hour int) string {
		return v.T("dash.arrivals.cell", days[day], hour, m.Created[(day+1)%7][hour], rates[day][hour])
	})}
	for i := range depths + 1 {
		k := key{Class: "h" + strconv.Itoa(i), Kind: "box"}
		switch i {
		case 0:
			k.Name = v.T("dash.arrivals.none")
		case depths:
			k.Name = v.T("dash.arrivals.most", v.rough(most))
		}
		p.Legend = append(p.Legend, k)
	}
	s.Plots = []plot{p}
	return s, nil
}
