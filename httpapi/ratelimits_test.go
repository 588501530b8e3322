package httpapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// caller sends requests to a handler from an address.
type caller struct {
	t    *testing.T
	http http.Handler
}

func (c caller) get(who, from, path string) answer { return c.send(who, from, "GET", path, nil) }

func (c caller) send(who, from, method, path string, body io.Reader) answer {
	c.t.Helper()
	r := httptest.NewRequest(method, path, body)
	r.RemoteAddr = from
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Test-Actor", who)
	}
	w := httptest.NewRecorder()
	c.http.ServeHTTP(w, r)
	return read(c.t, w.Result())
}

// limited is an API with the given limits.
func limited(t *testing.T, limits httpapi.RateLimits) (*server, caller) {
	s := serve(t, nil, nil)
	return s, caller{t, handler(t, s, func(c *httpapi.Config) { c.RateLimits = limits })}
}

const (
	anasOffice  = "192.0.2.1:1000"
	carolsHouse = "[2001:db8:1:2::3]:1000"
)

// requireLimited requires a refusal of the limits, and returns how long to wait.
func requireLimited(a answer) time.Duration {
	a.t.Helper()
	a.ok(429)
	seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
	require.NoError(a.t, err)
	require.Positive(a.t, seconds)
	require.Equal(a.t, "429 Too Many Requests: there are too many requests: try again in "+strconv.Itoa(seconds)+" s", refused(a))
	return time.Duration(seconds) * time.Second
}

func TestAnActorWhoFloodsIsRefusedAndNobodyElse(t *testing.T) {
	t.Parallel()
	s, c := limited(t, httpapi.RateLimits{})
	answers := map[int]int{}
	var last answer
	for range 1000 {
		last = c.get(ana, anasOffice, "/agents")
		answers[last.status]++
	}
	require.Equal(t, map[int]int{200: 600, 429: 400}, answers)
	wait := requireLimited(last)
	require.Equal(t, "nosniff", last.header.Get("X-Content-Type-Options"))
	c.get(carol, carolsHouse, "/tickets").ok(200)
	c.get(ben, anasOffice, "/agents").ok(200)
	c.get("customer:ana@example.com", anasOffice, "/tickets").ok(200)
	c.get("", "192.0.2.9:1", "/healthz").ok(200)

	s.Advance(wait)
	for range 10 { // one each 100 ms
		c.get(ana, anasOffice, "/agents").ok(200)
	}
	requireLimited(c.get(ana, anasOffice, "/agents"))
}

func TestATenantWhoseActorsFloodIsRefusedAndNoOther(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	c := caller{t, handler(t, s, func(c *httpapi.Config) {
		c.Tenant = func(r *http.Request) (helpdesk.TenantID, error) {
			id, _, _ := strings.Cut(r.URL.Query().Get("q"), " ")
			return helpdesk.TenantID(id), nil
		}
		c.RateLimits = httpapi.RateLimits{Actor: ratelimit.Rate{Count: 2, Per: time.Minute}, Tenant: ratelimit.Rate{Count: 6, Per: time.Minute}}
	})}
	for i := range 3 {
		who := "customer:c" + strconv.Itoa(i) + "@customer.test"
		for range 2 {
			c.get(who, anasOffice, "/tickets?q=acme").ok(200)
		}
		for range 5 { // which counts for nobody
			requireLimited(c.get(who, anasOffice, "/tickets?q=acme"))
		}
	}
	require.Equal(t, 10*time.Second, requireLimited(c.get(carol, carolsHouse, "/tickets?q=acme")))
	c.get(carol, carolsHouse, "/tickets?q=globex").ok(200)
}

func TestAnAddressThatFloodsIsRefusedBeforeItIsAskedWhoItIs(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	asked := 0
	c := caller{t, handler(t, s, func(c *httpapi.Config) {
		c.Actor = func(r *http.Request) (helpdesk.Actor, error) { asked++; return actor(r) }
		c.RateLimits = httpapi.RateLimits{Address: ratelimit.Rate{Count: 3, Per: time.Minute}}
	})}
	for _, from := range []string{"[2001:db8::1]:1", "[2001:db8::2]:2", "[2001:db8::ffff:3]:3"} {
		c.get("", from, "/tickets").ok(401)
	}
	asked = 0
	for _, path := range []string{"/tickets", "/readyz", "/openapi.json", "/nothing", "/../tickets"} {
		require.Equal(t, 20*time.Second, requireLimited(c.get(ana, "[2001:db8::4]:4", path)), path)
	}
	require.Zero(t, asked)
	c.get("", "[2001:db8::4]:4", "/healthz").ok(200)
	c.get(ana, "[2001:db8:0:1::4]:4", "/tickets").ok(200)
}

func TestBehindAProxyTheHostSaysWhoseAddressItIs(t *testing.T) {
	t.Parallel()
	_, c := limited(t, httpapi.RateLimits{
		Address:  ratelimit.Rate{Count: 1, Per: time.Minute},
		ClientIP: func(r *http.Request) string { return r.URL.Query().Get("q") },
	})
	c.get(ana, anasOffice, "/tickets?q=192.0.2.1").ok(200)
	c.get(ana, anasOffice, "/tickets?q=192.0.2.2").ok(200)
	requireLimited(c.get(ana, carolsHouse, "/tickets?q=::ffff:192.0.2.2"))
}

// untouched is a body that must not be read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestARequestThatIsRefusedReadsNeitherItsBodyNorTheStore(t *testing.T) {
	t.Parallel()
	_, c := limited(t, httpapi.RateLimits{Actor: ratelimit.Rate{Count: 1, Per: time.Minute}})
	c.get(carol, carolsHouse, "/tickets").ok(200)
	requireLimited(c.send(carol, carolsHouse, "POST", "/tickets", untouched{t}))
	requireLimited(c.get(carol, carolsHouse, "/tickets/0000-0000"))
}

func TestLimitsCanBeTurnedOffAndFailOpen(t *testing.T) {
	t.Parallel()
	broken := ratelimit.LimiterFunc(func(context.Context, string, ratelimit.Rate) (time.Duration, error) {
		return time.Hour, errors.New("cache is away")
	})
	none := ratelimit.Rate{Count: -1}
	for name, limits := range map[string]httpapi.RateLimits{
		"no limiter":        {Limiter: ratelimit.Unlimited},
		"no limits":         {Actor: none, Tenant: none, Address: none},
		"a limiter is away": {Limiter: broken},
	} {
		s, c := limited(t, limits)
		for range 700 {
			c.get(ana, anasOffice, "/agents").ok(200)
		}
		if name == "a limiter is away" {
			require.Equal(t, 1, strings.Count(s.log.String(), "cache is away"))
		}
	}
	s := serve(t, nil, nil)
	for field, limits := range map[string]httpapi.RateLimits{
		"RateLimits.Actor": {Actor: ratelimit.Rate{Count: 5}}, "RateLimits.Tenant": {Tenant: ratelimit.Rate{Count: 5}}, "RateLimits.Address": {Address: ratelimit.Rate{Count: 5, Per: -1}},
	} {
		_, err := httpapi.New(s.Desk.Desk, &httpapi.Config{Actor: actor, RateLimits: limits})
		require.EqualError(t, err, "httpapi: new: "+field+" has a Count, and a Per that is not positive")
	}
}

func TestAStreamCountsOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		c.Poll = time.Millisecond
		c.RateLimits = httpapi.RateLimits{Actor: ratelimit.Rate{Count: 2, Per: time.Hour}}
	})
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/events", nil)
	require.NoError(t, err)
	r.Header.Set("Test-Actor", ana)
	stream, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer stream.Body.Close()
	require.Equal(t, 200, stream.StatusCode)
	for range 3 {
		_, err = s.Open(t.Context(), helpdesk.OpenParams{Subject: "News"})
		require.NoError(t, err)
	}
	buf, seen := make([]byte, 4096), ""
	for strings.Count(seen, "event: opened") < 3 {
		n, err := stream.Body.Read(buf)
		require.NoError(t, err, seen)
		seen += string(buf[:n])
	}
	s.do(ana, "GET", "/agents", "").ok(200)
	requireLimited(s.do(ana, "GET", "/agents", ""))
}
