package learned

import (
	"cmp"
	"math"
	"slices"
)

// vocabulary numbers the known terms. Those of the words group come first.
type vocabulary struct {
	terms []term // by number; ascending within each group
	words int    // number of terms in the words group

	// The terms again, as a hash table with open addressing. The length of slots is a power of two
	// and at least twice the number of terms.
	slots []slot
	shift uint8
}

type slot struct {
	term   term // 0 when it is free
	number uint32
}

// newVocabulary numbers terms; the first n are words.
func newVocabulary(terms []term, n int) *vocabulary {
	v := &vocabulary{terms: terms, words: n, shift: 32 - 4}
	for 1<<(32-v.shift) < 2*len(terms) {
		v.shift--
	}
	v.slots = make([]slot, 1<<(32-v.shift))
	for i, t := range terms {
		at := v.home(t)
		for v.slots[at].term != 0 {
			at = (at + 1) & (len(v.slots) - 1)
		}
		v.slots[at] = slot{t, uint32(i)}
	}
	return v
}

func (v *vocabulary) home(t term) int { return int(t * 0x85EBCA6B >> v.shift) }

// number returns the number of a term, or false when it is unknown. If a word and a piece have the
// same hash, the first is found.
func (v *vocabulary) number(t term) (uint32, bool) {
	for at := v.home(t); ; at = (at + 1) & (len(v.slots) - 1) {
		switch s := v.slots[at]; s.term {
		case t:
			return s.number, true
		case 0:
			return 0, false
		}
	}
}

// counter counts the texts with each term.
type counter struct {
	slots []count
	used  int
}

type count struct {
	term  term
	group uint8
	texts uint32
	last  uint32 // the last counted text, from 1
}

func (c *counter) add(t term, group int, text uint32) {
	if 4*c.used >= 3*len(c.slots) {
		c.grow()
	}
	for at := int(t*0x85EBCA6B) & (len(c.slots) - 1); ; at = (at + 1) & (len(c.slots) - 1) {
		s := &c.slots[at]
		if s.term == 0 {
			*s = count{t, uint8(group), 1, text}
			c.used++
			return
		}
		if s.term == t {
			if s.last != text {
				s.texts++
				s.last = text
			}
			return
		}
	}
}

func (c *counter) grow() {
	old := c.slots
	c.slots = make([]count, max(1<<12, 2*len(old)))
	for _, s := range old {
		if s.term == 0 {
			continue
		}
		at := int(s.term*0x85EBCA6B) & (len(c.slots) - 1)
		for c.slots[at].term != 0 {
			at = (at + 1) & (len(c.slots) - 1)
		}
		c.slots[at] = s
	}
}

// common returns a vocabulary of terms that stand in at least least texts, and the number of texts
// with each term. With more than limit terms it keeps the most frequent; both groups lose the same
// proportion.
func (c *counter) common(least uint32, limit int) (*vocabulary, []uint32) {
	var list [groups][]count
	total := 0
	for _, s := range c.slots {
		if s.term != 0 && s.texts >= least {
			list[s.group] = append(list[s.group], s)
			total++
		}
	}
	var terms []term
	var texts []uint32
	n := 0
	for g, l := range list {
		if total > limit {
			slices.SortFunc(l, func(a, b count) int {
				return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(a.term, b.term))
			})
			l = l[:len(l)*limit/total]
		}
		slices.SortFunc(l, func(a, b count) int { return cmp.Compare(a.term, b.term) })
		for _, s := range l {
			terms = append(terms, s.term)
			texts = append(texts, s.texts)
		}
		if g == words {
			n = len(terms)
		}
	}
	return newVocabulary(terms, n), texts
}

// texts are the training texts as numbered terms, one after the other. A slice header for each
// would be too much: a hundred thousand texts are sixty million terms.
type texts struct {
	*vocabulary
	// start is the beginning of each text in number and weight, and the end of the last.
	start  []int
	number []uint32 // ascending within a text
	weight []uint8  // frequency, at most 255
}

func (t *texts) len() int { return len(t.start) - 1 }

// damped is the weight of a term with n occurrences in a text.
var damped = func() (table [256]float32) {
	for n := range table {
		table[n] = float32(math.Log2(1 + float64(n)))
	}
	return table
}()

// bag collects the known terms of one text as a term vector.
type bag struct {
	reader
	weight []uint8  // by number; zero when not in use
	number []uint32 // the terms with a weight
}

// fill replaces the term vector. Numbers are in the order of the text.
func (b *bag) fill(v *vocabulary, subject, text string) {
	if len(b.weight) != len(v.terms) {
		b.weight = make([]uint8, len(v.terms))
	}
	for _, n := range b.number {
		b.weight[n] = 0
	}
	b.number = b.number[:0]
	b.read(subject, text, func(t term, _ int, weight uint8) {
		n, ok := v.number(t)
		if !ok {
			return
		}
		if b.weight[n] == 0 {
			b.number = append(b.number, n)
		}
		b.weight[n] = min(b.weight[n], 255-weight) + weight
	})
}

// collect reads all examples into texts, with a vocabulary of at most limit terms, and returns the
// number of texts with each term.
func collect(list []example, limit int) (*texts, []uint32) {
	var c counter
	var p reader
	for i, e := range list {
		p.read(e.Subject, e.Text, func(t term, group int, _ uint8) { c.add(t, group, uint32(i)+1) })
	}
	v, df := c.common(leastTexts(len(list)), limit)
	t := &texts{vocabulary: v, start: make([]int, 1, len(list)+1)}
	var b bag
	for _, e := range list {
		b.fill(v, e.Subject, e.Text)
		slices.Sort(b.number)
		for _, n := range b.number {
			t.number = append(t.number, n)
			t.weight = append(t.weight, b.weight[n])
		}
		t.start = append(t.start, len(t.number))
	}
	return t, df
}

// leastTexts returns the least number of texts, of n, with a known term. A term of one text alone
// says nothing about others, but in a handful of texts nearly all terms are like that.
func leastTexts(n int) uint32 {
	if n < 50 {
		return 1
	}
	return 2
}
