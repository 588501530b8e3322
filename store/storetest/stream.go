package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/helpdesk-go/helpdesk"
)

// onStream skips a case for a Store that is no helpdesk.EventStreamer.
func onStream(check func(e *env, s stream)) func(e *env) {
	return func(e *env) {
		if s, ok := helpdesk.As[helpdesk.EventStreamer](e.store); ok {
			check(e, stream{e, s})
		}
	}
}

// stream reads new events and fails the case when it cannot.
type stream struct {
	*env
	helpdesk.EventStreamer
}

// now is the present place.
func (s stream) now() string {
	s.Helper()
	page, err := s.EventsAfter(s.ctx, helpdesk.StreamQuery{Limit: 10})
	s.ok(err)
	s.equal("the present has no events", page.Events, []helpdesk.StreamEvent(nil))
	return page.Next
}

// follow reads all pages of a query.
func (s stream) follow(q helpdesk.StreamQuery) (all []helpdesk.StreamEvent, last string) {
	s.Helper()
	for range 1000 {
		page, err := s.EventsAfter(s.ctx, q)
		s.ok(err)
		all = append(all, page.Events...)
		if q.After = page.Next; !page.More {
			return all, page.Next
		}
	}
	s.fatal("the pages have no end")
	return nil, ""
}

// note adds a Change with n events to a ticket, each with a number of its own.
func (s stream) note(t *helpdesk.Ticket, n int) (added []helpdesk.StreamEvent) {
	s.Helper()
	c := &helpdesk.Change{Tenant: t.Tenant}
	for range n {
		ev := event(t, helpdesk.EventNoted)
		ev.To = strconv.FormatInt(serial.Add(1), 10)
		c.Events = append(c.Events, ev)
		added = append(added, helpdesk.StreamEvent{Tenant: t.Tenant, Event: ev})
	}
	s.commit(c)
	return added
}

// of returns a new stored ticket of a tenant.
func (s stream) of(tenant helpdesk.TenantID) *helpdesk.Ticket {
	s.Helper()
	t := s.newTicket(func(t *helpdesk.Ticket) { t.Tenant = tenant })
	s.commit(opening(t))
	return t
}

const (
	afterUntil = "EventsAfter returns a page of the events that were committed after one place and up to another, of all tenants or of some."
	onceEach   = "Following StreamPage.Next visits each event exactly once, however long its transaction took and whatever was committed meanwhile."
	sameAgain  = "A query from one place to another returns the same events in the same order at any later time, for each tenant."
)

var streamCases = []testCase{
	{"new events come once", afterUntil, onStream(func(e *env, s stream) {
		a, b := s.of("acme"), s.of("other")
		s.note(a, 3)
		start := s.now()
		got, next := s.follow(helpdesk.StreamQuery{After: start, Limit: 10})
		e.equal("nothing is new", got, []helpdesk.StreamEvent(nil))
		want := slices.Concat(s.note(a, 2), s.note(b, 1), s.note(a, 1))
		got, next = s.follow(helpdesk.StreamQuery{After: next, Limit: 10})
		e.equal("new", got, want)
		again, _ := s.follow(helpdesk.StreamQuery{After: start, Limit: 10})
		e.equal("from the start", again, want)
		got, next = s.follow(helpdesk.StreamQuery{After: next, Limit: 10})
		e.equal("nothing is new", got, []helpdesk.StreamEvent(nil))
		more := s.note(b, 1)
		got, _ = s.follow(helpdesk.StreamQuery{After: next, Limit: 10})
		e.equal("the next", got, more)
	})},
	{"an event is whole", "Times come back equal to the microsecond and in UTC, texts byte for byte.", onStream(func(e *env, s stream) {
		t := s.of("acme")
		start := s.now()
		ev := event(t, helpdesk.EventMail)
		ev.By = helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"}
		ev.Data = []byte(`{"mail": "x"}`)
		e.commit(&helpdesk.Change{Tenant: t.Tenant, Events: []helpdesk.Event{ev}})
		got, _ := s.follow(helpdesk.StreamQuery{After: start, Limit: 1})
		e.equal("event", got, []helpdesk.StreamEvent{{Tenant: "acme", Event: ev}})
		got[0].Event.Data[2] = 'X'
		again, _ := s.follow(helpdesk.StreamQuery{After: start, Limit: 1})
		e.equal("event", again, []helpdesk.StreamEvent{{Tenant: "acme", Event: ev}})
	})},
	{"a refused change tells nothing", "Commit records all the changes, or none when it returns an error.", onStream(func(e *env, s stream) {
		t := s.of("acme")
		start := s.now()
		stale := e.get(t.ID)
		stale.Version = 7
		err := e.store.Commit(e.ctx, &helpdesk.Change{Tenant: "acme", Events: []helpdesk.Event{event(t, helpdesk.EventNoted)}},
			&helpdesk.Change{Tenant: "acme", Ticket: stale, Events: []helpdesk.Event{event(t, helpdesk.EventNoted)}})
		e.is(err, helpdesk.ErrConflict)
		want := s.note(t, 1)
		got, _ := s.follow(helpdesk.StreamQuery{After: start, Limit: 10})
		e.equal("new", got, want)
	})},
	{"a rewritten event is not new", onceEach, onStream(func(e *env, s stream) {
		t := s.of("acme")
		th, err := e.store.Thread(e.ctx, "acme", t.ID)
		e.ok(err)
		start := s.now()
		added := s.note(t, 2)
		got, next := s.follow(helpdesk.StreamQuery{After: start, Limit: 10})
		e.equal("new", got, added)
		first := added[0].Event
		first.To = "erased"
		e.commit(&helpdesk.Change{Tenant: "acme", Ticket: e.get(t.ID), Messages: th.Messages, Events: []helpdesk.Event{first}, Rewrite: true})
		got, _ = s.follow(helpdesk.StreamQuery{After: next, Limit: 10})
		e.equal("new", got, []helpdesk.StreamEvent(nil))
		got, _ = s.follow(helpdesk.StreamQuery{After: start, Limit: 10})
		added[0].Event = first
		e.equal("as they are now", got, added)
	})},
	{"pages follow each other", "A page has at most Limit events, or all of one Commit or transaction when these are more.", onStream(func(e *env, s stream) {
		a, b := s.of("acme"), s.of("other")
		start := s.now()
		var want []helpdesk.StreamEvent
		for i := range 12 {
			want = append(want, s.note([]*helpdesk.Ticket{a, b}[i%2], 1+i%3)...)
		}
		for _, limit := range []int{1, 2, 3, 4, 7, 100} {
			q := helpdesk.StreamQuery{After: start, Limit: limit}
			var got []helpdesk.StreamEvent
			for more := true; more; {
				page, err := s.EventsAfter(e.ctx, q)
				e.ok(err)
				if n := len(page.Events); n > max(limit, 3) || (n == 0 && page.More) {
					e.fatal("a page of at most %d has %d events", limit, n)
				}
				got = append(got, page.Events...)
				q.After, more = page.Next, page.More
			}
			e.equal(fmt.Sprintf("by %d", limit), got, want)
		}
	})},
	{"only events of the tenants asked for", afterUntil, onStream(func(e *env, s stream) {
		a, b, c := s.of("acme"), s.of("other"), s.of("")
		start := s.now()
		ofA, ofB, ofC := s.note(a, 1), s.note(b, 2), s.note(c, 1)
		ofA = append(ofA, s.note(a, 1)...)
		for _, x := range []struct {
			tenants []helpdesk.TenantID
			want    []helpdesk.StreamEvent
		}{
			{nil, slices.Concat(ofA[:1], ofB, ofC, ofA[1:])}, {[]helpdesk.TenantID{"acme"}, ofA}, {[]helpdesk.TenantID{"other", "", "none", "a\x00b"}, slices.Concat(ofB, ofC)},
			{[]helpdesk.TenantID{"ACME"}, nil}, {[]helpdesk.TenantID{}, nil}, {[]helpdesk.TenantID{"'; --"}, nil},
		} {
			for _, limit := range []int{1, 100} {
				got, next := s.follow(helpdesk.StreamQuery{After: start, Tenants: x.tenants, Limit: limit})
				e.equal(fmt.Sprintf("of %q", x.tenants), got, x.want)
				got, _ = s.follow(helpdesk.StreamQuery{After: next, Limit: limit})
				e.equal("behind", got, []helpdesk.StreamEvent(nil))
			}
		}
	})},
	{"up to a place", sameAgain, onStream(func(e *env, s stream) {
		a, b := s.of("acme"), s.of("other")
		start := s.now()
		first := slices.Concat(s.note(a, 2), s.note(b, 1), s.note(a, 1))
		_, middle := s.follow(helpdesk.StreamQuery{After: start, Limit: 100})
		second := slices.Concat(s.note(b, 1), s.note(a, 2))
		for _, limit := range []int{1, 100} {
			got, next := s.follow(helpdesk.StreamQuery{After: start, Until: middle, Limit: limit})
			e.equal("up to the place", got, first)
			got, _ = s.follow(helpdesk.StreamQuery{After: next, Limit: limit})
			e.equal("behind it", got, second)
			got, _ = s.follow(helpdesk.StreamQuery{After: start, Until: middle, Tenants: []helpdesk.TenantID{"acme"}, Limit: limit})
			e.equal("of a tenant", got, slices.Concat(first[:2], first[3:]))
			got, _ = s.follow(helpdesk.StreamQuery{After: middle, Until: middle, Limit: limit})
			e.equal("no way", got, []helpdesk.StreamEvent(nil))
		}
		_, err := s.EventsAfter(e.ctx, helpdesk.StreamQuery{After: s.now(), Until: start, Limit: 1})
		e.is(err, helpdesk.ErrInvalid)
	})},
	{"what is no place", "A place that cannot be read, or that the Store has not reached, is ErrInvalid.", onStream(func(e *env, s stream) {
		start := s.now()
		for _, text := range []string{"x", " ", start + "~", "~" + start, start + start, "\x00", "'; --", start[:1] + "zzzzzzzzzz", start[:1] + "-1", start[:1] + "99999999999999999999"} {
			_, err := s.EventsAfter(e.ctx, helpdesk.StreamQuery{After: text, Limit: 1})
			if !errors.Is(err, helpdesk.ErrInvalid) {
				e.fail("after %q: got error %v", text, err)
			}
			_, err = s.EventsAfter(e.ctx, helpdesk.StreamQuery{After: start, Until: text, Limit: 1})
			if !errors.Is(err, helpdesk.ErrInvalid) {
				e.fail("until %q: got error %v", text, err)
			}
		}
	})},
	{"readers keep up with writers", "The events of a ticket come in the order of its versions, and those of a Change in their own order.", onStream(func(e *env, s stream) {
		var tickets []*helpdesk.Ticket
		for i := range 4 {
			tickets = append(tickets, s.of([]helpdesk.TenantID{"acme", "other"}[i%2]))
		}
		start := s.now()
		var writers sync.WaitGroup
		const each = 15
		for range 4 {
			for _, t := range tickets {
				writers.Go(func() {
					for done := 0; done < each; {
						stored, err := e.store.Ticket(e.ctx, t.Tenant, t.ID)
						if err != nil {
							e.fail("%v", err)
							return
						}
						c := &helpdesk.Change{Tenant: t.Tenant, Ticket: stored}
						for i := range 2 {
							ev := event(t, helpdesk.EventNoted)
							ev.From, ev.To = strconv.FormatInt(stored.Version, 10), strconv.Itoa(i)
							c.Events = append(c.Events, ev)
						}
						switch err := e.store.Commit(e.ctx, c); {
						case err == nil:
							done++
						case !errors.Is(err, helpdesk.ErrConflict):
							e.fail("%v", err)
							return
						}
					}
				})
			}
		}
		written := make(chan struct{})
		go func() { writers.Wait(); close(written) }()
		q := helpdesk.StreamQuery{After: start, Limit: 7}
		var all []helpdesk.StreamEvent
		for ended := false; ; {
			page, err := s.EventsAfter(e.ctx, q)
			e.ok(err)
			all = append(all, page.Events...)
			if q.After = page.Next; page.More {
				continue
			}
			if ended {
				break
			}
			select {
			case <-written:
				ended = true // one more look
			default:
			}
		}
		seen, at := map[string]bool{}, map[helpdesk.TicketID]int{}
		for _, one := range all {
			ev := one.Event
			if seen[ev.ID] {
				e.fatal("event %s comes twice", ev.ID)
			}
			seen[ev.ID] = true
			n := at[ev.Ticket]
			at[ev.Ticket]++
			if want := fmt.Sprint(1+n/2, n%2); fmt.Sprint(ev.From, " ", ev.To) != want {
				e.fatal("event %d of a ticket is of version and number %s %s, want %s", n, ev.From, ev.To, want)
			}
		}
		e.equal("number of events", len(all), len(tickets)*4*each*2)
		again, _ := s.follow(helpdesk.StreamQuery{After: start, Limit: 10_000})
		e.equal("number of events at once", len(again), len(all))
	})},
}
