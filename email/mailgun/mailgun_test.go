package mailgun_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/mailgun"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

const key = "key-0123456789"

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var clock = helpdesk.ClockFunc(func() time.Time { return now })

type part = inboundtest.Part

// signed returns the fields that Mailgun adds.
func signed(key, token string, at time.Time) []part {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + token))
	return []part{{Field: "timestamp", Content: timestamp}, {Field: "token", Content: token}, {Field: "signature", Content: hex.EncodeToString(mac.Sum(nil))}}
}

func post(parts ...part) *http.Request {
	contentType, body := inboundtest.Form(parts...)
	r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

// urlencoded is Mailgun's post of a mail without attachments.
func urlencoded(parts ...part) *http.Request {
	form := url.Values{}
	for _, p := range parts {
		form.Add(p.Field, p.Content)
	}
	r := httptest.NewRequest(http.MethodPost, "/mail", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func raw(id, text string, to ...string) []part {
	return []part{{Field: "recipient", Content: strings.Join(to, ",")}, {Field: "sender", Content: "writer@example.org"},
		{Field: "body-mime", Content: fmt.Sprintf("From: Writer <writer@example.org>\r\nMessage-ID: <%s>\r\nSubject: A question\r\n\r\n%s\r\n", id, text)}}
}

func parsed(id, text string, to ...string) []part {
	headers, _ := json.Marshal([][]string{{"From", "Writer <writer@example.org>"}, {"Message-Id", "<" + id + ">"}, {"Subject", "A question"}})
	return []part{{Field: "recipient", Content: strings.Join(to, ",")}, {Field: "sender", Content: "writer@example.org"},
		{Field: "message-headers", Content: string(headers)}, {Field: "body-plain", Content: text}}
}

func TestPostsKeepTheContractOfWebhooks(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(id, text string, to ...string) *http.Request{
		"raw": func(id, text string, to ...string) *http.Request {
			return post(append(signed(key, token(id), now), raw(id, text, to...)...)...)
		},
		"parsed": func(id, text string, to ...string) *http.Request {
			return post(append(parsed(id, text, to...), signed(key, token(id), now)...)...)
		},
		"encoded": func(id, text string, to ...string) *http.Request {
			return urlencoded(append(parsed(id, text, to...), signed(key, token(id), now)...)...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inboundtest.Contract(t, inboundtest.Provider{
				New: func(desk email.Receiver, common email.Webhook) (http.Handler, error) {
					common.Clock = clock
					return mailgun.New(desk, &mailgun.Config{Webhook: common, Keys: []string{"another", key}, Tokens: mailgun.NewTokens(0)})
				},
				Post: form, Unknown: http.StatusNotAcceptable, MaxSize: 40 << 20,
			})
		})
	}
}

func token(id string) string { return "token-of-" + id }

func TestOnlyRecentPostsSignedByOneOfTheKeysAreTaken(t *testing.T) {
	t.Parallel()
	sign := signed(key, "token", now)
	mail := raw("m@example.org", "x")
	for name, c := range map[string]struct {
		signature []part
		status    int
	}{
		"signed":                     {sign, http.StatusOK},
		"almost too old":             {signed(key, "token", now.Add(-15*time.Minute)), http.StatusOK},
		"too old":                    {signed(key, "token", now.Add(-15*time.Minute-time.Second)), http.StatusUnauthorized},
		"ahead of time":              {signed(key, "token", now.Add(16*time.Minute)), http.StatusUnauthorized},
		"by another key":             {signed("key-0123456780", "token", now), http.StatusUnauthorized},
		"by an empty key":            {signed("", "token", now), http.StatusUnauthorized},
		"not signed":                 {nil, http.StatusUnauthorized},
		"without a token":            {[]part{sign[0], sign[2]}, http.StatusUnauthorized},
		"another token":              {[]part{sign[0], {Field: "token", Content: "Token"}, sign[2]}, http.StatusUnauthorized},
		"another time":               {[]part{{Field: "timestamp", Content: strconv.FormatInt(now.Unix()+1, 10)}, sign[1], sign[2]}, http.StatusUnauthorized},
		"signature is no digits":     {[]part{sign[0], sign[1], {Field: "signature", Content: "zz"}}, http.StatusUnauthorized},
		"signature is cut":           {[]part{sign[0], sign[1], {Field: "signature", Content: sign[2].Content[:32]}}, http.StatusUnauthorized},
		"border moved in the signed": {[]part{{Field: "timestamp", Content: sign[0].Content + "t"}, {Field: "token", Content: "oken"}, sign[2]}, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk := &inboundtest.Desk{}
			h, err := mailgun.New(desk, &mailgun.Config{Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}, Keys: []string{key}})
			require.NoError(t, err)
			status, _ := inboundtest.Serve(t, h, post(append(c.signature, mail...)...))
			require.Equal(t, c.status, status)
			require.Equal(t, status == http.StatusOK, desk.Calls() == 1)
		})
	}
}

func TestATokenIsGoodForOneMail(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	h, err := mailgun.New(desk, &mailgun.Config{Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}, Keys: []string{key}})
	require.NoError(t, err)
	desk.Fail(func(*helpdesk.Incoming) error { return errors.New("away") })
	status, _ := inboundtest.Serve(t, h, post(append(signed(key, "t", now), raw("a@example.org", "x")...)...))
	require.Equal(t, http.StatusServiceUnavailable, status, "a token is not used up by a post that failed")
	desk.Fail(nil)
	status, _ = inboundtest.Serve(t, h, post(append(signed(key, "t", now), raw("a@example.org", "x")...)...))
	require.Equal(t, http.StatusOK, status)
	status, answer := inboundtest.Serve(t, h, post(append(signed(key, "t", now), raw("forged@example.org", "another mail")...)...))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, map[string]any{"status": "duplicate"}, answer)
	require.Len(t, desk.Mails(), 1)
	require.Equal(t, 2, desk.Calls())
}

type brokenTokens struct{ used, add error }

func (b brokenTokens) Used(context.Context, string) (bool, error) { return false, b.used }
func (b brokenTokens) Add(context.Context, string) error          { return b.add }

func TestTokensThatFailMakeMailgunTryAgainUnlessTheMailIsReceived(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tokens brokenTokens
		status int
	}{{brokenTokens{used: errors.New("away")}, http.StatusServiceUnavailable}, {brokenTokens{add: errors.New("away")}, http.StatusOK}} {
		h, err := mailgun.New(&inboundtest.Desk{}, &mailgun.Config{Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}, Keys: []string{key}, Tokens: c.tokens})
		require.NoError(t, err)
		status, _ := inboundtest.Serve(t, h, post(append(signed(key, "t", now), raw("a@example.org", "x")...)...))
		require.Equal(t, c.status, status)
	}
}

func TestTokensForgetTheOldestOnes(t *testing.T) {
	t.Parallel()
	tokens := mailgun.NewTokens(2)
	for _, token := range []string{"a", "b", "b", "c"} {
		require.NoError(t, tokens.Add(t.Context(), token))
	}
	for token, want := range map[string]bool{"a": false, "b": true, "c": true} {
		used, err := tokens.Used(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, want, used, token)
	}
}

func TestAHandlerWithoutAKeyIsNotMade(t *testing.T) {
	t.Parallel()
	_, err := mailgun.New(&inboundtest.Desk{}, nil)
	require.ErrorContains(t, err, "Keys is empty")
	_, err = mailgun.New(&inboundtest.Desk{}, &mailgun.Config{Keys: []string{key, ""}, Tolerance: -1})
	require.ErrorContains(t, err, "Keys[1] is empty")
	require.ErrorContains(t, err, "Tolerance is negative")
}

// take posts a signed form and returns the resulting mail of the desk.
func take(t testing.TB, parts ...part) inboundtest.Mail {
	desk := &inboundtest.Desk{}
	h, err := mailgun.New(desk, &mailgun.Config{Keys: []string{key}, Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}})
	require.NoError(t, err)
	status, answer := inboundtest.Serve(t, h, post(append(signed(key, "t", now), parts...)...))
	require.Equal(t, http.StatusOK, status, "%v", answer)
	require.Len(t, desk.Mails(), 1)
	return desk.Mails()[0]
}

func TestAttachmentsKeepNameTypeContentAndPlaceInTheText(t *testing.T) {
	t.Parallel()
	m := take(t, part{Field: "message-headers", Content: `[["From","a@example.org"],["Subject","=?utf-8?q?Gr=C3=BC=C3=9Fe?="],["X-Odd"],[1,2]]`},
		part{Field: "body-html", Content: `<p>see <img src="cid:logo"></p>`},
		part{Field: "attachment-count", Content: "2"},
		part{Field: "content-id-map", Content: `{"<logo>":"attachment-2"}`},
		part{Field: "attachment-1", File: "report.pdf", Type: "application/pdf", Content: "%PDF"},
		part{Field: "attachment-2", File: "logo.png", Type: "image/png", Content: "\x89PNG"})
	require.Equal(t, "Grüße", m.Subject)
	require.Equal(t, []string{"%PDF", "\x89PNG"}, m.Contents)
	require.Equal(t, "report.pdf", m.Files[0].Name)
	require.Equal(t, "application/pdf", m.Files[0].Type)
	require.Equal(t, "logo", m.Files[1].ContentID)
	require.True(t, m.Files[1].Inline)
	require.False(t, m.Files[0].Inline)
}

func TestAnEmptySenderOfTheEnvelopeIsKnownInBothForms(t *testing.T) {
	t.Parallel()
	sender := part{Field: "sender"}
	for _, m := range []inboundtest.Mail{
		take(t, sender, part{Field: "body-mime", Content: "From: Postal <info@mx.example>\nSubject: About your mail\n\nIt is on its way.\n"}),
		take(t, sender, part{Field: "message-headers", Content: `[["From","info@mx.example"],["Subject","About your mail"]]`}, part{Field: "body-plain", Content: "It is on its way.\n"}),
	} {
		require.NotEqual(t, helpdesk.MailMessage, m.Kind)
		require.Equal(t, "Return-Path: <>", m.Reason)
	}
}

func TestAMailThatCannotBeReadIsReceivedAllTheSame(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, take(t, part{Field: "body-mime"}).Problem)
}

func TestASignedPostWithoutAMailEndsWith406(t *testing.T) {
	t.Parallel()
	h, err := mailgun.New(&inboundtest.Desk{}, &mailgun.Config{Keys: []string{key}, Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}})
	require.NoError(t, err)
	status, _ := inboundtest.Serve(t, h, post(append(signed(key, "t", now), part{Field: "body-plain", Content: "x"})...))
	require.Equal(t, http.StatusNotAcceptable, status)
}

func TestRealPostsAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range inboundtest.Cases(t, "mailgun") {
		desk := &inboundtest.Desk{}
		seconds, err := strconv.ParseInt(c.Fields["timestamp"], 10, 64)
		require.NoError(t, err)
		at := helpdesk.ClockFunc(func() time.Time { return time.Unix(seconds, 0).Add(time.Minute) })
		h, err := mailgun.New(desk, &mailgun.Config{Keys: []string{c.Key}, Webhook: email.Webhook{Clock: at, Logger: inboundtest.Quiet}})
		require.NoError(t, err)
		status, _ := inboundtest.Serve(t, h, urlencoded(c.Parts()...))
		require.Equal(t, http.StatusOK, status)
		require.Len(t, desk.Mails(), 1)
		c.Check(t, desk.Mails()[0])
	}
}

func FuzzPost(f *testing.F) {
	f.Add(`[["From","a@example.org"],["Subject","x"]]`, "a@example.org", "s@acme.example,t@acme.example", "text", "attachment-1", `{"<x>":"attachment-1"}`, false)
	f.Add("", "", "", "From: a@example.org\r\n\r\nHello", "", "", true)
	f.Fuzz(func(t *testing.T, headers, sender, recipient, text, file, ids string, whole bool) {
		parts := []part{{Field: "message-headers", Content: headers}, {Field: "from", Content: sender}, {Field: "sender", Content: sender}, {Field: "recipient", Content: recipient},
			{Field: "body-plain", Content: text}, {Field: file, File: file, Content: text}, {Field: "content-id-map", Content: ids}}
		if whole {
			parts = append(parts, part{Field: "body-mime", Content: text})
		}
		m := take(t, parts...)
		require.NotEmpty(t, m.ID)
		require.True(t, utf8.ValidString(m.Subject+m.Text+m.Full+m.HTML+m.From.Name+strings.Join(m.Recipients, "")))
	})
}

func TestResultsOfTheSpamFilterCountWhenItIsOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		headers, sender, want string
		checked               bool
	}{
		{"X-Mailgun-Spf: Pass", "a@example.org", "authenticated", true},
		{"X-Mailgun-Spf: Pass", "a@example.org", "", false},
		{"X-Mailgun-Spf: Fail\r\nX-Mailgun-Spf: Pass", "a@example.org", "unknown", true}, // the second came with the mail
		{"X-Mailgun-Spf: Pass", "a@evil.example", "unknown", true},
		{"X-Mailgun-Dkim-Check-Result: Pass\r\nDKIM-Signature: v=1; d=example.org; s=x; b=y", "a@evil.example", "authenticated", true},
		{"X-Mailgun-Dkim-Check-Result: Pass\r\nDKIM-Signature: v=1; d=evil.example\r\nDKIM-Signature: v=1; d=example.org", "a@evil.example", "unknown", true},
	} {
		desk := &inboundtest.Desk{}
		h, err := mailgun.New(desk, &mailgun.Config{Keys: []string{key}, Checked: c.checked, Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}})
		require.NoError(t, err)
		status, _ := inboundtest.Serve(t, h, post(append(signed(key, "t", now), part{Field: "recipient", Content: "support@acme.example"},
			part{Field: "sender", Content: c.sender}, part{Field: "body-mime", Content: c.headers + "\r\nFrom: a@example.org\r\n\r\nHi\r\n"})...))
		require.Equal(t, http.StatusOK, status)
		require.EqualValues(t, c.want, desk.Mails()[0].Verdict.State, c)
	}
}
