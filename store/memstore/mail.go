package memstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

type mailKey struct {
	tenant helpdesk.TenantID
	id     string
}

// Mails implements helpdesk.Store. It reads every record and sorts. A page begins after a point in
// time.
func (s *Store) Mails(ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
	var page helpdesk.MailPage
	if err := ctx.Err(); err != nil {
		return page, err
	}
	var after store.MailCursor
	if q.After != "" {
		var err error
		if after, err = store.ParseMailCursor(q.After); err != nil {
			return page, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, m := range s.mails {
		if k.tenant == q.Tenant && q.Match(&m) && s.mailIn(q.Scope, k.tenant, &m) && (q.After == "" || after.Compare(store.MailCursorAt(&m)) < 0) {
			page.Mails = append(page.Mails, m)
		}
	}
	slices.SortFunc(page.Mails, func(a, b helpdesk.Mail) int { return store.MailCursorAt(&a).Compare(store.MailCursorAt(&b)) })
	if limit := q.PageLimit(); len(page.Mails) > limit {
		page.Mails = slices.Clone(page.Mails[:limit])
		page.Next = store.MailCursorAt(&page.Mails[limit-1]).String()
	}
	for i := range page.Mails {
		page.Mails[i] = normalMail(page.Mails[i])
	}
	return page, nil
}

// mailIn reports whether a mail belongs to a ticket in a scope.
func (s *Store) mailIn(scope *helpdesk.Scope, tenant helpdesk.TenantID, m *helpdesk.Mail) bool {
	if scope == nil {
		return true
	}
	t := s.tickets[ticketKey{tenant, m.Ticket}]
	return t != nil && scope.Has(t)
}

// putMail adds records. A record replaces one of the same ID.
func (d *draft) putMail(c *helpdesk.Change) error {
	for _, m := range c.Mail {
		if m.Ticket != "" {
			if _, ok := d.tickets.get(ticketKey{c.Tenant, m.Ticket}); !ok {
				return fmt.Errorf("mail on ticket %s: %w", m.Ticket, helpdesk.ErrNotFound)
			}
		}
		d.mails.put(mailKey{c.Tenant, m.ID}, normalMail(m))
	}
	return nil
}

// normalMail returns a copy of m with its times as databases return them.
func normalMail(m helpdesk.Mail) helpdesk.Mail {
	m.At, m.Content, m.Attachments = store.Instant(m.At), document(m.Content), attachments(m.Attachments)
	if m.Answers = slices.Clone(m.Answers); len(m.Answers) == 0 {
		m.Answers = nil
	}
	return m
}
