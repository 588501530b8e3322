package helpdesk

import (
	"context"
	"errors"
	"fmt"
)

// editSetting adds the next version of a setting, as edit makes it, and the tasks that follow from
// it. edit gets the version in force, nil when there never was one, and the next to fill in; it is called
// again when somebody else was faster.
func (d *Desk) editSetting(ctx context.Context, by Actor, kind SettingKind, key string, edit func(old, next *Setting) ([]Task, error)) (Setting, error) {
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

// putSetting adds the next version of a setting, whatever the one before.
func (d *Desk) putSetting(ctx context.Context, by Actor, s Setting) (Setting, error) {
	return d.editSetting(ctx, by, s.Kind, s.Key, func(_, next *Setting) ([]Task, error) {
		next.Value, next.Deleted = s.Value, s.Deleted
		return nil, nil
	})
}

// stale is the conflict with a version in force that is not the one edited; 0 is none.
func stale(current int64) error {
	problem := fmt.Sprintf("is not the one in force, %d: it was edited since it was read", current)
	if current == 0 {
		problem = "is of something that is no longer there"
	}
	return errors.Join(ErrConflict, &FieldError{"version", problem})
}
