package sendgrid_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/sendgrid"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var clock = helpdesk.ClockFunc(func() time.Time { return now })

// signer is SendGrid's side.
type signer struct{ *ecdsa.PrivateKey }

func newSigner(t testing.TB) signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return signer{key}
}

func (s signer) public(t testing.TB) string {
	der, err := x509.MarshalPKIXPublicKey(&s.PublicKey)
	require.NoError(t, err)
	return base64.StdEncoding.EncodeToString(der)
}

// sign signs a request as it is.
func (s signer) sign(t testing.TB, r *http.Request, at time.Time) *http.Request {
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	r.Body = io.NopCloser(bytes.NewReader(body))
	timestamp := strconv.FormatInt(at.Unix(), 10)
	digest := sha256.Sum256(append([]byte(timestamp), body...))
	signature, err := ecdsa.SignASN1(rand.Reader, s.PrivateKey, digest[:])
	require.NoError(t, err)
	r.Header.Set(sendgrid.TimestampHeader, timestamp)
	r.Header.Set(sendgrid.SignatureHeader, base64.StdEncoding.EncodeToString(signature))
	return r
}

func post(parts ...inboundtest.Part) *http.Request {
	contentType, body := inboundtest.Form(parts...)
	r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

func raw(id, text string, to ...string) *http.Request {
	envelope, _ := json.Marshal(map[string]any{"to": to, "from": "writer@example.org"})
	return post(inboundtest.Part{Field: "envelope", Content: string(envelope)}, inboundtest.Part{Field: "email", Content: fmt.Sprintf(
		"From: Writer <writer@example.org>\r\nMessage-ID: <%s>\r\nSubject: A question\r\n\r\n%s\r\n", id, text)})
}

func parsed(id, text string, to ...string) *http.Request {
	envelope, _ := json.Marshal(map[string]any{"to": to, "from": "writer@example.org"})
	return post(inboundtest.Part{Field: "headers", Content: fmt.Sprintf("From: Writer <writer@example.org>\nMessage-ID: <%s>\nSubject: A question\n", id)},
		inboundtest.Part{Field: "envelope", Content: string(envelope)}, inboundtest.Part{Field: "text", Content: text + "\n"})
}

func TestSignedPostsKeepTheContractOfWebhooks(t *testing.T) {
	t.Parallel()
	s := newSigner(t)
	for name, form := range map[string]func(string, string, ...string) *http.Request{"raw": raw, "parsed": parsed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inboundtest.Contract(t, inboundtest.Provider{
				New: func(desk email.Receiver, common email.Webhook) (http.Handler, error) {
					common.Clock = clock
					return sendgrid.New(desk, &sendgrid.Config{Webhook: common, Keys: []string{newSigner(t).public(t), s.public(t)}})
				},
				Post:    func(id, text string, to ...string) *http.Request { return s.sign(t, form(id, text, to...), now) },
				Unknown: http.StatusOK, MaxSize: 40 << 20,
			})
		})
	}
}

func TestOnlyRecentPostsSignedByOneOfTheKeysAreTaken(t *testing.T) {
	t.Parallel()
	s, other := newSigner(t), newSigner(t)
	for name, c := range map[string]struct {
		request *http.Request
		status  int
	}{
		"signed":             {s.sign(t, raw("a@b.example", "x"), now), http.StatusOK},
		"almost too old":     {s.sign(t, raw("a@b.example", "x"), now.Add(-5*time.Minute)), http.StatusOK},
		"too old":            {s.sign(t, raw("a@b.example", "x"), now.Add(-5*time.Minute-time.Second)), http.StatusUnauthorized},
		"ahead of time":      {s.sign(t, raw("a@b.example", "x"), now.Add(6*time.Minute)), http.StatusUnauthorized},
		"of somebody else":   {other.sign(t, raw("a@b.example", "x"), now), http.StatusUnauthorized},
		"not signed":         {raw("a@b.example", "x"), http.StatusUnauthorized},
		"signature is junk":  {with(s.sign(t, raw("a@b.example", "x"), now), sendgrid.SignatureHeader, "%%%"), http.StatusUnauthorized},
		"signature is empty": {with(s.sign(t, raw("a@b.example", "x"), now), sendgrid.SignatureHeader, ""), http.StatusUnauthorized},
		"time is no number":  {with(s.sign(t, raw("a@b.example", "x"), now), sendgrid.TimestampHeader, "soon"), http.StatusUnauthorized},
		"time was changed":   {with(s.sign(t, raw("a@b.example", "x"), now), sendgrid.TimestampHeader, strconv.FormatInt(now.Unix()+1, 10)), http.StatusUnauthorized},
		"body was changed":   {changed(s.sign(t, raw("a@b.example", "x"), now)), http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk := &inboundtest.Desk{}
			h, err := sendgrid.New(desk, &sendgrid.Config{Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}, Keys: []string{s.public(t)}})
			require.NoError(t, err)
			status, _ := inboundtest.Serve(t, h, c.request)
			require.Equal(t, c.status, status)
			require.Equal(t, status == http.StatusOK, desk.Calls() == 1)
		})
	}
}

func with(r *http.Request, header, value string) *http.Request {
	r.Header.Set(header, value)
	return r
}

func changed(r *http.Request) *http.Request {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(bytes.Replace(body, []byte("A question"), []byte("B question"), 1)))
	return r
}

func TestAPasswordIsAskedForBeforeTheBodyIsRead(t *testing.T) {
	t.Parallel()
	h, err := sendgrid.New(&inboundtest.Desk{}, &sendgrid.Config{Webhook: email.Webhook{Logger: inboundtest.Quiet}, User: "sendgrid", Password: "open sesame"})
	require.NoError(t, err)
	for _, c := range []struct {
		user, password string
		status         int
	}{
		{"sendgrid", "open sesame", http.StatusOK}, {"sendgrid", "open sesam", http.StatusUnauthorized},
		{"other", "open sesame", http.StatusUnauthorized}, {"sendgrid", "", http.StatusUnauthorized}, {"", "", http.StatusUnauthorized},
	} {
		r := raw("a@b.example", "x")
		r.SetBasicAuth(c.user, c.password)
		if c.status != http.StatusOK {
			r.Body = io.NopCloser(unread{t})
		}
		status, _ := inboundtest.Serve(t, h, r)
		require.Equal(t, c.status, status, "%q", c)
	}
	status, _ := inboundtest.Serve(t, h, raw("a@b.example", "x"))
	require.Equal(t, http.StatusUnauthorized, status)
}

type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestBothWaysOfProofHaveToBeRightWhenBothAreSet(t *testing.T) {
	t.Parallel()
	s := newSigner(t)
	h, err := sendgrid.New(&inboundtest.Desk{}, &sendgrid.Config{Webhook: email.Webhook{Clock: clock, Logger: inboundtest.Quiet}, Keys: []string{s.public(t)}, Password: "p"})
	require.NoError(t, err)
	status, _ := inboundtest.Serve(t, h, s.sign(t, raw("a@b.example", "x"), now))
	require.Equal(t, http.StatusUnauthorized, status)
	r := raw("a@b.example", "x")
	r.SetBasicAuth("", "p")
	status, _ = inboundtest.Serve(t, h, r)
	require.Equal(t, http.StatusUnauthorized, status)
	r = s.sign(t, raw("a@b.example", "x"), now)
	r.SetBasicAuth("", "p")
	status, _ = inboundtest.Serve(t, h, r)
	require.Equal(t, http.StatusOK, status)
}

func TestAHandlerWithoutProofOrWithAWrongKeyIsNotMade(t *testing.T) {
	t.Parallel()
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	_, err = sendgrid.New(&inboundtest.Desk{}, nil)
	require.ErrorContains(t, err, "Keys is empty")
	_, err = sendgrid.New(&inboundtest.Desk{}, &sendgrid.Config{Keys: []string{"%", "AAAA", signer{p384}.public(t)}, Tolerance: -1})
	require.ErrorContains(t, err, "Keys[0] is not base64")
	require.ErrorContains(t, err, "Keys[1] is not a public key in DER")
	require.ErrorContains(t, err, "Keys[2] is not an ECDSA key on curve P-256")
	require.ErrorContains(t, err, "Tolerance is negative")
}

// take posts a form with a password and returns the resulting mail of the desk.
func take(t testing.TB, parts ...inboundtest.Part) inboundtest.Mail {
	desk := &inboundtest.Desk{}
	h, err := sendgrid.New(desk, &sendgrid.Config{Password: "p", Webhook: email.Webhook{Logger: inboundtest.Quiet}})
	require.NoError(t, err)
	r := post(parts...)
	r.SetBasicAuth("", "p")
	status, answer := inboundtest.Serve(t, h, r)
	require.Equal(t, http.StatusOK, status, "%v", answer)
	require.Len(t, desk.Mails(), 1)
	return desk.Mails()[0]
}

func TestFieldsInOtherCharsetsAreDecoded(t *testing.T) {
	t.Parallel()
	m := take(t,
		inboundtest.Part{Field: "from", Content: "J\xfcrgen <j@example.org>"},
		inboundtest.Part{Field: "subject", Content: "\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd"},
		inboundtest.Part{Field: "text", Content: "gr\xfc\xdfe"},
		inboundtest.Part{Field: "html", Content: "<p>gr\xc3\xbc\xc3\x9fe</p>"},
		inboundtest.Part{Field: "charsets", Content: `{"from":"iso-8859-1","subject":"shift_jis","text":"ISO-8859-15","html":"no such charset"}`})
	require.Equal(t, "Jürgen", m.From.Name)
	require.Equal(t, "こんにちは", m.Subject)
	require.Equal(t, "grüße", m.Text)
	require.Equal(t, "<p>grüße</p>", m.HTML)
}

func TestAttachmentsKeepNameTypeContentAndPlaceInTheText(t *testing.T) {
	t.Parallel()
	m := take(t,
		inboundtest.Part{Field: "headers", Content: "From: a@example.org\nSubject: files\n"},
		inboundtest.Part{Field: "html", Content: `<p>see <img src="cid:logo"></p>`},
		inboundtest.Part{Field: "attachments", Content: "3"},
		inboundtest.Part{Field: "attachment-info", Content: `{"attachment1":{"filename":"übersicht.pdf","type":"application/pdf"},"attachment2":{"name":"logo.png","type":"image/png","content-id":"logo"},"attachment3":7}`},
		inboundtest.Part{Field: "content-ids", Content: `{"logo":"attachment2"}`},
		inboundtest.Part{Field: "attachment1", File: "uebersicht.pdf", Type: "application/octet-stream", Content: "%PDF"},
		inboundtest.Part{Field: "attachment2", File: "logo.png", Type: "image/png", Content: "\x89PNG"},
		inboundtest.Part{Field: "attachmentX", File: "not.one", Content: "no"})
	require.Equal(t, []string{"%PDF", "\x89PNG"}, m.Contents)
	require.Equal(t, "übersicht.pdf", m.Files[0].Name)
	require.Equal(t, "application/pdf", m.Files[0].Type)
	require.Equal(t, "logo", m.Files[1].ContentID)
	require.True(t, m.Files[1].Inline)
	require.False(t, m.Files[0].Inline)
	require.EqualValues(t, 4, m.Files[0].Size)
	require.Equal(t, "image/png", m.Files[1].Type)
}

func TestAnEmptySenderOfTheEnvelopeIsKnownInBothForms(t *testing.T) {
	t.Parallel()
	envelope := inboundtest.Part{Field: "envelope", Content: `{"to":["support@acme.example"],"from":""}`}
	header := "From: Postal <info@mx.example>\nSubject: About your mail\n"
	for _, m := range []inboundtest.Mail{
		take(t, envelope, inboundtest.Part{Field: "email", Content: header + "\nIt is on its way.\n"}),
		take(t, envelope, inboundtest.Part{Field: "headers", Content: header}, inboundtest.Part{Field: "text", Content: "It is on its way.\n"}),
	} {
		require.NotEqual(t, helpdesk.MailMessage, m.Kind)
		require.Equal(t, "Return-Path: <>", m.Reason)
	}
}

func TestAMailThatCannotBeReadIsReceivedAllTheSame(t *testing.T) {
	t.Parallel()
	m := take(t, inboundtest.Part{Field: "email", Content: ""})
	require.NotEmpty(t, m.Problem)
}

func TestAFormWithoutAMailIsRefused(t *testing.T) {
	t.Parallel()
	h, err := sendgrid.New(&inboundtest.Desk{}, &sendgrid.Config{Password: "p", Webhook: email.Webhook{Logger: inboundtest.Quiet}})
	require.NoError(t, err)
	for _, body := range []string{"--x\r\n\r\n--x--\r\n", "no form at all", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n--x--\r\n",
		strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n\r\n", 1001) + "--x--\r\n"} {
		r := httptest.NewRequest(http.MethodPost, "/mail", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.SetBasicAuth("", "p")
		status, _ := inboundtest.Serve(t, h, r)
		require.Equal(t, http.StatusBadRequest, status)
	}
}

func TestRealPostsAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range inboundtest.Cases(t, "sendgrid") {
		c.Check(t, take(t, c.Parts()...))
	}
}

func FuzzPost(f *testing.F) {
	f.Add("From: a@example.org\n", `{"to":["s@acme.example"],"from":""}`, `{"text":"utf-16le"}`, "text", "attachment1", `{"attachment1":{"filename":"x"}}`, false)
	f.Add("", "", "", "From: a@example.org\r\n\r\nHello", "", "", true)
	f.Fuzz(func(t *testing.T, headers, envelope, charsets, text, file, info string, whole bool) {
		parts := []inboundtest.Part{{Field: "headers", Content: headers}, {Field: "envelope", Content: envelope}, {Field: "charsets", Content: charsets},
			{Field: "text", Content: text}, {Field: file, File: file, Content: text}, {Field: "attachment-info", Content: info}, {Field: "content-ids", Content: info}}
		if whole {
			parts = []inboundtest.Part{{Field: "email", Content: text}, {Field: "envelope", Content: envelope}}
		}
		m := take(t, parts...)
		require.NotEmpty(t, m.ID)
		require.True(t, utf8.ValidString(m.Subject+m.Text+m.Full+m.HTML+m.From.Name+strings.Join(m.Recipients, "")))
	})
}

func FuzzBody(f *testing.F) {
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=email\r\n\r\nFrom: a@b.c\r\n\r\nhi\r\n--x--"))
	f.Add("application/x-www-form-urlencoded", []byte("from=a%40b.c&text=hi&%zz"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		h, err := sendgrid.New(&inboundtest.Desk{}, &sendgrid.Config{Password: "p", Webhook: email.Webhook{Logger: inboundtest.Quiet}})
		require.NoError(t, err)
		r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		r.SetBasicAuth("", "p")
		status, _ := inboundtest.Serve(t, h, r)
		require.Contains(t, []int{http.StatusOK, http.StatusBadRequest, http.StatusUnsupportedMediaType}, status)
	})
}

func TestVerdictOfSendGridIsTheSendersState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spf, dkim, path, want string }{
		{"pass", "none", "bounce@mail.example.org", "authenticated"}, {"fail", "{@evil.example : pass, @example.org : pass}", "a@evil.example", "authenticated"},
		{"pass", "{@evil.example : pass}", "a@evil.example", "unknown"}, {"softfail", "{@example.org : fail}", "a@example.org", "unknown"}, {"", "", "a@example.org", ""},
	} {
		m := take(t, inboundtest.Part{Field: "email", Content: "From: a@example.org\r\nAuthentication-Results: mx; dmarc=pass header.from=example.org\r\n\r\nHi\r\n"},
			inboundtest.Part{Field: "envelope", Content: `{"to":["support@acme.example"],"from":"` + c.path + `"}`},
			inboundtest.Part{Field: "SPF", Content: c.spf}, inboundtest.Part{Field: "dkim", Content: c.dkim})
		require.EqualValues(t, c.want, m.Verdict.State, c)
	}
}
