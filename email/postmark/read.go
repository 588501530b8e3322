package postmark

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/mail"
	"net/textproto"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

// post is a post of Postmark.
type post struct {
	// MessageID is the delivery's, a UUID; the mail's own Message-ID is among the Headers.
	MessageID         string
	RawEmail          string
	OriginalRecipient string // of the envelope

	From, To, Cc           string
	FromFull               person
	ToFull, CcFull         []person
	ReplyTo, Subject, Date string
	TextBody, HtmlBody     string
	Headers                []struct{ Name, Value string }
	Attachments            []attachment
}

type person struct{ Email, Name string }

type attachment struct {
	Name, ContentType, ContentID string
	Content                      string // base64
}

func read(_ *http.Request, body []byte) (*inbound.Mail, func(context.Context) error, error) {
	m, err := decode(body)
	return m, nil, err
}

func decode(body []byte) (*inbound.Mail, error) {
	var p post
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, inbound.Refuse(http.StatusForbidden, "post is not the JSON of a mail: "+err.Error())
	}
	m := &inbound.Mail{}
	if p.MessageID != "" {
		m.ID = "postmark:" + p.MessageID
	}
	if p.OriginalRecipient != "" {
		m.Recipients = []string{p.OriginalRecipient}
	}
	m.Checks = p.checks()
	if p.RawEmail != "" {
		m.Raw = []byte(p.RawEmail)
		return m, nil
	}
	m.Header = p.header()
	if len(m.Header) == 0 && p.TextBody == "" && p.HtmlBody == "" {
		return nil, inbound.Refuse(http.StatusForbidden, "post holds no mail")
	}
	m.ID = cmp.Or(m.ID, inbound.Hash(body))
	m.Text, m.HTML = p.TextBody, p.HtmlBody
	for _, a := range p.Attachments {
		f, whole := a.file()
		if !whole {
			m.Problem = fmt.Sprintf("attachment %q is broken", a.Name)
		}
		m.Files = append(m.Files, f)
	}
	return m, nil
}

// checks reads the fields that Postmark adds above those of the mail: Received-SPF (RFC 7208,
// section 9.1) and the tests of SpamAssassin, of which DKIM_VALID_AU is a valid signature of the
// domain in From.
func (p *post) checks() *mailauth.Checks {
	c, spf, tests := &mailauth.Checks{}, false, false
	for _, f := range p.Headers {
		switch {
		case strings.EqualFold(f.Name, "Received-SPF") && !spf:
			spf = true
			result, rest, _ := strings.Cut(strings.TrimSpace(f.Value), " ")
			// The sender chooses the name in helo=, which stands before.
			if _, path, ok := strings.Cut(rest, "envelope-from="); ok && strings.Count(strings.ToLower(rest), "envelope-from=") == 1 {
				path, _, _ = strings.Cut(path, ";")
				c.SPF, c.Path = strings.ToLower(result), strings.Trim(path, ` "`)
			}
		case strings.EqualFold(f.Name, "X-Spam-Tests") && !tests:
			tests = true
			for name := range strings.SplitSeq(f.Value, ",") {
				if strings.TrimSpace(name) == "DKIM_VALID_AU" {
					c.DKIM = []mailauth.Signature{{Result: "pass", Domain: p.FromFull.Email}}
				}
			}
		}
	}
	if !spf && !tests {
		return nil
	}
	return c
}

// header joins the fields that Postmark takes out of the Headers with the Headers.
func (p *post) header() mail.Header {
	h := mail.Header{}
	for _, f := range p.Headers {
		key := textproto.CanonicalMIMEHeaderKey(f.Name)
		h[key] = append(h[key], f.Value)
	}
	for key, value := range map[string]string{
		"From": cmp.Or(list(p.FromFull), p.From), "To": cmp.Or(list(p.ToFull...), p.To), "Cc": cmp.Or(list(p.CcFull...), p.Cc),
		"Reply-To": p.ReplyTo, "Subject": p.Subject, "Date": p.Date,
	} {
		if value != "" && len(h[key]) == 0 {
			h[key] = []string{value}
		}
	}
	return h
}

// list writes addresses in the form of a header.
func list(people ...person) string {
	var out []string
	for _, p := range people {
		if p.Email != "" {
			out = append(out, (&mail.Address{Name: p.Name, Address: p.Email}).String())
		}
	}
	return strings.Join(out, ", ")
}

// file decodes the content while it is read. Broken content ends at the fault; whole is then false.
func (a attachment) file() (f helpdesk.File, whole bool) {
	open := func() io.Reader { return base64.NewDecoder(base64.StdEncoding, strings.NewReader(a.Content)) }
	size, err := io.Copy(io.Discard, open())
	return helpdesk.File{Name: a.Name, Type: a.ContentType, Size: size, ContentID: a.ContentID, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.LimitReader(open(), size)), nil
	}}, err == nil
}
