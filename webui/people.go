package webui

import (
	"cmp"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// agentsPart compares agents: in a funnel plot, since a ratio of few tickets says little.
func (v *visit) agentsPart(reads *reads) (*section, error) {
	r, err := reads.people().wait(v.ctx)
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
	s := &section{Table: table{Head: plains(
		v.T("field.assignee"), v.T("agents.held"), v.T("figure.resolved"), v.T("speed.first50"), v.T("agents.handling"), v.T("agents.expected"), v.T("agents.observed"),
		v.T("agents.ratio"), v.T("agents.interval"), v.T("agents.shrunk"), v.T("figure.csat"),
	)}}
	var spots []spot
	for _, a := range r.Results {
		name := cmp.Or(names[a.Agent], string(a.Agent))
		row := append(plains(name), v.wholes(a.Held, a.Resolved)...)
		for range len(s.Table.Head) - len(row) {
			row = append(row, none)
		}
		if !a.Few {
			row[3], row[4] = v.hours(a.FirstResponse, a.FirstResponse.P50), v.hours(a.Handling, a.Handling.P50)
			row[5], row[6] = v.fixed(a.Breaches.Expected, 2), v.fixed(a.Breaches.Observed, 2)
			if value := a.Breaches.Value(); value != nil {
				row[7], row[9] = v.fixed(*value, 3), v.fixed(a.Breaches.Shrunk(), 3)
				spots = append(spots, spot{name, a.Breaches.Expected, *value, a.Flagged})
			}
			if i := a.Breaches.Byar(); i != nil {
				low, high := v.fixed(i.Low, 3), v.fixed(i.High, 3)
				row[8] = cell{low.Text + " – " + high.Text, low.Raw + " – " + high.Raw}
			}
			if mean := a.Satisfaction.Mean(); mean != nil {
				score, n := v.fixed(*mean, 2), v.wholes(a.Satisfaction.Rated)[0]
				row[10] = cell{score.Text + " (" + n.Text + ")", score.Raw + " (" + n.Raw + ")"}
			}
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	if len(spots) == 0 {
		s.Plots = []plot{{Nothing: v.T("dash.agents.nothing")}}
		return s, nil
	}
	x, y := reach(spots)
	f := &funnelPlot{
		Title: v.T("dash.agents"), About: v.T("dash.agents.about"), X: v.T("agents.expected"), Y: v.T("agents.ratio"), Across: v.ratios(x), Up: v.ratios(y),
		Spots: spots, Text: func(ratio float64) string { return v.decimal(ratio, 2) },
	}
	f.Limits = report.Funnel(f.Across.top, 90)
	legend := []key{{v.T("agents.normal"), "c1", "dot"}, {v.T("agents.warn"), "warn", "dash"}, {v.T("agents.alarm"), "alarm", "line"}}
	if slices.ContainsFunc(spots, func(s spot) bool { return s.Flagged }) {
		legend = slices.Insert(legend, 1, key{v.T("agents.flagged"), "bad", "dot"})
	}
	s.Plots = []plot{{Drawing: f.draw(), Legend: legend}}
	return s, nil
}

// modelPart shows how good the classifiers were.
func (v *visit) modelPart(reads *reads) (*section, error) {
	r, err := reads.triage().wait(v.ctx)
	if err != nil {
		return nil, err
	}
	s := &section{Table: table{Head: plains(
		v.T("model.name"), v.T("model.asked"), v.T("model.applied"), v.T("model.agreed"), v.T("model.judged"), v.T("model.overrides"), v.T("model.abstained"), v.T("model.failed"), "ECE", "USD",
	)}}
	var labels []string
	var values []float64
	for _, c := range r.Classifiers {
		name := cmp.Or(c.Classifier, v.T("model.unknown"))
		if c.Shadow {
			name = v.T("model.shadow", name)
		}
		agreed := c.Category.Rate()
		if agreed != nil {
			*agreed *= 100
			labels, values = append(labels, name), append(values, *agreed)
		}
		s.Table.Rows = append(s.Table.Rows, slices.Concat(plains(name), v.wholes(c.Asked, c.Applied), []cell{v.maybe(agreed, 1)},
			v.wholes(c.Category.Judged, c.Overrides, c.Abstained, c.Failed), []cell{v.maybe(c.ECE, 3), v.fixed(float64(c.Cost)/1e9, 4)}))
	}
	s.Plots = []plot{{Bars: bars(labels, values, 100, v.percent1, "c4"), Nothing: v.T("dash.model.nothing")}}
	return s, nil
}
