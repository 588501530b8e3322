package storetest_test

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// searchMutant is the reference store with an index of words that has one thing wrong.
type searchMutant struct {
	*memstore.Store
	term     func(t *helpdesk.SearchTerm) (keep bool)
	query    func(q *helpdesk.SearchQuery)
	messages func(list []helpdesk.Message) []helpdesk.Message
}

// reference hides the index.
type reference struct{ helpdesk.Store }

func (m *searchMutant) Search(ctx context.Context, q helpdesk.SearchQuery) (helpdesk.Page, error) {
	if m.query != nil {
		m.query(&q)
	}
	var terms []helpdesk.SearchTerm
	for _, t := range q.Terms {
		if m.term == nil || m.term(&t) {
			terms = append(terms, t)
		}
	}
	q.Terms = terms
	return helpdesk.Search(ctx, reference{m.Store}, q)
}

func (m *searchMutant) TicketMessages(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) (map[helpdesk.TicketID][]helpdesk.Message, error) {
	of := map[helpdesk.TicketID][]helpdesk.Message{}
	for _, id := range ids {
		th, err := m.Thread(ctx, tenant, id)
		if err != nil {
			continue
		}
		list := th.Messages
		if m.messages != nil {
			list = m.messages(list)
		} else {
			list = own(id, list)
		}
		if len(list) > 0 {
			of[id] = list
		}
	}
	return of, nil
}

func own(id helpdesk.TicketID, all []helpdesk.Message) (list []helpdesk.Message) {
	for _, m := range all {
		if m.Ticket == id {
			list = append(list, m)
		}
	}
	return list
}

var searchMutants = map[string]*searchMutant{
	"a search by whole words":          {term: func(t *helpdesk.SearchTerm) bool { t.Prefix = false; return true }},
	"a search by beginnings":           {term: func(t *helpdesk.SearchTerm) bool { t.Prefix = true; return true }},
	"a search that leaves nothing out": {term: func(t *helpdesk.SearchTerm) bool { return !t.Not }},
	"a search by all but the last":     {query: func(q *helpdesk.SearchQuery) { q.Terms = q.Terms[:max(1, len(q.Terms)-1)] }},
	"a search without fields":          {term: func(t *helpdesk.SearchTerm) bool { t.Field = ""; return true }},
	"a search of hidden words":         {query: func(q *helpdesk.SearchQuery) { q.Public = false }},
	"a search of public words":         {query: func(q *helpdesk.SearchQuery) { q.Public = true }},
	"a search in other tenants":        {query: func(q *helpdesk.SearchQuery) { q.Tenant = "acme" }},
	"a search in any order":            {query: func(q *helpdesk.SearchQuery) { q.Order = helpdesk.Oldest }},
	"a search of every customer":       {query: func(q *helpdesk.SearchQuery) { q.Customer = "" }},
	"a search without a place":         {query: func(q *helpdesk.SearchQuery) { q.After = "" }},
	"messages of merged tickets too":   {messages: func(list []helpdesk.Message) []helpdesk.Message { return list }},
	"messages without the first":       {messages: func(list []helpdesk.Message) []helpdesk.Message { return list[min(1, len(list)):] }},
}
