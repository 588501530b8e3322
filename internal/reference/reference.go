// Package reference knows the references by which people name tickets, however they are typed.
package reference

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
)

// Crockford is Crockford's base32 alphabet: no I, L, O or U to misread.
const Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// New returns 40 random bits as XXXX-XXXX.
func New() string {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	for i := range b {
		b[i] = Crockford[b[i]&31]
	}
	return string(b[:4]) + "-" + string(b[4:])
}

// typed finds what may be a reference of [New] in a text.
var typed = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])([0-9a-z]{4})[-‐‑–]?([0-9a-z]{4})(?:$|[^\pL\pN])`)

// misread maps letters that are not in references to the digits that they are taken for.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// most is the most references of one text, and longest the most characters of one.
const (
	most    = 10
	longest = 20
)

// Spellings returns the forms in which a typed reference may be stored: as it is, in capitals and
// small letters, for a host has its own, and in the form of [New].
func Spellings(ref string) []string {
	ref = strings.Trim(ref, "#[] ")
	all := []string{ref, strings.ToUpper(ref), strings.ToLower(ref)}
	joined := strings.ReplaceAll(ref, " ", "")
	if m := typed.FindStringSubmatch(joined); m != nil && m[0] == joined {
		all = append(all, own(m[1], m[2]))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func own(first, second string) string { return misread.Replace(strings.ToUpper(first + "-" + second)) }

// In returns what may be references in a text: the text itself, or words within a sentence. Those
// of a host's own form are as typed: see [Spellings].
func In(text string) []string {
	var refs []string
	add := func(ref string) {
		if ref != "" && len(ref) <= longest && len(refs) < most && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	add(strings.Trim(text, "#[] "))
	for from := 0; from < len(text); {
		at := typed.FindStringSubmatchIndex(text[from:])
		if at == nil {
			break
		}
		add(own(text[from+at[2]:from+at[3]], text[from+at[4]:from+at[5]]))
		from += at[5]
	}
	for word := range strings.FieldsSeq(text) {
		if word = strings.Trim(word, "#[]().,:;!?\"'"); strings.ContainsAny(word, "0123456789") && strings.ContainsAny(word, "-_/") {
			add(word) // of a host's own form
		}
	}
	return refs
}
