package webui

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// dashboard is the reports of a period.
type dashboard struct {
	Days     int
	From, To string // dates, in the viewer's zone
	Figures  []figure
	Parts    []*section
	Query    string
}

// figure is one number with how it was in the period before.
type figure struct {
	Name   string
	Value  string
	Change string
	Class  string // up is good, down is bad
}

// section is a plot with the table behind it.
type section struct {
	ID    string
	Title string
	About string
	Plot  template.HTML
	Table table
	Wide  bool
}

// table is rows of texts. It is shown, and given out as CSV and JSON.
type table struct {
	Head []string
	Rows [][]string
}

// period reads the period of a request: so many days up to now, or whole days of the viewer's zone.
func (v *visit) period() (helpdesk.Period, *dashboard, error) {
	q := v.r.URL.Query()
	d := &dashboard{Days: 30, Query: q.Encode()}
	day := func(name string) (time.Time, error) {
		if q.Get(name) == "" {
			return time.Time{}, nil
		}
		t, err := time.ParseInLocation(time.DateOnly, q.Get(name), v.zone)
		if err != nil {
			err = &helpdesk.FieldError{Field: name, Problem: "is no date such as 2026-03-02"}
		}
		return t, err
	}
	from, err := day("from")
	if err != nil {
		return helpdesk.Period{}, d, err
	}
	to, err := day("to")
	if err != nil {
		return helpdesk.Period{}, d, err
	}
	if text := q.Get("days"); text != "" {
		if d.Days, err = strconv.Atoi(text); err != nil || d.Days < 1 || d.Days > 366 {
			return helpdesk.Period{}, d, &helpdesk.FieldError{Field: "days", Problem: "is not between 1 and 366"}
		}
	}
	today := v.now.In(v.zone)
	p := helpdesk.Period{From: time.Date(today.Year(), today.Month(), today.Day()-d.Days+1, 0, 0, 0, 0, v.zone), To: v.now}
	if !from.IsZero() {
		p.From, d.Days = from, 0
		p.To = v.now
	}
	if !to.IsZero() {
		p.To = to.AddDate(0, 0, 1)
	}
	switch {
	case !p.From.Before(p.To):
		err = &helpdesk.FieldError{Field: "from", Problem: "is not before to"}
	case p.To.Sub(p.From) > 366*24*time.Hour:
		err = &helpdesk.FieldError{Field: "from", Problem: "is more than 366 days before to"}
	}
	d.From, d.To = p.From.In(v.zone).Format(time.DateOnly), p.To.Add(-time.Second).In(v.zone).Format(time.DateOnly)
	return p, d, err
}

// parts are the sections of the dashboard by id, in their order.
var parts = []struct {
	id   string
	make func(*visit, helpdesk.Period) (*section, error)
}{
	{"flow", (*visit).flowPart}, {"backlog", (*visit).backlogPart}, {"speed", (*visit).speedPart},
	{"category", (*visit).categoryPart}, {"priority", (*visit).priorityPart}, {"attainment", (*visit).attainmentPart}, {"arrivals", (*visit).arrivalsPart}, {"agents", (*visit).agentsPart},
	{"model", (*visit).modelPart},
}

// dashboard shows the reports.
func (w *workspace) dashboard(v *visit) error {
	p, d, err := v.period()
	if err != nil {
		return err
	}
	if d.Figures, err = v.figures(p); err != nil {
		return err
	}
	for _, part := range parts {
		s, err := part.make(v, p)
		if err != nil {
			return err
		}
		s.ID = part.id
		s.Title, s.About = v.T("dash."+part.id), v.T("dash."+part.id+".about")
		d.Parts = append(d.Parts, s)
	}
	v.render(http.StatusOK, "dashboard", v.T("nav.dashboard"), "dashboard", d)
	return nil
}

// dashboardPart gives out the table of one section.
func (w *workspace) dashboardPart(v *visit) error {
	p, _, err := v.period()
	if err != nil {
		return err
	}
	name, form, _ := strings.Cut(v.r.PathValue("part"), ".")
	for _, part := range parts {
		if part.id != name {
			continue
		}
		s, err := part.make(v, p)
		if err != nil {
			return err
		}
		switch form {
		case "csv":
			return v.writeCSV(name, s.Table)
		case "json":
			return v.writeJSON(s.Table)
		}
	}
	return helpdesk.ErrNotFound
}

func (v *visit) writeCSV(name string, t table) error {
	v.rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.rw.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	out := csv.NewWriter(v.rw)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := slices.Clone(row)
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) && (c[0] != '-' || !isNumber(c)) { // a spreadsheet would take it for a formula
				cells[i] = "'" + c
			}
		}
		if err := out.Write(cells); err != nil {
			return nil // nobody reads on
		}
	}
	out.Flush()
	return nil
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

func (v *visit) writeJSON(t table) error {
	rows := make([]map[string]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = map[string]string{}
		for j, head := range t.Head {
			rows[i][head] = row[j]
		}
	}
	v.rw.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.rw).Encode(rows)
}

// figures are the numbers on top.
func (v *visit) figures(p helpdesk.Period) ([]figure, error) {
	now, before, err := v.desk.Compare(v.ctx, p)
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

// series reads the steps of the period, once for all parts of a page.
func (v *visit) series(p helpdesk.Period) ([]helpdesk.Point, []string, error) {
	if v.points == nil {
		var err error
		if v.points, err = v.desk.Series(v.ctx, helpdesk.ReportQuery{Period: p, Zone: v.zone, Step: grain(p)}); err != nil {
			return nil, nil, err
		}
	}
	labels := make([]string, len(v.points))
	for i, pt := range v.points {
		labels[i] = pt.From.In(v.zone).Format(v.T("date.short"))
	}
	return v.points, labels, nil
}

func (v *visit) flowPart(p helpdesk.Period) (*section, error) {
	points, labels, err := v.series(p)
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

func (v *visit) backlogPart(p helpdesk.Period) (*section, error) {
	points, labels, err := v.series(p)
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

func (v *visit) speedPart(p helpdesk.Period) (*section, error) {
	points, labels, err := v.series(p)
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

// overview reads the overview of the period, once for all parts of a page.
func (v *visit) overview(p helpdesk.Period) (*helpdesk.Overview, error) {
	if v.whole == nil {
		o, err := v.desk.Overview(v.ctx, p)
		if err != nil {
			return nil, err
		}
		v.whole = o
	}
	return v.whole, nil
}

func (v *visit) attainmentPart(p helpdesk.Period) (*section, error) {
	o, err := v.overview(p)
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

func (v *visit) categoryPart(p helpdesk.Period) (*section, error) {
	o, err := v.overview(p)
	if err != nil {
		return nil, err
	}
	keys := slices.SortedFunc(maps.Keys(o.ByCategory), func(a, b helpdesk.Category) int { return o.ByCategory[b].Total - o.ByCategory[a].Total })
	return groups(v, "category", keys, o.ByCategory), nil
}

func (v *visit) priorityPart(p helpdesk.Period) (*section, error) {
	o, err := v.overview(p)
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
func (v *visit) arrivalsPart(p helpdesk.Period) (*section, error) {
	m, err := v.desk.HeatMap(v.ctx, helpdesk.ReportQuery{Period: p, Zone: v.zone})
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

// agentsPart compares agents: in a funnel plot, since a ratio of few tickets says little.
func (v *visit) agentsPart(p helpdesk.Period) (*section, error) {
	r, err := v.desk.AgentReport(v.ctx, p)
	if err != nil {
		return nil, err
	}
	agents, err := v.desk.Agents(v.ctx)
	if err != nil {
		return nil, err
	}
	names := map[helpdesk.AgentID]string{}
	for _, a := range agents {
		names[a.ID] = a.Name
	}
	s := &section{Wide: true, Table: table{Head: []string{
		v.T("field.assignee"), v.T("agents.held"), v.T("figure.resolved"), v.T("speed.first50"), v.T("agents.handling"), v.T("agents.expected"), v.T("agents.observed"),
		v.T("agents.ratio"), v.T("agents.interval"), v.T("agents.shrunk"), v.T("figure.csat"),
	}}}
	var spots []spot
	most := 1.0
	for _, a := range r.Agents {
		name := cmp.Or(names[a.Agent], string(a.Agent))
		row := []string{name, fmt.Sprint(a.Held), fmt.Sprint(a.Resolved), "", "", "", "", "", "", "", ""}
		if !a.Few {
			if a.FirstResponse.N > 0 {
				row[3] = fmt.Sprintf("%.2f", a.FirstResponse.P50.Hours())
			}
			if a.Handling.N > 0 {
				row[4] = fmt.Sprintf("%.2f", a.Handling.P50.Hours())
			}
			row[5], row[6] = fmt.Sprintf("%.2f", a.Breaches.Expected), fmt.Sprintf("%.2f", a.Breaches.Observed)
			if value := a.Breaches.Value(); value != nil {
				row[7] = fmt.Sprintf("%.3f", *value)
				row[9] = fmt.Sprintf("%.3f", a.Breaches.Shrunk())
				spots = append(spots, spot{name, a.Breaches.Expected, *value, a.Flagged})
				most = max(most, a.Breaches.Expected*1.3)
			}
			if i := a.Breaches.Byar(); i != nil {
				row[8] = fmt.Sprintf("%.3f – %.3f", i.Low, i.High)
			}
			if mean := a.Satisfaction.Mean(); mean != nil {
				row[10] = fmt.Sprintf("%.2f (%d)", *mean, a.Satisfaction.Rated)
			}
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	var limits []limit
	for i := range 60 {
		l := helpdesk.FunnelLimits(.3 + most*1.2*float64(i)/60)
		limits = append(limits, limit{l.Expected, l.Warning.Low, l.Warning.High, l.Alarm.Low, l.Alarm.High})
	}
	s.Plot = funnel(v.T("dash.agents"), v.T("dash.agents.about"), v.T("agents.expected"), v.T("agents.ratio"), spots, limits)
	return s, nil
}

// modelPart shows how good the classifiers were.
func (v *visit) modelPart(p helpdesk.Period) (*section, error) {
	r, err := v.desk.TriageReport(v.ctx, p)
	if err != nil {
		return nil, err
	}
	s := &section{Wide: true, Table: table{Head: []string{
		v.T("model.name"), v.T("model.asked"), v.T("model.applied"), v.T("model.agreed"), v.T("model.judged"), v.T("model.overrides"), v.T("model.abstained"), v.T("model.failed"), "ECE", "USD",
	}}}
	var labels []string
	var values []float64
	for _, c := range r.Classifiers {
		agreed, ece, name := "", "", cmp.Or(c.Classifier, v.T("model.unknown"))
		value := math.NaN()
		if rate := c.Category.Rate(); rate != nil {
			value = 100 * *rate
			agreed = fmt.Sprintf("%.1f", value)
		}
		if c.ECE != nil {
			ece = fmt.Sprintf("%.3f", *c.ECE)
		}
		if c.Shadow {
			name = v.T("model.shadow", name)
		}
		labels, values = append(labels, clip(name, 24)), append(values, value)
		s.Table.Rows = append(s.Table.Rows, []string{
			name, fmt.Sprint(c.Asked), fmt.Sprint(c.Applied), agreed, fmt.Sprint(c.Category.Judged), fmt.Sprint(c.Overrides), fmt.Sprint(c.Abstained), fmt.Sprint(c.Failed), ece,
			fmt.Sprintf("%.4f", float64(c.Cost)/1e9),
		})
	}
	s.Plot = columns(v.T("dash.model"), v.T("dash.model.about"), fullWidth, labels, values, func(f float64) string { return fmt.Sprintf("%.1f %%", f) }, "c4")
	return s, nil
}

// Export is the address of a section's table.
func (v *visit) Export(id, form, query string) template.URL {
	q, _ := url.ParseQuery(query)
	return template.URL(v.URL("dashboard/"+id+"."+form) + "?" + q.Encode())
}
