package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// post is a real mail server on the other side, which keeps what it gets.
type post struct {
	t     *testing.T
	url   string
	mails chan *mail.Message
}

func newPost(t *testing.T) *post {
	p := &post{t: t, mails: make(chan *mail.Message, 100)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &postman{p}, nil }))
	server.Domain = "customers.example"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	p.url = "smtp://" + l.Addr().String() + "?tls=none"
	return p
}

type postman struct{ *post }

func (s *postman) Mail(string, *smtp.MailOptions) error { return nil }
func (s *postman) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (s *postman) Reset()                               {}
func (s *postman) Logout() error                        { return nil }
func (s *postman) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err == nil {
		var m *mail.Message
		if m, err = mail.ReadMessage(bytes.NewReader(text)); err == nil {
			s.mails <- m
		}
	}
	return err
}

// next returns the next mail to a customer whose subject has the words, and its plain text.
func (p *post) next(words string) (*mail.Message, string) {
	p.t.Helper()
	for {
		select {
		case m := <-p.mails:
			subject, err := (&mime.WordDecoder{}).DecodeHeader(m.Header.Get("Subject"))
			require.NoError(p.t, err)
			if strings.Contains(m.Header.Get("To"), "kim@customers.example") && strings.Contains(subject, words) {
				return m, plainOf(p.t, m)
			}
		case <-p.t.Context().Done():
			p.t.Fatal("no such mail: " + words)
		}
	}
}

// plainOf reads the plain text of a mail.
func plainOf(t *testing.T, m *mail.Message) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(kind, "multipart/"), kind)
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
	require.NoError(t, err)
	var r io.Reader = part
	if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		r = quotedprintable.NewReader(part)
	}
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

// conversation is a running server and both sides of it.
type conversation struct {
	t    *testing.T
	base string
	lmtp string
	post *post
}

func converse(t *testing.T, args ...string) *conversation {
	c := &conversation{t: t, post: newPost(t)}
	t.Setenv("SMTP_URL", c.post.url)
	ctx, cancel := context.WithCancel(t.Context())
	said, stopped := make(lines, 20), make(chan error, 1)
	go func() {
		stopped <- run(ctx, append([]string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "desk.db"), "-lmtp", "127.0.0.1:0", "-survey", "1ns"}, args...), io.Discard, said)
	}()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-stopped)
	})
	for c.base == "" || c.lmtp == "" {
		select {
		case line := <-said:
			if found := regexp.MustCompile(`help desk on (http://[0-9.:]+)`).FindStringSubmatch(line); found != nil {
				c.base = found[1]
			}
			if found := regexp.MustCompile(`LMTP on ([0-9.:]+)`).FindStringSubmatch(line); found != nil {
				c.lmtp = found[1]
			}
		case err := <-stopped:
			stopped <- err
			require.NoError(t, err)
		}
	}
	return c
}

// send delivers a mail as the customer's mail server would.
func (c *conversation) send(to, text string) {
	c.t.Helper()
	conn, err := net.Dial("tcp", c.lmtp)
	require.NoError(c.t, err)
	client := smtp.NewClientLMTP(conn)
	defer client.Close()
	require.NoError(c.t, client.Hello("customers.example"))
	require.NoError(c.t, client.Mail("kim@customers.example", nil))
	require.NoError(c.t, client.Rcpt(to, nil))
	w, err := client.Data()
	require.NoError(c.t, err)
	_, err = io.WriteString(w, strings.ReplaceAll(text, "\n", "\r\n"))
	require.NoError(c.t, err)
	require.NoError(c.t, w.Close())
}

func (c *conversation) api(who, method, path, body string) map[string]any {
	c.t.Helper()
	req, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	require.NoError(c.t, err)
	req.Header.Set("X-Demo-Actor", who)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	require.NoError(c.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(c.t, err)
	require.Less(c.t, res.StatusCode, 300, string(text))
	var answer map[string]any
	require.NoError(c.t, json.Unmarshal(text, &answer))
	return answer
}

// A customer and an agent write to each other over real mail servers, from the first mail to the
// rating.
func testConversation(t *testing.T) {
	c := converse(t)
	const first = `From: Kim Berg <kim@customers.example>
To: support@example.com
Subject: Charged twice
Message-ID: <first@customers.example>
Date: Mon, 02 Mar 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Hello, you have charged my card twice for the March invoice. Please refund one payment.
-- 
Kim
`
	c.send("support@example.com", first)
	c.send("support@example.com", first) // the server did not hear our answer
	ack, _ := c.post.next("")
	require.Equal(t, "auto-replied", ack.Header.Get("Auto-Submitted"))
	tickets := c.api("agent:ana@example.com", "GET", "/api/tickets", "")["tickets"].([]any)
	require.Len(t, tickets, 1, "delivered twice, seen once")
	ref := tickets[0].(map[string]any)["ref"].(string)
	var ticket map[string]any
	require.Eventually(t, func() bool {
		ticket = c.api("agent:ana@example.com", "GET", "/api/tickets/"+ref, "")
		return ticket["assigned_to"] != nil
	}, time.Minute, 10*time.Millisecond, "it is triaged and assigned")
	require.Equal(t, "billing", ticket["category"])

	c.api("admin:boss@example.com", "PUT", "/api/mail-templates", `{"texts":{"en/reply":{"subject":"About {{subject}} [{{ref}}]","body":"Hello {{customer}},\n\n{{text}}\n\n{{agent}}"}}}`)
	c.api("agent:ana@example.com", "POST", "/api/tickets/"+ref+"/replies", `{"body":"Which card was it?","waiting":true}`)
	reply, text := c.post.next("About Charged twice")
	require.Contains(t, strings.ReplaceAll(text, "\r\n", "\n"), "Hello Kim Berg,\n\nWhich card was it?\n\nAna Silva\n", "as an admin has worded it")
	require.Equal(t, "<first@customers.example>", reply.Header.Get("In-Reply-To"))
	require.Empty(t, reply.Header.Get("Auto-Submitted"), "a person wrote it")
	to, err := mail.ParseAddress(reply.Header.Get("Reply-To"))
	require.NoError(t, err)

	answer := fmt.Sprintf(`From: Kim Berg <kim@customers.example>
To: %s
Subject: Re: Charged twice
Message-ID: <second@customers.example>
In-Reply-To: %s
References: <first@customers.example> %s
Content-Type: text/plain; charset=utf-8

The one that ends in 1111.

On Mon, Mar 2, 2026 at 10:00 AM Help desk <%s>
wrote:

> Which card was it?
>
`, to.Address, reply.Header.Get("Message-Id"), reply.Header.Get("Message-Id"), to.Address)
	c.send(to.Address, answer)
	c.send(to.Address, answer)
	ticket = c.api("agent:ana@example.com", "GET", "/api/tickets/"+ref, "")
	var said []string
	for _, m := range ticket["messages"].([]any) {
		said = append(said, m.(map[string]any)["body"].(string))
	}
	require.Equal(t, []string{
		"Hello, you have charged my card twice for the March invoice. Please refund one payment.", "Which card was it?", "The one that ends in 1111.",
	}, said, "quotes and signatures are left out, and each mail counts once")
	require.Equal(t, "in_progress", ticket["status"])

	c.api("agent:ana@example.com", "PATCH", "/api/tickets/"+ref+"/resolve", `{"agent_email":"ana@example.com","resolution_note":"Refunded."}`)
	for {
		_, text = c.post.next("")
		if link := regexp.MustCompile(`http://\S+(/help/rate/\S+)`).FindStringSubmatch(text); link != nil {
			res, err := http.PostForm(c.base+link[1], url.Values{"score": {"5"}, "comment": {"Quick."}})
			require.NoError(t, err)
			page, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			require.NoError(t, res.Body.Close())
			require.Equal(t, 200, res.StatusCode)
			require.Contains(t, string(page), "Thank you")
			break
		}
	}
	require.EqualValues(t, 5, c.api("agent:ana@example.com", "GET", "/api/tickets/"+ref, "")["rating"].(map[string]any)["score"])
}

func TestAConversationByMailOnSQLite(t *testing.T) { testConversation(t) }

func TestAConversationByMailOnPostgres(t *testing.T) {
	t.Setenv("DATABASE_URL", dbtest.PostgresURL(t))
	testConversation(t)
}

func TestInboundWebhooksSayWhatIsMissing(t *testing.T) {
	c := converse(t)
	res, err := http.Post(c.base+"/api/inbound/mailgun", "application/x-www-form-urlencoded", strings.NewReader("a=b"))
	require.NoError(t, err)
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	require.Equal(t, 404, res.StatusCode)
	require.Contains(t, string(text), "MAILGUN_KEY")
}
