package helpdesk

import "context"

// putSetting adds the next version of a setting and returns it. An agent may be one
// for whom a ticket waits.
func (d *Desk) putSetting(ctx context.Context, by Actor, s Setting) (Setting, error) {
	for try := 1; ; try++ {
		versions, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: s.Kind, Key: s.Key, Limit: 1})
		if err != nil {
			return s, err
		}
		s.Version, s.By, s.At = 0, by, d.now()
		if len(versions) > 0 {
			s.Version = versions[0].Version
		}
		if d.version != 0 && d.version != s.Version {
			return s, ErrConflict
		}
		c := &Change{Tenant: d.tenant, Settings: []Setting{s}}
		if s.Kind == SettingAgent && d.cfg.Assigner != nil {
			c.Tasks = []Task{{Tenant: d.tenant, Kind: TaskAssign, Key: string(s.Kind) + "/" + s.Key, DueAt: s.At}}
		}
		if err = d.commit(ctx, c); err == nil {
			s.Version++
		}
		if err == nil || !d.again(err, try) {
			return s, err
		}
	}
}
