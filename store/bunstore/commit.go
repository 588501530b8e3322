package bunstore

import (
	"context"
	"errors"

	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
)

// Commit implements [helpdesk.Store]. On the store's own connection it tries a deadlock again a few
// times before it returns ErrConflict.
func (s *Store) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	p, err := fold(changes)
	if err != nil {
		return fail("commit", err)
	}
	steps := s.steps(p)
	if len(steps) == 0 {
		return nil
	}
	for try := 0; ; try++ {
		err = s.write(ctx, steps)
		err, again := s.explain(ctx, p, err)
		if !again {
			return fail("commit", err)
		}
		if s.bound || try >= s.cfg.Retries {
			return fail("commit", errors.Join(helpdesk.ErrConflict, err))
		}
	}
}

// step is one part of a commit.
type step struct {
	query schema.QueryAppender
	reads bool  // a SELECT
	state state // its meaning when the number of rows differs from want
	want  int   // anyRows when any number will do
}

const anyRows = -1

// state is the SQLSTATE by which a statement names the expectation that failed.
type state string

const (
	onceUsed     state = "HD001"
	notAdded     state = "HD002" // the id or reference of a new ticket is taken
	staleVersion state = "HD003"
	notKnown     state = "HD004"
	staleSetting state = "HD005"
	noRoom       state = "HD006"
	leaseLost    state = "HD007"
)

// steps writes the plan as SQL. Order matters: the steps that refuse most often come first, and
// rows that many commits share, the loads, are locked late. Each statement can be pasted into psql,
// or sqlite3.
func (s *Store) steps(p *plan) []step {
	var steps []step
	add := func(n int, state state, want int, query func() schema.QueryAppender) {
		if n > 0 {
			steps = append(steps, step{query: query(), state: state, want: want})
		}
	}
	add(len(p.once), onceUsed, len(p.once), func() schema.QueryAppender {
		return s.insert(&p.once, nil, " ON CONFLICT DO NOTHING")
	})
	add(len(p.added), notAdded, len(p.added), func() schema.QueryAppender { return s.insertTickets(p) })
	add(len(p.updated), staleVersion, len(p.updated), func() schema.QueryAppender { return s.updateTickets(&p.updated) })
	again := len(p.again.tickets)
	add(again, staleVersion, again, func() schema.QueryAppender { return s.updateTickets(&p.again.tickets, "subject", "description") })
	if len(p.known) > 0 {
		steps = append(steps, step{query: s.knownTickets(p), reads: true, state: notKnown, want: len(p.known)})
	}
	add(len(p.updated)+again, "", anyRows, func() schema.QueryAppender { return s.deleteClocks(p) })
	add(len(p.clocks), "", anyRows, func() schema.QueryAppender { return s.upsertClocks(p) })
	add(len(p.messages), "", anyRows, func() schema.QueryAppender { return s.insertMessages(p) })
	add(len(p.again.messages), notKnown, len(p.again.messages), func() schema.QueryAppender { return s.updateMessages(p) })
	if s.dialect == sqlite {
		add(len(p.messages), "", anyRows, func() schema.QueryAppender { return s.insertWords(p.messages) })
		add(len(p.again.messages), "", anyRows, func() schema.QueryAppender { return s.deleteWords(p.again.messages) })
		add(len(p.again.messages), "", anyRows, func() schema.QueryAppender { return s.insertWords(p.again.messages) })
	}
	add(len(p.again.events), notKnown, len(p.again.events), func() schema.QueryAppender { return s.updateEvents(p) })
	add(len(p.mail), "", anyRows, func() schema.QueryAppender { return s.putMail(p) })
	add(len(p.events), "", anyRows, func() schema.QueryAppender { return s.insert(&p.events, nil, "") })
	add(len(p.settings), staleSetting, len(p.settings), func() schema.QueryAppender { return s.insertSettings(p) })
	add(len(p.later), staleSetting, len(p.later), func() schema.QueryAppender {
		return s.insert(&p.later, nil, " ON CONFLICT DO NOTHING")
	})
	add(len(p.purged), "", anyRows, func() schema.QueryAppender { return s.purgeSettings(p) })
	add(len(p.done), leaseLost, len(p.done), func() schema.QueryAppender { return s.deleteDone(p) })
	add(len(p.moved), leaseLost, len(p.moved), func() schema.QueryAppender { return s.moveTasks(p) })
	add(len(p.removed), "", anyRows, func() schema.QueryAppender { return s.deleteTasks(p) })
	add(len(p.tasks), "", anyRows, func() schema.QueryAppender { return s.putTasks(p) })
	add(len(p.loads), noRoom, len(p.loads), func() schema.QueryAppender { return s.addLoads(p) })
	return steps
}

// explain translates the database's error into the error of the contract. again says that another
// try may succeed.
func (s *Store) explain(ctx context.Context, p *plan, err error) (_ error, again bool) {
	if err == nil {
		return nil, false
	}
	class, code := classify(err)
	var short *shortfall
	if asError(err, &short) {
		code = string(short.state)
	}
	switch state(code) {
	case onceUsed:
		return s.explainOnce(ctx, p)
	case notAdded:
		return s.explainAdded(ctx, p)
	case staleVersion, staleSetting, leaseLost:
		return helpdesk.ErrConflict, false
	case notKnown:
		return helpdesk.ErrNotFound, false
	case noRoom:
		return helpdesk.ErrCapacity, false
	}
	switch class {
	case duplicateRow:
		return errors.Join(helpdesk.ErrConflict, err), false
	case missingRow:
		return errors.Join(helpdesk.ErrNotFound, err), false
	case busy:
		return err, true
	}
	return err, false
}

// explainOnce finds the key that was used. If there is none, its user has rolled back.
func (s *Store) explainOnce(ctx context.Context, p *plan) (error, bool) {
	for i := range p.once {
		o := &p.once[i]
		var tickets []link
		err := s.run.NewRaw("SELECT ticket_id FROM helpdesk_once WHERE tenant_id = ? AND scope = ? AND key = ?",
			o.Tenant, o.Scope, o.Key).Scan(ctx, &tickets)
		if err != nil {
			return err, false
		}
		if len(tickets) > 0 {
			return &helpdesk.DuplicateError{
				Once: helpdesk.OnceKey{Scope: o.Scope, Key: o.Key}, Ticket: helpdesk.TicketID(tickets[0]),
			}, false
		}
	}
	return helpdesk.ErrConflict, true
}

// explainAdded finds the ticket in the way of a new one: one of the same id or reference.
func (s *Store) explainAdded(ctx context.Context, p *plan) (error, bool) {
	for i := range p.added {
		t := &p.added[i]
		var ids []string
		err := s.run.NewRaw("SELECT id FROM helpdesk_tickets WHERE tenant_id = ? AND id = ? UNION ALL SELECT id FROM helpdesk_tickets WHERE tenant_id = ? AND ref = ?",
			t.Tenant, t.ID, t.Tenant, t.Ref).Scan(ctx, &ids)
		switch {
		case err != nil:
			return err, false
		case len(ids) == 0:
			continue
		case ids[0] == t.ID:
			return helpdesk.ErrConflict, false
		}
		return &helpdesk.DuplicateError{
			Once: helpdesk.OnceKey{Scope: refScope, Key: t.Ref}, Ticket: helpdesk.TicketID(ids[0]),
		}, false
	}
	return helpdesk.ErrConflict, true
}

func asError[T any](err error, target *T) bool { return errors.As(err, target) }
