package helpdesk

import (
	"context"
	"encoding/json"
	"iter"
	"time"
)

// Store records what a Desk decides. Packages bunstore, sqlitestore and memstore are Stores;
// storetest checks any other against every sentence here.
//
// All methods may be called by many goroutines and processes at once. A Store keeps no value passed
// in; a value handed out belongs to the caller. Times come back equal to the microsecond and in
// UTC, texts byte for byte. No method shows or changes a row of another tenant than the one it
// names.
type Store interface {
	// Ticket returns a ticket with its clocks, or ErrNotFound.
	Ticket(ctx context.Context, tenant TenantID, id TicketID) (*Ticket, error)

	// Tickets returns one page of the tickets that fit the query. Following Page.Next visits each
	// ticket that fits throughout exactly once, also while others are added. A cursor is a place in
	// the order: a query with other filters may begin after it. A cursor of another order, or one
	// that cannot be read, is ErrInvalid.
	Tickets(ctx context.Context, q Query) (Page, error)

	// Thread returns a ticket with its messages and events, and those of every ticket merged into
	// it, directly or over others, oldest first; or ErrNotFound.
	Thread(ctx context.Context, tenant TenantID, id TicketID) (*Thread, error)

	// Settings returns the current version of each setting of a kind, ordered by key. Deleted ones
	// are left out. With a Key it returns the versions of that setting, latest first, deletions
	// among them.
	Settings(ctx context.Context, q SettingQuery) ([]Setting, error)

	// Mails returns one page of the records of mails that fit the query, latest first. Following
	// MailPage.Next visits each that fits throughout exactly once. A cursor that cannot be read is
	// ErrInvalid.
	Mails(ctx context.Context, q MailQuery) (MailPage, error)

	// Commit records all the changes, or none when it returns an error. It does not alter them. Two
	// changes of one call never name the same ticket.
	Commit(ctx context.Context, changes ...*Change) error

	// Lease hands out at most limit tasks of any tenant that are due at now, earliest first, and
	// keeps them from other callers until now+d. Each gets a Token never used before, and its
	// Attempts counts one more. Dead tasks and those of the groups in except are not handed out.
	Lease(ctx context.Context, now time.Time, d time.Duration, limit int, except ...TaskGroup) ([]Task, error)

	// Renew keeps leased tasks that still have their Token from other callers until a time. It
	// leaves the others as they are.
	Renew(ctx context.Context, until time.Time, tasks ...Task) error
}

// Change is everything one operation writes. A Store records it whole or not at all.
type Change struct {
	Tenant TenantID

	// Ticket is the ticket after the change, with the Version it replaces: 0 adds it, else
	// ErrConflict unless that is the stored version. It is stored with the next Version and with
	// exactly these clocks. Ref, Description and CreatedAt are those it was added with.
	// Adding one whose Ref is taken in the tenant is a *DuplicateError with scope "ref". Nil
	// changes no ticket.
	Ticket *Ticket

	// SameClocks says that the clocks of Ticket are those of the version it replaces. A Store may
	// spare itself to write them.
	SameClocks bool

	// Renamed says that the Subject or the Customer of Ticket is not that of the version it
	// replaces. Without it a Searcher may find the ticket by the words of the former one.
	Renamed bool

	// Messages and Events to add. Each names a ticket of the tenant, or the Change fails with
	// ErrNotFound.
	Messages []Message
	Events   []Event

	// Rewrite replaces rows that otherwise never change, so that a person's data can be erased.
	// Ticket gets this Description too. Messages and Events are all of that ticket and replace those
	// with their ids. When one of these is not stored, the Change fails with
	// ErrNotFound. Messages begin with the ticket's first.
	Rewrite bool

	// Mail are records to add; each replaces the one with the same ID. One that names a ticket
	// which the tenant does not have fails with ErrNotFound.
	Mail []Mail

	// Customers and Organisations to add or to replace, each with the Version it replaces: 0 adds
	// it, else ErrConflict unless that is the stored version. Each is stored with the next Version
	// and with exactly these Addresses or Domains. A HostID, an address or a domain of another of
	// the tenant is a *DuplicateError with scope "customer_id", "address", "organisation_id" or
	// "domain" and no ticket; the key of an address has the channel, a colon and the value. A
	// customer of an Organisation that the tenant does not have fails with ErrNotFound. A customer
	// with Deleted is removed. A Store that is no [CustomerStore] ignores them.
	Customers     []Customer
	Organisations []Organisation

	// Notices to add. One with the Agent, the At and the ID of one that is stored leaves that as it
	// is. NoticeEdits change the notices that were stored before the Commit. A Store that is no
	// [NoticeStore] ignores both.
	Notices     []AgentNotice
	NoticeEdits []NoticeEdit

	// Loads to add to agents' counters. A positive delta that would take the counter past its
	// Capacity is ErrCapacity.
	Loads []LoadDelta

	// Settings to add as new versions, each with the Version it replaces (0: none); ErrConflict
	// unless that is the current one. One with Purge sets the Value of each earlier version
	// below that to null.
	Settings []Setting

	// Once keys to use up. One used before by the tenant is a *DuplicateError that names the ticket
	// of the Change that used it.
	Once []OnceKey

	// LockWait is how long Commit may wait for rows that another transaction keeps, before it
	// returns a *LockedError. Of several changes the shortest counts. 0 is no limit. Only a Store
	// whose transactions wait for each other's rows heeds it.
	LockWait time.Duration

	// Done are leased tasks that this change completes and removes, or dead ones; ErrConflict
	// unless each still has this Token.
	Done []Task

	// Tasks to add after Done are removed. One whose kind and key the tenant has already is moved:
	// it is replaced, its lease ended. A zero DueAt removes it. One that is Dead keeps the Token of
	// Done.
	Tasks []Task
}

// LoadDelta changes the number of tickets that count for an agent.
type LoadDelta struct {
	Agent    AgentID
	Delta    int // usually +1 or -1
	Capacity int // the most that a positive Delta may reach; 0 means no limit
}

// OnceKey names an event that may happen once per tenant: a request's Idempotency-Key, a
// Message-ID, a provider's delivery id.
type OnceKey struct {
	Scope string // the kind of key; "ref" is the Store's own
	Key   string
}

// Task is work for later: a row with a due time, the only kind of timer that the desk has. Tenant,
// Kind and Key identify it.
type Task struct {
	Tenant   TenantID
	Kind     TaskKind
	Key      string
	Ticket   TicketID        // empty when it is about no single ticket
	DueAt    time.Time       // not before this time
	Payload  json.RawMessage // by kind; nil when the key says all
	Attempts int             // number of leases
	Error    string          // of the last attempt
	Dead     bool            // given up: kept for a person, never leased
	Token    int64           // of the lease, set by Lease alone; 0 when not leased; kept when Dead
}

// TaskGroup is the tasks of a kind: those of one tenant, or with AllTenants of every tenant.
type TaskGroup struct {
	Kind       TaskKind
	Tenant     TenantID
	AllTenants bool // Tenant does not count
}

// TaskKind says what a Task does. To a Store it is a text like any other; hosts see it in dead
// tasks.
type TaskKind string

// The kinds of task that wait for parts of the host, or for other packages.
const (
	TaskTriage   TaskKind = "triage"       // classify and assign a ticket; key: the ticket
	TaskNotify   TaskKind = "notify"       // deliver a notification; key: its Key
	TaskApplySLA TaskKind = "apply_sla"    // apply the current SLA to tickets; key: the setting's
	TaskAssign   TaskKind = "assign"       // assign waiting tickets; key: what changed
	TaskIndex    TaskKind = "index_solved" // update the SimilarFinder; key: the ticket
)

// The kinds of task that are the desk's own business.
const (
	taskShadow   TaskKind = "shadow"   // ask the shadow classifier; key: the ticket
	taskLearn    TaskKind = "learn"    // learn from resolved tickets; key: the day
	taskDeadline TaskKind = "deadline" // check the SLA clocks of a ticket; key: the ticket
	taskClose    TaskKind = "close"    // close a resolved ticket; key: the ticket
	taskWait     TaskKind = "wait"     // remind a customer, or end the wait; key: the ticket
	taskAgent    TaskKind = "agent"    // check the tickets of an agent who may be gone; key: agent
	taskFit      TaskKind = "fit"      // check them after a change of skills; key: agent and change
	taskRepair   TaskKind = "repair"   // audit the counters of agents' loads; key: the hour
	taskReindex  TaskKind = "reindex"  // update the SimilarFinder with all solved tickets; key: "all"
	taskMember   TaskKind = "member"   // give a customer's tickets to the organisation; key: the customer
	taskWords    TaskKind = "words"    // put all tickets into the index of words; key: "all"
	taskStray    TaskKind = "stray"    // remove files that no commit refers to; key: the first file
)

// SettingKind names a family of settings, such as agents. Most kinds are the desk's own: its
// methods check and keep them. [Desk.Settings] and [Desk.EditSetting] are for the kinds that other
// packages keep (macros, webhooks, mail templates) and for the kinds of a host. A host's own kind
// contains a slash, as "acme/delivery", so that no later version uses its name.
type SettingKind string

// The kinds of setting that other packages read too.
const (
	SettingAgent         SettingKind = "agent"          // one Agent each, keyed by AgentID
	SettingPriorityRules SettingKind = "priority_rules" // for a [PriorityRulesDocument]; one key
	SettingModel         SettingKind = "model"          // of a [Learner]; one key, [ModelKey]

	SettingCustomers     SettingKind = "customers"      // a [CustomersDocument]; one key, [CustomersKey]
	SettingMacro         SettingKind = "macro"          // of package macro
	SettingWebhook       SettingKind = "webhook"        // of package notify/webhook
	SettingMailTemplates SettingKind = "mail_templates" // of package notify/templates
)

// The kinds of setting that have methods of the Desk, and no other reader.
const (
	settingTeam SettingKind = "team" // one Team each, keyed by TeamID
	settingSLA  SettingKind = "sla"  // for an [SLADocument], under the one key slaKey
	settingView SettingKind = "view" // a list of View each, keyed by AgentID

	settingNotices SettingKind = "notices" // how an agent is told, by kind of notice; keyed by AgentID
)

// SettingQuery says which settings to read.
type SettingQuery struct {
	Tenant TenantID
	Kind   SettingKind
	Key    string // empty: the current version of every key
	Below  int64  // with a Key: only versions less than this; 0 is no limit
	Limit  int    // with a Key: the most versions; 0 is no limit
}

// Setting is one version of a JSON document that an admin can edit.
type Setting struct {
	Kind    SettingKind
	Key     string
	Version int64           // 1 for the first
	Value   json.RawMessage // JSON; kept by meaning, not byte for byte
	Deleted bool            // this version removes it
	Purge   int64           // the values of the earlier versions below this become null; 0: none; not stored
	By      Actor
	At      time.Time
}

// Loader is a Store that counts open tickets by agent faster than by reading them.
type Loader interface {
	// Loads returns the Load of each agent that holds or ever held a ticket; agents it leaves out
	// have none.
	Loads(ctx context.Context, tenant TenantID) (map[AgentID]Load, error)
}

// SettingsReader is a Store that answers several queries for settings at once.
type SettingsReader interface {
	// SettingsOf returns for each query what Settings does, all of one moment.
	SettingsOf(ctx context.Context, qs ...SettingQuery) ([][]Setting, error)
}

// TenantsReader is a Store that reads for several tenants at once.
type TenantsReader interface {
	// TicketsOf returns for each query what Tickets does.
	TicketsOf(ctx context.Context, qs ...Query) ([]Page, error)

	// LoadsOf returns for each tenant what Loads does: see [Loader].
	LoadsOf(ctx context.Context, tenants ...TenantID) ([]map[AgentID]Load, error)
}

// Counter is a Store that counts tickets faster than by reading them.
type Counter interface {
	// CountTickets returns for each query how many tickets fit it, or most when there are more.
	// Order, Limit and After do not matter.
	CountTickets(ctx context.Context, most int, qs ...Query) ([]int, error)
}

// LoadAuditor is a Store that can tell whether its counters are right.
type LoadAuditor interface {
	// LoadDrift returns the agents, by id, whose counter differs from the number of their tickets
	// that count, both at one moment. It should never find any.
	LoadDrift(ctx context.Context, tenant TenantID) ([]LoadDrift, error)
}

// LoadDrift is a counter that is wrong.
type LoadDrift struct {
	Agent   AgentID
	Counter int // the stored number
	Open    int // the true number of the agent's tickets that count: see [Status.Loads]
}

// Locker is a Store that lets one caller at a time do something for a tenant, over all processes if
// the database can. It saves work: code under a lock has to be right without.
type Locker interface {
	// Lock waits until nobody else holds the name of the tenant, or ctx ends. The caller that gets
	// it calls unlock, once, and soon: a lock that is not released is free again after some
	// seconds.
	Lock(ctx context.Context, tenant TenantID, name string) (unlock func(), err error)
}

// TenantsLocker is a Locker for several tenants at once.
type TenantsLocker interface {
	// TryLocks takes the locks of a name for those tenants, each named once, whose lock is free. It
	// does not wait for the others. The caller calls unlock, once, and soon, also when it got none.
	TryLocks(ctx context.Context, name string, tenants ...TenantID) (taken []TenantID, unlock func(), err error)
}

// Searcher is a Store with an index over the words of tickets. Package store makes these words.
type Searcher interface {
	// Search answers as the function [Search] does, for a query without Phrases. A ticket that is
	// not in the index yet, after a migration, is found by no word: see SearchIndexer.
	Search(ctx context.Context, q SearchQuery) (Page, error)

	// TicketMessages returns the messages of tickets in the order of Thread, without those of
	// tickets merged into them. It may leave out Full and HTML. Tickets that it does not find have
	// none.
	TicketMessages(ctx context.Context, tenant TenantID, ids ...TicketID) (map[TicketID][]Message, error)
}

// SearchIndexer is a Searcher whose index may lack tickets, after a migration.
type SearchIndexer interface {
	// IndexWords puts tickets into the index of words, or completes them there. Tickets that it
	// does not find are no error.
	IndexWords(ctx context.Context, tenant TenantID, ids ...TicketID) error
}

// EventReader is a Store that finds events faster than by reading every ticket.
type EventReader interface {
	// Events yields the events that fit, in order of time. Events of a ticket at the same time come
	// in the order in which they were added. An error is the last value it yields.
	Events(ctx context.Context, q EventQuery) iter.Seq2[Event, error]
}

// EventStreamer is a Store that tells which events are new, by an index. A place is a moment in the
// order of commits, as a text that only the Store reads. Streams of events give places to their
// readers, so a place holds no data of a tenant.
type EventStreamer interface {
	// EventsAfter returns a page of the events that were committed after one place and up to
	// another, of all tenants or of some. Following StreamPage.Next visits each event exactly once,
	// however long its transaction took and whatever was committed meanwhile. The events of a
	// ticket come in the order of its versions, and those of a Change in their own order. A query
	// from one place to another returns the same events in the same order at any later time, for
	// each tenant.
	//
	// A page has at most Limit events, or all of one Commit or transaction when these are more. An
	// empty After is the present: the page has no events, and its Next is the place to go on from.
	// A place that cannot be read, or that the Store has not reached, is ErrInvalid.
	EventsAfter(ctx context.Context, q StreamQuery) (StreamPage, error)
}

// StreamQuery says which new events to read.
type StreamQuery struct {
	After   string     // a place; empty: the present
	Until   string     // a place that is not before After; empty: the present
	Tenants []TenantID // only events of these; nil: of all tenants
	Limit   int        // the most events, at least 1; see EventsAfter
}

// StreamPage is a page of new events.
type StreamPage struct {
	Events []StreamEvent
	Next   string // the place behind the page, for the same tenants
	More   bool   // there may be more events from Next up to Until
}

// StreamEvent is an event and its tenant.
type StreamEvent struct {
	Tenant TenantID
	Event  Event
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
