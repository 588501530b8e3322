package helpdesk

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/lru"
	"github.com/helpdesk-go/helpdesk/internal/sureness"
)

// The subjects of FeedbackData.
const (
	aboutCategory = "category"
	aboutPriority = "priority"
	aboutResponse = "response"
)

// judgeCategory records a person's judgement of the category beside the classifier's answer. With
// resolved it judges the category at the resolution: then one that nobody has changed is right,
// too.
func (x *draft) judgeCategory(resolved bool) {
	if x.t.CategoryBy == ByPerson || (x.t.CategoryBy == ByModel && resolved) {
		s := x.suggested()
		x.judge(string(s.Category), string(x.t.Category), FeedbackData{Classifier: s.Classifier, Field: aboutCategory, Confidence: s.Confidence, Resolved: resolved})
	}
}

// judgePriority is judgeCategory for the priority. A priority that a rule or an SLA has raised
// judges no answer.
func (x *draft) judgePriority(resolved bool) {
	s := x.suggested()
	if kept := resolved && x.t.PriorityBy == ByModel && x.t.Priority == s.Priority; kept || x.t.PriorityBy == ByPerson {
		said := ""
		if s.Priority != 0 {
			said = s.Priority.String()
		}
		x.judge(said, x.t.Priority.String(), FeedbackData{Classifier: s.Classifier, Field: aboutPriority, Confidence: s.Confidence, Resolved: resolved})
	}
}

// suggested returns a classifier's proposal for the ticket. It may be empty: a shadow has answered
// all the same.
func (x *draft) suggested() Suggestion {
	if x.t.Suggestion == nil {
		return Suggestion{}
	}
	return *x.t.Suggestion
}

func (x *draft) judge(said, right string, data FeedbackData) {
	if x.cfg.Classifier != nil || x.cfg.Shadow != nil {
		x.event(EventFeedback, said, right, data)
	}
}

// Sureness says how often agents sent what was suggested to them, for suggested replies of one
// maker. It is empty while that is unknown or seldom. It has nothing to do with the confidence in a
// category.
type Sureness string

// A reply is of high sureness when at least 80 of 100 are sent, and of medium when at least 50 are.
// Both shares are the lower end of Wilson's 95% interval over the tenant's last replies of the same
// maker, at most 300. Of less than 20 nothing is known.
const (
	SurenessHigh   Sureness = "high"
	SurenessMedium Sureness = "medium"
)

// ReplyUse is what an agent did with a suggested reply.
type ReplyUse string

// The uses. Words are compared without case and marks, and placeholders do not count. A reply was
// sent when the agent's message has 90% of its words and these are half of the message, so that a
// greeting may be added. It was edited when the message has half of its words.
const (
	ReplySent   ReplyUse = "sent"
	ReplyEdited ReplyUse = "edited"
	ReplyUnused ReplyUse = "unused"
)

// uses and levels are those of package sureness in words.
var (
	uses   = [...]ReplyUse{sureness.Unused: ReplyUnused, sureness.Edited: ReplyEdited, sureness.Sent: ReplySent}
	levels = [...]Sureness{sureness.Unknown: "", sureness.Medium: SurenessMedium, sureness.High: SurenessHigh}
)

// judgeResponse records what the acting agent made of the suggested reply, at the first public
// reply to the ticket.
func (x *draft) judgeResponse(sent string) {
	if s := x.suggested(); s.Response != "" && x.t.Replies == 0 && x.t.Status.Open() {
		use, likeness := sureness.UseOf(s.Response, sent)
		x.event(EventFeedback, "", string(uses[use]), FeedbackData{Classifier: s.ResponseBy, Field: aboutResponse, Likeness: likeness})
	}
}

// The events that are read for the sureness of replies, and how long the result is used.
const (
	feedbackRead = 2000
	surenessAge  = 24 * time.Hour
)

// sureness returns how sure the replies of a maker are. If the events cannot be read, this is
// logged, and nothing is known.
func (d *Desk) sureness(ctx context.Context, by string) Sureness {
	outcomes, ok := d.outcomes.Get(d.tenant, d.now())
	if !ok {
		var err error
		if outcomes, err = d.readOutcomes(ctx); err != nil {
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: sureness of replies", "tenant", d.tenant, "error", err)
			return ""
		}
		d.outcomes.Put(d.tenant, outcomes, lru.SizeOf(outcomes), d.now())
	}
	return levels[outcomes[by].Level()]
}

// readOutcomes counts the last outcomes of each maker.
func (d *Desk) readOutcomes(ctx context.Context) (map[string]sureness.Tally, error) {
	type reply struct {
		maker string
		sent  bool
	}
	var all []reply // the latest last
	for e, err := range Events(ctx, d.store, EventQuery{Tenant: d.tenant, Types: []EventType{EventFeedback}, Latest: feedbackRead}) {
		if err != nil {
			return nil, err
		}
		var f FeedbackData
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return nil, err
		}
		if f.Field == aboutResponse {
			all = append(all, reply{f.Classifier, ReplyUse(e.To) == ReplySent})
		}
	}
	counts := map[string]sureness.Tally{}
	for _, r := range slices.Backward(all) {
		t := counts[r.maker]
		t.Add(r.sent)
		counts[r.maker] = t
	}
	return counts, nil
}
