package helpdesk

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Term is a word as the memory of solved tickets knows it: a hash. Two words of one hash are one to it, which
// among a million different words happens to about one in ten thousand.
type Term uint32

// Bag is the words of one text, counted, without their order.
type Bag struct {
	Terms  []Term  // ascending, each once
	Counts []uint8 // how often each Term occurs, at most 255; a word of the subject counts as subjectWeight
	Length int     // of the text in words, those of the subject counted likewise
}

// MaxTerms is how many different terms a Bag holds: those that come first. Of a text no more than maxBagBytes is read.
const (
	MaxTerms    = 1000
	maxBagBytes = 1 << 16
)

// subjectWeight is how many words of the text one of the subject counts for, and a pair of neighbours in it. Counting
// the fields together before the score saturates is BM25F: Robertson, Zaragoza and Taylor, CIKM 2004.
const subjectWeight = 3

// BagOf counts the words of a ticket. They are those of search, without an English plural, and two by two where a
// script sets no spaces. Every Store asks and remembers with this one function.
func BagOf(subject, text string) Bag {
	b := counter{counts: map[Term]int{}}
	var last string
	for w := range bagWords(subject) {
		b.add(termOf("", w), subjectWeight)
		if last != "" {
			b.add(termOf(last, w), subjectWeight)
		}
		b.length += subjectWeight
		last = w
	}
	for w := range bagWords(text) {
		b.add(termOf("", w), 1)
		b.length++
	}
	return b.bag()
}

// counter is a Bag in the making.
type counter struct {
	counts map[Term]int
	length int
}

func (b *counter) add(t Term, n int) {
	if have := b.counts[t]; have > 0 || len(b.counts) < MaxTerms {
		b.counts[t] = have + n
	}
}

func (b *counter) bag() Bag {
	bag := Bag{Terms: make([]Term, 0, len(b.counts)), Counts: make([]uint8, len(b.counts)), Length: b.length}
	for t := range b.counts {
		bag.Terms = append(bag.Terms, t)
	}
	slices.Sort(bag.Terms)
	for i, t := range bag.Terms {
		bag.Counts[i] = uint8(min(b.counts[t], 255))
	}
	return bag
}

// bagWords yields the words of a text in order, as often as they occur.
func bagWords(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for field := range strings.FieldsFuncSeq(clipTo(text, maxBagBytes), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
		}) {
			if !splitField(strings.ToLower(field), yield) {
				return
			}
		}
	}
}

// splitField yields the words of what stands between spaces: one, unless a part of it is in a script that sets none.
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
		case len(part) <= searchwords.MaxBytes:
			if !yield(singular(part)) {
				return false
			}
		}
	}
	return true
}

// unspaced reports whether r is of a script whose words are not set apart.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// pairs yields each two neighbouring characters of s, or s when it is but one.
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

// singular takes the s of an English plural away, and little else: Harman, "How effective is suffixing?", JASIS 42 (1991).
// Words that are not of plain letters stay as they are.
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

// termOf hashes a word, or two neighbours: FNV-1a of 64 bits, folded.
func termOf(before, w string) Term {
	h := uint64(14695981039346656037)
	mix := func(s string) {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
	}
	if before != "" {
		mix(before)
		mix(" ") // stands in no word
	}
	mix(w)
	return Term(h>>32) ^ Term(h)
}

// Grade says in one byte what a score has to know of a word in a text, roughly: how often it occurs (once, twice, three or
// four times, more) and how long the text is, in quarters of powers of two.
type Grade uint8

// Grade is that of the i-th of the Terms.
func (b *Bag) Grade(i int) Grade {
	g := Grade(3)
	if n := b.Counts[i]; n <= 4 {
		g = [...]Grade{0, 0, 1, 2, 2}[n]
	}
	length := min(max(b.Length, 1), 1<<16-1)
	power := bits.Len(uint(length)) - 1
	return g<<6 | Grade(power<<2|length<<2>>power&3)
}

// count and length are what stands in the middle of those of one Grade.
func (g Grade) count() float64 { return [...]float64{1, 2, 3.5, 6}[g>>6] }

func (g Grade) length() float64 {
	power, quarter := int(g>>2&15), float64(g&3)
	return math.Ldexp(4.5+quarter, power-2)
}

// Count returns how often t occurs.
func (b *Bag) Count(t Term) int {
	if i, ok := slices.BinarySearch(b.Terms, t); ok {
		return int(b.Counts[i])
	}
	return 0
}

// MarshalBinary writes the length as four bytes and each term as four and its count as one, lowest byte first.
func (b Bag) MarshalBinary() ([]byte, error) {
	data := make([]byte, 0, 4+5*len(b.Terms))
	data = binary.LittleEndian.AppendUint32(data, uint32(b.Length))
	for i, t := range b.Terms {
		data = append(binary.LittleEndian.AppendUint32(data, uint32(t)), b.Counts[i])
	}
	return data, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (b *Bag) UnmarshalBinary(data []byte) error {
	if len(data)%5 != 4 {
		return fmt.Errorf("helpdesk: bag of %d bytes", len(data))
	}
	n := len(data) / 5
	*b = Bag{Terms: make([]Term, n), Counts: make([]uint8, n), Length: int(binary.LittleEndian.Uint32(data))}
	for i := range n {
		at := data[4+5*i:]
		b.Terms[i], b.Counts[i] = Term(binary.LittleEndian.Uint32(at)), at[4]
		if i > 0 && b.Terms[i] <= b.Terms[i-1] {
			return fmt.Errorf("helpdesk: bag out of order")
		}
	}
	return nil
}
