package storetest_test

import (
	"context"
	"slices"
	"sync"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// many is what a mutant does for several tenants at once. A hook that is nil does what is right.
type many struct {
	mu      sync.Mutex
	held    map[string]bool // by name and tenant
	query   func(q *helpdesk.Query)
	page    func(page *helpdesk.Page)
	loads   func(loads []map[helpdesk.AgentID]helpdesk.Load)
	setting func(q *helpdesk.SettingQuery)
	key     func(name string, tenant helpdesk.TenantID) string
	all     bool // takes all locks
	kept    bool // unlock gives back the first lock alone
}

// manyMutant is a mutant that reads and locks for several tenants at once.
type manyMutant struct {
	*memstore.Store
	*many
}

func (m *manyMutant) TicketsOf(ctx context.Context, qs ...helpdesk.Query) (pages []helpdesk.Page, err error) {
	for _, q := range qs {
		if m.query != nil {
			m.query(&q)
		}
		page, err := m.Tickets(ctx, q)
		if err != nil {
			return nil, err
		}
		if m.page != nil {
			m.page(&page)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func (m *manyMutant) LoadsOf(ctx context.Context, tenants ...helpdesk.TenantID) (all []map[helpdesk.AgentID]helpdesk.Load, err error) {
	for _, tenant := range tenants {
		loads, err := m.Loads(ctx, tenant)
		if err != nil {
			return nil, err
		}
		all = append(all, loads)
	}
	if m.loads != nil {
		m.loads(all)
	}
	return all, nil
}

func (m *manyMutant) SettingsOf(ctx context.Context, qs ...helpdesk.SettingQuery) (lists [][]helpdesk.Setting, err error) {
	for _, q := range qs {
		if m.setting != nil {
			m.setting(&q)
		}
		list, err := m.Settings(ctx, q)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

func (m *manyMutant) TryLocks(_ context.Context, name string, tenants ...helpdesk.TenantID) (taken []helpdesk.TenantID, unlock func(), err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := func(tenant helpdesk.TenantID) string {
		if m.key != nil {
			return m.key(name, tenant)
		}
		return name + "/" + string(tenant)
	}
	for _, tenant := range tenants {
		if m.all || !m.held[key(tenant)] {
			m.held[key(tenant)] = true
			taken = append(taken, tenant)
		}
	}
	back := slices.Clone(taken)
	if m.kept {
		back = back[:min(1, len(back))]
	}
	return taken, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, tenant := range back {
			delete(m.held, key(tenant))
		}
	}, nil
}

var manyMutants = map[string]*many{
	"tickets of one tenant for all": {query: func(q *helpdesk.Query) { q.Tenant = "acme" }},
	"queues without a limit":        {query: func(q *helpdesk.Query) { q.Limit = 1000 }},
	"queues from their begin":       {query: func(q *helpdesk.Query) { q.After = "" }},
	"queues of any status":          {query: func(q *helpdesk.Query) { q.Status = nil }},
	"queues in no order":            {page: func(page *helpdesk.Page) { slices.Reverse(page.Tickets) }},
	"queues without an end":         {page: func(page *helpdesk.Page) { page.Next = "" }},
	"loads of one tenant for all":   {loads: func(all []map[helpdesk.AgentID]helpdesk.Load) { all[1] = all[0] }},
	"settings of one for all":       {setting: func(q *helpdesk.SettingQuery) { q.Tenant = "t1" }},
	"settings of any age":           {setting: func(q *helpdesk.SettingQuery) { q.Below = 0 }},
	"settings of every age":         {setting: func(q *helpdesk.SettingQuery) { q.Limit = 0 }},
	"locks that are not free":       {all: true},
	"locks for all tenants":         {key: func(name string, _ helpdesk.TenantID) string { return name }},
	"locks of any name":             {key: func(_ string, tenant helpdesk.TenantID) string { return string(tenant) }},
	"locks that stay":               {kept: true},
}
