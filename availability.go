package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Absence is a time in which an agent is away: [From, To).
type Absence struct {
	From   time.Time `json:"from,omitzero"`
	To     time.Time `json:"to,omitzero"` // zero means until further notice
	Reason string    `json:"reason,omitempty"`
}

// maxAbsences is how many absences an agent can have planned.
const maxAbsences = 100

// Absent reports whether the agent is away at a time. The Absence is how long without a break: a zero
// From is not known, a zero To until further notice.
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
			if longer := whole.with(b); longer != whole {
				whole, grown = longer, true
			}
		}
	}
	return whole, true
}

func (b Absence) covers(at time.Time) bool {
	return !at.Before(b.From) && (b.To.IsZero() || at.Before(b.To))
}

// with joins another absence that overlaps or follows at once, or returns b as it is.
func (b Absence) with(c Absence) Absence {
	apart := (!b.To.IsZero() && c.From.After(b.To)) || (!c.To.IsZero() && b.From.After(c.To))
	if apart {
		return b
	}
	if c.From.Before(b.From) {
		b.From = c.From
	}
	if c.To.IsZero() || (!b.To.IsZero() && c.To.After(b.To)) {
		b.To = c.To
	}
	return b
}

// cleanAbsences returns absences in order, in whole microseconds, or what is wrong with them.
func cleanAbsences(absences []Absence) ([]Absence, error) {
	var clean []Absence
	for _, b := range absences {
		b.From, b.To, b.Reason = Instant(b.From), Instant(b.To), strings.TrimSpace(b.Reason)
		if b.From.IsZero() {
			return nil, &FieldError{"absences", "need a start"}
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

// SetAway says whether an agent gets no new tickets, as of a time; zero, or a time to come, means now. What is older
// than what is known changes nothing: a late heartbeat does not wake up who has just left. Agents may say it of
// themselves, admins and the host of everybody.
func (d *Desk) SetAway(ctx context.Context, id AgentID, away bool, at time.Time) (Agent, error) {
	now := d.now()
	if at = Instant(at); at.IsZero() || at.After(now) {
		at = now
	}
	return d.editAvailability(ctx, "set availability", id, func(a *Agent) bool {
		if a.Away == away || at.Before(a.AwayAt) {
			return false
		}
		a.Away, a.AwayAt = away, at
		return true
	})
}

// SetAbsences replaces the planned absences of an agent. Agents may plan their own, admins and the host
// everybody's.
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

// editAvailability lets change alter an agent as it now is, and nothing else of it. It reports whether it did.
func (d *Desk) editAvailability(ctx context.Context, op string, id AgentID, change func(a *Agent) bool) (Agent, error) {
	by, err := d.worker(ctx)
	if err == nil && by.Role == RoleAgent && by.ID != string(id) {
		err = fmt.Errorf("%w: it is another agent's", ErrForbidden)
	}
	if err = errors.Join(err, d.ownRoster()); err != nil {
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

// AgentChanged tells the desk that the host's own roster has changed for an agent: hired, gone, away, back, with
// other skills or capacity. was is the agent as before, nil for a new one. What it is not told it notices within
// an hour or two, but for skills. A desk without a Roster in Config knows by itself.
func (d *Desk) AgentChanged(ctx context.Context, id AgentID, was *Agent) error {
	const op = "note a change of agent"
	_, err := d.admin(ctx)
	if err == nil && (id == "" || (was != nil && was.ID != id)) {
		err = &FieldError{"id", "is empty, or not that of the agent"}
	}
	var is *Agent
	if err == nil {
		is, err = d.agent(ctx, id)
	}
	if err == nil {
		err = d.commit(ctx, &Change{Tenant: d.tenant, Tasks: d.agentTasks(id, was, is, d.now().UnixMicro())})
	}
	return d.fail(op, "", err)
}

// agentTasks is what has to be looked at when an agent has changed: the tickets that wait, now; those the agent
// holds, when the grace is over. version tells one change from the next.
func (d *Desk) agentTasks(id AgentID, was, is *Agent, version int64) []Task {
	if d.cfg.Assigner == nil {
		return nil
	}
	now := d.now()
	look := now.Add(d.cfg.Grace) // for who is gone, or away since nobody knows when
	if is != nil && !(is.Away && is.AwayAt.IsZero()) {
		look = d.nextLook(is, now)
	}
	tasks := []Task{
		{Tenant: d.tenant, Kind: TaskAssign, Key: string(SettingAgent) + "/" + string(id), DueAt: now},
		{Tenant: d.tenant, Kind: TaskAgent, Key: string(id), DueAt: look},
	}
	if was != nil && is != nil && !(maps.Equal(was.Skills, is.Skills) && slices.Equal(was.Teams, is.Teams)) {
		edit, err := json.Marshal(agentEdit{*was, *is})
		if err != nil {
			panic("helpdesk: agent: " + err.Error()) // our own plain struct: cannot happen
		}
		tasks = append(tasks, Task{
			Tenant: d.tenant, Kind: TaskFit, Key: fmt.Sprintf("%s@%d", id, version), DueAt: now.Add(d.cfg.Grace), Payload: edit,
		})
	}
	return tasks
}

// agentEdit is the payload of a fit task: an agent before and after an edit.
type agentEdit struct{ Was, Is Agent }

// nextLook returns the next time at which the agent comes back, or has been away for the grace; zero when
// there is none.
func (d *Desk) nextLook(a *Agent, now time.Time) time.Time {
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

// strangers returns a task for each agent who holds tickets and is not in the host's roster, or away: nobody may have told the
// desk.
func (d *Desk) strangers(ctx context.Context) ([]Task, error) {
	if d.cfg.Roster == nil || d.cfg.Assigner == nil {
		return nil, nil
	}
	b, err := d.board(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range b.agents {
		if _, away := a.Absent(b.now); !away {
			delete(b.loads, a.ID)
		}
	}
	var tasks []Task
	for id, load := range b.loads {
		if load.Open > 0 {
			tasks = append(tasks, Task{Tenant: d.tenant, Kind: TaskAgent, Key: string(id), DueAt: b.now.Add(d.cfg.Grace)})
		}
	}
	return tasks, nil
}

// lookAfter does an agent task: it takes tickets from who is away or gone, and offers them to who is back.
func (d *Desk) lookAfter(ctx context.Context, task *Task) error {
	a, err := d.agent(ctx, AgentID(task.Key))
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	now := d.now()
	if a == nil {
		if err := d.takeBackAll(ctx, AgentID(task.Key), "has left", []Status{StatusAssigned, StatusProgress, StatusEscalated}, always); err != nil {
			return err
		}
		return d.commit(ctx, end)
	}
	absence, away := a.Absent(now)
	switch {
	case !away:
		end.Tasks = []Task{{Tenant: d.tenant, Kind: TaskAssign, Key: string(SettingAgent) + "/" + task.Key, DueAt: now}}
	case !now.Before(absence.From.Add(d.cfg.Grace)):
		if err := d.takeBackAll(ctx, a.ID, "is away", []Status{StatusAssigned, StatusEscalated}, (*Ticket).untouched); err != nil {
			return err
		}
	}
	if next := d.nextLook(a, now); !next.IsZero() {
		end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: TaskAgent, Key: task.Key, DueAt: next})
	}
	return d.commit(ctx, end)
}

// untouched reports whether the agent who holds the ticket has not answered it yet.
func (t *Ticket) untouched() bool {
	return t.Status == StatusAssigned || t.FirstReplyAt.Before(t.AssignedAt)
}

func always(*Ticket) bool { return true }

// refit does a fit task: it takes from an agent the tickets not begun that the agent could have before an edit and not
// after it, unless a later one has mended that.
func (d *Desk) refit(ctx context.Context, task *Task) error {
	var edit agentEdit
	if err := json.Unmarshal(task.Payload, &edit); err != nil {
		return fmt.Errorf("fit: %w", err)
	}
	is, err := d.agent(ctx, edit.Was.ID)
	if err != nil {
		return err
	}
	if is != nil {
		var failed error
		b := &board{Desk: d}
		if b.teams, err = d.teams(ctx); err != nil {
			return err
		}
		misfits := func(t *Ticket) bool {
			before, err1 := b.suits(ctx, t, &edit.Was)
			after, err2 := b.suits(ctx, t, &edit.Is)
			now, err3 := b.suits(ctx, t, is)
			failed = errors.Join(failed, err1, err2, err3)
			return t.untouched() && before && !after && !now
		}
		err := d.takeBackAll(ctx, is.ID, "lacks a skill now", []Status{StatusAssigned, StatusEscalated}, misfits)
		if err = errors.Join(err, failed); err != nil {
			return err
		}
	}
	return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
}

// takeBackBatch is how many tickets are taken back in one commit.
const takeBackBatch = 200

// takeBackAll takes from an agent those of the tickets held in some statuses for which it is so.
func (d *Desk) takeBackAll(ctx context.Context, id AgentID, why string, in []Status, so func(*Ticket) bool) error {
	q := Query{Tenant: d.tenant, Assignee: id, Status: in, Order: Oldest, Limit: takeBackBatch}
	for {
		page, err := d.store.Tickets(ctx, q)
		if err != nil {
			return err
		}
		err = d.updateAll(ctx, page.Tickets, Actor{}, func(x *draft) error {
			if x.t.Assignee != id || !slices.Contains(in, x.t.Status) || !so(x.t) {
				return nil
			}
			return x.takeBack(why)
		})
		if err != nil || page.Next == "" {
			return err
		}
		q.After = page.Next
	}
}
