package sendgrid

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

func (h *handler) read(r *http.Request, body []byte) (*inbound.Mail, func(context.Context) error, error) {
	if err := h.verify(r, body); err != nil {
		return nil, nil, err
	}
	form, err := inbound.ReadForm(r.Header.Get("Content-Type"), body)
	if err != nil {
		return nil, nil, err
	}
	m, err := decode(form)
	return m, nil, err
}

func decode(form inbound.Form) (*inbound.Mail, error) {
	m := &inbound.Mail{}
	var envelope struct {
		To   []string `json:"to"`
		From *string  `json:"from"`
	}
	if json.Unmarshal(form.Get("envelope"), &envelope) == nil {
		m.Recipients = envelope.To
		if envelope.From != nil {
			if m.Sender = *envelope.From; m.Sender == "" {
				m.Sender = inbound.NoSender
			}
		}
	}
	m.Checks = checks(string(form.Get("SPF")), string(form.Get("dkim")))
	if m.Raw = form.Get("email"); m.Raw != nil {
		return m, nil
	}
	if form.Get("headers") == nil && form.Get("from") == nil {
		return nil, inbound.Refuse(http.StatusBadRequest, `form has none of the fields "email", "headers" and "from"`)
	}
	// The post has no id of the delivery. The fields are the same at each try of SendGrid.
	m.ID = inbound.Hash(form.Get("headers"), form.Get("envelope"), form.Get("from"), form.Get("subject"), form.Get("text"), form.Get("html"))
	texts := decoder(form)
	m.Header = inbound.Header(texts("headers"))
	for field, key := range map[string]string{"from": "From", "to": "To", "cc": "Cc", "subject": "Subject"} {
		if value := texts(field); value != "" && len(m.Header[key]) == 0 {
			m.Header[key] = []string{value}
		}
	}
	m.Text, m.HTML = texts("text"), texts("html")
	m.Files = files(form)
	return m, nil
}

// checks reads the fields SPF, as "pass", and dkim, as "{@example.com : pass, @a.example : fail}".
func checks(spf, dkim string) *mailauth.Checks {
	if spf == "" && dkim == "" {
		return nil
	}
	c := &mailauth.Checks{SPF: strings.ToLower(strings.TrimSpace(spf))}
	for one := range strings.SplitSeq(strings.Trim(dkim, " {}"), ",") {
		if domain, result, ok := strings.Cut(one, ":"); ok {
			c.DKIM = append(c.DKIM, mailauth.Signature{Result: strings.ToLower(strings.TrimSpace(result)), Domain: strings.TrimSpace(domain)})
		}
	}
	return c
}

// decoder returns a function that decodes a field in the charset that the field "charsets" names.
func decoder(form inbound.Form) func(field string) string {
	charsets := map[string]string{}
	_ = json.Unmarshal(form.Get("charsets"), &charsets) // without them all is UTF-8
	return func(field string) string {
		value := form.Get(field)
		if name := charsets[field]; name != "" {
			if enc, err := htmlindex.Get(strings.TrimSpace(name)); err == nil {
				if decoded, err := enc.NewDecoder().Bytes(value); err == nil {
					value = decoded
				}
			}
		}
		return strings.ToValidUTF8(string(value), "\uFFFD")
	}
}

// files returns the attachments, named attachment1, attachment2 and so on.
func files(form inbound.Form) []helpdesk.File {
	var info map[string]struct {
		Name     string `json:"name"`
		Filename string `json:"filename"`
		Type     string `json:"type"`
		ID       string `json:"content-id"`
	}
	_ = json.Unmarshal(form.Get("attachment-info"), &info) // the parts contain most of it
	var byID map[string]string
	_ = json.Unmarshal(form.Get("content-ids"), &byID)
	ids := map[string]string{}
	for id, field := range byID {
		ids[field] = id
	}
	var out []helpdesk.File
	for _, p := range form {
		if !p.Numbered("attachment") {
			continue
		}
		i := info[p.Field]
		out = append(out, helpdesk.File{
			Name: cmp.Or(i.Filename, p.File, i.Name), Type: cmp.Or(i.Type, p.Type), ContentID: cmp.Or(ids[p.Field], i.ID),
			Size: int64(len(p.Content)), Open: inbound.Bytes(p.Content),
		})
	}
	return out
}
