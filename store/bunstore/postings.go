package bunstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/postings"
	"github.com/helpdesk-go/helpdesk/similar"
)

// The lists of the index: for each term, the numbers of the tickets that hold it. Tickets get their
// numbers in groups, and then their terms are written; so one write of a list serves many tickets.
// Until then a ticket has no number, and Candidates compares it with every query. A ticket that is
// removed or whose words change leaves its number on the lists. The number then belongs to no
// ticket and is never used again.
//
// An inverted index of PostgreSQL (GIN) was rejected: it finds tickets that hold several terms, but
// cannot add up their worth, and missed a third of the best of 20,000.
const (
	numberTogether = 64
	fullList       = 1400 // bytes; one more write keeps a list below 2 kB, where PostgreSQL moves a value out of its row
)

// number gives numbers to the tickets without one and adds them to the lists, if there are enough.
func (s *Store) number(ctx context.Context, tenant helpdesk.TenantID) error {
	var numbered uint32
	var waiting int
	if err := s.run.NewRaw(`SELECT m.numbered, (SELECT count(*) FROM helpdesk_memory AS w WHERE w.tenant_id = m.tenant_id AND w.number IS NULL)
FROM helpdesk_memories AS m WHERE m.tenant_id = ?`, string(tenant)).Scan(ctx, &numbered, &waiting); err != nil || waiting < numberTogether {
		return err
	}
	found, err := s.readIndexed(ctx, `SELECT m.ticket_id, m.bag, m.solved_at FROM helpdesk_memory AS m
WHERE m.tenant_id = ? AND m.number IS NULL ORDER BY m.ticket_id`, string(tenant))
	if err != nil {
		return err
	}
	numbers := tuples{cast: []string{"uuid", "integer"}}
	for i, t := range found {
		numbers.rows = append(numbers.rows, []any{string(t.Ticket), numbered + uint32(i) + 1})
	}
	grown, full, err := s.grow(ctx, tenant, numbered, found)
	if err != nil {
		return err
	}
	statements := []statement{
		{`WITH v (ticket_id, number) AS (?) UPDATE helpdesk_memory AS m SET number = v.number FROM v WHERE m.tenant_id = ? AND m.ticket_id = v.ticket_id`, []any{numbers, string(tenant)}},
		{`WITH v (tenant_id, term, last, list) AS (?)
INSERT INTO helpdesk_memory_postings (tenant_id, term, part, last, list) SELECT tenant_id, term, 0, last, list FROM v WHERE true
ON CONFLICT (tenant_id, term, part) DO UPDATE SET last = excluded.last, list = ` + s.joined(), []any{grown}},
		{`UPDATE helpdesk_memories SET numbered = numbered + ? WHERE tenant_id = ?`, []any{len(found), string(tenant)}},
	}
	if len(full) > 0 {
		statements = append(statements, statement{`UPDATE helpdesk_memory_postings SET part = last + 1 WHERE tenant_id = ? AND part = 0 AND term IN (?)`,
			[]any{string(tenant), bun.List(full)}})
	}
	for _, q := range statements {
		if err := exec(ctx, s.run, s.format(q.text, q.args...)); err != nil {
			return err
		}
	}
	return nil
}

// statement is SQL with its arguments.
type statement struct {
	text string
	args []any
}

// joined is the list of a row with the new part appended. In SQLite the result of || is a text,
// whose length is counted in characters, hence the cast.
func (s *Store) joined() string {
	if s.dialect == sqlite {
		return `CAST(helpdesk_memory_postings.list || excluded.list AS blob)`
	}
	return `helpdesk_memory_postings.list || excluded.list`
}

// grow returns the parts that the lists gain by tickets that get the numbers after last, and the
// terms whose lists are then full.
func (s *Store) grow(ctx context.Context, tenant helpdesk.TenantID, last uint32, found []similar.IndexedTicket) (grown tuples, full []int64, err error) {
	lists := map[int64]*growing{}
	for i := range found {
		for _, t := range found[i].Words.Terms {
			lists[numberOf(t)] = &growing{}
		}
	}
	terms := make([]int64, 0, len(lists))
	for t := range lists {
		terms = append(terms, t)
	}
	slices.Sort(terms)
	var old []struct {
		Term int64  `bun:"term"`
		Last uint32 `bun:"last"`
		Size int    `bun:"size"`
	}
	if err := s.run.NewRaw(`SELECT p.term, p.last, length(p.list) AS size FROM helpdesk_memory_postings AS p WHERE p.tenant_id = ? AND p.part = 0 AND p.term IN (?)`,
		string(tenant), bun.List(terms)).Scan(ctx, &old); err != nil {
		return grown, nil, err
	}
	for _, o := range old {
		*lists[o.Term] = growing{last: o.Last, size: o.Size}
	}
	for i := range found {
		last++
		for j, t := range found[i].Words.Terms {
			l := lists[numberOf(t)]
			l.list, l.last = postings.Append(l.list, l.last, last, uint8(found[i].Words.Bucket(j))), last
		}
	}
	grown.cast = []string{"text", "integer", "integer", "bytea"}
	for _, t := range terms {
		l := lists[t]
		grown.rows = append(grown.rows, []any{string(tenant), t, l.last, l.list})
		if l.size+len(l.list) >= fullList {
			full = append(full, t)
		}
	}
	return grown, full, nil
}

// growing is a list that is not full.
type growing struct {
	last uint32
	size int    // in bytes, before
	list []byte // the new part
}

// Candidates implements [similar.Index].
func (s *Store) Candidates(ctx context.Context, tenant helpdesk.TenantID, q similar.CandidateQuery) ([]similar.IndexedTicket, error) {
	if !storable(string(tenant)) || q.Limit <= 0 {
		return nil, nil
	}
	if len(q.Terms) == 0 {
		found, err := s.readIndexed(ctx, `SELECT m.ticket_id, m.bag, m.solved_at FROM helpdesk_memory AS m
WHERE m.tenant_id = ? ORDER BY m.solved_at DESC, m.ticket_id DESC LIMIT ?`, string(tenant), q.Limit)
		return found, fail("candidates", err)
	}
	found, err := s.best(ctx, tenant, &q)
	return found, fail("candidates", err)
}

// best adds up the lists by number, and reads the tickets with the greatest sums.
func (s *Store) best(ctx context.Context, tenant helpdesk.TenantID, q *similar.CandidateQuery) ([]similar.IndexedTicket, error) {
	lists, without, err := s.lists(ctx, tenant, q)
	if err != nil {
		return nil, err
	}
	var chosen []choice
	for _, t := range without {
		if sum := q.Sum(&t.Words); sum > 0 {
			chosen = append(chosen, choice{sum, t})
		}
	}
	sums, err := lists.add(q)
	if err != nil {
		return nil, fmt.Errorf("index of %s: %w", tenant, err)
	}
	defer giveSums(sums)
	for wanted := q.Limit; wanted > 0; { // again, in place of numbers that no ticket has any more
		best := greatest(sums, wanted)
		if len(best) == 0 {
			break
		}
		rows, err := s.numbered(ctx, tenant, best, sums)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, rows...)
		if wanted -= len(rows); len(best) == len(rows) {
			break
		}
	}
	slices.SortFunc(chosen, func(a, b choice) int { return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(b.Ticket, a.Ticket)) })
	var found []similar.IndexedTicket
	for _, c := range chosen[:min(len(chosen), q.Limit)] {
		found = append(found, c.IndexedTicket)
	}
	return found, nil
}

// choice is a ticket with its sum.
type choice struct {
	sum uint32
	similar.IndexedTicket
}

// numbered reads tickets by their numbers, and sets the sums of these numbers to 0.
func (s *Store) numbered(ctx context.Context, tenant helpdesk.TenantID, best []sumOf, sums []uint32) (found []choice, err error) {
	numbers := make([]uint32, len(best))
	of := make(map[uint32]uint32, len(best))
	for i, b := range best {
		numbers[i], of[b.number], sums[b.number] = b.number, b.sum, 0
	}
	slices.Sort(numbers)
	err = s.eachRow(ctx, s.format(`SELECT m.number, m.ticket_id, m.bag, m.solved_at FROM helpdesk_memory AS m
WHERE m.tenant_id = ? AND m.number IN (?)`, string(tenant), bun.List(numbers)), func(scan func(...any) error) error {
		var number uint32
		var r indexRow
		if err := scan(&number, &r.TicketID, &r.Words, &r.SolvedAt); err != nil {
			return err
		}
		t, err := r.ticket()
		found = append(found, choice{of[number], t})
		return err
	})
	return found, err
}

// termLists are the lists of some terms.
type termLists struct {
	terms []similar.Term
	lists [][]byte
	last  uint32 // the greatest number on them
}

// lists reads the lists of the terms, and the tickets without a number. It is one statement, so
// that no ticket gets its number in between and is missed.
func (s *Store) lists(ctx context.Context, tenant helpdesk.TenantID, q *similar.CandidateQuery) (l termLists, without []similar.IndexedTicket, err error) {
	terms := make([]int64, len(q.Terms))
	for i, w := range q.Terms {
		terms[i] = numberOf(w.Term)
	}
	slices.Sort(terms)
	err = s.eachRow(ctx, s.format(`SELECT p.term, p.last, p.list, NULL, NULL FROM helpdesk_memory_postings AS p WHERE p.tenant_id = ? AND p.term IN (?)
UNION ALL SELECT 0, 0, m.bag, m.ticket_id, m.solved_at FROM helpdesk_memory AS m WHERE m.tenant_id = ? AND m.number IS NULL`,
		string(tenant), bun.List(terms), string(tenant)), func(scan func(...any) error) error {
		var (
			term   int64
			last   uint32
			data   []byte
			ticket *string
			solved instant
		)
		if err := scan(&term, &last, &data, &ticket, &solved); err != nil {
			return err
		}
		if ticket == nil {
			l.terms, l.lists, l.last = append(l.terms, similar.Term(uint32(term))), append(l.lists, data), max(l.last, last)
			return nil
		}
		t, err := (&indexRow{*ticket, data, solved}).ticket()
		without = append(without, t)
		return err
	})
	return l, without, err
}

// add returns the sums by number. The caller hands them to giveSums when it is done.
func (l *termLists) add(q *similar.CandidateQuery) ([]uint32, error) {
	sums := takeSums(int(l.last) + 1)
	for i, t := range l.terms {
		at, ok := slices.BinarySearchFunc(q.Terms, t, func(w similar.Weight, t similar.Term) int { return cmp.Compare(w.Term, t) })
		if !ok {
			continue
		}
		var worth [256]uint32
		for g := range worth {
			worth[g] = uint32(q.Terms[at].Weight) * uint32(q.Worth[g])
		}
		if err := postings.Add(sums, l.lists[i], &worth); err != nil {
			giveSums(sums)
			return nil, err
		}
	}
	return sums, nil
}

// sumsPool saves the garbage collector four bytes per indexed ticket and query.
var sumsPool sync.Pool

func takeSums(n int) []uint32 {
	if p, ok := sumsPool.Get().(*[]uint32); ok && cap(*p) >= n {
		sums := (*p)[:n]
		clear(sums)
		return sums
	}
	return make([]uint32, n)
}

func giveSums(sums []uint32) { sumsPool.Put(&sums) }

// sumOf is a number with its sum.
type sumOf struct{ sum, number uint32 }

// greatest returns the n numbers with the greatest positive sums, in any order. It keeps a heap of
// the best so far, the least on top. Most sums are 0 or small, so eight of them are skipped at once
// when their bits together are not more than the least.
func greatest(sums []uint32, n int) []sumOf {
	best := make([]sumOf, 0, n)
	least := uint32(0) // a number joins the heap with a greater sum
	for from := 0; from < len(sums); from += 8 {
		some := sums[from:min(from+8, len(sums))]
		if len(some) == 8 && some[0]|some[1]|some[2]|some[3]|some[4]|some[5]|some[6]|some[7] <= least {
			continue
		}
		for i, sum := range some {
			switch number := uint32(from + i); {
			case sum <= least:
			case len(best) < n-1:
				best = append(best, sumOf{sum, number})
			case len(best) < n:
				best = append(best, sumOf{sum, number})
				slices.SortFunc(best, func(a, b sumOf) int { return cmp.Compare(a.sum, b.sum) })
				least = best[0].sum
			default:
				best[0] = sumOf{sum, number}
				sink(best)
				least = best[0].sum
			}
		}
	}
	return best
}

// sink moves the top of a heap down to its place.
func sink(heap []sumOf) {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child+1].sum < heap[child].sum {
			child++
		}
		if heap[i].sum <= heap[child].sum {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
