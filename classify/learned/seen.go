package learned

import (
	"crypto/sha256"
	"encoding/binary"
)

// seen records the training texts of a Model without holding them, as a Bloom filter of twelve bits
// a text. It takes one new text in three hundred for a known one.
type seen []uint64

const probes = 8

func newSeen(n int) seen { return make(seen, (12*n+63)/64) }

func (s seen) add(text [sha256.Size]byte) {
	for i := range probes {
		word, bit := s.probe(text, i)
		s[word] |= bit
	}
}

func (s seen) has(text [sha256.Size]byte) bool {
	if len(s) == 0 {
		return false
	}
	for i := range probes {
		if word, bit := s.probe(text, i); s[word]&bit == 0 {
			return false
		}
	}
	return true
}

func (s seen) probe(text [sha256.Size]byte, i int) (word, bit uint64) {
	at := uint64(binary.LittleEndian.Uint32(text[4*i:])) % uint64(64*len(s))
	return at / 64, 1 << (at % 64)
}
