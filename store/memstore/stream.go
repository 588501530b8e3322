package memstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// streamed names an event by its tenant and its number among those of the tenant.
type streamed struct {
	tenant helpdesk.TenantID
	n      int // gone when its ticket was archived
}

const gone = -1

// EventsAfter implements helpdesk.EventStreamer. A place is the number of events before it.
func (s *Store) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
	var page helpdesk.StreamPage
	if err := ctx.Err(); err != nil {
		return page, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	until := len(s.stream)
	if q.After == "" {
		page.Next = place(until)
		return page, nil
	}
	at, err := s.parsePlace("after", q.After)
	if err == nil && q.Until != "" {
		until, err = s.parsePlace("until", q.Until)
	}
	if err == nil && until < at {
		err = &helpdesk.FieldError{Field: "until", Problem: "is before after"}
	}
	if err != nil {
		return page, err
	}
	for ; at < until; at++ {
		one := s.stream[at]
		if one.n == gone || q.Tenants != nil && !slices.Contains(q.Tenants, one.tenant) {
			continue
		}
		if page.More = len(page.Events) >= q.Limit; page.More {
			break
		}
		e := s.events[one.tenant][one.n]
		e.Data = slices.Clone(e.Data)
		page.Events = append(page.Events, helpdesk.StreamEvent{Tenant: one.tenant, Event: e})
	}
	page.Next = place(at)
	return page, nil
}

func place(n int) string { return "m" + strconv.Itoa(n) }

func (s *Store) parsePlace(field, text string) (int, error) {
	digits, ok := strings.CutPrefix(text, "m")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 0 || n > len(s.stream) || place(n) != text {
		return 0, &helpdesk.FieldError{Field: field, Problem: "is no place of this store"}
	}
	return n, nil
}
