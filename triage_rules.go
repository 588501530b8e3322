package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
	"github.com/helpdesk-go/helpdesk/internal/lru"
	"github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// PriorityRules finds the least priority that a text may have, by rules that no model can lower:
// the safety net under the Classifier.
type PriorityRules interface {
	// MinPriority returns the least priority for a ticket with this subject and text, and the rule
	// behind it for the record; 0 and "" when no rule applies. It is called while a ticket is
	// opened, so it does no I/O. Of a text of more than 6,000 characters it gets the first 4,500
	// and the last 1,500: a word between them is not seen.
	MinPriority(tenant TenantID, subject, text string) (Priority, string)
}

// PriorityRulesFunc makes PriorityRules of a function.
type PriorityRulesFunc func(tenant TenantID, subject, text string) (Priority, string)

// MinPriority calls f.
func (f PriorityRulesFunc) MinPriority(tenant TenantID, subject, text string) (Priority, string) {
	return f(tenant, subject, text)
}

// PriorityRulesDocument is PriorityRules in the form of a document: admins replace them for their
// tenant with [Desk.SavePriorityRules]. Those in Config hold for tenants that have saved none.
type PriorityRulesDocument interface {
	PriorityRules
	// Read returns the rules that a saved value describes. *FieldError values name its faults.
	Read(value json.RawMessage) (PriorityRulesDocument, error)
}

// priorityRulesKey is the key of the one setting of kind [SettingPriorityRules].
const priorityRulesKey = "rules"

// SavePriorityRules replaces the priority rules of the tenant by those that value describes: JSON
// in the form that the [PriorityRulesDocument] in Config reads; package classify has a form. A nil
// value goes back to the rules of Config. It returns the new version. With [Desk.IfVersion] it
// returns ErrConflict unless that is the latest version. It is for admins and the host. Other
// processes work with the new version after a second.
func (d *Desk) SavePriorityRules(ctx context.Context, value json.RawMessage) (Setting, error) {
	defer d.rules.Delete(d.tenant)
	return d.saveDocument(ctx, d.rulesDocument(), value)
}

// PriorityRules returns the priority rules in force for the tenant. Those of Config have version 0,
// and a Value when they can be written as JSON. The actor must not be a customer.
func (d *Desk) PriorityRules(ctx context.Context) (Setting, error) {
	return d.readDocument(ctx, d.rulesDocument())
}

func (d *Desk) rulesDocument() document {
	doc := document{kind: SettingPriorityRules, key: priorityRulesKey, name: "priority rules", base: d.cfg.PriorityRules}
	if base, ok := d.cfg.PriorityRules.(PriorityRulesDocument); ok {
		doc.read = func(value json.RawMessage) error {
			_, err := base.Read(value)
			return err
		}
	}
	return doc
}

// currentPriorityRules returns the tenant's rules. They are a safety net: when they cannot be read,
// the last known ones hold, or else those of Config.
func (d *Desk) currentPriorityRules(ctx context.Context) PriorityRules {
	base, editable := d.cfg.PriorityRules.(PriorityRulesDocument)
	if !editable {
		return d.cfg.PriorityRules
	}
	if known, ok := d.rules.Get(d.tenant, d.now()); ok && !d.bound {
		return known
	}
	read, bytes, err := d.readPriorityRules(ctx, base)
	switch known, ok := d.rules.Last(d.tenant); {
	case err == nil && !d.bound:
		d.rules.Put(d.tenant, read, bytes, d.now())
	case err == nil:
	default:
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: priority rules", "tenant", d.tenant, "error", err)
		if read = base; ok {
			read = known
		}
	}
	return read
}

// readPriorityRules also returns the bytes that the tenant's rules take; those of Config, which all
// tenants share, take none.
func (d *Desk) readPriorityRules(ctx context.Context, base PriorityRulesDocument) (rules PriorityRules, bytes int64, err error) {
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingPriorityRules, Key: priorityRulesKey, Limit: 1})
	if err != nil || len(latest) == 0 || latest[0].Deleted {
		return base, 0, err
	}
	rules, err = base.Read(latest[0].Value)
	return rules, lru.SizeOf(rules), err
}

// applyMinPriority returns the priority asked for, or the least priority where that is higher, and
// records the override. A new ticket gets its least priority here, unless its customer has had too
// many tickets raised: then the record says that it was limited.
func (x *draft) applyMinPriority(ctx context.Context, asked Priority, classifier string) (final Priority) {
	rule, least := "host", x.t.MinPriority
	if rules := x.currentPriorityRules(ctx); rules != nil {
		err := bounded.Safely(func() error {
			if p, r := rules.MinPriority(x.t.Tenant, x.t.Subject, excerpt.Lines(x.t.Description)); p > x.t.MinPriority || (p == x.t.MinPriority && p != 0 && x.before != nil) {
				x.t.MinPriority, rule = p, r
			}
			return errors.Join(checkPriority(x.t.MinPriority, true), checkText("rule", rule, false))
		})
		if err != nil { // the ticket comes first
			x.cfg.Logger.ErrorContext(ctx, "helpdesk: priority rules", "tenant", x.tenant, "ticket", x.t.ID, "error", err)
			if x.t.MinPriority > Urgent || x.t.MinPriority < 0 {
				x.t.MinPriority = Urgent
			}
			rule = clipTo(fmt.Sprintf("priority rules failed: %q", err), 500)
		}
	}
	if p := x.t.MinPriority; p > max(least, asked) && !x.mayLift(ctx) {
		x.t.MinPriority = least
		if x.before == nil { // else it is on record
			x.t.MinPriority = max(least, asked) // no model takes it below what it would have had
			x.event(EventOverride, asked.String(), asked.String(), OverrideData{Rule: rule, Asked: asked, Final: asked, Limited: p})
		}
		rule = "host"
	}
	if asked >= x.t.MinPriority {
		return asked
	}
	x.event(EventOverride, asked.String(), x.t.MinPriority.String(),
		OverrideData{Rule: rule, Asked: asked, Final: x.t.MinPriority, Classifier: classifier})
	return x.t.MinPriority
}

// Priority rules raise the tickets of one customer only so often a day: see Config.PriorityLifts.
// Each ticket that they raise uses up one of the customer's once keys of the day, the first, the
// second and so on. So the limit holds over all processes, and no row is shared by the customers of
// a tenant.

// onceLift is the scope of these keys. A key holds the customer only as a hash, because it outlives
// an erasure.
const onceLift = "lift"

// liftPlace is a place among the tickets of one customer and day that priority rules have raised.
type liftPlace struct {
	customer string // as a hash, with the tenant and the day; empty: the ticket needs no place
	day      string
	n        int // from 0
}

// mayLift reports whether priority rules may raise the ticket. A new ticket takes the next place of
// its customer, unless an agent, a lead or an admin opens it. For any other ticket the decision at
// its opening stands: it was limited, or its rules have changed since.
func (x *draft) mayLift(ctx context.Context) bool {
	switch {
	case x.cfg.PriorityLifts < 0 || x.t.Customer.Email == "":
		return true
	case x.before != nil:
		return !x.wasLimited(ctx)
	case x.by.Role != RoleCustomer && x.by.Role != RoleSystem:
		return true
	}
	day := x.now.Format(time.DateOnly)
	l := liftPlace{nameOf(string(x.tenant), mailbox.Of(x.t.Customer.Email), day), day, 0}
	l.n = x.lifts.next(l)
	if l.n >= x.cfg.PriorityLifts {
		return false
	}
	x.raised = l
	x.once(onceLift, l.customer+"/"+strconv.Itoa(l.n))
	return true
}

// wasLimited reports whether the limit has held the ticket down before. In doubt it has not.
func (x *draft) wasLimited(ctx context.Context) bool {
	th, err := x.store.Thread(ctx, x.tenant, x.t.ID)
	if err != nil {
		x.cfg.Logger.ErrorContext(ctx, "helpdesk: priority rules", "tenant", x.tenant, "ticket", x.t.ID, "error", err)
		return false
	}
	return slices.ContainsFunc(th.Events, func(e Event) bool {
		var o OverrideData
		return e.Type == EventOverride && json.Unmarshal(e.Data, &o) == nil && o.Limited != 0
	})
}

// liftMemory is what this process knows of places that are taken, so that it does not try them
// again: the number of places, by the hash of customer and day. A place that it does not know is
// found taken at the commit.
type liftMemory struct {
	mu   sync.Mutex // of an addition
	used *lru.Cache[string, int]
}

func newLiftMemory() *liftMemory { return &liftMemory{used: lru.New[string, int](wordBytes)} }

// next returns the first place of the customer of l that may be free.
func (m *liftMemory) next(l liftPlace) int {
	n, _ := m.used.Get(l.customer)
	return n
}

// taken records that a place is taken, and all before it.
func (m *liftMemory) taken(l liftPlace) {
	if l.customer == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used.Put(l.customer, max(m.next(l), l.n+1), int64(len(l.customer)))
}
