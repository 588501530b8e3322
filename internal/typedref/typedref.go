// Package typedref finds references of tickets in what people type.
package typedref

import (
	"regexp"
	"slices"
	"strings"
)

// The most references of a text, and the most bytes of one.
const (
	most    = 10
	longest = 20
)

// form is what may be a reference such as 7Q2M-X4KD.
var form = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])([0-9a-z]{4})[-‐‑–]?([0-9a-z]{4})(?:$|[^\pL\pN])`)

// misread maps letters that are not in references to the digits that they are taken for.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// Of returns the references that a text may hold, in any case, with or without the hyphen, within a
// sentence. The first is the whole text. Forms of a host's own have to have a digit and a hyphen,
// underscore or slash.
func Of(text string) (refs []string) {
	add := func(ref string) {
		if ref != "" && len(ref) <= longest && len(refs) < most && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	add(strings.ToUpper(strings.Trim(text, "#[] ")))
	for from := 0; from < len(text); {
		at := form.FindStringSubmatchIndex(text[from:])
		if at == nil {
			break
		}
		add(misread.Replace(strings.ToUpper(text[from+at[2]:from+at[3]] + "-" + text[from+at[4]:from+at[5]])))
		from += at[5]
	}
	for word := range strings.FieldsSeq(text) {
		if word = strings.Trim(word, "#[]().,:;!?\"'"); strings.ContainsAny(word, "0123456789") && strings.ContainsAny(word, "-_/") {
			add(strings.ToUpper(word))
		}
	}
	return refs
}
