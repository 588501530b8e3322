package mailgun

import (
	"context"
	"encoding/json"
	"net/http"
	"net/mail"
	"net/textproto"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

func (h *handler) read(r *http.Request, body []byte) (*inbound.Mail, func(context.Context) error, error) {
	form, err := inbound.ReadForm(r.Header.Get("Content-Type"), body)
	if err != nil {
		return nil, nil, err
	}
	token, err := h.verify(r.Context(), form)
	if err != nil {
		return nil, nil, err
	}
	m, err := decode(form)
	if err == nil && h.cfg.Checked {
		m.Checks = checks(m)
	}
	return m, func(ctx context.Context) error { h.remember(ctx, token); return nil }, err
}

// remember logs an error instead of returning it: the mail is received, and a repeated post does no
// harm.
func (h *handler) remember(ctx context.Context, token string) {
	if err := h.cfg.Tokens.Add(ctx, token); err != nil {
		h.hook.Config.Logger.WarnContext(ctx, "token was not remembered", "provider", "mailgun", "error", err)
	}
}

// decode reads the fields. A faulty post of Mailgun's would be faulty the next time too: 406 ends
// it.
func decode(form inbound.Form) (*inbound.Mail, error) {
	m := &inbound.Mail{Sender: form.Text("sender")}
	if form.Get("sender") != nil && m.Sender == "" {
		m.Sender = inbound.NoSender
	}
	if to := form.Text("recipient"); to != "" {
		m.Recipients = strings.Split(to, ",")
	}
	if m.Raw = form.Get("body-mime"); m.Raw != nil {
		return m, nil
	}
	header, ok := headers(form.Get("message-headers"))
	if !ok && form.Get("from") == nil {
		return nil, inbound.Refuse(http.StatusNotAcceptable, `form has none of the fields "body-mime", "message-headers" and "from"`)
	}
	m.Header = header
	for field, key := range map[string]string{"from": "From", "subject": "Subject", "To": "To", "Cc": "Cc", "Message-Id": "Message-Id"} {
		if value := form.Text(field); value != "" && len(header[key]) == 0 {
			header[key] = []string{value}
		}
	}
	// The post has no id of the delivery. The mail is the same at each try of Mailgun.
	m.ID = inbound.Hash(form.Get("message-headers"), form.Get("sender"), form.Get("from"), form.Get("subject"), form.Get("body-plain"), form.Get("body-html"))
	m.Text, m.HTML = form.Text("body-plain"), form.Text("body-html")
	m.Files = files(form)
	return m, nil
}

// checks reads the fields that Mailgun's spam filter adds to the header, above all others. The
// result of DKIM names no domain, so it counts for a mail with one signature.
func checks(m *inbound.Mail) *mailauth.Checks {
	h := m.Header
	if m.Raw != nil {
		h = email.ParseHeader(string(m.Raw[:min(len(m.Raw), 256<<10)]))
	}
	first := func(key string) string {
		if values := h[textproto.CanonicalMIMEHeaderKey(key)]; len(values) > 0 {
			return strings.ToLower(strings.TrimSpace(values[0]))
		}
		return ""
	}
	c := &mailauth.Checks{SPF: first("X-Mailgun-Spf")}
	if signatures := h["Dkim-Signature"]; len(signatures) == 1 {
		c.DKIM = []mailauth.Signature{{Result: first("X-Mailgun-Dkim-Check-Result"), Domain: mailauth.SignedBy(signatures[0])}}
	}
	return c
}

// headers reads a list of pairs of name and value.
func headers(text []byte) (mail.Header, bool) {
	h := mail.Header{}
	var pairs [][]any
	if json.Unmarshal(text, &pairs) != nil {
		return h, false
	}
	for _, p := range pairs {
		if len(p) != 2 {
			continue
		}
		name, ok1 := p[0].(string)
		value, ok2 := p[1].(string)
		if key := textproto.CanonicalMIMEHeaderKey(name); ok1 && ok2 {
			h[key] = append(h[key], value)
		}
	}
	return h, true
}

// files returns the attachments, named attachment-1, attachment-2 and so on.
func files(form inbound.Form) []helpdesk.File {
	var byID map[string]string
	_ = json.Unmarshal(form.Get("content-id-map"), &byID) // without it no file is part of the text
	ids := map[string]string{}
	for id, field := range byID {
		ids[field] = id
	}
	var out []helpdesk.File
	for _, p := range form {
		if p.Numbered("attachment-") {
			out = append(out, helpdesk.File{Name: p.File, Type: p.Type, Size: int64(len(p.Content)), ContentID: ids[p.Field], Open: inbound.Bytes(p.Content)})
		}
	}
	return out
}
