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
	Key      string        `json:"-"`
	Kind     NoticeKind    `json:"kind"`
	Urgent   bool          `json:"urgent,omitempty"`
	Audience audience      `json:"audience"`
	Agent    AgentID       `json:"agent,omitempty"` // for toAgent
	Text     string        `json:"text"`
	By       Actor         `json:"by,omitzero"` // the person whose text it is, when the customer is told
	At       time.Time     `json:"at"`
	Files    []Attachment  `json:"files,omitempty"`
	Wait     time.Duration `json:"-"` // how long before it is told

	// Of a notice to a customer that goes out as a mail.
	Mail      string `json:"mail,omitempty"`       // its record
	MessageID string `json:"message_id,omitempty"` // drawn once, so that every attempt sends the same

	Settled map[string]string `json:"settled,omitempty"` // parts that need no further attempt, see Progress
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
	if n.Audience == toCustomer {
		x.record(&n)
	}
	x.c.Tasks = append(x.c.Tasks, Task{
		Tenant: x.c.Tenant, Kind: TaskNotify, Key: n.Key, Ticket: x.t.ID, DueAt: x.now.Add(n.Wait), Payload: n.payload(),
	})
}

func (n *notice) payload() json.RawMessage {
	payload, err := json.Marshal(n)
	if err != nil {
		panic("helpdesk: notice: " + err.Error()) // our own plain struct: cannot happen
	}
	return payload
}

// tellAssignee tells the agent who was just given the ticket. Call it after assign.
func (x *draft) tellAssignee() {
	x.notify(notice{
		Key: fmt.Sprintf("%s/assigned/%d", x.t.ID, x.t.Version), Kind: NoticeAssigned, Urgent: x.t.Priority == Urgent,
		Audience: toAgent, Agent: x.t.Assignee, Text: "A ticket was assigned to you.",
	})
}

// couriers is how many notifications of one batch are delivered at once, and recordTime how long recording them may take.
const (
	couriers   = 8
	recordTime = 30 * time.Second
)

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
	mails, err := d.mailsOf(ctx, tasks)
	if err != nil {
		return d.putOff(ctx, tasks, fmt.Errorf("mails: %w", err))
	}
	told, begun := make([]delivery, len(tasks)), d.now()
	n := len(tasks) // how many are begun
	var wg sync.WaitGroup
	slot := make(chan struct{}, couriers)
	for i := range tasks {
		slot <- struct{}{}
		if ctx.Err() != nil || d.now().Sub(begun) > leaseTime/2 { // else another process would tell those again that are told and not yet recorded
			n = i
			break
		}
		wg.Go(func() {
			defer func() { <-slot }()
			told[i] = d.deliverOne(ctx, &tasks[i], tickets[tasks[i].Ticket], agents, teams)
		})
	}
	wg.Wait()
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), recordTime) // who has been told is recorded even when ctx has ended
	defer end()
	// A mail may have come back while others were told. Where that cannot be read nothing can be committed either.
	if now, err := d.mailsOf(ctx, tasks); err == nil {
		mails = now
	}
	var changes []*Change
	for i := range told[:n] {
		if told[i].change == nil {
			continue
		}
		told[i].post(mails, d.now())
		changes = append(changes, told[i].change)
	}
	done, err := d.commitEach(ctx, changes)
	return done, errors.Join(err, d.putBack(ctx, tasks[n:]))
}

// delivery is what became of a notice.
type delivery struct {
	change *Change // nil when it was cut short before anybody was told: its lease runs out
	notice *notice // nil when nothing was told
	ticket *Ticket
	err    error
}

// deliverOne tells one notice.
func (d *Desk) deliverOne(ctx context.Context, task *Task, t *Ticket, agents []Agent, teams []Team) delivery {
	n, err := noticeOf(task)
	if err == nil && t == nil {
		err = fmt.Errorf("notice: ticket %s: %w", task.Ticket, ErrNotFound)
	}
	if err != nil || d.cfg.Notifier == nil || n.idle(t) {
		return delivery{change: d.outcome(task, err)}
	}
	progress := &Progress{settled: n.Settled, sent: d.sent, tenant: string(task.Tenant), key: task.Key}
	told := &Notification{
		Key: task.Key, Tenant: task.Tenant, Kind: n.Kind, Urgent: n.Urgent,
		To: n.recipients(t, agents, teams), Ticket: t.Clone(), Text: n.Text, By: n.author(agents), At: n.At, Progress: progress,
	}
	known := len(n.Settled)
	if told.Mail, err = d.envelope(ctx, n, t); err != nil {
		err = fmt.Errorf("mail: %w", err)
	} else {
		err = d.tell(ctx, told)
	}
	if n.Settled = progress.record(); err != nil && ctx.Err() != nil && len(n.Settled) == known {
		return delivery{}
	}
	if err != nil {
		task.Payload = n.payload()
	}
	return delivery{d.outcome(task, err), n, t, err}
}

// post puts on record what became of the notice's mail, if it is one.
func (v *delivery) post(mails map[string]Mail, now time.Time) {
	if v.notice == nil {
		return
	}
	if m, ok := mails[v.notice.Mail]; ok {
		v.change.post(m, v.notice.Settled, v.err)
	} else if v.notice.Kind == NoticeSurvey && v.notice.Mail != "" {
		v.change.post(v.notice.mail(v.ticket, MailQueued, now), v.notice.Settled, v.err)
	}
}

func noticeOf(task *Task) (*notice, error) {
	var n notice
	if err := json.Unmarshal(task.Payload, &n); err != nil {
		return nil, fmt.Errorf("notice: %w", err)
	}
	n.Key = task.Key
	return &n, nil
}

func (d *Desk) tell(ctx context.Context, n *Notification) error {
	if n.Kind == NoticeReceived {
		n.forStranger()
	}
	err := safely(func() error { return d.cfg.Notifier.Notify(ctx, n) })
	switch {
	case !errors.Is(err, ErrNotFound):
		return err
	case errors.Is(err, ErrInvalid):
		return refusal(err.Error())
	}
	return errors.New(err.Error()) // what a Notifier does not find is no ticket that is gone: it is tried again
}

// post puts on record what became of a mail, unless that is known or it is to be tried again. Other parts of the notice may fail
// although the mail was sent, and be tried again although it never can be.
func (c *Change) post(m Mail, settled map[string]string, err error) {
	if m.Outcome == MailSent || m.Outcome == MailBounced {
		return
	}
	dead := len(c.Tasks) > 0 && c.Tasks[0].Dead
	switch sent, failed := mailed(settled); {
	case sent || err == nil:
		m.Outcome, m.Reason = MailSent, ""
	case failed != "":
		m.Outcome, m.Reason = MailFailed, failed
	case dead:
		m.Outcome, m.Reason = MailFailed, c.Tasks[0].Error
	default:
		return
	}
	c.Mail = append(c.Mail, m)
}

// idle reports whether there is nothing to tell any more: who is asked how it was has said so, or it is not over, or the customer was
// erased while somebody had the notice tried again.
func (n *notice) idle(t *Ticket) bool {
	if n.Audience == toCustomer && t.Customer.Email == "" {
		return true
	}
	return n.Kind == NoticeSurvey && (t.Status.Open() || t.Rating != nil || t.MergedInto != "")
}

// forStranger takes out what the writer of a ticket wrote. Anybody can claim to be the customer, and the notice goes to the one who
// really has the address.
func (n *Notification) forStranger() {
	t := n.Ticket
	t.Subject, t.Description, t.Customer.Name, t.Tags, t.Suggestion = "", "", "", nil, nil
	for i := range n.To {
		n.To[i].Name = ""
	}
}

// author returns the name of the person whose text it is: as in the roster, else as the host gave it.
func (n *notice) author(agents []Agent) string {
	for i := range agents {
		if string(agents[i].ID) == n.By.ID {
			return agents[i].Name
		}
	}
	return n.By.Name
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

// RetryTask has a dead task tried again, from the first attempt on; what was delivered of it stays so. ErrNotFound when no dead task has this kind and key.
func (d *Desk) RetryTask(ctx context.Context, kind TaskKind, key string) error {
	const op = "retry task"
	if _, err := d.admin(ctx); err != nil {
		return d.fail(op, "", err)
	}
	l, ok := As[TaskLister](d.store)
	if !ok {
		return d.fail(op, "", errors.ErrUnsupported)
	}
	tasks, err := l.DeadTasks(ctx, d.tenant, mostDead)
	if err != nil {
		return d.fail(op, "", err)
	}
	at := slices.IndexFunc(tasks, func(t Task) bool { return t.Kind == kind && t.Key == key })
	if at < 0 {
		return d.fail(op, "", ErrNotFound)
	}
	t := tasks[at]
	t.Dead, t.Attempts, t.Token, t.DueAt = false, 0, 0, d.now()
	if n, err := noticeOf(&t); err == nil && kind == TaskNotify {
		forgetFailures(n.Settled)
		t.Payload = n.payload()
	}
	return d.fail(op, "", d.commit(ctx, &Change{Tenant: d.tenant, Tasks: []Task{t}}))
}

// mostDead is how many dead tasks RetryTask looks through.
const mostDead = 10_000

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
