package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Settings returns the settings in force of a kind, by key. With the Key of the query it returns
// the versions of that setting, latest first, each with its author and time. It is for the kinds
// that [SettingKind] names, and for admins and the host; agents and leads may read macros. The
// query's Tenant is that of the desk.
func (d *Desk) Settings(ctx context.Context, q SettingQuery) ([]Setting, error) {
	op := "read " + q.Kind.words()
	if _, err := d.keeper(ctx, q.Kind, false); err != nil {
		return nil, d.fail(op, "", err)
	}
	errs := []error{checkLine("key", q.Key, maxSettingKey, false)}
	if q.Below < 0 || q.Limit < 0 {
		errs = append(errs, &FieldError{"below or limit", "is negative"})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, d.fail(op, "", err)
	}
	q.Tenant = d.tenant
	settings, err := d.store.Settings(ctx, q)
	return settings, d.fail(op, "", err)
}

// EditSetting adds the next version of a setting. edit gets the version in force and returns the
// new value: JSON, or nil to remove the setting. The Setting that edit gets has Version 0 when
// there is none or it was removed; removing that is ErrNotFound. After a conflict edit is called
// again, so it should have no other effect than its result. When edit returns an error nothing is
// saved, and EditSetting returns that error.
//
// An edit of a version that a person has read calls [Setting.CheckVersion], so that it replaces
// nothing unseen. A desk of [Desk.IfVersion] returns ErrConflict when another version is in force.
//
// EditSetting is for the kinds that [SettingKind] names, and for admins and the host; leads may
// edit macros. The desk does not check what a value means: its readers do.
func (d *Desk) EditSetting(
	ctx context.Context, kind SettingKind, key string, edit func(was Setting) (json.RawMessage, error),
) (Setting, error) {
	op := "save " + kind.words()
	by, err := d.keeper(ctx, kind, true)
	if err == nil {
		err = checkLine("key", key, maxSettingKey, true)
	}
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	saved, err := d.editSetting(ctx, by, kind, key, func(old, next *Setting) ([]Task, error) {
		was := Setting{Kind: kind, Key: key}
		if old != nil && !old.Deleted {
			was = *old
		}
		value, err := edit(was)
		if err != nil {
			return nil, err
		}
		if next.Value = value; value == nil {
			next.remove()
		}
		if next.Deleted && was.Version == 0 {
			return nil, ErrNotFound
		}
		return nil, nil
	})
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	return saved, nil
}

// remove makes it the version that removes the setting.
func (s *Setting) remove() { s.Value, s.Deleted = json.RawMessage("null"), true }

// maxSettingKey is the most characters of a key that [Desk.EditSetting] takes.
const maxSettingKey = 200

// CheckVersion returns ErrConflict, with the version in force, unless version is that of the
// setting. Version 0 means that there is none.
func (s Setting) CheckVersion(version int64) error {
	if version != s.Version {
		return stale(s.Version)
	}
	return nil
}

// words is the kind as errors name it: "mail templates".
func (k SettingKind) words() string { return strings.ReplaceAll(clip(string(k)), "_", " ") }

// editSetting adds the next version of a setting, as edit makes it, and the tasks that follow from
// it. edit gets the latest version, nil when there never was one, and the next to fill in. After a
// conflict edit is called again.
func (d *Desk) editSetting(
	ctx context.Context, by Actor, kind SettingKind, key string,
	edit func(old, next *Setting) ([]Task, error),
) (Setting, error) {
	for try := 1; ; try++ {
		versions, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: kind, Key: key, Limit: 1})
		if err != nil {
			return Setting{}, err
		}
		next := Setting{Kind: kind, Key: key, By: by, At: d.now()}
		var old *Setting
		if len(versions) > 0 {
			old = &versions[0]
			next.Version = old.Version
		}
		if d.version != 0 && d.version != next.Version {
			return next, ErrConflict
		}
		c := &Change{Tenant: d.tenant}
		if c.Tasks, err = edit(old, &next); err != nil {
			return next, err
		}
		c.Settings = []Setting{next}
		if err = d.commit(ctx, c); err == nil {
			next.Version++
		}
		if err == nil || !d.again(err, try) {
			return next, err
		}
	}
}

// putSetting adds the next version of a setting, whatever the version before.
func (d *Desk) putSetting(ctx context.Context, by Actor, s Setting) (Setting, error) {
	return d.editSetting(ctx, by, s.Kind, s.Key, func(_, next *Setting) ([]Task, error) {
		next.Value, next.Deleted = s.Value, s.Deleted
		return nil, nil
	})
}

// stale is the conflict of an edit whose version is not the one in force; 0 is none.
func stale(current int64) error {
	problem := fmt.Sprintf("is not the one in force, %d: it was edited since it was read", current)
	if current == 0 {
		problem = "is of something that is no longer there"
	}
	return errors.Join(ErrConflict, &FieldError{"version", problem})
}

// document is a setting that admins replace as a whole, in JSON. Until a tenant has saved one, that
// of Config holds.
type document struct {
	kind SettingKind
	key  string
	name string                      // for errors
	base any                         // that of Config
	read func(json.RawMessage) error // checks a value; nil when none can be saved
}

// saveDocument adds a version of a document. A nil value goes back to that of Config.
func (d *Desk) saveDocument(ctx context.Context, doc document, value json.RawMessage) (Setting, error) {
	op := "save " + doc.name
	by, err := d.admin(ctx)
	if err != nil {
		return Setting{}, d.fail(op, "", err)
	}
	s := Setting{Kind: doc.kind, Key: doc.key, Value: json.RawMessage("null"), Deleted: value == nil}
	switch {
	case doc.read == nil:
		err = fmt.Errorf("%w: the %s in Config cannot be saved", ErrInvalid, doc.name)
	case value != nil:
		s.Value = value
		err = doc.read(value)
	}
	if err == nil {
		s, err = d.putSetting(ctx, by, s)
	}
	return s, d.fail(op, "", err)
}

// readDocument returns the document in force. That of Config has version 0, and a Value when it can
// be written as JSON.
func (d *Desk) readDocument(ctx context.Context, doc document) (Setting, error) {
	op := "read " + doc.name
	s := Setting{Kind: doc.kind, Key: doc.key}
	if _, err := d.worker(ctx); err != nil {
		return s, d.fail(op, "", err)
	}
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: doc.kind, Key: doc.key, Limit: 1})
	switch m, writes := doc.base.(json.Marshaler); {
	case err != nil:
	case len(latest) > 0 && !latest[0].Deleted:
		s = latest[0]
	case writes:
		s.Value, err = m.MarshalJSON()
	}
	return s, d.fail(op, "", err)
}
