package helpdesk

import (
	"context"
	"fmt"
)

// SimilarFinder finds solved tickets that are like another. Package similar has one for every
// Store.
type SimilarFinder interface {
	// Find returns at most limit tickets of t's tenant that are like t and [Ticket.IsSolved], the
	// most similar first. A limit of 0 means 3. The ticket itself is not among them. Find reads
	// through store; in a desk made by [Desk.WithStore] this is the host's transaction.
	Find(ctx context.Context, store Store, t *Ticket, limit int) ([]Solved, error)

	// Update is called after tickets became solved, or are not solved any more, or have another
	// resolution: later and outside of any transaction, with up to some hundred tasks of one
	// tenant. Each task names a Ticket; its Attempts are 1 unless an Update of that ticket failed
	// before. Update reads the tickets as they are now and may get the same ones again. It returns
	// the errors of tickets for which it is to be called again; err has it called again for all.
	Update(ctx context.Context, store Store, tasks []Task) (failed map[TicketID]error, err error)
}

// Solved is a resolved ticket that is like another, with its resolution.
type Solved struct {
	Ticket     TicketID
	Ref        string
	Subject    string
	Text       string // as it was opened
	Resolution string
	Customer   Contact // whose ticket it was; to find the name in the texts, and for nothing else
	Score      float64 // how similar it is; comparable only within one answer
	Fit        float64 // share of the other text that it covers, 0 to 1; rare words count most
}

// IsSolved reports whether the ticket can serve as an example: it is resolved or closed, with a
// Resolution, and not merged into another.
func (t *Ticket) IsSolved() bool {
	return !t.Status.Open() && t.Resolution != "" && t.MergedInto == ""
}

// Similar returns at most limit solved tickets that are like this one, best first; 0 means 3. The
// ticket itself and tickets that were merged into it are left out. Without [Config.Similar] there
// are none. It is for agents, admins and the host.
func (d *Desk) Similar(ctx context.Context, id TicketID, limit int) ([]Solved, error) {
	const op = "find similar to"
	_, err := d.worker(ctx)
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

// similar asks the SimilarFinder, if there is one, and turns its panic into an error.
func (d *Desk) similar(ctx context.Context, t *Ticket, limit int) (solved []Solved, err error) {
	if d.cfg.Similar == nil {
		return nil, nil
	}
	err = safely(func() (err error) {
		solved, err = d.cfg.Similar.Find(ctx, d.store, t, limit)
		return err
	})
	return solved, err
}

// queueIndex leaves a task when the change makes the ticket solved, or ends that, or gives a solved
// ticket another resolution. The index is not part of the commit: counting the tenant's words there
// would make all its commits wait for each other.
func (x *draft) queueIndex() {
	if x.cfg.Similar == nil && x.cfg.Learner == nil {
		return
	}
	is, was := x.t.IsSolved(), x.before != nil && x.before.IsSolved()
	if is != was || (is && x.t.Resolution != x.before.Resolution) {
		x.task(TaskIndex, string(x.t.ID), x.t.ID, x.now)
	}
}

// index does the index tasks of one tenant. Tickets that fail are tried again.
func (d *Desk) index(ctx context.Context, tasks []Task) (int, error) {
	var failed map[TicketID]error
	if d.cfg.Similar != nil {
		var err error
		if failed, err = d.cfg.Similar.Update(ctx, d.store, tasks); err != nil {
			return d.putOff(ctx, tasks, fmt.Errorf("similar tickets: %w", err))
		}
	}
	ends := make([]*Change, len(tasks))
	for i := range tasks {
		ends[i] = d.outcome(&tasks[i], failed[tasks[i].Ticket])
	}
	if d.cfg.Learner != nil {
		ends[0].Tasks = append(ends[0].Tasks, d.learnTask()) // the Learner may learn
	}
	return d.commitEach(ctx, ends)
}
