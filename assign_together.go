package helpdesk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// placeAll does assign tasks of any tenants: one pass through the queue of each. Tenants whose pass
// meets an obstacle go alone.
func (d *Desk) placeAll(ctx context.Context, tasks []Task) (int, error) {
	batches := tenantsOf(tasks)
	if len(batches) == 1 {
		return d.ForTenant(tasks[0].Tenant).placeOnce(ctx, tasks)
	}
	tenants := make([]TenantID, 0, len(batches))
	for b := range batches {
		tenants = append(tenants, b.tenant)
	}
	slices.Sort(tenants)
	placed := d.placeTogether(ctx, tenants)
	var ends []*Change
	for i := range tasks {
		if placed[tasks[i].Tenant] {
			ends = append(ends, d.outcome(&tasks[i], nil))
		}
	}
	maps.DeleteFunc(batches, func(b batch, _ []Task) bool { return placed[b.tenant] })
	n, failed := d.eachBatch(batches, func(e *Desk, _ batch, tasks []Task) (int, error) { return e.placeOnce(ctx, tasks) })
	m, err := d.commitEach(ctx, ends)
	if failed == nil {
		failed = err
	}
	return n + m, failed
}

// placeTogether makes a pass through the queues of several tenants, and returns those for which it
// was complete. It waits a while for the passes of others.
func (d *Desk) placeTogether(ctx context.Context, tenants []TenantID) map[TenantID]bool {
	placed := map[TenantID]bool{}
	if d.cfg.Assigner == nil {
		for _, tenant := range tenants {
			placed[tenant] = true
		}
		return placed
	}
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	for wait := 10 * time.Millisecond; len(tenants) > 0; wait *= 2 {
		tried := d.placeFree(ctx, tenants, placed)
		tenants = slices.DeleteFunc(tenants, func(tenant TenantID) bool { return tried[tenant] })
		if wait > longestWait || len(tenants) == 0 {
			break
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return placed
		}
	}
	return placed
}

// longestWait is the longest time between two looks for queues that nobody goes through.
const longestWait = 300 * time.Millisecond

// placeFree does it for those tenants whose queue nobody else goes through, which it returns.
func (d *Desk) placeFree(ctx context.Context, tenants []TenantID, placed map[TenantID]bool) (tried map[TenantID]bool) {
	free, end := d.passes.Try(tenants)
	var complete map[TenantID]bool
	defer func() { end(complete) }()
	if _, locks := As[Locker](d.store); locks {
		l, ok := As[TenantsLocker](d.store)
		if !ok || len(free) == 0 {
			return nil
		}
		taken, unlock, err := l.TryLocks(ctx, "queue", free...)
		if err != nil {
			return nil
		}
		defer unlock()
		free = taken
	}
	complete = d.place(ctx, free)
	maps.Copy(placed, complete)
	tried = map[TenantID]bool{}
	for _, tenant := range free {
		tried[tenant] = true
	}
	return tried
}

// queueLane is the way through one of several queues.
type queueLane struct {
	pass
	board *board
	begun bool // it has changed something
}

// queuePage is what a lane decided about a page of its queue.
type queuePage struct {
	lane    *queueLane
	changes []*Change
	next    string
}

// place goes through the queues of tenants, page by page, and decides about the next pages while
// those before are committed. It returns the tenants whose queue it went through. It gives up a
// queue when anything comes in between: an error, or a change by somebody else.
func (d *Desk) place(ctx context.Context, tenants []TenantID) map[TenantID]bool {
	d.readSLAs(ctx, tenants)
	placed := map[TenantID]bool{}
	var lanes []*queueLane
	for _, tenant := range tenants {
		lanes = append(lanes, &queueLane{pass: pass{Desk: d.ForTenant(tenant), skip: map[TicketID]bool{}}})
	}
	committed := make(chan map[*queueLane]bool, 1) // of the pages before: the lanes that failed
	committed <- nil
	var ending []*queueLane // those whose last page is being committed
	for len(lanes)+len(ending) > 0 {
		if slices.ContainsFunc(lanes, (*queueLane).stale) { // a new board must show what is being committed
			committed <- <-committed
		}
		pages := d.queuePages(ctx, lanes)
		failed := <-committed
		for _, l := range ending {
			placed[l.tenant] = !failed[l]
		}
		lanes, ending = nil, nil
		var good []queuePage
		for _, p := range pages {
			if failed[p.lane] {
				continue
			}
			good = append(good, p)
			if p.lane.after = p.next; p.next == "" {
				ending = append(ending, p.lane)
			} else {
				lanes = append(lanes, p.lane)
			}
		}
		go func() { committed <- d.commitPages(ctx, good) }()
	}
	<-committed
	return placed
}

// boardAge is how long a pass decides by what it has read about agents.
const boardAge = time.Second

func (l *queueLane) stale() bool { return l.board != nil && l.now().Sub(l.board.now) >= boardAge }

// queuePages reads the next page of each lane and decides about it. It leaves out lanes that fail.
func (d *Desk) queuePages(ctx context.Context, lanes []*queueLane) []queuePage {
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	if len(lanes) == 0 {
		return nil
	}
	read := func(lanes []*queueLane) ([]Page, error) {
		qs := make([]Query, len(lanes))
		for i, l := range lanes {
			qs[i] = Query{
				Tenant: l.tenant, Waiting: true, Order: ByDue, After: l.after,
				Limit: min(placeBatch, max(4, 2*placeBatch/len(lanes))),
			}
			if l.board != nil && !l.board.room() { // new tickets must be escalated, the others stay as they are
				qs[i].Status = []Status{StatusNew}
			}
		}
		return ticketsOf(ctx, d.store, qs)
	}
	pages, err := read(lanes)
	if err != nil {
		return nil
	}
	if err := d.readBoards(ctx, lanes, pages); err != nil {
		return nil
	}
	if full := slices.DeleteFunc(slices.Clone(lanes), func(l *queueLane) bool { return l.board == nil || l.board.room() }); len(full) > 0 {
		again, err := read(full)
		if err != nil {
			return nil
		}
		for i, l := range full {
			pages[slices.Index(lanes, l)] = again[i]
		}
	}
	most := decideTime
	if len(lanes) == 1 {
		most = callTime
	}
	var decided []queuePage
	for i, l := range lanes {
		if l.board == nil && len(pages[i].Tickets) > 0 || l.board != nil && l.board.anyKept() {
			continue
		}
		changes, err := bounded.Value(ctx, most, func(ctx context.Context) ([]*Change, error) { return l.decide(ctx, pages[i].Tickets) })
		if err == nil {
			decided = append(decided, queuePage{l, changes, pages[i].Next})
		}
	}
	return decided
}

// decide drafts the Changes that place tickets.
func (l *queueLane) decide(ctx context.Context, tickets []*Ticket) (changes []*Change, err error) {
	for _, t := range tickets {
		c, err := l.one(ctx, t, l.board)
		if err != nil {
			return nil, err
		}
		if c != nil {
			changes = append(changes, c)
		}
		if len(l.failed) > 0 {
			return nil, l.failed[0]
		}
		if l.kept { // the ticket has to wait, and its task with it
			return nil, errKept
		}
	}
	if len(changes) > 0 && !l.begun {
		l.begun = true
		changes[0].Tasks = append(changes[0].Tasks, repairTask(l.tenant, l.board.now))
	}
	return changes, nil
}

// readBoards reads the boards of lanes that have tickets and no board, or a stale one. A lane whose
// agents cannot be read remains without.
func (d *Desk) readBoards(ctx context.Context, lanes []*queueLane, pages []Page) error {
	var need []*queueLane
	var tenants []TenantID
	var qs []SettingQuery
	var err error
	for i, l := range lanes {
		if len(pages[i].Tickets) == 0 || (l.board != nil && !l.stale()) {
			continue
		}
		l.board = nil
		need, tenants = append(need, l), append(tenants, l.tenant)
		qs = append(qs, SettingQuery{Tenant: l.tenant, Kind: SettingAgent}, SettingQuery{Tenant: l.tenant, Kind: settingTeam})
	}
	switch {
	case len(need) == 0:
		return nil
	case len(need) == 1:
		need[0].board, err = need[0].pass.board(ctx)
		return err
	}
	lists, err := settingsOf(ctx, d.store, qs)
	if err != nil {
		return err
	}
	loads, err := loadsOf(ctx, d.store, tenants)
	if err != nil {
		return err
	}
	for i, l := range need {
		agents, failed := agentsOf(lists[2*i])
		teams, err := teamsFrom(lists[2*i+1])
		if failed == nil && err == nil {
			l.board = l.boardOf(agents, teams, loads[i])
		}
	}
	return nil
}

// commitPages commits pages together, or in halves if that fails, each lane as a whole. It returns
// the lanes that failed.
func (d *Desk) commitPages(ctx context.Context, pages []queuePage) map[*queueLane]bool {
	ctx, end := context.WithTimeout(ctx, callTime)
	defer end()
	failed := map[*queueLane]bool{}
	var commit func(pages []queuePage)
	commit = func(pages []queuePage) {
		var all []*Change
		for _, p := range pages {
			all = append(all, p.changes...)
		}
		if len(all) == 0 {
			return
		}
		half := len(pages) / 2
		err := d.commit(ctx, all...)
		var locked *LockedError
		switch {
		case err == nil:
		case errors.As(err, &locked): // each half with that row would wait for it again
			for _, p := range pages {
				failed[p.lane] = true
			}
		case half == 0:
			failed[pages[0].lane] = true
		default:
			commit(pages[:half])
			commit(pages[half:])
		}
	}
	commit(pages)
	return failed
}
