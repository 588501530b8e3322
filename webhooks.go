package helpdesk

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Webhook is a place of the tenant's own that is told by HTTP of what happens, as package notify/webhook does. It holds secrets, so
// it is for admins and the host alone; what it prints and logs as leaves them out.
type Webhook struct {
	ID   string `json:"id"` // the admin's to choose, such as "crm"
	Name string `json:"name"`

	// URL begins with https, and has a host and no user. Plain http is taken for what no certificate is given to: localhost,
	// loopback and private addresses, names without a dot or below .internal. Whether requests go there at all is the host's to say.
	URL string `json:"url"`

	// Secrets sign the requests, newest first: one, or two while they are exchanged. Each is "whsec_" and 24 to 64 bytes in
	// base64, the form of Standard Webhooks (https://www.standardwebhooks.com). They are stored as they are: who signs needs them.
	Secrets []string `json:"secrets"`

	Kinds   []NoticeKind `json:"kinds,omitempty"`  // those it is told of; empty means all
	Off     bool         `json:"off,omitempty"`    // it is told of nothing
	GoneAt  time.Time    `json:"gone_at,omitzero"` // when it answered 410 and was turned off for it; zero when it did not since it was saved
	Version int64        `json:"-"`                // of the setting it was read from; 0 for a new one
}

// MaxWebhooks is how many webhooks a tenant may keep.
const MaxWebhooks = 20

// The form of a secret (Standard Webhooks, "Signature scheme"), how many bytes a new one has, and how many a Webhook may have.
const (
	secretPrefix = "whsec_"
	leastSecret  = 24
	mostSecret   = 64
	newSecret    = 32
	mostSecrets  = 2
)

// NoticeKinds are all kinds of notice.
var NoticeKinds = []NoticeKind{
	NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeAssigned, NoticeAtRisk, NoticeBreached, NoticeUnassigned,
	NoticeUnanswered, NoticeEscalated, NoticeHeld, NoticeBounced,
}

// Host is the host of the URL with its port. The rest of a URL may be as secret as a password.
func (w Webhook) Host() string {
	u, err := url.Parse(w.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// String names the webhook and its host, and none of its secrets.
func (w Webhook) String() string { return fmt.Sprintf("webhook %q at %s", w.ID, w.Host()) }

// GoString is String: %#v shows no secrets either.
func (w Webhook) GoString() string { return w.String() }

// LogValue is String, in every form of a log.
func (w Webhook) LogValue() slog.Value { return slog.StringValue(w.String()) }

// WebhookError says of one Webhook why it could not be told. It stands in the Error of the task, where [Webhook.Failure] finds it.
type WebhookError struct {
	ID, Host string
	Err      error
}

func (e *WebhookError) Error() string {
	return fmt.Sprintf("webhook %q at %s: %v", e.ID, e.Host, e.Err)
}
func (e *WebhookError) Unwrap() error { return e.Err }

// Failure finds among dead tasks, as [Desk.DeadTasks] returns them, the latest that was given up because of this webhook, and returns what it said
// and when. An empty reason means that there is none.
func (w Webhook) Failure(dead []Task) (reason string, at time.Time) {
	start := fmt.Sprintf("webhook %q at ", w.ID) // as WebhookError begins
	for _, t := range dead {
		if t.Kind != TaskNotify {
			continue
		}
		for line := range strings.SplitSeq(t.Error, "\n") {
			if rest, ok := strings.CutPrefix(line, start); ok {
				_, reason, _ = strings.Cut(rest, ": ")
				return cmp.Or(reason, rest), t.DueAt
			}
		}
	}
	return "", time.Time{}
}

// SaveWebhook adds a webhook or replaces the one with the same ID, which must have the Version given, else it is ErrConflict. Without Secrets a
// new one gets one that is made at random, and one that is there keeps its own. GoneAt is cleared: whoever saves a
// webhook that was gone, and not Off, wants it tried again. A tenant may keep MaxWebhooks; of several that are added at the same moment more than
// needed may be refused. Only admins and the host may.
func (d *Desk) SaveWebhook(ctx context.Context, w Webhook) (Webhook, error) {
	const op = "save webhook"
	by, err := d.admin(ctx)
	if err = errors.Join(err, w.clean()); err != nil {
		return Webhook{}, d.fail(op, "", err)
	}
	given, added := w.Secrets, false
	saved, err := d.editSetting(ctx, by, SettingWebhook, w.ID, func(old, next *Setting) ([]Task, error) {
		was, err := webhookOf(old)
		if err != nil {
			return nil, err
		}
		if w.Version != was.Version {
			return nil, stale(was.Version)
		}
		if added = was.Version == 0; added {
			err = d.roomForWebhook(ctx, 1)
		}
		switch w.Secrets = given; {
		case len(given) > 0:
		case was.Version != 0:
			w.Secrets = was.Secrets
		default:
			w.Secrets = []string{drawSecret()}
		}
		return nil, errors.Join(err, next.hold(w))
	})
	if err == nil && added { // others may have come at the same moment: the last of them sees all
		if many := d.roomForWebhook(ctx, 0); errors.Is(many, ErrInvalid) {
			err = errors.Join(many, d.IfVersion(saved.Version).RemoveWebhook(ctx, w.ID))
		}
	}
	if err != nil {
		return Webhook{}, d.fail(op, "", err)
	}
	w.Version = saved.Version
	return w, nil
}

// roomForWebhook refuses when there are too many with n more.
func (d *Desk) roomForWebhook(ctx context.Context, n int) error {
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingWebhook})
	if err == nil && len(settings)+n > MaxWebhooks {
		err = &FieldError{"webhooks", fmt.Sprintf("are more than %d", MaxWebhooks)}
	}
	return err
}

// RotateWebhookSecret gives a webhook a new secret. The one before goes on signing beside it until it is rotated again, or
// [Desk.RetireWebhookSecret] drops it, so that the receiver has time to learn the new one. With [Desk.IfVersion] it is refused with ErrConflict
// unless that is the version in force. Only admins and the host may.
func (d *Desk) RotateWebhookSecret(ctx context.Context, id string) (Webhook, error) {
	return d.editWebhook(ctx, "rotate secret of webhook", id, func(w *Webhook) error {
		w.Secrets = append([]string{drawSecret()}, w.Secrets[:min(len(w.Secrets), mostSecrets-1)]...)
		return nil
	})
}

// RetireWebhookSecret drops the older secret of a webhook that has two; it does nothing when there is one. Earlier versions of the setting, which
// are kept, still hold it. Only admins and the host may.
func (d *Desk) RetireWebhookSecret(ctx context.Context, id string) (Webhook, error) {
	return d.editWebhook(ctx, "retire secret of webhook", id, func(w *Webhook) error {
		if len(w.Secrets) < 2 {
			return errAsItIs
		}
		w.Secrets = w.Secrets[:1]
		return nil
	})
}

// WebhookGone turns a webhook off that has answered 410, as it was read before it was asked. If it is off already, removed, or of another
// version by now, nothing is changed: of many processes that are answered so, one records it. Only admins and the host may.
func (d *Desk) WebhookGone(ctx context.Context, w Webhook) error {
	_, err := d.editWebhook(ctx, "turn off webhook", w.ID, func(is *Webhook) error {
		if is.Off || is.Version != w.Version {
			return errAsItIs
		}
		is.Off, is.GoneAt = true, d.now()
		return nil
	})
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// RemoveWebhook removes a webhook. Earlier versions of the setting are kept. Only admins and the host may.
func (d *Desk) RemoveWebhook(ctx context.Context, id string) error {
	const op = "remove webhook"
	by, err := d.admin(ctx)
	if err = errors.Join(err, checkLine("id", id, 100, true)); err != nil {
		return d.fail(op, "", err)
	}
	_, err = d.editSetting(ctx, by, SettingWebhook, id, func(old, next *Setting) ([]Task, error) {
		if old == nil || old.Deleted {
			return nil, ErrNotFound
		}
		next.Value, next.Deleted = json.RawMessage("null"), true
		return nil, nil
	})
	return d.fail(op, "", err)
}

// Webhooks returns the tenant's webhooks by name, with their secrets. Only admins and the host may.
func (d *Desk) Webhooks(ctx context.Context) ([]Webhook, error) {
	const op = "list webhooks"
	if _, err := d.admin(ctx); err != nil {
		return nil, d.fail(op, "", err)
	}
	settings, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingWebhook})
	if err != nil {
		return nil, d.fail(op, "", err)
	}
	list := make([]Webhook, len(settings))
	for i := range settings {
		if list[i], err = webhookOf(&settings[i]); err != nil {
			return nil, d.fail(op, "", err)
		}
	}
	slices.SortStableFunc(list, func(a, b Webhook) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return list, nil
}

// errAsItIs ends an edit that has nothing to change.
var errAsItIs = errors.New("nothing to change")

// editWebhook changes a webhook that is there.
func (d *Desk) editWebhook(ctx context.Context, op, id string, edit func(w *Webhook) error) (Webhook, error) {
	by, err := d.admin(ctx)
	if err = errors.Join(err, checkLine("id", id, 100, true)); err != nil {
		return Webhook{}, d.fail(op, "", err)
	}
	var w Webhook
	saved, err := d.editSetting(ctx, by, SettingWebhook, id, func(old, next *Setting) ([]Task, error) {
		var err error
		if w, err = webhookOf(old); err != nil {
			return nil, err
		}
		if w.Version == 0 {
			return nil, ErrNotFound
		}
		if err = edit(&w); err != nil {
			return nil, err
		}
		return nil, next.hold(w)
	})
	switch {
	case errors.Is(err, errAsItIs):
		return w, nil
	case err != nil:
		return Webhook{}, d.fail(op, "", err)
	}
	w.Version = saved.Version
	return w, nil
}

// webhookOf reads a setting; one that is nil or deleted is the zero Webhook.
func webhookOf(s *Setting) (w Webhook, err error) {
	if s == nil || s.Deleted {
		return w, nil
	}
	if json.Unmarshal(s.Value, &w) != nil {
		return w, fmt.Errorf("webhook %q cannot be read", s.Key) // the decoder's error may repeat what it read
	}
	w.Version = s.Version
	return w, nil
}

// hold puts a value into a setting.
func (s *Setting) hold(value any) (err error) {
	s.Value, err = json.Marshal(value)
	return err
}

func (w *Webhook) clean() error {
	w.ID, w.Name, w.URL, w.GoneAt = strings.TrimSpace(w.ID), strings.TrimSpace(w.Name), strings.TrimSpace(w.URL), time.Time{}
	w.Kinds = slices.Compact(slices.Sorted(slices.Values(w.Kinds)))
	errs := []error{checkLine("id", w.ID, 100, true), checkLine("name", w.Name, 100, true), checkHookURL(w.URL), checkSecrets(w.Secrets)}
	for _, k := range w.Kinds {
		if !slices.Contains(NoticeKinds, k) {
			errs = append(errs, &FieldError{"kinds", fmt.Sprintf("hold %q, which is none", clip(string(k)))})
			break
		}
	}
	return errors.Join(errs...)
}

// checkHookURL refuses what is no address of a Webhook. What it says repeats nothing of it.
func checkHookURL(s string) error {
	if err := checkLine("url", s, 2000, true); err != nil {
		return err
	}
	u, err := url.Parse(s)
	problem := ""
	switch {
	case err != nil:
		problem = "cannot be read"
	case u.Scheme != "https" && u.Scheme != "http":
		problem = "is neither http nor https"
	case u.Hostname() == "" || u.Opaque != "":
		problem = "names no host"
	case u.User != nil:
		problem = "holds a user"
	case u.Scheme == "http" && !nearby(u.Hostname()):
		problem = "is not https"
	default:
		return nil
	}
	return &FieldError{"url", problem}
}

// nearby reports whether a host is of the same machine or a private network. ".internal" is kept for those (ICANN, 2024).
func nearby(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback() || a.Unmap().IsPrivate()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".internal")
}

// checkSecrets refuses what is no secret. What it says repeats nothing of it.
func checkSecrets(list []string) error {
	if len(list) > mostSecrets {
		return &FieldError{"secrets", fmt.Sprintf("are more than %d", mostSecrets)}
	}
	for i, s := range list {
		text, ok := strings.CutPrefix(s, secretPrefix)
		key, err := base64.StdEncoding.DecodeString(text)
		if !ok || err != nil || strings.ContainsAny(text, "\r\n") || len(key) < leastSecret || len(key) > mostSecret {
			return &FieldError{fmt.Sprintf("secrets[%d]", i), fmt.Sprintf("is not whsec_ and %d to %d bytes in base64", leastSecret, mostSecret)}
		}
	}
	return nil
}

func drawSecret() string {
	var key [newSecret]byte
	rand.Read(key[:]) // never fails: see crypto/rand
	return secretPrefix + base64.StdEncoding.EncodeToString(key[:])
}
