package helpdesk

import (
	"context"
	"encoding/json"
	"iter"
	"time"
)

// Store records what a Desk decides. Packages bunstore, sqlitestore and memstore
// are Stores; storetest checks any other against every sentence here.
//
// All methods may be called by many goroutines and processes at once. A value
// passed in is not kept, a value handed out is the caller's. Times come back equal
// to the microsecond and in UTC, texts byte for byte. No method shows or changes
// a row of another tenant than the one it names.
type Store interface {
	// Ticket returns a ticket with its clocks, or ErrNotFound.
	Ticket(ctx context.Context, tenant TenantID, id TicketID) (*Ticket, error)

	// Tickets returns one page of the tickets that fit the query. Following
	// Page.Next visits each ticket that fits throughout exactly once, also while others
	// are added. A cursor of another order, or one that cannot be read, is ErrInvalid.
	Tickets(ctx context.Context, q Query) (Page, error)

	// Thread returns a ticket with its messages and events, and those of every
	// ticket merged into it, directly or over others, oldest first; or ErrNotFound.
	Thread(ctx context.Context, tenant TenantID, id TicketID) (*Thread, error)

	// Settings returns the current version of each setting of a kind, ordered by
	// key. Deleted ones are left out. With a Key it returns the versions of
	// that setting, latest first, deletions among them.
	Settings(ctx context.Context, q SettingQuery) ([]Setting, error)

	// Mails returns one page of the records of mails that fit the query, latest first. Following
	// MailPage.Next visits each that fits throughout exactly once. A cursor that cannot be read is ErrInvalid.
	Mails(ctx context.Context, q MailQuery) (MailPage, error)

	// Commit records all the changes, or none when it returns an error. It does
	// not alter them. Two changes of one call never name the same ticket.
	Commit(ctx context.Context, changes ...*Change) error

	// Lease hands out at most limit tasks of any tenant that are due at now,
	// earliest first, and keeps them from other callers until now+d. Each gets a Token never used
	// before, and its Attempts counts one more. Dead tasks are not handed out.
	Lease(ctx context.Context, now time.Time, d time.Duration, limit int) ([]Task, error)
}

// Change is everything one operation writes. A Store records it whole or not at all.
type Change struct {
	Tenant TenantID

	// Ticket as it is to be, with the Version it replaces: 0 adds it, else
	// ErrConflict unless that is the stored version. It is stored with the next Version
	// and with exactly these clocks. Ref, Subject, Description and CreatedAt
	// are those it was added with. Adding one whose Ref is taken in
	// the tenant is a *DuplicateError with scope "ref". Nil changes no ticket.
	Ticket *Ticket

	// Messages and Events to add. Each names a ticket of the tenant, or the
	// Change fails with ErrNotFound.
	Messages []Message
	Events   []Event

	// Rewrite replaces what is otherwise kept for good, so that a person's data can be erased: Ticket, which has to be
	// there, gets this Subject and Description too, and Messages and Events are all of that ticket and replace those with
	// their ids, or the Change fails with ErrNotFound. Messages begin with the ticket's first.
	Rewrite bool

	// Mail are records to add, or to put in the place of the one with the same ID. One that
	// names a ticket which the tenant does not have fails with ErrNotFound.
	Mail []Mail

	// Loads to add to agents' counters. A positive delta that would take the
	// counter past its Capacity is ErrCapacity.
	Loads []LoadDelta

	// Settings to add as new versions, each with the Version it replaces (0: none);
	// ErrConflict unless that is the current one.
	Settings []Setting

	// Once keys to use up. One used before by the tenant is a *DuplicateError
	// that names the ticket of the Change that used it.
	Once []OnceKey

	// Done are leased tasks that this change completes and removes, or dead ones; ErrConflict
	// unless each still has this Token.
	Done []Task

	// Tasks to add after Done are removed. One whose kind and key the tenant
	// has already is moved: it is replaced, its lease ended. A zero DueAt removes it. One that is
	// Dead keeps the Token of Done.
	Tasks []Task
}

// LoadDelta changes the number of tickets that count for an agent.
type LoadDelta struct {
	Agent    AgentID
	Delta    int // usually +1 or -1
	Capacity int // the most the counter may reach by a positive Delta; 0 means no limit
}

// OnceKey is something that may happen once per tenant: a request's
// Idempotency-Key, a Message-ID, a provider's delivery id.
type OnceKey struct {
	Scope string // what kind of key; "ref" is the Store's own
	Key   string
}

// Task is something to do later: a row with a due time, the only kind of timer
// the desk has. Tenant, Kind and Key identify it.
type Task struct {
	Tenant   TenantID
	Kind     TaskKind
	Key      string
	Ticket   TicketID        // empty when it is about no single ticket
	DueAt    time.Time       // not before this time
	Payload  json.RawMessage // by kind; nil when the key says all
	Attempts int             // how often it was leased
	Error    string          // what the last attempt said
	Dead     bool            // given up: kept for a person to look at, never leased
	Token    int64           // of the lease, set by Lease alone; 0 when not leased. A dead task keeps that of its last
}

// TaskKind says what a Task does.
type TaskKind string

// The kinds of task.
const (
	TaskTriage   TaskKind = "triage"       // classify and assign a ticket; key: the ticket
	TaskShadow   TaskKind = "shadow"       // ask the shadow classifier about a ticket; key: the ticket
	TaskLearn    TaskKind = "learn"        // learn from resolved tickets; key: the day
	TaskDeadline TaskKind = "deadline"     // look at a ticket's SLA clocks; key: the ticket
	TaskNotify   TaskKind = "notify"       // deliver a notification; key: its Key
	TaskClose    TaskKind = "close"        // close a resolved ticket; key: the ticket
	TaskRepin    TaskKind = "apply_sla"    // move open tickets to the SLA in force; key: that of the setting
	TaskAssign   TaskKind = "assign"       // give waiting tickets to agents who became free; key: the ticket or setting that changed
	TaskAgent    TaskKind = "agent"        // see to the tickets of an agent who may have gone or come back; key: the agent
	TaskFit      TaskKind = "fit"          // see to those an agent with other skills cannot have any more; key: agent and change
	TaskRepair   TaskKind = "repair"       // audit the counters of agents' loads; key: the hour
	TaskStray    TaskKind = "stray"        // remove contents of files whose message was never committed; key: the first of them
	TaskRemember TaskKind = "index_solved" // bring a ticket into the memory of solved ones, or out of it; key: the ticket
)

// SettingKind names a family of settings, such as agents.
type SettingKind string

// The kinds of setting.
const (
	SettingAgent  SettingKind = "agent"          // one Agent each, keyed by AgentID
	SettingTeam   SettingKind = "team"           // one Team each, keyed by TeamID
	SettingSLA    SettingKind = "sla"            // what an [SLABook] reads, under the one key [SLAKey]
	SettingFloors SettingKind = "priority_rules" // what a [FloorBook] reads, under the one key [FloorsKey]
	SettingMacro  SettingKind = "macro"          // one Macro each, keyed by its ID
	SettingView   SettingKind = "view"           // a list of View each, keyed by AgentID
	SettingModel  SettingKind = "model"          // what a [Learner] learnt, under the one key [ModelKey]

	SettingWebhook SettingKind = "webhook"        // one Webhook each, keyed by its ID
	SettingWording SettingKind = "mail_templates" // a Wording, under the one key [WordingKey]
)

// SettingQuery says which settings to read.
type SettingQuery struct {
	Tenant TenantID
	Kind   SettingKind
	Key    string // empty: the current version of every key
	Below  int64  // with a Key: only versions less than this; 0 is no limit
	Limit  int    // with a Key: at most so many; 0 is no limit
}

// Setting is one version of a JSON document that an admin can edit.
type Setting struct {
	Kind    SettingKind
	Key     string
	Version int64           // 1 for the first
	Value   json.RawMessage // a JSON value; kept by meaning, not byte for byte
	Deleted bool            // this version removes it
	By      Actor
	At      time.Time
}

// Loader is a Store that counts open tickets by agent faster than by reading them.
type Loader interface {
	// Loads returns the Load of each agent that holds or ever held a ticket; agents
	// it leaves out have none.
	Loads(ctx context.Context, tenant TenantID) (map[AgentID]Load, error)
}

// Counter is a Store that counts tickets faster than by reading them.
type Counter interface {
	// CountTickets returns how many tickets fit the query, or most when there are more. Order, Limit and After do not matter.
	CountTickets(ctx context.Context, q Query, most int) (int, error)
}

// LoadAuditor is a Store that can tell whether its counters are right.
type LoadAuditor interface {
	// LoadDrift returns the agents, by id, whose counter is not the number of tickets they
	// hold that count, both as of one moment. It should never find any.
	LoadDrift(ctx context.Context, tenant TenantID) ([]LoadDrift, error)
}

// LoadDrift is a counter that is wrong.
type LoadDrift struct {
	Agent   AgentID
	Counter int // what it says
	Open    int // how many tickets the agent holds that count: see [Status.Loads]
}

// Locker is a Store that lets one caller at a time do something for a tenant, over all processes where the database
// can do that. It saves work: what is done under a lock has to be right without.
type Locker interface {
	// Lock waits until nobody else holds the name of the tenant, or ctx ends. Who gets it calls unlock, once, and soon:
	// a lock that nobody gives back is free again after some seconds.
	Lock(ctx context.Context, tenant TenantID, name string) (unlock func(), err error)
}

// Searcher is a Store with an index over words. See [Search] for what it answers.
type Searcher interface {
	Search(ctx context.Context, q SearchQuery) (Page, error)
}

// Historian is a Store that finds events faster than by reading every ticket.
type Historian interface {
	// Events yields the events that fit, by the time they happened and, at the same time, in the order in which
	// those of a ticket were added. An error is the last thing it yields.
	Events(ctx context.Context, q EventQuery) iter.Seq2[Event, error]
}

// Similarer is a Store with a memory of solved tickets: an index over their words, and counters of how many tickets hold
// which. See [Similar] for what is asked of it. All scores are computed by the root package.
type Similarer interface {
	// Remember makes the memory hold the named tickets as they are stored now: those that are
	// [Ticket.Memorable] by [MemoryOf], others and unknown ones not at all. It is all or nothing, repeating it changes nothing,
	// and when several callers remember the same tickets at once each is counted once.
	Remember(ctx context.Context, tenant TenantID, ids ...TicketID) error

	// Count says how many remembered tickets there are and how many hold each term, as if
	// the ticket without were not remembered. Terms that none holds may be missing.
	Count(ctx context.Context, tenant TenantID, terms []Term, without TicketID) (TermCounts, error)

	// Recall returns the Limit remembered tickets with the greatest Sum, or all whose Sum is not 0 where there are fewer, each
	// once and in any order, of equals any. See [Recall.Sum]. Without terms it returns those solved last, of equals the greater id.
	Recall(ctx context.Context, tenant TenantID, r Recall) ([]Memory, error)
}

// TermCounts is how often words are used by a tenant's solved tickets.
type TermCounts struct {
	Tickets int          // how many are remembered
	Length  int64        // the sum of their [Bag.Length]
	Of      map[Term]int // how many hold a term
}

// Leave takes one remembered ticket out of the counts.
func (c *TermCounts) Leave(b *Bag) {
	c.Tickets--
	c.Length -= int64(b.Length)
	for t, n := range c.Of {
		if n > 0 && b.Count(t) > 0 {
			c.Of[t]--
		}
	}
}

// VectorKeeper is a Similarer that keeps a vector beside each remembered ticket.
type VectorKeeper interface {
	// KeepVectors keeps the vectors a model made of remembered tickets, in place of those they had, and of no others: a
	// ticket that is not remembered any more loses its vector.
	KeepVectors(ctx context.Context, tenant TenantID, model string, vectors map[TicketID][]float32) error

	// Vectors returns the vectors of this model of the named tickets and of the latest ones: so many
	// of those that have one, solved last, of equals the greater id.
	Vectors(ctx context.Context, tenant TenantID, model string, ids []TicketID, latest int) (map[TicketID][]float32, error)
}

// Overviewer is a Store that computes an Overview where the rows are.
// It answers as [ComputeOverview] over all tickets does.
type Overviewer interface {
	Overview(ctx context.Context, tenant TenantID, p Period, now time.Time) (*Overview, error)
}

// Plotter is a Store that computes a Series where the rows are.
// It answers as [ComputeSeries] over all tickets that fit does.
type Plotter interface {
	Series(ctx context.Context, tenant TenantID, f ReportFilter, bounds []time.Time, now time.Time) ([]Point, error)
}

// FlowCounter is a Store that counts moves where the rows are.
// It answers as [ComputeFlows] over all tickets that fit does.
type FlowCounter interface {
	Flows(ctx context.Context, tenant TenantID, f ReportFilter, bounds []time.Time) ([]Flow, error)
}

// TaskLister is a Store that can show its dead tasks.
type TaskLister interface {
	// DeadTasks returns at most limit dead tasks of the tenant, latest due first.
	DeadTasks(ctx context.Context, tenant TenantID, limit int) ([]Task, error)
}

// As finds the first Store in the chain of wrappers around store that is a T.
// A wrapper has a method Unwrap() Store.
func As[T any](store Store) (T, bool) {
	for store != nil {
		if t, ok := store.(T); ok {
			return t, true
		}
		w, ok := store.(interface{ Unwrap() Store })
		if !ok {
			break
		}
		store = w.Unwrap()
	}
	var none T
	return none, false
}
