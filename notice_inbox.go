package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// AgentNotice is a notice to an agent, kept to be read in the pages and over the API. It holds no
// text: Kind says what happened, and the ticket has the words.
type AgentNotice struct {
	ID     string // the Key of its [Notification]
	Agent  AgentID
	Ticket TicketID
	Kind   NoticeKind
	Urgent bool
	By     AgentID   // the agent or admin who did it; empty when it was somebody else
	At     time.Time // of the event
	Read   bool
}

// NoticesKept is how long the notices of an agent are kept, read or not.
const NoticesKept = 30 * 24 * time.Hour

// MostUnread is up to where unread notices are counted.
const MostUnread = 100

// NoticeQuery chooses notices of one agent. A filter that is empty does not filter.
type NoticeQuery struct {
	Tenant TenantID
	Agent  AgentID

	Ticket TicketID
	Unread bool
	Since  time.Time // not before this; zero means any time

	Limit int    // at most this many; 0 means 25, more than MaxLimit means MaxLimit
	After string // NoticePage.Next of the page before; empty for the first page
}

// PageLimit returns Limit with the default and MaxLimit applied.
func (q *NoticeQuery) PageLimit() int { return (&Query{Limit: q.Limit}).PageLimit() }

// NoticePage is one page of notices, latest first.
type NoticePage struct {
	Notices []AgentNotice
	Next    string // NoticeQuery.After for the next page; empty on the last page
}

// NoticeEdit marks notices of an agent as read, or removes them.
type NoticeEdit struct {
	Agent  AgentID
	Ticket TicketID  // empty: those of every ticket
	Until  time.Time // those of events up to this time
	Remove bool      // else they are read
}

// NoticeStore is a Store that keeps the notices of agents. It writes those of a [Change].
type NoticeStore interface {
	// Notices returns one page of the notices that fit the query, latest first, those of one time
	// by ID, greatest first. Following NoticePage.Next visits each that fits throughout exactly
	// once. A cursor that cannot be read is ErrInvalid.
	Notices(ctx context.Context, q NoticeQuery) (NoticePage, error)

	// CountUnread returns for each agent, each named once, the number of unread notices of events
	// since a time, or most when there are more. An agent without any may be left out.
	CountUnread(ctx context.Context, tenant TenantID, since time.Time, most int, agents ...AgentID) (map[AgentID]int, error)
}

// AgentNotices returns a page of the acting agent's own notices, latest first. The host may name
// another agent in the query. Notices are kept for [NoticesKept]; a Store that is no [NoticeStore]
// has none.
func (d *Desk) AgentNotices(ctx context.Context, q NoticeQuery) (NoticePage, error) {
	const op = "list notices"
	var err error
	q.Tenant, q.Since = d.tenant, latest(q.Since, d.now().Add(-NoticesKept))
	if q.Agent, err = d.ownNotices(ctx, q.Agent); err == nil && q.Limit < 0 {
		err = &FieldError{"limit", "is negative"}
	}
	if err == nil && q.Ticket != "" && !validID(q.Ticket) {
		err = &FieldError{"ticket", "is not an id"}
	}
	s, ok := As[NoticeStore](d.store)
	if err != nil || !ok {
		return NoticePage{}, d.fail(op, "", err)
	}
	page, err := s.Notices(ctx, q)
	return page, d.fail(op, "", err)
}

// UnreadNotices returns how many notices agents have not read, up to [MostUnread]. Agents without
// any are left out. Anybody but the host may ask for the own number alone; without agents that is
// what is asked for.
func (d *Desk) UnreadNotices(ctx context.Context, agents ...AgentID) (map[AgentID]int, error) {
	const op = "count notices"
	if len(agents) == 0 {
		agents = []AgentID{""}
	}
	list := make([]AgentID, 0, len(agents))
	for _, id := range agents {
		id, err := d.ownNotices(ctx, id)
		if err != nil {
			return nil, d.fail(op, "", err)
		}
		list = append(list, id)
	}
	slices.Sort(list)
	s, ok := As[NoticeStore](d.store)
	if !ok {
		return nil, nil
	}
	unread, err := s.CountUnread(ctx, d.tenant, d.now().Add(-NoticesKept), MostUnread, slices.Compact(list)...)
	maps.DeleteFunc(unread, func(_ AgentID, n int) bool { return n == 0 })
	return unread, d.fail(op, "", err)
}

// ReadNotices marks the acting agent's notices as read: those of a ticket, or of all tickets when
// it is empty, up to a time, where zero is now. Give the time at which the agent saw them, so that
// later ones stay unread. The host names the agent; to anybody else it is the own id or empty.
func (d *Desk) ReadNotices(ctx context.Context, of AgentID, ticket TicketID, until time.Time) error {
	const op = "read notices"
	of, err := d.ownNotices(ctx, of)
	if err == nil && ticket != "" && !validID(ticket) {
		err = &FieldError{"ticket", "is not an id"}
	}
	if _, ok := As[NoticeStore](d.store); err != nil || !ok {
		return d.fail(op, ticket, err)
	}
	if now := d.now(); until.IsZero() || until.After(now) {
		until = now
	}
	edit := NoticeEdit{Agent: of, Ticket: ticket, Until: until}
	return d.fail(op, ticket, d.commit(ctx, &Change{Tenant: d.tenant, NoticeEdits: []NoticeEdit{edit}}))
}

// kept are the notices for agents that a delivery leaves, and the removal of those that are too
// old.
func (d *Desk) kept(n *notice, t *Ticket, to []Recipient) (add []AgentNotice, edits []NoticeEdit) {
	if _, ok := As[NoticeStore](d.store); !ok || n.Audience == toCustomer {
		return nil, nil
	}
	for _, r := range to {
		if r.Agent == "" || slices.ContainsFunc(add, func(a AgentNotice) bool { return a.Agent == r.Agent }) {
			continue
		}
		add = append(add, AgentNotice{ID: n.Key, Agent: r.Agent, Ticket: t.ID, Kind: n.Kind, Urgent: n.Urgent, By: n.Doer, At: n.At})
		edits = append(edits, NoticeEdit{Agent: r.Agent, Until: d.now().Add(-NoticesKept), Remove: true})
	}
	return add, edits
}

// NoticeWay says how an agent is told.
type NoticeWay string

// The ways to tell an agent. Every notice is kept for the pages: no agent can miss an escalation by
// a setting.
const (
	NoticeByMail NoticeWay = "mail" // by the Notifier, and in the pages
	NoticeByPage NoticeWay = "page" // in the pages alone
)

// AgentNoticeKinds returns the kinds of notice that go to agents.
func AgentNoticeKinds() []NoticeKind {
	return slices.DeleteFunc(slices.Clone(NoticeKinds), NoticeKind.ToCustomer)
}

// NoticeWays returns how the acting agent is told, for each of [AgentNoticeKinds]. The default is
// NoticeByMail. The host may name another agent; to anybody else it is the own id or empty.
func (d *Desk) NoticeWays(ctx context.Context, of AgentID) (map[NoticeKind]NoticeWay, error) {
	const op = "read notice settings"
	of, err := d.ownNotices(ctx, of)
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	saved, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingNotices, Key: string(of), Limit: 1})
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	all, err := waysOf(saved)
	ways := all[of]
	if ways == nil {
		ways = map[NoticeKind]NoticeWay{}
	}
	for _, k := range AgentNoticeKinds() {
		if ways[k] == "" {
			ways[k] = NoticeByMail
		}
	}
	return ways, d.fail(op, "", err)
}

// SaveNoticeWays replaces how the acting agent is told. A kind that is left out has the default. A
// kind or way that is not known is a [FieldError]. The agents of a host's [Roster] choose as well.
// The host names the agent; to anybody else it is the own id or empty.
func (d *Desk) SaveNoticeWays(ctx context.Context, of AgentID, ways map[NoticeKind]NoticeWay) error {
	const op = "save notice settings"
	of, err := d.ownNotices(ctx, of)
	errs := []error{err}
	kinds := AgentNoticeKinds()
	chosen := map[NoticeKind]NoticeWay{}
	for _, k := range slices.Sorted(maps.Keys(ways)) {
		switch way := ways[k]; {
		case !slices.Contains(kinds, k):
			errs = append(errs, &FieldError{"notices." + clip(string(k)), "is not a kind of notice to agents"})
		case way == NoticeByPage:
			chosen[k] = way
		case way != NoticeByMail:
			errs = append(errs, &FieldError{"notices." + string(k), fmt.Sprintf("%q is neither %q nor %q", clip(string(way)), NoticeByMail, NoticeByPage)})
		}
	}
	value, err := json.Marshal(chosen)
	if err = errors.Join(append(errs, err)...); err == nil {
		_, err = d.putSetting(ctx, d.actor, Setting{Kind: settingNotices, Key: string(of), Value: value})
	}
	return d.fail(op, "", err)
}

// waysOf reads what agents have chosen from their settings.
func waysOf(saved []Setting) (map[AgentID]map[NoticeKind]NoticeWay, error) {
	all := map[AgentID]map[NoticeKind]NoticeWay{}
	for _, s := range saved {
		var ways map[NoticeKind]NoticeWay
		if err := json.Unmarshal(s.Value, &ways); err != nil {
			return nil, fmt.Errorf("notices of %s: %w", s.Key, err)
		}
		all[AgentID(s.Key)] = ways
	}
	return all, nil
}
