package memstore

import (
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var _ helpdesk.NoticeStore = (*Store)(nil)

// Notices implements helpdesk.NoticeStore.
func (s *Store) Notices(ctx context.Context, q helpdesk.NoticeQuery) (helpdesk.NoticePage, error) {
	var page helpdesk.NoticePage
	if err := ctx.Err(); err != nil {
		return page, err
	}
	var after store.NoticeCursor
	if q.After != "" {
		var err error
		if after, err = store.ParseNoticeCursor(q.After); err != nil {
			return page, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.notices[agentKey{q.Tenant, q.Agent}] {
		if (q.Ticket == "" || n.Ticket == q.Ticket) && !(q.Unread && n.Read) && !n.At.Before(q.Since) && (q.After == "" || after.Compare(store.NoticeCursorAt(&n)) < 0) {
			page.Notices = append(page.Notices, n)
		}
	}
	slices.SortFunc(page.Notices, func(a, b helpdesk.AgentNotice) int {
		return store.NoticeCursorAt(&a).Compare(store.NoticeCursorAt(&b))
	})
	if limit := q.PageLimit(); len(page.Notices) > limit {
		page.Notices = slices.Clone(page.Notices[:limit])
		page.Next = store.NoticeCursorAt(&page.Notices[limit-1]).String()
	}
	return page, nil
}

// CountUnread implements helpdesk.NoticeStore.
func (s *Store) CountUnread(ctx context.Context, tenant helpdesk.TenantID, since time.Time, most int, agents ...helpdesk.AgentID) (map[helpdesk.AgentID]int, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	unread := map[helpdesk.AgentID]int{}
	for _, a := range agents {
		for _, n := range s.notices[agentKey{tenant, a}] {
			if !n.Read && !n.At.Before(since) && unread[a] < most {
				unread[a]++
			}
		}
	}
	return unread, nil
}

// putNotices changes notices that were there before the Commit, and adds others.
func (d *draft) putNotices(c *helpdesk.Change) error {
	for _, e := range c.NoticeEdits {
		k := agentKey{c.Tenant, e.Agent}
		until := store.Instant(e.Until)
		old := d.notices.rows[k]
		fits := func(n helpdesk.AgentNotice) bool {
			return (e.Ticket == "" || n.Ticket == e.Ticket) && !n.At.After(until) && slices.ContainsFunc(old, func(o helpdesk.AgentNotice) bool { return same(&o, &n) })
		}
		stored, _ := d.notices.get(k)
		list := slices.Clone(stored)
		if e.Remove {
			list = slices.DeleteFunc(list, fits)
		}
		for i := range list {
			list[i].Read = list[i].Read || !e.Remove && fits(list[i])
		}
		d.notices.put(k, list)
	}
	for _, n := range c.Notices {
		n.At = store.Instant(n.At)
		k := agentKey{c.Tenant, n.Agent}
		list, _ := d.notices.get(k)
		if !slices.ContainsFunc(list, func(o helpdesk.AgentNotice) bool { return same(&o, &n) }) {
			d.notices.put(k, append(slices.Clip(list), n))
		}
	}
	return nil
}

// same reports whether two notices of one agent have one place in the store.
func same(a, b *helpdesk.AgentNotice) bool { return a.ID == b.ID && a.At.Equal(b.At) }
