package templates

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/check"
)

// Text is what the mail of a notice says, in an admin's words, with placeholders in double braces:
// "Hello {{customer}}".
type Text struct {
	Subject string `json:"subject"` // one line
	Body    string `json:"body"`    // plain text of any number of lines
}

// How long the parts of a Text may be, in characters.
const (
	MaxSubject = 200
	MaxBody    = 10_000
)

// mostPlaceholders is how many placeholders a subject or a body may hold.
const mostPlaceholders = 50

// Placeholders returns what the [Text] of a kind may hold; nil for a kind that is not known:
//
//	ref          the ticket's reference
//	company      who the mail comes from
//	link         where the ticket is seen
//	rate         where the customer rates
//	subject      of the ticket
//	customer     the customer's name, else the address
//	agent        in mails to agents who gets it, in others who wrote the reply or resolved the ticket
//	text         the reply, the note of the resolution, or the desk's sentence
//	description  what the customer first wrote
//	priority     the ticket's, as category and due, the next due time
//
// The mails that say that a ticket was received, and that bring a new link, hold nothing that a
// stranger may have written: see [helpdesk.NoticeReceived].
func Placeholders(kind helpdesk.NoticeKind) []string {
	switch {
	case kind == helpdesk.NoticeReceived, kind == helpdesk.NoticeLink:
		return []string{"ref", "company", "link"}
	case kind == helpdesk.NoticeSurvey:
		return []string{"ref", "company", "link", "rate", "subject", "customer"}
	case kind == helpdesk.NoticeReminder:
		return []string{"ref", "company", "link", "subject", "customer"}
	case kind.ToCustomer():
		return []string{"ref", "company", "link", "subject", "customer", "agent", "text"}
	case slices.Contains(helpdesk.NoticeKinds, kind):
		return []string{
			"ref", "company", "link", "subject", "customer", "agent", "text", "description", "priority",
			"category", "due",
		}
	}
	return nil
}

// Needs returns the placeholder without which a mail of the kind would be of no use; empty when
// there is none.
func Needs(kind helpdesk.NoticeKind) string {
	return map[helpdesk.NoticeKind]string{
		helpdesk.NoticeReply: "text", helpdesk.NoticeSurvey: "rate", helpdesk.NoticeLink: "link",
	}[kind]
}

// bodyOnly are placeholders that a subject may not hold: texts of many lines, and addresses.
var bodyOnly = []string{"text", "description", "link", "rate"}

// foreign are placeholders whose value others than the desk's people may have written.
var foreign = []string{"subject", "customer", "text", "description"}

// Part is a part of a text with placeholders: words as they are, or, when it has none, a
// placeholder.
type Part struct {
	Words       string
	Placeholder string // its name
}

// Split takes a text with placeholders apart. What stands between double braces on one line is a
// placeholder, known or not. Braces that nothing closes are words.
func Split(text string) []Part {
	var parts []Part
	words := func(s string) {
		if s != "" {
			parts = append(parts, Part{Words: s})
		}
	}
	for line := range strings.Lines(text) {
		for {
			before, rest, _ := strings.Cut(line, "{{")
			name, after, closed := strings.Cut(rest, "}}")
			if !closed {
				break
			}
			words(before)
			parts = append(parts, Part{Placeholder: strings.TrimSpace(name)})
			line = after
		}
		words(line)
	}
	return parts
}

// Check refuses a text that is no mail of the kind: one that is too long, that has a placeholder
// which is not for the kind, that lacks the one it needs, or where a customer could change a web
// address by what they write. Its errors are *helpdesk.FieldError values.
func (t *Text) Check(kind helpdesk.NoticeKind) error {
	if Placeholders(kind) == nil {
		return &helpdesk.FieldError{Field: "kind", Problem: fmt.Sprintf("%.40q is not known", string(kind))}
	}
	subject := problem("subject", check.Line(t.Subject, MaxSubject, true))
	if subject == nil {
		subject = problem("subject", checkPlaceholders(t.Subject, kind, bodyOnly, ""))
	}
	body := problem("body", check.Text(t.Body, helpdesk.MaxText, true))
	if body == nil && utf8.RuneCountInString(t.Body) > MaxBody {
		body = problem("body", fmt.Sprintf("is longer than %d characters", MaxBody))
	}
	if body == nil {
		body = problem("body", checkPlaceholders(t.Body, kind, nil, Needs(kind)))
	}
	return errors.Join(subject, body)
}

// problem is the error of a field that has one; nil when it has none.
func problem(field, problem string) error {
	if problem == "" {
		return nil
	}
	return &helpdesk.FieldError{Field: field, Problem: problem}
}

// checkPlaceholders returns what is wrong with the placeholders of a text, or nothing.
func checkPlaceholders(text string, kind helpdesk.NoticeKind, without []string, needs string) string {
	seen, n := map[string]int{}, 0
	var flat strings.Builder // with a NUL where others write, and an address where one will be
	for _, p := range Split(text) {
		name := p.Placeholder
		if p.Words != "" {
			flat.WriteString(p.Words)
			continue
		}
		switch n++; {
		case !slices.Contains(Placeholders(kind), name) || slices.Contains(without, name):
			return fmt.Sprintf("has a placeholder that is not for it: %.40q", name)
		case slices.Contains(foreign, name):
			flat.WriteByte(0)
		case name == "link" || name == "rate":
			flat.WriteString("://")
		}
		seen[name]++
	}
	switch {
	case n > mostPlaceholders:
		return fmt.Sprintf("has more than %d placeholders", mostPlaceholders)
	case seen["text"] > 1 || seen["description"] > 1:
		return "has the same long text twice"
	case needs != "" && seen[needs] == 0:
		return fmt.Sprintf("lacks a placeholder that it needs: %q", needs)
	}
	// Only these part words for every program that reads mail: others may be left out of it.
	space := func(r rune) bool { return strings.ContainsRune(" \t\n\r", r) }
	for _, word := range strings.FieldsFunc(flat.String(), space) {
		address := strings.Contains(word, "://") || strings.Contains(strings.ToLower(word), "www.")
		if address && strings.ContainsRune(word, 0) {
			return "has a placeholder of the customer's at a web address: put a space between"
		}
	}
	return ""
}
