package memstore

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// Commit implements helpdesk.Store. It works on copies of what the changes touch and puts
// them in place when all of them went well.
func (s *Store) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, c := range changes {
		if err := checkTexts("change", reflect.ValueOf(c)); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var undo []func()
	for _, c := range changes {
		if err := s.apply(c, &undo); err != nil {
			for _, u := range slices.Backward(undo) {
				u()
			}
			return err
		}
	}
	return nil
}

// apply makes one change and notes how to take each step back.
func (s *Store) apply(c *helpdesk.Change, undo *[]func()) error {
	rows := s.of(c.Tenant)
	for _, step := range []func() error{
		func() error { return rows.putTicket(c, undo) },
		func() error { return rows.add(c, undo) },
		func() error { return rows.addLoads(c.Loads, undo) },
		func() error { return rows.addSettings(c.Settings, undo) },
		func() error { return rows.useOnce(c, undo) },
		func() error { return s.finish(c, undo) },
		func() error { s.addTasks(c, undo); return nil },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// putTicket replaces the version of the ticket that the change was made from.
func (rows *tenant) putTicket(c *helpdesk.Change, undo *[]func()) error {
	if c.Ticket == nil {
		return nil
	}
	t := c.Ticket.Clone()
	t.Tenant = c.Tenant
	old := rows.tickets[t.ID]
	switch {
	case old == nil && t.Version != 0, old != nil && t.Version != old.Version:
		return helpdesk.ErrConflict
	case old == nil:
		if taken, ok := rows.refs[t.Ref]; ok {
			return &helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: "ref", Key: t.Ref}, Ticket: taken}
		}
		set(rows.refs, t.Ref, t.ID, undo)
	}
	t.Version++
	normalize(t)
	set(rows.tickets, t.ID, t, undo)
	return nil
}

// add appends messages and events of tickets that the tenant has.
func (rows *tenant) add(c *helpdesk.Change, undo *[]func()) error {
	messages, events := rows.messages, rows.events
	*undo = append(*undo, func() { rows.messages, rows.events = messages, events })
	for _, m := range c.Messages {
		if rows.tickets[m.Ticket] == nil {
			return fmt.Errorf("message on ticket %s: %w", m.Ticket, helpdesk.ErrNotFound)
		}
		m.At = helpdesk.Instant(m.At)
		rows.messages = append(rows.messages, m)
	}
	for _, e := range c.Events {
		if rows.tickets[e.Ticket] == nil {
			return fmt.Errorf("event on ticket %s: %w", e.Ticket, helpdesk.ErrNotFound)
		}
		e.At, e.Data = helpdesk.Instant(e.At), raw(e.Data)
		rows.events = append(rows.events, e)
	}
	return nil
}

// addLoads moves counters, none of them up past its capacity.
func (rows *tenant) addLoads(loads []helpdesk.LoadDelta, undo *[]func()) error {
	for _, l := range loads {
		n := rows.loads[l.Agent] + l.Delta
		if l.Delta > 0 && l.Capacity > 0 && n > l.Capacity {
			return fmt.Errorf("agent %s: %w", l.Agent, helpdesk.ErrCapacity)
		}
		set(rows.loads, l.Agent, n, undo)
	}
	return nil
}

// addSettings appends the next version of each setting.
func (rows *tenant) addSettings(settings []helpdesk.Setting, undo *[]func()) error {
	for _, v := range settings {
		k := settingKey{v.Kind, v.Key}
		versions := rows.settings[k]
		if v.Version != int64(len(versions)) {
			return fmt.Errorf("setting %s %s: %w", v.Kind, v.Key, helpdesk.ErrConflict)
		}
		v.Version++
		v.Value, v.At = raw(v.Value), helpdesk.Instant(v.At)
		set(rows.settings, k, append(slices.Clone(versions), v), undo)
	}
	return nil
}

// useOnce uses up keys, each of them for the first time.
func (rows *tenant) useOnce(c *helpdesk.Change, undo *[]func()) error {
	for _, k := range c.Once {
		if first, used := rows.once[k]; used {
			return &helpdesk.DuplicateError{Once: k, Ticket: first}
		}
		var id helpdesk.TicketID
		if c.Ticket != nil {
			id = c.Ticket.ID
		}
		set(rows.once, k, id, undo)
	}
	return nil
}

// finish removes tasks whose lease is still held.
func (s *Store) finish(c *helpdesk.Change, undo *[]func()) error {
	for _, t := range c.Done {
		k := taskKey{c.Tenant, t.Kind, t.Key}
		if stored, ok := s.tasks[k]; !ok || stored.Token != t.Token || t.Token == 0 {
			return fmt.Errorf("task %s %s: %w", t.Kind, t.Key, helpdesk.ErrConflict)
		}
		s.putTask(k, helpdesk.Task{}, undo)
	}
	return nil
}

// addTasks adds or moves tasks; whoever had leased one has it no more.
func (s *Store) addTasks(c *helpdesk.Change, undo *[]func()) {
	for _, t := range c.Tasks {
		t.Tenant, t.Token = c.Tenant, 0
		t.DueAt, t.Payload = helpdesk.Instant(t.DueAt), raw(t.Payload)
		s.putTask(taskKey{c.Tenant, t.Kind, t.Key}, t, undo)
	}
}

// putTask stores a task without a lease, or removes it when it has no due time.
func (s *Store) putTask(k taskKey, t helpdesk.Task, undo *[]func()) {
	set(s.tasks, k, t, undo)
	set(s.leases, k, time.Time{}, undo)
	delete(s.leases, k)
	if t.DueAt.IsZero() {
		delete(s.tasks, k)
	}
}

// set changes one entry of a map and notes how to take that back.
func set[K comparable, V any](m map[K]V, k K, v V, undo *[]func()) {
	old, had := m[k]
	*undo = append(*undo, func() {
		if delete(m, k); had {
			m[k] = old
		}
	})
	m[k] = v
}

// normalize brings times into the form in which databases return them.
func normalize(t *helpdesk.Ticket) {
	for _, at := range []*time.Time{
		&t.CreatedAt, &t.UpdatedAt, &t.TriagedAt, &t.AssignedAt, &t.FirstReplyAt, &t.ResolvedAt, &t.ClosedAt,
	} {
		*at = helpdesk.Instant(*at)
	}
	if t.Rating != nil {
		t.Rating.At = helpdesk.Instant(t.Rating.At)
	}
	for i := range t.Clocks {
		c := &t.Clocks[i]
		for _, at := range []*time.Time{
			&c.StartedAt, &c.RunningSince, &c.DueAt, &c.BreachedAt, &c.DetectedAt, &c.MetAt, &c.CancelledAt,
		} {
			*at = helpdesk.Instant(*at)
		}
	}
}

// checkTexts refuses texts that a database could not keep: invalid UTF-8 and NUL.
func checkTexts(field string, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return checkTexts(field, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				if err := checkTexts(snake(f.Name), v.Field(i)); err != nil {
					return err
				}
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return checkText(field, string(v.Bytes()))
		}
		for i := range v.Len() {
			if err := checkTexts(field, v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.String:
		return checkText(field, v.String())
	}
	return nil
}

func checkText(field, s string) error {
	switch {
	case !utf8.ValidString(s):
		return &helpdesk.FieldError{Field: field, Problem: "is not valid UTF-8"}
	case strings.ContainsRune(s, 0):
		return &helpdesk.FieldError{Field: field, Problem: "contains a NUL character"}
	}
	return nil
}

func snake(name string) string { return strings.ToLower(name) }
