package webhook_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

const (
	secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	newer  = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
)

var (
	now      = time.Date(2026, 3, 2, 15, 4, 5, 0, time.UTC)
	clock    = helpdesk.ClockFunc(func() time.Time { return now })
	loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
)

func notice() *helpdesk.Notification {
	return &helpdesk.Notification{
		Key: "0197/reply.1 a\n", Tenant: "acme", Kind: helpdesk.NoticeReply, Text: "It is on its way back.", At: now.Add(-time.Minute),
		To: []helpdesk.Recipient{{Name: "Ben", Email: "ben@mail.example"}, {Agent: "ana", Name: "Ana", Email: "ana@acme.example"}},
		Ticket: &helpdesk.Ticket{
			Tenant: "acme", ID: "0197aaaa-0000-7000-8000-000000000001", Ref: "7Q2M-X4KD", Version: 4, Subject: "Refund", Description: "HIDDEN description",
			Customer: helpdesk.Contact{Name: "Ben", Email: "ben@mail.example", Tags: []string{"HIDDEN-plan"}}, Source: "email", Status: helpdesk.StatusProgress,
			Priority: helpdesk.High, Suggestion: &helpdesk.Suggestion{Response: "HIDDEN suggestion"}, Resolution: "HIDDEN resolution",
			Declined: []helpdesk.AgentID{"HIDDEN-agent"}, CreatedAt: now, UpdatedAt: now.In(time.FixedZone("x", 3600)),
			Rating: &helpdesk.Rating{Comment: "HIDDEN comment"},
		},
		Mail: &helpdesk.Envelope{
			From: "HIDDEN@acme.example", ReplyTo: "support+HIDDEN@acme.example", MessageID: "HIDDEN", RateURL: "https://acme.example/HIDDEN", TicketURL: "https://acme.example/HIDDEN", References: []string{"HIDDEN"},
			Files: []helpdesk.File{{Name: "HIDDEN"}},
		},
	}
}

// to returns a Notifier with endpoints at the given URLs, that may go to 127.0.0.1.
func to(t *testing.T, change func(*webhook.Config), urls ...string) *webhook.Notifier {
	cfg := &webhook.Config{Clock: clock, AllowPrivate: loopback, Endpoints: func(_ context.Context, tenant helpdesk.TenantID) ([]webhook.Endpoint, error) {
		var list []webhook.Endpoint
		for _, u := range urls {
			list = append(list, webhook.Endpoint{URL: u, Secrets: []string{newer, secret}})
		}
		return list, nil
	}}
	if change != nil {
		change(cfg)
	}
	n, err := webhook.New(cfg)
	require.NoError(t, err)
	return n
}

// receiver is an endpoint that answers as told, counts its calls and keeps the last.
type receiver struct {
	*httptest.Server
	calls  atomic.Int64
	status atomic.Int64
	mu     sync.Mutex
	header http.Header
	body   []byte
}

// last is the last request that arrived.
func (r *receiver) last() (http.Header, []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.header, r.body
}

func newReceiver(t *testing.T, status int) *receiver {
	r := &receiver{}
	r.status.Store(int64(status))
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.calls.Add(1)
		body, _ := io.ReadAll(req.Body)
		r.mu.Lock()
		r.header, r.body = req.Header, body
		r.mu.Unlock()
		w.Header().Set("Connection", "close") // each call connects anew
		w.WriteHeader(int(r.status.Load()))
	}))
	t.Cleanup(r.Close)
	return r
}

func TestARequestIsSignedBySeveralSecretsAndHoldsNothingInternal(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var header http.Header
	var body []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		header = r.Header
		body, _ = io.ReadAll(r.Body)
	}))
	defer s.Close()
	require.NoError(t, to(t, nil, s.URL+"/hook").Notify(t.Context(), notice()))

	mu.Lock()
	defer mu.Unlock()
	require.Equal(t, "0197/reply%2E1%20a%0A", header.Get("webhook-id"))
	require.Equal(t, "1772463845", header.Get("webhook-timestamp"))
	require.Len(t, strings.Fields(header.Get("webhook-signature")), 2)
	require.Equal(t, "application/json", header.Get("Content-Type"))
	for _, s := range []string{secret, newer} {
		require.NoError(t, webhook.Verify(header, body, []string{s}, now))
	}
	require.ErrorIs(t, webhook.Verify(header, body, []string{webhook.NewSecret()}, now), webhook.ErrSignature)
	require.NotContains(t, string(body), "HIDDEN")
	require.JSONEq(t, `{"type":"ticket.reply","timestamp":"2026-03-02T15:03:05Z","data":{"tenant":"acme","kind":"reply","urgent":false,
		"text":"It is on its way back.","to":[{"agent":null,"name":"Ben","email":"ben@mail.example"},{"agent":"ana","name":"Ana","email":"ana@acme.example"}],
		"ticket":{"id":"0197aaaa-0000-7000-8000-000000000001","ref":"7Q2M-X4KD","version":4,"subject":"Refund","customer_name":"Ben",
		"customer_email":"ben@mail.example","source":"email","status":"in_progress","category":null,"priority":"high","tags":[],"assignee":null,
		"escalation_level":0,"due_at":null,"created_at":"2026-03-02T15:04:05Z","updated_at":"2026-03-02T15:04:05Z","first_response_at":null,
		"resolved_at":null,"closed_at":null}}}`, string(body))
	var p webhook.Payload
	require.NoError(t, json.Unmarshal(body, &p))
	require.Equal(t, now, p.Data.Ticket.CreatedAt)
}

func TestAFailureOfOneEndpointMakesNoOtherReceiveAgain(t *testing.T) {
	t.Parallel()
	good, bad := newReceiver(t, 204), newReceiver(t, 503)
	n, note := to(t, nil, good.URL, bad.URL, good.URL), notice()
	note.Progress = &helpdesk.DeliveryProgress{}
	for range 2 {
		err := n.Notify(t.Context(), note)
		require.ErrorContains(t, err, "answered 503")
		require.NotErrorIs(t, err, helpdesk.ErrInvalid)
	}
	bad.status.Store(200)
	require.NoError(t, n.Notify(t.Context(), note))
	require.NoError(t, n.Notify(t.Context(), note))
	require.EqualValues(t, 1, good.calls.Load())
	require.EqualValues(t, 3, bad.calls.Load())

	another := notice()
	another.Key = "another"
	require.NoError(t, n.Notify(t.Context(), another))
	require.EqualValues(t, 2, good.calls.Load())
}

func TestAnEndpointThatIsGoneIsToldToTheHostAndNotCalledAgain(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 410)
	var gone []string
	n := to(t, func(c *webhook.Config) {
		c.Gone = func(_ context.Context, tenant helpdesk.TenantID, e webhook.Endpoint) {
			gone = append(gone, string(tenant)+" "+e.URL)
		}
	}, r.URL)
	require.NoError(t, n.Notify(t.Context(), notice()))
	another := notice()
	another.Key = "another"
	require.NoError(t, n.Notify(t.Context(), another))
	require.EqualValues(t, 1, r.calls.Load())
	require.Equal(t, []string{"acme " + r.URL}, gone)
	another.Tenant = "other"
	require.NoError(t, n.Notify(t.Context(), another))
	require.EqualValues(t, 2, r.calls.Load(), "of another tenant it may be there")
}

func TestAnEndpointIsToldOfItsKindsAlone(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 200)
	n := to(t, func(c *webhook.Config) {
		c.Endpoints = func(context.Context, helpdesk.TenantID) ([]webhook.Endpoint, error) {
			return []webhook.Endpoint{{URL: r.URL, Secrets: []string{secret}, Kinds: []helpdesk.NoticeKind{helpdesk.NoticeBreached}}}, nil
		}
	})
	require.NoError(t, n.Notify(t.Context(), notice()))
	require.Zero(t, r.calls.Load())
	n2 := notice()
	n2.Kind = helpdesk.NoticeBreached
	require.NoError(t, n.Notify(t.Context(), n2))
	require.EqualValues(t, 1, r.calls.Load())
}

func TestEndpointsThatCannotBeReadAreTriedAgain(t *testing.T) {
	t.Parallel()
	n := to(t, func(c *webhook.Config) {
		c.Endpoints = func(context.Context, helpdesk.TenantID) ([]webhook.Endpoint, error) { return nil, helpdesk.ErrNotFound }
	})
	err := n.Notify(t.Context(), notice())
	require.ErrorContains(t, err, "not found")
	require.NotErrorIs(t, err, helpdesk.ErrNotFound, "a desk takes that for a ticket that is gone")
}

func TestAddressesInsideAreNotCalled(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 200)
	_, port, err := net.SplitHostPort(r.Listener.Addr().String())
	require.NoError(t, err)
	for _, url := range []string{
		r.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0.0.0.0:" + port, "http://[::]:" + port,
		"http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::7f00:1]:" + port,
	} {
		n := to(t, func(c *webhook.Config) { c.AllowPrivate = nil }, url)
		require.ErrorIs(t, n.Notify(t.Context(), notice()), webhook.ErrAddress, url)
	}
	require.Zero(t, r.calls.Load())
}

// names resolves every name to the addresses of the next list, and to those of the last for ever.
func names(lists ...[]string) (*net.Resolver, *atomic.Int64) {
	asked := &atomic.Int64{}
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			for {
				var size [2]byte
				if _, err := io.ReadFull(server, size[:]); err != nil {
					return
				}
				query := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(server, query); err != nil {
					return
				}
				at := 12
				for query[at] != 0 {
					at += int(query[at]) + 1
				}
				question := query[12 : at+5]
				var answers []byte
				count := 0
				if kind := binary.BigEndian.Uint16(query[at+1:]); kind == 1 {
					i := int(asked.Add(1)) - 1
					for _, ip := range lists[min(i, len(lists)-1)] {
						a := netip.MustParseAddr(ip).As4()
						answers = append(answers, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
						answers = append(answers, a[:]...)
						count++
					}
				}
				reply := append([]byte{query[0], query[1], 0x81, 0x80, 0, 1, 0, byte(count), 0, 0, 0, 0}, question...)
				reply = append(reply, answers...)
				if _, err := server.Write(append([]byte{byte(len(reply) >> 8), byte(len(reply))}, reply...)); err != nil {
					return
				}
			}
		}()
		return client, nil
	}}, asked
}

func TestANameThatComesToMeanAnAddressInsideIsNotCalled(t *testing.T) {
	t.Parallel()
	outside := newReceiver(t, 500)
	_, port, err := net.SplitHostPort(outside.Listener.Addr().String())
	require.NoError(t, err)
	// 127.0.0.1 stands for an address outside, 127.0.0.2 for one inside: only the first may be
	// called.
	resolver, asked := names([]string{"127.0.0.1"}, []string{"127.0.0.2", "169.254.169.254"})
	n := to(t, func(c *webhook.Config) { c.Resolver = resolver }, "http://hook.test:"+port)
	require.ErrorContains(t, n.Notify(t.Context(), notice()), "answered 500")
	require.ErrorIs(t, n.Notify(t.Context(), notice()), webhook.ErrAddress)
	require.EqualValues(t, 2, asked.Load())
	require.EqualValues(t, 1, outside.calls.Load())
}

func TestRedirectsAreFollowedToWhereARequestMayGo(t *testing.T) {
	t.Parallel()
	last := newReceiver(t, 200)
	_, port, err := net.SplitHostPort(last.Listener.Addr().String())
	require.NoError(t, err)
	for _, c := range []struct {
		status int
		to     string
		hops   int
		want   string
	}{
		{307, last.URL, 1, ""},
		{308, last.URL, 3, ""},
		{307, last.URL, 4, "more than 3 redirects"},
		{302, last.URL, 1, "answered 302"},
		{301, last.URL, 1, "answered 301"},
		{307, "http://127.0.0.2:" + port, 1, "not public"},
		{307, "http://169.254.169.254/", 1, "not public"},
		{307, "http://u:p@127.0.0.1:" + port, 1, "holds a user"},
		{307, "file:///etc/passwd", 1, "neither http nor https"},
	} {
		before := last.calls.Load()
		var s *httptest.Server
		s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := len(r.URL.Path)
			if n < c.hops {
				http.Redirect(w, r, s.URL+r.URL.Path+"x", c.status)
				return
			}
			http.Redirect(w, r, c.to, c.status)
		}))
		defer s.Close()
		err := to(t, nil, s.URL+"/").Notify(t.Context(), notice())
		if c.want == "" {
			require.NoError(t, err)
			require.Equal(t, before+1, last.calls.Load())
			continue
		}
		require.ErrorContains(t, err, c.want, c.to)
		require.Equal(t, before, last.calls.Load())
	}
}

func TestARedirectFromHTTPSToHTTPIsRefused(t *testing.T) {
	t.Parallel()
	last := newReceiver(t, 200)
	s := httptest.NewUnstartedServer(http.RedirectHandler(last.URL, http.StatusTemporaryRedirect))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	n := to(t, func(c *webhook.Config) { c.TLS = s.Client().Transport.(*http.Transport).TLSClientConfig }, s.URL)
	require.ErrorContains(t, n.Notify(t.Context(), notice()), "from https to http")
	require.Zero(t, last.calls.Load())
	require.ErrorContains(t, to(t, nil, s.URL).Notify(t.Context(), notice()), "certificate")
}

func TestOnlyPlainWebAddressesAreCalledAndErrorsShowNoSecretPart(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"ftp://h.example/s3cret", "http:///s3cret", "https://u:s3cret@h.example", "gopher:s3cret", "://s3cret", "", "http://h.example:s3cret/"} {
		err := to(t, nil, url).Notify(t.Context(), notice())
		require.Error(t, err, url)
		require.NotErrorIs(t, err, helpdesk.ErrInvalid, "its owner can mend it")
		require.NotContains(t, err.Error(), "s3cret")
	}
	r := newReceiver(t, 500)
	require.NotContains(t, to(t, nil, r.URL+"/s3cret").Notify(t.Context(), notice()).Error(), "s3cret")
	r.Close()
	require.NotContains(t, to(t, nil, r.URL+"/s3cret").Notify(t.Context(), notice()).Error(), "s3cret")
}

func TestASlowEndpointIsLeftAfterTheTimeoutAndWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	release, arrived := make(chan struct{}), make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/told" {
			close(arrived)
		}
		<-release
	}))
	defer s.Close()
	defer close(release)
	n := to(t, func(c *webhook.Config) { c.Timeout = 50 * time.Millisecond }, s.URL)
	require.ErrorIs(t, n.Notify(t.Context(), notice()), context.DeadlineExceeded)

	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	require.ErrorIs(t, to(t, nil, s.URL+"/told").Notify(ctx, notice()), context.Canceled)
}

func TestAnEndlessAnswerIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		for block := make([]byte, 1<<16); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer s.Close()
	require.NoError(t, to(t, func(c *webhook.Config) { c.Timeout = time.Hour }, s.URL).Notify(t.Context(), notice()))
	<-ended // the connection was given up

	huge := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Huge", strings.Repeat("x", 1<<20))
	}))
	defer huge.Close()
	require.Error(t, to(t, nil, huge.URL).Notify(t.Context(), notice()))
}

func TestManyNotificationsAtOnceArriveOnceEach(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 200)
	n := to(t, nil, r.URL)
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			note := notice()
			note.Key, note.Progress = strings.Repeat("k", i+1), &helpdesk.DeliveryProgress{}
			if err := errors.Join(n.Notify(t.Context(), note), n.Notify(t.Context(), note)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 30, r.calls.Load())
}

func TestNewNamesTheFieldAtFault(t *testing.T) {
	t.Parallel()
	_, err := webhook.New(nil)
	require.ErrorContains(t, err, "Endpoints is nil")
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = webhook.New(&webhook.Config{Timeout: -1, Endpoints: func(context.Context, helpdesk.TenantID) ([]webhook.Endpoint, error) { return nil, errors.New("x") }})
	require.ErrorContains(t, err, "Timeout is negative")
}
