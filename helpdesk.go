package helpdesk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk/internal/instant"
	"github.com/helpdesk-go/helpdesk/internal/told"
)

// Desk is a help desk: it decides, its Store records. All methods may be called by
// many goroutines. A Desk keeps nothing but caches of what is stored and starts nothing; variants for a
// tenant, an actor or a transaction are cheap copies.
type Desk struct {
	store   Store
	cfg     Config
	tenant  TenantID
	actor   Actor
	version int64                       // what IfVersion asked for; 0 is any
	bound   bool                        // WithStore: a conflict cannot be tried again in the host's transaction
	wake    chan struct{}               // pokes Run when a task is due at once
	slas    *slaCache                   // versions of tenants' SLAs that were read
	rules   *tenantCache[PriorityRules] // of tenants
	models  *tenantCache[int64]         // versions that the Learner was given
	limiter *taskLimiter                // tasks of slow kinds
	passes  *queuePasses                // callers that go through a tenant's queue
	sent    *told.Memory                // parts of notices that were delivered: see DeliveryProgress
}

// Config says how a Desk works. Its zero value makes a desk that keeps tickets and
// conversations, but classifies, assigns, promises and tells nothing: each of these is
// a part to plug in. Package standard plugs in all of them.
type Config struct {
	Classifier    Classifier     // nil: nothing is classified but by Floors
	Shadow        Classifier     // nil: none. Asked about each ticket after Classifier; only recorded, for the report about triage
	Learner       Learner        // nil: none. Usually a part of Classifier; it learns from resolved tickets
	PriorityRules PriorityRules  // nil: no safety net
	Categories    []CategoryInfo // nil: DefaultCategories
	Confidence    float64        // least confidence to apply a category; 0 means 0.60

	Assigner Assigner // nil: tickets stay new until somebody takes them
	Roster   Roster   // nil: agents are settings, see Desk.SaveAgent
	SLA      SLA      // nil: no clocks
	Notifier Notifier // nil: nobody is told

	// Mail lets customers write and be answered by mail. Nil: notices to customers carry no address to answer to, and Receive
	// finds tickets by Message-ID and reference alone.
	Mail *MailConfig

	// Blobs keeps the contents of attachments. Nil: the Store does, if it is one; else files are refused.
	Blobs Blobs

	// Similar finds solved tickets like another, for [Desk.Similar] and for classifiers. It learns of
	// the tickets that are solved while it is set, so set it in every process. Nil: none are found.
	Similar SimilarFinder

	// CustomerTags returns what the host knows of a customer when a ticket is opened, such as the
	// plan, for the SLA to match on; it adds to those of OpenParams. An error is logged and
	// means none: the ticket comes first. Nil knows nothing.
	CustomerTags func(ctx context.Context, tenant TenantID, email string) ([]string, error)

	// Before is called with each Change about to be committed, after the Desk
	// has decided and, in a desk made by WithStore, in the host's transaction. An error
	// refuses the operation and is returned to its caller. Nil refuses nothing.
	Before func(ctx context.Context, c *Change) error

	ReopenWindow time.Duration // how long after its resolution a ticket can be reopened; 0 means 7 days
	CloseAfter   time.Duration // when a resolved ticket is closed; 0 means 4 days, negative never
	Grace        time.Duration // how long an agent is gone before tickets go to others; 0 means 5 minutes

	Clock  Clock         // nil: SystemClock
	Logger *slog.Logger  // nil: slog.Default()
	NewID  func() string // a new UUID for each row; nil: version 7
	NewRef func() string // a new reference for people; nil: 8 random characters of Crockford's base32
	Poll   time.Duration // how often Run looks for tasks that other processes added; 0 means 1 second
}

// New returns the Desk of the zero tenant, acting as the host itself. A nil cfg is
// the zero Config. New copies cfg and does no I/O; an error names the field at fault.
func New(store Store, cfg *Config) (*Desk, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	d := &Desk{store: store, cfg: *cfg, wake: make(chan struct{}, 1), slas: newSLACache(), rules: &tenantCache[PriorityRules]{}, models: &tenantCache[int64]{}, passes: newQueuePasses(), limiter: newTaskLimiter(mostSlow), sent: told.New(mostSent)}
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
	def(&c.CloseAfter, 4*24*time.Hour)
	def(&c.Grace, 5*time.Minute)
	def(&c.Poll, time.Second)
	if c.Confidence == 0 {
		c.Confidence = 0.60
	}
	if c.Categories == nil {
		c.Categories = DefaultCategories()
	}
	if c.Clock == nil {
		c.Clock = SystemClock
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.NewID == nil {
		c.NewID = newID
	}
	if c.NewRef == nil {
		c.NewRef = newRef
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
	e.tenant = tenant
	return &e
}

// As returns a desk that acts for somebody: what it does is recorded under that name
// and limited to that role. See [Role] for who may do what.
func (d *Desk) As(actor Actor) *Desk {
	e := *d
	e.actor = actor
	return &e
}

// IfVersion returns a desk whose commands are refused with ErrConflict unless the ticket,
// or the setting, still has this Version.
func (d *Desk) IfVersion(version int64) *Desk {
	e := *d
	e.version = version
	return &e
}

// WithStore returns a desk that works through another Store, usually the same one bound
// to the host's transaction. What it does is there when that commits, and not if it
// rolls back. A conflict is returned to the host instead of being tried again.
func (d *Desk) WithStore(store Store) *Desk {
	e := *d
	e.store, e.bound = store, true
	return &e
}

// Tenant returns the tenant of the desk.
func (d *Desk) Tenant() TenantID { return d.tenant }

// Categories returns the closed list of categories the desk works with.
func (d *Desk) Categories() []CategoryInfo { return append([]CategoryInfo(nil), d.cfg.Categories...) }

// Store returns the Store that the desk works through. The Store knows no roles: ask [Desk.Staff]
// before you show what you read from it.
func (d *Desk) Store() Store { return d.store }

// Now returns the present instant by Config.Clock, in UTC and truncated to the microsecond.
func (d *Desk) Now() time.Time { return d.now() }

func (d *Desk) now() time.Time { return instant.Of(d.cfg.Clock.Now()) }

// fail wraps an error once, at the exported function: what was done to which ticket.
func (d *Desk) fail(op string, ticket TicketID, err error) error {
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

// crockford is Crockford's base32 alphabet: no I, L, O or U to misread.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newRef returns 40 random bits as XXXX-XXXX.
func newRef() string {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	for i := range b {
		b[i] = crockford[b[i]&31]
	}
	return string(b[:4]) + "-" + string(b[4:])
}
