package bunstore

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// Commit implements [helpdesk.Store]. On the store's own connection it tries a deadlock again a few
// times before it returns ErrConflict.
func (s *Store) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	p, err := fold(changes)
	if err != nil {
		return fail("commit", err)
	}
	for try := 0; ; try++ {
		if err := s.readWords(ctx, p); err != nil {
			return fail("commit", err)
		}
		steps := s.steps(p)
		if len(steps) == 0 {
			return nil
		}
		err = s.write(ctx, steps, p.wait)
		err, again := s.explain(ctx, p, err)
		if !again {
			return fail("commit", err)
		}
		if s.bound || try >= s.cfg.Retries {
			return fail("commit", errors.Join(helpdesk.ErrConflict, err))
		}
	}
}

// step is one part of a commit: a statement and its rows.
type step struct {
	*rowStatement
	rows any // a pointer to a slice of models
	n    int // length of the slice
}

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
	taken        state = "HD008" // another customer or organisation has the id, address or domain
	stalePeople  state = "HD009"
)

// steps lists what a plan writes. Order matters: the steps that refuse most often come first, and
// rows that many commits share, the loads, are locked late.
func (s *Store) steps(p *plan) []step {
	var steps []step
	add := func(st *rowStatement, rows any) {
		if n := reflect.ValueOf(rows).Elem().Len(); st != nil && n > 0 {
			steps = append(steps, step{st, rows, n})
		}
	}
	do := s.statements
	addMessages := do.addMessages
	if !slices.ContainsFunc(p.messages, func(m messageRow) bool { return !m.plain() }) {
		addMessages = do.addPlainMessages
	}
	add(do.useOnce, &p.once)
	add(do.addTickets, &p.added)
	add(do.updateTickets, &p.updated)
	add(do.rewriteTickets, &p.again.tickets)
	add(do.findTickets, &p.known)
	add(do.people.addOrganisations, &p.people.organisations)
	add(do.people.updateOrganisations, &p.people.oldOrganisations)
	add(do.people.dropDomains, &p.people.keptDomains)
	add(do.people.putDomains, &p.people.domains)
	add(do.people.dropAddresses, &p.people.keptAddresses)
	add(do.people.removeCustomers, &p.people.removed)
	add(do.people.addCustomers, &p.people.customers)
	add(do.people.updateCustomers, &p.people.oldCustomers)
	add(do.people.putAddress, &p.people.addresses)
	add(do.dropClocks, &p.kept)
	add(do.putClocks, &p.clocks)
	add(do.addClocks, &p.newClocks)
	add(addMessages, &p.messages)
	add(do.rewriteMessages, &p.again.messages)
	add(do.addWords, &p.words.added)
	add(do.growWords, &p.words.grown)
	add(do.putWords, &p.words.anew)
	for _, rows := range []*[]searchRow{&p.words.added, &p.words.grown, &p.words.anew} {
		add(do.listWords, rows)
	}
	add(do.rewriteEvents, &p.again.events)
	add(do.putMail, &p.mail)
	add(do.addEvents, &p.events)
	add(do.notices.remove, &p.notices.removed)
	add(do.notices.read, &p.notices.read)
	add(do.notices.add, &p.notices.added)
	add(do.putSettings, &p.settings)
	add(do.addSettings, &p.later)
	add(do.purgeSettings, &p.purged)
	add(do.endTasks, &p.done)
	add(do.moveTasks, &p.moved)
	add(do.dropTasks, &p.removed)
	add(do.putTasks, &p.tasks)
	add(do.addLoads, &p.loads)
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
	case taken:
		return s.explainTaken(ctx, p)
	case staleVersion, staleSetting, leaseLost, stalePeople:
		return helpdesk.ErrConflict, false
	case notKnown:
		return helpdesk.ErrNotFound, false
	case noRoom:
		return helpdesk.ErrCapacity, false
	}
	switch class {
	case duplicateRow:
		if !p.people.empty() { // a host's id that an update names
			if dup, _ := s.explainTaken(ctx, p); !errors.Is(dup, helpdesk.ErrConflict) || asError(dup, new(*helpdesk.DuplicateError)) {
				return dup, false
			}
		}
		return errors.Join(helpdesk.ErrConflict, err), false
	case missingRow:
		return errors.Join(helpdesk.ErrNotFound, err), false
	case lockedRow:
		return &helpdesk.LockedError{Agent: lockedAgent(p, err)}, false
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

// lockedAgent returns the agent whose counter kept a commit waiting, or "".
func lockedAgent(p *plan, err error) helpdesk.AgentID {
	var at *refusedAt
	if asError(err, &at) {
		if load, ok := at.row.(*loadRow); ok {
			return helpdesk.AgentID(load.Agent)
		}
		return ""
	}
	if len(p.loads) == 1 && strings.Contains(where(err), `"helpdesk_loads"`) {
		return helpdesk.AgentID(p.loads[0].Agent)
	}
	return ""
}

func asError[T any](err error, target *T) bool { return errors.As(err, target) }
