package storetest_test

import (
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func (m *mutant) Notices(ctx context.Context, q helpdesk.NoticeQuery) (helpdesk.NoticePage, error) {
	if m.notice != nil {
		m.notice(&q)
	}
	page, err := m.Store.Notices(ctx, q)
	if err == nil && m.notices != nil {
		m.notices(&page)
	}
	return page, err
}

func (m *mutant) CountUnread(ctx context.Context, tenant helpdesk.TenantID, since time.Time, most int, agents ...helpdesk.AgentID) (map[helpdesk.AgentID]int, error) {
	if m.unread != nil {
		m.unread(&tenant, &since, &most)
	}
	return m.Store.CountUnread(ctx, tenant, since, most, agents...)
}

// noted is a mutant that does something else to notices than it is told to.
func noted(add func(*helpdesk.AgentNotice), edit func(*helpdesk.NoticeEdit)) mutant {
	return mutant{change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		c.Notices, c.NoticeEdits = slices.Clone(c.Notices), slices.Clone(c.NoticeEdits)
		for i := range c.Notices {
			if add != nil {
				add(&c.Notices[i])
			}
		}
		for i := range c.NoticeEdits {
			if edit != nil {
				edit(&c.NoticeEdits[i])
			}
		}
	}}
}

var noticeMutants = map[string]mutant{
	"notices of any tenant":            {notice: func(q *helpdesk.NoticeQuery) { q.Tenant = "acme" }},
	"notices of any ticket":            {notice: func(q *helpdesk.NoticeQuery) { q.Ticket = "" }},
	"notices that were read as well":   {notice: func(q *helpdesk.NoticeQuery) { q.Unread = false }},
	"notices of any time":              {notice: func(q *helpdesk.NoticeQuery) { q.Since = time.Time{} }},
	"the cursor of notices is ignored": {notice: func(q *helpdesk.NoticeQuery) { q.After = "" }},
	"one page of notices is all":       {notices: func(page *helpdesk.NoticePage) { page.Next = "" }},
	"earliest notice first":            {notices: func(page *helpdesk.NoticePage) { slices.Reverse(page.Notices) }},
	"notices without their doer":       noted(func(n *helpdesk.AgentNotice) { n.By = "" }, nil),
	"notices are never urgent":         noted(func(n *helpdesk.AgentNotice) { n.Urgent = false }, nil),
	"a notice that comes again is another": noted(func() func(n *helpdesk.AgentNotice) {
		number := 0
		return func(n *helpdesk.AgentNotice) {
			number++
			n.At = n.At.Add(time.Duration(number) * time.Microsecond)
		}
	}(), nil),
	"one ticket's notices read are all":  noted(nil, func(e *helpdesk.NoticeEdit) { e.Ticket = "" }),
	"notices that nobody saw are read":   noted(nil, func(e *helpdesk.NoticeEdit) { e.Until = e.Until.Add(time.Hour) }),
	"removed notices are only read":      noted(nil, func(e *helpdesk.NoticeEdit) { e.Remove = false }),
	"notices that are read are removed":  noted(nil, func(e *helpdesk.NoticeEdit) { e.Remove = true }),
	"unread notices of any tenant":       {unread: func(tenant *helpdesk.TenantID, _ *time.Time, _ *int) { *tenant = "acme" }},
	"unread notices of any time counted": {unread: func(_ *helpdesk.TenantID, since *time.Time, _ *int) { *since = time.Time{} }},
	"unread notices counted to the end":  {unread: func(_ *helpdesk.TenantID, _ *time.Time, most *int) { *most = 1000 }},
}
