// Package macro has the prepared texts that agents of a desk send often.
package macro

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/check"
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
func (m *Macro) Fill(t *helpdesk.Ticket, agent string) string {
	return strings.NewReplacer(
		"{{customer}}", cmp.Or(t.Customer.Name, t.Customer.Email), "{{ref}}", t.Ref, "{{subject}}", t.Subject, "{{agent}}", agent,
	).Replace(m.Body)
}

// Macros are the macros in the settings of a desk. Agents read them; leads, admins and the host
// also save and remove them.
type Macros struct{ desk *helpdesk.Desk }

// Of returns the macros of the tenant of a desk, for whom the desk acts.
func Of(desk *helpdesk.Desk) Macros { return Macros{desk} }

// Save adds a macro or replaces the macro with the same ID. The stored macro must have m.Version;
// otherwise Save returns ErrConflict.
func (s Macros) Save(ctx context.Context, m Macro) (Macro, error) {
	m.ID, m.Name = strings.TrimSpace(m.ID), strings.TrimSpace(m.Name)
	invalid := errors.Join(checkID(m.ID), problem("name", check.Line(m.Name, 100, true)), problem("body", check.Text(m.Body, helpdesk.MaxText, true)))
	saved, err := s.edit(ctx, m.ID, func(was helpdesk.Setting) (json.RawMessage, error) {
		if invalid != nil {
			return nil, invalid
		}
		if err := was.CheckVersion(m.Version); err != nil {
			return nil, err
		}
		return json.Marshal(m)
	})
	if err == nil {
		m.Version = saved.Version
	}
	return m, err
}

// Remove removes a macro.
func (s Macros) Remove(ctx context.Context, id string) error {
	_, err := s.edit(ctx, id, func(helpdesk.Setting) (json.RawMessage, error) { return nil, checkID(id) })
	return err
}

// edit is [helpdesk.Desk.EditSetting]. An id that is no key is left to the edit, which refuses it
// by its own name, once it is sure that the actor may edit macros.
func (s Macros) edit(ctx context.Context, id string, edit func(was helpdesk.Setting) (json.RawMessage, error)) (helpdesk.Setting, error) {
	if checkID(id) != nil {
		id = "invalid"
	}
	return s.desk.EditSetting(ctx, helpdesk.SettingMacro, id, edit)
}

func checkID(id string) error { return problem("id", check.Line(id, 100, true)) }

// problem returns a FieldError; nil when there is none.
func problem(field, problem string) error {
	if problem == "" {
		return nil
	}
	return &helpdesk.FieldError{Field: field, Problem: problem}
}

// List returns the tenant's macros, sorted by name.
func (s Macros) List(ctx context.Context) ([]Macro, error) {
	settings, err := s.desk.Settings(ctx, helpdesk.SettingQuery{Kind: helpdesk.SettingMacro})
	if err != nil {
		return nil, err
	}
	var macros []Macro
	for _, s := range settings {
		var m Macro
		if err := json.Unmarshal(s.Value, &m); err != nil {
			return nil, fmt.Errorf("macro %q: %w", s.Key, err)
		}
		m.Version = s.Version
		macros = append(macros, m)
	}
	slices.SortStableFunc(macros, func(a, b Macro) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return macros, nil
}
