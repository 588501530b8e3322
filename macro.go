package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Macro is a prepared text that agents send often.
type Macro struct {
	ID      string `json:"id"` // chosen by the admin, such as "refund-sent"
	Name    string `json:"name"`
	Body    string `json:"body"` // with placeholders: see [Macro.Fill]
	Version int64  `json:"-"`    // of the stored setting; 0 for a new one
}

// Placeholders are the names that a Macro may hold in double braces: "Hello {{customer}}".
var Placeholders = []string{"customer", "ref", "subject", "agent"}

// Fill returns the text for a ticket and the agent who sends it. A placeholder without a value
// becomes empty. Braces with any other name stay.
func (m *Macro) Fill(t *Ticket, agent string) string {
	return strings.NewReplacer(
		"{{customer}}", cmp.Or(t.Customer.Name, t.Customer.Email), "{{ref}}", t.Ref, "{{subject}}", t.Subject, "{{agent}}", agent,
	).Replace(m.Body)
}

// SaveMacro adds a macro or replaces the macro with the same ID. The stored macro must have
// m.Version; otherwise SaveMacro returns ErrConflict. Leads, admins and the host may call it.
func (d *Desk) SaveMacro(ctx context.Context, m Macro) (Macro, error) {
	const op = "save macro"
	by, err := d.editor(ctx)
	m.ID, m.Name = strings.TrimSpace(m.ID), strings.TrimSpace(m.Name)
	if err = errors.Join(err, checkLine("id", m.ID, 100, true), checkLine("name", m.Name, 100, true), checkText("body", m.Body, true)); err != nil {
		return m, d.fail(op, "", err)
	}
	saved, err := d.editSetting(ctx, by, SettingMacro, m.ID, func(old, next *Setting) ([]Task, error) {
		current := int64(0)
		if old != nil && !old.Deleted {
			current = old.Version
		}
		if m.Version != current {
			return nil, stale(current)
		}
		var err error
		next.Value, err = json.Marshal(m)
		return nil, err
	})
	if err == nil {
		m.Version = saved.Version
	}
	return m, d.fail(op, "", err)
}

// RemoveMacro removes a macro. Leads, admins and the host may call it.
func (d *Desk) RemoveMacro(ctx context.Context, id string) error {
	const op = "remove macro"
	by, err := d.editor(ctx)
	if err = errors.Join(err, checkLine("id", id, 100, true)); err != nil {
		return d.fail(op, "", err)
	}
	_, err = d.editSetting(ctx, by, SettingMacro, id, func(old, next *Setting) ([]Task, error) {
		if old == nil || old.Deleted {
			return nil, ErrNotFound
		}
		next.Value, next.Deleted = json.RawMessage("null"), true
		return nil, nil
	})
	return d.fail(op, "", err)
}

// Macros returns the tenant's macros, sorted by name. It is for agents, admins and the host.
func (d *Desk) Macros(ctx context.Context) ([]Macro, error) {
	const op = "list macros"
	if _, err := d.worker(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingMacro})
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	var macros []Macro
	for _, s := range settings {
		var m Macro
		if err := json.Unmarshal(s.Value, &m); err != nil {
			return nil, d.fail(op, "", fmt.Errorf("macro %q: %w", s.Key, err))
		}
		m.Version = s.Version
		macros = append(macros, m)
	}
	slices.SortStableFunc(macros, func(a, b Macro) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return macros, nil
}
