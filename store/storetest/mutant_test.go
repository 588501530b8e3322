package storetest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

// mutant is the reference store with one thing wrong. A hook that is nil does what is right.
type mutant struct {
	*memstore.Store
	ticket       func(*memstore.Store, context.Context, helpdesk.TenantID, helpdesk.TicketID) (*helpdesk.Ticket, error)
	tickets      func(*memstore.Store, context.Context, helpdesk.Query) (helpdesk.Page, error)
	thread       func(*helpdesk.Thread)
	settings     func(*memstore.Store, context.Context, helpdesk.SettingQuery) ([]helpdesk.Setting, error)
	several      func([]helpdesk.SettingQuery, [][]helpdesk.Setting) [][]helpdesk.Setting
	commit       func(*memstore.Store, context.Context, []*helpdesk.Change) error
	change       func(*memstore.Store, context.Context, *helpdesk.Change)
	lease        func(*memstore.Store, context.Context, time.Time, time.Duration, int) ([]helpdesk.Task, error)
	except       func([]helpdesk.TaskGroup) []helpdesk.TaskGroup
	renew        func(*memstore.Store, context.Context, time.Time, []helpdesk.Task) error
	loads        func(map[helpdesk.AgentID]helpdesk.Load)
	mails        func(*memstore.Store, context.Context, helpdesk.MailQuery) (helpdesk.MailPage, error)
	index        func(*memstore.Store, context.Context, helpdesk.TenantID, []helpdesk.TicketID) error
	after        func(*memstore.Store, context.Context, helpdesk.StreamQuery) (helpdesk.StreamPage, error)
	recur        func(*memstore.Store, context.Context, helpdesk.TenantID, int, []helpdesk.TicketID) ([]similar.Sentence, error)
	archive      exchange
	restore      exchange
	asked        func(*helpdesk.CustomerQuery)
	customers    func(*helpdesk.CustomerPage)
	organisation func(*helpdesk.OrganisationQuery)
	notice       func(*helpdesk.NoticeQuery)
	notices      func(*helpdesk.NoticePage)
	unread       func(*helpdesk.TenantID, *time.Time, *int)
	facts        func(helpdesk.TenantID, report.Period) (helpdesk.TenantID, report.Period)
}

func (m *mutant) IndexSentences(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error {
	if m.index != nil {
		return m.index(m.Store, ctx, tenant, ids)
	}
	return m.Store.IndexSentences(ctx, tenant, ids...)
}

func (m *mutant) Recurring(ctx context.Context, tenant helpdesk.TenantID, customers int, ids ...helpdesk.TicketID) ([]similar.Sentence, error) {
	if m.recur != nil {
		return m.recur(m.Store, ctx, tenant, customers, ids)
	}
	return m.Store.Recurring(ctx, tenant, customers, ids...)
}

func (m *mutant) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
	if m.after != nil {
		return m.after(m.Store, ctx, q)
	}
	return m.Store.EventsAfter(ctx, q)
}

func (m *mutant) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	if m.ticket != nil {
		return m.ticket(m.Store, ctx, tenant, id)
	}
	return m.Store.Ticket(ctx, tenant, id)
}

func (m *mutant) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	if m.tickets != nil {
		return m.tickets(m.Store, ctx, q)
	}
	return m.Store.Tickets(ctx, q)
}

func (m *mutant) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	th, err := m.Store.Thread(ctx, tenant, id)
	if err == nil && m.thread != nil {
		m.thread(th)
	}
	return th, err
}

func (m *mutant) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	if m.settings != nil {
		return m.settings(m.Store, ctx, q)
	}
	return m.Store.Settings(ctx, q)
}

// SettingsOf makes every mutant a SettingsReader, which the reference store is not.
func (m *mutant) SettingsOf(ctx context.Context, qs ...helpdesk.SettingQuery) ([][]helpdesk.Setting, error) {
	lists := make([][]helpdesk.Setting, len(qs))
	for i, q := range qs {
		var err error
		if lists[i], err = m.Settings(ctx, q); err != nil {
			return nil, err
		}
	}
	if m.several != nil {
		lists = m.several(qs, lists)
	}
	return lists, nil
}

func (m *mutant) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if m.commit != nil {
		return m.commit(m.Store, ctx, changes)
	}
	if m.change != nil {
		copies := make([]*helpdesk.Change, len(changes))
		for i, c := range changes {
			one := *c
			if c.Ticket != nil {
				one.Ticket = c.Ticket.Clone()
			}
			one.Messages, one.Events, one.Loads = slices.Clone(c.Messages), slices.Clone(c.Events), slices.Clone(c.Loads)
			one.Settings, one.Once = slices.Clone(c.Settings), slices.Clone(c.Once)
			one.Done, one.Tasks, one.Mail = slices.Clone(c.Done), slices.Clone(c.Tasks), slices.Clone(c.Mail)
			m.change(m.Store, ctx, &one)
			copies[i] = &one
		}
		changes = copies
	}
	return m.Store.Commit(ctx, changes...)
}

func (m *mutant) Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...helpdesk.TaskGroup) ([]helpdesk.Task, error) {
	if m.except != nil {
		except = m.except(except)
	}
	if m.lease != nil {
		return m.lease(m.Store, ctx, now, d, limit)
	}
	return m.Store.Lease(ctx, now, d, limit, except...)
}

func (m *mutant) Renew(ctx context.Context, until time.Time, tasks ...helpdesk.Task) error {
	if m.renew != nil {
		return m.renew(m.Store, ctx, until, tasks)
	}
	return m.Store.Renew(ctx, until, tasks...)
}

func (m *mutant) Loads(ctx context.Context, tenant helpdesk.TenantID) (map[helpdesk.AgentID]helpdesk.Load, error) {
	loads, err := m.Store.Loads(ctx, tenant)
	if m.loads != nil {
		m.loads(loads)
	}
	return loads, err
}

func (m *mutant) Mails(ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
	if m.mails != nil {
		return m.mails(m.Store, ctx, q)
	}
	return m.Store.Mails(ctx, q)
}

// query is a mutant that asks for other mails than it is asked for.
func query(change func(q *helpdesk.MailQuery)) mutant {
	return mutant{mails: func(s *memstore.Store, ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
		change(&q)
		return s.Mails(ctx, q)
	}}
}

// answer is a mutant that answers other than it found.
func answer(change func(page *helpdesk.MailPage)) mutant {
	return mutant{mails: func(s *memstore.Store, ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
		page, err := s.Mails(ctx, q)
		change(&page)
		return page, err
	}}
}

// rewritten is a mutant that rewrites something else than it is told to.
func rewritten(change func(s *memstore.Store, ctx context.Context, c *helpdesk.Change)) mutant {
	return mutant{change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if c.Rewrite && c.Ticket != nil {
			change(s, ctx, c)
		}
	}}
}

// everywhere asks for a tenant's thing in all tenants of the cases.
var everywhere = []helpdesk.TenantID{"acme", "other", "", "ACME"}

var mutants = map[string]mutant{
	"a ticket of any tenant": {ticket: func(s *memstore.Store, ctx context.Context, _ helpdesk.TenantID, id helpdesk.TicketID) (t *helpdesk.Ticket, err error) {
		for _, tenant := range everywhere {
			if t, err = s.Ticket(ctx, tenant, id); err == nil {
				break
			}
		}
		return t, err
	}},
	"tickets of any tenant": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		q.Tenant = "acme"
		return s.Tickets(ctx, q)
	}},
	"tickets of any scope": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		q.Scope = nil
		return s.Tickets(ctx, q)
	}},
	"scopes without what an agent holds": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		if q.Scope != nil {
			q.Scope = &helpdesk.Scope{Categories: q.Scope.Categories}
		}
		return s.Tickets(ctx, q)
	}},
	"scopes without categories": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		if q.Scope != nil {
			q.Scope = &helpdesk.Scope{Assignee: q.Scope.Assignee}
		}
		return s.Tickets(ctx, q)
	}},
	"settings of any tenant": {settings: func(s *memstore.Store, ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
		q.Tenant = "acme"
		return s.Settings(ctx, q)
	}},
	"settings without a history": {settings: func(s *memstore.Store, ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
		q.Key = ""
		return s.Settings(ctx, q)
	}},
	"a history without limits": {settings: func(s *memstore.Store, ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
		q.Below, q.Limit = 0, 0
		return s.Settings(ctx, q)
	}},
	"clocks that stay are lost": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		if c.SameClocks {
			c.Ticket.Clocks = nil
		}
	}},
	"several settings without the queries that find none": {several: func(_ []helpdesk.SettingQuery, lists [][]helpdesk.Setting) [][]helpdesk.Setting {
		return slices.DeleteFunc(lists, func(found []helpdesk.Setting) bool { return len(found) == 0 })
	}},
	"several settings of which one history is whole": {several: func(qs []helpdesk.SettingQuery, lists [][]helpdesk.Setting) [][]helpdesk.Setting {
		for i, q := range qs {
			for j, other := range qs {
				if q.Limit > 0 && other.Kind == q.Kind && other.Key == "" && len(lists[i]) > 0 {
					lists[i] = lists[j]
				}
			}
		}
		return lists
	}},
	"several settings of the last query alone": {several: func(_ []helpdesk.SettingQuery, lists [][]helpdesk.Setting) [][]helpdesk.Setting {
		for i := range lists {
			lists[i] = lists[len(lists)-1]
		}
		return lists
	}},
	"links stay": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if c.Ticket != nil && len(c.Ticket.Links) == 0 {
			if stored, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
				c.Ticket.Links = stored.Links
			}
		}
	}},
	"no version check": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if c.Ticket != nil {
			if stored, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
				c.Ticket.Version = stored.Version
			}
		}
	}},
	"no lease check": {change: func(s *memstore.Store, _ context.Context, c *helpdesk.Change) {
		for _, t := range c.Done {
			c.Tasks = append([]helpdesk.Task{{Kind: t.Kind, Key: t.Key}}, c.Tasks...)
		}
		c.Done = nil
	}},
	"no capacity check": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		for i := range c.Loads {
			c.Loads[i].Capacity = 0
		}
	}},
	"keys are used again": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) { c.Once = nil }},
	"settings are not purged": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		for i := range c.Settings {
			c.Settings[i].Purge = 0
		}
	}},
	"settings without versions": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		for i := range c.Settings {
			current, _ := s.Settings(ctx, helpdesk.SettingQuery{Tenant: c.Tenant, Kind: c.Settings[i].Kind})
			for _, g := range current {
				if g.Key == c.Settings[i].Key {
					c.Settings[i].Version = g.Version
				}
			}
		}
	}},
	"one change at a time": {commit: func(s *memstore.Store, ctx context.Context, changes []*helpdesk.Change) error {
		for _, c := range changes {
			if err := s.Commit(ctx, c); err != nil {
				return err
			}
		}
		return nil
	}},
	"seconds only": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		if c.Ticket != nil {
			c.Ticket.CreatedAt = c.Ticket.CreatedAt.Truncate(time.Second)
		}
	}},
	"clocks pile up": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if c.Ticket != nil {
			if stored, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
				c.Ticket.Clocks = append(stored.Clocks, c.Ticket.Clocks...)
			}
		}
	}},
	"a cursor of other filters is ignored": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		filters := fmt.Sprint(q.IDs)
		if from, after, written := strings.Cut(q.After, ":"); written {
			if q.After = after; from != fmt.Sprintf("%x", filters) {
				q.After = ""
			}
		}
		page, err := s.Tickets(ctx, q)
		if page.Next != "" {
			page.Next = fmt.Sprintf("%x:%s", filters, page.Next)
		}
		return page, err
	}},
	"the cursor is ignored": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		q.After = ""
		return s.Tickets(ctx, q)
	}},
	"one page is all": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		page, err := s.Tickets(ctx, q)
		page.Next = ""
		return page, err
	}},
	"always newest first": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		q.Order = helpdesk.Newest
		return s.Tickets(ctx, q)
	}},
	"tags do not filter": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		q.Tag = ""
		return s.Tickets(ctx, q)
	}},
	"merged messages are lost": {thread: func(th *helpdesk.Thread) {
		th.Messages = slices.DeleteFunc(th.Messages, func(m helpdesk.Message) bool { return m.Ticket != th.Ticket.ID })
	}},
	"newest message first": {thread: func(th *helpdesk.Thread) { slices.Reverse(th.Messages) }},
	"leases for ever and one by one": {lease: func(s *memstore.Store, ctx context.Context, now time.Time, _ time.Duration, _ int) ([]helpdesk.Task, error) {
		return s.Lease(ctx, now, 1e6*time.Hour, 1)
	}},
	"leases for no time": {lease: func(s *memstore.Store, ctx context.Context, now time.Time, _ time.Duration, limit int) ([]helpdesk.Task, error) {
		return s.Lease(ctx, now, 0, limit)
	}},
	"leases too early": {lease: func(s *memstore.Store, ctx context.Context, now time.Time, d time.Duration, limit int) ([]helpdesk.Task, error) {
		return s.Lease(ctx, now.Add(time.Second), d, limit)
	}},
	"leases what is excepted": {except: func([]helpdesk.TaskGroup) []helpdesk.TaskGroup { return nil }},
	"excepts the kind of every tenant": {except: func(groups []helpdesk.TaskGroup) []helpdesk.TaskGroup {
		groups = slices.Clone(groups)
		for i := range groups {
			groups[i].AllTenants = true
		}
		return groups
	}},
	"excepts the kind of one tenant alone": {except: func(groups []helpdesk.TaskGroup) []helpdesk.TaskGroup {
		groups = slices.Clone(groups)
		for i := range groups {
			groups[i].AllTenants = false
		}
		return groups
	}},
	"renews nothing": {renew: func(*memstore.Store, context.Context, time.Time, []helpdesk.Task) error { return nil }},
	"renews the first alone": {renew: func(s *memstore.Store, ctx context.Context, until time.Time, tasks []helpdesk.Task) error {
		return s.Renew(ctx, until, tasks[:1]...)
	}},
	"renewing moves the task": {renew: func(s *memstore.Store, ctx context.Context, until time.Time, tasks []helpdesk.Task) error {
		for _, t := range tasks {
			t.DueAt = until
			if err := s.Commit(ctx, &helpdesk.Change{Tenant: t.Tenant, Tasks: []helpdesk.Task{t}}); err != nil {
				return err
			}
		}
		return nil
	}},
	"one token for all": {lease: func(s *memstore.Store, ctx context.Context, now time.Time, d time.Duration, limit int) ([]helpdesk.Task, error) {
		tasks, err := s.Lease(ctx, now, d, limit)
		for i := range tasks {
			tasks[i].Token = 1
		}
		return tasks, err
	}},
	"the dead rise": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		for i := range c.Tasks {
			c.Tasks[i].Dead = false
		}
	}},
	"the dead lose their token": {commit: func(s *memstore.Store, ctx context.Context, changes []*helpdesk.Change) error {
		err := s.Commit(ctx, changes...)
		for i := 0; err == nil && i < len(changes); i++ {
			dead := slices.DeleteFunc(slices.Clone(changes[i].Tasks), func(t helpdesk.Task) bool { return !t.Dead })
			err = s.Commit(ctx, &helpdesk.Change{Tenant: changes[i].Tenant, Tasks: dead})
		}
		return err
	}},
	"errors of tasks are lost": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		for i := range c.Tasks {
			c.Tasks[i].Error = ""
		}
	}},
	"loads forget": {loads: func(loads map[helpdesk.AgentID]helpdesk.Load) { delete(loads, "ana") }},
	"unknown tickets get messages": {commit: func(s *memstore.Store, ctx context.Context, changes []*helpdesk.Change) error {
		if err := s.Commit(ctx, changes...); err != helpdesk.ErrNotFound && changes[0].Ticket != nil {
			return err
		}
		return nil
	}},
}

// sentenceMutants are wrong about sentences that recur.
var sentenceMutants = map[string]mutant{
	"sentences of any tenant": {recur: func(s *memstore.Store, ctx context.Context, _ helpdesk.TenantID, n int, ids []helpdesk.TicketID) ([]similar.Sentence, error) {
		return s.Recurring(ctx, "acme", n, ids...)
	}},
	"one customer less is enough": {recur: func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, n int, ids []helpdesk.TicketID) ([]similar.Sentence, error) {
		return s.Recurring(ctx, tenant, n-1, ids...)
	}},
	"sentences as they stand, whoever was sent them": {recur: func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, n int, ids []helpdesk.TicketID) ([]similar.Sentence, error) {
		found, err := s.Recurring(ctx, tenant, n, ids...)
		for i := range found {
			found[i].ExactKey = max(found[i].ExactKey, 1)
		}
		return found, err
	}},
	"sentences of tickets in any order": {recur: func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, n int, ids []helpdesk.TicketID) ([]similar.Sentence, error) {
		slices.Sort(ids)
		return s.Recurring(ctx, tenant, n, ids...)
	}},
	"sentences stay when a ticket is opened again": {index: func(s *memstore.Store, ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.TicketID) error {
		return s.IndexSentences(ctx, tenant, slices.DeleteFunc(ids, func(id helpdesk.TicketID) bool {
			t, err := s.Ticket(ctx, tenant, id)
			return err == nil && !t.IsSolved()
		})...)
	}},
}

// mailMutants are wrong about mails, about what messages hold besides text, and about rewriting.
var mailMutants = map[string]mutant{
	"mails of any tenant":        query(func(q *helpdesk.MailQuery) { q.Tenant = "acme" }),
	"ids of mails do not filter": query(func(q *helpdesk.MailQuery) { q.IDs = nil }),
	"Message-IDs do not filter":  query(func(q *helpdesk.MailQuery) { q.MessageIDs = nil }),
	"one Message-ID filters":     query(func(q *helpdesk.MailQuery) { q.MessageIDs = q.MessageIDs[:min(1, len(q.MessageIDs))] }),
	"addresses do not filter":    query(func(q *helpdesk.MailQuery) { q.Address = "" }),
	"addresses in any case":      query(func(q *helpdesk.MailQuery) { q.Address = strings.ToLower(q.Address) }),
	"tickets do not filter":      query(func(q *helpdesk.MailQuery) { q.Ticket = "" }),
	"outcomes do not filter":     query(func(q *helpdesk.MailQuery) { q.Outcome = nil }),
	"mails of any scope":         query(func(q *helpdesk.MailQuery) { q.Scope = nil }),
	"one outcome filters":        query(func(q *helpdesk.MailQuery) { q.Outcome = q.Outcome[:min(1, len(q.Outcome))] }),
	"notices do not filter":      query(func(q *helpdesk.MailQuery) { q.Notice = nil }),
	"times do not filter":        query(func(q *helpdesk.MailQuery) { q.Since = time.Time{} }),
	"later than since":           query(func(q *helpdesk.MailQuery) { q.Since = q.Since.Add(time.Microsecond) }),
	"pages of mails of any size": query(func(q *helpdesk.MailQuery) { q.Limit = helpdesk.MaxLimit }),
	"the first mails for ever":   query(func(q *helpdesk.MailQuery) { q.After = "" }),
	"one page of mails is all":   answer(func(page *helpdesk.MailPage) { page.Next = "" }),
	"earliest mail first":        answer(func(page *helpdesk.MailPage) { slices.Reverse(page.Mails) }),
	"contents are lost": answer(func(page *helpdesk.MailPage) {
		for i := range page.Mails {
			page.Mails[i].Content = nil
		}
	}),
	"contents are written anew": answer(func(page *helpdesk.MailPage) {
		for i, m := range page.Mails {
			var compact bytes.Buffer
			if json.Compact(&compact, m.Content) == nil {
				page.Mails[i].Content = compact.Bytes()
			}
		}
	}),
	"a page by time alone": {mails: func(s *memstore.Store, ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
		if c, err := store.ParseMailCursor(q.After); err == nil {
			c.ID = "00000000-0000-0000-0000-000000000000" // so that none of the same instant follows
			q.After = c.String()
		}
		return s.Mails(ctx, q)
	}},
	"mails are only added": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		for i := range c.Mail {
			page, _ := s.Mails(ctx, helpdesk.MailQuery{Tenant: c.Tenant, IDs: []string{c.Mail[i].ID}})
			for _, stored := range page.Mails {
				c.Mail[i] = stored
			}
		}
	}},
	"ids of mails are of all tenants": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		c.Mail = slices.DeleteFunc(c.Mail, func(m helpdesk.Mail) bool {
			page, _ := s.Mails(ctx, helpdesk.MailQuery{Tenant: "acme", IDs: []string{m.ID}})
			return c.Tenant != "acme" && len(page.Mails) > 0
		})
	}},
	"mails of any ticket": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		for i := range c.Mail {
			if _, err := s.Ticket(ctx, c.Tenant, c.Mail[i].Ticket); err != nil && (c.Ticket == nil || c.Ticket.ID != c.Mail[i].Ticket) {
				c.Mail[i].Ticket = ""
			}
		}
	}},
	"mails are kept outside of the commit": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		_ = s.Commit(ctx, &helpdesk.Change{Tenant: c.Tenant, Mail: c.Mail})
	}},
	"full texts are lost": {thread: func(th *helpdesk.Thread) {
		for i := range th.Messages {
			th.Messages[i].Full = ""
		}
	}},
	"html is lost": {thread: func(th *helpdesk.Thread) {
		for i := range th.Messages {
			th.Messages[i].HTML = ""
		}
	}},
	"files are lost": {thread: func(th *helpdesk.Thread) {
		for i := range th.Messages {
			th.Messages[i].Attachments = nil
		}
	}},
	"no files are an empty list": {thread: func(th *helpdesk.Thread) {
		for i := range th.Messages {
			th.Messages[i].Attachments = append([]helpdesk.Attachment{}, th.Messages[i].Attachments...)
		}
	}},
	"nothing is rewritten": rewritten(func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		c.Rewrite, c.Messages, c.Events = false, nil, nil
	}),
	"participants are lost": {change: func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) {
		if c.Ticket != nil && c.Ticket.Version > 0 {
			c.Ticket.Cc, c.Ticket.Followers = nil, nil
		}
	}},
	"tickets that are not verified are the customer's": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		if q.Scope != nil && q.Scope.Email != "" {
			q.Customer, q.Scope = q.Scope.Email, nil
		}
		return s.Tickets(ctx, q)
	}},
	"participants see nothing": {tickets: func(s *memstore.Store, ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
		if q.Scope != nil {
			scope := *q.Scope
			scope.Cc, q.Scope = nil, &scope
		}
		return s.Tickets(ctx, q)
	}},
	"subjects stay": {change: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if c.Ticket == nil || c.Rewrite {
			return
		}
		if t, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
			c.Ticket.Subject = t.Subject
		}
	}},
	"subjects stay in a rewrite": rewritten(func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if t, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
			c.Ticket.Subject = t.Subject
		}
	}),
	"messages stay": rewritten(func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) { c.Messages = nil }),
	"events stay":   rewritten(func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) { c.Events = nil }),
	"a rewrite goes over what it does not know": rewritten(func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		th, err := s.Thread(ctx, c.Tenant, c.Ticket.ID)
		if err != nil {
			return
		}
		c.Messages = slices.DeleteFunc(c.Messages, func(m helpdesk.Message) bool {
			return !slices.ContainsFunc(th.Messages, func(old helpdesk.Message) bool { return old.ID == m.ID })
		})
		c.Events = slices.DeleteFunc(c.Events, func(e helpdesk.Event) bool {
			return !slices.ContainsFunc(th.Events, func(old helpdesk.Event) bool { return old.ID == e.ID })
		})
	}),
	"a rewrite adds": rewritten(func(_ *memstore.Store, _ context.Context, c *helpdesk.Change) { c.Rewrite = false }),
	"a rewrite is outside of the commit": rewritten(func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if s.Commit(ctx, c) == nil {
			c.Ticket.Version++
		}
	}),
	"a rewrite of any version": rewritten(func(s *memstore.Store, ctx context.Context, c *helpdesk.Change) {
		if t, err := s.Ticket(ctx, c.Tenant, c.Ticket.ID); err == nil {
			c.Ticket.Version = t.Version
		}
	}),
}

// TestTheSuiteCatchesEachMutant proves the suite: whatever is broken in a store, some case fails.
func TestTheSuiteCatchesEachMutant(t *testing.T) {
	t.Parallel()
	require.Empty(t, storetest.FirstFailure(func() helpdesk.Store { return memstore.New() }))
	all := maps.Clone(mutants)
	maps.Copy(all, mailMutants)
	maps.Copy(all, sentenceMutants)
	maps.Copy(all, streamMutants)
	maps.Copy(all, archiveMutants)
	maps.Copy(all, peopleMutants)
	maps.Copy(all, noticeMutants)
	require.Len(t, all, len(mutants)+len(mailMutants)+len(sentenceMutants)+len(streamMutants)+len(archiveMutants)+len(peopleMutants)+len(noticeMutants))
	right := func() helpdesk.Store { return &manyMutant{memstore.New(), &many{held: map[string]bool{}}} }
	require.Empty(t, storetest.FirstFailure(right))
	for name, m := range manyMutants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failure := storetest.FirstFailure(func() helpdesk.Store {
				return &manyMutant{memstore.New(), &many{
					held: map[string]bool{}, query: m.query, page: m.page, loads: m.loads, setting: m.setting, key: m.key, all: m.all, kept: m.kept,
				}}
			})
			require.NotEmpty(t, failure, "nobody noticed")
			t.Logf("noticed by %q", failure)
		})
	}
	require.Empty(t, storetest.FirstFailure(func() helpdesk.Store { return &searchMutant{Store: memstore.New()} }))
	for name, m := range searchMutants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failure := storetest.FirstFailure(func() helpdesk.Store {
				one := *m
				one.Store = memstore.New()
				return &one
			})
			require.NotEmpty(t, failure, "nobody noticed")
			t.Logf("noticed by %q", failure)
		})
	}
	for name, m := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failure := storetest.FirstFailure(func() helpdesk.Store {
				one := m
				one.Store = memstore.New()
				return &one
			})
			require.NotEmpty(t, failure, "nobody noticed")
			t.Logf("noticed by %q", failure)
		})
	}
}
