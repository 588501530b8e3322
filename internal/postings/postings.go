// Package postings encodes the lists of an inverted index. The list of a word holds the numbers of
// the tickets that contain it, each with the bucket of the word in that ticket
// (similar.TermBucket). A number is stored as the distance from the number before, as a
// [binary.Uvarint] of seven bits a byte, and its bucket follows in one byte. A common word takes
// about two bytes a ticket.
package postings

import (
	"encoding/binary"
	"errors"
	"math"
)

// Append appends number to a list that ends with last; last is 0 for an empty list. Numbers ascend
// and are at least 1.
func Append(list []byte, last, number uint32, bucket uint8) []byte {
	return append(binary.AppendUvarint(list, uint64(number-last)), bucket)
}

// ErrBroken is returned for a list that Append has not written, and for one with a number that is
// not below len(sums).
var ErrBroken = errors.New("postings: broken list")

// Add adds worth[bucket] to sums[number] for each entry of the list. Sums wrap around.
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
