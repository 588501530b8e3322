package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
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

// eraseViews removes the views of all agents that name one of some people, by address or name, and
// the earlier versions of such lists.
func (d *Desk) eraseViews(ctx context.Context, by Actor, people []string, n *Erased) error {
	saved, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingView})
	if err != nil {
		return err
	}
	for _, s := range saved {
		versions, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: settingView, Key: s.Key})
		named := slices.ContainsFunc(versions, func(v Setting) bool {
			_, gone, err := viewsWithout(v.Value, people)
			return gone > 0 || err != nil
		})
		gone := 0
		if err == nil && named {
			_, err = d.editSetting(ctx, by, settingView, s.Key, func(old, next *Setting) (_ []Task, err error) {
				next.Purge = old.Version + 1
				next.Value, gone, err = viewsWithout(old.Value, people)
				return nil, err
			})
		}
		if err != nil {
			return err
		}
		n.Views += gone
	}
	return nil
}

// viewsWithout returns a list of views without those that name people, and how many it leaves out.
func viewsWithout(value json.RawMessage, people []string) (left json.RawMessage, gone int, err error) {
	var views []View
	if err := json.Unmarshal(value, &views); err != nil {
		return nil, 0, err
	}
	kept := slices.DeleteFunc(slices.Clone(views), func(v View) bool {
		return slices.ContainsFunc(people, v.holds)
	})
	left, err = json.Marshal(kept)
	return left, len(views) - len(kept), err
}

// holds reports whether the view holds all words of a name or address, one after the other.
func (v *View) holds(who string) bool {
	query, err := url.QueryUnescape(v.Query)
	if err != nil {
		query = v.Query
	}
	who = spaced(who)
	return who != "" && strings.Contains(spaced(v.Name)+"|"+spaced(query), who)
}

// spaced returns the words of a text in lower case, each between blanks.
func spaced(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
}

// Views returns the views of the acting agent, in the order in which they were saved.
func (d *Desk) Views(ctx context.Context) ([]View, error) {
	const op = "list views"
	by, err := d.worker(ctx)
	if err != nil || by.ID == "" {
		return nil, d.fail(op, "", err)
	}
	settings, err := d.store.Settings(ctx, viewsQuery(d.tenant, by))
	if err != nil || len(settings) == 0 {
		return nil, d.fail(op, "", err)
	}
	var views []View
	return views, d.fail(op, "", json.Unmarshal(settings[0].Value, &views))
}

// viewsQuery asks for the views of an agent.
func viewsQuery(tenant TenantID, who Actor) SettingQuery {
	return SettingQuery{Tenant: tenant, Kind: settingView, Key: who.ID, Limit: 1}
}
