package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/excerpt"
	"github.com/helpdesk-go/helpdesk/internal/lru"
	"github.com/helpdesk-go/helpdesk/internal/safereply"
)

// triageRetries are the waits before a classifier that failed is asked again.
var triageRetries = []time.Duration{time.Minute, 5 * time.Minute, 25 * time.Minute}

// Triage classifies and assigns an open ticket now, which Tick otherwise does later. A classifier
// that fails does not fail Triage: rules alone assign the ticket, its TriagedAt stays zero, and its
// task asks again in a minute. Tickets that have waited longer for an agent are assigned first. In
// the host's transaction Triage leaves assigning to Tick: others wait for the counters it would
// lock.
func (d *Desk) Triage(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "triage"
	d, by, err := d.enterStaff(ctx)
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
		// Tick tries again.
		d.cfg.Logger.WarnContext(ctx, "helpdesk: assign", "tenant", d.tenant, "ticket", id, "error", err)
	}
	if placed, err := d.find(ctx, id); err == nil { // else return it as triaged
		t = placed
	}
	return t, nil
}

// triage asks the classifier outside of any transaction and applies its answer to the ticket's
// latest version.
func (d *Desk) triage(ctx context.Context, id TicketID, by Actor, task *Task) (*Ticket, error) {
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	o, err := d.outcomeOf(ctx, t, task)
	if err != nil {
		return nil, err
	}
	after, err := d.update(ctx, id, by, func(x *draft) error { return x.triage(ctx, t, o, task) })
	if err != nil {
		return nil, err
	}
	if o.broke != nil {
		d.tellBudget(ctx, after, o.broke)
	}
	return d.recheck(ctx, after)
}

// triesOf returns the number of a try of triage, and whether it is the last.
func triesOf(task *Task) (tries int, last bool) {
	tries = 1
	if task != nil {
		tries = task.Attempts
	}
	return tries, tries > len(triageRetries)
}

// outcomeOf asks the classifier and the ReplyFinder about an open ticket.
func (d *Desk) outcomeOf(ctx context.Context, t *Ticket, task *Task) (o outcome, err error) {
	if !t.Status.Open() {
		return o, nil
	}
	_, last := triesOf(task)
	if o, err = d.classify(ctx, d.cfg.Classifier, t, last); err == nil {
		err = d.findReply(ctx, t, &o, last)
	}
	return o, err
}

// triage applies the outcome for a version of the ticket to its latest version.
func (x *draft) triage(ctx context.Context, t *Ticket, o outcome, task *Task) error {
	tries, last := triesOf(task)
	if x.t.Status.Open() && !t.Status.Open() {
		return nil // it was reopened meanwhile; reopening left a task
	}
	if task != nil {
		x.ends(task)
		if x.cfg.Classifier != nil {
			x.c.LockWait = 0 // its answer was paid for
		}
	} else {
		x.task(TaskTriage, string(x.t.ID), x.t.ID, time.Time{})
	}
	if !x.t.Status.Open() {
		return nil
	}
	if x.t.Subject != t.Subject || x.t.Description != t.Description {
		o = outcome{} // erased meanwhile: nothing derived from the old text may come back
	}
	x.apply(ctx, o)
	if err := x.propose(ctx, o); err != nil {
		return err
	}
	if o.again && !last {
		x.task(TaskTriage, string(x.t.ID), x.t.ID, x.now.Add(triageRetries[tries-1])).Attempts = tries
	} else {
		x.t.TriagedAt = x.now
		x.shadow()
	}
	x.triaged = true
	return nil
}

// untriaged commits the end of a triage that was given up: rules alone assign its ticket, and a
// person has to review it.
func (d *Desk) untriaged(ctx context.Context, end *Change) error {
	_, err := d.update(ctx, end.Done[0].Ticket, Actor{}, func(x *draft) error {
		x.c.Done, x.c.Tasks = append(x.c.Done, end.Done...), append(x.c.Tasks, end.Tasks...)
		if x.t.Status.Open() {
			x.triaged, x.t.TriagedAt, x.t.NeedsReview = true, x.now, x.t.CategoryBy == ByRule
		}
		return nil
	})
	return err
}

// outcome is the result of one call of a classifier.
type outcome struct {
	answer *Classification // nil when there is none to use
	like   []Solved        // resolved tickets like this one
	found  FoundReply      // proposed without the classifier
	again  bool            // its failure may be temporary
	asked  bool
	broke  error    // matches ErrBudget when a classifier had no money left
	alone  Priority // of a classifier that abstains from all but this; 0 for none
	data   TriageData
}

// classify asks a classifier. Only the end of ctx is an error; any other failure is an outcome.
func (d *Desk) classify(ctx context.Context, c Classifier, t *Ticket, last bool) (outcome, error) {
	var o outcome
	var err error
	if o.like, err = d.similar(ctx, t, similarTickets); err != nil {
		if ctx.Err() != nil {
			return o, ctx.Err()
		}
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: similar tickets", "tenant", d.tenant, "ticket", t.ID, "error", err)
	}
	if c == nil {
		return o, nil
	}
	if err = d.refresh(ctx); err != nil {
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: learner", "tenant", d.tenant, "error", err)
	}
	r := &ClassifyRequest{
		Tenant: t.Tenant, Ticket: t.ID, Source: t.Source, Language: t.Language, Subject: t.Subject, Text: excerpt.Of(t.Description),
		Customer:   t.Customer,
		Categories: d.Categories(), Similar: slices.Clone(o.like), Last: last,
	}
	start := d.cfg.Clock.Now()
	answer, err := ask(ctx, c, r)
	o.asked, o.data.Latency = true, max(0, d.cfg.Clock.Now().Sub(start))
	if err != nil && ctx.Err() != nil {
		return o, ctx.Err()
	}
	if err != nil {
		o.data.Classifier = classifierName(c)
	}
	if err == nil {
		o.data.Classifier, o.data.Confidence = answer.Classifier, answer.Confidence
		o.data.TokensIn, o.data.TokensOut, o.data.Cost = answer.TokensIn, answer.TokensOut, answer.Cost
		if answer.Skipped != nil {
			o.data.Skipped = clipTo(cleanText(answer.Skipped.Error()), 500)
		}
		if errors.Is(answer.Skipped, ErrBudget) {
			o.broke = answer.Skipped
		}
		if err = answer.check(d, t); err != nil {
			o.data.Confidence = 0 // it may be NaN
		}
	} else if errors.Is(err, ErrBudget) {
		o.broke = err
	}
	if err != nil {
		o.data.Classifier = clipTo(cleanText(o.data.Classifier), 200)
		o.again = !errors.Is(err, ErrAbstain) && !errors.Is(err, ErrInvalid)
		o.data.Error = clipTo(cleanText(err.Error()), 500)
		o.data.Abstained, o.data.Hostile = errors.Is(err, ErrAbstain), errors.Is(err, errHostile)
		var sure interface{ AbstainedPriority() Priority }
		if o.data.Abstained && errors.As(err, &sure) && checkPriority(sure.AbstainedPriority(), true) == nil {
			o.alone = sure.AbstainedPriority()
			o.data.Priority = o.alone
		}
		var paid interface {
			Spent() (tokensIn, tokensOut int, cost int64)
		}
		if errors.As(err, &paid) {
			o.data.TokensIn, o.data.TokensOut, o.data.Cost = paid.Spent()
		}
		return o, nil
	}
	o.data.Withheld = answer.withhold(t, o.like)
	o.data.Category, o.data.Priority, o.data.Tags = answer.Category, answer.Priority, answer.Tags
	o.answer = answer
	return o, nil
}

// ask calls the classifier and survives its panics.
func ask(ctx context.Context, c Classifier, r *ClassifyRequest) (answer *Classification, err error) {
	defer func() {
		if p := recover(); p != nil {
			answer, err = nil, fmt.Errorf("%w: classifier panicked: %v", ErrInvalid, p)
		}
	}()
	answer, err = c.Classify(ctx, r)
	if err == nil && answer == nil {
		err = ErrAbstain
	}
	if err == nil {
		c := *answer // ours to clean
		answer = &c
	}
	return answer, err
}

// errHostile is a text or an answer that looks like an attack: nothing of that answer is used.
var errHostile = fmt.Errorf("%w: hostile", ErrInvalid)

// check refuses an answer with any fault as a whole: when one part is wrong the others are not
// trusted. It cleans the tags, and inserts spaces between a reply's sentences if it lacks only
// these.
func (c *Classification) check(d *Desk, t *Ticket) error {
	if c.Suspicious {
		return fmt.Errorf("%w: the text tries to steer the classifier", errHostile)
	}
	var bad error
	if math.IsNaN(c.Confidence) || c.Confidence < 0 || c.Confidence > 1 {
		bad = &FieldError{"confidence", "is not between 0 and 1"}
	}
	if c.TokensIn < 0 || c.TokensOut < 0 || c.Cost < 0 {
		c.TokensIn, c.TokensOut, c.Cost = 0, 0, 0
		bad = errors.Join(bad, &FieldError{"cost", "is negative"})
	}
	if err := checkText("response", c.Response, false); err != nil { // first: the rest takes long for a long text
		return errors.Join(bad, err)
	}
	known := []string{t.Subject, excerpt.Of(t.Description)}
	if !safereply.Allowed(c.Response, known...) {
		c.Response = safereply.SpaceSentences(c.Response)
	}
	if !safereply.Allowed(c.Response, known...) {
		bad = errors.Join(bad, fmt.Errorf("%w: the reply holds a link or an address of its own", errHostile))
	}
	tags, tagsErr := cleanTags("tags", c.Tags)
	c.Tags = tags
	return errors.Join(bad, tagsErr,
		d.checkCategory(c.Category), checkPriority(c.Priority, true),
		checkLine("classifier", c.Classifier, 200, false))
}

// withhold drops a reply that must not reach the customer of t, and returns why. The rest of the
// answer stays.
func (c *Classification) withhold(t *Ticket, like []Solved) (reason string) {
	var others []safereply.Other
	for _, s := range like {
		if s.Customer.Email != t.Customer.Email {
			others = append(others, safereply.Other{
				Texts: []string{s.Subject, excerpt.Of(s.Text), excerpt.Of(s.Resolution)}, Names: []string{s.Customer.Name, s.Customer.Email},
			})
		}
	}
	switch own := []string{t.Subject, excerpt.Of(t.Description), t.Customer.Name, t.Customer.Email}; {
	case safereply.ToAgent(c.Response):
		reason = "the reply speaks to the agent"
	case safereply.OfPrompt(c.Response):
		reason = "the reply repeats the instructions of the model"
	case safereply.AsksSecret(c.Response):
		reason = "the reply asks the customer for a secret"
	case safereply.Foreign(c.Response, own, others):
		reason = "the reply holds what stands only in another customer's ticket"
	default:
		return ""
	}
	c.Response = ""
	return reason
}

// apply lets an outcome change the ticket, but not what a rule or a person has set. See propose for
// the reply.
func (x *draft) apply(ctx context.Context, o outcome) {
	if o.alone != 0 && x.t.PriorityBy != ByPerson {
		x.setPriority(x.applyMinPriority(ctx, o.alone, o.data.Classifier), ByModel)
	}
	if a := o.answer; a != nil {
		x.t.Suggestion = &Suggestion{
			Category: a.Category, Priority: a.Priority, Tags: a.Tags, Confidence: a.Confidence, Classifier: a.Classifier,
		}
		if o.data.Applied = a.Category != "" && a.Confidence >= x.cfg.Confidence && x.t.CategoryBy != ByPerson; o.data.Applied {
			x.setCategory(a.Category, ByModel)
		}
		if a.Priority != 0 && x.t.PriorityBy != ByPerson {
			x.setPriority(x.applyMinPriority(ctx, a.Priority, a.Classifier), ByModel)
		}
		x.addTags(a.Tags)
	}
	x.t.NeedsReview = x.t.CategoryBy == ByRule
	if o.asked {
		x.event(EventTriaged, "", string(x.t.Category), o.data)
	}
}

// addTags joins tags to those of the ticket, up to the limit.
func (x *draft) addTags(tags []string) {
	all := slices.Concat(x.t.Tags, tags)
	slices.Sort(all)
	if all = slices.Compact(all); len(all) <= MaxTags {
		x.t.Tags = all
	}
}

// similarTickets is how many of them a classifier gets.
const similarTickets = 3

// shadow leaves a task to ask the shadow classifier about a triaged ticket.
func (x *draft) shadow() {
	if x.cfg.Shadow != nil {
		x.task(taskShadow, string(x.t.ID), x.t.ID, x.now)
	}
}

// askShadow does a shadow task: it records the shadow classifier's answer about a ticket, once, and
// changes nothing else. The question ignores decisions of people, and is the last: a failure is
// recorded too.
func (d *Desk) askShadow(ctx context.Context, task *Task) error {
	t, err := d.find(ctx, task.Ticket)
	if err != nil {
		return err
	}
	c := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if d.cfg.Shadow != nil {
		o, err := d.classify(ctx, d.cfg.Shadow, t, true)
		if err != nil {
			return err
		}
		x := &draft{Desk: d, now: d.now(), t: t, c: *c}
		x.event(EventShadow, "", string(t.Category), o.data)
		c = &x.c
	}
	return d.commit(ctx, c)
}

// onceBudget is the scope of the once keys of notices about a spent budget: one a tenant and day,
// and one for the shares of customers.
const onceBudget = "budget"

// budgetTold is the latest day on which the managers of a tenant were told, as far as this process
// knows.
type budgetTold struct{ whole, share string }

// tellBudget tells the managers of the tenant that the money of a classifier is spent, at ticket t,
// unless they know. It is not part of the ticket's own commit, which a used key would fail.
func (d *Desk) tellBudget(ctx context.Context, t *Ticket, why error) {
	x := &draft{Desk: d, now: d.now(), t: t, c: Change{Tenant: d.tenant}}
	day := x.now.Format(time.DateOnly)
	known, _ := d.budget.Last(d.tenant)
	told, key := &known.whole, day
	text := "The model's budget for today is spent. Tickets are classified without it until tomorrow."
	if errors.Is(why, ErrBudgetShare) {
		told, key = &known.share, day+" share"
		text = "A customer has spent their share of the model's budget for today. " +
			"Further tickets of that customer are classified without it until tomorrow."
	}
	if *told == day {
		return
	}
	x.once(onceBudget, key)
	x.notify(notice{Key: "budget " + key, Kind: NoticeBudget, Audience: toManagers, Text: text})
	err := d.commit(ctx, &x.c)
	var dup *DuplicateError
	switch {
	case err == nil:
		d.cfg.Logger.WarnContext(ctx, "helpdesk: budget", "tenant", d.tenant, "ticket", t.ID, "error", why)
	case !errors.As(err, &dup): // the next ticket tries again
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: tell of the budget", "tenant", d.tenant, "error", err)
		return
	}
	*told = day
	d.budget.Put(d.tenant, known, lru.SizeOf(known), x.now)
}
