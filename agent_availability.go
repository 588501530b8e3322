package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Absence is a period in which an agent is away: [From, To).
type Absence struct {
	From   time.Time `json:"from,omitzero"`
	To     time.Time `json:"to,omitzero"` // zero means until further notice
	Reason string    `json:"reason,omitempty"`
}

// maxAbsences is the most planned absences of an agent.
const maxAbsences = 100

// Absent reports whether the agent is away at a time. The Absence joins all that follow each other
// without a gap. A zero From means not known, a zero To until further notice.
func (a *Agent) Absent(at time.Time) (Absence, bool) {
	all := a.Absences
	if a.Away {
		now := Absence{From: a.AwayAt}
		if now.From.After(at) {
			now.From = at // set by a machine whose clock is ahead
		}
		all = append(slices.Clone(all), now)
	}
	i := slices.IndexFunc(all, func(b Absence) bool { return b.covers(at) })
	if i < 0 {
		return Absence{}, false
	}
	whole := all[i]
	for grown := true; grown; {
		grown = false
		for _, b := range all {
			grown = whole.join(b) || grown
		}
	}
	return whole, true
}

func (b Absence) covers(at time.Time) bool {
	return !at.Before(b.From) && (b.To.IsZero() || at.Before(b.To))
}

// join extends b by an absence that overlaps or touches it, and reports whether b changed.
func (b *Absence) join(c Absence) (longer bool) {
	apart := (!b.To.IsZero() && c.From.After(b.To)) || (!c.To.IsZero() && b.From.After(c.To))
	if apart {
		return false
	}
	if c.From.Before(b.From) {
		b.From, longer = c.From, true
	}
	if !b.To.IsZero() && (c.To.IsZero() || c.To.After(b.To)) {
		b.To, longer = c.To, true
	}
	return longer
}

// cleanAbsences returns absences sorted and in whole microseconds, or an error for an invalid one.
func cleanAbsences(absences []Absence) ([]Absence, error) {
	var clean []Absence
	for _, b := range absences {
		b.From, b.To, b.Reason = instant.Of(b.From), instant.Of(b.To), strings.TrimSpace(b.Reason)
		if b.From.IsZero() {
			return nil, &FieldError{"absences", "need a start"}
		}
		for _, t := range []time.Time{b.From, b.To} {
			if t.Year() < 1 || t.Year() > 9999 {
				return nil, &FieldError{"absences", "have a year that is not between 1 and 9999, in UTC"}
			}
		}
		if !b.To.IsZero() && !b.To.After(b.From) {
			return nil, &FieldError{"absences", fmt.Sprintf("from %s do not end after they start", b.From.Format(time.RFC3339))}
		}
		if err := checkLine("absences", b.Reason, 200, false); err != nil {
			return nil, err
		}
		clean = append(clean, b)
	}
	if len(clean) > maxAbsences {
		return nil, &FieldError{"absences", fmt.Sprintf("are more than %d", maxAbsences)}
	}
	slices.SortStableFunc(clean, func(a, b Absence) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	return clean, nil
}

// SetAway reports whether an agent is away, and so gets no new tickets, as of a time. A zero or
// future time means now. A report older than the last one changes nothing, so that a late report
// does not bring back an agent who has just left. Each newer report writes a version of the agent,
// so report changes, not heartbeats. Agents may call it for themselves, leads also for members of
// their teams, admins and the host for all.
func (d *Desk) SetAway(ctx context.Context, id AgentID, away bool, at time.Time) (Agent, error) {
	now := d.now()
	if at = instant.Of(at); at.IsZero() || at.After(now) {
		at = now
	}
	return d.editAvailability(ctx, "set availability", id, func(a *Agent) bool {
		if at.Before(latest(a.AwayAt, a.HeardAt)) || (at.Equal(a.HeardAt) && a.Away == away) {
			return false
		}
		if a.HeardAt = at; a.Away != away {
			a.Away, a.AwayAt = away, at
		}
		return true
	})
}

// SetAbsences replaces an agent's planned absences. It allows the same callers as [Desk.SetAway].
func (d *Desk) SetAbsences(ctx context.Context, id AgentID, absences []Absence) (Agent, error) {
	const op = "set absences"
	absences, err := cleanAbsences(absences)
	if err != nil {
		return Agent{}, d.fail(op, "", err)
	}
	return d.editAvailability(ctx, op, id, func(a *Agent) bool {
		if slices.Equal(a.Absences, absences) {
			return false
		}
		a.Absences = absences
		return true
	})
}

// editAvailability applies change to the current agent, unless change returns false.
func (d *Desk) editAvailability(ctx context.Context, op string, id AgentID, change func(a *Agent) bool) (Agent, error) {
	by, err := d.planner(ctx, id)
	if err = errors.Join(err, d.ownRoster(), checkLine("id", string(id), 200, true)); err != nil {
		return Agent{}, d.fail(op, "", err)
	}
	var same *Agent
	a, err := d.editAgent(ctx, by, id, func(was *Agent) (*Agent, error) {
		if was == nil {
			return nil, ErrNotFound
		}
		is := *was
		if !change(&is) {
			same = was
			return nil, errUnchanged
		}
		return &is, nil
	})
	if errors.Is(err, errUnchanged) {
		a, err = same, nil
	}
	if err != nil {
		return Agent{}, d.fail(op, "", err)
	}
	return *a, nil
}

var errUnchanged = errors.New("unchanged")

// AgentChanged tells the desk that an agent of the host's own roster has changed: hired, gone,
// away, back, or with other skills or capacity. was is the agent before the change, nil for a new
// one. Without this call the desk notices changes, but not those of skills, within two hours while
// tickets wait or are held. A desk without a Roster in Config needs no call.
func (d *Desk) AgentChanged(ctx context.Context, id AgentID, was *Agent) error {
	const op = "note a change of agent"
	_, err := d.admin(ctx)
	if err == nil && (id == "" || (was != nil && was.ID != id)) {
		err = &FieldError{"id", "is empty or differs from the agent's"}
	}
	var is *Agent
	if err == nil {
		is, err = d.agent(ctx, id)
	}
	if err == nil {
		err = d.commit(ctx, &Change{Tenant: d.tenant, Tasks: d.agentTasks(id, was, is, d.cfg.NewID())})
	}
	return d.fail(op, "", err)
}

// agentTasks returns the tasks after a change of an agent: one for the waiting tickets, due now,
// and others for the tickets that the agent holds, due after the grace. edit identifies the change.
func (d *Desk) agentTasks(id AgentID, was, is *Agent, edit string) []Task {
	if d.cfg.Assigner == nil || (was != nil && is != nil && sameButHeard(*was, *is)) {
		return nil
	}
	now := d.now()
	look := now.Add(d.cfg.Grace) // for an agent who left, or is away since an unknown time
	if is != nil && !(is.Away && is.AwayAt.IsZero()) {
		look = d.nextLook(is, now)
	}
	tasks := []Task{
		{Tenant: d.tenant, Kind: TaskAssign, Key: string(SettingAgent) + "/" + string(id), DueAt: now},
		{Tenant: d.tenant, Kind: taskAgent, Key: string(id), DueAt: look},
	}
	if was == nil {
		return tasks
	}
	after := is
	if after == nil {
		after = &Agent{ID: id} // may come back with other skills
	}
	if !maps.Equal(was.Skills, after.Skills) || !slices.Equal(was.Teams, after.Teams) || was.Restricted != after.Restricted {
		tasks = append(tasks, Task{
			Tenant: d.tenant, Kind: taskFit, Key: string(id) + "@" + edit, DueAt: now.Add(d.cfg.Grace), Payload: encoded(agentEdit{*was, *after, now}),
		})
	}
	return tasks
}

func sameButHeard(was, is Agent) bool {
	was.HeardAt, was.Version = is.HeardAt, is.Version
	return reflect.DeepEqual(was, is)
}

// agentEdit is the payload of a fit task: an agent before and after an edit.
type agentEdit struct {
	Was, Is Agent
	At      time.Time
}

// nextLook returns when the next agent task is due: now if the grace is over, else when the agent
// next comes back or has been away for the grace; zero when there is no such time.
func (d *Desk) nextLook(a *Agent, now time.Time) time.Time {
	if d.gone(a, now) {
		return now
	}
	return d.lookAgain(a, now)
}

// gone reports whether an agent has been away at least for the grace.
func (d *Desk) gone(a *Agent, now time.Time) bool {
	absence, away := a.Absent(now)
	return away && !now.Before(absence.From.Add(d.cfg.Grace))
}

// lookAgain is nextLook after an agent task has just run.
func (d *Desk) lookAgain(a *Agent, now time.Time) time.Time {
	var next time.Time
	consider := func(t time.Time) {
		if t.After(now) {
			next = earliest(next, t)
		}
	}
	for _, b := range a.Absences {
		consider(b.From.Add(d.cfg.Grace))
		consider(b.To)
	}
	if a.Away {
		consider(a.AwayAt.Add(d.cfg.Grace))
	}
	return next
}

// rounds returns tasks that find unreported changes of a host's roster: tickets of agents who left
// or are away, agents who come back, and waiting tickets.
func (d *Desk) rounds(ctx context.Context, b *board) ([]Task, error) {
	if d.cfg.Roster == nil || d.cfg.Assigner == nil {
		return nil, nil
	}
	tasks := []Task{{Tenant: d.tenant, Kind: TaskAssign, Key: "rounds", DueAt: b.now}}
	look := func(id AgentID, at time.Time) {
		if !at.IsZero() {
			tasks = append(tasks, Task{Tenant: d.tenant, Kind: taskAgent, Key: string(id), DueAt: at})
		}
	}
	known := map[AgentID]bool{}
	for i := range b.agents {
		known[b.agents[i].ID] = true
		look(b.agents[i].ID, d.nextLook(&b.agents[i], b.now))
	}
	for id, load := range b.loads {
		if load.Open > 0 && !known[id] {
			look(id, b.now.Add(d.cfg.Grace))
		}
	}
	return tasks, nil
}

// lookAfter does an agent task: an absent agent loses tickets, a present one is offered waiting
// ones.
func (d *Desk) lookAfter(ctx context.Context, task *Task) error {
	id := AgentID(task.Key)
	a, err := d.agent(ctx, id)
	if err != nil {
		return err
	}
	now := d.now()
	if a == nil || d.gone(a, now) {
		err = d.takeBackAll(ctx, id, func(t *Ticket) (string, error) {
			a, err := d.agent(ctx, id) // may have come back meanwhile
			switch {
			case err != nil:
				return "", err
			case a == nil:
				return "has left", nil
			case d.gone(a, d.now()) && t.untouched():
				return "is away", nil
			}
			return "", nil
		})
	}
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if a != nil {
		if _, away := a.Absent(now); !away {
			end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: TaskAssign, Key: string(SettingAgent) + "/" + task.Key, DueAt: now})
		}
		if next := d.lookAgain(a, now); !next.IsZero() {
			end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: taskAgent, Key: task.Key, DueAt: next})
		}
	}
	return d.commit(ctx, end)
}

// untouched reports whether the assignee has not begun the ticket.
func (t *Ticket) untouched() bool { return t.Status == StatusAssigned || t.BegunAt.IsZero() }

// refit does a fit task: it takes from an agent the tickets not begun that suited the agent before
// an edit but neither after it nor now. Tickets that a person assigned after the edit stay.
func (d *Desk) refit(ctx context.Context, task *Task) error {
	var edit agentEdit
	if err := json.Unmarshal(task.Payload, &edit); err != nil {
		return fmt.Errorf("fit: %w", err)
	}
	b := &board{Desk: d}
	var err error
	if b.teams, err = d.teams(ctx); err != nil {
		return err
	}
	err = d.takeBackAll(ctx, edit.Was.ID, func(t *Ticket) (string, error) {
		is, err := d.agent(ctx, edit.Was.ID)
		if err != nil || is == nil || !t.untouched() || t.AssignedAt.After(edit.At) {
			return "", err
		}
		before, err1 := b.suits(ctx, t, &edit.Was)
		after, err2 := b.suits(ctx, t, &edit.Is)
		now, err3 := b.suits(ctx, t, is)
		if before && !after && !now {
			return "lacks a skill now", nil
		}
		return "", errors.Join(err1, err2, err3)
	})
	if err != nil {
		return err
	}
	return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
}

// takeBackBatch is the most tickets taken back in one commit.
const takeBackBatch = 200

// takeBackAll takes from an agent each ticket that counts for the load and for which why returns a
// reason. An error on one ticket does not stop the others.
func (d *Desk) takeBackAll(ctx context.Context, id AgentID, why func(t *Ticket) (string, error)) error {
	q := Query{Tenant: d.tenant, Assignee: id, Order: Oldest, Limit: takeBackBatch}
	for _, st := range Statuses {
		if st.Loads() {
			q.Status = append(q.Status, st)
		}
	}
	var errs []error
	for {
		page, err := d.store.Tickets(ctx, q)
		if err != nil {
			return some(append(errs, err))
		}
		errs = append(errs, d.updateAll(ctx, page.Tickets, Actor{}, func(x *draft) error {
			if holder(x.t) != id {
				return nil
			}
			reason, err := why(x.t)
			if err != nil || reason == "" {
				return err
			}
			return x.takeBack(reason)
		}))
		if page.Next == "" || ctx.Err() != nil {
			return some(errs)
		}
		q.After = page.Next
	}
}
