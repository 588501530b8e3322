package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// SimilarQuery asks for solved tickets of one tenant that are like a text.
type SimilarQuery struct {
	Tenant  TenantID
	Subject string
	Text    string
	Exclude TicketID  // is not found; empty excludes none
	Limit   int       // at most so many; 0 means 3, more than MaxSimilar means MaxSimilar
	Vector  []float32 // of the subject and text, from an [Embedder]; nil compares by words alone
	Model   string    // of Vector; vectors of another one are not compared with
}

// MaxSimilar is the most tickets one SimilarQuery finds.
const MaxSimilar = 50

// Similar finds the tickets of a tenant that are most like a text and were solved, best first: those that are resolved or
// closed with a Resolution and not merged into another. A ticket that is opened again is not found any more.
//
// Words decide, by BM25 (see similarrank.go), and with a Vector also the angle between vectors. Up to MaxRecall solved
// tickets all are compared; among more, those that are most alike by the rarest words of the text. A Store that is a [Similarer]
// answers from its memory, which knows what the desk had it [Similarer.Remember]: a ticket just resolved is not in it yet.
// From any other everything is read, and a Vector is of no use.
func Similar(ctx context.Context, store Store, q SimilarQuery) ([]Solved, error) {
	q.Limit = min(cmp.Or(max(q.Limit, 0), 3), MaxSimilar)
	memory, ok := As[Similarer](store)
	if !ok {
		all, err := readMemory(ctx, store, q.Tenant)
		if err != nil {
			return nil, err
		}
		memory = all
	}
	ranked, fit, err := rankWords(ctx, memory, &q)
	if err != nil {
		return nil, err
	}
	if keeper, ok := As[VectorKeeper](store); ok && len(q.Vector) > 0 {
		if ranked, err = fuseVectors(ctx, keeper, &q, ranked); err != nil {
			return nil, err
		}
	}
	return readSolved(ctx, store, &q, ranked, fit)
}

// likeness is a place in a ranking.
type likeness struct {
	ticket TicketID
	score  float64
}

// byScore puts the more alike first; of equals the one with the greater id, which is the later one where ids count up.
func byScore(a, b likeness) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.ticket, a.ticket))
}

// readSolved reads the best of a ranking, passing over what has changed since it was remembered.
func readSolved(ctx context.Context, store Store, q *SimilarQuery, ranked []likeness, fit func(*Bag) float64) ([]Solved, error) {
	var solved []Solved
	for len(ranked) > 0 && len(solved) < q.Limit {
		some := ranked[:min(len(ranked), q.Limit-len(solved)+3)]
		ranked = ranked[len(some):]
		ask := Query{Tenant: q.Tenant, Limit: len(some)}
		for _, l := range some {
			ask.IDs = append(ask.IDs, l.ticket)
		}
		page, err := store.Tickets(ctx, ask)
		if err != nil {
			return nil, err
		}
		for _, l := range some {
			at := slices.IndexFunc(page.Tickets, func(t *Ticket) bool { return t.ID == l.ticket })
			if at < 0 || !page.Tickets[at].Memorable() || len(solved) == q.Limit {
				continue
			}
			t := page.Tickets[at]
			bag := BagOf(t.Subject, t.Description)
			solved = append(solved, Solved{
				Ticket: t.ID, Ref: t.Ref, Subject: t.Subject, Text: t.Description, Resolution: t.Resolution,
				Score: l.score, Fit: fit(&bag),
			})
		}
	}
	return solved, nil
}

// Similar returns at most limit tickets that are like this one and were solved, best first; 0 means 3. See the function
// [Similar]. The ticket itself and what was merged into it are left out. It is for agents, admins and the host.
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

// similar is Similar for a ticket that was read. An Embedder that fails leaves the words.
func (d *Desk) similar(ctx context.Context, t *Ticket, limit int) ([]Solved, error) {
	q := SimilarQuery{Tenant: t.Tenant, Subject: t.Subject, Text: t.Description, Exclude: t.ID, Limit: limit}
	if _, ok := As[VectorKeeper](d.store); ok && d.cfg.Embedder != nil {
		vectors, err := d.embed(ctx, []string{embedText(t)})
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, ErrAbstain) {
			d.cfg.Logger.DebugContext(ctx, "helpdesk: embed", "tenant", t.Tenant, "ticket", t.ID, "error", err)
		} else if err != nil {
			d.cfg.Logger.WarnContext(ctx, "helpdesk: embed", "tenant", t.Tenant, "ticket", t.ID, "error", err)
		} else {
			q.Vector, q.Model = vectors[0], d.cfg.Embedder.Model()
		}
	}
	return Similar(ctx, d.store, q)
}

// Memorable reports whether others may learn from the ticket: it is resolved or closed, with a Resolution, and
// not merged into another.
func (t *Ticket) Memorable() bool {
	return !t.Status.Open() && t.Resolution != "" && t.MergedInto == ""
}

// Memory is what a [Similarer] keeps of a solved ticket.
type Memory struct {
	Ticket TicketID
	Bag    Bag       // of its subject and description
	At     time.Time // when it was solved
}

// MemoryOf returns what is to be kept of a ticket that is Memorable.
func MemoryOf(t *Ticket) Memory {
	at := t.ResolvedAt
	if at.IsZero() {
		at = t.ClosedAt
	}
	if at.IsZero() {
		at = t.CreatedAt
	}
	return Memory{Ticket: t.ID, Bag: BagOf(t.Subject, t.Description), At: instant.Of(at)}
}

// remembered is the memory of a Store that has none: everything that was read.
type remembered []Memory

func readMemory(ctx context.Context, store Store, tenant TenantID) (remembered, error) {
	var all remembered
	for t, err := range allTickets(ctx, store, Query{Tenant: tenant, Status: []Status{StatusResolved, StatusClosed}}) {
		if err != nil {
			return nil, err
		}
		if t.Memorable() {
			all = append(all, MemoryOf(t))
		}
	}
	return all, nil
}

// Remember implements Similarer; there is nothing to keep.
func (all remembered) Remember(context.Context, TenantID, ...TicketID) error { return nil }

// Count implements Similarer.
func (all remembered) Count(_ context.Context, _ TenantID, terms []Term, without TicketID) (TermCounts, error) {
	c := TermCounts{Of: map[Term]int{}}
	for _, m := range all {
		if m.Ticket == without {
			continue
		}
		c.Tickets++
		c.Length += int64(m.Bag.Length)
		for _, t := range terms {
			if m.Bag.Count(t) > 0 {
				c.Of[t]++
			}
		}
	}
	return c, nil
}

// Recall implements Similarer.
func (all remembered) Recall(_ context.Context, _ TenantID, r Recall) ([]Memory, error) {
	type chosen struct {
		Memory
		sum uint32
	}
	var found []chosen
	for _, m := range all {
		if sum := r.Sum(&m.Bag); sum > 0 || len(r.Terms) == 0 {
			found = append(found, chosen{m, sum})
		}
	}
	slices.SortFunc(found, func(a, b chosen) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), b.At.Compare(a.At), cmp.Compare(b.Ticket, a.Ticket))
	})
	var best []Memory
	for _, c := range found[:min(len(found), r.Limit)] {
		best = append(best, c.Memory)
	}
	return best, nil
}

// queueRemember leaves a task when the change makes the ticket one to learn from, or ends that, or changes what is to be
// learned. The memory is not a part of the commit: counting the tenant's words there would make all its commits
// wait for each other.
func (x *draft) queueRemember() {
	if _, ok := As[Similarer](x.store); !ok {
		return
	}
	is, was := x.t.Memorable(), x.before != nil && x.before.Memorable()
	if is != was || (is && x.t.Resolution != x.before.Resolution) {
		x.task(TaskRemember, string(x.t.ID), x.t.ID, x.now)
	}
}

// remember does the memory's tasks of one tenant. The words come first, all at once; tickets whose vectors fail come again.
func (d *Desk) remember(ctx context.Context, tasks []Task) (int, error) {
	memory, ok := As[Similarer](d.store)
	if !ok {
		return d.putOff(ctx, tasks, nil) // the store was another when they were added: nothing to do
	}
	ids := make([]TicketID, len(tasks))
	for i := range tasks {
		ids[i] = tasks[i].Ticket
	}
	if err := memory.Remember(ctx, d.tenant, ids...); err != nil {
		return d.putOff(ctx, tasks, fmt.Errorf("remember: %w", err))
	}
	failed, err := d.rememberVectors(ctx, tasks)
	if err != nil {
		return d.putOff(ctx, tasks, fmt.Errorf("remember vectors: %w", err))
	}
	ends := make([]*Change, len(tasks))
	for i := range tasks {
		ends[i] = d.outcome(&tasks[i], failed[tasks[i].Ticket])
	}
	if d.cfg.Learner != nil {
		ends[0].Tasks = append(ends[0].Tasks, d.learnTask()) // what is solved may also be learned from
	}
	return d.commitEach(ctx, ends)
}
