package storetest

import (
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// found returns the tickets that a search finds, page by page.
func (e *env) found(q helpdesk.SearchQuery, from helpdesk.Store) (list []*helpdesk.Ticket) {
	e.Helper()
	q.Tenant = e.tenant
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

// searched is a ticket of a story about search.
type searched struct {
	id helpdesk.TicketID
	*env
}

// searchable adds a ticket with a subject, a customer, a message, a reply and a note.
func (e *env) searchable() searched {
	t := e.add(func(t *helpdesk.Ticket) {
		t.Ref, t.Subject, t.Description = "7Q2M-X4KD", "Rechnung Häusler", "病院は機能していない"
		t.Customer = helpdesk.Contact{Name: "Zoë Straßer", Email: "zoe@shop.example"}
	})
	reply, note := message(t, "the antenna fell off"), message(t, "a hidden thought")
	reply.At, note.At, note.Kind = start.Add(time.Hour), start.Add(2*time.Hour), helpdesk.InternalNote
	note.Attachments = []helpdesk.Attachment{{ID: "f1", Name: "a.txt", Type: "text/plain", Size: 1}}
	e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{reply}}, &helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{note}})
	e.add() // which is never found
	return searched{t.ID, e}
}

// by asks whether terms find the ticket.
func (s searched) by(want bool, public bool, terms ...helpdesk.SearchTerm) {
	s.Helper()
	var list []helpdesk.TicketID
	if want {
		list = append(list, s.id)
	}
	var got []helpdesk.TicketID
	for _, t := range s.found(helpdesk.SearchQuery{Terms: terms, Public: public}, s.store) {
		got = append(got, t.ID)
	}
	if !slices.Equal(got, list) {
		s.fail("%+v finds %v, want %v", terms, got, list)
	}
}

var searchCases = []testCase{
	{"a ticket is found by the words of all its parts", "The words of a ticket are those of its subject, reference, customer", func(e *env) {
		s := e.searchable()
		s.by(true, false, asking("rechnung", "antenna", "zoe", "hidden")...)
		s.by(true, false, asking("7q2mx4kd")...)
		s.by(true, false, asking("7q2m", "x4kd", "shop", "機能")...)
		s.by(false, false, asking("rechnung", "absent")...)
		s.by(false, false, asking("Rechnung")...)
		s.by(false, false, asking("x' | 'rechnung")...)
	}},
	{"a word is found without its accents", "what is no word is found nowhere", func(e *env) {
		s := e.searchable()
		s.by(true, false, asking(store.Words("HÄUSLER strasser")...)...)
		s.by(true, false, asking("hausler", "strasser")...)
		s.by(false, false, asking("häusler")...)
	}},
	{"a word is found by its beginning", "a word that begins with Word will do", func(e *env) {
		s := e.searchable()
		s.by(true, false, helpdesk.SearchTerm{Word: "rech", Prefix: true})
		s.by(true, false, helpdesk.SearchTerm{Word: "rechnung", Prefix: true})
		s.by(true, false, helpdesk.SearchTerm{Word: "機", Prefix: true}, helpdesk.SearchTerm{Word: "ant", Prefix: true})
		s.by(false, false, helpdesk.SearchTerm{Word: "rech"})
		s.by(false, false, helpdesk.SearchTerm{Word: "echnung", Prefix: true})
		s.by(false, false, helpdesk.SearchTerm{Word: "rechnungen", Prefix: true})
	}},
	{"a word may be left out", "the ticket must not have it", func(e *env) {
		s := e.searchable()
		not := func(word string) helpdesk.SearchTerm { return helpdesk.SearchTerm{Word: word, Not: true} }
		s.by(false, false, append(asking("rechnung"), not("antenna"))...)
		s.by(false, false, append(asking("rechnung"), not("absent"), not("hidden"))...)
		s.by(true, false, append(asking("rechnung"), not("absent"), not("Not a word"))...)
		s.by(false, false, append(asking("rechnung"), helpdesk.SearchTerm{Word: "ant", Prefix: true, Not: true})...)
		s.by(true, true, append(asking("rechnung"), not("hidden"))...) // which a customer does not see
		if found := e.found(helpdesk.SearchQuery{Terms: []helpdesk.SearchTerm{not("rechnung")}}, e.store); len(found) != 1 || found[0].ID == s.id {
			e.fail("a word to leave out alone finds %d tickets, want the other one", len(found))
		}
		if found := e.found(helpdesk.SearchQuery{Terms: []helpdesk.SearchTerm{not("Not a word")}}, e.store); len(found) != 2 {
			e.fail("what is no word leaves out %d of 2 tickets", 2-len(found))
		}
	}},
	{"a customer finds nothing by what is hidden", "only words that a customer may read", func(e *env) {
		s := e.searchable()
		s.by(true, true, asking("rechnung", "antenna", "zoe")...)
		s.by(false, true, asking("hidden")...)
		s.by(false, true, helpdesk.SearchTerm{Word: "hid", Prefix: true})
		s.by(true, false, helpdesk.SearchTerm{Word: "hid", Prefix: true})
		s.by(true, false, helpdesk.SearchTerm{Word: "attachment", Field: "has"})
		s.by(false, true, helpdesk.SearchTerm{Word: "attachment", Field: "has"})
	}},
	{"a field has its own words", `"" for all of them, "customer", "org" or "has"`, func(e *env) {
		s := e.searchable()
		s.by(true, false, helpdesk.SearchTerm{Word: "zoe", Field: "customer"}, helpdesk.SearchTerm{Word: "sho", Field: "org", Prefix: true})
		s.by(false, false, helpdesk.SearchTerm{Word: "rechnung", Field: "customer"})
		s.by(false, false, helpdesk.SearchTerm{Word: "zoe", Field: "org"})
		s.by(false, false, helpdesk.SearchTerm{Word: "attachment"})
		s.by(false, false, helpdesk.SearchTerm{Word: "zoe", Field: "odd"})
	}},
	{"a phrase is words that follow each other", "SearchPhrase asks for words that follow each other in the subject, one message, or the name or", func(e *env) {
		s := e.searchable()
		ask := func(want, public bool, p helpdesk.SearchPhrase) {
			e.Helper()
			q := helpdesk.SearchQuery{Phrases: []helpdesk.SearchPhrase{p}, Terms: asking("rechnung"), Public: public}
			if got := len(e.found(q, e.store)); got > 0 != want {
				e.fail("%+v finds %d tickets", p, got)
			}
		}
		ask(true, false, helpdesk.SearchPhrase{Words: []string{"antenna", "fell"}})
		ask(true, false, helpdesk.SearchPhrase{Words: []string{"antenna", "fe"}, Prefix: true})
		ask(true, false, helpdesk.SearchPhrase{Words: []string{"機", "能"}})
		ask(true, true, helpdesk.SearchPhrase{Words: []string{"zoe", "strasser"}})
		ask(true, false, helpdesk.SearchPhrase{Words: []string{"hidden", "thought"}})
		ask(false, true, helpdesk.SearchPhrase{Words: []string{"hidden", "thought"}})
		ask(false, false, helpdesk.SearchPhrase{Words: []string{"fell", "antenna"}})
		ask(false, false, helpdesk.SearchPhrase{Words: []string{"off", "a"}}) // of two messages
		ask(false, false, helpdesk.SearchPhrase{Words: []string{"antenna", "fell"}, Not: true})
		ask(true, false, helpdesk.SearchPhrase{Words: []string{"fell", "antenna"}, Not: true})
		_ = s
	}},
	{"a ticket is found by its subject and customer of now", "Renamed says that the Subject or the Customer of Ticket is not that of the version it replaces.", func(e *env) {
		s := e.searchable()
		t := e.get(s.id)
		t.Subject = "Mahnung Zwei"
		t.Customer = helpdesk.Contact{Name: "Kim", Email: "kim@new.example"}
		m := message(t, "a new matter")
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t, Messages: []helpdesk.Message{m}, Renamed: true})
		s.by(true, false, asking("kim", "mahnung", "antenna", "matter", "hidden")...)
		s.by(false, false, asking("zoe")...)
		s.by(false, false, asking("rechnung")...)
		s.by(false, false, helpdesk.SearchTerm{Word: "shop", Field: "org"})
		s.by(true, false, helpdesk.SearchTerm{Word: "new", Field: "org"})
	}},
	{"a ticket is found by the words that a rewrite leaves", "Rewrite replaces rows that otherwise never change", func(e *env) {
		s := e.searchable()
		th := e.thread(s.id)
		m := th.Messages[1] // the reply
		m.Body = "all is well"
		t := th.Ticket
		t.Subject, t.Customer = "blank", helpdesk.Contact{}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t, Rewrite: true, Messages: []helpdesk.Message{th.Messages[0], m}})
		s.by(true, false, asking("blank", "well", "hidden", "7q2mx4kd", "機能")...)
		for _, gone := range []string{"rechnung", "antenna", "zoe"} {
			s.by(false, false, asking(gone)...)
		}
	}},
	{"an index of words may be made anew", "IndexWords puts tickets into the index of words, or completes them there.", func(e *env) {
		s := e.searchable()
		index, ok := helpdesk.As[helpdesk.SearchIndexer](e.store)
		if !ok {
			return
		}
		for range 2 {
			e.ok(index.IndexWords(e.ctx, e.tenant, s.id, helpdesk.TicketID(newID()), "no id"))
			s.by(true, false, asking("rechnung", "antenna", "zoe", "hidden")...)
		}
		e.ok(index.IndexWords(e.ctx, e.tenant))
	}},
	{"messages of several tickets are those of their threads", "TicketMessages returns the messages of tickets in the order of Thread, without those of tickets", func(e *env) {
		searcher, ok := helpdesk.As[helpdesk.Searcher](e.store)
		if !ok {
			return
		}
		s, other := e.searchable(), e.add()
		from := e.add(func(t *helpdesk.Ticket) { t.MergedInto = s.id })
		got, err := searcher.TicketMessages(e.ctx, e.tenant, s.id, other.ID, from.ID, "no id", helpdesk.TicketID(newID()))
		e.ok(err)
		want := map[helpdesk.TicketID][]helpdesk.Message{}
		for _, id := range []helpdesk.TicketID{s.id, other.ID, from.ID} {
			for _, m := range e.thread(id).Messages {
				if m.Ticket == id {
					m.Full, m.HTML = "", ""
					want[id] = append(want[id], m)
				}
			}
		}
		for _, list := range got {
			for i := range list {
				list[i].Full, list[i].HTML = "", ""
			}
		}
		e.equal("messages", got, want)
		strange, err := searcher.TicketMessages(e.ctx, "other", s.id)
		e.ok(err)
		e.equal("messages of another tenant", len(strange), 0)
	}},
}
