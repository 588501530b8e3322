// Package postings is the form of the lists of an inverted index: the numbers of the tickets that
// hold a word, each with the bucket of the word in that ticket (similar.TermBucket). A number takes
// as many bytes as its distance from the one before needs, seven bits in each as in
// [binary.Uvarint]. The bucket follows in one byte. So a common word takes about two bytes a
// ticket.
package postings

import (
	"encoding/binary"
	"errors"
	"math"
)

// Append adds a number to a list that ends with last, 0 for an empty one. Numbers ascend and are 1
// or more.
func Append(list []byte, last, number uint32, bucket uint8) []byte {
	return append(binary.AppendUvarint(list, uint64(number-last)), bucket)
}

// ErrBroken is returned for a list that Append has not written, or that holds a number there is no
// room for.
var ErrBroken = errors.New("postings: broken list")

// Add adds the worth of its bucket to the sum of each number on the list. Sums are by number, and
// wrap around.
func Add(sums []uint32, list []byte, worth *[256]uint32) error {
	number, limit := uint64(0), uint64(min(len(sums), math.MaxUint32))
	for i := 0; i < len(list); {
		step := uint64(list[i])
		if i++; step >= 0x80 {
			more, n := binary.Uvarint(list[i-1:])
			if n <= 0 || more > math.MaxUint32 {
				return ErrBroken
			}
			step, i = more, i-1+n
		}
		number += step
		if i >= len(list) || number >= limit || step == 0 {
			return ErrBroken
		}
		sums[number] += worth[list[i]]
		i++
	}
	return nil
}
