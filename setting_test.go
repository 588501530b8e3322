package helpdesk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

const (
	plans  = helpdesk.SettingKind("acme/plan") // a kind of the host's own
	gold   = `{"name": "Gold"}`
	silver = `{"name": "Silver"}`
)

// to is an edit that sets a value; an empty value removes the setting.
func to(value string) func(helpdesk.Setting) (json.RawMessage, error) {
	return func(helpdesk.Setting) (json.RawMessage, error) {
		if value == "" {
			return nil, nil
		}
		return json.RawMessage(value), nil
	}
}

func TestAHostKeepsSettingsOfAKindOfItsOwn(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		admin := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "Bo"})
		var saw []helpdesk.Setting
		save := func(desk *helpdesk.Desk, key, value string) (helpdesk.Setting, error) {
			return desk.EditSetting(t.Context(), plans, key, func(was helpdesk.Setting) (json.RawMessage, error) {
				saw = append(saw, was)
				return to(value)(was)
			})
		}
		first, err := save(admin, "kim", gold)
		require.NoError(t, err)
		second, err := save(d.Desk, "kim", silver)
		require.NoError(t, err)
		_, err = save(admin, "ada", gold)
		require.NoError(t, err)
		require.Equal(t, []int64{0, 1, 0}, []int64{saw[0].Version, saw[1].Version, saw[2].Version})
		require.JSONEq(t, gold, string(saw[1].Value))
		require.Equal(t, "boss", saw[1].By.ID)

		list, err := admin.Settings(t.Context(), helpdesk.SettingQuery{Kind: plans})
		require.NoError(t, err)
		require.Len(t, list, 2)
		require.Equal(t, []string{"ada", "kim"}, []string{list[0].Key, list[1].Key})
		require.JSONEq(t, silver, string(list[1].Value))
		require.Equal(t, second.Version, list[1].Version)

		gone, err := save(admin, "kim", "")
		require.NoError(t, err)
		require.True(t, gone.Deleted)
		_, err = save(admin, "kim", "")
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		_, err = save(admin, "nobody", "")
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		again, err := save(admin, "kim", gold)
		require.NoError(t, err)
		require.Zero(t, saw[len(saw)-1].Version, "what was removed is not there")
		require.EqualValues(t, 4, again.Version)

		history, err := admin.Settings(t.Context(), helpdesk.SettingQuery{Kind: plans, Key: "kim", Below: 4, Limit: 2})
		require.NoError(t, err)
		require.Len(t, history, 2)
		require.True(t, history[0].Deleted)
		require.Equal(t, second.By, history[1].By)
		require.EqualValues(t, 1, first.Version)
		require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "Bo"}, first.By)
		require.Equal(t, d.Clock.Now().UTC(), first.At)

		theirs, err := d.ForTenant("other").Settings(t.Context(), helpdesk.SettingQuery{Tenant: d.Tenant(), Kind: plans})
		require.NoError(t, err)
		require.Empty(t, theirs, "the tenant is that of the desk, whatever the query says")
	})
}

func TestAnEditOfASettingReplacesNoVersionThatWasNotSeen(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		_, err := d.EditSetting(t.Context(), plans, "kim", to(gold))
		require.NoError(t, err)
		_, err = d.IfVersion(1).EditSetting(t.Context(), plans, "kim", to(silver))
		require.NoError(t, err)
		_, err = d.IfVersion(1).EditSetting(t.Context(), plans, "kim", to(gold))
		require.ErrorIs(t, err, helpdesk.ErrConflict)

		saw := func(version int64) error {
			_, err := d.EditSetting(t.Context(), plans, "kim", func(was helpdesk.Setting) (json.RawMessage, error) {
				return json.RawMessage(gold), was.CheckVersion(version)
			})
			return err
		}
		require.ErrorIs(t, saw(0), helpdesk.ErrConflict)
		require.ErrorContains(t, saw(1), "helpdesk: save acme/plan: conflict\nversion is not the one in force, 2")
		require.NoError(t, saw(2))
		_, err = d.EditSetting(t.Context(), plans, "kim", to(""))
		require.NoError(t, err)
		require.ErrorContains(t, saw(4), "version is of something that is no longer there")
		require.NoError(t, saw(0))

		mine := errors.New("not on a Monday")
		_, err = d.EditSetting(t.Context(), plans, "kim", func(helpdesk.Setting) (json.RawMessage, error) { return nil, mine })
		require.ErrorIs(t, err, mine)
		list, err := d.Settings(t.Context(), helpdesk.SettingQuery{Kind: plans})
		require.NoError(t, err)
		require.EqualValues(t, 5, list[0].Version, "what is refused is not saved")
	})
}

func TestNoEditOfASettingIsLostWhenManyComeAtOnce(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		const all = 4
		var wg sync.WaitGroup
		errs := make([]error, all)
		for i := range all {
			wg.Go(func() {
				_, errs[i] = d.EditSetting(t.Context(), plans, "count", func(was helpdesk.Setting) (json.RawMessage, error) {
					n := 0
					if was.Version > 0 {
						if err := json.Unmarshal(was.Value, &n); err != nil {
							return nil, err
						}
					}
					return json.Marshal(n + 1)
				})
			})
		}
		wg.Wait()
		saved := 0
		for _, err := range errs {
			if err == nil {
				saved++
			} else {
				require.ErrorIs(t, err, helpdesk.ErrConflict)
			}
		}
		list, err := d.Settings(t.Context(), helpdesk.SettingQuery{Kind: plans})
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(saved), string(list[0].Value))
		require.EqualValues(t, saved, list[0].Version)
	})
}

func TestSettingsAreForAdminsAndTheDesksOwnKindsForItsOwnMethods(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	called := false
	try := func(desk *helpdesk.Desk, kind helpdesk.SettingKind, key string) [2]error {
		_, read := desk.Settings(t.Context(), helpdesk.SettingQuery{Kind: kind, Key: key})
		_, edit := desk.EditSetting(t.Context(), kind, key, func(helpdesk.Setting) (json.RawMessage, error) {
			called = true
			return json.RawMessage(gold), nil
		})
		return [2]error{read, edit}
	}
	refused := func(kind error, errs [2]error, of ...any) {
		t.Helper()
		require.ErrorIs(t, errs[0], kind, of...)
		require.ErrorIs(t, errs[1], kind, of...)
		require.False(t, called, of...)
	}
	_, err := d.SaveTeam(t.Context(), helpdesk.Team{ID: "money", Name: "Money"})
	require.NoError(t, err)
	open := []helpdesk.SettingKind{plans, helpdesk.SettingWebhook, helpdesk.SettingMailTemplates}
	for _, kind := range open {
		for _, desk := range []*helpdesk.Desk{asAgent(d, ana), asCustomer(d, kim), d.As(helpdesk.Actor{Role: "pirate"})} {
			refused(helpdesk.ErrForbidden, try(desk, kind, "k"), kind)
		}
	}
	admin := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	for _, kind := range []helpdesk.SettingKind{
		helpdesk.SettingAgent, "team", "sla", "floors", "priority_rules",
		"view", helpdesk.SettingModel, "", "plan", "a/\x00", "a/\n",
	} {
		for _, desk := range []*helpdesk.Desk{d.Desk, admin} {
			errs := try(desk, kind, "money")
			refused(helpdesk.ErrInvalid, errs, kind)
			require.Equal(t, "kind", helpdesk.Fields(errs[1])[0].Field)
		}
	}
	errs := try(admin, plans, "a\nb")
	refused(helpdesk.ErrInvalid, errs)
	require.Equal(t, "key", helpdesk.Fields(errs[1])[0].Field)
	_, err = admin.EditSetting(t.Context(), plans, "", to(gold))
	require.ErrorIs(t, err, helpdesk.ErrInvalid, "an empty key reads all settings, and names none")
	_, err = admin.Settings(t.Context(), helpdesk.SettingQuery{Kind: plans, Key: "k", Limit: -1})
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = admin.EditSetting(t.Context(), plans, "k", to("no JSON"))
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	for _, kind := range append(open, helpdesk.SettingMacro) {
		errs := try(admin, kind, "k")
		require.NoError(t, errors.Join(errs[0], errs[1]), kind)
	}
}
