package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// AgentReport compares agents by what is theirs to decide. An agent gets the own row alone.
type AgentReport struct {
	From   time.Time     `json:"from"`
	To     time.Time     `json:"to"`
	Agents []AgentResult `json:"agents" nullable:"false"`
	Funnel []Limits      `json:"funnel" nullable:"false" doc:"The control limits of the ratio, for a plot over what is expected"`

	sheet
}

// AgentResult is about one agent.
type AgentResult struct {
	Agent    string        `json:"agent"`
	Held     int           `json:"held" doc:"Tickets held at any time"`
	Kept     int           `json:"kept" doc:"Of these, those nobody took over"`
	Resolved int           `json:"resolved" doc:"Of these, resolved"`
	Shown    *AgentNumbers `json:"shown,omitempty" doc:"Missing when fewer than 5 tickets were held: so few tell nothing about the agent"`
}

// AgentNumbers is what is shown of an agent with enough tickets. Times are in open hours.
type AgentNumbers struct {
	FirstResponse Durations `json:"first_response" doc:"From when the agent got a ticket to the agent's own first reply"`
	Handling      Durations `json:"handling" doc:"Of tickets resolved, while the agent held them and they did not wait for the customer"`
	Resolution    Rate      `json:"resolution" doc:"Resolved of kept"`
	CSAT          CSAT      `json:"csat"`
	Breaches      float64   `json:"breaches" doc:"By the share of the running time that the agent held the ticket"`
	Expected      float64   `json:"expected" doc:"What the same tickets have with everybody, by category and priority"`
	Ratio         *float64  `json:"ratio" doc:"Breaches to expected"`
	Low           *float64  `json:"ratio_low" doc:"Where the 95% interval begins, by Byar"`
	High          *float64  `json:"ratio_high"`
	Shrunk        float64   `json:"shrunk_ratio" doc:"Drawn towards 1, as by ten breaches more that were expected"`
	Flagged       bool      `json:"flagged" doc:"The interval excludes 1, and at least 5 were expected"`
	Limits        Limits    `json:"limits" doc:"At what is expected"`
}

// Limits are the control limits of the ratio at some number expected.
type Limits struct {
	Expected    float64 `json:"expected"`
	WarningLow  float64 `json:"warning_low" doc:"95%"`
	WarningHigh float64 `json:"warning_high"`
	AlarmLow    float64 `json:"alarm_low" doc:"99.8%"`
	AlarmHigh   float64 `json:"alarm_high"`
}

type agentReportInput struct {
	PeriodParams
	FormatParams
}

// funnelPoints is how many limits make a curve.
const funnelPoints = 40

func (h *Handler) agentReport(ctx context.Context, c *call, in *agentReportInput) (*reportOutput[AgentReport], error) {
	p, _, err := h.period(&in.PeriodParams)
	if err != nil {
		return nil, err
	}
	r, err := report.New(c.desk).Agents(ctx, p)
	if err != nil {
		return nil, err
	}
	w := AgentReport{From: r.Period.From, To: r.Period.To, Agents: []AgentResult{}, Funnel: []Limits{}}
	most := 0.0
	for i := range r.Results {
		w.Agents = append(w.Agents, agentResultOf(&r.Results[i]))
		most = max(most, r.Results[i].Breaches.Expected)
	}
	if most > 0 {
		for _, l := range report.Funnel(most*1.1, funnelPoints) {
			w.Funnel = append(w.Funnel, limitsOf(l))
		}
	}
	return answered(ctx, in.FormatParams, "agents", &w, &w.sheet, func() *report.Table { return report.AgentsTable(r) }), nil
}

func agentResultOf(a *report.AgentResult) AgentResult {
	w := AgentResult{Agent: string(a.Agent), Held: a.Held, Kept: a.Kept, Resolved: a.Resolved}
	if a.Few {
		return w
	}
	w.Shown = &AgentNumbers{
		FirstResponse: durationsOf(a.FirstResponse), Handling: durationsOf(a.Handling), Resolution: rateOf(a.Resolution), CSAT: csatOf(a.Satisfaction),
		Breaches: a.Breaches.Observed, Expected: a.Breaches.Expected, Ratio: a.Breaches.Value(), Shrunk: a.Breaches.Shrunk(), Flagged: a.Flagged,
		Limits: limitsOf(a.Limits),
	}
	if i := a.Breaches.Byar(); i != nil {
		w.Shown.Low, w.Shown.High = &i.Low, &i.High
	}
	return w
}

func limitsOf(l report.Limits) Limits {
	return Limits{l.Expected, l.Warning.Low, l.Warning.High, l.Alarm.Low, l.Alarm.High}
}
