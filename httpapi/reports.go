package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// FormatParams chooses between JSON and CSV.
type FormatParams struct {
	Format string `query:"format" enum:"json,csv" doc:"csv for a spreadsheet; so does Accept: text/csv"`
}

// reportOutput is a report. As CSV it has a ContentType, which is what huma chooses the format by.
type reportOutput[T any] struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        T
}

// sheet is a report that may be answered as a table.
type sheet struct{ table *report.Table }

func (s sheet) tableOf() *report.Table { return s.table }

// answered is a report as JSON, or as CSV if the request asks for it. into is the table of body.
func answered[T any](ctx context.Context, in FormatParams, name string, body *T, into *sheet, table func() *report.Table) *reportOutput[T] {
	csv, _ := ctx.Value(wantsCSV{}).(bool)
	out := &reportOutput[T]{}
	if in.Format == "csv" || (in.Format == "" && csv) {
		into.table = table()
		out.ContentType, out.Disposition = csvFormat, `attachment; filename="`+name+`.csv"`
	}
	out.Body = *body
	return out
}

// csvMarshaler writes what answered has made.
var csvMarshaler = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		t, ok := v.(interface{ tableOf() *report.Table })
		if !ok || t.tableOf() == nil {
			return fmt.Errorf("httpapi: %T is no table", v)
		}
		var b bytes.Buffer
		if err := t.tableOf().WriteCSV(&b); err != nil {
			return err
		}
		_, err := w.Write(b.Bytes())
		return err
	},
	Unmarshal: func([]byte, any) error { return fmt.Errorf("httpapi: CSV is not read") },
}

// Overview tells how the tickets created in a period fared. A number without observations is null.
// Its figures are those of [report.Figures] that have a name in JSON.
type Overview struct {
	From       time.Time        `json:"from"`
	To         time.Time        `json:"to"`
	ByCategory map[string]int   `json:"by_category" doc:"uncategorized stands for none"`
	ByPriority map[string]int   `json:"by_priority"`
	Categories map[string]Group `json:"categories"`
	Priorities map[string]Group `json:"priorities"`
	Attainment []Attainment     `json:"attainment" nullable:"false"`
	Policies   []Attainment     `json:"policies" nullable:"false" doc:"The same for each policy"`
	Before     *Overview        `json:"before,omitempty" doc:"The same of the period of the same length before it, with compare"`

	figures *report.Overview
	sheet
}

// MarshalJSON writes the figures before the other fields.
func (o Overview) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i := range report.Figures {
		f := &report.Figures[i]
		if f.JSON == "" {
			continue
		}
		value, err := json.Marshal(figureOf(f, o.figures))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s,", f.JSON, value)
	}
	type fields Overview // without this method
	rest, err := json.Marshal(fields(o))
	if err != nil {
		return nil, err
	}
	b.Write(rest[1:]) // without the brace
	return b.Bytes(), nil
}

// TransformSchema adds the figures to the schema that huma has made of the fields.
func (Overview) TransformSchema(r huma.Registry, s *huma.Schema) *huma.Schema {
	for i := range report.Figures {
		f := &report.Figures[i]
		if f.JSON == "" {
			continue
		}
		property := r.Schema(reflect.TypeOf(figureOf(f, &report.Overview{})), true, "")
		property.Description = f.About
		s.Properties[f.JSON] = property
		s.Required = append(s.Required, f.JSON)
	}
	return s
}

// figureOf returns a figure as the API writes it.
func figureOf(f *report.Figure, o *report.Overview) any {
	switch v := f.Value(o).(type) {
	case int, *float64:
		return v
	case report.Durations:
		return durationsOf(v)
	case report.Proportion:
		return rateOf(v)
	case report.Flow:
		return flowOf(v)
	case report.Satisfaction:
		return csatOf(v)
	default:
		panic(fmt.Sprintf("httpapi: the figure %q is a %T", f.JSON, v))
	}
}

// Group is the tickets of an overview that have something in common.
type Group struct {
	Total      int       `json:"total"`
	Resolved   int       `json:"resolved"`
	Breached   int       `json:"breached"`
	Compliance *float64  `json:"compliance_pct"`
	Resolution Durations `json:"resolution"`
}

// Flow counts what happened: end = start + created + reopened - resolved - removed.
type Flow struct {
	Start    int `json:"backlog_start" doc:"Open tickets at the beginning"`
	Created  int `json:"created"`
	Reopened int `json:"reopened"`
	Resolved int `json:"resolved"`
	Removed  int `json:"removed" doc:"Closed without a resolution"`
	End      int `json:"backlog_end" doc:"Open tickets at the end"`
}

// Durations sums up how long something took, in hours.
type Durations struct {
	N    int      `json:"n" doc:"How many tickets stand behind it"`
	Mean *float64 `json:"mean_hours"`
	P50  *float64 `json:"p50_hours"`
	P90  *float64 `json:"p90_hours"`
}

// Attainment counts how the clocks of one metric ended.
type Attainment struct {
	Policy   *string `json:"policy,omitempty"`
	Metric   string  `json:"metric" enum:"first_response,next_response,resolution,periodic_update,owner_time"`
	Met      int     `json:"met"`
	Breached int     `json:"breached"`
	Percent  float64 `json:"pct"`
}

// Rate is a share with its 95% interval.
type Rate struct {
	N    int      `json:"n"`
	Of   int      `json:"of"`
	Rate *float64 `json:"rate" doc:"From 0 to 1"`
	Low  *float64 `json:"low" doc:"Where the 95% interval begins, by Wilson"`
	High *float64 `json:"high"`
}

// CSAT is what customers thought.
type CSAT struct {
	Mean     *float64 `json:"mean" doc:"Of the scores, 1 to 5"`
	Content  Rate     `json:"content" doc:"Scores of 4 and 5"`
	Response Rate     `json:"response" doc:"Of those who could rate, those who did"`
}

type overviewInput struct {
	PeriodParams
	FormatParams
	OrganisationParam
	Compare bool `query:"compare" doc:"Report on the period before, too"`
}

func (h *Handler) overview(ctx context.Context, c *call, in *overviewInput) (*reportOutput[Overview], error) {
	p, _, err := h.period(&in.PeriodParams)
	if err != nil {
		return nil, err
	}
	var o, before *report.Overview
	if in.Compare {
		both, failed := in.reports(c).Compare(ctx, p)
		if failed != nil {
			return nil, failed
		}
		o, before = both.Now, both.Before
	} else if o, err = in.reports(c).Overview(ctx, p); err != nil {
		return nil, err
	}
	w := overviewOf(o)
	if before != nil {
		b := overviewOf(before)
		w.Before = &b
	}
	return answered(ctx, in.FormatParams, "overview", &w, &w.sheet, func() *report.Table { return report.OverviewTable(o, before) }), nil
}

func overviewOf(o *report.Overview) Overview {
	w := Overview{
		From: o.Period.From, To: o.Period.To,
		ByCategory: map[string]int{}, ByPriority: map[string]int{}, Categories: map[string]Group{}, Priorities: map[string]Group{},
		Attainment: attainmentOf(o.Attainment, false), Policies: attainmentOf(o.Policies, true), figures: o,
	}
	for category, g := range o.ByCategory {
		if category == "" {
			category = uncategorized
		}
		w.ByCategory[string(category)], w.Categories[string(category)] = g.Total, groupOf(g)
	}
	for _, p := range helpdesk.Priorities {
		w.ByPriority[p.String()], w.Priorities[p.String()] = o.ByPriority[p].Total, groupOf(o.ByPriority[p])
	}
	return w
}

func groupOf(g report.Group) Group {
	return Group{g.Total, g.Resolved, g.Breached, g.Compliance(), durationsOf(g.Resolution)}
}

func flowOf(f report.Flow) Flow {
	return Flow{f.Start, f.Created, f.Reopened, f.Resolved, f.Removed, f.End}
}

func attainmentOf(list []report.Attainment, named bool) []Attainment {
	all := []Attainment{}
	for _, a := range list {
		w := Attainment{Metric: string(a.Metric), Met: a.Met, Breached: a.Breached, Percent: a.Percent()}
		if named {
			w.Policy = &a.Policy
		}
		all = append(all, w)
	}
	return all
}

func rateOf(s report.Proportion) Rate {
	r := Rate{N: s.N, Of: s.Of, Rate: s.Rate()}
	if i := s.Wilson(); i != nil {
		r.Low, r.High = &i.Low, &i.High
	}
	return r
}

func csatOf(s report.Satisfaction) CSAT {
	return CSAT{s.Mean(), rateOf(s.Content()), rateOf(s.Response())}
}

func durationsOf(d report.Durations) Durations {
	if d.N == 0 {
		return Durations{}
	}
	hours := func(d time.Duration) *float64 { h := d.Hours(); return &h }
	return Durations{d.N, hours(d.Mean), hours(d.P50), hours(d.P90)}
}

type healthOutput struct {
	Body struct {
		Status string `json:"status" enum:"ok"`
	}
}

func (h *Handler) healthz(context.Context, *call, *struct{}) (*healthOutput, error) {
	out := &healthOutput{}
	out.Body.Status = "ok"
	return out, nil
}

func (h *Handler) readyz(ctx context.Context, c *call, in *struct{}) (*healthOutput, error) {
	if err := h.cfg.Ready(ctx); err != nil {
		h.cfg.Logger.WarnContext(ctx, "httpapi: not ready", "request_id", requestID(ctx), "err", err)
		return nil, &huma.ErrorModel{Status: http.StatusServiceUnavailable, Title: "Service Unavailable", Detail: "the desk is not ready; the log says why"}
	}
	return h.healthz(ctx, c, in)
}
