package smtpnotify

import (
	"strings"

	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// fill puts values into a text with placeholders, once: braces within a value are words. The text
// is no template of Go, so there is nothing in it that an admin could run. What is left out when
// its placeholders are empty is said at Brand.Texts.
func (d *Data) fill(text string) string {
	var filled []string
	for _, p := range paragraph.Split(text, -1) {
		if p = d.fillParagraph(p); p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, "\n\n")
}

func (d *Data) fillParagraph(text string) string {
	var kept []string
	leads, known, held := false, false, false
	for _, line := range strings.Split(text, "\n") {
		var b strings.Builder
		holds, empty := false, true
		for _, p := range templates.Split(line) {
			if p.Words != "" {
				b.WriteString(p.Words)
				continue
			}
			value := d.value(p.Placeholder)
			b.WriteString(value)
			holds, empty = true, empty && value == ""
			leads = leads || p.Placeholder == "link" || p.Placeholder == "rate"
		}
		held, known = held || holds, known || holds && !empty
		if !holds || !empty {
			kept = append(kept, b.String())
		}
	}
	if leads && held && !known {
		return ""
	}
	return strings.Join(kept, "\n")
}

// ours is what people of the desk wrote of a text with placeholders: what may be another's is a
// space.
func (d *Data) ours(text string) string {
	var b strings.Builder
	for _, p := range templates.Split(text) {
		switch p.Placeholder {
		case "":
			b.WriteString(p.Words)
		case "ref", "company", "priority", "category", "due":
			b.WriteString(d.value(p.Placeholder))
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// value is that of a placeholder; empty when nothing is known for it. See [templates.Placeholders].
func (d *Data) value(placeholder string) string {
	switch placeholder {
	case "ref":
		return d.Ref
	case "company":
		return d.Brand.Name
	case "link":
		return d.TicketURL
	case "rate":
		return d.RateURL
	case "subject":
		return d.Subject
	case "customer":
		return d.Customer
	case "agent":
		if d.Agent {
			return d.Recipient
		}
		return d.Author
	case "text":
		return d.Text
	case "description":
		return d.Description
	case "priority":
		return d.PriorityText()
	case "category":
		return d.Category
	case "due":
		return d.DueText()
	}
	return ""
}

// tongue is what Go does not know of a language.
type tongue struct {
	due        string // a layout of package time
	priorities map[string]string
}

var (
	english = tongue{due: "Mon 2 Jan 2006, 15:04 MST"}
	tongues = map[string]tongue{
		"de": {"02.01.2006, 15:04 MST", map[string]string{"low": "niedrig", "medium": "mittel", "high": "hoch", "urgent": "dringend"}},
	}
)

func (d *Data) tongue() tongue {
	base, _, _ := strings.Cut(d.Language, "-")
	if t, ok := tongues[base]; ok {
		return t
	}
	return english
}

// DueText is Due as it is written in the language, empty when that is zero.
func (d *Data) DueText() string {
	if d.due != "" || d.Due.IsZero() {
		return d.due
	}
	return d.Due.Format(d.tongue().due)
}

// PriorityText is Priority in the language; in those but German as the desk names it.
func (d *Data) PriorityText() string {
	if word, ok := d.tongue().priorities[d.Priority]; ok {
		return word
	}
	return d.Priority
}
