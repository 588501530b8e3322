package helpdesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/atonce"
	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/gather"
	"github.com/helpdesk-go/helpdesk/internal/parts"
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
	ended := func() bool { return ctx.Err() != nil } // the rest is given back
	atonce.Do(len(tasks), couriers, ended, func(i int) { rec.add(d.deliverInTime(ctx, &tasks[i], facts)) })
	return rec.end()
}

// noticeFacts is what the delivery of some notices needs to know.
type noticeFacts struct {
	tickets map[ticketKey]*Ticket
	agents  []Agent
	teams   []Team
	ways    map[AgentID]map[NoticeKind]NoticeWay

	customers map[CustomerID]Customer // of notices to customers
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
	if f.customers, err = d.told(ctx, tasks, f.tickets); err != nil {
		return nil, fmt.Errorf("customers: %w", err)
	}
	ways, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingNotices})
	if err == nil {
		f.ways, err = waysOf(ways)
	}
	if err != nil {
		return nil, fmt.Errorf("notice settings: %w", err)
	}
	return &f, nil
}

// told reads the customers to whom notices go; none if the store keeps none.
func (d *Desk) told(ctx context.Context, tasks []Task, tickets map[ticketKey]*Ticket) (map[CustomerID]Customer, error) {
	s, ok := As[CustomerStore](d.store)
	var ids []CustomerID
	for i := range tasks {
		n, err := noticeOf(&tasks[i])
		t := tickets[keyOf(&tasks[i])]
		if err == nil && t != nil && n.Audience == toCustomer && t.CustomerID != "" && !slices.Contains(ids, t.CustomerID) {
			ids = append(ids, t.CustomerID)
		}
	}
	if !ok || len(ids) == 0 {
		return nil, nil
	}
	known := map[CustomerID]Customer{}
	for some := range slices.Chunk(ids, MaxLimit) {
		page, err := s.Customers(ctx, CustomerQuery{Tenant: d.tenant, IDs: some, Limit: len(some)})
		if err != nil {
			return nil, err
		}
		for _, c := range page.Customers {
			known[c.ID] = c
		}
	}
	return known, nil
}

// delivery is the result of a notice.
type delivery struct {
	change *Change // nil when ctx ended before any part was settled: the task is given back
	notice *notice // nil when the Notifier was not called
	ticket *Ticket
	err    error
}

// deliverInTime is deliverOne for a Notifier that may not return. While calls for a recipient do
// not return, its notices are held back. The first attempt puts the notice into the pages, whatever
// the Notifier does.
func (d *Desk) deliverInTime(ctx context.Context, task *Task, f *noticeFacts) (v delivery) {
	n, err := noticeOf(task)
	t := f.tickets[keyOf(task)]
	if err == nil && t == nil {
		err = fmt.Errorf("notice: ticket %s: %w", task.Ticket, ErrNotFound)
	}
	if err != nil || d.cfg.Notifier == nil || n.idle(t) {
		return delivery{change: d.outcome(task, err)}
	}
	to := n.recipients(t, f.agents, f.teams)
	if c, ok := f.customers[t.CustomerID]; ok && n.Audience == toCustomer {
		to[0].Zone, to[0].Language = c.Zone, c.Language
	}
	add, edits := d.kept(n, t, to)
	defer func() {
		if v.change != nil {
			v.change.Notices, v.change.NoticeEdits = add, edits
		}
	}()
	to = slices.DeleteFunc(to, func(r Recipient) bool { return f.ways[r.Agent][n.Kind] == NoticeByPage })
	called := string(task.Kind) + " " + string(task.Tenant)
	if len(to) > 0 {
		called += " " + to[0].Email
	}
	if wait, ok := d.breakers.Ready(called, d.now()); !ok {
		return delivery{change: d.heldBack(task, wait)}
	}
	progress := &DeliveryProgress{clean: d.withoutTokens}
	progress.parts.Begin(n.Settled, &parts.Memory{Sent: d.sent, Breakers: d.breakers, Now: d.now}, string(task.Tenant), n.Key)
	known := len(n.Settled)
	err = bounded.Call(ctx, callTime, func(ctx context.Context) error { return d.deliverOne(ctx, n.Key, n, t, to, f.agents, progress) })
	if ctx.Err() == nil {
		d.breakers.Done(called, d.now(), errors.Is(err, bounded.ErrNoAnswer))
	}
	next := *n
	if next.Settled = progress.parts.Record(); err != nil && ctx.Err() != nil && len(next.Settled) == known {
		return delivery{}
	}
	done := *task
	if err != nil {
		done.Payload = encoded(next)
	}
	if wait, held := progress.parts.OnHold(); held && err != nil {
		return delivery{d.heldBack(&done, wait), &next, t, err}
	}
	c := d.outcome(&done, err)
	if len(c.Tasks) > 0 && !c.Tasks[0].Dead && progress.parts.Down() {
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
		To: to, Cc: n.copies(t), Ticket: t.Clone(), Text: n.Text, By: n.author(agents), At: n.At, Progress: progress, said: n.Said,
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
		if m.Address != "" { // else it was erased
			m.Address = v.ticket.answersTo(v.notice.Kind) // the requester may have changed since it was queued
		}
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
		return parts.Refusal{Reason: err.Error(), Final: ErrInvalid}
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
	switch sent, failed := parts.Mailed(settled); {
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

// recorder commits the results of notices as they come, those that come during a commit together.
// In a Run, a commit that fails is tried again, so that no other process delivers a notice a second
// time for want of a record.
type recorder struct {
	*Desk
	ctx    context.Context
	all    *gather.Gatherer[delivery]
	stored int
	errs   []error
}

func newRecorder(ctx context.Context, d *Desk) *recorder {
	r := &recorder{Desk: d, ctx: ctx}
	r.all = gather.New(func(some []delivery) {
		n, err := r.record(some)
		r.stored, r.errs = r.stored+n, append(r.errs, err)
	})
	return r
}

// add takes the result of a notice.
func (r *recorder) add(v delivery) {
	if v.change != nil {
		r.all.Add(v)
	}
}

// end waits until all results are recorded and returns how many were.
func (r *recorder) end() (int, error) {
	r.all.End()
	return r.stored, errors.Join(r.errs...)
}

// recordTries is how often a commit of results is tried, with five seconds between two tries.
const (
	recordTries = 60
	recordWait  = 5 * time.Second
)

// record commits results, again and again until the store takes them or the context ends.
func (r *recorder) record(some []delivery) (int, error) {
	changes, total := make([]*Change, 0, len(some)), 0
	for i := range some {
		changes = append(changes, some[i].change)
	}
	posted := false
	for try := 1; ; try++ {
		// Results are recorded even when ctx has ended.
		ctx, end := context.WithTimeout(context.WithoutCancel(r.ctx), recordTime)
		var failed []*Change
		var errs []error
		if !posted {
			err := r.post(ctx, some)
			if posted = err == nil; !posted {
				failed, errs = changes, []error{err}
			}
		}
		if posted {
			n := len(changes)
			r.commitSome(ctx, changes, func(c *Change, err error) {
				if n--; !errors.Is(err, ErrConflict) {
					failed, errs = append(failed, c), append(errs, err)
				}
			})
			total += n
		}
		end()
		if changes = failed; len(changes) == 0 || !r.persists || r.ctx.Err() != nil || try == recordTries {
			return total, errors.Join(errs...)
		}
		r.cfg.Logger.WarnContext(r.ctx, "helpdesk: record deliveries", "tenant", r.tenant, "notices", len(changes), "error", errors.Join(errs...))
		select {
		case <-time.After(recordWait):
		case <-r.ctx.Done():
		}
	}
}

// post adds the results of the notices' mails, by their records: a mail may have bounced meanwhile.
// Its error is that of reading them; it has added nothing then.
func (r *recorder) post(ctx context.Context, some []delivery) error {
	tasks := make([]Task, 0, len(some))
	for i := range some {
		tasks = append(tasks, some[i].change.Done...)
	}
	mails, err := r.mailsOf(ctx, tasks)
	if err != nil {
		return err
	}
	for i := range some {
		some[i].post(mails, r.now())
	}
	return nil
}
