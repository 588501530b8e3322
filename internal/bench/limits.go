package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/ratelimit"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// limitsCost is the most that a call with the limits on may take, beside the same call without.
const limitsCost = 1.05

// limits compares calls with the limits on and off: of the API, and Open. A ticket that a rule
// raises, here each of another customer, writes one more row with the limits on, and has no mark.
func limits(ctx context.Context, b *bench) error {
	s, err := b.newSite(ctx, "limits")
	if err != nil {
		return err
	}
	var desks [2]*helpdesk.Desk
	var apis [2]http.Handler
	for i, on := range []bool{true, false} {
		if desks[i], apis[i], err = s.limited(on); err != nil {
			return err
		}
	}
	var id helpdesk.TicketID
	for range 2 * pageSize {
		t, err := desks[0].Open(ctx, request)
		if err != nil {
			return err
		}
		id = t.ID
	}
	var customers atomic.Int64
	raised := func(desk *helpdesk.Desk) func(context.Context) error {
		return func(ctx context.Context) error {
			p := request
			p.Subject, p.Customer.Email = "The system is down", fmt.Sprintf("customer%d@example.com", customers.Add(1))
			t, err := desk.Open(ctx, p)
			if err == nil && t.Priority != helpdesk.Urgent {
				err = fmt.Errorf("the priority is %s", t.Priority)
			}
			return err
		}
	}
	call := func(h http.Handler, method, path, body string, status int) func(context.Context) error {
		return func(ctx context.Context) error {
			r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != status {
				return fmt.Errorf("%s %s: status %d: %s", method, path, w.Code, w.Body)
			}
			return nil
		}
	}
	for _, c := range []struct {
		what string
		most float64
		of   func(i int) func(context.Context) error
	}{
		{"Open", limitsCost, func(i int) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := desks[i].Open(ctx, request)
				return err
			}
		}},
		{"Open of a raised ticket", 0, func(i int) func(context.Context) error { return raised(desks[i]) }},
		{"API: open", limitsCost, func(i int) func(context.Context) error {
			return call(apis[i], "POST", "/tickets", `{"subject":"The invoice of last month is wrong"}`, http.StatusCreated)
		}},
		{"API: list 25", limitsCost, func(i int) func(context.Context) error {
			return call(apis[i], "GET", "/tickets?status=new&limit=25", "", http.StatusOK)
		}},
		{"API: one ticket", limitsCost, func(i int) func(context.Context) error {
			return call(apis[i], "GET", "/tickets/"+string(id), "", http.StatusOK)
		}},
	} {
		progress("with limits and without: %s", c.what)
		on, off := latency(ctx, limitCalls, c.of(0)), latency(ctx, limitCalls, c.of(1))
		if _, err := versus(1, on, off); err != nil { // warm up
			return err
		}
		v, err := versus(b.limitRounds(), on, off, off, on) // neither side is always the first
		if err != nil {
			return err
		}
		with, without := (v[0]+v[3])/2, (v[1]+v[2])/2
		ratio := float64(with) / float64(without)
		l := line{what: c.what + ", limits on beside off, p50", ours: short(with), floor: short(without), ratio: fmt.Sprintf("%.2f", ratio)}
		if c.most > 0 {
			l.mark, l.ok = fmt.Sprintf("at most %.2f", c.most), ratio <= c.most
		}
		b.table.add(l)
	}
	return s.drop(ctx)
}

// limitCalls is the number of calls of a turn. There are few calls and many turns, since the
// difference is smaller than the changes of a machine's speed.
const limitCalls = 4

func (b *bench) limitRounds() int {
	if b.quick {
		return 30
	}
	return 100
}

// limited returns a desk and its API with all limits on, wide enough to refuse nothing, or off.
func (s *site) limited(on bool) (*helpdesk.Desk, http.Handler, error) {
	store, err := bunstore.New(s.db, nil)
	if err != nil {
		return nil, nil, err
	}
	cfg := &helpdesk.Config{PriorityRules: classify.PriorityRules(), SLA: sla.Standard(), Logger: slog.New(slog.DiscardHandler)}
	rates := httpapi.RateLimits{Limiter: ratelimit.Unlimited}
	if !on {
		cfg.PriorityLifts = -1
	} else {
		wide := ratelimit.Rate{Count: 1_000_000, Per: time.Second}
		rates = httpapi.RateLimits{Actor: wide, Tenant: wide, Address: wide}
	}
	desk, err := helpdesk.New(store, cfg)
	if err != nil {
		return nil, nil, err
	}
	api, err := httpapi.New(desk, &httpapi.Config{
		Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "agent7"}, nil
		},
		Tenant: func(*http.Request) (helpdesk.TenantID, error) { return tenant, nil }, RateLimits: rates,
		Logger: slog.New(slog.DiscardHandler),
	})
	return desk.ForTenant(tenant), api, err
}
