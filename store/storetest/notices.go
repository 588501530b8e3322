package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// noticeCase is a case for a store that keeps notices of agents.
func noticeCase(name, sentence string, check func(e *env, s helpdesk.NoticeStore)) testCase {
	return testCase{name, sentence, func(e *env) {
		if s, ok := helpdesk.As[helpdesk.NoticeStore](e.store); ok {
			check(e, s)
		}
	}}
}

const (
	noticeOnce  = "One with the Agent, the At and the ID of one that is stored leaves that as it is."
	noticePages = "Notices returns one page of the notices that fit the query, latest first, those of one time by ID, greatest first. Following NoticePage.Next visits each that fits throughout exactly once."
	noticeCount = "CountUnread returns for each agent, each named once, the number of unread notices of events since a time, or most when there are more."
	noticeEdits = "NoticeEdits change the notices that were stored before the Commit."
)

func newNotice(agent helpdesk.AgentID, change ...func(*helpdesk.AgentNotice)) helpdesk.AgentNotice {
	n := helpdesk.AgentNotice{
		ID: newID() + "/ü'", Agent: agent, Ticket: helpdesk.TicketID(newID()), Kind: helpdesk.NoticeMentioned, Urgent: true, By: "bo'", At: start.Add(time.Microsecond),
	}
	for _, f := range change {
		f(&n)
	}
	return n
}

func (e *env) addNotices(notices ...helpdesk.AgentNotice) {
	e.Helper()
	e.commit(&helpdesk.Change{Tenant: e.tenant, Notices: notices})
}

// allNotices follows the pages of a query.
func (e *env) allNotices(s helpdesk.NoticeStore, q helpdesk.NoticeQuery) (all []helpdesk.AgentNotice) {
	e.Helper()
	for {
		page, err := s.Notices(e.ctx, q)
		e.ok(err)
		if len(page.Notices) > q.PageLimit() {
			e.fatal("%d notices on a page of at most %d", len(page.Notices), q.PageLimit())
		}
		all = append(all, page.Notices...)
		if q.After = page.Next; page.Next == "" {
			return all
		}
		if len(all) > 1000 {
			e.fatal("the pages have no end")
		}
	}
}

func (e *env) noticesOf(s helpdesk.NoticeStore, agent helpdesk.AgentID) []helpdesk.AgentNotice {
	e.Helper()
	return e.allNotices(s, helpdesk.NoticeQuery{Tenant: e.tenant, Agent: agent})
}

var noticeCases = []testCase{
	noticeCase("a notice comes back as it was, and is there once", noticeOnce, func(e *env, s helpdesk.NoticeStore) {
		n := newNotice("ana")
		e.addNotices(n, n)
		e.equal("notices", e.noticesOf(s, "ana"), []helpdesk.AgentNotice{n})
		e.commit(&helpdesk.Change{Tenant: e.tenant, NoticeEdits: []helpdesk.NoticeEdit{{Agent: "ana", Until: n.At}}})
		e.addNotices(n)
		n.Read = true
		e.equal("notices after it came again", e.noticesOf(s, "ana"), []helpdesk.AgentNotice{n})
		bare := newNotice("ben", func(n *helpdesk.AgentNotice) { n.Ticket, n.Urgent, n.By, n.Read = "", false, "", true })
		e.addNotices(bare)
		e.equal("a notice of no ticket", e.noticesOf(s, "ben"), []helpdesk.AgentNotice{bare})
	}),
	noticeCase("pages of notices have no gaps, and each filter filters", noticePages, func(e *env, s helpdesk.NoticeStore) {
		one := helpdesk.TicketID(newID())
		var all []helpdesk.AgentNotice
		for i := range 23 {
			all = append(all, newNotice("ana", func(n *helpdesk.AgentNotice) {
				n.ID, n.At, n.Read = fmt.Sprintf("n%02d", i*7%23), start.Add(time.Duration(i/4)*time.Hour), i%3 == 0
				if i%2 == 0 {
					n.Ticket = one
				}
			}))
		}
		e.addNotices(all...)
		e.addNotices(newNotice("ben"))
		slices.SortFunc(all, func(a, b helpdesk.AgentNotice) int {
			if c := b.At.Compare(a.At); c != 0 {
				return c
			}
			return map[bool]int{true: 1, false: -1}[a.ID < b.ID]
		})
		since := start.Add(2 * time.Hour)
		for name, fits := range map[string]struct {
			q   helpdesk.NoticeQuery
			fit func(n *helpdesk.AgentNotice) bool
		}{
			"all":    {helpdesk.NoticeQuery{}, func(*helpdesk.AgentNotice) bool { return true }},
			"unread": {helpdesk.NoticeQuery{Unread: true}, func(n *helpdesk.AgentNotice) bool { return !n.Read }},
			"ticket": {helpdesk.NoticeQuery{Ticket: one}, func(n *helpdesk.AgentNotice) bool { return n.Ticket == one }},
			"since":  {helpdesk.NoticeQuery{Since: since}, func(n *helpdesk.AgentNotice) bool { return !n.At.Before(since) }},
		} {
			var want []helpdesk.AgentNotice
			for i := range all {
				if fits.fit(&all[i]) {
					want = append(want, all[i])
				}
			}
			fits.q.Tenant, fits.q.Agent = e.tenant, "ana"
			e.equal(name, e.allNotices(s, fits.q), want)
			fits.q.Limit = 3
			e.equal(name+" by three", e.allNotices(s, fits.q), want)
		}
		_, err := s.Notices(e.ctx, helpdesk.NoticeQuery{Tenant: e.tenant, Agent: "ana", After: "?"})
		e.is(err, helpdesk.ErrInvalid)
	}),
	noticeCase("unread notices are counted up to a bound", noticeCount, func(e *env, s helpdesk.NoticeStore) {
		for i := range 4 {
			e.addNotices(newNotice("ana", func(n *helpdesk.AgentNotice) { n.At = start.Add(time.Duration(i) * time.Hour) }))
		}
		e.addNotices(newNotice("ben"), newNotice("ben", func(n *helpdesk.AgentNotice) { n.Read = true }))
		count := func(since time.Time, most int) map[helpdesk.AgentID]int {
			n, err := s.CountUnread(e.ctx, e.tenant, since, most, "ana", "ben", "eve")
			e.ok(err)
			for a := range n {
				if n[a] == 0 {
					delete(n, a)
				}
			}
			return n
		}
		e.equal("unread", count(start, 9), map[helpdesk.AgentID]int{"ana": 4, "ben": 1})
		e.equal("unread, at most 3", count(start, 3), map[helpdesk.AgentID]int{"ana": 3, "ben": 1})
		e.equal("unread since", count(start.Add(time.Hour), 9), map[helpdesk.AgentID]int{"ana": 3})
	}),
	noticeCase("an edit reads or removes notices up to a time", noticeEdits, func(e *env, s helpdesk.NoticeStore) {
		early := newNotice("ana")
		late := newNotice("ana", func(n *helpdesk.AgentNotice) { n.Ticket, n.At = early.Ticket, start.Add(time.Hour) })
		other, bens := newNotice("ana"), newNotice("ben", func(n *helpdesk.AgentNotice) { n.Ticket = early.Ticket })
		unread := func(agent helpdesk.AgentID) (ids []string) {
			for _, n := range e.allNotices(s, helpdesk.NoticeQuery{Tenant: e.tenant, Agent: agent, Unread: true}) {
				ids = append(ids, n.ID)
			}
			slices.Sort(ids)
			return ids
		}
		ids := func(notices ...helpdesk.AgentNotice) (ids []string) {
			for _, n := range notices {
				ids = append(ids, n.ID)
			}
			slices.Sort(ids)
			return ids
		}
		edit := func(edit helpdesk.NoticeEdit, notices ...helpdesk.AgentNotice) {
			e.commit(&helpdesk.Change{Tenant: e.tenant, NoticeEdits: []helpdesk.NoticeEdit{edit}, Notices: notices})
		}
		e.addNotices(early, late, other, bens)
		fresh := newNotice("ana")
		edit(helpdesk.NoticeEdit{Agent: "ana", Ticket: early.Ticket, Until: early.At}, fresh)
		e.equal("unread after one ticket was read", unread("ana"), ids(late, other, fresh))
		edit(helpdesk.NoticeEdit{Agent: "ana", Until: early.At, Remove: true})
		late.Read = false
		e.equal("notices after a removal", e.noticesOf(s, "ana"), []helpdesk.AgentNotice{late})
		edit(helpdesk.NoticeEdit{Agent: "ana", Until: late.At})
		e.equal("unread after all were read", len(unread("ana")), 0)
		e.equal("another agent's", unread("ben"), ids(bens))
	}),
	noticeCase("another tenant's notices are not there", "No method shows or changes", func(e *env, s helpdesk.NoticeStore) {
		n := newNotice("ana")
		theirs := n
		theirs.Kind = helpdesk.NoticeTaken
		e.addNotices(n)
		e.equal("theirs before", e.allNotices(s, helpdesk.NoticeQuery{Tenant: "other", Agent: "ana"}), []helpdesk.AgentNotice(nil))
		e.commit(&helpdesk.Change{Tenant: "other", Notices: []helpdesk.AgentNotice{theirs}})
		e.commit(&helpdesk.Change{Tenant: "other", NoticeEdits: []helpdesk.NoticeEdit{{Agent: "ana", Until: n.At}}})
		theirs.Read = true
		e.equal("ours", e.noticesOf(s, "ana"), []helpdesk.AgentNotice{n})
		e.equal("theirs", e.allNotices(s, helpdesk.NoticeQuery{Tenant: "other", Agent: "ana"}), []helpdesk.AgentNotice{theirs})
		count, err := s.CountUnread(e.ctx, "other", start, 9, "ana")
		e.ok(err)
		e.equal("their number", count["ana"], 0)
		e.commit(&helpdesk.Change{Tenant: "other", NoticeEdits: []helpdesk.NoticeEdit{{Agent: "ana", Until: n.At, Remove: true}}})
		e.equal("ours after theirs were removed", e.noticesOf(s, "ana"), []helpdesk.AgentNotice{n})
	}),
	noticeCase("a refused commit adds no notice", "Commit records all the changes, or none when it returns an error.", func(e *env, s helpdesk.NoticeStore) {
		held := e.add()
		stale := held.Clone()
		stale.Version = 9
		n := newNotice("ana")
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Notices: []helpdesk.AgentNotice{n}}, &helpdesk.Change{Tenant: e.tenant, Ticket: stale}), helpdesk.ErrConflict)
		e.equal("notices", len(e.noticesOf(s, "ana")), 0)
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			n.By = helpdesk.AgentID(bad)
			e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Notices: []helpdesk.AgentNotice{n}}), helpdesk.ErrInvalid)
		}
	}),
}
