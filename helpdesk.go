package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/held"
	"github.com/helpdesk-go/helpdesk/internal/instant"
	"github.com/helpdesk-go/helpdesk/internal/lru"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
	"github.com/helpdesk-go/helpdesk/internal/onepass"
	"github.com/helpdesk-go/helpdesk/internal/places"
	"github.com/helpdesk-go/helpdesk/internal/reference"
	"github.com/helpdesk-go/helpdesk/internal/skew"
	"github.com/helpdesk-go/helpdesk/internal/sureness"
	"github.com/helpdesk-go/helpdesk/internal/told"
)

// Desk is a help desk: it decides, its Store records. Many goroutines may call all its methods. A
// Desk keeps nothing but caches of stored rows, and starts nothing. A variant for a tenant, an
// actor or a transaction is a cheap copy.
type Desk struct {
	store   Store
	cfg     Config
	tenant  TenantID
	actor   Actor
	scope   *Scope                               // of the actor, if scoped: see enter
	scoped  bool                                 // the roster was read for scope
	own     bool                                 // a customer sees no tickets of colleagues: see Own
	only    TicketID                             // the one ticket that the holder of a link may see; empty is any
	version int64                                // from IfVersion; 0 is any
	bound   bool                                 // in the host's transaction, which allows no second try
	wake    chan struct{}                        // pokes Run when a task is due at once
	slas    *slaCache                            // versions of tenants' SLAs
	rules   *lru.Recent[TenantID, PriorityRules] // of tenants
	models  *lru.Recent[TenantID, int64]         // versions that were in use a moment ago

	outcomes *lru.Recent[TenantID, map[string]sureness.Tally] // of suggested replies, by maker
	budget   *lru.Recent[TenantID, budgetTold]                // days on which managers were told of a spent budget
	lifts    *liftMemory                                      // tickets that priority rules have raised
	limiter  *places.Limiter[TaskKind, TenantID]              // tasks of slow kinds
	breakers *bounded.Breakers                                // of the host's parts and of recipients
	skew     *skew.Skew                                       // of the machine's clock
	persists bool                                             // it belongs to a Run, which has time to try again
	passes   *onepass.Passes[TenantID]                        // passes through tenants' queues
	held     *held.Rows                                       // agents and tickets that other transactions keep from the passes
	sent     *told.Memory                                     // delivered parts of notices: see DeliveryProgress
}

// Config says how a Desk works. The desk of its zero value keeps tickets and conversations: it
// classifies and assigns nothing, runs no SLA clock and notifies nobody. Package standard plugs in
// every part.
type Config struct {
	Classifier Classifier // nil: only PriorityRules read a ticket
	// Shadow is asked about each ticket after Classifier. Its answers are only recorded, for the
	// triage report. Nil: none.
	Shadow  Classifier
	Learner Learner // usually a part of Classifier; nil: none
	// TriageTime is the most that the triage of one ticket may take, with the Classifier's calls;
	// then it is tried again later. 0 means 25 seconds, at most 10 minutes. A model on a slow
	// machine of one's own may need minutes.
	TriageTime    time.Duration
	PriorityRules PriorityRules // nil: no least priority
	// PriorityLifts is the most tickets of one customer that PriorityRules raise in a UTC day, so
	// that nobody pushes all others aside with words. Further tickets of that customer keep at
	// least the priority they would have without the rules, and their events say so. 0 means 5,
	// negative is no limit. Tickets without a customer, and those that an agent opens, are not
	// limited.
	PriorityLifts int
	Categories    []CategoryInfo // nil: DefaultCategories
	Confidence    float64        // the least that applies a category; 0 means 0.60

	Assigner Assigner // nil: tickets stay new until an agent takes them
	Roster   Roster   // nil: agents are settings, see Desk.SaveAgent
	SLA      SLA      // nil: no clocks
	Notifier Notifier // nil: no notices

	// Mail lets customers write and get answers by mail. Nil: notices to customers carry no address
	// to answer to, and Receive finds tickets by Message-ID and reference alone.
	Mail *MailConfig

	// Blobs keeps the contents of attachments. Nil: the Store does if it is a Blobs; otherwise the
	// desk refuses files.
	Blobs Blobs

	// Archive holds closed tickets that were taken out of the Store: see package archive. Nil:
	// none, and Erase refuses a customer whose data is in an archive.
	Archive Archive

	// Similar finds solved tickets like another, for [Desk.Similar] and for classifiers. It learns
	// of tickets that are solved while it is set, so set it in every process. Nil: none are found.
	Similar SimilarFinder

	// CustomerTags returns the host's tags for a customer, such as the plan, when a ticket is
	// opened; the SLA can match on them. They add to those of OpenParams. An error is logged and
	// means no tags: the ticket comes first; so does no answer in 10 seconds. Nil: no tags.
	CustomerTags func(ctx context.Context, tenant TenantID, email string) ([]string, error)

	// Directory answers what the host knows of the customer of a new ticket: id, name,
	// organisation, tags, language. The desk keeps it in the customer's row. A ticket waits for it
	// 2 seconds at most, and opens without it after an error, which is logged. Nil: the desk's rows
	// are all there is.
	Directory Directory

	// RecordReads records an event each time that an agent, a lead or an admin reads a ticket's
	// thread: see [Desk.Events]. False records none.
	RecordReads bool

	// Before is called with each Change just before the commit; in a desk of WithStore, in the
	// host's transaction. An error refuses the operation, and the caller gets it. Outside the
	// host's transaction it has 10 seconds. Nil refuses nothing.
	Before func(ctx context.Context, c *Change) error

	ReopenWindow time.Duration // how long its customer can reopen a resolved ticket; 0: 7 days
	CloseAfter   time.Duration // from the resolution to the closing; 0: ReopenWindow, the least; negative: never
	RemindAfter  time.Duration // from a question until its customer is reminded; 0: 3 days, negative: never
	ResolveAfter time.Duration // from the reminder, else the question, until the ticket is resolved; 0: 7 days, negative: never
	Grace        time.Duration // from an agent's leaving until others get the tickets; 0: 5 minutes

	Clock  Clock         // nil: SystemClock
	Logger *slog.Logger  // nil: slog.Default()
	NewID  func() string // a new UUID for each row; nil: version 7
	NewRef func() string // a new reference for people; nil: 8 random characters, Crockford's base32
	Poll   time.Duration // between two looks of Run for other processes' tasks; 0 means 1 second
}

// New returns the Desk of the zero tenant that acts for the host itself. A nil cfg is the zero
// Config. New copies cfg and does no I/O. An error names the field at fault.
func New(store Store, cfg *Config) (*Desk, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	d := &Desk{
		store: store, cfg: *cfg, wake: make(chan struct{}, 1), slas: newSLACache(), passes: onepass.New[TenantID](), held: held.New(),
		rules: lru.NewRecent[TenantID, PriorityRules](documentBytes, settingAge), models: lru.NewRecent[TenantID, int64](wordBytes, settingAge),
		outcomes: lru.NewRecent[TenantID, map[string]sureness.Tally](wordBytes, surenessAge), budget: lru.NewRecent[TenantID, budgetTold](wordBytes, settingAge),
		lifts: newLiftMemory(), limiter: places.New[TaskKind, TenantID](mostSlow), sent: told.New(mostSent),
		breakers: bounded.NewBreakers(), skew: &skew.Skew{},
	}
	if store == nil {
		return nil, fmt.Errorf("helpdesk: new desk: %w", &FieldError{"store", "is nil"})
	}
	if err := d.cfg.complete(); err != nil {
		return nil, fmt.Errorf("helpdesk: new desk: %w", err)
	}
	return d, nil
}

// complete fills in the defaults and checks the rest.
func (c *Config) complete() error {
	def := func(p *time.Duration, d time.Duration) {
		if *p == 0 {
			*p = d
		}
	}
	def(&c.ReopenWindow, 7*24*time.Hour)
	def(&c.CloseAfter, c.ReopenWindow)
	def(&c.RemindAfter, 3*24*time.Hour)
	def(&c.ResolveAfter, 7*24*time.Hour)
	def(&c.Grace, 5*time.Minute)
	def(&c.Poll, time.Second)
	def(&c.TriageTime, callTime)
	c.PriorityLifts = cmp.Or(c.PriorityLifts, 5)
	if c.Confidence == 0 {
		c.Confidence = 0.60
	}
	if c.Categories == nil {
		c.Categories = DefaultCategories()
	}
	if c.Clock == nil {
		c.Clock = SystemClock
	}
	c.Logger = noaddress.Logger(c.Logger)
	if c.NewID == nil {
		c.NewID = newID
	}
	if c.NewRef == nil {
		c.NewRef = reference.New
	}
	var errs []error
	if c.Mail != nil {
		mail := *c.Mail
		c.Mail = &mail
		errs = append(errs, c.Mail.complete())
	}
	if !(c.Confidence > 0 && c.Confidence <= 1) {
		errs = append(errs, &FieldError{"Confidence", "is not between 0 and 1"})
	}
	if c.ReopenWindow < 0 {
		errs = append(errs, &FieldError{"ReopenWindow", "is negative"})
	}
	if c.CloseAfter > 0 && c.CloseAfter < c.ReopenWindow {
		errs = append(errs, &FieldError{"CloseAfter", "is before the end of ReopenWindow"})
	}
	if c.TriageTime < 0 || c.TriageTime > longTime {
		errs = append(errs, &FieldError{"TriageTime", "is not between 0 and 10 minutes"})
	}
	if c.Grace < 0 {
		errs = append(errs, &FieldError{"Grace", "is negative"})
	}
	if c.Poll < 0 {
		errs = append(errs, &FieldError{"Poll", "is negative"})
	}
	seen := map[Category]bool{}
	for _, info := range c.Categories {
		if info.Name == "" || seen[info.Name] {
			errs = append(errs, &FieldError{"Categories", fmt.Sprintf("has an empty or repeated name %q", info.Name)})
		}
		seen[info.Name] = true
	}
	return errors.Join(errs...)
}

// ForTenant returns a desk of another tenant.
func (d *Desk) ForTenant(tenant TenantID) *Desk {
	e := *d
	e.tenant, e.scope, e.scoped, e.only = tenant, nil, false, ""
	return &e
}

// As returns a desk that acts for actor: operations are recorded under that name and limited to
// that role. [Role] says what each role may do.
func (d *Desk) As(actor Actor) *Desk {
	e := *d
	e.actor, e.scope, e.scoped, e.only, e.own = actor, nil, false, "", false
	return &e
}

// Own returns a desk that shows a customer no ticket that they see as a colleague alone, as a list
// of their own tickets needs it. To others it is the same desk.
func (d *Desk) Own() *Desk {
	e := *d
	e.own, e.scope, e.scoped = true, nil, false
	return &e
}

// IfVersion returns a desk whose commands return ErrConflict unless the ticket, or the setting,
// still has this Version.
func (d *Desk) IfVersion(version int64) *Desk {
	e := *d
	e.version = version
	return &e
}

// WithStore returns a desk that works through another Store, usually the same one bound to the
// host's transaction. The desk's rows commit and roll back with that transaction. A conflict goes
// to the host instead of a second try.
//
// Until that transaction ends, its rows are kept from everybody else: the tickets that it changed,
// and the counters of the agents whose numbers of tickets it changed. Commands of others on them
// wait. The worker waits a second for such a counter, logs it once, and gives tickets to other
// agents, so that assignment goes on. Keep the transaction short all the same.
func (d *Desk) WithStore(store Store) *Desk {
	e := *d
	e.store, e.bound = store, true
	return &e
}

// Tenant returns the tenant of the desk.
func (d *Desk) Tenant() TenantID { return d.tenant }

// Categories returns the closed list of categories the desk works with.
func (d *Desk) Categories() []CategoryInfo { return append([]CategoryInfo(nil), d.cfg.Categories...) }

// Store returns the Store that the desk works through. The Store knows no roles: ask [Desk.Scope]
// before you show what you read from it.
func (d *Desk) Store() Store { return d.store }

// Now returns the present instant by Config.Clock, in UTC and truncated to the microsecond. Where
// SystemClock differs from the database's clock by more than 10 seconds, the database's counts in
// processes that call Run or Tick, from the first look for tasks on.
func (d *Desk) Now() time.Time { return d.now() }

func (d *Desk) now() time.Time { return instant.Of(d.skew.Of(d.cfg.Clock.Now())) }

// fail wraps an error once, at the exported function, with the operation and its ticket.
func (d *Desk) fail(op string, ticket TicketID, err error) error {
	d.showError(err)
	switch {
	case err == nil:
		return nil
	case ticket == "":
		return fmt.Errorf("helpdesk: %s: %w", op, err)
	}
	return fmt.Errorf("helpdesk: %s ticket %s: %w", op, ticket, err)
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func validID(id TicketID) bool {
	_, err := uuid.Parse(string(id))
	return err == nil && len(id) == 36
}
