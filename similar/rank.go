package similar

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// The score is Okapi BM25 over all terms of a text: Robertson and Zaragoza, "The Probabilistic
// Relevance Framework", 2009. The weight of a term is its inverse document frequency to the power
// of rareness: a rare word says more about a ticket than two that are half as rare. Leaving out the
// commoner terms of a long text was tried; it did not help to find the duplicates in a bug tracker.
const (
	bm25K1   = 2.0 // how soon a repeated term of a ticket stops adding to the score
	bm25B    = 1.0 // how much the score is corrected for the length of a ticket: wholly
	bm25K3   = 8.0 // like k1, for repeated terms of the query
	rareness = 1.5
)

// maxScanned is the number of solved tickets up to which every one is compared with a text. Among
// more a [CandidateQuery] selects which ones.
const maxScanned = 1000

// A CandidateQuery takes the rarest terms first. It stops before looking them up would cost more
// than maxPostings, where a term costs the number of tickets that hold it, and termCost. With a
// million tickets these are the dozen rarest terms, if each stands in one ticket of a hundred.
const (
	maxPostings = 100_000
	termCost    = 500
	candidates  = 150
)

// place is a ticket in a ranking.
type place struct {
	ticket helpdesk.TicketID
	score  float64
}

// byScore puts the higher score first. At equal scores the greater id comes first, which is the
// later ticket where ids count up.
func byScore(a, b place) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.ticket, a.ticket))
}

// rankTerms ranks the tickets of an index by their terms. fit computes [helpdesk.Solved.Fit].
func rankTerms(ctx context.Context, index Index, q *Query) (ranked []place, fit func(*TermVector) float64, err error) {
	v := TermVectorOf(q.Subject, q.Text)
	if len(v.Terms) == 0 {
		return nil, func(*TermVector) float64 { return 0 }, nil
	}
	counts, err := index.CountTerms(ctx, q.Tenant, v.Terms, q.Exclude)
	if err != nil {
		return nil, nil, err
	}
	fit = fitOf(v.Terms, &counts)
	weights := weigh(&v, &counts)
	if len(weights) == 0 {
		return nil, fit, nil
	}
	mean := float64(counts.Length) / float64(counts.Tickets)
	found, err := index.Candidates(ctx, q.Tenant, planCandidates(weights, &counts, mean))
	if err != nil {
		return nil, nil, err
	}
	for i := range found {
		if s := score(weights, &found[i].Words, mean); s > 0 && found[i].Ticket != q.Exclude {
			ranked = append(ranked, place{found[i].Ticket, s})
		}
	}
	slices.SortFunc(ranked, byScore)
	return ranked, fit, nil
}

// fitOf returns a function that computes which share of a query a ticket covers: the sum of the
// inverse document frequencies of the terms in both, divided by the sum over all terms of the
// query. Unlike a score it can be compared between queries.
func fitOf(terms []Term, c *TermCounts) func(*TermVector) float64 {
	return func(v *TermVector) float64 {
		var all, both float64
		for _, t := range terms {
			w := inverse(c, t)
			if all += w; v.Count(t) > 0 {
				both += w
			}
		}
		if all == 0 {
			return 0
		}
		return both / all
	}
}

// inverse is the inverse document frequency of a term, also of one that stands in no ticket.
func inverse(c *TermCounts, t Term) float64 {
	n := float64(max(0, c.Of[t]))
	return math.Log1p((max(0, float64(c.Tickets)-n) + 0.5) / (n + 0.5))
}

// weight is the weight of a term of the query in a score.
type weight struct {
	term Term
	w    float64
}

// weigh returns the weights of the terms that stand in some ticket. They are in the order of the
// terms, so that two sums over them are equal to the last bit.
func weigh(v *TermVector, c *TermCounts) []weight {
	list := make([]weight, 0, len(v.Terms))
	for i, t := range v.Terms {
		if f := float64(v.Counts[i]); c.Of[t] > 0 {
			list = append(list, weight{t, math.Pow(inverse(c, t), rareness) * f * (bm25K3 + 1) / (f + bm25K3)})
		}
	}
	return list
}

// score is the BM25 score of a ticket; mean is the mean length of all tickets.
func score(weights []weight, v *TermVector, mean float64) float64 {
	norm := lengthNorm(float64(v.Length), mean)
	sum, at := 0.0, 0
	for _, w := range weights {
		for at < len(v.Terms) && v.Terms[at] < w.term {
			at++
		}
		if at < len(v.Terms) && v.Terms[at] == w.term {
			sum += float64(w.w * saturated(float64(v.Counts[at]), norm))
		}
	}
	return sum
}

func lengthNorm(length, mean float64) float64 { return bm25K1 * (1 - bm25B + bm25B*length/mean) }

// saturated is the factor of a term that occurs f times in a ticket.
func saturated(f, norm float64) float64 { return f * (bm25K1 + 1) / (f + norm) }

// planCandidates decides which tickets are compared with a query. If even its rarest term is too
// common to look up, these are the tickets that were solved last.
func planCandidates(weights []weight, c *TermCounts, mean float64) CandidateQuery {
	if c.Tickets < maxScanned { // the excluded ticket is not in c, but is among the candidates
		return CandidateQuery{Limit: maxScanned}
	}
	q := CandidateQuery{Limit: candidates}
	rare := slices.Clone(weights)
	slices.SortFunc(rare, func(x, y weight) int {
		return cmp.Or(cmp.Compare(c.Of[x.term], c.Of[y.term]), cmp.Compare(x.term, y.term))
	})
	cost, most := 0, 0.0
	for i, w := range rare {
		if cost += c.Of[w.term] + termCost; cost > maxPostings {
			rare = rare[:i]
			break
		}
		most = max(most, w.w)
	}
	for _, w := range rare {
		q.Terms = append(q.Terms, Weight{w.term, uint16(max(1, math.Round(w.w/most*MaxWeight)))})
	}
	slices.SortFunc(q.Terms, func(a, b Weight) int { return cmp.Compare(a.Term, b.Term) })
	for i := range q.Worth {
		b := TermBucket(i)
		q.Worth[i] = uint16(max(1, math.Round(saturated(b.count(), lengthNorm(b.length(), mean))/(bm25K1+1)*MaxWorth)))
	}
	return q
}
