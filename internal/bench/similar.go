package main

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/postings"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// The texts have 30 to 300 words of a Zipf-like vocabulary: the word of rank r comes 1/r as often
// as the first.
const (
	solvedVocabulary = 100_000
	solvedSubject    = 6
)

// similarTickets finds the solved tickets most like a text among as many as there are.
func similarTickets(ctx context.Context, b *bench) error {
	for _, n := range []int{20_000, b.largest()} {
		if err := b.similarAmong(ctx, n); err != nil {
			return err
		}
		if n == b.largest() {
			break
		}
	}
	return nil
}

func (b *bench) similarAmong(ctx context.Context, n int) error {
	s, err := b.newSite(ctx, fmt.Sprintf("similar_%d", n))
	if err != nil {
		return err
	}
	progress("filling %s solved tickets", count(n))
	z := newZipf(solvedVocabulary)
	if err := s.fillSolved(ctx, n, z); err != nil {
		return err
	}
	store, err := bunstore.New(s.db, nil)
	if err != nil {
		return err
	}
	common, err := s.commonRanks(ctx, store, z, n)
	if err != nil {
		return err
	}
	progress("%d words stand in 1%% of the tickets or more, %d in 10%%", common[0], common[1])
	queries := b.rounds(300)
	if b.quick {
		queries = 100
	}
	for _, k := range []struct {
		what       string
		from, upto int
		words      int
	}{
		{"300 words as they come", 0, solvedVocabulary, 300},
		{"300 common words (each in 1% or more)", 0, common[0], 300},
		{"300 of the commonest (each in 10% or more)", 0, common[1], 300},
		{"30 words as they come", 0, solvedVocabulary, 30},
	} {
		if err := b.similarTo(ctx, s, store, z, n, queries, k.what, k.upto, k.words); err != nil {
			return err
		}
	}
	if err := b.similarQuality(ctx, store, z, n); err != nil {
		return err
	}
	return s.drop(ctx)
}

// similarTo measures queries of n words of the first ranks, beside reading as many rows by their
// keys.
func (b *bench) similarTo(ctx context.Context, s *site, store helpdesk.Store, z *zipf, n, queries int, what string, ranks, words int) error {
	progress("similar to %s", what)
	r := rand.New(rand.NewPCG(uint64(words), uint64(ranks)))
	spy := &indexSpy{Store: store}
	spy.index, _ = helpdesk.As[similar.Index](store)
	var times []time.Duration
	var rows int
	for i := range queries + 10 { // the first ones warm up
		q := similar.Query{Tenant: tenant, Subject: z.text(r, solvedSubject, ranks), Text: z.text(r, words, ranks)}
		start := time.Now()
		found, err := similar.Find(ctx, spy, q)
		if err != nil {
			return err
		}
		if i < 10 {
			spy.rows = nil
			continue
		}
		times = append(times, time.Since(start))
		if len(found) != 3 {
			return fmt.Errorf("%s: %d tickets found", what, len(found))
		}
	}
	for _, n := range spy.rows {
		rows += n
	}
	floor, err := s.solvedByKey(ctx, r, n, rows/len(spy.rows), queries)
	if err != nil {
		return err
	}
	p95 := percentile(times, 95)
	l := slower(fmt.Sprintf("Similar to %s in %s, p95", what, count(n)), p95, floor, 0)
	const most = 20 * time.Millisecond
	l.mark, l.ok = "at most "+short(most), p95 <= most
	b.table.add(l)
	progress("p50 %s, max %s; %d rows compared on average, chosen by %.1f words", short(percentile(times, 50)), short(percentile(times, 100)),
		rows/len(spy.rows), float64(spy.words)/float64(queries+10))
	return nil
}

// indexSpy counts the tickets that are compared and the terms that select them.
type indexSpy struct {
	helpdesk.Store
	index similar.Index
	rows  []int
	words int
}

func (s *indexSpy) IndexTickets(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	return s.index.IndexTickets(ctx, tenant, ids...)
}

func (s *indexSpy) CountTerms(ctx context.Context, tenant helpdesk.TenantID, terms []similar.Term, without helpdesk.TicketID) (similar.TermCounts, error) {
	return s.index.CountTerms(ctx, tenant, terms, without)
}

func (s *indexSpy) Candidates(ctx context.Context, tenant helpdesk.TenantID, q similar.CandidateQuery) ([]similar.IndexedTicket, error) {
	found, err := s.index.Candidates(ctx, tenant, q)
	s.rows, s.words = append(s.rows, len(found)), s.words+len(q.Terms)
	return found, err
}

// solvedByKey is the floor: it reads as many rows of the index by their primary key.
func (s *site) solvedByKey(ctx context.Context, r *rand.Rand, n, rows, queries int) (time.Duration, error) {
	var times []time.Duration
	for range queries {
		ids := make([][16]byte, max(1, rows))
		for i := range ids {
			ids[i] = solvedID(r.IntN(n))
		}
		start := time.Now()
		got, err := s.pool.Query(ctx, "SELECT ticket_id, bag, solved_at FROM helpdesk_memory WHERE tenant_id = $1 AND ticket_id = ANY($2)", string(tenant), ids)
		if err != nil {
			return 0, err
		}
		for got.Next() {
			_ = got.RawValues()
		}
		if got.Close(); got.Err() != nil {
			return 0, got.Err()
		}
		times = append(times, time.Since(start))
	}
	return percentile(times, 95), nil
}

func percentile(times []time.Duration, p int) time.Duration {
	times = slices.Clone(times)
	slices.Sort(times)
	return times[min(len(times)-1, len(times)*p/100)]
}

// similarQuality measures how many of the five best among all tickets are found by comparing some.
func (b *bench) similarQuality(ctx context.Context, store helpdesk.Store, z *zipf, n int) error {
	progress("comparing with all of %s", count(n))
	all := z.library(n)
	queries := 50
	if n > 100_000 {
		queries = 20
	}
	for _, k := range []struct {
		what string
		like bool
	}{{"of other texts", false}, {"of texts half like a ticket", true}} {
		r := rand.New(rand.NewPCG(5, 6))
		same, of, first := 0, 0, 0
		for range queries {
			q := similar.Query{Tenant: tenant, Subject: z.text(r, solvedSubject, solvedVocabulary), Text: z.text(r, 120, solvedVocabulary), Limit: 5}
			if k.like {
				subject, text := z.ticket(r.IntN(n))
				q.Subject = subject
				q.Text = text[:len(text)/2] + z.text(r, 60, solvedVocabulary)
			}
			got, err := similar.Find(ctx, store, q)
			if err != nil {
				return err
			}
			best := all.best(&q)
			of += len(best)
			for _, s := range got {
				if slices.Contains(best, s.Ticket) {
					same++
				}
			}
			if len(got) > 0 && len(best) > 0 && got[0].Ticket == best[0] {
				first++
			}
		}
		l := line{what: fmt.Sprintf("Similar: the best 5 %s found of all %s", k.what, count(n)), ours: fmt.Sprintf("%.2f", float64(same)/float64(of)),
			floor: fmt.Sprintf("first %.2f", float64(first)/float64(queries)), mark: "at least 0.80", ok: float64(same) >= 0.8*float64(of)}
		b.table.add(l)
	}
	return nil
}

// library holds the term vector of every ticket of a tenant.
type library struct {
	words  []similar.TermVector
	df     map[similar.Term]float64
	length float64
}

func (z *zipf) library(n int) *library {
	l := &library{words: make([]similar.TermVector, n), df: map[similar.Term]float64{}}
	for i := range l.words {
		v := similar.TermVectorOf(z.ticket(i))
		l.words[i] = v
		l.length += float64(v.Length)
		for _, t := range v.Terms {
			l.df[t]++
		}
	}
	return l
}

// best is BM25 over all tickets and all words of a query, with the desk's numbers.
func (l *library) best(q *similar.Query) []helpdesk.TicketID {
	query, n := similar.TermVectorOf(q.Subject, q.Text), float64(len(l.words))
	worth := map[similar.Term]float64{}
	for i, t := range query.Terms {
		g := float64(query.Counts[i])
		worth[t] = math.Pow(math.Log1p((n-l.df[t]+0.5)/(l.df[t]+0.5)), 1.5) * (g * 9 / (g + 8))
	}
	scores := make([]float64, len(l.words))
	order := make([]int, len(l.words))
	for i := range l.words {
		v := &l.words[i]
		order[i] = i
		norm := 2 * float64(v.Length) * n / l.length
		for j, t := range v.Terms {
			if w := worth[t]; w > 0 {
				f := float64(v.Counts[j])
				scores[i] += w * f * 3 / (f + norm)
			}
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var ids []helpdesk.TicketID
	for _, i := range order[:q.Limit] {
		ids = append(ids, helpdesk.TicketID(uuid.UUID(solvedID(i)).String()))
	}
	return ids
}

// commonRanks returns how many words stand in a hundredth of the tickets and in a tenth.
func (s *site) commonRanks(ctx context.Context, store helpdesk.Store, z *zipf, n int) (ranks [2]int, err error) {
	index, _ := helpdesk.As[similar.Index](store)
	const most = 5000
	terms := make([]similar.Term, most)
	for i := range terms {
		terms[i] = similar.TermVectorOf("", z.words[i]).Terms[0]
	}
	counts, err := index.CountTerms(ctx, tenant, terms, "")
	if err == nil && counts.Tickets != n {
		err = fmt.Errorf("%d of %d tickets indexed", counts.Tickets, n)
	}
	for i, t := range terms {
		if counts.Of[t] >= n/100 {
			ranks[0] = i + 1
		}
		if counts.Of[t] >= n/10 {
			ranks[1] = i + 1
		}
	}
	return ranks, err
}

// zipf is a vocabulary.
type zipf struct {
	words []string
	upto  []float64 // the sum of 1/r over the ranks so far
}

func newZipf(n int) *zipf {
	z := &zipf{words: make([]string, n), upto: make([]float64, n)}
	sum := 0.0
	for i := range n {
		z.words[i] = fmt.Sprintf("w%x", i)
		sum += 1 / float64(i+1)
		z.upto[i] = sum
	}
	return z
}

// rank draws one of the first ranks.
func (z *zipf) rank(r *rand.Rand, ranks int) int {
	i, _ := slices.BinarySearch(z.upto[:ranks], r.Float64()*z.upto[ranks-1])
	return min(i, ranks-1)
}

func (z *zipf) text(r *rand.Rand, words, ranks int) string {
	var b []byte
	for range words {
		b = append(append(b, z.words[z.rank(r, ranks)]...), ' ')
	}
	return string(b)
}

// ticket is the i-th ticket, always the same.
func (z *zipf) ticket(i int) (subject, text string) {
	r := rand.New(rand.NewPCG(uint64(i), 99))
	return z.text(r, solvedSubject, solvedVocabulary), z.text(r, 30+r.IntN(271), solvedVocabulary)
}

func solvedID(i int) (id [16]byte) {
	binary.BigEndian.PutUint64(id[:], 0x0190_0000_0000_7000+uint64(i)<<16)
	binary.BigEndian.PutUint64(id[8:], 0x8000_0000_0000_0000+uint64(i)*2654435761%(1<<60))
	return id
}

// fillSolved writes n solved tickets, their index and the counters, as IndexTickets would have left
// them.
func (s *site) fillSolved(ctx context.Context, n int, z *zipf) error {
	for _, sql := range []string{"ALTER TABLE helpdesk_memory DROP CONSTRAINT helpdesk_memory_pkey CASCADE",
		"ALTER TABLE helpdesk_memory DROP CONSTRAINT helpdesk_memory_tenant_id_number_key", "ALTER TABLE helpdesk_memory DROP CONSTRAINT helpdesk_memory_tenant_id_ticket_id_fkey"} {
		if _, err := s.pool.Exec(ctx, sql); err != nil {
			return err
		}
	}
	l := &loader{base: s.base, held: map[similar.Term]*holders{}, numbered: n - waiting}
	rows := make(chan []any, 1024)
	go func() {
		defer close(rows)
		for i := range n {
			subject, text := z.ticket(i)
			rows <- l.row(i, similar.TermVectorOf(subject, text))
		}
	}()
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Conn().CopyFrom(ctx, pgx.Identifier{"helpdesk_memory"}, []string{"tenant_id", "ticket_id", "solved_at", "number", "bag"},
		pgx.CopyFromFunc(func() ([]any, error) { return <-rows, nil })); err != nil {
		return err
	}
	progress("counting words")
	if err := l.copyTerms(ctx, conn.Conn()); err != nil {
		return err
	}
	progress("indexing")
	for _, sql := range []string{
		fmt.Sprintf("INSERT INTO helpdesk_memories VALUES ('%s', %d, %d, %d)", tenant, n, l.length, l.numbered),
		"SET maintenance_work_mem = '2GB'",
		"ALTER TABLE helpdesk_memory ADD PRIMARY KEY (tenant_id, ticket_id)",
		"ALTER TABLE helpdesk_memory ADD UNIQUE (tenant_id, number)",
		fmt.Sprintf(solvedTickets, tenant),
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.60s: %w", sql, err)
		}
	}
	return s.settle(ctx)
}

// solvedTickets writes the indexed tickets. Their text is read only of the few that are found.
const solvedTickets = `INSERT INTO helpdesk_tickets (tenant_id, id, ref, version, subject, description, customer_name, customer_email, customer_tags, source,
tags, tag_keys, status, open, category, priority, urgency, category_by, priority_by, floor, needs_review, assignee, declined, taken_back, escalation_level,
due_at, first_due, created_at, updated_at, resolved_at, resolution, replies, reopened, tally)
SELECT tenant_id, ticket_id, ticket_id::text, 3, 'Solved', 'As it was opened.', 'Kim', 'kim@example.com', '[]', 'email', '[]', '[]', 'resolved', false, '', 2, -2, 'rule', 'rule', 0, false,
'', '[]', '[]', 0, 'infinity', 'infinity', solved_at - interval '1 hour', solved_at, solved_at, 'Restarted it.', 0, 0, '' FROM helpdesk_memory WHERE tenant_id = '%s'`

// waiting is how many tickets have no number yet, half of the most: see postings.go of bunstore.
const waiting = 32

// loader makes the rows of the index, with the lists and counters of their terms.
type loader struct {
	base     time.Time
	held     map[similar.Term]*holders
	length   int64
	numbered int
}

// holders is how many tickets hold a word, and the lists of those with a number.
type holders struct {
	n    int64
	full [][]byte
	ends []uint32 // last numbers of those
	list []byte   // that is not full
	last uint32
}

// row is what helpdesk_memory keeps of a ticket.
func (l *loader) row(i int, v similar.TermVector) []any {
	number := uint32(i) + 1
	for j, t := range v.Terms {
		h := l.held[t]
		if h == nil {
			h = &holders{}
			l.held[t] = h
		}
		if h.n++; int(number) > l.numbered {
			continue
		}
		h.list, h.last = postings.Append(h.list, h.last, number, uint8(v.Bucket(j))), number
		if len(h.list) >= 1500 {
			h.full, h.ends, h.list, h.last = append(h.full, slices.Clone(h.list)), append(h.ends, h.last), nil, 0
		}
	}
	l.length += int64(v.Length)
	words, _ := v.MarshalBinary() // never fails
	var numbered any
	if int(number) <= l.numbered {
		numbered = int32(number)
	}
	return []any{string(tenant), solvedID(i), l.base.Add(-time.Duration(i) * time.Second), numbered, words}
}

// copyTerms writes the lists and counters.
func (l *loader) copyTerms(ctx context.Context, conn *pgx.Conn) error {
	var counts, lists [][]any
	for t, h := range l.held {
		counts = append(counts, []any{string(tenant), int32(t), h.n})
		for i, list := range h.full {
			lists = append(lists, []any{string(tenant), int32(t), int32(h.ends[i]) + 1, int32(h.ends[i]), list})
		}
		if len(h.list) > 0 {
			lists = append(lists, []any{string(tenant), int32(t), int32(0), int32(h.last), h.list})
		}
	}
	rand.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] }) // as they would lie after years
	_, err := conn.CopyFrom(ctx, pgx.Identifier{"helpdesk_memory_terms"}, []string{"tenant_id", "term", "n"}, pgx.CopyFromRows(counts))
	if err == nil {
		_, err = conn.CopyFrom(ctx, pgx.Identifier{"helpdesk_memory_postings"}, []string{"tenant_id", "term", "part", "last", "list"}, pgx.CopyFromRows(lists))
	}
	return err
}
