// Package classifytest measures classifiers, and rankings of similar tickets, on tickets with a
// known right answer.
//
//	tickets, err := classifytest.ReadCSV(file, classifytest.Category)
//	...
//	report, err := classifytest.Score(ctx, classifier, tickets, nil)
//	...
//	report.WriteText(os.Stdout)
//
// The fields of [Report] and [SimilarReport] explain each number. A proportion of nothing is nil,
// and null in JSON, never 0 or NaN.
package classifytest

import (
	"fmt"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// Ticket is a ticket with the labels of a person.
type Ticket struct {
	// ID names it in reports; [SimilarScore] needs unique ones.
	ID       string
	Subject  string
	Body     string
	Category helpdesk.Category // empty: no label
	Priority helpdesk.Priority // 0: no label
	Language string            // such as "en"; empty when unknown. No measure uses it
}

// Label names the part of an answer that is compared.
type Label string

// The labels.
const (
	Category Label = "category"
	Priority Label = "priority"
)

// ParseLabel returns the Label named s.
func ParseLabel(s string) (Label, error) {
	switch l := Label(s); l {
	case Category, Priority:
		return l, nil
	}
	return "", &helpdesk.FieldError{Field: "label", Problem: fmt.Sprintf("%q is not one of category, priority", clip(s))}
}

// Of returns the name of t's label, such as "billing" or "high"; empty when it has none.
func (l Label) Of(t *Ticket) string {
	if l == Priority {
		return t.Priority.String()
	}
	return string(t.Category)
}

// ParsePriority reads a priority in the words of other desks, in any case. Besides the four names
// of package helpdesk:
//
//	urgent  critical, emergency, blocker, immediate, highest, very high, P1
//	high    major, important, P2
//	medium  normal, moderate, P3
//	low     minor, trivial, lowest, very low, planning, P4, P5
//
// A number before the word, as in "1 - Critical" (ServiceNow) and "2 normal" (Zammad), is ignored.
// A bare number is refused, since 1 is the most urgent on some desks and the least on others. P0 is
// refused too, since beside it P1 would be the second. An empty s is 0, no label.
func ParsePriority(s string) (helpdesk.Priority, error) {
	word := strings.ToLower(strings.Join(strings.Fields(s), " "))
	if rest := strings.TrimLeft(strings.TrimLeft(word, "0123456789"), " -:."); rest != "" {
		word = rest
	}
	if word == "" {
		return 0, nil
	}
	if p, ok := priorityWords[word]; ok {
		return p, nil
	}
	return 0, &helpdesk.FieldError{Field: "priority", Problem: fmt.Sprintf(
		"%q is not one of low, medium, high, urgent or what other desks call them, such as normal, critical, P1", clip(s))}
}

var priorityWords = map[string]helpdesk.Priority{
	"urgent": helpdesk.Urgent, "critical": helpdesk.Urgent, "emergency": helpdesk.Urgent, "blocker": helpdesk.Urgent,
	"immediate": helpdesk.Urgent, "highest": helpdesk.Urgent, "very high": helpdesk.Urgent, "p1": helpdesk.Urgent,
	"high": helpdesk.High, "major": helpdesk.High, "important": helpdesk.High, "p2": helpdesk.High,
	"medium": helpdesk.Medium, "normal": helpdesk.Medium, "moderate": helpdesk.Medium, "p3": helpdesk.Medium,
	"low": helpdesk.Low, "minor": helpdesk.Low, "trivial": helpdesk.Low, "lowest": helpdesk.Low, "very low": helpdesk.Low,
	"planning": helpdesk.Low, "p4": helpdesk.Low, "p5": helpdesk.Low,
}

// clip makes a stranger's text fit for a message: one short line without control characters.
func clip(s string) string { return clipTo(s, 40) }

func clipTo(s string, most int) string {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
