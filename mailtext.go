package helpdesk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// MailText is what the mail of a notice says, in an admin's words, with placeholders in double braces: "Hello {{customer}}".
type MailText struct {
	Subject string `json:"subject"` // one line
	Body    string `json:"body"`    // plain text of any number of lines
}

// How long the parts of a MailText may be, in characters, and how many placeholders a body may hold.
const (
	MaxMailSubject      = 200
	MaxMailBody         = 10_000
	mostMailPlaceholder = 50
)

// ToCustomer reports whether notices of the kind go to customers; others go to agents.
func (k NoticeKind) ToCustomer() bool {
	switch k {
	case NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey:
		return true
	}
	return false
}

// Placeholders returns what the [MailText] of a kind may hold; nil for a kind that is not known:
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
// That a ticket was received holds nothing a stranger may have written: see [NoticeReceived].
func (k NoticeKind) Placeholders() []string {
	switch {
	case k == NoticeReceived:
		return []string{"ref", "company", "link"}
	case k == NoticeSurvey:
		return []string{"ref", "company", "link", "rate", "subject", "customer"}
	case k.ToCustomer():
		return []string{"ref", "company", "link", "subject", "customer", "agent", "text"}
	case slices.Contains(NoticeKinds, k):
		return []string{"ref", "company", "link", "subject", "customer", "agent", "text", "description", "priority", "category", "due"}
	}
	return nil
}

// Needs returns the placeholder without which a mail of the kind would be of no use; empty when there is none.
func (k NoticeKind) Needs() string {
	return map[NoticeKind]string{NoticeReply: "text", NoticeSurvey: "rate"}[k]
}

// bodyOnly are placeholders that a subject may not hold: texts of many lines, and addresses.
var bodyOnly = []string{"text", "description", "link", "rate"}

// foreign are placeholders whose value others than the desk's people may have written.
var foreign = []string{"subject", "customer", "text", "description"}

// MailPart is a part of a text with placeholders: words as they are, or, when it has none, a placeholder.
type MailPart struct {
	Words       string
	Placeholder string // its name
}

// MailParts takes a text with placeholders apart. What stands between double braces on one line is a placeholder, known or not. Braces that
// nothing closes are words.
func MailParts(text string) []MailPart {
	var parts []MailPart
	words := func(s string) {
		if s != "" {
			parts = append(parts, MailPart{Words: s})
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
			parts = append(parts, MailPart{Placeholder: strings.TrimSpace(name)})
			line = after
		}
		words(line)
	}
	return parts
}

// Check refuses a text that is no mail of the kind: with a placeholder that is not for it or without the one it needs, too long, or where a
// web address could be changed by what a customer writes. Its errors are *FieldError values.
func (m *MailText) Check(kind NoticeKind) error {
	if kind.Placeholders() == nil {
		return &FieldError{"kind", fmt.Sprintf("%q is not known", clip(string(kind)))}
	}
	subject := checkLine("subject", m.Subject, MaxMailSubject, true)
	if subject == nil {
		subject = checkPlaceholders("subject", m.Subject, kind, bodyOnly, "")
	}
	body := checkText("body", m.Body, true)
	if body == nil && utf8.RuneCountInString(m.Body) > MaxMailBody {
		body = &FieldError{"body", fmt.Sprintf("is longer than %d characters", MaxMailBody)}
	}
	if body == nil {
		body = checkPlaceholders("body", m.Body, kind, nil, kind.Needs())
	}
	return errors.Join(subject, body)
}

func checkPlaceholders(field, text string, kind NoticeKind, without []string, needs string) error {
	seen, n := map[string]int{}, 0
	var flat strings.Builder // with a NUL where others write, and an address where one will be
	for _, p := range MailParts(text) {
		name := p.Placeholder
		if p.Words != "" {
			flat.WriteString(p.Words)
			continue
		}
		switch n++; {
		case !slices.Contains(kind.Placeholders(), name) || slices.Contains(without, name):
			return &FieldError{field, fmt.Sprintf("has a placeholder that is not for it: %q", clip(name))}
		case slices.Contains(foreign, name):
			flat.WriteByte(0)
		case name == "link" || name == "rate":
			flat.WriteString("://")
		}
		seen[name]++
	}
	switch {
	case n > mostMailPlaceholder:
		return &FieldError{field, fmt.Sprintf("has more than %d placeholders", mostMailPlaceholder)}
	case seen["text"] > 1 || seen["description"] > 1:
		return &FieldError{field, "has the same long text twice"}
	case needs != "" && seen[needs] == 0:
		return &FieldError{field, fmt.Sprintf("lacks a placeholder that it needs: %q", needs)}
	}
	for _, word := range strings.FieldsFunc(flat.String(), func(r rune) bool { return strings.ContainsRune(" \t\n\r", r) }) {
		if strings.ContainsRune(word, 0) && (strings.Contains(word, "://") || strings.Contains(strings.ToLower(word), "www.")) {
			return &FieldError{field, "has a placeholder of the customer's at a web address: put a space between"}
		}
	}
	return nil
}
