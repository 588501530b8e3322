package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Floors finds the least priority that a text may have, by rules no model can
// lower: the safety net under the Classifier.
type Floors interface {
	// Floor returns the least priority for a ticket with this subject and text,
	// and the rule behind it for the record; 0 and "" when no rule applies.
	// It is called while a ticket is opened, so it does no I/O.
	Floor(tenant TenantID, subject, text string) (Priority, string)
}

// FloorsFunc makes Floors of a function.
type FloorsFunc func(tenant TenantID, subject, text string) (Priority, string)

// Floor calls f.
func (f FloorsFunc) Floor(tenant TenantID, subject, text string) (Priority, string) {
	return f(tenant, subject, text)
}

// FloorBook is Floors that can be written down: admins replace them for their tenant with
// [Desk.SaveFloors]. Those in Config hold for tenants that have saved none.
type FloorBook interface {
	Floors
	// Read returns the floors that a saved value describes. What is wrong with it
	// is named by *FieldError values.
	Read(value json.RawMessage) (FloorBook, error)
}

// floorsKey is the key of the one setting of kind [SettingFloors].
const floorsKey = "rules"

// SaveFloors replaces the floors of the tenant by those that value describes, written as JSON and read by the
// [FloorBook] in Config: see package classify for its form. A nil value goes back to the floors of Config. It
// returns the new version; with [Desk.IfVersion] it is refused with ErrConflict unless that is the latest
// version. Only admins and the host may. Other processes work with it after a second.
func (d *Desk) SaveFloors(ctx context.Context, value any) (Setting, error) {
	const op = "save floors"
	by, err := d.admin(ctx)
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	s := Setting{Kind: SettingFloors, Key: floorsKey, Value: json.RawMessage("null"), Deleted: value == nil}
	base, editable := d.cfg.Floors.(FloorBook)
	switch {
	case !editable:
		err = fmt.Errorf("%w: the floors in Config are not such that can be saved", ErrInvalid)
	case value != nil:
		if s.Value, err = json.Marshal(value); err == nil {
			_, err = base.Read(s.Value)
		}
	}
	if err == nil {
		s, err = d.putSetting(ctx, by, s)
	}
	d.floors.forget(d.tenant)
	return s, d.fail(op, "", err)
}

// Floors returns the floors in force for the tenant. Those of Config have version 0, and a Value when
// they can be written as JSON. The actor must not be a customer.
func (d *Desk) Floors(ctx context.Context) (Setting, error) {
	const op = "read floors"
	s := Setting{Kind: SettingFloors, Key: floorsKey}
	if _, err := d.worker(ctx); err != nil {
		return s, d.fail(op, "", err)
	}
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingFloors, Key: floorsKey, Limit: 1})
	switch m, writes := d.cfg.Floors.(json.Marshaler); {
	case err != nil:
	case len(latest) > 0 && !latest[0].Deleted:
		s = latest[0]
	case writes:
		s.Value, err = m.MarshalJSON()
	}
	return s, d.fail(op, "", err)
}

// floorsInForce returns the tenant's floors. They are a safety net: when they cannot be read, those known last hold, or
// else those of Config.
func (d *Desk) floorsInForce(ctx context.Context) Floors {
	base, editable := d.cfg.Floors.(FloorBook)
	if !editable {
		return d.cfg.Floors
	}
	if known, ok := d.floors.get(d.tenant, d.now()); ok && !d.bound {
		return known
	}
	read, err := d.readFloors(ctx, base)
	switch known, ok := d.floors.last(d.tenant); {
	case err == nil && !d.bound:
		d.floors.put(d.tenant, read, d.now())
	case err == nil:
	default:
		d.cfg.Logger.ErrorContext(ctx, "helpdesk: floors", "tenant", d.tenant, "error", err)
		if read = base; ok {
			read = known
		}
	}
	return read
}

func (d *Desk) readFloors(ctx context.Context, base FloorBook) (Floors, error) {
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingFloors, Key: floorsKey, Limit: 1})
	if err != nil || len(latest) == 0 || latest[0].Deleted {
		return base, err
	}
	return base.Read(latest[0].Value)
}

// underFloor returns the priority asked for, or the floor where that is higher, and
// records the override. A new ticket learns its floor here.
func (x *draft) underFloor(ctx context.Context, asked Priority, classifier string) (final Priority) {
	rule := "host"
	if floors := x.floorsInForce(ctx); floors != nil {
		err := safely(func() error {
			if p, r := floors.Floor(x.t.Tenant, x.t.Subject, x.t.Description); p > x.t.Floor || (p == x.t.Floor && p != 0 && x.before != nil) {
				x.t.Floor, rule = p, r
			}
			return errors.Join(checkPriority(x.t.Floor, true), checkText("rule", rule, false))
		})
		if err != nil { // the ticket comes first
			x.cfg.Logger.ErrorContext(ctx, "helpdesk: floors", "tenant", x.tenant, "ticket", x.t.ID, "error", err)
			if x.t.Floor > Urgent || x.t.Floor < 0 {
				x.t.Floor = Urgent
			}
			rule = clipTo(fmt.Sprintf("floors failed: %q", err), 500)
		}
	}
	if asked >= x.t.Floor {
		return asked
	}
	x.event(EventOverride, asked.String(), x.t.Floor.String(), OverrideData{rule, asked, x.t.Floor, classifier})
	return x.t.Floor
}
