package memstore

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// Commit implements helpdesk.Store. It tries all changes on a draft. Only when every change is
// allowed does the draft replace the rows, and that step cannot fail.
func (s *Store) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, c := range changes {
		if err := check(c); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.draft()
	for _, c := range changes {
		if err := d.add(c); err != nil {
			return err // d is dropped
		}
	}
	d.settle(s)
	return nil
}

// draft is what a Commit will write.
type draft struct {
	tickets  layer[ticketKey, *helpdesk.Ticket]
	refs     layer[refKey, helpdesk.TicketID]
	messages layer[helpdesk.TenantID, []helpdesk.Message]
	events   layer[helpdesk.TenantID, []helpdesk.Event]
	stream   []streamed // to be appended
	loads    layer[agentKey, int]
	settings layer[settingKey, []helpdesk.Setting]
	once     layer[onceKey, helpdesk.TicketID]
	tasks    layer[taskKey, *task] // a nil task will be removed
	mails    layer[mailKey, helpdesk.Mail]
	notices  layer[agentKey, []helpdesk.AgentNotice]

	customers     layer[customerKey, helpdesk.Customer] // one with Deleted will be removed
	organisations layer[organisationKey, helpdesk.Organisation]
	taken         layer[takenKey, string] // an empty text will be removed
}

// layer is a map as a Commit sees it: its own writes lie over the rows of the store.
type layer[K comparable, V any] struct{ rows, over map[K]V }

func layerOver[K comparable, V any](rows map[K]V) layer[K, V] { return layer[K, V]{rows, map[K]V{}} }

func (l layer[K, V]) get(k K) (V, bool) {
	if v, ok := l.over[k]; ok {
		return v, true
	}
	v, ok := l.rows[k]
	return v, ok
}

func (l layer[K, V]) put(k K, v V) { l.over[k] = v }

func (l layer[K, V]) settle() { maps.Copy(l.rows, l.over) }

func (s *Store) draft() *draft {
	return &draft{
		tickets: layerOver(s.tickets), refs: layerOver(s.refs), messages: layerOver(s.messages), events: layerOver(s.events),
		loads: layerOver(s.loads), settings: layerOver(s.settings), once: layerOver(s.once), tasks: layerOver(s.tasks),
		mails: layerOver(s.mails), notices: layerOver(s.notices),
		customers: layerOver(s.customers), organisations: layerOver(s.organisations), taken: layerOver(s.taken),
	}
}

// settle writes the draft into the store.
func (d *draft) settle(s *Store) {
	for k, t := range d.tickets.over {
		if delete(s.merged, k); t.MergedInto != "" {
			s.merged[k] = true
		}
	}
	d.tickets.settle()
	d.refs.settle()
	d.messages.settle()
	d.events.settle()
	s.stream = append(s.stream, d.stream...)
	d.loads.settle()
	d.settings.settle()
	d.once.settle()
	d.tasks.settle()
	d.mails.settle()
	d.notices.settle()
	d.customers.settle()
	d.organisations.settle()
	d.taken.settle()
	for k, c := range d.customers.over {
		if c.Deleted {
			delete(s.customers, k)
		}
	}
	for k, by := range d.taken.over {
		if by == "" {
			delete(s.taken, k)
		}
	}
	for k, t := range d.tasks.over {
		if t == nil {
			delete(s.tasks, k)
		}
	}
}

// add writes one change into the draft, or returns why it is refused.
func (d *draft) add(c *helpdesk.Change) error {
	thread := []func(*helpdesk.Change) error{d.putTicket, d.addMessages, d.addEvents}
	if c.Rewrite {
		thread = []func(*helpdesk.Change) error{d.rewriteTicket, d.rewriteMessages, d.rewriteEvents}
	}
	for _, part := range append(thread, d.addLoads, d.addSettings, d.useOnce, d.finish, d.putTasks, d.putMail, d.putPeople, d.putNotices) {
		if err := part(c); err != nil {
			return err
		}
	}
	return nil
}

// putTicket replaces the version of the ticket from which the change was made.
func (d *draft) putTicket(c *helpdesk.Change) error {
	if c.Ticket == nil {
		return nil
	}
	t := normal(c.Ticket)
	k := ticketKey{c.Tenant, t.ID}
	stored, _ := d.tickets.get(k)
	switch {
	case stored == nil && t.Version != 0, stored != nil && t.Version != stored.Version:
		return fmt.Errorf("ticket %s: %w", t.ID, helpdesk.ErrConflict)
	case stored == nil:
		ref := refKey{c.Tenant, t.Ref}
		if first, taken := d.refs.get(ref); taken {
			return &helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: "ref", Key: t.Ref}, Ticket: first}
		}
		d.refs.put(ref, t.ID)
	default:
		t.Ref, t.Description, t.CreatedAt = stored.Ref, stored.Description, stored.CreatedAt
	}
	t.Version++
	d.tickets.put(k, t)
	return nil
}

// addMessages appends to the threads of the tenant's tickets.
func (d *draft) addMessages(c *helpdesk.Change) error {
	all, _ := d.messages.get(c.Tenant)
	for _, m := range c.Messages {
		if _, ok := d.tickets.get(ticketKey{c.Tenant, m.Ticket}); !ok {
			return fmt.Errorf("message on ticket %s: %w", m.Ticket, helpdesk.ErrNotFound)
		}
		all = append(all, normalMessage(m))
	}
	d.messages.put(c.Tenant, all)
	return nil
}

// addEvents appends to the records of the tenant's tickets.
func (d *draft) addEvents(c *helpdesk.Change) error {
	all, _ := d.events.get(c.Tenant)
	for _, e := range c.Events {
		if _, ok := d.tickets.get(ticketKey{c.Tenant, e.Ticket}); !ok {
			return fmt.Errorf("event on ticket %s: %w", e.Ticket, helpdesk.ErrNotFound)
		}
		d.stream = append(d.stream, streamed{c.Tenant, len(all)})
		all = append(all, normalEvent(e))
	}
	d.events.put(c.Tenant, all)
	return nil
}

// addLoads changes the load counters. It refuses an increase past the capacity.
func (d *draft) addLoads(c *helpdesk.Change) error {
	for _, l := range c.Loads {
		k := agentKey{c.Tenant, l.Agent}
		n, _ := d.loads.get(k)
		n += l.Delta
		if l.Delta > 0 && l.Capacity > 0 && n > l.Capacity {
			return fmt.Errorf("agent %s: %w", l.Agent, helpdesk.ErrCapacity)
		}
		d.loads.put(k, n)
	}
	return nil
}

// addSettings appends the next version of each setting. A deletion is a version too.
func (d *draft) addSettings(c *helpdesk.Change) error {
	for _, v := range c.Settings {
		k := settingKey{c.Tenant, v.Kind, v.Key}
		versions, _ := d.settings.get(k)
		if v.Version != int64(len(versions)) {
			return fmt.Errorf("setting %s %s: %w", v.Kind, v.Key, helpdesk.ErrConflict)
		}
		if v.Purge > 0 {
			versions = slices.Clone(versions)
			for i := range versions[:min(len(versions), int(v.Purge)-1)] {
				versions[i].Value = document(json.RawMessage("null"))
			}
		}
		v.Version++
		v.At, v.Value, v.Purge = store.Instant(v.At), document(v.Value), 0
		d.settings.put(k, append(versions, v))
	}
	return nil
}

// useOnce uses up keys and refuses a used one.
func (d *draft) useOnce(c *helpdesk.Change) error {
	var user helpdesk.TicketID
	if c.Ticket != nil {
		user = c.Ticket.ID
	}
	for _, o := range c.Once {
		k := onceKey{c.Tenant, o}
		if first, used := d.once.get(k); used {
			return &helpdesk.DuplicateError{Once: o, Ticket: first}
		}
		d.once.put(k, user)
	}
	return nil
}

// finish removes tasks whose lease is still the caller's.
func (d *draft) finish(c *helpdesk.Change) error {
	for _, t := range c.Done {
		k := taskKey{c.Tenant, t.Kind, t.Key}
		stored, _ := d.tasks.get(k)
		if stored == nil || stored.Token == 0 || stored.Token != t.Token {
			return fmt.Errorf("task %s %s: %w", t.Kind, t.Key, helpdesk.ErrConflict)
		}
		d.tasks.put(k, nil)
	}
	return nil
}

// putTasks adds or moves tasks. This ends the lease of a leased task.
func (d *draft) putTasks(c *helpdesk.Change) error {
	for _, t := range c.Tasks {
		k := taskKey{c.Tenant, t.Kind, t.Key}
		if t.DueAt.IsZero() {
			d.tasks.put(k, nil)
			continue
		}
		leased := slices.IndexFunc(c.Done, func(o helpdesk.Task) bool { return o.Kind == t.Kind && o.Key == t.Key })
		if t.Tenant, t.Token = c.Tenant, 0; t.Dead && leased >= 0 {
			t.Token = c.Done[leased].Token
		}
		t.DueAt, t.Payload = store.Instant(t.DueAt), document(t.Payload)
		d.tasks.put(k, &task{Task: t})
	}
	return nil
}

func normalMessage(m helpdesk.Message) helpdesk.Message {
	m.At, m.Attachments = store.Instant(m.At), attachments(m.Attachments)
	return m
}

func normalEvent(e helpdesk.Event) helpdesk.Event {
	e.At, e.Data = store.Instant(e.At), document(e.Data)
	return e
}

// normal returns a copy of t with its times as databases return them.
func normal(t *helpdesk.Ticket) *helpdesk.Ticket {
	t = t.Clone()
	times := []*time.Time{
		&t.CreatedAt, &t.UpdatedAt, &t.PublicAt, &t.QueuedAt, &t.TriagedAt, &t.AssignedAt, &t.BegunAt, &t.FirstReplyAt, &t.ToldAt, &t.ResolvedAt, &t.ClosedAt,
	}
	if t.Rating != nil {
		times = append(times, &t.Rating.At)
	}
	for i := range t.TakenBack {
		times = append(times, &t.TakenBack[i])
	}
	for i := range t.Clocks {
		c := &t.Clocks[i]
		times = append(times, &c.StartedAt, &c.RunningSince, &c.DueAt, &c.BreachedAt, &c.DetectedAt, &c.VoidedAt, &c.MetAt, &c.CancelledAt)
		for j := range c.Ran {
			times = append(times, &c.Ran[j].From, &c.Ran[j].To)
		}
	}
	for _, at := range times {
		*at = store.Instant(*at)
	}
	return t
}
