// Package ticketlist is the table of the views and filters that a list of tickets has. The API
// makes its query parameters and their documentation from it, the pages their addresses and forms.
package ticketlist

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Kind is the kind of a filter's values: the type in an OpenAPI document and the control in a form.
type Kind int

// The kinds of filters. Those from Status on are choices.
const (
	Text Kind = iota
	Email
	Switch // true or false
	Time
	Customer     // ids, or a mail address
	Organisation // an id
	Status
	Category
	Priority
	Source
	Agent
)

// Filter is one line of the table.
type Filter struct {
	Name  string // the query parameter of the API
	Page  string // the same in addresses of the pages, and in their catalogues; empty: not on the pages
	Kind  Kind
	Many  bool   // values are alternatives
	Lower bool   // a Query has the value in lower case
	Staff bool   // it tells what customers do not see
	Doc   string // for the OpenAPI document
	field
}

// Filters are all filters but the view and the words, in the order of documents and forms.
var Filters = []Filter{
	{Name: "status", Page: "status", Kind: Status, Many: true,
		Doc:   "Any of these; given again or separated by commas, as the other lists",
		field: list(func(q *helpdesk.Query) *[]helpdesk.Status { return &q.Status }, named(helpdesk.ParseStatus))},
	{Name: "category", Page: "category", Kind: Category, Many: true,
		Doc:   "uncategorized stands for none",
		field: list(func(q *helpdesk.Query) *[]helpdesk.Category { return &q.Category }, category)},
	{Name: "priority", Page: "priority", Kind: Priority, Many: true,
		Doc:   "Any of these",
		field: list(func(q *helpdesk.Query) *[]helpdesk.Priority { return &q.Priority }, named(helpdesk.ParsePriority))},
	{Name: "source", Kind: Source, Many: true,
		Doc:   "Any of these",
		field: list(func(q *helpdesk.Query) *[]helpdesk.Source { return &q.Source }, named(helpdesk.ParseSource))},
	{Name: "assignee", Page: "assignee", Kind: Agent, Staff: true,
		Doc:   "An agent's id. For staff",
		field: text(func(q *helpdesk.Query) *helpdesk.AgentID { return &q.Assignee })},
	{Name: "unassigned", Kind: Switch, Staff: true,
		Doc:   "Only tickets that no agent holds. For staff",
		field: flag(func(q *helpdesk.Query) *bool { return &q.Unassigned })},
	{Name: "waiting", Kind: Switch, Staff: true,
		Doc:   "Only tickets that wait for an agent; sort=due lists them in the order of assignment. For staff",
		field: flag(func(q *helpdesk.Query) *bool { return &q.Waiting })},
	{Name: "tag", Page: "tag", Lower: true, Staff: true,
		Doc:   "For staff",
		field: text(func(q *helpdesk.Query) *string { return &q.Tag })},
	{Name: "language", Page: "language", Lower: true, Staff: true,
		Doc:   "Of the ticket, as pt, which finds pt-br too. For staff",
		field: text(func(q *helpdesk.Query) *string { return &q.Language })},
	{Name: "customer_email", Kind: Email, Lower: true,
		Doc:   "The customer's mail address",
		field: text(func(q *helpdesk.Query) *string { return &q.Customer })},
	{Name: "customer", Page: "customer", Kind: Customer, Many: true, Lower: true, Staff: true,
		Doc:   "Tickets of any of the customers with these ids; a mail address is that of customer_email. For staff",
		field: customers()},
	{Name: "organisation", Page: "organisation", Kind: Organisation, Lower: true, Staff: true,
		Doc:   "Tickets of the organisation with this id. For staff",
		field: organisation()},
	{Name: "created_from", Page: "created_from", Kind: Time,
		Doc:   "Created at this time or later",
		field: moment(func(q *helpdesk.Query) *time.Time { return &q.From })},
	{Name: "created_to", Page: "created_to", Kind: Time,
		Doc:   "Created before this time",
		field: moment(func(q *helpdesk.Query) *time.Time { return &q.To })},
	{Name: "due_before", Kind: Time, Staff: true,
		Doc:   "Open, with a deadline before this time. For staff",
		field: moment(func(q *helpdesk.Query) *time.Time { return &q.DueBefore })},
	{Name: "late_before", Kind: Time, Staff: true,
		Doc: "Open, with the first SLA deadline, met or breached, before this time. " +
			"With the current time it finds tickets with a breached clock that is not met yet. For staff",
		field: moment(func(q *helpdesk.Query) *time.Time { return &q.LateBefore })},
	{Name: "assigned_before", Page: "assigned_before", Kind: Time, Staff: true,
		Doc:   "Held by an agent since before this time. For staff",
		field: moment(func(q *helpdesk.Query) *time.Time { return &q.AssignedBefore })},
}

// Reader has what differs between the API and the pages in how values are written.
type Reader struct {
	None string                                     // the value that stands for the empty category
	Day  func(y int, m time.Month, d int) time.Time // the beginning of a date; nil: a time must be RFC 3339
}

// field is the field of a Query that a filter sets.
type field struct {
	read  func(q *helpdesk.Query, name string, values []string, r *Reader) error
	given func(q *helpdesk.Query) bool
}

// Read sets the filter in q to values, of which there is one unless f.Many is set. No value, and an
// empty one, leave q as it is. The error is a [helpdesk.FieldError] for each value at fault.
func (f *Filter) Read(q *helpdesk.Query, values []string, r *Reader) error {
	var given []string
	for _, v := range values {
		if v = f.Clean(v); v != "" {
			given = append(given, v)
		}
	}
	if len(given) == 0 {
		return nil
	}
	return f.read(q, f.Name, given, r)
}

// Clean returns a value as an address has it: in lower case where case does not matter.
func (f *Filter) Clean(value string) string {
	if f.Lower {
		return strings.ToLower(value)
	}
	return value
}

// Given reports whether q has the filter.
func (f *Filter) Given(q *helpdesk.Query) bool { return f.given(q) }

// list is a filter whose values are alternatives.
func list[T any](of func(*helpdesk.Query) *[]T, parse func(string, *Reader) (T, error)) field {
	return field{
		read: func(q *helpdesk.Query, _ string, values []string, r *Reader) (err error) {
			for _, s := range values {
				v, bad := parse(s, r)
				*of(q), err = append(*of(q), v), cmp.Or(err, bad)
			}
			return err
		},
		given: func(q *helpdesk.Query) bool { return len(*of(q)) > 0 },
	}
}

// named reads a value that is written in one way everywhere.
func named[T any](parse func(string) (T, error)) func(string, *Reader) (T, error) {
	return func(s string, _ *Reader) (T, error) { return parse(s) }
}

func category(s string, r *Reader) (helpdesk.Category, error) {
	if s == r.None {
		return "", nil
	}
	return helpdesk.Category(s), nil
}

func text[T ~string](of func(*helpdesk.Query) *T) field {
	return field{
		read: func(q *helpdesk.Query, _ string, values []string, _ *Reader) error {
			*of(q) = T(values[0])
			return nil
		},
		given: func(q *helpdesk.Query) bool { return *of(q) != "" },
	}
}

func flag(of func(*helpdesk.Query) *bool) field {
	return field{
		read: func(q *helpdesk.Query, name string, values []string, _ *Reader) (err error) {
			if *of(q), err = strconv.ParseBool(values[0]); err != nil {
				return &helpdesk.FieldError{Field: name, Problem: "is neither true nor false"}
			}
			return nil
		},
		given: func(q *helpdesk.Query) bool { return *of(q) },
	}
}

func moment(of func(*helpdesk.Query) *time.Time) field {
	return field{
		read: func(q *helpdesk.Query, name string, values []string, r *Reader) (err error) {
			if *of(q), err = time.Parse(time.RFC3339, values[0]); err == nil {
				return nil
			}
			date, err := time.Parse(time.DateOnly, values[0])
			if err != nil || r.Day == nil {
				return &helpdesk.FieldError{Field: name,
					Problem: "is neither a time such as 2026-03-02T09:00:00Z nor a date such as 2026-03-02"}
			}
			*of(q) = r.Day(date.Date())
			return nil
		},
		given: func(q *helpdesk.Query) bool { return !of(q).IsZero() },
	}
}

// uuid is an id in its canonical form.
var uuid = regexp.MustCompile(`^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// customers reads ids, each alone or with commas between them, and mail addresses.
func customers() field {
	return field{
		read: func(q *helpdesk.Query, name string, values []string, _ *Reader) (err error) {
			for v := range strings.SplitSeq(strings.Join(values, ","), ",") {
				switch v = strings.TrimSpace(v); {
				case v == "":
				case uuid.MatchString(v):
					q.CustomerIDs = append(q.CustomerIDs, helpdesk.CustomerID(v))
				case strings.Contains(v, "@"):
					q.Customer = v
				default:
					err = cmp.Or(err, error(&helpdesk.FieldError{Field: name, Problem: "is neither an id nor a mail address"}))
				}
			}
			return err
		},
		given: func(q *helpdesk.Query) bool { return len(q.CustomerIDs) > 0 },
	}
}

func organisation() field {
	f := text(func(q *helpdesk.Query) *helpdesk.OrganisationID { return &q.Organisation })
	set := f.read
	f.read = func(q *helpdesk.Query, name string, values []string, r *Reader) error {
		if !uuid.MatchString(values[0]) {
			return &helpdesk.FieldError{Field: name, Problem: "is not an id"}
		}
		return set(q, name, values, r)
	}
	return f
}
