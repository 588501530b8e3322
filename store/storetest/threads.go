package storetest

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var threadCases = []testCase{
	{"a thread has all that was said and done", "Thread returns a ticket with its messages and events, and those of every", func(e *env) {
		t := e.add()
		m, ev := message(t, "later"), event(t, helpdesk.EventNoted)
		m.At, ev.At = start.Add(2*time.Hour), start.Add(time.Hour)
		m.Kind, m.By = helpdesk.InternalNote, helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"}
		ev.Data, ev.By = json.RawMessage(`{"x":"ü"}`), m.By
		earlier := message(t, "earlier")
		earlier.At = start.Add(-time.Hour)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{m, earlier}, Events: []helpdesk.Event{ev}})
		th, err := e.store.Thread(e.ctx, e.tenant, t.ID)
		e.ok(err)
		e.equal("ticket", th.Ticket, t)
		e.equal("number of messages", len(th.Messages), 3)
		e.equal("first", th.Messages[0], earlier)
		e.equal("last", th.Messages[2], m)
		e.equal("events", th.Events, []helpdesk.Event{ev})
		_, err = e.store.Thread(e.ctx, e.tenant, helpdesk.TicketID(newID()))
		e.is(err, helpdesk.ErrNotFound)
		_, err = e.store.Thread(e.ctx, e.tenant, "no id")
		e.is(err, helpdesk.ErrNotFound)
	}},
	{"a thread includes what was merged in", "ticket merged into it, directly or over others, oldest first; or ErrNotFound.", func(e *env) {
		last := e.add(func(t *helpdesk.Ticket) { t.Description = "survivor" })
		middle := e.add(func(t *helpdesk.Ticket) { t.Description, t.MergedInto = "direct", last.ID })
		e.add(func(t *helpdesk.Ticket) {
			t.Description, t.MergedInto, t.CreatedAt = "over another", middle.ID, start.Add(-time.Hour)
		})
		e.add(func(t *helpdesk.Ticket) { t.Description = "a stranger" })
		th, err := e.store.Thread(e.ctx, e.tenant, last.ID)
		e.ok(err)
		var said []string
		for _, m := range th.Messages {
			said = append(said, m.Body)
		}
		e.equal("messages", said, []string{"over another", "survivor", "direct"})
		back := e.get(middle.ID) // the merge is taken back
		back.MergedInto = ""
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: back})
		th, err = e.store.Thread(e.ctx, e.tenant, last.ID)
		e.ok(err)
		e.equal("messages without what is merged no more", len(th.Messages), 1)
		e.equal("merged into none", e.get(middle.ID).MergedInto, helpdesk.TicketID(""))
	}},
	{"a message of no ticket is refused", "Change fails with ErrNotFound.", func(e *env) {
		stranger := e.newTicket()
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{message(stranger, "x")}}), helpdesk.ErrNotFound)
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(stranger, helpdesk.EventNoted)}}), helpdesk.ErrNotFound)
	}},
}

// atomicCases fail the last of several changes in each possible way.
var atomicCases = []testCase{
	{"a refused commit leaves nothing behind", "Commit records all the changes, or none when it returns an error.", func(e *env) {
		held := e.add()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Once: []helpdesk.OnceKey{{Scope: "s", Key: "used"}},
			Loads:    []helpdesk.LoadDelta{{Agent: "full", Delta: 1}},
			Settings: []helpdesk.Setting{{Kind: "x", Key: "k", Value: json.RawMessage(`1`), At: start}},
			Tasks:    []helpdesk.Task{task("leased", start)}})
		e.lease(start, 10)
		stale := held.Clone()
		stale.Version = 5
		for name, bad := range map[string]*helpdesk.Change{
			"stale version": {Ticket: stale},
			"taken ref":     {Ticket: e.newTicket(func(t *helpdesk.Ticket) { t.Ref = held.Ref })},
			"taken id":      {Ticket: e.newTicket(func(t *helpdesk.Ticket) { t.ID = held.ID })},
			"no ticket":     {Messages: []helpdesk.Message{message(e.newTicket(), "x")}},
			"capacity":      {Loads: []helpdesk.LoadDelta{{Agent: "full", Delta: 1, Capacity: 1}}},
			"setting":       {Settings: []helpdesk.Setting{{Kind: "x", Key: "k", Value: json.RawMessage(`2`), At: start}}},
			"once":          {Once: []helpdesk.OnceKey{{Scope: "s", Key: "used"}}},
			"lease":         {Done: []helpdesk.Task{{Kind: helpdesk.TaskNotify, Key: "leased", Token: -1}}},
			"text":          {Once: []helpdesk.OnceKey{{Scope: "s", Key: "a\x00b"}}},
		} {
			bad.Tenant = e.tenant
			fresh := e.newTicket(fill)
			good := opening(fresh)
			good.Events = []helpdesk.Event{event(fresh, helpdesk.EventOpened)}
			good.Loads = []helpdesk.LoadDelta{{Agent: "new", Delta: 1, Capacity: 1}}
			good.Settings = []helpdesk.Setting{{Kind: "x", Key: "new", Value: json.RawMessage(`1`), At: start}}
			good.Once = []helpdesk.OnceKey{{Scope: "s", Key: "new"}}
			good.Tasks = []helpdesk.Task{task("new", start)}
			changed := held.Clone()
			changed.Priority = helpdesk.Urgent
			update := &helpdesk.Change{Tenant: e.tenant, Ticket: changed, Messages: []helpdesk.Message{message(held, "left behind")}}
			if bad.Ticket != nil && bad.Ticket.ID == held.ID {
				update = &helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{message(held, "left behind")}}
			}
			if err := e.store.Commit(e.ctx, good, update, bad); err == nil {
				e.fatal("%s: no error", name)
			}
			if _, err := e.store.Ticket(e.ctx, e.tenant, fresh.ID); !errors.Is(err, helpdesk.ErrNotFound) {
				e.fatal("%s: the new ticket: %v", name, err)
			}
			th, err := e.store.Thread(e.ctx, e.tenant, held.ID)
			e.ok(err)
			e.equal(name+": messages", len(th.Messages), 1)
			e.equal(name+": ticket", th.Ticket, held)
			settings, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: "x"})
			e.ok(err)
			e.equal(name+": settings", len(settings), 1)
			e.equal(name+": tasks", keys(e.lease(start, 10)), []string{})
		}
		// What was taken back is free: counter, key and reference.
		free := e.newTicket()
		c := opening(free)
		c.Loads = []helpdesk.LoadDelta{{Agent: "new", Delta: 1, Capacity: 1}}
		c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "new"}}
		e.commit(c)
	}},
	{"a key is used once", "One used before by the tenant is a *DuplicateError", func(e *env) {
		first := e.newTicket()
		c := opening(first)
		c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "k"}}
		e.commit(c)
		second := opening(e.newTicket())
		second.Once = []helpdesk.OnceKey{{Scope: "other", Key: "k"}, {Scope: "s", Key: "k"}}
		var dup *helpdesk.DuplicateError
		if err := e.store.Commit(e.ctx, second); !errors.As(err, &dup) || !errors.Is(err, helpdesk.ErrConflict) {
			e.fatal("got %v", err)
		}
		e.equal("error", *dup, helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: "s", Key: "k"}, Ticket: first.ID})
		second.Once = second.Once[:1]
		e.commit(second)
	}},
	{"racing for a key has one winner", "One used before by the tenant is a *DuplicateError", func(e *env) {
		winners := make(chan helpdesk.TicketID, 16)
		e.together(16, func() error {
			c := opening(e.newTicket())
			c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "k"}}
			err := e.store.Commit(e.ctx, c)
			var dup *helpdesk.DuplicateError
			switch {
			case err == nil:
				winners <- c.Ticket.ID
			case errors.As(err, &dup):
				winners <- dup.Ticket
			default:
				return err
			}
			return nil
		})
		id := <-winners
		for range 15 {
			e.equal("winner", <-winners, id)
		}
		page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: e.tenant})
		e.ok(err)
		e.equal("tickets", len(page.Tickets), 1)
	}},
}

// tenantCases try every method with what belongs to another tenant.
var tenantCases = []testCase{
	{"another tenant's rows are not there", "No method shows or changes", func(e *env) {
		t := e.add(fill)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{{Kind: "x", Key: "k", Value: json.RawMessage(`1`), At: start}},
			Loads: []helpdesk.LoadDelta{{Agent: "ana", Delta: 1}}, Once: []helpdesk.OnceKey{{Scope: "s", Key: "k"}}})
		const other = helpdesk.TenantID("other")
		_, err := e.store.Ticket(e.ctx, other, t.ID)
		e.is(err, helpdesk.ErrNotFound)
		_, err = e.store.Thread(e.ctx, other, t.ID)
		e.is(err, helpdesk.ErrNotFound)
		for _, q := range []helpdesk.Query{{}, {IDs: []helpdesk.TicketID{t.ID}}, {Refs: []string{t.Ref}}, {Customer: t.Customer.Email}} {
			q.Tenant = other
			page, err := e.store.Tickets(e.ctx, q)
			e.ok(err)
			e.equal("tickets", len(page.Tickets), 0)
		}
		settings, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: other, Kind: "x"})
		e.ok(err)
		e.equal("settings", len(settings), 0)
		found, err := helpdesk.Search(e.ctx, e.store, helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: other}, Terms: asking(store.Words(t.Subject)[0])})
		e.ok(err)
		e.equal("found", len(found.Tickets), 0)
		loads, err := helpdesk.Loads(e.ctx, e.store, other)
		e.ok(err)
		e.equal("loads", len(loads), 0)
		stolen := t.Clone()
		stolen.Tenant = other
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: other, Ticket: stolen}), helpdesk.ErrConflict)
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: other, Messages: []helpdesk.Message{message(t, "x")}}), helpdesk.ErrNotFound)
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: other, Events: []helpdesk.Event{event(t, helpdesk.EventNoted)}}), helpdesk.ErrNotFound)
		e.equal("ticket", e.get(t.ID), t)
	}},
	{"tenants share no keys", "No method shows or changes", func(e *env) {
		for _, tenant := range []helpdesk.TenantID{"", "acme", "ACME", "other"} {
			t := e.newTicket(func(t *helpdesk.Ticket) { t.Tenant, t.Ref = tenant, "SAME" })
			c := opening(t)
			c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "k"}}
			c.Loads = []helpdesk.LoadDelta{{Agent: "ana", Delta: 1, Capacity: 1}}
			c.Settings = []helpdesk.Setting{{Kind: "x", Key: "k", Value: json.RawMessage(`1`), At: start}}
			c.Tasks = []helpdesk.Task{task("k", start)}
			e.commit(c)
		}
		leased := e.lease(start, 10)
		e.equal("leased of all tenants", len(leased), 4)
		wrong := leased[0]
		wrong.Tenant = "nobody"
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: "nobody", Done: []helpdesk.Task{wrong}}), helpdesk.ErrConflict)
	}},
}

var textCases = []testCase{
	{"long texts come back byte for byte", "texts byte for byte.", func(e *env) {
		body := strings.Repeat("Größe 🎫 ' \\ ? ", 1<<20/20)
		t := e.add(func(t *helpdesk.Ticket) { t.Description = body })
		e.equal("length", len(t.Description), len(body))
		th, err := e.store.Thread(e.ctx, e.tenant, t.ID)
		e.ok(err)
		if t.Description != body || th.Messages[0].Body != body {
			e.fatal("the text differs")
		}
	}},
	{"what cannot be kept is refused", "texts byte for byte.", func(e *env) {
		held := e.add()
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			for name, c := range map[string]*helpdesk.Change{
				"subject": opening(e.newTicket(func(t *helpdesk.Ticket) { t.Subject = bad })),
				"tag":     opening(e.newTicket(func(t *helpdesk.Ticket) { t.Tags = []string{bad} })),
				"policy":  opening(e.newTicket(func(t *helpdesk.Ticket) { fill(t); t.Clocks[0].Policy = bad })),
				"body":    {Messages: []helpdesk.Message{message(held, bad)}},
				"event":   {Events: []helpdesk.Event{{ID: newID(), Ticket: held.ID, Type: "x", From: bad, At: start}}},
				"once":    {Once: []helpdesk.OnceKey{{Scope: "s", Key: bad}}},
				"task":    {Tasks: []helpdesk.Task{task(bad, start)}},
				"setting": {Settings: []helpdesk.Setting{{Kind: "x", Key: bad, Value: json.RawMessage(`1`), At: start}}},
				"agent":   {Loads: []helpdesk.LoadDelta{{Agent: helpdesk.AgentID(bad), Delta: 1}}},
			} {
				c.Tenant = e.tenant
				err := e.store.Commit(e.ctx, c)
				if !errors.Is(err, helpdesk.ErrInvalid) || len(helpdesk.Fields(err)) == 0 {
					e.fatal("%s %q: got %v, want a field of ErrInvalid", name, bad, err)
				}
			}
		}
	}},
}
