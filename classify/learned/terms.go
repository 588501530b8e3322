package learned

import (
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
)

// The parts of a text: words and pairs of neighbouring words in one group, pieces of words in the
// other. Each group is scaled to a fixed length by itself, or else the many pieces would drown the
// words.
const (
	words  = 0
	pieces = 1
	groups = 2

	// characters of a piece, with the marks of the beginning and end of a word
	shortest, longest = 3, 5

	// Words of the subject count twice. So do the first words of a text without a subject, which
	// often are a subject joined with the mail.
	leadWords  = 8
	leadWeight = 2
)

// reach is the length of each group's vector. Pieces outweigh words a little: most words of a small
// training set occur once or twice, their pieces more often.
var reach = [groups]float32{1, 1.2}

// A term is a hash of 32 bits; 0 is none. With a hundred thousand known terms, one unknown term in
// forty thousand is taken for a known one.
type term = uint32

func mix(h, x uint32) uint32 {
	h = (h ^ x) * 0x9E3779B1
	return h ^ h>>15
}

const (
	wordSeed  = 0x2545F491
	pairSeed  = 0x6C078965
	pieceSeed = 0x5BD1E995
)

// reader splits texts into terms. It is not safe for concurrent use.
type reader struct {
	runes []rune
	edged []rune
	seen  []term // the words of the text, sorted, each once
}

// read calls each with every term of the text but for issue forms, code and stack traces, its group
// and its weight, and leaves the words of the text in seen.
func (p *reader) read(subject, text string, each func(t term, group int, weight uint8)) {
	p.seen = p.seen[:0]
	lead := leadWords
	var last term
	word := func(w []rune) {
		weight := uint8(1)
		if lead > 0 {
			weight = leadWeight
		}
		h := uint32(wordSeed)
		for _, r := range w {
			h = mix(h, uint32(r))
		}
		h = max(h, 1)
		p.seen = append(p.seen, h)
		each(h, words, weight)
		if last != 0 {
			each(max(mix(mix(pairSeed, last), h), 1), words, weight)
		}
		last = h
		p.edged = append(append(append(p.edged[:0], '<'), w...), '>')
		for i := range p.edged {
			h := uint32(pieceSeed)
			for n, r := range p.edged[i:min(i+longest, len(p.edged))] {
				h = mix(h, uint32(r))
				if n+1 >= shortest {
					each(max(h, 1), pieces, weight)
				}
			}
		}
	}
	p.runes = scan(subject, p.runes, word)
	if len(p.seen) > 0 {
		lead = 0
	}
	last = 0
	p.runes = scan(boilerplate.Words(text), p.runes, func(w []rune) {
		word(w)
		lead--
	})
	slices.Sort(p.seen)
	p.seen = slices.Compact(p.seen)
}
