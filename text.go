package helpdesk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/internal/check"
)

// This file has small helpers that several subjects share, and the checks of a caller's values. A
// helper with one user stands beside that user.

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

// checkText returns an error for a text that cannot be stored or is too long.
func checkText(field, s string, required bool) error {
	return fieldError(field, check.Text(s, MaxText, required))
}

// checkLine is checkText that also refuses control characters and more than most characters.
func checkLine(field, s string, most int, required bool) error {
	return fieldError(field, check.Line(s, most, required))
}

// fieldError returns a FieldError; nil when problem is empty.
func fieldError(field, problem string) error {
	if problem == "" {
		return nil
	}
	return &FieldError{field, problem}
}

// cleanEmail returns an address in the form that the desk keeps.
func cleanEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// checkEmail returns an error for a text that is neither empty nor a plain mail address.
func checkEmail(field, s string) error {
	if s == "" {
		return nil
	}
	if err := checkLine(field, s, 254, true); err != nil {
		return err
	}
	hidden := func(r rune) bool { return unicode.In(r, unicode.Z, unicode.Cf) } // net/mail lets these pass
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s || strings.ContainsFunc(s, hidden) {
		return &FieldError{field, "is not a mail address"}
	}
	return nil
}

// cleanTags returns tags in lower case, sorted and without repeats.
func cleanTags(field string, tags []string) ([]string, error) {
	var clean []string
	for _, tag := range tags {
		tag = strings.ToLower(strings.TrimSpace(tag))
		if err := checkLine(field, tag, 40, true); err != nil {
			return nil, err
		}
		clean = append(clean, tag)
	}
	slices.Sort(clean)
	clean = slices.Compact(clean)
	if len(clean) > MaxTags {
		return nil, &FieldError{field, fmt.Sprintf("are more than %d", MaxTags)}
	}
	return clean, nil
}

// checkCategory returns an error for a category that is neither empty nor in Config.Categories.
func (d *Desk) checkCategory(c Category) error {
	if c == "" || slices.ContainsFunc(d.cfg.Categories, func(i CategoryInfo) bool { return i.Name == c }) {
		return nil
	}
	names := make([]Category, len(d.cfg.Categories))
	for i, info := range d.cfg.Categories {
		names[i] = info.Name
	}
	return &FieldError{"category", fmt.Sprintf("%q is not one of %s", clip(string(c)), list(names))}
}

// checkID returns an error for a text that is neither empty nor the id of a row.
func checkID(field, id string) error {
	if id == "" || validID(TicketID(id)) {
		return nil
	}
	return &FieldError{field, "is not an id"}
}

func checkPriority(p Priority, unset bool) error {
	if (unset && p == 0) || slices.Contains(Priorities, p) {
		return nil
	}
	return &FieldError{"priority", fmt.Sprintf("%q is not one of %s", p, list(Priorities))}
}

// encoded returns one of our own plain structs as JSON, which cannot fail.
func encoded(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic("helpdesk: encode: " + err.Error())
	}
	return text
}

// oneByOne asks a Store that cannot answer several queries at once.
func oneByOne[Q, A any](ctx context.Context, qs []Q, ask func(context.Context, Q) (A, error)) ([]A, error) {
	answers := make([]A, len(qs))
	for i, q := range qs {
		var err error
		if answers[i], err = ask(ctx, q); err != nil {
			return nil, err
		}
	}
	return answers, nil
}
