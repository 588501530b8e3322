package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
	"github.com/helpdesk-go/helpdesk/internal/likeness"
)

// SimilarFinder finds solved tickets that are like another. Package similar has one for every
// Store.
type SimilarFinder interface {
	// Find returns at most limit tickets of t's tenant that are like t and [Ticket.IsSolved], the
	// most similar first. A limit of 0 means 3. The ticket itself is not among them. Find reads
	// through store; in a desk made by [Desk.WithStore] this is the host's transaction.
	Find(ctx context.Context, store Store, t *Ticket, limit int) ([]Solved, error)

	// Update is called after tickets became solved, or are not solved any more, or have another
	// resolution or reply: later and outside of any transaction, with up to some hundred tasks of
	// one tenant. Each task names a Ticket; its Attempts are 1 unless an Update of that ticket
	// failed before. Update reads the tickets as they are now and may get the same ones again. It
	// returns the errors of tickets for which it is to be called again; err has it called again for
	// all.
	Update(ctx context.Context, store Store, tasks []Task) (failed map[TicketID]error, err error)
}

// Solved is a resolved ticket that is like another, with its answer. It is for agents: nothing of
// it may reach another customer.
type Solved struct {
	Ticket     TicketID
	Ref        string
	Customer   Contact
	Subject    string
	Text       string  // as it was opened
	Resolution string  // the note of its resolution; empty when an agent's reply alone answered it
	Score      float64 // how similar it is; comparable only within one answer
	Fit        float64 // share of the other text that it covers, 0 to 1; rare words count most

	// Contradicts says that another ticket of the same answer is nearly equal and has another
	// resolution: see [Desk.Similar].
	Contradicts bool
}

// IsSolved reports whether the ticket can serve as an example: it is resolved, or closed after a
// resolution, by a note or an agent's reply. It is neither merged into another nor erased.
func (t *Ticket) IsSolved() bool {
	solved := t.Resolution != "" || (t.Replies > 0 && !t.ResolvedAt.IsZero())
	return solved && !t.Status.Open() && t.MergedInto == "" && t.Subject != erased
}

// Similar returns at most limit solved tickets that are like this one, best first; 0 means 3. The
// ticket itself and tickets that were merged into it are left out. Without [Config.Similar] there
// are none. It is for agents, admins and the host. Restricted agents get those in their scope.
//
// Two of them contradict each other if they have the same subject and share 80% of the words of
// their texts, and both have a note of their resolution, of which less than half of the words are
// shared or only one denies something. Case and marks do not count.
func (d *Desk) Similar(ctx context.Context, id TicketID, limit int) ([]Solved, error) {
	const op = "find similar to"
	d, _, err := d.enterStaff(ctx)
	if err == nil && limit < 0 {
		err = &FieldError{"limit", "is negative"}
	}
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.find(ctx, id)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	solved, err := d.similar(ctx, t, limit)
	return solved, d.fail(op, id, err)
}

// seen returns the solved tickets that are in the scope of the actor.
func (d *Desk) seen(ctx context.Context, solved []Solved) ([]Solved, error) {
	scope, err := d.sees(ctx)
	if err != nil || scope == nil || len(solved) == 0 {
		return solved, err
	}
	q := Query{Tenant: d.tenant, Scope: scope, Limit: MaxLimit}
	for _, s := range solved {
		q.IDs = append(q.IDs, s.Ticket)
	}
	page, err := d.store.Tickets(ctx, q)
	return slices.DeleteFunc(solved, func(s Solved) bool {
		return !slices.ContainsFunc(page.Tickets, func(t *Ticket) bool { return t.ID == s.Ticket })
	}), err
}

// similar asks the SimilarFinder, if there is one, and turns its panic into an error.
func (d *Desk) similar(ctx context.Context, t *Ticket, limit int) (solved []Solved, err error) {
	if d.cfg.Similar == nil {
		return nil, nil
	}
	if limit == 0 {
		limit = similarTickets
	}
	limit = min(limit, MaxLimit)
	scope, err := d.sees(ctx)
	if err != nil {
		return nil, err
	}
	wanted := limit + moreSimilar
	if scope != nil {
		wanted = min(wanted*scopedSimilar, MaxLimit)
	}
	err = bounded.Safely(func() (err error) {
		solved, err = d.cfg.Similar.Find(ctx, d.store, t, wanted)
		return err
	})
	if err == nil {
		solved, err = d.seen(ctx, solved)
	}
	solved = distinct(solved, limit)
	markContradictions(solved)
	return solved, err
}

const (
	moreSimilar   = 10 // how many more tickets are looked at, because some say the same as another
	scopedSimilar = 4  // how many times as many for an actor who sees some of them only
)

// markContradictions sets Contradicts.
func markContradictions(solved []Solved) {
	for i := range solved {
		for j := range i {
			if a, b := &solved[i], &solved[j]; contradict(a, b) {
				a.Contradicts, b.Contradicts = true, true
			}
		}
	}
}

func contradict(a, b *Solved) bool {
	if a.Resolution == "" || b.Resolution == "" || !slices.Equal(likeness.Words(a.Subject), likeness.Words(b.Subject)) || likeness.Shared(excerpt.Of(a.Text), excerpt.Of(b.Text)) < 0.8 {
		return false
	}
	return likeness.Shared(a.Resolution, b.Resolution) < 0.5 || likeness.Denies(a.Resolution) != likeness.Denies(b.Resolution)
}

// distinct returns the first tickets, at most limit, that do not repeat the subject and the
// resolution of one before. Without a resolution the texts have to be the same.
func distinct(solved []Solved, limit int) []Solved {
	var list []Solved
	seen := map[string]bool{}
	for _, s := range solved {
		said := "=" + s.Resolution
		if s.Resolution == "" {
			said = s.Text
		}
		key := strings.ToLower(strings.Join(strings.Fields(s.Subject), " ") + "\n" + strings.Join(strings.Fields(said), " "))
		if !seen[key] && len(list) < limit {
			seen[key] = true
			list = append(list, s)
		}
	}
	return list
}

// queueIndex leaves a task when the change makes the ticket solved, or ends that, or gives a solved
// ticket another resolution or reply. The index is not part of the commit: counting the tenant's
// words there would make all its commits wait for each other.
func (x *draft) queueIndex() {
	if x.cfg.Similar == nil && x.cfg.Learner == nil {
		return
	}
	is, was := x.t.IsSolved(), x.before != nil && x.before.IsSolved()
	if is != was || (is && (x.t.Resolution != x.before.Resolution || x.t.Subject != x.before.Subject || x.t.Replies != x.before.Replies)) {
		x.task(TaskIndex, string(x.t.ID), x.t.ID, x.now)
	}
}

// index does the index tasks of one tenant. Tickets that fail are tried again.
func (d *Desk) index(ctx context.Context, tasks []Task) (int, error) {
	all := slices.Clone(tasks) // the call may outlive us
	failed, err := bounded.Value(ctx, callTime, func(ctx context.Context) (map[TicketID]error, error) {
		if d.cfg.Similar == nil {
			return nil, nil
		}
		return d.cfg.Similar.Update(ctx, d.store, all)
	})
	switch {
	case err == nil:
		return d.commitEach(ctx, d.indexed(tasks, failed))
	case errors.Is(err, bounded.ErrNoAnswer) && len(tasks) > 1: // perhaps for the sake of one ticket
		return d.each(ctx, tasks, couriers, callTime, (*Desk).indexOne)
	}
	return d.putOff(ctx, tasks, fmt.Errorf("similar tickets: %w", err))
}

func (d *Desk) indexOne(ctx context.Context, task *Task) error {
	failed, err := d.cfg.Similar.Update(ctx, d.store, []Task{*task})
	if err != nil {
		return fmt.Errorf("similar tickets: %w", err)
	}
	return d.commit(ctx, d.indexed([]Task{*task}, failed)...)
}

// indexed returns the ends of tasks whose tickets are in the index now, but for those that failed.
func (d *Desk) indexed(tasks []Task, failed map[TicketID]error) []*Change {
	ends := make([]*Change, len(tasks))
	for i := range tasks {
		ends[i] = d.outcome(&tasks[i], failed[tasks[i].Ticket])
	}
	if d.cfg.Learner != nil {
		ends[0].Tasks = append(ends[0].Tasks, d.learnTask()) // the Learner may learn
	}
	return ends
}

// Reindex has the SimilarFinder learn of all solved tickets of the tenant again: those that were
// solved before there was one, or by another version of it. It only leaves a task, which Tick does
// a page of tickets at a time; a process that dies costs the page in hand. Only admins and the host
// may.
func (d *Desk) Reindex(ctx context.Context) error {
	const op = "index solved tickets again"
	_, err := d.admin(ctx)
	if err == nil {
		err = d.commit(ctx, &Change{Tenant: d.tenant, Tasks: []Task{{Tenant: d.tenant, Kind: taskReindex, Key: "all", DueAt: d.now()}}})
	}
	return d.fail(op, "", err)
}

// reindexed is how many tickets a task of Reindex does.
const reindexed = 200

// reindex does a page of the tenant's solved tickets, and leaves the next one. The page begins
// after the cursor in the payload.
func (d *Desk) reindex(ctx context.Context, task *Task) error {
	if d.cfg.Similar == nil {
		return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
	}
	q := Query{Tenant: d.tenant, Status: []Status{StatusResolved, StatusClosed}, Order: Oldest, Limit: reindexed}
	if len(task.Payload) > 0 {
		if err := json.Unmarshal(task.Payload, &q.After); err != nil {
			return fmt.Errorf("reindex: %w", err)
		}
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return err
	}
	var tickets []Task
	for _, t := range page.Tickets {
		if t.IsSolved() {
			tickets = append(tickets, Task{Tenant: d.tenant, Kind: TaskIndex, Key: string(t.ID), Ticket: t.ID, DueAt: d.now(), Attempts: 1})
		}
	}
	c := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if len(tickets) > 0 {
		failed, err := d.cfg.Similar.Update(ctx, d.store, tickets)
		if err != nil {
			return fmt.Errorf("similar tickets: %w", err)
		}
		for _, t := range tickets {
			if failed[t.Ticket] != nil {
				t.Attempts = 0
				c.Tasks = append(c.Tasks, t) // alone, and again until it works
			}
		}
	}
	if page.Next != "" {
		c.Tasks = append(c.Tasks, Task{Tenant: d.tenant, Kind: taskReindex, Key: "all", DueAt: d.now(), Payload: encoded(page.Next)})
	}
	return d.commit(ctx, c)
}
