package webui

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// hook is a webhook with its known failures. Its secrets are on no page unless somebody asks for
// them.
type hook struct {
	webhook.Endpoint
	Failure  string // why notices were given up last; empty when none is
	FailedAt time.Time
}

// hookPage is the webhooks, and the form for one.
type hookPage struct {
	settings
	hook
	New     bool
	Choices []hookKind
	Theirs  *webhook.Endpoint
	Shown   []string // secrets, newest first; empty when nobody has asked for them
	Two     bool     // there is an older secret to drop
	CanTest bool
	Taken   string // what became of a test, in words
	Refused string
	All     []hook
}

// hookKind is a kind of notice to choose.
type hookKind struct {
	helpdesk.NoticeKind
	On bool
}

// webhooks returns the tenant's, each with its last failure.
func (v *visit) webhooks() ([]hook, error) {
	list, err := webhook.Of(v.desk).List(v.ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	dead, err := v.desk.DeadTasks(v.ctx, 100)
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return nil, err
	}
	hooks := make([]hook, len(list))
	for i, w := range list {
		reason, at := w.Failure(dead)
		hooks[i] = hook{w, v.said("problem", reason), at}
	}
	return hooks, nil
}

// webhook returns one of them.
func (v *visit) webhook(id string) (*hook, error) {
	hooks, err := v.webhooks()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(hooks, func(h hook) bool { return h.ID == id })
	if at < 0 {
		return nil, helpdesk.ErrNotFound
	}
	return &hooks[at], nil
}

// settingsWebhooks lists them.
func (w *workspace) settingsWebhooks(v *visit) (err error) {
	p := &hookPage{settings: v.settingsOf("webhooks")}
	if p.All, err = v.webhooks(); err != nil {
		return err
	}
	v.render(200, "settings_webhooks", v.T("nav.settings"), "settings", p)
	return nil
}

// webhookForm shows the form for a new one, or with an id for the one that is there.
func (w *workspace) webhookForm(v *visit) error {
	if id := v.r.URL.Query().Get("id"); id != "" {
		return v.showStored(id, func(*hookPage, *hook) error { return nil })
	}
	return v.showWebhook(200, &hookPage{settings: v.settingsOf("webhooks"), New: true})
}

// showStored shows the form of one that is there, with what add adds to it.
func (v *visit) showStored(id string, add func(p *hookPage, h *hook) error) error {
	h, err := v.webhook(id)
	if err != nil {
		return err
	}
	p := &hookPage{settings: v.settingsOf("webhooks"), hook: *h}
	if err := add(p, h); err != nil {
		return err
	}
	return v.showWebhook(200, p)
}

func (v *visit) showWebhook(status int, p *hookPage) error {
	for _, k := range helpdesk.NoticeKinds {
		p.Choices = append(p.Choices, hookKind{k, slices.Contains(p.Kinds, k)})
	}
	p.CanTest, p.Two = v.w.cfg.TestWebhook != nil, len(p.Secrets) > 1
	p.Secrets = nil
	v.render(status, "settings_webhook", cmp.Or(p.Name, v.T("set.webhook.new")), "settings", p)
	return nil
}

// saveWebhook adds or replaces one. The secret that a new one got is shown with it.
func (w *workspace) saveWebhook(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	p := &hookPage{settings: v.settingsOf("webhooks"), New: f.Get("version") == ""}
	p.Endpoint = webhook.Endpoint{ID: strings.TrimSpace(f.Get("id")), Name: f.Get("name"), URL: f.Get("url"), Off: f.Get("off") != ""}
	for _, k := range f["kind"] {
		p.Kinds = append(p.Kinds, helpdesk.NoticeKind(k))
	}
	p.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
	if p.ID == "" {
		p.ID = slug(p.Name)
	}
	saved, err := webhook.Of(v.desk).Save(v.ctx, p.Endpoint)
	switch {
	case err == nil && p.New:
		p.New, p.Endpoint, p.Shown, p.Done = false, saved, saved.Secrets, v.T("set.done.saved")
		return v.showWebhook(200, p)
	case err == nil:
		return v.see("settings/webhooks?done=" + v.told("saved"))
	}
	status, err := p.again(v, err)
	if err != nil {
		return err
	}
	if p.New && !p.Conflict {
		return v.showWebhook(status, p)
	}
	theirs, err := v.webhook(p.ID)
	if err != nil {
		return err
	}
	p.Secrets, p.Failure, p.FailedAt = theirs.Secrets, theirs.Failure, theirs.FailedAt
	if p.Conflict {
		p.New, p.Version, p.Theirs = false, theirs.Version, &theirs.Endpoint
	}
	return v.showWebhook(status, p)
}

// turnWebhook turns one off, or on again.
func (w *workspace) turnWebhook(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	h, err := v.webhook(f.Get("id"))
	if err != nil {
		return err
	}
	h.Off = f.Get("off") == "1"
	h.Version, _ = strconv.ParseInt(f.Get("version"), 10, 64)
	h.Secrets = nil // it keeps them
	if _, err := webhook.Of(v.desk).Save(v.ctx, h.Endpoint); err != nil {
		return err
	}
	return v.see("settings/webhooks?done=" + v.told("saved"))
}

// webhookSecret shows the secret, makes a new one, or drops the one before. A form that is sent
// twice makes one, because it names the version.
func (w *workspace) webhookSecret(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Get("version"), 10, 64)
	if err != nil || version < 1 {
		return &helpdesk.FieldError{Field: "version", Problem: "is no number"}
	}
	id, desk, do := f.Get("id"), v.desk.IfVersion(version), f.Get("do")
	if _, err := v.webhook(id); err != nil {
		return err
	}
	switch do {
	case "show":
	case "rotate":
		_, err = webhook.Of(desk).RotateSecret(v.ctx, id)
	case "retire":
		_, err = webhook.Of(desk).RetireSecret(v.ctx, id)
	default:
		err = &helpdesk.FieldError{Field: "action", Problem: "is not known"}
	}
	if err != nil {
		return err
	}
	return v.showStored(id, func(p *hookPage, h *hook) error {
		if p.Shown = h.Secrets; do != "show" {
			p.Done = v.T("set.done.saved")
		}
		return nil
	})
}

// mostTests is how many tests a tenant may send within the hour: the owner of the address has not
// agreed to any.
const mostTests = 60

// testWebhook has the host deliver one test, and shows what came back.
func (w *workspace) testWebhook(v *visit) error {
	f, err := v.post()
	if err != nil {
		return err
	}
	if w.cfg.TestWebhook == nil {
		return helpdesk.ErrNotFound
	}
	if v.limit("test", string(v.desk.Tenant()), hourly(mostTests)) != nil {
		v.refuse(http.StatusTooManyRequests, "set.webhook.often")
		return nil
	}
	return v.showStored(f.Get("id"), func(p *hookPage, h *hook) error {
		switch status, err := w.cfg.TestWebhook(v.ctx, v.desk.Tenant(), h.Endpoint); {
		case err != nil:
			p.Refused = v.T("set.webhook.noanswer", v.said("problem", v.testError(err)))
		case status >= 200 && status < 300:
			p.Taken = v.T("set.webhook.taken", status)
		case status == 410:
			p.Refused = v.T("set.webhook.answeredgone")
		default:
			p.Refused = v.T("set.webhook.refused", status)
		}
		return nil
	})
}

// testError is why a test was not answered.
func (v *visit) testError(err error) string {
	var of *webhook.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	return err.Error()
}

// removeWebhook removes one.
func (w *workspace) removeWebhook(v *visit) error {
	f, err := v.post()
	if err == nil {
		err = webhook.Of(v.desk).Remove(v.ctx, f.Get("id"))
	}
	if err != nil {
		return err
	}
	return v.see("settings/webhooks?done=" + v.told("removed"))
}
