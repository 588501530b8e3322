package helpdesk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify"
)

// postOffice is a Notifier of two parts, a mail and a hook. Both answer as told, and it counts
// their real attempts.
type postOffice struct {
	mu          sync.Mutex
	mail, hook  error
	mails, hung int
}

func (o *postOffice) Notify(_ context.Context, n *helpdesk.Notification) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var errs []error
	for _, to := range n.To {
		errs = append(errs, n.Progress.Once(helpdesk.PartMailTo(to.Email), func() error { o.mails++; return o.mail }))
	}
	errs = append(errs, n.Progress.Once("hook", func() error { o.hung++; return o.hook }))
	return notify.Join(errs...)
}

// outgoing opens a ticket whose customer gets a mail that it has arrived.
func outgoing(t *testing.T, store helpdesk.Store, o *postOffice, clock helpdesk.Clock) (d *helpdesk.Desk, mail func() helpdesk.Mail) {
	d = processOf(t, store, o, clock)
	m, err := d.Receive(t.Context(), &helpdesk.Incoming{
		MessageID: "b1@mail.example", From: helpdesk.Contact{Email: "ben@mail.example"}, Recipients: []string{"support@acme.example"},
		Subject: "Refund", Text: "Twice.", Full: "Twice.", Kind: helpdesk.MailMessage,
	})
	require.NoError(t, err)
	return d, func() helpdesk.Mail {
		page, err := store.Mails(t.Context(), helpdesk.MailQuery{Ticket: m.Ticket, Notice: []helpdesk.NoticeKind{helpdesk.NoticeReceived}})
		require.NoError(t, err)
		require.Len(t, page.Mails, 1)
		return page.Mails[0]
	}
}

func processOf(t *testing.T, store helpdesk.Store, o helpdesk.Notifier, clock helpdesk.Clock) *helpdesk.Desk {
	d, err := helpdesk.New(store, &helpdesk.Config{
		Clock: clock, Notifier: o, Logger: quiet,
		Mail: &helpdesk.MailConfig{
			Address: func(helpdesk.TenantID) string { return "support@acme.example" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
		},
	})
	require.NoError(t, err)
	return d
}

func TestAHookThatFailsHasNoProcessSendTheMailAgainNorCallItFailed(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{hook: errors.New("answered 500")}
		d, mail := outgoing(t, store, o, clock)
		for attempt := range 30 {
			_, err := d.Tick(t.Context())
			require.NoError(t, err)
			require.Equal(t, 1, o.mails, "of attempt %d", attempt)
			require.Equal(t, helpdesk.MailSent, mail().Outcome)
			d = processOf(t, store, o, clock) // the next attempt is that of another process
			clock.Advance(6 * time.Hour)
		}
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, dead, 1)
		require.Contains(t, dead[0].Error, "answered 500")

		o.hook = nil
		was := o.hung
		require.NoError(t, d.RetryTask(t.Context(), helpdesk.TaskNotify, dead[0].Key))
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, was+1, o.hung)
		require.Equal(t, 1, o.mails)
		require.Equal(t, helpdesk.MailSent, mail().Outcome)
	})
}

func TestAMailThatIsRefusedForGoodIsOnRecordAtOnceAndTriedNoMoreUntilAPersonSaysSo(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{hook: errors.New("answered 500"), mail: &helpdesk.FieldError{Field: "to", Problem: "is nobody"}}
		d, mail := outgoing(t, store, o, clock)
		for range 3 {
			_, err := d.Tick(t.Context())
			require.NoError(t, err)
			require.Equal(t, 1, o.mails)
			require.Equal(t, helpdesk.MailFailed, mail().Outcome)
			require.Equal(t, "to is nobody", mail().Reason)
			d = processOf(t, store, o, clock)
			clock.Advance(6 * time.Hour)
		}
		o.hook = nil
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, dead, 1, "what is left was refused for good")

		o.mail = nil
		was := o.hung
		require.NoError(t, d.RetryTask(t.Context(), helpdesk.TaskNotify, dead[0].Key))
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, 2, o.mails)
		require.Equal(t, was, o.hung)
		require.Equal(t, helpdesk.MailSent, mail().Outcome)
		require.Empty(t, mail().Reason)
	})
}

func TestAMailThatBouncedStaysSoWhenAHookFails(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{hook: errors.New("answered 500")}
		d, mail := outgoing(t, store, o, clock)
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		_, err = d.Receive(t.Context(), &helpdesk.Incoming{
			MessageID: "d1@mail.example", From: helpdesk.Contact{Email: "mailer-daemon@mail.example"}, Recipients: []string{"support@acme.example"},
			Subject: "Undelivered", Text: "550 no such user", Kind: helpdesk.MailBounce, Bounced: []string{mail().MessageID}, Failed: []string{"ben@mail.example"},
		})
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailBounced, mail().Outcome)
		clock.Advance(6 * time.Hour)
		o.hook = nil
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailBounced, mail().Outcome)
	})
}

func TestAMailThatBouncesWhileAHookIsStillCalledStaysBounced(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{}
		d, mail := outgoing(t, store, o, clock)
		slow := processOf(t, store, helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			if n.Kind != helpdesk.NoticeReceived {
				return nil
			}
			_, err := d.Receive(ctx, &helpdesk.Incoming{
				MessageID: "d1@mail.example", From: helpdesk.Contact{Email: "mailer-daemon@mail.example"}, Recipients: []string{"support@acme.example"},
				Subject: "Undelivered", Text: "550 no such user", Kind: helpdesk.MailBounce, Bounced: []string{mail().MessageID}, Failed: []string{"ben@mail.example"},
			})
			return errors.Join(o.Notify(ctx, n), err)
		}), clock)
		_, err := slow.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, o.mails)
		require.Equal(t, helpdesk.MailBounced, mail().Outcome)
	})
}

func TestADeskThatStopsRecordsWhomItHasTold(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{hook: context.Canceled}
		_, mail := outgoing(t, store, o, clock)
		ctx, stop := context.WithCancel(t.Context())
		stopping := processOf(t, store, helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			stop()
			return o.Notify(ctx, n)
		}), clock)
		stopping.Tick(ctx)
		require.Equal(t, 1, o.mails)
		require.Equal(t, helpdesk.MailSent, mail().Outcome)
		o.hook = nil
		clock.Advance(time.Hour)
		_, err := processOf(t, store, o, clock).Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, o.mails)
		require.Equal(t, 2, o.hung)
	})
}

func TestADeskThatStopsBeforeAnybodyIsToldBlamesNoTask(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{mail: context.Canceled, hook: context.Canceled}
		_, mail := outgoing(t, store, o, clock)
		for range 20 {
			ctx, stop := context.WithCancel(t.Context())
			processOf(t, store, helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
				stop()
				return o.Notify(ctx, n)
			}), clock).Tick(ctx)
			clock.Advance(time.Second)
		}
		require.Equal(t, 20, o.mails, "each gave its task back")
		require.Equal(t, helpdesk.MailQueued, mail().Outcome)
		o.mail, o.hook = nil, nil
		clock.Advance(time.Hour)
		_, err := processOf(t, store, o, clock).Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailSent, mail().Outcome)
	})
}

// listing is a Store that calls then after it has listed dead tasks.
type listing struct {
	helpdesk.Store
	then func()
}

func (l *listing) Unwrap() helpdesk.Store { return l.Store }
func (l *listing) DeadTasks(ctx context.Context, tenant helpdesk.TenantID, limit int) ([]helpdesk.Task, error) {
	inner, _ := helpdesk.As[helpdesk.TaskLister](l.Store)
	tasks, err := inner.DeadTasks(ctx, tenant, limit)
	l.then()
	return tasks, err
}

// refused makes a notice that a hook refused for good: a dead task.
func refused(t *testing.T, store helpdesk.Store, clock *helpdesktest.Clock) (*helpdesk.Desk, *postOffice, *listing, helpdesk.Task) {
	o := &postOffice{hook: &helpdesk.FieldError{Field: "hook", Problem: "is none"}}
	l := &listing{Store: store, then: func() {}}
	d, _ := outgoing(t, l, o, clock)
	_, err := d.Tick(t.Context())
	require.NoError(t, err)
	dead, err := d.DeadTasks(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	return d, o, l, dead[0]
}

func TestACustomerErasedWhileANoticeIsRetriedIsInNoTaskAndNotTold(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		d, o, l, dead := refused(t, store, clock)
		require.Contains(t, string(dead.Payload), "ben@mail.example")
		l.then = func() {
			_, err := d.Erase(t.Context(), "ben@mail.example")
			require.NoError(t, err)
		}
		was := o.hung
		require.ErrorIs(t, d.RetryTask(t.Context(), helpdesk.TaskNotify, dead.Key), helpdesk.ErrConflict)
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, was, o.hung)
		left, err := store.Lease(t.Context(), clock.Now().Add(24*time.Hour), time.Minute, 100)
		require.NoError(t, err)
		for _, task := range left {
			require.NotContains(t, string(task.Payload)+task.Error, "ben@mail.example", task.Kind)
		}
	})
}

// leasing is a Store that calls then after it has leased tasks.
type leasing struct {
	helpdesk.Store
	then func()
}

func (l *leasing) Unwrap() helpdesk.Store { return l.Store }
func (l *leasing) Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...helpdesk.TaskGroup) ([]helpdesk.Task, error) {
	tasks, err := l.Store.Lease(ctx, now, d, limit, except...)
	if len(tasks) > 0 {
		l.then()
	}
	return tasks, err
}

func TestACustomerErasedWhenANoticeWasLeasedIsNotTold(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		o := &postOffice{}
		l := &leasing{Store: store}
		d, _ := outgoing(t, l, o, helpdesktest.NewClock(helpdesktest.Start))
		l.then = func() {
			l.then = func() {}
			_, err := d.Erase(t.Context(), "ben@mail.example")
			require.NoError(t, err)
		}
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.Zero(t, o.mails, "nobody has the address")
		require.Zero(t, o.hung)
	})
}

func TestOfTwoRetriesOfATaskOneCounts(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		d, o, l, dead := refused(t, store, clock)
		retry := func() error { return d.RetryTask(t.Context(), helpdesk.TaskNotify, dead.Key) }
		for death := range 3 {
			was := o.hung
			l.then = func() {
				l.then = func() {}
				require.NoError(t, retry(), death)
				_, err := d.Tick(t.Context())
				require.NoError(t, err)
			}
			require.ErrorIs(t, retry(), helpdesk.ErrConflict, "it had read the task before")
			_, err := d.Tick(t.Context())
			require.NoError(t, err)
			require.Equal(t, was+1, o.hung)
		}
	})
}

// forgetful is a Store that refuses commits while refuse is set.
type forgetful struct {
	helpdesk.Store
	refuse bool
}

func (s *forgetful) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	if s.refuse {
		return errors.New("disk is full")
	}
	return s.Store.Commit(ctx, changes...)
}

func TestACommitThatFailsHasItsProcessDeliverNothingAgain(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		s := &forgetful{Store: store}
		o := &postOffice{}
		d, mail := outgoing(t, s, o, clock)
		s.refuse = true
		_, err := d.Tick(t.Context())
		require.ErrorContains(t, err, "disk is full")
		require.Equal(t, helpdesk.MailQueued, mail().Outcome)
		s.refuse = false
		clock.Advance(time.Hour) // the lease has run out
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, o.mails)
		require.Equal(t, 1, o.hung)
		require.Equal(t, helpdesk.MailSent, mail().Outcome)
	})
}

func TestWhateverAServerSaysIsKeptInTheTaskAndTheRecord(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		said := "550 caf\xe9 \x00 \u2028"
		o := &postOffice{mail: &helpdesk.FieldError{Field: "to", Problem: said}, hook: errors.New(said)}
		d, mail := outgoing(t, store, o, helpdesktest.NewClock(helpdesktest.Start))
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailFailed, mail().Outcome)
		require.Equal(t, "to 550 caf\uFFFD  \u2028", mail().Reason)
		o.hook = nil
		_, err = processOf(t, store, o, helpdesktest.NewClock(helpdesktest.Start.Add(time.Hour))).Tick(t.Context())
		require.NoError(t, err)
		dead, err := d.DeadTasks(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, dead, 1)
		require.Equal(t, 1, o.mails)
	})
}

func TestWhatWasDeliveredBeforeACommitFailedIsRecordedByTheNext(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		s := &forgetful{Store: store}
		o := &postOffice{hook: errors.New("answered 500")}
		d, mail := outgoing(t, s, o, clock)
		s.refuse = true
		_, err := d.Tick(t.Context())
		require.ErrorContains(t, err, "disk is full")
		s.refuse = false
		clock.Advance(time.Hour) // the lease has run out
		_, err = d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailSent, mail().Outcome, "although the hook fails again")
		clock.Advance(time.Hour)
		_, err = processOf(t, store, o, clock).Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, 3, o.hung)
		require.Equal(t, 1, o.mails, "another process knows of it")
	})
}

// wordless is a final error with no readable text.
type wordless struct{}

func (wordless) Error() string        { return "\x00" } // which no store takes
func (wordless) Is(target error) bool { return target == helpdesk.ErrInvalid }

func TestAMailRefusedWithoutAWordIsNotCalledSent(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		o := &postOffice{mail: wordless{}, hook: errors.New("answered 500")}
		d, mail := outgoing(t, store, o, helpdesktest.NewClock(helpdesktest.Start))
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, helpdesk.MailFailed, mail().Outcome)
		require.Equal(t, "invalid", mail().Reason)
	})
}

func TestWhatANotifierDoesNotFindIsTriedAgain(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{mail: &helpdesk.FieldError{Field: "to", Problem: "is nobody"}}
		_, mail := outgoing(t, store, o, clock)
		d := processOf(t, store, helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
			o.Notify(ctx, n)
			return fmt.Errorf("chat room: %w", helpdesk.ErrNotFound)
		}), clock)
		for range 2 {
			n, err := d.Tick(t.Context())
			require.NoError(t, err)
			require.NotZero(t, n)
			require.Equal(t, helpdesk.MailFailed, mail().Outcome)
			clock.Advance(6 * time.Hour)
		}
		tasks, err := store.Lease(t.Context(), clock.Now(), time.Minute, 100)
		require.NoError(t, err)
		require.True(t, slices.ContainsFunc(tasks, func(t helpdesk.Task) bool {
			return t.Kind == helpdesk.TaskNotify && t.Error == "chat room: not found"
		}))
	})
}

func TestDeliveryProgressDeliversEachPartUntilItIsSettled(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		answers := map[string]error{"ok": nil, "later": errors.New("later"), "never": &helpdesk.FieldError{Field: "to", Problem: "is nobody"}}
		var p helpdesk.DeliveryProgress
		settled := map[string]error{}
		for range rapid.IntRange(1, 20).Draw(t, "attempts") {
			part := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "part")
			answer := answers[rapid.SampledFrom([]string{"ok", "later", "never"}).Draw(t, "answer")]
			before, known := settled[part]
			called := false
			err := p.Once(part, func() error { called = true; return answer })
			if called == known {
				t.Fatalf("%s was called: %v, settled: %v", part, called, known)
			}
			if known {
				answer = before
			}
			if (err == nil) != (answer == nil) || errors.Is(err, helpdesk.ErrInvalid) != errors.Is(answer, helpdesk.ErrInvalid) {
				t.Fatalf("%v instead of %v", err, answer)
			}
			if answer == nil || errors.Is(answer, helpdesk.ErrInvalid) {
				settled[part] = answer
			}
		}
	})
	var none *helpdesk.DeliveryProgress
	calls := 0
	for range 2 {
		require.NoError(t, none.Once("a", func() error { calls++; return nil }))
	}
	require.Equal(t, 2, calls)
}

func TestAllDeadTasksThatFitAreTriedAgain(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		clock := helpdesktest.NewClock(helpdesktest.Start)
		o := &postOffice{mail: &helpdesk.FieldError{Field: "to", Problem: "has no Mailbox"}}
		d := processOf(t, store, o, clock)
		for i := range 5 {
			_, err := d.Receive(t.Context(), &helpdesk.Incoming{
				MessageID: fmt.Sprintf("%d@mail.example", i), From: helpdesk.Contact{Email: fmt.Sprintf("c%d@mail.example", i)}, Recipients: []string{"support@acme.example"},
				Subject: "Refund", Text: "Twice.", Full: "Twice.", Kind: helpdesk.MailMessage,
			})
			require.NoError(t, err)
		}
		tick := func() {
			_, err := d.Tick(t.Context())
			require.NoError(t, err)
		}
		tick()
		for filter, want := range map[*helpdesk.TaskFilter]int{
			{Contains: "unknown host"}: 0, {Kinds: []helpdesk.TaskKind{helpdesk.TaskTriage}}: 0,
			{Kinds: []helpdesk.TaskKind{helpdesk.TaskNotify}, Contains: "mailbox"}: 5,
		} {
			n, err := d.RetryTasks(t.Context(), *filter)
			require.NoError(t, err)
			require.Equal(t, want, n)
		}
		o.mail = nil
		tick()
		require.Equal(t, 10, o.mails)
		n, err := d.RetryTasks(t.Context(), helpdesk.TaskFilter{})
		require.NoError(t, err)
		require.Zero(t, n)
		_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "c1@mail.example"}).RetryTasks(t.Context(), helpdesk.TaskFilter{})
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	})
}
