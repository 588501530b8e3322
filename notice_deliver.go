package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// couriers is how many notifications of a batch are delivered at once; recordTime is the most time
// that recording them may take.
const (
	couriers   = 8
	recordTime = 30 * time.Second
)

// deliver hands the notices of one tenant to the Notifier and records the deliveries. Notices that
// failed are tried again later, with the same key.
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
	n := len(tasks) // of these, the first n are begun
	var wg sync.WaitGroup
	slot := make(chan struct{}, couriers)
	for i := range tasks {
		slot <- struct{}{}
		// After the lease another process would repeat the deliveries that are not recorded.
		if ctx.Err() != nil || d.now().Sub(begun) > leaseTime/2 {
			n = i
			break
		}
		wg.Go(func() {
			defer func() { <-slot }()
			told[i] = d.deliverOne(ctx, &tasks[i], tickets[tasks[i].Ticket], agents, teams)
		})
	}
	wg.Wait()
	// Deliveries are recorded even when ctx has ended.
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), recordTime)
	defer end()
	// A mail may have bounced meanwhile. A store that cannot read this cannot commit either.
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
	return done, errors.Join(err, d.putBack(ctx, tasks[n:], slowLater))
}

// delivery is the result of a notice.
type delivery struct {
	change *Change // nil when ctx ended before any part was settled: the lease runs out
	notice *notice // nil when the Notifier was not called
	ticket *Ticket
	err    error
}

// deliverOne delivers one notice.
func (d *Desk) deliverOne(ctx context.Context, task *Task, t *Ticket, agents []Agent, teams []Team) delivery {
	n, err := noticeOf(task)
	if err == nil && t == nil {
		err = fmt.Errorf("notice: ticket %s: %w", task.Ticket, ErrNotFound)
	}
	if err != nil || d.cfg.Notifier == nil || n.idle(t) {
		return delivery{change: d.outcome(task, err)}
	}
	progress := &DeliveryProgress{settled: n.Settled, clean: d.withoutTokens, sent: d.sent, tenant: string(task.Tenant), key: task.Key}
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
	err := safely(func() error { return d.cfg.Notifier.Notify(ctx, n) })
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
