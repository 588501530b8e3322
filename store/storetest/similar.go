package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// solve stores a solved ticket with this subject and text.
func (e *env) solve(subject, text string, change ...func(*helpdesk.Ticket)) *helpdesk.Ticket {
	e.Helper()
	return e.add(append([]func(*helpdesk.Ticket){func(t *helpdesk.Ticket) {
		t.Subject, t.Description, t.Resolution = subject, text, "Done so."
		t.Status, t.ResolvedAt = helpdesk.StatusResolved, start.Add(time.Hour)
	}}, change...)...)
}

// alter commits a change of a stored ticket.
func (e *env) alter(id helpdesk.TicketID, change func(*helpdesk.Ticket)) {
	e.Helper()
	t := e.get(id)
	change(t)
	e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
}

func (e *env) index() (similar.Index, bool) { return helpdesk.As[similar.Index](e.store) }

// terms returns the terms of some words.
func terms(text string) []similar.Term { return similar.TermVectorOf("", text).Terms }

func (e *env) count(tenant helpdesk.TenantID, text string, without helpdesk.TicketID) similar.TermCounts {
	e.Helper()
	s, _ := e.index()
	c, err := s.CountTerms(e.ctx, tenant, terms(text), without)
	e.ok(err)
	for t, n := range c.Of {
		if n == 0 {
			delete(c.Of, t)
		}
	}
	return c
}

func (e *env) candidates(tenant helpdesk.TenantID, q similar.CandidateQuery) []helpdesk.TicketID {
	e.Helper()
	s, _ := e.index()
	found, err := s.Candidates(e.ctx, tenant, q)
	e.ok(err)
	list := []helpdesk.TicketID{}
	for _, m := range found {
		list = append(list, m.Ticket)
	}
	slices.Sort(list)
	return list
}

// seek returns a query for the words of a text, with the same worth in every bucket.
func seek(text string, limit int) similar.CandidateQuery {
	q := similar.CandidateQuery{Limit: limit}
	for _, t := range terms(text) {
		q.Terms = append(q.Terms, similar.Weight{Term: t, Weight: 10})
	}
	for i := range q.Worth {
		q.Worth[i] = 1
	}
	return q
}

func sorted(tickets ...*helpdesk.Ticket) []helpdesk.TicketID {
	list := ids(tickets)
	slices.Sort(list)
	return list
}

func (e *env) indexAll(tickets ...*helpdesk.Ticket) {
	e.Helper()
	s, _ := e.index()
	e.ok(s.IndexTickets(e.ctx, e.tenant, ids(tickets)...))
}

// onIndex leaves out a case for a store without an index.
func onIndex(check func(e *env)) func(e *env) {
	return func(e *env) {
		if _, ok := e.index(); ok {
			check(e)
		}
	}
}

const (
	indexNow       = "IndexTickets makes the index hold the named tickets as they are stored now:"
	indexAgain     = "Repeating it changes nothing, and when several callers index the same tickets at once each ticket is counted once."
	bestCandidates = "Candidates returns at most Limit indexed tickets: those with the greatest positive Sum, each once, in any order."
)

var similarCases = []testCase{
	{"a solved ticket is indexed", indexNow, onIndex(func(e *env) {
		t := e.solve("", "printer jam")
		e.equal("before", e.count(e.tenant, "printer", ""), similar.TermCounts{Of: map[similar.Term]int{}})
		e.indexAll(t)
		e.equal("after", e.count(e.tenant, "printer paper", ""),
			similar.TermCounts{Tickets: 1, Length: 2, Of: map[similar.Term]int{terms("printer")[0]: 1}})
		s, _ := e.index()
		got, err := s.Candidates(e.ctx, e.tenant, seek("jam", 5))
		e.ok(err)
		e.equal("candidates", got, []similar.IndexedTicket{similar.IndexedTicketOf(t)})
		replied := e.solve("", "broken hinge", func(t *helpdesk.Ticket) { t.Resolution, t.Replies = "", 1 })
		e.indexAll(replied)
		e.equal("solved by a reply alone", e.candidates(e.tenant, seek("hinge", 5)), sorted(replied))
	})},
	{"a ticket that is not solved leaves the index", indexNow, onIndex(func(e *env) {
		other := e.solve("", "another")
		for name, change := range map[string]func(*helpdesk.Ticket){
			"opened again": func(t *helpdesk.Ticket) { t.Status, t.ResolvedAt = helpdesk.StatusProgress, time.Time{} },
			"no answer":    func(t *helpdesk.Ticket) { t.Resolution, t.Replies = "", 0 },
			"merged":       func(t *helpdesk.Ticket) { t.Status, t.MergedInto = helpdesk.StatusClosed, other.ID },
		} {
			t := e.solve("", "printer jam")
			e.indexAll(t)
			e.alter(t.ID, change)
			e.indexAll(t)
			e.equal(name, e.count(e.tenant, "printer jam", ""), similar.TermCounts{Of: map[similar.Term]int{}})
			e.equal(name, e.candidates(e.tenant, seek("printer", 5)), []helpdesk.TicketID{})
		}
		s, _ := e.index()
		e.ok(s.IndexTickets(e.ctx, e.tenant, helpdesk.TicketID(newID()), "'; DROP TABLE helpdesk_tickets; --"))
		e.ok(s.IndexTickets(e.ctx, e.tenant))
	})},
	{"repeating changes nothing", indexAgain, onIndex(func(e *env) {
		a, b := e.solve("one", "printer jam"), e.solve("two", "printer")
		for range 3 {
			e.indexAll(a, b, a)
			e.indexAll(b)
		}
		c := e.count(e.tenant, "printer jam", "")
		e.equal("counts", c, similar.TermCounts{Tickets: 2, Length: 9, Of: map[similar.Term]int{terms("printer")[0]: 2, terms("jam")[0]: 1}})
		e.equal("found", e.candidates(e.tenant, seek("printer jam", 9)), sorted(a, b))
	})},
	{"many at once count right", indexAgain, onIndex(func(e *env) {
		s, _ := e.index()
		var all []*helpdesk.Ticket
		for i := range 24 {
			all = append(all, e.solve(fmt.Sprintf("subject %d", i), "printer jam "+strings.Repeat("x", i+1)))
		}
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(i), 1))
				for range 4 {
					some := ids(all)
					r.Shuffle(len(some), func(a, b int) { some[a], some[b] = some[b], some[a] })
					errs[i] = cmp.Or(errs[i], s.IndexTickets(e.ctx, e.tenant, some[:16]...))
				}
			})
		}
		wg.Wait()
		for _, err := range errs {
			e.ok(err)
		}
		e.indexAll(all...)
		e.recount(all)
	})},
	{"counts stay right whatever happens", indexNow, onIndex(func(e *env) {
		r := rand.New(rand.NewPCG(8, 1))
		var all []*helpdesk.Ticket
		for range 25 {
			all = append(all, e.solve(phrase(r, 3), phrase(r, 6)))
		}
		for range 60 {
			t := all[r.IntN(len(all))]
			e.alter(t.ID, func(t *helpdesk.Ticket) {
				switch r.IntN(4) {
				case 0:
					t.Status, t.ResolvedAt = helpdesk.StatusProgress, time.Time{}
				case 1:
					t.Resolution, t.Replies = pick(r, "", "", "So.", "Or so."), pick(r, 0, 2)
				case 2:
					t.Status, t.ResolvedAt = helpdesk.StatusClosed, start.Add(time.Duration(r.IntN(5))*time.Hour)
				case 3:
					t.MergedInto = pick(r, "", all[0].ID)
				}
			})
			e.indexAll(t, all[r.IntN(len(all))])
		}
		e.indexAll(all...)
		e.recount(all)
	})},
	{"a ticket can be left out of the counts", "as if the ticket without were not indexed.", onIndex(func(e *env) {
		a, b := e.solve("", "printer jam"), e.solve("", "printer")
		e.indexAll(a, b)
		e.equal("without", e.count(e.tenant, "printer jam", a.ID), similar.TermCounts{Tickets: 1, Length: 1, Of: map[similar.Term]int{terms("printer")[0]: 1}})
		e.equal("without one that is not there", e.count(e.tenant, "jam", "nobody").Tickets, 2)
	})},
	{"tickets with the terms of a query are candidates", bestCandidates, onIndex(func(e *env) {
		both, left, right := e.solve("", "apple pear"), e.solve("", "apple"), e.solve("", "pear plum")
		e.indexAll(both, left, right)
		e.equal("all", e.candidates(e.tenant, seek("apple pear", 9)), sorted(both, left, right))
		e.equal("best", e.candidates(e.tenant, seek("apple pear", 1)), sorted(both))
		e.equal("no limit", e.candidates(e.tenant, seek("apple pear", 0)), []helpdesk.TicketID{})
		e.equal("some", e.candidates(e.tenant, seek("plum fig", 9)), sorted(right))
		e.equal("none", e.candidates(e.tenant, seek("fig", 9)), []helpdesk.TicketID{})
		heavy := seek("apple pear plum", 1)
		for i := range heavy.Terms {
			if heavy.Terms[i].Term == terms("plum")[0] {
				heavy.Terms[i].Weight = similar.MaxWeight
			}
		}
		e.equal("by weight", e.candidates(e.tenant, heavy), sorted(right))
		worthless := seek("apple", 9)
		worthless.Worth = [256]uint16{}
		e.equal("whose sum is 0", e.candidates(e.tenant, worthless), []helpdesk.TicketID{})
	})},
	{"a query of candidates has a limit", bestCandidates, onIndex(func(e *env) {
		var all []*helpdesk.Ticket
		for range 7 {
			all = append(all, e.solve("", "apple pear"))
		}
		e.indexAll(all...)
		got := e.candidates(e.tenant, seek("apple pear", 4))
		e.equal("found", len(slices.Compact(got)), 4)
	})},
	{"of many tickets the best are candidates, whatever happened before", bestCandidates, onIndex(func(e *env) {
		r := rand.New(rand.NewPCG(6, 3))
		var all []*helpdesk.Ticket
		for range 420 {
			all = append(all, e.solve(phrase(r, 2), phrase(r, 5+r.IntN(30))))
			if len(all)%70 == 0 {
				e.indexAll(all[len(all)-70:]...)
			}
		}
		e.bestOf(r, all)
		for i, t := range all {
			switch i % 9 {
			case 0:
				e.alter(t.ID, func(t *helpdesk.Ticket) { t.Status, t.ResolvedAt = helpdesk.StatusProgress, time.Time{} })
			case 3:
				e.alter(t.ID, func(t *helpdesk.Ticket) { t.ResolvedAt = t.ResolvedAt.Add(time.Hour) })
			}
		}
		e.indexAll(all...)
		e.bestOf(r, all)
		for i, t := range all {
			if i%18 == 0 {
				e.alter(t.ID, func(t *helpdesk.Ticket) { t.Status, t.ResolvedAt = helpdesk.StatusResolved, start.Add(2*time.Hour) })
			}
		}
		for some := range slices.Chunk(all, 50) {
			e.indexAll(some...)
		}
		e.bestOf(r, all)
	})},
	{"without terms the tickets solved last are candidates", "Without terms it returns the tickets solved last; at equal times the greater id counts as later.", onIndex(func(e *env) {
		var all []*helpdesk.Ticket
		for i := range 6 {
			all = append(all, e.solve("", "apple", func(t *helpdesk.Ticket) { t.ResolvedAt = start.Add(time.Duration(i*7%6/2) * time.Hour) }))
		}
		e.indexAll(all...)
		slices.SortFunc(all, func(a, b *helpdesk.Ticket) int {
			return cmp.Or(b.ResolvedAt.Compare(a.ResolvedAt), cmp.Compare(b.ID, a.ID))
		})
		e.equal("found", e.candidates(e.tenant, similar.CandidateQuery{Limit: 3}), sorted(all[:3]...))
	})},
	{"indexes of tenants are apart", "No method shows or changes a row of another tenant than the one it names.", onIndex(func(e *env) {
		s, _ := e.index()
		mine := e.solve("", "printer jam")
		e.indexAll(mine)
		e.ok(s.IndexTickets(e.ctx, "other", mine.ID)) // it has no such ticket
		for _, tenant := range []helpdesk.TenantID{"other", "", "ACME", "a\x00b"} {
			e.equal("counts of another", e.count(tenant, "printer jam", ""), similar.TermCounts{Of: map[similar.Term]int{}})
			e.equal("found by another", e.candidates(tenant, seek("printer", 9)), []helpdesk.TicketID{})
			e.equal("last of another", e.candidates(tenant, similar.CandidateQuery{Limit: 9}), []helpdesk.TicketID{})
		}
		e.equal("mine", e.count(e.tenant, "printer", "").Tickets, 1)
		found, err := similar.Find(e.ctx, e.store, similar.Query{Tenant: "other", Text: "printer jam"})
		e.ok(err)
		e.equal("similar of another", len(found), 0)
	})},
	{"hostile texts are indexed", indexNow, onIndex(func(e *env) {
		var many strings.Builder
		for i := range 5000 {
			fmt.Fprintf(&many, "word%d ", i)
		}
		all := []*helpdesk.Ticket{
			e.solve("big", strings.Repeat("lorem ipsum ", 90_000)), e.solve("same", strings.Repeat("again ", 3000)),
			e.solve("", "?! ..."), e.solve("many", many.String()), e.solve(`'); DROP TABLE helpdesk_memory; --`, `{"a",\b} "' AND NEAR(* %s $1 ? ::int`),
			e.solve("東京支店", "プリンターが動かない"), e.solve("long", strings.Repeat("x", 100_000)),
		}
		e.indexAll(all...)
		e.recount(all)
		for _, t := range all {
			got := e.likest(t, 10)
			e.equal("similar to "+helpdeskClip(t.Subject), got, e.likestOfAll(t, 10))
		}
	})},
	{"the index answers as reading everything does", "It counts and selects; all scores are computed by package similar.", onIndex(func(e *env) {
		r := rand.New(rand.NewPCG(4, 2))
		var all []*helpdesk.Ticket
		for range 150 {
			all = append(all, e.solve(phrase(r, 4), phrase(r, 25)))
		}
		all = append(all, e.add(func(t *helpdesk.Ticket) { t.Subject, t.Description = phrase(r, 4), phrase(r, 20) }))
		e.indexAll(all...)
		for _, t := range all[100:] {
			e.equal("similar", e.likest(t, 20), e.likestOfAll(t, 20))
		}
	})},
	{"vectors are kept beside indexed tickets", "a ticket that leaves the index loses its vector.", func(e *env) {
		k, ok := helpdesk.As[similar.VectorIndex](e.store)
		if !ok {
			return
		}
		a, b, open := e.solve("", "apple"), e.solve("", "pear", func(t *helpdesk.Ticket) { t.ResolvedAt = start.Add(5 * time.Hour) }), e.add()
		e.indexAll(a, b, open)
		vectors := map[helpdesk.TicketID][]float32{a.ID: {1, -2.5, 0}, b.ID: {3e-30, 4, 5}, open.ID: {1}, helpdesk.TicketID(newID()): {1}, "x": {1}}
		e.ok(k.KeepVectors(e.ctx, e.tenant, "m'1", vectors))
		e.ok(k.KeepVectors(e.ctx, "other", "m'1", vectors))
		ask := func(tenant helpdesk.TenantID, model string, latest int, ids ...helpdesk.TicketID) map[helpdesk.TicketID][]float32 {
			got, err := k.Vectors(e.ctx, tenant, model, ids, latest)
			e.ok(err)
			return got
		}
		none := map[helpdesk.TicketID][]float32{}
		e.equal("named", ask(e.tenant, "m'1", 0, a.ID, open.ID, "x"), map[helpdesk.TicketID][]float32{a.ID: vectors[a.ID]})
		e.equal("latest", ask(e.tenant, "m'1", 1), map[helpdesk.TicketID][]float32{b.ID: vectors[b.ID]})
		e.equal("both", ask(e.tenant, "m'1", 1, a.ID), map[helpdesk.TicketID][]float32{a.ID: vectors[a.ID], b.ID: vectors[b.ID]})
		e.equal("of another model", ask(e.tenant, "m2", 9, a.ID), none)
		e.equal("of another tenant", ask("other", "m'1", 9, a.ID), none)
		e.indexAll(a)
		e.equal("indexed again", ask(e.tenant, "m'1", 0, a.ID), map[helpdesk.TicketID][]float32{a.ID: vectors[a.ID]})
		e.ok(k.KeepVectors(e.ctx, e.tenant, "m2", map[helpdesk.TicketID][]float32{a.ID: {9}}))
		e.equal("replaced", ask(e.tenant, "m2", 0, a.ID), map[helpdesk.TicketID][]float32{a.ID: {9}})
		e.equal("the one before", ask(e.tenant, "m'1", 0, a.ID), none)
		e.alter(b.ID, func(t *helpdesk.Ticket) { t.Status = helpdesk.StatusProgress })
		e.indexAll(b)
		e.alter(b.ID, func(t *helpdesk.Ticket) { t.Status = helpdesk.StatusResolved })
		e.indexAll(b)
		e.equal("removed between", ask(e.tenant, "m'1", 9, b.ID), none)
	}},
}

// recount compares the index with the tickets.
func (e *env) recount(all []*helpdesk.Ticket) {
	e.Helper()
	want := similar.TermCounts{Of: map[similar.Term]int{}}
	var held []*helpdesk.Ticket
	every := map[similar.Term]bool{}
	for _, t := range all {
		t = e.get(t.ID)
		words := similar.IndexedTicketOf(t).Words
		for _, term := range words.Terms {
			every[term] = true
		}
		if !t.IsSolved() {
			continue
		}
		held = append(held, t)
		want.Tickets++
		want.Length += int64(words.Length)
		for _, term := range words.Terms {
			want.Of[term]++
		}
	}
	var ask []similar.Term
	for t := range every {
		ask = append(ask, t)
	}
	s, _ := e.index()
	got, err := s.CountTerms(e.ctx, e.tenant, ask, "")
	e.ok(err)
	for t, n := range got.Of {
		if n == 0 {
			delete(got.Of, t)
		}
	}
	e.equal("counts", got, want)
	e.equal("indexed", e.candidates(e.tenant, similar.CandidateQuery{Limit: len(all) + 1}), sorted(held...))
	for _, t := range held {
		words := similar.IndexedTicketOf(t).Words
		if len(words.Terms) == 0 {
			continue
		}
		own := similar.CandidateQuery{Limit: 1000, Worth: seek("", 0).Worth}
		for _, t := range words.Terms {
			own.Terms = append(own.Terms, similar.Weight{Term: t, Weight: similar.MaxWeight})
		}
		if !slices.Contains(e.candidates(e.tenant, own), t.ID) {
			e.fatal("%s is not found by its own words", t.ID)
		}
	}
}

// bestOf compares the candidates of random queries with the sums of all tickets that are solved.
func (e *env) bestOf(r *rand.Rand, all []*helpdesk.Ticket) {
	e.Helper()
	held := map[helpdesk.TicketID]similar.TermVector{}
	for _, t := range all {
		if t = e.get(t.ID); t.IsSolved() {
			held[t.ID] = similar.IndexedTicketOf(t).Words
		}
	}
	for range 20 {
		ask := seek(phrase(r, 8), 1+r.IntN(60))
		for i := range ask.Terms {
			ask.Terms[i].Weight = uint16(r.IntN(similar.MaxWeight + 1))
		}
		for i := range ask.Worth {
			ask.Worth[i] = uint16(r.IntN(similar.MaxWorth + 1))
		}
		sums := map[helpdesk.TicketID]uint32{}
		var want, got []uint32
		for id, words := range held {
			if sum := ask.Sum(&words); sum > 0 {
				sums[id] = sum
				want = append(want, sum)
			}
		}
		found := e.candidates(e.tenant, ask)
		for _, id := range found {
			got = append(got, sums[id])
		}
		slices.Sort(want)
		slices.Sort(got)
		e.equal("tickets, each once", len(slices.Compact(found)), len(got))
		e.equal("greatest sums", got, want[max(0, len(want)-ask.Limit):])
	}
}

func (e *env) likest(t *helpdesk.Ticket, limit int) []helpdesk.Solved {
	e.Helper()
	return e.similarOn(e.store, t, limit)
}

// likestOfAll reads every ticket instead of the index.
func (e *env) likestOfAll(t *helpdesk.Ticket, limit int) []helpdesk.Solved {
	e.Helper()
	return e.similarOn(plain{e.store}, t, limit)
}

func (e *env) similarOn(s helpdesk.Store, t *helpdesk.Ticket, limit int) []helpdesk.Solved {
	e.Helper()
	found, err := similar.Find(e.ctx, s, similar.Query{Tenant: e.tenant, Subject: t.Subject, Text: t.Description, Exclude: t.ID, Limit: limit})
	e.ok(err)
	return found
}

// phrase is some words of which a few are common.
func phrase(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", int(120*r.Float64()*r.Float64()*r.Float64()))
	}
	return strings.Join(words, " ")
}

func helpdeskClip(s string) string { return s[:min(len(s), 12)] }
