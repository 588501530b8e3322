package helpdesk

import (
	"slices"
	"strings"
	"time"
)

// Query selects tickets of one tenant. A filter that is empty does not filter; several filters must
// all fit, several values of one filter are alternatives.
type Query struct {
	Tenant TenantID

	IDs          []TicketID
	Refs         []string // for a Desk in any case, with or without the hyphen
	Status       []Status
	Category     []Category
	Priority     []Priority
	Source       []Source
	Assignee     AgentID
	Unassigned   bool   // only tickets without an Assignee
	Review       bool   // only tickets with [Ticket.NeedsReview]
	Waiting      bool   // only tickets with [Ticket.QueuedAt]; fastest in the order ByDue
	Customer     string // the customer's mail address, in lower case
	CustomerIDs  []CustomerID
	Organisation OrganisationID

	Organisations []OrganisationID // any of these
	Tag           string
	Language      string    // of the ticket, as "pt"; it finds "pt-br" too
	From, To      time.Time // created in [From, To); zero is open-ended
	DueBefore     time.Time // an open ticket with Ticket.Due before this time
	LateBefore    time.Time // an open ticket with Ticket.FirstDue before this; now: breached ones
	// AssignedBefore finds tickets with an assignee and Ticket.AssignedAt before this time.
	AssignedBefore time.Time

	Scope *Scope // only tickets in it; nil: any. A desk sets it to that of its actor: see [Desk.Scope]

	Order Order
	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // Page.Next of the page before; empty for the first
}

// RiskAhead is the time before its deadline from which lists show a ticket as at risk.
const RiskAhead = 30 * time.Minute

// MaxLimit is the most tickets in one page.
const MaxLimit = 1000

// PageLimit returns the limit in force.
func (q *Query) PageLimit() int {
	switch {
	case q.Limit <= 0:
		return 25
	case q.Limit > MaxLimit:
		return MaxLimit
	}
	return q.Limit
}

// Page is one page of tickets.
type Page struct {
	Tickets []*Ticket
	Next    string // pass it as Query.After for the next page; empty on the last

	Excerpts map[TicketID]Excerpt // of [Desk.Search] alone; a ticket may have none
}

// Order is the order of a Query.
type Order string

// The orders. All of them are total: the id decides between equals.
const (
	Newest  Order = ""        // latest created first
	Oldest  Order = "oldest"  // first created first
	Urgency Order = "urgency" // most urgent, then earliest Ticket.Due (none last), then oldest
	ByDue   Order = "due"     // earliest Ticket.FirstDue (none last), then urgency, then oldest
)

// ParseOrder returns the Order named s.
func ParseOrder(s string) (Order, error) {
	switch o := Order(s); o {
	case Newest, Oldest, Urgency, ByDue:
		return o, nil
	}
	if s == "newest" {
		return Newest, nil
	}
	return "", &FieldError{"sort", "is not one of newest, oldest, urgency, due"}
}

// Match reports whether t fits the filters of q; order and page do not matter.
func (q *Query) Match(t *Ticket) bool {
	in := func(ok bool, n int) bool { return n == 0 || ok }
	return t.Tenant == q.Tenant &&
		in(slices.Contains(q.IDs, t.ID), len(q.IDs)) &&
		in(slices.Contains(q.Refs, t.Ref), len(q.Refs)) &&
		in(slices.Contains(q.Status, t.Status), len(q.Status)) &&
		in(slices.Contains(q.Category, t.Category), len(q.Category)) &&
		in(slices.Contains(q.Priority, t.Priority), len(q.Priority)) &&
		in(slices.Contains(q.Source, t.Source), len(q.Source)) &&
		(q.Assignee == "" || t.Assignee == q.Assignee) &&
		(!q.Unassigned || t.Assignee == "") &&
		(!q.Review || t.NeedsReview) &&
		(!q.Waiting || !t.QueuedAt.IsZero()) &&
		(q.Customer == "" || t.Customer.Email == q.Customer) &&
		in(t.CustomerID != "" && slices.Contains(q.CustomerIDs, t.CustomerID), len(q.CustomerIDs)) &&
		(q.Organisation == "" || t.Organisation == q.Organisation) &&
		in(t.Organisation != "" && slices.Contains(q.Organisations, t.Organisation), len(q.Organisations)) &&
		(q.Language == "" || t.Language == q.Language || strings.HasPrefix(t.Language, q.Language+"-")) &&
		(q.Tag == "" || slices.Contains(t.Tags, q.Tag)) &&
		(q.From.IsZero() || !t.CreatedAt.Before(q.From)) &&
		(q.To.IsZero() || t.CreatedAt.Before(q.To)) &&
		(q.DueBefore.IsZero() || (t.Status.Open() && !t.Due().IsZero() && t.Due().Before(q.DueBefore))) &&
		(q.LateBefore.IsZero() || (t.Status.Open() && !t.FirstDue().IsZero() && t.FirstDue().Before(q.LateBefore))) &&
		(q.AssignedBefore.IsZero() || (t.Assignee != "" && !t.AssignedAt.IsZero() && t.AssignedAt.Before(q.AssignedBefore))) &&
		q.Scope.Has(t)
}

// Scope is the tickets that a restricted agent or a customer sees. Of an agent these are the
// tickets of some categories, and those that the agent holds. Of a customer these are the tickets
// that came from one address and are not Unverified, those of some customers, who are one person,
// those of an organisation, and those on which the customer is in Cc. A nil *Scope has every
// ticket, the zero Scope none.
type Scope struct {
	Categories []Category // an empty category is in no scope
	Assignee   AgentID    // empty for none

	Email        string         // in lower case; without tickets that are Unverified; empty for none
	Customers    []CustomerID   // an empty id is in no scope
	Organisation OrganisationID // empty for none
	Cc           []string       // mail addresses in lower case: tickets with one of them in Ticket.Cc
}

// Has reports whether a ticket is in the scope.
func (s *Scope) Has(t *Ticket) bool {
	return s == nil ||
		(t.Category != "" && slices.Contains(s.Categories, t.Category)) ||
		(t.Assignee != "" && t.Assignee == s.Assignee) ||
		(t.Customer.Email != "" && t.Customer.Email == s.Email && !t.Unverified) ||
		(t.CustomerID != "" && slices.Contains(s.Customers, t.CustomerID)) ||
		(t.Organisation != "" && t.Organisation == s.Organisation) ||
		slices.ContainsFunc(t.Cc, func(c Contact) bool { return c.Email != "" && slices.Contains(s.Cc, c.Email) })
}
