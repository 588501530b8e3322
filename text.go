package helpdesk

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// This file has small helpers that several subjects share. A helper with one user stands beside
// that user. Checks of a caller's values are in check.go.

// cleanText returns a text that checkText accepts.
func cleanText(s string) string {
	return clipTo(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", ""), MaxText)
}

// oneLine returns a text that checkLine accepts, with the same limit in characters.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(clipRunes(strings.TrimSpace(s), most))
}

// clipTo cuts s to at most n bytes and splits no character.
func clipTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clipRunes cuts s to at most n characters.
func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// clip shortens a caller's text for an error message.
func clip(s string) string {
	if short := clipRunes(s, 40); short != s {
		return short + "…"
	}
	return s
}

// list writes values with commas between them.
func list[T any](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = fmt.Sprint(v)
	}
	return strings.Join(names, ", ")
}

// earliest returns the earlier of two times. A zero time counts as no time.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

// latest returns the latest of the times, or the zero time when there is none.
func latest(times ...time.Time) (last time.Time) {
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}
