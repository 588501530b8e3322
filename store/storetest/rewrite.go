package storetest

import (
	"encoding/json"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var messageCases = []testCase{
	{"a full message comes back as it was", "Times come back equal to the microsecond and in UTC, texts byte for byte.", func(e *env) {
		t := e.add()
		m, plain := message(t, "short"), message(t, "plain")
		m.Sender, m.ReplyTo = helpdesk.SenderFailed, "kim@work.example"
		m.Full, m.HTML, m.Attachments = "short\n> 'quoted' \\ ? 🎫", "<p onclick='x'>\\ short ?</p>", attached()
		m.At, plain.At = start.Add(time.Hour), start.Add(2*time.Hour)
		held := m
		held.ID, held.Kind, held.Body, held.HTML, held.At, held.Attachments = newID(), helpdesk.HeldMessage, "", "", start.Add(3*time.Hour), nil
		e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{m, plain, held}})
		th := e.thread(t.ID)
		e.equal("messages", th.Messages[1:], []helpdesk.Message{m, plain, held})
		m.Attachments = []helpdesk.Attachment{}
		m.ID = newID()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{m}})
		if list := e.thread(t.ID).Messages[2].Attachments; list != nil {
			e.fatal("a list of no files came back as %#v, want nil", list)
		}
	}},
	{"many full messages come back as they were", "Times come back equal to the microsecond and in UTC, texts byte for byte.", func(e *env) {
		t := e.add()
		c := &helpdesk.Change{Tenant: e.tenant}
		for i := range 40 {
			m := message(t, "body \\ \" ' {},")
			m.At = start.Add(time.Duration(i+1) * time.Second)
			if i%2 == 0 {
				m.Full, m.HTML, m.Attachments = "full \\ \" ' {},", "<a href=\"x\">", attached()
			}
			c.Messages = append(c.Messages, m)
		}
		e.commit(c)
		e.equal("messages", e.thread(t.ID).Messages[1:], c.Messages)
	}},
	{"a message handed out is the caller's", "A Store keeps no value passed in; a value handed out belongs to the caller.", func(e *env) {
		t := e.add()
		m := message(t, "x")
		m.At, m.Attachments = start.Add(time.Hour), attached()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{m}})
		m.Attachments[0].Name = "x"
		for range 2 {
			list := e.thread(t.ID).Messages[1].Attachments
			e.equal("files", list, attached())
			list[0].Name = "y"
		}
	}},
}

func (e *env) thread(id helpdesk.TicketID) *helpdesk.Thread {
	e.Helper()
	th, err := e.store.Thread(e.ctx, e.tenant, id)
	e.ok(err)
	return th
}

// story stores a ticket with two messages and two events, each with everything set.
func (e *env) story(change ...func(*helpdesk.Ticket)) *helpdesk.Thread {
	e.Helper()
	t := e.newTicket(append([]func(*helpdesk.Ticket){fill, func(t *helpdesk.Ticket) {
		t.Subject, t.Description, t.MergedInto = "secret subject", "secret description", ""
	}}, change...)...)
	c := opening(t)
	second := message(t, "secret reply")
	second.Full, second.HTML, second.Attachments = "secret full", "<p>secret</p>", attached()
	c.Messages = append(c.Messages, second) // of the same instant: the order is that of adding
	for _, kind := range []helpdesk.EventType{helpdesk.EventOpened, helpdesk.EventNoted} {
		ev := event(t, kind)
		ev.Data, ev.By = json.RawMessage(`{"secret":1}`), second.By
		c.Events = append(c.Events, ev)
	}
	e.commit(c)
	return e.thread(t.ID)
}

// blanked is the Change that takes the words out of a thread, and the thread as it is to be.
func blanked(th *helpdesk.Thread) (*helpdesk.Change, *helpdesk.Thread) {
	t := th.Ticket.Clone()
	t.Subject, t.Description, t.Customer, t.Ref, t.CreatedAt = "blank subject", "", helpdesk.Contact{}, "OTHER", start.AddDate(1, 0, 0)
	c := &helpdesk.Change{Tenant: t.Tenant, Ticket: t, Rewrite: true}
	for _, m := range th.Messages {
		m.Kind, m.By, m.Body, m.Full, m.HTML, m.Attachments = helpdesk.InternalNote, helpdesk.Actor{Role: helpdesk.RoleAgent}, "blank body", "", "", nil
		c.Messages = append(c.Messages, m)
	}
	for _, ev := range th.Events {
		ev.Type, ev.By, ev.From, ev.To, ev.Data = helpdesk.EventTriaged, helpdesk.Actor{}, "", "", nil
		c.Events = append(c.Events, ev)
	}
	want := &helpdesk.Thread{Ticket: t.Clone(), Messages: c.Messages, Events: c.Events}
	want.Ticket.Version++
	want.Ticket.Ref, want.Ticket.CreatedAt = th.Ticket.Ref, th.Ticket.CreatedAt
	return c, want
}

func (e *env) finds(id helpdesk.TicketID, words string) bool {
	e.Helper()
	found, err := helpdesk.Search(e.ctx, e.store, helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: e.tenant}, Terms: asking(store.Words(words)...)})
	e.ok(err)
	for _, t := range found.Tickets {
		if t.ID == id {
			return true
		}
	}
	return false
}

var rewriteCases = []testCase{
	{"a rewrite replaces what a ticket was opened with", "gets this Description too.", func(e *env) {
		th, other := e.story(), e.story()
		c, want := blanked(th)
		c.Ticket.Clocks = c.Ticket.Clocks[:1]
		want.Ticket.Clocks = c.Ticket.Clocks
		e.commit(c)
		e.equal("thread", e.thread(th.Ticket.ID), want)
		e.equal("another thread", e.thread(other.Ticket.ID), other)
	}},
	{"a rewrite replaces messages and events where they are", "replace those with their ids.", func(e *env) {
		th := e.story()
		c, want := blanked(th)
		c.Messages, c.Events = c.Messages[:1], c.Events[1:]
		want.Messages = []helpdesk.Message{want.Messages[0], th.Messages[1]}
		want.Events = []helpdesk.Event{th.Events[0], want.Events[1]}
		e.commit(c)
		e.equal("thread", e.thread(th.Ticket.ID), want)
		c, want = blanked(want)
		full := &c.Messages[1] // and words may come as well as go
		full.Full, full.HTML, full.Attachments, full.At = "full", "<p>", attached(), start.Add(time.Hour)
		c.Events[0].Data = json.RawMessage(`{"a":1}`)
		e.commit(c)
		e.equal("thread", e.thread(th.Ticket.ID), want)
	}},
	{"many rows are rewritten at once", "replace those with their ids.", func(e *env) {
		t := e.add()
		add := &helpdesk.Change{Tenant: e.tenant}
		for i := range 40 {
			m, ev := message(t, "word"), event(t, helpdesk.EventNoted)
			m.At, ev.At, m.Full = start.Add(time.Duration(i+1)*time.Second), start.Add(time.Duration(i)*time.Second), "full"
			add.Messages, add.Events = append(add.Messages, m), append(add.Events, ev)
		}
		e.commit(add)
		c, want := blanked(e.thread(t.ID))
		for i := range c.Messages[1:] {
			if i%3 == 0 {
				c.Messages[i+1].Full, c.Messages[i+1].Attachments, c.Events[i].Data = `a\b"c'd`, attached(), json.RawMessage(`{"a":"\""}`)
			}
		}
		e.commit(c)
		e.equal("thread", e.thread(t.ID), want)
	}},
	{"a search follows a rewrite", "so that a person's data can be erased.", func(e *env) {
		th := e.story()
		id := th.Ticket.ID
		for _, words := range []string{"secret", "subject", "reply", "description"} {
			if !e.finds(id, words) {
				e.fatal("%q is not found before it is erased", words)
			}
		}
		c, _ := blanked(th)
		e.commit(c)
		for _, words := range []string{"secret", "reply", "description"} {
			if e.finds(id, words) {
				e.fatal("%q is found after it was erased", words)
			}
		}
		for _, words := range []string{"blank", "body", "blank subject body"} {
			if !e.finds(id, words) {
				e.fatal("%q is not found", words)
			}
		}
	}},
	{"a rewrite of what is not there is refused", "the Change fails with ErrNotFound.", func(e *env) {
		th, other := e.story(), e.story()
		mail := newMail()
		for name, spoil := range map[string]func(*helpdesk.Change){
			"an unknown message":      func(c *helpdesk.Change) { c.Messages[1].ID = newID() },
			"an unknown event":        func(c *helpdesk.Change) { c.Events[1].ID = newID() },
			"another's message":       func(c *helpdesk.Change) { c.Messages[1].ID = other.Messages[1].ID },
			"another's event":         func(c *helpdesk.Change) { c.Events[1].ID = other.Events[1].ID },
			"a message elsewhere":     func(c *helpdesk.Change) { c.Messages[1] = other.Messages[1] },
			"an event elsewhere":      func(c *helpdesk.Change) { c.Events[1] = other.Events[1] },
			"a message that moves":    func(c *helpdesk.Change) { c.Messages[1].Ticket = other.Ticket.ID },
			"a message of no ticket":  func(c *helpdesk.Change) { c.Messages[1].Ticket = helpdesk.TicketID(newID()) },
			"no ticket":               func(c *helpdesk.Change) { c.Ticket = nil },
			"a ticket that is to add": func(c *helpdesk.Change) { c.Ticket = e.newTicket(); c.Messages, c.Events = nil, nil },
		} {
			c, _ := blanked(th)
			c.Mail = []helpdesk.Mail{mail}
			c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "k"}}
			spoil(c)
			if err := e.store.Commit(e.ctx, c); err == nil {
				e.fatal("%s: no error", name)
			} else {
				e.is(err, helpdesk.ErrNotFound)
			}
			e.equal(name+": thread", e.thread(th.Ticket.ID), th)
			e.equal(name+": the other", e.thread(other.Ticket.ID), other)
			e.equal(name+": mails", len(e.allMails(helpdesk.MailQuery{Tenant: e.tenant})), 0)
			if !e.finds(th.Ticket.ID, "secret subject description") || e.finds(th.Ticket.ID, "blank") {
				e.fatal("%s: the words have changed", name)
			}
		}
		c, _ := blanked(th)
		c.Once = []helpdesk.OnceKey{{Scope: "s", Key: "k"}} // which was not used up
		e.commit(c)
	}},
	{"a rewrite of one row twice is refused", "Messages and Events are all of that ticket and replace those with", func(e *env) {
		th := e.story()
		for _, twice := range []func(*helpdesk.Change){
			func(c *helpdesk.Change) { c.Messages = append(c.Messages, c.Messages[0]) },
			func(c *helpdesk.Change) { c.Events = append(c.Events, c.Events[0]) },
		} {
			c, _ := blanked(th)
			twice(c)
			e.is(e.store.Commit(e.ctx, c), helpdesk.ErrInvalid)
			e.equal("thread", e.thread(th.Ticket.ID), th)
		}
	}},
	{"a stale rewrite is refused", "ErrConflict unless that is the stored version.", func(e *env) {
		th := e.story()
		c, _ := blanked(th)
		moved := th.Ticket.Clone()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: moved})
		e.is(e.store.Commit(e.ctx, c), helpdesk.ErrConflict)
		th.Ticket.Version++
		e.equal("thread", e.thread(th.Ticket.ID), th)
	}},
	{"a rewrite goes with all else or not at all", "Commit records all the changes, or none when it returns an error.", func(e *env) {
		th := e.story()
		c, want := blanked(th)
		mail := newMail(func(m *helpdesk.Mail) { m.Ticket = th.Ticket.ID })
		c.Mail, c.Tasks = []helpdesk.Mail{mail}, []helpdesk.Task{task("t", start)}
		full := &helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: "x", Delta: 2, Capacity: 1}}}
		e.is(e.store.Commit(e.ctx, c, full), helpdesk.ErrCapacity)
		e.equal("thread", e.thread(th.Ticket.ID), th)
		plain := e.newTicket()
		e.commit(c, opening(plain)) // a rewrite beside a Change that is none
		e.equal("thread", e.thread(th.Ticket.ID), want)
		e.equal("mails", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{mail})
		e.equal("tasks", keys(e.lease(start, 10)), []string{"t"})
		e.equal("the other", e.get(plain.ID).Subject, plain.Subject)
	}},
	{"another tenant rewrites nothing of ours", "No method shows or changes", func(e *env) {
		ours := e.story()
		e.tenant = "other"
		theirs := e.story()
		e.tenant = "acme"
		c, _ := blanked(ours)
		c.Tenant, c.Ticket.Tenant = "other", "other"
		e.is(e.store.Commit(e.ctx, c), helpdesk.ErrConflict)
		c, _ = blanked(theirs)
		c.Messages[1].ID = ours.Messages[1].ID
		e.is(e.store.Commit(e.ctx, c), helpdesk.ErrNotFound)
		c, _ = blanked(theirs)
		c.Events[0].ID = ours.Events[0].ID
		e.is(e.store.Commit(e.ctx, c), helpdesk.ErrNotFound)
		e.equal("thread", e.thread(ours.Ticket.ID), ours)
	}},
}
