package ses_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/ses"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

const (
	topic   = "arn:aws:sns:eu-central-1:123456789012:mail"
	certURL = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

var clock = helpdesk.ClockFunc(func() time.Time { return now })

// amazon is the side of SNS: it signs messages, and answers the requests of the handler.
type amazon struct {
	key  *rsa.PrivateKey
	cert []byte // PEM

	mu      sync.Mutex
	fetched []string
	status  int // of an answer; 0 is 200
}

// keys are slow to make.
var oneKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func newAmazon(t testing.TB) *amazon {
	a := &amazon{key: oneKey()}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sns.amazonaws.com"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour)}, &x509.Certificate{SerialNumber: big.NewInt(1)}, &a.key.PublicKey, a.key)
	require.NoError(t, err)
	a.cert = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return a
}

// RoundTrip answers the handler's client as Amazon.
func (a *amazon) RoundTrip(r *http.Request) (*http.Response, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fetched = append(a.fetched, r.URL.String())
	w := httptest.NewRecorder()
	if a.status != 0 {
		w.Header().Set("Location", "https://evil.example/")
		w.WriteHeader(a.status)
	}
	w.Write(a.cert)
	return w.Result(), nil
}

func (a *amazon) visited() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.fetched)
}

// sign adds a signature as Amazon's documentation describes it.
func (a *amazon) sign(t testing.TB, version string, m map[string]string) map[string]string {
	names := []string{"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"}
	if m["Type"] != "Notification" {
		names = []string{"Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"}
	}
	text := ""
	for _, name := range names {
		if value, ok := m[name]; ok {
			text += name + "\n" + value + "\n"
		}
	}
	hash := crypto.SHA1
	sum := sha1.Sum([]byte(text))
	digest := sum[:]
	if version == "2" {
		long := sha256.Sum256([]byte(text))
		hash, digest = crypto.SHA256, long[:]
	}
	signature, err := rsa.SignPKCS1v15(rand.Reader, a.key, hash, digest)
	require.NoError(t, err)
	m["SignatureVersion"], m["Signature"] = version, base64.StdEncoding.EncodeToString(signature)
	if m["SigningCertURL"] == "" {
		m["SigningCertURL"] = certURL
	}
	return m
}

func post(m map[string]string) *http.Request {
	body, _ := json.Marshal(m)
	r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
	r.Header.Set("Content-Type", "text/plain; charset=UTF-8")
	return r
}

// notice is a notification of SNS with a message of SES in it.
func notice(message any) map[string]string {
	text, _ := json.Marshal(message)
	return map[string]string{"Type": "Notification", "MessageId": "5a1c", "TopicArn": topic, "Subject": "Amazon SES Email Receipt Notification",
		"Message": string(text), "Timestamp": "2026-03-02T08:59:30.123Z"}
}

// received is the notice of SES about a mail.
func received(id string, action map[string]string, content any, to ...string) map[string]any {
	m := map[string]any{
		"notificationType": "Received",
		"mail":             map[string]any{"messageId": "ses-" + id, "source": "writer@example.org", "destination": to},
		"receipt":          map[string]any{"recipients": to, "action": action},
	}
	if content != nil {
		m["content"] = content
	}
	return m
}

func eml(id, text string) string {
	return fmt.Sprintf("From: Writer <writer@example.org>\r\nMessage-ID: <%s>\r\nSubject: A question\r\n\r\n%s\r\n", id, text)
}

func (a *amazon) config(common email.Webhook) *ses.Config {
	common.Clock, common.Logger = clock, inboundtest.Quiet
	return &ses.Config{Webhook: common, Topics: []string{"arn:aws:sns:other", topic}, Client: &http.Client{Transport: a}}
}

func TestNotificationsKeepTheContractOfWebhooks(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	bucket := &sync.Map{}
	for name, message := range map[string]func(id, text string, to ...string) any{
		"as text": func(id, text string, to ...string) any {
			return received(id, map[string]string{"type": "SNS", "encoding": "UTF-8"}, eml(id, text), to...)
		},
		"in base64": func(id, text string, to ...string) any {
			return received(id, map[string]string{"type": "SNS", "encoding": "BASE64"}, []byte(eml(id, text)), to...)
		},
		"in S3": func(id, text string, to ...string) any {
			bucket.Store("mails/"+id, eml(id, text))
			return received(id, map[string]string{"type": "S3", "bucketName": "mails", "objectKey": id}, nil, to...)
		},
	} {
		for _, version := range []string{"1", "2"} {
			t.Run(name+" version "+version, func(t *testing.T) {
				t.Parallel()
				inboundtest.Contract(t, inboundtest.Provider{
					New: func(desk email.Receiver, common email.Webhook) (http.Handler, error) {
						cfg := a.config(common)
						cfg.Fetch = func(_ context.Context, name, key string) (io.ReadCloser, error) {
							text, ok := bucket.Load(name + "/" + key)
							if !ok {
								return nil, errors.New("no such key")
							}
							return io.NopCloser(strings.NewReader(text.(string))), nil
						}
						return ses.New(desk, cfg)
					},
					Post: func(id, text string, to ...string) *http.Request {
						return post(a.sign(t, version, notice(message(id, text, to...))))
					},
					Unknown: http.StatusNotFound, MaxSize: 1 << 20,
				})
			})
		}
	}
}

func TestOnlyWhatAmazonSignedForOneOfTheTopicsIsTaken(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	mail := func() map[string]string {
		return notice(received("m", map[string]string{"type": "SNS"}, eml("m@example.org", "x"), "s@acme.example"))
	}
	change := func(field, value string) map[string]string { // without a new signature
		m := a.sign(t, "2", mail())
		m[field] = value
		return m
	}
	before := func(field, value string) map[string]string { // with a valid signature
		m := mail()
		m[field] = value
		return a.sign(t, "2", m)
	}
	without := func(field string) map[string]string {
		m := a.sign(t, "1", mail())
		delete(m, field)
		return m
	}
	noSubject := mail()
	delete(noSubject, "Subject")
	for name, c := range map[string]struct {
		message map[string]string
		status  int
		fetches int
	}{
		"signed, version 1":     {a.sign(t, "1", mail()), http.StatusOK, 1},
		"signed, version 2":     {a.sign(t, "2", mail()), http.StatusOK, 1},
		"without a subject":     {a.sign(t, "2", noSubject), http.StatusOK, 1},
		"in China":              {before("SigningCertURL", "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem"), http.StatusOK, 1},
		"an hour old":           {before("Timestamp", "2026-03-02T08:00:00.000Z"), http.StatusOK, 1},
		"too old":               {before("Timestamp", "2026-03-02T06:59:59.000Z"), http.StatusUnauthorized, 0},
		"ahead of time":         {before("Timestamp", "2026-03-02T11:00:01.000Z"), http.StatusUnauthorized, 0},
		"no time":               {before("Timestamp", "today"), http.StatusUnauthorized, 0},
		"another topic":         {before("TopicArn", topic+"2"), http.StatusUnauthorized, 0},
		"message changed":       {change("Message", "{}"), http.StatusUnauthorized, 1},
		"id changed":            {change("MessageId", "x"), http.StatusUnauthorized, 1},
		"subject changed":       {change("Subject", "x"), http.StatusUnauthorized, 1},
		"time changed":          {change("Timestamp", "2026-03-02T08:59:31.123Z"), http.StatusUnauthorized, 1},
		"topic changed":         {change("TopicArn", "arn:aws:sns:other"), http.StatusUnauthorized, 1},
		"version changed":       {change("SignatureVersion", "1"), http.StatusUnauthorized, 1},
		"unknown version":       {change("SignatureVersion", "3"), http.StatusUnauthorized, 1},
		"no signature":          {without("Signature"), http.StatusUnauthorized, 0},
		"no certificate":        {without("SigningCertURL"), http.StatusUnauthorized, 0},
		"signature is junk":     {change("Signature", "%%"), http.StatusUnauthorized, 0},
		"other signature":       {change("Signature", "AAAA"), http.StatusUnauthorized, 1},
		"certificate by http":   {before("SigningCertURL", strings.Replace(certURL, "https", "http", 1)), http.StatusUnauthorized, 0},
		"certificate elsewhere": {before("SigningCertURL", "https://sns.eu-central-1.amazonaws.com.evil.example/x.pem"), http.StatusUnauthorized, 0},
		"host looks alike":      {before("SigningCertURL", "https://sns.eu-central-1.amazonaws.com@evil.example/x.pem"), http.StatusUnauthorized, 0},
		"another service":       {before("SigningCertURL", "https://s3.eu-central-1.amazonaws.com/bucket/x.pem"), http.StatusUnauthorized, 0},
		"a bucket as host":      {before("SigningCertURL", "https://sns.bucket.s3.amazonaws.com/x.pem"), http.StatusUnauthorized, 0},
		"with a port":           {before("SigningCertURL", "https://sns.eu-central-1.amazonaws.com:8443/x.pem"), http.StatusUnauthorized, 0},
		"not a certificate":     {before("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/?x.pem"), http.StatusUnauthorized, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := &amazon{key: a.key, cert: a.cert}
			desk := &inboundtest.Desk{}
			h, err := ses.New(desk, site.config(email.Webhook{}))
			require.NoError(t, err)
			status, _ := inboundtest.Serve(t, h, post(c.message))
			require.Equal(t, c.status, status)
			require.Equal(t, status == http.StatusOK, desk.Calls() == 1)
			require.Len(t, site.visited(), c.fetches)
		})
	}
}

func TestACertificateIsFetchedOnceAndOnlyWhileItIsValid(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	desk, at := &inboundtest.Desk{}, now
	cfg := a.config(email.Webhook{})
	cfg.Clock = helpdesk.ClockFunc(func() time.Time { return at })
	cfg.Tolerance = 1000 * time.Hour
	h, err := ses.New(desk, cfg)
	require.NoError(t, err)
	send := func() int {
		status, _ := inboundtest.Serve(t, h, post(a.sign(t, "2", notice(received("m", nil, eml("m@example.org", "x"))))))
		return status
	}
	a.status = http.StatusFound
	require.Equal(t, http.StatusServiceUnavailable, send(), "a redirect is not followed")
	a.status = http.StatusInternalServerError
	require.Equal(t, http.StatusServiceUnavailable, send())
	a.status = 0
	cert := a.cert
	a.cert = []byte("<html>")
	require.Equal(t, http.StatusServiceUnavailable, send())
	a.cert = cert
	require.Equal(t, http.StatusOK, send())
	require.Equal(t, http.StatusOK, send())
	require.Equal(t, []string{certURL, certURL, certURL, certURL}, a.visited())
	at = now.Add(25 * time.Hour)
	require.Equal(t, http.StatusUnauthorized, send(), "the certificate has expired")
}

func subscription(topic, address string) map[string]string {
	return map[string]string{"Type": "SubscriptionConfirmation", "MessageId": "5a1d", "TopicArn": topic, "Token": "2336412f",
		"Message": "You have chosen to subscribe", "SubscribeURL": address, "Timestamp": "2026-03-02T08:59:30.123Z"}
}

func TestASubscriptionIsConfirmedForTopicsListenedToAlone(t *testing.T) {
	t.Parallel()
	const confirm = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f"
	a := newAmazon(t)
	for name, c := range map[string]struct {
		message map[string]string
		status  int
		visited []string
	}{
		"listened to":   {a.sign(t, "1", subscription(topic, confirm)), http.StatusOK, []string{certURL, confirm}},
		"another topic": {a.sign(t, "1", subscription("arn:aws:sns:eu-central-1:666:mail", confirm)), http.StatusUnauthorized, nil},
		"elsewhere":     {a.sign(t, "1", subscription(topic, "https://evil.example/")), http.StatusBadRequest, []string{certURL}},
		"not signed":    {subscription(topic, confirm), http.StatusUnauthorized, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := &amazon{key: a.key, cert: a.cert}
			h, err := ses.New(&inboundtest.Desk{}, site.config(email.Webhook{}))
			require.NoError(t, err)
			status, _ := inboundtest.Serve(t, h, post(c.message))
			require.Equal(t, c.status, status)
			require.Equal(t, c.visited, site.visited())
		})
	}
}

func TestWhatIsNoMailIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	end := subscription(topic, "https://sns.eu-central-1.amazonaws.com/")
	end["Type"] = "UnsubscribeConfirmation"
	words := notice(nil)
	words["Message"] = "Successfully validated SNS topic for Amazon SES event publishing."
	for name, c := range map[string]struct {
		message map[string]string
		status  int
	}{
		"words":               {a.sign(t, "1", words), http.StatusOK},
		"a delivery of ours":  {a.sign(t, "1", notice(map[string]any{"notificationType": "Delivery"})), http.StatusOK},
		"unsubscribed":        {a.sign(t, "1", end), http.StatusOK},
		"without its content": {a.sign(t, "1", notice(received("m", map[string]string{"type": "Lambda"}, nil))), http.StatusUnprocessableEntity},
		"in S3, and no Fetch": {a.sign(t, "1", notice(received("m", map[string]string{"type": "S3", "bucketName": "b", "objectKey": "k"}, nil))), http.StatusUnprocessableEntity},
		"broken base64":       {a.sign(t, "1", notice(received("m", map[string]string{"encoding": "BASE64"}, "%%%"))), http.StatusUnprocessableEntity},
		"of no type":          {map[string]string{"Type": "Hello"}, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk := &inboundtest.Desk{}
			h, err := ses.New(desk, a.config(email.Webhook{}))
			require.NoError(t, err)
			status, _ := inboundtest.Serve(t, h, post(c.message))
			require.Equal(t, c.status, status)
			require.Zero(t, desk.Calls())
		})
	}
	h, err := ses.New(&inboundtest.Desk{}, a.config(email.Webhook{}))
	require.NoError(t, err)
	r := post(a.sign(t, "1", words))
	r.Header.Set("X-Amz-Sns-Rawdelivery", "true")
	status, _ := inboundtest.Serve(t, h, r)
	require.Equal(t, http.StatusUnauthorized, status)
}

func TestAMailInS3IsFetchedWithinTheLimit(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	for _, c := range []struct {
		max    int64
		fail   error
		status int
	}{{1 << 20, nil, http.StatusOK}, {40, nil, http.StatusRequestEntityTooLarge}, {1 << 20, errors.New("away"), http.StatusServiceUnavailable}} {
		desk := &inboundtest.Desk{}
		cfg := a.config(email.Webhook{})
		cfg.MaxMail = c.max
		cfg.Fetch = func(_ context.Context, bucket, key string) (io.ReadCloser, error) {
			require.Equal(t, "mails/2026/key", bucket+"/"+key)
			return io.NopCloser(strings.NewReader(eml("m@example.org", "from S3"))), c.fail
		}
		h, err := ses.New(desk, cfg)
		require.NoError(t, err)
		status, _ := inboundtest.Serve(t, h, post(a.sign(t, "2", notice(received("m", map[string]string{"type": "S3", "bucketName": "mails", "objectKey": "2026/key"}, nil, "s@acme.example")))))
		require.Equal(t, c.status, status)
		if status == http.StatusOK {
			require.Equal(t, "from S3", desk.Mails()[0].Full)
			require.Equal(t, "ses:ses-m", desk.Mails()[0].ID)
			require.Contains(t, desk.Mails()[0].Bytes, "Return-Path: <writer@example.org>\r\nDelivered-To: s@acme.example\r\nFrom:")
		}
	}
}

func TestAHandlerWithoutATopicIsNotMade(t *testing.T) {
	t.Parallel()
	_, err := ses.New(&inboundtest.Desk{}, nil)
	require.ErrorContains(t, err, "Topics is empty")
	_, err = ses.New(&inboundtest.Desk{}, &ses.Config{Topics: []string{""}, Tolerance: -1, MaxMail: -1})
	require.ErrorContains(t, err, "Topics[0] is empty")
	require.ErrorContains(t, err, "Tolerance is negative")
	require.ErrorContains(t, err, "MaxMail is negative")
}

func FuzzNotification(f *testing.F) {
	for _, m := range []any{received("m", map[string]string{"type": "SNS", "encoding": "BASE64"}, []byte(eml("m@example.org", "x")), "s@acme.example"), map[string]any{"notificationType": "Bounce"}} {
		text, err := json.Marshal(m)
		require.NoError(f, err)
		f.Add(string(text))
	}
	a := newAmazon(f)
	f.Fuzz(func(t *testing.T, message string) {
		h, err := ses.New(&inboundtest.Desk{}, a.config(email.Webhook{}))
		require.NoError(t, err)
		n := notice(nil)
		n["Message"] = strings.ToValidUTF8(message, "")
		status, _ := inboundtest.Serve(t, h, post(a.sign(t, "2", n)))
		require.Contains(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, status)
	})
}

func FuzzBody(f *testing.F) {
	f.Add([]byte(`{"Type":"Notification","TopicArn":"` + topic + `","Signature":"AAAA","SigningCertURL":"` + certURL + `","Timestamp":"2026-03-02T08:59:30Z","SignatureVersion":"1"}`))
	a := newAmazon(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		desk := &inboundtest.Desk{}
		h, err := ses.New(desk, a.config(email.Webhook{}))
		require.NoError(t, err)
		r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		status, _ := inboundtest.Serve(t, h, r)
		require.Contains(t, []int{http.StatusBadRequest, http.StatusUnauthorized}, status)
		require.Zero(t, desk.Calls())
	})
}

func TestVerdictsOfSESAreTheSendersState(t *testing.T) {
	t.Parallel()
	a := newAmazon(t)
	for _, c := range []struct{ from, spf, dkim, dmarc, want string }{
		{"From: writer@example.org", "PASS", "GRAY", "GRAY", "authenticated"}, // the envelope is of writer@example.org
		{"From: Writer <w@other.example>", "PASS", "GRAY", "PASS", "authenticated"},
		{"From: w@other.example", "PASS", "PASS", "FAIL", "failed"},
		{"From: w@other.example", "PASS", "PASS", "GRAY", "unknown"},
		{"DKIM-Signature: v=1; d=mail.other.example\r\nFrom: w@other.example", "FAIL", "PASS", "GRAY", "authenticated"},
		{"DKIM-Signature: v=1; d=evil.example\r\nFrom: w@other.example", "FAIL", "PASS", "GRAY", "unknown"},
		{"From: w@other.example\r\nFrom: x@example.org", "FAIL", "GRAY", "PASS", "unknown"}, // of which?
		{"From: w@other.example", "", "", "", ""},
	} {
		desk := &inboundtest.Desk{}
		h, err := ses.New(desk, a.config(email.Webhook{}))
		require.NoError(t, err)
		m := received("m", nil, c.from+"\r\nSubject: x\r\n\r\nHi\r\n", "support@acme.example")
		for name, status := range map[string]string{"spfVerdict": c.spf, "dkimVerdict": c.dkim, "dmarcVerdict": c.dmarc} {
			m["receipt"].(map[string]any)[name] = map[string]string{"status": status}
		}
		status, _ := inboundtest.Serve(t, h, post(a.sign(t, "2", notice(m))))
		require.Equal(t, http.StatusOK, status)
		require.EqualValues(t, c.want, desk.Mails()[0].Verdict.State, c)
	}
}
