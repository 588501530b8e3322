package feed

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/helpdesk-go/helpdesk"
)

// scan stands in for a Store that is no helpdesk.EventStreamer. It reads all events of the tenants
// at each look and knows those that were there before. So it serves small desks, and its places are
// of use to this process alone.
type scan struct {
	desk *helpdesk.Desk
	name string // of the places

	mu    sync.Mutex
	known map[helpdesk.TenantID]map[string]bool // the ids of events by tenant
	first int                                   // the number of the first of the news
	news  []helpdesk.StreamEvent
}

// scanKeeps is how many events a scan keeps for those who come back.
const scanKeeps = 10_000

func newScan(desk *helpdesk.Desk) *scan {
	return &scan{desk: desk.As(helpdesk.Actor{}), name: rand.Text(), known: map[helpdesk.TenantID]map[string]bool{}}
}

// EventsAfter implements helpdesk.EventStreamer for some tenants. What a tenant had before it was
// first asked for is not new.
func (s *scan) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (page helpdesk.StreamPage, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.Until == "" {
		for _, tenant := range q.Tenants {
			if err := s.read(ctx, tenant); err != nil {
				return page, err
			}
		}
	}
	last := s.first + len(s.news)
	from, until := last, last
	if q.After != "" {
		from, err = s.parse(q.After)
	}
	if err == nil && q.Until != "" {
		until, err = s.parse(q.Until)
	}
	if err != nil {
		return page, err
	}
	for ; from < until && len(page.Events) < q.Limit; from++ {
		if one := s.news[from-s.first]; slices.Contains(q.Tenants, one.Tenant) {
			page.Events = append(page.Events, one)
		}
	}
	page.Next, page.More = fmt.Sprint(s.name, ".", from), from < until
	return page, nil
}

// read adds the events of a tenant that are not known to the news.
func (s *scan) read(ctx context.Context, tenant helpdesk.TenantID) error {
	known := s.known[tenant]
	all := map[string]bool{}
	var news []helpdesk.StreamEvent
	for e, err := range s.desk.ForTenant(tenant).Events(ctx, helpdesk.EventQuery{}) {
		if err != nil {
			return err
		}
		if all[e.ID] = true; known != nil && !known[e.ID] {
			news = append(news, helpdesk.StreamEvent{Tenant: tenant, Event: e})
		}
	}
	s.known[tenant] = all
	s.news = append(s.news, news...)
	if old := len(s.news) - scanKeeps; old > 0 {
		s.news, s.first = slices.Clone(s.news[old:]), s.first+old
	}
	return nil
}

func (s *scan) parse(place string) (int, error) {
	name, digits, _ := strings.Cut(place, ".")
	n, err := strconv.Atoi(digits)
	if name != s.name || err != nil || n < s.first || n > s.first+len(s.news) {
		return 0, &helpdesk.FieldError{Field: "after", Problem: "is no place of this process"}
	}
	return n, nil
}
