package bunstore

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// plan is the work of the changes of one Commit, table by table. The parts of one statement do not
// see each other's work, so several changes of one row are combined here: a task that is removed
// and added again becomes one update. All rows are sorted, so that two commits lock shared rows in
// one order.
type plan struct {
	once      []onceRow
	added     []ticketRow
	updated   []ticketUpdate
	known     []ticketKeyRow // tickets that must exist
	kept      []ticketClocks // of tickets that existed before
	clocks    []clockRow     // of tickets that existed before
	newClocks []clockRow
	messages  []messageRow
	words     wordPlan
	events    []eventRow
	again     rewrite
	people    people
	mail      []mailRow // to add or replace
	notices   notices
	settings  []settingRow // the first version of each key replaces a stored one
	purged    []settingRow // versions that take the values of those before them
	later     []settingRow // the others follow one of the same Commit
	loads     []loadRow
	done      []taskRow // to remove if the token fits
	moved     []taskRow // to replace if the token fits
	removed   []taskRow // to remove if it exists
	tasks     []taskRow // to add or replace

	wait time.Duration // for rows that others keep; 0 is no limit

	owner map[onceKey]helpdesk.TicketID // the Change of this Commit that brings a key
}

// rewrite holds the rows that must exist and are replaced whole.
type rewrite struct {
	tickets  []ticketRewrite
	messages []messageRow
	events   []eventRow
}

type ticketKey struct{ tenant, id string }

type onceKey struct {
	tenant helpdesk.TenantID
	key    helpdesk.OnceKey
}

type taskKey struct{ tenant, kind, key string }

// taskFate is the effect of a Commit on one task.
type taskFate struct {
	leased bool // it must have this token
	token  int64
	final  *taskRow // the new row; nil removes it
}

// refScope is the Store's own scope of once keys: references of tickets.
const refScope = "ref"

// fold checks the changes and makes a plan from them.
func fold(changes []*helpdesk.Change) (*plan, error) {
	p := &plan{owner: map[onceKey]helpdesk.TicketID{}}
	own := map[ticketKey]bool{} // tickets written here
	named := map[ticketKey]bool{}
	mails := map[ticketKey]int{} // positions in p.mail
	fates := map[taskKey]*taskFate{}
	versions := map[taskKey]int64{} // of settings
	loads := map[[2]string]*loadRow{}
	for _, c := range changes {
		if err := checkChange(c); err != nil {
			return nil, err
		}
		if c.LockWait > 0 && (p.wait == 0 || c.LockWait < p.wait) {
			p.wait = c.LockWait
		}
		if err := p.foldOnce(c); err != nil {
			return nil, err
		}
		if err := p.foldTicket(c, own); err != nil {
			return nil, err
		}
		if err := p.foldThread(c, named); err != nil {
			return nil, err
		}
		p.foldWords(c)
		if err := p.foldMail(c, mails, named); err != nil {
			return nil, err
		}
		if err := p.foldPeople(c, own); err != nil {
			return nil, err
		}
		p.foldNotices(c)
		if err := p.foldSettings(c, versions); err != nil {
			return nil, err
		}
		if err := foldLoads(c, loads); err != nil {
			return nil, err
		}
		if err := foldTasks(c, fates); err != nil {
			return nil, err
		}
	}
	for key := range named {
		if !own[key] {
			p.known = append(p.known, ticketKeyRow{Tenant: key.tenant, ID: key.id})
		}
	}
	for _, row := range loads {
		p.loads = append(p.loads, *row)
	}
	p.settle(fates)
	p.settleWords()
	p.sort()
	return p, nil
}

func (p *plan) foldOnce(c *helpdesk.Change) error {
	var ticket helpdesk.TicketID
	if c.Ticket != nil {
		ticket = c.Ticket.ID
	}
	use := func(o helpdesk.OnceKey) error {
		key := onceKey{c.Tenant, o}
		if first, used := p.owner[key]; used {
			return &helpdesk.DuplicateError{Once: o, Ticket: first}
		}
		p.owner[key] = ticket
		return nil
	}
	for _, o := range c.Once {
		if err := use(o); err != nil {
			return err
		}
		p.once = append(p.once, onceRow{Tenant: string(c.Tenant), Scope: o.Scope, Key: o.Key, Ticket: link(ticket)})
	}
	if c.Ticket != nil && c.Ticket.Version == 0 {
		return use(helpdesk.OnceKey{Scope: refScope, Key: c.Ticket.Ref})
	}
	return nil
}

func (p *plan) foldTicket(c *helpdesk.Change, own map[ticketKey]bool) error {
	t := c.Ticket
	if c.Rewrite && (t == nil || t.Version == 0) {
		return helpdesk.ErrNotFound
	}
	if t == nil {
		return nil
	}
	key := ticketKey{string(c.Tenant), string(t.ID)}
	if own[key] {
		return &helpdesk.FieldError{Field: "id", Problem: "is that of two changes in one commit"}
	}
	own[key] = true
	state, err := stateOf(c.Tenant, t)
	if err != nil {
		return err
	}
	switch {
	case t.Version == 0:
		p.newClocks = append(p.newClocks, clockRows(key.tenant, t)...)
	case !c.SameClocks:
		p.clocks, p.kept = append(p.clocks, clockRows(key.tenant, t)...), append(p.kept, ticketClocks{Tenant: key.tenant, Ticket: key.id, Kept: keptClocks(t)})
	}
	switch {
	case t.Version == 0:
		p.added = append(p.added, ticketRow{
			Tenant: key.tenant, ID: key.id, Version: 1, Ref: t.Ref,
			Description: t.Description, CreatedAt: at(t.CreatedAt), ticketState: state,
		})
	case c.Rewrite:
		p.again.tickets = append(p.again.tickets, ticketRewrite{
			Tenant: key.tenant, ID: key.id, Version: t.Version, Description: t.Description, ticketState: state,
		})
	default:
		p.updated = append(p.updated, ticketUpdate{Tenant: key.tenant, ID: key.id, Version: t.Version, ticketState: state})
	}
	return nil
}

func (p *plan) foldThread(c *helpdesk.Change, named map[ticketKey]bool) error {
	messages, events := &p.messages, &p.events
	if c.Rewrite {
		messages, events = &p.again.messages, &p.again.events
	}
	name := func(id helpdesk.TicketID) error {
		if !canonical(string(id)) || (c.Rewrite && id != c.Ticket.ID) {
			return helpdesk.ErrNotFound
		}
		named[ticketKey{string(c.Tenant), string(id)}] = true
		return nil
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		if err := name(m.Ticket); err != nil {
			return err
		}
		*messages = append(*messages, messageRowOf(c.Tenant, m))
	}
	for i := range c.Events {
		e := &c.Events[i]
		if err := name(e.Ticket); err != nil {
			return err
		}
		*events = append(*events, eventRowOf(c.Tenant, e))
	}
	return nil
}

// foldMail keeps the last of several records with one id.
func (p *plan) foldMail(c *helpdesk.Change, place map[ticketKey]int, named map[ticketKey]bool) error {
	for i := range c.Mail {
		m := &c.Mail[i]
		if m.Ticket != "" {
			if !canonical(string(m.Ticket)) {
				return helpdesk.ErrNotFound
			}
			named[ticketKey{string(c.Tenant), string(m.Ticket)}] = true
		}
		key := ticketKey{string(c.Tenant), m.ID}
		if before, seen := place[key]; seen {
			p.mail[before] = mailRowOf(c.Tenant, m)
			continue
		}
		place[key] = len(p.mail)
		p.mail = append(p.mail, mailRowOf(c.Tenant, m))
	}
	return nil
}

func (p *plan) foldSettings(c *helpdesk.Change, versions map[taskKey]int64) error {
	for i := range c.Settings {
		g := &c.Settings[i]
		row := settingRow{
			Tenant: string(c.Tenant), Kind: string(g.Kind), Key: g.Key, Version: g.Version + 1, Value: document(g.Value), Deleted: g.Deleted,
			ByRole: string(g.By.Role), ByID: g.By.ID, ByName: g.By.Name, At: at(g.At),
		}
		if g.Purge > 0 {
			p.purge(row, g.Purge)
		}
		key := taskKey{row.Tenant, row.Kind, row.Key}
		switch before, seen := versions[key]; {
		case !seen:
			p.settings = append(p.settings, row)
		case before != g.Version:
			return helpdesk.ErrConflict
		default:
			p.later = append(p.later, row)
		}
		versions[key] = row.Version
	}
	return nil
}

// purge takes the values of the versions of a setting below one, also of those in the same Commit.
func (p *plan) purge(row settingRow, below int64) {
	row.Version = min(row.Version, below)
	p.purged = append(p.purged, row)
	for _, rows := range [][]settingRow{p.settings, p.later} {
		for i := range rows {
			if r := &rows[i]; r.Tenant == row.Tenant && r.Kind == row.Kind && r.Key == row.Key && r.Version < row.Version {
				r.Value = document("null")
			}
		}
	}
}

// foldLoads sums up deltas. room is the greatest counter beforehand at which no positive delta,
// taken in turn, exceeds its capacity.
func foldLoads(c *helpdesk.Change, loads map[[2]string]*loadRow) error {
	for _, l := range c.Loads {
		key := [2]string{string(c.Tenant), string(l.Agent)}
		row := loads[key]
		if row == nil {
			row = &loadRow{Tenant: key[0], Agent: key[1], Room: math.MaxInt32}
			loads[key] = row
		}
		row.Open += int64(l.Delta)
		if l.Delta > 0 && l.Capacity > 0 {
			row.Room = min(row.Room, int64(l.Capacity)-row.Open)
		}
	}
	return nil
}

func foldTasks(c *helpdesk.Change, fates map[taskKey]*taskFate) error {
	for i := range c.Done {
		t := &c.Done[i]
		key := taskKey{string(c.Tenant), string(t.Kind), t.Key}
		if t.Token == 0 || fates[key] != nil {
			return helpdesk.ErrConflict // not leased, or no longer
		}
		fates[key] = &taskFate{leased: true, token: t.Token}
	}
	for i := range c.Tasks {
		t := &c.Tasks[i]
		key := taskKey{string(c.Tenant), string(t.Kind), t.Key}
		fate := fates[key]
		if fate == nil {
			fate = &taskFate{}
			fates[key] = fate
		}
		fate.final = nil
		if !t.DueAt.IsZero() {
			fate.final = &taskRow{
				Tenant: key.tenant, Kind: key.kind, Key: key.key, Ticket: link(t.Ticket), DueAt: at(t.DueAt),
				Payload: document(t.Payload), Attempts: t.Attempts, Error: t.Error, Dead: t.Dead,
			}
		}
	}
	return nil
}

func (p *plan) settle(fates map[taskKey]*taskFate) {
	for key, fate := range fates {
		bare := taskRow{Tenant: key.tenant, Kind: key.kind, Key: key.key, Token: fate.token}
		switch {
		case fate.leased && fate.final != nil:
			fate.final.Token = fate.token
			p.moved = append(p.moved, *fate.final)
		case fate.leased:
			p.done = append(p.done, bare)
		case fate.final != nil:
			p.tasks = append(p.tasks, *fate.final)
		default:
			p.removed = append(p.removed, bare)
		}
	}
}

// sort orders rows that other commits may write too. Messages and events keep their order.
func (p *plan) sort() {
	slices.SortFunc(p.once, func(a, b onceRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Key, b.Key))
	})
	slices.SortFunc(p.added, func(a, b ticketRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Ref, b.Ref))
	})
	slices.SortFunc(p.updated, func(a, b ticketUpdate) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(p.again.tickets, func(a, b ticketRewrite) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(p.mail, func(a, b mailRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(p.settings, func(a, b settingRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	slices.SortFunc(p.loads, func(a, b loadRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Agent, b.Agent))
	})
	p.people.sort()
	p.notices.sort()
	for _, rows := range [][]taskRow{p.done, p.moved, p.removed, p.tasks} {
		slices.SortFunc(rows, func(a, b taskRow) int {
			return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
		})
	}
}
