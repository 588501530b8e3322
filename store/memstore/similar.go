package memstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// memory is what is remembered of a tenant's solved tickets. Tickets have numbers, and each term a list of those
// that hold it, ascending. A ticket that is forgotten leaves its number behind until there are too many of these.
type memory struct {
	rows    []*remembered // by number; nil when forgotten
	number  map[helpdesk.TicketID]int
	holders map[helpdesk.Term][]int
	counts  map[helpdesk.Term]int
	length  int64
}

type remembered struct {
	helpdesk.Memory
	model  string
	vector []float32
}

func newMemory() *memory {
	return &memory{number: map[helpdesk.TicketID]int{}, holders: map[helpdesk.Term][]int{}, counts: map[helpdesk.Term]int{}}
}

func (m *memory) add(r *remembered) {
	n := len(m.rows)
	m.rows = append(m.rows, r)
	m.number[r.Ticket] = n
	m.length += int64(r.Bag.Length)
	for _, t := range r.Bag.Terms {
		m.holders[t] = append(m.holders[t], n)
		m.counts[t]++
	}
}

func (m *memory) forget(id helpdesk.TicketID) {
	n, ok := m.number[id]
	if !ok {
		return
	}
	r := m.rows[n]
	m.rows[n] = nil
	delete(m.number, id)
	m.length -= int64(r.Bag.Length)
	for _, t := range r.Bag.Terms {
		if m.counts[t]--; m.counts[t] == 0 {
			delete(m.counts, t)
			delete(m.holders, t)
		}
	}
}

// tidy numbers anew when more than half of the numbers are of nobody.
func (m *memory) tidy() *memory {
	if len(m.rows) < 100 || len(m.rows) < 2*len(m.number) {
		return m
	}
	fresh := newMemory()
	for _, r := range m.rows {
		if r != nil {
			fresh.add(r)
		}
	}
	return fresh
}

func (m *memory) row(id helpdesk.TicketID) *remembered {
	if n, ok := m.number[id]; ok {
		return m.rows[n]
	}
	return nil
}

// StickyFor implements helpdesk.Similarer.
func (s *Store) Remember(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.memories[tenant]
	if m == nil {
		m = newMemory()
	}
	for _, id := range ids {
		old := m.row(id)
		m.forget(id)
		t := s.tickets[ticketKey{tenant, id}]
		if t == nil || !t.Memorable() {
			continue
		}
		r := &remembered{Memory: helpdesk.MemoryOf(t)}
		if old != nil {
			r.model, r.vector = old.model, old.vector
		}
		m.add(r)
	}
	s.memories[tenant] = m.tidy()
	return nil
}

// Count implements helpdesk.Similarer.
func (s *Store) Count(ctx context.Context, tenant helpdesk.TenantID, terms []helpdesk.Term, without helpdesk.TicketID) (helpdesk.TermCounts, error) {
	c := helpdesk.TermCounts{Of: map[helpdesk.Term]int{}}
	if err := ctx.Err(); err != nil {
		return c, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.memories[tenant]
	if m == nil {
		return c, nil
	}
	c.Tickets, c.Length = len(m.number), m.length
	for _, t := range terms {
		c.Of[t] = m.counts[t]
	}
	if r := m.row(without); r != nil {
		c.Leave(&r.Bag)
	}
	return c, nil
}

// Recall implements helpdesk.Similarer.
func (s *Store) Recall(ctx context.Context, tenant helpdesk.TenantID, r helpdesk.Recall) ([]helpdesk.Memory, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.memories[tenant]
	switch {
	case m == nil:
		return nil, nil
	case len(r.Terms) == 0:
		var found []helpdesk.Memory
		for _, row := range m.latest(func(*remembered) bool { return true }, r.Limit) {
			found = append(found, row.Memory)
		}
		return found, nil
	}
	return m.best(&r), nil
}

// best returns the tickets with the greatest sums, of equals the one remembered last.
func (m *memory) best(r *helpdesk.Recall) []helpdesk.Memory {
	sums := map[int]uint32{}
	var holders []int
	for _, w := range r.Terms {
		for _, n := range m.holders[w.Term] {
			row := m.rows[n]
			if row == nil {
				continue
			}
			at, _ := slices.BinarySearch(row.Bag.Terms, w.Term)
			if _, ok := sums[n]; !ok {
				holders = append(holders, n)
			}
			sums[n] += uint32(w.Weight) * uint32(r.Worth[row.Bag.Grade(at)])
		}
	}
	slices.SortFunc(holders, func(a, b int) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(b, a)) })
	var found []helpdesk.Memory
	for _, n := range holders {
		if len(found) == r.Limit || sums[n] == 0 {
			break
		}
		found = append(found, m.rows[n].Memory)
	}
	return found
}

// latest returns those that fit, solved last, latest first.
func (m *memory) latest(fits func(*remembered) bool, limit int) []*remembered {
	var all []*remembered
	for _, r := range m.rows {
		if r != nil && fits(r) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *remembered) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Ticket, a.Ticket)) })
	return all[:min(len(all), limit)]
}

// KeepVectors implements helpdesk.VectorKeeper.
func (s *Store) KeepVectors(ctx context.Context, tenant helpdesk.TenantID, model string, vectors map[helpdesk.TicketID][]float32) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := checkText("model", model); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.memories[tenant]; m != nil {
		for id, v := range vectors {
			if r := m.row(id); r != nil {
				r.model, r.vector = model, slices.Clone(v)
			}
		}
	}
	return nil
}

// Vectors implements helpdesk.VectorKeeper.
func (s *Store) Vectors(ctx context.Context, tenant helpdesk.TenantID, model string, ids []helpdesk.TicketID, latest int) (map[helpdesk.TicketID][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[helpdesk.TicketID][]float32{}
	m := s.memories[tenant]
	if m == nil {
		return found, nil
	}
	fits := func(r *remembered) bool { return r.vector != nil && r.model == model }
	for _, id := range ids {
		if r := m.row(id); r != nil && fits(r) {
			found[id] = slices.Clone(r.vector)
		}
	}
	if latest > 0 {
		for _, r := range m.latest(fits, latest) {
			found[r.Ticket] = slices.Clone(r.vector)
		}
	}
	return found, nil
}
