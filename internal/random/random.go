// Package random makes names that nobody can guess.
package random

import (
	"crypto/rand"
	"encoding/hex"
)

// Crockford is Crockford's base32 alphabet: no I, L, O or U to misread.
const Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Ref returns 40 random bits as XXXX-XXXX.
func Ref() string {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	for i := range b {
		b[i] = Crockford[b[i]&31]
	}
	return string(b[:4]) + "-" + string(b[4:])
}

// Hex returns 128 random bits as 32 hexadecimal digits.
func Hex() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
