package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/reference"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Excerpt is a line of a text of a ticket with what was searched for.
type Excerpt struct {
	Text string
	Hits [][2]int // the bytes [from, to) of each hit in Text, in order
}

// maxExcerpts is the number of tickets of a page that get an excerpt.
const maxExcerpts = 100

// Search returns one page of the tickets that fit q and what somebody typed. All words of the text
// must stand in the ticket: in its subject or messages, in its reference, or in the name or address
// of its customer, or in the name of its organisation as it is now. Case and accents do not count,
// and the last word may be the beginning of one, of at least two letters. "Words in quotes" have to
// follow each other, and a word after a minus must not be there. A reference finds its ticket,
// whatever stands around it.
//
// Operators are status, agent, tag, customer, org, before, after and has, as in status:open; the
// table is in docs/search.md. A value that an operator does not know is ErrInvalid, with the
// operator in the message. A text that is no operator, such as 10:30, is words. Dates begin in UTC.
//
// Customers search the public messages of their own tickets. They have no agent and tag, which are
// ErrForbidden. Words in more than MaxMatches tickets that fit may find only some of them. Each of
// the first tickets of a page has an [Excerpt], unless its words stand in the subject alone.
func (d *Desk) Search(ctx context.Context, text string, q Query) (Page, error) {
	const op = "search"
	by, err := d.someone(ctx)
	if err = errors.Join(err, checkLine("q", text, 1000, false)); err != nil {
		return Page{}, d.fail(op, "", err)
	}
	page, err := d.search(ctx, by, text, q)
	return page, d.fail(op, "", err)
}

func (d *Desk) search(ctx context.Context, by Actor, text string, q Query) (Page, error) {
	asked := searchtext.Parse(text)
	some, err := d.operate(ctx, by, asked.Operators, &q)
	if err != nil {
		return Page{}, err
	}
	fits, err := d.limit(ctx, &q)
	if err != nil || !some || !fits {
		return Page{}, err
	}
	search := SearchQuery{Query: q, Public: by.Role == RoleCustomer}
	for _, t := range slices.Concat(asked.Terms, operatorTerms(asked.Operators)) {
		search.Terms = append(search.Terms, SearchTerm(t))
	}
	for _, p := range asked.Phrases {
		search.Phrases = append(search.Phrases, SearchPhrase(p))
	}
	if len(search.Terms) == 0 && len(asked.Operators) > 0 {
		search.Phrases = nil // they are to be left out, of words that are not asked for
	}
	page, err := d.byRef(ctx, text, q)
	switch {
	case err != nil:
		return Page{}, err
	case len(page.Tickets) > 0:
		return page, d.showAll(ctx, page.Tickets)
	case len(search.Terms)+len(search.Phrases)+len(asked.Operators) == 0:
		return Page{}, nil
	}
	all, err := d.alternatives(ctx, by, &asked, search)
	if err == nil {
		page, err = d.searchAny(ctx, all)
	}
	if err == nil {
		page.Excerpts, err = d.excerpts(ctx, &search, page.Tickets)
	}
	if err == nil {
		err = d.showAll(ctx, page.Tickets)
	}
	if err != nil {
		return Page{}, err
	}
	return page, nil
}

// byRef returns the tickets whose reference stands in a text: as it is, or within a sentence.
func (d *Desk) byRef(ctx context.Context, text string, q Query) (Page, error) {
	var refs []string
	for _, r := range reference.In(text) {
		refs = append(refs, reference.Spellings(r)...)
	}
	if len(refs) == 0 {
		return Page{}, nil
	}
	if len(q.Refs) > 0 {
		refs = slices.DeleteFunc(refs, func(r string) bool { return !slices.Contains(q.Refs, r) })
		if len(refs) == 0 {
			return Page{}, nil
		}
	}
	q.Refs = refs
	return d.store.Tickets(ctx, q)
}

// operatorTerms returns the terms of operators that ask for words.
func operatorTerms(operators []searchtext.Given) (terms []searchwords.Term) {
	for _, o := range operators {
		switch o.Name {
		case "customer":
			if !isAddress(o.Value) {
				terms = append(terms, searchwords.Terms(o.Value, searchwords.Customer, true)...)
			}
		case "org":
			terms = append(terms, searchwords.Terms(o.Value, searchwords.Organisation, true)...)
		case "has":
			terms = append(terms, searchwords.Term{Word: searchwords.Attachment, Field: searchwords.Has})
		}
	}
	return terms
}

// isAddress reports whether the value of customer: is a whole mail address.
func isAddress(value string) bool { return checkEmail("customer", cleanEmail(value)) == nil }

// operate narrows a query by what operators say. It returns false when they contradict each other
// or the query, so that no ticket can fit.
func (d *Desk) operate(ctx context.Context, by Actor, operators []searchtext.Given, q *Query) (some bool, err error) {
	some = true
	same := func(ok bool) { some = some && ok }
	var statuses []Status
	for _, o := range operators {
		bad := func(problem string) error {
			return &FieldError{"q", fmt.Sprintf("%s: %q %s", o.Name, clip(o.Value), problem)}
		}
		staff := slices.ContainsFunc(searchtext.Operators, func(t searchtext.Operator) bool { return t.Name == o.Name && t.Staff })
		if by.Role == RoleCustomer && staff {
			return false, errors.Join(ErrForbidden, bad("is for agents only"))
		}
		if o.Not {
			return false, bad("cannot be left out: a minus is for words")
		}
		switch value := strings.ToLower(o.Value); o.Name {
		case "status":
			some, err := statusesOf(value)
			if err != nil {
				return false, bad("is not one of open, " + list(Statuses))
			}
			statuses = append(statuses, some...)
		case "agent":
			id, err := d.agentNamed(ctx, by, o.Value)
			switch {
			case err != nil:
				return false, err
			case id == "":
				same(q.Assignee == "")
				q.Unassigned = true
			default:
				same(!q.Unassigned && (q.Assignee == "" || q.Assignee == id))
				q.Assignee = id
			}
		case "tag":
			if checkLine("tag", value, 40, true) != nil {
				return false, bad("is not a tag")
			}
			same(q.Tag == "" || q.Tag == value)
			q.Tag = value
		case "customer":
			if isAddress(o.Value) {
				email := cleanEmail(o.Value)
				same(q.Customer == "" || cleanEmail(q.Customer) == email)
				q.Customer = email
			}
		case "before", "after":
			at, err := dayOrTime(value)
			if err != nil {
				return false, bad("is neither a date such as 2026-03-02 nor a time such as 2026-03-02T09:00:00Z")
			}
			if o.Name == "before" {
				q.To = earliest(q.To, at)
			} else {
				q.From = latest(q.From, at)
			}
		case "has":
			if !slices.Contains([]string{"attachment", "attachments", "file", "files"}, value) {
				return false, bad("is not attachment")
			}
		}
	}
	if len(statuses) > 0 {
		if len(q.Status) > 0 {
			statuses = slices.DeleteFunc(statuses, func(s Status) bool { return !slices.Contains(q.Status, s) })
		}
		same(len(statuses) > 0)
		q.Status = statuses
	}
	return some, nil
}

// statusesOf reads the value of status.
func statusesOf(value string) (all []Status, err error) {
	for s := range strings.SplitSeq(value, ",") {
		if s = strings.ReplaceAll(strings.TrimSpace(s), "-", "_"); s == "open" {
			all = append(all, OpenStatuses...)
			continue
		}
		one, bad := ParseStatus(s)
		all, err = append(all, one), cmp.Or(err, bad)
	}
	return all, err
}

// agentNamed returns the agent of a value of agent: by id, mail address or name, or the beginning
// of one name alone. It returns an empty id for none. A value that names nobody is taken for the id
// of an agent who has left.
func (d *Desk) agentNamed(ctx context.Context, by Actor, value string) (AgentID, error) {
	switch strings.ToLower(value) {
	case "none":
		return "", nil
	case "me":
		if by.Role != RoleAgent && by.Role != RoleLead && by.Role != RoleAdmin {
			return "", &FieldError{"q", `agent: "me" is nobody here`}
		}
		return AgentID(by.ID), nil
	}
	if err := checkLine("agent", value, 200, true); err != nil {
		return "", &FieldError{"q", fmt.Sprintf("agent: %q is not an agent", clip(value))}
	}
	agents, err := d.agents(ctx)
	if err != nil {
		return "", err
	}
	folded := searchwords.Fold(value)
	var begun []AgentID
	for i := range agents {
		a := &agents[i]
		if strings.EqualFold(string(a.ID), value) || strings.EqualFold(a.Email, value) || searchwords.Fold(a.Name) == folded {
			return a.ID, nil
		}
		if strings.HasPrefix(searchwords.Fold(a.Name), folded) {
			begun = append(begun, a.ID)
		}
	}
	if len(begun) == 1 {
		return begun[0], nil
	}
	return AgentID(value), nil
}

// dayOrTime reads a time, or a date as its beginning in UTC.
func dayOrTime(value string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, value); err == nil {
		return t, nil
	}
	return time.Parse(time.RFC3339, strings.ToUpper(value))
}

// excerpts returns a line of each ticket in which words of a search stand: of the message with the
// most of them, else of the customer's name and address.
func (d *Desk) excerpts(ctx context.Context, q *SearchQuery, tickets []*Ticket) (map[TicketID]Excerpt, error) {
	tickets = tickets[:min(len(tickets), maxExcerpts)]
	if len(tickets) == 0 || len(q.Terms)+len(q.Phrases) == 0 {
		return nil, nil
	}
	messages, err := ticketMessages(ctx, d.store, d.tenant, tickets)
	if err != nil {
		return nil, err
	}
	terms := q.terms()
	phrases := make([]searchwords.Phrase, len(q.Phrases))
	for i, p := range q.Phrases {
		phrases[i] = searchwords.Phrase(p)
	}
	all := map[TicketID]Excerpt{}
	for _, t := range tickets {
		var best string
		var marks [][2]int
		for _, m := range messages[t.ID] {
			if q.Public && !m.Kind.Public() {
				continue
			}
			body := clipTo(m.Body, longestMarked)
			if found := searchwords.Marks(body, terms, phrases); len(found) > len(marks) {
				best, marks = body, found
			}
		}
		if len(marks) == 0 {
			best = strings.TrimSpace(t.Customer.Name + " " + t.Customer.Email)
			marks = searchwords.Marks(best, terms, phrases)
		}
		if line, hits := searchwords.Excerpt(best, marks); line != "" {
			all[t.ID] = Excerpt{Text: line, Hits: hits}
		}
	}
	return all, nil
}

// longestMarked is how much of a message is read for an excerpt, in bytes.
const longestMarked = 64 << 10
