// Package check says what is wrong with a text before it is stored. The root and the packages
// around it make a *helpdesk.FieldError of what it says.
package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text returns what is wrong with a text of any number of lines, or nothing: it must have something
// but space in it if it is required, at most so many bytes, and only what every database stores.
func Text(s string, most int, required bool) string {
	switch {
	case required && strings.TrimSpace(s) == "":
		return "is empty"
	case len(s) > most:
		return fmt.Sprintf("is longer than %d bytes", most)
	case !utf8.ValidString(s):
		return "is not valid UTF-8"
	case strings.ContainsRune(s, 0):
		return "contains a NUL character"
	}
	return ""
}

// Line returns what is wrong with a text of one line, or nothing: it must have at most so many
// characters, no control characters, and what Text asks of it.
func Line(s string, most int, required bool) string {
	if problem := Text(s, len(s), required); problem != "" {
		return problem
	}
	if utf8.RuneCountInString(s) > most {
		return fmt.Sprintf("is longer than %d characters", most)
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return "contains a control character"
	}
	return ""
}
