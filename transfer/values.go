package transfer

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// statuses are the words of desks for their statuses. "open" is told apart by agent and replies.
var statuses = map[string]helpdesk.Status{
	"new": helpdesk.StatusNew, "open": helpdesk.StatusNew, "reopened": helpdesk.StatusNew,
	"assigned": helpdesk.StatusAssigned, "in_progress": helpdesk.StatusProgress, "in progress": helpdesk.StatusProgress,
	"hold": helpdesk.StatusProgress, "on-hold": helpdesk.StatusProgress, "on hold": helpdesk.StatusProgress, "waiting on third party": helpdesk.StatusProgress,
	"pending": helpdesk.StatusWaiting, "waiting_customer": helpdesk.StatusWaiting, "waiting on customer": helpdesk.StatusWaiting,
	"escalated": helpdesk.StatusEscalated,
	"solved":    helpdesk.StatusResolved, "resolved": helpdesk.StatusResolved, "closed": helpdesk.StatusClosed,
}

// gone are the statuses of tickets that are not imported.
var gone = []string{"deleted", "spam"}

var priorities = map[string]helpdesk.Priority{
	"low": helpdesk.Low, "normal": helpdesk.Medium, "medium": helpdesk.Medium, "high": helpdesk.High, "urgent": helpdesk.Urgent,
}

// freshStatus and freshPriority are the numbers of Freshdesk's API.
var (
	freshStatus   = map[string]string{"2": "open", "3": "pending", "4": "resolved", "5": "closed", "6": "waiting on customer", "7": "waiting on third party"}
	freshPriority = map[string]string{"1": "low", "2": "medium", "3": "high", "4": "urgent"}
)

var sources = map[string]helpdesk.Source{
	"email": helpdesk.SourceEmail, "mail": helpdesk.SourceEmail, "1": helpdesk.SourceEmail,
	"web": helpdesk.SourceForm, "web_form": helpdesk.SourceForm, "portal": helpdesk.SourceForm, "2": helpdesk.SourceForm, "feedback widget": helpdesk.SourceForm, "9": helpdesk.SourceForm,
}

// layouts are the forms of times that are told without doubt. 3/4/2024 is not among them.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 UTC",
	"2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02", "2006/01/02 15:04:05 -0700",
	"02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006", "2 Jan 2006 15:04", "02 Jan 2006", time.RFC1123, time.RFC1123Z,
}

// spreadsheetDays are the numbers that spreadsheets use for days from 1954 to 2119.
const leastDay, mostDay = 20_000, 80_000

// moment reads a time; the zero time for an empty text.
func (m *importer) moment(field, s string) (time.Time, error) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, nil
	}
	if m.cfg.Layout != "" {
		if t, err := time.ParseInLocation(m.cfg.Layout, s, m.cfg.Zone); err == nil {
			return t, nil
		}
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, s, m.cfg.Zone); err == nil {
			return t, nil
		}
	}
	if n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil && n >= leastDay && n <= mostDay {
		days, part := math.Modf(n) // as spreadsheets write a date
		seconds := time.Duration(math.Round(part*86400)) * time.Second
		return time.Date(1899, 12, 30+int(days), 0, 0, 0, 0, m.cfg.Zone).Add(seconds), nil
	}
	return time.Time{}, &helpdesk.FieldError{Field: field, Problem: fmt.Sprintf("%q is not a time without doubt, such as 2024-03-02 15:04", short(s))}
}

// status reads a status; ok is false for a ticket that is gone.
func (m *importer) status(s string) (_ helpdesk.Status, ok bool, err error) {
	word := strings.ToLower(strings.TrimSpace(s))
	if st, ok := m.cfg.Statuses[word]; ok {
		return st, true, nil
	}
	if slices.Contains(gone, word) {
		return "", false, nil
	}
	if st, ok := statuses[word]; ok || word == "" {
		return st, true, nil
	}
	return "", true, &helpdesk.FieldError{Field: "status", Problem: fmt.Sprintf("%q is not known: translate it by Statuses", short(s))}
}

func (m *importer) priority(s string) (helpdesk.Priority, error) {
	word := strings.ToLower(strings.TrimSpace(s))
	if p, ok := m.cfg.Priorities[word]; ok {
		return p, nil
	}
	if p, ok := priorities[word]; ok || word == "" {
		return p, nil
	}
	return 0, &helpdesk.FieldError{Field: "priority", Problem: fmt.Sprintf("%q is not known: translate it by Priorities", short(s))}
}

// category reads a category. One that the desk does not have is left out.
func (m *importer) category(s string) helpdesk.Category {
	word := strings.ToLower(strings.TrimSpace(s))
	if c, ok := m.cfg.Categories[word]; ok {
		return c
	}
	c := helpdesk.Category(strings.ReplaceAll(word, " ", "_"))
	if m.known[c] {
		return c
	}
	if word != "" {
		m.ignore(fmt.Sprintf("category %q", short(word)))
	}
	return ""
}

// tags reads tags from a list or a text with commas. Blanks within a tag become hyphens.
func tags(v any) (list []string) {
	for _, s := range texts(v) {
		for one := range strings.SplitSeq(s, ",") {
			if one = strings.Join(strings.Fields(one), "-"); one != "" {
				list = append(list, one)
			}
		}
	}
	return list
}

// short cuts a text for an error message.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// firstLine is the subject of a ticket without one.
func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	line = strings.Join(strings.Fields(line), " ")
	if r := []rune(line); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return line
}

// fields is a row or an object of a file. It remembers what was read of it.
type fields struct {
	m    map[string]any // texts, json.Number, bool, []any or map[string]any
	used map[string]bool
}

func newFields(m map[string]any) *fields { return &fields{m, map[string]bool{}} }

// value returns the first value that is not empty.
func (f *fields) value(names ...string) any {
	var found any
	for _, name := range names {
		if f.used[name] = true; found == nil && !empty(f.m[name]) {
			found = f.m[name]
		}
	}
	return found
}

// text is value as a text.
func (f *fields) text(names ...string) string {
	if t := texts(f.value(names...)); len(t) > 0 {
		return t[0]
	}
	return ""
}

// object is value as an object; nil when it is none.
func (f *fields) object(names ...string) *fields {
	if m, ok := f.value(names...).(map[string]any); ok {
		return newFields(m)
	}
	return nil
}

// objects is value as a list of objects.
func (f *fields) objects(names ...string) (all []*fields) {
	list, _ := f.value(names...).([]any)
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			all = append(all, newFields(m))
		}
	}
	return all
}

// has reports whether the object has a name.
func (f *fields) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { _, ok := f.m[name]; return ok })
}

// is reports whether a value is true.
func (f *fields) is(name string) bool {
	s := strings.ToLower(f.text(name))
	return s == "true" || s == "yes" || s == "1"
}

// rest returns the names with a value that nobody has read.
func (f *fields) rest() (names []string) {
	for name, v := range f.m {
		if !f.used[name] && !empty(v) && v != false {
			names = append(names, name)
		}
	}
	return names
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// texts returns a value as texts: one, or those of a list.
func texts(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case json.Number:
		return []string{v.String()}
	case bool:
		return []string{strconv.FormatBool(v)}
	case []any:
		for _, one := range v {
			all = append(all, texts(one)...)
		}
	}
	return all
}
