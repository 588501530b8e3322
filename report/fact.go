package report

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Fact is what reports need of a ticket that an archive has taken out of its store. It has no texts
// and no customers.
type Fact struct {
	// Ticket has the fields that reports read, and no others. Its clocks do not run.
	Ticket helpdesk.Ticket
	// Events are those that say when the ticket was open, which agent held it and which agents
	// replied, oldest first. They have a Ticket, Type and At; a reply has a By with Role and ID, the
	// others a From and To.
	Events []helpdesk.Event
}

// FactReader is a Store from which an archive has taken tickets. Reports count those too.
type FactReader interface {
	// Facts yields the facts of the tenant's archived tickets that were created in a period, in any
	// order. The zero Period is any time.
	Facts(ctx context.Context, tenant helpdesk.TenantID, p Period) iter.Seq2[*Fact, error]
}

// FactOf returns the Fact of a closed ticket, given all its events, oldest first.
func FactOf(t *helpdesk.Ticket, events []helpdesk.Event) *Fact {
	f := &Fact{Ticket: helpdesk.Ticket{
		Tenant: t.Tenant, ID: t.ID, Status: helpdesk.StatusClosed, Category: t.Category, Priority: t.Priority,
		Assignee: t.Assignee, AssignedAt: t.AssignedAt, CreatedAt: t.CreatedAt, FirstReplyAt: t.FirstReplyAt, ResolvedAt: t.ResolvedAt,
		Replies: t.Replies, Reopened: t.Reopened, MergedInto: t.MergedInto,
	}}
	if t.Rating != nil {
		f.Ticket.Rating = &helpdesk.Rating{Score: t.Rating.Score}
	}
	for _, c := range t.Clocks {
		f.Ticket.Clocks = append(f.Ticket.Clocks, helpdesk.SLAClock{
			Metric: c.Metric, Policy: c.Policy, Version: c.Version, Ran: slices.Clone(c.Ran), Consumed: c.Consumed,
			BreachedAt: c.BreachedAt, VoidedAt: c.VoidedAt, MetAt: c.MetAt,
		})
	}
	for _, e := range events {
		switch {
		case e.Type == helpdesk.EventReplied:
			if byStaff(&e) {
				by := helpdesk.Actor{Role: helpdesk.RoleAgent, ID: e.By.ID}
				f.Events = append(f.Events, helpdesk.Event{Ticket: t.ID, Type: e.Type, By: by, At: e.At})
			}
		case FlowOf(&e) != FlowNone || slices.Contains(holding, e.Type):
			f.Events = append(f.Events, helpdesk.Event{Ticket: t.ID, Type: e.Type, From: e.From, To: e.To, At: e.At})
		}
	}
	return f
}

// eventsOf yields the events of a fact.
func eventsOf(f *Fact) iter.Seq2[helpdesk.Event, error] {
	return func(yield func(helpdesk.Event, error) bool) {
		for _, e := range f.Events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// facts yields the facts of archived tickets that were created in a period and that the actor may
// see.
func (r Reports) facts(ctx context.Context, p Period) iter.Seq2[*Fact, error] {
	return func(yield func(*Fact, error) bool) {
		s, ok := helpdesk.As[FactReader](r.desk.Store())
		if !ok {
			return
		}
		scope, err := r.desk.Scope(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for f, err := range s.Facts(ctx, r.desk.Tenant(), p) {
			if err == nil && !scope.Has(&f.Ticket) {
				continue
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

// micros is a time as a number of microseconds since 1970; 0 is the zero time.
type micros int64

func microsOf(t time.Time) micros {
	if t.IsZero() {
		return 0
	}
	return micros(cmp.Or(t.UnixMicro(), 1)) // the first microsecond of 1970 has no number of its own
}

func (m micros) time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(m)).UTC()
}

// factText is a Fact as JSON, with short names since there is one for each archived ticket.
type factText struct {
	ID         helpdesk.TicketID `json:"i"`
	Category   helpdesk.Category `json:"g,omitempty"`
	Priority   int8              `json:"p,omitempty"`
	Assignee   helpdesk.AgentID  `json:"a,omitempty"`
	AssignedAt micros            `json:"s,omitempty"`
	Created    micros            `json:"c,omitempty"`
	FirstReply micros            `json:"f,omitempty"`
	Resolved   micros            `json:"r,omitempty"`
	Replies    int               `json:"n,omitempty"`
	Reopened   int               `json:"o,omitempty"`
	Merged     helpdesk.TicketID `json:"m,omitempty"`
	Score      *int              `json:"x,omitempty"`
	Clocks     []clockText       `json:"k,omitempty"`
	Events     []eventText       `json:"e,omitempty"`
}

type clockText struct {
	Metric   helpdesk.Metric `json:"m"`
	Policy   string          `json:"p,omitempty"`
	Version  int64           `json:"n,omitempty"`
	Ran      []runText       `json:"r,omitempty"`
	Consumed time.Duration   `json:"c,omitempty"`
	Breached micros          `json:"b,omitempty"`
	Voided   micros          `json:"v,omitempty"`
	Met      micros          `json:"y,omitempty"`
}

type runText struct {
	From  micros          `json:"f"`
	To    micros          `json:"t"`
	Until helpdesk.Status `json:"u,omitempty"`
}

type eventText struct {
	Type helpdesk.EventType `json:"t"`
	By   string             `json:"b,omitempty"` // of a reply: the agent
	From string             `json:"f,omitempty"`
	To   string             `json:"o,omitempty"`
	At   micros             `json:"a,omitempty"`
}

// MarshalJSON writes a Fact without its tenant.
func (f *Fact) MarshalJSON() ([]byte, error) {
	t := &f.Ticket
	x := factText{
		ID: t.ID, Category: t.Category, Priority: int8(t.Priority), Assignee: t.Assignee, AssignedAt: microsOf(t.AssignedAt), Created: microsOf(t.CreatedAt),
		FirstReply: microsOf(t.FirstReplyAt), Resolved: microsOf(t.ResolvedAt), Replies: t.Replies, Reopened: t.Reopened, Merged: t.MergedInto,
	}
	if t.Rating != nil {
		x.Score = &t.Rating.Score
	}
	for _, c := range t.Clocks {
		k := clockText{c.Metric, c.Policy, c.Version, nil, c.Consumed, microsOf(c.BreachedAt), microsOf(c.VoidedAt), microsOf(c.MetAt)}
		for _, r := range c.Ran {
			k.Ran = append(k.Ran, runText{microsOf(r.From), microsOf(r.To), r.Until})
		}
		x.Clocks = append(x.Clocks, k)
	}
	for _, e := range f.Events {
		x.Events = append(x.Events, eventText{e.Type, e.By.ID, e.From, e.To, microsOf(e.At)})
	}
	return json.Marshal(x)
}

// UnmarshalJSON reads what MarshalJSON wrote. The tenant stays as it is.
func (f *Fact) UnmarshalJSON(text []byte) error {
	var x factText
	if err := json.Unmarshal(text, &x); err != nil {
		return err
	}
	*f = Fact{Ticket: helpdesk.Ticket{
		Tenant: f.Ticket.Tenant, ID: x.ID, Status: helpdesk.StatusClosed, Category: x.Category, Priority: helpdesk.Priority(x.Priority),
		Assignee: x.Assignee, AssignedAt: x.AssignedAt.time(), CreatedAt: x.Created.time(), FirstReplyAt: x.FirstReply.time(), ResolvedAt: x.Resolved.time(),
		Replies: x.Replies, Reopened: x.Reopened, MergedInto: x.Merged,
	}}
	if x.Score != nil {
		f.Ticket.Rating = &helpdesk.Rating{Score: *x.Score}
	}
	for _, k := range x.Clocks {
		c := helpdesk.SLAClock{
			Metric: k.Metric, Policy: k.Policy, Version: k.Version, Consumed: k.Consumed,
			BreachedAt: k.Breached.time(), VoidedAt: k.Voided.time(), MetAt: k.Met.time(),
		}
		for _, r := range k.Ran {
			c.Ran = append(c.Ran, helpdesk.RunPeriod{From: r.From.time(), To: r.To.time(), Until: r.Until})
		}
		f.Ticket.Clocks = append(f.Ticket.Clocks, c)
	}
	for _, e := range x.Events {
		one := helpdesk.Event{Ticket: x.ID, Type: e.Type, From: e.From, To: e.To, At: e.At.time()}
		if e.By != "" {
			one.By = helpdesk.Actor{Role: helpdesk.RoleAgent, ID: e.By}
		}
		f.Events = append(f.Events, one)
	}
	return nil
}
