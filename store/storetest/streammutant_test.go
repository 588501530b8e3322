package storetest_test

import (
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// asked is a mutant that is asked for other events than the caller asks for.
func asked(change func(q *helpdesk.StreamQuery)) mutant {
	return mutant{after: func(s *memstore.Store, ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
		change(&q)
		return s.EventsAfter(ctx, q)
	}}
}

// told is a mutant that changes the pages it returns.
func told(change func(q helpdesk.StreamQuery, page *helpdesk.StreamPage)) mutant {
	return mutant{after: func(s *memstore.Store, ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
		page, err := s.EventsAfter(ctx, q)
		if err == nil {
			change(q, &page)
		}
		return page, err
	}}
}

var streamMutants = map[string]mutant{
	"new events of any tenant":   asked(func(q *helpdesk.StreamQuery) { q.Tenants = nil }),
	"new events of one tenant":   asked(func(q *helpdesk.StreamQuery) { q.Tenants = []helpdesk.TenantID{"acme"} }),
	"new events of a few":        asked(func(q *helpdesk.StreamQuery) { q.Tenants = q.Tenants[:min(1, len(q.Tenants))] }),
	"new events up to now":       asked(func(q *helpdesk.StreamQuery) { q.Until = "" }),
	"new events without a limit": asked(func(q *helpdesk.StreamQuery) { q.Limit = 1 << 20 }),
	"an event behind the page is lost": told(func(q helpdesk.StreamQuery, page *helpdesk.StreamPage) {
		if n := len(page.Events); page.More && n > 1 {
			page.Events = page.Events[:n-1]
		}
	}),
	"a page comes twice": {after: func(s *memstore.Store, ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
		page, err := s.EventsAfter(ctx, q)
		if page.More && len(page.Events) > 1 { // the first of the next page is the last of this one
			q.Limit = len(page.Events) - 1
			again, _ := s.EventsAfter(ctx, q)
			page.Next = again.Next
		}
		return page, err
	}},
	"a page that is cut off is the last": told(func(_ helpdesk.StreamQuery, page *helpdesk.StreamPage) { page.More = false }),
	"pages without an end":               told(func(_ helpdesk.StreamQuery, page *helpdesk.StreamPage) { page.More = true }),
	"the present is the start": told(func(q helpdesk.StreamQuery, page *helpdesk.StreamPage) {
		if q.After == "" {
			page.Next = "m0"
		}
	}),
	"the latest come first": told(func(_ helpdesk.StreamQuery, page *helpdesk.StreamPage) { slices.Reverse(page.Events) }),
	"what cannot be read is the present": {after: func(s *memstore.Store, ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
		page, err := s.EventsAfter(ctx, q)
		if err != nil {
			return s.EventsAfter(ctx, helpdesk.StreamQuery{Limit: 1})
		}
		return page, nil
	}},
	"new events in seconds": told(func(_ helpdesk.StreamQuery, page *helpdesk.StreamPage) {
		for i := range page.Events {
			page.Events[i].Event.At = page.Events[i].Event.At.Truncate(1e9)
		}
	}),
	"new events without data": told(func(_ helpdesk.StreamQuery, page *helpdesk.StreamPage) {
		for i := range page.Events {
			page.Events[i].Event.Data = nil
		}
	}),
	"a rewritten event is new": {commit: func(s *memstore.Store, ctx context.Context, changes []*helpdesk.Change) error {
		err := s.Commit(ctx, changes...)
		for _, c := range changes {
			if err == nil && c.Rewrite {
				err = s.Commit(ctx, &helpdesk.Change{Tenant: c.Tenant, Events: c.Events})
			}
		}
		return err
	}},
	"a refused change is told": {commit: func(s *memstore.Store, ctx context.Context, changes []*helpdesk.Change) error {
		err := s.Commit(ctx, changes...)
		if err != nil {
			_ = s.Commit(ctx, &helpdesk.Change{Tenant: changes[0].Tenant, Events: changes[0].Events})
		}
		return err
	}},
}
