package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var ticketCases = []testCase{
	{"a full ticket comes back as it was", "Times come back equal to the microsecond and in UTC, texts byte for byte.", func(e *env) {
		t := e.newTicket(fill)
		far := time.FixedZone("far", 5*3600+1800)
		given := t.Clone()
		given.CreatedAt, given.Clocks[0].DueAt = t.CreatedAt.In(far), t.Clocks[0].DueAt.In(far)
		e.commit(opening(given))
		t.Version = 1
		e.equal("ticket", e.get(t.ID), t)
	}},
	{"a bare ticket comes back bare", "Times come back equal to the microsecond and in UTC, texts byte for byte.", func(e *env) {
		t := e.newTicket(func(t *helpdesk.Ticket) { t.Description, t.Customer = "", helpdesk.Contact{} })
		e.commit(opening(t))
		want := t.Clone()
		want.Version = 1
		e.equal("ticket", e.get(t.ID), want)
	}},
	{"an unknown ticket is not found", "Ticket returns a ticket with its clocks, or ErrNotFound.", func(e *env) {
		for _, id := range []string{newID(), "", "no id", "'; DROP TABLE helpdesk_tickets; --", "\x00", strings.Repeat("f", 4000)} {
			_, err := e.store.Ticket(e.ctx, e.tenant, helpdesk.TicketID(id))
			e.is(err, helpdesk.ErrNotFound)
		}
	}},
	{"a value handed out is the caller's", "A Store keeps no value passed in; a value handed out belongs to the caller.", func(e *env) {
		given := e.newTicket(fill)
		e.commit(opening(given))
		given.Tags[0], given.Clocks[0].Fired[0], given.Suggestion.Response = "x", "x", "x"
		got := e.get(given.ID)
		got.Tags[0], got.Rating.Score, got.Clocks[0].Policy = "y", 1, "y"
		again := e.get(given.ID)
		e.equal("tags", again.Tags, []string{"a", "b"})
		e.equal("fired", again.Clocks[0].Fired, []string{"at_risk"})
		e.equal("rest", []any{again.Suggestion.Response, again.Rating.Score, again.Clocks[0].Policy}, []any{"On its way.", 4, "high"})
	}},
	{"commit does not alter the change", "It does not alter them.", func(e *env) {
		c := opening(e.newTicket(fill))
		version, tags := c.Ticket.Version, len(c.Ticket.Tags)
		e.commit(c)
		e.equal("version", c.Ticket.Version, version)
		e.equal("tags", len(c.Ticket.Tags), tags)
	}},
	{"each change is the next version", "It is stored with the next Version", func(e *env) {
		t := e.add()
		e.equal("version", t.Version, int64(1))
		t.Status = helpdesk.StatusAssigned
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		e.equal("version", e.get(t.ID).Version, int64(2))
		e.equal("status", e.get(t.ID).Status, helpdesk.StatusAssigned)
	}},
	{"what a ticket was opened with stays", "are those it was added with.", func(e *env) {
		t := e.add()
		changed := t.Clone()
		changed.Ref, changed.Description, changed.CreatedAt = "OTHER", "other", start.Add(time.Hour)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: changed})
		t.Version++
		e.equal("ticket", e.get(t.ID), t)
		e.add(func(t *helpdesk.Ticket) { t.Ref = "OTHER" })
	}},
	{"a subject is changed", "Ticket is the ticket after the change, with the Version it replaces", func(e *env) {
		t := e.add()
		t.Subject = "Ünïcode of now"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t, Renamed: true})
		t.Version++
		e.equal("ticket", e.get(t.ID), t)
	}},
	{"participants come and go", "Ticket is the ticket after the change, with the Version it replaces", func(e *env) {
		t, other := e.add(), e.add(func(t *helpdesk.Ticket) {
			t.Cc = []helpdesk.Contact{{Email: "zoe@example.com", Name: "lee@example.com"}}
		})
		seen := func(emails ...string) []helpdesk.TicketID {
			page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Scope: &helpdesk.Scope{Cc: emails}})
			e.ok(err)
			return ids(page.Tickets)
		}
		for _, cc := range [][]helpdesk.Contact{{{Email: "lee@example.com"}, {Name: "Öz", Email: "oz@example.com"}}, {{Name: "Öz", Email: "oz@example.com"}}, nil} {
			t.Cc, t.Followers = cc, append(t.Followers, "ana")
			e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
			t.Version++
			e.equal("ticket", e.get(t.ID), t)
			for _, email := range []string{"lee@example.com", "oz@example.com"} {
				want := ids(nil)
				for _, c := range cc {
					if c.Email == email {
						want = []helpdesk.TicketID{t.ID}
					}
				}
				e.equal("seen by "+email, seen(email), want)
			}
			e.equal("seen by zoe", seen("zoe@example.com", "none@example.com"), []helpdesk.TicketID{other.ID})
		}
		e.equal("seen by nobody", len(seen("", "\x00")), 0)
	}},
	{"links come and go", "Ticket is the ticket after the change, with the Version it replaces", func(e *env) {
		t, other := e.add(), helpdesk.Link{Kind: helpdesk.LinkRelated, Ticket: helpdesk.TicketID(newID()), Ref: "Ü \"7\""}
		for _, links := range [][]helpdesk.Link{{{Kind: helpdesk.LinkCauses, Ticket: helpdesk.TicketID(newID()), Ref: "7Q2M-X4KD"}, other}, {other}, nil} {
			t.Links = links
			e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
			t.Version++
			e.equal("ticket", e.get(t.ID), t)
			page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, IDs: []helpdesk.TicketID{t.ID}})
			e.ok(err)
			e.equal("in a list", page.Tickets, []*helpdesk.Ticket{t})
		}
	}},
	{"a ticket whose sender is not verified is not in its customer's scope", "A filter that is empty does not filter; several", func(e *env) {
		t := e.add(func(t *helpdesk.Ticket) { t.Customer.Email, t.Unverified = "kim@example.com", true })
		seen := func(s *helpdesk.Scope) []helpdesk.TicketID {
			page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Scope: s})
			e.ok(err)
			return ids(page.Tickets)
		}
		own := &helpdesk.Scope{Email: "kim@example.com"}
		e.equal("seen", seen(own), ids(nil))
		e.equal("seen by agents", seen(nil), []helpdesk.TicketID{t.ID})
		t.Unverified, t.ReplyTo = false, "kim@work.example"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		t.Version++
		e.equal("ticket", e.get(t.ID), t)
		e.equal("seen", seen(own), []helpdesk.TicketID{t.ID})
	}},
	{"a stale version is refused", "ErrConflict unless that is the stored version.", func(e *env) {
		t := e.add()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		late := t.Clone()
		late.Priority = helpdesk.Urgent
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Ticket: late}), helpdesk.ErrConflict)
		late.Version = 99
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Ticket: late}), helpdesk.ErrConflict)
		late.Version = 0
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Ticket: late}), helpdesk.ErrConflict)
		unknown := e.newTicket()
		unknown.Version = 1
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Ticket: unknown}), helpdesk.ErrConflict)
		e.equal("priority", e.get(t.ID).Priority, helpdesk.Medium)
	}},
	{"clocks are replaced whole", "and with exactly these clocks.", func(e *env) {
		t := e.add(fill)
		t.Clocks = append(t.Clocks[1:], helpdesk.SLAClock{Metric: helpdesk.NextResponse, Instance: 3, Policy: "p", Target: time.Hour, StartedAt: start})
		t.Clocks[0].Consumed = 7 * time.Minute
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		e.equal("clocks", e.get(t.ID).Clocks, t.Clocks)
		t = e.get(t.ID)
		t.Clocks = nil
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		e.equal("number of clocks", len(e.get(t.ID).Clocks), 0)
	}},
	{"a reference is unique", "is a *DuplicateError with scope \"ref\".", func(e *env) {
		first := e.add()
		second := e.newTicket(func(t *helpdesk.Ticket) { t.Ref = first.Ref })
		err := e.store.Commit(e.ctx, opening(second))
		var dup *helpdesk.DuplicateError
		if !errors.As(err, &dup) {
			e.fatal("got %v", err)
		}
		e.equal("error", *dup, helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: "ref", Key: first.Ref}, Ticket: first.ID})
	}},
	{"racing updates lose nothing", "ErrConflict unless that is the stored version.", func(e *env) {
		id := e.add().ID
		const workers, each = 8, 5
		e.together(workers, func() error {
			for done := 0; done < each; {
				t, err := e.store.Ticket(e.ctx, e.tenant, id)
				if err != nil {
					return err
				}
				t.Reopened++
				switch err := e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Ticket: t}); {
				case err == nil:
					done++
				case !errors.Is(err, helpdesk.ErrConflict):
					return err
				}
			}
			return nil
		})
		e.equal("counter", e.get(id).Reopened, workers*each)
	}},
}

// fill sets every field of a ticket.
func fill(t *helpdesk.Ticket) {
	t.Subject, t.Description = "Ünïcode 🎫 שלום e\u0301", "'quoted' \"text\" ? ?? $1 \\ \n\t% "
	t.Tags, t.Source, t.Customer.Tags = []string{"a", "b"}, helpdesk.SourceEmail, []string{"vip", "\"q\" 's'"}
	t.Status, t.Category, t.Priority = helpdesk.StatusEscalated, helpdesk.Billing, helpdesk.High
	t.CategoryBy, t.PriorityBy, t.MinPriority = helpdesk.ByModel, helpdesk.ByPerson, helpdesk.Low
	t.Suggestion = &helpdesk.Suggestion{Category: helpdesk.Account, Priority: helpdesk.Low, Tags: []string{"t"}, Response: "On its way.", Confidence: 0.61, Classifier: "m/1"}
	t.NeedsReview, t.Assignee, t.EscalationLevel, t.Reopened, t.Declined = true, "ana", 2, 3, []helpdesk.AgentID{"ben", "kim"}
	at := func(n int) time.Time { return start.Add(time.Duration(n)*time.Hour + time.Microsecond) }
	t.Language, t.CustomerID, t.Organisation = "pt-br", helpdesk.CustomerID(newID()), helpdesk.OrganisationID(newID())
	t.Cc, t.Followers = []helpdesk.Contact{{Name: "Lee \"L\"", Email: "lee@example.com"}, {Email: "zoe@example.com"}}, []helpdesk.AgentID{"ana", "kim"}
	t.Links = []helpdesk.Link{{Kind: helpdesk.LinkCausedBy, Ticket: helpdesk.TicketID(newID()), Ref: "7Q2M-X4KD"}}
	t.ReplyTo, t.Unverified = "kim@work.example", true
	t.QueuedAt, t.BegunAt, t.TakenBack = at(10), at(13), []time.Time{at(11), at(12)}
	t.TriagedAt, t.AssignedAt, t.FirstReplyAt, t.ResolvedAt, t.ClosedAt = at(1), at(2), at(3), at(4), at(5)
	t.ToldAt = at(14)
	t.Resolution, t.MergedInto, t.Replies = "done", helpdesk.TicketID(newID()), 3
	t.Rating = &helpdesk.Rating{Score: 4, Comment: "ok", At: at(6)}
	t.Clocks = []helpdesk.SLAClock{
		{Metric: helpdesk.FirstResponse, Instance: 1, Policy: "high", Version: 7, Target: time.Hour, Consumed: time.Minute + 1,
			Ran: []helpdesk.RunPeriod{{From: at(0), To: at(1), Until: helpdesk.StatusWaiting}, {From: at(2), To: at(3)}}, VoidedAt: at(7), StartedAt: start, DueAt: at(1),
			BreachedAt: at(1), DetectedAt: at(2), Cause: "retarget", MetAt: at(3), Fired: []string{"at_risk"}},
		{Metric: helpdesk.Resolution, Instance: 1, Policy: "high", Target: 8 * time.Hour, StartedAt: start, RunningSince: start, DueAt: at(8), CancelledAt: at(9)},
	}
}

// together runs do in n goroutines at once and waits for them.
func (e *env) together(n int, do func() error) {
	e.Helper()
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() { errs[i] = do() })
	}
	wg.Wait()
	e.ok(errors.Join(errs...))
}

var queryCases = []testCase{
	{"every filter fits what Match fits", "Tickets returns one page of the tickets that fit the query.", func(e *env) {
		all := e.crowd(150)
		for _, q := range queries(all) {
			want := map[helpdesk.TicketID]bool{}
			for _, t := range all {
				want[t.ID] = q.Match(t)
			}
			q.Limit = helpdesk.MaxLimit
			page, err := e.store.Tickets(e.ctx, q)
			e.ok(err)
			got := map[helpdesk.TicketID]bool{}
			for _, t := range page.Tickets {
				got[t.ID] = true
			}
			for id, fits := range want {
				if got[id] != fits {
					e.fatal("%+v: ticket %s: got %v, want %v", q, id, got[id], fits)
				}
			}
		}
	}},
	{"a tag is found from when it came until it went", "Tickets returns one page of the tickets that fit the query.", func(e *env) {
		t := e.add(func(t *helpdesk.Ticket) { t.Tags = []string{"first"} })
		found := func(tag string) []helpdesk.TicketID {
			page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Tag: tag})
			e.ok(err)
			return ids(page.Tickets)
		}
		for _, step := range []struct {
			tag     string
			rewrite bool
		}{{"second", false}, {"third", true}} {
			t = e.get(t.ID)
			was := t.Tags[0]
			e.equal("found by "+was, found(was), []helpdesk.TicketID{t.ID})
			t.Tags = []string{step.tag}
			e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t, Rewrite: step.rewrite})
			e.equal("found by "+step.tag, found(step.tag), []helpdesk.TicketID{t.ID})
			e.equal("found by "+was+", which went", len(found(was)), 0)
		}
	}},
	{"pages follow each order without gaps", "Page.Next visits each ticket that fits throughout exactly once", func(e *env) {
		all := e.crowd(60)
		for _, order := range []helpdesk.Order{helpdesk.Newest, helpdesk.Oldest, helpdesk.Urgency, helpdesk.ByDue} {
			for _, limit := range []int{1, 7, 60, 100} {
				var got []*helpdesk.Ticket
				q := helpdesk.Query{Tenant: e.tenant, Order: order, Limit: limit}
				for pages := 0; ; pages++ {
					page, err := e.store.Tickets(e.ctx, q)
					e.ok(err)
					if pages > len(all) || len(page.Tickets) > limit {
						e.fatal("%s: page %d has %d tickets of at most %d", order, pages, len(page.Tickets), limit)
					}
					got = append(got, page.Tickets...)
					if q.After = page.Next; page.Next == "" {
						break
					}
				}
				e.equal(fmt.Sprintf("number in order %q by %d", order, limit), len(got), len(all))
				for i := 1; i < len(got); i++ {
					if store.CursorAt(order, got[i-1]).Compare(store.CursorAt(order, got[i])) >= 0 {
						e.fatal("order %q: %s comes before %s", order, got[i-1].ID, got[i].ID)
					}
				}
			}
		}
	}},
	{"pages have no gaps while rows arrive", "also while others are added.", func(e *env) {
		old := e.crowd(40)
		seen := map[helpdesk.TicketID]int{}
		q := helpdesk.Query{Tenant: e.tenant, Limit: 3}
		for n := 0; ; n++ {
			page, err := e.store.Tickets(e.ctx, q)
			e.ok(err)
			for _, t := range page.Tickets {
				seen[t.ID]++
			}
			e.add(func(t *helpdesk.Ticket) { t.CreatedAt = start.Add(time.Duration(n%5-2) * 100 * time.Hour) })
			if q.After = page.Next; page.Next == "" || n > 100 {
				break
			}
		}
		for _, t := range old {
			e.equal("times seen", seen[t.ID], 1)
		}
	}},
	{"a cursor serves other filters", "A cursor is a place in the order: a query with other filters may begin after it.", func(e *env) {
		all := e.crowd(20)
		for _, order := range []helpdesk.Order{helpdesk.Newest, helpdesk.Oldest, helpdesk.Urgency, helpdesk.ByDue} {
			slices.SortFunc(all, func(a, b *helpdesk.Ticket) int { return store.CursorAt(order, a).Compare(store.CursorAt(order, b)) })
			pair := helpdesk.Query{Tenant: e.tenant, Order: order, Limit: 1, IDs: []helpdesk.TicketID{all[4].ID, all[9].ID}}
			page, err := e.store.Tickets(e.ctx, pair)
			e.ok(err)
			page, err = e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Order: order, After: page.Next})
			e.ok(err)
			e.equal(fmt.Sprintf("tickets after the fifth in order %q", order), ids(page.Tickets), ids(all[5:]))
		}
	}},
	{"a cursor is for its own order", "A cursor of another order, or one that cannot be read, is ErrInvalid.", func(e *env) {
		e.crowd(5)
		page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant, Limit: 2})
		e.ok(err)
		for _, q := range []helpdesk.Query{{Order: helpdesk.Urgency, After: page.Next}, {Order: helpdesk.ByDue, After: page.Next}, {After: "nonsense"}, {After: "e30"}} {
			q.Tenant = e.tenant
			_, err = e.store.Tickets(e.ctx, q)
			e.is(err, helpdesk.ErrInvalid)
		}
	}},
}

// crowd stores n random tickets, the same at each run.
func (e *env) crowd(n int) []*helpdesk.Ticket {
	e.Helper()
	r := rand.New(rand.NewPCG(7, 11))
	var changes []*helpdesk.Change
	for range n {
		t := e.newTicket(func(t *helpdesk.Ticket) { scatter(r, t) })
		changes = append(changes, opening(t))
	}
	e.commit(changes...)
	all := make([]*helpdesk.Ticket, n)
	for i, c := range changes {
		all[i] = e.get(c.Ticket.ID)
	}
	return all
}

func pick[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

// scatter gives a ticket random values, many of them the same as those of others.
func scatter(r *rand.Rand, t *helpdesk.Ticket) {
	hours := func(n int) time.Duration { return time.Duration(r.IntN(n)) * time.Hour }
	t.CreatedAt = start.Add(hours(4))
	t.Status = pick(r, helpdesk.Statuses...)
	t.Priority = pick(r, helpdesk.Priorities...)
	t.Category = pick(r, helpdesk.Category(""), helpdesk.Billing, helpdesk.Account)
	t.Source = pick(r, helpdesk.SourceAPI, helpdesk.SourceEmail)
	t.Assignee = pick(r, helpdesk.AgentID(""), "ana", "ben")
	t.Customer.Email = pick(r, "", "kim@example.com", "lee@example.com")
	t.CustomerID = []helpdesk.CustomerID{"", customerOne, customerTwo, customerOne}[t.CreatedAt.Sub(start)/time.Hour]
	t.Organisation = []helpdesk.OrganisationID{"", organisationOne}[t.Priority%2]
	t.Tags = pick(r, nil, []string{"vip"}, []string{"refund", "vip"})
	t.Cc = [][]helpdesk.Contact{nil, {{Email: "lee@example.com"}}, {{Email: "kim@example.com", Name: "Kim"}, {Email: "zoe@example.com"}}}[int(t.CreatedAt.Sub(start)/time.Hour+time.Duration(len(t.Tags)))%3]
	t.Language = [][]string{{"", "pt"}, {"pt-br", "pl"}}[len(t.Tags)%2][len(t.Cc)%2]
	t.NeedsReview = r.IntN(2) == 0
	if r.IntN(3) == 0 {
		t.QueuedAt = t.CreatedAt.Add(hours(9))
	}
	if t.Assignee != "" {
		t.AssignedAt = t.CreatedAt.Add(hours(9))
	}
	switch {
	case t.Assignee == "" && t.NeedsReview: // an agent held it, and released it
		t.AssignedAt = t.CreatedAt
	case t.AssignedAt.Equal(t.CreatedAt): // nobody knows since when
		t.AssignedAt = time.Time{}
	}
	if r.IntN(2) == 0 {
		t.FirstReplyAt = t.CreatedAt.Add(hours(50) + time.Duration(r.IntN(1e9))*time.Microsecond)
	}
	if !t.Status.Open() {
		t.ResolvedAt = t.CreatedAt.Add(hours(90) + time.Duration(r.IntN(1e9))*time.Microsecond)
	}
	for _, m := range []helpdesk.Metric{helpdesk.FirstResponse, helpdesk.Resolution} {
		c := helpdesk.SLAClock{Metric: m, Instance: 1, Policy: "p", Target: time.Hour, StartedAt: t.CreatedAt}
		due := t.CreatedAt.Add(hours(40))
		switch r.IntN(6) {
		case 0:
			continue
		case 1: // paused
		case 2: // met
			c.DueAt, c.MetAt = due, due
		case 3: // breached, and met late or not at all
			c.DueAt, c.BreachedAt, c.DetectedAt = due, due, due.Add(time.Minute)
			if r.IntN(2) == 0 {
				c.MetAt = due.Add(time.Hour)
			} else {
				c.RunningSince = t.CreatedAt
			}
			if r.IntN(3) == 0 {
				c.VoidedAt = due.Add(2 * time.Hour)
			}
		case 4:
			c.CancelledAt = due
		default:
			c.RunningSince, c.DueAt = t.CreatedAt, due
		}
		t.Clocks = append(t.Clocks, c)
	}
}

// The customers and the organisation of random tickets.
const (
	customerOne     helpdesk.CustomerID     = "01950000-0000-7000-8000-000000000001"
	customerTwo     helpdesk.CustomerID     = "01950000-0000-7000-8000-000000000002"
	organisationOne helpdesk.OrganisationID = "01950000-0000-7000-8000-000000000003"
)

// queries are filters alone and together.
func queries(all []*helpdesk.Ticket) []helpdesk.Query {
	list := []helpdesk.Query{
		{}, {IDs: []helpdesk.TicketID{all[0].ID, all[5].ID, "not an id", helpdesk.TicketID(newID())}}, {Refs: []string{all[3].Ref, "none"}},
		{IDs: []helpdesk.TicketID{"not an id"}},
		{Status: helpdesk.OpenStatuses}, {Status: []helpdesk.Status{helpdesk.StatusNew, helpdesk.StatusClosed}}, {Status: []helpdesk.Status{helpdesk.StatusNew}},
		{Status: []helpdesk.Status{helpdesk.StatusResolved, helpdesk.StatusClosed}},
		{Category: []helpdesk.Category{""}}, {Category: []helpdesk.Category{helpdesk.Billing, helpdesk.Account}},
		{Priority: []helpdesk.Priority{helpdesk.Low, helpdesk.Urgent}}, {Source: []helpdesk.Source{helpdesk.SourceEmail}},
		{Assignee: "ana"}, {Unassigned: true}, {Review: true}, {Waiting: true}, {Waiting: true, Status: []helpdesk.Status{helpdesk.StatusNew}}, {Customer: "lee@example.com"},
		{CustomerIDs: []helpdesk.CustomerID{customerOne}}, {CustomerIDs: []helpdesk.CustomerID{customerOne, customerTwo, "no id"}}, {CustomerIDs: []helpdesk.CustomerID{"no id"}},
		{Organisation: organisationOne}, {Organisation: "no id"}, {Organisations: []helpdesk.OrganisationID{"no id", organisationOne}}, {Organisations: []helpdesk.OrganisationID{"", "no id"}}, {Organisation: helpdesk.OrganisationID(customerOne)}, {Tag: "refund"}, {Tag: "vip"}, {Tag: "vi"}, {Language: "pt"}, {Language: "pt-br"}, {Language: "pt-"}, {Language: "p"}, {Assignee: "'"},
		{From: start.Add(time.Hour)}, {To: start.Add(2 * time.Hour)}, {From: start.Add(time.Hour), To: start.Add(2 * time.Hour)},
		{DueBefore: start.Add(20 * time.Hour)},
		{AssignedBefore: start.Add(5 * time.Hour)}, {AssignedBefore: start.Add(5*time.Hour + 1), Assignee: "ana"},
		{AssignedBefore: start.Add(5 * time.Hour), Unassigned: true},
		{Assignee: "ben", Status: helpdesk.OpenStatuses, Tag: "vip", DueBefore: start.Add(30 * time.Hour)},
		{Customer: "kim@example.com", Priority: []helpdesk.Priority{helpdesk.High}, Source: []helpdesk.Source{helpdesk.SourceAPI}, Unassigned: true},
		{Scope: &helpdesk.Scope{}}, {Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}}}, {Scope: &helpdesk.Scope{Assignee: "ana"}},
		{Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}, Assignee: "ana"}},
		{Scope: &helpdesk.Scope{Email: "kim@example.com"}}, {Scope: &helpdesk.Scope{Customers: []helpdesk.CustomerID{customerTwo}}}, {Scope: &helpdesk.Scope{Organisation: organisationOne}},
		{Scope: &helpdesk.Scope{Cc: []string{"kim@example.com"}}}, {Scope: &helpdesk.Scope{Cc: []string{"lee@example.com", "zoe@example.com", "", "\x00"}, Email: "lee@example.com"}},
		{Scope: &helpdesk.Scope{Cc: []string{"Kim"}}}, {Scope: &helpdesk.Scope{Cc: []string{"\x00", ""}}}, {Scope: &helpdesk.Scope{Cc: []string{"kim@example.com"}}, Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency},
		{Scope: &helpdesk.Scope{Email: "lee@example.com", Customers: []helpdesk.CustomerID{customerOne}, Organisation: organisationOne}},
		{Scope: &helpdesk.Scope{Email: "\x00", Customers: []helpdesk.CustomerID{"", "no id"}, Organisation: "no id"}},
		{Scope: &helpdesk.Scope{Categories: []helpdesk.Category{"", "none", "a\x00b"}}}, {Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Account}, Assignee: "\x00"}},
		{Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Account}, Assignee: "ben"}, Category: []helpdesk.Category{"", helpdesk.Billing}, Status: helpdesk.OpenStatuses},
		{Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}, Assignee: "ben"}, Unassigned: true}, {Scope: &helpdesk.Scope{}, Assignee: "ana"},
	}
	for i := range list {
		list[i].Tenant = "acme"
	}
	return list
}
