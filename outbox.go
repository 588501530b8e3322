package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// notice is the payload of a notify task: what to tell to whom. Who exactly that is
// gets looked up at delivery, so that a manager who has left is not told.
type notice struct {
	Key      string     `json:"-"`
	Kind     NoticeKind `json:"kind"`
	Urgent   bool       `json:"urgent,omitempty"`
	Audience audience   `json:"audience"`
	Agent    AgentID    `json:"agent,omitempty"` // for toAgent
	Text     string     `json:"text"`
	At       time.Time  `json:"at"`
}

type audience string

const (
	toAgent    audience = "agent"    // the one named in the notice
	toAssignee audience = "assignee" // whoever holds the ticket at delivery; managers when nobody does
	toManagers audience = "managers"
	toCustomer audience = "customer"
)

// notify puts a notice into the outbox: it is delivered by Tick, after the commit.
func (x *draft) notify(n notice) {
	if x.cfg.Notifier == nil || (n.Audience == toCustomer && x.t.Customer.Email == "") {
		return
	}
	n.At = x.now
	payload, err := json.Marshal(n)
	if err != nil {
		panic("helpdesk: notice: " + err.Error()) // our own plain struct: cannot happen
	}
	x.c.Tasks = append(x.c.Tasks, Task{
		Tenant: x.c.Tenant, Kind: TaskNotify, Key: n.Key, Ticket: x.t.ID, DueAt: x.now, Payload: payload,
	})
}

// tellAssignee tells the agent who was just given the ticket. Call it after assign.
func (x *draft) tellAssignee() {
	x.notify(notice{
		Key: fmt.Sprintf("%s/assigned/%d", x.t.ID, x.t.Version), Kind: NoticeAssigned, Urgent: x.t.Priority == Urgent,
		Audience: toAgent, Agent: x.t.Assignee, Text: "A ticket was assigned to you.",
	})
}

// couriers is how many notifications of one batch are delivered at once.
const couriers = 8

// deliver hands the notices of one tenant to the Notifier and records which arrived. Those
// that did not are tried again later, with the same key.
func (d *Desk) deliver(ctx context.Context, tasks []Task) (int, error) {
	tickets, err := d.byID(ctx, tasks)
	if err != nil {
		return 0, err
	}
	agents, err := d.agents(ctx)
	if err != nil {
		return d.putOff(ctx, tasks, fmt.Errorf("roster: %w", err))
	}
	teams, err := d.teams(ctx)
	if err != nil {
		return d.putOff(ctx, tasks, fmt.Errorf("teams: %w", err))
	}
	changes := make([]*Change, len(tasks))
	var wg sync.WaitGroup
	slot := make(chan struct{}, couriers)
	for i := range tasks {
		slot <- struct{}{}
		wg.Go(func() {
			defer func() { <-slot }()
			task := &tasks[i]
			err := d.deliverOne(ctx, task, tickets[task.Ticket], agents, teams)
			changes[i] = d.outcome(task, err)
		})
	}
	wg.Wait()
	return d.commitEach(ctx, changes)
}

func (d *Desk) deliverOne(ctx context.Context, task *Task, t *Ticket, agents []Agent, teams []Team) (err error) {
	var n notice
	if err := json.Unmarshal(task.Payload, &n); err != nil {
		return fmt.Errorf("notice: %w", err)
	}
	if t == nil {
		return fmt.Errorf("notice: ticket %s: %w", task.Ticket, ErrNotFound)
	}
	if d.cfg.Notifier == nil {
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("notifier panicked: %v", p)
		}
	}()
	return d.cfg.Notifier.Notify(ctx, &Notification{
		Key: task.Key, Tenant: task.Tenant, Kind: n.Kind, Urgent: n.Urgent,
		To: n.recipients(t, agents, teams), Ticket: t.Clone(), Text: n.Text, At: n.At,
	})
}

// recipients finds the people a notice is for.
func (n *notice) recipients(t *Ticket, agents []Agent, teams []Team) []Recipient {
	if n.Audience == toCustomer {
		return []Recipient{{Name: t.Customer.Name, Email: t.Customer.Email}}
	}
	who := n.Agent
	if n.Audience == toAssignee {
		who = t.Assignee
	}
	people := managersOf(agents, teamsOf(teams, t.Category))
	if who != "" {
		people = slices.DeleteFunc(slices.Clone(agents), func(a Agent) bool { return a.ID != who })
	}
	var to []Recipient
	for _, a := range people {
		to = append(to, Recipient{Agent: a.ID, Name: a.Name, Email: a.Email})
	}
	return to
}

// DeadTasks returns the tasks that were given up after failing again and again, such as
// notifications nobody accepts, latest first. The Store has to be a TaskLister.
func (d *Desk) DeadTasks(ctx context.Context, limit int) ([]Task, error) {
	const op = "list dead tasks"
	if _, err := d.admin(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	l, ok := As[TaskLister](d.store)
	if !ok {
		return nil, d.fail(op, "", errors.ErrUnsupported)
	}
	tasks, err := l.DeadTasks(ctx, d.tenant, limit)
	return tasks, d.fail(op, "", err)
}
