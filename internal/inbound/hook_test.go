package inbound_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// TestAPostThatWasGivenUpIsNoErrorInTheLog: a provider that closes the connection tries again. The
// same trouble with a provider that waits is an error.
func TestAPostThatWasGivenUpIsNoErrorInTheLog(t *testing.T) {
	t.Parallel()
	for _, given := range []bool{true, false} {
		for name, trouble := range map[string]func(stop func()) error{
			"store": func(stop func()) error { stop(); return errors.New("pq: canceling statement due to user request") },
			"ctx":   func(stop func()) error { stop(); return context.Canceled },
		} {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			stop := func() {
				if given {
					cancel()
				}
			}
			log := &strings.Builder{}
			receive := func(context.Context, *helpdesk.Incoming) (*helpdesk.Mail, error) { return nil, trouble(stop) }
			h := &inbound.Hook{
				Provider: "acme", Desks: inbound.Desks{Desk: email.ReceiverFunc(receive)}, Types: []string{"text/plain"},
				Config: email.Webhook{Logger: slog.New(slog.NewTextHandler(log, nil))},
				Admit:  func(*http.Request) error { return nil },
				Read: func(*http.Request, []byte) (*inbound.Mail, func(context.Context) error, error) {
					return message("help@acme.example"), nil, nil
				},
			}
			require.NoError(t, h.Complete(1<<20))
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader("x"))
			r.Header.Set("Content-Type", "text/plain")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			require.Equal(t, http.StatusServiceUnavailable, w.Code, name)
			require.Contains(t, log.String(), "mail was not taken in", name)
			require.Equal(t, !given, strings.Contains(log.String(), "level=ERROR"), "%s: %s", name, log)
		}
	}
}

// TestABodyThatBreaksOffIsNoWarning: the connection ended while the post was read.
func TestABodyThatBreaksOffIsNoWarning(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	log := &strings.Builder{}
	h := &inbound.Hook{
		Provider: "acme", Desks: inbound.Desks{Desk: email.ReceiverFunc(nil)}, Types: []string{"text/plain"},
		Config: email.Webhook{Logger: slog.New(slog.NewTextHandler(log, nil))},
		Admit:  func(*http.Request) error { return nil },
	}
	require.NoError(t, h.Complete(1<<20))
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", breaks{cancel})
	r.Header.Set("Content-Type", "text/plain")
	h.ServeHTTP(httptest.NewRecorder(), r)
	require.Contains(t, log.String(), "level=INFO")
	require.NotContains(t, log.String(), "level=WARN")
}

// TestAForgerWhoHangsUpIsCounted: each forged post is one of those that are limited, whether or not
// anybody waits for the answer.
func TestAForgerWhoHangsUpIsCounted(t *testing.T) {
	t.Parallel()
	log := &strings.Builder{}
	h := &inbound.Hook{
		Provider: "acme", Desks: inbound.Desks{Desk: email.ReceiverFunc(nil)}, Types: []string{"text/plain"},
		Config: email.Webhook{Logger: slog.New(slog.NewTextHandler(log, nil)), Limiter: obedient{ratelimit.Memory(nil)}},
		Admit:  func(*http.Request) error { return inbound.Refuse(http.StatusUnauthorized, "forged") },
	}
	require.NoError(t, h.Complete(1<<20))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var last *httptest.ResponseRecorder
	for range 100 {
		last = httptest.NewRecorder()
		h.ServeHTTP(last, httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader("x")))
	}
	require.Equal(t, http.StatusTooManyRequests, last.Code)
	require.Equal(t, 30, strings.Count(log.String(), "\n"))
}

// obedient is a Limiter that returns when its context ends.
type obedient struct{ ratelimit.Limiter }

func (o obedient) Take(ctx context.Context, key string, rate ratelimit.Rate) (time.Duration, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return o.Limiter.Take(ctx, key, rate)
}

// breaks is a body whose sender goes away.
type breaks struct{ cancel func() }

func (b breaks) Read([]byte) (int, error) {
	b.cancel()
	return 0, io.ErrUnexpectedEOF
}
