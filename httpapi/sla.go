package httpapi

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// Explanation says why an SLA clock is due when it is.
type Explanation struct {
	Clock    Clock      `json:"clock"`
	Why      string     `json:"why" doc:"One sentence"`
	Text     string     `json:"text" doc:"The whole of it as plain text"`
	Calendar string     `json:"calendar"`
	Used     float64    `json:"used_seconds" doc:"Open time used up by now"`
	Left     float64    `json:"left_seconds" doc:"Negative when the target is passed"`
	SavedBy  *string    `json:"saved_by" doc:"Who saved the SLA it runs under; null for that of the host's configuration"`
	SavedAt  *time.Time `json:"saved_at"`
	Segments []Segment  `json:"segments" nullable:"false"`
	Steps    []StepTime `json:"steps" nullable:"false"`
}

// Segment is a stretch in which a clock ran in open hours, ran in closed hours, or stood still.
type Segment struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Open  float64   `json:"open_seconds" doc:"Counted in this step"`
	Total float64   `json:"total_seconds" doc:"Counted up to its end"`
	Why   string    `json:"why"`
}

// Step is a step of the steps, and when it comes.
type StepTime struct {
	Name  string     `json:"name"`
	At    *time.Time `json:"at" doc:"Null when the clock does not get there as it stands"`
	Fired bool       `json:"fired"`
}

type explainInput struct {
	ID string `path:"id" doc:"Id or reference"`
}

type explainOutput struct {
	Body struct {
		Clocks []Explanation `json:"clocks" nullable:"false"`
	}
}

func (h *Handler) explain(ctx context.Context, c *call, in *explainInput) (*explainOutput, error) {
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	all, err := sla.Explain(ctx, c.desk, id)
	if err != nil {
		return nil, err
	}
	out := &explainOutput{}
	out.Body.Clocks = make([]Explanation, len(all))
	for i := range all {
		out.Body.Clocks[i] = explanationOf(&all[i])
	}
	return out, nil
}

func explanationOf(e *sla.Explanation) Explanation {
	w := Explanation{
		Clock: clockOf(e.Clock), Why: e.Why, Text: e.String(), Calendar: e.Hours, Used: e.Used.Seconds(), Left: e.Left.Seconds(),
		SavedAt: when(e.SavedAt), Segments: []Segment{}, Steps: []StepTime{},
	}
	if !e.SavedAt.IsZero() {
		w.SavedBy = maybe(e.SavedBy.String())
	}
	for _, s := range e.Segments {
		w.Segments = append(w.Segments, Segment{s.From, s.To, s.Open.Seconds(), s.Total.Seconds(), s.Why})
	}
	for _, r := range e.Steps {
		w.Steps = append(w.Steps, StepTime{r.Name, when(r.At), r.Fired})
	}
	return w
}

type voiding struct {
	Metric   string `json:"metric" enum:"first_response,next_response,resolution,periodic_update,owner_time"`
	Instance int    `json:"instance,omitempty" doc:"1 when left out"`
	Reason   string `json:"reason"`
}

func (h *Handler) void(ctx context.Context, c *call, in *with[voiding]) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.VoidBreach(ctx, id, helpdesk.Metric(in.Body.Metric), max(1, in.Body.Instance), in.Body.Reason)
	})
}

func (h *Handler) applySLA(ctx context.Context, c *call, in *on) (*ticketOutput, error) {
	return c.command(ctx, in.ID, in.IfMatch, func(d *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
		return d.ApplyCurrentSLA(ctx, id)
	})
}

func (h *Handler) readSLA(ctx context.Context, c *call, _ *struct{}) (*documentOutput, error) {
	return output(c.desk.SLA(ctx))
}

func (h *Handler) saveSLA(ctx context.Context, c *call, in *documentInput) (*documentOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	value, err := in.value()
	if err != nil {
		return nil, err
	}
	return output(d.SaveSLA(ctx, value))
}

func (h *Handler) removeSLA(ctx context.Context, c *call, in *removeInput) (*struct{}, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	_, err = d.SaveSLA(ctx, nil)
	return nil, err
}

type versionsInput struct {
	Below  int64  `query:"below" minimum:"0" doc:"Only versions less than this; 0 is no limit"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20" doc:"At most so many on a page"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before"`
}

type versionsOutput struct {
	Body struct {
		Versions []Document `json:"versions" nullable:"false"`
		Next     *string    `json:"next_cursor" doc:"Null on the last page"`
	}
}

func (h *Handler) slaVersions(ctx context.Context, c *call, in *versionsInput) (*versionsOutput, error) {
	below := in.Below
	if in.Cursor != "" {
		at, err := strconv.ParseInt(in.Cursor, 10, 64)
		if err != nil || at < 1 {
			return nil, refuse("query.cursor", "cannot be read")
		}
		if below == 0 || at < below {
			below = at
		}
	}
	versions, err := c.desk.SLAHistory(ctx, below, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &versionsOutput{}
	if len(versions) > in.Limit {
		versions = versions[:in.Limit]
		out.Body.Next = maybe(strconv.FormatInt(versions[in.Limit-1].Version, 10))
	}
	out.Body.Versions = []Document{}
	for _, s := range versions {
		out.Body.Versions = append(out.Body.Versions, documentOf(s))
	}
	return out, nil
}

type restoreInput struct {
	Version int64  `path:"version" minimum:"1" maximum:"1000000000" doc:"Of the version to bring back"`
	IfMatch string `header:"If-Match" doc:"The ETag of the latest version: the command is refused with 412 if there is another since" example:"\"3\""`
}

// restoreSLA makes a new version of an earlier one. A version that went back to the host's
// configuration does so again.
func (h *Handler) restoreSLA(ctx context.Context, c *call, in *restoreInput) (*documentOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	found, err := d.SLAHistory(ctx, in.Version+1, 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || found[0].Version != in.Version {
		return nil, fmt.Errorf("read version %d of the SLA: %w", in.Version, helpdesk.ErrNotFound)
	}
	if found[0].Deleted {
		return output(d.SaveSLA(ctx, nil))
	}
	return output(d.SaveSLA(ctx, found[0].Value))
}

func (h *Handler) applySLAToAll(ctx context.Context, c *call, _ *struct{}) (*struct{}, error) {
	return nil, c.desk.ApplyCurrentSLAToAll(ctx)
}
