package helpdesk

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"

	"github.com/helpdesk-go/helpdesk/internal/check"
)

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
