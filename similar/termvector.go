package similar

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

// Term is the hash of a word. Two words with the same hash are one Term; among a million different
// words this happens to about one in ten thousand.
type Term uint32

// TermVector holds the terms of one text with their counts, without their order.
type TermVector struct {
	Terms  []Term  // ascending, each once
	Counts []uint8 // how often each Term occurs, at most 255; a word of the subject counts as subjectWeight
	Length int     // of the text in words; a word of the subject counts as subjectWeight
}

// The limits of a TermVector. It holds the first maxTerms different terms of a text; a word of more
// than maxWordBytes bytes is left out.
const (
	maxTerms     = 1000
	maxWordBytes = 64
)

// subjectWeight is how many words of the text one word of the subject counts for. Adding up the
// fields before the score saturates is BM25F: Robertson, Zaragoza and Taylor, CIKM 2004.
const subjectWeight = 3

// TermVectorOf counts the terms of a ticket. A word is a run of letters, marks and digits in lower
// case, without the s of an English plural. A script without spaces is split into pairs of
// neighbouring characters. Of a long text the first 4,500 and the last 1,500 characters are read,
// without issue forms, code and stack traces.
// Indexes and queries both use this function. Pairs of neighbouring words of the subject were
// tried: they hide duplicates whose subjects have other words.
func TermVectorOf(subject, text string) TermVector {
	c := counter{counts: map[Term]int{}}
	for w := range wordsOf(excerpt.Lines(subject)) {
		c.add(termOf(w), subjectWeight)
		c.length += subjectWeight
	}
	for w := range wordsOf(boilerplate.Words(excerpt.Lines(text))) {
		c.add(termOf(w), 1)
		c.length++
	}
	return c.vector()
}

// counter builds a TermVector.
type counter struct {
	counts map[Term]int
	length int
}

func (c *counter) add(t Term, n int) {
	if have := c.counts[t]; have > 0 || len(c.counts) < maxTerms {
		c.counts[t] = have + n
	}
}

func (c *counter) vector() TermVector {
	v := TermVector{Terms: make([]Term, 0, len(c.counts)), Counts: make([]uint8, len(c.counts)), Length: c.length}
	for t := range c.counts {
		v.Terms = append(v.Terms, t)
	}
	slices.Sort(v.Terms)
	for i, t := range v.Terms {
		v.Counts[i] = uint8(min(c.counts[t], 255))
	}
	return v
}

// wordsOf yields the words of a text in order, repeated ones too.
func wordsOf(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for field := range strings.FieldsFuncSeq(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
		}) {
			if !splitField(strings.ToLower(field), yield) {
				return
			}
		}
	}
}

// splitField yields the words of a field, which is a text between spaces. It is one word, unless a
// part of it is in a script without spaces.
func splitField(field string, yield func(string) bool) bool {
	for field != "" {
		first, _ := utf8.DecodeRuneInString(field)
		dense := unspaced(first)
		end := strings.IndexFunc(field, func(r rune) bool { return unspaced(r) != dense && !unicode.IsMark(r) })
		if end < 0 {
			end = len(field)
		}
		part := field[:end]
		field = field[end:]
		switch {
		case dense:
			if !pairs(part, yield) {
				return false
			}
		case len(part) <= maxWordBytes:
			if !yield(singular(part)) {
				return false
			}
		}
	}
	return true
}

// unspaced reports whether r is of a script that sets no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// pairs yields each two neighbouring characters of s, or s when it has one character.
func pairs(s string, yield func(string) bool) bool {
	from, mid := 0, 0
	for i := range s {
		if i == 0 {
			continue
		}
		if mid > from {
			if !yield(s[from:i]) {
				return false
			}
			from = mid
		}
		mid = i
	}
	return yield(s[from:])
}

// singular removes the s of an English plural, and little else: Harman, "How effective is
// suffixing?", JASIS 42 (1991). A word with other characters than a to z stays as it is.
func singular(w string) string {
	n := len(w)
	if n <= 3 || w[n-1] != 's' {
		return w
	}
	for i := range n {
		if c := w[i]; c < 'a' || c > 'z' {
			return w
		}
	}
	end := func(s ...string) bool {
		return slices.ContainsFunc(s, func(s string) bool { return strings.HasSuffix(w, s) })
	}
	switch {
	case end("ies") && !end("eies", "aies"):
		return w[:n-3] + "y"
	case end("us", "ss"):
		return w
	}
	return w[:n-1]
}

// termOf hashes a word: FNV-1a of 64 bits, folded.
func termOf(w string) Term {
	h := uint64(14695981039346656037)
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * 1099511628211
	}
	return Term(h>>32) ^ Term(h)
}

// TermBucket is one byte that holds roughly what a score needs of a term in a text. Its upper two
// bits say how often the term occurs: once, twice, three or four times, more often. Its lower six
// bits say how long the text is, in quarters of powers of two.
type TermBucket uint8

// Bucket returns the TermBucket of the i-th of the Terms.
func (v *TermVector) Bucket(i int) TermBucket {
	b := TermBucket(3)
	if n := v.Counts[i]; n <= 4 {
		b = [...]TermBucket{0, 0, 1, 2, 2}[n]
	}
	length := min(max(v.Length, 1), 1<<16-1)
	power := bits.Len(uint(length)) - 1
	return b<<6 | TermBucket(power<<2|length<<2>>power&3)
}

// count returns the middle of the counts in the bucket.
func (b TermBucket) count() float64 { return [...]float64{1, 2, 3.5, 6}[b>>6] }

// length returns the middle of the lengths in the bucket.
func (b TermBucket) length() float64 {
	power, quarter := int(b>>2&15), float64(b&3)
	return math.Ldexp(4.5+quarter, power-2)
}

// Count returns how often t occurs.
func (v *TermVector) Count(t Term) int {
	if i, ok := slices.BinarySearch(v.Terms, t); ok {
		return int(v.Counts[i])
	}
	return 0
}

// MarshalBinary writes the length in four bytes, then each term in four and its count in one, the
// lowest byte first. Its error is always nil.
func (v TermVector) MarshalBinary() ([]byte, error) {
	data := make([]byte, 0, 4+5*len(v.Terms))
	data = binary.LittleEndian.AppendUint32(data, uint32(v.Length))
	for i, t := range v.Terms {
		data = append(binary.LittleEndian.AppendUint32(data, uint32(t)), v.Counts[i])
	}
	return data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (v *TermVector) UnmarshalBinary(data []byte) error {
	if len(data)%5 != 4 {
		return fmt.Errorf("similar: term vector of %d bytes", len(data))
	}
	n := len(data) / 5
	*v = TermVector{Terms: make([]Term, n), Counts: make([]uint8, n), Length: int(binary.LittleEndian.Uint32(data))}
	for i := range n {
		at := data[4+5*i:]
		v.Terms[i], v.Counts[i] = Term(binary.LittleEndian.Uint32(at)), at[4]
		if i > 0 && v.Terms[i] <= v.Terms[i-1] {
			return fmt.Errorf("similar: term vector out of order")
		}
	}
	return nil
}
