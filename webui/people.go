package webui

import (
	"cmp"
	"fmt"
	"math"

	"github.com/helpdesk-go/helpdesk"
)

// agentsPart compares agents: in a funnel plot, since a ratio of few tickets says little.
func (v *visit) agentsPart(reads *reads) (*section, error) {
	r, err := v.agentReport(reads).wait(v.ctx)
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
func (v *visit) modelPart(reads *reads) (*section, error) {
	r, err := v.triageReport(reads).wait(v.ctx)
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
