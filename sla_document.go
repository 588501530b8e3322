package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/lru"
)

// slaKey is the key of the one setting of kind settingSLA.
const slaKey = "book"

// slaVersion is one version of a tenant's SLA.
type slaVersion struct {
	version int64 // 0 for that of Config
	sla     SLA
	by      Actor // that saved it
	at      time.Time
	setting int64 // version of the setting, also of a deletion; 0 for none
	bytes   int64 // that sla takes; 0 for that of Config, which all tenants share
}

// slaCache keeps SLAs that were read, for all desks of one New. A clock names its version, so a
// current one that is out of date for a moment does no harm.
type slaCache struct {
	current *lru.Recent[TenantID, *slaVersion]
	old     *lru.Cache[slaVersionKey, *slaVersion]
}

type slaVersionKey struct {
	tenant  TenantID
	version int64
}

func newSLACache() *slaCache {
	return &slaCache{lru.NewRecent[TenantID, *slaVersion](documentBytes, settingAge), lru.New[slaVersionKey, *slaVersion](documentBytes)}
}

// currentSLA returns the SLA in force for the tenant. In the host's transaction it is read each
// time: its rows may never be committed.
func (d *Desk) currentSLA(ctx context.Context) (*slaVersion, error) {
	base, editable := d.cfg.SLA.(SLADocument)
	if !editable {
		return &slaVersion{sla: d.cfg.SLA}, nil
	}
	if !d.bound {
		if b, ok := d.slas.current.Get(d.tenant, d.now()); ok {
			return b, nil
		}
	}
	b, err := d.slaBelow(ctx, base, 0)
	if err == nil && !d.bound {
		d.slas.current.Put(d.tenant, b, b.bytes, d.now())
	}
	return b, err
}

// slaInForceAt returns the SLA that was in force at a time.
func (d *Desk) slaInForceAt(ctx context.Context, at time.Time) (*slaVersion, error) {
	b, err := d.currentSLA(ctx)
	for err == nil && b.at.After(at) {
		b, err = d.slaBelow(ctx, d.cfg.SLA.(SLADocument), b.setting)
	}
	return b, err
}

// slaBelow reads the latest SLA below a version of the setting; 0 is no limit.
func (d *Desk) slaBelow(ctx context.Context, base SLADocument, below int64) (*slaVersion, error) {
	settings, err := d.store.Settings(ctx, d.slaQuery(below))
	if err != nil {
		return nil, err
	}
	return d.slaFrom(base, settings)
}

func (d *Desk) slaQuery(below int64) SettingQuery {
	return SettingQuery{Tenant: d.tenant, Kind: settingSLA, Key: slaKey, Below: below, Limit: 1}
}

// slaFrom returns the SLA of the answer to slaQuery.
func (d *Desk) slaFrom(base SLADocument, settings []Setting) (*slaVersion, error) {
	switch {
	case len(settings) == 0:
		return &slaVersion{sla: base}, nil
	case settings[0].Deleted:
		return &slaVersion{sla: base, at: settings[0].At, setting: settings[0].Version}, nil
	}
	return d.readSLA(base, &settings[0])
}

// readSLAs reads the SLAs in force for several tenants at once, if they are not in the cache. A
// tenant for which it fails reads its own.
func (d *Desk) readSLAs(ctx context.Context, tenants []TenantID) {
	base, editable := d.cfg.SLA.(SLADocument)
	if !editable || d.bound {
		return
	}
	var desks []*Desk
	var qs []SettingQuery
	for _, tenant := range tenants {
		if _, known := d.slas.current.Get(tenant, d.now()); !known {
			e := d.ForTenant(tenant)
			desks, qs = append(desks, e), append(qs, e.slaQuery(0))
		}
	}
	if len(qs) < 2 {
		return
	}
	lists, err := settingsOf(ctx, d.store, qs)
	if err != nil {
		return
	}
	for i, e := range desks {
		if b, err := e.slaFrom(base, lists[i]); err == nil {
			d.slas.current.Put(e.tenant, b, b.bytes, d.now())
		}
	}
}

// slaOfVersion returns the version of the tenant's SLA that a clock runs under.
func (d *Desk) slaOfVersion(ctx context.Context, version int64) (*slaVersion, error) {
	base, editable := d.cfg.SLA.(SLADocument)
	if version == 0 || !editable {
		return &slaVersion{sla: d.cfg.SLA}, nil
	}
	if b, ok := d.slas.old.Get(slaVersionKey{d.tenant, version}); ok {
		return b, nil
	}
	b, err := d.slaBelow(ctx, base, version+1)
	if err == nil && b.version != version {
		err = fmt.Errorf("version %d of the SLA: %w", version, ErrNotFound)
	}
	return b, err
}

// CalendarOf returns the calendar that an SLA clock runs under. The calendar of a policy that is no
// longer known is open around the clock; the Logger gets the reason if reading it failed.
func (d *Desk) CalendarOf(ctx context.Context, c *SLAClock) Calendar {
	if d.cfg.SLA == nil {
		return aroundTheClock{}
	}
	b, err := d.slaOfVersion(ctx, c.Version)
	if err != nil {
		d.cfg.Logger.WarnContext(ctx, "helpdesk: the calendar of an SLA clock",
			"tenant", d.tenant, "policy", c.Policy, "version", c.Version, "error", err)
		return aroundTheClock{}
	}
	if named, ok := b.sla.(SLADocument); ok {
		return named.Named(c.Policy).hours()
	}
	return aroundTheClock{}
}

func (d *Desk) readSLA(base SLADocument, s *Setting) (*slaVersion, error) {
	if b, ok := d.slas.old.Get(slaVersionKey{d.tenant, s.Version}); ok && !d.bound {
		return b, nil
	}
	sla, err := base.Read(s.Value)
	if err != nil {
		return nil, fmt.Errorf("version %d of the SLA: %w", s.Version, err)
	}
	b := &slaVersion{s.Version, sla, s.By, s.At, s.Version, lru.SizeOf(sla)}
	if !d.bound {
		d.slas.old.Put(slaVersionKey{d.tenant, b.version}, b, b.bytes)
	}
	return b, nil
}

// SaveSLA replaces the SLA of the tenant by the one that value describes: JSON in the form that the
// [SLADocument] in Config reads; for the form of package sla, encode an sla.Document. A nil value
// goes back to the SLA of Config. Existing clocks stay under the version they were started with,
// until [Desk.ApplyCurrentSLA] or [Desk.ApplyCurrentSLAToAll]. SaveSLA returns the new version.
// With [Desk.IfVersion] it returns ErrConflict unless that is the latest version. It is for admins
// and the host. Other processes work with the new version after a second.
func (d *Desk) SaveSLA(ctx context.Context, value json.RawMessage) (Setting, error) {
	defer d.slas.current.Delete(d.tenant)
	return d.saveDocument(ctx, d.slaDocument(), value)
}

// SLA returns the SLA in force for the tenant. That of Config has version 0, and a Value when it
// can be written as JSON. The actor must not be a customer.
func (d *Desk) SLA(ctx context.Context) (Setting, error) { return d.readDocument(ctx, d.slaDocument()) }

func (d *Desk) slaDocument() document {
	doc := document{kind: settingSLA, key: slaKey, name: "SLA", base: d.cfg.SLA}
	if base, ok := d.cfg.SLA.(SLADocument); ok {
		doc.read = func(value json.RawMessage) error {
			_, err := base.Read(value)
			return err
		}
	}
	return doc
}

// SLAHistory returns the versions of the tenant's SLA below a version, latest first, at most limit.
// 0 is no limit. Deletions, after which the SLA of Config holds, are among them.
func (d *Desk) SLAHistory(ctx context.Context, below int64, limit int) ([]Setting, error) {
	const op = "read SLA"
	_, err := d.worker(ctx)
	if below < 0 || limit < 0 {
		err = errors.Join(err, &FieldError{"below or limit", "is negative"})
	}
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	s, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingSLA, Key: slaKey, Below: below, Limit: limit})
	return s, d.fail(op, "", err)
}

// ApplyCurrentSLA moves the unfinished clocks of an open ticket to the SLA in force: see
// [Desk.SaveSLA]. The time that has run stays counted, by the new calendar. Breached clocks stay as
// they are. It is for admins and the host.
func (d *Desk) ApplyCurrentSLA(ctx context.Context, id TicketID) (*Ticket, error) {
	const op = "apply the current SLA to"
	by, err := d.admin(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, (*draft).applyCurrent)
	return t, d.fail(op, id, err)
}

func (x *draft) applyCurrent() error {
	x.applySLA = true
	return nil
}

// ApplyCurrentSLAToAll makes Tick do this for every open ticket of the tenant, page by page. A
// second call meanwhile starts again from the first ticket, which is harmless.
func (d *Desk) ApplyCurrentSLAToAll(ctx context.Context) error {
	const op = "apply the current SLA to all tickets"
	by, err := d.admin(ctx)
	if err == nil {
		err = d.commit(ctx, &Change{Tenant: d.tenant, Tasks: []Task{d.applyTask(applyPage{By: by})}})
	}
	return d.fail(op, "", err)
}

// applyPage is the payload of an apply_sla task: the next page.
type applyPage struct {
	By    Actor  `json:"by"`
	After string `json:"after,omitempty"` // a cursor
	Done  int    `json:"done"`            // tickets looked at so far
}

const applyBatch = 200

func (d *Desk) applyTask(p applyPage) Task {
	return Task{Tenant: d.tenant, Kind: TaskApplySLA, Key: slaKey, DueAt: d.now(), Payload: encoded(p)}
}

// applySome does one page of ApplyCurrentSLAToAll, and leaves a task for the next.
func (d *Desk) applySome(ctx context.Context, task *Task) error {
	var p applyPage
	if err := json.Unmarshal(task.Payload, &p); err != nil {
		return fmt.Errorf("apply SLA: %w", err)
	}
	page, err := d.store.Tickets(ctx, Query{Tenant: d.tenant, Status: OpenStatuses, Order: Oldest, Limit: applyBatch, After: p.After})
	if err != nil {
		return err
	}
	end := &Change{Tenant: d.tenant, Done: []Task{*task}}
	p.After, p.Done = page.Next, p.Done+len(page.Tickets)
	if p.After != "" {
		end.Tasks = []Task{d.applyTask(p)}
	}
	err = d.updateAll(ctx, page.Tickets, p.By, (*draft).applyCurrent, end)
	if err == nil && p.After == "" {
		d.cfg.Logger.InfoContext(ctx, "helpdesk: all tickets moved to the SLA in force", "tenant", d.tenant, "tickets", p.Done)
	}
	return err
}

// VoidBreach declares the breach of a clock void, say because the customer's own outage caused it.
// It stays on record with the reason and its author, counts neither as met nor as breached, and the
// clock's later steps do not fire. It cannot be taken back. It is for admins and the host.
func (d *Desk) VoidBreach(ctx context.Context, id TicketID, m Metric, instance int, reason string) (*Ticket, error) {
	const op = "void breach of"
	reason = strings.TrimSpace(reason)
	by, err := d.admin(ctx)
	if err = errors.Join(err, checkText("reason", reason, true)); err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.update(ctx, id, by, func(x *draft) error {
		for i := range x.t.Clocks {
			c := &x.t.Clocks[i]
			if c.Metric != m || c.Instance != instance {
				continue
			}
			switch {
			case c.BreachedAt.IsZero():
				return &FieldError{"metric", fmt.Sprintf("%s %d is not breached", m, instance)}
			case c.VoidedAt.IsZero():
				c.VoidedAt = x.now
				x.event(EventSLAVoided, string(m), reason, clockData(c, ""))
			}
			return nil
		}
		return &FieldError{"metric", fmt.Sprintf("the ticket has no clock %s %d", clip(string(m)), instance)}
	})
	return t, d.fail(op, id, err)
}
