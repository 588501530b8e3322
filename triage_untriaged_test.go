package helpdesk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// A ticket resolved before its first triage is like any other when it is open again: it is triaged,
// and waits for an agent as soon as it no longer waits for the customer.
func TestATicketResolvedBeforeItsTriageIsNotForgotten(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, &helpdesk.Config{SLA: noSLA})
	id := openAt(t, d, 0)
	require.NoError(t, second(d.Resolve(t.Context(), id, "done")))
	d.Drain()
	require.Empty(t, d.Classifier.Requests())
	require.NoError(t, second(d.Reopen(t.Context(), id)))
	require.NoError(t, second(d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which?", Waiting: true})))
	require.Zero(t, read(t, d, id).QueuedAt)
	require.NoError(t, second(d.Escalate(t.Context(), id, "help")))
	require.NotZero(t, read(t, d, id).QueuedAt)
	d.Drain()
	require.Len(t, d.Classifier.Requests(), 1)
	require.NotZero(t, read(t, d, id).TriagedAt)
	d.Hire(helpdesk.Agent{ID: "ben", Name: "Ben", Skills: map[helpdesk.Skill]int{"general": 3}})
	d.Drain()
	require.Equal(t, []helpdesk.AgentID{"ben"}, holders(t, d, id))
}

// A triage that the host's hook refuses again and again is given up only when its ticket can wait
// for an agent without it.
func TestATriageIsGivenUpOnlyOnceItsTicketGoesOn(t *testing.T) {
	t.Parallel()
	refuses := true
	d := staffed(t, nil, &helpdesk.Config{SLA: noSLA, Logger: quiet, Before: func(_ context.Context, c *helpdesk.Change) error {
		if refuses && c.Ticket != nil && c.Ticket.Version > 0 {
			return errors.New("legal hold")
		}
		return nil
	}}, helpdesk.Agent{ID: "ana"})
	id := openAt(t, d, 0)
	tasks, err := d.Desk.Store().Lease(t.Context(), d.Clock.Now(), time.Minute, 10)
	require.NoError(t, err)
	require.Len(t, tasks, 1)
	last := tasks[0] // as after five days of tries, one a minute
	last.Attempts, last.Error = 5*24*60-1, "legal hold"
	require.NoError(t, d.Desk.Store().Commit(t.Context(), &helpdesk.Change{Done: tasks, Tasks: []helpdesk.Task{last}}))
	d.Drain()
	dead, err := d.DeadTasks(t.Context(), 10)
	require.NoError(t, err)
	require.Empty(t, dead)
	require.Zero(t, read(t, d, id).QueuedAt)
	refuses = false
	d.Advance(time.Minute)
	require.Equal(t, []helpdesk.AgentID{"ana"}, holders(t, d, id))
	require.True(t, read(t, d, id).NeedsReview)
}

// A ticket reopened while Triage finds it resolved keeps the task that reopening left.
func TestTriageByHandThatMeetsAReopenLeavesItsTask(t *testing.T) {
	t.Parallel()
	var d *helpdesktest.Desk
	var id helpdesk.TicketID
	reopened := false
	d = staffed(t, nil, &helpdesk.Config{SLA: noSLA, Logger: quiet, Before: func(ctx context.Context, c *helpdesk.Change) error {
		byHand := func(task helpdesk.Task) bool { return task.Kind == helpdesk.TaskTriage && task.DueAt.IsZero() }
		if reopened || !slices.ContainsFunc(c.Tasks, byHand) {
			return nil
		}
		reopened = true
		return second(d.Reopen(ctx, id))
	}})
	id = openAt(t, d, 0)
	require.NoError(t, second(d.Resolve(t.Context(), id, "done")))
	require.NoError(t, second(d.Triage(t.Context(), id)))
	require.True(t, reopened)
	require.Zero(t, read(t, d, id).TriagedAt)
	d.Drain()
	require.Len(t, d.Classifier.Requests(), 1)
	require.NotZero(t, read(t, d, id).TriagedAt)
}
