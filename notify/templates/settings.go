package templates

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// settingKey is the key of the one setting of kind helpdesk.SettingMailTemplates.
const settingKey = "mails"

// Settings are the mail templates in the settings of a desk. Only admins and the host may read or
// change them.
type Settings struct{ desk *helpdesk.Desk }

// Of returns the mail templates of the tenant of a desk, for whom the desk acts.
func Of(desk *helpdesk.Desk) Settings { return Settings{desk} }

// Read returns the templates in force; the zero Set when none were saved.
func (s Settings) Read(ctx context.Context) (Set, error) {
	settings, err := s.History(ctx, 0, 1)
	if err != nil {
		return Set{}, err
	}
	return latest(settings)
}

// Save replaces the templates, which must have the Version given, 0 when none were saved, else it
// is ErrConflict. It returns the new ones as they are kept. A zero Set goes back to the host's.
func (s Settings) Save(ctx context.Context, set Set) (Set, error) {
	set.clean()
	saved, err := s.desk.EditSetting(ctx, helpdesk.SettingMailTemplates, settingKey,
		func(was helpdesk.Setting) (json.RawMessage, error) {
			if err := set.Check(); err != nil {
				return nil, err
			}
			if err := was.CheckVersion(set.Version); err != nil {
				return nil, err
			}
			return json.Marshal(set)
		})
	if err == nil {
		set.Version = saved.Version
	}
	return set, err
}

// History returns the versions of the templates, latest first, for [Decode] to read: at most limit
// of those less than below. 0 is no limit.
func (s Settings) History(ctx context.Context, below int64, limit int) ([]helpdesk.Setting, error) {
	return s.desk.Settings(ctx, helpdesk.SettingQuery{
		Kind: helpdesk.SettingMailTemplates, Key: settingKey, Below: below, Limit: limit,
	})
}

// Saved returns the templates of a tenant from a Store; the zero Set when none were saved. It is
// for a Notifier, which is there before the Desk that it belongs to.
func Saved(ctx context.Context, store helpdesk.Store, tenant helpdesk.TenantID) (Set, error) {
	settings, err := store.Settings(ctx, helpdesk.SettingQuery{
		Tenant: tenant, Kind: helpdesk.SettingMailTemplates, Key: settingKey, Limit: 1,
	})
	if err != nil {
		return Set{}, err
	}
	return latest(settings)
}

func latest(settings []helpdesk.Setting) (Set, error) {
	if len(settings) == 0 {
		return Set{}, nil
	}
	return Decode(settings[0])
}

// Decode reads a version of the templates, as [Settings.History] returns them; one that removes
// them is the zero Set.
func Decode(s helpdesk.Setting) (Set, error) {
	var set Set
	if s.Deleted {
		return set, nil
	}
	if err := json.Unmarshal(s.Value, &set); err != nil {
		return Set{}, fmt.Errorf("templates: version %d: %w", s.Version, err)
	}
	set.Version = s.Version
	return set, nil
}
