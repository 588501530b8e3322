package helpdesk

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// The score is Okapi BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009. Long queries are of
// their 64 rarest words; for the duplicates of a bug tracker more did worse, and 32 too.
const (
	bm25K1     = 2.0  // how soon a word that is repeated in a ticket counts no more
	bm25B      = 0.75 // how much a long ticket has to hold more to be as like
	bm25K3     = 8.0  // like k1, for words repeated in the query
	queryTerms = 64
)

// MaxRecall is how many solved tickets are compared word by word with a text: all where there are no more, else those a
// [Recall] finds.
const MaxRecall = 1000

// How a Recall is made where there are more tickets: singles are words so rare that all tickets with one of them
// are looked at; of commoner words several have to meet. maxPostings bounds the work of an index: the sum, over the sets, of how
// many tickets hold the rarest word of the set. A set is no use where that is most of it.
const (
	maxSets     = 24
	maxPostings = 200_000
)

// Recall chooses tickets of a memory to compare with a text.
type Recall struct {
	Sets  [][]Term // tickets that hold every term of one of them; without any the last solved
	Limit int      // at most so many; which of more is the Store's choice, but for the last solved
}

// Fits reports whether a ticket with this bag is one to compare with.
func (r *Recall) Fits(b *Bag) bool {
	return len(r.Sets) == 0 || slices.ContainsFunc(r.Sets, b.Has)
}

// rankWords ranks what a memory holds by words.
func rankWords(ctx context.Context, memory Similarer, q *SimilarQuery) ([]likeness, error) {
	bag := BagOf(q.Subject, q.Text)
	if len(bag.Terms) == 0 {
		return nil, nil
	}
	counts, err := memory.Count(ctx, q.Tenant, bag.Terms, q.Exclude)
	if err != nil {
		return nil, err
	}
	rare := rarest(&bag, &counts)
	if len(rare) == 0 {
		return nil, nil
	}
	found, err := memory.Recall(ctx, q.Tenant, planRecall(rare, &counts))
	if err != nil {
		return nil, err
	}
	weights := weigh(&bag, rare, &counts)
	mean := float64(counts.Length) / float64(counts.Tickets)
	var ranked []likeness
	for i := range found {
		if s := score(weights, &found[i].Bag, mean); s > 0 && found[i].Ticket != q.Exclude {
			ranked = append(ranked, likeness{found[i].Ticket, s})
		}
	}
	slices.SortFunc(ranked, byScore)
	return ranked, nil
}

// rarest returns the terms of a query that count, the rarest first.
func rarest(b *Bag, c *TermCounts) []Term {
	rare := slices.DeleteFunc(slices.Clone(b.Terms), func(t Term) bool { return c.Of[t] <= 0 })
	slices.SortFunc(rare, func(x, y Term) int { return cmp.Or(cmp.Compare(c.Of[x], c.Of[y]), cmp.Compare(x, y)) })
	return rare[:min(len(rare), queryTerms)]
}

// weight is what a term of the query is worth.
type weight struct {
	term Term
	w    float64
}

// weigh returns the weights in the order of the terms, so that sums come out the same to the last bit.
func weigh(b *Bag, terms []Term, c *TermCounts) []weight {
	list := make([]weight, len(terms))
	for i, t := range terms {
		n, f := float64(c.Of[t]), float64(b.Count(t))
		idf := math.Log1p((max(0, float64(c.Tickets)-n) + 0.5) / (n + 0.5))
		list[i] = weight{t, idf * f * (bm25K3 + 1) / (f + bm25K3)}
	}
	slices.SortFunc(list, func(a, b weight) int { return cmp.Compare(a.term, b.term) })
	return list
}

// score is how like a ticket is; mean is the mean length of all.
func score(weights []weight, b *Bag, mean float64) float64 {
	norm := bm25K1 * (1 - bm25B + bm25B*float64(b.Length)/mean)
	sum, terms := 0.0, b.Terms
	for _, w := range weights {
		at, ok := slices.BinarySearch(terms, w.term)
		if ok {
			f := float64(b.Counts[len(b.Terms)-len(terms)+at])
			sum += float64(w.w * f * (bm25K1 + 1) / (f + norm))
		}
		terms = terms[at:]
	}
	return sum
}

// planRecall decides which tickets are compared, from how many hold which term and as if words came independently of
// each other: where they do not, Limit holds.
func planRecall(rare []Term, c *TermCounts) Recall {
	r := Recall{Limit: MaxRecall}
	if c.Tickets < MaxRecall { // with the one that is left out
		return r
	}
	p := planner{counts: c, rows: MaxRecall, postings: maxPostings}
	single := 0
	for single < len(rare) && p.rows >= MaxRecall/2 && p.take(rare[single]) {
		single++
	}
	rest := rare[single:]
	for _, m := range []struct{ of, among int }{{2, 12}, {3, 10}, {4, 8}} {
		if p.meet(rest[:min(len(rest), m.among)], m.of); len(p.sets) > single {
			break
		}
	}
	r.Sets = p.sets
	return r
}

// planner spends what a Recall may cost.
type planner struct {
	counts         *TermCounts
	sets           [][]Term
	rows, postings int // left
}

// take adds a set, the rarest of its terms first, if there is room for the tickets it is likely to find.
func (p *planner) take(set ...Term) bool {
	rows, postings := int(math.Ceil(p.likely(set))), p.counts.Of[set[0]]
	if len(p.sets) >= maxSets && len(set) > 1 || rows > p.rows || postings > p.postings {
		return false
	}
	p.sets = append(p.sets, slices.Clone(set))
	p.rows, p.postings = p.rows-rows, p.postings-postings
	return true
}

// likely is how many tickets hold all of set.
func (p *planner) likely(set []Term) float64 {
	n := float64(p.counts.Tickets)
	for _, t := range set {
		n *= float64(p.counts.Of[t]) / float64(p.counts.Tickets)
	}
	return n
}

// meet takes sets of so many of the terms, those likely to find the fewest tickets first.
func (p *planner) meet(terms []Term, of int) {
	var sets [][]Term
	var choose func(set []Term, from int)
	choose = func(set []Term, from int) {
		if len(set) == of {
			sets = append(sets, slices.Clone(set))
			return
		}
		for i := from; i < len(terms); i++ {
			choose(append(set, terms[i]), i+1)
		}
	}
	choose(nil, 0)
	slices.SortStableFunc(sets, func(a, b []Term) int { return cmp.Compare(p.likely(a), p.likely(b)) })
	for _, set := range sets {
		p.take(set...)
	}
}
