package helpdesk

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// The score is Okapi BM25 over all words of a text: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009.
// To leave the commoner words of a long text out, as is often done, made the duplicates in a bug tracker no easier to find.
const (
	bm25K1 = 2.0  // how soon a word that is repeated in a ticket counts no more
	bm25B  = 0.75 // how much a long ticket has to hold more to be as like
	bm25K3 = 8.0  // like k1, for words repeated in the query
)

// MaxRecall is up to how many solved tickets all are compared word by word with a text. Of more a [Recall] chooses candidates.
const MaxRecall = 1000

// How a Recall is made where there are more tickets: of the rarest words, as long as looking them up costs no more than
// maxPostings: as much for each as tickets hold it, and perWord. Of a million tickets those are the dozen rarest when each word is in one of
// a hundred.
const (
	maxPostings = 100_000
	perWord     = 500
	candidates  = 150
)

// Recall chooses tickets of a memory to compare with a text: those with the greatest sums, over the terms a ticket holds, of the
// term's weight times the worth of its [Grade] there.
type Recall struct {
	Terms []Weight    // ascending, each once, at most MaxTerms; without any the tickets solved last are chosen
	Worth [256]uint16 // by Grade, at most MaxWorth
	Limit int         // at most so many
}

// Weight is what a term of a [Recall] counts.
type Weight struct {
	Term   Term
	Weight uint16 // at most MaxWeight
}

// With these no sum of a [Recall] is more than 32 bits hold.
const (
	MaxWeight = 4095
	MaxWorth  = 1023
)

// Sum is that of a ticket: 0 when it holds none of the terms, and then it is not chosen.
func (r *Recall) Sum(b *Bag) uint32 {
	sum, i := uint32(0), 0
	for _, w := range r.Terms {
		at, ok := slices.BinarySearch(b.Terms[i:], w.Term)
		if i += at; ok {
			sum += uint32(w.Weight) * uint32(r.Worth[b.Grade(i)])
		}
	}
	return sum
}

// rankWords ranks what a memory holds by words. fit is that of [Solved].
func rankWords(ctx context.Context, memory Similarer, q *SimilarQuery) (ranked []likeness, fit func(*Bag) float64, err error) {
	bag := BagOf(q.Subject, q.Text)
	if len(bag.Terms) == 0 {
		return nil, func(*Bag) float64 { return 0 }, nil
	}
	counts, err := memory.Count(ctx, q.Tenant, bag.Terms, q.Exclude)
	if err != nil {
		return nil, nil, err
	}
	fit = fitOf(bag.Terms, &counts)
	weights := weigh(&bag, &counts)
	if len(weights) == 0 {
		return nil, fit, nil
	}
	mean := float64(counts.Length) / float64(counts.Tickets)
	found, err := memory.Recall(ctx, q.Tenant, planRecall(weights, &counts, mean))
	if err != nil {
		return nil, nil, err
	}
	for i := range found {
		if s := score(weights, &found[i].Bag, mean); s > 0 && found[i].Ticket != q.Exclude {
			ranked = append(ranked, likeness{found[i].Ticket, s})
		}
	}
	slices.SortFunc(ranked, byScore)
	return ranked, fit, nil
}

// fitOf returns a function that tells which share of what a text says a ticket says as well: that of the inverse
// document frequencies of its terms. Unlike a score it can be compared from one text to the next.
func fitOf(terms []Term, c *TermCounts) func(*Bag) float64 {
	return func(b *Bag) float64 {
		var all, both float64
		for _, t := range terms {
			w := inverse(c, t)
			if all += w; b.Count(t) > 0 {
				both += w
			}
		}
		if all == 0 {
			return 0
		}
		return both / all
	}
}

// inverse is the inverse document frequency of a term, also of one that no ticket holds.
func inverse(c *TermCounts, t Term) float64 {
	n := float64(max(0, c.Of[t]))
	return math.Log1p((max(0, float64(c.Tickets)-n) + 0.5) / (n + 0.5))
}

// weight is what a term of the query is worth.
type weight struct {
	term Term
	w    float64
}

// weigh returns the weights of the terms that a ticket holds, in the order of the terms, so that sums come out the same to
// the last bit.
func weigh(b *Bag, c *TermCounts) []weight {
	list := make([]weight, 0, len(b.Terms))
	for i, t := range b.Terms {
		if f := float64(b.Counts[i]); c.Of[t] > 0 {
			list = append(list, weight{t, inverse(c, t) * f * (bm25K3 + 1) / (f + bm25K3)})
		}
	}
	return list
}

// score is how like a ticket is; mean is the mean length of all.
func score(weights []weight, b *Bag, mean float64) float64 {
	norm := lengthNorm(float64(b.Length), mean)
	sum, at := 0.0, 0
	for _, w := range weights {
		for at < len(b.Terms) && b.Terms[at] < w.term {
			at++
		}
		if at < len(b.Terms) && b.Terms[at] == w.term {
			sum += float64(w.w * saturated(float64(b.Counts[at]), norm))
		}
	}
	return sum
}

func lengthNorm(length, mean float64) float64 { return bm25K1 * (1 - bm25B + bm25B*length/mean) }

// saturated is what a word is worth that occurs f times.
func saturated(f, norm float64) float64 { return f * (bm25K1 + 1) / (f + norm) }

// planRecall decides which tickets are compared. Where even the rarest word is too common to look it up, those solved last.
func planRecall(weights []weight, c *TermCounts, mean float64) Recall {
	if c.Tickets < MaxRecall { // with the one that is left out
		return Recall{Limit: MaxRecall}
	}
	r := Recall{Limit: candidates}
	rare := slices.Clone(weights)
	slices.SortFunc(rare, func(x, y weight) int {
		return cmp.Or(cmp.Compare(c.Of[x.term], c.Of[y.term]), cmp.Compare(x.term, y.term))
	})
	read, most := 0, 0.0
	for i, w := range rare {
		if read += c.Of[w.term] + perWord; read > maxPostings {
			rare = rare[:i]
			break
		}
		most = max(most, w.w)
	}
	for _, w := range rare {
		r.Terms = append(r.Terms, Weight{w.term, uint16(max(1, math.Round(w.w/most*MaxWeight)))})
	}
	slices.SortFunc(r.Terms, func(a, b Weight) int { return cmp.Compare(a.Term, b.Term) })
	for i := range r.Worth {
		g := Grade(i)
		r.Worth[i] = uint16(max(1, math.Round(saturated(g.count(), lengthNorm(g.length(), mean))/(bm25K1+1)*MaxWorth)))
	}
	return r
}
