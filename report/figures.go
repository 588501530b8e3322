package report

// Figure is one figure of an [Overview]: what it is called, and how to read it. A form in which the
// figure has no name leaves it out.
type Figure struct {
	Text string // its label in [WriteOverview]; a label that begins with a space is a detail
	CSV  string // its name in [OverviewTable]; several rows have it as a prefix
	JSON string // its name in the HTTP API
	Card string // its name on the dashboard: the label is the text "figure." + Card of the language

	About  string // what it counts, for the document of the HTTP API
	Unit   Unit   // of a *float64
	Better int    // on the dashboard: 1 if more is better, -1 if less is better, 0 if neither

	// Value reads the figure. It is an int, a *float64, a [Durations], a [Proportion], a [Flow], a
	// [Satisfaction] or a list of [Attainment], which in text has a line for each metric.
	Value func(o *Overview) any
}

// Unit says how people read a number.
type Unit int

// The units.
const (
	Number  Unit = iota // a plain number
	Percent             // from 0 to 100
)

// Figures lists the figures of an overview. The text, the CSV, the HTTP API and the dashboard show
// them in this order. A new figure needs a field of [Overview], which [ComputeOverview] and each
// [Overviewer] fill in, a row here, and its label in the languages of the dashboard.
var Figures = []Figure{
	{Text: "Tickets", CSV: "tickets", JSON: "total_tickets", Value: func(o *Overview) any { return o.Total }},
	{Text: "Open", CSV: "open", JSON: "open", Value: func(o *Overview) any { return o.Open }},
	{Text: "Resolved", CSV: "resolved", JSON: "resolved", Value: func(o *Overview) any { return o.Resolved }},
	{Text: "SLA breached", CSV: "breached", JSON: "sla_breach_count", Value: func(o *Overview) any { return o.Breached }},
	{Card: "created", Value: func(o *Overview) any { return o.Flow.Created }},
	{Card: "resolved", Value: func(o *Overview) any { return o.Flow.Resolved }},
	{Card: "backlog", Better: -1, Value: func(o *Overview) any { return o.Flow.End }},
	{
		Text: "SLA compliance", CSV: "compliance_pct", JSON: "sla_compliance_pct", Card: "compliance",
		About: "Null while no SLA clock was met or breached",
		Unit:  Percent, Better: 1, Value: func(o *Overview) any { return o.Compliance },
	},
	{Text: "  of clocks", Value: func(o *Overview) any { return o.Attainment }},
	{
		Text: "First response", CSV: "first_response", JSON: "first_response", Card: "first", About: "In all hours",
		Better: -1, Value: func(o *Overview) any { return o.FirstResponse },
	},
	{
		CSV: "first_response_open", JSON: "first_response_open", About: "In the open hours of the SLA",
		Value: func(o *Overview) any { return o.FirstResponseOpen },
	},
	{
		Text: "Resolution", CSV: "resolution", JSON: "resolution", Card: "resolution", About: "In all hours",
		Better: -1, Value: func(o *Overview) any { return o.Resolution },
	},
	{
		Text: "  in open hours", CSV: "resolution_open", JSON: "resolution_open", About: "In the open hours of the SLA",
		Value: func(o *Overview) any { return o.ResolutionOpen },
	},
	{JSON: "avg_resolution_hours", Value: func(o *Overview) any { return o.Resolution.meanHours() }},
	{
		Text: "Backlog", CSV: "backlog", JSON: "flow", About: "What happened in the period, to any ticket",
		Value: func(o *Overview) any { return o.Flow },
	},
	{
		Text: "Reopened", CSV: "reopened", JSON: "reopened",
		About: "Of the tickets that were ever resolved, those that came back",
		Value: func(o *Overview) any { return o.Reopened },
	},
	{
		Text: "One reply", CSV: "one_touch", JSON: "one_touch", Card: "onetouch",
		About:  "Of the tickets that are resolved, those with exactly one public reply of a person",
		Better: 1, Value: func(o *Overview) any { return o.OneTouch },
	},
	{
		Text: "Median replies", CSV: "median_replies", JSON: "median_replies", Card: "replies",
		About:  "Public replies by people to a resolution, median by nearest rank; null while no ticket is resolved",
		Better: -1, Value: func(o *Overview) any { return o.MedianReplies },
	},
	{
		Text: "Satisfaction", CSV: "csat", JSON: "csat", Card: "csat",
		Better: 1, Value: func(o *Overview) any { return o.Satisfaction },
	},
}

func (d Durations) meanHours() *float64 {
	if d.N == 0 {
		return nil
	}
	h := d.Mean.Hours()
	return &h
}
