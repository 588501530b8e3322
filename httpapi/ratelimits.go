package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// RateLimits says how many requests a Handler answers. Its zero value limits requests in the memory
// of this process, to numbers that no usual client reaches: see docs/limits.md. A request beyond a
// limit is answered 429 with Retry-After, before its body is read and before the store is asked. A
// Rate with a negative Count is no limit. A stream of events counts once, when it is opened.
type RateLimits struct {
	// Limiter counts the requests. Nil means a ratelimit.Memory. ratelimit.Unlimited turns all
	// limits off. Requests are let through when it fails, and the log has one error a minute.
	Limiter ratelimit.Limiter

	// Actor is the limit of each actor. Zero means 600 a minute. A busy agent's browser sends about
	// 60; Zendesk gives 400 to 700 to all clients of an account together.
	Actor ratelimit.Rate

	// Tenant is the limit of all actors of a tenant together. Zero means 6,000 a minute.
	Tenant ratelimit.Rate

	// Address is the limit of one client address, or IPv6 network of 64 bits, whoever asks. It
	// also counts requests of nobody known. Zero means 6,000 a minute. /healthz is not limited.
	Address ratelimit.Rate

	// ClientIP returns the address that a request comes from. Nil means the other end of the
	// connection. Behind a proxy that is the proxy, and all clients share one Address: set ClientIP
	// there, to an address that the proxy itself has written.
	ClientIP func(*http.Request) string
}

// complete checks the limits and fills in the defaults.
func (l *RateLimits) complete(cfg *Config) error {
	for _, f := range []struct {
		name string
		rate *ratelimit.Rate
		most int // a minute, by default
	}{{"RateLimits.Actor", &l.Actor, 600}, {"RateLimits.Tenant", &l.Tenant, 6000}, {"RateLimits.Address", &l.Address, 6000}} {
		*f.rate = f.rate.Or(ratelimit.Rate{Count: f.most, Per: time.Minute})
		if err := f.rate.Check(f.name); err != nil {
			return err
		}
	}
	if l.Limiter == nil {
		l.Limiter = ratelimit.Memory(&ratelimit.Config{Clock: cfg.Clock})
	}
	l.Limiter = ratelimit.FailOpen(l.Limiter, cfg.Clock, cfg.Logger)
	if l.ClientIP == nil {
		l.ClientIP = ratelimit.RemoteIP
	}
	return nil
}

// take answers 429 and returns false if there are too many requests of the key.
func (l *RateLimits) take(ctx context.Context, w http.ResponseWriter, key string, rate ratelimit.Rate) bool {
	wait, _ := l.Limiter.Take(ctx, key, rate) // FailOpen has no errors
	if wait <= 0 {
		return true
	}
	seconds := ratelimit.Seconds(wait)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	writeProblem(w, http.StatusTooManyRequests, fmt.Sprintf("there are too many requests: try again in %d s", seconds))
	return false
}

// healthPath is the one path that is never limited: who asks there ends a process that does not
// answer.
const healthPath = "/healthz"

// limitAddress reports whether the address of a request may ask; else it has answered.
func (h *Handler) limitAddress(r *http.Request, w http.ResponseWriter) bool {
	l := &h.cfg.RateLimits
	return r.URL.Path == healthPath || l.take(r.Context(), w, "address "+ratelimit.Network(l.ClientIP(r)), l.Address)
}

// limitActor reports whether an actor of a tenant may ask again; else it has answered. A request
// that is refused to the actor does not count for the tenant.
func (h *Handler) limitActor(r *http.Request, w http.ResponseWriter, tenant helpdesk.TenantID, actor helpdesk.Actor) bool {
	l := &h.cfg.RateLimits
	return l.take(r.Context(), w, fmt.Sprintf("actor %q %q %q", tenant, actor.Role, actor.ID), l.Actor) &&
		l.take(r.Context(), w, fmt.Sprintf("tenant %q", tenant), l.Tenant)
}
