package helpdesk_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// writes has a customer write on a ticket.
func writes(t *testing.T, d *helpdesktest.Desk, who string, id helpdesk.TicketID, body string) *helpdesk.Ticket {
	t.Helper()
	ticket, err := asCustomer(d, who).Reply(t.Context(), id, helpdesk.ReplyParams{Body: body})
	require.NoError(t, err)
	return ticket
}

// asks has Ana ask the customer something.
func asks(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) {
	t.Helper()
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which?", Waiting: true})))
}

// toldOf returns the addresses that notices of a kind went to, in order.
func toldOf(d *helpdesktest.Desk, kind helpdesk.NoticeKind) (who []string) {
	for _, n := range d.Notices.Of(kind) {
		for _, to := range n.To {
			who = append(who, to.Email)
		}
	}
	return who
}

func TestAnAgentReopensAClosedTicketAndItsClocksGoOn(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		due := read(t, d, id).Due()
		d.Advance(time.Hour)
		require.NoError(t, second(asAgent(d, ana).SetStatus(t.Context(), id, helpdesk.StatusClosed)))
		require.Zero(t, read(t, d, id).Due())
		d.Advance(30 * time.Hour)
		require.Error(t, second(asCustomer(d, kim).Reopen(t.Context(), id)), "closed by an agent")
		var no *helpdesk.TransitionError
		require.ErrorAs(t, second(asAgent(d, ana).SetStatus(t.Context(), id, helpdesk.StatusProgress)), &no, "not silently")
		ticket, err := asAgent(d, ana).Reopen(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusProgress, ticket.Status)
		require.Zero(t, ticket.ClosedAt)
		require.Zero(t, ticket.Reopened, "it was never resolved")
		require.Equal(t, due.Add(30*time.Hour), ticket.Due(), "the time between does not count")
		require.Equal(t, helpdesk.StatusProgress, read(t, d, id).Status)
		d.Drain()
		require.Equal(t, ticket.Assignee, read(t, d, id).Assignee)
	})
}

func TestAnAgentsReplyReopensAClosedTicket(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), id, "done")))
	d.Advance(8 * 24 * time.Hour)
	require.Equal(t, helpdesk.StatusClosed, read(t, d, id).Status)
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "One more thing."})))
	ticket := read(t, d, id)
	require.Equal(t, helpdesk.StatusProgress, ticket.Status)
	for _, c := range ticket.Clocks {
		if c.Metric == helpdesk.FirstResponse {
			require.True(t, c.Ended(), "met by the resolution")
		}
	}
	require.Zero(t, ticket.ResolvedAt)
	require.Error(t, second(d.Reply(t.Context(), read(t, d, closed(t, d)).ID, helpdesk.ReplyParams{Body: "automatic"})), "no person")
}

// closed returns a ticket that an agent has closed.
func closed(t *testing.T, d *helpdesktest.Desk) helpdesk.TicketID {
	t.Helper()
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).SetStatus(t.Context(), id, helpdesk.StatusClosed)))
	return id
}

func TestAMergedTicketStaysClosed(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	a, b := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Merge(t.Context(), a, b)))
	var no *helpdesk.TransitionError
	require.ErrorAs(t, second(asAgent(d, ana).Reopen(t.Context(), a)), &no)
	require.ErrorAs(t, second(asAgent(d, ana).Reply(t.Context(), a, helpdesk.ReplyParams{Body: "x"})), &no)
}

func TestATicketIsNotClosedBeforeItCannotBeReopened(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), id, "done")))
	d.Advance(7*24*time.Hour - time.Second)
	require.Equal(t, helpdesk.StatusResolved, read(t, d, id).Status)
	d.Advance(time.Second)
	require.Equal(t, helpdesk.StatusClosed, read(t, d, id).Status)
	_, err := helpdesk.New(memstore.New(), &helpdesk.Config{CloseAfter: 6 * 24 * time.Hour})
	require.ErrorContains(t, err, "CloseAfter")
}

func TestMessagesToAClosedTicketJoinTheOneThatFollowsIt(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := closed(t, d)
		var wg sync.WaitGroup
		var mu sync.Mutex
		var next []helpdesk.TicketID
		for _, body := range []string{"It is back.", "And worse.", "Are you there?"} { // by any way, also at once
			wg.Go(func() {
				ticket, err := asCustomer(d, kim).Reply(t.Context(), id, helpdesk.ReplyParams{Body: body})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					next = append(next, ticket.ID)
				}
			})
		}
		wg.Wait()
		require.Len(t, next, 3)
		slices.Sort(next)
		require.Len(t, slices.Compact(next), 1)
		require.NotEqual(t, id, next[0])
		require.ElementsMatch(t, []string{"It is back.", "And worse.", "Are you there?"}, texts(t, d, next[0], helpdesk.FromCustomer))
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).SetStatus(t.Context(), next[0], helpdesk.StatusClosed)))
		third := writes(t, d, kim, id, "Once more.")
		require.NotContains(t, []helpdesk.TicketID{id, next[0]}, third.ID, "that one is over, too")
	})
}

func TestThanksReopenNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), id, "done")))
	d.Notices.Reset()
	require.Equal(t, id, writes(t, d, kim, id, "Thanks, that works now!").ID)
	require.Equal(t, helpdesk.StatusResolved, read(t, d, id).Status)
	require.Zero(t, read(t, d, id).Reopened)
	require.Contains(t, texts(t, d, id, helpdesk.FromCustomer), "Thanks, that works now!")
	d.Advance(2 * time.Minute)
	require.Equal(t, []string{string(ana)}, toldOf(d, helpdesk.NoticeAnswered))
	d.Advance(8 * 24 * time.Hour)
	require.Equal(t, id, writes(t, d, kim, id, "👍").ID, "no new ticket for it")
	require.Equal(t, helpdesk.StatusClosed, read(t, d, id).Status)
	other := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), other, "done")))
	d.Notices.Reset()
	writes(t, d, kim, other, "Thanks!")
	writes(t, d, kim, other, "Thanks, but it is back.")
	d.Drain()
	again := d.Notices.Of(helpdesk.NoticeAnswered)
	require.Contains(t, again[len(again)-1].Text, "it is back", "thanks a moment ago do not speak for a reopening")
	require.Equal(t, helpdesk.StatusProgress, read(t, d, other).Status)
}

func TestWhoHoldsATicketIsToldThatItsCustomerWrote(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	asks(t, d, id)
	d.Notices.Reset()
	writes(t, d, kim, id, "The red one.")
	d.Drain()
	require.Equal(t, []string{string(ana)}, toldOf(d, helpdesk.NoticeAnswered), "at once")
	d.Advance(2*time.Minute - time.Microsecond)
	writes(t, d, kim, id, "And the blue one.")
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeAnswered), 1, "two messages, one notice")
	first := d.Notices.Of(helpdesk.NoticeAnswered)[0]
	require.Equal(t, "The red one.", first.Text)

	d.Clock.Advance(time.Microsecond)
	writes(t, d, kim, id, "And the green one.")
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeAnswered), 2, "a later one is told again")
	require.NotEqual(t, first.Key, d.Notices.Of(helpdesk.NoticeAnswered)[1].Key)

	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Here."})))
	writes(t, d, kim, id, "No, there.")
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeAnswered), 3, "an agent has written in between")

	d.Advance(10 * time.Minute)
	writes(t, d, kim, id, "Hello?")
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Here."})))
	d.Drain()
	require.Len(t, d.Notices.Of(helpdesk.NoticeAnswered), 3, "answered before it went out")
}

func TestOfATicketThatNobodyHoldsTheTeamIsToldElseTheManagers(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, &helpdesk.Config{Assigner: helpdesk.AssignerFunc(
		func(context.Context, *helpdesk.Ticket, []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
			return nil, nil
		},
	)})
	hire(d)
	id := open(t, d, helpdesk.OpenParams{Category: helpdesk.Billing}).ID
	d.Drain()
	writes(t, d, kim, id, "Hello?")
	d.Advance(3 * time.Minute)
	require.Equal(t, []string{string(ben)}, toldOf(d, helpdesk.NoticeAnswered))
	_, err := d.SaveTeam(t.Context(), helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	a, err := d.Agents(t.Context())
	require.NoError(t, err)
	for _, one := range a {
		if one.ID == ana {
			one.Teams = []helpdesk.TeamID{"money"}
			require.NoError(t, second(d.SaveAgent(t.Context(), one)))
		}
	}
	d.Notices.Reset()
	writes(t, d, kim, id, "Anybody?")
	d.Advance(3 * time.Minute)
	require.Equal(t, []string{string(ana)}, toldOf(d, helpdesk.NoticeAnswered))
}

func TestACustomerWhoDoesNotAnswerIsRemindedAndTheTicketEnds(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		asks(t, d, id)
		d.Advance(2 * 24 * time.Hour)
		asks(t, d, id) // the time begins anew
		d.Advance(3*24*time.Hour - time.Second)
		require.Empty(t, toldOf(d, helpdesk.NoticeReminder))
		d.Advance(time.Second)
		require.Equal(t, []string{kim}, toldOf(d, helpdesk.NoticeReminder))
		d.Advance(7*24*time.Hour - time.Second)
		require.Equal(t, helpdesk.StatusWaiting, read(t, d, id).Status)
		d.Advance(time.Second)
		ticket := read(t, d, id)
		require.Equal(t, helpdesk.StatusResolved, ticket.Status)
		require.Equal(t, []string{kim}, toldOf(d, helpdesk.NoticeReminder), "once")
		require.Equal(t, []string{kim}, toldOf(d, helpdesk.NoticeResolved))
		require.Empty(t, ticket.Resolution)

		answered := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		asks(t, d, answered)
		d.Advance(24 * time.Hour)
		writes(t, d, kim, answered, "This one.")
		d.Notices.Reset()
		d.Advance(20 * 24 * time.Hour)
		require.Empty(t, toldOf(d, helpdesk.NoticeReminder))
		require.True(t, read(t, d, answered).Status.Open())
	})
}

func TestRemindersAndTheEndOfAWaitCanBeOff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		remind, resolve  time.Duration
		reminded, waited int
	}{{-1, -1, 0, 99}, {-1, 0, 0, 7}, {0, -1, 1, 99}, {time.Hour, 24 * time.Hour, 1, 1}} {
		d := desk(t, &helpdesk.Config{RemindAfter: c.remind, ResolveAfter: c.resolve})
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		asks(t, d, id)
		d.Advance(time.Duration(c.waited)*24*time.Hour - time.Second)
		require.Equal(t, helpdesk.StatusWaiting, read(t, d, id).Status, c)
		d.Advance(2 * time.Hour)
		require.Equal(t, c.waited == 99, read(t, d, id).Status == helpdesk.StatusWaiting, c)
		require.Len(t, toldOf(d, helpdesk.NoticeReminder), c.reminded)
	}
}

func TestAMessageToAnAgentWhoIsAwayReachesSomebody(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "I look into it."})))
	require.NoError(t, second(d.SetAway(t.Context(), ana, true, time.Time{})))
	writes(t, d, kim, id, "Any news?")
	require.Equal(t, ana, read(t, d, id).Assignee, "back within the grace, perhaps")
	d.Advance(time.Hour)
	require.Equal(t, ana, read(t, d, id).Assignee, "nobody asks")
	writes(t, d, kim, id, "Hello?")
	require.Empty(t, read(t, d, id).Assignee)
	require.Equal(t, []string{"is away"}, reasons(t, d, id, helpdesk.EventUnassigned))
}

// reasons returns the values of To of a ticket's events of a type.
func reasons(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, kind helpdesk.EventType) (list []string) {
	t.Helper()
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	for _, e := range th.Events {
		if e.Type == kind {
			list = append(list, strings.TrimSpace(e.To))
		}
	}
	return list
}

// A merge is not refused because the survivor's agent has other work by now.
func TestASurvivorReopenedByAMergeGoesToTheQueueWhenItsAgentHasNoRoom(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d := staffed(t, store, &helpdesk.Config{SLA: noSLA}, helpdesk.Agent{ID: "ana", Capacity: 1})
		survivor := openAt(t, d, 0)
		d.Drain()
		require.NoError(t, second(asAgent(d, "ana").Resolve(t.Context(), survivor, "done")))
		busy := openAt(t, d, 0)
		d.Drain()
		source := openAt(t, d, 0)
		d.Drain()
		require.Equal(t, []helpdesk.AgentID{"ana", ""}, holders(t, d, busy, source))
		merged, err := d.Merge(t.Context(), source, survivor)
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusNew, merged.Status)
		require.False(t, merged.QueuedAt.IsZero())
		require.Empty(t, merged.Assignee)
		noDrift(t, d.Desk)
	})
}

func TestTheSurvivorOfAMergeIsAsOpenUrgentAndTaggedAsEither(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		into := open(t, d, helpdesk.OpenParams{Tags: []string{"b"}}).ID
		d.Drain()
		require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), into, "done")))
		d.Advance(time.Hour)
		from := open(t, d, helpdesk.OpenParams{Priority: helpdesk.Urgent, Tags: []string{"refund", "a"}})
		d.Drain()
		d.Notices.Reset()
		ticket, err := asAgent(d, ben).Merge(t.Context(), from.ID, into)
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusProgress, ticket.Status)
		require.Equal(t, helpdesk.Urgent, ticket.Priority)
		require.Equal(t, []string{"a", "b", "refund"}, ticket.Tags)
		require.Equal(t, d.Clock.Now().Add(4*time.Hour), ticket.Due(), "the policy for urgent ones")
		d.Advance(2 * time.Minute)
		require.Equal(t, []string{string(ana)}, toldOf(d, helpdesk.NoticeAnswered))
		require.Contains(t, d.Notices.Of(helpdesk.NoticeAnswered)[0].Text, from.Ref)
	})
}

func TestAnErasureTakesTheNoticeOfTheCustomersWords(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		writes(t, d, kim, id, "I live in Zanzibar.")
		require.NoError(t, second(d.Erase(t.Context(), kim)))
		d.Advance(5 * time.Minute)
		require.Empty(t, d.Notices.Of(helpdesk.NoticeAnswered))
	})
}

// Two desks with other times on one store: neither loses the task of the other.
func TestADeskWithOtherTimesLosesNoTask(t *testing.T) {
	t.Parallel()
	store := memstore.New()
	d := hire(helpdesktest.New(t, store, nil))
	resolved, waits := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	require.NoError(t, second(asAgent(d, ana).Resolve(t.Context(), resolved, "done")))
	asks(t, d, waits)
	other, err := helpdesk.New(store, &helpdesk.Config{ReopenWindow: 14 * 24 * time.Hour, RemindAfter: -1, Clock: d.Clock})
	require.NoError(t, err)
	days := func(n int) {
		d.Clock.Set(helpdesktest.Start.Add(time.Duration(n) * 24 * time.Hour))
		require.NoError(t, second(other.Tick(t.Context())))
	}
	days(4) // past the reminder
	require.Equal(t, helpdesk.StatusWaiting, read(t, d, waits).Status, "nobody has reminded, and its time begins")
	days(8) // past the closing
	require.Equal(t, helpdesk.StatusResolved, read(t, d, resolved).Status)
	days(12)
	require.Equal(t, helpdesk.StatusResolved, read(t, d, waits).Status)
	days(15)
	require.Equal(t, helpdesk.StatusClosed, read(t, d, resolved).Status)
}
