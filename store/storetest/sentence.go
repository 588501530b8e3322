package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

const (
	sentencesNow  = "IndexSentences makes the index hold the sentences of the named tickets as they are stored now, by [SentencesOf]."
	sentencesMany = "was sent to at least so many different customers of the tenant, by all indexed tickets."
)

// answered stores a solved ticket of a customer with a public reply.
func (e *env) answered(customer, reply string) *helpdesk.Ticket {
	e.Helper()
	t := e.solve("Printer", "It jams.", func(t *helpdesk.Ticket) {
		t.Customer = helpdesk.Contact{Name: "Kim", Email: customer}
		t.Resolution, t.Replies = "", 1
	})
	m := message(t, reply)
	m.Kind, m.By = helpdesk.FromAgent, helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"}
	e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{m}})
	return t
}

func (e *env) indexSentences(tickets ...*helpdesk.Ticket) {
	e.Helper()
	s, _ := helpdesk.As[similar.SentenceIndex](e.store)
	e.ok(s.IndexSentences(e.ctx, e.tenant, ids(tickets)...))
}

// recurring returns the texts of the recurring sentences of tickets.
func (e *env) recurring(tenant helpdesk.TenantID, customers int, tickets ...*helpdesk.Ticket) []string {
	e.Helper()
	s, _ := helpdesk.As[similar.SentenceIndex](e.store)
	found, err := s.Recurring(e.ctx, tenant, customers, ids(tickets)...)
	e.ok(err)
	texts := []string{}
	for i := range found {
		texts = append(texts, found[i].Text())
	}
	return texts
}

// onSentences leaves out a case for a store that keeps no sentences.
func onSentences(check func(e *env)) func(e *env) {
	return func(e *env) {
		if _, ok := helpdesk.As[similar.SentenceIndex](e.store); ok {
			check(e)
		}
	}
}

var sentenceCases = []testCase{
	{"a sentence recurs if enough customers were sent it", sentencesMany, onSentences(func(e *env) {
		a := e.answered("a@x.example", "Please clear the tray first. Then close the lid.")
		again := e.answered("a@x.example", "Please clear the tray first.")
		b := e.answered("b@x.example", "please clear  the tray, first!\nIt takes 5 minutes.")
		c := e.answered("c@x.example", "It takes 7 minutes. Please clear the tray first.")
		nobody := e.answered("", "Please clear the tray first. Then close the lid.")
		e.equal("before", e.recurring(e.tenant, 1, a, b), []string{})
		e.indexSentences(a, again, b, c, nobody)
		e.indexSentences(a, c, a) // repeating it changes nothing
		e.equal("of one", e.recurring(e.tenant, 1, a), []string{"Please clear the tray first.", "Then close the lid."})
		e.equal("of two", e.recurring(e.tenant, 2, c, b, c), []string{"It takes [NUMBER] minutes.", "Please clear the tray first.", "please clear the tray, first!", "It takes [NUMBER] minutes."})
		e.equal("of three", e.recurring(e.tenant, 3, a, again, nobody), []string{"Please clear the tray first.", "Please clear the tray first."})
		d := e.answered("C+orders@X.example", "Please clear the tray first. Please clear the tray.")
		e.indexSentences(d)
		e.equal("of three, with two addresses of one", e.recurring(e.tenant, 3, d), []string{"Please clear the tray first."})
		e.equal("of four", e.recurring(e.tenant, 4, a, b, c, d), []string{})
		s, _ := helpdesk.As[similar.SentenceIndex](e.store)
		odd, err := s.Recurring(e.ctx, e.tenant, 1, "'; --", helpdesk.TicketID(newID()))
		e.ok(err)
		e.equal("of tickets that are not there", len(odd), 0)
		e.ok(s.IndexSentences(e.ctx, e.tenant, "'; --", helpdesk.TicketID(newID())))
		e.ok(s.IndexSentences(e.ctx, e.tenant))
	})},
	{"sentences are those of solved tickets", "A ticket that is not solved, or unknown, has none.", onSentences(func(e *env) {
		a, b := e.answered("a@x.example", "Please clear the tray first."), e.answered("b@x.example", "Please clear the tray first.")
		e.indexSentences(a, b)
		e.equal("both", e.recurring(e.tenant, 2, a), []string{"Please clear the tray first."})
		e.alter(b.ID, func(t *helpdesk.Ticket) { t.Status, t.ResolvedAt = helpdesk.StatusProgress, time.Time{} })
		e.equal("that are not solved now", e.recurring(e.tenant, 1, b), []string{})
		e.indexSentences(b)
		e.equal("one left", e.recurring(e.tenant, 2, a), []string{})
		e.alter(b.ID, func(t *helpdesk.Ticket) { t.Status, t.ResolvedAt = helpdesk.StatusResolved, start })
		e.indexSentences(b)
		e.equal("solved again", e.recurring(e.tenant, 2, b), []string{"Please clear the tray first."})
		th, err := e.store.Thread(e.ctx, e.tenant, b.ID)
		e.ok(err)
		for i := range th.Messages {
			th.Messages[i].Body = ""
		}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: th.Ticket, Messages: th.Messages, Rewrite: true})
		e.equal("erased", e.recurring(e.tenant, 1, b), []string{})
		e.indexSentences(b)
		e.equal("sent to one", e.recurring(e.tenant, 2, a), []string{})
	})},
	{"sentences of tenants are apart", "No method shows or changes a row of another tenant than the one it names.", onSentences(func(e *env) {
		a := e.answered("a@x.example", "Please clear the tray first.")
		e.indexSentences(a)
		s, _ := helpdesk.As[similar.SentenceIndex](e.store)
		e.ok(s.IndexSentences(e.ctx, "other", a.ID)) // it has no such ticket
		for _, tenant := range []helpdesk.TenantID{"other", "", "ACME", "a\x00b"} {
			e.equal("sentences of another", e.recurring(tenant, 1, a), []string{})
		}
		e.equal("mine", e.recurring(e.tenant, 1, a), []string{"Please clear the tray first."})
		home := e.tenant
		e.tenant = "other"
		b := e.answered("b@x.example", "Please clear the tray first.")
		e.indexSentences(b)
		e.equal("sent by two tenants", e.recurring("other", 2, b), []string{})
		e.tenant = home
	})},
	{"customers are counted right whatever happens", sentencesNow, onSentences(func(e *env) {
		r := rand.New(rand.NewPCG(3, 9))
		reply := func() (s string) {
			for range 1 + r.IntN(3) {
				s += fmt.Sprintf("Please press button %s twice. ", pick(r, "green", "red", "blue", "black"))
			}
			return s
		}
		var all []*helpdesk.Ticket
		for range 30 {
			all = append(all, e.answered(fmt.Sprintf("c%d@x.example", r.IntN(6)), reply()))
		}
		for range 3 {
			for i := range all {
				e.alter(all[i].ID, func(t *helpdesk.Ticket) { t.Status = pick(r, helpdesk.StatusResolved, helpdesk.StatusProgress) })
				all[i] = e.get(all[i].ID)
			}
			e.indexSentences(all...)
			sent := map[string]map[string]bool{}
			of := map[helpdesk.TicketID][]string{}
			for _, t := range all {
				th, err := e.store.Thread(e.ctx, e.tenant, t.ID)
				e.ok(err)
				for _, s := range similar.SentencesOf(t, th.Messages) {
					if sent[s.Exact] == nil {
						sent[s.Exact] = map[string]bool{}
					}
					sent[s.Exact][t.Customer.Email] = true
					of[t.ID] = append(of[t.ID], s.Exact)
				}
			}
			for n := 1; n < 7; n++ {
				want := []string{}
				for _, t := range all {
					want = append(want, slices.DeleteFunc(slices.Clone(of[t.ID]), func(s string) bool { return len(sent[s]) < n })...)
				}
				e.equal(fmt.Sprint("sent to ", n), e.recurring(e.tenant, n, all...), want)
			}
		}
	})},
}
