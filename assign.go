package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"time"
)

// Assigner ranks the agents for a ticket. The Desk passes the agents who can take one more ticket
// and claims the first agent of the answer. If that agent was given another ticket meanwhile, the
// Desk asks again. Package assign has the usual Assigners.
type Assigner interface {
	// Rank returns the candidates who may take the ticket, best first; empty means nobody can. It
	// must not change the ticket.
	Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)
}

// AssignerFunc makes an Assigner of a function.
type AssignerFunc func(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error)

// Rank calls f.
func (f AssignerFunc) Rank(ctx context.Context, t *Ticket, candidates []Candidate) ([]Candidate, error) {
	return f(ctx, t, candidates)
}

// Describer is an Assigner that names an agent's fitness for a ticket in a few words: "billing 4",
// "lacks billing". They are a part of the record of an assignment: see [Standing] and [Excluded].
type Describer interface {
	Describe(t *Ticket, a *Agent) string
}

// StickyAssigner is an Assigner that uses [Candidate.Knows].
type StickyAssigner interface {
	// StickyFor returns how long ago the agent may last have worked for the customer.
	StickyFor() time.Duration
}

// Candidate is an agent of the ticket's tenant who is not away, is in a team that may have the
// ticket or is not restricted to teams, has neither declined nor lost it, and holds fewer tickets
// than the capacity.
type Candidate struct {
	Agent Agent
	Load  Load
	Knows bool // had the customer's last ticket; only set for a StickyAssigner
}

// board is the agents of a tenant and their loads, as read at one moment plus later claims.
type board struct {
	*Desk
	now    time.Time
	agents []Agent // sorted by id
	teams  []Team
	loads  map[AgentID]Load
	given  []claim // after the board was read
}

// claim is a ticket counted for an agent, with the load before it.
type claim struct {
	agent  AgentID
	before Load
}

// board reads the agents, teams and loads.
func (d *Desk) board(ctx context.Context) (*board, error) {
	agents, err := d.agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	teams, err := d.teams(ctx)
	if err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	loads, err := Loads(ctx, d.store, d.tenant)
	return d.boardOf(agents, teams, loads), err
}

func (d *Desk) boardOf(agents []Agent, teams []Team, loads map[AgentID]Load) *board {
	b := &board{Desk: d, now: d.now(), agents: slices.Clone(agents), teams: teams, loads: loads}
	slices.SortFunc(b.agents, func(a, b Agent) int { return cmp.Compare(a.ID, b.ID) })
	return b
}

// room reports whether any agent can take another ticket.
func (b *board) room() bool {
	return slices.ContainsFunc(b.agents, func(a Agent) bool { return b.excludes(&a) == "" })
}

// excludes returns why an agent can take no ticket at all; empty for an agent who can.
func (b *board) excludes(a *Agent) string {
	if absence, away := a.Absent(b.now); away {
		if absence.To.IsZero() {
			return "away"
		}
		return "away until " + absence.To.Format(time.RFC3339)
	}
	if b.kept(a.ID) {
		return "kept by another transaction"
	}
	if open := b.loads[a.ID].Open; open >= a.Limit() {
		return fmt.Sprintf("full: holds %d of %d", open, a.Limit())
	}
	return ""
}

// kept reports whether another transaction keeps the counter of an agent.
func (b *board) kept(id AgentID) bool { return b.held.Kept(b.rowOfAgent(id), b.now) }

// anyKept reports whether another transaction keeps the counter of any agent.
func (b *board) anyKept() bool {
	return slices.ContainsFunc(b.agents, func(a Agent) bool { return b.kept(a.ID) })
}

// eligible returns the agents who can take the ticket by the desk's rules. It groups the others.
func (b *board) eligible(t *Ticket) ([]Candidate, exclusions) {
	var free []Candidate
	var out exclusions
	bound := teamsOf(b.teams, t.Category)
	for i := range b.agents {
		a := &b.agents[i]
		why := b.excludes(a)
		switch {
		case slices.Contains(t.Declined, a.ID):
			why = "declined or lost it before"
		case !mayHave(bound, a):
			if why = fmt.Sprintf("not in a team for %s", t.Category); len(bound) == 0 {
				why = "restricted to the categories of own teams"
			}
		}
		if why != "" {
			out.add(why, a.ID)
			continue
		}
		free = append(free, Candidate{Agent: *a, Load: b.loads[a.ID]})
	}
	return free, out
}

// suits reports whether the agent's teams and the Assigner allow the ticket, regardless of load.
func (b *board) suits(ctx context.Context, t *Ticket, a *Agent) (bool, error) {
	if !mayHave(teamsOf(b.teams, t.Category), a) {
		return false, nil
	}
	ranked, err := b.ask(ctx, t, []Candidate{{Agent: *a}})
	return len(ranked) > 0, err
}

// ask calls the Assigner, which may panic or not return.
func (b *board) ask(ctx context.Context, t *Ticket, free []Candidate) ([]Candidate, error) {
	if len(free) == 0 {
		return nil, nil
	}
	t = t.Clone()
	return callHost(ctx, b.Desk, func(ctx context.Context) ([]Candidate, error) { return b.cfg.Assigner.Rank(ctx, t, free) })
}

// rank passes the eligible agents to the Assigner and records its answer without any other agents.
func (b *board) rank(ctx context.Context, t *Ticket) ([]Candidate, AssignmentData, error) {
	free, out := b.eligible(t)
	if err := b.recall(ctx, t, free); err != nil {
		return nil, AssignmentData{}, err
	}
	known := make(map[AgentID]*Candidate, len(free))
	for i := range free {
		known[free[i].Agent.ID] = &free[i]
	}
	answer, err := b.ask(ctx, t, slices.Clone(free))
	if err != nil {
		return nil, AssignmentData{}, fmt.Errorf("assigner: %w", err)
	}
	ranked := make([]Candidate, 0, len(answer))
	for i := range answer {
		if c := known[answer[i].Agent.ID]; c != nil {
			ranked = append(ranked, *c)
			delete(known, c.Agent.ID)
		}
	}
	describe := func(*Ticket, *Agent) string { return "" }
	if d, ok := b.cfg.Assigner.(Describer); ok {
		describe = d.Describe
	}
	for i := range free {
		if a := &free[i].Agent; known[a.ID] != nil {
			out.add(cmp.Or(describe(t, a), "not ranked by the assigner"), a.ID)
		}
	}
	data := AssignmentData{Eligible: len(ranked), Excluded: out.list}
	for _, c := range ranked[:min(len(ranked), standings)] {
		data.Ranked = append(data.Ranked, Standing{
			Agent: c.Agent.ID, Open: c.Load.Open, Capacity: c.Agent.Limit(), LastAssigned: c.Load.LastAssigned, Knows: c.Knows,
			Brings: describe(t, &c.Agent),
		})
	}
	return ranked, data, nil
}

// recall sets Knows of the candidate who had the customer's last ticket, for a StickyAssigner.
func (b *board) recall(ctx context.Context, t *Ticket, free []Candidate) error {
	r, ok := b.cfg.Assigner.(StickyAssigner)
	if !ok || t.Customer.Email == "" || len(free) == 0 {
		return nil
	}
	page, err := b.store.Tickets(ctx, Query{Tenant: b.tenant, Customer: t.Customer.Email, Order: Newest, Limit: 10})
	if err != nil {
		return err
	}
	since := b.now.Add(-r.StickyFor())
	for _, last := range page.Tickets {
		if last.Assignee == "" { // t itself is one of these
			continue
		}
		if latest(last.AssignedAt, last.FirstReplyAt, last.ResolvedAt).Before(since) {
			return nil
		}
		for i := range free {
			free[i].Knows = free[i].Agent.ID == last.Assignee
		}
		return nil
	}
	return nil
}

// claim counts a ticket for an agent. It returns the limit of the counter for the commit: the lower
// of the capacity and the expected load. Above the expected load the ranking is stale.
func (b *board) claim(a *Agent, at time.Time) int {
	load := b.loads[a.ID]
	b.given = append(b.given, claim{a.ID, load})
	load.Open++
	load.LastAssigned = latest(load.LastAssigned, at)
	b.loads[a.ID] = load
	return min(a.Limit(), max(1, load.Open))
}

// takeBack undoes all claims but the first n.
func (b *board) takeBack(n int) {
	for _, c := range slices.Backward(b.given[n:]) {
		b.loads[c.agent] = c.before
	}
	b.given = b.given[:n]
}

// How many agents of a ranking are recorded.
const (
	standings   = 5  // eligible agents
	exampleSize = 20 // excluded agents for each reason
)

// exclusions groups agents by the reason why they cannot have a ticket.
type exclusions struct{ list []Excluded }

func (x *exclusions) add(why string, id AgentID) {
	i := slices.IndexFunc(x.list, func(e Excluded) bool { return e.Why == why })
	if i < 0 {
		i = len(x.list)
		x.list = append(x.list, Excluded{Why: why})
	}
	if e := &x.list[i]; len(e.Agents) < exampleSize {
		e.Agents = append(e.Agents, id)
	} else {
		e.More++
	}
}

// give assigns the ticket to an agent chosen by a person, even past the capacity.
func (x *draft) give(ctx context.Context, a *Agent) error {
	loads, err := Loads(ctx, x.store, x.tenant)
	if err != nil {
		return err
	}
	x.t.Declined = slices.DeleteFunc(x.t.Declined, func(id AgentID) bool { return id == a.ID })
	x.tellLoser(a.ID)
	x.assign(*a, 0, manual(a, loads[a.ID]))
	return nil
}

// takenUp adds an EventAssigned when a person makes a full agent's own ticket count again.
func (x *draft) takenUp(ctx context.Context, id AgentID) error {
	a, err := x.agent(ctx, id)
	if err != nil || a == nil {
		return err
	}
	loads, err := Loads(ctx, x.store, x.tenant)
	if load := loads[id]; err == nil && load.Open >= a.Limit() {
		x.event(EventAssigned, string(id), string(id), manual(a, load))
	}
	return err
}

func manual(a *Agent, load Load) AssignmentData {
	return AssignmentData{
		Manual: true, Over: load.Open >= a.Limit(),
		Ranked: []Standing{{Agent: a.ID, Open: load.Open, Capacity: a.Limit(), LastAssigned: load.LastAssigned}},
	}
}

// Decline releases a ticket that the acting agent holds, with a reason. The ticket is not offered
// to that agent again. Leads, admins and the host may decline for any assignee.
func (d *Desk) Decline(ctx context.Context, id TicketID, reason string) (*Ticket, error) {
	return d.work(ctx, "decline", id, checkLine("reason", reason, 500, true), func(x *draft) error {
		switch {
		case !x.t.Status.Open():
			return &TransitionError{x.t.ID, x.t.Status, StatusNew}
		case x.t.Assignee == "":
			return &FieldError{"agent", "is nobody: the ticket is not assigned"}
		case !mayRelease(x.by, x.t):
			return errors.Join(ErrForbidden, &FieldError{"agent", "is another: only the agent who holds a ticket can release it"})
		}
		x.decline(x.t.Assignee)
		return x.release("declined: " + reason)
	})
}

// decline makes sure that the ticket is not offered to an agent again.
func (x *draft) decline(id AgentID) {
	if !slices.Contains(x.t.Declined, id) {
		x.t.Declined = append(x.t.Declined, id)
	}
}

// mostTakenBack is how often the desk reassigns a ticket within a day. After that a person has to.
const mostTakenBack = 3

// takeBack releases the ticket from an agent who does not work on it.
func (x *draft) takeBack(why string) error {
	x.t.TakenBack = append(slices.DeleteFunc(x.t.TakenBack, func(at time.Time) bool { return !at.After(x.now.Add(-24 * time.Hour)) }), x.now)
	if err := x.release(why); err != nil || len(x.t.TakenBack) <= mostTakenBack || x.cfg.Assigner == nil {
		return err
	}
	x.t.QueuedAt = x.t.TakenBack[len(x.t.TakenBack)-1-mostTakenBack].Add(24 * time.Hour)
	x.task(TaskAssign, string(x.t.ID)+"/held", x.t.ID, x.t.QueuedAt)
	reason := fmt.Sprintf("taken from agents %d times within a day", len(x.t.TakenBack))
	x.escalated(1, EscalationData{Reason: reason})
	x.notify(notice{
		Key: fmt.Sprintf("%s/taken/%d", x.t.ID, x.t.Version), Kind: NoticeUnassigned, Urgent: true, Audience: toManagers,
		Text: "A ticket was " + reason + ", and waits for a person to assign it.",
	})
	return x.move(StatusEscalated)
}

// Loads returns the load of each agent of the tenant; an agent not in the map has none. It uses the
// counters of a Store that is a Loader, else it reads the tickets.
func Loads(ctx context.Context, store Store, tenant TenantID) (map[AgentID]Load, error) {
	if l, ok := As[Loader](store); ok {
		return l.Loads(ctx, tenant)
	}
	loads := map[AgentID]Load{}
	for t, err := range allTickets(ctx, store, Query{Tenant: tenant}) {
		if err != nil {
			return nil, err
		}
		if t.Assignee == "" {
			continue
		}
		load := loads[t.Assignee]
		if t.Status.Loads() {
			load.Open++
		}
		if t.AssignedAt.After(load.LastAssigned) {
			load.LastAssigned = t.AssignedAt
		}
		loads[t.Assignee] = load
	}
	return loads, nil
}

// LoadDrift returns the agents whose counter of open tickets is wrong. None should be: a Change
// moves counter and ticket together. A task logs and corrects drift hourly while tickets wait or
// are held. Without a LoadAuditor it is errors.ErrUnsupported. Only admins and the host may call
// it.
func (d *Desk) LoadDrift(ctx context.Context) ([]LoadDrift, error) {
	const op = "audit loads"
	if _, err := d.admin(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	a, ok := As[LoadAuditor](d.store)
	if !ok {
		return nil, d.fail(op, "", errors.ErrUnsupported)
	}
	wrong, err := a.LoadDrift(ctx, d.tenant)
	return wrong, d.fail(op, "", err)
}

// repairTask is due in the next hour, at a second that differs by tenant, which spreads the work.
func repairTask(tenant TenantID, now time.Time) Task {
	sum := fnv.New32a()
	sum.Write([]byte(tenant))
	hour := now.Truncate(time.Hour).Add(time.Hour)
	return Task{
		Tenant: tenant, Kind: taskRepair, Key: hour.Format(time.RFC3339),
		DueAt: hour.Add(time.Duration(sum.Sum32()%3600) * time.Second),
	}
}

// repair does a repair task, and schedules the next while tickets wait or are held. It adds the
// drift of one moment, which undoes no later change, and does so once: with the end of the task.
func (d *Desk) repair(ctx context.Context, task *Task) error {
	b, err := d.board(ctx)
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	if end.Tasks, err = d.rounds(ctx, b); err != nil {
		return err
	}
	waiting, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Waiting: true, Order: ByDue, Limit: 1})
	if err != nil {
		return err
	}
	if len(waiting.Tickets) > 0 || slices.ContainsFunc(slices.Collect(maps.Values(b.loads)), func(l Load) bool { return l.Open != 0 }) {
		end.Tasks = append(end.Tasks, repairTask(d.tenant, b.now))
	}
	if a, ok := As[LoadAuditor](d.store); ok {
		wrong, err := a.LoadDrift(ctx, d.tenant)
		if err != nil {
			return err
		}
		for _, w := range wrong {
			end.Loads = append(end.Loads, LoadDelta{Agent: w.Agent, Delta: w.Open - w.Counter})
			d.cfg.Logger.ErrorContext(ctx, "helpdesk: load counter of an agent is wrong",
				"tenant", d.tenant, "agent", w.Agent, "counted", w.Counter, "open", w.Open)
		}
		d.cfg.Logger.DebugContext(ctx, "helpdesk: loads audited", "tenant", d.tenant, "wrong", len(wrong))
		if len(wrong) > 0 {
			end.Tasks = append(end.Tasks, Task{Tenant: d.tenant, Kind: TaskAssign, Key: "repair", DueAt: b.now})
		}
	}
	return d.commit(ctx, end)
}
