package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// View is a saved list of tickets of one agent.
type View struct {
	Name  string `json:"name"`
	Query string `json:"query"` // filters as in an address of page or API: "status=new&tag=vip"
}

// MaxViews is how many views an agent may keep.
const MaxViews = 30

// SaveViews replaces the views of the acting agent.
func (d *Desk) SaveViews(ctx context.Context, views []View) error {
	const op = "save views"
	by, err := d.worker(ctx)
	errs := []error{err, checkLine("actor", by.ID, 200, true)}
	if len(views) > MaxViews {
		errs = append(errs, &FieldError{"views", fmt.Sprintf("are more than %d", MaxViews)})
	}
	for i, v := range views {
		errs = append(errs, checkLine(fmt.Sprintf("views[%d].name", i), v.Name, 60, true))
		errs = append(errs, checkLine(fmt.Sprintf("views[%d].query", i), v.Query, 2000, false))
	}
	if err := errors.Join(errs...); err != nil {
		return d.fail(op, "", err)
	}
	value, err := json.Marshal(views)
	if err == nil {
		_, err = d.putSetting(ctx, by, Setting{Kind: settingView, Key: by.ID, Value: value})
	}
	return d.fail(op, "", err)
}

// Views returns the views of the acting agent, in the order in which they were saved.
func (d *Desk) Views(ctx context.Context) ([]View, error) {
	const op = "list views"
	by, err := d.worker(ctx)
	if err != nil || by.ID == "" {
		return nil, d.fail(op, "", err)
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingView, Key: by.ID, Limit: 1})
	if err != nil || len(settings) == 0 {
		return nil, d.fail(op, "", err)
	}
	var views []View
	return views, d.fail(op, "", json.Unmarshal(settings[0].Value, &views))
}
