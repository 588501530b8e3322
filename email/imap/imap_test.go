package imap_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/email/imap"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

// office is an IMAP server in the process, with one account.
type office struct {
	t      testing.TB
	user   *imapmemserver.User
	server *imapserver.Server

	mu      sync.Mutex
	dials   int
	refuse  error // refuses a connection
	conns   []net.Conn
	accept  chan net.Conn
	deaf    bool // no IDLE
	closing sync.Once
}

func newOffice(t testing.TB, caps ...goimap.Cap) *office {
	user := imapmemserver.NewUser("desk", "secret")
	require.NoError(t, user.Create("INBOX", nil))
	require.NoError(t, user.Create("Done", nil))
	return &office{t: t, user: user, accept: make(chan net.Conn), server: newServer(user, caps...)}
}

func newServer(user *imapmemserver.User, caps ...goimap.Cap) *imapserver.Server {
	accounts := imapmemserver.New()
	accounts.AddUser(user)
	set := goimap.CapSet{goimap.CapIMAP4rev1: {}}
	for _, c := range caps {
		set[c] = struct{}{}
	}
	return imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return accounts.NewSession(), nil, nil
		},
		Caps: set, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
}

// open serves until the test ends.
func (o *office) open() { go o.server.Serve(o) }

func (o *office) Accept() (net.Conn, error) {
	c, ok := <-o.accept
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (o *office) Close() error   { o.closing.Do(func() { close(o.accept) }); return nil }
func (o *office) Addr() net.Addr { return &net.UnixAddr{} }

func (o *office) dial(context.Context) (net.Conn, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dials++
	if o.refuse != nil {
		return nil, o.refuse
	}
	here, there := net.Pipe()
	o.conns = append(o.conns, there)
	o.accept <- there
	if o.deaf {
		return withoutIdle{here}, nil
	}
	return here, nil
}

// withoutIdle hides the server's support of IDLE, which go-imap always announces.
type withoutIdle struct{ net.Conn }

func (c withoutIdle) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	copy(p, bytes.ReplaceAll(p[:n], []byte(" IDLE"), []byte(" XDLE")))
	return n, err
}

// cut ends all connections, and refuses new ones if err is not nil.
func (o *office) cut(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refuse = err
	for _, c := range o.conns {
		c.Close()
	}
	o.conns = nil
}

func (o *office) dialed() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.dials
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// arrive puts a mail into the inbox.
func (o *office) arrive(text string, flags ...goimap.Flag) {
	_, err := o.user.Append("INBOX", literal{strings.NewReader(text)}, &goimap.AppendOptions{Flags: flags})
	require.NoError(o.t, err)
}

// left returns the number of mails in a folder, and of unseen ones.
func (o *office) left(folder string) (all, unseen uint32) {
	s, err := o.user.Status(folder, &goimap.StatusOptions{NumMessages: true, NumUnseen: true})
	require.NoError(o.t, err)
	return *s.NumMessages, *s.NumUnseen
}

func eml(id string) string {
	return "From: Writer <writer@example.org>\r\nTo: support@acme.example\r\nMessage-ID: <" + id + ">\r\nSubject: A question\r\n\r\nHello\r\n"
}

// run runs the mailbox in its own bubble until f returns.
func run(t *testing.T, desk email.Receiver, cfg imap.Config, o func(t *testing.T) *office, f func(t *testing.T, o *office)) {
	synctest.Test(t, func(t *testing.T) {
		o := o(t)
		o.open()
		defer func() { o.server.Close(); o.Close() }()
		cfg.Dial, cfg.User, cfg.Password, cfg.Logger = o.dial, "desk", "secret", inboundtest.Quiet
		m, err := imap.New(desk, &cfg)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- m.Run(ctx) }()
		defer func() { cancel(); require.NoError(t, <-ended) }()
		f(t, o)
	})
}

// after lets time pass, with all events in it.
func after(d time.Duration) {
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

func TestUnseenMailsAreReceivedAndMarked(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	fill := func(t *testing.T) *office {
		o := newOffice(t)
		o.arrive(eml("seen@example.org"), goimap.FlagSeen)
		o.arrive(eml("deleted@example.org"), goimap.FlagDeleted)
		o.arrive(eml("m1@example.org"))
		o.arrive(eml("m2@example.org"))
		o.arrive(eml("m1@example.org"))
		o.arrive("\x00 no mail at all")
		return o
	}
	run(t, desk, imap.Config{}, fill, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Len(t, desk.Mails(), 3)
		require.Equal(t, "m1@example.org", desk.Mails()[0].MessageID)
		require.Equal(t, eml("m1@example.org"), desk.Mails()[0].Bytes)
		require.Equal(t, "m2@example.org", desk.Mails()[1].MessageID)
		_, unseen := o.left("INBOX")
		require.EqualValues(t, 1, unseen, "the deleted one")
		after(time.Hour)
		require.Equal(t, 4, desk.Calls())
	})
}

func TestReceivedMailsAreMovedWhenAskedTo(t *testing.T) {
	t.Parallel()
	for _, caps := range [][]goimap.Cap{nil, {goimap.CapMove, goimap.CapUIDPlus}} {
		desk := &inboundtest.Desk{}
		fill := func(t *testing.T) *office {
			o := newOffice(t, caps...)
			o.arrive(eml("m1@example.org"))
			o.arrive(eml("m2@example.org"))
			return o
		}
		run(t, desk, imap.Config{MoveTo: "Done"}, fill, func(t *testing.T, o *office) {
			synctest.Wait()
			require.Len(t, desk.Mails(), 2)
			all, _ := o.left("INBOX")
			require.Zero(t, all)
			all, _ = o.left("Done")
			require.EqualValues(t, 2, all)
		})
	}
}

func TestNewMailsAreFetchedAtOnceWithIdleAndByThePollWithout(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		deaf    bool
		at, all int
	}{"idle": {false, 1, 2}, "poll": {true, 0, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk := &inboundtest.Desk{}
			start := func(t *testing.T) *office {
				o := newOffice(t)
				o.deaf = c.deaf
				return o
			}
			run(t, desk, imap.Config{Poll: 10 * time.Minute}, start, func(t *testing.T, o *office) {
				synctest.Wait()
				o.arrive(eml("m1@example.org"))
				synctest.Wait()
				require.Len(t, desk.Mails(), c.at)
				o.arrive(eml("m2@example.org"))
				after(10*time.Minute + time.Second)
				require.Len(t, desk.Mails(), c.all)
				require.Equal(t, 1, o.dialed())
			})
		})
	}
}

func TestAMailThatFailsStaysUnseenAndDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	var tries []time.Time
	desk.Fail(func(in *helpdesk.Incoming) error {
		if in.MessageID == "m1@example.org" {
			tries = append(tries, time.Now())
			return errors.New("database is away")
		}
		return nil
	})
	fill := func(t *testing.T) *office {
		o := newOffice(t, goimap.CapIdle)
		o.arrive(eml("m1@example.org"))
		o.arrive(eml("m2@example.org"))
		return o
	}
	run(t, desk, imap.Config{Poll: 24 * time.Hour, Retry: 10 * time.Second}, fill, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Len(t, desk.Mails(), 1)
		_, unseen := o.left("INBOX")
		require.EqualValues(t, 1, unseen)
		after(150 * time.Second)
		var waits []time.Duration
		for i := range tries[1:] {
			waits = append(waits, tries[i+1].Sub(tries[i]))
		}
		require.Equal(t, []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second}, waits)
		desk.Fail(nil)
		after(160 * time.Second)
		require.Len(t, desk.Mails(), 2)
		_, unseen = o.left("INBOX")
		require.Zero(t, unseen)
		require.Equal(t, 1, o.dialed(), "the connection was good all the time")
	})
}

func TestALostConnectionIsMadeAnewWithGrowingPauses(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	run(t, desk, imap.Config{Retry: 10 * time.Second}, func(t *testing.T) *office { return newOffice(t, goimap.CapIdle) }, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Equal(t, 1, o.dialed())
		o.cut(errors.New("no route to host"))
		for i, at := range []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second} {
			after(at - time.Second)
			require.Equal(t, 1+i, o.dialed())
			after(time.Second)
			require.Equal(t, 2+i, o.dialed())
		}
		o.cut(nil)
		o.arrive(eml("m1@example.org"))
		after(160 * time.Second)
		require.Len(t, desk.Mails(), 1)
		o.cut(nil)
		n := o.dialed()
		after(10 * time.Second)
		require.Equal(t, n+1, o.dialed(), "the pauses begin anew after success")
	})
}

func TestAConnectionCutBeforeTheMarkGivesTheMailAgainAndItIsReceivedOnce(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	var o *office
	var once sync.Once
	desk.Fail(func(*helpdesk.Incoming) error {
		once.Do(func() { o.cut(nil) })
		return nil
	})
	fill := func(t *testing.T) *office {
		o = newOffice(t)
		o.arrive(eml("m1@example.org"))
		return o
	}
	run(t, desk, imap.Config{}, fill, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Len(t, desk.Mails(), 1)
		_, unseen := o.left("INBOX")
		require.EqualValues(t, 1, unseen)
		after(10 * time.Second)
		require.Len(t, desk.Mails(), 1)
		require.Equal(t, 2, desk.Calls())
		_, unseen = o.left("INBOX")
		require.Zero(t, unseen)
	})
}

func TestAFolderMadeAnewHasOtherMailsUnderTheSameNumbers(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	desk.Fail(func(in *helpdesk.Incoming) error {
		if in.MessageID == "m1@example.org" {
			return errors.New("database is away")
		}
		return nil
	})
	fill := func(t *testing.T) *office {
		o := newOffice(t)
		o.arrive(eml("m1@example.org"))
		return o
	}
	run(t, desk, imap.Config{Retry: 10 * time.Second}, fill, func(t *testing.T, o *office) {
		after(320 * time.Second) // it failed at 310, and is due at 630
		require.NoError(t, o.user.Delete("INBOX"))
		require.NoError(t, o.user.Create("INBOX", nil))
		o.arrive(eml("m2@example.org"))
		o.cut(nil)
		after(11 * time.Second)
		require.Len(t, desk.Mails(), 1)
		require.Equal(t, "m2@example.org", desk.Mails()[0].MessageID)
	})
}

func TestALargeMailIsTakenInAsFarAsTheLimit(t *testing.T) {
	t.Parallel()
	desk := &inboundtest.Desk{}
	exact := eml("exact@example.org")
	fill := func(t *testing.T) *office {
		o := newOffice(t)
		o.arrive(eml("large@example.org") + strings.Repeat("x", 1000))
		o.arrive(exact)
		return o
	}
	run(t, desk, imap.Config{MaxSize: int64(len(exact))}, fill, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Len(t, desk.Mails(), 2)
		require.Contains(t, desk.Mails()[0].Problem, "larger than")
		require.Len(t, desk.Mails()[0].Bytes, len(exact))
		require.Empty(t, desk.Mails()[1].Problem)
		require.Equal(t, exact, desk.Mails()[1].Bytes)
	})
}

func TestMailsGoToTheDesksOfTheirHeadersAddresses(t *testing.T) {
	t.Parallel()
	acme := &inboundtest.Desk{}
	route := func(_ context.Context, to string) (email.Receiver, error) {
		if to == "support@acme.example" {
			return acme, nil
		}
		return nil, helpdesk.ErrNotFound
	}
	fill := func(t *testing.T) *office {
		o := newOffice(t)
		o.arrive("From: a@example.org\r\nTo: friend@example.org, Support@acme.example\r\n\r\nHello\r\n")
		o.arrive("From: a@example.org\r\nTo: friend@example.org\r\n\r\nHello\r\n")
		return o
	}
	run(t, nil, imap.Config{Route: route}, fill, func(t *testing.T, o *office) {
		synctest.Wait()
		require.Len(t, acme.Mails(), 1)
		_, unseen := o.left("INBOX")
		require.EqualValues(t, 1, unseen, "who it is for may come to be known")
	})
}

func TestAWrongPasswordIsTriedAgainLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.open()
		defer func() { o.server.Close(); o.Close() }()
		m, err := imap.New(&inboundtest.Desk{}, &imap.Config{Dial: o.dial, User: "desk", Password: "wrong", Logger: inboundtest.Quiet})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 75*time.Second)
		defer cancel()
		require.NoError(t, m.Run(ctx))
		require.Equal(t, 4, o.dialed(), "at 0, 10, 30 and 70 seconds")
	})
}

func TestTheServerIsSpokenToByTLS(t *testing.T) {
	t.Parallel()
	web := httptest.NewUnstartedServer(http.NotFoundHandler()) // for its certificate
	web.StartTLS()
	defer web.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: web.TLS.Certificates})
	require.NoError(t, err)
	o := newOffice(t)
	o.arrive(eml("m1@example.org"))
	go o.server.Serve(l)
	defer o.server.Close()
	desk, got := &inboundtest.Desk{}, make(chan bool, 1)
	desk.Fail(func(*helpdesk.Incoming) error { got <- true; return nil })
	trust := web.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	m, err := imap.New(desk, &imap.Config{Address: l.Addr().String(), TLS: &tls.Config{RootCAs: trust}, User: "desk", Password: "secret", Logger: inboundtest.Quiet})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- m.Run(ctx) }()
	<-got
	cancel()
	require.NoError(t, <-ended)

	conn, err := (&tls.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	require.Error(t, err, "%v: nobody trusts that certificate without being told to", conn)
}

func TestAMailboxIsNotMadeWithoutWhatItNeeds(t *testing.T) {
	t.Parallel()
	_, err := imap.New(nil, nil)
	for _, field := range []string{"desk is nil", "Address is empty", "User is empty", "Password is empty"} {
		require.ErrorContains(t, err, field)
	}
	_, err = imap.New(&inboundtest.Desk{}, &imap.Config{Address: "x", User: "x", Password: "x", Poll: -1, Retry: -1, MaxSize: -1, ReceiveTimeout: -1})
	require.Len(t, helpdesk.Fields(err), 4, fmt.Sprint(err))
}
