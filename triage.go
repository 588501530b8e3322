package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// triageRetries is when a classifier that failed is asked again.
var triageRetries = []time.Duration{time.Minute, 5 * time.Minute, 25 * time.Minute}

// Triage classifies and assigns an open ticket now, which is what Tick does later. A classifier that
// fails does not fail Triage: the ticket is assigned by what rules know, its TriagedAt stays zero, and
// its task asks again in a minute. Tickets that wait for an agent longer are assigned first. In the host's
// transaction Triage leaves assigning to Tick: others wait for the counters it would lock.
func (d *Desk) Triage(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "triage"
	by, err := d.worker(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.triage(ctx, id, by, nil)
	if err != nil || t.QueuedAt.IsZero() || d.bound {
		return t, d.fail(op, id, err)
	}
	desk := d.As(Actor{})
	desk.version = 0
	if err := desk.placeWaiting(ctx); err != nil {
		d.cfg.Logger.WarnContext(ctx, "helpdesk: assign", "tenant", d.tenant, "ticket", id, "error", err) // Tick tries again
	}
	if placed, err := d.find(ctx, id); err == nil { // else it is triaged all the same
		t = placed
	}
	return t, nil
}

// triage asks the classifier outside of any transaction and then applies its answer to
// the ticket as it has become meanwhile.
func (d *Desk) triage(ctx context.Context, id TicketID, by Actor, task *Task) (*Ticket, error) {
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	o := outcome{}
	if t.Status.Open() {
		if o, err = d.classify(ctx, t); err != nil {
			return nil, err
		}
	}
	return d.update(ctx, id, by, func(x *draft) error {
		tries := 1
		if task != nil {
			x.c.Done = append(x.c.Done, *task)
			tries = task.Attempts
		} else {
			x.task(TaskTriage, string(id), id, time.Time{})
		}
		if !x.t.Status.Open() {
			return nil
		}
		x.apply(o)
		if o.again && tries <= len(triageRetries) {
			x.task(TaskTriage, string(id), id, x.now.Add(triageRetries[tries-1])).Attempts = tries
		} else {
			x.t.TriagedAt = x.now
		}
		x.triaged = true
		return nil
	})
}

// outcome is what came of asking the classifier once.
type outcome struct {
	answer *Classification // nil when there is none to use
	again  bool            // it failed in a way that may pass
	asked  bool
	data   TriageData
}

// classify asks the classifier. Only the end of ctx is an error: whatever else goes
// wrong is an outcome.
func (d *Desk) classify(ctx context.Context, t *Ticket) (outcome, error) {
	if d.cfg.Classifier == nil {
		return outcome{}, nil
	}
	r := &ClassifyRequest{
		Tenant: t.Tenant, Ticket: t.ID, Source: t.Source,
		Subject: t.Subject, Text: t.Description, Categories: d.Categories(),
	}
	start := d.cfg.Clock.Now()
	answer, err := d.ask(ctx, r)
	o := outcome{asked: true, data: TriageData{Latency: max(0, d.cfg.Clock.Now().Sub(start))}}
	if err != nil && ctx.Err() != nil {
		return o, ctx.Err()
	}
	if err == nil {
		o.data.Classifier, o.data.Confidence = answer.Classifier, answer.Confidence
		o.data.TokensIn, o.data.TokensOut = answer.TokensIn, answer.TokensOut
		if err = answer.check(d); err != nil {
			o.data.Confidence = 0 // it may not even be a number
		}
	}
	if err != nil {
		o.again = !errors.Is(err, ErrAbstain) && !errors.Is(err, ErrInvalid)
		o.data.Error = clipTo(err.Error(), 500)
		return o, nil
	}
	o.data.Category, o.data.Priority, o.data.Tags = answer.Category, answer.Priority, answer.Tags
	o.answer = answer
	return o, nil
}

// ask calls the classifier and survives its panics.
func (d *Desk) ask(ctx context.Context, r *ClassifyRequest) (answer *Classification, err error) {
	defer func() {
		if p := recover(); p != nil {
			answer, err = nil, fmt.Errorf("%w: classifier panicked: %v", ErrInvalid, p)
		}
	}()
	answer, err = d.cfg.Classifier.Classify(ctx, r)
	if err == nil && answer == nil {
		err = ErrAbstain
	}
	if err == nil {
		c := *answer // ours to clean
		answer = &c
	}
	return answer, err
}

// check refuses an answer that is no answer, whole: half of it may not be trusted when
// the other half is wrong. It cleans the tags.
func (c *Classification) check(d *Desk) error {
	if c.Suspicious {
		return fmt.Errorf("%w: the text tries to steer the classifier", ErrInvalid)
	}
	var bad error
	if math.IsNaN(c.Confidence) || c.Confidence < 0 || c.Confidence > 1 {
		bad = &FieldError{"confidence", "is not between 0 and 1"}
	}
	tags, tagsErr := cleanTags("tags", c.Tags)
	c.Tags = tags
	return errors.Join(bad, tagsErr,
		d.checkCategory(c.Category), checkPriority(c.Priority, true),
		checkText("response", c.Response, false), checkLine("classifier", c.Classifier, 200, false))
}

// apply lets an outcome change the ticket, as far as floors and people allow.
func (x *draft) apply(o outcome) {
	if a := o.answer; a != nil {
		x.t.Suggestion = &Suggestion{
			Category: a.Category, Priority: a.Priority, Tags: a.Tags,
			Response: a.Response, Confidence: a.Confidence, Classifier: a.Classifier,
		}
		if o.data.Applied = a.Category != "" && a.Confidence >= x.cfg.Confidence && x.t.CategoryBy != ByPerson; o.data.Applied {
			x.setCategory(a.Category, ByModel)
		}
		if a.Priority != 0 && x.t.PriorityBy != ByPerson {
			x.setPriority(x.underFloor(a.Priority), ByModel)
		}
		x.addTags(a.Tags)
	}
	x.t.NeedsReview = x.t.CategoryBy == ByRule
	if o.asked {
		x.event(EventTriaged, "", string(x.t.Category), o.data)
	}
}

// underFloor returns the priority asked for, or the floor where that is higher, and
// records the override. A new ticket learns its floor here.
func (x *draft) underFloor(asked Priority) Priority {
	rule := "host"
	if x.cfg.Floors != nil {
		if p, r := x.cfg.Floors.Floor(x.t.Tenant, x.t.Subject, x.t.Description); p > x.t.Floor || (p == x.t.Floor && p != 0 && x.before != nil) {
			x.t.Floor, rule = p, r
		}
	}
	if asked >= x.t.Floor {
		return asked
	}
	x.event(EventOverride, asked.String(), x.t.Floor.String(), OverrideData{Rule: rule, Asked: asked, Final: x.t.Floor})
	return x.t.Floor
}

// addTags joins tags to those of the ticket, up to the limit.
func (x *draft) addTags(tags []string) {
	all := slices.Concat(x.t.Tags, tags)
	slices.Sort(all)
	if all = slices.Compact(all); len(all) <= MaxTags {
		x.t.Tags = all
	}
}

// clipTo cuts s to at most n bytes, at a character.
func clipTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
