package storetest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// plain hides what a store can do beyond the six methods, so that the fallbacks of
// the root package are used.
type plain struct{ helpdesk.Store }

var fastPathCases = []testCase{
	{"a search finds what reading everything finds", "Searcher is a Store with an index over the words of tickets.", func(e *env) {
		r := rand.New(rand.NewPCG(3, 5))
		words := []string{"refund", "Größe", "server", "שלום", "e\u0301te", "42", "x", "ﬁne", "東京"}
		text := func() string {
			return pick(r, words...) + " - " + pick(r, words...) + ", (" + pick(r, words...) + "/it's)"
		}
		for i := range 40 {
			t := e.add(func(t *helpdesk.Ticket) {
				t.Subject, t.Description = "Subject "+text(), text()
				t.Customer.Email = pick(r, "kim@example.com", "lee@example.com")
				t.CreatedAt = start.Add(time.Duration(i/2) * time.Hour)
				t.Priority, t.Tags = pick(r, helpdesk.Priorities...), pick(r, nil, []string{"vip"})
				t.Status = pick(r, helpdesk.StatusNew, helpdesk.StatusClosed)
				t.Category, t.Assignee = pick(r, helpdesk.Category(""), helpdesk.Billing, helpdesk.Account), pick(r, helpdesk.AgentID(""), "ana")
			})
			reply, note := message(t, text()), message(t, "private "+text())
			note.Kind = helpdesk.InternalNote
			e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{reply, note}})
		}
		each := func(q helpdesk.SearchQuery, from helpdesk.Store) (list []*helpdesk.Ticket) {
			for {
				page, err := helpdesk.Search(e.ctx, from, q)
				e.ok(err)
				list = append(list, page.Tickets...)
				if q.After = page.Next; q.After == "" {
					return list
				}
				if len(list) > 1000 {
					e.fatal("the pages of a search have no end")
				}
			}
		}
		texts := []string{"refund", "GRÖSSE größe", "שלום", "refund server", "subject refund", "private 42", "private", "it s", "東京 x", "é", "e\u0301te", "absent", "refund absent", "' & !(", "fine", "ﬁne"}
		queries := []helpdesk.Query{
			{Limit: 3}, {Limit: 100}, {Limit: 4, Order: helpdesk.Oldest}, {Limit: 5, Order: helpdesk.Urgency}, {Limit: 2, Order: helpdesk.ByDue, Status: helpdesk.OpenStatuses},
			{Priority: []helpdesk.Priority{helpdesk.High}}, {Tag: "vip"}, {From: start.Add(3 * time.Hour), To: start.Add(9 * time.Hour)},
			{Limit: 3, Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}, Assignee: "ana"}}, {Scope: &helpdesk.Scope{}},
		}
		for i, s := range texts {
			for j, q := range queries {
				if i > 0 && (i+j)%4 > 0 { // each text by two queries, the first by all
					continue
				}
				for _, customer := range []string{"", "kim@example.com"} {
					q.Tenant, q.Customer = e.tenant, customer
					search := helpdesk.SearchQuery{Query: q, Terms: asking(store.Words(s)...), Public: customer != "" && q.Limit < 5}
					once := search // reading everything costs the same for each page
					once.Limit = 100
					e.equal("found by "+s+" for "+customer, ids(each(search, e.store)), ids(each(once, plain{e.store})))
				}
			}
		}
	}},
	{"events are found by type and time", "Events yields the events that fit, in order of time.", func(e *env) {
		r := rand.New(rand.NewPCG(7, 11))
		var one helpdesk.TicketID
		kinds := []helpdesk.EventType{helpdesk.EventTriaged, helpdesk.EventShadow, helpdesk.EventFeedback, helpdesk.EventOverride, helpdesk.EventNoted}
		for range 12 {
			t := e.add(func(t *helpdesk.Ticket) {
				t.Category, t.Assignee = pick(r, helpdesk.Category(""), helpdesk.Billing, helpdesk.Account), pick(r, helpdesk.AgentID(""), "ana")
			})
			c := &helpdesk.Change{Tenant: e.tenant}
			for range 20 {
				ev := event(t, pick(r, kinds...))
				ev.At = start.Add(time.Duration(r.IntN(6)) * time.Hour)
				ev.By.ID, one = pick(r, "ana", "ben", "O'Neil"), ev.Ticket
				c.Events = append(c.Events, ev)
			}
			e.commit(c)
		}
		other := e.newTicket(func(t *helpdesk.Ticket) { t.Tenant = "globex" })
		add := opening(other)
		add.Events = []helpdesk.Event{event(other, helpdesk.EventTriaged)}
		e.commit(add)
		for _, q := range []helpdesk.EventQuery{
			{Types: kinds[:4]}, {Types: kinds[:1]}, {Types: kinds[3:], From: start.Add(time.Hour), To: start.Add(4 * time.Hour)},
			{Types: kinds, From: start.Add(time.Hour)}, {Types: kinds, To: start.Add(4 * time.Hour)}, {Types: []helpdesk.EventType{"none", "a\x00b"}}, {},
			{Types: kinds, Ticket: one}, {Types: kinds, Ticket: "no id"}, {Types: kinds, By: "ana"}, {Types: kinds[:2], By: "O'Neil", Ticket: one}, {Types: kinds, By: "a\x00b"},
			{Types: kinds, Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}}},
			{Types: kinds, From: start.Add(time.Hour), Scope: &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Account}, Assignee: "ana"}}, {Types: kinds, Scope: &helpdesk.Scope{}},
		} {
			q.Tenant = e.tenant
			e.equal("events", e.events(e.store, q), e.events(plain{e.store}, q))
		}
		for _, n := range []int{1, 7, 1000} {
			q := helpdesk.EventQuery{Tenant: e.tenant, Types: kinds[:2], From: start.Add(time.Hour), To: start.Add(4 * time.Hour)}
			all := e.events(plain{e.store}, q)
			times := func(list []helpdesk.Event) (at []time.Time) {
				for _, ev := range list {
					at = append(at, ev.At)
				}
				return at
			}
			q.Latest = n // which of one instant is open
			e.equal("times of the latest", times(e.events(e.store, q)), times(all[max(0, len(all)-n):]))
		}
		n := 0
		for range helpdesk.Events(e.ctx, e.store, helpdesk.EventQuery{Tenant: e.tenant, Types: kinds}) {
			if n++; n == 3 {
				break // whoever has enough may stop
			}
		}
		e.equal("read", n, 3)
	}},
	{"counts are those of reading everything", "CountTickets returns for each query how many tickets fit it, or most when there are more.", func(e *env) {
		r := rand.New(rand.NewPCG(13, 17))
		for range 40 {
			e.add(func(t *helpdesk.Ticket) {
				fill(t)
				t.Status = pick(r, helpdesk.Statuses...)
				t.Assignee = pick(r, "", helpdesk.AgentID("ana"))
				for i := range t.Clocks {
					t.Clocks[i].DueAt = start.Add(time.Duration(r.IntN(9)) * time.Hour)
				}
			})
		}
		queries := []helpdesk.Query{{}, {Status: helpdesk.OpenStatuses}, {Assignee: "ana"}, {LateBefore: start.Add(4 * time.Hour)}, {DueBefore: start.Add(4 * time.Hour)}, {Tag: "absent"}, {Scope: &helpdesk.Scope{Assignee: "ana"}}, {Scope: &helpdesk.Scope{}}}
		for i := range queries {
			queries[i].Tenant = e.tenant
		}
		for _, most := range []int{0, 1, 7, 1000} {
			fast, err := helpdesk.Count(e.ctx, e.store, most, queries...)
			e.ok(err)
			slow, err := helpdesk.Count(e.ctx, plain{e.store}, most, queries...)
			e.ok(err)
			e.equal("numbers", fast, slow)
		}
	}},
	{"several settings are those of one query after the other", "SettingsOf returns for each query what Settings does", func(e *env) {
		for i, key := range []string{"b", "a", "Z", "é"} {
			for v := range int64(i + 1) {
				e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{
					{Kind: "x", Key: key, Version: v, Value: json.RawMessage(fmt.Sprint(v)), At: start},
					{Kind: "y", Key: key, Version: v, Value: json.RawMessage("null"), Deleted: v > 1, At: start},
				}})
			}
		}
		qs := []helpdesk.SettingQuery{{Kind: "x"}, {Kind: "z"}, {Kind: "y"}, {Kind: "x", Key: "é"}, {Kind: "x", Key: "é", Below: 3}, {Kind: "x", Key: "Z", Limit: 2}, {Kind: "a\x00b"}, {Kind: "y", Key: "Z", Limit: 1}}
		want := make([][]helpdesk.Setting, len(qs))
		for i := range qs {
			var err error
			qs[i].Tenant = e.tenant
			want[i], err = e.store.Settings(e.ctx, qs[i])
			e.ok(err)
		}
		reader, ok := helpdesk.As[helpdesk.SettingsReader](e.store)
		if !ok {
			return
		}
		got, err := reader.SettingsOf(e.ctx, qs...)
		e.ok(err)
		e.equal("settings", got, want)
	}},
	{"loads count what the tickets say", "Loads returns the Load of each agent that holds or ever held a ticket;", func(e *env) {
		for _, t := range e.crowd(80) {
			if t.Assignee != "" && t.Status.Loads() {
				e.commit(&helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: t.Assignee, Delta: 1}}})
			}
		}
		fast, err := helpdesk.Loads(e.ctx, e.store, e.tenant)
		e.ok(err)
		slow, err := helpdesk.Loads(e.ctx, plain{e.store}, e.tenant)
		e.ok(err)
		e.equal("loads", fast, slow)
	}},
}

// asking asks for whole words.
func asking(words ...string) (list []helpdesk.SearchTerm) {
	for _, w := range words {
		list = append(list, helpdesk.SearchTerm{Word: w})
	}
	return list
}

func ids(tickets []*helpdesk.Ticket) []helpdesk.TicketID {
	list := []helpdesk.TicketID{}
	for _, t := range tickets {
		list = append(list, t.ID)
	}
	return list
}

// events reads the events of a query. It sorts those of one instant by ticket, because their order
// among tickets is open.
func (e *env) events(store helpdesk.Store, q helpdesk.EventQuery) (found []helpdesk.Event) {
	for ev, err := range helpdesk.Events(e.ctx, store, q) {
		e.ok(err)
		if n := len(found); n > 0 && ev.At.Before(found[n-1].At) {
			e.fail("an event of %s comes after one of %s", ev.At, found[n-1].At)
		}
		found = append(found, ev)
	}
	slices.SortStableFunc(found, func(a, b helpdesk.Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Ticket, b.Ticket))
	})
	return found
}
