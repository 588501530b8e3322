package lmtp_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"net/textproto"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/lmtp"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

// running is a server in its test's process.
type running struct {
	t    *testing.T
	addr string
	stop func() error // and waits for its end
}

func start(t *testing.T, desk email.Receiver, cfg *lmtp.Config) *running {
	cfg.Logger = inboundtest.Quiet
	s, err := lmtp.New(desk, cfg)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	stop := sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { require.NoError(t, stop()) })
	return &running{t, l.Addr().String(), stop}
}

// lmtp connects as a mail server does.
func (r *running) lmtp() *smtp.Client {
	conn, err := net.Dial("tcp", r.addr)
	require.NoError(r.t, err)
	c := smtp.NewClientLMTP(conn)
	require.NoError(r.t, c.Hello("mx.example"))
	r.t.Cleanup(func() { c.Close() })
	return c
}

// raw connects as a person at a keyboard does.
func (r *running) raw() *talk {
	conn, err := net.Dial("tcp", r.addr)
	require.NoError(r.t, err)
	r.t.Cleanup(func() { conn.Close() })
	c := &talk{r.t, conn, textproto.NewReader(bufio.NewReader(conn))}
	c.hear(220)
	return c
}

type talk struct {
	t *testing.T
	net.Conn
	r *textproto.Reader
}

func (c *talk) hear(code int) string {
	c.t.Helper()
	got, text, err := c.r.ReadResponse(code)
	require.NoError(c.t, err, "%d %s", got, text)
	return text
}

func (c *talk) say(line string, code int) string {
	c.t.Helper()
	_, err := io.WriteString(c, line+"\r\n")
	require.NoError(c.t, err)
	return c.hear(code)
}

// send delivers a mail and returns the answer for each recipient.
func send(t *testing.T, c *smtp.Client, from string, to []string, text string) map[string]error {
	answers := map[string]error{}
	require.NoError(t, c.Mail(from, nil))
	for _, a := range to {
		require.NoError(t, c.Rcpt(a, nil))
	}
	w, err := c.Data()
	require.NoError(t, err)
	_, err = io.WriteString(w, text)
	require.NoError(t, err)
	_, err = w.CloseWithLMTPResponse()
	var refused smtp.LMTPDataError
	if !errors.As(err, &refused) {
		require.NoError(t, err)
	}
	for rcpt, err := range refused {
		answers[rcpt] = err
	}
	return answers
}

func code(err error) int {
	var e *smtp.SMTPError
	if errors.As(err, &e) {
		return e.Code
	}
	return 250
}

func eml(id string) string {
	return "From: Writer <writer@example.org>\r\nTo: support@acme.example\r\nMessage-ID: <" + id + ">\r\nSubject: A question\r\n\r\nHello\r\n.\r\nyours\r\n"
}

func desks(d map[string]*inboundtest.Desk) email.Route {
	return func(_ context.Context, to string) (email.Receiver, error) {
		_, domain, _ := strings.Cut(to, "@")
		if domain == "away.example" {
			return nil, errors.New("database is away")
		}
		if desk := d[domain]; desk != nil {
			return desk, nil
		}
		return nil, helpdesk.ErrNotFound
	}
}

func TestEachRecipientGetsAnAnswerOfItsOwn(t *testing.T) {
	t.Parallel()
	acme, globex := &inboundtest.Desk{}, &inboundtest.Desk{}
	globex.Fail(func(*helpdesk.Incoming) error { return errors.New("database is away") })
	server := start(t, nil, &lmtp.Config{Route: desks(map[string]*inboundtest.Desk{"acme.example": acme, "globex.example": globex})})
	c := server.lmtp()
	require.NoError(t, c.Mail("writer@example.org", nil))
	err := c.Rcpt("who@nowhere.example", nil)
	require.Equal(t, 550, code(err))
	require.ErrorContains(t, err, "nobody here has this address")
	err = c.Rcpt("who@away.example", nil)
	require.Equal(t, 451, code(err))
	require.NotContains(t, err.Error(), "database")
	require.NoError(t, c.Reset())

	answers := send(t, c, "writer@example.org", []string{"Support+k4@acme.example", "help@globex.example", "sales@acme.example"}, eml("m1@example.org"))
	require.Equal(t, 250, code(answers["Support+k4@acme.example"]))
	require.Equal(t, 250, code(answers["sales@acme.example"]))
	require.Equal(t, 451, code(answers["help@globex.example"]))
	require.Len(t, acme.Mails(), 1)
	require.Empty(t, globex.Mails())
	m := acme.Mails()[0]
	require.Equal(t, "m1@example.org", m.MessageID)
	require.Contains(t, m.Bytes, "Return-Path: <writer@example.org>\r\nDelivered-To: support+k4@acme.example\r\nDelivered-To: sales@acme.example\r\nFrom: Writer")
	require.Contains(t, m.Bytes, "\r\n.\r\nyours\r\n")
	require.NotContains(t, m.Bytes, "globex", "a desk is not told of other tenants' recipients")

	globex.Fail(nil)
	answers = send(t, c, "writer@example.org", []string{"help@globex.example"}, eml("m1@example.org"))
	require.Equal(t, 250, code(answers["help@globex.example"]))
	require.Len(t, globex.Mails(), 1)
	require.NoError(t, c.Quit())
}

func TestBySMTPOneRecipientWhoHasToWaitMakesAllBeSentAgain(t *testing.T) {
	t.Parallel()
	acme, globex := &inboundtest.Desk{}, &inboundtest.Desk{}
	forget := &atomic.Bool{} // an address, between RCPT and DATA
	known := desks(map[string]*inboundtest.Desk{"acme.example": acme, "globex.example": globex})
	server := start(t, nil, &lmtp.Config{SMTP: true, Route: func(ctx context.Context, to string) (email.Receiver, error) {
		if forget.Load() && strings.HasPrefix(to, "gone@") {
			return nil, helpdesk.ErrNotFound
		}
		return known(ctx, to)
	}})
	deliver := func(code int) {
		c := server.raw()
		c.say("EHLO mx.example", 250)
		c.say("MAIL FROM:<a@example.org>", 250)
		c.say("RCPT TO:<who@nowhere.example>", 550)
		c.say("RCPT TO:<gone@acme.example>", 250)
		c.say("RCPT TO:<s@acme.example>", 250)
		c.say("RCPT TO:<s@globex.example>", 250)
		c.say("DATA", 354)
		forget.Store(true)
		c.say("Message-ID: <m@example.org>\r\n\r\nHello\r\n.", code)
		forget.Store(false)
	}
	globex.Fail(func(*helpdesk.Incoming) error { return errors.New("database is away") })
	deliver(451)
	globex.Fail(nil)
	deliver(550) // one recipient failed, and the sender is told
	require.Len(t, acme.Mails(), 1)
	require.Len(t, globex.Mails(), 1)
}

func TestAnEmptySenderIsThatOfABounce(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	c := start(t, desk, &lmtp.Config{}).lmtp()
	send(t, c, "", []string{"support@acme.example"}, "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail\r\n\r\nIt did not arrive.\r\n")
	require.NotEqual(t, helpdesk.MailMessage, desk.Mails()[0].Kind)
	require.Contains(t, desk.Mails()[0].Bytes, "Return-Path: <>\r\n")
}

func TestTheSameMailToTheSameAddressTwiceGetsAnAnswerForBoth(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	c := start(t, desk, &lmtp.Config{}).raw()
	c.say("LHLO mx.example", 250)
	c.say("MAIL FROM:<a@example.org>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("RCPT TO:<S@ACME.example>", 250)
	c.say("DATA", 354)
	c.say(eml("m1@example.org")[:60]+"\r\n\r\nHello\r\n.", 250)
	c.hear(250)
	c.hear(250)
	require.Len(t, desk.Mails(), 1)
}

func TestAMailWhoseAnswerWasLostIsReceivedOnce(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"with a Message-ID": eml("m1@example.org"), "without one": "From: writer@example.org\r\n\r\nHello\r\n"} {
		for _, smtp := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " smtp ", smtp), func(t *testing.T) {
				t.Parallel()
				desk, inside, leave := &inboundtest.Desk{}, make(chan bool, 2), make(chan bool, 2)
				desk.Fail(func(*helpdesk.Incoming) error { inside <- true; <-leave; return nil })
				server := start(t, desk, &lmtp.Config{SMTP: smtp})
				deliver := func() *talk {
					c := server.raw()
					c.say(map[bool]string{false: "LHLO mx.example", true: "EHLO mx.example"}[smtp], 250)
					c.say("MAIL FROM:<writer@example.org>", 250)
					c.say("RCPT TO:<support@acme.example>", 250)
					c.say("DATA", 354)
					_, err := io.WriteString(c, text+".\r\n")
					require.NoError(t, err)
					return c
				}
				c := deliver()
				<-inside
				c.Close() // before the answer
				leave <- true
				require.Eventually(t, func() bool { return len(desk.Mails()) == 1 }, 10*time.Second, time.Millisecond)
				leave <- true
				deliver().hear(250)
				require.Len(t, desk.Mails(), 1)
				require.Equal(t, 2, desk.Calls())
			})
		}
	}
}

func TestAMailThatBreaksOffIsNotReceived(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	server := start(t, desk, &lmtp.Config{})
	c := server.raw()
	c.say("LHLO mx.example", 250)
	c.say("MAIL FROM:<writer@example.org>", 250)
	c.say("RCPT TO:<support@acme.example>", 250)
	c.say("DATA", 354)
	_, err := io.WriteString(c, "From: a@example.org\r\n\r\nHalf of")
	require.NoError(t, err)
	c.Close()
	require.NoError(t, server.stop())
	require.Zero(t, desk.Calls())
}

func TestWhatAClientMayDoIsAnnounced(t *testing.T) {
	t.Parallel()
	for greeting, smtp := range map[string]bool{"LHLO": false, "EHLO": true} {
		c := start(t, &inboundtest.Desk{}, &lmtp.Config{SMTP: smtp}).raw()
		require.Equal(t, []string{"Hello mx.example", "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "SIZE 41943040", "LIMITS RCPTMAX=100"},
			strings.Split(c.say(greeting+" mx.example", 250), "\n"))
	}
}

func TestAMailInChunksIsReceivedThoughNotAskedFor(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	c := start(t, desk, &lmtp.Config{}).raw()
	c.say("LHLO mx.example", 250)
	c.say("MAIL FROM:<a@example.org>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("BDAT 30\r\nFrom: a@example.org\r\n\r\nfirst", 250) // with the end of its line
	c.say("BDAT 8 LAST\r\nsecond", 250)
	require.Equal(t, "first\nsecond", desk.Mails()[0].Full)
}

func TestItIsSpokenToByTLSWhenItsListenerIs(t *testing.T) {
	t.Parallel()
	web := httptest.NewUnstartedServer(nil) // for its certificate
	web.StartTLS()
	defer web.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: web.TLS.Certificates})
	require.NoError(t, err)
	desk := &inboundtest.Desk{}
	s, err := lmtp.New(desk, &lmtp.Config{Logger: inboundtest.Quiet})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, l) }()
	conn, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{InsecureSkipVerify: true})
	require.NoError(t, err)
	answers := send(t, smtp.NewClientLMTP(conn), "a@example.org", []string{"s@acme.example"}, eml("m@example.org"))
	require.Equal(t, 250, code(answers["s@acme.example"]))
	cancel()
	require.NoError(t, <-ended)
}

func TestAMailThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	server := start(t, desk, &lmtp.Config{MaxSize: 1000})
	c := server.raw()
	require.Contains(t, c.say("LHLO mx.example", 250), "SIZE 1000")
	c.say("MAIL FROM:<a@example.org> SIZE=1001", 552)
	c.say("MAIL FROM:<a@example.org>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("RCPT TO:<t@acme.example>", 250)
	c.say("DATA", 354)
	c.say(strings.Repeat("0123456789\r\n", 200)+".", 552)
	c.hear(552)
	require.Zero(t, desk.Calls())
	answers := send(t, server.lmtp(), "a@example.org", []string{"s@acme.example"}, "From: a@example.org\r\n\r\nsmall\r\n")
	require.Equal(t, 250, code(answers["s@acme.example"]))
}

func TestMoreRecipientsThanAllowedAreToBeSentApart(t *testing.T) {
	t.Parallel()
	c := start(t, &inboundtest.Desk{}, &lmtp.Config{MaxRecipients: 2}).raw()
	c.say("LHLO mx.example", 250)
	c.say("MAIL FROM:<a@example.org>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("RCPT TO:<t@acme.example>", 250)
	c.say("RCPT TO:<u@acme.example>", 452)
}

func TestAMailThatCannotBeReadIsReceivedAllTheSame(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	answers := send(t, start(t, desk, &lmtp.Config{}).lmtp(), "a@example.org", []string{"s@acme.example"}, "\x00\xff"+strings.Repeat("x", 100_000))
	require.Equal(t, 250, code(answers["s@acme.example"]))
	require.Len(t, desk.Mails(), 1)
}

func TestASilentClientIsNotWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	c := start(t, &inboundtest.Desk{}, &lmtp.Config{ReadTimeout: 20 * time.Millisecond}).raw()
	c.hear(421)
}

func TestADeskThatTakesTooLongHasTheMailSentAgain(t *testing.T) {
	t.Parallel()
	slow := email.ReceiverFunc(func(ctx context.Context, _ *helpdesk.Incoming) (*helpdesk.Mail, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	answers := send(t, start(t, slow, &lmtp.Config{ReceiveTimeout: time.Millisecond}).lmtp(), "a@example.org", []string{"s@acme.example"}, eml("m@example.org"))
	require.Equal(t, 451, code(answers["s@acme.example"]))
}

func TestAServerThatStopsAnswersTheMailsUnderWayAndNobodyElse(t *testing.T) {
	t.Parallel()
	desk, inside, leave := &inboundtest.Desk{}, make(chan bool), make(chan bool)
	desk.Fail(func(*helpdesk.Incoming) error { inside <- true; <-leave; return nil })
	server := start(t, desk, &lmtp.Config{StopTimeout: time.Hour})
	silent := server.raw()
	busy := server.raw()
	busy.say("LHLO mx.example", 250)
	busy.say("MAIL FROM:<a@example.org>", 250)
	busy.say("RCPT TO:<s@acme.example>", 250)
	busy.say("DATA", 354)
	_, err := io.WriteString(busy, eml("m@example.org")[:100]+"\r\n.\r\n")
	require.NoError(t, err)
	<-inside
	ended := make(chan error)
	go func() { ended <- server.stop() }()
	_, err = silent.r.ReadLine()
	require.Error(t, err)
	leave <- true
	busy.hear(250)
	require.NoError(t, <-ended)
	require.Len(t, desk.Mails(), 1)
	_, err = net.Dial("tcp", server.addr)
	require.Error(t, err)
}

func TestAServerThatStopsTellsADeskThatDoesNotEnd(t *testing.T) {
	t.Parallel()
	inside := make(chan bool)
	stuck := email.ReceiverFunc(func(ctx context.Context, _ *helpdesk.Incoming) (*helpdesk.Mail, error) {
		close(inside)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	server := start(t, stuck, &lmtp.Config{StopTimeout: time.Millisecond, ReceiveTimeout: time.Hour})
	c := server.raw()
	c.say("LHLO mx.example", 250)
	c.say("MAIL FROM:<a@example.org>", 250)
	c.say("RCPT TO:<s@acme.example>", 250)
	c.say("DATA", 354)
	_, err := io.WriteString(c, eml("m@example.org")[:100]+"\r\n.\r\n")
	require.NoError(t, err)
	<-inside
	require.NoError(t, server.stop())
	_, err = c.r.ReadLine()
	require.Error(t, err, "the connection is closed")
}

func TestManyMailsAtOnceAreAllReceivedOnce(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	server := start(t, desk, &lmtp.Config{Parallel: 2})
	var wg sync.WaitGroup
	for i := range 20 {
		c := server.lmtp()
		wg.Go(func() {
			for range 2 {
				answers := send(t, c, "a@example.org", []string{"s@acme.example"}, eml(fmt.Sprintf("m%d@example.org", i/2)))
				require.Equal(t, 250, code(answers["s@acme.example"]))
			}
		})
	}
	wg.Wait()
	require.Len(t, desk.Mails(), 10)
	require.Equal(t, 40, desk.Calls())
}

func TestItListensOnAUnixSocketAsWell(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	s, err := lmtp.New(desk, &lmtp.Config{Logger: inboundtest.Quiet})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "lmtp")
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.ListenAndServe(ctx, "unix", path) }()
	var conn net.Conn
	require.Eventually(t, func() bool { conn, err = net.Dial("unix", path); return err == nil }, 10*time.Second, time.Millisecond)
	c := smtp.NewClientLMTP(conn)
	answers := send(t, c, "a@example.org", []string{"s@acme.example"}, eml("m@example.org"))
	require.Equal(t, 250, code(answers["s@acme.example"]))
	cancel()
	require.NoError(t, <-ended)
	require.Error(t, s.ListenAndServe(context.Background(), "tcp", "256.0.0.1:0"))
}

func TestAServerIsNotMadeWithoutADeskOrWithLimitsBelowZero(t *testing.T) {
	t.Parallel()
	_, err := lmtp.New(nil, nil)
	require.ErrorContains(t, err, "desk is nil")
	_, err = lmtp.New(&inboundtest.Desk{}, &lmtp.Config{MaxSize: -1, MaxRecipients: -1, ReadTimeout: -1, WriteTimeout: -1, ReceiveTimeout: -1, Parallel: -1, StopTimeout: -1})
	require.Len(t, helpdesk.Fields(err), 7)
	_, err = lmtp.New(&inboundtest.Desk{}, &lmtp.Config{MaxRecipients: 501})
	require.ErrorContains(t, err, "MaxRecipients is more than 500")
}

func TestAListenerThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	s, err := lmtp.New(&inboundtest.Desk{}, &lmtp.Config{Logger: inboundtest.Quiet})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l.Close()
	require.Error(t, s.Serve(context.Background(), l))
}

func FuzzConversation(f *testing.F) {
	f.Add("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<s@acme.example>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n")
	f.Add("LHLO x\r\nMAIL FROM:<a@b.c> SIZE=10\r\nRCPT TO:<s@acme.example>\r\nBDAT 5 LAST\r\nhello")
	f.Fuzz(func(t *testing.T, said string) {
		desk := &inboundtest.Desk{}
		server := start(t, desk, &lmtp.Config{ReadTimeout: time.Second, MaxSize: 10_000})
		conn, err := net.Dial("tcp", server.addr)
		require.NoError(t, err)
		_, _ = io.WriteString(conn, said)
		_ = conn.(*net.TCPConn).CloseWrite()
		answers, _ := io.ReadAll(conn)
		require.True(t, strings.HasPrefix(string(answers), "220 "), "%q", answers)
		conn.Close()
		require.NoError(t, server.stop())
	})
}
