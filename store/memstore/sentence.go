package memstore

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// sentenceIndex is the index of the sentences that a tenant's customers were sent.
type sentenceIndex struct {
	of   map[helpdesk.TicketID]sentKeys
	sent map[similar.SentenceKey]map[similar.CustomerKey]int // tickets by customer
}

// sentKeys are the keys of the sentences of one ticket.
type sentKeys struct {
	customer similar.CustomerKey
	keys     []similar.SentenceKey
}

func (x *sentenceIndex) remove(id helpdesk.TicketID) {
	old := x.of[id]
	delete(x.of, id)
	for _, k := range old.keys {
		customers := x.sent[k]
		if customers[old.customer]--; customers[old.customer] == 0 {
			delete(customers, old.customer)
		}
		if len(customers) == 0 {
			delete(x.sent, k)
		}
	}
}

func (x *sentenceIndex) add(id helpdesk.TicketID, s sentKeys) {
	x.of[id] = s
	for _, k := range s.keys {
		if x.sent[k] == nil {
			x.sent[k] = map[similar.CustomerKey]int{}
		}
		x.sent[k][s.customer]++
	}
}

// IndexSentences implements similar.SentenceIndex.
func (s *Store) IndexSentences(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.sentences[tenant]
	if x == nil {
		x = &sentenceIndex{of: map[helpdesk.TicketID]sentKeys{}, sent: map[similar.SentenceKey]map[similar.CustomerKey]int{}}
		s.sentences[tenant] = x
	}
	sentences := s.sentencesOf(tenant, ids)
	for _, id := range ids {
		x.remove(id)
		if found := sentences[id]; len(found) > 0 {
			x.add(id, sentKeys{similar.CustomerKeyOf(s.tickets[ticketKey{tenant, id}]), similar.SentenceKeys(found)})
		}
	}
	return nil
}

// sentencesOf reads the sentences of tickets.
func (s *Store) sentencesOf(tenant helpdesk.TenantID, ids []helpdesk.TicketID) map[helpdesk.TicketID][]similar.Sentence {
	messages := map[helpdesk.TicketID][]helpdesk.Message{}
	for _, m := range s.messages[tenant] {
		if slices.Contains(ids, m.Ticket) {
			messages[m.Ticket] = append(messages[m.Ticket], m)
		}
	}
	sentences := map[helpdesk.TicketID][]similar.Sentence{}
	for id, list := range messages {
		slices.SortStableFunc(list, func(a, b helpdesk.Message) int { return a.At.Compare(b.At) })
		sentences[id] = similar.SentencesOf(s.tickets[ticketKey{tenant, id}], list)
	}
	return sentences
}

// Recurring implements similar.SentenceIndex.
func (s *Store) Recurring(ctx context.Context, tenant helpdesk.TenantID, customers int, ids ...helpdesk.TicketID) ([]similar.Sentence, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.sentences[tenant]
	if x == nil {
		return nil, nil
	}
	var found []similar.Sentence
	sentences := s.sentencesOf(tenant, ids)
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		for _, one := range sentences[id] {
			if one.Recurs(func(k similar.SentenceKey) bool {
				return slices.Contains(x.of[id].keys, k) && len(x.sent[k]) >= customers
			}) {
				found = append(found, one)
			}
		}
	}
	return found, nil
}
