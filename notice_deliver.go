package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// couriers is how many notifications of a batch are delivered at once; recordTime is the most time
// that recording them may take after the end of the context.
const (
	couriers   = 8
	recordTime = 10 * time.Second
)

// deliver hands the notices of one tenant to the Notifier, each bounded in time, and records each
// delivery as soon as it is known. Notices that failed are tried again later, with the same key.
func (d *Desk) deliver(ctx context.Context, tasks []Task) (int, error) {
	all := slices.Clone(tasks) // the call may outlive us
	facts, err := bounded.Value(ctx, callTime, func(ctx context.Context) (*noticeFacts, error) { return d.noticeFacts(ctx, all) })
	if err != nil {
		return d.putOff(ctx, tasks, err)
	}
	rec := newRecorder(ctx, d)
	var wg sync.WaitGroup
	slot := make(chan struct{}, couriers)
	for i := range tasks {
		slot <- struct{}{}
		if ctx.Err() != nil {
			break // the rest is given back
		}
		wg.Go(func() {
			defer func() { <-slot }()
			rec.add(d.deliverInTime(ctx, &tasks[i], facts))
		})
	}
	wg.Wait()
	return rec.end()
}

// noticeFacts is what the delivery of some notices needs to know.
type noticeFacts struct {
	tickets map[ticketKey]*Ticket
	agents  []Agent
	teams   []Team
}

func (d *Desk) noticeFacts(ctx context.Context, tasks []Task) (*noticeFacts, error) {
	var f noticeFacts
	var err error
	if f.tickets, err = d.byID(ctx, tasks); err != nil {
		return nil, err
	}
	if f.agents, err = d.agents(ctx); err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	if f.teams, err = d.teams(ctx); err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	return &f, nil
}

// delivery is the result of a notice.
type delivery struct {
	change *Change // nil when ctx ended before any part was settled: the task is given back
	notice *notice // nil when the Notifier was not called
	ticket *Ticket
	err    error
}

// deliverInTime is deliverOne for a Notifier that may not return. While calls for a recipient do
// not return, its notices are held back.
func (d *Desk) deliverInTime(ctx context.Context, task *Task, f *noticeFacts) delivery {
	n, err := noticeOf(task)
	t := f.tickets[keyOf(task)]
	if err == nil && t == nil {
		err = fmt.Errorf("notice: ticket %s: %w", task.Ticket, ErrNotFound)
	}
	if err != nil || d.cfg.Notifier == nil || n.idle(t) {
		return delivery{change: d.outcome(task, err)}
	}
	to := n.recipients(t, f.agents, f.teams)
	called := string(task.Kind) + " " + string(task.Tenant)
	if len(to) > 0 {
		called += " " + to[0].Email
	}
	if wait, ok := d.breakers.Ready(called, d.now()); !ok {
		return delivery{change: d.heldBack(task, wait)}
	}
	progress := &DeliveryProgress{
		settled: n.Settled, clean: d.withoutTokens, sent: d.sent, tenant: string(task.Tenant), key: n.Key,
		breakers: d.breakers, now: d.now,
	}
	known := len(n.Settled)
	err = bounded.Call(ctx, callTime, func(ctx context.Context) error { return d.deliverOne(ctx, n.Key, n, t, to, f.agents, progress) })
	if ctx.Err() == nil {
		d.breakers.Done(called, d.now(), errors.Is(err, bounded.ErrNoAnswer))
	}
	next := *n
	if next.Settled = progress.record(); err != nil && ctx.Err() != nil && len(next.Settled) == known {
		return delivery{}
	}
	done := *task
	if err != nil {
		done.Payload = next.payload()
	}
	if wait, held := progress.onHold(); held && err != nil {
		return delivery{d.heldBack(&done, wait), &next, t, err}
	}
	c := d.outcome(&done, err)
	if len(c.Tasks) > 0 && !c.Tasks[0].Dead && progress.down() {
		c.Tasks[0].DueAt = earliest(c.Tasks[0].DueAt, d.now().Add(2*bounded.Hold)) // it goes out soon after the host's return
	}
	return delivery{c, &next, t, err}
}

// deliverOne delivers one notice.
func (d *Desk) deliverOne(ctx context.Context, key string, n *notice, t *Ticket, to []Recipient, agents []Agent, progress *DeliveryProgress) error {
	if d.sent.Has(string(d.tenant), key) {
		return nil // delivered, and not recorded: a commit failed
	}
	told := &Notification{
		Key: key, Tenant: d.tenant, Kind: n.Kind, Urgent: n.Urgent,
		To: to, Ticket: t.Clone(), Text: n.Text, By: n.author(agents), At: n.At, Progress: progress,
	}
	var err error
	if told.Mail, err = d.envelope(ctx, n, t); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	if err = d.tell(ctx, told); err == nil {
		d.sent.Add(string(d.tenant), key)
	}
	return err
}

// post records the result of the notice's mail, if it has one.
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

func (d *Desk) tell(ctx context.Context, n *Notification) error {
	if n.Kind == NoticeReceived || n.Kind == NoticeLink {
		n.forStranger()
	}
	err := bounded.Safely(func() error { return d.cfg.Notifier.Notify(ctx, n) })
	switch {
	case !errors.Is(err, ErrNotFound):
		return err
	case errors.Is(err, ErrInvalid):
		return refusal(err.Error())
	}
	return errors.New(err.Error()) // a Notifier's ErrNotFound is not a missing ticket: try again
}

// post records the result of a mail, unless it is known or another attempt follows. The mail may be
// sent although other parts of the notice fail, and may fail for good while they are tried again.
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
