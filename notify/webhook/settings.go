package webhook

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// MaxKept is how many endpoints a tenant may keep.
const MaxKept = 20

// Settings are the endpoints that the admins of a tenant keep in the settings of its desk. Only
// admins and the host may read or change them. Earlier versions of an endpoint are kept, with who
// made them and when: see [helpdesk.Desk.Settings] and [helpdesk.SettingWebhook].
type Settings struct{ desk *helpdesk.Desk }

// Of returns the endpoints of the tenant of a desk, for whom the desk acts. With
// [helpdesk.Desk.IfVersion] a change is refused with ErrConflict unless that is the version in
// force.
func Of(desk *helpdesk.Desk) Settings { return Settings{desk} }

// List returns the endpoints by name, with their secrets.
func (s Settings) List(ctx context.Context) ([]Endpoint, error) {
	settings, err := s.desk.Settings(ctx, helpdesk.SettingQuery{Kind: helpdesk.SettingWebhook})
	if err != nil {
		return nil, err
	}
	list := make([]Endpoint, len(settings))
	for i := range settings {
		if list[i], err = endpointOf(settings[i]); err != nil {
			return nil, fmt.Errorf("webhook: list: %w", err)
		}
	}
	slices.SortStableFunc(list, func(a, b Endpoint) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list, nil
}

// Save adds an endpoint or replaces the one with the same ID, which must have the Version given,
// else it is ErrConflict. Without Secrets a new endpoint gets one that is made at random, and one
// that is there keeps its own. Save clears GoneAt: whoever saves an endpoint that was gone, and not
// Off, wants it tried again. A tenant may keep [MaxKept]; of several that are added at the same
// moment more than needed may be refused.
func (s Settings) Save(ctx context.Context, e Endpoint) (Endpoint, error) {
	if err := e.clean(); err != nil {
		return Endpoint{}, s.refuse(ctx, "save", err)
	}
	given, added := e.Secrets, false
	saved, err := s.desk.EditSetting(ctx, helpdesk.SettingWebhook, e.ID,
		func(setting helpdesk.Setting) (json.RawMessage, error) {
			was, err := endpointOf(setting)
			if err = errors.Join(err, setting.CheckVersion(e.Version)); err != nil {
				return nil, err
			}
			if added = was.Version == 0; added {
				err = s.room(ctx, 1)
			}
			switch e.Secrets = given; {
			case err != nil:
				return nil, err
			case len(given) > 0:
			case added:
				e.Secrets = []string{NewSecret()}
			default:
				e.Secrets = was.Secrets
			}
			return json.Marshal(e)
		})
	if err != nil {
		return Endpoint{}, err
	}
	e.Version = saved.Version
	if !added {
		return e, nil
	}
	// Others may have come at the same moment. The last of them sees all.
	if many := s.room(ctx, 0); errors.Is(many, helpdesk.ErrInvalid) {
		return Endpoint{}, errors.Join(
			fmt.Errorf("helpdesk: save webhook: %w", many),
			Of(s.desk.IfVersion(saved.Version)).Remove(ctx, e.ID),
		)
	}
	return e, nil
}

// room refuses when the tenant has too many endpoints with n more.
func (s Settings) room(ctx context.Context, n int) error {
	settings, err := s.desk.Settings(ctx, helpdesk.SettingQuery{Kind: helpdesk.SettingWebhook})
	if err == nil && len(settings)+n > MaxKept {
		err = &helpdesk.FieldError{Field: "webhooks", Problem: fmt.Sprintf("are more than %d", MaxKept)}
	}
	return err
}

// RotateSecret gives an endpoint a new secret. The one before goes on signing beside it until it is
// rotated again, or [Settings.RetireSecret] drops it, so that the receiver has time to learn the
// new one. ErrNotFound when there is no such endpoint.
func (s Settings) RotateSecret(ctx context.Context, id string) (Endpoint, error) {
	return s.change(ctx, id, func(e *Endpoint) error {
		e.Secrets = append([]string{NewSecret()}, e.Secrets[:min(len(e.Secrets), mostSecrets-1)]...)
		return nil
	})
}

// RetireSecret drops the older secret of an endpoint that has two; it does nothing when there is
// one. Earlier versions of the setting, which are kept, still hold the secret. ErrNotFound when
// there is no such endpoint.
func (s Settings) RetireSecret(ctx context.Context, id string) (Endpoint, error) {
	return s.change(ctx, id, func(e *Endpoint) error {
		if len(e.Secrets) < 2 {
			return errAsItIs
		}
		e.Secrets = e.Secrets[:1]
		return nil
	})
}

// MarkGone turns an endpoint off that has answered 410 at a time, as it was read before it was
// asked. If it is off already, removed, or of another version by now, nothing is changed: of many
// processes that are answered so, one records it.
func (s Settings) MarkGone(ctx context.Context, asked Endpoint, at time.Time) error {
	_, err := s.change(ctx, asked.ID, func(e *Endpoint) error {
		if e.Off || e.Version != asked.Version {
			return errAsItIs
		}
		e.Off, e.GoneAt = true, at.UTC().Truncate(time.Microsecond)
		return nil
	})
	if errors.Is(err, helpdesk.ErrNotFound) {
		return nil
	}
	return err
}

// Remove removes an endpoint. ErrNotFound when there is none.
func (s Settings) Remove(ctx context.Context, id string) error {
	if err := checkID(id); err != nil {
		return s.refuse(ctx, "remove", err)
	}
	_, err := s.desk.EditSetting(ctx, helpdesk.SettingWebhook, id,
		func(helpdesk.Setting) (json.RawMessage, error) { return nil, nil })
	return err
}

// refuse returns the error of invalid input in the words of EditSetting. An actor who may not edit
// endpoints gets that error instead, whatever the input.
func (s Settings) refuse(ctx context.Context, op string, problem error) error {
	if _, err := s.List(ctx); errors.Is(err, helpdesk.ErrForbidden) {
		return err
	}
	return fmt.Errorf("helpdesk: %s webhook: %w", op, problem)
}

// errAsItIs ends an edit that has nothing to change.
var errAsItIs = errors.New("nothing to change")

// change changes an endpoint that is there.
func (s Settings) change(
	ctx context.Context, id string, change func(e *Endpoint) error,
) (Endpoint, error) {
	if err := checkID(id); err != nil {
		return Endpoint{}, s.refuse(ctx, "save", err)
	}
	var e Endpoint
	saved, err := s.desk.EditSetting(ctx, helpdesk.SettingWebhook, id,
		func(setting helpdesk.Setting) (_ json.RawMessage, err error) {
			if e, err = endpointOf(setting); err != nil {
				return nil, err
			}
			if e.Version == 0 {
				return nil, helpdesk.ErrNotFound
			}
			if err = change(&e); err != nil {
				return nil, err
			}
			return json.Marshal(e)
		})
	switch {
	case errors.Is(err, errAsItIs):
		return e, nil
	case err != nil:
		return Endpoint{}, err
	}
	e.Version = saved.Version
	return e, nil
}

// endpointOf reads a setting; that of a setting which is not there is the zero Endpoint.
func endpointOf(s helpdesk.Setting) (e Endpoint, err error) {
	if s.Version == 0 {
		return e, nil
	}
	if json.Unmarshal(s.Value, &e) != nil {
		// The decoder's error is left out: it may repeat what it read.
		return e, fmt.Errorf("webhook %q cannot be read", s.Key)
	}
	e.Version = s.Version
	return e, nil
}
