package learned

import (
	"math"
	"slices"
)

// novelty recognises a text unlike all training texts by the number of its unknown words. One known
// word says little about a text, and twenty say much: the count is compared with the usual count
// for a text of as many words.
type novelty struct {
	// unknown is the usual proportion of unknown words in a new text of the known kind.
	unknown float64
	// spread is how much it differs between texts: the correlation, in one text, of two words being
	// unknown.
	spread float64
	most   float64 // accepted standard deviations above the usual count
}

// learnNovelty counts for each text the words that would be unknown without it: those that stand in
// at most least texts, this one included. share is the proportion of texts that may be rejected.
func learnNovelty(t *texts, df []uint32, list []example, share float64) novelty {
	type pair struct{ words, unknown float64 }
	var counts []pair
	var all pair
	var p reader
	least := leastTexts(len(list))
	for i, e := range list {
		if i > 0 && list[i-1].text == e.text {
			continue
		}
		p.read(e.Subject, e.Text, func(term, int, uint8) {})
		c := pair{words: float64(len(p.seen))}
		for _, w := range p.seen {
			if n, ok := t.vocabulary.number(w); !ok || df[n] <= least {
				c.unknown++
			}
		}
		if c.words > 0 {
			counts = append(counts, c)
			all.words += c.words
			all.unknown += c.unknown
		}
	}
	v := novelty{unknown: (all.unknown + 1) / (all.words + 2), most: math.Inf(1)}
	// By moments: the variance of a count of n is n·p·(1-p)·(1+(n-1)·spread).
	over, room := 0.0, 0.0
	for _, c := range counts {
		d := c.unknown - c.words*v.unknown
		over += d*d/(v.unknown*(1-v.unknown)) - c.words
		room += c.words * (c.words - 1)
	}
	if room > 0 {
		v.spread = min(max(over/room, 0), 1)
	}
	if share < 0 || len(counts) == 0 {
		return v
	}
	far := make([]float64, len(counts))
	for i, c := range counts {
		far[i] = v.distance(c.words, c.unknown)
	}
	slices.Sort(far)
	v.most = far[len(far)-1-int(share*float64(len(far)))]
	return v
}

// distance returns how many standard deviations the number of unknown words is above the usual.
func (v *novelty) distance(words, unknown float64) float64 {
	return (unknown - words*v.unknown) / math.Sqrt(words*v.unknown*(1-v.unknown)*(1+(words-1)*v.spread))
}

// strange reports whether a text with these numbers of different and unknown words is unlike the
// training texts. A text without a known word is, unless everything is accepted.
func (v *novelty) strange(words, unknown int) bool {
	if math.IsInf(v.most, 1) {
		return false
	}
	return words == unknown || v.distance(float64(words), float64(unknown)) > v.most
}
