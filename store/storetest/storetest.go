// Package storetest checks a helpdesk.Store against every sentence of its contract.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) helpdesk.Store { return mystore.New(...) })
//	}
//
// [RunBlobs] does the same for helpdesk.Blobs.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk"
)

// Run checks the stores that open returns, one new and empty store for each case. A
// case that fails says which sentence of the contract is broken.
func Run(t *testing.T, open func(t *testing.T) helpdesk.Store) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open(t))
		})
	}
}

// testCase is one promise of the contract and the code that looks whether it is kept.
type testCase struct {
	name     string
	sentence string // as it stands in a comment of the root package
	check    func(e *env)
}

func cases() []testCase {
	var all []testCase
	for _, part := range [][]testCase{
		ticketCases, queryCases, threadCases, atomicCases, taskCases, loadCases, settingCases, tenantCases, severalCases, textCases, fastPathCases, searchCases, reportCases, similarCases, sentenceCases, streamCases,
		messageCases, mailCases, rewriteCases, archiveCases, peopleCases, noticeCases,
	} {
		all = append(all, part...)
	}
	return all
}

// reporter is what a case needs of a *testing.T.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	FailNow()
}

func (c *testCase) run(t reporter, store helpdesk.Store) {
	c.check(&env{reporter: t, c: c, ctx: context.Background(), store: store, tenant: "acme"})
}

// env is the surroundings of a case: a store, and helpers that fail it.
type env struct {
	reporter
	c      *testCase
	ctx    context.Context
	store  helpdesk.Store
	blobs  helpdesk.Blobs // for the cases of RunBlobs, which have no store
	tenant helpdesk.TenantID
}

// fatal ends the case. It is for the goroutine of the case alone.
func (e *env) fatal(format string, args ...any) {
	e.Helper()
	e.fail(format, args...)
	e.FailNow()
}

// fail notes that the sentence is broken.
func (e *env) fail(format string, args ...any) {
	e.Helper()
	e.Errorf("%s\n  the contract: %s", fmt.Sprintf(format, args...), e.c.sentence)
}

func (e *env) ok(err error) {
	e.Helper()
	if err != nil {
		e.fatal("unexpected error: %v", err)
	}
}

func (e *env) is(err, target error) {
	e.Helper()
	if !errors.Is(err, target) {
		e.fatal("got error %v, want %v", err, target)
	}
}

func (e *env) equal(what string, got, want any) {
	e.Helper()
	if !reflect.DeepEqual(got, want) {
		e.fatal("%s:\n   got %+v\n  want %+v", what, got, want)
	}
}

// start is the time at which the stories of the cases begin.
var start = time.Date(2026, time.March, 2, 9, 0, 0, 123456000, time.UTC)

var serial atomic.Int64

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// newTicket returns a plain ticket that is not stored yet.
func (e *env) newTicket(change ...func(*helpdesk.Ticket)) *helpdesk.Ticket {
	n := serial.Add(1)
	t := &helpdesk.Ticket{
		Tenant: e.tenant, ID: helpdesk.TicketID(newID()), Ref: fmt.Sprintf("R%07d", n),
		Subject: "Refund", Description: "Please.", Source: helpdesk.SourceAPI,
		Customer: helpdesk.Contact{Name: "Kim", Email: "kim@example.com"},
		Status:   helpdesk.StatusNew, Priority: helpdesk.Medium, CategoryBy: helpdesk.ByRule, PriorityBy: helpdesk.ByRule,
		CreatedAt: start, UpdatedAt: start, PublicAt: start,
	}
	for _, f := range change {
		f(t)
	}
	return t
}

// add stores a new ticket with its first message and returns it as stored.
func (e *env) add(change ...func(*helpdesk.Ticket)) *helpdesk.Ticket {
	e.Helper()
	t := e.newTicket(change...)
	e.ok(e.store.Commit(e.ctx, opening(t)))
	return e.get(t.ID)
}

// opening is the Change that adds a ticket.
func opening(t *helpdesk.Ticket) *helpdesk.Change {
	return &helpdesk.Change{Tenant: t.Tenant, Ticket: t, Messages: []helpdesk.Message{message(t, t.Description)}}
}

func message(t *helpdesk.Ticket, body string) helpdesk.Message {
	return helpdesk.Message{
		ID: newID(), Ticket: t.ID, Kind: helpdesk.FromCustomer, Body: body, At: t.CreatedAt,
		By: helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name},
	}
}

func event(t *helpdesk.Ticket, kind helpdesk.EventType) helpdesk.Event {
	return helpdesk.Event{ID: newID(), Ticket: t.ID, Type: kind, From: "a", To: "b", At: t.CreatedAt}
}

func (e *env) get(id helpdesk.TicketID) *helpdesk.Ticket {
	e.Helper()
	t, err := e.store.Ticket(e.ctx, e.tenant, id)
	e.ok(err)
	return t
}

func (e *env) commit(changes ...*helpdesk.Change) {
	e.Helper()
	e.ok(e.store.Commit(e.ctx, changes...))
}

// put adds tasks of the tenant.
func (e *env) put(tasks ...helpdesk.Task) {
	e.Helper()
	e.commit(&helpdesk.Change{Tenant: e.tenant, Tasks: tasks})
}

func (e *env) lease(now time.Time, limit int) []helpdesk.Task {
	e.Helper()
	tasks, err := e.store.Lease(e.ctx, now, time.Minute, limit)
	e.ok(err)
	return tasks
}

func task(key string, due time.Time) helpdesk.Task {
	return helpdesk.Task{Tenant: "acme", Kind: helpdesk.TaskNotify, Key: key, DueAt: due}
}

func keys(tasks []helpdesk.Task) []string {
	list := []string{}
	for _, t := range tasks {
		list = append(list, t.Key)
	}
	return list
}
