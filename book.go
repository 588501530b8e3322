package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// slaKey is the key of the one setting of kind settingSLA.
const slaKey = "book"

// book is one version of a tenant's promises.
type book struct {
	version int64 // 0 for that of Config
	sla     SLA
	by      Actor // who saved it
	at      time.Time
	setting int64 // the version of the setting, also of one that goes back to Config; 0 for none
}

// shelf keeps books that were read, for all desks of one New. Clocks say which version they run under, so an
// older one in force for a moment does no harm.
type shelf struct {
	current recent[*book]
	mu      sync.Mutex
	old     map[oldBook]*book
}

type oldBook struct {
	tenant  TenantID
	version int64
}

func newShelf() *shelf { return &shelf{old: map[oldBook]*book{}} }

func (s *shelf) putOld(tenant TenantID, b *book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.old) >= mostRecent {
		clear(s.old)
	}
	s.old[oldBook{tenant, b.version}] = b
}

func (s *shelf) getOld(tenant TenantID, version int64) *book {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.old[oldBook{tenant, version}]
}

// book returns the promises in force for the tenant. In the host's transaction it is read
// each time: what is seen there may never be committed.
func (d *Desk) book(ctx context.Context) (*book, error) {
	base, editable := d.cfg.SLA.(SLABook)
	if !editable {
		return &book{sla: d.cfg.SLA}, nil
	}
	if !d.bound {
		if b, ok := d.books.current.get(d.tenant, d.now()); ok {
			return b, nil
		}
	}
	b, err := d.bookBelow(ctx, base, 0)
	if err == nil && !d.bound {
		d.books.current.put(d.tenant, b, d.now())
	}
	return b, err
}

// bookIn returns the promises that were in force at a time.
func (d *Desk) bookIn(ctx context.Context, at time.Time) (*book, error) {
	b, err := d.book(ctx)
	for err == nil && b.at.After(at) {
		b, err = d.bookBelow(ctx, d.cfg.SLA.(SLABook), b.setting)
	}
	return b, err
}

// bookBelow reads the latest promises below a version of the setting; 0 is no limit.
func (d *Desk) bookBelow(ctx context.Context, base SLABook, below int64) (*book, error) {
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingSLA, Key: slaKey, Below: below, Limit: 1})
	switch {
	case err != nil:
		return nil, err
	case len(settings) == 0:
		return &book{sla: base}, nil
	case settings[0].Deleted:
		return &book{sla: base, at: settings[0].At, setting: settings[0].Version}, nil
	}
	return d.readBook(base, &settings[0])
}

// bookAt returns the version of the tenant's promises that a clock runs under.
func (d *Desk) bookAt(ctx context.Context, version int64) (*book, error) {
	base, editable := d.cfg.SLA.(SLABook)
	if version == 0 || !editable {
		return &book{sla: d.cfg.SLA}, nil
	}
	if b := d.books.getOld(d.tenant, version); b != nil {
		return b, nil
	}
	b, err := d.bookBelow(ctx, base, version+1)
	if err == nil && b.version != version {
		err = fmt.Errorf("version %d of the SLA: %w", version, ErrNotFound)
	}
	return b, err
}

func (d *Desk) readBook(base SLABook, s *Setting) (*book, error) {
	if b := d.books.getOld(d.tenant, s.Version); b != nil && !d.bound {
		return b, nil
	}
	sla, err := base.Read(s.Value)
	if err != nil {
		return nil, fmt.Errorf("version %d of the SLA: %w", s.Version, err)
	}
	b := &book{s.Version, sla, s.By, s.At, s.Version}
	if !d.bound {
		d.books.putOld(d.tenant, b)
	}
	return b, nil
}

// SaveSLA replaces the promises of the tenant by those that value describes, written as JSON and
// read by the [SLABook] in Config: see package sla for its form. A nil value goes back to the
// promises of Config. Clocks that exist stay under the version they were started with,
// until [Desk.Repin] or [Desk.RepinAll]. It returns the new version. With [Desk.IfVersion] it is
// refused with ErrConflict unless that is the latest version. Only admins and the host may.
//
// Other processes work with the new version after a second.
func (d *Desk) SaveSLA(ctx context.Context, value any) (Setting, error) {
	const op = "save SLA"
	by, err := d.admin(ctx)
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	s := Setting{Kind: settingSLA, Key: slaKey, Value: json.RawMessage("null"), Deleted: value == nil}
	base, editable := d.cfg.SLA.(SLABook)
	switch {
	case !editable:
		err = fmt.Errorf("%w: the SLA in Config is not one that can be saved", ErrInvalid)
	case value != nil:
		if s.Value, err = json.Marshal(value); err == nil {
			_, err = base.Read(s.Value)
		}
	}
	if err == nil {
		s, err = d.putSetting(ctx, by, s)
	}
	d.books.current.forget(d.tenant)
	return s, d.fail(op, "", err)
}

// SLA returns the promises in force for the tenant. Those of Config have version 0, and a Value
// when they can be written as JSON. The actor must not be a customer.
func (d *Desk) SLA(ctx context.Context) (Setting, error) {
	const op = "read SLA"
	s := Setting{Kind: settingSLA, Key: slaKey}
	if _, err := d.worker(ctx); err != nil {
		return s, d.fail(op, "", err)
	}
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingSLA, Key: slaKey, Limit: 1})
	switch m, writes := d.cfg.SLA.(json.Marshaler); {
	case err != nil:
	case len(latest) > 0 && !latest[0].Deleted:
		s = latest[0]
	case writes:
		s.Value, err = m.MarshalJSON()
	}
	return s, d.fail(op, "", err)
}

// SLAHistory returns the versions of the tenant's promises, latest first: at most limit of those
// less than below. 0 is no limit. Deletions, after which the promises of Config hold, are among them.
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
