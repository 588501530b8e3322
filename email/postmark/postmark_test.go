package postmark_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/postmark"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

func post(body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/mail", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.SetBasicAuth("postmark", "open sesame")
	return r
}

func object(fields map[string]any) []byte {
	b, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return b
}

func raw(id, text string, to ...string) *http.Request {
	return post(object(map[string]any{"MessageID": "delivery of " + id, "OriginalRecipient": to[0],
		"RawEmail": fmt.Sprintf("From: Writer <writer@example.org>\r\nMessage-ID: <%s>\r\nSubject: A question\r\n\r\n%s\r\n", id, text)}))
}

func parsed(id, text string, to ...string) *http.Request {
	return post(object(map[string]any{"MessageID": "delivery of " + id, "OriginalRecipient": to[0], "FromFull": map[string]string{"Email": "writer@example.org", "Name": "Writer"},
		"Subject": "A question", "TextBody": text, "Headers": []map[string]string{{"Name": "Message-ID", "Value": "<" + id + ">"}}}))
}

func TestPostsKeepTheContractOfWebhooks(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string, string, ...string) *http.Request{"raw": raw, "parsed": parsed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inboundtest.Contract(t, inboundtest.Provider{
				New: func(desk email.Receiver, common email.Webhook) (http.Handler, error) {
					return postmark.New(desk, &postmark.Config{Webhook: common, User: "postmark", Password: "open sesame"})
				},
				Post: form, Unknown: http.StatusForbidden, MaxSize: 40 << 20,
			})
		})
	}
}

func TestOnlyThePasswordLetsIn(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	h, err := postmark.New(desk, &postmark.Config{Webhook: email.Webhook{Logger: inboundtest.Quiet}, User: "postmark", Password: "open sesame"})
	require.NoError(t, err)
	for _, c := range [][2]string{{"postmark", "open sesamE"}, {"postmark", ""}, {"", "open sesame"}, {"postmark", "open sesame "}} {
		r := raw("a@example.org", "x", "s@acme.example")
		r.SetBasicAuth(c[0], c[1])
		status, _ := inboundtest.Serve(t, h, r)
		require.Equal(t, http.StatusUnauthorized, status, "%q", c)
	}
	r := raw("a@example.org", "x", "s@acme.example")
	r.Header.Del("Authorization")
	status, _ := inboundtest.Serve(t, h, r)
	require.Equal(t, http.StatusUnauthorized, status)
	require.Zero(t, desk.Calls())
}

func TestAnAddressThatGuessesIsToldToWaitAndRealMailIsNot(t *testing.T) {
	t.Parallel()
	desk, log := &inboundtest.Desk{}, &strings.Builder{}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h, err := postmark.New(desk, &postmark.Config{
		Webhook: email.Webhook{Logger: slog.New(slog.NewTextHandler(log, nil)), Clock: helpdesk.ClockFunc(func() time.Time { return now })},
		User:    "postmark", Password: "open sesame",
	})
	require.NoError(t, err)
	guess := func(from string) *httptest.ResponseRecorder {
		r := raw("a@example.org", "x", "s@acme.example")
		r.SetBasicAuth("postmark", "open sesamE")
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	answers := map[int]int{}
	for i := range 1000 {
		answers[guess(fmt.Sprintf("[2001:db8::%x]:1", i)).Code]++
	}
	require.Equal(t, map[int]int{401: 30, 429: 970}, answers)
	require.Equal(t, 30, strings.Count(log.String(), "\n"), "what is told to wait fills no log")
	require.Equal(t, "2", guess("[2001:db8::1]:1").Header().Get("Retry-After"))
	require.Equal(t, 401, guess("192.0.2.1:1").Code)

	r := raw("b@example.org", "Hello", "s@acme.example")
	r.RemoteAddr = "[2001:db8::1]:1"
	status, _ := inboundtest.Serve(t, h, r)
	require.Equal(t, 200, status, "a real mail of the same address")
	now = now.Add(2 * time.Second)
	require.Equal(t, 401, guess("[2001:db8::1]:1").Code)
}

func TestAHandlerWithoutAPasswordIsNotMade(t *testing.T) {
	t.Parallel()
	_, err := postmark.New(&inboundtest.Desk{}, nil)
	require.ErrorContains(t, err, "Password is empty")
}

// serve posts a body and returns the status, and the mail when there is one.
func serve(t testing.TB, body []byte) (int, *inboundtest.Mail) {
	desk := &inboundtest.Desk{}
	h, err := postmark.New(desk, &postmark.Config{Webhook: email.Webhook{Logger: inboundtest.Quiet}, User: "postmark", Password: "open sesame"})
	require.NoError(t, err)
	status, _ := inboundtest.Serve(t, h, post(body))
	if mails := desk.Mails(); len(mails) == 1 {
		return status, &mails[0]
	}
	return status, nil
}

func TestAPostOfAnInboundStreamIsRead(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile("testdata/inbound.json")
	require.NoError(t, err)
	status, m := serve(t, body)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "postmark:0d6a2c51-51f8-4a0c-9c2b-2b9c1f3a7e10", m.ID)
	require.Equal(t, "CAH7-order-17@mail.example.org", m.MessageID)
	require.Equal(t, []string{"7q2m@desk.example"}, m.InReplyTo)
	require.Equal(t, helpdesk.Contact{Name: "Zoë, Müller", Email: "zoe@example.org"}, m.From)
	require.Equal(t, "zoe.private@example.org", m.ReplyTo)
	require.ElementsMatch(t, []string{"support@acme.example", "sales@acme.example", "support+k4@inbound.example"}, m.Recipients)
	require.Equal(t, "Order 17 – wrong colour", m.Subject)
	require.Equal(t, "The vase is blue.", m.Text)
	require.Equal(t, []string{"hello, file", "\x89PNG\r\n"}, m.Contents)
	require.Equal(t, "note.txt", m.Files[0].Name)
	require.EqualValues(t, 11, m.Files[0].Size)
	require.EqualValues(t, 6, m.Files[1].Size)
	require.True(t, m.Files[1].Inline)
	require.False(t, m.SentAt.IsZero())
}

func TestTheWholeMessageIsPreferredToItsParts(t *testing.T) {
	t.Parallel()
	_, m := serve(t, object(map[string]any{"Subject": "part", "TextBody": "part", "RawEmail": "From: a@example.org\r\nSubject: whole\r\n\r\nwhole\r\n"}))
	require.Equal(t, "whole", m.Subject)
	require.Contains(t, m.Bytes, "Subject: whole")
}

func TestABrokenAttachmentIsKeptAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	status, m := serve(t, object(map[string]any{"From": "a@example.org", "Attachments": []map[string]any{{"Name": "x", "Content": "aGVsbG8sIGZp%%%"}}}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, []string{"hello, fi"}, m.Contents)
	require.EqualValues(t, 9, m.Files[0].Size)
	require.Equal(t, `attachment "x" is broken`, m.Problem)
}

func TestAPostThatIsNoMailEndsWith403(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "{", "[]", "{}", "null", `{"Subject":7}`, `"mail"`} {
		status, m := serve(t, []byte(body))
		require.Equal(t, http.StatusForbidden, status, body)
		require.Nil(t, m)
	}
}

func FuzzPost(f *testing.F) {
	body, err := os.ReadFile("testdata/inbound.json")
	require.NoError(f, err)
	f.Add(body)
	f.Add(object(map[string]any{"RawEmail": "From: a@example.org\r\n\r\nHello"}))
	f.Add(object(map[string]any{"FromFull": map[string]string{"Name": "\"\\\r\n", "Email": "<>"}, "Attachments": []any{map[string]any{"Content": base64.StdEncoding.EncodeToString([]byte("x"))}}}))
	f.Fuzz(func(t *testing.T, body []byte) {
		status, m := serve(t, body)
		require.Contains(t, []int{http.StatusOK, http.StatusForbidden}, status)
		if m != nil {
			require.NotEmpty(t, m.ID)
			require.True(t, utf8.ValidString(m.Subject+m.Text+m.Full+m.HTML+m.From.Name))
		}
	})
}

func TestResultsThatPostmarkAddsAreTheSendersState(t *testing.T) {
	t.Parallel()
	spf := func(result, path string) map[string]any {
		return map[string]any{"Name": "Received-SPF", "Value": result + " (x) identity=mailfrom; client-ip=192.0.2.1; envelope-from=" + path + "; receiver=b"}
	}
	tests := func(names string) map[string]any { return map[string]any{"Name": "X-Spam-Tests", "Value": names} }
	for _, c := range []struct {
		headers []any
		want    string
	}{
		{[]any{spf("Pass", "a@mail.example.org")}, "authenticated"}, {[]any{spf("Pass", "a@evil.example")}, "unknown"},
		{[]any{spf("Pass", "a@example.org; envelope-from=a@evil.example")}, "unknown"}, // the first is of helo
		{[]any{spf("Fail", "a@example.org"), spf("Pass", "a@example.org")}, "unknown"}, // the second came with the mail
		{[]any{tests("DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU")}, "authenticated"}, {[]any{tests("DKIM_SIGNED,DKIM_VALID")}, "unknown"},
		{[]any{tests("DKIM_SIGNED"), tests("DKIM_VALID_AU")}, "unknown"}, {nil, ""},
	} {
		_, m := serve(t, object(map[string]any{"FromFull": map[string]string{"Email": "a@example.org"}, "TextBody": "Hi", "Headers": c.headers}))
		require.EqualValues(t, c.want, m.Verdict.State, c)
	}
}
