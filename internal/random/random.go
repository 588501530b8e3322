// Package random makes names that nobody can guess.
package random

import (
	"crypto/rand"
	"encoding/hex"
)

// Hex returns 128 random bits as 32 hexadecimal digits.
func Hex() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
