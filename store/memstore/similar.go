package memstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// solvedIndex is the index of a tenant's solved tickets. A ticket has a number; a term has the
// numbers of the tickets that hold it, ascending. The number of a removed ticket stays, until tidy.
type solvedIndex struct {
	rows    []*indexed // by number; nil when removed
	number  map[helpdesk.TicketID]int
	holders map[similar.Term][]int
	counts  map[similar.Term]int
	length  int64
}

type indexed struct {
	similar.IndexedTicket
	model  string
	vector []float32
}

func newSolvedIndex() *solvedIndex {
	return &solvedIndex{number: map[helpdesk.TicketID]int{}, holders: map[similar.Term][]int{}, counts: map[similar.Term]int{}}
}

func (x *solvedIndex) add(r *indexed) {
	n := len(x.rows)
	x.rows = append(x.rows, r)
	x.number[r.Ticket] = n
	x.length += int64(r.Words.Length)
	for _, t := range r.Words.Terms {
		x.holders[t] = append(x.holders[t], n)
		x.counts[t]++
	}
}

func (x *solvedIndex) remove(id helpdesk.TicketID) {
	n, ok := x.number[id]
	if !ok {
		return
	}
	r := x.rows[n]
	x.rows[n] = nil
	delete(x.number, id)
	x.length -= int64(r.Words.Length)
	for _, t := range r.Words.Terms {
		if x.counts[t]--; x.counts[t] == 0 {
			delete(x.counts, t)
			delete(x.holders, t)
		}
	}
}

// tidy renumbers the tickets when more than half of the numbers are unused.
func (x *solvedIndex) tidy() *solvedIndex {
	if len(x.rows) < 100 || len(x.rows) < 2*len(x.number) {
		return x
	}
	fresh := newSolvedIndex()
	for _, r := range x.rows {
		if r != nil {
			fresh.add(r)
		}
	}
	return fresh
}

func (x *solvedIndex) row(id helpdesk.TicketID) *indexed {
	if n, ok := x.number[id]; ok {
		return x.rows[n]
	}
	return nil
}

// IndexTickets implements similar.Index.
func (s *Store) IndexTickets(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.solved[tenant]
	if x == nil {
		x = newSolvedIndex()
	}
	for _, id := range ids {
		old := x.row(id)
		x.remove(id)
		t := s.tickets[ticketKey{tenant, id}]
		if t == nil || !t.IsSolved() {
			continue
		}
		r := &indexed{IndexedTicket: similar.IndexedTicketOf(t)}
		if old != nil {
			r.model, r.vector = old.model, old.vector
		}
		x.add(r)
	}
	s.solved[tenant] = x.tidy()
	return nil
}

// CountTerms implements similar.Index.
func (s *Store) CountTerms(ctx context.Context, tenant helpdesk.TenantID, terms []similar.Term, without helpdesk.TicketID) (similar.TermCounts, error) {
	c := similar.TermCounts{Of: map[similar.Term]int{}}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.solved[tenant]
	if x == nil {
		return c, nil
	}
	c.Tickets, c.Length = len(x.number), x.length
	for _, t := range terms {
		c.Of[t] = x.counts[t]
	}
	if r := x.row(without); r != nil {
		c.Subtract(&r.Words)
	}
	return c, nil
}

// Candidates implements similar.Index.
func (s *Store) Candidates(ctx context.Context, tenant helpdesk.TenantID, q similar.CandidateQuery) ([]similar.IndexedTicket, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.solved[tenant]
	switch {
	case x == nil:
		return nil, nil
	case len(q.Terms) == 0:
		var found []similar.IndexedTicket
		for _, row := range x.latest(func(*indexed) bool { return true }, q.Limit) {
			found = append(found, row.IndexedTicket)
		}
		return found, nil
	}
	return x.best(&q), nil
}

// best returns the tickets with the greatest sums; at equal sums the one indexed later comes first.
func (x *solvedIndex) best(q *similar.CandidateQuery) []similar.IndexedTicket {
	sums := map[int]uint32{}
	var holders []int
	for _, w := range q.Terms {
		for _, n := range x.holders[w.Term] {
			row := x.rows[n]
			if row == nil {
				continue
			}
			at, _ := slices.BinarySearch(row.Words.Terms, w.Term)
			if _, ok := sums[n]; !ok {
				holders = append(holders, n)
			}
			sums[n] += uint32(w.Weight) * uint32(q.Worth[row.Words.Bucket(at)])
		}
	}
	slices.SortFunc(holders, func(a, b int) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(b, a)) })
	var found []similar.IndexedTicket
	for _, n := range holders {
		if len(found) == q.Limit || sums[n] == 0 {
			break
		}
		found = append(found, x.rows[n].IndexedTicket)
	}
	return found
}

// latest returns at most limit tickets that fit, those solved last, the latest first.
func (x *solvedIndex) latest(fits func(*indexed) bool, limit int) []*indexed {
	var all []*indexed
	for _, r := range x.rows {
		if r != nil && fits(r) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *indexed) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Ticket, a.Ticket)) })
	return all[:min(len(all), limit)]
}

// KeepVectors implements similar.VectorIndex.
func (s *Store) KeepVectors(ctx context.Context, tenant helpdesk.TenantID, model string, vectors map[helpdesk.TicketID][]float32) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := checkText("model", model); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.solved[tenant]; x != nil {
		for id, v := range vectors {
			if r := x.row(id); r != nil {
				r.model, r.vector = model, slices.Clone(v)
			}
		}
	}
	return nil
}

// Vectors implements similar.VectorIndex.
func (s *Store) Vectors(ctx context.Context, tenant helpdesk.TenantID, model string, ids []helpdesk.TicketID, latest int) (map[helpdesk.TicketID][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[helpdesk.TicketID][]float32{}
	x := s.solved[tenant]
	if x == nil {
		return found, nil
	}
	fits := func(r *indexed) bool { return r.vector != nil && r.model == model }
	for _, id := range ids {
		if r := x.row(id); r != nil && fits(r) {
			found[id] = slices.Clone(r.vector)
		}
	}
	if latest > 0 {
		for _, r := range x.latest(fits, latest) {
			found[r.Ticket] = slices.Clone(r.vector)
		}
	}
	return found, nil
}
