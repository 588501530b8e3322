package memstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
)

var _ archive.Store = (*Store)(nil)

// archived is what is left of a ticket in an archive.
type archived struct {
	fact   *report.Fact
	file   helpdesk.BlobID
	people []string
}

// Records implements archive.Store.
func (s *Store) Records(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) ([]archive.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.records(tenant, ids)
}

func (s *Store) records(tenant helpdesk.TenantID, ids []helpdesk.TicketID) (list []archive.Record, err error) {
	for _, id := range ids {
		t := s.tickets[ticketKey{tenant, id}]
		if t == nil {
			return nil, fmt.Errorf("ticket %s: %w", id, helpdesk.ErrNotFound)
		}
		r := archive.Record{Ticket: *t.Clone()}
		for _, m := range s.messages[tenant] {
			if m.Ticket == id {
				r.Messages = append(r.Messages, normalMessage(m))
			}
		}
		for _, e := range s.events[tenant] {
			if e.Ticket == id {
				r.Events = append(r.Events, normalEvent(e))
			}
		}
		for k, m := range s.mails {
			if k.tenant == tenant && m.Ticket == id {
				r.Mails = append(r.Mails, normalMail(m))
			}
		}
		slices.SortStableFunc(r.Messages, func(a, b helpdesk.Message) int { return a.At.Compare(b.At) })
		slices.SortStableFunc(r.Events, func(a, b helpdesk.Event) int { return a.At.Compare(b.At) })
		slices.SortFunc(r.Mails, func(a, b helpdesk.Mail) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
		list = append(list, r)
	}
	return list, nil
}

// Archive implements archive.Store.
func (s *Store) Archive(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := check(c); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []helpdesk.TicketID
	for i := range records {
		if err := records[i].Check(); err != nil {
			return err
		}
		ids = append(ids, records[i].Ticket.ID)
	}
	stored, err := s.records(c.Tenant, ids)
	if err != nil || !reflect.DeepEqual(stored, records) {
		return fmt.Errorf("the tickets are not stored like this: %w", helpdesk.ErrConflict)
	}
	d := s.draft()
	if err := d.add(c); err != nil {
		return err
	}
	d.settle(s)
	s.remove(c.Tenant, ids)
	for i := range records {
		r := &records[i]
		s.archived[ticketKey{c.Tenant, r.Ticket.ID}] = archived{r.Fact(), file, r.People()}
	}
	return nil
}

// remove takes tickets out, with all that belongs to them. The numbers of the tenant's other events
// change, so those in the stream do too.
func (s *Store) remove(tenant helpdesk.TenantID, ids []helpdesk.TicketID) {
	for _, id := range ids {
		k := ticketKey{tenant, id}
		delete(s.refs, refKey{tenant, s.tickets[k].Ref})
		delete(s.tickets, k)
		delete(s.merged, k)
		if x := s.solved[tenant]; x != nil {
			x.remove(id)
		}
		if x := s.sentences[tenant]; x != nil {
			x.remove(id)
		}
	}
	s.messages[tenant] = slices.DeleteFunc(slices.Clone(s.messages[tenant]), func(m helpdesk.Message) bool { return slices.Contains(ids, m.Ticket) })
	maps.DeleteFunc(s.mails, func(k mailKey, m helpdesk.Mail) bool { return k.tenant == tenant && slices.Contains(ids, m.Ticket) })
	var left []helpdesk.Event
	place := map[int]int{}
	for i, e := range s.events[tenant] {
		if !slices.Contains(ids, e.Ticket) {
			place[i] = len(left)
			left = append(left, e)
		}
	}
	s.events[tenant] = left
	for i := range s.stream {
		if one := &s.stream[i]; one.tenant == tenant && one.n >= 0 {
			if n, ok := place[one.n]; ok {
				one.n = n
			} else {
				one.n = gone
			}
		}
	}
}

// Restore implements archive.Store.
func (s *Store) Restore(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := check(c); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range records {
		t := &records[i].Ticket
		if a, ok := s.archived[ticketKey{c.Tenant, t.ID}]; !ok || a.file != file {
			return fmt.Errorf("ticket %s is not archived in file %s: %w", t.ID, file, helpdesk.ErrConflict)
		}
		if _, taken := s.refs[refKey{c.Tenant, t.Ref}]; taken {
			return fmt.Errorf("reference %s is in use: %w", t.Ref, helpdesk.ErrConflict)
		}
	}
	d := s.draft()
	if err := d.add(c); err != nil {
		return err
	}
	d.settle(s)
	for i := range records {
		r := &records[i]
		k := ticketKey{c.Tenant, r.Ticket.ID}
		delete(s.archived, k)
		s.tickets[k] = normal(&r.Ticket)
		s.refs[refKey{c.Tenant, r.Ticket.Ref}] = r.Ticket.ID
		if r.Ticket.MergedInto != "" {
			s.merged[k] = true
		}
		for _, m := range r.Messages {
			s.messages[c.Tenant] = append(s.messages[c.Tenant], normalMessage(m))
		}
		for _, e := range r.Events {
			s.events[c.Tenant] = append(s.events[c.Tenant], normalEvent(e))
		}
		for _, m := range r.Mails {
			s.mails[mailKey{c.Tenant, m.ID}] = normalMail(m)
		}
	}
	return nil
}

// Facts implements report.FactReader.
func (s *Store) Facts(ctx context.Context, tenant helpdesk.TenantID, p report.Period) iter.Seq2[*report.Fact, error] {
	return func(yield func(*report.Fact, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(nil, err)
			return
		}
		s.mu.Lock()
		var facts []*report.Fact
		q := helpdesk.Query{Tenant: tenant, From: p.From, To: p.To}
		for _, a := range s.archived {
			if t := &a.fact.Ticket; q.Match(t) {
				facts = append(facts, report.FactOf(t, a.fact.Events)) // a copy
			}
		}
		s.mu.Unlock()
		for _, f := range facts {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// ArchivedWith implements archive.Store.
func (s *Store) ArchivedWith(ctx context.Context, tenant helpdesk.TenantID, email string) ([]helpdesk.BlobID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	files := map[helpdesk.BlobID]bool{}
	for k, a := range s.archived {
		if k.tenant == tenant && slices.Contains(a.people, archive.PersonKey(tenant, email)) {
			files[a.file] = true
		}
	}
	return slices.Sorted(maps.Keys(files)), nil
}

// Tenants implements archive.Store.
func (s *Store) Tenants(ctx context.Context, before time.Time, after *helpdesk.TenantID, limit int) ([]helpdesk.TenantID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	tenants := map[helpdesk.TenantID]bool{}
	for k, t := range s.tickets {
		if t.CreatedAt.Before(before) && (after == nil || k.tenant > *after) {
			tenants[k.tenant] = true
		}
	}
	list := slices.Sorted(maps.Keys(tenants))
	return list[:min(limit, len(list))], nil
}
